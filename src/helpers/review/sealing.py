"""The seal: whether each file in outputs/ is the one that was made.

Three may tell the digest of a file: the manifest that it was made with, the list that the office
publishes, and a page that of itself. What they say of one file is one finding.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from helpers.errors import NotPublishable
from helpers.report.pages.seal import read_seal
from helpers.review.digest_list import Listed
from helpers.review.findings import Finding
from helpers.review.plain_files import read_plain, read_plain_manifest, strange, strange_below
from helpers.run.editions.bundle import Bundle
from helpers.run.editions.manifest import DOWNLOADED, manifest_name
from helpers.run.editions.published import DIGESTS
from helpers.study.files.digests import digests

SHOWN = 12  # of a digest's characters in a message
REVIEW, WORKING = "review.html", "edit."  # of no reader's

# By file name: who tells its digest, and the digest, which is empty where one should be told.
Records = dict[str, dict[str, str]]


def check_folder(outputs: Path, bundles: Sequence[Bundle], listed: Listed) -> Iterator[Finding]:
    """Find which files of a council's folder are not those that were made.

    `bundles` are those of its editions, and `listed` holds the office's list, of all folders.
    """
    council = bundles[0].council
    folder, records = outputs / council, Records()
    if told := strange(folder):
        yield Finding("seal", council, told)
        return
    for bundle in bundles:
        names = bundle.template.names(bundle.edition)
        _add_manifest(records, folder, manifest_name(bundle.edition), names)
    _add_manifest(records, folder, DOWNLOADED, ())
    if listed:
        _add_list(records, listed.get(council, {}), _standing(folder, folder.rglob("*"), REVIEW))
    for name in sorted(records):
        if told := _tell(folder / name, records[name]):
            yield Finding("seal", f"{council}/{name}", told)


def check_elsewhere(outputs: Path, councils: Container[str], listed: Listed) -> Iterator[Finding]:
    """Find which files in no council's folder are not those of the office's list, or not on it."""
    records = Records()
    if listed:
        named = {
            f"{folder}/{name}" if folder else name: digest
            for folder, files in listed.items()
            if folder not in councils
            for name, digest in files.items()
        }
        paths = (
            path
            for path in outputs.rglob("*")
            if path.relative_to(outputs).parts[0] not in councils
        )
        _add_list(records, named, _standing(outputs, paths, DIGESTS, "README.md"))
    for name in sorted(records):
        if told := _tell(outputs / name, records[name]):
            yield Finding("seal", name, told)


def check_strange(outputs: Path, told: Iterable[Finding]) -> Iterator[Finding]:
    """Find links and pipes in any folder that were not told yet: a later command may read them."""
    known = {name for finding in told for name in finding.file.split(", ")}
    for path in strange_below(outputs):
        if (name := path.relative_to(outputs).as_posix()) not in known:
            yield Finding("seal", name, strange(path))


def _add_manifest(records: Records, folder: Path, name: str, expected: Iterable[str]) -> None:
    """Add a manifest, and the digests that it tells; `expected` are files that it must name."""
    records.setdefault(name, {})
    if manifest := read_plain_manifest(folder / name):
        recorded = manifest.hashed["outputs"]
        for file in {*recorded, *expected}:
            records.setdefault(file, {})[name] = recorded.get(file, "")


def _add_list(records: Records, listed: Mapping[str, str], standing: Iterable[str]) -> None:
    """Add the digests that the office's list tells, of what stands there and what should."""
    for name in {*listed, *standing}:
        records.setdefault(name, {})[DIGESTS] = listed.get(name, "")


def _standing(folder: Path, paths: Iterable[Path], *unlisted: str) -> Iterator[str]:
    """Yield the names, from a folder on, of the files that a reader may meet below it.

    `unlisted` are those in the folder itself that no list names.
    """
    for path in paths:
        name = path.relative_to(folder).as_posix()
        hidden = path.name.startswith((".", WORKING)) or name in unlisted
        if not hidden and (strange(path) or not path.is_dir()):
            yield name


def _tell(path: Path, recorded: Mapping[str, str]) -> str:
    """Say all that is wrong with a file; nothing where it is the one that was made."""
    content = read_plain(path)
    found = "" if content is None else digests({"": content})[""]
    wrong = {by: digest for by, digest in recorded.items() if digest != found}
    itself = [] if content is None else list(_itself(path, content))
    if found and not wrong and not itself:
        return ""
    state = f"its SHA-256 is {found[:SHOWN]}…" if found else strange(path) or "missing"
    return "; ".join([f"{state}, but {_recorded(wrong)}" if wrong else state, *itself])


def _recorded(wrong: Mapping[str, str]) -> str:
    """Say who records which digest, those of the same together."""
    by_digest: dict[str, list[str]] = {}
    for by, digest in wrong.items():
        by_digest.setdefault(digest, []).append(by)
    return " and ".join(
        f"{' and '.join(who)} record{'s' * (len(who) == 1)} {digest[:SHOWN]}…"
        if digest
        else f"{' and '.join(who)} do{'es' * (len(who) == 1)} not list it"
        for digest, who in by_digest.items()
    )


def _itself(path: Path, content: bytes) -> Iterator[str]:
    """Yield what is wrong with a page, or a manifest, by the digest that it carries of itself."""
    if path.name.startswith("manifest.") and read_plain_manifest(path) is None:
        yield "it is no manifest as a build writes it"
    if path.suffix == ".html":
        yield from _carried(content)


def _carried(page: bytes) -> Iterator[str]:
    try:
        carried, computed = read_seal(page)
    except NotPublishable as error:
        yield error.message
        return
    if carried != computed:
        yield f"it carries the digest {carried[:SHOWN]}… of itself, but has {computed[:SHOWN]}…"
