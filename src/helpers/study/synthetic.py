"""Make up a whole study's answers from a recipe: the same bytes on any machine, in any year.

A study whose individual answers may not be published can still be built, tested and shown.
Everything particular to it stands in data/study/synthetic.yaml. Only `Random.random` is used,
which Python promises never to change, and only + - * on what it returns; each column has a stream
of its own, so a council, tool or statement can be added without changing any other.

Run it with `python -m helpers.study.synthetic [WORKBOOK]`.
"""

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from random import Random
from typing import Annotated

import click
from pydantic import Field

from helpers.errors import CheckFailed, Problem, WorkbookError
from helpers.study.comments import Comment, comment_bytes
from helpers.study.definition import ANSWERS, Questionnaire
from helpers.study.folder import find_workbook
from helpers.study.reading import study_file
from helpers.study.responses import INVITATIONS, comment_file, response_file
from helpers.study.wholefile import csv_bytes, write_together
from helpers.study.yamlfile import Key, Model, Strict, check_model, place, read_yaml

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


def write_answers(workbook: Path) -> None:
    """Write invitations.csv, responses/<tool>.csv and comments/<tool>.csv as the recipe says."""
    recipe, asked = read_recipe(workbook)
    pairs = [(council, tool) for council in recipe.councils for tool in asked.tools]
    invited = [[*pair, str(draw_counts(recipe, *pair)[0])] for pair in pairs]
    files = {INVITATIONS: csv_bytes(["council", "tool", "invited"], invited)}
    for tool in asked.tools:
        header = ["respondent", "council", *_asked_of(asked, tool)]
        rows = [row for council in recipe.councils for row in draw(recipe, asked, council, tool)]
        files[response_file(tool)] = csv_bytes(header, rows)
        said = (draw_comments(recipe, council, tool) for council in recipe.councils)
        files[comment_file(tool)] = comment_bytes(chain.from_iterable(said))
    write_together({workbook / file: content for file, content in files.items()})


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
        for code in recipe.statements.keys() & set(_asked_of(asked, tool)):
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
            if code not in _asked_of(asked, tool):
                yield (code, tool), f"'{tool}' was not asked '{code}'; remove this quota"
            elif dealt != people:
                yield (code, tool), f"quota of {dealt} answers; 'responses' lays down {people}"


def draw_counts(recipe: Recipe, council: str, tool: str) -> tuple[int, int]:
    """Return how many of a council were invited to a tool and how many responded."""
    stream, laid, usual = recipe.stream(council, tool), recipe.councils[council], recipe.tools[tool]
    invited = laid.invited.get(tool, _whole(_between(stream, *usual.invited)))
    drawn = _whole(invited * _between(stream, *usual.response_rate))
    return invited, laid.responses.get(tool, drawn)


def draw(recipe: Recipe, asked: Questionnaire, council: str, tool: str) -> list[list[str]]:
    """Return a council's rows of one tool: respondent, council, answers; sorted by respondent."""
    stream, people = recipe.stream(council, tool, "people"), draw_counts(recipe, council, tool)[1]
    names = [_respondent(stream) for _ in range(people)]
    moods = [recipe.personal_effect * _spread(stream) for _ in range(people)]
    codes = _asked_of(asked, tool)
    columns = [_column(recipe, asked, council, tool, code, moods) for code in codes]
    return sorted([name, council, *answers] for name, *answers in zip(names, *columns, strict=True))


def draw_comments(recipe: Recipe, council: str, tool: str) -> list[Comment]:
    """Return what people at a council said; sorted by theme and digest, as an import sorts them."""
    people, found = draw_counts(recipe, council, tool)[1], []
    for theme, sentences in recipe.comments.sentences.items():
        stream = recipe.stream(council, tool, "comments", theme)
        said = [text for text in sentences if stream.random() < recipe.comments.chance]
        comments = [Comment(tool, council, theme, text) for text in said[:people]]
        found += sorted(comments, key=lambda comment: comment.digest)
    return found


def _column(
    recipe: Recipe, asked: Questionnaire, council: str, tool: str, code: str, moods: list[float]
) -> list[str]:
    """Return the answers to one statement of a council's respondents, who have these moods."""
    stream = recipe.stream(council, tool, code)
    quota = recipe.councils[council].quotas.get(code, {}).get(tool)
    if quota:
        return deal(stream, quota, recipe.strongly)
    statement, base, view = asked.statements[code], recipe.statements[code], recipe.tools[tool].view
    effect = recipe.council_effect * _spread(recipe.stream(council, statement.theme))
    sign = 1 if statement.favourable == "agree" else -1
    shares = [base.agree[view] + sign * (effect + mood) for mood in moods]
    return [draw_answer(stream, recipe, share, base.dont_know[view]) for share in shares]


def draw_answer(stream: Random, recipe: Recipe, share: float, dont_know: float) -> str:
    """Return a blank, a don't know, or a point of the scale where `share` of people agree."""
    if stream.random() < recipe.blank:
        return ""
    if stream.random() < dont_know:
        return "dont_know"
    return point_of(stream.random(), share, recipe.neither, recipe.strongly)


def point_of(position: float, share: float, neither: float, strongly: float) -> str:
    """Return the answer of someone at `position` from 0 to 1 between most and least agreement.

    >>> [point_of(at, 0.4, 0.25, 0.2) for at in (0.05, 0.2, 0.5, 0.6, 0.95)]
    ['strongly_agree', 'agree', 'neither', 'disagree', 'strongly_disagree']
    """
    share = min(max(share, 0.02), 0.98)
    against = (1 - share) * (1 - neither)
    cuts = (share * strongly, share, 1 - against, 1 - against * strongly, 1)
    return next(answer for answer, cut in zip(ANSWERS, cuts, strict=False) if position < cut)


def deal(stream: Random, quota: Quota, strongly: float) -> list[str]:
    """Return exactly the quota's answers, in random order and with random strength."""
    answers = ["neither"] * quota.neither + ["dont_know"] * quota.dont_know + [""] * quota.blank
    for answer, count in (("agree", quota.agree), ("disagree", quota.disagree)):
        strong = [stream.random() < strongly for _ in range(count)]
        answers += [f"strongly_{answer}" if is_strong else answer for is_strong in strong]
    return sorted(answers, key=lambda _: stream.random())


def _asked_of(asked: Questionnaire, tool: str) -> list[str]:
    return [code for code, statement in asked.statements.items() if tool in statement.tools]


def _between(stream: Random, low: float, high: float) -> float:
    return low + (high - low) * stream.random()


def _whole(number: float) -> int:
    return int(number + 0.5)


def _spread(stream: Random) -> float:
    """Return a number from -1 to 1, more often near 0."""
    return stream.random() + stream.random() - 1


def _respondent(stream: Random) -> str:
    """Return 8 hex digits, the first a letter: no spreadsheet takes 1234e567 for a number then."""
    return f"{0xA0000000 + int(stream.random() * 0x60000000):x}"


@click.command()
@click.argument("workbook", type=click.Path(file_okay=False, path_type=Path), required=False)
def main(workbook: Path | None) -> None:
    """Write the synthetic answers of the workbook that WORKBOOK, or this folder, stands in."""
    try:
        write_answers(find_workbook(workbook))
    except WorkbookError as error:
        click.echo(f"workbook: error: {error}", err=True)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
