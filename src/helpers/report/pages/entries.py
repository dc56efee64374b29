"""What the index says of each council and of each edition that stands."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from helpers.figures.figure import Figure
from helpers.figures.measures import Measures
from helpers.study.definition import TOTAL


@dataclass(frozen=True)
class Signed:
    """A reviewer's sign-off; it does not hold where the edition was made anew since."""

    by: str
    on: date
    holds: bool


@dataclass(frozen=True)
class Listed:
    """An edition that stands: when it was made, and whether of today's inputs and code.

    It is reviewed where it is no translation, or each of its translations was reviewed. `signed`
    is who re-performed it and when, and whether that still holds; None where nobody did.
    """

    code: str
    made: date
    current: bool
    reviewed: bool
    signed: Signed | None = None


@dataclass(frozen=True)
class Numbers:
    """The figures that stand on an index of one council, and of the whole study.

    `rate` and `total` are response rates, None where nobody knows how many were invited; `levels`
    has one for each characteristic, and none where nobody knows the auditors' judgements.
    """

    replies: Figure
    rate: Figure | None
    total: Figure | None
    levels: tuple[Figure, ...]
    illustrative: bool

    @classmethod
    def of(cls, measures: Measures, *, judged: bool = True) -> "Numbers":
        """Return those of a council; `judged` says whether its judgements are known."""
        study = measures.study
        known = study.population_known
        return cls(
            measures.responses(TOTAL),
            measures.response_rate(TOTAL) if known else None,
            measures.national_response_rate(TOTAL) if known else None,
            tuple(map(measures.level, study.about.characteristics)) if judged else (),
            measures.provenance.illustrative,
        )


@dataclass(frozen=True)
class Entry:
    """A council: its editions, the names of the files that can be taken away, its numbers.

    It is a draft where part of its findings is missing in a language.
    """

    council: str
    editions: tuple[Listed, ...]
    files: Collection[str]
    draft: bool
    numbers: Numbers
