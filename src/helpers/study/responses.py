"""Who was invited and what they answered: invitations.csv and responses/<tool>.csv.

What is read here was checked before: `data` reads the same files and checks them.
"""

from pathlib import Path

import pandas as pd

from helpers.study.definition import Questionnaire, Study
from helpers.study.files.csvfile import Table, read_csv

INVITATIONS = "data/invitations.csv"
RESPONSES = "data/responses"
COMMENTS = "data/comments"
INVITED = ["council", "tool", "invited"]  # its columns
Responses = dict[
    str, pd.DataFrame
]  # tool to a frame: respondent, council, then a column a question


def response_file(tool: str) -> str:
    """Return the path of a tool's answers inside the workbook."""
    return f"{RESPONSES}/{tool}.csv"


def comment_file(tool: str) -> str:
    """Return the path of the comments on a tool inside the workbook; there may be none."""
    return f"{COMMENTS}/{tool}.csv"


def asked_of(asked: Questionnaire, tool: str) -> list[str]:
    """Return the codes of the statements that the tool asks, in asking order."""
    return [code for code, statement in asked.statements.items() if tool in statement.tools]


def questions_asked(study: Study, tool: str) -> list[str]:
    """Return the same of a study's questionnaire."""
    return asked_of(study.questionnaire, tool)


def response_columns(asked: Questionnaire, tool: str) -> list[str]:
    """Return the columns of a tool's answers."""
    return ["respondent", "council", *asked_of(asked, tool)]


def read_invitations(workbook: Path, study: Study) -> pd.DataFrame:
    """Return people invited: index council, tool; column `invited`, NA where nobody knows."""
    if not study.population_known:
        return unknown_invitations(study)
    return as_invitations(as_frame(read_csv(workbook, INVITATIONS, INVITED)))


def read_responses(workbook: Path, study: Study) -> Responses:
    """Return each tool's answers as text, blank as ''; the index is the line in the file."""
    asked = study.questionnaire
    return {
        tool: as_frame(read_csv(workbook, response_file(tool), response_columns(asked, tool)))
        for tool in asked.tools
    }


def as_frame(table: Table) -> pd.DataFrame:
    """Return the cells as text; the index is the line in the file."""
    cells = {name: [row[at] for row in table.rows] for at, name in enumerate(table.columns)}
    return pd.DataFrame(cells, index=table.lines, dtype=str)


def as_invitations(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the cells of invitations.csv as numbers: index council, tool; column `invited`."""
    return frame.astype({"invited": "Int64"}).set_index(["council", "tool"])


def unknown_invitations(study: Study) -> pd.DataFrame:
    """Return the invitations of a study of which nobody knows how many were invited: all NA."""
    pairs = [list(study.councils), list(study.questionnaire.tools)]
    everywhere = pd.MultiIndex.from_product(pairs, names=["council", "tool"])
    return pd.DataFrame({"invited": pd.NA}, everywhere, dtype="Int64")
