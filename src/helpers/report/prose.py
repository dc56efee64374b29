"""Find the numbers, and the words for quantities, that stand in prose without a figure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from helpers.report.blocks import Block, Place, read_blocks
from helpers.study.quantity_words import QuantityWords, Unbound

FIGURE = "\ufffc"  # stands for what is no prose: an inline figure, code, an address

_ALIKE = str.maketrans("‘’ʼ´`", "'''''")
_UNSEEN = "[\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
_SIGNS = re.compile(r"(?:[\x00-\x7f](?![\u0300-\u036f]))+|.[\u0300-\u036f]*", re.DOTALL)
_NUMBER = re.compile(r"(?:[£$€]\s?)?(?<!\w)\w*\d\w*(?:[.,:/⁄]\d\w*)*(?:\s?[%‰])?")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\S+@\S+")
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
    address = False
    for piece, start in block.pieces:
        if piece.type in ("link_open", "link_close"):
            address = piece.type == "link_open" and piece.info == "auto"
            signs: Iterable[tuple[str, int]] = [(FIGURE, 0)] if address else []
        elif piece.type == "text" and not address:
            signs = _alike(piece.content)
        elif piece.type == "text_special":
            signs = [(sign, 0) for sign, _ in _alike(piece.content)]
        elif piece.type in ("softbreak", "hardbreak"):
            signs = [(" ", 0)]
        else:
            signs = [(FIGURE, 0)] if piece.type in ("myst_role", "code_inline") else []
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


Kind = Literal["number", "claim", "quantity"]


@dataclass(frozen=True)
class Loose:
    """What stands in prose without a figure: `kind` is that of a number if it is one."""

    written: str
    kind: Kind
    place: Place


def find_loose(text: str, words: QuantityWords, language: str) -> Iterator[Loose]:
    """Find each number, number word and quantity word of a Markdown text, as it is read.

    What stands in an idiom or a pattern of the vocabulary counts nothing; a number only where all
    of it does.
    """
    unbound = words.unbound.get(language, Unbound())
    kinds = _kinds(words, unbound, language)
    free = [_ADDRESS, *map(re.compile, unbound.patterns), _phrases(tuple(unbound.idioms))]
    sought = _phrases(tuple(kinds))
    for reading in read_prose(text):
        spans = [found.span() for pattern in free for found in pattern.finditer(reading.text)]
        numbers = [
            number
            for number in _NUMBER.finditer(reading.text)
            if not any(start <= number.start() and number.end() <= end for start, end in spans)
        ]
        phrases = sought.finditer(_without(spans, reading.text))
        for found in sorted([*numbers, *phrases], key=re.Match.start):
            kind = kinds.get(_plain(found[0]), "number")
            yield Loose(" ".join(found[0].split()), kind, reading.place(found.start()))


def _without(spans: list[tuple[int, int]], text: str) -> str:
    for start, end in spans:
        text = text[:start] + FIGURE * (end - start) + text[end:]
    return text


def _kinds(words: QuantityWords, unbound: Unbound, language: str) -> dict[str, Kind]:
    kinds: dict[str, Kind] = dict.fromkeys(map(_plain, unbound.quantities), "quantity")
    kinds |= dict.fromkeys(map(_plain, unbound.numbers), "number")
    return kinds | dict.fromkeys(map(_plain, words.forms(language)), "claim")


def _plain(phrase: str) -> str:
    return re.sub(_BETWEEN, " ", phrase).casefold()


@cache
def _phrases(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of whole words that prefers the longest phrase."""
    longest = sorted(map(_plain, phrases), key=len, reverse=True)
    any_of = "|".join(_BETWEEN.join(map(re.escape, phrase.split())) for phrase in longest)
    return re.compile(rf"(?<!\w)(?:{any_of})(?!\w)" if phrases else r"(?!)", re.IGNORECASE)
