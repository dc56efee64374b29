"""What auditors wrote for 22 councils is checked in less time than it takes to notice."""

import time
from pathlib import Path

from conftest import ROOT
from helpers.report.checks import check_judgements, check_narratives
from helpers.study.parameters import read_parameter_file
from helpers.study.reading import read_study


def test_the_narratives_of_all_councils_are_checked_in_under_a_second(tmp_path: Path) -> None:
    """Each council has as much as Torfaen, in words that no other council has."""
    study, told = read_study(ROOT), (ROOT / "params/torfaen.yaml").read_text(encoding="utf-8")
    files = []
    for slug in study.councils:
        path = tmp_path / f"{slug}.yaml"
        own = told.replace("council: torfaen", f"council: {slug}")
        path.write_text(own.replace(": |\n      ", f": |\n      A{slug.title()}z: "), "utf-8")
        files.append(read_parameter_file(path, study))
    began = time.perf_counter()
    problems = [
        problem
        for file in files
        for problem in (*check_narratives(file, study), *check_judgements(file, study))
    ]
    assert problems == []
    assert time.perf_counter() - began < 1
