"""Check a published page alone, as somebody can who holds nothing else."""

from collections.abc import Iterator
from pathlib import Path

from helpers.errors import DifferencesFound, NotPublishable, UsageError, shown
from helpers.report.binding.links import OR
from helpers.report.pages.seal import read_seal
from helpers.review.findings import Echo
from helpers.review.page_reader import read_page
from helpers.review.pages import EVIDENCE, Page
from helpers.study.files.digests import digests

NOT_SHOWN = (
    "That shows no accidental or careless change. It does not show who made the page: that it is "
    "the office's own, only the list of digests that the office publishes can show. Look there for"
)


def verify_page(path: Path, echo: Echo) -> None:
    """Tell whether a page has the digest that it carries, and agrees with its own evidence.

    Raises DifferencesFound where it was altered, UsageError for what is no page of a workbook.
    """
    name = shown(str(path))
    content, carried, computed = _read(path, name)
    page = read_page(content.decode(errors="replace"))
    wrong = list(_own_figures(page))
    for told in wrong:
        echo(f"{name}: {shown(told)}")
    if carried != computed:
        raise DifferencesFound(
            f"{name}: altered since it was sealed: it carries the digest {carried}, but has "
            f"{computed}; ask the office for its own copy"
        )
    if wrong:
        raise DifferencesFound(f"{name}: its numbers are not those of its own evidence")
    echo(f"{name}: has the digest that it carries, and {len(page.evidence)} figures of evidence")
    echo(NOT_SHOWN)
    echo(digests({name: content})[name])


def _read(path: Path, name: str) -> tuple[bytes, str, str]:
    """Return a page's content, the digest that it carries, and the one that it has."""
    try:
        content = path.read_bytes()
        return content, *read_seal(content)
    except OSError as error:
        raise UsageError(f"{name}: {error.strerror}") from None
    except NotPublishable as error:
        raise UsageError(f"{name}: {error.message}") from None


def _own_figures(page: Page) -> Iterator[str]:
    """Find numbers that are not what the page's own evidence says of their figures.

    A row says first what a figure counts, then its value; its marks hold how sentences print it.
    """
    rows: dict[str, list[str]] = {}
    for piece in page.pieces:
        if piece.kind == EVIDENCE:
            rows.setdefault(piece.row, []).append(piece.text)
    for piece in page.pieces:
        for said in piece.printed:
            value = (*rows.get(said.row, ()), "", "")[1]
            forms = page.evidence.get(said.row, {}).get("printed", "").split(OR)
            if said.text not in (value, *forms):
                evidence = f"its evidence says “{value}”" if value else "it has no evidence"
                yield f"{piece.where}: prints “{said.text}”; {evidence}"
