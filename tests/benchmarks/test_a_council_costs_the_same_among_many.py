"""However many organisations a study has, one costs the same, and memory does not grow."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from beside import Beside
from conftest import ROOT, run_python
from larger import make_larger

FEW, MANY = 22, 220
MEGABYTES = 50
RATIO = 3  # what a slice takes among ten times as many: the same, but for a busy machine

# Makes no edition: what comes of each is a megabyte, which must not be kept when it is written.
BUILD = """
import re, sys
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from pathlib import Path
from helpers.run.building.executing import build
from helpers.run.editions.bundle import Made
from helpers.run.checking import check_apart
from helpers.run.deciding import decide
from helpers.run.building.making import Pool
from helpers.run.editions.manifest import Learnt
from helpers.run.building.planning import plan

class Canned(Executor):
    def submit(self, call, bundle):
        done, (notebook, page) = Future(), bundle.template.names(bundle.edition)
        files = {notebook: bytes(800_000), page: bytes(200_000)}
        done.set_result(Made(bundle.council, bundle.edition, files, Learnt([], [0, 0])))
        return done

@contextmanager
def canned():
    yield Canned()

def megabytes():
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(re.search("VmRSS:(.+)kB", status)[1]) / 1024

planned = plan(decide(check_apart(Path(sys.argv[1]))), [], None)
build(planned, lambda outcome: None, Pool(1, canned()))  # as far as anything is kept once
before, told = megabytes(), []
build(planned, told.append, Pool(1, canned()))
print(len(told), megabytes() - before)
"""

SLICE = """
import json, sys
from pathlib import Path
from beside import beside
from helpers.run.checking import check_apart
from helpers.run.deciding import decide

many, few = (decide(check_apart(Path(folder))) for folder in sys.argv[1:3])
councils = list(few.checked.parameters)
run = lambda decided: lambda turn: [decided.rows.of(council) for council in councils]
taken = beside(run(many), run(few))
print(json.dumps([taken.own, taken.other]))
"""


@pytest.fixture(scope="module")
def studies(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    folder = tmp_path_factory.mktemp("studies")
    for size in (FEW, MANY):
        make_larger(size, folder / str(size))
    return {size: folder / str(size) for size in (FEW, MANY)}


def run(script: str, *given: Path) -> str:
    env = {**os.environ, "PYTHONPATH": str(ROOT / "tests")}
    done = run_python("-c", script, *given, env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_memory_does_not_grow_with_the_editions_that_are_made(
    studies: dict[int, Path], measured: Callable[[object], None]
) -> None:
    editions, grown = run(BUILD, studies[MANY]).split()
    measured(f"{editions} editions of a megabyte each: memory grew by {float(grown):.0f} MB")
    assert int(editions) == 2 * MANY + 2
    assert float(grown) < MEGABYTES


def test_the_rows_of_a_council_are_found_without_reading_those_of_all(
    studies: dict[int, Path], measured: Callable[[object], None]
) -> None:
    taken = Beside(*json.loads(run(SLICE, studies[MANY], studies[FEW])))
    measured(f"22 slices of {MANY} organisations, and of {FEW}: {taken}")
    assert taken.ratio < RATIO
