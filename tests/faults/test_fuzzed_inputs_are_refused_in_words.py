"""Whatever a file or an expression holds, it is read or refused in words: nothing crashes or runs.

Each number below says how many inputs are tried. What once broke stands as an example.
"""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from noise import (
    CSV_NOISE,
    JSON_NOISE,
    MARKDOWN,
    PO_NOISE,
    TOKENS,
    XML_NOISE,
    YAML_NOISE,
    changed,
    encoded,
    joined,
    spoilt,
    trees,
)
from watched import watched

from conftest import copy_workbook
from helpers.errors import CheckFailed, ExpressionError, WorkbookError, shown
from helpers.figures.evaluation import check_expression
from helpers.report.binding.texts import check_names, check_prose, check_text
from helpers.report.languages.language import read_catalogue
from helpers.report.notebook.checks import check_judgements, check_narratives, check_template
from helpers.report.notebook.reading import read_notebook
from helpers.study.files.csvfile import read_table as read_cells
from helpers.study.importing.exports import read_export
from helpers.study.importing.layouts import read_table
from helpers.study.importing.mapping import MappingFile, read_mapping
from helpers.study.importing.planning import plan_import
from helpers.study.importing.proposing import propose_mapping
from helpers.study.importing.telling import import_report
from helpers.study.parameters import read_parameter_file
from helpers.study.provenance import PACKAGE, check_provenance
from helpers.study.reading import read_study, study_file
from study.importing.made_up import (
    LAYOUTS,
    TOOL,
    csv_text,
    plain,
    write_ods,
    write_sav,
    write_xlsx,
)

EXPRESSIONS, TEXTS, PARAMETERS, STUDIES, TABLES = 1000, 300, 500, 40, 300
EXPORTS, SPREADSHEETS, SPSS_FILES, MAPPINGS = 300, 100, 10, 200
PACKAGES, NOTEBOOKS, CATALOGUES = 100, 100, 100
SLOWEST = 5  # seconds of processor time that one input may take

ROOT = Path(__file__).parents[2]
STUDY = read_study(ROOT)
HEAD = "council: torfaen\nreport_date: 2018-12-06\neditions: [en, cy]\n"


def shipped_text(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the workbook in which each input takes the place of a file."""
    return copy_workbook(tmp_path_factory.mktemp("fuzzed") / "workbook")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzzed")


def attempt(read: Callable[..., Any], *given: Any, names: tuple[str, ...] = ()) -> Any:
    """Return what comes of reading, None where it is refused in words that name a file.

    Either comes soon, and nothing is written, run or asked of another machine.
    """
    began, value, refused = process_time(), None, None
    with watched() as done:
        try:
            value = read(*given)
        except (CheckFailed, ExpressionError) as error:
            refused = error
    assert done == []
    assert process_time() - began < SLOWEST
    if refused:
        check_words_of(refused, names)
    return value


def check_words_of(refused: WorkbookError, names: tuple[str, ...]) -> None:
    """Each line of a message can be shown, and names one of the files with a place in it."""
    assert refused.message
    assert all(shown(line).isprintable() for line in refused.on_screen())
    if names:
        assert isinstance(refused, CheckFailed)
        assert {problem.file.split("#")[0] for problem in refused.problems} <= set(names)
        assert all(problem.line > 0 < problem.column for problem in refused.problems)


# ---- Expressions and texts ----------------------------------------------------------------------


@settings(max_examples=EXPRESSIONS)
@given(
    joined(TOKENS, 20)
    | spoilt('agree("S1", group="officers").says("around half")', TOKENS)
    | st.text(max_size=220)
)
def test_any_expression_is_read_or_refused_in_words(text: str):
    attempt(check_expression, text, STUDY, "en")


@settings(max_examples=TEXTS)
@given(joined(MARKDOWN, 30))
@example("`" * 20_000)
@example("~" * 20_000)
@example("{" * 20_000)
def test_any_text_is_checked_to_its_end(text: str):
    attempt(check_words, text)


def check_words(text: str) -> None:
    problems = check_text(text, STUDY, "en", "a.yaml")
    problems += check_prose(text, STUDY, "cy", "a.yaml")
    problems += check_names(text, STUDY, {"torfaen"}, "a.yaml")
    last = text.count("\n") + text.count("\r") + 1
    assert all(0 < problem.line <= last and problem.column > 0 for problem in problems)


# ---- Parameters and the study -------------------------------------------------------------------

KEYS = ["council", "torfaen", "report_date", "2018-12-06", "editions", "en", "cy", "good_practice"]
KEYS += ["leeds", "judgements", "open_data", "level", "reason", "narrative", "skills", "comments"]


@settings(max_examples=PARAMETERS)
@given(
    encoded(spoilt(shipped_text("params/torfaen.yaml"), YAML_NOISE))
    | encoded(spoilt(HEAD + "narrative: &a\n  skills: {en: x, cy: y}\n", YAML_NOISE, 8))
    | trees(KEYS)
    | trees(KEYS).map(lambda tree: HEAD.encode() + b"narrative: " + tree)
    | trees(KEYS).map(lambda tree: HEAD.encode() + b"judgements: " + tree)
    | st.binary(max_size=60)
)
@example(HEAD.encode() + b"narrative: &a\n  <<: *a\n")
@example(HEAD.encode() + b"mentions: 0x" + b"f" * 5000)
@example(HEAD.encode() + b"narrative: {skills: {en: !!bool abc}}")
def test_any_parameter_file_is_read_or_refused_in_words(workbook: Path, content: bytes):
    file = "params/torfaen.yaml"
    (workbook / file).write_bytes(content)
    attempt(check_parameters, workbook / file, names=(file,))


def check_parameters(path: Path) -> None:
    """Read a file, and check the texts that it holds."""
    file = read_parameter_file(path, STUDY)
    for problem in (*check_narratives(file, STUDY), *check_judgements(file, STUDY)):
        assert problem.file == file.name
        assert str(problem).isprintable()


PARTS = ("study", "questionnaire", "maturity", "good_practice", "quantity_words")
STUDY_FILES = tuple(map(study_file, PARTS))
ABOUT = study_file("study")


@settings(max_examples=STUDIES)
@given(
    st.sampled_from(STUDY_FILES).flatmap(
        lambda file: st.tuples(st.just(file), encoded(spoilt(shipped_text(file), YAML_NOISE)))
    )
)
@example((ABOUT, shipped_text(ABOUT).replace(r"W06\d{6}", "a{99999999999999}").encode()))
@example((ABOUT, shipped_text(ABOUT).replace(r"W06\d{6}", "(" * 3000).encode()))
@example(
    (
        study_file("quantity_words"),
        shipped_text(study_file("quantity_words")).replace("1/2", '"1e99999999"').encode(),
    )
)
def test_any_file_of_the_study_is_read_or_refused_in_words(
    workbook: Path, spoilt_file: tuple[str, bytes]
):
    file, content = spoilt_file
    (workbook / file).write_bytes(content)
    try:
        attempt(read_study, workbook, names=(*STUDY_FILES, "data/councils.csv"))
    finally:
        (workbook / file).write_bytes((ROOT / file).read_bytes())


# ---- Tables, packages, templates and catalogues -------------------------------------------------


@settings(max_examples=TABLES)
@given(encoded(spoilt(shipped_text("data/councils.csv"), CSV_NOISE, 8)) | st.binary(max_size=60))
@example(b"," * 100_000)
def test_any_table_is_read_or_refused_in_words(folder: Path, content: bytes):
    (folder / "a.csv").write_bytes(content)
    attempt(read_cells, folder, "a.csv", names=("a.csv",))


@settings(max_examples=PACKAGES)
@given(
    encoded(spoilt(shipped_text(PACKAGE), JSON_NOISE))
    | changed(json.loads(shipped_text(PACKAGE)))
    | trees(["resources", "path", "title"])
)
@example(b'{"resources": ' + b"9" * 5000 + b"}")
def test_any_package_is_read_or_refused_in_words(workbook: Path, content: bytes):
    (workbook / PACKAGE).write_bytes(content)
    attempt(check_provenance, workbook, STUDY, names=(PACKAGE,))


TEMPLATE = "notebooks/council_report.ipynb"


@settings(max_examples=NOTEBOOKS)
@given(
    encoded(spoilt(shipped_text(TEMPLATE), JSON_NOISE))
    | changed(json.loads(shipped_text(TEMPLATE)))
)
@example(b"[" * 100_000)
@example(b'{"cells": [3], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
@example(b'{"cells": null, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
def test_any_template_is_read_or_refused_in_words(workbook: Path, content: bytes):
    (workbook / TEMPLATE).write_bytes(content)
    attempt(check_notebook, workbook, names=(TEMPLATE,))


def check_notebook(workbook: Path) -> None:
    """Read a template, and check what its cells hold."""
    notebook = read_notebook(workbook / TEMPLATE, TEMPLATE)
    for problem in check_template(notebook, STUDY, workbook):
        assert str(problem).isprintable()


CATALOGUE = "notebooks/locale/cy.po"


@settings(max_examples=CATALOGUES)
@given(encoded(spoilt(shipped_text(CATALOGUE)[:6000], PO_NOISE)) | st.binary(max_size=60))
@example(
    b'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=99999999999; plural=n;\\n"\n\n'
    b'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "x"\n'
)
def test_any_catalogue_is_read_or_refused_in_words(folder: Path, content: bytes):
    (folder / "cy.po").write_bytes(content)
    attempt(read_catalogue.__wrapped__, folder / "cy.po", CATALOGUE, names=(CATALOGUE,))


# ---- Exports and mappings -----------------------------------------------------------------------

EXPORTED = {layout: csv_text(make()) for layout, (make, _) in LAYOUTS.items()}


@settings(max_examples=EXPORTS)
@given(
    st.sampled_from(list(EXPORTED)).flatmap(
        lambda layout: encoded(spoilt(EXPORTED[layout], CSV_NOISE, 6))
    )
    | st.binary(max_size=80)
)
@example(EXPORTED["plain table"].encode() + b"," * 100_000)
def test_any_export_is_understood_or_refused_in_words(folder: Path, content: bytes):
    (folder / "e.csv").write_bytes(content)
    attempt(rehearse, folder / "e.csv", MappingFile(), names=("e.csv",))


def rehearse(export: Path, mapping: MappingFile) -> None:
    """Do what a dry run does, but write nothing."""
    plan = plan_import(read_table(read_export(export)), STUDY, TOOL, mapping)
    assert import_report(plan, STUDY)
    assert propose_mapping(plan, STUDY)
    if plan.problems:
        raise CheckFailed(plan.problems)


@pytest.fixture(scope="module")
def sheets(folder: Path) -> dict[str, dict[str, str]]:
    """The parts of a spreadsheet of each kind, those that hold its cells."""
    made = {"e.xlsx": write_xlsx, "e.ods": write_ods}
    return {name: parts_of(make(folder / name, plain())) for name, make in made.items()}


def parts_of(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as parts:
        return {name: parts.read(name).decode() for name in parts.namelist()}


@settings(max_examples=SPREADSHEETS)
@given(st.data())
def test_any_spreadsheet_is_read_or_refused_in_words(folder: Path, sheets: Any, data: Any):
    name = data.draw(st.sampled_from(list(sheets)))
    part = data.draw(st.sampled_from([part for part in sheets[name] if part.endswith(".xml")]))
    text = data.draw(spoilt(sheets[name][part], XML_NOISE))
    with zipfile.ZipFile(folder / name, "w") as parts:
        for other, content in (sheets[name] | {part: text}).items():
            parts.writestr(other, content.encode(errors="replace"))
    attempt(rehearse, folder / name, MappingFile(), names=(name,))


@settings(max_examples=SPSS_FILES)
@given(st.lists(st.tuples(st.integers(0, 5800), st.integers(0, 255)), min_size=1, max_size=3))
@example([(3924, 127)])  # pyreadstat 1.3.7 breaks down on it
@example([(2487, 128)])
def test_any_spss_file_is_read_or_refused_in_words(folder: Path, wrong: list[tuple[int, int]]):
    content = bytearray(write_sav(folder / "e.sav").read_bytes())
    for at, byte in wrong:
        content[at % len(content)] = byte
    (folder / "e.sav").write_bytes(content)
    refused = None
    try:
        rehearse(folder / "e.sav", MappingFile())
    except CheckFailed as error:
        refused = error
    if refused:
        check_words_of(refused, ("e.sav",))


USES = ["columns", "absent", "answers", "councils", "council", "partial", "keep", "drop", "blank"]
USES += ["L1", "Name", "agree", "torfaen", "comments_skills", "column 2"]


@settings(max_examples=MAPPINGS)
@given(
    encoded(spoilt("columns:\n  L1: L1\nabsent: []\nanswers:\n  agree: agree\n", YAML_NOISE))
    | trees(USES)
)
def test_any_mapping_is_followed_or_refused_in_words(folder: Path, content: bytes):
    (folder / "m.yaml").write_bytes(content)
    mapping = attempt(read_mapping, folder / "m.yaml", names=("m.yaml",))
    if mapping:
        (folder / "plain.csv").write_text(EXPORTED["plain table"], encoding="utf-8")
        attempt(rehearse, folder / "plain.csv", mapping, names=("m.yaml", "plain.csv"))
