"""One command makes all reports; one bad council stops nobody else; nothing half made is shown."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup, SoupStrainer
from click.testing import CliRunner

from conftest import assert_contents_lead_to_each_heading, check_workbook, run_workbook, stand
from helpers.cli import main
from helpers.errors import UsageError
from helpers.report.notebook.whole import check_whole
from helpers.run.building.dropping import remove_dropped
from helpers.run.building.indexing import list_editions, write_indexes
from helpers.run.building.planning import plan
from helpers.run.deciding import decide
from helpers.run.editions.bundle import Bundle


def test_all_councils_have_both_editions_and_an_index(built: Path) -> None:
    councils = [path.stem for path in (built / "params").glob("*.yaml")]
    assert len(councils) == 22
    for council in councils:
        names = sorted(path.name for path in (built / "outputs" / council).iterdir())
        assert names == [
            "datapackage.json",
            "figures.csv",
            "manifest.cy.json",
            "manifest.en.json",
            "manifest.json",
            "report.cy.html",
            "report.cy.ipynb",
            "report.en.html",
            "report.en.ipynb",
            "tables.cy.xlsx",
            "tables.en.xlsx",
        ]
    index = (built / "outputs" / "index.html").read_text(encoding="utf-8")
    assert index.count('.html"') >= 44
    assert all(f'href="{council}/report.en.html"' in index for council in councils)


def test_every_page_is_below_500_kb(built: Path) -> None:
    sizes = {page: page.stat().st_size for page in (built / "outputs").rglob("*.html")}
    assert len(sizes) == 44 + 2 + 2
    assert {page: size for page, size in sizes.items() if size >= 500_000} == {}


@pytest.mark.parametrize("edition", ["en", "cy"])
def test_the_contents_of_a_report_lead_to_each_heading_once(built: Path, edition: str) -> None:
    page = (built / f"outputs/torfaen/report.{edition}.html").read_text(encoding="utf-8")
    assert_contents_lead_to_each_heading(BeautifulSoup(page, "html.parser"))


def test_each_report_is_of_its_own_council(built: Path) -> None:
    names = {}
    for line in (built / "data" / "councils.csv").read_text(encoding="utf-8").splitlines()[1:]:
        _, slug, _, _, official_en, official_cy, _ = line.split(",")
        names[slug] = {"en": official_en, "cy": official_cy}
    for slug, official in names.items():
        for edition, name in official.items():
            page = built / "outputs" / slug / f"report.{edition}.html"
            assert f"<h1>{name}</h1>" in page.read_text(encoding="utf-8")


def test_every_executed_notebook_is_whole_and_names_no_machine(built: Path) -> None:
    for path in (built / "outputs").glob("*/report.*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        check_whole(notebook)
        assert "papermill" not in notebook.metadata
        assert str(built) not in path.read_text(encoding="utf-8")
        assert "/tmp/" not in path.read_text(encoding="utf-8")


def test_the_same_inputs_give_the_same_bytes(built: Path, spoiled: Path) -> None:
    done = run_workbook("build", "cardiff", "--workbook", spoiled)
    assert done.returncode == 0, done.stderr
    for name in ("report.en.ipynb", "report.en.html", "report.cy.ipynb", "report.cy.html"):
        again = (spoiled / "outputs" / "cardiff" / name).read_bytes()
        assert again == (built / "outputs" / "cardiff" / name).read_bytes(), name
    manifests = [
        json.loads((folder / "outputs" / "cardiff" / "manifest.en.json").read_text())
        for folder in (built, spoiled)
    ]
    assert manifests[0]["hashed"] == manifests[1]["hashed"]


def test_one_bad_council_stops_nobody_else(
    spoiled: Path, edit: Callable[[Path, str, str], None]
) -> None:
    # 4 of its members replied, so a sentence on them may not be printed.
    with (spoiled / "params" / "merthyr-tydfil.yaml").open("a", encoding="utf-8") as lines:
        told = 'Of members, {eval}`agree("L2", group="members")` agree.'
        lines.write(f"narrative:\n  leadership:\n    en: {told!r}\n    cy: {told!r}\n")
    old = spoiled / "outputs" / "merthyr-tydfil" / "report.en.html"
    old.parent.mkdir(parents=True)
    old.write_text("an older page")
    arguments = ("build", "merthyr-tydfil", "torfaen", "--edition", "en", "--workbook", spoiled)
    explained = CliRunner().invoke(main, [*map(str, arguments), "--explain"])
    assert explained.exit_code == 1
    assert "merthyr-tydfil en: cannot be built: params/merthyr-tydfil.yaml:9:21: " in (
        explained.output
    )
    assert old.exists()
    done = run_workbook(*arguments)
    assert done.returncode == 1
    assert (spoiled / "outputs" / "torfaen" / "report.en.html").exists()
    assert done.stderr == (
        "workbook: failed: merthyr-tydfil en: params/merthyr-tydfil.yaml:9:21: "
        'agree("L2", group="members") is hidden: too few people answered, '
        "or the answers of so few would follow from it; "
        "name a larger group, or write the sentence without the number; "
        'the sentence: “Of members, [agree("L2", group="members")] agree.”\n'
    )
    assert not old.exists(), "a page of a failed build is not left to be read"
    assert "not built" in (spoiled / "outputs" / "index.html").read_text(encoding="utf-8")


def test_a_mistake_in_a_parameter_file_stops_that_council_only(spoiled: Path) -> None:
    decided = decide(check_workbook(spoiled))
    for council in ("torfaen", "powys", "conwy"):
        for bundle in plan(decided, [council], None):
            stand(spoiled / "outputs" / council, bundle, draft=council == "powys")
    for council in ("torfaen", "powys"):
        with (spoiled / "params" / f"{council}.yaml").open("a", encoding="utf-8") as lines:
            lines.write("oops: [\n")
    (spoiled / "params" / "conwy.skills.en.conflict").write_text("mine\ntheirs\n")
    at = ("--workbook", spoiled)

    explained = run_workbook("build", "torfaen", "cardiff", "--explain", *at)
    assert explained.returncode == 1
    assert explained.stdout.splitlines() == [
        "torfaen en, cy: cannot be built: params/torfaen.yaml:101:1: not valid YAML: expected the "
        "node content, but found '<stream end>'",
        "cardiff en: never built",
        "cardiff cy: never built",
    ]
    done = run_workbook("build", "torfaen", "cardiff", *at)
    assert done.returncode == 1
    assert done.stderr == (
        "workbook: failed: torfaen en, cy: params/torfaen.yaml:101:1: not valid YAML: expected "
        "the node content, but found '<stream end>'\n"
    )
    assert "2 of 4 reports in " in done.stdout
    outputs = spoiled / "outputs"
    assert (outputs / "cardiff" / "report.cy.html").exists()
    assert sorted(path.name for path in (outputs / "torfaen").iterdir()) == [
        ".last.cy.ipynb",
        ".last.en.ipynb",
    ]
    index = BeautifulSoup((outputs / "index.html").read_text(encoding="utf-8"), "html.parser")
    rows = {row.th.next.strip(): row for row in index.select("tbody tr")}
    assert rows["Torfaen"].th.text == "Torfaen not built"
    # Nobody asked for these: what stands of them is listed, and no level that nobody knows.
    assert rows["Powys"].th.text == "Powys draft"
    assert rows["Powys"].select_one(".reports .tag").text == "out of date"
    levels = {
        name: [cell.text for cell in row.select(".level-count")] for name, row in rows.items()
    }
    assert {name for name in levels if levels[name] == ["", "", ""]} == {"Torfaen", "Powys"}
    assert "Where the columns of levels are empty, the auditors' judgements cannot be" in index.text


def test_a_mistake_in_a_parameter_file_is_told_by_each_command(spoiled: Path) -> None:
    with (spoiled / "params" / "torfaen.yaml").open("a", encoding="utf-8") as lines:
        lines.write("oops: [\n")
    (spoiled / "params" / "conwy.skills.en.conflict").write_text("mine\ntheirs\n")
    torfaen = (
        "workbook: error: params/torfaen.yaml:101:1: not valid YAML: expected the node content, "
        "but found '<stream end>'"
    )
    told = {
        command: CliRunner().invoke(main, [*command.split(), "--workbook", str(spoiled)])
        for command in ("check", "list", "translations", "translations --reviewed x.po --by A")
    }
    assert {done.exit_code for done in told.values()} == {4}
    assert told["check"].stderr.splitlines() == [
        "workbook: error: params/conwy.skills.en.conflict:1:1: two edits of one text are not "
        "joined; put the text that you want into params/conwy.yaml, then delete this file",
        torfaen,
        "workbook: error: 2 problems in 2 files; put this right and run 'workbook check': until "
        "then their reports are not built",
    ]
    others = [done.stderr.splitlines() for name, done in told.items() if name != "check"]
    assert all(lines[0] == torfaen for lines in others)
    assert all(lines[1].endswith("until then their reports are not built") for lines in others)
    assert len(told["list"].stdout.splitlines()) == 21
    assert "notebooks/locale/cy.po#summary: " in told["translations"].stdout


@pytest.mark.parametrize("name", ["torfaen.yml", "torfaen copy.yaml", "atlantis.yaml"])
def test_a_file_that_is_named_for_no_council_stops_the_build(spoiled: Path, name: str) -> None:
    """It may be a council's own, whose reports would be removed as of one that is dropped."""
    (spoiled / "params" / "torfaen.yaml").rename(spoiled / "params" / name)
    done = run_workbook("build", "cardiff", "--workbook", spoiled)
    assert done.returncode == 4
    assert f"params/{name}:" in done.stderr
    assert done.stderr.endswith("nothing is built until then\n")


def test_a_narrative_in_one_language_makes_both_editions_drafts(spoiled: Path) -> None:
    with (spoiled / "params" / "powys.yaml").open("a", encoding="utf-8") as lines:
        lines.write("narrative:\n  skills:\n    en: Only in English.\n")
    done = run_workbook("build", "powys", "--workbook", spoiled)
    assert done.returncode == 0, done.stderr
    pages = [
        (spoiled / "outputs" / "powys" / f"report.{code}.html").read_text(encoding="utf-8")
        for code in ("en", "cy")
    ]
    assert "Draft: part of the findings is missing in one language." in pages[0]
    assert "Only in English." in pages[0]
    assert "Drafft: mae rhan o'r canfyddiadau ar goll mewn un iaith." in pages[1].replace(
        "&#39;", "'"
    )
    assert "Only in English." not in pages[1]


def test_the_bundle_holds_no_other_councils_answers(built: Path) -> None:
    [bundle] = plan(decide(check_workbook(built)), ["newport"], "cy")
    for path, content in bundle.files.items():
        if path.startswith("data/responses/"):
            rows = content.decode().splitlines()[1:]
            assert rows
            assert all(row.split(",")[1] == "newport" for row in rows)


def test_an_edition_that_is_no_longer_asked_for_leaves_the_index(
    spoiled: Path, edit: Callable[[Path, str, str], None]
) -> None:
    for bundle in plan(decide(check_workbook(spoiled)), ["conwy"], None):
        stand(spoiled / "outputs" / "conwy", bundle)
    edit(spoiled / "params" / "conwy.yaml", "editions: [en, cy]", "editions: [en]")
    decided = decide(check_workbook(spoiled))
    write_indexes(decided, list_editions(decided))
    index = (spoiled / "outputs" / "index.html").read_text(encoding="utf-8")
    assert "conwy/report.en.html" in index
    assert "conwy/report.cy.html" not in index


def test_the_files_of_an_edition_that_is_no_longer_asked_for_go(
    spoiled: Path, edit: Callable[[Path, str, str], None]
) -> None:
    folder = spoiled / "outputs" / "conwy"
    folder.mkdir(parents=True)
    names = ["report.cy.html", "report.cy.ipynb", "manifest.cy.json", "report.en.html", "notes.txt"]
    for name in names:
        (folder / name).write_text("", encoding="utf-8")
    edit(spoiled / "params" / "conwy.yaml", "editions: [en, cy]", "editions: [en]")
    remove_dropped(decide(check_workbook(spoiled)))
    assert sorted(path.name for path in folder.iterdir()) == ["notes.txt", "report.en.html"]


def test_a_language_that_the_study_has_no_more_leaves_nothing(spoiled: Path) -> None:
    decided = decide(check_workbook(spoiled))
    outputs = spoiled / "outputs"
    names = ["manifest.{}.json", "report.{}.html", "report.{}.ipynb", "tables.{}.xlsx"]
    english, welsh = ({f"conwy/{name.format(code)}" for name in names} for code in ("en", "cy"))
    kept = english | {"conwy/figures.csv", "conwy/edit.cy.ipynb", "index.html"}
    (outputs / "conwy").mkdir(parents=True)
    for file in (*kept, *welsh, "index.cy.html"):
        (outputs / file).touch()
    only = {"languages": ["en"]}
    study = decided.checked.study
    study = study.model_copy(update={"about": study.about.model_copy(update=only)})
    file = decided.checked.parameters["conwy"]
    asked = file.parameters.model_copy(update={"editions": ["en"]})
    parameters = {"conwy": replace(file, parameters=asked)}
    checked = replace(decided.checked, study=study, parameters=parameters)
    remove_dropped(replace(decided, checked=checked))
    found = {path.relative_to(outputs).as_posix() for path in outputs.rglob("*") if path.is_file()}
    assert found - {"README.md"} == kept


def test_a_bundle_writes_nothing_outside_its_folder(tmp_path: Path) -> None:
    bundle = Bundle("torfaen", "en", {"../outside.txt": b"text"})
    with pytest.raises(UsageError, match=r"'\.\./outside\.txt' leads out of its folder"):
        bundle.unpack(tmp_path / "folder")
    assert list(tmp_path.iterdir()) == []


def test_default_findings_of_which_a_figure_is_hidden_give_way_to_a_notice(spoiled: Path) -> None:
    """Three people replied in Cardiff, so the template's own sentences have no figures."""
    for number, path in enumerate(sorted((spoiled / "data" / "responses").glob("*.csv"))):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        own = [line for line in lines if line.split(",")[1] == "cardiff"]
        kept = [line for line in lines if line not in own[number < 3 :]]
        path.write_text("".join(kept), encoding="utf-8")
    done = run_workbook("build", "cardiff", "--workbook", spoiled)
    assert done.returncode == 0, done.stderr
    for code, few in (
        (
            "en",
            "Results of everyone who answered, taken together, cannot be shown: too few people "
            "answered, or the answers of so small a group would follow from them.",
        ),
        (
            "cy",
            "Ni ellir dangos canlyniadau cyfun ymhlith pawb a atebodd: rhy ychydig o bobl a "
            "atebodd, neu byddai modd casglu atebion grŵp mor fach ohonynt.",
        ),
    ):
        page = spoiled / "outputs" / "cardiff" / f"report.{code}.html"
        soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        for theme in ("leadership", "data_protection", "skills", "decisions"):
            assert soup.find(id=f"{theme}-narrative").text.strip() == few
    # what an auditor has written is never replaced
    with (spoiled / "params" / "cardiff.yaml").open("a", encoding="utf-8") as lines:
        lines.write("narrative:\n  skills:\n    en: 'Just {eval}`agree(\"S1\")` agree.'\n")
    done = run_workbook("build", "cardiff", "--edition", "en", "--workbook", spoiled)
    assert done.returncode == 1
    assert 'params/cardiff.yaml:9:14: agree("S1") is hidden: too few people' in done.stderr


def test_no_council_is_told_to_learn_from_itself(built: Path) -> None:
    for council, title in (
        ("carmarthenshire", "Carmarthenshire: public confidence as part of the plan"),
        ("flintshire", "Flintshire: helping customers to go online"),
        ("conwy", "Conwy and Denbighshire: partners who share within the law"),
        ("denbighshire", "Conwy and Denbighshire: partners who share within the law"),
    ):
        page = (built / "outputs" / council / "report.en.html").read_text(encoding="utf-8")
        only = SoupStrainer("article", class_="case")
        cases = BeautifulSoup(page, "html.parser", parse_only=only).select("article.case h3")
        assert cases
        assert title not in [case.text for case in cases]


def test_every_theme_of_every_council_names_barriers(built: Path) -> None:
    for page in (built / "outputs").glob("*/report.??.html"):
        only = SoupStrainer("div", class_="barriers")
        soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser", parse_only=only)
        lists = soup.select("div.barriers")
        assert len(lists) == 4
        for found in lists:
            study_wide, *suggested = found.find_all("ul")
            assert study_wide.find_all("li")
            assert len(suggested) < 2  # there is none where no answer suggests a barrier
            for item in found.select("ul:nth-of-type(2) li"):
                assert len(item.select("a.figure-link")) == 2


def test_illustrative_figures_are_not_put_down_to_the_office(built: Path) -> None:
    page = (built / "outputs" / "torfaen" / "report.en.html").read_text(encoding="utf-8")
    soup = BeautifulSoup(page, "html.parser")
    sources = [found.text for found in soup.select("figure.chart .source")]
    assert len(sources) == 7
    assert sources[0].endswith(
        "Some of the numbers are published: the list of figures at the end tells which."
    )
    assert all(
        text.startswith("Source: synthetic data made for this workbook.") for text in sources
    )
    row = soup.find(id="figure-fact-citizens_surveyed")
    assert row.find_all("td")[-1].text.startswith("published: Local government use of data: ")


@pytest.mark.parametrize("edition", ["en", "cy"])
def test_illustrative_data_is_marked_in_title_and_banner(built: Path, edition: str) -> None:
    told = {"en": "illustrative data)</title>", "cy": "data enghreifftiol)</title>"}
    banner = {"en": "answers are synthetic", "cy": "atebion synthetig ydynt"}
    for page in [
        *(built / "outputs").glob(f"*/report.{edition}.html"),
        built / "outputs" / ("index.html" if edition == "en" else "index.cy.html"),
    ]:
        text = page.read_text(encoding="utf-8")
        assert told[edition] in text, page
        assert banner[edition] in text, page
