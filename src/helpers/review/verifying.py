"""Verify: hold what stands in outputs/ against the data and the code, council by council."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from helpers.errors import UsageError
from helpers.review.consistency import (
    check_constants,
    check_languages,
    check_parts,
    check_totals,
)
from helpers.review.download_sense import check_figures_csv
from helpers.review.findings import Finding, merge
from helpers.review.recalculating import check_disclosure, check_second_route, recalculate_all
from helpers.review.recalculation.recalculate import Recalculation
from helpers.review.remaking import compare_downloads, start_again
from helpers.review.reperforming import Performed, reperform
from helpers.review.sealing import (
    changed_environment,
    check_downloads,
    check_edition,
    check_list,
)
from helpers.run.building import explain
from helpers.run.bundle import Bundle
from helpers.run.deciding import Decided
from helpers.run.limits import USUAL
from helpers.run.making import edition_maker, processes
from helpers.run.manifest import Manifest, manifest_name, read_manifest
from helpers.study.folder import OUTPUTS


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


def verify(decided: Decided, bundles: list[Bundle], tell: Callable[[Performed], None]) -> Verdict:
    """Verify the editions of these bundles, which hold today's inputs; `tell` hears of each.

    Raises UsageError where nothing was built.
    """
    outputs = decided.checked.workbook / OUTPUTS
    if not any(outputs.glob("*/manifest.*.json")):
        raise UsageError(f"{OUTPUTS}/ holds no report; run 'workbook build' first")
    performed, downloads, recalculated = _run_again(decided, bundles, tell)
    listed = check_list(outputs, everything=len(by_council(bundles)) >= len(_councils(decided)))
    reviews = [
        _review(
            decided,
            own,
            [one for one in performed if one.council == council],
            recalculated,
            [*listed.pop(council, []), *downloads[council]],
        )
        for council, own in by_council(bundles).items()
    ]
    general = [
        *listed.get("", []),
        *check_disclosure(recalculated),
        *check_constants(performed),
        *check_totals(performed, len(_councils(decided))),
    ]
    return Verdict(reviews, merge(general), recalculated)


def by_council(bundles: Iterable[Bundle]) -> dict[str, list[Bundle]]:
    """Return bundles by council, in their order."""
    found: dict[str, list[Bundle]] = {}
    for bundle in bundles:
        found.setdefault(bundle.council, []).append(bundle)
    return found


def _councils(decided: Decided) -> list[str]:
    return list(decided.checked.parameters)


def _run_again(
    decided: Decided, bundles: list[Bundle], tell: Callable[[Performed], None]
) -> tuple[list[Performed], dict[str, list[Finding]], Recalculation]:
    """Run the editions in processes of their own, and meanwhile compute all figures by SQL.

    Then the downloads are made again; what differs of them is returned by council.
    """
    outputs = decided.checked.workbook / OUTPUTS
    make = edition_maker(USUAL)
    with processes(len(bundles), USUAL.run) as pool:
        running = {
            pool.submit(reperform, make, bundle, outputs / bundle.council): bundle
            for bundle in bundles
        }
        recalculated = recalculate_all(decided)
        performed = {}
        for future in as_completed(running):
            bundle = running[future]
            one = performed[bundle.council, bundle.edition] = _finish(bundle, future)
            tell(one)
        again = {
            council: start_again(pool, decided, own, [performed[b.council, b.edition] for b in own])
            for council, own in by_council(bundles).items()
        }
        found = {
            council: list(compare_downloads(decided, council, future))
            for council, future in again.items()
        }
    ordered = [performed[bundle.council, bundle.edition] for bundle in bundles]
    return ordered, found, recalculated


def _finish(bundle: Bundle, future: "Future[Performed]") -> Performed:
    """Return what became of an edition; one that cannot be run again is a finding."""
    error = future.exception()
    if error is None:
        return future.result()
    file = f"{bundle.council}/{bundle.template.names(bundle.edition)[0]}"
    finding = Finding("re-execution", file, f"cannot be run again: {explain(error)}")
    return Performed(bundle.council, bundle.edition, findings=[finding])


def _review(
    decided: Decided,
    bundles: list[Bundle],
    performed: list[Performed],
    recalculated: Recalculation,
    found: list[Finding],
) -> Review:
    outputs, council = decided.checked.workbook / OUTPUTS, bundles[0].council
    findings = [
        *found,
        *(found for bundle in bundles for found in check_edition(outputs, bundle)),
        *check_downloads(outputs, council),
        *(found for one in performed for found in _of_edition(decided, one, recalculated)),
        *check_languages(performed),
        *check_figures_csv(outputs / council, performed),
    ]
    manifests = {
        bundle.edition: manifest
        for bundle in bundles
        if (manifest := read_manifest(outputs / council / manifest_name(bundle.edition)))
    }
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


def review_path(workbook: Path, council: str) -> Path:
    """Return where the review page of a council stands."""
    return workbook / OUTPUTS / council / "review.html"
