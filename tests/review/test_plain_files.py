"""Of outputs/ only files are read: no link is followed, and no pipe waited for."""

import os
from pathlib import Path

import pytest

from helpers.review.plain_files import (
    outputs_of,
    read_plain,
    read_plain_manifest,
    strange,
    strange_below,
)


@pytest.fixture
def outputs(tmp_path: Path) -> Path:
    """A file, a link to it, a linked folder, a folder that a link leads out of, and a pipe."""
    folder = tmp_path / "outputs" / "torfaen"
    folder.mkdir(parents=True)
    (folder / "page").write_bytes(b"page")
    (folder / "same").symlink_to("page")
    (tmp_path / "outputs" / "newport").symlink_to("torfaen")
    (folder / "out").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    (folder / ".#page").symlink_to("user@host.1")
    return outputs_of(tmp_path)


def test_a_file_is_read(outputs: Path):
    assert read_plain(outputs / "torfaen/page") == b"page"


@pytest.mark.parametrize(
    "name",
    [
        "torfaen/same",
        "newport/page",
        "torfaen/out/outputs/torfaen/page",
        "torfaen/pipe",
        "torfaen",
        "torfaen/none",
        "torfaen/a\0b",
    ],
)
def test_nothing_else_is(name: str, outputs: Path):
    assert read_plain(outputs / name) is None
    assert read_plain_manifest(outputs / name) is None


def test_each_is_told_by_what_it_is(outputs: Path, tmp_path: Path):
    found = {path.relative_to(outputs).as_posix(): strange(path) for path in strange_below(outputs)}
    assert found == {
        "newport": "a symbolic link to 'torfaen', which is not followed",
        "torfaen/out": f"a symbolic link to '{tmp_path}', which is not followed",
        "torfaen/pipe": "a pipe, which is not read",
        "torfaen/same": "a symbolic link to 'page', which is not followed",
    }


def test_the_folder_as_a_whole_may_be_kept_elsewhere(outputs: Path, tmp_path: Path):
    workbook = tmp_path / "workbook"
    workbook.mkdir()
    (workbook / "outputs").symlink_to(outputs)
    assert read_plain(outputs_of(workbook) / "torfaen/page") == b"page"


def test_links_that_go_in_rings_lead_nowhere(tmp_path: Path):
    (tmp_path / "outputs").symlink_to("outputs")
    assert read_plain(outputs_of(tmp_path) / "torfaen/page") is None
