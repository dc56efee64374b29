"""The index knows what stands in outputs/, and whether it is of today's inputs and code."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from conftest import check_workbook, stand
from helpers.report.pages.entries import Entry, Listed
from helpers.run.building.executing import write_edition
from helpers.run.building.indexing import entries_of, list_editions
from helpers.run.deciding import Decided, decide
from helpers.run.editions import environment
from helpers.run.editions.bundle import Made, make_bundles, make_overview_bundles
from helpers.run.editions.manifest import Learnt, Manifest
from helpers.study.files.folder import NATIONAL

DAY = date(2026, 1, 31)
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"  # sha256sum /dev/null
CURRENT = (
    Listed("en", DAY, current=True, reviewed=True),
    Listed("cy", DAY, current=True, reviewed=False),
)


@pytest.fixture
def decided(spoiled: Path) -> Decided:
    """A workbook in which one council's report stands, its Welsh not reviewed."""
    found = decide(check_workbook(spoiled))
    folder = spoiled / "outputs" / "torfaen"
    for bundle in make_bundles(found, "torfaen"):
        stand(folder, bundle, unreviewed=3 if bundle.edition == "cy" else 0)
    (folder / "figures.csv").touch()
    (folder / "notes.txt").touch()
    downloaded = Manifest.of({"outputs": {"figures.csv": EMPTY}}, "2026-01-31T23:59:00+00:00")
    (folder / "manifest.json").write_bytes(downloaded.content())
    return found


def torfaen(decided: Decided) -> Path:
    return decided.checked.workbook / "outputs/torfaen"


def entry(decided: Decided, council: str = "torfaen") -> Entry:
    (found,) = (
        entry for entry in entries_of(decided, list_editions(decided)) if entry.council == council
    )
    return found


def again(decided: Decided) -> Decided:
    return decide(check_workbook(decided.checked.workbook))


def test_an_edition_of_today_s_inputs_and_code_is_current(decided: Decided):
    found = entry(decided)
    assert found.editions == CURRENT
    pages = {f"report.{code}.{ending}" for code in ("en", "cy") for ending in ("html", "ipynb")}
    assert found.files == {"figures.csv", *pages}
    assert entry(decided, "powys").editions == ()


def test_downloads_of_an_edition_that_was_made_anew_are_not_listed_until_they_are_too(
    decided: Decided,
):
    [bundle, _] = make_bundles(decided, "torfaen")
    stood = {name: (torfaen(decided) / name).read_bytes() for name in bundle.template.names("en")}
    write_edition(torfaen(decided), bundle, Made("torfaen", "en", stood, Learnt([], [0, 9])))
    assert "figures.csv" in entry(decided).files
    other = {**stood, "report.en.html": b"<html>another</html>"}
    write_edition(torfaen(decided), bundle, Made("torfaen", "en", other, Learnt([], [0, 9])))
    assert "report.en.html" in entry(decided).files
    assert "figures.csv" not in entry(decided).files


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
    monkeypatch.setattr(environment, "code_digests", lambda: {"a": "0" * 64})
    assert [edition.current for edition in entry(decided).editions] == [False, False]


@pytest.mark.parametrize("name", ["report.en.html", "report.en.ipynb", "manifest.en.json"])
def test_an_edition_of_which_a_file_is_gone_or_changed_is_not_led_to(decided: Decided, name: str):
    (torfaen(decided) / name).write_bytes(b"spoilt")
    found = entry(decided)
    assert [edition.code for edition in found.editions] == ["cy"]
    assert "report.en.ipynb" not in found.files
    (torfaen(decided) / name).unlink()
    assert [edition.code for edition in entry(decided).editions] == ["cy"]


def test_the_overview_is_listed_by_edition_with_its_day_and_whether_it_is_current(
    decided: Decided,
):
    assert list_editions(decided)[NATIONAL] == ()
    folder = decided.checked.workbook / "outputs/national"
    for bundle in make_overview_bundles(decided):
        stand(folder, bundle, unreviewed=3 if bundle.edition == "cy" else 0)
    assert list_editions(decided)[NATIONAL] == CURRENT
    (folder / "overview.cy.html").unlink()
    assert list_editions(decided)[NATIONAL] == CURRENT[:1]
    template = decided.checked.workbook / "notebooks/national_overview.ipynb"
    template.write_bytes(template.read_bytes() + b"\n")
    assert [edition.current for edition in list_editions(again(decided))[NATIONAL]] == [False]
