"""The study: what was asked, of whom, and by which rules it is reported. Files of data/study/."""

from collections.abc import Mapping
from typing import Annotated, Literal, NewType

from pydantic import Field, StringConstraints

from helpers.study.files.yamlfile import Day, Key, Line, Pattern, Strict
from helpers.study.quantity_words import QuantityWords

Text = dict[str, str]  # language code to Markdown or plain text: what the report itself says
Given = NewType("Given", Text)  # words that are not ours: a name, a title, what people were asked

CODE = "[a-z]{2,3}"  # of a language: the lang of its pages, and the names of its files
Code = Annotated[str, StringConstraints(pattern=f"^{CODE}$")]

DONT_KNOW = "dont_know"
ANSWERS = ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree", DONT_KNOW)
TOTAL = "total"  # the group that holds everybody


class Units(Strict):
    """What the study calls its audited bodies, and what their file says of each.

    A file without codes needs no `code_pattern`; with `mutated_forms` it lists how a name may look
    inside a sentence. Names such as "Other" are words too: without `proper_names` a sentence may
    hold them.
    """

    file: Annotated[str, StringConstraints(pattern=r"^[\w-]{1,60}\.csv$")]  # in data/
    one: Given
    many: Given
    area: Given
    code_pattern: Pattern | None = None
    retired_codes: Mapping[str, str] = Field(default_factory=dict)
    mutated_forms: bool = False
    proper_names: bool = True


class Group(Strict):
    """A row of the published table: the data tools whose respondents it joins."""

    name: Given
    tools: list[Key]


class Thresholds(Strict):
    """Answers below which nothing is shown of a cell, or words only; councils shown as dots.

    `weakest_themes` choose the good practice, which a study without them lacks, and
    `weakest_statements` of a theme its barriers. `key_statements` with the best and as many with
    the worst answers stand in the summary.
    """

    nothing_below: int = Field(ge=5)  # of fewer, a word would tell the count
    words_below: int = Field(ge=5)
    dots: int = Field(ge=1)
    weakest_themes: int | None = Field(default=None, ge=1)
    weakest_statements: int = Field(default=0, ge=0)
    key_statements: int = Field(default=3, ge=1)


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
    source: Line


class Theme(Strict):
    """One part of the findings."""

    title: Text
    introduction: Text | None = None
    recommendations: list[Text] = Field(default_factory=list)


class Characteristic(Strict):
    """One row of the maturity matrix."""

    title: Text


class Barrier(Strict):
    """Something that the national study found to stand in the way, and the themes it touches."""

    text: Text
    themes: list[Key] = Field(min_length=1)


class NationalReport(Strict):
    """The publication that the reports are to be read with."""

    title: Given
    author: Given
    date: Day
    link: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]


class Contact(Strict):
    """How to reach the office, in each language."""

    address: Given
    welcome: Text
    telephone: Line
    textphone: Line = ""
    email: Line
    website: Line


class StudyFile(Strict):
    """study.yaml: what every study has, then what a study may leave out.

    `population_known` is false for an open survey, of which nobody knows how many were invited.
    """

    title: Given
    office: Given
    date: Day
    languages: list[Code] = Field(min_length=1)
    units: Units
    total: Given
    thresholds: Thresholds
    themes: dict[Key, Theme] = Field(min_length=1)
    acknowledgement: Text
    population_known: bool = True
    groups: dict[Key, Group] = Field(default_factory=dict)
    facts: dict[Key, Fact] = Field(default_factory=dict)
    characteristics: dict[Key, Characteristic] = Field(default_factory=dict)
    maturity_rule: MaturityRule | None = None
    barriers: list[Barrier] = Field(default_factory=list)
    national_report: NationalReport | None = None
    contact: Contact | None = None


class Tool(Strict):
    """One questionnaire, sent to one kind of recipient."""

    name: Given
    recipients: Given


class Statement(Strict):
    """One agree/disagree statement; `favourable` is the answer that speaks well of the council."""

    theme: Key
    characteristic: Key | None = None
    tools: list[Key] = Field(min_length=1)
    favourable: Literal["agree", "disagree"] = "agree"
    text: Given


class Questionnaire(Strict):
    """questionnaire.yaml.

    A scale without `dont_know` did not offer it; `synonyms` are other spellings of the scale, in
    any language.
    """

    scale: dict[Literal[ANSWERS], Given]  # type: ignore[valid-type]  # the names stand once, above
    synonyms: dict[Literal[ANSWERS], list[str]] = Field(default_factory=dict)  # type: ignore[valid-type]
    tools: dict[Key, Tool]
    statements: dict[Key, Statement]
    comments: dict[Key, Given] = Field(default_factory=dict)


class MaturityLevels(Strict):
    """maturity.yaml: what each level of each characteristic looks like."""

    levels: dict[Key, dict[Literal[1, 2, 3], Text]] = Field(default_factory=dict)


class GoodPractice(Strict):
    """One case worth learning from; `councils` are those of the study that it tells of."""

    title: Text
    themes: list[Key] = Field(min_length=1)
    councils: list[str] = Field(default_factory=list)
    text: Text
    source: Line


class GoodPracticeCases(Strict):
    """good_practice.yaml."""

    cases: dict[Key, GoodPractice] = Field(default_factory=dict)


class Council(Strict):
    """One audited body, a row of the units' file."""

    slug: str
    name: Given
    official_name: Given
    gss_code: str = ""
    mutated_forms: list[str] = Field(default_factory=list)


class Study(Strict):
    """Everything that holds for all councils."""

    about: StudyFile
    questionnaire: Questionnaire
    maturity: MaturityLevels
    good_practice: GoodPracticeCases
    quantity_words: QuantityWords
    councils: dict[str, Council]  # by slug

    @property
    def population_known(self) -> bool:
        """Whether it is known how many people were invited."""
        return self.about.population_known

    @property
    def has_dont_know(self) -> bool:
        """Whether people could say that they don't know."""
        return DONT_KNOW in self.questionnaire.scale

    @property
    def has_maturity(self) -> bool:
        """Whether councils are given levels of maturity."""
        return bool(self.about.characteristics)

    @property
    def has_good_practice(self) -> bool:
        """Whether there are cases to learn from."""
        return bool(self.good_practice.cases)

    @property
    def has_comments(self) -> bool:
        """Whether people were asked for their own words."""
        return bool(self.questionnaire.comments)

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
