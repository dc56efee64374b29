"""Markdown with inline figures: MyST ``{eval}`agree("L2")` `` roles, found and rendered.

The parser is markdown-it, as in jupyterlab-myst, so a role is a role here exactly where it is
one there. Raw HTML is off: what looks like a tag is shown as text.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.myst_role import myst_role_plugin

ROLE = "eval"


@dataclass(frozen=True)
class Inline:
    """An inline expression and where it starts in the text; line and column count from 1."""

    expression: str
    line: int
    column: int


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").use(myst_role_plugin)


def find_inline(text: str) -> list[Inline]:
    """Return the inline expressions of a Markdown text in document order."""
    found, searched = [], 0
    for token in _roles(_parser().parse(text)):
        searched = text.find(f"{{{ROLE}}}`{token.content}`", searched)
        before = text[:searched]
        line, column = before.count("\n") + 1, searched - before.rfind("\n")
        found.append(Inline(token.content, line, column))
        searched += 1
    return found


def _roles(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type == "myst_role" and token.meta["name"] == ROLE:
            yield token
        yield from _roles(token.children or [])


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


def headings(text: str) -> list[tuple[int, str]]:
    """Return level and text of each heading."""
    tokens = _parser().parse(text)
    return [
        (int(token.tag[1]), tokens[index + 1].content)
        for index, token in enumerate(tokens)
        if token.type == "heading_open"
    ]
