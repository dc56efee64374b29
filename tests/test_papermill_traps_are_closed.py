"""What papermill only warns of, or counts as success, is an error here."""

import os
from collections.abc import Callable
from pathlib import Path

import nbformat
import papermill
import pytest

from conftest import check_workbook, run_python, run_workbook
from helpers.errors import CheckFailed, NotPublishable, RunFailed, UsageError
from helpers.report.pages.publishing import CouncilReportExporter
from helpers.run.building.planning import plan
from helpers.run.deciding import decide
from helpers.run.editions.edition import make_edition

TEMPLATE = Path("notebooks") / "council_report.ipynb"


@pytest.fixture
def run(spoiled: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., nbformat.NotebookNode]:
    """Run the spoiled workbook's template with our engine."""
    monkeypatch.chdir(spoiled)

    def execute(**parameters: object) -> nbformat.NotebookNode:
        options = {"engine_name": "workbook", "progress_bar": False}
        return papermill.execute_notebook(TEMPLATE, "out.ipynb", parameters, **options)

    return execute


def change_cell(
    workbook: Path, cell_id: str, change: Callable[[nbformat.NotebookNode], None]
) -> None:
    notebook = nbformat.read(workbook / TEMPLATE, as_version=4)
    change(next(cell for cell in notebook.cells if cell.id == cell_id))
    nbformat.write(notebook, workbook / TEMPLATE)


def test_a_template_without_its_parameters_tag_is_refused(
    spoiled: Path, run: Callable[..., object]
) -> None:
    change_cell(spoiled, "parameters", lambda cell: cell.metadata.clear())
    with pytest.raises(
        NotPublishable, match="0 cells are tagged 'parameters'; expected exactly one"
    ):
        run(council="torfaen")
    checked = run_workbook("check", "--workbook", spoiled)
    assert checked.returncode == 4
    assert "council_report.ipynb:1:1: 0 cells are tagged 'parameters'" in checked.stderr


def test_a_misspelt_parameter_is_refused_before_a_kernel_starts(run: Callable[..., object]) -> None:
    with pytest.raises(UsageError, match=r"unknown parameter 'counci'.*did you mean 'council'"):
        run(counci="cardiff")


def test_the_template_has_no_council_to_fall_back_on(spoiled: Path) -> None:
    command = ("-m", "papermill", TEMPLATE, "out.ipynb", "-p", "counci", "cardiff")
    done = run_python(*command, cwd=spoiled)
    assert done.returncode != 0
    assert "parameters:1:1: unknown council ''; expected 'isle-of-anglesey', " in done.stderr


def test_a_cell_that_ends_the_notebook_quietly_is_a_failure(
    spoiled: Path, run: Callable[..., object]
) -> None:
    def leave(cell: nbformat.NotebookNode) -> None:
        cell.source = "raise SystemExit(0)"

    change_cell(spoiled, "barriers", leave)
    with pytest.raises(RunFailed, match=r"cell 'barriers': SystemExit: 0"):
        run(council="torfaen")


def test_a_failing_cell_is_named_with_its_error(spoiled: Path) -> None:
    change_cell(spoiled, "good-practice", lambda cell: cell.update(source="1 / 0"))
    done = run_workbook("build", "torfaen", "--edition", "cy", "--workbook", spoiled)
    assert done.returncode == 1
    told = "torfaen cy: cell 'good-practice': ZeroDivisionError: division by zero"
    assert done.stderr == f"workbook: failed: {told}\n"
    assert not list((spoiled / "outputs").glob("torfaen/report*"))


def test_half_run_notebooks_never_become_pages(built: Path) -> None:
    notebook = nbformat.read(built / "outputs" / "torfaen" / "report.en.ipynb", as_version=4)
    next(cell for cell in notebook.cells if cell.id == "contacts").execution_count = None
    with pytest.raises(NotPublishable, match="cell 'contacts': did not run"):
        CouncilReportExporter().from_notebook_node(notebook)


def test_papermill_alone_runs_the_template_and_the_exporter_refuses_it(
    spoiled: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.ipynb"
    done = run_python("-m", "papermill", TEMPLATE, out, "-p", "council", "torfaen", cwd=spoiled)
    assert done.returncode == 0, done.stderr
    notebook = nbformat.read(out, as_version=4)
    with pytest.raises(NotPublishable, match="was not run by the workbook's engine"):
        CouncilReportExporter().from_notebook_node(notebook)


def test_papermill_with_our_engine_takes_a_parameter_file(
    built: Path, spoiled: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.ipynb"
    options = ("--engine", "workbook", "-f", "params/torfaen.yaml")
    done = run_python("-m", "papermill", TEMPLATE, out, *options, cwd=spoiled)
    assert done.returncode == 0, done.stderr
    notebook = nbformat.read(out, as_version=4)
    injected = next(cell for cell in notebook.cells if cell.id == "injected-parameters")
    assert "narrative" not in injected.source
    assert "editions" not in injected.source
    page, _ = CouncilReportExporter().from_notebook_node(notebook)
    as_built = (built / "outputs" / "torfaen" / "report.en.html").read_text(encoding="utf-8")
    assert page == as_built, "the narrative went to its cells, as in a build"


def test_papermill_errors_are_shown_as_a_message(spoiled: Path) -> None:
    options = ("--engine", "workbook", "-p", "counci", "cardiff")
    done = run_python("-m", "papermill", TEMPLATE, "out.ipynb", *options, cwd=spoiled)
    assert done.returncode == 2
    assert "workbook: error: unknown parameter 'counci'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"narrative": {"skils": {"en": "Mine."}}}, "unknown theme 'skils'; expected "),
        ({"good_practice": ["camdn"]}, "unknown good practice 'camdn'; expected "),
        ({"judgements": {"leadership": {"level": 4, "reason": {}}}}, "'level' is 4; expected 1, 2"),
        (
            {"narrative": {"skills": {"en": '{eval}`__import__("os").mkdir("here")`'}}},
            "unknown method '.mkdir()'; expected 'says'",
        ),
        (
            {"narrative": {"skills": {"en": "Just 41% agree."}}},
            "#skills-narrative:1:6: '41%' is typed; expected an inline figure, such as ",
        ),
        (
            {"narrative": {"skills": {"en": "As Cardiff and Powys do."}}, "mentions": ["powys"]},
            "#skills-narrative:1:4: names 'Cardiff', another council; list 'cardiff' under ",
        ),
        ({"mentions": ["cardif"]}, "unknown council 'cardif'; expected "),
    ],
    ids=["theme", "case", "level", "code", "number", "name", "mention"],
)
def test_what_a_build_refuses_our_engine_refuses_before_a_kernel_starts(
    run: Callable[..., object], spoiled: Path, wrong: dict[str, object], told: str
) -> None:
    with pytest.raises(CheckFailed) as caught:
        run(council="torfaen", **wrong)
    assert told in caught.value.message
    assert not (spoiled / "here").exists()


def test_a_case_that_is_not_there_is_refused_in_the_lab_too(spoiled: Path) -> None:
    command = ("-m", "papermill", TEMPLATE, "out.ipynb", "-p", "council", "torfaen", "-y")
    done = run_python(*command, "good_practice: [camdn]", cwd=spoiled)
    assert done.returncode != 0
    assert "unknown good practice 'camdn'; expected 'camden', " in done.stderr


def test_nbconvert_s_command_says_why_it_refuses_without_a_traceback(spoiled: Path) -> None:
    done = run_python(
        "-m", "nbconvert", "--to", "council_report", TEMPLATE, "--output", "page", cwd=spoiled
    )
    assert done.returncode == 8
    assert "workbook: error: the notebook was not run by the workbook's engine" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(spoiled.rglob("page.html"))


def test_an_edition_leaves_its_process_where_it_stood(
    spoiled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # papermill's cwd is process-wide: in threads, runs end up in one another's folders. Editions
    # run in processes, one at a time each; test_every_council_builds sees that none is mixed up.
    monkeypatch.chdir(spoiled)
    monkeypatch.setenv("WORKBOOK_FOLDER", str(spoiled))
    [bundle] = plan(decide(check_workbook(spoiled)), ["newport"], "en")
    made = make_edition(bundle)
    assert b"<h1>Newport City Council</h1>" in made.files["report.en.html"]
    assert (Path.cwd(), os.environ["WORKBOOK_FOLDER"]) == (spoiled, str(spoiled))
