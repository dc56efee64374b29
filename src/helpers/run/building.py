"""Build: from checked inputs to outputs/, many editions at a time, each on its own."""

import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, as_completed
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import Problem, UsageError, WorkbookError, expected
from helpers.report.template import COUNCIL_REPORT, Template
from helpers.run.bundle import Bundle, Made, last_name, make_bundles, make_overview_bundles
from helpers.run.deciding import Decided
from helpers.run.forking import end_forks
from helpers.run.making import edition_makers
from helpers.run.manifest import manifest_name, provenance_of, read_manifest, renew_manifest
from helpers.run.rewording import reword
from helpers.study.folder import OUTPUTS
from helpers.study.wholefile import write_whole


@dataclass(frozen=True)
class Outcome:
    """What became of one edition: `error`, a line a reason, is empty when it was made.

    `note` is what a person should know all the same.
    """

    council: str
    edition: str
    error: str = ""
    note: str = ""


def check_outputs(workbook: Path) -> None:
    """Raise UsageError where outputs/ could not be a folder."""
    outputs = workbook / OUTPUTS
    if outputs.exists() and not outputs.is_dir():
        raise UsageError(f"{OUTPUTS} is a file; expected a folder; move it away")


def plan(decided: Decided, councils: Iterable[str], edition: str | None) -> list[Bundle]:
    """Return the bundles to build: of the named councils, or of all with the overview.

    Raises UsageError for what does not exist.
    """
    checked = decided.checked
    known, languages = checked.parameters, checked.study.about.languages
    one = checked.study.about.units.one[languages[0]]
    wanted = list(councils) or list(known)
    for council in wanted:
        if council not in known:
            hint = expected(council, known)
            raise UsageError(f"no {one} '{council}' in params/; {hint}")
    if edition is not None and edition not in languages:
        raise UsageError(f"unknown edition '{edition}'; {expected(edition, languages)}")
    for council in councils:
        made = known[council].parameters.editions
        if edition is not None and edition not in made:
            raise UsageError(f"'{council}' has no edition '{edition}'; {expected(edition, made)}")
    bundles = [
        bundle for council in dict.fromkeys(wanted) for bundle in make_bundles(decided, council)
    ]
    if not councils:
        bundles += make_overview_bundles(decided)
    return [bundle for bundle in bundles if edition in (None, bundle.edition)]


def build(
    decided: Decided,
    bundles: list[Bundle],
    refused: Mapping[tuple[str, str], list[Problem]],
    tell: Callable[[Outcome], None],
) -> list[Outcome]:
    """Make the editions and write each as it comes.

    Those of which the data refuses a sentence are not run, and their last pages are removed. Those
    of which only the auditors' words changed are reworded; the others run. One that fails stops no
    other. `tell` hears of each as it ends; the outcomes come back in the order of `bundles`.
    """
    workbook = decided.checked.workbook
    outcomes = {}

    def end(outcome: Outcome) -> None:
        outcomes[outcome.council, outcome.edition] = outcome
        tell(outcome)

    for key, problems in refused.items():
        end(_refuse(workbook, key, problems))
    rest = []
    for bundle in bundles:
        if (bundle.council, bundle.edition) in refused:
            continue
        if made := reword(decided, bundle):
            end(_write(workbook, bundle, made))
        else:
            rest.append(bundle)
    if rest:
        _run(decided, rest, end)
    return [outcomes[bundle.council, bundle.edition] for bundle in bundles]


def _run(decided: Decided, bundles: list[Bundle], end: Callable[[Outcome], None]) -> None:
    """Make editions in processes of their own, and call `end` with what became of each.

    papermill changes the working folder of its whole process, so editions never share one at the
    same time.
    """
    pool, make = edition_makers(min(os.cpu_count() or 1, len(bundles)))
    with pool:
        running = {pool.submit(make, bundle): bundle for bundle in bundles}
        try:
            for council in decided.checked.parameters:
                decided.measures(council)  # for the index: this process has nothing else to do
            for future in as_completed(running):
                end(_finish(decided.checked.workbook, running[future], future))
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            end_forks()
            raise


def _refuse(workbook: Path, edition: tuple[str, str], problems: list[Problem]) -> Outcome:
    _take_away(workbook / OUTPUTS / edition[0], edition[1], COUNCIL_REPORT)
    return Outcome(*edition, "\n".join(map(str, sorted(set(problems)))))


def _take_away(folder: Path, edition: str, template: Template) -> None:
    """Leave nothing of an edition that failed to be read; its notebook is set aside."""
    notebook = folder / template.names(edition)[0]
    if notebook.exists():
        notebook.replace(folder / last_name(edition))
    for name in edition_files(edition, template):
        (folder / name).unlink(missing_ok=True)


def _finish(workbook: Path, bundle: Bundle, future: "Future[Made]") -> Outcome:
    error = future.exception()
    if error is not None:
        _take_away(workbook / OUTPUTS / bundle.council, bundle.edition, bundle.template)
        return Outcome(bundle.council, bundle.edition, explain(error))
    return _write(workbook, bundle, future.result())


def _write(workbook: Path, bundle: Bundle, made: Made) -> Outcome:
    try:
        write_edition(workbook / OUTPUTS / bundle.council, bundle, made)
    except OSError as problem:
        told = f"{problem.filename}: {problem.strerror}; its files could not be written"
        return Outcome(bundle.council, bundle.edition, told)
    return Outcome(bundle.council, bundle.edition)


def edition_files(edition: str, template: Template) -> list[str]:
    """Return the name of each file of an edition that stands."""
    return [manifest_name(edition), *template.names(edition)]


def explain(error: BaseException) -> str:
    """Return what went wrong, in one line."""
    if isinstance(error, WorkbookError):
        return " ".join(error.message.split())
    return " ".join(f"{type(error).__name__}: {error}".split())


def write_edition(folder: Path, bundle: Bundle, made: Made) -> None:
    """Write an edition's files, each whole, and its manifest last."""
    path = folder / manifest_name(bundle.edition)
    hashed = provenance_of(bundle, made.files, made.read)
    manifest = renew_manifest(read_manifest(path), hashed, folder.parents[1])
    path.unlink(missing_ok=True)
    for name, content in made.files.items():
        write_whole(folder / name, content)
    write_whole(path, manifest.content())
    (folder / last_name(bundle.edition)).unlink(missing_ok=True)
