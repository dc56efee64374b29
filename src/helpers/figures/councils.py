"""The councils' table: what the national overview may know of councils one by one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from helpers.figures.national import NationalTable, spread
from helpers.study.definition import TOTAL, Study

Values = dict[str, list[Fraction]]


@dataclass(frozen=True)
class CouncilsTable:
    """Replies of each council, which are public, and how the councils' shares are spread.

    `replies` has the index council, group. `rates` holds for each group the councils' response
    rates in ascending order and `shares` for each question the shares that agree of those
    councils that show it, or evenly spaced quantiles where they are too many for dots; empty
    where less than half of the councils show it. `shown` counts those that do.
    """

    replies: pd.DataFrame
    rates: Values
    shares: Values
    shown: dict[str, int]

    def to_json(self) -> str:
        """Return the table as canonical text."""
        parts = {
            "replies": json.loads(self.replies.reset_index().to_json(orient="records")),
            "rates": _written(self.rates),
            "shares": _written(self.shares),
            "shown": self.shown,
        }
        return json.dumps(parts, sort_keys=True, indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "CouncilsTable":
        """Read what `to_json` wrote."""
        parts = json.loads(text)
        replies = pd.DataFrame(parts["replies"]).set_index(["council", "group"])
        rates, shares = _read(parts["rates"]), _read(parts["shares"])
        return cls(replies.astype("Int64"), rates, shares, parts["shown"])


def decide_councils(
    study: Study, cells: pd.DataFrame, replies: pd.DataFrame, national: NationalTable
) -> CouncilsTable:
    """Return what the overview may know; `cells` and `replies` are undecided, of all councils.

    What less than half of the councils show has no distribution, as it has no ranks: the median of
    a few is not that of all.
    """
    councils = replies.index.unique("council").size
    found = _shares(study, cells, national)
    shares = {key: kept if 2 * len(kept) >= councils else [] for key, kept in found.items()}
    rates = _rates(study, replies) if study.population_known else {}
    return CouncilsTable(
        replies=replies,
        rates=rates if national.dots else {key: spread(kept) for key, kept in rates.items()},
        shares=shares if national.dots else {key: spread(kept) for key, kept in shares.items()},
        shown={question: len(kept) for question, kept in found.items()},
    )


def _shares(study: Study, cells: pd.DataFrame, national: NationalTable) -> Values:
    """Return for each question the total's share that agrees of each council that shows it."""
    shown = cells.index.isin(list(national.shown))
    own = cells[shown & (cells.index.get_level_values("group") == TOTAL)]
    rows = own.reset_index()[["question", "agree", "base"]].itertuples(index=False)
    found: Values = {question: [] for question in study.questionnaire.statements}
    for question, agree, base in rows:
        found[question].append(Fraction(int(agree), int(base)))
    return {question: sorted(values) for question, values in found.items()}


def _rates(study: Study, replies: pd.DataFrame) -> Values:
    found: Values = {group: [] for group in study.groups}
    for (_, group), people in replies[replies["invited"] > 0].to_dict("index").items():
        found[group].append(Fraction(int(people["responses"]), int(people["invited"])))
    return {group: sorted(values) for group, values in found.items()}


def _written(values: Mapping[str, list[Fraction]]) -> dict[str, list[str]]:
    return {key: list(map(str, kept)) for key, kept in values.items()}


def _read(values: Mapping[str, list[str]]) -> Values:
    return {key: list(map(Fraction, kept)) for key, kept in values.items()}
