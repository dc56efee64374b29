"""The seal: whether each output is what its manifest tells of, and made of today's inputs."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from helpers.errors import NotPublishable
from helpers.report.seal import read_seal
from helpers.review.findings import Finding
from helpers.run.bundle import Bundle
from helpers.run.downloads import MANIFEST
from helpers.run.environment import made_by
from helpers.run.manifest import manifest_name, provenance_of, read_manifest
from helpers.run.published import DIGESTS, read_digests
from helpers.study.data import DECIDED, DECIDED_COUNCILS, DECISIONS
from helpers.study.digests import digests

SHOWN = 12  # of a digest's characters in a message
REVIEW, README, WORKING = "review.html", "README.md", "edit."  # of no reader's
ENVIRONMENT = ("python", "platform", "locale")  # what is told, but is no difference by itself
TABLE = "national table"  # where a value that all councils share is told of
WHAT = {  # of the parts of a bundle that are no file of the workbook
    DECIDED: "the table of all councils' answers, as decided,",
    DECISIONS: "what may be shown of the council, as decided,",
    DECIDED_COUNCILS: "the table of what the overview may know of each council",
}
UNREADABLE = "missing, or altered since it was written; expected the manifest of a build"


def check_edition(outputs: Path, bundle: Bundle) -> Iterator[Finding]:
    """Find what of an edition was altered since it was made, and what it was made of that changed.

    Today's inputs, which are named where they differ from the recorded ones, are those of `bundle`.
    """
    folder, name = outputs / bundle.council, manifest_name(bundle.edition)
    manifest = read_manifest(folder / name)
    if manifest is None:
        yield Finding("seal", f"{bundle.council}/{name}", UNREADABLE)
        return
    recorded = manifest.hashed["outputs"]
    yield from _check_files(
        outputs, bundle.council, recorded, bundle.template.names(bundle.edition)
    )
    yield from _check_inputs(manifest.hashed, provenance_of(bundle, {}, manifest.learnt))


def check_downloads(outputs: Path, council: str) -> Iterator[Finding]:
    """Find which of a council's downloads were altered since they were made."""
    if not (outputs / council / MANIFEST).exists():
        return
    manifest = read_manifest(outputs / council / MANIFEST)
    if manifest is None:
        yield Finding("seal", f"{council}/{MANIFEST}", UNREADABLE)
        return
    yield from _check_files(outputs, council, manifest.hashed["outputs"], ())


def check_list(outputs: Path, *, everything: bool) -> dict[str, list[Finding]]:
    """Return, by folder, which files are not those of the office's list, or not on it.

    What is in no folder is under "": the list itself, and the indexes, which are looked at where
    `everything` is.
    """
    listed, found = read_digests(outputs), dict[str, list[Finding]]()
    if not listed:
        told = "missing, or no list of digests; 'workbook build' writes it"
        return {"": [Finding("seal", DIGESTS, told)]}
    for name, told in _compare_list(outputs, listed):
        folder = name.split("/")[0] if "/" in name else ""
        if folder or everything or name == DIGESTS:
            found.setdefault(folder, []).append(Finding("seal", name, told))
    return found


def _compare_list(outputs: Path, listed: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, digest in listed.items():
        if ".." in Path(name).parts or Path(name).is_absolute():
            yield DIGESTS, f"lists '{name}', which leads out of the folder"
        elif (found := digest_of(outputs / name)) != digest:
            yield name, f"{_is(found)}, but {DIGESTS} lists {digest[:SHOWN]}…"
    for path in outputs.rglob("*"):
        name = path.relative_to(outputs).as_posix()
        known = name in listed or path.name in (DIGESTS, REVIEW, README)
        if path.is_file() and not known and not path.name.startswith((".", WORKING)):
            yield name, f"stands there, but {DIGESTS} does not list it"


def changed_environment(hashed: Mapping[str, Any]) -> list[str]:
    """Return what an edition was made with that is different here: a note, not a difference."""
    now = made_by()
    packages, here = hashed.get("packages", {}), now["packages"]
    changed = [
        f"{name} {packages.get(name, 'none')}, here {here.get(name, 'none')}"
        for name in sorted(packages.keys() | here.keys())
        if packages.get(name) != here.get(name)
    ]
    moved = [key for key in ENVIRONMENT if hashed.get(key) != now[key]]
    return [f"{key} {hashed.get(key)}, here {now[key]}" for key in moved] + changed


def digest_of(path: Path) -> str:
    """Return a file's SHA-256, empty where it cannot be read."""
    try:
        return digests({"": path.read_bytes()})[""]
    except (OSError, ValueError):  # no file has a name with a NUL
        return ""


def _check_files(
    outputs: Path, council: str, recorded: Mapping[str, str], expected: Iterable[str]
) -> Iterator[Finding]:
    for name in sorted({*recorded, *expected}):
        file, found = f"{council}/{name}", digest_of(outputs / council / name)
        if found != recorded.get(name):
            told = f"{_is(found)}, but its manifest records {recorded.get(name, 'none')[:SHOWN]}…"
            yield Finding("seal", file, told)
        if found and name.endswith(".html"):
            yield from _check_seal(file, (outputs / council / name).read_bytes())


def _check_seal(file: str, page: bytes) -> Iterator[Finding]:
    try:
        carried, computed = read_seal(page)
    except NotPublishable as error:
        yield Finding("seal", file, error.message)
        return
    if carried != computed:
        told = f"altered: it carries the digest {carried[:SHOWN]}…, but has {computed[:SHOWN]}…"
        yield Finding("seal", file, told)


def _check_inputs(recorded: Mapping[str, Any], today: Mapping[str, Any]) -> Iterator[Finding]:
    """Name each input and each file of the code that is not the recorded one; today's is used."""
    prefixes = {"inputs": "", "national": f"{TABLE}: ", "code": "src/helpers/"}
    for part, prefix in prefixes.items():
        before, now = recorded.get(part, {}), today[part]
        for name in sorted(before.keys() | now.keys()):
            if before.get(name) == now.get(name):
                continue
            state = "is new" if name not in before else "changed" if now.get(name) else "is gone"
            what = f"{WHAT.get(name, 'it')} {state} since the report was made; today's is used"
            yield Finding("inputs", prefix + name, what)


def _is(digest: str) -> str:
    return f"its SHA-256 is {digest[:SHOWN]}…" if digest else "missing"
