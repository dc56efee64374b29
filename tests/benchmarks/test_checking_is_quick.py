"""What auditors wrote for 22 councils is checked in less time than it takes to notice.

That is a second; promised is how long it takes beside reading the same files (four times as long).
"""

from collections.abc import Callable
from pathlib import Path

from ruamel.yaml import YAML

from beside import TURNS, beside
from conftest import ROOT
from helpers.report.notebook.checks import check_judgements, check_narratives
from helpers.study.parameters import read_parameter_file
from helpers.study.reading import read_study

RATIO = 12


def test_the_narratives_of_all_councils_are_checked_nearly_as_soon_as_they_are_read(
    tmp_path: Path, measured: Callable[[object], None]
) -> None:
    """Each council has as much as Torfaen, in words that no other council and no other turn has."""
    study, told = read_study(ROOT), (ROOT / "params/torfaen.yaml").read_text(encoding="utf-8")
    paths = [
        [tmp_path / f"{turn}/{slug}.yaml" for slug in study.councils] for turn in range(TURNS + 1)
    ]
    for turn, written in enumerate(paths):
        (tmp_path / str(turn)).mkdir()
        for path in written:
            own = told.replace("council: torfaen", f"council: {path.stem}")
            first = f": |\n      A{path.stem.title()}z{'q' * turn}: "
            path.write_text(own.replace(": |\n      ", first), "utf-8")
    files = [[read_parameter_file(path, study) for path in written] for written in paths]

    def check(turn: int) -> None:
        for file in files[turn]:
            assert [*check_narratives(file, study), *check_judgements(file, study)] == []

    taken = beside(check, lambda turn: [YAML().load(path) for path in paths[turn]])
    measured(f"the narratives of 22 councils checked, and their files read: {taken}")
    assert taken.ratio < RATIO
