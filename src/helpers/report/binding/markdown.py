"""Markdown with inline figures: MyST ``{eval}`agree("L2")` `` roles, found and rendered."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from helpers.report.binding.blocks import ROLE, Block, Place, is_figure, parser, read_blocks


@dataclass(frozen=True)
class Inline:
    """An inline expression and where it starts in the text; line and column count from 1."""

    expression: str
    line: int
    column: int


@cache
def _renderer() -> MarkdownIt:
    renderer = parser()
    renderer.add_render_rule("myst_role", _render_role)
    return renderer


def _render_role(
    _self: Any, tokens: list[Token], index: int, _options: Any, env: Mapping[str, Any]
) -> str:
    token = tokens[index]
    if token.meta["name"] != ROLE:
        return f"<code>{{{escape(token.meta['name'])}}}{escape(token.content)}</code>"
    return str(env["show"](token.content))


def find_inline(text: str) -> list[Inline]:
    """Return the inline expressions of a Markdown text in document order."""
    return [
        Inline(piece.content, *block.place(start))
        for block in read_blocks(text)
        for piece, start in block.pieces
        if is_figure(piece)
    ]


def find_code(text: str) -> list[tuple[str, Place]]:
    """Return the spans of code of a Markdown text, and where each stands."""
    return [
        (piece.content, block.place(start))
        for block in read_blocks(text)
        for piece, start in block.pieces
        if piece.type == "code_inline"
    ]


def render_markdown(text: str, show: Callable[[str], str]) -> str:
    """Return HTML of a Markdown text; `show` returns the HTML of an inline expression."""
    return str(_renderer().render(text, {"show": show}))


def render_phrase(text: str, show: Callable[[str], str]) -> str:
    """Return HTML of one paragraph without the paragraph around it."""
    return render_markdown(text, show).strip().removeprefix("<p>").removesuffix("</p>")


def headings(text: str, show: Callable[[str], str] = str) -> list[tuple[int, str]]:
    """Return level and text, without markup, of each heading; `show` as in render_markdown."""
    return [
        (block.heading, "".join(_plain(block, show)))
        for block in read_blocks(text)
        if block.heading
    ]


def _plain(block: Block, show: Callable[[str], str]) -> Iterator[str]:
    for piece, _ in block.pieces:
        if is_figure(piece):
            yield show(piece.content)
        else:
            yield " " if piece.type == "softbreak" else piece.content
