"""Put one text into a YAML file's own characters, and leave all others as they stand."""

import re
from collections.abc import Sequence
from typing import Any

from helpers.errors import NotSaved
from helpers.study.files.yamlfile import compose_yaml
from helpers.study.narrative_text import STEP, yaml_lines

_HEADER = re.compile("[|>][+-]?([1-9]?)[+-]?")
_BLANK = re.compile("(?: *\r?\n)*")
Step = tuple[str, Sequence[str]]  # a key, and the order in which it stands among others


def put_text(text: str, name: str, path: Sequence[Step], value: str) -> str:
    """Return a YAML text in which the keys of `path` lead to `value`, a normalised text.

    Keys that are missing are put in, in their order. Raises NotSaved where the file writes this
    part in one line with braces, or takes it from elsewhere by '*'.
    """
    ending = "\r\n" if "\r\n" in text else "\n"
    node = compose_yaml(text, name)
    for index, (key, _) in enumerate(path):
        pairs = _pairs(node, name)
        if key not in pairs:
            return _insert(text, node, path[index:], value, ending)
        indent, node = pairs[key][0].start_mark.column, pairs[key][1]
    return _replace(text, node, value, indent, ending)


def _pairs(node: Any, name: str) -> dict[str, tuple[Any, Any]]:
    """Return the keys and values of a mapping in lines of its own, by key."""
    if node is None or node.id != "mapping" or node.flow_style:
        line, column = (node.start_mark.line, node.start_mark.column) if node else (0, 0)
        raise NotSaved(
            f"{name}:{line + 1}:{column + 1}: not a mapping with a line for each key; "
            "write it as in the other parameter files and save again"
        )
    for key, value in node.value:
        if value.start_mark.index < key.start_mark.index:
            mark = key.start_mark
            raise NotSaved(
                f"{name}:{mark.line + 1}:{mark.column + 1}: '{key.value}' is taken from elsewhere "
                "in the file by '*'; write it out and save again"
            )
    return {key.value: (key, value) for key, value in node.value}


def _replace(text: str, node: Any, value: str, indent: int, ending: str) -> str:
    """Return the text with another value; a comment beside the old one stays beside it.

    A block keeps its margin: a comment below it, which stands further left, is no part of it.
    """
    start, margin = node.start_mark.index, indent + STEP
    if node.style in ("|", ">"):
        header, end, margin = _block(text, start, indent)
        beside = text[header.end() : _line_end(text, start)]
    else:
        end = _end_of(text, node, indent)
        beside = text[node.end_mark.index : end]
    first, *rest = yaml_lines(value, indent, margin)
    return text[:start] + ending.join([first + beside.rstrip("\r\n"), *rest]) + ending + text[end:]


def _insert(text: str, node: Any, path: Sequence[Step], value: str, ending: str) -> str:
    """Return the text with the keys of `path` put into a mapping, after those before them."""
    column = node.value[0][0].start_mark.column
    lines = [f"{' ' * (column + STEP * depth)}{key}:" for depth, (key, _) in enumerate(path)]
    indent = column + STEP * (len(path) - 1)
    first, *rest = yaml_lines(value, indent, indent + STEP)
    lines[-1] += f" {first}"
    written = ending.join([*lines, *rest]) + ending
    gap = ending if len(path) > 1 else ""  # themes are apart by a blank line
    before = _before(node, *path[0])
    if before is None:
        at = node.value[0][0].start_mark.index - column
        return text[:at] + written + gap + text[at:]
    at = _end_of(text, before[1], before[0].start_mark.column)
    broken = "" if text[:at].endswith("\n") else ending
    apart = "" if text[:at].endswith(ending * 2) else gap
    return text[:at] + broken + apart + written + text[at:]


def _before(node: Any, key: str, order: Sequence[str]) -> tuple[Any, Any] | None:
    """Return the pair after which a new key belongs: the last, where no order is given."""
    earlier = order[: order.index(key)] if key in order else [name.value for name, _ in node.value]
    found = [pair for pair in node.value if pair[0].value in earlier]
    return found[-1] if found else None


def _end_of(text: str, node: Any, indent: int) -> int:
    """Return where the lines of a value end; `indent` is that of the key which holds it."""
    if node.id == "scalar" and node.style in ("|", ">"):
        header, end, _ = _block(text, node.start_mark.index, indent)
        blank = _BLANK.match(text, end) if "+" in header[0] else None  # blank lines of its own
        return blank.end() if blank else end
    if node.id == "scalar" or node.flow_style:
        return _line_end(text, node.end_mark.index)
    last = node.value[-1]
    if node.id == "sequence":
        return _end_of(text, last, node.start_mark.column)
    return _end_of(text, last[1], last[0].start_mark.column)


def _block(text: str, start: int, indent: int) -> tuple[re.Match[str], int, int]:
    """Return what opens a block, the end of its last line that is not blank, and its margin."""
    header = next(_HEADER.finditer(text, start))
    end = at = _line_end(text, start)
    depth = indent + int(header[1]) if header[1] else 0
    while at < len(text):
        line, at = text[at : _line_end(text, at)], _line_end(text, at)
        written = line.lstrip(" ")
        if not written.strip("\r\n"):
            continue
        margin = len(line) - len(written)
        depth = depth or max(margin, indent + 1)
        if margin < depth:
            break
        end = at
    return header, end, depth or indent + STEP


def _line_end(text: str, at: int) -> int:
    return text.find("\n", at) + 1 or len(text)
