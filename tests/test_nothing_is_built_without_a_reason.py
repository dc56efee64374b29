"""What is up to date is left alone, at once; what is not is built again, and the build says why."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import run_python, run_workbook
from helpers.cli import main
from helpers.run.editions.environment import ROOMS, code_digests
from helpers.study.reading import read_study

MEMBERS = "data/responses/elected_members.csv"
ROW = "a59bc001,cardiff,neither,"  # a member of Cardiff neither agrees nor disagrees with L1
EDITIONS = ("en", "cy")
REPORTS = 46  # of 22 councils and of the overview, in two languages
Edit = Callable[[Path, str, str], None]


@pytest.fixture(scope="module")
def complete(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the workbook in which all was built: each test leaves it as it was."""
    return shutil.copytree(built, tmp_path_factory.mktemp("complete") / "workbook")


def explained(workbook: Path) -> dict[str, list[str]]:
    """Return why each edition would be built, by council and edition; of none is nothing told."""
    done = CliRunner().invoke(main, ["build", "--explain", "--json", "--workbook", str(workbook)])
    assert done.exit_code == 0, done.output
    told = [json.loads(line) for line in done.stdout.splitlines()]
    if [one["event"] for one in told] == ["end"]:
        assert told[0]["up_to_date"] == REPORTS
        return {}
    assert [one["event"] for one in told] == ["planned"] * REPORTS
    return {f"{one['council']} {one['edition']}": one["why"] for one in told if one["why"]}


Change = Callable[[str, str, str], dict[str, list[str]]]


@pytest.fixture
def change(complete: Path) -> Change:
    """Change a file, see what would be built and why, and change it back."""

    def see(file: str, old: str, new: str) -> dict[str, list[str]]:
        path = complete / file
        before = path.read_bytes()
        assert old.encode() in before
        path.write_bytes(before.replace(old.encode(), new.encode(), 1))
        try:
            return explained(complete)
        finally:
            path.write_bytes(before)

    return see


def both(council: str, *why: str) -> dict[str, list[str]]:
    return {f"{council} {edition}": list(why) for edition in EDITIONS}


# ---- Nothing changed ----------------------------------------------------------------------------


def test_a_build_with_nothing_to_do_loads_no_library(complete: Path) -> None:
    script = (
        "import sys; from helpers.cli import main; "
        "main(['build', '--workbook', sys.argv[1]], standalone_mode=False); "
        "print({'nbformat', 'numpy', 'pandas', 'pandera', 'pydantic'} & sys.modules.keys())"
    )
    done = run_python("-c", script, complete)
    assert done.stderr == ""
    told, loaded = done.stdout.splitlines()
    assert told.startswith(f"{REPORTS} of {REPORTS} reports in ")
    assert told.endswith(f" s, {REPORTS} of them up to date already: outputs/index.html")
    assert loaded == "set()"


def test_times_count_for_nothing(complete: Path) -> None:
    for path in complete.rglob("*"):
        os.utime(path, (0, 4_000_000_000))
    assert explained(complete) == {}


@pytest.mark.parametrize("name", ["torfaen/report.en.html", "index.html", "torfaen/figures.csv"])
def test_what_was_altered_is_made_again(complete: Path, name: str) -> None:
    path = complete / "outputs" / name
    before = path.read_bytes()
    path.write_bytes(before.replace(b"a", b"b", 1))
    done = run_workbook("build", "--workbook", complete)
    assert done.returncode == 0, done.stderr
    assert path.read_bytes() == before
    made = [line for line in done.stdout.splitlines() if ": built" in line]
    assert (
        made
        == {
            "torfaen/report.en.html": ["torfaen en: built (output missing or altered)"],
            "index.html": [],
            "torfaen/figures.csv": ["torfaen downloads: built (editions changed)"],
        }[name]
    )


# ---- Something did ------------------------------------------------------------------------------


def test_a_narrative_rebuilds_its_council(change: Change) -> None:
    found = change("params/torfaen.yaml", "Money and capacity", "Money and people")
    assert found == both("torfaen", "parameters or narrative changed: torfaen.yaml")


def test_an_answer_that_others_show_in_a_number_rebuilds_all_with_the_place(
    change: Change,
) -> None:
    found = change(MEMBERS, ROW, ROW.replace("neither", "agree"))
    assert len(found) == REPORTS
    own = found.pop("cardiff en")
    assert own[0] == "answers changed: elected_members.csv"
    assert own[-1].startswith("national table: L1, ")
    assert found["powys cy"][-1].startswith("national table: L1, members; L1, total; scores, lead")
    assert "answers changed: elected_members.csv" not in found["powys cy"]


def test_an_answer_that_moves_no_value_of_others_rebuilds_its_council_alone(
    change: Change,
) -> None:
    """Nobody shows how many of all disagree with L1, which speaks well of a council."""
    found = change(MEMBERS, ROW, ROW.replace("neither", "disagree"))
    assert found == both("cardiff", "answers changed: elected_members.csv")


def test_a_template_rebuilds_what_is_made_of_it(change: Change) -> None:
    found = change("notebooks/national_overview.ipynb", '"cells"', ' "cells"')
    assert found == both("national", "template changed: national_overview.ipynb")


def test_the_study_rebuilds_all(change: Change) -> None:
    found = change("data/study/study.yaml", "# ", "#  ")
    assert set(map(tuple, found.values())) == {("study changed: study.yaml",)}
    assert len(found) == REPORTS


def test_what_was_never_built_says_so(complete: Path) -> None:
    folder = complete / "outputs" / "conwy"
    folder.rename(complete / "away")
    try:
        assert explained(complete) == both("conwy", "never built")
    finally:
        (complete / "away").rename(folder)


def test_code_of_the_review_and_of_the_command_makes_no_edition() -> None:
    rooms = {path.split("/")[0] for path in code_digests()}
    assert rooms == set(ROOMS) == {"study", "figures", "report", "run"}


# ---- For a program ------------------------------------------------------------------------------


def test_a_program_is_told_of_each_edition_and_of_the_sum(complete: Path) -> None:
    (complete / "outputs" / "torfaen" / "report.cy.html").unlink()
    done = run_workbook("build", "torfaen", "--json", "--workbook", complete)
    assert (done.returncode, done.stderr) == (0, "")
    begin, *made, end = map(json.loads, done.stdout.splitlines())
    assert begin == {"event": "begin", "reports": 2}
    assert [(one["event"], one["edition"], one["state"]) for one in made] == [
        ("made", "en", "up to date"),
        ("made", "cy", "built"),
    ]
    assert made[1]["why"] == ["output missing or altered"]
    assert end.pop("seconds") > 0
    assert end == {
        "event": "end",
        "reports": 2,
        "failed": 0,
        "up_to_date": 1,
        "downloads_failed": 0,
        "index": "outputs/index.html",
    }


# ---- A study is read once -----------------------------------------------------------------------


def test_the_study_is_read_again_when_one_of_its_files_changed(spoiled: Path, edit: Edit) -> None:
    first = read_study(spoiled)
    assert read_study(spoiled) is first
    edit(spoiled / "data" / "councils.csv", "Torfaen,", "Tor-faen,")
    assert read_study(spoiled).councils["torfaen"].name["en"] == "Tor-faen"
