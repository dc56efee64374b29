"""Drop: remove from outputs/ what nobody asks for any more."""

from pathlib import Path

from helpers.report.template import COUNCIL_REPORT, NATIONAL_OVERVIEW, Template
from helpers.run.building import edition_files
from helpers.run.bundle import last_name
from helpers.run.deciding import Decided
from helpers.run.downloads import remove_downloads
from helpers.run.manifest import manifest_name
from helpers.study.folder import NATIONAL, OUTPUTS


def remove_dropped(decided: Decided) -> list[str]:
    """Remove the files of editions that parameters no longer ask for; return whose they were.

    So too those of an overview whose template is gone, with its downloads.
    """
    checked, councils = decided.checked, []
    languages = checked.study.about.languages
    for council, file in checked.parameters.items():
        folder = checked.workbook / OUTPUTS / council
        for code in set(languages) - set(file.parameters.editions):
            if (folder / manifest_name(code)).exists():
                councils.append(council)
            _remove(folder, code, COUNCIL_REPORT)
    if not NATIONAL_OVERVIEW.is_in(checked.workbook):
        folder = checked.workbook / OUTPUTS / NATIONAL
        for code in languages:
            _remove(folder, code, NATIONAL_OVERVIEW)
        remove_downloads(folder, languages, NATIONAL_OVERVIEW.stem)
    return councils


def _remove(folder: Path, edition: str, template: Template) -> None:
    for name in (*edition_files(edition, template), last_name(edition)):
        (folder / name).unlink(missing_ok=True)
