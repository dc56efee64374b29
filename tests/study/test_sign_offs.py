"""Sign-offs are lines of a file that only grows, and of editions that exist."""

from datetime import date
from pathlib import Path

import pytest

from helpers.errors import CheckFailed
from helpers.study.parameters import parameter_files
from helpers.study.reading import read_study
from helpers.study.sign_offs import FILE, SignOff, add_sign_offs, check_sign_offs, read_sign_offs

DIGEST, OTHER = "a" * 64, "b" * 64


def sign_off(**given: object) -> SignOff:
    said = {"council": "torfaen", "edition": "en", "by": "A. Reviewer", "on": "2026-11-28"}
    return SignOff(**{**said, "digest": DIGEST, **given})


def test_a_workbook_needs_none(spoiled: Path):
    assert read_sign_offs(spoiled).of("torfaen", "en", DIGEST) is None


@pytest.mark.parametrize("name", ["A. Reviewer", 'Jo "J" O\'Neil: #1', "Siân Llŷr \\ {x}", "- a"])
def test_what_is_signed_is_read_again_whatever_the_name(spoiled: Path, name: str):
    add_sign_offs(spoiled, [sign_off(by=name)])
    found = read_sign_offs(spoiled).of("torfaen", "en", DIGEST)
    assert found == sign_off(by=name)
    assert found.on == date(2026, 11, 28)


def test_the_last_one_counts_and_those_before_stay(spoiled: Path):
    add_sign_offs(spoiled, [sign_off(), sign_off(edition="cy")])
    before = (spoiled / FILE).read_bytes()
    add_sign_offs(spoiled, [sign_off(by="B", digest=OTHER)])
    assert (spoiled / FILE).read_bytes().startswith(before)
    assert read_sign_offs(spoiled).of("torfaen", "en", "c" * 64).digest == OTHER
    assert read_sign_offs(spoiled).of("torfaen", "en", DIGEST).digest == DIGEST
    assert read_sign_offs(spoiled).of("torfaen", "cy", DIGEST).digest == DIGEST


def test_the_file_is_of_no_council(spoiled: Path):
    add_sign_offs(spoiled, [sign_off()])
    assert FILE not in {f"params/{path.name}" for path in parameter_files(spoiled)}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (sign_off(council="torfean").line, ":4:6: unknown council 'torfean'; expected"),
        (sign_off(edition="fr").line, ":4:28: unknown edition 'fr'; expected 'en', 'cy'"),
    ],
)
def test_one_of_what_does_not_exist_is_named(spoiled: Path, line: str, says: str):
    add_sign_offs(spoiled, [])
    with (spoiled / FILE).open("a", encoding="utf-8") as file:
        file.write(line)
    study = read_study(spoiled)
    [problem] = check_sign_offs(spoiled, study, study.councils)
    assert str(problem).startswith(f"{FILE}{says}")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("sign_offs: 3\n", "sign_offs"),
        ("sign_offs:\n  - {council: a}\n", "edition"),
        (f"sign_offs:\n{sign_off().line.replace(DIGEST, 'short')}", "digest"),
        ("other: []\n", "unknown key 'other'"),
        ("sign_offs: [", FILE),
    ],
)
def test_what_is_no_record_is_refused_by_its_place(spoiled: Path, text: str, says: str):
    (spoiled / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(CheckFailed) as failed:
        read_sign_offs(spoiled)
    assert FILE in failed.value.message
    assert says in failed.value.message
