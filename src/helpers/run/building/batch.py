"""One whole build: check, decide, make what is not up to date, list what stands."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from helpers.errors import NotSaved, UsageError
from helpers.report.pages.entries import Listed
from helpers.run.building.downloads import Outdated, write_downloads
from helpers.run.building.dropping import remove_dropped
from helpers.run.building.executing import Outcome, Tell, build, foresee
from helpers.run.building.indexing import list_editions, write_indexes
from helpers.run.building.making import Pool, processes
from helpers.run.building.outdated import find_outdated
from helpers.run.building.planning import Plan, plan
from helpers.run.building.unchanged import input_digests, remember
from helpers.run.checking import check_apart
from helpers.run.deciding import Decided, decide
from helpers.run.processes.limits import Limits
from helpers.study.files.folder import OUTPUTS
from helpers.study.files.locking import only_writer

Show = Callable[[int], AbstractContextManager[Tell]]  # is given how many editions there are
BUSY = "another build or verification is at work there; wait until it has ended"


@dataclass(frozen=True)
class Wanted:
    """What a build is asked for: councils, or all where none is named, in one language or each.

    `scheduler` is the address of the cluster to run on; None is this machine.
    """

    councils: tuple[str, ...] = ()
    edition: str | None = None
    pdf: bool = False
    limits: Limits = field(default_factory=Limits)
    scheduler: str | None = None


def build_workbook(
    workbook: Path,
    wanted: Wanted,
    inputs: dict[str, str],
    show: Show,
    cluster: Pool | None = None,
) -> tuple[list[Outcome], list[Outcome]]:
    """Make what is not up to date; return what became of each edition, and of downloads.

    `inputs` are the digests of all inputs from before any of them was read. Runs on this machine
    where no cluster is given.
    """
    planned = plan_build(workbook, wanted, inputs)
    decided = planned.decided
    here = processes(len(planned), wanted.limits.run)
    with cluster or here as pool, show(len(planned)) as tell:
        outcomes = build(planned, tell, pool, wanted.limits)
        made = [outcome.council for outcome in outcomes if outcome.why]
        # The made ones first: theirs are under way while the others are looked at.
        councils = dict.fromkeys([*made, *remove_dropped(decided), *planned.editions])
        outdated = find_outdated(decided, councils, pdf=wanted.pdf)
        listed: dict[str, tuple[Listed, ...]] = {}
        jobs = _and_list(decided, outdated, listed)
        downloads = write_downloads(decided, jobs, tell, pool, pdf=wanted.pdf)
    write_indexes(decided, listed)
    whole = not wanted.councils and wanted.edition is None
    if whole and not any(outcome.error for outcome in (*outcomes, *downloads)):
        remember(workbook, inputs, len(planned), pdf=wanted.pdf)
    return outcomes, downloads


def _and_list(
    decided: Decided, outdated: Iterator[Outdated], listed: dict[str, tuple[Listed, ...]]
) -> Iterator[Outdated]:
    """Yield what is outdated, and list all editions while the last of it is made."""
    yield from outdated
    listed.update(list_editions(decided))
    for council in decided.checked.councils:
        decided.numbers(council)  # which the index prints, and keeps at hand


def plan_build(workbook: Path, wanted: Wanted, inputs: dict[str, str]) -> Plan:
    """Read and check the workbook, and return what is asked for.

    Raises UsageError where an input changed while it was read: nothing is to be made of one half
    and of another.
    """
    decided = decide(check_apart(workbook))
    decided.read_all()
    now = input_digests(workbook)
    for path in sorted(inputs.keys() | now):
        if inputs.get(path) != now.get(path):
            raise UsageError(f"{path}: it changed while it was read; build again")
    return plan(decided, wanted.councils, wanted.edition)


def explain_build(planned: Plan) -> Iterator[Outcome]:
    """Yield why each edition would be made, or could not be, making none."""
    for _, outcome in foresee(planned):
        yield outcome


@contextmanager
def only_build(workbook: Path) -> Iterator[None]:
    """Keep any other build or verification out of outputs/, which is made if need be.

    Raises UsageError where one is at work, or where nothing can be written there.
    """
    outputs = workbook / OUTPUTS
    if outputs.exists() and not outputs.is_dir():
        raise UsageError(f"{OUTPUTS} is a file; expected a folder; move it away")
    is_new = not outputs.exists()
    with ExitStack() as stack:
        try:
            outputs.mkdir(exist_ok=True)
            stack.enter_context(only_writer(outputs, patience=0))
            _see_writable(outputs)
        except NotSaved:
            raise UsageError(f"{OUTPUTS}/: {BUSY}") from None
        except OSError as error:
            told = f"nothing can be written there: {error.strerror}; its folder must be yours"
            raise UsageError(f"{OUTPUTS}/: {told}") from None
        try:
            yield
        finally:
            if is_new and not any(outputs.iterdir()):
                outputs.rmdir()  # nothing was made


def _see_writable(outputs: Path) -> None:
    probe = outputs / ".probe"
    probe.touch()
    probe.unlink()
