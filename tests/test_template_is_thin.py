"""The template reads like a report: words, and between them one call a cell."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

TEMPLATE = Path(__file__).parents[1] / "notebooks" / "council_report.ipynb"
CELLS: list[dict[str, Any]] = json.loads(TEMPLATE.read_text(encoding="utf-8"))["cells"]
CODE = [cell for cell in CELLS if cell["cell_type"] == "code"]
OVERVIEW = TEMPLATE.with_name("national_overview.ipynb")
OVERVIEW_CELLS: list[dict[str, Any]] = json.loads(OVERVIEW.read_text(encoding="utf-8"))["cells"]
OVERVIEW_CODE = [cell for cell in OVERVIEW_CELLS if cell["cell_type"] == "code"]
LONGEST = 8  # lines
every_code_cell = pytest.mark.parametrize(
    "cell", [*CODE, *OVERVIEW_CODE], ids=lambda cell: cell["id"]
)

LOGIC = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.For,
    ast.AsyncFor,
    ast.While,
    ast.If,
    ast.IfExp,
    ast.Try,
    ast.TryStar,
    ast.With,
    ast.comprehension,
)


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def tags(cell: dict[str, Any]) -> list[str]:
    return cell["metadata"].get("tags", [])


def test_the_template_is_a_valid_notebook_with_cell_ids() -> None:
    notebook = nbformat.read(TEMPLATE, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)


def test_cell_ids_are_names_and_no_two_are_alike() -> None:
    ids = [cell["id"] for cell in CELLS]
    assert [name for name in ids if not re.fullmatch(r"[a-z][a-z_]*(-[a-z0-9]+)*", name)] == []
    assert len(set(ids)) == len(ids)


@every_code_cell
def test_a_code_cell_is_short(cell: dict[str, Any]) -> None:
    assert 1 <= len(source(cell).splitlines()) <= LONGEST


@every_code_cell
def test_a_code_cell_has_no_logic_of_its_own(cell: dict[str, Any]) -> None:
    tree = ast.parse(source(cell))  # fails for a magic such as %%capture, too
    assert [type(node).__name__ for node in ast.walk(tree) if isinstance(node, LOGIC)] == []


@every_code_cell
def test_a_code_cell_was_never_run_here(cell: dict[str, Any]) -> None:
    assert cell["outputs"] == []
    assert cell["execution_count"] is None


def test_between_the_words_each_code_cell_is_one_call_of_the_report() -> None:
    apart = {"parameters", "open", "inline"}
    for cell in CODE:
        if cell["id"] not in apart:
            (call,) = ast.parse(source(cell)).body
            assert isinstance(call, ast.Expr)
            assert re.fullmatch(r"report\.\w+\(.*\)", source(cell)), cell["id"]


@pytest.mark.parametrize("tag", ["parameters", "inline", "register"])
def test_a_tag_that_a_run_needs_is_on_one_code_cell(tag: str) -> None:
    assert [cell["cell_type"] for cell in CELLS if tag in tags(cell)] == ["code"]


def test_the_register_is_the_last_code_cell_and_the_list_it_checks_comes_before_it() -> None:
    assert [tags(cell) for cell in CODE[-2:]] == [["inline"], ["register"]]
    assert CELLS[-1] is CODE[-1]


def test_the_parameters_are_declared_first_as_plain_values() -> None:
    assert "parameters" in tags(CODE[0])
    body = ast.parse(source(CODE[0])).body
    values = {node.targets[0].id: ast.literal_eval(node.value) for node in body}
    assert values == {
        "council": "",  # so that nobody's report is made by mistake
        "edition": "en",
        "report_date": "",
        "good_practice": None,
        "judgements": {},
        "comments": [],
    }


def test_what_is_not_published_is_words_that_stand_before_everything() -> None:
    apart = [cell for cell in CELLS if "not-published" in tags(cell)]
    assert apart == CELLS[: len(apart)]
    assert {cell["cell_type"] for cell in apart} == {"markdown"}
    assert "{eval}" not in "".join(map(source, apart))


def test_a_narrative_cell_names_its_theme_and_each_theme_has_one() -> None:
    narratives = [cell for cell in CELLS if "narrative" in tags(cell)]
    assert {cell["cell_type"] for cell in narratives} == {"markdown"}
    assert [cell["metadata"]["theme"] for cell in narratives] == [
        "leadership",
        "data_protection",
        "skills",
        "decisions",
    ]


def test_no_cell_keeps_what_a_run_or_an_editor_leaves_behind() -> None:
    assert {key for cell in CELLS for key in cell["metadata"]} <= {"tags", "theme"}
    metadata = json.loads(TEMPLATE.read_text(encoding="utf-8"))["metadata"]
    assert set(metadata) <= {"kernelspec", "language_info"}


def test_no_number_is_typed_into_the_words() -> None:
    """But for the parts of the report and the date of publication."""
    allowed = r"Part \d|6 December 2018"
    for cell in CELLS:
        if cell["cell_type"] == "markdown":
            words = re.sub(r"\{eval\}`[^`]*`", "", source(cell))
            assert re.findall(r"\d+", re.sub(allowed, "", words)) == [], cell["id"]
