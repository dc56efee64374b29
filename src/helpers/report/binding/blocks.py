"""Markdown in blocks, with the place at which each piece of a block is written.

The parser is markdown-it, as in jupyterlab-myst, so a role is a role here exactly where it is
one there. Raw HTML is off: what looks like a tag is text.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import itemgetter

from markdown_it import MarkdownIt, rules_inline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.myst_role import myst_role_plugin
from mdit_py_plugins.myst_role.index import myst_role

ROLE = "eval"
TEXTS_AT_HAND = 512  # a text is parsed once, however many checks ask for it

Rule = Callable[[StateInline, bool], bool]
Place = tuple[int, int]  # line and column, from 1

# What is read otherwise than it is written; the rest is text and signs of emphasis.
_REWRITTEN: dict[str, Rule] = {
    "autolink": rules_inline.autolink,
    "backticks": rules_inline.backtick,
    "entity": rules_inline.entity,
    "escape": rules_inline.escape,
    "link": rules_inline.link,
    "myst_role": myst_role,
    "newline": rules_inline.newline,
}

# An address of a scheme that is known, or of none: no colon before its path.
_LEADS_ON = re.compile(r"(?:https?|mailto|tel):|[^:/?#]*(?:[/?#]|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, cell of a table …: its pieces, and where each is written in it.

    `heading` is its level, or 0; `lines` says of each line of the block where in the block it
    starts, and on which line of the text and how far in.
    """

    content: str
    pieces: list[tuple[Token, int]]
    heading: int
    lines: list[tuple[int, int, int]]

    def place(self, offset: int) -> Place:
        """Return line and column in the text of what is at `offset` of the block."""
        line = bisect_right(self.lines, offset, key=itemgetter(0)) - 1
        start, number, margin = self.lines[line]
        return number + 1, margin + offset - start + 1


class _Plain(MarkdownIt):
    """A parser to which a link of an unknown scheme is no link."""

    def validateLink(self, url: str) -> bool:  # noqa: N802  # markdown-it asks by this name
        """Say whether a link leads to a page, a mailbox or a telephone: others may run a script."""
        return bool(_LEADS_ON.match(url.strip()))


def parser() -> MarkdownIt:
    """Return a parser without HTML and without images, which a page would have to fetch."""
    options = {"html": False, "maxNesting": 100}  # deeper text would vanish without a word
    plain = _Plain("commonmark", options).enable("table").disable("image")
    return plain.use(myst_role_plugin)


def is_figure(piece: Token) -> bool:
    """Say whether a piece of a block is an inline expression."""
    return piece.type == "myst_role" and piece.meta["name"] == ROLE


@lru_cache(maxsize=TEXTS_AT_HAND)
def read_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of words of a Markdown text in document order; code is no such block."""
    lines, read, blocks = re.split("\r\n?|\n", text), dict[int, int](), []
    opening = ""
    for token in _reader().parse(text):
        if token.type == "inline" and token.map is not None:
            start, placed = 0, []
            for line, written in enumerate(token.content.split("\n"), start=token.map[0]):
                done = read.get(line, 0)  # a row of a table holds several blocks
                margin = max(lines[line].find(written, done), done)
                placed.append((start, line, margin))
                read[line], start = margin + len(written), start + len(written) + 1
            heading = int(opening[1]) if re.fullmatch(r"h\d", opening) else 0
            blocks.append(Block(token.content, list(_pieces(token)), heading, placed))
        opening = token.tag
    return tuple(blocks)


def _pieces(block: Token) -> Iterator[tuple[Token, int]]:
    """Yield each piece of a block and where in it the piece is written."""
    at = 0
    for token in block.children or []:
        yield token, token.meta.get("start", at)
        written = "[" if token.type == "link_open" else token.content or token.markup
        at = token.meta.get("end", at + len(written))


@cache
def _reader() -> MarkdownIt:
    """Return a parser that keeps where its pieces are written, and joins none of them."""
    reader = parser().disable("text_join")
    for name, rule in _REWRITTEN.items():
        reader.inline.ruler.at(name, _placed(rule))
    return reader


def _placed(rule: Rule) -> Rule:
    """Parse by a rule, and keep where in its block the piece that it made starts and ends."""

    def parse(state: StateInline, silent: bool) -> bool:
        start, made = state.pos, len(state.tokens)
        found = bool(rule(state, silent))
        if found and len(state.tokens) > made:
            state.tokens[-1].meta |= {"start": start, "end": state.pos}
        return found

    return parse
