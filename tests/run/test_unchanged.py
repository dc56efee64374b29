"""Whatever a build could read counts, wherever links lead to it."""

from pathlib import Path

import pytest

from helpers.run.building.unchanged import input_digests


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A workbook whose answers lie elsewhere in it, and a link to them in their place."""
    for part in ("params", "data", "notebooks", "imports/one"):
        (tmp_path / part).mkdir(parents=True)
    (tmp_path / "imports/one/survey.csv").write_text("1", encoding="utf-8")
    (tmp_path / "data/responses").symlink_to("../imports/one")
    return tmp_path


def test_a_file_behind_a_link_to_its_folder_counts(workbook: Path):
    before = input_digests(workbook)
    assert before.keys() == {"data/responses", "data/responses/survey.csv"}
    (workbook / "imports/one/survey.csv").write_text("2", encoding="utf-8")
    assert input_digests(workbook) != before


def test_where_a_link_leads_counts(workbook: Path):
    (workbook / "imports/two").mkdir()
    (workbook / "imports/two/survey.csv").write_text("1", encoding="utf-8")
    before = input_digests(workbook)
    (workbook / "data/responses").unlink()
    (workbook / "data/responses").symlink_to("../imports/two")
    assert input_digests(workbook) != before


def test_each_link_to_a_folder_counts(workbook: Path):
    (workbook / "data/comments").symlink_to("../imports/one")
    before = input_digests(workbook)
    (workbook / "data/comments").unlink()
    assert input_digests(workbook) != before


def test_links_that_lead_in_a_circle_have_an_end(workbook: Path):
    (workbook / "data/around").symlink_to("..")
    (workbook / "imports/one/again").symlink_to("../one")
    assert {"data/around", "data/responses/again"} <= input_digests(workbook).keys()


def test_older_notebooks_that_jupyterlab_keeps_count_for_nothing(workbook: Path):
    before = input_digests(workbook)
    (workbook / "notebooks/.ipynb_checkpoints").mkdir()
    (workbook / "notebooks/.ipynb_checkpoints/old.ipynb").touch()
    assert input_digests(workbook) == before
