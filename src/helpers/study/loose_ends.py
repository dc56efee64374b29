"""See that every name in the study's files leads somewhere, and that its rules agree."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, get_args

from helpers.errors import expected
from helpers.study.definition import (
    ANSWERS,
    DONT_KNOW,
    TOTAL,
    Given,
    GoodPracticeCases,
    Questionnaire,
    Study,
    StudyFile,
    Text,
)
from helpers.study.files.spelling import normalise
from helpers.study.files.yamlfile import Strict
from helpers.study.loose_words import find_loose_words

# Each a .yaml in the folder.
FILES = ("study", "questionnaire", "maturity", "good_practice", "quantity_words")
Where = tuple[int | str, ...]
Named = tuple[str, str, str, Where]  # what it is the name of, the name, file and place


class LooseEnd(NamedTuple):
    """What is wrong at a place in one of the study's files."""

    file: str
    where: Where
    message: str


def find_loose_ends(study: Study) -> Iterator[LooseEnd]:
    """Find what is wrong in the study's files, each of which is in order by itself."""
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
    for where, message in find_loose_words(study.quantity_words, study.about.languages):
        yield LooseEnd("quantity_words", where, message)
    parts = (
        study.about,
        study.questionnaire,
        study.maturity,
        study.good_practice,
        study.quantity_words,
    )
    for file, part in zip(FILES, parts, strict=True):
        for where, texts, _ in texts_of(part, type(part)):
            missing = [code for code in study.about.languages if not texts.get(code, "").strip()]
            if missing:
                message = f"text lacks {', '.join(missing)}; every text is in every language"
                yield LooseEnd(file, where, message)
            for code in texts.keys() - set(study.about.languages):
                message = f"unknown language '{code}'; {expected(code, study.about.languages)}"
                yield LooseEnd(file, (*where, code), message)


def _unknown_names(study: Study) -> Iterator[LooseEnd]:
    """Find names of tools, themes, characteristics and councils that nothing has."""
    known: dict[str, Iterable[str]] = {
        "tool": study.questionnaire.tools,
        "theme": study.about.themes,
        "characteristic": study.about.characteristics,
        "council": study.councils,
    }
    for what, name, file, where in (
        *_named_in_study(study.about),
        *_named_in_questionnaire(study.questionnaire),
        *_named_in_cases(study.good_practice),
        *(("characteristic", key, "maturity", ("levels", key)) for key in study.maturity.levels),
    ):
        if name not in list(known[what]):
            message = f"unknown {what} '{name}'; {expected(name, known[what])}"
            yield LooseEnd(file, where, message)


def _named_in_study(about: StudyFile) -> Iterator[Named]:
    for key, group in about.groups.items():
        for row, tool in enumerate(group.tools):
            yield "tool", tool, "study", ("groups", key, "tools", row)
    for number, barrier in enumerate(about.barriers):
        for theme in barrier.themes:
            yield "theme", theme, "study", ("barriers", number, "themes")


def _named_in_questionnaire(asked: Questionnaire) -> Iterator[Named]:
    for code, statement in asked.statements.items():
        at: Where = ("statements", code)
        for row, tool in enumerate(statement.tools):
            yield "tool", tool, "questionnaire", (*at, "tools", row)
        yield "theme", statement.theme, "questionnaire", (*at, "theme")
        if statement.characteristic is not None:
            where = (*at, "characteristic")
            yield "characteristic", statement.characteristic, "questionnaire", where
    for theme in asked.comments:
        yield "theme", theme, "questionnaire", ("comments", theme)


def _named_in_cases(good_practice: GoodPracticeCases) -> Iterator[Named]:
    for key, case in good_practice.cases.items():
        for row, theme in enumerate(case.themes):
            yield "theme", theme, "good_practice", ("cases", key, "themes", row)
        for row, slug in enumerate(case.councils):
            yield "council", slug, "good_practice", ("cases", key, "councils", row)


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
    spelt: list[tuple[str, str, Where]] = [
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
    node: object, kind: Any, where: Where = ()
) -> Iterator[tuple[Where, dict[str, str], bool]]:
    """Yield each text inside a part of the study, and whether it is our own prose.

    It is where the model declares it as `Text`, and not as `Given`.
    """
    if isinstance(node, dict) and kind in (Text, Text | None, Given):
        yield where, node, kind is not Given
    elif isinstance(node, Strict):
        for name, field in type(node).model_fields.items():
            yield from texts_of(getattr(node, name), field.annotation, (*where, name))
    elif isinstance(node, dict):
        for key, child in node.items():
            yield from texts_of(child, get_args(kind)[-1], (*where, key))
    elif isinstance(node, list):
        for index, child in enumerate(node):
            yield from texts_of(child, get_args(kind)[0], (*where, index))
