"""A page carries one digest of itself, by which an altered byte is noticed."""

import hashlib

import pytest

from helpers.errors import NotPublishable
from helpers.report.pages.seal import UNSEALED, read_seal, seal

PAGE = f"<head>{UNSEALED}</head>"
TOLD = "; expected a page that 'workbook build' made"


def test_a_page_carries_the_digest_that_it_has() -> None:
    digest = hashlib.sha256(PAGE.encode()).hexdigest()
    assert read_seal(seal(PAGE).encode()) == (digest, digest)


def test_of_an_altered_page_the_two_differ() -> None:
    carried, has = read_seal(seal(PAGE).replace("</head>", "</head> ").encode())
    assert carried == hashlib.sha256(PAGE.encode()).hexdigest()
    assert has == hashlib.sha256(f"{PAGE} ".encode()).hexdigest()


@pytest.mark.parametrize(
    ("page", "told"),
    [("<head></head>", "no seal"), (2 * seal(PAGE), "2 seals"), (3 * seal(PAGE), "3 seals")],
)
def test_a_page_without_a_seal_or_with_several_is_none_of_ours(page: str, told: str) -> None:
    with pytest.raises(NotPublishable) as refused:
        read_seal(page.encode())
    assert refused.value.message == told + TOLD
