"""No run finds anything of another."""

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from conftest import check_workbook, run_python
from helpers.run.building.making import make, make_in_fork
from helpers.run.building.planning import plan
from helpers.run.deciding import decide
from helpers.run.editions.bundle import Bundle, Made
from helpers.run.processes.forking import Forks
from helpers.run.processes.warming import FORKS, warm_up

pytestmark = pytest.mark.skipif(not FORKS, reason="nothing is forked on this platform")

CELL = "barriers"  # a code cell of the template, whose place the tests' own code takes

TELL = """
import builtins, json, os, random, sys, warnings
import matplotlib, numpy, pandas, seaborn
import matplotlib.pyplot as plt

state = {
    "rcParams": repr(sorted(matplotlib.rcParams.items())),
    "options": [pandas.options.display.max_rows, numpy.get_printoptions()["precision"]],
    "environment": sorted(set(os.environ) - {"WORKBOOK_FOLDER"}),
    "modules": [name in sys.modules for name in ("spoiled", "helpers.spoiled")],
    "builtins": hasattr(builtins, "spoiled"),
    "path": sys.path,
    "arguments": sys.argv[0].rpartition("/")[2].removesuffix(".py"),
    "standing in its own folder": os.path.samefile(os.getcwd(), os.environ["WORKBOOK_FOLDER"]),
    "backend": plt.get_backend(),
    "warnings": [str(found) for found in warnings.filters],
}
drawn = [random.random(), numpy.random.random()]
print(json.dumps([state, drawn]))
"""

SPOIL = """
matplotlib.rcParams["font.size"] = 40
seaborn.set_theme(style="dark")
pandas.options.display.max_rows = 3
numpy.set_printoptions(precision=1)
os.environ["SPOILED"] = "yes"
os.environ["PATH"] = "nowhere"
sys.modules["spoiled"] = sys.modules["helpers.spoiled"] = sys
sys.path.insert(0, "spoiled")
warnings.simplefilter("ignore")
builtins.spoiled = True
random.seed(1)
numpy.random.seed(1)
os.chdir("/")
"""


@pytest.fixture(scope="module", autouse=True)
def warm(shipped: Path) -> None:
    """Let the warm parent have done all that it does for a build."""
    warm_up(shipped)


@pytest.fixture
def template(spoiled: Path) -> Callable[[str], Path]:
    """The workbook with a cell of the template replaced."""

    def replace(source: str) -> Path:
        path = spoiled / "notebooks" / "council_report.ipynb"
        notebook = nbformat.read(path, as_version=4)
        next(cell for cell in notebook.cells if cell.id == CELL).source = source
        nbformat.write(notebook, path)
        return spoiled

    return replace


def bundle_of(workbook: Path, council: str) -> Bundle:
    [bundle] = plan(decide(check_workbook(workbook)), [council], "en")
    return bundle


def told(made: Made) -> list[object]:
    """What the cell printed in an edition."""
    notebook = nbformat.reads(made.files["report.en.ipynb"].decode(), as_version=4)
    cell = next(cell for cell in notebook.cells if cell.id == CELL)
    return json.loads(cell.outputs[0]["text"])


def test_what_a_run_spoils_the_next_one_does_not_find(template: Callable[[str], Path]) -> None:
    workbook = template(TELL + SPOIL)
    bundles = [bundle_of(workbook, council) for council in ("cardiff", "torfaen")]
    with Forks(1) as pool:
        first, second = (told(pool.submit(make_in_fork, bundle).result()) for bundle in bundles)
    assert second[0] == first[0]
    assert "SPOILED" not in second[0]["environment"]
    assert not any(here == there for here, there in zip(first[1], second[1], strict=True))


def test_the_cell_of_the_test_above_does_spoil_what_comes_after_it(
    template: Callable[[str], Path],
) -> None:
    bundle = bundle_of(template(TELL.partition("print(")[0] + SPOIL + TELL), "cardiff")
    state, drawn = told(make(bundle))
    assert state["options"] == [3, 1]
    assert (state["modules"], state["builtins"], state["path"][0]) == (
        [True, True],
        True,
        "spoiled",
    )
    assert not state["standing in its own folder"]
    assert "SPOILED" in state["environment"]
    assert drawn[0] == pytest.approx(0.13436424411240122)  # random.seed(1); random.random()


SMOOTH = """
import json, seaborn, sys
later = "scipy.stats" not in sys.modules
curve = seaborn.kdeplot(x=[1.0, 2.0, 4.0], cumulative=True).lines[0].get_ydata().tolist()
from scipy.stats import norm
print(json.dumps([later, curve, norm.cdf(1.96)]))
"""


def test_a_kernel_that_smooths_a_curve_has_what_that_needs(template: Callable[[str], Path]) -> None:
    """seaborn's own copy of the function cannot add up."""
    bundle = bundle_of(template(SMOOTH), "torfaen")
    with Forks(1) as pool:
        forked = told(pool.submit(make_in_fork, bundle).result())
    assert forked[0]
    assert forked[1:] == told(make(bundle))[1:]
    assert forked[2] == pytest.approx(0.9750021)


def test_a_forked_kernel_finds_what_an_ordinary_one_finds(template: Callable[[str], Path]) -> None:
    bundle = bundle_of(template(TELL), "torfaen")
    with Forks(1) as pool:
        forked = told(pool.submit(make_in_fork, bundle).result())[0]
    ordinary = told(make(bundle))[0]
    here, there = (set(state.pop("environment")) for state in (forked, ordinary))
    assert here ^ there <= {"JPY_PARENT_PID", "PYDEVD_USE_FRAME_EVAL"}  # launcher's, debugger's
    of_whom = (set(state.pop("warnings")) for state in (forked, ordinary))
    for found in set.symmetric_difference(*of_whom):  # packages that pages need, of their own
        assert any(name in found for name in ("html5lib", "requests.", "urllib3."))
    assert forked == ordinary


def test_no_kernel_begins_with_what_its_user_has_ipython_begin_with(
    template: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil = "import builtins; builtins.spoiled = True"
    profile = tmp_path / "ipython" / "profile_default"
    (profile / "startup").mkdir(parents=True)
    for path in (tmp_path / "mine.py", profile / "startup" / "00-mine.py"):
        path.write_text(spoil, encoding="utf-8")
    config = f"c.InteractiveShellApp.exec_lines = [{spoil!r}]"
    (profile / "ipython_kernel_config.py").write_text(config, encoding="utf-8")
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "mine.py"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    bundle = bundle_of(template(TELL), "torfaen")
    with Forks(1) as pool:
        forked = told(pool.submit(make_in_fork, bundle).result())[0]
    assert not forked["builtins"]
    assert not told(make(bundle))[0]["builtins"]


def test_a_forked_kernel_gives_the_same_bytes_as_an_ordinary_one(shipped: Path) -> None:
    bundle = bundle_of(shipped, "torfaen")
    with Forks(1) as pool:
        assert pool.submit(make_in_fork, bundle).result() == make(bundle)


def test_where_nothing_can_fork_a_build_gives_the_same_bytes(spoiled: Path, shipped: Path) -> None:
    script = (
        "from helpers.run.building import making; "
        "from helpers.run.processes import warming; warming.FORKS = making.FORKS = False; "
        "from helpers.cli import main; main()"
    )
    command = ("-c", script, "build", "torfaen", "--edition", "en", "--workbook", spoiled)
    done = run_python(*command)
    assert done.returncode == 0, done.stderr
    made = make(bundle_of(shipped, "torfaen"))
    for name, content in made.files.items():
        assert (spoiled / "outputs" / "torfaen" / name).read_bytes() == content
