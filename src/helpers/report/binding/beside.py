"""What stands beside a figure and would change what it says: signs, digits, and words before it."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from helpers.report.binding.prose import FACT, FIGURE, whole_words

Beside = Literal["sign", "joined", "before"]

_ANY = f"[{FIGURE}{FACT}]"
_MONEY = r"[£$€¥]"
_JOINT = r"[.,:/⁄·\-‐-―−]"  # what stands in a number, or makes a range of two
_JOINED = re.compile(rf"(?<={_ANY}){_JOINT}?(?={_ANY})")
_SIGN = re.compile(
    rf"(?:{_MONEY}\s?\w*|(?<!\w)(?:\w+|\w*\d{_JOINT})|(?<![\w{FIGURE}{FACT}])[\-‐-–−+±~<>≤≥=])(?={FIGURE})"
    rf"|(?<={FIGURE})(?:\s?{_MONEY}|\w+(?:[.,:/⁄·]\d+)*%?)"
    rf"|(?<={_ANY})(?:\s?[%‰]|{_JOINT}?\d\w*)"
    rf"|(?<!\w)\w*\d{_JOINT}?(?={FACT})"
)

Found = tuple[Beside, re.Match[str]]


def find_beside(text: str, before: tuple[str, ...]) -> Iterator[Found]:
    """Find what changes a figure in a text as it is read; `before` are the words before one.

    A fact may have its publication's unit, and words such as "over", which its source bears out.
    """
    sought: dict[Beside, re.Pattern[str]]
    sought = {"joined": _JOINED, "sign": _SIGN, "before": _before(before)}
    for kind, pattern in sought.items():
        for found in pattern.finditer(text):
            yield kind, found


@cache
def _before(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{whole_words(words).pattern})(?=[\s\-]*{FIGURE})", re.IGNORECASE)
