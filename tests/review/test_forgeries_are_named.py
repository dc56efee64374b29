"""What a careful forger, or a careless one, leaves in outputs/ is named by `workbook verify`.

One council's outputs are spoilt in many ways at once, since each review takes seconds: what is
promised of each way is that its own file is named, and its figure.
"""

import os
import re
from collections.abc import Callable
from pathlib import Path

import nbformat
import openpyxl
import pytest
from bs4 import BeautifulSoup
from forger import FIGURE, MANIFEST, NOTEBOOK, PAGE, alter_figure, forge, forget, reseal, respell

from conftest import run_python
from helpers.report.notebook.shown import READ
from helpers.report.notebook.whole import REGISTER, tagged
from test_reviewer_can_verify import copy_built

MOVED = f"{FIGURE}: was 34% (14 of 41); is 24% (10 of 41) (-9.8 percentage points)"
DIGEST = r"[0-9a-f]{12}…"
Found = list[tuple[str, list[str], str]]  # the check, the files, and what is told of them
HIDING = "#evidence{display:none}"
HOLD = 100  # seconds, after which a pipe has held verify up


@pytest.fixture(scope="module")
def verify_spoilt(
    built: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Callable[[Path], None]], Found]:
    """Spoil a copy of Torfaen's outputs, and return what verify finds.

    That is read from the review page, since a screen shows less.
    """

    def verify(spoil: Callable[[Path], None]) -> Found:
        workbook = copy_built(built, tmp_path_factory.mktemp("spoilt") / "workbook")
        spoil(workbook / "outputs")
        command = ("-m", "helpers.cli", "verify", "torfaen", "--workbook", workbook)
        done = run_python(*command, timeout=HOLD)
        assert done.returncode == 13, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        review = (workbook / "outputs/torfaen/review.html").read_text(encoding="utf-8")
        table = BeautifulSoup(review, "html.parser").find("caption", string="What differs").parent
        rows = [row.find_all(["th", "td"]) for row in table.find_all("tr")[1:]]
        return [(check.text, files.text.split(", "), told.text) for check, files, told, _ in rows]

    return verify


def named(found: Found, check: str, file: str) -> list[str]:
    """What a check tells of a file, whether it tells it of others too."""
    return [told for by, files, told in found if by == check and file in files]


# A careful forger: all that vouches for the English edition is made anew, and all that tells of a
# spreadsheet is gone. The Welsh notebook, and a cell of a spreadsheet, are altered without that.


@pytest.fixture(scope="module")
def forged(verify_spoilt) -> Found:
    def spoil(outputs: Path) -> None:
        forge(outputs, "torfaen")
        forget(outputs, "torfaen", "tables.cy.xlsx")
        alter_notebook(outputs / "torfaen/report.cy.ipynb", alter_figure)
        alter_cell(outputs / "torfaen/tables.en.xlsx", "Table 7", "C7", 0.272727, 0.372727)

    return verify_spoilt(spoil)


def alter_notebook(path: Path, alter: Callable[[nbformat.NotebookNode], None]) -> None:
    notebook = nbformat.read(path, as_version=4)
    alter(notebook)
    nbformat.write(notebook, path)


def alter_cell(path: Path, sheet: str, cell: str, old: float, new: float) -> None:
    book = openpyxl.load_workbook(path)
    assert book[sheet][cell].value == old
    book[sheet][cell].value = new
    book.save(path)


@pytest.mark.parametrize("file", [NOTEBOOK, PAGE, MANIFEST, "manifest.json", "tables.cy.xlsx"])
def test_no_seal_shows_what_a_careful_forger_did(forged: Found, file: str) -> None:
    assert named(forged, "seal", f"torfaen/{file}") == []


def test_it_does_not_come_out_again(forged: Found) -> None:
    assert MOVED in named(forged, "re-execution", "torfaen/report.en.ipynb")
    [told] = named(forged, "re-execution", "torfaen/report.en.html")
    assert told == f"shows figures that came out otherwise: {FIGURE}"


def test_nor_does_it_agree_with_itself(forged: Found) -> None:
    """Of those who agree, 7 are officers and 3 are members."""
    told = f"the count of {FIGURE} is 14, of its parts together 10"
    assert told in named(forged, "sense", "torfaen/en")


def test_a_download_of_which_nothing_tells_is_missed(forged: Found) -> None:
    [told] = named(forged, "re-execution", "torfaen/tables.cy.xlsx")
    assert told == "missing, and in no manifest; it is made again of the editions"


def test_an_altered_notebook_is_named_with_its_figure(forged: Found) -> None:
    assert MOVED in named(forged, "re-execution", "torfaen/report.cy.ipynb")
    [told] = named(forged, "seal", "torfaen/report.cy.ipynb")
    by = r"manifest\.cy\.json and digests\.txt record"
    assert re.fullmatch(rf"its SHA-256 is {DIGEST}, but {by} {DIGEST}", told)


def test_an_altered_cell_of_a_spreadsheet_is_named_with_its_figure(forged: Found) -> None:
    """Of the 11 members who answered L2, 3 agree, or 0.272727."""
    [told] = named(forged, "re-execution", "torfaen/tables.en.xlsx")
    cell = "sheet “Table 7”, cell C7: published “0.372727”, made again “0.272727”"
    assert told == f'{cell} (agree("L2", group="members"))'
    assert len(named(forged, "seal", "torfaen/tables.en.xlsx")) == 1


# Pages sealed anew with odd markup in them; JSON and a list of digests that are garbage.


@pytest.fixture(scope="module")
def garbled(verify_spoilt) -> Found:
    def spoil(outputs: Path) -> None:
        folder = outputs / "torfaen"
        reseal(folder / "report.en.html", "A clear vision for data", "A clear<td>vision for data")
        reseal(folder / "report.en.html", "Decisions led by data", "Decisions<caption>led by data")
        reseal(folder / "report.en.html", "</style>", f"{HIDING}</style>")
        reseal(folder / "report.cy.html", "<h2", "<![foo[<h2")
        put_register(folder / "report.cy.ipynb", "{garbage")
        respell(folder / "manifest.en.json", packages={"a\ud800": "1"})
        respell(folder / "manifest.cy.json", outputs=["report.cy.html", 7])
        (outputs / "digests.txt").write_bytes(b"\xff\xfe garbage \0\n")

    return verify_spoilt(spoil)


def put_register(path: Path, text: str) -> None:
    def put(notebook: nbformat.NotebookNode) -> None:
        for output in tagged(notebook, REGISTER).outputs:
            output["data"]["text/plain"] = text

    alter_notebook(path, put)


@pytest.mark.parametrize("words", ["A clear", "Decisions"])
def test_an_element_that_stands_where_none_may_is_named(garbled: Found, words: str) -> None:
    told = named(garbled, "re-execution", "torfaen/report.en.html")
    assert any(f"published “{words}”, made again " in one for one in told), told


def test_a_style_that_hides_a_part_is_named_beside_what_else_differs(garbled: Found) -> None:
    told = named(garbled, "re-execution", "torfaen/report.en.html")
    [style] = [one for one in told if one.startswith("its markup is another: ")]
    published, again = style.split(", made again ")
    assert HIDING in published
    assert HIDING not in again


def test_a_declaration_that_hides_a_heading_is_named(garbled: Found) -> None:
    told = named(garbled, "re-execution", "torfaen/report.cy.html")
    assert told[0] == "“Cynnwys”: published nothing, made again “Cynnwys”"
    assert len(told) == 2  # its words stand outside of it now


def test_a_register_that_is_garbage_is_named(garbled: Found) -> None:
    told = named(garbled, "re-execution", "torfaen/report.cy.ipynb")
    assert "its register cannot be read" in told


@pytest.mark.parametrize("file", ["manifest.en.json", "manifest.cy.json"])
def test_a_manifest_that_is_garbage_is_named(garbled: Found, file: str) -> None:
    [told] = named(garbled, "seal", f"torfaen/{file}")
    assert re.fullmatch(rf"its SHA-256 is {DIGEST}; it is no manifest as a build writes it", told)


def test_a_list_of_digests_that_is_garbage_is_named(garbled: Found) -> None:
    told = "missing, or no list of digests; 'workbook build' writes it"
    assert named(garbled, "seal", "digests.txt") == [told]


# Files that hold something else, and what is no file.


@pytest.fixture(scope="module")
def replaced(verify_spoilt) -> Found:
    def spoil(outputs: Path) -> None:
        folder, elsewhere = outputs / "torfaen", outputs.parents[1] / "same.html"
        put_register(folder / "report.en.ipynb", '[{"expression": 7, "prose": "\\ud800"}]')
        alter_notebook(folder / "report.cy.ipynb", forget_what_was_read)
        (folder / "manifest.json").write_text("[]", encoding="utf-8")
        (folder / "report.cy.html").rename(elsewhere)
        (folder / "report.cy.html").symlink_to(elsewhere)
        (folder / "figures.csv").unlink()
        os.mkfifo(folder / "figures.csv")
        (folder / os.fsdecode(b"\xff.txt")).touch()
        (outputs / "cardiff").mkdir()
        os.mkfifo(outputs / "cardiff/manifest.en.json")

    return verify_spoilt(spoil)


def forget_what_was_read(notebook: nbformat.NotebookNode) -> None:
    for output in tagged(notebook, REGISTER).outputs:
        del output["data"][READ]


def test_what_the_register_holds_and_no_reader_sees_is_compared(replaced: Found) -> None:
    told = named(replaced, "re-execution", "torfaen/report.cy.ipynb")
    assert told == ["cells are not those made again: 'register'"]


def test_a_register_of_wrong_types_is_named(replaced: Found) -> None:
    told = named(replaced, "re-execution", "torfaen/report.en.ipynb")
    assert "its register cannot be read" in told


def test_a_manifest_of_wrong_types_is_named(replaced: Found) -> None:
    [told] = named(replaced, "seal", "torfaen/manifest.json")
    by, what = f"but digests.txt records {DIGEST}", "it is no manifest as a build writes it"
    assert re.fullmatch(rf"its SHA-256 is {DIGEST}, {by}; {what}", told)


def test_a_link_to_the_very_same_page_is_named(replaced: Found) -> None:
    [told] = named(replaced, "seal", "torfaen/report.cy.html")
    assert re.match(r"a symbolic link to '/\S+/same.html', which is not followed, but ", told)


@pytest.mark.parametrize("file", ["torfaen/figures.csv", "cardiff/manifest.en.json"])
def test_a_pipe_is_named_and_not_waited_for(replaced: Found, file: str) -> None:
    [told] = named(replaced, "seal", file)
    assert told.startswith("a pipe, which is not read")


def test_a_name_that_is_no_text_is_named(replaced: Found) -> None:
    assert len(named(replaced, "seal", r"torfaen/\udcff.txt")) == 1
