"""The shipped study with its answers counted, and a study small enough to count by hand."""

from pathlib import Path

from helpers.figures.counts import count_answers, count_replies
from helpers.study.definition import Group, Questionnaire, Statement, Tool
from helpers.study.reading import read_study
from helpers.study.responses import read_invitations, read_responses

WORKBOOK = Path(__file__).parents[2]
SHIPPED = read_study(WORKBOOK)
ANSWERS = (SHIPPED, read_invitations(WORKBOOK), read_responses(WORKBOOK, SHIPPED))
CELLS, REPLIES = count_answers(*ANSWERS), count_replies(*ANSWERS)

TEXT = {"en": "text", "cy": "testun"}
LEADERSHIP = {"theme": "leadership", "characteristic": "leadership", "text": TEXT}
QUESTIONNAIRE = Questionnaire(
    scale=SHIPPED.questionnaire.scale,
    tools={name: Tool(name=TEXT, recipients=TEXT) for name in ("staff", "councillors")},
    statements={
        "Q1": Statement(tools=["staff", "councillors"], **LEADERSHIP),
        "Q2": Statement(tools=["staff"], favourable="disagree", **LEADERSHIP),
    },
    comments={},
)
ABOUT = SHIPPED.about.model_copy(
    update={
        "groups": {
            "officers": Group(name=TEXT, tools=["staff"]),
            "members": Group(name=TEXT, tools=["councillors"]),
        },
        "themes": {"leadership": SHIPPED.about.themes["leadership"]},
        "characteristics": {"leadership": SHIPPED.about.characteristics["leadership"]},
    }
)
TINY = SHIPPED.model_copy(update={"about": ABOUT, "questionnaire": QUESTIONNAIRE})
