"""The index of all reports: written from what stands in outputs/."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from helpers.report.downloads.making import download_names
from helpers.report.notebook.narrative import is_draft
from helpers.report.notebook.reviews import measure_progress
from helpers.report.notebook.template import COUNCIL_REPORT
from helpers.report.notebook.translations import labels_in, study_in
from helpers.report.notebook.whole import NOTE
from helpers.report.pages.entries import Entry, Listed, Signed
from helpers.report.pages.site import index_name, render_index
from helpers.run.checking import Checked
from helpers.run.deciding import Decided
from helpers.run.editions.bundle import bundles_of, template_of
from helpers.run.editions.manifest import DOWNLOADED, Manifest, manifest_name, read_manifest
from helpers.run.editions.published import write_digests
from helpers.run.editions.standing import is_current, is_reviewed, read_edition
from helpers.study.files.folder import NATIONAL, OUTPUTS
from helpers.study.files.wholefile import write_whole
from helpers.study.sign_offs import SignOff, SignOffs, read_sign_offs

Stand = Mapping[str, tuple[Listed, ...]]  # the editions by council; the overview's as NATIONAL


def list_editions(decided: Decided) -> Stand:
    """Return what the indexes say of the editions that stand."""
    signed = read_sign_offs(decided.checked.workbook)
    councils = (*decided.checked.councils, NATIONAL)
    return {council: tuple(_list(decided, council, signed)) for council in councils}


def write_indexes(decided: Decided, editions: Stand) -> None:
    """Write outputs/index.html, and its twin in each other language, from what is there.

    The list of digests comes last: it tells of all else.
    """
    checked = decided.checked
    outputs = checked.workbook / OUTPUTS
    indexes = {outputs / name: page for name, page in render_indexes(decided, editions).items()}
    for path, page in indexes.items():
        write_whole(path, page.encode())
    names = [*map(manifest_name, checked.study.about.languages), DOWNLOADED]
    manifests = [outputs / council / name for council in editions for name in names]
    write_digests(outputs, indexes, manifests)


def render_indexes(decided: Decided, editions: Stand) -> dict[str, str]:
    """Return the HTML of the index in each language, by file name."""
    checked = decided.checked
    languages = checked.study.about.languages
    entries, pages = list(entries_of(decided, editions)), {}
    for code in languages:
        translated = [*labels_in(code), *study_in(checked.study, code)]
        review = measure_progress(
            translated if code != languages[0] else (), checked.workbook, code
        )
        page = render_index(checked.study, code, entries, review, editions[NATIONAL])
        pages[index_name(code, languages)] = page
    return pages


def entries_of(decided: Decided, editions: Stand) -> Iterator[Entry]:
    """Yield what the index says of each council."""
    checked = decided.checked
    for council in checked.councils:
        folder = checked.workbook / OUTPUTS / council
        yield Entry(
            council,
            editions[council],
            _files(folder, editions[council], checked.study.about.languages),
            draft=_is_draft(checked, council, editions[council]),
            numbers=decided.numbers(council),
        )


def _is_draft(checked: Checked, council: str, editions: Iterable[Listed]) -> bool:
    """Say whether findings are missing in a language: by a council's file, else by what stands."""
    if file := checked.parameters.get(council):
        return is_draft(file.parameters.narrative, file.parameters.editions)
    folder = checked.workbook / OUTPUTS / council
    names = (COUNCIL_REPORT.names(edition.code)[0] for edition in editions)
    notes = (json.loads((folder / name).read_bytes())["metadata"][NOTE] for name in names)
    return any(note["draft"] for note in notes)


def _list(decided: Decided, council: str, signed: SignOffs) -> Iterator[Listed]:
    """Yield what the index says of each edition of a council that stands."""
    checked = decided.checked
    folder = checked.workbook / OUTPUTS / council
    if not folder.exists():
        return
    bundles = {bundle.edition: bundle for bundle in bundles_of(decided, council)}
    for code in checked.study.about.languages if council in checked.refused else bundles:
        if found := read_edition(folder, template_of(council), code):
            current = code in bundles and is_current(found, bundles[code])
            yield _listed(found.manifest, signed, council, code, current=current)


def _listed(
    manifest: Manifest, signed: SignOffs, council: str, code: str, *, current: bool
) -> Listed:
    given = signed.of(council, code, manifest.digest)
    return Listed(
        code,
        manifest.day,
        current=current,
        reviewed=is_reviewed(manifest),
        signed=_signed(given, manifest) if given else None,
    )


def _signed(given: SignOff, manifest: Manifest) -> Signed:
    return Signed(given.by, given.on, holds=given.digest == manifest.digest)


def _files(folder: Path, editions: Iterable[Listed], languages: list[str]) -> set[str]:
    """Return the names of the files that stand there for readers to take away."""
    names = {name for edition in editions for name in COUNCIL_REPORT.names(edition.code)}
    if names and (downloaded := read_manifest(folder / DOWNLOADED)):
        names |= downloaded.hashed["outputs"].keys() & download_names(languages)
    return {name for name in names if (folder / name).is_file()}
