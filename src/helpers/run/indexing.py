"""The index of all reports: written from what stands in outputs/."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from helpers.report.downloads import download_names
from helpers.report.entries import Entry, Listed, Signed
from helpers.report.narrative import is_draft
from helpers.report.reviews import measure_progress
from helpers.report.site import index_name, render_index
from helpers.report.template import COUNCIL_REPORT
from helpers.report.translations import labels_in, study_in
from helpers.run.bundle import Bundle, make_bundles, make_overview_bundles
from helpers.run.deciding import Decided
from helpers.run.manifest import Manifest
from helpers.run.published import write_digests
from helpers.run.standing import is_current, is_reviewed, read_edition
from helpers.study.folder import NATIONAL, OUTPUTS
from helpers.study.sign_offs import SignOff, SignOffs, read_sign_offs
from helpers.study.wholefile import write_whole


def write_indexes(decided: Decided) -> None:
    """Write outputs/index.html, and its twin in each other language, from what is there.

    The list of digests comes last: it tells of all else.
    """
    checked = decided.checked
    outputs, languages = checked.workbook / OUTPUTS, checked.study.about.languages
    entries, overview = list(entries_of(decided)), overviews_of(decided)
    for code in languages:
        translated = [*labels_in(code), *study_in(checked.study, code)]
        review = measure_progress(
            translated if code != languages[0] else (), checked.workbook, code
        )
        page = render_index(checked.study, code, entries, review, overview)
        write_whole(outputs / index_name(code, languages), page.encode())
    write_digests(outputs)


def entries_of(decided: Decided) -> Iterator[Entry]:
    """Yield what the index says of each council."""
    checked = decided.checked
    signed = read_sign_offs(checked.workbook)
    for council, file in checked.parameters.items():
        folder = checked.workbook / OUTPUTS / council
        bundles = make_bundles(decided, council) if folder.exists() else ()
        editions = _list(folder, bundles, signed)
        yield Entry(
            council,
            editions,
            _files(folder, editions, checked.study.about.languages),
            is_draft(file.parameters.narrative, file.parameters.editions),
            decided.numbers(council),
        )


def overviews_of(decided: Decided) -> tuple[Listed, ...]:
    """Return what the index says of the overview."""
    folder = decided.checked.workbook / OUTPUTS / NATIONAL
    if not folder.exists():
        return ()
    bundles = make_overview_bundles(decided)
    return _list(folder, bundles, read_sign_offs(decided.checked.workbook))


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
    names.update(download_names(languages) if names else ())
    return {name for name in names if (folder / name).is_file()}
