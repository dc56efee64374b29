"""Run everything again: editions and downloads, in processes of their own, and both routes."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, as_completed
from dataclasses import dataclass

from helpers.review.findings import Finding
from helpers.review.plain_files import outputs_of
from helpers.review.recalculating import recalculate_all
from helpers.review.recalculation.recalculate import Recalculation
from helpers.review.remaking import compare_downloads, start_again
from helpers.review.reperforming import Performed, reperform
from helpers.run.building.executing import explain
from helpers.run.building.making import Pool, edition_maker, processes
from helpers.run.deciding import Decided
from helpers.run.editions.bundle import Bundle
from helpers.run.processes.limits import USUAL

Tell = Callable[[Performed], None]


@dataclass(frozen=True)
class RunAgain:
    """The editions in their order, what differs of each council's downloads, the second route."""

    performed: list[Performed]
    downloads: Mapping[str, list[Finding]]
    recalculated: Recalculation


def run_again(decided: Decided, bundles: list[Bundle], tell: Tell) -> RunAgain:
    """Run the editions of these bundles again, and meanwhile compute all figures by SQL.

    Then the downloads are made again. `tell` hears of each edition as it ends.
    """
    outputs, make = outputs_of(decided.checked.workbook), edition_maker(USUAL)
    with processes(len(bundles), USUAL.run) as pool:
        running = {
            pool.submit(reperform, make, bundle, outputs / bundle.council): bundle
            for bundle in bundles
        }
        recalculated = recalculate_all(decided)
        performed = _finish_all(running, tell)
        downloads = _remake(pool, decided, by_council(bundles), performed)
    return RunAgain([performed[_key(bundle)] for bundle in bundles], downloads, recalculated)


def by_council(bundles: Iterable[Bundle]) -> dict[str, list[Bundle]]:
    """Return bundles by council, in their order."""
    found: dict[str, list[Bundle]] = {}
    for bundle in bundles:
        found.setdefault(bundle.council, []).append(bundle)
    return found


def _key(bundle: Bundle) -> tuple[str, str]:
    return bundle.council, bundle.edition


def _finish_all(
    running: "Mapping[Future[Performed], Bundle]", tell: Tell
) -> dict[tuple[str, str], Performed]:
    performed = {}
    for future in as_completed(running):
        one = performed[_key(running[future])] = _finish(running[future], future)
        tell(one)
    return performed


def _finish(bundle: Bundle, future: "Future[Performed]") -> Performed:
    """Return what became of an edition; one that cannot be run again is a finding."""
    error = future.exception()
    if error is None:
        return future.result()
    file = f"{bundle.council}/{bundle.template.names(bundle.edition)[0]}"
    finding = Finding("re-execution", file, f"cannot be run again: {explain(error)}")
    return Performed(bundle.council, bundle.edition, findings=[finding])


def _remake(
    pool: Pool,
    decided: Decided,
    councils: Mapping[str, list[Bundle]],
    performed: Mapping[tuple[str, str], Performed],
) -> dict[str, list[Finding]]:
    """Return what differs of each council's downloads; all are started before any is awaited."""
    editions = {council: [performed[_key(one)] for one in own] for council, own in councils.items()}
    again = {
        council: start_again(pool, decided, own, editions[council])
        for council, own in councils.items()
    }
    return {
        council: list(compare_downloads(decided, editions[council], future))
        for council, future in again.items()
    }
