"""How files and texts are spoilt: strategies for hypothesis, and what each format stumbles over."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

ANY = ["\0", "\n", "\r", "\r\n", "\t", "\x85", "\u2028", "\ufeff", "\u202e", *"é'\" "]
LONG_NUMBER = "9" * 5000

YAML_NOISE = [*ANY, *"#{}[]~", ": ", ":\n  ", "? ", "- ", "|\n", ">-\n", "---\n", "  "]
YAML_NOISE += ["&a ", "*a", "<<: *a", "comments: *a\n", "%YAML 1.1\n---\n", "!!binary x"]
YAML_NOISE += ["!!python/object/apply:os.system [touch made]", '"\\ud800"', '"\\0"', "true"]
YAML_NOISE += [".inf", "1e999", LONG_NUMBER, "0x" + "f" * 50, "2018-12-06T10:00:00Z"]
YAML_NOISE += ["[" * 100, "{a: " * 50]

JSON_NOISE = [*ANY, *"{}[],:\\", "null", "true", "NaN", "1e999", LONG_NUMBER, "[" * 2000]
JSON_NOISE += ["\\ud800", "\\u0000", '"id": "summary",']

PO_NOISE = [*ANY, *"[\\", "msgid ", "msgstr ", "msgctxt ", "msgid_plural ", "msgstr[9] ", "\\x"]
PO_NOISE += ["#, fuzzy\n", "#~ ", "nplurals=99999999999;", "charset=zlib"]

CSV_NOISE = [*ANY, *",;|", '""', "\x1c", "=1+1", "1177", "x" * 200_000, "," * 3000]

XML_NOISE = [*ANY, *"<>&", "/>", "&a;", "<!--", "]]>", "<!DOCTYPE a>", "</row>", "-1", "A9"]
XML_NOISE += ["r=", 't="s"', 't="d"', "<v>1e999</v>", '<c r="XFD1048576"><v>1</v></c>']

TOKENS = [*ANY, *"().,=*[]{}:@+-~1…;\\#", "\x0c", "\ud800", "**", ":=", "0x", "1e9", "1j", "1_0"]
TOKENS += ["agree", "disagree", "fact", "responses", "words", "count", "says", "group", "ａgree"]
TOKENS += ['"S1"', "'L2'", '"officers"', '"around half"', '"citizens_surveyed"', "9" * 60]
TOKENS += ["lambda", "await ", "yield ", "if ", " else ", " for ", "not ", "None", "True"]
TOKENS += ["__import__", "os", "open", "'made', 'w'", "eval", "exec", "f'{1}'", "b'x'"]

MARKDOWN = [*ANY, *"`[*_\\%£", "{eval}`", '{eval}`agree("S1")`', "```{", "~~~", ":::", "{{"]
MARKDOWN += ["<a", "![", "](", "]: x\n", "> ", "- ", "1. ", "#### ", "| a ", "|---", "\n\n"]
MARKDOWN += ["&#1;", "Cardiff", "most", "12", "two-thirds", "a@b.c", "https://a"]


def spoilt(text: str, noise: list[str], most: int = 4) -> SearchStrategy[str]:
    """A text of which a few pieces are replaced: by noise, any text, or another piece of it."""
    places, lengths = st.integers(0, len(text)), st.sampled_from([0, 0, 1, 2, 20, 400])
    piece = st.tuples(places, lengths).map(lambda pair: text[pair[0] : sum(pair)])
    new = st.sampled_from(noise) | st.text(max_size=6) | piece
    edits = st.lists(st.tuples(places, lengths, new), min_size=1, max_size=most)
    return edits.map(lambda found: replaced(text, found))


def replaced(text: str, edits: list[tuple[int, int, str]]) -> str:
    for at, length, new in edits:
        text = text[:at] + new + text[at + length :]
    return text


def joined(pieces: list[str], most: int) -> SearchStrategy[str]:
    """A text of some of the pieces, and now and then of anything."""
    return st.lists(st.sampled_from(pieces) | st.text(max_size=4), max_size=most).map("".join)


def encoded(texts: SearchStrategy[str]) -> SearchStrategy[bytes]:
    """Texts in an encoding that is mostly the right one."""
    encodings = st.sampled_from(["utf-8"] * 6 + ["utf-8-sig", "utf-16", "cp1252"])
    return st.builds(lambda text, code: text.encode(code, errors="replace"), texts, encodings)


def trees(keys: list[str]) -> SearchStrategy[bytes]:
    """JSON, which is YAML too, whose keys are mostly known ones."""
    number = st.integers() | st.floats() | st.just(10**50) | st.integers(1, 3)
    leaf = st.none() | st.booleans() | number | st.text(max_size=9) | st.sampled_from(keys)
    names = st.sampled_from(keys) | st.text(max_size=4)
    tree = st.recursive(
        leaf,
        lambda part: st.lists(part, max_size=4) | st.dictionaries(names, part, max_size=4),
        max_leaves=12,
    )
    return tree.map(lambda found: json.dumps(found).encode())


VALUES = [None, 3, -1, "", "x", "../x", [], {}, [[]], {"tags": 3}, "\ud800", "\0", 10**30, True]


def changed(tree: Any) -> SearchStrategy[bytes]:
    """JSON in which one value is replaced by one of another kind."""
    places = st.sampled_from(list(below(tree)))
    return st.builds(lambda at, value: put(tree, at, value), places, st.sampled_from(VALUES))


def below(tree: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the place of each value in a tree of lists and mappings."""
    if isinstance(tree, list):
        tree = dict(enumerate(tree))
    for step, value in tree.items() if isinstance(tree, dict) else ():
        yield (*at, step)
        yield from below(value, (*at, step))


def put(tree: Any, at: tuple[Any, ...], value: Any) -> bytes:
    copy = node = deepcopy(tree)
    for step in at[:-1]:
        node = node[step]
    node[at[-1]] = value
    return json.dumps(copy).encode()
