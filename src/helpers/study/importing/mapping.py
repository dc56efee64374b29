"""The mapping: what a person decides where an export and the questionnaire do not meet."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from helpers.errors import CheckFailed, Problem, expected
from helpers.study.definition import Study
from helpers.study.files.yamlfile import Strict, check_model, place, read_yaml
from helpers.study.importing.layouts import Table
from helpers.study.importing.matching import COMMENTS, COUNCIL, DROP, comment_themes
from helpers.study.responses import questions_asked

BLANK = "blank"  # an answer that is none


def _label(value: object) -> object:
    """Take a code such as 1 for the text that it is in the export."""
    return str(value) if type(value) is int else value


Label = Annotated[str, BeforeValidator(_label)]
Section = Annotated[dict[Label, str], BeforeValidator(lambda value: {} if value is None else value)]
Names = Annotated[list[str], BeforeValidator(lambda value: [] if value is None else value)]


class Mapping(Strict):
    """A mapping file; docs/importing.md explains the keys."""

    council: str | None = None  # the one that all of the export's rows belong to
    columns: Section = Field(default_factory=dict)
    absent: Names = Field(default_factory=list)
    answers: Section = Field(default_factory=dict)
    councils: Section = Field(default_factory=dict)
    partial: Literal["drop", "keep"] = "drop"


@dataclass(frozen=True)
class MappingFile:
    """A mapping with the file that it stands in; without one, nothing is mapped."""

    mapping: Mapping = field(default_factory=Mapping)
    name: str = ""
    nodes: Any = None
    sha256: str | None = None

    def problem(self, where: tuple[int | str, ...], message: str) -> Problem:
        """Return a problem at a place in the file."""
        return Problem(self.name, *place(self.nodes, where), message)


def read_mapping(path: Path) -> MappingFile:
    """Read a mapping file; raises CheckFailed."""
    if not path.exists():
        raise CheckFailed([Problem(path.name, 1, 1, "missing file; --dry-run writes one")])
    nodes = read_yaml(path, path.name)
    mapping = check_model(Mapping, nodes if nodes is not None else {}, path.name)
    return MappingFile(mapping, path.name, nodes, hashlib.sha256(path.read_bytes()).hexdigest())


def check_mapping(file: MappingFile, table: Table, study: Study, tool: str) -> None:
    """Raise CheckFailed unless all that the mapping names is in the export or the study."""
    asked = questions_asked(study, tool)
    themes = [COMMENTS + theme for theme in comment_themes(study)]
    problems = [
        file.problem(where, f"unknown {what} '{name}'; {expected(name, known)}")
        for where, what, name, known in _names(file.mapping, asked, themes, table, study)
        if name not in known
    ]
    if file.mapping.council and COUNCIL in file.mapping.columns.values():
        message = f"'council' stands beside a column that is '{COUNCIL}'; remove either"
        problems.append(file.problem(("council",), message))
    if problems:
        raise CheckFailed(problems)


Named = tuple[tuple[int | str, ...], str, str, list[str]]  # where, of which kind, what, the known


def _names(
    mapping: Mapping, asked: list[str], themes: list[str], table: Table, study: Study
) -> Iterator[Named]:
    councils = list(study.councils)
    if mapping.council:
        yield ("council",), "council", mapping.council, councils
    names = [column.name for column in table.columns]
    for name, target in mapping.columns.items():
        yield ("columns", name), "column", name, names
        yield ("columns", name), "use of a column", target, [COUNCIL, DROP, *themes, *asked]
    for index, code in enumerate(mapping.absent):
        yield ("absent", index), "question of the tool", code, asked
    for text, answer in mapping.answers.items():
        yield ("answers", text), "answer", answer, [*study.questionnaire.scale, BLANK]
    for text, council in mapping.councils.items():
        yield ("councils", text), "council", council, [DROP, *councils]
