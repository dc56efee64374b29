"""Draw invitations, answers and comments by a recipe: each column from a stream of its own."""

from random import Random

from helpers.study.comments import Comment
from helpers.study.definition import ANSWERS, Questionnaire
from helpers.study.responses import asked_of
from helpers.study.synthetic.recipe import Quota, Recipe


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
    codes = asked_of(asked, tool)
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
