"""Find the numbers, and the words for quantities, that stand in prose without a figure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from helpers.report.blocks import Place
from helpers.report.prose import FIGURE, read_prose, spaced, whole_words
from helpers.study.definition import Study
from helpers.study.quantity_words import QuantityWords, Unbound

Kind = Literal["number", "claim", "quantity"]

_NUMBER = re.compile(r"(?:[£$€]\s?)?(?<!\w)\w*\d\w*(?:[.,:/⁄]\d\w*)*(?:\s?[%‰])?")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\S+@\S+")


@dataclass(frozen=True)
class Loose:
    """What stands in prose without a figure, and where: a number, a claim's form, or neither."""

    written: str
    kind: Kind
    place: Place

    def explain(self, study: Study) -> str:
        """Say what is wrong and what to write."""
        match self.kind:
            case "number":
                example = next(iter(study.questionnaire.statements))
                figure = f'{{eval}}`agree("{example}")`'
                return f"'{self.written}' is typed; expected an inline figure, such as {figure}"
            case "claim":
                bound = f'{{eval}}`….says("{spaced(self.written).casefold()}")`'
                return f"'{self.written}' is not bound to a figure; write {bound}"
            case "quantity":
                return (
                    f"'{self.written}' is not bound to a figure, and no claim says it; "
                    "write {eval}`….words`, or leave it out"
                )


def find_unbound(text: str, words: QuantityWords, language: str) -> Iterator[Loose]:
    """Find each number, number word and quantity word of a Markdown text, as it is read.

    What stands in an idiom or a pattern of the vocabulary counts nothing; a number only where all
    of it does.
    """
    unbound = words.unbound.get(language, Unbound())
    kinds = _kinds(
        claim=tuple(words.forms(language)),
        number=tuple(unbound.numbers),
        quantity=tuple(unbound.quantities),
    )
    sought = whole_words(tuple(kinds), re.IGNORECASE)
    idioms = whole_words(tuple(unbound.idioms), re.IGNORECASE)
    free = [_ADDRESS, idioms, *map(re.compile, unbound.patterns)]
    for reading in read_prose(text):
        spans = [found.span() for pattern in free for found in pattern.finditer(reading.text)]
        numbers = [
            number
            for number in _NUMBER.finditer(reading.text)
            if not any(start <= number.start() and number.end() <= end for start, end in spans)
        ]
        phrases = sought.finditer(_without(spans, reading.text))
        for found in sorted([*numbers, *phrases], key=re.Match.start):
            kind = kinds.get(spaced(found[0]).casefold(), "number")
            yield Loose(" ".join(found[0].split()), kind, reading.place(found.start()))


@cache
def _kinds(
    *, claim: tuple[str, ...], number: tuple[str, ...], quantity: tuple[str, ...]
) -> dict[str, Kind]:
    """Return what each sought word or phrase is; a claim's form is one, whatever else it is."""
    kinds: dict[str, Kind] = dict.fromkeys(quantity, "quantity")
    kinds |= dict.fromkeys(number, "number")
    kinds |= dict.fromkeys(claim, "claim")
    return {spaced(phrase).casefold(): kind for phrase, kind in kinds.items()}


def _without(spans: list[tuple[int, int]], text: str) -> str:
    for start, end in spans:
        text = text[:start] + FIGURE * (end - start) + text[end:]
    return text
