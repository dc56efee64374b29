"""The recipe of a study's answers: data/study/synthetic.yaml, checked against the questionnaire."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Annotated

from pydantic import Field

from helpers.errors import CheckFailed, Problem
from helpers.study.definition import Questionnaire
from helpers.study.files.yamlfile import Key, Model, Strict, check_model, place, read_yaml
from helpers.study.reading import study_file
from helpers.study.responses import asked_of

RECIPE = study_file("synthetic")
QUESTIONNAIRE = study_file("questionnaire")

Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0)]


class ToolRecipe(Strict):
    """How many people get a tool and reply to it, and whose views (`view`) theirs resemble."""

    view: Key
    invited: tuple[Count, Count] = (0, 0)
    response_rate: tuple[Share, Share]


class StatementRecipe(Strict):
    """The share that agrees, and that does not know, by view, before a council's own effect."""

    agree: dict[Key, Share]
    dont_know: dict[Key, Share]


class Quota(Strict):
    """Exactly how many of a tool's respondents give each kind of answer to a statement."""

    agree: Count
    neither: Count
    disagree: Count
    dont_know: Count = 0
    blank: Count = 0


class Laid(Strict):
    """What is laid down for a council; the rest is drawn."""

    invited: dict[Key, Count] = Field(default_factory=dict)
    responses: dict[Key, Count] = Field(default_factory=dict)
    quotas: dict[Key, dict[Key, Quota]] = Field(default_factory=dict)  # statement, tool


class CommentRecipe(Strict):
    """What may be said on each theme, and how likely each sentence is at one council and tool."""

    chance: Share
    sentences: dict[Key, list[str]]


class Recipe(Strict):
    """synthetic.yaml; its comments explain the keys."""

    seed: str
    council_effect: Share
    personal_effect: Share
    strongly: Share
    neither: Share
    blank: Share
    tools: dict[Key, ToolRecipe]
    statements: dict[Key, StatementRecipe]
    comments: CommentRecipe
    councils: dict[str, Laid]

    def stream(self, *names: str) -> Random:
        """Return the random numbers that belong to these names and to no others."""
        return Random("/".join((self.seed, *names)))  # noqa: S311  # made up, not secret


def read_recipe(workbook: Path) -> tuple[Recipe, Questionnaire]:
    """Read the recipe and the questionnaire; raises CheckFailed where they do not fit together."""
    recipe, node = _read(Recipe, workbook, RECIPE)
    asked, _ = _read(Questionnaire, workbook, QUESTIONNAIRE)
    problems = [
        Problem(RECIPE, *place(node, where), message) for where, message in _misfits(recipe, asked)
    ]
    if problems:
        raise CheckFailed(problems)
    return recipe, asked


def _read(model: type[Model], workbook: Path, file: str) -> tuple[Model, object]:
    if not (workbook / file).exists():
        raise CheckFailed([Problem(file, 1, 1, "missing file; synthetic answers need it")])
    node = read_yaml(workbook / file, file)
    return check_model(model, node, file), node


def _misfits(recipe: Recipe, asked: Questionnaire) -> Iterator[tuple[tuple[str, ...], str]]:
    """Find where in the recipe something does not fit the questionnaire, and say what."""
    for theme in recipe.comments.sentences.keys() ^ asked.comments.keys():
        message = f"'{theme}' is not in both the recipe and the questionnaire"
        yield ("comments", "sentences", theme), message
    for kind in ("tools", "statements"):
        for name in getattr(recipe, kind).keys() ^ getattr(asked, kind).keys():
            yield (kind, name), f"'{name}' is not in both the recipe and the questionnaire"
    for tool, usual in recipe.tools.items():
        for code in recipe.statements.keys() & set(asked_of(asked, tool)):
            base = recipe.statements[code]
            if usual.view not in base.agree.keys() & base.dont_know.keys():
                yield ("statements", code), f"'agree' or 'dont_know' lacks '{usual.view}'; add it"
    for council, laid in recipe.councils.items():
        for where, message in _quota_misfits(laid, asked):
            yield ("councils", council, "quotas", *where), message


def _quota_misfits(laid: Laid, asked: Questionnaire) -> Iterator[tuple[tuple[str, ...], str]]:
    for code, quotas in laid.quotas.items():
        for tool, quota in quotas.items():
            dealt, people = sum(quota.model_dump().values()), laid.responses.get(tool)
            if code not in asked_of(asked, tool):
                yield (code, tool), f"'{tool}' was not asked '{code}'; remove this quota"
            elif dealt != people:
                yield (code, tool), f"quota of {dealt} answers; 'responses' lays down {people}"
