"""The answers of 1,000 councils are read and checked while one waits, in little memory.

That is a few seconds; promised is how long it takes beside reading the same files with pandas and
looking for ids that come twice, unknown councils and unknown answers (five times as long).
"""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from beside import Beside
from conftest import ROOT, run_python
from larger import make_larger

TESTS = ROOT / "tests"
RATIO, MEGABYTES = 20, 1000
TURNS = 3

CHECK = """
import json, re, sys
from pathlib import Path
import pandas
from beside import beside
from helpers.study.data import check_data
from helpers.study.definition import ANSWERS
from helpers.study.reading import read_study

folder, turns = Path(sys.argv[1]), int(sys.argv[2])
respondents, megabytes = [], []

def check(turn):
    study = read_study(folder)
    _, responses = check_data(folder, study, study.councils)
    respondents.append(sum(map(len, responses.values())))
    # its own peak: what getrusage tells includes that of the process which started this one
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    megabytes.append(int(re.search("VmHWM:(.+)kB", status)[1]) / 1024)

def look(turn):
    units = pandas.read_csv(folder / "data/councils.csv")["slug"]
    for path in (folder / "data/responses").glob("*.csv"):
        rows = pandas.read_csv(path, dtype=str, keep_default_na=False)
        assert rows.iloc[:, 0].is_unique
        assert rows.iloc[:, 1].isin(units).all()
        assert rows.iloc[:, 2:].isin([*ANSWERS, ""]).all(axis=None)

taken = beside(check, look, turns)
print(json.dumps([respondents, megabytes[0], taken.own, taken.other]))
"""


@pytest.fixture
def thousand(tmp_path):
    make_larger(1000, tmp_path / "workbook")
    return tmp_path / "workbook"


def test_a_hundred_thousand_respondents_are_checked_as_one_waits_and_in_a_gigabyte(
    thousand: Path, measured: Callable[[object], None]
) -> None:
    done = run_python("-c", CHECK, thousand, TURNS, env={**os.environ, "PYTHONPATH": str(TESTS)})
    assert done.returncode == 0, done.stderr
    respondents, megabytes, *seconds = json.loads(done.stdout)
    taken = Beside(*seconds)
    measured(f"102,000 respondents checked, in {megabytes:.0f} MB, and looked at: {taken}")
    assert set(respondents) == {102_000}
    assert megabytes < MEGABYTES
    assert taken.ratio < RATIO
