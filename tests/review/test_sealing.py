"""What manifest, list and page say of one file is one finding."""

import hashlib
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from helpers.report.notebook.template import COUNCIL_REPORT
from helpers.report.pages.seal import UNSEALED, seal
from helpers.review.sealing import check_elsewhere, check_folder
from helpers.run.editions.manifest import Manifest

BUNDLE = SimpleNamespace(council="torfaen", edition="en", template=COUNCIL_REPORT)
NOTEBOOK, PAGE = COUNCIL_REPORT.names("en")
FILES = {NOTEBOOK: b"{}", PAGE: seal(f"<head>{UNSEALED}</head>").encode(), "figures.csv": b"1"}


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def write(path: Path, *names: str, **changed: str) -> None:
    recorded = {name: digest(FILES[name]) for name in names} | changed
    made = Manifest.of({"outputs": recorded}, "2026-11-28T09:00:00+00:00")
    path.write_bytes(made.content())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "torfaen"
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    write(folder / "manifest.en.json", NOTEBOOK, PAGE)
    write(folder / "manifest.json", "figures.csv")
    return folder


def told(folder: Path, listed: dict[str, str] | None = None) -> dict[str, str]:
    """What is told by file; unless another list is given, it is that of the files as made."""
    manifests = {path.name: digest(path.read_bytes()) for path in folder.glob("manifest*")}
    made = {name: digest(content) for name, content in FILES.items()} | manifests
    known = {"torfaen": made} if listed is None else listed
    found = list(check_folder(folder.parent, [BUNDLE], known))
    assert {finding.check for finding in found} <= {"seal"}
    assert len({finding.file for finding in found}) == len(found)
    return {finding.file.removeprefix("torfaen/"): finding.told for finding in found}


def test_nothing_is_told_of_what_was_made(folder: Path) -> None:
    assert told(folder) == {}
    (folder / "review.html").write_text("for the office", encoding="utf-8")
    (folder / "edit.en.ipynb").write_text("somebody's work", encoding="utf-8")
    assert told(folder) == {}


def test_all_that_is_wrong_with_a_page_is_one_finding(folder: Path) -> None:
    altered = FILES[PAGE].replace(b"</head>", b"</head>x")
    (folder / PAGE).write_bytes(altered)
    carried = FILES[PAGE].decode().split('content="')[1][:12]
    has = digest(b"<head>" + UNSEALED.encode() + b"</head>x")[:12]
    by = f"but manifest.en.json and digests.txt record {digest(FILES[PAGE])[:12]}…"
    itself = f"it carries the digest {carried}… of itself, but has {has}…"
    assert told(folder) == {PAGE: f"its SHA-256 is {digest(altered)[:12]}…, {by}; {itself}"}


def test_who_records_otherwise_is_told_apart(folder: Path) -> None:
    write(folder / "manifest.json", **{"figures.csv": "0b" * 32})
    known = digest(FILES["figures.csv"])[:12]
    assert told(folder) == {
        "figures.csv": f"its SHA-256 is {known}…, but manifest.json records {'0b' * 6}…"
    }
    only = {"torfaen": {"figures.csv": "1c" * 32}}
    both = f"manifest.json records {'0b' * 6}… and digests.txt records {'1c' * 6}…"
    assert told(folder, only)["figures.csv"] == f"its SHA-256 is {known}…, but {both}"


def test_a_file_that_nobody_lists_is_named(folder: Path) -> None:
    (folder / "more.csv").write_bytes(b"2")
    state = f"its SHA-256 is {digest(b'2')[:12]}…"
    assert told(folder) == {"more.csv": f"{state}, but digests.txt does not list it"}
    assert told(folder, {}) == {}  # without a list, of which its own finding tells


def test_a_file_that_is_gone_is_named_though_an_empty_digest_is_recorded(folder: Path) -> None:
    (folder / PAGE).unlink()
    write(folder / "manifest.en.json", NOTEBOOK, **{PAGE: ""})
    assert told(folder)[PAGE].startswith("missing")
    assert told(folder, {})["manifest.en.json"].endswith("it is no manifest as a build writes it")


def test_a_manifest_that_was_altered_is_named(folder: Path) -> None:
    said = json.loads((folder / "manifest.en.json").read_bytes())
    said["hashed"]["outputs"].pop(PAGE)
    (folder / "manifest.en.json").write_text(json.dumps(said), encoding="utf-8")
    assert told(folder)["manifest.en.json"].endswith("…; it is no manifest as a build writes it")


def elsewhere(outputs: Path, **listed: dict[str, str]) -> dict[str, str]:
    """What is told by file of all but Torfaen's; `listed` by folder, "" as `top`."""
    known = {folder.replace("top", ""): files for folder, files in listed.items()}
    found = check_elsewhere(outputs, {"torfaen"}, known)
    return {finding.file: finding.told for finding in found}


def test_a_report_in_a_folder_of_no_council_is_named(folder: Path) -> None:
    outputs = folder.parent
    other = outputs / "london" / "deep"
    other.mkdir(parents=True)
    names = ("report.html", "README.md", "digests.txt")
    for name in names:
        (other / name).write_bytes(FILES[PAGE])
    for name in ("README.md", "digests.txt"):  # the office's own
        (outputs / name).touch()
    found = elsewhere(outputs, top={}, torfaen={"gone.html": "0" * 64})
    assert found.keys() == {
        f"london/deep/{name}" for name in ("report.html", "README.md", "digests.txt")
    }
    assert all("digests.txt does not list it" in told for told in found.values())


def test_what_is_listed_in_a_folder_of_no_council_must_stand_there(folder: Path) -> None:
    assert elsewhere(folder.parent, leeds={"report.html": "a" * 64}) == {
        "leeds/report.html": "missing, but digests.txt records aaaaaaaaaaaa…"
    }


def test_a_readme_in_a_council_s_folder_is_a_page_like_any_other(folder: Path) -> None:
    (folder / "README.md").write_text("another report", encoding="utf-8")
    [(file, said)] = told(folder).items()
    assert file == "README.md"
    assert said.endswith("but digests.txt does not list it")
