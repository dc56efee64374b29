"""Every number of every report against a recomputation with pandas, straight from data/.

Nothing of `helpers` is used here: the rules are written again from the method.
"""

import json
import re
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from html import unescape
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from ruamel.yaml import YAML

from conftest import ROOT

HIDDEN, MINIMUM, WORDED = "[c]", 10, 5
WORDS = {
    "en": ["fewer than half", "around half", "more than half"],
    "cy": ["llai na hanner", "tua hanner", "mwy na hanner"],
}
AGREE, DISAGREE = ["strongly_agree", "agree"], ["strongly_disagree", "disagree"]
FIVE = [*AGREE, "neither", *DISAGREE]


class Recomputed:
    """One workbook's data, and any figure of any council from it, as it must be printed."""

    def __init__(self, workbook: Path) -> None:
        data, yaml = workbook / "data", YAML(typ="safe")
        files = sorted((data / "responses").glob("*.csv"))
        wide = [pd.read_csv(file, keep_default_na=False).assign(tool=file.stem) for file in files]
        self.people = pd.concat(wide)[["council", "tool", "respondent"]]
        long = [
            frame.melt(["respondent", "council", "tool"], var_name="question") for frame in wide
        ]
        self.answers = dict(list(pd.concat(long).groupby("question")))
        self.invited = pd.read_csv(data / "invitations.csv")
        study = yaml.load(data / "study" / "study.yaml")
        asked = yaml.load(data / "study" / "questionnaire.yaml")
        self.statements, self.rule = asked["statements"], study["maturity_rule"]
        self.facts, self.characteristics = study["facts"], study["characteristics"]
        self.tools = {name: group["tools"] for name, group in study["groups"].items()}
        self.tools |= {tool: [tool] for tool in asked["tools"]} | {"total": list(asked["tools"])}
        self.councils = list(self.invited["council"].unique())
        self.favourable = {
            (council, question): self.favourable_share(council, question)
            for council in self.councils
            for question in self.statements
        }

        self.questions_of = {
            theme: [code for code, asked in self.statements.items() if asked["theme"] == theme]
            for theme in study["themes"]
        }

    def values(self, council: str, question: str, group: str) -> pd.Series:
        """What the group's people answered. An empty council means all of them; "-x" all but x."""
        rows = self.answers[question]
        rows = rows[rows["tool"].isin(self.tools[group])]
        if council.startswith("-"):
            return rows[rows["council"] != council[1:]]["value"]
        return (rows[rows["council"] == council] if council else rows)["value"]

    def base(self, council: str, question: str, group: str) -> int:
        return int(self.values(council, question, group).isin(FIVE).sum())

    def share(self, council: str, question: str, group: str, wanted: list[str]) -> Fraction | None:
        """None where fewer than the minimum answered."""
        values = self.values(council, question, group)
        base = int(values.isin(FIVE).sum())
        if base < MINIMUM:
            return None
        if wanted == ["dont_know"]:
            base += int((values == "dont_know").sum())
        return Fraction(int(values.isin(wanted).sum()), base)

    def favourable_share(self, council: str, question: str) -> Fraction | None:
        side = self.statements[question].get("favourable", "agree")
        return self.share(council, question, "total", AGREE if side == "agree" else DISAGREE)

    def shares(self, council: str, key: str, value: str) -> list[Fraction | None]:
        chosen = [code for code, asked in self.statements.items() if asked.get(key) == value]
        return [self.favourable[council, code] for code in chosen]

    def level(self, council: str, characteristic: str) -> int | None:
        shown = [x for x in self.shares(council, "characteristic", characteristic) if x is not None]
        if len(shown) < self.rule["minimum_statements"]:
            return None
        average = sum(shown) / len(shown)
        limits = (self.rule["level_2_from"], self.rule["level_3_from"])
        return 1 + sum(average >= Fraction(str(limit)) for limit in limits)

    def people_of(self, council: str, group: str) -> tuple[int, int]:
        both = []
        for frame in (self.invited, self.people):
            rows = frame[frame["tool"].isin(self.tools[group])]
            rows = rows[rows["council"] == council] if council else rows
            both.append(int(rows["invited"].sum()) if "invited" in rows else len(rows))
        return both[0], both[1]

    def display(self, council: str, expression: str) -> str:
        name, first, *rest = re.findall(r"\w+", expression)
        named = dict(zip(rest[::2], rest[1::2], strict=True))
        group = named.get("group", "total")
        shares: dict[str, Callable[[], Fraction | None]] = {
            "agree": lambda: self.share(council, first, group, AGREE),
            "disagree": lambda: self.share(council, first, group, DISAGREE),
            "neither": lambda: self.share(council, first, group, ["neither"]),
            "dont_know": lambda: self.share(council, first, group, ["dont_know"]),
            "national": lambda: self.share("", first, group, AGREE),
            "rest_of_area": lambda: self.share(f"-{council}", first, group, AGREE),
            "response_rate": lambda: Fraction(*self.people_of(council, first)[::-1]),
            "national_response_rate": lambda: Fraction(*self.people_of("", first)[::-1]),
            "theme_score": lambda: self.theme_score(council, first),
            "area_score": lambda: self.area_score(first, named.get("place", "median")),
        }
        if name in shares:
            return percent(shares[name]())
        if name == "fact":
            fact = self.facts[first]
            whole = percent(Fraction(str(fact["value"]))) if fact["kind"] == "share" else None
            return whole or f"{fact['value']:,}"
        numbers: dict[str, Callable[[], int | None]] = {
            "invited": lambda: self.people_of(council, first)[0],
            "responses": lambda: self.people_of(council, first)[1],
            "level": lambda: self.level(council, first),
            "councils_at_level": lambda: sum(
                self.level(other, first) == int(named["level"]) for other in self.councils
            ),
        }
        number = numbers[name]()
        return "[x]" if number is None else f"{number:,}"

    def theme_score(self, council: str, theme: str) -> Fraction | None:
        found = self.shares(council, "theme", theme)
        return None if None in found else sum(found) / len(found)

    def scores(self, theme: str) -> list[Fraction]:
        found = [self.theme_score(council, theme) for council in self.councils]
        return sorted(score for score in found if score is not None)

    def area_score(self, theme: str, place: str) -> Fraction:
        scores = self.scores(theme)
        quarters = statistics.quantiles(scores, n=4, method="inclusive")
        places = ["lowest", "lower_quartile", "median", "upper_quartile", "highest"]
        return dict(zip(places, [scores[0], *quarters, scores[-1]], strict=True))[place]

    def word(self, council: str, question: str, group: str, edition: str) -> str:
        """The word for a small group: around half is within one person of half."""
        base = self.base(council, question, group)
        if not WORDED <= base < MINIMUM:
            return "no word"
        agree = int(self.values(council, question, group).isin(AGREE).sum())
        if abs(2 * agree - base) <= 2:
            return WORDS[edition][1]
        return WORDS[edition][2 if 2 * agree > base else 0]


def percent(share: Fraction | None) -> str:
    if share is None:
        return HIDDEN
    hundredths = Decimal(share.numerator * 100) / Decimal(share.denominator)
    return f"{hundredths.quantize(Decimal(1), ROUND_HALF_UP)}%"


@pytest.fixture(scope="module")
def recomputed(built: Path) -> Recomputed:
    return Recomputed(built)


@cache
def register(notebook: Path) -> dict[str, dict[str, object]]:
    cells = nbformat.read(notebook, as_version=4).cells
    text = next(cell for cell in cells if cell.id == "register").outputs[0].data["text/plain"]
    return {record["expression"]: record for record in json.loads(text)}


def reports(built: Path) -> list[Path]:
    return sorted((built / "outputs").glob("*/report.??.ipynb"))


@dataclass
class Page:
    """A report's page, read once for all that is looked for on it."""

    council: str
    edition: str
    soup: BeautifulSoup
    register: dict[str, dict[str, object]]


COUNCILS = sorted(path.stem for path in (ROOT / "params").glob("*.yaml"))


@pytest.fixture(
    scope="module", params=[(name, code) for name in COUNCILS for code in WORDS], ids="-".join
)
def page(built: Path, request: pytest.FixtureRequest) -> Page:
    council, edition = request.param
    file = built / "outputs" / council / f"report.{edition}.html"
    soup = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
    return Page(council, edition, soup, register(file.with_suffix(".ipynb")))


def test_every_figure_of_all_reports_comes_out_again(built: Path, recomputed: Recomputed) -> None:
    wrong, seen = [], 0
    withheld: list[tuple[str, dict[str, object]]] = []
    for notebook in reports(built):
        council, edition = notebook.parent.name, notebook.name.split(".")[1]
        for expression, record in register(notebook).items():
            seen += 1
            if record["word"]:
                again = recomputed.word(council, record["question"], record["group"], edition)
            elif record["display"] == HIDDEN:
                withheld.append((council, record))
                continue
            else:
                again = recomputed.display(council, expression)
            if again != record["display"]:
                wrong.append((council, expression, record["display"], again))
    assert wrong == []
    assert seen > 44 * 150
    assert len(withheld) < seen / 10
    for council, record in withheld:
        assert excused(recomputed, council, record), (council, record["expression"])


def excused(recomputed: Recomputed, council: str, record: dict[str, object]) -> bool:
    """A hidden figure is of a small group, or of one that shares people with a small group."""
    question, group = str(record["question"]), str(record["group"])
    asked = recomputed.statements[question]["tools"]
    beside = [
        name
        for name, tools in recomputed.tools.items()
        if name != group and set(tools) & set(asked)
    ]
    small = {
        name for name in [group, *beside] if recomputed.base(council, question, name) < MINIMUM
    }
    return group in small or (group != "total" and bool(small))


def test_every_number_on_every_page_is_in_its_register(page: Page) -> None:
    rows = {row["id"]: row for row in page.soup.select(".evidence tr[id]")}
    assert len(rows) == len(page.register)
    for cell in page.soup.select("td[data-figure]"):
        assert cell.text == page.register[unescape(cell["data-figure"])]["display"]
    links = page.soup.select("a.figure-link")
    assert len(links) > 20
    for link in links:
        record = page.register[rows[link["href"].removeprefix("#")]["data-figure"]]
        prose = [said["display"] for said in record["prose"]]
        assert link.text in [record["display"], *prose]


def test_every_number_in_the_words_of_a_chart_is_that_of_a_figure(page: Page) -> None:
    """Its headline, subtitle, title and description: what a figure prints, its count or its base.

    The name of a level is no number.
    """
    records = page.register.values()
    known = {record["display"] for record in records}
    known |= {
        f"{record[key]:,}"
        for record in records
        for key in ("count", "base")
        if isinstance(record[key], int)
    }
    said = page.soup.select("figure .headline, figure .subtitle, figure svg title, figure svg desc")
    assert len(said) >= 4 * 7
    for words in said:
        text = re.sub(r"(Level|Lefel) [123]\b", "", words.text)
        numbers = re.findall(r"\d[\d,.]*(?<=\d)%?", text)
        words_for_few = [word for word in WORDS[page.edition] if word in text]
        assert {*numbers, *words_for_few} <= known, words.text


SCALE_START, SCALE_LENGTH = 1, 340  # of a chart, in units of its drawing


def test_every_dot_among_the_councils_stands_at_a_councils_score(
    page: Page, recomputed: Recomputed
) -> None:
    uses = page.soup.select("#chart-comparison svg use")
    marks = [mark["href"] for mark in uses]
    dot = max(set(marks), key=marks.count)
    drawn = [
        (float(mark["x"]) - SCALE_START) / SCALE_LENGTH for mark in uses if mark["href"] == dot
    ]
    others = []
    for theme in recomputed.questions_of:
        scores = recomputed.scores(theme)
        own = recomputed.theme_score(page.council, theme)
        if own is not None:
            scores.remove(own)
        others += map(float, scores)
    hundredth = 0.01 / SCALE_LENGTH  # of a unit, to which places are drawn
    assert sorted(drawn) == pytest.approx(sorted(others), abs=hundredth)


def test_the_bases_under_each_headline_are_those_of_the_data(
    page: Page, recomputed: Recomputed
) -> None:
    cells = page.soup.select("figure td[data-figure]")
    drawn = {cell["data-figure"]: cell.text for cell in cells}
    for theme in recomputed.questions_of:
        said = page.soup.select_one(f"#chart-agreement-{theme} .subtitle").text
        told = re.findall(r": (\d+)(?:–(\d+))?", said)
        right = []
        has_total = "Total:" in said or "Cyfanswm:" in said  # it stands in for a hidden group
        for group in ["officers", "members", *["total"] * has_total]:
            named = "" if group == "total" else f', group="{group}"'
            bases = [
                recomputed.base(page.council, question, group)
                for question in recomputed.questions_of[theme]
                if "%" in drawn.get(f'agree("{question}"{named})', "")
            ]
            assert min(bases, default=MINIMUM) >= MINIMUM
            if bases:
                ends = (min(bases), max(bases))
                right.append((str(ends[0]), str(ends[1]) if ends[0] != ends[1] else ""))
        assert told == right, theme


def test_torfaen_reads_as_published_in_both_languages(built: Path) -> None:
    # The table of the report of 6 December 2018.
    published = [["59", "30", "51%"], ["44", "12", "27%"], ["103", "42", "41%"]]
    for edition, caption in (
        ("en", "Data tool responses: Torfaen"),
        ("cy", "Ymatebion i'r offer data: Tor-faen"),
    ):
        page = built / "outputs" / "torfaen" / f"report.{edition}.html"
        soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        table = next(found for found in soup.select("table") if found.caption.text == caption)
        assert [[cell.text for cell in row.select("td")] for row in table.select("tbody tr")] == (
            published
        )


def test_torfaens_findings_agree_with_the_published_ones(built: Path) -> None:
    # Around half of the management team; a mixed view; data not treated as a key resource.
    known = register(built / "outputs" / "torfaen" / "report.en.ipynb")
    skills = known['agree("S1", group="management_team")']
    assert (skills["display"], skills["count"], skills["base"]) == ("50%", 5, 10)
    assert abs(known['agree("D1")']["value"] - known['disagree("D1")']["value"]) < 0.1
    assert known['agree("L2")']["value"] < 0.3 < 0.5 < known['disagree("L2")']["value"]
