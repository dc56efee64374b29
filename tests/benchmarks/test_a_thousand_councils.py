"""The answers of 1,000 councils are read and checked while one waits, in little memory.

That is a few seconds; promised is how long it takes beside reading the same files with pandas and
looking for ids that come twice, unknown councils and unknown answers (five times as long).
"""

import csv
import json
import os
import random
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from beside import Beside
from conftest import ROOT, run_python
from helpers.study.definition import ANSWERS
from helpers.study.reading import read_study
from helpers.study.responses import INVITATIONS, INVITED, response_columns, response_file

UNITS = "data/councils.csv"
OTHERS = [f"council-{number}" for number in range(1000 - 22)]
TESTS = ROOT / "tests"
REPLIES = 17  # of each council to each of the six tools: 102,000 in all

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
    """The shipped study with more councils, and answers drawn at random."""
    shutil.copytree(ROOT / "data/study", tmp_path / "data/study")
    study, draw, ids = read_study(ROOT), random.Random("a thousand"), count(0xA0000000)
    councils, tools = [*study.councils, *OTHERS], list(study.questionnaire.tools)
    shutil.copy(ROOT / UNITS, tmp_path / UNITS)
    with (tmp_path / UNITS).open("a", encoding="utf-8") as file:
        for code, slug in enumerate(OTHERS, 1000):
            file.write(f"W06{code:06},{slug},A,A,A,A,\n")
    invited = ([slug, tool, REPLIES] for slug in councils for tool in tools)
    write(tmp_path / INVITATIONS, INVITED, invited)
    for tool in tools:
        columns = response_columns(study, tool)
        asked = len(columns) - 2
        people = ((slug, draw.choices([*ANSWERS, ""], k=asked)) for slug in councils * REPLIES)
        rows = ([f"{next(ids):x}", slug, *answers] for slug, answers in people)
        write(tmp_path / response_file(tool), columns, rows)
    return tmp_path


def write(path: Path, columns, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([columns, *rows])


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
