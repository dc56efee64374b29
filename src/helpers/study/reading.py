"""Read data/study/ and the units' file, and see that every name of the study leads somewhere."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, get_args

from helpers.errors import CheckFailed, Problem, expected
from helpers.study.csvfile import read_csv
from helpers.study.definition import (
    ANSWERS,
    DONT_KNOW,
    TOTAL,
    Council,
    GoodPracticeCases,
    MaturityLevels,
    Questionnaire,
    Study,
    StudyFile,
    Text,
)
from helpers.study.spelling import normalise
from helpers.study.yamlfile import Model, Strict, check_model, place, read_yaml

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
    then the columns of the units' file, then the names that point from one file to another.
    """
    nodes: dict[str, object] = {}
    problems: list[Problem] = []

    def part(name: str, model: type[Model], *, needed: object = True) -> Model | None:
        file = study_file(name)
        if not needed and not (workbook / file).exists():
            return model()
        try:
            nodes[name] = read_yaml(workbook / file, file)
            return check_model(model, nodes[name], file)
        except CheckFailed as failed:
            problems.extend(failed.problems)
            return None

    about = part("study", StudyFile)
    questionnaire = part("questionnaire", Questionnaire)
    maturity = part("maturity", MaturityLevels, needed=about and about.characteristics)
    weakest = about and about.thresholds.weakest_themes
    good_practice = part("good_practice", GoodPracticeCases, needed=weakest)
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


def _loose_ends(study: Study) -> Iterator[LooseEnd]:
    yield from _unknown_names(study)
    yield from _rules(study)
    tools = [tool for group in study.about.groups.values() for tool in group.tools]
    for tool in study.questionnaire.tools:
        if study.about.groups and tools.count(tool) != 1:
            message = f"tool '{tool}' stands in {tools.count(tool)} groups; expected exactly one"
            yield LooseEnd("questionnaire", ("tools", tool), message)
    for key in study.about.characteristics:
        if set(study.maturity.levels.get(key, {})) != {1, 2, 3}:
            message = f"characteristic '{key}' needs a description of each of the levels 1, 2, 3"
            yield LooseEnd("maturity", ("levels", key), message)
    parts = (study.about, study.questionnaire, study.maturity, study.good_practice)
    for file, part in zip(FILES, parts, strict=True):
        for where, texts in texts_of(part, type(part)):
            missing = [code for code in study.about.languages if not texts.get(code, "").strip()]
            if missing:
                message = f"text lacks {', '.join(missing)}; every text is in every language"
                yield LooseEnd(file, where, message)
            for code in texts.keys() - set(study.about.languages):
                message = f"unknown language '{code}'; {expected(code, study.about.languages)}"
                yield LooseEnd(file, (*where, code), message)


def _unknown_names(study: Study) -> Iterator[LooseEnd]:
    """Find names of tools, themes, characteristics and councils that nothing has."""
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
        "council": study.councils,
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
    for number, barrier in enumerate(about.barriers):
        at = ("barriers", number, "themes")
        yield from unknown("theme", "study", [(theme, at) for theme in barrier.themes])
    levels = ((key, ("levels", key)) for key in study.maturity.levels)
    yield from unknown("characteristic", "maturity", levels)
    for key, case in study.good_practice.cases.items():
        served = ((theme, ("cases", key, "themes", row)) for row, theme in enumerate(case.themes))
        yield from unknown("theme", "good_practice", served)
        told = [(slug, ("cases", key, "councils", row)) for row, slug in enumerate(case.councils)]
        yield from unknown("council", "good_practice", told)


def _rules(study: Study) -> Iterator[LooseEnd]:
    """Find rules and facts that contradict themselves, and names that mean two things."""
    about = study.about
    for key in about.groups:
        if key == TOTAL or key in study.questionnaire.tools:
            message = f"group '{key}' has the name of the total or of a tool; choose another"
            yield LooseEnd("study", ("groups", key), message)
    for point in ANSWERS:
        if point not in study.questionnaire.scale and point != DONT_KNOW:
            yield LooseEnd("questionnaire", ("scale",), f"the scale lacks '{point}'; add it")
    yield from _twofold_spellings(study)
    rule = about.maturity_rule
    if study.has_maturity and rule is None:
        message = "characteristics without a rule for their levels; add 'maturity_rule'"
        yield LooseEnd("study", ("characteristics",), message)
    if rule and rule.level_3_from <= rule.level_2_from:
        message = f"'level_3_from' is {rule.level_3_from}; expected more than 'level_2_from'"
        yield LooseEnd("study", ("maturity_rule", "level_3_from"), message)
    limits = about.thresholds
    if limits.words_below < limits.nothing_below:
        message = f"'words_below' is {limits.words_below}; expected 'nothing_below' or more"
        yield LooseEnd("study", ("thresholds", "words_below"), message)
    for key, fact in about.facts.items():
        if fact.kind == "share" and not 0 <= fact.value <= 1:
            message = f"'value' is {fact.value}; expected a share from 0 to 1"
            yield LooseEnd("study", ("facts", key, "value"), message)


def _twofold_spellings(study: Study) -> Iterator[LooseEnd]:
    """Find spellings that stand for two points of the scale."""
    meaning: dict[str, str] = {}
    asked = study.questionnaire
    spelt: list[tuple[str, str, tuple[int | str, ...]]] = [
        (point, text, ("scale", point))
        for point, texts in asked.scale.items()
        for text in texts.values()
    ]
    spelt += [
        (point, text, ("synonyms", point, index))
        for point, texts in asked.synonyms.items()
        for index, text in enumerate(texts)
    ]
    for point, text, where in spelt:
        other = meaning.setdefault(normalise(text), point)
        if other != point:
            message = f"'{text}' stands for '{other}' and for '{point}'; it may stand for one only"
            yield LooseEnd("questionnaire", where, message)


def texts_of(
    node: object, kind: Any, where: tuple[int | str, ...] = ()
) -> Iterator[tuple[tuple[int | str, ...], dict[str, str]]]:
    """Yield each text inside a part of the study: what its model declares as `Text`."""
    if isinstance(node, dict) and kind in (Text, Text | None):
        yield where, node
    elif isinstance(node, Strict):
        for name, field in type(node).model_fields.items():
            yield from texts_of(getattr(node, name), field.annotation, (*where, name))
    elif isinstance(node, dict):
        for key, child in node.items():
            yield from texts_of(child, get_args(kind)[-1], (*where, key))
    elif isinstance(node, list):
        for index, child in enumerate(node):
            yield from texts_of(child, get_args(kind)[0], (*where, index))
