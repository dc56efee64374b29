"""A reader can take the figures away: as open data, as a spreadsheet, as a PDF, all described."""

import csv
import hashlib
import io
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from conftest import check_workbook, copy_workbook
from helpers.cli import main
from helpers.errors import RunFailed
from helpers.report.downloads.figures_csv import safe
from helpers.report.downloads.making import Standing, make_downloads
from helpers.report.pages.pdf import render_pdf
from helpers.run.building.downloads import write_downloads
from helpers.run.building.executing import Outcome
from helpers.run.building.making import processes
from helpers.run.building.outdated import find_outdated
from helpers.run.deciding import decide
from helpers.run.editions.manifest import Manifest
from helpers.study.reading import read_study

DOWNLOADS = {"figures.csv", "tables.en.xlsx", "tables.cy.xlsx", "datapackage.json", "manifest.json"}

MADE_BY_A_RUN = ("ipynb", "html")


@pytest.fixture
def workbook(built: Path, tmp_path: Path) -> Path:
    """A copy of the built workbook with Torfaen's report, to build again."""
    target = copy_workbook(tmp_path / "workbook")
    shutil.copytree(built / "outputs" / "torfaen", target / "outputs" / "torfaen")
    return target


def build(workbook: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["build", "torfaen", *options, "--workbook", str(workbook)])


def folder(workbook: Path) -> Path:
    return workbook / "outputs" / "torfaen"


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def files(where: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in where.iterdir()}


def test_each_report_of_a_built_workbook_has_its_downloads(built: Path) -> None:
    folders = [path for path in (built / "outputs").iterdir() if (path / "report.en.html").exists()]
    assert len(folders) == 22
    assert [path.name for path in folders if not set(files(path)) >= DOWNLOADS] == []


def test_torfaens_replies_stand_there_as_published(built: Path) -> None:
    """59/30/51%, 44/12/27% and 103/42/41%: the published table."""
    found = {row["figure"]: row for row in rows(built / "outputs/torfaen/figures.csv")}
    rates = {
        row["group"]: (row["base"], row["count"], row["display_en"], row["provenance"])
        for row in found.values()
        if row["statistic"] == "response_rate"
    }
    assert rates == {
        "officers": ("59", "30", "51%", "published"),
        "members": ("44", "12", "27%", "published"),
        "total": ("103", "42", "41%", "published"),
    }


def test_the_package_describes_the_very_files(built: Path) -> None:
    for council in ("torfaen", "blaenau-gwent"):
        where = built / "outputs" / council
        package = json.loads((where / "datapackage.json").read_bytes())
        for resource in package["resources"]:
            content = (where / resource["path"]).read_bytes()
            assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert package["licenses"][0]["name"] == "CC0-1.0"


def test_no_suppressed_figure_of_any_council_has_a_number(built: Path) -> None:
    numbers = ["value", "count", "base", "population", "ci_lower", "ci_upper", "rank_of"]
    hidden = [
        row
        for path in sorted((built / "outputs").glob("*/figures.csv"))
        for row in rows(path)
        if row["suppressed"] == "true" or row["base_lowest"]
    ]
    assert len(hidden) > 20
    assert [row for row in hidden if any(row[name] for name in numbers)] == []


def test_a_spreadsheet_holds_no_number_for_a_hidden_figure(built: Path) -> None:
    where = built / "outputs" / "blaenau-gwent"  # nine members replied
    hidden = {row["figure"] for row in rows(where / "figures.csv") if row["base_lowest"]}
    sheet = load_workbook(where / "tables.cy.xlsx")["Ffigurau"]
    shown = [row[2:7] for row in sheet.iter_rows(values_only=True) if row[0] in hidden]
    assert hidden
    assert len(shown) == len(hidden)
    assert [cell for row in shown for cell in row if not isinstance(cell, str)] == []


def test_the_manifest_says_what_the_downloads_were_made_of(built: Path) -> None:
    where = built / "outputs" / "torfaen"
    manifest = json.loads((where / "manifest.json").read_bytes())
    editions = {
        code: json.loads((where / f"manifest.{code}.json").read_bytes())["digest"]
        for code in ("en", "cy")
    }
    assert manifest["hashed"]["editions"] == editions
    for name, digest in manifest["hashed"]["outputs"].items():
        assert hashlib.sha256((where / name).read_bytes()).hexdigest() == digest
    assert set(manifest["hashed"]["outputs"]) == DOWNLOADS - {"manifest.json"}
    assert set(manifest["unhashed"]) == {"made", "commit"}


def test_nothing_is_made_anew_without_a_reason(workbook: Path) -> None:
    before = (folder(workbook) / "manifest.json").stat().st_mtime_ns
    kept = files(folder(workbook))
    done = build(workbook)
    assert done.exit_code == 0
    assert "downloads" not in done.stdout
    assert (folder(workbook) / "manifest.json").stat().st_mtime_ns == before
    (folder(workbook) / "figures.csv").write_text("spoiled", encoding="utf-8")
    assert "torfaen downloads: built" in build(workbook).stdout
    again = files(folder(workbook))
    assert {name: again[name] for name in DOWNLOADS - {"manifest.json"}} == {
        name: kept[name] for name in DOWNLOADS - {"manifest.json"}
    }


def remake(workbook: Path) -> list[Outcome]:
    """Make what is missing of Torfaen's downloads, as a build does when its editions are made."""
    decided = decide(check_workbook(workbook))
    outdated = find_outdated(decided, ["torfaen"], pdf=False)
    with processes(1) as pool:
        return write_downloads(decided, outdated, lambda _: None, pool, pdf=False)


def test_an_edition_that_failed_leaves_the_downloads_too(workbook: Path) -> None:
    (folder(workbook) / "manifest.cy.json").unlink()  # as a build leaves it
    assert [outcome.error for outcome in remake(workbook)] == [""]
    assert set(files(folder(workbook))) & DOWNLOADS == DOWNLOADS - {"tables.cy.xlsx"}
    [row, *_] = rows(folder(workbook) / "figures.csv")
    assert "display_en" in row
    assert "display_cy" not in row
    package = (folder(workbook) / "datapackage.json").read_text(encoding="utf-8")
    assert ".cy." not in package


def test_where_no_edition_stands_there_are_no_downloads(workbook: Path) -> None:
    for code in ("en", "cy"):
        (folder(workbook) / f"manifest.{code}.json").unlink()
    assert remake(workbook) == []
    assert set(files(folder(workbook))) & DOWNLOADS == set()


def test_an_edition_that_nobody_asks_for_any_more_leaves_the_downloads_too(
    workbook: Path, edit: Callable[[Path, str, str], None]
) -> None:
    edit(workbook / "params" / "torfaen.yaml", "editions: [en, cy]", "editions: [cy]")
    options = ["cardiff", "--edition", "en", "--workbook", str(workbook)]
    done = CliRunner().invoke(main, ["build", *options])
    assert (done.exit_code, done.stderr) == (0, "")
    assert "torfaen downloads: built" in done.stdout
    assert set(files(folder(workbook))) & DOWNLOADS == DOWNLOADS - {"tables.en.xlsx"}
    assert set(files(workbook / "outputs" / "cardiff")) & DOWNLOADS == DOWNLOADS - {
        "tables.cy.xlsx"
    }


def test_an_older_pdf_does_not_stay_beside_a_newer_report(workbook: Path) -> None:
    (folder(workbook) / "report.en.pdf").write_bytes(b"of an older report")
    (folder(workbook) / "figures.csv").unlink()
    assert [outcome.error for outcome in remake(workbook)] == [""]
    assert not (folder(workbook) / "report.en.pdf").exists()


def test_a_pdf_that_was_removed_is_told(workbook: Path) -> None:
    (folder(workbook) / "report.en.pdf").write_bytes(b"of an older report")
    (folder(workbook) / "figures.csv").unlink()
    lines = build(workbook).stdout.splitlines()
    assert "torfaen: PDF of an older report removed; make it again with --pdf" in lines


def respoil(where: Path, name: str, content: bytes) -> None:
    """Change a file of an edition, and its manifest with it, so that it stands all the same."""
    code = name.split(".")[1]
    (where / name).write_bytes(content)
    said = json.loads((where / f"manifest.{code}.json").read_bytes())
    said["hashed"]["outputs"][name] = hashlib.sha256(content).hexdigest()
    manifest = Manifest.of(said["hashed"], said["unhashed"]["made"])
    (where / f"manifest.{code}.json").write_bytes(manifest.content())


def test_downloads_that_cannot_be_made_are_told_and_none_is_left(workbook: Path) -> None:
    notebook = (folder(workbook) / "report.cy.ipynb").read_text(encoding="utf-8")
    changed = notebook.replace('\\"L1\\"', '\\"Z9\\"').encode()
    respoil(folder(workbook), "report.cy.ipynb", changed)
    [outcome] = remake(workbook)
    assert (outcome.council, outcome.edition) == ("torfaen", "downloads")
    assert outcome.error == (
        """report.cy.ipynb: cell 'leadership-narrative': agree("Z9") prints 29%, which the """
        "register does not hold; run the notebook again"
    )
    assert set(files(folder(workbook))) & DOWNLOADS == set()


def test_a_notebook_that_is_garbage_is_named(workbook: Path) -> None:
    respoil(folder(workbook), "report.cy.ipynb", b"\x00garbage")
    [outcome] = remake(workbook)
    assert outcome.error == (
        "report.cy.ipynb: not a notebook of ours: NotJSONError; build this edition again"
    )


def test_a_changed_page_leaves_the_downloads_of_its_edition_only(workbook: Path) -> None:
    (folder(workbook) / "report.cy.html").write_bytes(b"<html>")
    assert [outcome.error for outcome in remake(workbook)] == [""]
    assert set(files(folder(workbook))) & DOWNLOADS == DOWNLOADS - {"tables.cy.xlsx"}


def test_an_edition_of_another_study_is_told_by_what_it_knows(workbook: Path) -> None:
    study = read_study(workbook)
    statements = dict(study.questionnaire.statements)
    del statements["L1"]
    asked = study.questionnaire.model_copy(update={"statements": statements})
    other = study.model_copy(update={"questionnaire": asked})
    standing = Standing("torfaen", ("cy",), "cy", files(folder(workbook)), b"{}")
    with pytest.raises(RunFailed) as told:
        make_downloads(other, standing, pdf=False)
    assert told.value.message == (
        "an edition knows of 'L1', which the study does not; build all its editions"
    )


def test_asked_for_pdfs_are_made_of_the_pages_and_described(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "helpers.report.downloads.making.render_pdf", lambda page: page[:99].encode()
    )
    content = files(folder(workbook))
    data = (workbook / "data" / "datapackage.json").read_bytes()
    standing = Standing("torfaen", ("en", "cy"), "en", content, data)
    made = make_downloads(read_study(workbook), standing, pdf=True)
    assert made["report.cy.pdf"] == content["report.cy.html"][:99]
    assert b'"path": "report.cy.pdf"' in made["datapackage.json"]


def test_a_pdf_that_fails_is_told_by_its_name(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_page: str) -> bytes:
        raise ZeroDivisionError("no width")

    monkeypatch.setattr("helpers.report.downloads.making.render_pdf", fail)
    standing = Standing("torfaen", ("cy",), "cy", files(folder(workbook)), b"{}")
    with pytest.raises(RunFailed) as told:
        make_downloads(read_study(workbook), standing, pdf=True)
    assert told.value.message == "report.cy.pdf: ZeroDivisionError: no width"


def test_an_error_of_ours_is_not_blamed_on_the_study(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> bytes:
        raise KeyError("colour")

    monkeypatch.setattr("helpers.report.downloads.making.spreadsheet", fail)
    standing = Standing("torfaen", ("cy",), "cy", files(folder(workbook)), b"{}")
    with pytest.raises(KeyError, match="colour"):
        make_downloads(read_study(workbook), standing, pdf=False)


def test_notebooks_of_another_name_have_downloads_too(built: Path) -> None:
    where, stem = built / "outputs" / "torfaen", "overview"
    content = {
        f"{stem}.en.{end}": (where / f"report.en.{end}").read_bytes() for end in MADE_BY_A_RUN
    }
    standing = Standing("national", ("en",), "en", content, b"{}", stem)
    made = make_downloads(read_study(built), standing, pdf=False)
    assert set(made) == {"figures.csv", "tables.en.xlsx", "datapackage.json"}
    described = json.loads(made["datapackage.json"])["resources"]
    assert {"overview.en.ipynb", "overview.en.html"} <= {found["path"] for found in described}


def test_a_whole_report_is_a_tagged_pdf_with_a_text_for_each_chart(built: Path) -> None:
    page = (built / "outputs/torfaen/report.cy.html").read_text(encoding="utf-8")
    shorter = BeautifulSoup(page, "html.parser")
    shorter.find(class_="evidence").decompose()  # most of the pages, and none of the charts
    with pikepdf.open(io.BytesIO(render_pdf(str(shorter)))) as pdf:
        assert str(pdf.Root.Lang) == "cy"
        charts = [found for found in pdf.objects if is_chart(found)]
        assert len(charts) == page.count("<svg")
        assert all(len(str(chart.Alt)) > 10 for chart in charts)


def is_chart(found: Any) -> bool:
    return isinstance(found, pikepdf.Dictionary) and found.get("/S") == "/Figure"


def test_every_figure_of_a_built_report_is_there_as_the_page_prints_it(built: Path) -> None:
    where = built / "outputs" / "torfaen"
    printed = {row["figure"]: row for row in rows(where / "figures.csv")}
    for code in ("en", "cy"):
        page = BeautifulSoup((where / f"report.{code}.html").read_bytes(), "html.parser")
        shown = {
            cell["data-figure"]: cell.get_text(strip=True)
            for cell in page.find_all("td", attrs={"data-figure": True})
        }
        assert len(shown) > 100
        assert {key: safe(text) for key, text in shown.items()} == {
            key: printed[key][f"display_{code}"] for key in shown
        }


def test_a_built_workbook_holds_every_table_of_the_page(built: Path) -> None:
    where = built / "outputs" / "torfaen"
    page = BeautifulSoup((where / "report.en.html").read_bytes(), "html.parser")
    captions = [found.get_text(strip=True) for found in page.find_all("caption")]
    workbook = load_workbook(where / "tables.en.xlsx")
    titles = [sheet["A1"].value for sheet in workbook][3:]
    assert len(titles) > 10
    assert titles[:-1] == [name for name in captions if name in titles[:-1]]
    assert set(captions) >= set(titles[:-1])
    [replies] = [sheet for sheet in workbook if sheet["A1"].value == "Data tool responses: Torfaen"]
    [rates] = [row for row in replies.iter_rows(values_only=True) if row[0] == "Total"]
    assert rates == ("Total", 103, 42, 0.407767)


def test_welsh_that_nobody_reviewed_is_marked_so_wherever_it_goes(built: Path) -> None:
    where = built / "outputs" / "torfaen"
    page = BeautifulSoup((where / "report.cy.html").read_bytes(), "html.parser")
    *_, notice = [found.get_text(strip=True) for found in page.find_all(class_="notice")]
    assert notice.startswith("Cyfieithiad yw hwn: nid yw ")
    workbook = load_workbook(where / "tables.cy.xlsx")
    for name in ("Clawr", "Nodiadau"):
        assert notice in [cell.value for row in workbook[name].iter_rows() for cell in row]
    package = json.loads((where / "datapackage.json").read_bytes())
    assert notice in package["description_cy"]
    assert notice not in package["description"]


def test_without_the_extra_nothing_is_built_and_the_message_says_what_to_install(
    spoiled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("helpers.report.pages.pdf.find_spec", lambda _name: None)
    done = CliRunner().invoke(main, ["build", "torfaen", "--pdf", "--workbook", str(spoiled)])
    assert (done.exit_code, done.stderr) == (
        2,
        "workbook: error: weasyprint: not installed; expected it for --pdf; install the extra "
        "'pdf': pip install -c constraints.txt -e '.[pdf]'\n",
    )
    assert not (spoiled / "outputs").exists()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            OSError("cannot load library 'libpango-1.0-0'"),
            "cannot load library 'libpango-1.0-0'; expected Pango; install it: on Debian, "
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        ),
        (
            ImportError("cannot import name 'ffi'"),
            "cannot import name 'ffi'; expected all of it for --pdf; install the extra 'pdf': "
            "pip install -c constraints.txt -e '.[pdf]'",
        ),
    ],
    ids=["no Pango", "a package of its own"],
)
def test_without_what_weasyprint_needs_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, spoiled: Path, error: Exception, told: str
) -> None:
    class Missing:
        def find_spec(self, name: str, *_more: object) -> None:
            if name == "weasyprint":
                raise error

    monkeypatch.setattr("helpers.report.pages.pdf.find_spec", lambda name: name)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    done = CliRunner().invoke(main, ["build", "torfaen", "--pdf", "--workbook", str(spoiled)])
    assert (done.exit_code, done.stderr) == (2, f"workbook: error: weasyprint: {told}\n")
