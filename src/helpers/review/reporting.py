"""Tell what a review found: on the screen, on the review pages, and in the record of sign-offs."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from helpers.errors import CouncilsRefused, DifferencesFound, UsageError, shown
from helpers.review.findings import CHECKS, Echo, Finding
from helpers.review.plain_files import strange
from helpers.review.reperforming import Performed
from helpers.review.review_page import LIST, render_review
from helpers.review.sealing import REVIEW
from helpers.review.verifying import Verdict, verify
from helpers.run.building.indexing import list_editions, write_indexes
from helpers.run.building.planning import plan
from helpers.run.checking import check_apart
from helpers.run.deciding import Decided, decide
from helpers.study.files.folder import OUTPUTS
from helpers.study.files.wholefile import write_whole
from helpers.study.sign_offs import SignOff, add_sign_offs, read_sign_offs

Progress = Callable[[int], AbstractContextManager[Callable[[Performed], None]]]
FEW = 2  # review pages that are named one by one
LISTED = 5  # differences of one check, and uses of one figure, on the screen; a page has all


def verify_workbook(
    workbook: Path, councils: Iterable[str], signed_by: str | None, echo: Echo, progress: Progress
) -> None:
    """Verify councils, or all with the overview; write their review pages and tell what was found.

    Where nothing differs, `signed_by` is recorded as the reviewer of each edition. Raises
    DifferencesFound where something does, CouncilsRefused where no council's own files are as
    expected, UsageError for a name that cannot be recorded.
    """
    if signed_by is not None:
        check_name(signed_by)
    decided = decide(check_apart(workbook))
    planned = plan(decided, councils, None)
    if planned.refused.keys() == planned.editions.keys():
        raise CouncilsRefused(chain(*planned.refused.values()))
    bundles = list(planned)
    with progress(len(bundles)) as tell:
        verdict = verify(decided, bundles, planned.refused, tell)
    if signed_by is not None and not verdict.findings:
        _sign_off(decided, verdict, " ".join(signed_by.split()))
    _tell(verdict, echo)
    failed = _write_pages(decided, verdict, echo)
    for line in failed:
        echo(shown(line))
    echo(LIST)
    if found := len(verdict.findings):
        not_signed = "; nothing is signed off" if signed_by is not None else ""
        raise DifferencesFound(f"{found:,} difference{'s' * (found > 1)}{not_signed}")
    if failed:
        raise UsageError(f"{len(failed)} of {len(verdict.reviews)} review pages are not written")


def check_name(by: str) -> None:
    """Raise UsageError for a name that cannot be shown on a page as it is."""
    name = " ".join(by.split())
    if not name or not name.isprintable():
        raise UsageError(f"--sign-off: '{shown(by)}' is no name; expected the reviewer's name")


def _sign_off(decided: Decided, verdict: Verdict, by: str) -> None:
    today = datetime.now(UTC).date()
    add_sign_offs(
        decided.checked.workbook,
        [
            SignOff(council=review.council, edition=code, by=by, on=today, digest=manifest.digest)
            for review in verdict.reviews
            for code, manifest in review.manifests.items()
        ],
    )
    write_indexes(decided, list_editions(decided))


def _tell(verdict: Verdict, echo: Echo) -> None:
    for review in verdict.reviews:
        _tell_findings(review.council, review.findings, echo)
        for note in review.notes[:LISTED]:
            echo(f"{review.council}: note: made with {shown(note)}")
    _tell_findings("all reports", verdict.general, echo)
    editions = [one for review in verdict.reviews for one in review.editions]
    figures = sum(len(one.again or one.published) for one in editions)
    echo(
        f"{figures:,} figures of {len(editions)} editions run again and computed by a second "
        f"route: {_outcome(verdict)}"
    )


def _tell_findings(whose: str, findings: list[Finding], echo: Echo) -> None:
    for check in CHECKS:
        alike = [found for found in findings if found.check == check]
        for found in alike[:LISTED]:
            echo(f"{whose}: {shown(str(found))}")
            for use in found.uses[:LISTED]:
                echo(f"    used in {shown(use)}")
        if len(alike) > LISTED:
            echo(f"{whose}: {check}: … and {len(alike) - LISTED:,} more: see the review page")


def _outcome(verdict: Verdict) -> str:
    found = len(verdict.findings)
    return f"{found:,} difference{'s' * (found > 1)}" if found else "no difference"


def _write_pages(decided: Decided, verdict: Verdict, echo: Echo) -> list[str]:
    """Write the review page of each council, and say where; return which could not be, and why."""
    workbook = decided.checked.workbook
    signed = read_sign_offs(workbook)
    errors = {}
    for review in verdict.reviews:
        name = f"{OUTPUTS}/{review.council}/{REVIEW}"
        errors[name] = _write(workbook / name, render_review(decided, verdict, review, signed))
    if written := [name for name, error in errors.items() if not error]:
        told = written if len(written) <= FEW else [f"{OUTPUTS}/<council>/{REVIEW}"]
        echo(f"review pages: {', '.join(told)}")
    return [f"{name}: {error}" for name, error in errors.items() if error]


def _write(path: Path, page: str) -> str:
    """Write a page; return why it could not be written, nothing where it was."""
    if told := strange(path.parent):  # a link may lead out of the workbook
        return f"not written: its folder is {told}"
    try:
        write_whole(path, page.encode())
    except OSError as problem:
        return f"not written: {problem.strerror}"
    return ""
