"""A report opens with what its parameters say, and with the study's own where they are silent."""

from datetime import date
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from helpers.report.opening import open_report


@pytest.fixture
def workbook(decided_workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBOOK_FOLDER", str(decided_workbook))


@pytest.mark.usefixtures("workbook")
def test_a_report_without_a_date_has_the_study_s():
    assert open_report("torfaen", "en", "").report_date == date(2018, 12, 6)  # as published
    assert open_report("torfaen", "en", "2019-01-31").report_date == date(2019, 1, 31)


@pytest.mark.usefixtures("workbook")
@pytest.mark.parametrize(
    ("council", "own"),
    [("conwy", "Conwy"), ("denbighshire", "Conwy"), ("flintshire", "Flintshire")],
)
def test_no_council_is_told_to_learn_from_itself(council: str, own: str):
    """Of no theme a score is shown, so that the cases of all themes would serve."""
    report = open_report(council, "en", "")
    cells = report.measures.cells
    report.measures.cells = {key: {**cell, "suppressed": True} for key, cell in cells.items()}
    titles = BeautifulSoup(report.good_practice().html, "html.parser").find_all("h3")
    found = {title.text.replace(":", "").split()[0] for title in titles}
    everyone = {"Camden", "Carmarthenshire", "Flintshire", "Conwy", "Leeds", "London"}
    assert found == everyone - {own}
