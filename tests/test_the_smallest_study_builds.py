"""The smallest study stands in the documentation, whole, and builds from the text of that page."""

import re
from pathlib import Path

import pytest

from conftest import ROOT, run_workbook
from helpers.report.content.council_report import CouncilReport
from helpers.run.editions.calls import sections_of
from helpers.study.definition import ANSWERS, StudyFile
from helpers.study.parameters import Parameters

PAGE = (ROOT / "docs/another-study.md").read_text(encoding="utf-8")
FILES = re.findall(r"^`(\S+)`:\n\n```\w+\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
OF_NO_CELL = {"sentence_measures", "cases"}  # of the cell that opens the report; of a section


@pytest.fixture
def smallest(tmp_path: Path) -> Path:
    for name, text in FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_the_smallest_study_builds_from_the_page_that_shows_it(smallest: Path) -> None:
    done = run_workbook("build", "--workbook", smallest)
    assert done.returncode == 0, done.stderr
    for branch in ("north", "south"):
        page = (smallest / f"outputs/{branch}/report.en.html").read_text(encoding="utf-8")
        # of ten people, as the page lists them, five agree
        assert re.search(r"Of those who answered, <a[^>]*>50%</a> have time to read", page)


def test_a_theme_without_a_cell_is_told_where_to_write_it(smallest: Path) -> None:
    template = smallest / "notebooks/council_report.ipynb"
    text = template.read_text(encoding="utf-8")
    template.write_text(text.replace(', "theme": "books"', ""), encoding="utf-8")
    done = run_workbook("check", "--workbook", smallest)
    assert "0 cells tagged 'narrative' have the theme 'books'; expected exactly one, with " in (
        done.stderr
    )
    assert '"theme": "books" in the cell\'s metadata, beside its tags' in done.stderr


@pytest.mark.parametrize("name", [*StudyFile.model_fields, *ANSWERS, *Parameters.model_fields])
def test_each_key_of_a_study_stands_on_the_page(name: str) -> None:
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("name", sorted({*sections_of(CouncilReport)} - OF_NO_CELL))
def test_each_section_of_a_report_stands_on_the_page(name: str) -> None:
    assert f"`report.{name}(" in PAGE


def test_the_page_names_no_section_that_there_is_none_of() -> None:
    assert {*re.findall(r"report\.(\w+)\(", PAGE)} <= {*sections_of(CouncilReport)}
