"""Find the numbers, and the words for quantities, that stand in prose without a figure."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Literal

from helpers.report.binding.beside import Beside, find_beside
from helpers.report.binding.blocks import Place
from helpers.report.binding.prose import NOT_READ, read_prose, whole_words
from helpers.study.definition import Study
from helpers.study.files.spelling import alike
from helpers.study.quantity_words import QuantityWords, Unbound

Kind = Literal["number", "claim", "quantity"] | Beside
Span = tuple[int, int]
Found = tuple[Kind, re.Match[str]]

_QUOTED = 40  # signs of what is found, at most, in a message
_WAY_OUT = (
    "; if it counts nobody, say it otherwise, or have the phrase listed under 'unbound' "
    "in data/study/quantity_words.yaml"
)

_NUMBER = re.compile(r"(?:[£$€]\s?)?(?<!\w)\w*\d\w*(?:[.,:/⁄]\d\w*)*(?:\s?[%‰])?")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\S{1,200}@\S{1,200}")


@dataclass(frozen=True)
class Loose:
    """What stands in prose without a figure, or changes the one beside it, and where."""

    written: str
    kind: Kind
    place: Place

    def explain(self, study: Study) -> str:
        """Say what is wrong and what to write."""
        written = self.written
        if len(written) > _QUOTED:
            written = written[: _QUOTED - 1] + "…"
        match self.kind:
            case "number":
                example = next(iter(study.questionnaire.statements))
                figure = f'{{eval}}`agree("{example}")`'
                return (
                    f"'{written}' is typed; expected an inline figure, such as {figure}{_WAY_OUT}"
                )
            case "claim":
                bound = f'{{eval}}`….says("{alike(self.written)}")`'
                return f"'{written}' is not bound to a figure; write {bound}{_WAY_OUT}"
            case "quantity":
                return (
                    f"'{written}' is not bound to a figure, and no claim says it; "
                    f"write {{eval}}`….words`, or leave it out{_WAY_OUT}"
                )
            case "sign":
                return (
                    f"'{written}' stands against a figure, which prints its own sign; leave it out"
                )
            case "joined":
                return "two figures stand against each other; write a word between them"
            case "before" | "after":
                return (
                    f"'{written}' stands {self.kind} a figure; say it by a claim, such as "
                    '{eval}`….says("more than half")`, or leave it out'
                )


def find_unbound(text: str, words: QuantityWords, language: str) -> Iterator[Loose]:
    """Find each number, number word and quantity word of a Markdown text, as it is read.

    What stands in an idiom or a pattern of the vocabulary counts nothing; a number only where all
    of it does. What changes the figure beside it is found even there.
    """
    unbound = words.unbound.get(language, Unbound())
    kinds = _kinds(
        claim=tuple(words.forms(language)),
        number=tuple(unbound.numbers),
        quantity=tuple(unbound.quantities),
    )
    for reading in read_prose(text):
        found = sorted(_find(reading.text, unbound, kinds), key=lambda each: each[1].start())
        for kind, match in found:
            yield Loose(" ".join(match[0].split()), kind, reading.place(match.start()))


def _find(text: str, unbound: Unbound, kinds: dict[str, Kind]) -> Iterator[Found]:
    beside = list(find_beside(text, unbound))
    yield from beside
    rest = _without(_merged(found.span() for _, found in beside), text)
    idioms = whole_words(tuple(unbound.idioms), re.IGNORECASE)
    patterns = [_ADDRESS, idioms, *map(re.compile, unbound.patterns)]
    free = _merged(found.span() for pattern in patterns for found in pattern.finditer(text))
    for number in _NUMBER.finditer(rest):
        if not _inside(free, number.span()):
            yield "number", number
    for phrase in whole_words(tuple(kinds), re.IGNORECASE).finditer(_without(free, rest)):
        yield kinds.get(alike(phrase[0]), "number"), phrase


@cache
def _kinds(
    *, claim: tuple[str, ...], number: tuple[str, ...], quantity: tuple[str, ...]
) -> dict[str, Kind]:
    """Return what each sought word or phrase is; a claim's form is one, whatever else it is."""
    kinds: dict[str, Kind] = dict.fromkeys(quantity, "quantity")
    kinds |= dict.fromkeys(number, "number")
    kinds |= dict.fromkeys(claim, "claim")
    return {alike(phrase): kind for phrase, kind in kinds.items()}


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _inside(spans: list[Span], wanted: Span) -> bool:
    at = bisect_right(spans, wanted[0], key=itemgetter(0)) - 1
    return at >= 0 and wanted[1] <= spans[at][1]


def _without(spans: list[Span], text: str) -> str:
    parts, done = [], 0
    for start, end in spans:
        parts += [text[done:start], NOT_READ * (end - start)]
        done = end
    return "".join([*parts, text[done:]])
