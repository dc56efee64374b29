"""Find the councils whose downloads are not those that would be made of their editions today."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from helpers.report.downloads.making import Standing
from helpers.run.building.downloads import Outdated, remove_downloads
from helpers.run.deciding import Decided
from helpers.run.editions.bundle import Bundle, bundles_of, template_of
from helpers.run.editions.environment import made_by
from helpers.run.editions.manifest import DOWNLOADED
from helpers.run.editions.standing import Found, is_current, read_edition, read_standing
from helpers.study.files.folder import OUTPUTS
from helpers.study.provenance import PACKAGE as DATA

Editions = Mapping[str, Found]


def find_outdated(decided: Decided, councils: Iterable[str], *, pdf: bool) -> Iterator[Outdated]:
    """Yield what to make the downloads of councils from, where their editions have changed.

    Nothing is left of the downloads of a council of which no edition stands, nor of one that is
    refused: they tell of all its editions, and cannot be made again.
    """
    checked = decided.checked
    for council in councils:
        folder = checked.workbook / OUTPUTS / council
        bundles = list(bundles_of(decided, council))
        editions = _editions(decided, bundles[0]) if bundles else {}
        if not editions:
            stem = template_of(council).stem
            remove_downloads(folder, checked.study.about.languages, stem)
            continue
        standing = _standing(bundles, editions)
        made_from = _provenance(standing, editions, bundles[0])
        if not _is_current(folder, made_from, standing, pdf=pdf):
            yield standing, made_from


def _editions(decided: Decided, bundle: Bundle) -> Editions:
    """Return the editions that stand beside that of a bundle, in the study's order."""
    checked, council = decided.checked, bundle.council
    folder, languages = checked.workbook / OUTPUTS / council, checked.study.about.languages
    file = checked.parameters.get(council)  # the overview has none
    asked = file.parameters.editions if file else languages
    found = {
        code: read_edition(folder, bundle.template, code) for code in languages if code in asked
    }
    return {code: edition for code, edition in found.items() if edition}


def _standing(bundles: list[Bundle], editions: Editions) -> Standing:
    newest, bundle = _newest(bundles, editions), bundles[0]
    files = {name: content for found in editions.values() for name, content in found.files.items()}
    return Standing(
        bundle.council, tuple(editions), newest, files, bundle.files[DATA], bundle.template.stem
    )


def _newest(bundles: list[Bundle], editions: Editions) -> str:
    """Return the edition of today's numbers, else that which was made last.

    One that was made again as it was before keeps its date, so dates alone do not tell.
    """
    for bundle in bundles:
        if bundle.edition in editions and is_current(editions[bundle.edition], bundle):
            return bundle.edition
    return max(editions, key=lambda code: editions[code].manifest.made)


def _provenance(standing: Standing, editions: Editions, bundle: Bundle) -> dict[str, Any]:
    """Return what the downloads are made from: the editions, today's study and data, the code."""
    return {
        "council": standing.council,
        "editions": {code: found.manifest.digest for code, found in editions.items()},
        "files": {
            name: digest for found in editions.values() for name, digest in found.digests.items()
        },
        "inputs": bundle.digests(),
        **made_by(),
    }


def _is_current(folder: Path, made_from: dict[str, Any], standing: Standing, *, pdf: bool) -> bool:
    """Say whether the downloads that stand there are those that would be made."""
    found = read_standing(folder, DOWNLOADED)
    if found is None:
        return False  # missing, or somebody changed it
    printed = {standing.named(code, "pdf") for code in standing.editions}
    complete = not pdf or printed <= set(found.files)
    return complete and found.manifest.hashed == {**made_from, "outputs": found.digests}
