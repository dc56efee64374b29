"""The study: what was asked, of whom, and by which rules it is reported. Files of data/study/."""

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from helpers.study.yamlfile import Day, Strict


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is no regular expression: {error}") from None
    return text


Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
Pattern = Annotated[str, AfterValidator(_pattern)]
Text = dict[str, str]  # language code to Markdown or plain text

ANSWERS = ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree", "dont_know")
TOTAL = "total"  # the group that holds everybody


class Units(Strict):
    """What the study calls its audited bodies, and how their codes look."""

    file: Annotated[str, StringConstraints(pattern=r"^[\w-]+\.csv$")]  # in data/, not elsewhere
    one: Text
    many: Text
    area: Text
    code_pattern: Pattern
    retired_codes: Mapping[str, str] = Field(default_factory=dict)


class Group(Strict):
    """A row of the published table: the data tools whose respondents it joins."""

    name: Text
    tools: list[Key]


class Thresholds(Strict):
    """Answers below which nothing is shown of a cell, or words only; councils shown as dots.

    `weakest_themes` choose the good practice, and `weakest_statements` of a theme its barriers.
    """

    nothing_below: int = Field(ge=5)  # of fewer, a word would tell the count
    words_below: int = Field(ge=5)
    dots: int = Field(ge=1)
    weakest_themes: int = Field(ge=1)
    weakest_statements: int = Field(ge=1)


class MaturityRule(Strict):
    """The lowest average favourable share (0 to 1) of a characteristic's statements for a level."""

    minimum_statements: int = Field(ge=1)
    level_2_from: float = Field(gt=0, lt=1)
    level_3_from: float = Field(gt=0, lt=1)


class Fact(Strict):
    """A number from a published source: a count, or a share from 0 to 1."""

    value: float = Field(allow_inf_nan=False)
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


class Barrier(Strict):
    """Something that the national study found to stand in the way, and the themes it touches."""

    text: Text
    themes: list[Key] = Field(min_length=1)


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
    barriers: list[Barrier]
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
    """questionnaire.yaml; `synonyms` are other spellings of the scale, in any language."""

    scale: dict[Literal[ANSWERS], Text]  # type: ignore[valid-type]  # the names stand once, above
    synonyms: dict[Literal[ANSWERS], list[str]] = Field(default_factory=dict)  # type: ignore[valid-type]
    tools: dict[Key, Tool]
    statements: dict[Key, Statement]
    comments: dict[Key, Text]


class MaturityLevels(Strict):
    """maturity.yaml: what each level of each characteristic looks like."""

    levels: dict[Key, dict[Literal[1, 2, 3], Text]]


class GoodPractice(Strict):
    """One case worth learning from; `councils` are those of the study that it tells of."""

    title: Text
    themes: list[Key] = Field(min_length=1)
    councils: list[str] = Field(default_factory=list)
    text: Text
    source: str


class GoodPracticeCases(Strict):
    """good_practice.yaml."""

    cases: dict[Key, GoodPractice]


class Council(Strict):
    """One audited body, a row of the units' file."""

    gss_code: str
    slug: str
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
