"""The index knows what stands in outputs/, and whether it is of today's inputs and code."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from helpers.report.site import Entry, Standing
from helpers.run import manifest
from helpers.run.bundle import make_bundles
from helpers.run.checking import check_workbook
from helpers.run.deciding import Decided, decide
from helpers.run.manifest import make_manifest, manifest_name
from helpers.run.standing import entries_of

DAY = date(2026, 1, 31)


@pytest.fixture
def decided(spoiled: Path) -> Decided:
    """A workbook of which one council was built, as its manifests tell."""
    found = decide(check_workbook(spoiled))
    folder = spoiled / "outputs" / "torfaen"
    folder.mkdir(parents=True)
    (folder / "figures.csv").touch()
    for bundle in make_bundles(found.checked, "torfaen", found.national):
        made = make_manifest(bundle, {"report.html": b"page"}, "2026-01-31T23:59:00+00:00")
        (folder / manifest_name(bundle.edition)).write_bytes(made)
    return found


def entry(decided: Decided, council: str = "torfaen") -> Entry:
    (found,) = (entry for entry in entries_of(decided) if entry.council == council)
    return found


def again(decided: Decided) -> Decided:
    return decide(check_workbook(decided.checked.workbook))


def test_an_edition_of_today_s_inputs_and_code_is_current(decided: Decided):
    found = entry(decided)
    assert found.editions == (Standing("en", DAY, current=True), Standing("cy", DAY, current=True))
    assert set(found.files) == {"figures.csv", "manifest.en.json", "manifest.cy.json"}
    assert entry(decided, "powys").editions == ()


def test_an_edition_of_other_inputs_is_out_of_date(
    decided: Decided, edit: Callable[[Path, str, str], None]
):
    edit(decided.checked.workbook / "params/torfaen.yaml", "A clear vision", "A vision")
    assert [edition.current for edition in entry(again(decided)).editions] == [False, False]


def test_a_review_makes_only_translated_editions_out_of_date(decided: Decided):
    record = decided.checked.workbook / "notebooks/locale/reviewed.csv"
    record.write_text(
        "language,digest,place,by,on\ncy,0123456789ab,x,Ann,2026-01-31\n", encoding="utf-8"
    )
    assert [edition.current for edition in entry(again(decided)).editions] == [True, False]


def test_an_edition_of_other_code_is_out_of_date(decided: Decided, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(manifest, "code_digest", lambda: "0" * 64)
    assert [edition.current for edition in entry(decided).editions] == [False, False]


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"unhashed": {"made": 3}}', b"\xff"])
def test_a_manifest_that_somebody_spoilt_is_of_nothing(decided: Decided, content: bytes):
    (decided.checked.workbook / "outputs/torfaen/manifest.en.json").write_bytes(content)
    assert [edition.code for edition in entry(decided).editions] == ["cy"]
