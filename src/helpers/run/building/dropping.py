"""Drop: remove from outputs/ what nobody asks for any more."""

from pathlib import Path

from helpers.report.notebook.template import COUNCIL_REPORT, NATIONAL_OVERVIEW, Template
from helpers.run.building.downloads import remove_downloads
from helpers.run.building.executing import edition_files
from helpers.run.deciding import Decided
from helpers.run.editions.bundle import last_name
from helpers.run.editions.manifest import manifest_name
from helpers.study.files.folder import NATIONAL, OUTPUTS


def remove_dropped(decided: Decided) -> list[str]:
    """Remove the files of editions that parameters no longer ask for; return whose they were.

    So too those of a council without a parameter file, and of an overview whose template is gone,
    with their downloads.
    """
    checked, councils = decided.checked, []
    languages, outputs = checked.study.about.languages, checked.workbook / OUTPUTS
    for council, file in checked.parameters.items():
        folder = outputs / council
        for code in set(languages) - set(file.parameters.editions):
            if (folder / manifest_name(code)).exists():
                councils.append(council)
            _remove(folder, code, COUNCIL_REPORT)
    if not NATIONAL_OVERVIEW.is_in(checked.workbook):
        _remove_all(outputs / NATIONAL, languages, NATIONAL_OVERVIEW)
    for folder in {path.parent for path in outputs.glob("*/manifest*.json")}:
        if folder.name not in (*checked.parameters, NATIONAL):
            _remove_all(folder, languages, COUNCIL_REPORT)
    return councils


def _remove_all(folder: Path, languages: list[str], template: Template) -> None:
    for code in languages:
        _remove(folder, code, template)
    remove_downloads(folder, languages, template.stem)


def _remove(folder: Path, edition: str, template: Template) -> None:
    for name in (*edition_files(edition, template), last_name(edition)):
        (folder / name).unlink(missing_ok=True)
