"""See that the words for quantities leave no share without a word, and give none two."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise

from helpers.errors import expected
from helpers.study.files.spelling import alike
from helpers.study.quantity_words import OF_FEW, QuantityWords

Where = tuple[int | str, ...]


def find_loose_words(words: QuantityWords, languages: list[str]) -> Iterator[tuple[Where, str]]:
    """Find what is wrong in the vocabulary, with its place in the file."""
    for key in words.words:
        if key not in words.claims:
            yield ("words", key), f"unknown claim '{key}'; {expected(key, words.claims)}"
    yield from _of_few(words)
    yield from _partition(words)
    yield from _forms(words, languages)
    yield from _mutated(words)
    for code in languages if words.unbound else []:
        if code not in words.unbound:
            message = f"nothing in '{code}'; list what is an error in each language, or in none"
            yield ("unbound",), message
    for code in words.unbound:
        if code not in languages:
            yield ("unbound", code), f"unknown language '{code}'; {expected(code, languages)}"


def _mutated(words: QuantityWords) -> Iterator[tuple[Where, str]]:
    """Find mutated forms that no claim has, and claims that have no other form."""
    for code, listed in words.mutated.items():
        known = [form for claim in words.claims.values() for form in claim.forms.get(code, [])]
        for form in listed:
            if form not in known:
                yield ("mutated", code), f"no claim has the form '{form}'; add it there"
        for key, claim in words.claims.items():
            if claim.forms.get(code, [""])[0] in listed:
                message = f"the first form of '{key}' in '{code}' is printed; it cannot be mutated"
                yield ("mutated", code), message


def _of_few(words: QuantityWords) -> Iterator[tuple[Where, str]]:
    """Find which of the claims that may be said of few people is missing."""
    for key in OF_FEW if words.claims else ():
        if key not in words.claims or not words.claims[key].share:
            *others, last = map(repr, OF_FEW)
            message = f"of few people only {', '.join(others)} and {last} may be said; add it"
            yield ("claims",), f"no claim '{key}' of a share: {message}"


def _partition(words: QuantityWords) -> Iterator[tuple[Where, str]]:
    """Find shares with no word or two, and words that a claim of theirs would not allow."""
    claims = [claim.share for claim in words.claims.values() if claim.share]
    extents = [*words.words.values(), *claims]
    for share in _telling(limit for extent in extents for limit in extent.limits):
        found = [key for key, extent in words.words.items() if extent.covers(share)]
        percent = f"{float(share):.4%}"
        if words.words and len(found) != 1:
            names = ", ".join(f"'{key}'" for key in found) or "none"
            yield ("words",), f"a share of {percent} has {names}; expected exactly one word"
        for key in found:
            claim = words.claims.get(key)
            if claim and not (claim.share and claim.share.covers(share)):
                message = f"'{key}' is printed of a share of {percent}, of which its claim is false"
                yield ("words", key), message


def _telling(limits: Iterable[Fraction]) -> list[Fraction]:
    """Return each limit, and a share between it and the next: `covers` is the same in between."""
    ends = sorted({Fraction(0), Fraction(1), *(limit for limit in limits if 0 <= limit <= 1)})
    between = [(low + high) / 2 for low, high in pairwise(ends)]
    return sorted([*ends, *between])


def _forms(words: QuantityWords, languages: list[str]) -> Iterator[tuple[Where, str]]:
    """Find claims that a language cannot say, and forms that say two things."""
    said: dict[tuple[str, str], str] = {}
    for key, claim in words.claims.items():
        where: Where = ("claims", key, "forms")
        for code in claim.forms.keys() - set(languages):
            yield (*where, code), f"unknown language '{code}'; {expected(code, languages)}"
        for code in languages:
            if not claim.forms.get(code):
                yield where, f"claim '{key}' has no form in '{code}'; give one in each language"
            for form in claim.forms.get(code, []):
                other = said.setdefault((code, alike(form)), key)
                if other != key:
                    message = f"'{form}' is written of '{other}' too; it may mean one claim only"
                    yield (*where, code), message
