"""What a reader may take away beside a report: figures, tables, a PDF, and what describes them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from helpers.errors import NotPublishable, RunFailed
from helpers.report.downloads.datapackage import PACKAGE, datapackage
from helpers.report.downloads.executed import Executed, read_executed
from helpers.report.downloads.figures_csv import FIGURES, figures_csv, in_step
from helpers.report.downloads.spreadsheet import sheets_name, spreadsheet
from helpers.report.pages.pdf import render_pdf
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
    """Return the downloads of a folder by name: the same bytes for the same editions.

    Raises NotPublishable for a notebook that is not whole, and RunFailed for an edition of another
    study, or a page of which no PDF can be made.
    """
    editions = {code: _read(standing, code) for code in standing.editions}
    written = in_step(list(editions.values()), editions[standing.newest])
    made = _tables(study, standing, editions, written)
    if pdf:
        made |= {standing.named(code, "pdf"): _print(standing, code) for code in editions}
    described = {**standing.files, **made}
    made[PACKAGE] = datapackage(
        standing.council, list(editions.values()), written, described, standing.data
    )
    return made


def _read(standing: Standing, code: str) -> Executed:
    name = standing.named(code, "ipynb")
    try:
        return read_executed(standing.files[name])
    except NotPublishable as error:
        raise NotPublishable(f"{name}: {error.message}") from None
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        told = f"not a notebook of ours: {type(error).__name__}; build this edition again"
        raise NotPublishable(f"{name}: {told}") from None


def _tables(
    study: Study, standing: Standing, editions: Mapping[str, Executed], written: list[Executed]
) -> dict[str, bytes]:
    try:
        made = {FIGURES: figures_csv(study, standing.council, written)}
        for code, edition in editions.items():
            others = [other for other in editions if other != code]
            made[sheets_name(code)] = spreadsheet(study, edition, others)
    except KeyError as error:
        if error.args[0] not in _names(editions.values()):
            raise
        told = f"an edition knows of {error}, which the study does not; build all its editions"
        raise RunFailed(told) from None
    return made


def _names(editions: Iterable[Executed]) -> set[str]:
    """Return what the figures of editions are of, by the study's names."""
    return {
        record[key]
        for edition in editions
        for record in edition.records
        for key in ("question", "group")
    }


def _print(standing: Standing, code: str) -> bytes:
    page = standing.files[standing.named(code, "html")].decode()
    try:
        return render_pdf(page)
    except Exception as error:  # WeasyPrint's own libraries raise what they will
        told = f"{standing.named(code, 'pdf')}: {type(error).__name__}: {error}"
        raise RunFailed(told) from error
