"""Prose as a reader reads it, and whole words found in it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from helpers.report.blocks import Block, Place, read_blocks

FIGURE = "\ufffc"  # stands for what is no prose: an inline figure, code, an address

_ALIKE = str.maketrans("‘’ʼ´`", "'''''")
_UNSEEN = "[\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
_SIGNS = re.compile(r"(?:[\x00-\x7f](?![\u0300-\u036f]))+|.[\u0300-\u036f]*", re.DOTALL)
_BETWEEN = r"[\s\-‐-―]+"  # the words of a phrase


@dataclass(frozen=True)
class Reading:
    """A block as it is read, each figure one sign, and where each sign is written in the block."""

    text: str
    offsets: list[int]
    block: Block

    def place(self, index: int) -> Place:
        """Return line and column in the text of the sign at `index`."""
        return self.block.place(self.offsets[index])


def read_prose(text: str) -> Iterator[Reading]:
    """Yield each block of a Markdown text as it is read: without markup, code or addresses.

    Signs that look alike are made alike, such as full-width digits and curly quotes, and signs of
    no width are dropped.
    """
    for block in read_blocks(text):
        signs = list(_read(block))
        yield Reading("".join(sign for sign, _ in signs), [at for _, at in signs], block)


def _read(block: Block) -> Iterator[tuple[str, int]]:
    """Yield each sign that is read, and where it is written in the block."""
    address = False
    for piece, start in block.pieces:
        signs: Iterable[tuple[str, int]] = []
        if piece.type in ("link_open", "link_close"):
            address = piece.type == "link_open" and piece.info == "auto"
        elif piece.type == "text" and not address:
            signs = _alike(piece.content)
        elif piece.type == "text_special":  # an entity or an escape: written longer than read
            signs = [(sign, 0) for sign, _ in _alike(piece.content)]
        elif piece.type in ("softbreak", "hardbreak"):
            signs = [(" ", 0)]
        elif piece.type in ("text", "myst_role", "code_inline"):
            signs = [(FIGURE, 0)]
        yield from ((sign, start + at) for sign, at in signs)


def _alike(text: str) -> Iterator[tuple[str, int]]:
    """Yield each sign in the form in which it is compared, with its place in the text."""
    for found in _SIGNS.finditer(text):
        written, start = found[0], found.start()
        if written.isascii():
            yield from zip(written.translate(_ALIKE), range(start, found.end()), strict=True)
        else:
            form = unicodedata.normalize("NFKC", re.sub(_UNSEEN, "", written)).translate(_ALIKE)
            yield from ((sign, start) for sign in form)


def spaced(phrase: str) -> str:
    """Return a phrase with one space between its words, whatever stood there.

    >>> spaced("two-thirds")
    'two thirds'
    """
    return re.sub(_BETWEEN, " ", phrase)


@cache
def whole_words(phrases: tuple[str, ...], flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that finds phrases as whole words, the longest first.

    Any spaces or hyphens may stand between the words of a phrase.
    """
    longest = sorted(map(spaced, phrases), key=len, reverse=True)
    any_of = "|".join(_BETWEEN.join(map(re.escape, phrase.split())) for phrase in longest)
    return re.compile(rf"(?<!\w)(?:{any_of})(?!\w)" if phrases else r"(?!)", flags)
