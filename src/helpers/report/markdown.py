"""Markdown with inline figures: MyST ``{eval}`agree("L2")` `` roles, found and rendered.

The parser is markdown-it, as in jupyterlab-myst, so a role is a role here exactly where it is
one there. Raw HTML is off: what looks like a tag is shown as text.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.myst_role import myst_role_plugin
from mdit_py_plugins.myst_role.index import myst_role

ROLE = "eval"


@dataclass(frozen=True)
class Inline:
    """An inline expression and where it starts in the text; line and column count from 1."""

    expression: str
    line: int
    column: int


def _parser() -> MarkdownIt:
    """Return a parser without HTML and without images, which a page would have to fetch."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    parser.use(myst_role_plugin).inline.ruler.at("myst_role", _placed_role)
    return parser


def _placed_role(state: StateInline, silent: bool) -> bool:
    """Parse a role, and keep where in its block it starts."""
    start, found = state.pos, bool(myst_role(state, silent))
    if found and not silent:
        state.tokens[-1].meta["start"] = start
    return found


def find_inline(text: str) -> list[Inline]:
    """Return the inline expressions of a Markdown text in document order."""
    lines, read, found = re.split("\r\n?|\n", text), dict[int, int](), []
    for block in _parser().parse(text):
        if block.type != "inline" or block.map is None:
            continue
        first, margins = block.map[0], []  # where each line of the block starts in the text's line
        for index, written in enumerate(block.content.split("\n"), start=first):
            margins.append(lines[index].find(written, read.get(index, 0)))
            read[index] = margins[-1] + len(written)  # a row of a table holds several blocks
        for role in _roles(block):
            before = block.content[: role.meta["start"]].split("\n")
            line, column = len(before) - 1, len(before[-1])
            found.append(Inline(role.content, first + line + 1, margins[line] + column + 1))
    return found


def _roles(block: Token) -> Iterator[Token]:
    for token in block.children or []:
        if token.type == "myst_role" and token.meta["name"] == ROLE:
            yield token


def render_markdown(text: str, show: Callable[[str], str]) -> str:
    """Return HTML of a Markdown text; `show` returns the HTML of an inline expression."""
    parser = _parser()

    def role(_self: Any, tokens: list[Token], index: int, _options: Any, _env: Any) -> str:
        token = tokens[index]
        if token.meta["name"] != ROLE:
            return f"<code>{{{escape(token.meta['name'])}}}{escape(token.content)}</code>"
        return show(token.content)

    parser.add_render_rule("myst_role", role)
    return str(parser.render(text))


def render_phrase(text: str, show: Callable[[str], str]) -> str:
    """Return HTML of one paragraph without the paragraph around it."""
    return render_markdown(text, show).strip().removeprefix("<p>").removesuffix("</p>")


def headings(text: str, show: Callable[[str], str] = str) -> list[tuple[int, str]]:
    """Return level and text, without markup, of each heading; `show` as in render_markdown."""
    tokens = _parser().parse(text)
    return [
        (int(token.tag[1]), "".join(_plain(tokens[index + 1].children or [], show)))
        for index, token in enumerate(tokens)
        if token.type == "heading_open"
    ]


def _plain(tokens: list[Token], show: Callable[[str], str]) -> Iterator[str]:
    for token in tokens:
        if token.type == "myst_role":
            yield show(token.content) if token.meta["name"] == ROLE else token.content
        else:
            yield " " if token.type == "softbreak" else token.content
