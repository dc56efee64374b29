"""Compare what people typed: the same words in other capitals, quotes, dashes or spaces."""

import re
import unicodedata

_QUOTES = re.compile("['\"`´‘’‚‛“”„‟‹›«»ʹʼʽˈ′‵]")  # people write don't and dont
_DASHES = re.compile("[‐‑‒–—―−]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")  # soft hyphens, marks of no width
# Signs that are not seen and turn the words around them, so that 12 is read as 21, or 1 of 2 as
# 2 of 1.
TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
LONGEST = 2000  # signs that are compared; Unicode's forms take time with the square of them
UNSEEN = rf"[\x00-\x1f\x7f-\x9f\u2028\u2029{TURNING}]"  # in a line
_ENDS = " .,:;?!*"
BETWEEN = r"[\s\-‐-―]+"  # the words of a phrase


def normalise(text: str) -> str:
    """Return a text in the one form in which it is compared with others.

    >>> normalise("  Cytuno\u2019n  GRYF. ") == normalise("cytuno'n gryf")
    True
    """
    text = _UNSEEN.sub("", _QUOTES.sub("", text[:LONGEST]))
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    text = _DASHES.sub("-", _UNSEEN.sub("", _QUOTES.sub("", text)))
    words = " ".join(text.split())
    return words.strip(_ENDS) or words


def spaced(phrase: str) -> str:
    """Return a phrase with one space between its words, whatever stood there.

    >>> spaced("two-thirds")
    'two thirds'
    """
    return re.sub(BETWEEN, " ", phrase)


def alike(phrase: str) -> str:
    """Return a phrase in the form in which phrases of prose are compared.

    >>> alike("Two-thirds ")
    'two thirds'
    """
    return spaced(phrase).strip().casefold()
