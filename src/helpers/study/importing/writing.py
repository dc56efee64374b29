"""Write an import: answers, comments and the log, all of them or none."""

import json
import secrets
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from helpers.errors import CheckFailed, NotImported, Problem
from helpers.study.comments import Comment, comment_bytes, read_comments
from helpers.study.csvfile import read_csv
from helpers.study.definition import Study
from helpers.study.importing.planning import Plan
from helpers.study.provenance import PACKAGE, inside_data, read_provenance
from helpers.study.responses import comment_file, response_file
from helpers.study.wholefile import csv_bytes, write_together

LOG = "imports"  # in the resource of a tool's answers
FIRST, IDS = 0xA0000000, 0x60000000  # 8 hex digits, the first a letter: no spreadsheet's number


def write_import(workbook: Path, study: Study, plan: Plan, today: date) -> bool:
    """Replace, for the plan's tool, the organisations that it holds.

    Returns False, and writes nothing, where the same export was imported with the same mapping
    and nothing has replaced it since. Raises NotImported while the plan has problems.
    """
    if plan.problems:
        raise NotImported(plan.problems)
    read_provenance(workbook)  # which checks the package
    package = json.loads((workbook / PACKAGE).read_text(encoding="utf-8"))
    resource = _resource(package, response_file(plan.tool))
    entry = _entry(plan, today)
    if _holds(resource.get(LOG, []), entry):
        return False
    answers = _answers(workbook, study, plan)
    resource[LOG] = _log(resource.get(LOG, []), entry, Counter(row[1] for row in answers))
    files = {workbook / response_file(plan.tool): csv_bytes(_header(plan), answers)}
    comments = _comments(workbook, study, plan)
    file = comment_file(plan.tool)
    if comments or (workbook / file).exists():
        files[workbook / file] = comment_bytes(comments)
        _describe_comments(package, resource, file)
    text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    write_together(files | {workbook / PACKAGE: text.encode()})
    return True


def is_illustrative(workbook: Path, tool: str) -> bool:
    """Say whether the data package still calls the tool's answers illustrative."""
    resource = read_provenance(workbook).resources[inside_data(response_file(tool))]
    return resource.provenance == "illustrative"


def _resource(package: dict[str, Any], file: str) -> dict[str, Any]:
    path = inside_data(file)
    for resource in package["resources"]:
        if resource["path"] == path:
            found: dict[str, Any] = resource
            return found
    message = f"no resource has the path '{path}'; describe it, with provenance"
    raise CheckFailed([Problem(PACKAGE, 1, 1, message)])


def _entry(plan: Plan, today: date) -> dict[str, Any]:
    """Return what the log keeps of an import: never the export's name, which may tell of people."""
    return {
        "source_sha256": plan.table.export.sha256,
        "mapping_sha256": plan.file.sha256,
        "councils": sorted(plan.councils),
        "rows_kept": len(plan.people.answers),
        "date": today.isoformat(),
    }


def _holds(log: list[dict[str, Any]], entry: dict[str, Any]) -> bool:
    """Say whether an import stands in the log with all of its organisations."""
    same = ("source_sha256", "mapping_sha256", "councils")
    return any(all(found.get(key) == entry[key] for key in same) for found in log)


def _log(
    log: list[dict[str, Any]], entry: dict[str, Any], people: Counter[str]
) -> list[dict[str, Any]]:
    """Add an entry, and take from older ones the organisations that it replaces."""
    kept = []
    for found in log:
        councils = [council for council in found["councils"] if council not in entry["councils"]]
        if councils:
            rows = sum(people[council] for council in councils)
            kept.append(found | {"councils": councils, "rows_kept": rows})
    return [*kept, entry]


def _header(plan: Plan) -> list[str]:
    return ["respondent", "council", *plan.questions]


def _answers(workbook: Path, study: Study, plan: Plan) -> list[list[str]]:
    """Return all rows of the tool's file: those of other organisations, and the plan's."""
    file = response_file(plan.tool)
    found = read_csv(workbook, file, _header(plan)).rows if (workbook / file).exists() else []
    others = [cells for cells in found if cells[1] not in plan.councils]
    taken = {cells[0] for cells in others}
    rows = [[_new_id(taken), council, *answers] for council, answers in plan.people.answers]
    place = _places(study.councils)
    return sorted(others + rows, key=lambda cells: (place[cells[1]], cells[0]))


def _new_id(taken: set[str]) -> str:
    """Return an id at random, so that it leads to no row of the export."""
    while (name := f"{FIRST + secrets.randbelow(IDS):x}") in taken:
        continue
    taken.add(name)
    return name


def _comments(workbook: Path, study: Study, plan: Plan) -> list[Comment]:
    found = [comment for comment in read_comments(workbook, study) if comment.tool == plan.tool]
    others = [comment for comment in found if comment.council not in plan.councils]
    councils, themes = _places(study.councils), _places(study.about.themes)
    return sorted(
        others + plan.people.comments,
        key=lambda one: (councils[one.council], themes[one.theme], one.digest),
    )


def _places(names: Iterable[str]) -> Counter[str]:
    """Return each name's place in its file; a name that is not in it comes first."""
    return Counter({name: place for place, name in enumerate(names, start=1)})


def _describe_comments(package: dict[str, Any], answers: dict[str, Any], file: str) -> None:
    """Add the comments' file to the package, with the provenance of the answers beside it."""
    path = inside_data(file)
    if any(resource["path"] == path for resource in package["resources"]):
        return
    told = {
        "council": "Slug of the organisation",
        "theme": "Theme that the comment is on",
        "comment": "What one person wrote, with e-mail addresses, telephone numbers, postcodes "
        "and national insurance numbers masked",
    }
    described = {
        "name": answers["name"].replace("responses", "comments"),
        "path": path,
        "title": "Comments",
        "description": "A row a comment, in an order that leads to nobody's answers.",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "provenance": answers["provenance"],
        "schema": {
            "fields": [
                {"name": name, "type": "string", "description": text} for name, text in told.items()
            ]
        },
    }
    described |= {key: answers[key] for key in ("licenses", "sources") if key in answers}
    package["resources"].insert(package["resources"].index(answers) + 1, described)
