"""Prose as a reader reads it, and whole words found in it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from helpers.report.binding.blocks import TEXTS_AT_HAND, Block, Place, is_figure, read_blocks
from helpers.study.files.spelling import BETWEEN, spaced

# One sign stands for each of what is no prose.
FIGURE = "\ufffc"  # an inline figure of this workbook's data
FACT = "\ue000"  # an inline figure as a publication gives it, in the publication's own unit
NOT_READ = "\ue001"  # code, an address, the end of a link's title

_ALIKE = str.maketrans("‘’ʼ´`", "'''''")
_UNSEEN = "[\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
_SIGNS = re.compile(r"(?:[\x00-\x7f](?![\u0300-\u036f]))+|.[\u0300-\u036f]*", re.DOTALL)
_FACT = re.compile(r"\s*fact\([^()]*\)\s*")

Read = tuple[str, Iterable[int]]  # some signs, and where each is written


@dataclass(frozen=True)
class Reading:
    """A block as it is read, each figure one sign, and where each sign is written in the block."""

    text: str
    offsets: list[int]
    block: Block

    def place(self, index: int) -> Place:
        """Return line and column in the text of the sign at `index`."""
        return self.block.place(self.offsets[index])


@lru_cache(maxsize=TEXTS_AT_HAND)
def read_prose(text: str) -> tuple[Reading, ...]:
    """Return each block of a Markdown text as it is read: without markup, code or addresses.

    Signs that look alike are made alike, such as full-width digits and curly quotes, and signs of
    no width are dropped.
    """
    readings = []
    for block in read_blocks(text):
        read = list(_read(block))
        offsets = [offset for _, written in read for offset in written]
        readings.append(Reading("".join(signs for signs, _ in read), offsets, block))
    return tuple(readings)


def _read(block: Block) -> Iterator[Read]:
    address = False
    for piece, start in block.pieces:
        if piece.type in ("link_open", "link_close"):
            address = piece.type == "link_open" and piece.info == "auto"
            if title := str(piece.attrs.get("title", "")):  # shown to whoever points at the link
                yield _at(start, _compared(title) + NOT_READ)
        elif piece.type == "text" and not address:
            yield from _alike(piece.content, start)
        elif piece.type == "text_special":  # an entity or an escape: written longer than read
            yield _at(start, _compared(piece.content))
        elif piece.type in ("softbreak", "hardbreak"):
            yield _at(start, " ")
        elif is_figure(piece):
            yield _at(start, FACT if _FACT.fullmatch(piece.content) else FIGURE)
        elif piece.type in ("text", "myst_role", "code_inline"):
            yield _at(start, NOT_READ)


def _at(start: int, signs: str) -> Read:
    return signs, [start] * len(signs)


def _alike(text: str, start: int) -> Iterator[Read]:
    for found in _SIGNS.finditer(text):
        written, at = found[0], start + found.start()
        if written.isascii():
            yield written.translate(_ALIKE), range(at, at + len(written))
        else:
            yield _at(at, _compared(written))


def _compared(text: str) -> str:
    """Return a text in the form in which it is compared, which may be longer or shorter."""
    return unicodedata.normalize("NFKC", re.sub(_UNSEEN, "", text)).translate(_ALIKE)


@cache
def whole_words(phrases: tuple[str, ...], flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that finds phrases as whole words, the longest first.

    Any spaces or hyphens may stand between the words of a phrase.
    """
    longest = sorted(map(spaced, phrases), key=len, reverse=True)
    any_of = "|".join(BETWEEN.join(map(re.escape, phrase.split())) for phrase in longest)
    return re.compile(rf"(?<!\w)(?:{any_of})(?!\w)" if phrases else r"(?!)", flags)
