"""Read all files of data/ together and check each by its contract, and one against the other."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pandas as pd

from helpers.errors import CheckFailed, Problem, expected
from helpers.study.contract import (
    Contract,
    comments_contract,
    invitations_contract,
    responses_contract,
    units_contract,
)
from helpers.study.definition import Study
from helpers.study.files.csvfile import read_table
from helpers.study.responses import (
    COMMENTS,
    INVITATIONS,
    RESPONSES,
    Responses,
    as_frame,
    as_invitations,
    comment_file,
    response_file,
    unknown_invitations,
)

# In a bundle, decided once for all editions: the national table, and what may be shown of the
# council's own; in the overview's, the same council by council.
DECIDED = "data/national.json"
DECISIONS = "data/decisions.json"
DECIDED_COUNCILS = "data/councils.json"


def check_data(
    workbook: Path, study: Study, councils: Iterable[str]
) -> tuple[pd.DataFrame, Responses]:
    """Return people invited and what they answered, as `read_invitations` and `read_responses` do.

    `councils` are those that a report is made of. Raises CheckFailed with the problems of all
    files.
    """
    problems, frames = list(_strays(workbook, study)), {}
    for contract in _contracts(workbook, study):
        frames[contract.file], found = _read(workbook, contract)
        problems += found
    broken = {problem.file for problem in problems}
    invitations = frames.get(INVITATIONS, unknown_invitations(study))
    responses = {tool: frames[response_file(tool)] for tool in study.questionnaire.tools}
    if study.population_known and INVITATIONS not in broken:
        invitations = as_invitations(invitations)
        problems += check_population(invitations, responses, study, councils)
    if problems:
        raise CheckFailed(problems)
    return invitations, responses


def check_population(
    invitations: pd.DataFrame, responses: Responses, study: Study, councils: Iterable[str]
) -> Iterator[Problem]:
    """Find what cannot be where it is known how many people were invited.

    Each council that replied to a tool, and each of `councils` (0 is a number), has its row of
    invitations; no more people replied than were invited.
    """
    invited = invitations["invited"].to_dict()
    told = set(invited)
    for tool, frame in responses.items():
        for council, (replied, line) in _replies(frame, study).items():
            told.add((council, tool))
            message = _too_many(replied, invited.get((council, tool)))
            if message:
                kind = "of a council of which more replied than were invited"
                yield Problem(response_file(tool), line, 2, f"{council}: {message}", kind)
    for council in councils:
        for tool in study.questionnaire.tools:
            if (council, tool) not in told:
                message = f"no row for council '{council}' and tool '{tool}'; add it, 0 for nobody"
                yield Problem(INVITATIONS, 1, 1, message, "missing")


def _replies(frame: pd.DataFrame, study: Study) -> dict[str, tuple[int, int]]:
    """Return how many of each council replied and the line of the first; unknown ones are out."""
    if "council" not in frame:
        return {}
    known = frame["council"][frame["council"].isin(list(study.councils))]
    lines = known.rename_axis("line").reset_index().groupby("council")["line"]
    found = lines.agg(["size", "first"]).itertuples()
    return {council: (replied, line) for council, replied, line in found}


def _too_many(replied: int, invited: int | None) -> str:
    if invited is None:
        return f"{replied} replied but no row says how many were invited; add it to {INVITATIONS}"
    if replied > invited:
        return f"{replied} replied but {invited} were invited; correct either"
    return ""


def _contracts(workbook: Path, study: Study) -> Iterator[Contract]:
    yield units_contract(study)
    if study.population_known:
        yield invitations_contract(study)
    for tool in study.questionnaire.tools:
        yield responses_contract(study, tool)
        if (workbook / comment_file(tool)).exists():
            yield comments_contract(study, tool)


def _read(workbook: Path, contract: Contract) -> tuple[pd.DataFrame, list[Problem]]:
    """Return a file's cells, none where it cannot be read, and what is wrong with them."""
    try:
        table = read_table(workbook, contract.file)
    except CheckFailed as failed:
        return pd.DataFrame(columns=list(contract.rules), dtype=str), failed.problems
    frame = as_frame(table)
    if contract.kept_by(frame):
        return frame, table.problems
    from helpers.study.breaches import find_breaches  # pandera: only where there are some

    return frame, [*table.problems, *find_breaches(contract, table, frame)]


def _strays(workbook: Path, study: Study) -> Iterator[Problem]:
    """Find files of invitations, answers or comments that nothing would read."""
    if not study.population_known and (workbook / INVITATIONS).exists():
        message = "the study says that nobody knows how many were invited; correct it or remove"
        yield Problem(INVITATIONS, 1, 1, f"{message} the file")
    for file in (DECIDED, DECISIONS, DECIDED_COUNCILS):
        if (workbook / file).exists():
            yield Problem(file, 1, 1, "only a bundle holds what was decided; remove the file")
    for path in sorted((workbook / "data").rglob(".*.part")):
        message = "left by an import that was interrupted; import again, then remove it"
        yield Problem(path.relative_to(workbook).as_posix(), 1, 1, message)
    known = [f"{tool}.csv" for tool in study.questionnaire.tools]
    for folder in (RESPONSES, COMMENTS):
        for path in sorted((workbook / folder).glob("[!.]*")):
            if path.name not in known:
                message = f"file of no data tool; rename or remove it: {expected(path.name, known)}"
                yield Problem(f"{folder}/{path.name}", 1, 1, message)
