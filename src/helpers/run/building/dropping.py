"""Drop: remove from outputs/ what nobody asks for any more."""

from collections.abc import Iterable
from pathlib import Path

from helpers.report.downloads.making import download_names
from helpers.report.notebook.template import COUNCIL_REPORT, NATIONAL_OVERVIEW, Template
from helpers.report.pages.site import index_name
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
        for code in _codes(folder, languages) - set(file.parameters.editions):
            if (folder / manifest_name(code)).exists():
                councils.append(council)
            _remove(folder, code, COUNCIL_REPORT)
    for code in _codes(outputs / NATIONAL, languages) - set(languages):
        _remove(outputs / NATIONAL, code, NATIONAL_OVERVIEW)
    if not NATIONAL_OVERVIEW.is_in(checked.workbook):
        _remove_all(outputs / NATIONAL, languages, NATIONAL_OVERVIEW)
    for folder in {path.parent for path in outputs.glob("*/manifest*.json")}:
        if folder.name not in (*checked.councils, NATIONAL):
            _remove_all(folder, languages, COUNCIL_REPORT)
    for path in outputs.glob("index.*html"):
        if path.name not in {index_name(code, languages) for code in languages}:
            path.unlink()
    return councils


def _codes(folder: Path, languages: Iterable[str]) -> set[str]:
    """Return the languages of which editions may stand, also those that the study had once."""
    standing = (path.name.split(".")[1] for path in folder.glob("manifest.*.json"))
    return {*languages, *standing}


def _remove_all(folder: Path, languages: Iterable[str], template: Template) -> None:
    codes = sorted(_codes(folder, languages))
    for code in codes:
        _remove(folder, code, template)
    remove_downloads(folder, codes, template.stem)


def _remove(folder: Path, edition: str, template: Template) -> None:
    own = {*download_names([edition], template.stem)} - {*download_names([], template.stem)}
    for name in (*edition_files(edition, template), last_name(edition), *own):
        (folder / name).unlink(missing_ok=True)
