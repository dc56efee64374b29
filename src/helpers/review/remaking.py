"""Downloads made again, of the editions that were run again, and held against those that stand."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future

from helpers.report.downloads.datapackage import PACKAGE as DESCRIPTION
from helpers.report.downloads.executed import read_executed
from helpers.report.downloads.making import Standing
from helpers.report.downloads.spreadsheet import sheets_name
from helpers.review.findings import Finding
from helpers.review.plain_files import outputs_of, read_plain, read_plain_manifest
from helpers.review.register_differences import compare_registers, name_shown
from helpers.review.reperforming import Performed
from helpers.review.spreadsheet_differences import compare_spreadsheets
from helpers.run.building.downloads import Files, start_making
from helpers.run.building.executing import explain
from helpers.run.building.making import Pool
from helpers.run.deciding import Decided
from helpers.run.editions.bundle import Bundle
from helpers.run.editions.manifest import DOWNLOADED
from helpers.study.provenance import PACKAGE as DATA

PDF = ".pdf"
Told = tuple[str, tuple[str, ...]]  # what differs, and the figures concerned
CELLS = 20  # of a spreadsheet that are named
NOT_RECORDED = "missing, and in no manifest; it is made again of the editions"


def start_again(
    pool: Pool, decided: Decided, bundles: Sequence[Bundle], performed: Sequence[Performed]
) -> "Future[Files] | None":
    """Start to make the downloads of one council; None where an edition could not be run again."""
    if not all(one.files for one in performed):
        return None
    checked, first = decided.checked, bundles[0]
    codes = [code for code in checked.study.about.languages if code in {b.edition for b in bundles}]
    files = {name: content for one in performed for name, content in one.files.items()}
    data = (checked.workbook / DATA).read_bytes()
    standing = Standing(first.council, tuple(codes), codes[0], files, data, first.template.stem)
    return start_making(pool, checked.study, standing, pdf=False)


def compare_downloads(
    decided: Decided, performed: Sequence[Performed], future: "Future[Files] | None"
) -> Iterator[Finding]:
    """Find downloads that are not those made again; a PDF is held against its manifest only.

    The data package lists the files beside it, so where PDFs are it is not compared.
    """
    if future is None:
        return
    council = performed[0].council
    if error := future.exception():
        told = f"cannot be made again: {explain(error)}"
        yield Finding("re-execution", f"{council}/{DOWNLOADED}", told)
        return
    folder = outputs_of(decided.checked.workbook) / council
    manifest = read_plain_manifest(folder / DOWNLOADED)
    recorded = manifest.hashed["outputs"] if manifest else {}
    printed = any(name.endswith(PDF) for name in recorded)
    editions = {sheets_name(one.edition): one for one in performed}
    for name, made in sorted(future.result().items()):
        published, file = read_plain(folder / name), f"{council}/{name}"
        if published is None and name not in recorded:  # else the seal tells that it is missing
            yield Finding("re-execution", file, NOT_RECORDED)
        if published in (None, made) or (printed and name == DESCRIPTION):
            continue
        found = list(_cells(published, made, editions[name])) if name in editions else []
        for told, figures in found or [("is not what is made again of the editions", ())]:
            yield Finding("re-execution", file, told, figures)


def _cells(published: bytes, again: bytes, edition: Performed) -> Iterator[Told]:
    """Yield the cells of a spreadsheet that differ, but for figures that the register tells of."""
    notebook = next(iter(edition.files.values()))
    cells = list(compare_spreadsheets(published, again, read_executed(notebook)))
    moved = dict(compare_registers(edition.published, edition.again))
    if told := name_shown((figure for _, figures in cells for figure in figures), moved):
        yield told, ()
    others = [cell for cell in cells if not cell[1] or not moved.keys() >= set(cell[1])]
    yield from others[:CELLS]
    if len(others) > CELLS:
        yield f"… and {len(others) - CELLS:,} more of its cells", ()
