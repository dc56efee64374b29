"""A sentence says only what the data bears out; when the data changes, the sentence is named."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result

from conftest import run_python, run_workbook
from helpers.cli import main
from helpers.report.notebook.whole import register_of

ANSWERS = "data/responses/management_team.csv"
PARAMS = "params/torfaen.yaml"
AGREES = ("agree", "strongly_agree")
SENTENCES = {
    "en": "Only {} of the corporate management team ({}) agree that the council has enough staff "
    "with the skills to make the most of its data; among everyone who answered, {} agree.",
    "cy": "Dim ond {} y tîm rheoli corfforaethol ({}) sy'n cytuno bod gan y cyngor ddigon o "
    "staff â'r sgiliau i fanteisio i'r eithaf ar ei ddata; ymhlith pawb a atebodd, mae {} yn "
    "cytuno.",
}
# What is false at 4 of 10, and what would be true: worked by hand from quantity_words.yaml.
REFUSED = {
    "en": 'agree("S1", group="management_team") says \'around half\', but it is 40% (4 of 10); '
    "true would be 'fewer than half', 'a minority', 'a mixed view', 'more than a quarter', "
    "'more than a third'",
    "cy": 'agree("S1", group="management_team") says \'tua hanner\', but it is 40% '
    "(4 allan o 10); true would be 'llai na hanner', 'lleiafrif', 'barn gymysg', "
    "'mwy na chwarter', 'mwy na thraean'",
}


def change_one_answer(workbook: Path, question: str = "S1") -> None:
    """Let one of Torfaen's five managers who agree disagree: 5 of 10 become 4."""
    path = workbook / ANSWERS
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    at = header.index(question)
    agreeing = [row for row in rows if row[1] == "torfaen" and row[at] in AGREES]
    agreeing[0][at] = "disagree"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def check(workbook: Path) -> Result:
    return CliRunner().invoke(main, ["check", "--workbook", str(workbook)])


def places(workbook: Path, expression: str) -> list[str]:
    """Where the file holds an expression, found by eye of this test: line and column from 1."""
    lines = (workbook / PARAMS).read_text(encoding="utf-8").splitlines()
    return [
        f"{number}:{line.index(expression) + 1}"
        for number, line in enumerate(lines, 1)
        if expression in line
    ]


def test_a_changed_answer_that_makes_a_word_false_stops_that_council_s_editions(
    built: Path, spoiled: Path, edit: Callable[[Path, str, str], None]
) -> None:
    shutil.copytree(built / "outputs" / "torfaen", spoiled / "outputs" / "torfaen")
    unchanged = run_workbook("build", "torfaen", "--workbook", spoiled)
    assert unchanged.returncode == 0, unchanged.stderr
    assert "affected" not in unchanged.stdout
    change_one_answer(spoiled)

    done = run_workbook("build", "torfaen", "newport", "--workbook", spoiled)
    assert done.returncode == 1
    claims = places(spoiled, '{eval}`agree("S1", group="management_team").says(')
    sentences = {
        code: SENTENCES[code].format(word, count, "22%")  # 9 of 41 in all
        for code, word, count in (
            ("en", "[around half]", "4 of 10"),
            ("cy", "[tua hanner]", "4 allan o 10"),
        )
    }
    assert sorted(done.stderr.splitlines()) == sorted(
        f"workbook: failed: torfaen {code}: {PARAMS}:{at}: {REFUSED[code]}; "
        f"the sentence: “{sentences[code]}”"
        for code, at in zip(("en", "cy"), claims, strict=True)
    )
    affected = [line for line in done.stdout.splitlines() if line.startswith("narrative")]
    assert affected == [
        "narrative affected: torfaen, skills (en): 'around half' no longer holds, "
        f"5 of 10 → 4 of 10, 24% → 22%: “{sentences['en']}”",
        "narrative affected: torfaen, skills (cy): 'tua hanner' no longer holds, "
        f"5 allan o 10 → 4 allan o 10, 24% → 22%: “{sentences['cy']}”",
    ]
    outputs = spoiled / "outputs"
    left = [path.name for path in (outputs / "torfaen").iterdir()]
    assert sorted(left) == [".last.cy.ipynb", ".last.en.ipynb"]  # of which no page tells
    assert (outputs / "newport" / "report.en.html").exists()

    # Until it is made again, each build says what has changed since it was made.
    again = run_workbook("build", "torfaen", "--workbook", spoiled)
    assert [line for line in again.stdout.splitlines() if line in affected] == affected
    for word, other in (("around half", "a minority"), ("tua hanner", "lleiafrif")):
        edit(spoiled / PARAMS, f'.says("{word}")', f'.says("{other}")')
    mended = run_workbook("build", "torfaen", "--workbook", spoiled)
    assert mended.returncode == 0, mended.stderr
    assert mended.stdout.count("5 of 10 → 4 of 10, 24% → 22%: “Only a minority of the") == 1
    assert not list((outputs / "torfaen").glob(".last.*"))


def test_an_altered_word_is_refused_as_a_changed_answer_is(
    spoiled: Path, edit: Callable[[Path, str, str], None]
) -> None:
    for old, new in (("around half", "most"), ("tua hanner", "y rhan fwyaf")):
        edit(spoiled / PARAMS, f'.says("{old}")', f'.says("{new}")')
    told = check(spoiled)
    assert told.exit_code == 4
    english, welsh, last = told.output.splitlines()
    at = places(spoiled, '{eval}`agree("S1", group="management_team").says(')
    assert english.startswith(
        f'workbook: error: {PARAMS}:{at[0]}: agree("S1", group="management_team") says \'most\', '
        "but it is 50% (5 of 10); true would be 'around half', 'a mixed view', "
        "'more than a quarter', 'more than a third'; the sentence: “Only [most] of the corporate"
    )
    assert welsh.startswith(f"workbook: error: {PARAMS}:{at[1]}: ")
    assert last == (
        "workbook: error: 2 problems in 1 file; put this right and run 'workbook check': "
        "until then their reports are not built"
    )


def test_the_languages_must_claim_the_same(
    spoiled: Path, edit: Callable[[Path, str, str], None]
) -> None:
    edit(spoiled / PARAMS, '.says("tua hanner")', '.says("barn gymysg")')  # true as well
    told = check(spoiled)
    assert told.exit_code == 4
    claim = 'agree("S1", group="management_team").says'
    first, second, _ = (line.split(": ", 3)[-1] for line in told.output.splitlines())
    assert {first, second} == {
        f"{claim}(around_half) stands in 'en' but not in 'cy'; use the same figures in each",
        f"{claim}(mixed_view) stands in 'cy' but not in 'en'; use the same figures in each",
    }


def test_a_sentence_whose_figure_is_hidden_fails_with_advice_at_its_place(
    spoiled: Path, edit: Callable[[Path, str, str], None]
) -> None:
    for _ in ("en", "cy"):
        edit(spoiled / PARAMS, '`agree("L1")`', '`agree("L1", "data_analysts")`')
    told = check(spoiled)
    assert told.exit_code == 4
    at = places(spoiled, '{eval}`agree("L1", "data_analysts")`')
    assert told.output.splitlines()[0].startswith(
        f'workbook: error: {PARAMS}:{at[0]}: agree("L1", group="data_analysts") is hidden: too few '
        "people answered, or the answers of so few would follow from it; name a larger group, or "
        "write the sentence without the number; "
        'the sentence: “A clear vision for data is missing; [agree("L1", "data_analysts")] of'
    )


def test_a_false_reason_for_a_level_is_refused_too(
    spoiled: Path, edit: Callable[[Path, str, str], None]
) -> None:
    reason = (
        "judgements:\n  leadership:\n    level: 2\n    reason:\n"
        '      en: Here {eval}`agree("L1").says("most")` agree.\n'
        '      cy: Yma mae {eval}`agree("L1").says("y rhan fwyaf")` yn cytuno.\n\nnarrative:\n'
    )
    edit(spoiled / PARAMS, "narrative:\n", reason)
    told = check(spoiled)
    at = places(spoiled, '{eval}`agree("L1").says(')
    assert told.exit_code == 4
    assert told.output.startswith(f"workbook: error: {PARAMS}:{at[0]}: agree(\"L1\") says 'most'")


def test_a_council_that_may_be_named_is_named_on_the_page(
    spoiled: Path, edit: Callable[[Path, str, str], None]
) -> None:
    edit(spoiled / PARAMS, "editions: [en, cy]", "editions: [en, cy]\nmentions: [cardiff]")
    for old, new in (
        ("Decisions led", "As in Cardiff, decisions led"),
        ("Mae penderfyniadau dan", "Fel yng Nghaerdydd, mae penderfyniadau dan"),
    ):
        edit(spoiled / PARAMS, old, new)
    done = run_workbook("build", "torfaen", "--workbook", spoiled)
    assert done.returncode == 0, done.stderr
    page = (spoiled / "outputs/torfaen/report.cy.html").read_text(encoding="utf-8")
    assert "Fel yng Nghaerdydd, mae penderfyniadau" in page


HOSTILE = [
    '__import__("os").system("touch made")',
    'agree("L1").__class__',
    'agree("L1").says.__globals__',
    'agree("L1").says("most").text',
    'agree("L1").says(open("made", "w"))',
    'agree("L1").says("x" if open("made", "w") else "y")',
    'agree(open("made", "w")).count',
    'agree("L1")[open("made", "w")]',
    '(lambda: open("made", "w"))()',
    '[open("made", "w")]',
    'agree("L1") or open("made", "w")',
    'exec("open(1)")',
    "%run made",
    "!touch made",
]


def test_nothing_hostile_in_a_parameter_file_runs(
    spoiled: Path, tmp_path: Path, edit: Callable[[Path, str, str], None]
) -> None:
    lines = "\n".join(f"      A sentence with {{eval}}`{text}` in it.\n" for text in HOSTILE)
    path = spoiled / "params/newport.yaml"
    path.write_text(
        path.read_text(encoding="utf-8")
        + f"\nnarrative:\n  skills:\n    en: |\n{lines}\n    cy: |\n{lines}\n",
        encoding="utf-8",
    )
    for command, code in ((["check"], 4), (["build", "newport"], 1)):
        done = run_python("-m", "helpers.cli", *command, "--workbook", spoiled, cwd=tmp_path)
        told = [line for line in done.stderr.splitlines() if "params/newport.yaml" in line]
        assert done.returncode == code
        assert len(told) >= len(HOSTILE)
        assert "Traceback" not in done.stderr
    assert not list(tmp_path.rglob("made"))
    assert not list((spoiled / "outputs").rglob("report.*"))


@pytest.mark.parametrize(("code", "word"), [("en", "around half"), ("cy", "tua hanner")])
def test_a_claim_is_printed_on_the_page_and_leads_to_its_evidence(
    built: Path, code: str, word: str
) -> None:
    page = BeautifulSoup(
        (built / f"outputs/torfaen/report.{code}.html").read_text(encoding="utf-8"), "html.parser"
    )
    (claim,) = (link for link in page.select(".narrative a.figure-link") if link.text == word)
    row = page.find(id=claim["href"].removeprefix("#"))
    count = {"en": "5 of 10", "cy": "5 allan o 10"}[code]
    assert f"{word}; {count}." in row.text
    assert "50%" in row.text


def test_the_register_holds_each_claim_that_the_sentences_make(built: Path) -> None:
    notebook = nbformat.read(built / "outputs/torfaen/report.cy.ipynb", as_version=4)
    claims = {
        (record["expression"], said["claim"], said["display"])
        for record in register_of(notebook)
        for said in record["prose"]
        if said["claim"]
    }
    assert claims == {
        ('agree("S1", group="management_team")', "around_half", "tua hanner"),
        ('agree("D1")', "mixed_view", "barn gymysg"),
    }


def test_each_report_prints_what_the_words_mean(built: Path) -> None:
    page = BeautifulSoup(
        (built / "outputs/newport/report.en.html").read_text(encoding="utf-8"), "html.parser"
    )
    (table,) = (
        table for table in page.find_all("table") if table.caption.text == "Words for quantities"
    )
    rows = {row.th.text: row.td.text for row in table.tbody.find_all("tr")}
    assert rows["around half; about half"] == "45% to 55%"
    assert rows["a majority; the majority"] == "more than 50%, by exact count"
    assert rows["almost all; nearly all"] == "90% or more, but not everyone"
    assert rows["more than two thirds; over two thirds"] == "more than 2/3, by exact count"
    assert rows["one of the three lowest; among the three lowest"] == (
        "at most 2 others are as low or lower"
    )
    assert rows["the highest in Wales"] == "no other is as high or higher"
    assert rows["not clearly different"] == "The interval of the difference holds zero"
