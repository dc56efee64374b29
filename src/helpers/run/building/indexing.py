"""The index of all reports: written from what stands in outputs/."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from helpers.report.downloads.making import download_names
from helpers.report.notebook.narrative import is_draft
from helpers.report.notebook.reviews import measure_progress
from helpers.report.notebook.template import COUNCIL_REPORT
from helpers.report.notebook.translations import labels_in, study_in
from helpers.report.pages.entries import Entry, Listed, Signed
from helpers.report.pages.site import index_name, render_index
from helpers.run.deciding import Decided
from helpers.run.editions.bundle import Bundle, bundles_of
from helpers.run.editions.manifest import DOWNLOADED, Manifest, manifest_name, read_manifest
from helpers.run.editions.published import write_digests
from helpers.run.editions.standing import is_current, is_reviewed, read_edition
from helpers.study.files.folder import NATIONAL, OUTPUTS
from helpers.study.files.wholefile import write_whole
from helpers.study.sign_offs import SignOff, SignOffs, read_sign_offs

Stand = Mapping[str, tuple[Listed, ...]]  # the editions by council; the overview's as NATIONAL


def list_editions(decided: Decided) -> Stand:
    """Return what the indexes say of the editions that stand."""
    checked = decided.checked
    signed = read_sign_offs(checked.workbook)
    folders = {name: checked.workbook / OUTPUTS / name for name in (*checked.parameters, NATIONAL)}
    return {
        name: _list(folder, bundles_of(decided, name), signed) if folder.exists() else ()
        for name, folder in folders.items()
    }


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
    for council, file in checked.parameters.items():
        folder = checked.workbook / OUTPUTS / council
        yield Entry(
            council,
            editions[council],
            _files(folder, editions[council], checked.study.about.languages),
            is_draft(file.parameters.narrative, file.parameters.editions),
            decided.numbers(council),
        )


def _list(folder: Path, bundles: Iterable[Bundle], signed: SignOffs) -> tuple[Listed, ...]:
    listed = (_edition(folder, bundle, signed) for bundle in bundles)
    return tuple(edition for edition in listed if edition)


def _edition(folder: Path, bundle: Bundle, signed: SignOffs) -> Listed | None:
    """Return what the index says of an edition; None where it does not stand."""
    found = read_edition(folder, bundle.template, bundle.edition)
    if found is None:
        return None
    given = signed.of(bundle.council, bundle.edition, found.manifest.digest)
    return Listed(
        bundle.edition,
        found.manifest.day,
        current=is_current(found, bundle),
        reviewed=is_reviewed(found.manifest),
        signed=_signed(given, found.manifest) if given else None,
    )


def _signed(given: SignOff, manifest: Manifest) -> Signed:
    return Signed(given.by, given.on, holds=given.digest == manifest.digest)


def _files(folder: Path, editions: Iterable[Listed], languages: list[str]) -> set[str]:
    """Return the names of the files that stand there for readers to take away."""
    names = {name for edition in editions for name in COUNCIL_REPORT.names(edition.code)}
    if names and (downloaded := read_manifest(folder / DOWNLOADED)):
        names |= downloaded.hashed["outputs"].keys() & download_names(languages)
    return {name for name in names if (folder / name).is_file()}
