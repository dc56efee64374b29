"""Make a study of more organisations than the shipped one has, with answers drawn at random.

    python tests/larger.py 1100 FOLDER

Everybody who was asked replied. An organisation has no narrative of its own.
"""

import csv
import random
import shutil
import sys
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from helpers.study.definition import ANSWERS
from helpers.study.reading import read_study
from helpers.study.responses import INVITATIONS, INVITED, response_columns, response_file

ROOT = Path(__file__).parents[1]
UNITS = "data/councils.csv"
PARAMETERS = "council: {}\neditions: [en, cy]\nreport_date: 2018-12-06\n"
REPLIES = 17  # of each organisation to each of the six tools


def make_larger(organisations: int, folder: Path) -> list[str]:
    """Write the study, its data and its templates to a new folder; return the slugs."""
    shutil.copytree(ROOT / "data/study", folder / "data/study")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    shutil.copy(ROOT / "data/datapackage.json", folder / "data/datapackage.json")
    (folder / "params").mkdir()
    slugs = _write_units(organisations, folder / UNITS)
    for slug in slugs:
        (folder / "params" / f"{slug}.yaml").write_text(PARAMETERS.format(slug), encoding="utf-8")
    _write_answers(slugs, folder)
    return slugs


def _write_units(organisations: int, path: Path) -> list[str]:
    with (ROOT / UNITS).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    rows = rows[:organisations]
    for number in range(1000, 1000 + organisations - len(rows)):
        name = f"Unit {number}"
        rows.append([f"W06{number:06}", f"unit-{number}", name, name, name, name, ""])
    write(path, header, rows)
    return [row[1] for row in rows]


def _write_answers(slugs: list[str], folder: Path) -> None:
    study, draw, ids = read_study(ROOT), random.Random("larger"), count(0xA0000000)
    tools = list(study.questionnaire.tools)
    invited = ([slug, tool, REPLIES] for slug in slugs for tool in tools)
    write(folder / INVITATIONS, INVITED, invited)
    for tool in tools:
        columns = response_columns(study.questionnaire, tool)
        asked = len(columns) - 2
        people = ((slug, draw.choices([*ANSWERS, ""], k=asked)) for slug in slugs * REPLIES)
        rows = ([f"{next(ids):x}", slug, *answers] for slug, answers in people)
        write(folder / response_file(tool), columns, rows)


def write(path: Path, columns: list[str], rows: Iterable[list[object]]) -> None:
    """Write a CSV file as the workbook's are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([columns, *rows])


if __name__ == "__main__":
    make_larger(int(sys.argv[1]), Path(sys.argv[2]))
