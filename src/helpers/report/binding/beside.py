"""What stands beside a figure and would change what it says: signs, digits and words."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from helpers.report.binding.prose import FACT, FIGURE, whole_words
from helpers.study.files.spelling import BETWEEN
from helpers.study.quantity_words import Unbound

Beside = Literal["sign", "joined", "before", "after"]

_ANY = f"[{FIGURE}{FACT}]"
_MONEY = r"[£$€¥]"
_JOINT = r"[.,:/⁄·\-‐-―−]"  # what stands in a number, or makes a range of two
_WIDEST = 4  # spaces between a figure and what stands after it
_JOINED = re.compile(rf"(?<={_ANY}){_JOINT}?(?={_ANY})")
_SIGN = re.compile(
    rf"(?:{_MONEY}\s?\w*|(?<!\w)(?:\w+|\w*\d{_JOINT})|(?<![\w{FIGURE}{FACT}])[\-‐-–−+±~<>≤≥=])(?={FIGURE})"
    rf"|(?<={FIGURE})(?:\s?{_MONEY}|\w+(?:[.,:/⁄·]\d+)*%?)"
    rf"|(?<={_ANY})(?:\s?[%‰]|{_JOINT}?\d\w*)"
    rf"|(?<!\w)\w*\d{_JOINT}?(?={FACT})"
)

Found = tuple[Beside, re.Match[str]]


def find_beside(text: str, unbound: Unbound) -> Iterator[Found]:
    """Find what changes a figure in a text as it is read.

    A fact may have its publication's unit, and words such as "over", which its source bears out.
    """
    sought: dict[Beside, re.Pattern[str]]
    before = _before(tuple(unbound.before_figures), tuple(unbound.between))
    after = _after(tuple(unbound.after_figures))
    sought = {"joined": _JOINED, "sign": _SIGN, "before": before, "after": after}
    for kind, pattern in sought.items():
        for found in pattern.finditer(text):
            yield kind, found


@cache
def _before(words: tuple[str, ...], between: tuple[str, ...]) -> re.Pattern[str]:
    first, then = whole_words(words).pattern, whole_words(between).pattern
    return re.compile(rf"(?:{first})(?:{BETWEEN}(?:{then}))*+(?=[\s\-]*{FIGURE})", re.IGNORECASE)


@cache
def _after(words: tuple[str, ...]) -> re.Pattern[str]:
    gaps = "|".join(rf"(?<={FIGURE}[\s\-]{{{width}}})" for width in range(1, _WIDEST + 1))
    return re.compile(rf"(?:{gaps})(?:{whole_words(words).pattern})", re.IGNORECASE)
