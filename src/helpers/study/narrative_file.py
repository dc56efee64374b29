"""Write narrative into the bytes of a parameter file; every byte around it stays as it was.

What comes of it is read back: it must hold the new texts, and otherwise what it held before.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from helpers.errors import CheckFailed, NotSaved
from helpers.study.files.yamlfile import parse_yaml
from helpers.study.narrative_text import check_writable, normalise
from helpers.study.yamledit import put_text

NARRATIVE = "narrative"
Section = tuple[str, str]  # theme and language


def read_narrative(content: bytes, name: str) -> dict[Section, str]:
    """Return the texts of a parameter file, normalised, whatever else is wrong in it.

    Raises CheckFailed where it is no YAML, NotSaved where its narrative is no mapping of texts.
    """
    themes = _none_as_empty(_plain(parse_yaml(_decoded(content, name), name) or {}).get(NARRATIVE))
    if isinstance(themes, dict):
        themes = {theme: _none_as_empty(texts) for theme, texts in themes.items()}
    if not isinstance(themes, dict) or not all(map(_are_texts, themes.values())):
        raise NotSaved(
            f"{name}: 'narrative' is no mapping of themes to languages to texts; "
            "run 'workbook check', put it right and save again"
        )
    return {
        (theme, language): normalise(text)
        for theme, texts in themes.items()
        for language, text in texts.items()
    }


def write_narrative(
    content: bytes,
    name: str,
    texts: Mapping[Section, str],
    themes: Sequence[str],
    languages: Sequence[str],
) -> bytes:
    """Return the bytes of a parameter file with these texts in it.

    A new text takes its place in the order of `themes` and `languages`. Raises NotSaved where a
    text cannot be written without a change to something else.
    """
    wanted = {section: normalise(text) for section, text in texts.items()}
    before = after = _decoded(content, name)
    for (theme, language), text in wanted.items():
        check_writable(text, f"'{theme}' in '{language}'")
        path = [(NARRATIVE, ()), (theme, themes), (language, languages)]
        after = put_text(after, name, path, text)
    _check_all_else_is_kept(before, after, name, wanted)
    return after.encode()


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise NotSaved(f"{name}: not in UTF-8; save it as UTF-8 and save again") from None


def _check_all_else_is_kept(
    before: str, after: str, name: str, wanted: Mapping[Section, str]
) -> None:
    """Raise NotSaved unless a file's content differs in nothing but the texts that were written."""
    expected = _plain(parse_yaml(before, name))
    for (theme, language), text in wanted.items():
        expected.setdefault(NARRATIVE, {}).setdefault(theme, {})[language] = text
    try:
        found = _plain(parse_yaml(after, name))
        for theme, language in wanted:
            found[NARRATIVE][theme][language] = normalise(found[NARRATIVE][theme][language])
    except (CheckFailed, KeyError, TypeError):
        found = None
    if found != expected:
        raise NotSaved(
            f"{name}: the narrative cannot be written without a change to something else in the "
            "file, where texts are shared by '&' and '*' or written in a rare way; "
            "write it as in the other parameter files and save again"
        )


def _plain(node: Any) -> Any:
    """Return nodes as plain values, of which no two are the same object."""
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    return str(node) if isinstance(node, str) else node


def _none_as_empty(value: Any) -> Any:
    """Take a key with nothing under it as one with an empty mapping."""
    return {} if value is None else value


def _are_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())
