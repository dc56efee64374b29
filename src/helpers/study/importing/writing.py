"""Write an import: answers, comments and the log, all of them or none."""

import hashlib
import json
import secrets
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from helpers.errors import NotImported
from helpers.study.comments import Comment, comment_bytes, read_comments
from helpers.study.definition import Study
from helpers.study.files.csvfile import read_csv
from helpers.study.files.jsonfile import read_json
from helpers.study.files.wholefile import csv_bytes, write_together
from helpers.study.importing.packaging import answers_resource, describe_comments
from helpers.study.importing.planning import Plan
from helpers.study.provenance import PACKAGE, read_provenance
from helpers.study.responses import comment_file, response_file

LOG = "imports"  # in the resource of a tool's answers
Rows = tuple[list[list[str]], list[Comment]]  # of a tool: answers and comments
# 16 hex digits, the first a letter: no spreadsheet's number
FIRST, IDS = 0xA000000000000000, 0x6000000000000000


def write_import(workbook: Path, study: Study, plan: Plan, today: date) -> bool:
    """Replace, for the plan's tool, the organisations that it holds.

    Returns False, and writes nothing, where the same export was imported with the same mapping
    and its rows still stand as they were written. Raises NotImported while the plan has problems.
    """
    if plan.problems:
        raise NotImported(plan.problems)
    read_provenance(workbook)  # which checks the package
    package = read_json(workbook / PACKAGE, PACKAGE, "figures need it")
    resource = answers_resource(package, response_file(plan.tool))
    held, entry = _held(workbook, study, plan), _entry(plan, today)
    if _holds(resource.get(LOG, []), entry, held):
        return False
    written = _replaced(study, plan, held)
    answers, comments = written
    resource[LOG] = _log(resource.get(LOG, []), entry, written)
    files = {workbook / response_file(plan.tool): csv_bytes(_header(plan), answers)}
    file = comment_file(plan.tool)
    if comments or (workbook / file).exists():
        files[workbook / file] = comment_bytes(comments)
        describe_comments(package, resource, file)
    text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    write_together(files | {workbook / PACKAGE: text.encode()})
    return True


def count_replaced(workbook: Path, study: Study, plan: Plan) -> dict[str, tuple[int, int]]:
    """Return of how many people answers and comments are there already, by the plan's councils."""
    answers, comments = _held(workbook, study, plan)
    people = Counter(row[1] for row in answers)
    said = Counter(comment.council for comment in comments)
    return {
        council: (people[council], said[council])
        for council in study.councils
        if council in plan.councils and (people[council] or said[council])
    }


def _entry(plan: Plan, today: date) -> dict[str, Any]:
    """Return what the log keeps of an import: never the export's name, which may tell of people."""
    return {
        "source_sha256": plan.table.export.sha256,
        "mapping_sha256": plan.file.sha256,
        "rows_sha256": _digest(_brought(plan), plan.councils),
        "councils": sorted(plan.councils),
        "rows_kept": len(plan.people.answers),
        "date": today.isoformat(),
    }


def _holds(log: list[dict[str, Any]], entry: dict[str, Any], held: Rows) -> bool:
    """Say whether an import stands in the log, and all of its rows in the files."""
    same = ("source_sha256", "mapping_sha256", "rows_sha256", "councils")
    logged = any(all(found.get(key) == entry[key] for key in same) for found in log)
    return logged and _digest(held, entry["councils"]) == entry["rows_sha256"]


def _digest(rows: Rows, councils: Collection[str]) -> str:
    """Return a digest of the councils' answers and comments, whatever their ids and order."""
    answers = sorted(cells[1:] for cells in rows[0] if cells[1] in councils)
    comments = sorted(list(one[1:]) for one in rows[1] if one.council in councils)
    text = json.dumps([answers, comments], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _log(log: list[dict[str, Any]], entry: dict[str, Any], written: Rows) -> list[dict[str, Any]]:
    """Add an entry, and take from older ones the organisations that it replaces."""
    kept, people = [], Counter(cells[1] for cells in written[0])
    for found in log:
        councils = [council for council in found["councils"] if council not in entry["councils"]]
        if councils == found["councils"]:
            kept.append(found)
        elif councils:
            rows = sum(people[council] for council in councils)
            told = {"rows_sha256": _digest(written, councils), "rows_kept": rows}
            kept.append(found | {"councils": councils} | told)
    return [*kept, entry]


def _header(plan: Plan) -> list[str]:
    return ["respondent", "council", *plan.questions]


def _held(workbook: Path, study: Study, plan: Plan) -> Rows:
    """Return the rows of the tool's files as they stand."""
    file = response_file(plan.tool)
    answers = read_csv(workbook, file, _header(plan)).rows if (workbook / file).exists() else []
    comments = read_comments(workbook, study)
    return answers, [comment for comment in comments if comment.tool == plan.tool]


def _brought(plan: Plan) -> Rows:
    """Return the plan's rows, yet without ids."""
    people = plan.people
    return [["", council, *answers] for council, answers in people.answers], people.comments


def _replaced(study: Study, plan: Plan, held: Rows) -> Rows:
    """Return all rows of the tool's files: those of other organisations, and the plan's."""
    answers = [cells for cells in held[0] if cells[1] not in plan.councils]
    comments = [comment for comment in held[1] if comment.council not in plan.councils]
    new, said = _brought(plan)
    taken = {cells[0] for cells in answers}
    answers += [[_new_id(taken), *cells[1:]] for cells in new]
    councils, themes = _places(study.councils), _places(study.about.themes)
    return (
        sorted(answers, key=lambda cells: (councils[cells[1]], cells[0])),
        sorted(
            comments + said,
            key=lambda one: (councils[one.council], themes[one.theme], one.digest),
        ),
    )


def _new_id(taken: set[str]) -> str:
    """Return an id at random, so that it leads to no row of the export."""
    while (name := f"{FIRST + secrets.randbelow(IDS):x}") in taken:
        continue
    taken.add(name)
    return name


def _places(names: Iterable[str]) -> Counter[str]:
    """Return each name's place in its file; a name that is not in it comes first."""
    return Counter({name: place for place, name in enumerate(names, start=1)})
