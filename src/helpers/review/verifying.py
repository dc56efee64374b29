"""Verify: hold what stands in outputs/ against the data and the code, council by council."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from helpers.errors import UsageError
from helpers.review.consistency import (
    check_constants,
    check_languages,
    check_parts,
    check_totals,
)
from helpers.review.digest_list import Listed, read_list
from helpers.review.download_sense import check_figures_csv
from helpers.review.findings import Finding, merge
from helpers.review.index_pages import check_indexes
from helpers.review.origins import changed_environment, check_origins
from helpers.review.plain_files import outputs_of, read_plain_manifest
from helpers.review.recalculating import check_disclosure, check_second_route
from helpers.review.recalculation.recalculate import Recalculation
from helpers.review.reperforming import Performed
from helpers.review.running_again import RunAgain, Tell, by_council, run_again
from helpers.review.sealing import check_elsewhere, check_folder, check_strange
from helpers.run.deciding import Decided
from helpers.run.editions.bundle import Bundle
from helpers.run.editions.manifest import Manifest, manifest_name
from helpers.study.files.folder import OUTPUTS
from helpers.study.parameters import FOLDER, SUFFIX


@dataclass(frozen=True)
class Review:
    """What was found of one council, or of the overview.

    `manifests` are those of its editions that can be read, by edition; `notes` tell what is
    different here from where an edition was made, which is no difference by itself.
    """

    council: str
    editions: list[Performed]
    findings: list[Finding]
    manifests: Mapping[str, Manifest] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Verdict:
    """A review a council, what concerns no single one of them, and the second route's figures."""

    reviews: list[Review]
    general: list[Finding]
    recalculated: Recalculation

    @property
    def findings(self) -> list[Finding]:
        """All of them."""
        return [*self.general, *(found for review in self.reviews for found in review.findings)]


def verify(decided: Decided, bundles: list[Bundle], refused: Iterable[str], tell: Tell) -> Verdict:
    """Verify the editions of these bundles, which hold today's inputs; `tell` hears of each.

    Of councils that are refused nothing can run again, which is found of each. Raises UsageError
    where nothing was built.
    """
    outputs = outputs_of(decided.checked.workbook)
    if not any(outputs.glob("*/manifest.*.json")):
        raise UsageError(f"{OUTPUTS}/ holds no report; run 'workbook build' first")
    again, councils = run_again(decided, bundles, tell), decided.checked.councils
    listed, found = read_list(outputs)
    reviews = [_review(decided, own, again, listed) for own in by_council(bundles).values()]
    found = [*found, *map(_refused, refused)]
    folders = {*refused, *(review.council for review in reviews)}
    if folders.issuperset(councils):  # an index tells of all of them
        found = [*found, *check_elsewhere(outputs, folders, listed), *check_indexes(decided)]
    told = [*found, *(finding for review in reviews for finding in review.findings)]
    general = [
        *found,
        *check_strange(outputs, told),
        *check_disclosure(again.recalculated),
        *check_constants(again.performed),
        *check_totals(again.performed, len(councils)),
    ]
    return Verdict(reviews, merge(general), again.recalculated)


def _refused(council: str) -> Finding:
    told = "not as expected, so no report of it is run again; 'workbook check' says what is wrong"
    return Finding("inputs", f"{FOLDER}/{council}{SUFFIX}", told)


def _review(decided: Decided, bundles: list[Bundle], again: RunAgain, listed: Listed) -> Review:
    outputs, council = outputs_of(decided.checked.workbook), bundles[0].council
    performed = [one for one in again.performed if one.council == council]
    manifests = {
        bundle.edition: manifest
        for bundle in bundles
        if (manifest := read_plain_manifest(outputs / council / manifest_name(bundle.edition)))
    }
    made = [(manifests[one.edition], one) for one in bundles if one.edition in manifests]
    findings = [
        *check_folder(outputs, bundles, listed),
        *(found for of_edition in made for found in check_origins(*of_edition)),
        *(found for one in performed for found in _of_edition(decided, one, again.recalculated)),
        *again.downloads[council],
        *check_languages(performed),
        *check_figures_csv(outputs / council, performed),
    ]
    notes = [
        note for manifest in manifests.values() for note in changed_environment(manifest.hashed)
    ]
    return Review(council, performed, merge(findings), manifests, list(dict.fromkeys(notes)))


def _of_edition(
    decided: Decided, performed: Performed, recalculated: Recalculation
) -> Iterator[Finding]:
    yield from performed.findings
    yield from check_second_route(performed, recalculated)
    yield from check_parts(performed, decided.checked.study)
