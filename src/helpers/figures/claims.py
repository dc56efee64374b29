"""Claims: whether a figure bears out the words that a sentence binds to it."""

from collections.abc import Collection

from helpers.errors import ExpressionError, FalseClaim, FigureHidden, expected
from helpers.figures.estimates import direction
from helpers.figures.figure import Figure
from helpers.figures.tiers import AROUND, FEWER, MORE
from helpers.figures.wording import Wording
from helpers.study.quantity_words import OF_FEW, Rank

_OF_WORD = dict(zip((FEWER, AROUND, MORE), OF_FEW, strict=True))


def claim_in(form: str, kinds: Collection[str], wording: Wording) -> str:
    """Return the claim that a form says; raises ExpressionError where there is none of a kind."""
    claims = wording.words.claims
    key = wording.words.claim_of(form, wording.language)
    if key is None or claims[key].kind not in kinds:
        fitting = [
            written
            for claim in claims.values()
            if claim.kind in kinds
            for written in claim.forms[wording.language]
        ]
        what = "cannot say" if key else f"no words in '{wording.language}' are"
        raise ExpressionError(f"{what} '{form}'; {expected(form, fitting)}")
    return key


def check_claim(key: str, form: str, figure: Figure, wording: Wording) -> None:
    """Raise FalseClaim unless the figure bears a claim out, FigureHidden if it may not say so."""
    said = f"{figure.expression} says '{form}'"
    if figure.word and key not in OF_FEW:
        allowed = expected("", map(wording.say, _OF_WORD))
        raise FigureHidden(f"{said}, which would tell too much of so few people; {allowed}")
    if not bears_out(key, figure, wording):
        raise FalseClaim(
            f"{said}, but it is {_evidence(figure, wording)}; {_true(figure, wording)}"
        )


def bears_out(key: str, figure: Figure, wording: Wording) -> bool:
    """Say whether a claim is true of a figure, which is known to be of its kind."""
    claim = wording.words.claims[key]
    if figure.word:
        return key == _OF_WORD[figure.word]
    if claim.share:
        return figure.value is not None and claim.share.covers(figure.value)
    if claim.rank:
        return _has_place(figure, claim.rank)
    return claim.difference == direction(figure.interval or (0.0, 0.0))


def _has_place(figure: Figure, place: Rank) -> bool:
    """Whether neither a tie nor a better one takes the place, which not all may have."""
    if figure.rank is None:
        return False
    higher, level, shown = figure.rank
    before = higher if place.end == "highest" else shown - 1 - higher - level
    return before + level < place.places < shown


def _evidence(figure: Figure, wording: Wording) -> str:
    said = figure.display
    if figure.count is not None and figure.base is not None:
        said += f" ({wording.count(figure)})"
    if figure.kind == "difference":
        said += f" ({wording.interval(figure)})"
    if figure.rank:
        higher, level, shown = figure.rank
        said += f", of {shown:,} shown {higher:,} higher and {level:,} level with it"
    return said


def _true(figure: Figure, wording: Wording) -> str:
    """Say what would be true, for whoever mends the sentence."""
    kinds = ("difference",) if figure.kind == "difference" else ("share", "rank")
    found = [
        wording.first_form(key)
        for key, claim in wording.words.claims.items()
        if claim.kind in kinds and bears_out(key, figure, wording)
    ]
    return f"true would be {', '.join(map(repr, found))}" if found else "no other words fit"
