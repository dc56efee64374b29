"""The shipped study with its answers counted, and a study small enough to count by hand."""

from pathlib import Path

import pandas as pd

from helpers.figures.counts import CELL, COUNTED, count_answers, count_replies
from helpers.study.definition import Group, Questionnaire, Statement, Study, Tool
from helpers.study.reading import read_study
from helpers.study.responses import read_invitations, read_responses

WORKBOOK = Path(__file__).parents[2]
SHIPPED = read_study(WORKBOOK)
ANSWERS = (SHIPPED, read_invitations(WORKBOOK, SHIPPED), read_responses(WORKBOOK, SHIPPED))
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


def cells_of(
    study: Study, tools: dict[tuple[str, str, str], tuple[int, int, int, int]]
) -> pd.DataFrame:
    """Cells from those of tools: (council, tool, question) to agree, neither, disagree, don't know.

    Ten people in each cell did not reply.
    """
    index = pd.MultiIndex.from_tuples(tools, names=CELL)
    cells = pd.DataFrame(tools.values(), index=index, columns=COUNTED[:4])
    cells["base"] = cells[COUNTED[:3]].sum(axis="columns")
    cells["population"] = cells["base"] + 10
    parts = {
        group: cells[cells.index.isin(names, level="group")].groupby(["council", "question"]).sum()
        for group, names in study.groups.items()
    }
    return pd.concat(parts, names=["group"]).reorder_levels(CELL).sort_index()
