"""A study small enough to work out by hand, and the files of its answers."""

import csv
from pathlib import Path

from helpers.review.recalculation.disclosure import Decision
from helpers.study.definition import Council, Questionnaire, Statement, Study, Tool
from helpers.study.reading import read_study

SHIPPED = read_study(Path(__file__).parents[2])
TEXT = {"en": "text", "cy": "testun"}
LEADERSHIP = {"theme": "leadership", "characteristic": "leadership", "text": TEXT}
QUESTIONS = ("Q1", "Q2")
TINY = SHIPPED.model_copy(
    update={
        "councils": {
            slug: Council(slug=slug, name=TEXT, official_name=TEXT) for slug in ("a", "b", "c")
        },
        "about": SHIPPED.about.model_copy(update={"groups": {}, "facts": {}}),
        "questionnaire": Questionnaire(
            scale=SHIPPED.questionnaire.scale,
            tools={"staff": Tool(name=TEXT, recipients=TEXT)},
            statements={
                "Q1": Statement(tools=["staff"], **LEADERSHIP),
                "Q2": Statement(tools=["staff"], favourable="disagree", **LEADERSHIP),
            },
        ),
    }
)
OPEN = TINY.model_copy(update={"about": TINY.about.model_copy(update={"population_known": False})})
Answers = dict[tuple[str, str], int]  # to both questions, and how many people gave them


def write(folder: Path, invited: dict[str, int], answers: dict[str, Answers]) -> Path:
    """Write a workbook's data: how many were invited at each council, and what they answered."""
    (folder / "data" / "responses").mkdir(parents=True)
    rows = [[council, "staff", str(people)] for council, people in invited.items()]
    write_csv(folder / "data" / "invitations.csv", [["council", "tool", "invited"], *rows])
    given = [
        [council, *both]
        for council, people in answers.items()
        for both, count in people.items()
        for _ in range(count)
    ]
    numbered = [[f"r{number}", *row] for number, row in enumerate(given)]
    head = ["respondent", "council", *QUESTIONS]
    write_csv(folder / "data" / "responses" / "staff.csv", [head, *numbered])
    return folder


def write_csv(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows(rows)


def all_of(study: Study, tier: str, **councils: str) -> list[Decision]:
    """Decide the same of every cell, but for those of the councils that are named."""
    return [
        Decision(council, group, question, councils.get(council, tier))
        for council in ("", *study.councils)
        for group in study.groups
        for question in study.questionnaire.statements
    ]
