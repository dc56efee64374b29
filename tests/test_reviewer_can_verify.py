"""A reviewer reruns an executed notebook with nbval and every figure is checked, prose included."""

import csv
import shutil
from pathlib import Path

from conftest import run_python

CHECK = ("-m", "pytest", "--nbval", "-p", "no:cacheprovider", "-c", "/dev/null", "-q")


def copy_built(built: Path, target: Path) -> Path:
    """A built workbook with Torfaen's outputs only."""
    shutil.copytree(built, target, ignore=shutil.ignore_patterns("outputs"))
    shutil.copytree(built / "outputs" / "torfaen", target / "outputs" / "torfaen")
    return target


def test_unchanged_editions_pass(built: Path, tmp_path: Path) -> None:
    workbook = copy_built(built, tmp_path / "workbook")
    for edition in ("en", "cy"):
        done = run_python(*CHECK, f"outputs/torfaen/report.{edition}.ipynb", cwd=workbook)
        assert done.returncode == 0, done.stdout


def test_a_changed_answer_that_only_a_sentence_uses_fails(built: Path, tmp_path: Path) -> None:
    workbook = copy_built(built, tmp_path / "workbook")
    # S1 among the management team stands in a sentence and in no table or chart. One of them moves
    # from agree to disagree; a service manager moves the other way, so that all officers together,
    # the council and Wales stay as they were.
    move(workbook, "management_team", {"strongly_agree", "agree"}, "disagree")
    move(workbook, "service_managers", {"strongly_disagree", "disagree"}, "agree")
    done = run_python(*CHECK, "outputs/torfaen/report.en.ipynb", cwd=workbook)
    assert done.returncode == 1
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
    assert len(failed) == 1, done.stdout
    assert "report.register(inline)" in done.stdout


def move(workbook: Path, tool: str, was: set[str], becomes: str) -> None:
    """Change one of Torfaen's answers to S1."""
    path = workbook / "data" / "responses" / f"{tool}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    row = next(row for row in rows if row["council"] == "torfaen" and row["S1"] in was)
    row["S1"] = becomes
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
