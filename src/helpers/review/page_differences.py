"""Compare a published page with the one that came out again, piece by piece."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import zip_longest

from helpers.report.pages.seal import SEALED
from helpers.review.pages import CHART, EVIDENCE, Page, Piece

AROUND = 70  # characters that a message quotes, before and after
CHARTS = re.compile("(<svg[^>]*>).*?</svg>", re.DOTALL)
STYLES = re.compile("<style.*?</style>|<!--.*?-->", re.DOTALL)  # the same whatever figures say
TAGS = re.compile(f"{STYLES.pattern}|<[^>]*>", re.DOTALL)


def compare_pages(published: Page, again: Page) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what differs, and the evidence rows of the figures concerned.

    Nothing is yielded for pages that say the same, though their bytes may differ.
    """
    told_charts = set()
    for ours, theirs in _paired(published.pieces, again.pieces):
        either = ours or theirs
        if either is None:
            continue
        if either.kind == CHART:
            told_charts.add(either.name.split(":")[0])
        told = _told(*(piece.text if piece else "" for piece in (ours, theirs)))
        yield f"{either.where or either.kind}: {told}", _rows(ours, theirs)
    for row in sorted(published.evidence.keys() | again.evidence.keys()):
        yield from _record_differs(row, published.evidence.get(row), again.evidence.get(row))
    for name, drawing in published.drawings.items():
        if drawing != again.drawings.get(name) and name not in told_charts:
            yield f"{name}: is drawn otherwise than when it was made again", ()


def first_line_apart(published: bytes, again: bytes) -> str:
    """Say where the markup of two pages differs first, but for the seal, which tells of all else.

    Nothing where only the seal differs.
    """
    pages = [_unsealed(page) for page in (published, again)]
    for number, lines in enumerate(zip_longest(*map(str.splitlines, pages), fillvalue=""), start=1):
        if len(set(lines)) > 1:
            return f"line {number} of its markup: {_told(*lines)}"
    return "its text is the same, its bytes are not" if len(set(pages)) > 1 else ""


def first_tag_apart(published: bytes, again: bytes, tags: re.Pattern[str]) -> str:
    """Say which of two pages' `tags` differ first, whatever words stand between them.

    Charts are left out: they are compared piece by piece. Nothing where none differs.
    """
    pages = (CHARTS.sub(r"\1", _unsealed(page)) for page in (published, again))
    found = (tags.findall(page) for page in pages)
    for was, now in zip_longest(*found, fillvalue=""):
        if was != now:
            return f"its markup is another: {_told(was, now)}"
    return ""


def _unsealed(page: bytes) -> str:
    return SEALED.sub(b"", page).decode(errors="replace")


def _paired(before: list[Piece], after: list[Piece]) -> Iterator[tuple[Piece | None, Piece | None]]:
    """Yield the pieces that differ: those of the same place together, then those of one only.

    What says the same is matched first, so that a sentence taken away does not move all others;
    under which heading it stands is not looked at, so that neither does a heading taken away.
    """
    for ours, theirs in _matched(before, after, _said):
        for some, others in _matched(ours, theirs, _place):
            for one, other in zip_longest(some, others):
                if _in_no_section(one) != _in_no_section(other):
                    yield one, other


def _matched(
    before: list[Piece], after: list[Piece], key: Callable[[Piece], str]
) -> Iterator[tuple[list[Piece], list[Piece]]]:
    matcher = SequenceMatcher(None, list(map(key, before)), list(map(key, after)), autojunk=False)
    for _, start, end, begin, stop in matcher.get_opcodes():
        yield before[start:end], after[begin:stop]


def _place(piece: Piece) -> str:
    return "\n".join((piece.kind, piece.section, piece.name))


def _said(piece: Piece) -> str:
    return "\n".join((piece.kind, piece.name, piece.text))


def _in_no_section(piece: Piece | None) -> Piece | None:
    return replace(piece, section="") if piece else None


def _told(*texts: str) -> str:
    """Quote two texts around the place from which they differ."""
    alike = (one == other for one, other in zip(*texts, strict=False))
    start = next((place for place, same in enumerate(alike) if not same), min(map(len, texts)))
    published, again = (_quoted(text, start) for text in texts)
    return f"published {published}, made again {again}"


def _quoted(text: str, start: int) -> str:
    if not text:
        return "nothing"
    begin, end = max(0, start - AROUND), start + AROUND
    return f"“{'…' * (begin > 0)}{text[begin:end]}{'…' * (end < len(text))}”"


def _rows(*sides: Piece | None) -> tuple[str, ...]:
    """Return the rows of the figures that are printed or drawn otherwise."""
    found = [set(side.printed + side.marks) if side else set() for side in sides]
    parts = {side.row for side in sides if side and side.row}
    return tuple(sorted({said.row for said in found[0] ^ found[1]} | parts))


def _record_differs(
    row: str, ours: Mapping[str, str] | None, theirs: Mapping[str, str] | None
) -> Iterator[tuple[str, tuple[str, ...]]]:
    if ours is None or theirs is None:
        state = (
            "is not in the published evidence" if ours is None else "is in the published one only"
        )
        yield f"{EVIDENCE}: {row} {state}", (row,)
        return
    for name in sorted(ours.keys() | theirs.keys()):
        if ours.get(name) != theirs.get(name):
            was, now = ours.get(name, "nothing"), theirs.get(name, "nothing")
            yield f"{EVIDENCE}: {name} of {row}: published {was}, made again {now}", (row,)
