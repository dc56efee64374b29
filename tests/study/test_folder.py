"""The workbook is found from any folder inside it, and its absence is explained."""

import pytest

from helpers.errors import CheckFailed, NotAWorkbook
from helpers.study.files.folder import VARIABLE, find_workbook


@pytest.fixture(autouse=True)
def nowhere(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.fixture
def workbook(tmp_path):
    for folder in ("params", "data/responses", "outputs/torfaen"):
        (tmp_path / "study" / folder).mkdir(parents=True)
    return tmp_path / "study"


@pytest.mark.parametrize("inside", [".", "params", "data/responses", "outputs/torfaen"])
def test_a_workbook_is_found_from_any_folder_inside_it(workbook, monkeypatch, inside):
    assert find_workbook(workbook / inside) == workbook
    monkeypatch.chdir(workbook / inside)
    assert find_workbook() == workbook


def test_a_run_says_where_its_workbook_is(workbook, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(VARIABLE, str(workbook))
    assert find_workbook() == workbook


def test_a_folder_that_is_named_goes_before_that_of_the_run(workbook, tmp_path, monkeypatch):
    for folder in ("params", "data"):
        (tmp_path / "other" / folder).mkdir(parents=True)
    monkeypatch.setenv(VARIABLE, str(workbook))
    assert find_workbook(tmp_path / "other") == tmp_path / "other"


def test_the_nearest_workbook_is_the_one(workbook):
    for folder in ("params", "data"):
        (workbook / "outputs" / "torfaen" / folder).mkdir()
    assert find_workbook(workbook / "outputs" / "torfaen") == workbook / "outputs" / "torfaen"


@pytest.mark.parametrize("only", ["params", "data"])
def test_half_a_workbook_is_none(tmp_path, only):
    (tmp_path / only).mkdir()
    with pytest.raises(NotAWorkbook, match="neither this folder nor one above it holds params/"):
        find_workbook(tmp_path)


def test_where_there_is_none_the_message_says_what_to_do(tmp_path):
    with pytest.raises(NotAWorkbook) as missing:
        find_workbook(tmp_path)
    assert missing.value.message.startswith(f"{tmp_path}: ")
    assert "name it with --workbook" in missing.value.message
    assert missing.value.exit_code == 3


def test_a_file_called_data_is_no_folder(tmp_path):
    (tmp_path / "params").mkdir()
    (tmp_path / "data").touch()
    with pytest.raises(NotAWorkbook):
        find_workbook(tmp_path)


def test_a_workbook_of_which_a_part_leads_out_is_refused(workbook, tmp_path):
    (workbook / "params/x.yaml").symlink_to(tmp_path / "elsewhere")
    (workbook / "outputs/conwy").symlink_to(workbook / "outputs/torfaen")  # inside, so no harm
    with pytest.raises(CheckFailed) as refused:
        find_workbook(workbook)
    assert refused.value.message == (
        "params/x.yaml:1:1: a link that leads out of the workbook's folder; "
        "put what it leads to in its place"
    )
