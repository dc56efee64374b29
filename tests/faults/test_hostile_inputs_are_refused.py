"""What somebody hostile puts into a workbook is refused where it stands, soon, and nothing is done.

No link out of the folder is followed, nothing is written, and no message can steer a terminal.
"""

import io
import json
import os
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from hostile import (
    ANSWERS,
    CELLS,
    IN_PACKAGE,
    IN_STUDY,
    IN_TEMPLATE,
    LISTS,
    MANY,
    MORE_PARAMETERS,
    PARAMETERS,
    TABLES,
    TEMPLATE,
    TEMPLATES,
    Change,
    Swap,
)
from watched import contents, watched

from conftest import copy_workbook
from helpers.cli import main
from helpers.errors import CheckFailed, shown
from helpers.report.notebook.reading import read_notebook
from helpers.study.data import check_data
from helpers.study.importing import sheets
from helpers.study.importing.masking import mask
from helpers.study.provenance import check_provenance
from helpers.study.reading import read_study

SLOWEST = 5  # seconds of processor time that a check may take: it takes about one
ROOT = Path(__file__).parents[2]
PLACE = re.compile(r"[^:]+:[1-9]\d*:[1-9]\d*: .")


def refusal(workbook: Path, *command: str) -> list[str]:
    """Return what a command, `check` if none is named, says as it refuses and does nothing."""
    began = process_time()
    with watched() as done:
        given = [*(command or ["check"]), "--workbook", str(workbook)]
        result = CliRunner().invoke(main, given)
    assert process_time() - began < SLOWEST
    assert isinstance(result.exception, SystemExit), result.exception
    assert (result.stdout, done) == ("", [])
    return told(result.stderr)


def told(stderr: str) -> list[str]:
    """Return the lines of what was told: no traceback, and nothing that a terminal would obey."""
    lines = stderr.removesuffix("\n").split("\n")
    assert all(line.isprintable() and line.startswith("workbook: error: ") for line in lines)
    return [line.removeprefix("workbook: error: ") for line in lines]


def problems(read: Callable[..., Any], *given: Any) -> list[str]:
    """Return what is said of what is read, which must be refused."""
    began = process_time()
    with watched() as done, pytest.raises(CheckFailed) as refused:
        read(*given)
    assert done == []
    assert process_time() - began < SLOWEST
    lines = refused.value.message.splitlines()
    assert all(line.isprintable() for line in lines)
    return lines


def put(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def swap(workbook: Path, attack: Swap) -> None:
    text = (workbook / attack.file).read_text(encoding="utf-8")
    assert attack.old in text
    put(workbook / attack.file, text.replace(attack.old, attack.new, 1))


# ---- What a parameter file holds ----------------------------------------------------------------

LARGE = 100 * 10**6


def with_head(council: str, content: str) -> str:
    """Return a parameter file whose first three lines are as they must be."""
    day = "" if content.startswith("report_date") else "report_date: 2018-12-06\n"
    return f"council: {council}\n{day or content}editions: [en, cy]\n{content if day else ''}"


@pytest.fixture(scope="module")
def told_of_parameters(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, tuple[str, list[str]]]:
    """By attack, its file and all that the command says of the workbook in which it is."""
    found = {}
    for attacks in (PARAMETERS, MORE_PARAMETERS):
        workbook = copy_workbook(tmp_path_factory.mktemp("parameters") / "workbook")
        paths = sorted((workbook / "params").glob("*.yaml"))
        files = {}
        for path, (name, attack) in zip(paths, attacks.items(), strict=False):
            files[name] = path.stem
            content = attack.content
            put(path, content if isinstance(content, bytes) else with_head(path.stem, content))
            if name == "a hundred megabytes":
                os.truncate(path, LARGE)
        assert len(files) == len(attacks)
        lines = refusal(workbook)
        found |= {name: (council, lines) for name, council in files.items()}
    return found


EVERY = PARAMETERS | MORE_PARAMETERS


@pytest.mark.parametrize("name", EVERY)
def test_what_a_parameter_file_holds_is_refused_where_it_stands(told_of_parameters, name: str):
    council, lines = told_of_parameters[name]
    (line,) = [line for line in lines if line.startswith(f"params/{council}.yaml:")]
    said = (
        EVERY[name].said.format(council=council)
        if "{council}" in EVERY[name].said
        else EVERY[name].said
    )
    assert line.startswith(f"params/{council}.yaml:{said}")
    assert len(line) < 1200


# ---- The study, the data, the templates ---------------------------------------------------------


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the workbook that each test leaves as it found it."""
    return copy_workbook(tmp_path_factory.mktemp("hostile") / "workbook")


@pytest.fixture
def restored(workbook: Path):
    yield
    for part in ("params", "data", "notebooks"):
        shutil.rmtree(workbook / part)
        shutil.copytree(ROOT / part, workbook / part)


@pytest.mark.usefixtures("restored")
@pytest.mark.parametrize("attack", IN_STUDY.values(), ids=IN_STUDY)
def test_what_the_study_holds_is_refused_where_it_stands(workbook: Path, attack: Swap):
    swap(workbook, attack)
    line, *_ = problems(read_study, workbook)
    assert line.startswith(f"{attack.file}:{attack.said}")


@pytest.fixture(scope="module")
def told_of_cells(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What is said of a workbook with an attack in each of many cells."""
    workbook = copy_workbook(tmp_path_factory.mktemp("cells") / "workbook")
    for attack in CELLS.values():
        swap(workbook, attack)
    with pytest.raises(CheckFailed) as refused:
        check_data(workbook, read_study(workbook), ())
    return refused.value.message.splitlines()


@pytest.mark.parametrize("attack", CELLS.values(), ids=CELLS)
def test_what_a_cell_holds_is_refused_where_it_stands(told_of_cells: list[str], attack: Swap):
    (line,) = [line for line in told_of_cells if line.startswith(f"{attack.file}:{attack.said}")]
    assert line.isprintable()
    assert len(line) < 1200


@pytest.fixture(scope="module")
def told_of_tables(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    workbook = copy_workbook(tmp_path_factory.mktemp("tables") / "workbook")
    for file, attack in TABLES.items():
        put(workbook / file, attack.content)
    return refusal(workbook)


@pytest.mark.parametrize("file", TABLES)
def test_a_file_that_is_none_of_its_kind_is_refused(told_of_tables: list[str], file: str):
    (line,) = [line for line in told_of_tables if line.startswith(f"{file}:")]
    assert line.startswith(f"{file}:{TABLES[file].said}")


@pytest.mark.usefixtures("restored")
@pytest.mark.parametrize("attack", IN_PACKAGE.values(), ids=IN_PACKAGE)
def test_what_the_package_holds_is_refused(workbook: Path, attack: Swap):
    study = read_study(workbook)
    swap(workbook, attack)
    (line,) = problems(check_provenance, workbook, study)
    assert PLACE.match(line)
    assert attack.said in line


@pytest.mark.parametrize(("change", "said"), TEMPLATES.values(), ids=TEMPLATES)
def test_a_template_that_is_not_whole_is_refused(tmp_path: Path, change: bytes | Change, said: str):
    path = tmp_path / "x.ipynb"
    if isinstance(change, bytes):
        put(path, change)
        if not change:
            os.truncate(path, LARGE)
    else:
        notebook = json.loads((ROOT / TEMPLATE).read_text(encoding="utf-8"))
        change(notebook)
        put(path, json.dumps(notebook))
    line, *_ = problems(read_notebook, path, TEMPLATE)
    assert PLACE.match(line)
    assert line.startswith(TEMPLATE)
    assert said in line
    assert len(line) < 1200


@pytest.mark.usefixtures("restored")
@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"cells": [3], "nbformat": 4}', b"\0"])
def test_the_command_says_so_too(workbook: Path, content: bytes):
    put(workbook / TEMPLATE, content)
    assert refusal(workbook)[0].startswith(f"{TEMPLATE}:1:1: ")


@pytest.fixture(scope="module")
def told_of_template(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What is said of a workbook with attacks in the words of its template."""
    workbook = copy_workbook(tmp_path_factory.mktemp("template") / "workbook")
    path = workbook / TEMPLATE
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    for cell, (text, _) in zip(cells, IN_TEMPLATE.values(), strict=False):
        cell["source"] = text
    put(path, json.dumps(notebook))
    return [line for line in refusal(workbook) if line.startswith(f"{TEMPLATE}#")]


@pytest.mark.parametrize("said", [said for _, said in IN_TEMPLATE.values()], ids=IN_TEMPLATE)
def test_what_a_template_says_is_refused_in_its_cell(told_of_template: list[str], said: str):
    (line,) = [line for line in told_of_template if said in line]
    assert PLACE.match(line)


# ---- Names of files -----------------------------------------------------------------------------

NAMES = {
    "two dots": b"..",
    "nothing": b"",
    "a way out": b"..\\..\\x",
    "a line end": b"a\nb",
    "an order to a terminal": b"\x1b[31mred",
    "a mark from right to left": "\u202e\u200fx".encode(),
    "bytes that are no text": b"a\xff",
    "a blank": b" torfaen",
    "the longest that a disk takes": b"a" * 250,
}


@pytest.fixture(scope="module")
def told_of_names(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    workbook = copy_workbook(tmp_path_factory.mktemp("names") / "workbook")
    for name in NAMES.values():
        content = (workbook / "params/cardiff.yaml").read_bytes()
        put(workbook / "params" / f"{os.fsdecode(name)}.yaml", content)
    for name in ("x\n\udcff.csv", "..csv", "\u202e.csv"):
        put(workbook / "data/responses" / name, "")
    return refusal(workbook)


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_of_a_parameter_file_is_written_out(told_of_names: list[str], name: bytes):
    stem = shown(os.fsdecode(name))
    (line,) = [line for line in told_of_names if line.startswith(f"params/{stem}.yaml:4:1: ")]
    assert f"in a file named for '{stem or '.yaml'}'; expected the name 'cardiff.yaml': " in line


def test_a_name_among_the_answers_is_written_out(told_of_names: list[str]):
    said = [
        line.split(":1:1: file of no data tool;")[0] for line in told_of_names if "no data" in line
    ]
    assert said == [r"data/responses/x\n\udcff.csv", r"data/responses/\u202e.csv"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 300, "\u202etorfaen"])
def test_a_name_on_the_command_line_leads_to_no_file(name: str):
    (line,) = refusal(ROOT, "comments", name)
    assert line.startswith(f"unknown council '{shown(name)}'; expected 'isle-of-anglesey', ")


# ---- Links and what is no file ------------------------------------------------------------------

SECRET = "nobody should read this"
LEADS_OUT = "1:1: a link that leads out of the workbook's folder; put what it leads to in its place"
NO_FILE = "1:1: neither a file nor a folder, so it cannot be read; remove it"
LINKS = [
    *("params/torfaen.yaml", "data/councils.csv", ANSWERS, "data/study/study.yaml", TEMPLATE),
    *("data/datapackage.json", "notebooks/locale/cy.po", "params/sign_offs.yaml"),
    *("data/comments/elected_members.csv", "notebooks/locale/reviewed.csv"),
    *("params", "data", "notebooks", "data/study", "data/comments", "notebooks/locale"),
    *("outputs", "outputs/torfaen", "outputs/national"),
]


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder of somebody else's."""
    put(tmp_path / "outside/secret", SECRET)
    return tmp_path / "outside"


def lead(path: Path, target: Path | str) -> None:
    """Put a link in the place of whatever is there."""
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    path.symlink_to(target)


@pytest.mark.parametrize("link", LINKS)
def test_a_link_that_leads_out_is_refused_and_not_followed(spoiled: Path, outside: Path, link: str):
    lead(spoiled / link, outside / "secret" if Path(link).suffix else outside)
    if link in ("params", "data"):  # by which a folder is known as a workbook
        (outside / "study").mkdir()
    before = contents(outside)
    lines = refusal(spoiled)
    assert lines[0] == f"{link}:{LEADS_OUT}"
    assert SECRET not in "".join(lines)
    assert contents(outside) == before


MAKING = ["build", "build torfaen", "save torfaen", "edit torfaen"]  # something in outputs/
COMMANDS = [*MAKING, "list", "verify", "translations", "comments torfaen"]
COMMANDS += [f"import {ROOT / ANSWERS} --tool elected_members"]


@pytest.mark.parametrize(
    ("link", "command"),
    [
        *(("params/torfaen.yaml", command) for command in COMMANDS),
        *(("outputs", command) for command in MAKING),
    ],
)
def test_no_command_follows_a_link_that_leads_out(
    spoiled: Path, outside: Path, link: str, command: str
):
    lead(spoiled / link, outside / "secret" if Path(link).suffix else outside)
    before = contents(outside), contents(spoiled)
    result = CliRunner().invoke(main, [*command.split(), "--workbook", str(spoiled)])
    assert result.exit_code == 4
    assert told(result.stderr)[0] == f"{link}:{LEADS_OUT}"
    assert (contents(outside), contents(spoiled)) == before


def test_a_link_to_a_folder_inside_is_looked_through(spoiled: Path, outside: Path):
    (spoiled / "data/responses").rename(spoiled / "moved")
    (spoiled / "data/responses").symlink_to("../moved")
    lead(spoiled / "moved/elected_members.csv", outside / "secret")
    assert refusal(spoiled)[0] == f"moved/elected_members.csv:{LEADS_OUT}"


def test_links_that_lead_in_a_circle_are_refused(spoiled: Path):
    lead(spoiled / "params/torfaen.yaml", "torfaen.yaml")
    lead(spoiled / "data/comments/again", "..")  # which is data/ itself
    lines = refusal(spoiled)
    assert any(line.startswith("data/comments/again:1:1: file of no data tool; ") for line in lines)
    assert any(
        line == "params/torfaen.yaml:1:1: not readable: Too many levels of symbolic links"
        for line in lines
    )


def test_a_link_inside_of_the_workbook_does_no_harm(spoiled: Path, tmp_path: Path):
    (spoiled / "params/torfaen.yaml").rename(spoiled / "torfaen.yaml")
    lead(spoiled / "params/torfaen.yaml", "../torfaen.yaml")
    (spoiled / "data/study").rename(spoiled / "study")
    lead(spoiled / "data/study", spoiled / "study")
    lead(tmp_path / "link", spoiled)
    for workbook in (spoiled, tmp_path / "link"):  # the workbook itself may be a link too
        done = CliRunner().invoke(main, ["check", "--workbook", str(workbook)])
        assert (done.exit_code, done.stderr) == (0, "")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes")
@pytest.mark.parametrize("file", ["params/torfaen.yaml", TEMPLATE, ANSWERS, "notebooks/x.ipynb"])
def test_a_pipe_for_which_a_reader_would_wait_is_refused(spoiled: Path, file: str):
    (spoiled / file).unlink(missing_ok=True)
    os.mkfifo(spoiled / file)
    assert refusal(spoiled)[0] == f"{file}:{NO_FILE}"


# ---- Much of everything -------------------------------------------------------------------------


def test_thousands_of_unknown_keys_are_told_on_one_screen(spoiled: Path):
    keys = "".join(f"k{number}: 0\n" for number in range(3000))
    put(spoiled / "params/torfaen.yaml", with_head("torfaen", keys))
    *lines, closing = refusal(spoiled)
    assert len(lines) <= 38
    assert lines[0].startswith("params/torfaen.yaml:4:1: unknown key 'k0'; expected 'council', ")
    assert closing.startswith("3,000 problems in 1 file; ")


@pytest.mark.parametrize("text", ["[" * 20_000, "|a" * 500 + "\n" + "|-" * 500 + "\n|a" * 9000])
def test_a_text_that_is_slow_to_read_is_read_soon(spoiled: Path, text: str):
    words = json.dumps(f"12 {text}")
    path = spoiled / "params/torfaen.yaml"
    put(path, with_head("torfaen", f"narrative: {{skills: {{en: {words}}}}}\n"))
    assert refusal(spoiled)[0].startswith("params/torfaen.yaml:4:")


# ---- Exports ------------------------------------------------------------------------------------


@pytest.fixture
def imported(spoiled: Path, tmp_path: Path) -> Callable[..., list[str]]:
    """Import an export that must be refused; return what is said of it."""

    def run(name: str, content: bytes, *options: str) -> list[str]:
        put(tmp_path / name, content)
        before, began = contents(spoiled), process_time()
        given = ["import", str(tmp_path / name), "--tool", "elected_members", *options]
        result = CliRunner().invoke(main, [*given, "--workbook", str(spoiled)])
        assert process_time() - began < SLOWEST
        assert result.exit_code == 4, result.output
        assert contents(spoiled) == before
        return told(result.stderr)

    return run


FAR = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
EXPORT = (ROOT / ANSWERS).read_bytes()


def spreadsheet(**changes: Callable[[bytes], bytes]) -> bytes:
    """Return an XLSX file with a part changed."""
    book, made = openpyxl.Workbook(), io.BytesIO()
    for row in (["council", "L1"], ["torfaen", "agree"]):
        book.active.append(row)
    book.save(made)
    packed = io.BytesIO()
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for name in parts.namelist():
            change = changes.get(Path(name).stem, bytes)
            out.writestr(name, change(parts.read(name)))
    return packed.getvalue()


EXPORTS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a cell in a far corner": (
        "e.xlsx",
        lambda: spreadsheet(sheet1=lambda xml: xml.replace(b"</sheetData>", FAR + b"</sheetData>")),
        "e.xlsx:1:1: not a whole XLSX file: 1,048,576 rows of 16,384 cells; expected one data",
    ),
    "what unpacks to much more": (
        "e.xlsx",
        lambda: spreadsheet(sheet1=lambda xml: xml + b" " * 10**6),
        "e.xlsx:1:1: not a whole XLSX file: it unpacks to more than 1 MB",
    ),
    "a hundred thousand columns": (
        "e.csv",
        lambda: b"a" + b",b" * 99_999 + b"\n",
        "e.csv:1:1: more than 2,000 columns; expected one data tool's answers",
    ),
    "a NUL byte": (
        "e.csv",
        lambda: EXPORT.replace(b"agree", b"agr\0ee", 1),
        "e.csv:1:1: not a text file",
    ),
    "an answer that turns a message around": (
        "e.csv",
        lambda: EXPORT.replace(b",agree,", ",\u202eagree,".encode(), 1),
        r"e.csv:2:3: answer '\u202eagree' is not understood; expected ",
    ),
    "a comment of 100,000 letters": (
        "e.csv",
        lambda: b"council,L1,comments_skills\ntorfaen,agree," + b"a@" * 50_000 + b"\n",
        "e.csv:2:3: comment has more than 20,000 characters; shorten it",
    ),
}


@pytest.mark.parametrize(("name", "make", "said"), EXPORTS.values(), ids=EXPORTS)
def test_an_export_that_is_a_trap_is_refused(imported, monkeypatch, name: str, make, said: str):
    monkeypatch.setattr(sheets, "LARGEST", 10**6)
    assert [line for line in imported(name, make()) if line.startswith(said)]


def test_a_mapping_that_is_a_trap_is_refused(imported, tmp_path: Path):
    put(tmp_path / "m.yaml", LISTS)
    line, _ = imported("e.csv", EXPORT, "--mapping", str(tmp_path / "m.yaml"))
    assert line == f"m.yaml:5:28: {MANY}"


@pytest.mark.parametrize(
    "text", ["a" * 20_000, "a." * 10_000, "a" + "\u0301\u0323" * 9_999, "0 " * 10_000]
)
def test_a_comment_that_is_slow_to_mask_is_masked_soon(text: str):
    began = process_time()
    mask(text)
    assert process_time() - began < SLOWEST
