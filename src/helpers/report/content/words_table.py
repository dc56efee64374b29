"""The table of words for quantities: what each means, printed in each report."""

from fractions import Fraction

from helpers.report.content.tables import Table
from helpers.report.languages.names import Names
from helpers.study.quantity_words import Claim, Extent, Rank

APART = {
    "higher": "The interval of the difference lies above zero",
    "lower": "The interval of the difference lies below zero",
    "not_clear": "The interval of the difference holds zero",
}


def words_table(names: Names) -> Table:
    """Return the table of what a sentence may say, and of which figures."""
    label, words = names.language.label, names.study.quantity_words
    rows: list[list[object]] = [
        ["; ".join(claim.forms[names.language.code]), meaning_of(claim, names)]
        for claim in words.claims.values()
    ]
    columns = [label("Words"), label("When they may be said")]
    return Table(label("Words for quantities"), columns, rows)


def meaning_of(claim: Claim, names: Names) -> str:
    """Say when a claim is true."""
    if claim.share:
        return "; ".join(_limits(claim.share, names))
    if claim.rank:
        return _rank(claim.rank, names)
    return names.language.label(APART[str(claim.difference)])


def _limits(extent: Extent, names: Names) -> list[str]:
    label = names.language.label
    said = []
    if extent.percent:
        low, high = extent.percent
        said.append(label("{low} to {high}", low=f"{low}%", high=f"{high}%"))
    if extent.above is not None:
        said.append(label("more than {share}, by exact count", share=_plain(extent.above)))
    if extent.below is not None:
        said.append(label("less than {share}, by exact count", share=_plain(extent.below)))
    if extent.at_least is not None:
        said.append(label("at least {share}, by exact count", share=_plain(extent.at_least)))
    if extent.at_most is not None:
        said.append(label("at most {share}, by exact count", share=_plain(extent.at_most)))
    return said


def _plain(share: Fraction) -> str:
    """Return a share as a percentage where that is whole, else as a fraction."""
    percent = share * 100
    return f"{percent}%" if percent.denominator == 1 else str(share)


def _rank(rank: Rank, names: Names) -> str:
    label, others = names.language.label, rank.places - 1
    if rank.end == "highest":
        return label("Others that are as high or higher: at most {others}", others=others)
    return label("Others that are as low or lower: at most {others}", others=others)
