"""Mask in a comment what could tell who wrote it, as far as a pattern can know it.

Names, places and events are no patterns: the auditor who releases a comment looks for those.
"""

import re
import unicodedata
from collections import Counter

_SPACE = r"[\s().\-\u2010-\u2015]*"
MASKS = {
    # 64 signs before the @, as the standard has it: more would be sought from each sign anew
    "e-mail": re.compile(r"[\w.+'’-]{1,64}\s?[@＠]\s?[\w-]+(?:\.[\w-]+)+"),
    "NI number": re.compile(
        r"(?<![^\W_])(?:[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:[ -]?\d){6}[ -]?[A-D]"
        # without its last letter only as it is written on a card: other numbers have letters too
        r"|(?-i:[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:\d{6}|(?: \d{2}){3})))(?![^\W_])",
        re.I,
    ),
    "postcode": re.compile(
        r"(?<![^\W_])(?:GIR\s*0AA|[A-Z]{1,2}\d[A-Z\d]?\s*\d[ABD-HJLNP-UW-Z]{2})(?![^\W_])", re.I
    ),
    # a country's code, an area's in brackets or a trunk 0, then digits however they are grouped
    "phone": re.compile(
        rf"(?<!\d)(?:(?:\+|00)(?:{_SPACE}\d){{9,14}}"
        rf"|\(0\d{{2,5}}\)(?:{_SPACE}\d){{5,8}}|0(?:{_SPACE}\d){{9,10}})(?!\d)"
    ),
}
# Signs that steer how text is shown and are not seen: they could hide what a reader should see, and
# what is copied from a message has them inside of addresses and numbers, which no mask would know.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff]"
)


def clean(text: str) -> str:
    """Return a comment in one Unicode form, its lines ended alike, without unseen signs."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text)).strip()


def mask(text: str) -> tuple[str, Counter[str]]:
    """Return the cleaned text with each pattern's name in its place, and how many there were.

    >>> mask("Ring 01495 762200 or write to jo@example.org")[0]
    'Ring [phone] or write to [e-mail]'
    """
    text, found = clean(text), Counter[str]()
    before = ""
    while text != before:  # what is masked may free its neighbour
        before = text
        for kind, pattern in MASKS.items():
            text, count = pattern.subn(f"[{kind}]", text)
            found[kind] += count
    return text, +found
