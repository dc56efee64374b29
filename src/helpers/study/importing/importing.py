"""The command's two ways to go: import an export, or rehearse it and write a mapping."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from helpers.errors import CheckFailed, NotImported, UsageError, WorkbookError, expected
from helpers.study.definition import Study
from helpers.study.files.wholefile import write_together
from helpers.study.importing.exports import read_export
from helpers.study.importing.layouts import read_table
from helpers.study.importing.mapping import MappingFile, read_mapping
from helpers.study.importing.planning import Plan, plan_import
from helpers.study.importing.proposing import propose_mapping
from helpers.study.importing.telling import import_report, replaced_report, still_illustrative
from helpers.study.importing.writing import count_replaced, write_import
from helpers.study.provenance import PACKAGE
from helpers.study.reading import read_study
from helpers.study.responses import response_file

Tell = Callable[[str], None]


def import_export(
    workbook: Path, export: Path, tool: str, mapping: Path | None, tell: Tell
) -> None:
    """Import an export and tell what was done; raises NotImported where it is not understood."""
    study = read_study(workbook)
    plan = _plan(study, export, tool, mapping)
    tell(import_report(plan, study))
    if plan.problems:
        raise NotImported(plan.problems)
    replaced = count_replaced(workbook, study, plan)
    try:
        written = write_import(workbook, study, plan, datetime.now(UTC).date())
    except OSError as error:
        why = f"{error.filename}: {error.strerror}"
        raise WorkbookError(f"{why}; nothing was imported") from None
    if not written:
        tell("imported before with the same mapping: nothing is changed")
        return
    for line in replaced_report(replaced):
        tell(line)
    comments = ", its comments" if study.has_comments else ""
    tell(f"written: {response_file(tool)}{comments} and {PACKAGE}; now run `workbook check`")
    for line in still_illustrative(workbook, tool):
        tell(line)


def rehearse(workbook: Path, export: Path, tool: str, mapping: Path | None, tell: Tell) -> None:
    """Tell what an import would do, and write a mapping where there is none yet.

    Raises NotImported with all that is not understood, after the mapping is written.
    """
    study = read_study(workbook)
    target = mapping or _beside(export, workbook) / f"{tool}.mapping.yaml"
    known = mapping is not None and mapping.exists()
    plan = _plan(study, export, tool, target if known else None)
    tell(import_report(plan, study))
    if known:
        tell(f"{target.name} is there already and stays as it is")
    elif target.exists():
        tell(f"{target.name} is there already and stays as it is, unread: give it as --mapping")
    else:
        _write(target, propose_mapping(plan, study))
        tell(f"written: {target}; complete it and give it as --mapping")
    if not plan.problems:
        for line in replaced_report(count_replaced(workbook, study, plan)):
            tell(line)
    tell("dry run: nothing is imported")
    if plan.problems:
        raise NotImported(plan.problems)


def _beside(export: Path, workbook: Path) -> Path:
    """Return the export's folder, or the current one where the export lies in data/."""
    inside = export.resolve().is_relative_to((workbook / "data").resolve())
    return Path.cwd() if inside else export.parent


def _plan(study: Study, export: Path, tool: str, mapping: Path | None) -> Plan:
    tools = study.questionnaire.tools
    if tool not in tools:
        raise UsageError(f"unknown tool '{tool}'; {expected(tool, tools)}")
    try:
        file = read_mapping(mapping) if mapping else MappingFile()
        return plan_import(read_table(read_export(export)), study, tool, file)
    except CheckFailed as failed:
        raise NotImported(failed.problems) from None


def _write(target: Path, text: str) -> None:
    try:
        write_together({target: text.encode()})
    except OSError as error:
        raise UsageError(f"{target}: not written: {error.strerror}; name another") from None
