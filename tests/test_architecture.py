"""The rooms of the house: who may import whom, and what src/ must not know."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import run_python

SOURCE = Path(__file__).parents[1] / "src" / "helpers"
ROOMS = ["errors", "study", "figures", "report", "run", "review", "cli"]
INSIDE = {  # the order inside a room, where it has one; a module stands beside the folders
    "report": [
        "binding",
        "languages",
        "notebook",
        "charts",
        "content",
        "opening",
        "pages",
        "downloads",
    ],
    "run": [
        "processes",
        "checking",
        "deciding",
        "editions",
        "translating",
        "building",
        "editing",
    ],
}
MODULES = sorted(
    path for path in SOURCE.rglob("*.py") if path.parent != SOURCE or path.stem in ROOMS
)
ONLY_IN = {
    "papermill": "run/",
    "nbclient": "run/",
    "jupyterlab": "run/editing/lab.py",
    "jupyter_server": "run/editing/contents.py",
    "nbconvert": "report/pages/publishing.py",
    "matplotlib": "report/charts/",
    "seaborn": "report/charts/",
    "ruamel": "study/files/yaml",  # yamlfile.py and yamlbounds.py
    "pyreadstat": "study/importing/spss.py",
    "python_calamine": "study/importing/sheets.py",
    "scipy": "figures/rings.py",
    "duckdb": "review/recalculation/",
    "gptables": "report/downloads/",
    "dask": "run/building/cluster",  # cluster.py and cluster_task.py
    "distributed": "run/building/cluster",
    "weasyprint": "report/pages/pdf.py",
}


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)


def place(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def room(name: str) -> int:
    return ROOMS.index(name.split("/")[0].removesuffix(".py"))


def test_there_are_modules_in_every_room_and_in_no_other() -> None:
    found = {place(path).split("/")[0].removesuffix(".py") for path in SOURCE.rglob("*.py")}
    assert found - {"__init__"} == set(ROOMS)


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_imports_point_one_way_only(path: Path) -> None:
    ours = [name.split(".")[1] for name in imported(path) if name.startswith("helpers.")]
    assert [name for name in ours if room(name) > room(place(path))] == []


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_imports_point_one_way_inside_a_room(path: Path) -> None:
    own_room, *inner = place(path).removesuffix(".py").split("/")
    if own_room not in INSIDE or inner == ["__init__"]:
        return
    order = INSIDE[own_room]
    names = (name.split(".") for name in imported(path))
    ours = [name[2] for name in names if name[:2] == ["helpers", own_room] and len(name) > 2]
    assert [name for name in ours if order.index(name) > order.index(inner[0])] == []


def test_the_order_inside_a_room_names_all_of_it() -> None:
    for name, order in INSIDE.items():
        found = {path.stem for path in (SOURCE / name).iterdir() if not path.stem.startswith("__")}
        assert found == set(order)


@pytest.mark.parametrize("path", MODULES, ids=place)
def test_libraries_stay_in_their_rooms(path: Path) -> None:
    found = {name.split(".")[0] for name in imported(path)} & set(ONLY_IN)
    assert [name for name in found if not place(path).startswith(ONLY_IN[name])] == []


@pytest.mark.parametrize("path", sorted((SOURCE / "figures").glob("*.py")), ids=place)
def test_figures_know_no_jupyter_and_no_file_system(path: Path) -> None:
    strangers = {"pathlib", "os", "io", "nbformat", "IPython", "jupyter_client", "ipykernel"}
    assert strangers & {name.split(".")[0] for name in imported(path)} == set()
    assert "open(" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=place)
def test_source_knows_nothing_of_this_study(path: Path) -> None:
    code = without_docstrings(path)
    told = (
        r"Wales|Welsh|Cymru|\bcy\b|torfaen|Torfaen|2018|leadership|data_protection|officers|members"
    )
    assert re.findall(told, code) == []


def without_docstrings(path: Path) -> str:
    """The code without docstrings and comments, which may give examples."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(
            node
        ):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree)


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=place)
def test_nothing_from_a_file_is_run_as_code(path: Path) -> None:
    calls = [
        node.func.id
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    assert {"eval", "exec", "compile", "__import__"} & set(calls) == set()


DRAWING = {"matplotlib", "seaborn"}
READING = {*DRAWING, "nbformat", "numpy", "pandas", "pydantic", "scipy"}


@pytest.mark.parametrize(
    ("module", "unused"),
    [
        ("helpers.cli", READING),
        ("helpers.review.one_page", READING),
        ("helpers.review.moving", DRAWING),
        ("helpers.review.reporting", DRAWING),
        ("helpers.run.building.batch", DRAWING),
    ],
)
def test_what_answers_at_once_loads_nothing_that_it_does_not_need(
    module: str, unused: set[str]
) -> None:
    """Only a process that draws waits for what draws: that takes longer than all the rest."""
    done = run_python("-c", f"import {module}, sys; print(*sys.modules)")
    assert unused & set(done.stdout.split()) == set()
    assert module in done.stdout
