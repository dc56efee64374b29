"""Keep a YAML file to what a person would write: all else is refused where it stands.

A few lines of YAML can stand for more than a machine holds, since '*' repeats what repeats in turn.
"""

import re
from typing import Any

from ruamel.yaml.composer import Composer, ComposerError
from ruamel.yaml.events import AliasEvent, ScalarEvent
from ruamel.yaml.nodes import MappingNode, ScalarNode

from helpers.study.files.textfile import LONGEST

DEEPEST = 40  # levels
MOST = 20_000  # values in a file, and values that '*' repeats in it
LONGEST_NUMBER = 40  # characters
_TAG = "tag:yaml.org,2002:"  # begins the tag of each kind that YAML knows by itself
NUMBERS = {_TAG + kind for kind in ("int", "float")}
KEYS = {_TAG + kind for kind in ("str", "int", "timestamp", "merge")}
_HALF = re.compile("[\ud800-\udfff]")  # of a character: it cannot be saved


class Bounded(Composer):
    """A composer of nodes that refuses what is too deep, too much, too long or tagged."""

    def __init__(self, most: int, loader: Any = None) -> None:
        super().__init__(loader)
        self.most, self.values, self.repeated = most, 0, 0
        self.held: dict[str, int] = {}  # by what '&' calls it: how many values '*' repeats

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Return the next node; raises ComposerError."""
        event = self.parser.peek_event()
        if isinstance(event, AliasEvent):
            self._repeat(event)
            return super().compose_node(parent, index)
        self._check(event)
        before = self.values + self.repeated
        self.values += 1
        node = super().compose_node(parent, index)
        if isinstance(parent, MappingNode) and index is None and str(node.tag) not in KEYS:
            raise _refused(event, "a key that is no text; write it as text")
        if event.anchor is not None:
            self.held[event.anchor] = self.values + self.repeated - before
        return node

    def compose_scalar_node(self, anchor: Any) -> ScalarNode:
        """Return the next node, which is no list or mapping; raises ComposerError."""
        event = self.parser.peek_event()
        node: ScalarNode = super().compose_scalar_node(anchor)
        number = str(node.tag) in NUMBERS
        longest = LONGEST_NUMBER if number else LONGEST
        if len(event.value) > longest:
            what = "number" if number else "text"
            told = f"a {what} of {len(event.value):,} characters; expected at most {longest:,}"
            raise _refused(event, told)
        return node

    def _repeat(self, event: Any) -> None:
        """Count what an alias repeats: what is not yet known to the end is around it."""
        if event.anchor in self.anchors and event.anchor not in self.held:
            raise _refused(event, f"'*{event.anchor}' stands inside of what it repeats")
        self.repeated += self.held.get(event.anchor, 0)
        if self.repeated > MOST:
            raise _refused(event, f"'*' repeats more than {MOST:,} values; write fewer")

    def _check(self, event: Any) -> None:
        if self.values >= self.most:
            raise _refused(event, f"more than {self.most:,} values; write fewer")
        if self.depth >= DEEPEST:
            raise _refused(event, f"nested deeper than {DEEPEST} levels")
        if event.anchor in self.anchors:
            raise _refused(event, f"'&{event.anchor}' stands twice; call one of them otherwise")
        if event.tag is not None:
            tag = event.tag.replace(_TAG, "!!", 1)
            raise _refused(event, f"the tag '{tag}' means nothing here; leave it out")
        if isinstance(event, ScalarEvent) and (half := _HALF.search(event.value)):
            sign = f"U+{ord(half[0]):04X}"
            raise _refused(event, f"{sign} is half of a character; write the character itself")


def _refused(event: Any, message: str) -> ComposerError:
    return ComposerError(None, None, message, event.start_mark)
