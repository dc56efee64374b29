"""The study: what was asked, of whom, and by which rules it is reported. Files of data/study/."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from helpers.errors import CheckFailed, Problem, expected
from helpers.study.yamlfile import Day, Strict, check_model, place, read_yaml

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
Text = dict[str, str]  # language code to Markdown or plain text

ANSWERS = ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree", "dont_know")
TOTAL = "total"  # the group that holds everybody
STUDY = "data/study"


class Units(Strict):
    """What the study calls its audited bodies, and how their codes look."""

    file: str
    one: Text
    many: Text
    area: Text
    code_pattern: str
    retired_codes: dict[str, str] = {}


class Group(Strict):
    """A row of the published table: the data tools whose respondents it joins."""

    name: Text
    tools: list[Key]


class Thresholds(Strict):
    """Below `minimum_base` answers nothing is shown; above `dots` councils a distribution is."""

    minimum_base: int = Field(ge=1)
    dots: int = Field(ge=1)


class MaturityRule(Strict):
    """The lowest average favourable share (0 to 1) of a characteristic's statements for a level."""

    minimum_statements: int = Field(ge=1)
    level_2_from: float = Field(gt=0, lt=1)
    level_3_from: float = Field(gt=0, lt=1)


class Fact(Strict):
    """A number from a published source: a count, or a share from 0 to 1."""

    value: float
    kind: Literal["count", "share"]
    meaning: Text
    source: str


class Theme(Strict):
    """One part of the findings."""

    title: Text
    introduction: Text
    recommendations: list[Text]


class Characteristic(Strict):
    """One row of the maturity matrix."""

    title: Text


class NationalReport(Strict):
    """The publication that the reports are to be read with."""

    title: Text
    author: Text
    date: Day
    link: str
    acknowledgement: Text


class Contact(Strict):
    """How to reach the office, in each language."""

    address: Text
    welcome: Text
    telephone: str
    email: str
    website: str


class StudyFile(Strict):
    """study.yaml."""

    title: Text
    office: Text
    date: Day
    languages: list[str] = Field(min_length=1)
    units: Units
    groups: dict[Key, Group]
    total: Text
    thresholds: Thresholds
    maturity_rule: MaturityRule
    facts: dict[Key, Fact]
    themes: dict[Key, Theme]
    characteristics: dict[Key, Characteristic]
    barriers: list[Text]
    national_report: NationalReport
    contact: Contact


class Tool(Strict):
    """One questionnaire, sent to one kind of recipient."""

    name: Text
    recipients: Text


class Statement(Strict):
    """One agree/disagree statement; `favourable` is the answer that speaks well of the council."""

    theme: Key
    characteristic: Key | None = None
    tools: list[Key] = Field(min_length=1)
    favourable: Literal["agree", "disagree"] = "agree"
    text: Text


class Questionnaire(Strict):
    """questionnaire.yaml."""

    scale: dict[Literal[ANSWERS], Text]  # type: ignore[valid-type]  # the names stand once, above
    tools: dict[Key, Tool]
    statements: dict[Key, Statement]
    comments: dict[Key, Text]


class MaturityLevels(Strict):
    """maturity.yaml: what each level of each characteristic looks like."""

    levels: dict[Key, dict[Literal[1, 2, 3], Text]]


class GoodPractice(Strict):
    """One case worth learning from."""

    title: Text
    themes: list[Key] = Field(min_length=1)
    text: Text
    source: str


class GoodPracticeCases(Strict):
    """good_practice.yaml."""

    cases: dict[Key, GoodPractice]


class Council(Strict):
    """One audited body, a row of the units' file."""

    gss_code: str
    slug: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
    name: Text
    official_name: Text
    mutated_forms: list[str]


class Study(Strict):
    """Everything that holds for all councils."""

    about: StudyFile
    questionnaire: Questionnaire
    maturity: MaturityLevels
    good_practice: GoodPracticeCases
    councils: dict[str, Council]  # by slug

    @property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """Each group's tools: the total, the groups, and each tool as a group of its own."""
        tools = tuple(self.questionnaire.tools)
        groups = {TOTAL: tools}
        groups |= {key: tuple(group.tools) for key, group in self.about.groups.items()}
        return groups | {tool: (tool,) for tool in tools}

    def group_name(self, group: str, language: str) -> str:
        """Return what a reader calls the group."""
        if group == TOTAL:
            return self.about.total[language]
        named = self.about.groups.get(group) or self.questionnaire.tools[group]
        return named.name[language]

    def asked(self, question: str, group: str) -> bool:
        """Say whether the question was asked of anyone in the group."""
        statement = self.questionnaire.statements[question]
        return not set(statement.tools).isdisjoint(self.groups[group])

    def statements_of(self, *, theme: str = "", characteristic: str = "") -> list[str]:
        """Return the codes of a theme's or a characteristic's statements, in asking order."""
        return [
            code
            for code, statement in self.questionnaire.statements.items()
            if (theme and statement.theme == theme)
            or (characteristic and statement.characteristic == characteristic)
        ]


PARTS: dict[str, type[Strict]] = {
    "study": StudyFile,
    "questionnaire": Questionnaire,
    "maturity": MaturityLevels,
    "good_practice": GoodPracticeCases,
}


def read_study(workbook: Path) -> Study:
    """Read and check data/study/ and the units' file.

    Raises CheckFailed with every problem of the first stage that has any: the files one by one,
    then the names that point from one to another.
    """
    nodes, parts, problems = {}, {}, []
    for name, model in PARTS.items():
        file = f"{STUDY}/{name}.yaml"
        try:
            nodes[name] = read_yaml(workbook / file, file)
            parts[name] = check_model(model, nodes[name], file)
        except FileNotFoundError:
            problems.append(Problem(file, 1, 1, "missing file; a study needs it"))
        except CheckFailed as failed:
            problems += failed.problems
    if problems:
        raise CheckFailed(problems)
    about = parts["study"]
    assert isinstance(about, StudyFile)
    study = Study.model_construct(
        about=about,
        questionnaire=parts["questionnaire"],
        maturity=parts["maturity"],
        good_practice=parts["good_practice"],
        councils=read_councils(workbook, about),
    )
    for name, where, message in _loose_ends(study):
        line, column = place(nodes[name], where)
        problems.append(Problem(f"{STUDY}/{name}.yaml", line, column, message))
    if problems:
        raise CheckFailed(problems)
    return study


def read_councils(workbook: Path, about: StudyFile) -> dict[str, Council]:
    """Read the units' file: gss_code, slug, name_<language>, official_name_<language> and
    mutated_forms, which lists with semicolons how the name may look inside a sentence.
    """
    file = f"data/{about.units.file}"
    councils: dict[str, Council] = {}
    problems = []
    with (workbook / file).open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            wrong = unknown_code(row["gss_code"], about.units)
            if wrong:
                problems.append(Problem(file, number, 1, wrong))
                continue
            if row["slug"] in councils:
                message = f"slug '{row['slug']}' stands twice; each council needs its own"
                problems.append(Problem(file, number, 1, message))
            councils[row["slug"]] = Council(
                gss_code=row["gss_code"],
                slug=row["slug"],
                name={code: row[f"name_{code}"] for code in about.languages},
                official_name={code: row[f"official_name_{code}"] for code in about.languages},
                mutated_forms=[form for form in row["mutated_forms"].split(";") if form],
            )
    if problems:
        raise CheckFailed(problems)
    return councils


def unknown_code(code: str, units: Units) -> str:
    """Say what is wrong with a code, with a hint to the one that replaced it; '' if nothing is."""
    if code in units.retired_codes:
        return f"code '{code}' is retired; use '{units.retired_codes[code]}'"
    if not re.fullmatch(units.code_pattern, code):
        return f"code '{code}' is not one of this study; expected the form {units.code_pattern}"
    return ""


Where = tuple[str, tuple[int | str, ...], str]  # file, path in it, message


def _loose_ends(study: Study) -> Iterator[Where]:
    """Find names that point to nothing and texts that lack a language."""
    asked = study.questionnaire
    for group, content in study.about.groups.items():
        for index, tool in enumerate(content.tools):
            if tool not in asked.tools:
                where = ("groups", group, "tools", index)
                yield "study", where, f"unknown tool '{tool}'; {expected(tool, asked.tools)}"
    for tool in asked.tools:
        homes = [key for key, group in study.about.groups.items() if tool in group.tools]
        if len(homes) != 1:
            message = f"tool '{tool}' stands in {len(homes)} groups; expected exactly one"
            yield "questionnaire", ("tools", tool), message
    for code, statement in asked.statements.items():
        for field, name, known in (
            ("theme", statement.theme, study.about.themes),
            ("characteristic", statement.characteristic, study.about.characteristics),
        ):
            if name is not None and name not in known:
                message = f"unknown {field} '{name}'; {expected(name, known)}"
                yield "questionnaire", ("statements", code, field), message
        for index, tool in enumerate(statement.tools):
            if tool not in asked.tools:
                message = f"unknown tool '{tool}'; {expected(tool, asked.tools)}"
                yield "questionnaire", ("statements", code, "tools", index), message
    for key in study.about.characteristics:
        if set(study.maturity.levels.get(key, {})) != {1, 2, 3}:
            message = f"characteristic '{key}' needs a description of each of the levels 1, 2, 3"
            yield "maturity", ("levels", key), message
    for key, case in study.good_practice.cases.items():
        for index, theme in enumerate(case.themes):
            if theme not in study.about.themes:
                message = f"unknown theme '{theme}'; {expected(theme, study.about.themes)}"
                yield "good_practice", ("cases", key, "themes", index), message
    for name, part in (
        ("study", study.about),
        ("questionnaire", asked),
        ("maturity", study.maturity),
        ("good_practice", study.good_practice),
    ):
        for where, missing in _missing_languages(part.model_dump(), study.about.languages):
            yield name, where, f"text lacks {', '.join(missing)}; every text is in every language"


def _missing_languages(
    node: object, languages: list[str], where: tuple[int | str, ...] = ()
) -> Iterator[tuple[tuple[int | str, ...], list[str]]]:
    if isinstance(node, dict):
        if node and set(node) <= set(languages):
            missing = [code for code in languages if not str(node.get(code, "")).strip()]
            if missing:
                yield where, missing
            return
        for key, child in node.items():
            yield from _missing_languages(child, languages, (*where, key))
    elif isinstance(node, list):
        for index, child in enumerate(node):
            yield from _missing_languages(child, languages, (*where, index))
