"""Nobody can tell what a small group answered: not in any file, and not by arithmetic over all."""

import csv
import json
import random
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from ruamel.yaml import YAML

from attacker import ANSWERS, BASE, Cell, Count, Puzzle
from conftest import copy_workbook, run_workbook
from helpers.figures.counts import count_answers
from helpers.figures.disclosure import decide
from helpers.figures.tiers import SHOWN, WORDS, tiers_of
from helpers.study.definition import TOTAL, Study
from helpers.study.reading import read_study
from helpers.study.responses import read_invitations, read_responses

AREA = ""
SCALE = {"agree": "agree", "neither": "neither", "disagree": "disagree"}
SCALE |= {"strongly_agree": "agree", "strongly_disagree": "disagree", "dont_know": "dont_know"}


# ---- The questionnaire as a table of sums, from the files alone ---------------------------------


class Survey:
    """What everybody answered, counted here in plain Python; and who is part of whom."""

    def __init__(self, workbook: Path) -> None:
        yaml, study = YAML(typ="safe"), workbook / "data" / "study"
        statements = yaml.load(study / "questionnaire.yaml")["statements"]
        self.asked = {code: told["tools"] for code, told in statements.items()}
        self.groups = {
            name: told["tools"] for name, told in yaml.load(study / "study.yaml")["groups"].items()
        }
        self.rows: dict[str, list[dict[str, str]]] = {}
        for path in sorted((workbook / "data" / "responses").glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as lines:
                self.rows[path.stem] = list(csv.DictReader(lines))
        self.councils = sorted({row["council"] for rows in self.rows.values() for row in rows})

    def tools(self, question: str) -> dict[str, list[str]]:
        """Each group that was asked the question, with its tools that were."""
        asked = self.asked[question]
        groups = {name: [t for t in tools if t in asked] for name, tools in self.groups.items()}
        return {TOTAL: asked, **{k: v for k, v in groups.items() if v}, **{t: [t] for t in asked}}

    def counts(self, question: str) -> dict[Count, int]:
        """What each cell's people answered."""
        found: dict[Count, int] = {}
        for group, tools in self.tools(question).items():
            for place in [*self.councils, AREA]:
                found |= {(place, group, answer): 0 for answer in ANSWERS}
            for row in (row for tool in tools for row in self.rows[tool]):
                answer = SCALE.get(row[question], "blank")
                found[row["council"], group, answer] += 1
                found[AREA, group, answer] += 1
        return found

    def puzzle(self, question: str, counts: Mapping[Count, int]) -> Puzzle:
        """How many replied is published of every tool; and every cell is the sum of its parts."""
        puzzle, cells = Puzzle(), self.tools(question)
        groups = [group for group in self.groups if group in cells]
        for place in [*self.councils, AREA]:
            for group in cells:
                people = sum(counts[place, group, answer] for answer in ANSWERS)
                puzzle.add_cell((place, group), people)
            puzzle.add_sum((place, TOTAL), [(place, group) for group in groups])
            for group in groups:
                puzzle.add_sum((place, group), [(place, tool) for tool in cells[group]])
        for group in cells:
            puzzle.add_sum((AREA, group), [(council, group) for council in self.councils])
        return puzzle


def secrets(counts: Mapping[Count, int], cells: list[Cell]) -> Iterator[Count]:
    """What nobody may find out of cells that are not shown: each of the three answers.

    And how many of a small cell did not know, if somebody did not. That nobody did is no secret:
    a larger cell that is shown and in which nobody did says so of all its parts.
    """
    for cell in cells:
        base = sum(counts[*cell, answer] for answer in BASE)
        if base + counts[*cell, "dont_know"]:
            yield from ((*cell, answer) for answer in BASE)
        if base < 10 and counts[*cell, "dont_know"]:
            yield (*cell, "dont_know")


def leaks(survey: Survey, question: str, decided: pd.DataFrame) -> set[Count]:
    """What an attacker finds out who knows all numbers of every cell that is shown."""
    counts = survey.counts(question)
    puzzle, hidden = survey.puzzle(question, counts), []
    for (place, group), cell in decided.xs(question, level="question").iterrows():
        if not cell["suppressed"]:
            for answer in ANSWERS[:-1]:
                puzzle.know((place, group), {answer: 1}, cell[answer], cell[answer])
            continue
        hidden.append((place, group))
        if cell["word"]:
            puzzle.read_word((place, group), cell["word"], (5, 9))
    return puzzle.solved(counts, secrets(counts, hidden))


# ---- The 22 councils, as decided ----------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped_survey(shipped: Path) -> Survey:
    return Survey(shipped)


def counted(workbook: Path) -> tuple[Study, pd.DataFrame]:
    study = read_study(workbook)
    answers = read_invitations(workbook, study), read_responses(workbook, study)
    return study, count_answers(study, *answers)


@pytest.fixture(scope="module")
def shipped_cells(shipped: Path) -> tuple[Study, pd.DataFrame]:
    return counted(shipped)


QUESTIONS = [f"{theme}{number}" for theme, last in (("L", 7), ("P", 6), ("S", 6), ("D", 6))
             for number in range(1, last + 1)]  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_attacker_finds_nothing_out_about_22_councils(shipped_survey, shipped_cells, question):
    decided = decide(*shipped_cells)
    assert list(shipped_survey.asked) == QUESTIONS
    assert decided["suppressed"].sum() > 1000
    assert leaks(shipped_survey, question, decided) == set()


def test_the_attacker_finds_what_hiding_small_cells_alone_gives_away(shipped_survey, shipped_cells):
    study, cells = shipped_cells
    decided = decide(study, cells)
    area = cells.groupby(["group", "question"]).sum()
    every = pd.concat([cells, pd.concat({AREA: area}, names=["council"])]).loc[decided.index]
    tier = tiers_of(every["base"].to_numpy(), study.about.thresholds)
    careless = every.assign(suppressed=tier != SHOWN, word=decided["word"].where(tier == WORDS, ""))
    found = leaks(shipped_survey, "L1", careless)
    # Four members of Merthyr Tydfil: the total less the officers.
    assert {("merthyr-tydfil", "members", answer) for answer in BASE} <= found


def test_totals_are_kept_for_scores_and_levels(shipped_cells):
    decided = decide(*shipped_cells)
    assert not decided.xs(TOTAL, level="group")["suppressed"].any()
    assert not decided.xs(AREA, level="council")["suppressed"].any()


# ---- A made-up study that provokes each case ----------------------------------------------------

# Of each council: how many reply to each of the officers' five tools, and how many members.
# monmouthshire: many officers and 4 members, whom the total would give away. newport: 9 members,
# who all agree. powys: of five tools one is small, and nowhere else is that tool. swansea: members
# and two tools of a few people each. wrexham: everything is large.
REPLIES = {
    "monmouthshire": ((907, 911, 919, 929, 937), 4),
    "newport": ((31, 37, 41, 43, 47), 9),
    "powys": ((32, 38, 42, 44, 4), 29),
    "swansea": ((33, 7, 6, 45, 49), 8),
    "wrexham": ((34, 39, 51, 46, 50), 28),
}
OFFICERS = [
    "management_team",
    "service_managers",
    "performance_officers",
    "information_officers",
    "data_analysts",
]
TOLD = """narrative:
  leadership:
    en: Of members, {eval}`agree("L1", group="members")` agree.
    cy: O'r aelodau, mae {eval}`agree("L1", group="members")` yn cytuno.
"""


def answers_of(council: str, tool: str, people: int, columns: list[str]) -> Iterator[list[str]]:
    """Answers at random, but for the nine who all agree."""
    chance = random.Random(f"{council} {tool}")
    for number in range(people):
        given = chance.choices(
            ["strongly_agree", "agree", "neither", "disagree", "dont_know", ""],
            [13, 31, 17, 29, 6, 4],
            k=len(columns),
        )
        nine = council == "newport" and tool == "elected_members"
        yield [
            f"{council}-{tool}-{number}",
            council,
            *(["agree"] * len(columns) if nine else given),
        ]


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up study: five councils, one of them in both languages."""
    workbook = copy_workbook(tmp_path_factory.mktemp("private") / "workbook")
    invited = [["council", "tool", "invited"]]
    for index, tool in enumerate([*OFFICERS, "elected_members"]):
        file = workbook / "data" / "responses" / f"{tool}.csv"
        with file.open(encoding="utf-8", newline="") as lines:
            head = next(csv.reader(lines))
        rows = [head]
        for council, (officers, members) in REPLIES.items():
            people = (*officers, members)[index]
            rows += answers_of(council, tool, people, head[2:])
            invited.append([council, tool, str(people + 13)])
        write_csv(file, rows)
    write_csv(workbook / "data" / "invitations.csv", invited)
    for path in (workbook / "params").glob("*.yaml"):
        if path.stem not in REPLIES:
            path.unlink()
        elif path.stem != "newport":
            text = path.read_text(encoding="utf-8")
            assert "editions: [en, cy]" in text
            path.write_text(text.replace("editions: [en, cy]", "editions: [en]"), encoding="utf-8")
    with (workbook / "params" / "newport.yaml").open("a", encoding="utf-8") as lines:
        lines.write(TOLD)
    return workbook


@pytest.fixture(scope="module")
def provoked(made_up: Path) -> Path:
    """The made-up study, built."""
    done = run_workbook("build", "--workbook", made_up)
    assert done.returncode == 0, done.stderr
    return made_up


def write_csv(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows(rows)


@pytest.fixture(scope="module")
def survey(made_up: Path) -> Survey:
    return Survey(made_up)


def test_an_attacker_finds_nothing_out_about_a_study_that_provokes_it(survey, made_up):
    study, cells = counted(made_up)
    decided = decide(study, cells)
    for question in survey.asked:
        assert leaks(survey, question, decided) == set(), question


Record = dict[str, object]


@pytest.fixture(scope="module")
def published(provoked: Path) -> list[tuple[str, Record]]:
    """All records of the registers of all editions, with their council."""
    found = []
    for path in sorted((provoked / "outputs").glob("*/report.*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        [register] = [cell for cell in cells if cell.id == "register"]
        for record in json.loads(register.outputs[0].data["text/plain"]):
            found.append((path.parent.name, record))
    return found


SHARES = {"agree", "neither", "disagree", "dont_know", "national", "rest_of_area"}


def about(question: str, published: list[tuple[str, Record]]) -> Iterator[tuple[str, Record]]:
    for council, record in published:
        if record["question"] == question:
            assert record["statistic"] in SHARES
            yield council, record


def learn(puzzle: Puzzle, survey: Survey, council: str, record: Record) -> None:
    """Put what a record says into the puzzle; raise if it says something that was not foreseen."""
    statistic, group = str(record["statistic"]), str(record["group"])
    places = {"national": [AREA], "rest_of_area": [c for c in survey.councils if c != council]}
    cells = [(place, group) for place in places.get(statistic, [council])]
    if record["word"]:
        assert statistic in ("agree", "national")
        assert record["base_range"] == [5, 9]
        puzzle.read_word(cells[0], str(record["word"]), (5, 9))
    if record["base"] is None:
        numbers = ("value", "count", "population", "interval", "difference", "computed")
        assert [record[name] for name in numbers] == [None] * 6
        return
    answer = statistic if statistic in SCALE.values() else "agree"
    outside = ("dont_know",) if statistic == "dont_know" else ()
    for names, number in (((answer,), record["count"]), ((*BASE, *outside), record["base"])):
        terms = {(*cell, name): 1 for cell in cells for name in names}
        puzzle.rows.append((terms, float(str(number)), float(str(number))))


def test_an_attacker_finds_nothing_out_from_all_registers_together(survey, published):
    asked = 0
    for question in survey.asked:
        counts = survey.counts(question)
        puzzle = survey.puzzle(question, counts)
        for council, record in about(question, published):
            learn(puzzle, survey, council, record)
            asked += 1
        small = [cell for cell in {count[:2] for count in counts}
                 if sum(counts[*cell, answer] for answer in BASE) < 10]  # fmt: skip
        assert puzzle.solved(counts, secrets(counts, small)) == set(), question
    assert asked > 5 * 25 * 5


def test_no_record_of_a_small_cell_has_a_number(survey, published):
    small = 0
    for question in survey.asked:
        counts = survey.counts(question)
        for council, record in about(question, published):
            place = AREA if record["statistic"] == "national" else council
            base = sum(counts[place, str(record["group"]), answer] for answer in BASE)
            if base < 10:
                small += 1
                assert record["base"] is None
                assert record["display"] in ("[c]", record["word"]) or council == "newport"
                assert (record["word"] != "") <= (base >= 5)
    assert small > 3 * 16


def withheld(survey: Survey, published: list[tuple[str, Record]]) -> Iterator[tuple[int, int]]:
    """Count and base of the cells that the pages mark with [c], by answer."""
    for question in survey.asked:
        counts = survey.counts(question)
        for council, record in about(question, published):
            if record["display"] == "[c]" and record["statistic"] in BASE:
                cell = council, str(record["group"])
                base = sum(counts[*cell, answer] for answer in BASE)
                yield counts[*cell, str(record["statistic"])], base


def test_no_file_holds_the_value_of_a_hidden_figure(provoked, survey, published):
    shown = {record[name] for _, record in published for name in ("value", "count", "base")}
    hidden = set(withheld(survey, published))
    shares = {round(count / base, 6) for count, base in hidden if base} - shown
    shares = {f"{share:.6f}" for share in shares if len(f"{share:.6f}".rstrip("0")) >= 6}
    numbers = {number for pair in hidden for number in pair if number > 2100} - shown
    assert len(shares) > 10
    assert len(numbers) >= 10  # of many officers; no year and no place in a drawing
    wanted = shares | {str(number) for number in numbers} | {f"{number:,}" for number in numbers}
    files = [path for path in (provoked / "outputs").rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".csv", ".html", ".ipynb", ".json", ".txt", ".xlsx"}
    tokens = {
        path: set(re.findall(r"(?<![\w.])\d[\d,.]*\d(?!\w)", text_of(path))) for path in files
    }
    assert [path for path in files if tokens[path] & wanted] == []
    # The search would have found them: it finds what the same registers do show.
    printed = {str(number) for number in shown if isinstance(number, int) and number > 2100}
    assert printed
    assert printed <= set().union(*tokens.values())


def text_of(path: Path) -> str:
    """What a file says, in a spreadsheet all of its parts, and no file's size."""
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as parts:
            return "\n".join(parts.read(name).decode() for name in parts.namelist())
    text = path.read_text(encoding="utf-8")
    numbers = re.sub(r"(?<=\d),(?=\d)", ", ", text) if path.suffix == ".csv" else text
    return re.sub(r'"bytes": \d+', "", numbers)


def test_no_file_holds_anybodys_answers(provoked):
    for path in (provoked / "outputs").rglob("*"):
        if path.is_file():
            text = text_of(path)
            assert "strongly_agree" not in text
            assert not re.search(r"(monmouthshire|newport|powys)-\w+-\d", text), path


def test_nobody_is_best_or_worst_by_a_figure_that_is_not_shown(published):
    totals = {
        (council, str(record["question"])): record["base"]
        for council, record in published
        if record["statistic"] == "agree" and record["group"] == TOTAL
    }
    assert len(totals) == 5 * 25
    for council, record in published:
        if record["statistic"] in ("theme_score", "level") and record["value"] is not None:
            assert all(base for (place, _), base in totals.items() if place == council)


@pytest.mark.parametrize(
    ("edition", "sentence"),
    [
        ("en", "Of members, more than half agree."),
        ("cy", "O'r aelodau, mae mwy na hanner yn cytuno."),
    ],
)
def test_a_sentence_says_nine_who_all_agree_in_words(provoked, edition, sentence):
    page = provoked / "outputs" / "newport" / f"report.{edition}.html"
    text = re.sub(r"<[^>]+>", "", page.read_text(encoding="utf-8")).replace("&#x27;", "'")
    assert sentence in text
