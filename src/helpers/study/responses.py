"""Who was invited and what they answered: invitations.csv and responses/<tool>.csv."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from helpers.errors import CheckFailed, Problem, expected
from helpers.study.csvfile import read_csv
from helpers.study.definition import ANSWERS, Study

INVITATIONS = "data/invitations.csv"
Responses = dict[
    str, pd.DataFrame
]  # tool to a frame: respondent, council, then a column a question


def response_file(tool: str) -> str:
    """Return the path of a tool's answers inside the workbook."""
    return f"data/responses/{tool}.csv"


def questions_asked(study: Study, tool: str) -> list[str]:
    """Return the codes of the statements that the tool asks, in asking order."""
    statements = study.questionnaire.statements
    return [code for code, statement in statements.items() if tool in statement.tools]


def read_invitations(workbook: Path, study: Study) -> pd.DataFrame:
    """Return people invited: index council, tool; column `invited`; raises CheckFailed."""
    frame = _read(workbook, INVITATIONS, ["council", "tool", "invited"])
    problems = [
        *_unknown_values(frame, "council", study.councils, INVITATIONS),
        *_unknown_values(frame, "tool", study.questionnaire.tools, INVITATIONS),
    ]
    whole = frame["invited"].str.fullmatch(r"[0-9]{1,9}")
    for row in frame.index[~whole]:
        message = f"invited is '{frame['invited'][row]}'; expected a whole number of people"
        problems.append(Problem(INVITATIONS, int(row), 3, message))
    for row in frame.index[frame.duplicated(["council", "tool"])]:
        problems.append(Problem(INVITATIONS, int(row), 1, "council and tool stand twice"))
    if problems:
        raise CheckFailed(problems)
    return frame.astype({"invited": int}).set_index(["council", "tool"])


def read_responses(workbook: Path, study: Study) -> Responses:
    """Return each tool's answers as text, blank as ''; raises CheckFailed with all problems."""
    frames, problems = {}, []
    for tool in study.questionnaire.tools:
        file = response_file(tool)
        asked = questions_asked(study, tool)
        try:
            frame = _read(workbook, file, ["respondent", "council", *asked])
        except CheckFailed as failed:
            problems += failed.problems
            continue
        problems += _unknown_values(frame, "council", study.councils, file)
        for question in asked:
            problems += _unknown_values(frame, question, (*ANSWERS, ""), file)
        for row in frame.index[frame["respondent"] == ""]:
            problems.append(Problem(file, int(row), 1, "row has no respondent; give each a name"))
        for row in frame.index[frame.duplicated("respondent")]:
            problems.append(Problem(file, int(row), 1, "respondent stands twice"))
        frames[tool] = frame
    if problems:
        raise CheckFailed(problems)
    return frames


def check_invited(
    invitations: pd.DataFrame, study: Study, councils: Iterable[str]
) -> Iterator[Problem]:
    """Find councils of which nobody said how many people they sent a tool; 0 is a number."""
    for council in councils:
        for tool in study.questionnaire.tools:
            if (council, tool) not in invitations.index:
                message = f"no row for council '{council}' and tool '{tool}'; add it, 0 for nobody"
                yield Problem(INVITATIONS, 1, 1, message)


def check_totals(invitations: pd.DataFrame, responses: Responses) -> list[Problem]:
    """Find councils from which more people replied to a tool than were invited."""
    problems = []
    for tool, frame in responses.items():
        for council, replied in frame["council"].value_counts().items():
            invited = invitations["invited"].get((council, tool), 0)
            if replied > invited:
                row = int(frame.index[frame["council"] == council][0])
                message = f"{council}: {replied} replied but {invited} were invited; correct either"
                problems.append(Problem(response_file(tool), row, 2, message))
    return problems


def _read(workbook: Path, file: str, columns: list[str]) -> pd.DataFrame:
    """Return the cells as text; the index is the line in the file."""
    rows = read_csv(workbook, file, columns)
    lines = [line for line, _ in rows]
    return pd.DataFrame([cells for _, cells in rows], index=lines, columns=columns, dtype=str)


def _unknown_values(frame: pd.DataFrame, column: str, known: object, file: str) -> list[Problem]:
    names = list(known)  # type: ignore[call-overload]  # any iterable of names
    wrong = frame.index[~frame[column].isin(names)]
    position = frame.columns.get_loc(column) + 1
    return [
        Problem(
            file,
            int(row),
            position,
            f"unknown {column} '{frame[column][row]}'; " + expected(frame[column][row], names),
        )
        for row in wrong
    ]
