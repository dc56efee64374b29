"""What a reader may take away beside a report: figures, tables, a PDF, and what describes them."""

from collections.abc import Mapping
from dataclasses import dataclass

from helpers.report.datapackage import PACKAGE, datapackage
from helpers.report.executed import Executed, read_executed
from helpers.report.figures_csv import FIGURES, figures_csv, in_step
from helpers.report.pdf import render_pdf
from helpers.report.spreadsheet import sheets_name, spreadsheet
from helpers.study.definition import Study


@dataclass(frozen=True)
class Standing:
    """The editions of one folder's reports, in the study's order of languages.

    `files` are their notebooks and pages by name; `data` is the workbook's data package. `stem` is
    how the names of the editions' files begin.
    """

    council: str
    editions: tuple[str, ...]
    newest: str
    files: Mapping[str, bytes]
    data: bytes
    stem: str = "report"

    def named(self, edition: str, ending: str) -> str:
        """Return the name of one of an edition's files."""
        return f"{self.stem}.{edition}.{ending}"


def download_names(languages: list[str], stem: str = "report") -> list[str]:
    """Return the name of each file that `make_downloads` may make."""
    made = [name for code in languages for name in (sheets_name(code), f"{stem}.{code}.pdf")]
    return [FIGURES, *made, PACKAGE]


def make_downloads(study: Study, standing: Standing, *, pdf: bool) -> dict[str, bytes]:
    """Return the downloads of a folder by name: the same bytes for the same editions."""
    editions = {
        code: read_executed(standing.files[standing.named(code, "ipynb")])
        for code in standing.editions
    }
    written = in_step(list(editions.values()), editions[standing.newest])
    made = {FIGURES: figures_csv(study, standing.council, written)}
    for code, edition in editions.items():
        made[sheets_name(code)] = _tables(study, edition, standing)
        if pdf:
            page = standing.files[standing.named(code, "html")].decode()
            made[standing.named(code, "pdf")] = render_pdf(page)
    described = {**standing.files, **made}
    made[PACKAGE] = datapackage(
        standing.council, list(editions.values()), written, described, standing.data
    )
    return made


def _tables(study: Study, edition: Executed, standing: Standing) -> bytes:
    others = [code for code in standing.editions if code != edition.language]
    return spreadsheet(study, edition, others)
