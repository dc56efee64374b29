"""Check catalogues: each text has its present translation, each translation its text."""

from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from pathlib import Path

from babel.localedata import exists
from babel.messages.catalog import Message
from nbformat import NotebookNode

from helpers.errors import CheckFailed, Problem, cut, shown
from helpers.report.languages.language import (
    LABELS,
    SOURCE,
    forms_of,
    label_file,
    read_catalogue,
    read_labels,
)
from helpers.report.notebook.translations import (
    CATALOGUES,
    catalogue_of,
    published_texts,
    templates_of,
)
from helpers.study.definition import Study
from helpers.study.files.yamlfile import place, read_yaml
from helpers.study.reading import study_file

QUOTED = 60  # signs of a label that name it


def check_cells(notebook: NotebookNode, study: Study, workbook: Path) -> Iterator[Problem]:
    """Find cells of a template without a present translation into a language of the study."""
    for code in study.about.languages[1:]:
        try:
            catalogue = catalogue_of(workbook, code)
        except CheckFailed as failed:
            yield from failed.problems
            continue
        by_cell = {message.context: message for message in catalogue if message.context}
        texts = published_texts(notebook)
        yield from _check(f"{CATALOGUES}/{code}.po", "cell", by_cell, texts)


def check_labels(study: Study, workbook: Path) -> Iterator[Problem]:
    """Find labels of ours without a translation into a language of the study."""
    yield from _unknown_languages(study, workbook)
    for code in study.about.languages:
        try:
            yield from _check_labels(code) if code != SOURCE else ()
        except CheckFailed as failed:
            yield from failed.problems


def find_left_over(study: Study, workbook: Path) -> Iterator[Problem]:
    """Find translations of cells that no template has; `check_cells` tells of what is missing."""
    cells = {*chain(*templates_of(workbook))}
    for code in study.about.languages[1:]:
        try:
            yield from _left_over(workbook, code, cells)
        except CheckFailed as failed:
            yield from failed.problems


def _unknown_languages(study: Study, workbook: Path) -> Iterator[Problem]:
    file, codes = study_file("study"), study.about.languages
    unknown = [index for index, code in enumerate(codes) if not exists(code)]
    nodes = read_yaml(workbook / file, file) if unknown else None
    for index in unknown:
        at, told = place(nodes, ("languages", index)), f"unknown language '{codes[index]}'"
        yield Problem(file, *at, f"{told}; expected a code such as 'en'")


def _check_labels(code: str) -> Iterator[Problem]:
    used = {
        name_of(message): message.id
        for message in read_catalogue(LABELS / "labels.pot", label_file("labels"))
        if message.id
    }
    by_label = {name_of(message): message for message in read_labels(code) if message.id}
    yield from _check(label_file(code), "label", by_label, used)


def name_of(message: Message) -> str:
    """Return the English of an entry, of its plural forms the first."""
    return str(message.id if isinstance(message.id, str) else message.id[0])


def _check(
    file: str, what: str, found: Mapping[str, Message], texts: Mapping[str, object]
) -> Iterator[Problem]:
    """Compare the entries of a catalogue, by name, with the texts that are to be translated."""
    for name, text in texts.items():
        message = found.get(name)
        told = _wrong(message, text)
        if told:
            line = _line(message) if message else 1
            yield Problem(file, line, 1, f"{what} '{_short(name)}' {told}")


def _wrong(message: Message | None, text: object) -> str:
    """Say what is wrong with the entry of a text, which in English may have a plural form too."""
    if message is None:
        return "has no translation; add it"
    if message.id != text:
        return "is translated from an older text; translate its present one"
    if message.fuzzy:
        return "is marked fuzzy; confirm its translation and take the mark away"
    if not all(forms_of(message)):
        return "has an empty translation or plural form; complete it"
    return ""


def _left_over(workbook: Path, code: str, cells: Collection[str]) -> Iterator[Problem]:
    file, catalogue = f"{CATALOGUES}/{code}.po", catalogue_of(workbook, code)
    for message in catalogue:
        if message.id and str(message.context) not in cells:
            told = f"no template has a cell '{message.context}'; take this entry out"
            yield Problem(file, _line(message), 1, told)
    for message in catalogue.obsolete.values():
        told = f"obsolete entry of '{_short(name_of(message))}'; take it out"
        yield Problem(file, _line(message), 1, told)


def _line(message: Message) -> int:
    return message.lineno or 1


def _short(text: str) -> str:
    return shown(cut(text, QUOTED))
