"""What the README says works: its commands run here, in a built copy of the workbook."""

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = [
    line
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
]
SET_UP = [line for line in SHELL if line.startswith("python3.11 -m venv")]
DAILY = [line for line in SHELL if line not in SET_UP]
NAMED = {"jupyterlab", "papermill", "pandas", "seaborn", "nbconvert", "pytest", "nbval"}


@pytest.mark.parametrize("command", DAILY)
def test_the_readmes_commands_run(command: str, built: Path, tmp_path: Path) -> None:
    workbook = tmp_path / "workbook"
    shutil.copytree(built, workbook)
    program, *arguments = shlex.split(command)
    path = Path(sys.executable).with_name(program)
    done = subprocess.run(
        [path, *arguments], cwd=workbook, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_are_two_set_up_commands_one_to_build_and_one_to_test() -> None:
    assert [line.split(" && ")[-1] for line in SET_UP] == [
        ".venv/bin/workbook build",
        ".venv/bin/pytest",
    ]
    assert len({line.rsplit(" && ", 1)[0] for line in SET_UP}) == 1


def test_the_set_up_installs_all_named_packages_at_pinned_versions() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = [*project["dependencies"], *extras["lab"], *extras["test"]]
    assert {re.match(r"[\w.-]+", line).group() for line in asked} >= NAMED
    assert '-c constraints.txt -e ".[lab,pdf,test]"' in SET_UP[0]
    pinned = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()[1:]
    assert all(re.fullmatch(r"[\w.-]+==[\w.+!-]+", line) for line in pinned)
    assert {line.split("==")[0].lower() for line in pinned} >= NAMED


def test_files_that_the_readme_points_to_are_there() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", README):
        assert (ROOT / target).exists(), target
