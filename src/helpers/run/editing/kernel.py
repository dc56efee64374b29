"""The kernel of a working notebook: it starts with its council's measures loaded."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from helpers.errors import WorkbookError
from helpers.figures.measures import Measures
from helpers.figures.vocabulary import spoken_by
from helpers.report.content.council_report import CouncilReport
from helpers.report.opening import open_report
from helpers.run.editing.working import Working
from helpers.study.files.folder import VARIABLE, find_workbook
from helpers.study.parameters import FOLDER, SUFFIX, read_parameter_file
from helpers.study.reading import read_study

COUNCIL, EDITION = "WORKBOOK_COUNCIL", "WORKBOOK_EDITION"
_START = "from helpers.run.editing.kernel import load; globals().update(load())"


def kernel_name(working: Working) -> str:
    """Return the name of an edition's kernel."""
    return f"workbook-{working.council}-{working.edition}".lower()


def write_kernelspec(folder: Path, working: Working) -> None:
    """Describe an edition's kernel in a folder for JUPYTER_PATH.

    The council and the edition reach it as data, in its environment, never inside code.
    """
    spec = {
        "argv": [
            sys.executable,
            "-m",
            "ipykernel_launcher",
            "-f",
            "{connection_file}",
            f"--IPKernelApp.exec_lines={_START}",
        ],
        "display_name": f"{working.council}, {working.edition}",
        "language": "python",
        "env": {
            VARIABLE: str(working.workbook),
            COUNCIL: working.council,
            EDITION: working.edition,
        },
    }
    target = folder / "kernels" / kernel_name(working)
    target.mkdir(parents=True)
    (target / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")


def load() -> dict[str, Any]:
    """Return what a working notebook's sentences may say, of today's data.

    Where the workbook has a mistake, each of them says so in place of its figure.
    """
    try:
        report = _open(os.environ[COUNCIL], os.environ[EDITION])
    except WorkbookError as error:
        error.show()
        return dict.fromkeys(spoken_by(Measures), _refusing(error))
    return {"report": report, **report.sentence_measures()}


def _open(council: str, edition: str) -> CouncilReport:
    workbook = find_workbook()
    study = read_study(workbook)
    file = read_parameter_file(workbook / FOLDER / f"{council}{SUFFIX}", study)
    return open_report(**file.parameters.for_template(study, edition))


def _refusing(error: WorkbookError) -> Callable[..., NoReturn]:
    def refuse(*_given: object, **_named: object) -> NoReturn:
        raise error

    return refuse
