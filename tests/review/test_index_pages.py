"""An index holds figures and links, so it is made again like a report and compared."""

import os
from pathlib import Path

import pytest

from conftest import check_workbook, stand
from helpers.review.index_pages import check_indexes
from helpers.run.building.indexing import list_editions, write_indexes
from helpers.run.deciding import Decided, decide
from helpers.run.editions import environment
from helpers.run.editions.bundle import make_bundles


@pytest.fixture
def decided(spoiled: Path) -> Decided:
    """A workbook in which one council's report stands, and the indexes."""
    found = decide(check_workbook(spoiled))
    for bundle in make_bundles(found, "torfaen"):
        stand(outputs(found) / "torfaen", bundle)
    write_indexes(found, list_editions(found))
    return found


def outputs(decided: Decided) -> Path:
    return decided.checked.workbook / "outputs"


def told(decided: Decided) -> dict[str, str]:
    found = list(check_indexes(decided))
    assert {finding.check for finding in found} <= {"re-execution"}
    return {finding.file: finding.told for finding in found}


def test_an_index_that_is_as_it_was_made_has_no_difference(decided: Decided) -> None:
    assert told(decided) == {}


def test_a_figure_of_an_index_that_was_altered_is_quoted(decided: Decided) -> None:
    """1,211 of 2,672 people replied: 45%."""
    page = outputs(decided) / "index.html"
    html = page.read_text(encoding="utf-8")
    assert html.count("a response rate of 45%") == 1
    page.write_text(html.replace("a response rate of 45%", "a response rate of 95%"), "utf-8")
    [(file, said)] = told(decided).items()
    assert file == "index.html"
    published, again = said.split(", made again ")
    assert "a response rate of 95%" in published
    assert "a response rate of 45%" in again


def test_an_index_that_is_gone_is_missed(decided: Decided) -> None:
    (outputs(decided) / "index.cy.html").unlink()
    assert told(decided) == {"index.cy.html": "missing, or cannot be read"}


def test_a_report_that_code_has_outdated_is_no_difference_of_the_index(
    decided: Decided, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "code_digests", lambda: {"report/new.py": "0" * 64})
    assert told(decided) == {}
    editions = list_editions(decided)["torfaen"]
    assert not any(edition.current for edition in editions)  # so the index would say so now


def test_where_a_pipe_stands_nothing_is_waited_for(decided: Decided) -> None:
    (outputs(decided) / "index.html").write_text("forged", encoding="utf-8")
    os.mkfifo(outputs(decided) / "cardiff")
    assert told(decided) == {}
