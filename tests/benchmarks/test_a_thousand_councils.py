"""The answers of 1,000 councils are read and checked while one waits, in little memory."""

import csv
import json
import random
import shutil
from itertools import count
from pathlib import Path

import pytest

from conftest import ROOT, run_python
from helpers.study.definition import ANSWERS
from helpers.study.reading import read_study
from helpers.study.responses import INVITATIONS, INVITED, response_columns, response_file

UNITS = "data/councils.csv"
OTHERS = [f"council-{number}" for number in range(1000 - 22)]
REPLIES = 17  # of each council to each of the six tools: 102,000 in all

CHECK = """
import json, resource, sys, time
from pathlib import Path
from helpers.study.data import check_data
from helpers.study.reading import read_study
began = time.perf_counter()
study = read_study(Path(sys.argv[1]))
_, responses = check_data(Path(sys.argv[1]), study, study.councils)
print(json.dumps({
    "respondents": sum(map(len, responses.values())),
    "seconds": time.perf_counter() - began,
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
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


def test_a_hundred_thousand_respondents_are_checked_in_half_a_minute_and_a_gigabyte(thousand):
    done = run_python("-c", CHECK, thousand)
    assert done.returncode == 0, done.stderr
    measured = json.loads(done.stdout)
    assert measured["respondents"] == 102_000
    assert measured["seconds"] < 30
    assert measured["megabytes"] < 1000
