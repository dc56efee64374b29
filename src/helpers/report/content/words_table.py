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
    label, words, code = names.language.label, names.study.quantity_words, names.language.code
    mutated = words.mutated.get(code, [])
    rows: list[list[object]] = [
        [
            "; ".join(form for form in claim.forms[code] if form not in mutated),
            meaning_of(claim, names),
        ]
        for claim in words.claims.values()
    ]
    columns = [label("Words"), label("When they may be said")]
    note = label("In a sentence the first letter of these words may be mutated.") if mutated else ""
    return Table(label("Words for quantities"), columns, rows, note)


def meaning_of(claim: Claim, names: Names) -> str:
    """Say when a claim is true."""
    if claim.share:
        return _share(claim.share, names)
    if claim.rank:
        return _rank(claim.rank, names)
    return names.language.label(APART[str(claim.difference)])


def _share(extent: Extent, names: Names) -> str:
    """Say which shares an extent covers; none and all of the people are no percentages."""
    label = names.language.label
    said = [*_ranges(extent, names), *_exact(extent, names)]
    if extent.at_most == 0:
        said.append(label("no one at all"))
    if extent.at_least == 1:
        said.append(label("everyone without exception"))
    if extent.above == 0:
        said.append(label("but at least one person") if said else label("at least one person"))
    if extent.below == 1:
        said.append(label("but not everyone") if said else label("not everyone"))
    return ", ".join(said)


def _ranges(extent: Extent, names: Names) -> list[str]:
    """Say between which whole percentages the shares lie."""
    label = names.language.label
    if not extent.percent:
        return []
    low, high = extent.percent
    if high == 100:
        return [label("{share} or more", share=f"{low}%")]
    if low == 0:
        return [label("up to {share}", share=f"{high}%")]
    return [label("{low} to {high}", low=f"{low}%", high=f"{high}%")]


def _exact(extent: Extent, names: Names) -> list[str]:
    """Say beyond which shares, by exact count, the shares lie; the ends of the scale apart."""
    label, said = names.language.label, []
    if extent.above:
        said.append(label("more than {share}, by exact count", share=_plain(extent.above)))
    if extent.below is not None and extent.below < 1:
        said.append(label("less than {share}, by exact count", share=_plain(extent.below)))
    if extent.at_least is not None and extent.at_least < 1:
        said.append(label("at least {share}, by exact count", share=_plain(extent.at_least)))
    if extent.at_most:
        said.append(label("at most {share}, by exact count", share=_plain(extent.at_most)))
    return said


def _plain(share: Fraction) -> str:
    """Return a share as a percentage where that is whole, else as a fraction."""
    percent = share * 100
    return f"{percent}%" if percent.denominator == 1 else str(share)


def _rank(rank: Rank, names: Names) -> str:
    """Say how many others may stand as high or as low."""
    language, others = names.language, rank.places - 1
    if rank.end == "highest":
        if not others:
            return language.label("no other is as high or higher")
        return language.counted(
            others,
            "at most {number} other is as high or higher",
            "at most {number} others are as high or higher",
        )
    if not others:
        return language.label("no other is as low or lower")
    return language.counted(
        others,
        "at most {number} other is as low or lower",
        "at most {number} others are as low or lower",
    )
