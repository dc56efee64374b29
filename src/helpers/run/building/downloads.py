"""Write each council's downloads beside its reports, once these are made."""

from collections.abc import Callable, Container, Iterable
from concurrent.futures import BrokenExecutor, Future
from contextlib import suppress
from pathlib import Path
from typing import Any

from helpers.report.downloads.making import Standing, download_names, make_downloads
from helpers.run.building.executing import DOWNLOADS, Outcome, explain
from helpers.run.building.making import Pool
from helpers.run.deciding import Decided
from helpers.run.editions.manifest import DOWNLOADED, read_manifest, renew_manifest
from helpers.run.processes.forking import end_with_parent
from helpers.run.processes.warming import FORKS
from helpers.study.definition import Study
from helpers.study.files.digests import digests
from helpers.study.files.folder import OUTPUTS
from helpers.study.files.wholefile import write_sealed

EDITIONS = "editions changed"  # why they are made: there is no other reason
WITHOUT_PDF = "the PDF was not made, the other downloads were"
Files = dict[str, bytes]
Result = tuple[Files, str]  # what was made, if anything, and what went wrong, if anything did
# What to make downloads from, and what the manifest says of it.
Outdated = tuple[Standing, dict[str, Any]]


def write_downloads(
    decided: Decided,
    outdated: Iterable[Outdated],
    tell: Callable[[Outcome], None],
    pool: Pool,
    *,
    pdf: bool,
) -> list[Outcome]:
    """Make the downloads of councils anew, each in a process of its own, and write them.

    Nothing stays of an edition that does not stand, nor of downloads that could not be made. Those
    that could not be made with a PDF are made without.
    """
    study, outcomes = decided.checked.study, []

    def start(wanted: Outdated) -> "Future[Files]":
        return start_making(pool, study, wanted[0], pdf=pdf)

    for wanted, future in pool.each(start, outdated):
        made, error = _finish(future)
        if error and pdf:
            made, error = _without_pdf(pool, study, wanted[0], error)
        folder = decided.checked.workbook / OUTPUTS / wanted[0].council
        outcomes.append(_write(folder, study, wanted, made, error))
        tell(outcomes[-1])
    return outcomes


def remove_downloads(
    folder: Path, languages: list[str], stem: str, but: Container[str] = ()
) -> list[str]:
    """Remove a folder's downloads and their manifest; return the names of those that were there."""
    names = [DOWNLOADED, *download_names(languages, stem)]
    gone = [name for name in names if name not in but and (folder / name).exists()]
    for name in gone:
        (folder / name).unlink()
    return gone


def start_making(pool: Pool, study: Study, standing: Standing, *, pdf: bool) -> "Future[Files]":
    """Start to make the downloads of a council in a process of its own."""
    make = _make_in_fork if FORKS else make_downloads
    return pool.submit(make, study, standing, pdf=pdf)


def _make_in_fork(study: Study, standing: Standing, *, pdf: bool) -> Files:
    end_with_parent()
    return make_downloads(study, standing, pdf=pdf)


def _finish(future: "Future[Files]") -> Result:
    error = future.exception()  # whatever a worker raises: the other councils' go on
    return ({}, explain(error)) if error else (future.result(), "")


def _without_pdf(pool: Pool, study: Study, standing: Standing, error: str) -> Result:
    """Make the downloads but for a PDF, where it may be the PDF that fails."""
    try:
        made, still = _finish(start_making(pool, study, standing, pdf=False))
    except BrokenExecutor:  # the worker took the pool with it
        return {}, error
    return made, still or f"{error}; {WITHOUT_PDF}"


def _write(folder: Path, study: Study, wanted: Outdated, made: Files, error: str) -> Outcome:
    """Write the downloads, each whole, and their manifest last; where that fails, leave none."""
    standing, made_from = wanted
    before, languages = read_manifest(folder / DOWNLOADED), study.about.languages
    try:
        gone = remove_downloads(folder, languages, standing.stem, but=made)
        if made:
            hashed = {**made_from, "outputs": digests(made)}
            manifest = renew_manifest(before, hashed, folder.parents[1])
            files = {folder / name: content for name, content in made.items()}
            write_sealed({**files, folder / DOWNLOADED: manifest.content()})
    except OSError as problem:
        error = f"{problem.filename}: {problem.strerror}; the downloads could not be written"
        with suppress(OSError):  # older ones would stand beside a newer page
            remove_downloads(folder, languages, standing.stem)
        return Outcome(standing.council, DOWNLOADS, error)
    note = "" if error else _note(gone)
    return Outcome(standing.council, DOWNLOADS, error, note, why=(EDITIONS,))


def _note(gone: list[str]) -> str:
    if not any(name.endswith(".pdf") for name in gone):
        return ""
    return "PDF of an older report removed; make it again with --pdf"
