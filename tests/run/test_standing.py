"""What stands in outputs/ is what its manifest tells of, to the byte."""

from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import stand
from helpers.report.notebook.template import COUNCIL_REPORT
from helpers.run.editions.bundle import Bundle
from helpers.run.editions.manifest import Manifest, read_manifest, renew_manifest
from helpers.run.editions.standing import read_edition

SHA = "0123456789abcdef" * 4
SPOILT: dict[str, Callable[[Path], object]] = {
    "no page": lambda folder: (folder / "report.en.html").unlink(),
    "another page": lambda folder: (folder / "report.en.html").write_bytes(b"<html>"),
    "no notebook": lambda folder: (folder / "report.en.ipynb").unlink(),
    "a folder for a page": lambda folder: (
        (folder / "report.en.html").rename(folder / "old") and (folder / "report.en.html").mkdir()
    ),
    "no manifest": lambda folder: (folder / "manifest.en.json").unlink(),
}
MANIFESTS = [
    b"",
    b"{}",
    b"[]",
    b"\xff",
    b"[" * 100_000,
    b'{"unhashed": 3}',
    b'{"unhashed": {"made": 3}}',
    b'{"hashed": {"outputs": {}}, "unhashed": {"made": "2026-01-31"}}',
    b'{"digest": "0", "hashed": {"outputs": {"a": SHA}}, "unhashed": {"made": "2026-01-31"}}',
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which one edition stands."""
    stand(tmp_path, Bundle("torfaen", "en", {}))
    return tmp_path


def test_an_edition_stands_with_its_files_and_the_day_it_was_made(folder: Path):
    found = read_edition(folder, COUNCIL_REPORT, "en")
    assert found is not None
    assert set(found.files) == {"report.en.ipynb", "report.en.html"}
    assert found.files["report.en.html"] == b"<html></html>"
    assert found.manifest.day.isoformat() == "2026-01-31"
    assert read_edition(folder, COUNCIL_REPORT, "cy") is None


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_an_edition_of_which_a_file_is_gone_or_changed_does_not_stand(
    folder: Path, spoil: Callable[[Path], object]
):
    spoil(folder)
    assert read_edition(folder, COUNCIL_REPORT, "en") is None


@pytest.mark.parametrize("content", MANIFESTS, ids=range(len(MANIFESTS)))
def test_a_manifest_that_somebody_spoilt_is_of_nothing(folder: Path, content: bytes):
    (folder / "manifest.en.json").write_bytes(content)
    assert read_edition(folder, COUNCIL_REPORT, "en") is None


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path):
    written = Manifest.of({"outputs": {"a": SHA}}, "2026-01-31T23:59:00+00:00")
    (tmp_path / "manifest.json").write_bytes(written.content())
    assert read_manifest(tmp_path / "manifest.json") == written


@pytest.mark.parametrize(
    "outputs",
    [{}, {"..": SHA}, {".a": SHA}, {"a/b": SHA}, {"a\n": SHA}, {"a": f"{SHA}\n"}, {"a": "0"}],
    ids=str,
)
def test_a_manifest_of_no_files_or_of_what_is_no_file_s_digest_is_none(
    tmp_path: Path, outputs: dict[str, str]
):
    written = Manifest.of({"outputs": outputs}, "2026-01-31T23:59:00+00:00")
    (tmp_path / "manifest.json").write_bytes(written.content())
    assert read_manifest(tmp_path / "manifest.json") is None


def test_a_manifest_whose_digest_is_of_something_else_is_none(tmp_path: Path):
    written = Manifest.of({"outputs": {"a": SHA}}, "2026-01-31T23:59:00+00:00")
    altered = written.content().replace(SHA.encode(), SHA[::-1].encode())
    (tmp_path / "manifest.json").write_bytes(altered)
    assert read_manifest(tmp_path / "manifest.json") is None


def test_the_date_of_what_was_made_stays_until_something_else_is_made(tmp_path: Path):
    before = Manifest.of({"outputs": {"a": SHA}}, "2026-01-31T23:59:00+00:00")
    assert (
        renew_manifest(before, {"outputs": {"a": SHA}}, tmp_path).made
        == "2026-01-31T23:59:00+00:00"
    )
    assert renew_manifest(before, {"outputs": {"a": SHA[::-1]}}, tmp_path).made != before.made
    assert renew_manifest(None, {"outputs": {"a": SHA}}, tmp_path).made != before.made
