"""Read data/study/ and the units' file, and see that every name in them leads somewhere."""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from helpers.errors import CheckFailed, Problem, expected
from helpers.study.definition import (
    Council,
    GoodPracticeCases,
    MaturityLevels,
    Questionnaire,
    Study,
    StudyFile,
    Units,
)
from helpers.study.yamlfile import Model, check_model, place, read_yaml

FOLDER = "data/study"
FILES = ("study", "questionnaire", "maturity", "good_practice")  # each a .yaml in the folder


class LooseEnd(NamedTuple):
    """What is wrong at a place in one of the study's files."""

    file: str
    where: tuple[int | str, ...]
    message: str


def study_file(name: str) -> str:
    """Return the path of one of the study's files inside the workbook."""
    return f"{FOLDER}/{name}.yaml"


def read_study(workbook: Path) -> Study:
    """Read and check the study.

    Raises CheckFailed with every problem of the first stage that has any: the files one by one,
    then the units, then the names that point from one file to another.
    """
    nodes: dict[str, object] = {}
    problems: list[Problem] = []

    def part(name: str, model: type[Model]) -> Model | None:
        file = study_file(name)
        try:
            nodes[name] = read_yaml(workbook / file, file)
            return check_model(model, nodes[name], file)
        except CheckFailed as failed:
            problems.extend(failed.problems)
            return None

    about = part("study", StudyFile)
    questionnaire = part("questionnaire", Questionnaire)
    maturity = part("maturity", MaturityLevels)
    good_practice = part("good_practice", GoodPracticeCases)
    if not (about and questionnaire and maturity and good_practice):
        raise CheckFailed(problems)
    study = Study(
        about=about,
        questionnaire=questionnaire,
        maturity=maturity,
        good_practice=good_practice,
        councils=read_councils(workbook, about),
    )
    for end in _loose_ends(study):
        problems.append(
            Problem(study_file(end.file), *place(nodes[end.file], end.where), end.message)
        )
    if problems:
        raise CheckFailed(problems)
    return study


def read_councils(workbook: Path, about: StudyFile) -> dict[str, Council]:
    """Return the councils by slug, from the units' file.

    Its columns: gss_code, slug, name_<language>, official_name_<language>, and mutated_forms,
    which lists with semicolons how the name may look inside a sentence. Raises CheckFailed.
    """
    file = f"data/{about.units.file}"
    named = [f"{kind}_{code}" for kind in ("name", "official_name") for code in about.languages]
    columns = ["gss_code", "slug", *named, "mutated_forms"]
    councils: dict[str, Council] = {}
    problems = []
    for number, row in enumerate(_rows(workbook, file, columns), start=2):
        wrong = unknown_code(row["gss_code"], about.units) or (
            f"slug '{row['slug']}' stands twice; each needs its own"
            if row["slug"] in councils
            else ""
        )
        if wrong:
            problems.append(Problem(file, number, 1, wrong))
            continue
        try:
            councils[row["slug"]] = check_model(Council, _council(row, about.languages), file)
        except CheckFailed as failed:
            problems += [Problem(file, number, 1, found.message) for found in failed.problems]
    if problems:
        raise CheckFailed(problems)
    return councils


def _council(row: dict[str, str], languages: list[str]) -> dict[str, object]:
    return {
        "gss_code": row["gss_code"],
        "slug": row["slug"],
        "name": {code: row[f"name_{code}"] for code in languages},
        "official_name": {code: row[f"official_name_{code}"] for code in languages},
        "mutated_forms": [form for form in row["mutated_forms"].split(";") if form],
    }


def _rows(workbook: Path, file: str, columns: list[str]) -> list[dict[str, str]]:
    try:
        with (workbook / file).open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            rows = list(reader)
    except FileNotFoundError:
        raise CheckFailed([Problem(file, 1, 1, "missing file; the study names it")]) from None
    except UnicodeDecodeError:
        raise CheckFailed([Problem(file, 1, 1, "not in UTF-8; save it as UTF-8")]) from None
    if reader.fieldnames != columns:
        found = ", ".join(reader.fieldnames or ())
        message = f"columns are {found}; expected {', '.join(columns)}"
        raise CheckFailed([Problem(file, 1, 1, message)])
    short = [number for number, row in enumerate(rows, start=2) if None in row.values()]
    if short:
        raise CheckFailed([Problem(file, line, 1, "row has too few cells") for line in short])
    return rows


def unknown_code(code: str, units: Units) -> str:
    """Say what is wrong with a code, with a hint to the one that replaced it; '' if nothing is."""
    if code in units.retired_codes:
        return f"code '{code}' is retired; use '{units.retired_codes[code]}'"
    if not re.fullmatch(units.code_pattern, code):
        return f"code '{code}' is not one of this study; expected the form {units.code_pattern}"
    return ""


def _loose_ends(study: Study) -> Iterator[LooseEnd]:
    yield from _unknown_names(study)
    tools = [tool for group in study.about.groups.values() for tool in group.tools]
    for tool in study.questionnaire.tools:
        if tools.count(tool) != 1:
            message = f"tool '{tool}' stands in {tools.count(tool)} groups; expected exactly one"
            yield LooseEnd("questionnaire", ("tools", tool), message)
    for key in study.about.characteristics:
        if set(study.maturity.levels.get(key, {})) != {1, 2, 3}:
            message = f"characteristic '{key}' needs a description of each of the levels 1, 2, 3"
            yield LooseEnd("maturity", ("levels", key), message)
    parts = (study.about, study.questionnaire, study.maturity, study.good_practice)
    for file, part in zip(FILES, parts, strict=True):
        for where, missing in _missing_languages(part.model_dump(), study.about.languages):
            message = f"text lacks {', '.join(missing)}; every text is in every language"
            yield LooseEnd(file, where, message)


def _unknown_names(study: Study) -> Iterator[LooseEnd]:
    """Find names of tools, themes and characteristics that nothing has."""
    about, asked = study.about, study.questionnaire

    def unknown(
        what: str, file: str, names: Iterable[tuple[str | None, tuple[int | str, ...]]]
    ) -> Iterator[LooseEnd]:
        for name, where in names:
            if name is not None and name not in list(known[what]):
                message = f"unknown {what} '{name}'; {expected(name, known[what])}"
                yield LooseEnd(file, where, message)

    known: dict[str, Iterable[str]] = {
        "tool": asked.tools,
        "theme": about.themes,
        "characteristic": about.characteristics,
    }
    for key, group in about.groups.items():
        listed = ((tool, ("groups", key, "tools", row)) for row, tool in enumerate(group.tools))
        yield from unknown("tool", "study", listed)
    for code, statement in asked.statements.items():
        at: tuple[int | str, ...] = ("statements", code)
        told = [(tool, (*at, "tools", row)) for row, tool in enumerate(statement.tools)]
        yield from unknown("tool", "questionnaire", told)
        yield from unknown("theme", "questionnaire", [(statement.theme, (*at, "theme"))])
        row = [(statement.characteristic, (*at, "characteristic"))]
        yield from unknown("characteristic", "questionnaire", row)
    comments = ((theme, ("comments", theme)) for theme in asked.comments)
    yield from unknown("theme", "questionnaire", comments)
    levels = ((key, ("levels", key)) for key in study.maturity.levels)
    yield from unknown("characteristic", "maturity", levels)
    for key, case in study.good_practice.cases.items():
        served = ((theme, ("cases", key, "themes", row)) for row, theme in enumerate(case.themes))
        yield from unknown("theme", "good_practice", served)


def _missing_languages(
    node: object, languages: list[str], where: tuple[int | str, ...] = ()
) -> Iterator[tuple[tuple[int | str, ...], list[str]]]:
    if isinstance(node, list):
        node = dict(enumerate(node))
    if not isinstance(node, dict):
        return
    if node and set(node) <= set(languages):
        missing = [code for code in languages if not str(node.get(code, "")).strip()]
        if missing:
            yield where, missing
        return
    for key, child in node.items():
        yield from _missing_languages(child, languages, (*where, key))
