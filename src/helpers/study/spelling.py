"""Compare what people typed: the same words in other capitals, quotes, dashes or spaces."""

import re
import unicodedata

_QUOTES = re.compile("['\"`´‘’‚‛“”„‟‹›«»ʹʼʽˈ′‵]")  # people write don't and dont
_DASHES = re.compile("[‐‑‒–—―−]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")  # soft hyphens, marks of no width
_ENDS = " .,:;?!*"


def normalise(text: str) -> str:
    """Return a text in the one form in which it is compared with others.

    >>> normalise("  Cytuno\u2019n  GRYF. ") == normalise("cytuno'n gryf")
    True
    """
    text = _UNSEEN.sub("", _QUOTES.sub("", text))
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    text = _DASHES.sub("-", _UNSEEN.sub("", _QUOTES.sub("", text)))
    words = " ".join(text.split())
    return words.strip(_ENDS) or words
