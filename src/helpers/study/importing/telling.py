"""The import report: in numbers, what was read, kept and dropped, and why."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from helpers.errors import shown
from helpers.study.definition import Study
from helpers.study.imported import never_imported
from helpers.study.importing.people import KEPT
from helpers.study.importing.planning import Plan
from helpers.study.provenance import PACKAGE, inside_data, read_provenance
from helpers.study.responses import comment_file, response_file

FATES = {
    "test": "preview, test or spam, dropped",
    "partial": "partial, dropped",
    "duplicate": "duplicate, dropped",
    "empty": "empty, dropped",
    "unwanted": "dropped by the mapping",
    KEPT: "kept",
}
MOST = 40  # units that are named


def import_report(plan: Plan, study: Study) -> str:
    """Return the report as plain text."""
    language = study.about.languages[0]
    units = study.about.units
    return "\n".join(
        line.rstrip() for line in _lines(plan, units.one[language], units.many[language])
    )


def _lines(plan: Plan, one: str, many: str) -> Iterator[str]:
    table, counts = plan.table, plan.people.counts
    yield f"{shown(table.export.name)}: {table.layout.name}, {table.export.form}"
    yield f"{counts.total():8} rows read"
    yield from (f"{counts[fate]:8} {told}" for fate, told in FATES.items())
    yield from _columns(plan, one)
    by_council = Counter(council for council, _ in plan.people.answers if council)
    if by_council:
        named = ", ".join(f"{council} {count}" for council, count in by_council.most_common(MOST))
        more = " …" if len(by_council) > MOST else ""
        yield f"{len(by_council):8} {one if len(by_council) == 1 else many}: {named}{more}"
    yield f"{len(plan.people.comments):8} comments kept{_masked(plan)}"
    unknown = (plan.people.unknown_answers, plan.people.unknown_councils)
    for what, found in zip(("answers", f"names of {many}"), unknown, strict=True):
        yield f"{found.counts.total():8} {what} not understood"


def _columns(plan: Plan, one: str) -> Iterator[str]:
    columns = plan.columns
    yield f"{len(plan.table.columns):8} columns read"
    yield f"{len(columns.used):8} mapped"
    used = [(column.name, code) for code, column in columns.questions.items()]
    used += [(column.name, f"comments on {theme}") for theme, column in columns.comments]
    if columns.council:
        used.append((columns.council.name, f"the {one}"))
    yield from (f"{'':9}{shown(name)}: {use}" for name, use in used if name != use)
    yield f"{len(columns.dropped):8} dropped"
    yield from (f"{'':9}{shown(column.name)}: {why}" for column, why in columns.dropped)
    absent = plan.file.mapping.absent
    if absent:
        yield f"{len(absent):8} declared absent, left blank: {', '.join(absent)}"


def replaced_report(replaced: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    """Yield a line an organisation whose answers or comments an import replaces."""
    for council, (people, said) in replaced.items():
        answers = "1 respondent's" if people == 1 else f"{people} respondents'"
        comments = "1 comment" if said == 1 else f"{said} comments"
        yield f"replaces {answers} answers and {comments} of {council}"


def still_illustrative(workbook: Path, tool: str) -> Iterator[str]:
    """Tell which of a tool's files the data package calls illustrative, and who else is in it."""
    known = read_provenance(workbook).resources
    files = [
        file
        for file in (response_file(tool), comment_file(tool))
        if inside_data(file) in known and known[inside_data(file)].provenance == "illustrative"
    ]
    if files:
        log = known[inside_data(response_file(tool))].imports
        others = {one for file in files for one in never_imported(workbook, log, file)}
        yield (
            f"{PACKAGE} still calls {' and '.join(files)} illustrative: where these answers are "
            "real, correct provenance, title, description and sources. Provenance is of a whole "
            f"file: councils in it that no import brought: {len(others)}"
        )


def _masked(plan: Plan) -> str:
    found = ", ".join(f"{kind} {count}" for kind, count in sorted(plan.people.masked.items()))
    return f"; masked in them: {found}" if found else ""
