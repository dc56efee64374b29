"""figures.csv: the register as open data, in both languages, safe to open in a spreadsheet."""

import csv
import io
from pathlib import Path

import pytest
from downloaded import AGREE, APART, INVITED, RATE, executed, record

from helpers.report.downloads.columns import columns
from helpers.report.downloads.executed import Executed
from helpers.report.downloads.figures_csv import figures_csv, in_step, safe
from helpers.study.definition import Study
from helpers.study.reading import read_study

LANGUAGES = ["en", "cy"]


@pytest.fixture(scope="module")
def study(shipped: Path) -> Study:
    return read_study(shipped)


def rows_of(content: bytes) -> dict[str, dict[str, str]]:
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return {row["figure"]: row for row in csv.DictReader(text)}


@pytest.fixture(scope="module")
def rows(study: Study) -> dict[str, dict[str, str]]:
    return rows_of(figures_csv(study, "torfaen", [executed("en"), executed("cy")]))


def test_a_published_share_stands_with_its_count_and_base(rows: dict) -> None:
    rate = rows[RATE]
    assert (rate["value"], rate["count"], rate["base"]) == ("0.407767", "42", "103")
    assert (rate["display_en"], rate["display_cy"]) == ("41%", "41%")
    assert (rate["provenance"], rate["source"]) == ("published", "The report of 2018")
    assert rate["council"] == "torfaen"


def test_a_count_is_a_whole_number(rows: dict) -> None:
    assert rows[INVITED]["value"] == "103"


def test_each_language_says_what_a_figure_counts(rows: dict) -> None:
    assert rows[INVITED]["meaning_en"] == "People invited. Total"
    assert rows[INVITED]["group_name_cy"] == "Cyfanswm"
    assert rows[AGREE]["statement_en"] == "The council has a clear vision for how it uses data."


def test_few_people_have_a_word_in_each_language_and_no_number(rows: dict) -> None:
    few = rows[AGREE]
    assert (few["display_en"], few["display_cy"]) == ("around half", "tua hanner")
    assert (few["base_lowest"], few["base_highest"]) == ("5", "9")
    assert {few[name] for name in ("value", "count", "base", "ci_lower", "ci_upper")} == {""}


def test_a_suppressed_figure_holds_no_number(rows: dict) -> None:
    hidden = rows['agree("L1")']
    assert (hidden["suppressed"], hidden["display_en"]) == ("true", "[c]")
    numbers = [column.name for column in columns(LANGUAGES) if column.type in ("number", "integer")]
    assert len(numbers) == 14
    assert {hidden[name] for name in numbers} == {""}


def test_rows_stand_in_the_order_of_the_register(rows: dict) -> None:
    assert list(rows) == [RATE, INVITED, AGREE, 'agree("L1")', APART]


def test_the_file_is_utf8_with_a_mark_and_ends_its_lines_as_rfc_4180_has_it(study: Study) -> None:
    content = figures_csv(study, "torfaen", [executed("cy")])
    assert content.startswith(b"\xef\xbb\xbfcouncil,figure,statistic,kind,")
    assert content.count(b"\r\n") == content.count(b"\n") == 6
    assert figures_csv(study, "torfaen", [executed("cy")]) == content


def test_there_are_columns_for_the_languages_that_there_are(study: Study) -> None:
    [row, *_] = rows_of(figures_csv(study, "torfaen", [executed("cy")])).values()
    assert "display_cy" in row
    assert "display_en" not in row


@pytest.mark.parametrize(
    "attack",
    [
        '=HYPERLINK("http://127.0.0.1")',
        "+1+1",
        "-1+1|cmd",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        "\n=1+1",
        "  =1+1",
        "＝1+1",
    ],
)
def test_no_text_can_run_in_a_spreadsheet(study: Study, attack: str) -> None:
    hostile = Executed(
        {"language": "en"}, [record(RATE, group="total", display=attack, source=attack)], []
    )
    row = rows_of(figures_csv(study, attack, [hostile]))[RATE]
    assert {row["display_en"], row["source"], row["council"]} == {f"'{attack}"}


def test_numbers_below_zero_stay_numbers(study: Study) -> None:
    ends = record(RATE, group="total", kind="difference", value=-0.125, interval=(-0.25, 0.01))
    row = rows_of(figures_csv(study, "torfaen", [Executed({"language": "en"}, [ends], [])]))[RATE]
    assert (row["value"], row["ci_lower"], row["ci_upper"]) == ("-0.125", "-0.25", "0.01")


def test_plain_text_stays_as_it_is() -> None:
    assert safe("a = b, “yes” − 5%") == "a = b, “yes” − 5%"


def test_an_older_edition_of_other_numbers_is_left_out() -> None:
    new, old = executed("en"), executed("cy")
    older = Executed(old.facts, [{**old.records[0], "count": 41}, *old.records[1:]], [])
    assert in_step([new, old], new) == [new, old]
    assert in_step([new, older], new) == [new]
    assert in_step([new, older], older) == [older]


def test_an_older_edition_may_hold_what_the_newest_does_not_say() -> None:
    new, old = executed("en"), executed("cy")
    shorter = Executed(new.facts, new.records[1:], [])
    assert in_step([shorter, old], shorter) == [shorter, old]
