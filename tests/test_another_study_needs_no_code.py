"""A real survey, public and messy, is a workbook of its own: its folder differs, the code does not.

The study of tests/rse_2017 has one questionnaire and one language; nobody knows how many were
invited; it has no groups, maturity, good practice or barriers. Every share is recomputed here with
pandas straight from the raw export, with nothing of `helpers`.
"""

import hashlib
import json
import re
import shutil
from decimal import ROUND_HALF_UP, Decimal
from math import hypot
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup, Tag
from scipy.stats import binomtest

from conftest import ROOT, run_workbook
from helpers.errors import ExpressionError, UsageError
from helpers.figures.evaluation import check_expression
from helpers.report.notebook.whole import check_whole
from helpers.report.opening import open_report
from helpers.study.files.folder import VARIABLE
from helpers.study.reading import read_study

STUDY = ROOT / "tests" / "rse_2017"
RAW = STUDY / "export" / "uk_2017_public_data.csv"
TYPES = {  # as the export writes them
    "academic-group": "University - within an academic group",
    "hpc-group": "University - within an HPC group",
    "it-service": "University - within an IT service",
    "national-laboratory": "National laboratory",
    "government": "Government",
    "private-company": "Private company",
    "ngo": "NGO",
    "other": "Other",
}
SIDES = {
    "agree": {"agree", "strongly agree"},
    "neither": {"neither agree or disagree"},
    "disagree": {"disagree", "strongly disagree"},
}
WORDS_FROM, SHOWN_FROM = 5, 10  # answers, by the study file
ANSWERS, PACKAGE = "data/responses/survey.csv", "data/datapackage.json"
MAPPING = "export/survey.mapping.yaml"
IMPORT = ("import", RAW, "--tool", "survey")


@pytest.fixture(scope="module")
def raw() -> pd.DataFrame:
    """The raw answers by statement: one column each, in lower case, and the type of employer."""
    export = pd.read_csv(RAW, keep_default_na=False, dtype=str)
    headers = {name: re.match(r"likertagree\d\[(\w+)\]", name) for name in export.columns}
    codes = {name: found[1] for name, found in headers.items() if found}
    answers = export[list(codes)].rename(columns=codes).apply(lambda column: column.str.lower())
    employer = next(name for name in export.columns if name.startswith("currentEmp1."))
    return answers.assign(employer=export[employer])


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the study as it was before anything was imported."""
    workbook = tmp_path_factory.mktemp("another") / "rse_2017"
    shutil.copytree(STUDY, workbook)
    (workbook / ANSWERS).unlink()
    package = json.loads((workbook / PACKAGE).read_text(encoding="utf-8"))
    del package["resources"][1]["imports"]
    (workbook / PACKAGE).write_text(json.dumps(package), encoding="utf-8")
    return workbook


@pytest.fixture(scope="module")
def imported(empty: Path) -> Path:
    """The study with the raw export imported by its mapping."""
    done = run_workbook(*IMPORT, "--mapping", empty / MAPPING, "--workbook", empty)
    assert done.returncode == 0, done.stderr
    for line in ("253 rows read", "28 empty, dropped", "225 kept", "0 answers not understood"):
        assert re.search(rf"^ +{line}$", done.stdout, re.MULTILINE), line
    return empty


@pytest.fixture(scope="module")
def folder(imported: Path) -> Path:
    """The imported study in which every report was built by the command."""
    workbook = imported
    done = run_workbook("build", "--workbook", workbook)
    assert done.returncode == 0, done.stderr
    assert f"{len(TYPES)} of {len(TYPES)} reports in " in done.stdout
    return workbook


def test_its_reports_come_out_again_and_by_the_second_route(folder: Path):
    """Nobody knows how many were invited there, so there are no rates and no finite populations."""
    done = run_workbook("verify", "--workbook", folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"figures of {len(TYPES)} editions run again" in done.stdout
    assert "no difference" in done.stdout


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, str]:
    found = {slug: folder / f"outputs/{slug}/report.en.html" for slug in TYPES}
    found["index"] = folder / "outputs/index.html"
    return {name: path.read_text(encoding="utf-8") for name, path in found.items()}


def notebook(folder: Path, slug: str) -> nbformat.NotebookNode:
    return nbformat.read(folder / f"outputs/{slug}/report.en.ipynb", as_version=4)


def register(folder: Path, slug: str) -> list[dict]:
    cell = notebook(folder, slug).cells[-1]
    return json.loads(cell.outputs[0].data["text/plain"])


def counted(raw: pd.DataFrame, record: dict, slug: str) -> tuple[int, int]:
    """Count, and base, of a share: of this type, of the others, or of all."""
    own = raw["employer"] == TYPES[slug]
    whose = {"national": own | ~own, "rest_of_area": ~own}.get(record["statistic"], own)
    answers = raw[whose][record["question"]]
    side = SIDES.get(record["statistic"], SIDES["agree"])
    return int(answers.isin(side).sum()), int((answers != "").sum())


def least_shown(raw: pd.DataFrame, question: str) -> int:
    """Answers of the smallest type of organisation of which percentages could be shown."""
    bases = raw[raw[question] != ""]["employer"].value_counts()
    return int(bases[bases >= SHOWN_FROM].min())


def whole_percent(count: int, base: int) -> str:
    share = Decimal(count) * 100 / Decimal(base)
    return f"{share.quantize(Decimal(1), ROUND_HALF_UP)}%"


def test_the_export_is_as_its_readme_says(raw):
    assert len(raw) == 253
    assert set(raw["employer"]) == set(TYPES.values())
    said = set(raw.drop(columns="employer").to_numpy().ravel()) - {""}
    assert said == set().union(*SIDES.values())


def test_each_type_of_organisation_has_its_answers(raw):
    committed = pd.read_csv(STUDY / ANSWERS, keep_default_na=False)
    spelt = {"neither agree or disagree": "neither"}
    answers = raw.drop(columns="employer").apply(
        lambda column: column.map(lambda text: spelt.get(text, text.replace(" ", "_")))
    )
    answered = (answers != "").any(axis="columns")
    slugs = {name: slug for slug, name in TYPES.items()}
    expected = answers[answered].assign(council=raw["employer"][answered].map(slugs))
    columns = list(expected.columns)
    assert sorted(committed[columns].itertuples(index=False, name=None)) == sorted(
        expected.itertuples(index=False, name=None)
    )


def test_what_is_committed_was_imported_from_this_export_by_this_mapping(imported):
    committed, again = (
        json.loads((workbook / PACKAGE).read_text(encoding="utf-8"))["resources"][1]["imports"][0]
        for workbook in (STUDY, imported)
    )
    assert committed | {"date": again["date"]} == again
    digest = hashlib.sha256(RAW.read_bytes()).hexdigest()
    assert (again["source_sha256"], again["rows_kept"]) == (digest, 225)


def test_without_the_mapping_nothing_is_imported(empty):
    before = (empty / PACKAGE).read_bytes()
    done = run_workbook(*IMPORT, "--workbook", empty)
    assert done.returncode != 0
    assert (
        "columns 'currentEmp1' and 'prevEmp1' all name a type of organisation; "
        "map one of them to 'council'"
    ) in done.stderr
    assert "answer 'Neither agree or disagree' is not understood" in done.stderr
    assert (empty / PACKAGE).read_bytes() == before


@pytest.mark.parametrize("slug", TYPES)
def test_every_share_is_that_of_the_raw_file(folder, raw, slug):
    shares = [record for record in register(folder, slug) if record["question"]]
    assert {record["question"] for record in shares} == set(raw.columns) - {"employer"}
    statistics = {record["statistic"] for record in shares}
    assert statistics == {"agree", "disagree", "national", "rest_of_area"}
    for record in shares:
        count, base = counted(raw, record, slug)
        if record["suppressed"] or record["word"]:
            continue  # of these the next test
        assert base >= SHOWN_FROM, record["expression"]
        assert record["display"] == whole_percent(count, base), record["expression"]
        assert (record["count"], record["base"]) == (count, base)
        assert record["provenance"] == "published"


@pytest.mark.parametrize("slug", TYPES)
def test_of_few_people_no_number_is_there(folder, raw, slug):
    shares = [record for record in register(folder, slug) if record["question"]]
    withheld = [record for record in shares if record["suppressed"] or record["word"]]
    assert bool(withheld) == (slug in ("private-company", "ngo", "other"))
    for record in withheld:
        assert (record["value"], record["count"], record["base"]) == (None, None, None)
        assert (record["interval"], record["difference"]) == (None, None)
        count, base = counted(raw, record | {"statistic": "agree"}, slug)
        if record["word"]:
            assert WORDS_FROM <= base < SHOWN_FROM
            assert record["display"] == word_for(count, base), record["expression"]
        else:  # nothing larger is given up to protect a small type than the next larger one
            assert record["display"] == "[c]"
            assert base <= least_shown(raw, record["question"]), record["expression"]


def word_for(count: int, base: int) -> str:
    """Within one person of half is around half."""
    if abs(count - base / 2) <= 1:
        return "around half"
    return "more than half" if count > base / 2 else "fewer than half"


@pytest.mark.parametrize("slug", TYPES)
def test_intervals_are_wilsons_where_nobody_knows_the_population(folder, slug):
    shown = [record for record in register(folder, slug) if record["interval"]]
    assert shown
    for record in shown:
        assert record["interval"] == pytest.approx(wilson(record), abs=1e-6)
        assert record["population"] is None


@pytest.mark.parametrize("slug", ["academic-group", "government"])
def test_a_type_is_compared_with_the_others_by_newcombes_interval(folder, slug):
    records = {record["expression"]: record for record in register(folder, slug)}
    for expression, rest in records.items():
        if rest["statistic"] == "rest_of_area":
            own = records[expression.replace("rest_of_area", "agree")]
            (p, *ends), (q, *others) = (
                (record["count"] / record["base"], *wilson(record)) for record in (own, rest)
            )
            low = p - q - hypot(p - ends[0], others[1] - q)
            high = p - q + hypot(ends[1] - p, q - others[0])
            assert rest["difference"] == pytest.approx([low, high], abs=1e-6)


def wilson(record: dict) -> list[float]:
    return list(binomtest(record["count"], record["base"]).proportion_ci(method="wilson"))


def test_the_replies_are_those_who_rated_a_statement(folder, raw, pages):
    index = BeautifulSoup(pages["index"], "html.parser")
    printed = {
        row.th.text: row.find(class_="number").contents[0].strip()
        for row in index.select("tbody tr")
    }
    assert list(printed) == [
        "University academic group",
        "University HPC group",
        "University IT service",
        "National laboratory",
        "Government",
        "Private company",
        "NGO",
        "Other organisation",
    ]
    answered = (raw.drop(columns="employer") != "").any(axis="columns")
    people = raw["employer"][answered].value_counts()
    assert list(printed.values()) == [str(people[name]) for name in TYPES.values()]


@pytest.mark.parametrize("slug", TYPES)
def test_pages_print_what_the_register_holds(folder, pages, slug):
    check_whole(notebook(folder, slug))
    known = {record["expression"]: record["display"] for record in register(folder, slug)}
    page = BeautifulSoup(pages[slug], "html.parser")
    cells, rows = page.select("td[data-figure]"), page.select("tr[data-figure]")
    assert {row["data-figure"]: row.td.text for row in rows} == known
    assert len(cells) > 20
    for cell in cells:
        assert cell.text == known[cell["data-figure"]]
    for link in page.select("a.figure-link"):
        row = page.find(id=link["href"].removeprefix("#"))
        assert link.text == known[row.code.text]


def test_no_page_speaks_of_the_other_study(pages):
    for name, page in pages.items():
        for word in ("wales", "welsh", "council", "cymraeg", "illustrative", "synthetic"):
            assert word not in page.lower(), (name, word)


def test_no_page_speaks_of_what_this_study_lacks(pages):
    for name, page in pages.items():
        text = BeautifulSoup(page, "html.parser").get_text(" ").lower()
        for words in ("invited", "maturity", "good practice", "officers", "don't know", "nan"):
            assert not re.search(rf"\b{words}\b", text), (name, words)


def test_every_page_names_source_and_licence(pages):
    for page in pages.values():
        footer = BeautifulSoup(page, "html.parser").footer.text
        assert "The University of Edinburgh on behalf of the Software Sustainability" in footer
        assert "Creative Commons Attribution 2.5 UK: Scotland" in footer


@pytest.mark.parametrize("slug", TYPES)
def test_no_section_stands_empty(pages, slug):
    content = BeautifulSoup(pages[slug], "html.parser").find(class_="content")
    headings = content.find_all(["h2", "h3"])
    assert len(headings) == 9
    for heading in headings:
        assert said_below(heading), heading.text
    for listed in content.select("ul, tbody"):
        assert listed.find(["li", "tr"]), listed


def said_below(heading: Tag) -> bool:
    """Whether a text stands between a heading and the next that is not its own part."""
    for part in heading.find_all_next(["h2", "h3", "p", "li", "td"]):
        if part.name in ("h2", "h3") and part.name <= heading.name:
            return False
        if part.name not in ("h2", "h3") and part.text.strip():
            return True
    return False


def test_the_index_has_no_response_rate(pages):
    heads = BeautifulSoup(pages["index"], "html.parser").select("thead th")
    assert [head.text for head in heads] == [
        "Type of organisation",
        "Reports",
        "Replies",
        "Downloads",
    ]


def test_check_and_list_work_there():
    checked = run_workbook("check", "--workbook", STUDY)
    assert checked.stdout == "8 types of organisation and 225 respondents: all is as expected\n"
    listed = run_workbook("list", "--workbook", STUDY)
    assert [line.split()[0] for line in listed.stdout.splitlines()] == list(TYPES)


def test_the_one_language_may_be_any(tmp_path):
    """The same study, said to be in Welsh: its page has our Welsh labels and no other edition."""
    shutil.copytree(STUDY, tmp_path / "welsh")
    for name in ("data/study/study.yaml", "data/study/questionnaire.yaml"):
        replace_in(tmp_path / "welsh" / name, ("en: ", "cy: "), ("[en]", "[cy]"))
    words = tmp_path / "welsh/data/study/quantity_words.yaml"
    replace_in(words, ("{en: ", "{cy: "), ("  en:\n", "  cy:\n"))
    replace_in(tmp_path / "welsh/data/organisations.csv", ("_en", "_cy"))
    replace_in(tmp_path / "welsh/params/government.yaml", ("[en]", "[cy]"))
    for path in (tmp_path / "welsh/params").glob("*.yaml"):
        if path.stem != "government":
            path.unlink()
    done = run_workbook("build", "--workbook", tmp_path / "welsh")
    assert done.returncode == 0, done.stderr
    written = (tmp_path / "welsh/outputs/government/report.cy.html").read_text(encoding="utf-8")
    page = BeautifulSoup(written, "html.parser")
    assert page.html["lang"] == "cy"
    assert page.table.th.text == "Gosodiad"
    assert page.find(rel="alternate") is None


def replace_in(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ('response_rate("total")', "this study does not know how many were invited"),
        ('national_response_rate("total")', "this study does not know how many were invited"),
        ('invited("total")', "this study does not know how many were invited"),
        ('dont_know("affSat1")', "this study did not offer 'don't know' as an answer"),
        ('level("leadership")', "unknown characteristic 'leadership'; expected none"),
        ('fact("citizens")', "unknown fact 'citizens'; expected none"),
    ],
)
def test_a_measure_of_what_the_study_lacks_is_refused(expression, message):
    with pytest.raises(ExpressionError) as caught:
        check_expression(expression, read_study(STUDY), "en")
    assert caught.value.message == f"{expression.split('(')[0]}: {message}"


@pytest.mark.parametrize(
    ("section", "arguments", "lacks"),
    [
        ("barriers", (), "barriers"),
        ("recommendations", (), "recommendations on 'satisfaction'"),
        ("introduction", ("staying",), "introduction to 'staying'"),
        ("data_tools", (), "groups"),
        ("maturity_matrix", (), "maturity"),
        ("maturity_table", (), "maturity"),
        ("maturity_chart", (), "maturity"),
        ("good_practice", (), "good practice"),
        ("contacts", (), "national report"),
    ],
)
def test_a_section_that_would_stand_empty_is_refused(monkeypatch, section, arguments, lacks):
    monkeypatch.setenv(VARIABLE, str(STUDY))
    report = open_report("government", "en", "")
    with pytest.raises(UsageError) as caught:
        getattr(report, section)(*arguments)
    assert caught.value.message == f"this study has no {lacks}; remove the call from the template"
