"""Read data/study/ and the units' file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from helpers.errors import CheckFailed, Problem
from helpers.study.definition import (
    Council,
    GoodPracticeCases,
    MaturityLevels,
    Questionnaire,
    Study,
    StudyFile,
)
from helpers.study.files.csvfile import read_csv
from helpers.study.files.digests import file_digest
from helpers.study.files.folder import check_inside
from helpers.study.files.yamlfile import Model, check_model, place, read_yaml
from helpers.study.loose_ends import FILES, find_loose_ends
from helpers.study.quantity_words import QuantityWords

FOLDER = "data/study"


def study_file(name: str) -> str:
    """Return the path of one of the study's files inside the workbook."""
    return f"{FOLDER}/{name}.yaml"


@dataclass
class _Files:
    """The study's files as they are read: their nodes, and what is wrong in them."""

    workbook: Path
    nodes: dict[str, object] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def read(self, name: str, model: type[Model], *, needed: object = True) -> Model | None:
        """Return a file's content, None where it is wrong; one not `needed` may be missing."""
        file = study_file(name)
        if not needed and not (self.workbook / file).exists():
            return model()
        try:
            self.nodes[name] = read_yaml(self.workbook / file, file)
            return check_model(model, self.nodes[name], file)
        except CheckFailed as failed:
            self.problems.extend(failed.problems)
            return None

    def check_ends(self, study: Study) -> None:
        """Raise CheckFailed where a name in one file leads nowhere in another."""
        problems = [
            Problem(study_file(end.file), *place(self.nodes[end.file], end.where), end.message)
            for end in find_loose_ends(study)
        ]
        if problems:
            raise CheckFailed(problems)


class _Read(NamedTuple):
    """A study, and the digest of each file that it was read from; empty of one that is missing."""

    files: Mapping[str, str]
    study: Study


_last: list[_Read] = []


def read_study(workbook: Path) -> Study:
    """Read and check the study; of the very same files it is read once in a process and its forks.

    Raises CheckFailed with every problem of the first stage that has any: what lies outside of the
    workbook, the files one by one, then the columns of the units' file, then the names that point
    from one file to another.
    """
    check_inside(workbook)
    for known in _last:
        if all(_digest(workbook / file) == digest for file, digest in known.files.items()):
            return known.study
    study = _read_study(workbook)
    files = [*map(study_file, FILES), units_file(study.about)]
    _last[:] = [_Read({file: _digest(workbook / file) for file in files}, study)]
    return study


def _digest(path: Path) -> str:
    try:
        return file_digest(path)
    except OSError:
        return ""


def _read_study(workbook: Path) -> Study:
    files = _Files(workbook)
    about = files.read("study", StudyFile)
    questionnaire = files.read("questionnaire", Questionnaire)
    maturity = files.read("maturity", MaturityLevels, needed=about and about.characteristics)
    weakest = about and about.thresholds.weakest_themes
    good_practice = files.read("good_practice", GoodPracticeCases, needed=weakest)
    quantity_words = files.read("quantity_words", QuantityWords, needed=False)
    if not (about and questionnaire and maturity and good_practice and quantity_words):
        raise CheckFailed(files.problems)
    study = Study(
        about=about,
        questionnaire=questionnaire,
        maturity=maturity,
        good_practice=good_practice,
        quantity_words=quantity_words,
        councils=read_councils(workbook, about),
    )
    files.check_ends(study)
    return study


def read_councils(workbook: Path, about: StudyFile) -> dict[str, Council]:
    """Return the councils by slug, from the units' file; its contract says what the cells hold.

    Raises CheckFailed where its columns are others.
    """
    columns = council_columns(about)
    table = read_csv(workbook, units_file(about), columns)
    rows = [dict(zip(columns, cells, strict=True)) for cells in table.rows]
    return {row["slug"]: _council(row, about.languages) for row in rows}


def units_file(about: StudyFile) -> str:
    """Return the path of the file that lists the study's units."""
    return f"data/{about.units.file}"


def name_columns(languages: list[str]) -> list[str]:
    """Return the columns of the units' file that hold names."""
    return [f"{kind}_{code}" for kind in ("name", "official_name") for code in languages]


def council_columns(about: StudyFile) -> list[str]:
    """Return the columns of the units' file, as the study declares them.

    `mutated_forms` lists with semicolons how the name may look inside a sentence.
    """
    coded = ["gss_code"] if about.units.code_pattern else []
    mutated = ["mutated_forms"] if about.units.mutated_forms else []
    return [*coded, "slug", *name_columns(about.languages), *mutated]


def _council(row: dict[str, str], languages: list[str]) -> Council:
    return Council(
        slug=row["slug"],
        name={code: row[f"name_{code}"] for code in languages},
        official_name={code: row[f"official_name_{code}"] for code in languages},
        gss_code=row.get("gss_code", ""),
        mutated_forms=[form for form in row.get("mutated_forms", "").split(";") if form],
    )
