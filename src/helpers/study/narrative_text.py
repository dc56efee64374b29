"""The text of one section of the narrative, in the one form in which it is kept and compared."""

import re

from helpers.errors import NotSaved
from helpers.study.files.textfile import LONGEST

DEEPEST = 9  # spaces that a block can say
STEP = 2  # spaces by which what is in a key stands deeper than the key
_UNWRITABLE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def normalise(text: str) -> str:
    r"""Return a text without white space at its end, and one newline there unless it is blank.

    >>> normalise("Two lines\r\nof text \n\n")
    'Two lines\nof text\n'
    """
    lines = re.sub("\r\n?", "\n", text).rstrip()
    return f"{lines}\n" if lines else ""


def check_writable(text: str, where: str) -> None:
    """Raise NotSaved for a text that is too long, or with a sign that a block of YAML cannot hold.

    `where` names the section.
    """
    if len(text) > LONGEST:
        raise NotSaved(
            f"{where}: {len(text):,} characters; expected at most {LONGEST:,}; "
            "shorten the text and save again"
        )
    found = _UNWRITABLE.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise NotSaved(
            f"{where}: line {line} holds the sign U+{ord(found[0]):04X}, which is not seen and "
            "which a parameter file cannot hold; delete it and save again"
        )


def yaml_lines(text: str, indent: int, margin: int) -> list[str]:
    """Return a normalised text as lines of YAML: the value of a key that stands `indent` in.

    It is a literal block whose lines stand `margin` in; where its first line would be taken for a
    deeper margin, the block says its own. An emptied text stays as an empty one, and keeps its
    key's place and comments.
    """
    if not text:
        return ['""']
    deeper = text[0].isspace()
    if deeper and margin - indent > DEEPEST:
        margin = indent + STEP
    header = f"|{margin - indent}" if deeper else "|"
    lines = text.removesuffix("\n").split("\n")
    return [header, *(" " * margin + line if line else "" for line in lines)]
