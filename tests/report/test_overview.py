"""The national overview: all councils side by side, made and checked as their reports are."""

import json
import re
import shutil
from dataclasses import replace

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from conftest import assert_contents_lead_to_each_heading, check_workbook, copy_workbook, run_python
from helpers.errors import CheckFailed, UsageError
from helpers.figures.evaluation import evaluate
from helpers.report.content.overview import Overview
from helpers.report.languages.language import Language
from helpers.report.languages.meaning import meaning
from helpers.report.languages.names import Names
from helpers.report.notebook.whole import register_of
from helpers.report.opening import open_overview, overview_measures_of
from helpers.run.building.dropping import remove_dropped
from helpers.run.building.executing import build
from helpers.run.building.making import processes
from helpers.run.building.planning import plan
from helpers.run.deciding import decide
from helpers.run.editions.rewording import reword
from helpers.study.data import check_data
from helpers.study.reading import read_study

LANGUAGES = ["en", "cy"]
TEMPLATE = "notebooks/national_overview.ipynb"
FILES = [
    "manifest.cy.json",
    "manifest.en.json",
    "overview.cy.html",
    "overview.cy.ipynb",
    "overview.en.html",
    "overview.en.ipynb",
]


def national_plan(workbook, edition=None):
    planned = plan(decide(check_workbook(workbook)), [], edition)
    return replace(planned, editions={"national": planned.editions["national"]})


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    """A copy of the workbook in which only the overview was built."""
    copied = copy_workbook(tmp_path_factory.mktemp("overview") / "workbook")
    planned = national_plan(copied)
    told = []
    with processes(2) as pool:
        outcomes = build(planned, told.append, pool)
    assert [(one.council, one.edition, one.error) for one in outcomes] == [
        ("national", "en", ""),
        ("national", "cy", ""),
    ]
    assert sorted(told, key=str) == sorted(outcomes, key=str)
    return copied


@pytest.fixture(scope="module")
def decided(workbook):
    return decide(check_workbook(workbook))


@pytest.fixture(scope="module")
def bundles(decided):
    return [bundle for bundle in plan(decided, [], None) if bundle.council == "national"]


@pytest.fixture(scope="module")
def folder(workbook):
    return workbook / "outputs" / "national"


@pytest.fixture(scope="module")
def pages(folder):
    return [
        BeautifulSoup((folder / f"overview.{code}.html").read_text("utf-8"), "html.parser")
        for code in LANGUAGES
    ]


@pytest.fixture(scope="module")
def registers(folder):
    return [
        register_of(nbformat.read(folder / f"overview.{code}.ipynb", as_version=4))
        for code in LANGUAGES
    ]


# ---- The page -----------------------------------------------------------------------------------


def test_both_editions_are_made_with_a_manifest_each(folder):
    assert sorted(path.name for path in folder.iterdir()) == FILES
    manifest = json.loads((folder / "manifest.en.json").read_text("utf-8"))["hashed"]
    assert (manifest["council"], manifest["edition"]) == ("national", "en")
    assert set(manifest["outputs"]) == {"overview.en.html", "overview.en.ipynb"}


def test_a_page_says_what_it_is_and_leads_to_its_twin(pages, folder):
    assert [page.h1.text for page in pages] == [
        "Wales: national overview",
        "Cymru: trosolwg cenedlaethol",
    ]
    assert [page.html["lang"] for page in pages] == LANGUAGES
    assert "(illustrative data)" in pages[0].title.text
    links = [page.header.a["href"] for page in pages]
    assert links == ["overview.cy.html", "overview.en.html"]
    assert all((folder / link).is_file() for link in links)


def test_a_page_is_small_and_has_no_script(folder, pages):
    for code, page in zip(LANGUAGES, pages, strict=True):
        assert (folder / f"overview.{code}.html").stat().st_size < 500_000
        assert page.find_all("script") == []


def test_every_council_has_its_row_and_the_last_row_is_their_sum(pages):
    table = pages[0].find("caption", string=re.compile("^Response rates, and how many")).parent
    *councils, total = [
        [cell.text for cell in row.find_all(["th", "td"])] for row in table.tbody.find_all("tr")
    ]
    assert len(councils) == 22
    assert [
        "Torfaen (published)",
        "51% (30 of 59)",
        "27% (12 of 44)",
        "41% (42 of 103)",
    ] in councils
    assert total[0] == "Wales"
    for column in (1, 2, 3):
        counts = [
            [int(n) for n in re.findall(r"\((\d+) of (\d+)\)", row[column])[0]] for row in councils
        ]
        replied, invited = map(sum, zip(*counts, strict=True))
        assert f"({replied:,} of {invited:,})" in total[column]


def test_what_is_published_is_told_apart_where_other_numbers_are_not(pages):
    for page, mark in zip(pages, ["(published)", "(cyhoeddedig)"], strict=True):
        chart = page.find(id="chart-responses")
        (row,) = [head for head in page.select("th") if head.text.endswith(mark)]
        assert row.parent.find_all("td")[2].text.startswith("41%")  # Torfaen's, as published
        said = {"en": "the list of figures at the end", "cy": "ar y diwedd"}[page.html["lang"]]
        assert said in chart.select_one(".source").text  # a dot of it is Torfaen's
        assert said in row.find_parent(class_="table").find_next("p").text


def test_the_summary_tells_the_rates_of_the_area_between_those_of_its_councils(pages, workbook):
    invited = pd.read_csv(workbook / "data/invitations.csv")
    files = [pd.read_csv(file) for file in sorted((workbook / "data/responses").glob("*.csv"))]
    replied = pd.concat(files).groupby("council").size()
    rates = replied / invited.groupby("council")["invited"].sum()
    total = replied.sum() / invited["invited"].sum()
    tile = pages[0].select_one(".key-figures .tiles li")
    assert [link.text for link in tile.find_all("a")] == [
        f"{share:.0%}" for share in (total, rates.min(), rates.max())
    ]
    assert tile.strong.text == "Total"


def test_the_summary_names_the_statements_of_the_highest_and_the_lowest_agreement(pages, registers):
    shares = {
        one["expression"]: one["value"]
        for one in registers[0]
        if one["expression"].startswith("national(") and "group" not in one["expression"]
    }
    order = sorted(shares.values())
    shown = [
        [shares[f'national("{link["href"].split("-")[2]}")'] for link in listed.find_all("a")]
        for listed in pages[0].select(".key-figures ol")
    ]
    assert shown == [order[::-1][:3], order[:3]]


def test_the_contents_lead_to_each_heading_once(pages):
    assert [len(page.select(".contents a")) for page in pages] == [18, 18]
    for page in pages:
        assert_contents_lead_to_each_heading(page)


def test_every_table_can_be_walked_and_every_chart_has_words_and_a_table(pages):
    for page in pages:
        for table in page.find_all("table"):
            assert table.caption.text.strip()
            assert {head["scope"] for head in table.thead.find_all("th")} == {"col"}
            assert {row.th["scope"] for row in table.select("tbody tr:not(.group)")} == {"row"}
        charts = page.find_all("figure", class_="chart")
        assert len(charts) == 7  # responses, four themes, maturity, differences
        for chart in charts:
            assert len(chart.svg.find("desc").text) > 100
            assert chart.details.table is not None


def test_two_groups_are_told_apart_by_shape_too(pages):
    chart = pages[0].find(id="chart-differences").svg
    marks = {use["href"]: use["style"] for use in chart.find_all("use")}
    assert len(marks) == 2
    assert len(set(marks.values())) == 2


def test_differences_come_widest_first(registers, pages):
    rows = pages[0].find(id="chart-differences").table.tbody.find_all("tr")
    told = [int(row.find_all("td")[2].text.split()[0].replace("−", "-")) for row in rows]
    assert len(told) == 16  # statements that were put to members too
    assert [abs(one) for one in told] == sorted(map(abs, told), reverse=True)
    assert told[0] == -15


# ---- Both languages, and nothing that is hidden -------------------------------------------------


def test_both_editions_have_the_same_figures(registers):
    english, welsh = (
        [{key: one[key] for key in one.keys() - {"display", "prose"}} for one in register]
        for register in registers
    )
    assert len(english) > 300
    assert english == welsh


def test_both_pages_have_the_same_parts(pages):
    names = ["h1", "h2", "h3", "table", "tr", "figure", "li"]
    english, welsh = ([part.name for part in page.main.find_all(names)] for page in pages)
    assert english == welsh


def test_no_answer_of_anybody_comes_into_the_overview_s_bundle(workbook, bundles):
    respondents = {
        line.split(",")[0]
        for path in (workbook / "data" / "responses").glob("*.csv")
        for line in path.read_text("utf-8").splitlines()[1:]
    }
    for bundle in bundles:
        assert not any("responses" in path or "params" in path for path in bundle.files)
        words = set(re.findall(r"[\w-]+", b" ".join(bundle.files.values()).decode()))
        assert words & respondents == set()


def test_of_single_councils_only_the_replies_are_told(registers):
    named = {one["statistic"] for one in registers[0] if '("torfaen"' in one["expression"]}
    assert named == {"council_response_rate"}
    assert {one["statistic"] for one in registers[0]}.isdisjoint({"agree", "disagree", "level"})


# ---- Made, checked and re-performed as reports are ----------------------------------------------


def test_the_overview_is_made_with_all_reports_and_not_with_one(decided):
    made = [(one.council, one.edition) for one in plan(decided, [], None)]
    assert made[-2:] == [("national", "en"), ("national", "cy")]
    assert len(made) == 46
    assert [one.council for one in plan(decided, ["torfaen"], None)] == ["torfaen"] * 2
    welsh = [(one.council, one.edition) for one in plan(decided, [], "cy")]
    assert welsh.count(("national", "cy")) == 1
    assert ("national", "en") not in welsh


def test_a_workbook_without_the_template_has_no_overview(spoiled):
    (spoiled / TEMPLATE).unlink()
    welsh = spoiled / "notebooks/locale/cy.po"
    kept = welsh.read_text(encoding="utf-8").split("# The national overview.")[0]
    welsh.write_text(kept, encoding="utf-8")
    folder = spoiled / "outputs" / "national"
    folder.mkdir(parents=True)
    for name in (*FILES, "figures.csv", "tables.cy.xlsx", "overview.en.pdf", "manifest.json"):
        (folder / name).write_text("of an older overview")
    (folder / "notes.txt").write_text("somebody's")
    planned = plan(decide(check_workbook(spoiled)), [], None)
    assert "national" not in planned.editions
    remove_dropped(planned.decided)
    assert [path.name for path in folder.iterdir()] == ["notes.txt"]


def test_an_edition_of_which_nothing_changed_is_the_same_without_a_kernel(decided, bundles, folder):
    for bundle in bundles:
        made = reword(decided, bundle)
        assert made is not None
        assert set(made.files) == set(bundle.template.names(bundle.edition))
        for name, content in made.files.items():
            assert content == (folder / name).read_bytes()


def test_an_overview_that_fails_leaves_no_page(workbook, tmp_path, edit):
    copied = tmp_path / "workbook"
    shutil.copytree(workbook, copied)
    edit(copied / TEMPLATE, "report.maturity_chart()", "report.maturity_char()")
    planned = national_plan(copied, "en")
    with processes(1) as pool:
        (outcome,) = build(planned, lambda _: None, pool)
    assert "report has no 'maturity_char'; expected " in outcome.error
    left = sorted(path.name for path in (copied / "outputs" / "national").iterdir())
    assert left == [".last.en.ipynb", "manifest.cy.json", "overview.cy.html", "overview.cy.ipynb"]


def test_nbconvert_gives_the_same_page(workbook, folder, tmp_path):
    done = run_python(
        "-m", "nbconvert", "--to", "council_report", folder / "overview.en.ipynb",
        "--output-dir", tmp_path, "--output", "page", cwd=workbook,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "page.html").read_bytes() == (folder / "overview.en.html").read_bytes()


def test_a_reviewer_s_nbval_passes(workbook):
    check = ("-m", "pytest", "-p", "no:cacheprovider", "-q", "--nbval")
    done = run_python(*check, "outputs/national/overview.cy.ipynb", cwd=workbook)
    assert done.returncode == 0, done.stdout


def test_papermill_s_own_command_is_refused_what_the_overview_does_not_take(workbook):
    command = ("-m", "papermill", TEMPLATE, "out.ipynb", "--engine", "workbook")
    done = run_python(*command, "-p", "council", "torfaen", cwd=workbook)
    assert done.returncode == 2
    assert "unknown parameter 'council'; expected 'edition'" in done.stderr


def test_its_template_is_checked_as_that_of_the_reports(spoiled, edit):
    edit(spoiled / TEMPLATE, r"{eval}`national(\"L1\")`", r"{eval}`agree(\"L1\")`")
    edit(spoiled / TEMPLATE, "Each council has a report of its own", "Sixty reports are made")
    with pytest.raises(CheckFailed) as failed:
        check_workbook(spoiled)
    told = [str(problem) for problem in failed.value.problems]
    assert any(
        line.startswith(f"{TEMPLATE}#area-leadership:1:14: unknown measure 'agree'; expected ")
        for line in told
    ), told
    assert any(
        line.startswith(f"{TEMPLATE}#area-how-made:3:") and "'Sixty' is typed" in line
        for line in told
    ), told
    assert any("cell 'area-how-made' is translated from an older text" in line for line in told), (
        told
    )


def test_no_council_may_be_called_as_the_overview_s_folder(spoiled, edit):
    edit(spoiled / "data" / "councils.csv", ",torfaen,", ",national,")
    with pytest.raises(CheckFailed) as failed:
        check_data(spoiled, read_study(spoiled), [])
    told = [problem.message for problem in failed.value.problems]
    assert "slug 'national' names the folder of the overview in outputs/; use another" in told


# ---- Its parts --------------------------------------------------------------------------------


def test_a_language_that_the_study_has_not_is_refused(workbook, monkeypatch):
    monkeypatch.chdir(workbook)
    with pytest.raises(UsageError) as refused:
        open_overview("fr")
    assert refused.value.message == "unknown edition 'fr'; expected 'en', 'cy'"


def test_a_study_with_one_group_has_no_differences(shipped):
    study = read_study(shipped)
    groups = {"officers": study.about.groups["officers"]}
    alone = study.model_copy(update={"about": study.about.model_copy(update={"groups": groups})})
    overview = Overview(alone, overview_measures_of(shipped, study), Language("en"))
    with pytest.raises(UsageError) as refused:
        overview.difference_chart("officers", "members")
    assert refused.value.message == (
        "this study has no group 'members'; remove the call from the template"
    )


@pytest.mark.parametrize(
    ("expression", "english", "welsh"),
    [
        (
            'council_response_rate("conwy", group="members")',
            "Share of those invited that replied. Conwy: Elected members",
            "Cyfran y rhai a wahoddwyd a ymatebodd. Conwy: Aelodau etholedig",
        ),
        (
            'area_rate("officers", place="lowest")',
            "Where response rates lie. Officers: Lowest (Wales)",
            "Lle mae cyfraddau ymateb. Swyddogion: Isaf (Cymru)",
        ),
        (
            'area_agree("D6")',
            "Where the shares that agree lie, of those that are shown. Total: Median (Wales): “"
            "When data shows a problem, the council changes what it does.”",
            None,
        ),
        (
            'national_difference("D6", group="officers", than="members")',
            "Difference between the shares that agree, of the study's respondents. Officers, less "
            "Elected members: “When data shows a problem, the council changes what it does.”",
            None,
        ),
        ('national_invited("total")', "People invited, whole study. Total", None),
    ],
)
def test_the_evidence_says_what_a_figure_counts(workbook, expression, english, welsh):
    study = read_study(workbook)
    figure = evaluate(expression, overview_measures_of(workbook, study))
    assert meaning(figure, Names(study, Language("en"))) == english
    assert welsh in (None, meaning(figure, Names(study, Language("cy"))))
