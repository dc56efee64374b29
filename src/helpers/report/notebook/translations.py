"""Every text with its translation into one language: what a qualified translator reviews."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from nbformat import NotebookNode

from helpers.errors import CheckFailed
from helpers.report.languages.language import (
    SOURCE,
    forms_of,
    label_file,
    read_catalogue,
    read_labels,
)
from helpers.report.notebook.reading import read_notebook
from helpers.report.notebook.whole import NOT_PUBLISHED, has_tag
from helpers.study.definition import Study
from helpers.study.loose_ends import FILES, texts_of
from helpers.study.parameters import Parameters
from helpers.study.reading import study_file

CATALOGUES = "notebooks/locale"


@dataclass(frozen=True)
class Translated:
    """A text and its translation, which stands in `file` at `key`.

    A label that counts has two forms in English, and as many as it needs in another language; every
    other text has one.
    """

    file: str
    key: str
    source: tuple[str, ...]
    text: tuple[str, ...]

    @property
    def place(self) -> str:
        """Where to change the translation; a label has no other key than its English."""
        return f"{self.file}#{self.key}" if self.key else self.file

    @cached_property
    def digest(self) -> str:
        """What a review is recorded by: of both texts, so that an edit of either voids it."""
        pair = json.dumps([self.source, self.text], ensure_ascii=False)
        return hashlib.sha256(pair.encode()).hexdigest()[:12]


def catalogue_of(workbook: Path, code: str) -> Catalog:
    """Return the templates' catalogue for a language; raises as read_catalogue does."""
    name = f"{CATALOGUES}/{code}.po"
    return read_catalogue(workbook / name, name)


def templates_of(workbook: Path) -> Iterator[dict[str, str]]:
    """Yield what readers see of each template; what is no notebook is told where it is read."""
    for path in sorted((workbook / "notebooks").glob("*.ipynb")):
        try:
            yield published_texts(read_notebook(path, f"notebooks/{path.name}"))
        except CheckFailed:
            continue


def published_texts(notebook: NotebookNode) -> dict[str, str]:
    """Return the Markdown that readers see of a template, by cell."""
    return {
        cell.id: cell.source
        for cell in notebook.cells
        if cell.cell_type == "markdown" and not has_tag(cell, NOT_PUBLISHED)
    }


def cells_in(texts: Mapping[str, str], workbook: Path, code: str) -> Iterator[Translated]:
    """Yield the cells of a template that have a translation of their present text."""
    catalogue = catalogue_of(workbook, code)
    for cell, text in texts.items():
        message = catalogue.get(text, cell)
        if message is not None and is_translated(message):
            yield Translated(f"{CATALOGUES}/{code}.po", cell, (text,), tuple(forms_of(message)))


def labels_in(code: str) -> Iterator[Translated]:
    """Yield our own labels."""
    for message in read_labels(code) if code != SOURCE else ():
        if message.id and is_translated(message):
            source = (message.id,) if isinstance(message.id, str) else tuple(message.id)
            yield Translated(label_file(code), "", source, tuple(forms_of(message)))


def is_translated(message: Message) -> bool:
    """Say whether an entry of a catalogue is confirmed and complete."""
    return not message.fuzzy and all(forms_of(message))


def study_in(study: Study, code: str) -> Iterator[Translated]:
    """Yield the texts and names of the study's files."""
    for name in FILES:
        part = study.about if name == "study" else getattr(study, name)
        for where, texts, _ in texts_of(part, type(part)):
            yield from _pair(study, code, study_file(name), where, texts)
    for key, claim in study.quantity_words.claims.items():
        forms = {language: ", ".join(listed) for language, listed in claim.forms.items()}
        file = study_file("quantity_words")
        yield from _pair(study, code, file, ("claims", key, "forms"), forms)


def parameters_in(
    study: Study, parameters: Parameters, file: str, code: str
) -> Iterator[Translated]:
    """Yield what auditors wrote of a council: narrative and the reasons of their judgements."""
    for theme, texts in parameters.narrative.items():
        yield from _pair(study, code, file, ("narrative", theme), texts)
    for key, judgement in parameters.judgements.items():
        yield from _pair(study, code, file, ("judgements", key, "reason"), judgement.reason)


def _pair(
    study: Study, code: str, file: str, where: tuple[Any, ...], texts: Mapping[str, str]
) -> Iterator[Translated]:
    """Yield a text that is written in the study's first language and in another."""
    source, text = texts.get(study.about.languages[0], ""), texts.get(code, "")
    if source.strip() and text.strip():
        yield Translated(file, ".".join(map(str, (*where, code))), (source,), (text,))
