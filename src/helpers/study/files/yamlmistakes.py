"""Say of what is no YAML what to write: the parser tells where it stopped, which is often later."""

import re

from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError

Told = tuple[int, int, str]  # line and column, from 1, and what is wrong there

_BARE = re.compile(r"\s*([\w-]+):\s*")  # a key with nothing behind it
_BLOCK = re.compile(r"\s*([\w-]+):\s*[|>]\S*\s*")  # a key of a text that is indented below it
_KEY = re.compile(r"\s*(?:-\s+)?(?:[\w-]+|'[^']*'|\"[^\"]*\"):(?:\s|\Z)")
_STUCK = re.compile(r"\s*[\w-]+:\S")  # a colon without a space
_NEEDS_BLOCK = "a text starts with '{key}: |' and is indented below it"


def explain_mistake(error: MarkedYAMLError, text: str) -> Told:
    """Return the place of a mistake in a YAML text, and what was expected there."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    began = error.context_mark
    what = str(error.problem or error.context or "cannot be read")
    lines = [*text.splitlines(), ""]  # reading may stop behind the last
    if isinstance(error, DuplicateKeyError) and (found := re.match(r'found duplicate key "', what)):
        told = _twice(what[found.end() :].split('" with value', 1)[0], lines, line, column)
    elif "'\\t'" in what:
        told = line, column, "found character '\\t', a tab; write spaces instead"
    elif "cannot start any token" in what:
        told = _text_without_bar(lines, line) or (line, column, f"{what}; put the text in quotes")
    elif what == "could not find expected ':'" and began:
        told = _text_without_bar(lines, began.line) or _no_colon(began.line, began.column)
    elif what == "mapping values are not allowed here":
        told = _odd_colon(lines, line, column)
    elif what == "found unexpected end of stream" and began:
        told = began.line, began.column, "a quote that opens here is not closed; close it"
    elif what.startswith("expected <block end>"):
        told = _odd_margin(lines, line, column)
    elif what.startswith("expected ',' or") and began:
        opened = f"in the brackets that open at line {began.line + 1}"
        told = line, column, f"{what.split(', but')[0]} {opened}"
    else:
        told = line, column, what
    return told[0] + 1, told[1] + 1, told[2]


def _twice(key: str, lines: list[str], line: int, column: int) -> Told:
    """Tell both lines of a key; in a mapping on one line there is but one."""
    same = re.compile(rf".{{{column}}}['\"]?{re.escape(key)}['\"]?\s*:")
    earlier = [at for at in range(line) if same.match(lines[at])]
    first = f", first at line {earlier[-1] + 1}" if earlier else ""
    return line, column, f"found duplicate key '{key}'{first}; remove one"


def _text_without_bar(lines: list[str], line: int) -> Told | None:
    """Tell the key above a text that lacks its '|', or whose text is not indented."""
    own = _margin(lines, line)
    for above in range(line - 1, -1, -1):
        if not lines[above].strip():
            continue
        found = _BLOCK.fullmatch(lines[above])
        if found and _margin(lines, above) >= own and not _KEY.match(lines[line]):
            return line, own, _NEEDS_BLOCK.format(key=found[1])
        if _margin(lines, above) < own:
            found = _BARE.fullmatch(lines[above])
            if found and not _KEY.match(lines[line]):
                return above, _margin(lines, above), _NEEDS_BLOCK.format(key=found[1])
            break
    return _on_one_line(lines, line)


def _on_one_line(lines: list[str], line: int) -> Told | None:
    found = re.match(r"(\s*)([\w-]+):\s+\S", lines[line])
    return (line, len(found[1]), _NEEDS_BLOCK.format(key=found[2])) if found else None


def _odd_colon(lines: list[str], line: int, column: int) -> Told:
    above = next((at for at in range(line - 1, -1, -1) if lines[at].strip()), None)
    if above is not None and _STUCK.match(lines[above]):
        return above, _margin(lines, above), "no space after the colon; expected 'key: value'"
    first = lines[line][:column].count(":") == 0
    if first and above is not None and not _KEY.match(lines[above]):
        return _text_without_bar(lines, above) or _no_colon(above, _margin(lines, above))
    return line, column, "a second colon in one line; put the text behind the first in quotes"


def _no_colon(line: int, column: int) -> Told:
    return line, column, "a line without a colon; expected 'key: value'"


def _odd_margin(lines: list[str], line: int, column: int) -> Told:
    if "'" in lines[line][:column]:
        return line, column, "text behind a closing quote; write '' for a quote within quotes"
    message = "indented otherwise than what it belongs to; expected as many spaces as above"
    return line, column, message


def _margin(lines: list[str], line: int) -> int:
    return len(lines[line]) - len(lines[line].lstrip())
