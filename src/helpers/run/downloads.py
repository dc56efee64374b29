"""Write each council's downloads beside its reports, once these are made."""

import hashlib
import json
import os
import platform
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from helpers.errors import RunFailed, WorkbookError
from helpers.report.downloads import Standing, download_names, make_downloads
from helpers.run.building import Outcome, write_whole
from helpers.run.bundle import Bundle, make_bundles
from helpers.run.deciding import Decided
from helpers.run.forking import end_forks
from helpers.run.making import processes
from helpers.run.manifest import as_manifest, code_digest, manifest_name, package_versions
from helpers.study.definition import Study
from helpers.study.folder import OUTPUTS
from helpers.study.provenance import PACKAGE as DATA

DOWNLOADS = "downloads"  # in the place of an edition, where a person is told what became of them
MANIFEST = "manifest.json"
Provenance = dict[str, Any]
Wanted = tuple[
    Standing, Provenance
]  # what to make downloads from, and what the manifest says of it


def find_outdated(
    decided: Decided, councils: Mapping[str, Bundle | None], *, pdf: bool
) -> dict[str, Wanted]:
    """Return what to make the downloads of councils from, where their editions have changed.

    A council comes with a bundle of its own, where there is one at hand. Nothing is left of the
    downloads of a council whose editions all failed.
    """
    checked, wanted = decided.checked, {}
    for council, bundle in councils.items():
        folder = checked.workbook / OUTPUTS / council
        known = bundle or next(make_bundles(checked, council, decided.national))
        standing = _standing(decided, known)
        if standing is None:
            _remove(folder, checked.study, known.template.stem)
            continue
        made_from = _provenance(folder, standing, known)
        if not _is_current(folder, made_from, standing, pdf=pdf):
            wanted[council] = (standing, made_from)
    return wanted


def write_downloads(
    decided: Decided,
    wanted: Mapping[str, Wanted],
    tell: Callable[[Outcome], None],
    *,
    pdf: bool,
) -> list[Outcome]:
    """Make the downloads of councils anew, each in a process of its own, and write them.

    Nothing stays of an edition that does not stand, nor of downloads that could not be made.
    """
    study, outcomes = decided.checked.study, []
    pool = processes(min(os.cpu_count() or 1, len(wanted) or 1))
    with pool:
        running = {
            council: pool.submit(make_anew, study, standing, pdf=pdf)
            for council, (standing, _) in wanted.items()
        }
        try:
            for council, future in running.items():
                folder = decided.checked.workbook / OUTPUTS / council
                error = _finish(folder, study, wanted[council], future)
                outcomes.append(Outcome(council, DOWNLOADS, error))
                tell(outcomes[-1])
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            end_forks()
            raise
    return outcomes


def make_anew(study: Study, standing: Standing, *, pdf: bool) -> dict[str, bytes]:
    """Make a council's downloads; raises RunFailed for an edition of another study."""
    try:
        return make_downloads(study, standing, pdf=pdf)
    except LookupError as error:
        told = f"an edition knows of {error}, which the study does not; build all its editions"
        raise RunFailed(told) from None


def _standing(decided: Decided, bundle: Bundle) -> Standing | None:
    """Return the editions that stand beside that of a bundle; None where there is none."""
    checked, council = decided.checked, bundle.council
    folder, languages = checked.workbook / OUTPUTS / council, checked.study.about.languages
    file = checked.parameters.get(council)  # the overview has none
    asked = file.parameters.editions if file else languages
    manifests = {
        code: _read_manifest(folder / manifest_name(code)) for code in languages if code in asked
    }
    made = {code: found["unhashed"]["made"] for code, found in manifests.items() if found}
    if not made:
        return None
    names = [name for code in made for name in bundle.template.names(code)]
    files = {name: (folder / name).read_bytes() for name in names}
    data = (checked.workbook / DATA).read_bytes()
    newest = max(made, key=made.__getitem__)
    return Standing(council, tuple(made), newest, files, data, bundle.template.stem)


def _read_manifest(path: Path) -> dict[str, Any]:
    """Return a manifest; nothing where there is none, or none that can be read."""
    try:
        manifest: dict[str, Any] = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return manifest


def _provenance(folder: Path, standing: Standing, bundle: Bundle) -> Provenance:
    """Return what the downloads are made from: the editions, today's study and data, the code."""
    return {
        "council": standing.council,
        "editions": {
            code: _read_manifest(folder / manifest_name(code))["digest"]
            for code in standing.editions
        },
        "files": _digests(standing.files),
        "inputs": bundle.digests(),
        "code": code_digest(),
        "packages": package_versions(),
        "python": platform.python_version(),
    }


def _is_current(folder: Path, made_from: Provenance, standing: Standing, *, pdf: bool) -> bool:
    """Say whether the downloads that stand there are those that would be made."""
    try:
        hashed = _read_manifest(folder / MANIFEST)["hashed"]
        outputs = hashed.pop("outputs")
        stand = _digests({name: (folder / name).read_bytes() for name in outputs})
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return False  # missing, or somebody changed it
    printed = {standing.named(code, "pdf") for code in standing.editions}
    complete = not pdf or printed <= set(outputs)
    return complete and hashed == made_from and stand == outputs


def _finish(folder: Path, study: Study, wanted: Wanted, future: "Future[dict[str, bytes]]") -> str:
    """Write what was made, or leave nothing of it; return what went wrong, if anything did."""
    try:
        _write(folder, study, wanted, future.result())
    except WorkbookError as error:
        _remove(folder, study, wanted[0].stem)
        return " ".join(error.message.split())
    except OSError as error:
        return f"{error.filename}: {error.strerror}; the downloads could not be written"
    return ""


def _write(folder: Path, study: Study, wanted: Wanted, made: Mapping[str, bytes]) -> None:
    """Write the downloads, each whole, and their manifest last."""
    standing, made_from = wanted
    _remove(folder, study, standing.stem, but=made)
    for name, content in made.items():
        write_whole(folder / name, content)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    write_whole(folder / MANIFEST, as_manifest({**made_from, "outputs": _digests(made)}, now))


def _remove(folder: Path, study: Study, stem: str, but: Mapping[str, bytes] | None = None) -> None:
    for name in [MANIFEST, *download_names(study.about.languages, stem)]:
        if name not in (but or {}):
            (folder / name).unlink(missing_ok=True)


def _digests(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}
