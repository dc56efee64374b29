"""The ways to make a whole batch of reports, each a command; and that they make the same."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from in_one_process import EXECUTED, PAGE, PARAMETERS, PREPARED, SHOWN
from in_r import r_command
from shown import compare, shown_by
from spending import spend

BUILT, IN_R = "built.ipynb", "r"
EDITED = "torfaen"  # the council that has narrative
TEXT, SENTENCE = "    en: |\n      ", "Read this again. "
BESIDE = Path(sys.executable).parent  # the commands of this environment
ENV = {**os.environ, "PATH": f"{BESIDE}{os.pathsep}{os.environ['PATH']}"}
ENV.pop("PYTHONDONTWRITEBYTECODE", None)  # a user keeps byte code
ENV.pop("WORKBOOK_FOLDER", None)
BUILD = ["workbook", "build"]
LOOP = f"""set -e
for folder in "$1"/*/; do
    cd "$folder"
    papermill {PREPARED} {EXECUTED} -f {PARAMETERS}
    jupyter nbconvert --to html {EXECUTED}
done
"""
RENDER = """for (source in commandArgs(TRUE))
    rmarkdown::render(source, quiet = TRUE, envir = new.env())"""


@dataclass(frozen=True)
class Way:
    """A command, and what is done before and after it, which is not measured.

    `key` is that of --only; `name` the one by which goals know it; `command` None cannot be run.
    """

    key: str
    name: str
    said: str
    command: list[str] | None
    folder: Path
    around: Callable[[], AbstractContextManager[None]] = nullcontext


def ways_of(workbook: Path, prepared: Path) -> list[Way]:
    """Return all ways to make what stands in the workbook, or was prepared of it."""
    return [*_ours(workbook, prepared), *_others(prepared)]


def _ours(workbook: Path, prepared: Path) -> list[Way]:
    anew, edited = partial(_anew, workbook, prepared), partial(_edited, workbook)
    taken = partial(_taken_away, workbook)
    check, show_help = ["workbook", "check"], ["workbook", "--help"]
    return [
        Way("a", "a", "(a) `workbook build`, without outputs", BUILD, workbook, anew),
        Way("a0", "unchanged", "`workbook build`, nothing changed", BUILD, workbook),
        Way("a0", "narrative", "`workbook build`, one narrative changed", BUILD, workbook, edited),
        Way("a0", "downloads", "`workbook build`, downloads only", BUILD, workbook, taken),
        Way("a0", "check", "`workbook check`", check, workbook),
        Way("a0", "help", "`workbook --help`", show_help, workbook),
    ]


@contextmanager
def _anew(workbook: Path, prepared: Path) -> Iterator[None]:
    """Let all be built from nothing."""
    outputs = workbook / "outputs"
    shutil.rmtree(outputs)
    yield
    built = {edition_name(path): path for path in outputs.glob("*/*.ipynb")}
    assert built.keys() == {folder.name for folder in prepared.iterdir()}
    for name, path in built.items():
        _see("a", prepared / name, path)


@contextmanager
def _edited(workbook: Path) -> Iterator[None]:
    """Let a narrative have one more sentence, and leave all as it was before."""
    file = workbook / "params" / f"{EDITED}.yaml"
    text = file.read_text(encoding="utf-8")
    assert TEXT in text
    file.write_text(text.replace(TEXT, TEXT + SENTENCE, 1), encoding="utf-8")
    yield
    file.write_text(text, encoding="utf-8")
    spend(BUILD, workbook, ENV)


@contextmanager
def _taken_away(workbook: Path) -> Iterator[None]:
    """Let the reports stand, and nothing that was made of them for readers to take away."""
    sheets = list(workbook.glob("outputs/*/tables.*.xlsx"))
    assert sheets
    for path in sheets:
        path.unlink()
    yield
    assert all(path.exists() for path in sheets)


def _others(prepared: Path) -> list[Way]:
    script = str(Path(__file__).with_name("in_one_process.py"))
    loop = ["sh", "-c", LOOP, "sh", str(prepared)]
    jupyter, bare = ([sys.executable, script, what, str(prepared)] for what in ("jupyter", "bare"))
    sources = sorted(prepared.glob(f"*/{IN_R}/*.Rmd"))
    told = {
        "b": ("shell loop of `papermill` and `jupyter nbconvert`", loop),
        "c": ("papermill and one HTML exporter, one process", jupyter),
        "d": ("the floor: the same statements without Jupyter", bare),
        "e": ("R Markdown, one process", r_command(RENDER, *sources) if sources else None),
    }
    return [
        Way(key, key, f"({key}) {said}", command, prepared, partial(_made, key, prepared))
        for key, (said, command) in told.items()
    ]


@contextmanager
def _made(key: str, prepared: Path) -> Iterator[None]:
    """See that a way makes all of its files itself, and what they show."""
    names = {"d": [SHOWN], "e": [f"{IN_R}/report.html"]}.get(key, [EXECUTED, PAGE])
    for folder in prepared.iterdir():
        for name in names:
            (folder / name).unlink(missing_ok=True)
    yield
    for folder in prepared.iterdir():
        assert all((folder / name).stat().st_size for name in names)
        if key != "e":  # whose pages hold pictures
            _see(key, folder, folder / names[0])


def _see(key: str, folder: Path, made: Path) -> None:
    """See that an edition shows the same as that which it was prepared of."""
    as_json = made.name == SHOWN
    found = json.loads(made.read_text(encoding="utf-8")) if as_json else shown_by(made)
    compare(key, folder.name, found, shown_by(folder / BUILT))


def edition_name(notebook: Path) -> str:
    """Return the name of an edition's folder, of its notebook in outputs/: torfaen.en."""
    return f"{notebook.parent.name}.{notebook.name.split('.')[1]}"
