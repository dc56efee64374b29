"""Count answers: from one row a respondent to one row a council, group and question."""

import pandas as pd

from helpers.study.definition import ANSWERS, Study
from helpers.study.responses import Responses

CELL = ["council", "group", "question"]
COUNTED = ["agree", "neither", "disagree", "dont_know", "base", "population"]


def count_answers(study: Study, invitations: pd.DataFrame, responses: Responses) -> pd.DataFrame:
    """Return a cell for each council, group and question that was asked of the group.

    Index council, group, question. Columns: `agree` and `disagree` (both strengths together),
    `neither`, `dont_know`; `base`, people who gave one of the five answers; `population`, people
    who could have (invited to the tools that asked, less those who replied outside the base), or
    NA where it is not known how many were invited.
    Blank, not asked and don't know are three things: a blank is in no column.
    """
    by_tool = {
        tool: _count_tool(frame, invitations.xs(tool, level="tool")["invited"])
        for tool, frame in responses.items()
    }
    groups = {
        group: _add_up(pd.concat([by_tool[tool] for tool in tools]), ["council", "question"])
        for group, tools in study.groups.items()
    }
    return pd.concat(groups, names=["group"]).reorder_levels(CELL).sort_index()


def _count_tool(frame: pd.DataFrame, invited: pd.Series) -> pd.DataFrame:
    questions = [name for name in frame.columns if name not in ("respondent", "council")]
    answers = frame.melt("council", questions, var_name="question", value_name="answer")
    counts = answers.groupby(["council", "question", "answer"]).size().unstack(fill_value=0)
    everywhere = pd.MultiIndex.from_product([invited.index, questions], names=CELL[::2])
    counts = counts.reindex(index=everywhere, columns=[*ANSWERS, ""], fill_value=0)
    cells = pd.DataFrame(
        {
            "agree": counts["strongly_agree"] + counts["agree"],
            "neither": counts["neither"],
            "disagree": counts["strongly_disagree"] + counts["disagree"],
            "dont_know": counts["dont_know"],
        }
    )
    cells["base"] = cells[["agree", "neither", "disagree"]].sum(axis="columns")
    asked = invited.reindex(cells.index.get_level_values("council")).array
    cells["population"] = asked - counts["dont_know"] - counts[""]
    return cells


def count_replies(study: Study, invitations: pd.DataFrame, responses: Responses) -> pd.DataFrame:
    """Return index council, group; columns `invited` and `responses`, people."""
    replied = pd.concat(
        {tool: frame["council"].value_counts() for tool, frame in responses.items()},
        names=["tool", "council"],
    )
    people = invitations.assign(
        responses=replied.reorder_levels(["council", "tool"]).reindex(invitations.index).fillna(0)
    ).astype("Int64")
    groups = {
        group: _add_up(people[people.index.isin(tools, level="tool")], ["council"])
        for group, tools in study.groups.items()
    }
    return pd.concat(groups, names=["group"]).swaplevel().sort_index()


def pool(cells: pd.DataFrame) -> pd.DataFrame:
    """Add up all councils: every respondent of the study counts once."""
    return _add_up(cells, [name for name in cells.index.names if name != "council"])


def _add_up(counts: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Sum the counts; what is not known of anybody stays so."""
    return counts.groupby(by).sum(min_count=1)
