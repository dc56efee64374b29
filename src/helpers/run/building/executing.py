"""Build: from a plan to outputs/, many editions at a time, each on its own."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path

from helpers.errors import Problem, WorkbookError, fit
from helpers.report.notebook.template import Template
from helpers.run.building.making import Pool, edition_maker
from helpers.run.building.planning import Plan
from helpers.run.building.reasons import reasons
from helpers.run.deciding import Decided
from helpers.run.editions.bundle import Bundle, Made, last_name, template_of
from helpers.run.editions.manifest import (
    DOWNLOADED,
    manifest_name,
    provenance_of,
    read_manifest,
    renew_manifest,
)
from helpers.run.editions.narratives import judge
from helpers.run.editions.rewording import reword
from helpers.run.processes.limits import USUAL, Limits
from helpers.study.files.digests import digests
from helpers.study.files.folder import NATIONAL, OUTPUTS
from helpers.study.files.wholefile import write_sealed

DOWNLOADS = "downloads"  # in the place of an edition, where a person is told what became of them


@dataclass(frozen=True)
class Outcome:
    """What became of one edition: `error`, a line a reason, is empty when it stands.

    `why` tells why it was made, and is empty where it was up to date. `note` is what a person
    should know all the same, `affected` the sentences that print another number or word now.
    """

    council: str
    edition: str
    error: str = ""
    note: str = ""
    why: tuple[str, ...] = ()
    affected: tuple[str, ...] = ()

    @property
    def is_edition(self) -> bool:
        """Whether it is one of the editions that were planned: downloads are told of too."""
        return self.edition != DOWNLOADS

    @property
    def state(self) -> str:
        """What became of it, in a word or three."""
        return "failed" if self.error else "built" if self.why else "up to date"


Tell = Callable[[Outcome], None]


def build(planned: Plan, tell: Tell, pool: Pool, limits: Limits = USUAL) -> list[Outcome]:
    """Make the editions that are not up to date, and write each as it comes.

    Those of a council whose parameters are refused, or of which the data refuses a sentence, are
    not run, and their last pages are removed. Those of which only the auditors' words changed are
    reworded; the others run in the pool. One that fails stops no other. `tell` hears of each as it
    ends; the outcomes come back in the order of the plan.
    """
    outcomes: dict[tuple[str, str], Outcome] = {}

    def end(outcome: Outcome) -> None:
        outcomes[outcome.council, outcome.edition] = outcome
        tell(outcome)

    make = edition_maker(limits)
    runs = pool.each(lambda job: pool.submit(make, job[0]), _to_run(planned, end))
    workbook = planned.decided.checked.workbook
    for (bundle, begun), future in runs:
        end(_finish(workbook, bundle, begun, future))
    return [outcomes[c, code] for c, codes in planned.editions.items() for code in codes]


def foresee(planned: Plan) -> Iterator[tuple[Bundle | None, Outcome]]:
    """Yield each edition, and what is known of it before it runs: why it would be made, or cannot.

    There is no bundle of an edition whose council is refused.
    """
    for council, editions in planned.editions.items():
        if council in planned.refused:
            told = _in_lines(planned.refused[council])
            yield from ((None, Outcome(council, edition, error=told)) for edition in editions)
        for bundle in planned.of(council):
            yield bundle, _begin(planned.decided, bundle)


def _begin(decided: Decided, bundle: Bundle) -> Outcome:
    council, edition = bundle.council, bundle.edition
    why = reasons(decided.checked.workbook / OUTPUTS / council, bundle)
    if not why:
        return Outcome(council, edition)
    verdict = judge(decided, [bundle])
    refused = _in_lines(verdict.refused.get((council, edition), ()))
    return Outcome(council, edition, refused, why=tuple(why), affected=tuple(verdict.affected))


def _to_run(planned: Plan, end: Tell) -> Iterator[tuple[Bundle, Outcome]]:
    """Yield the editions that must run, each with what is known of it; the others are ended."""
    decided, workbook = planned.decided, planned.decided.checked.workbook
    for bundle, begun in foresee(planned):
        if bundle is None or begun.error:
            end(_fail(workbook, begun, begun.error))
        elif not begun.why:
            end(begun)
        elif made := reword(decided, bundle):
            end(_write(workbook, bundle, begun, made))
        else:
            yield bundle, begun
            if bundle.council != NATIONAL:
                decided.numbers(bundle.council)  # for the index, while the edition runs


def _in_lines(problems: Iterable[Problem]) -> str:
    return "\n".join(fit(sorted(set(problems))))


def _fail(workbook: Path, begun: Outcome, error: str) -> Outcome:
    """Leave nothing of an edition that failed to be read; its notebook is set aside."""
    folder, edition = workbook / OUTPUTS / begun.council, begun.edition
    template = template_of(begun.council)
    notebook = folder / template.names(edition)[0]
    try:
        if notebook.exists():
            notebook.replace(folder / last_name(edition))
        for name in (*edition_files(edition, template), DOWNLOADED):
            (folder / name).unlink(missing_ok=True)
    except OSError as problem:
        error += f"\n{problem.filename}: {problem.strerror}; its last pages could not be removed"
    return replace(begun, error=error)


def _finish(workbook: Path, bundle: Bundle, begun: Outcome, future: "Future[Made]") -> Outcome:
    error = future.exception()
    if error is not None:
        return _fail(workbook, begun, explain(error))
    return _write(workbook, bundle, begun, future.result())


def _write(workbook: Path, bundle: Bundle, begun: Outcome, made: Made) -> Outcome:
    try:
        write_edition(workbook / OUTPUTS / bundle.council, bundle, made)
    except OSError as problem:
        told = f"{problem.filename}: {problem.strerror}; its files could not be written"
        return replace(begun, error=told)
    return begun


def edition_files(edition: str, template: Template) -> list[str]:
    """Return the name of each file of an edition that stands."""
    return [manifest_name(edition), *template.names(edition)]


def explain(error: BaseException) -> str:
    """Return what went wrong, in one line."""
    if isinstance(error, WorkbookError):
        return " ".join(error.message.split())
    return " ".join(f"{type(error).__name__}: {error}".split())


def write_edition(folder: Path, bundle: Bundle, made: Made) -> None:
    """Write an edition's files, each whole, and its manifest last.

    Downloads of another edition are none from then on: nothing lists what has no manifest.
    """
    path = folder / manifest_name(bundle.edition)
    hashed = provenance_of(bundle, digests(made.files), made.learnt)
    before = read_manifest(path)
    manifest = renew_manifest(before, hashed, folder.parents[1])
    if manifest != before:
        (folder / DOWNLOADED).unlink(missing_ok=True)  # they tell of another edition
    files = {folder / name: content for name, content in made.files.items()}
    write_sealed({**files, path: manifest.content()})
    (folder / last_name(bundle.edition)).unlink(missing_ok=True)
