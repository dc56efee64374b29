"""Open JupyterLab on a working notebook, with what belongs to it and nothing else changed."""

import json
import logging
import os
import signal
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from helpers.errors import CheckFailed, UsageError
from helpers.report.notebook.checks import check_template
from helpers.run.checking import read_template
from helpers.run.editing.kernel import kernel_name, write_kernelspec
from helpers.run.editing.opening import read_kept
from helpers.run.editing.preparing import prepare_working, write_working
from helpers.run.editing.saving import clear_the_way
from helpers.run.editing.working import Working
from helpers.study.asking import check_asked, check_council, check_edition
from helpers.study.files.folder import VARIABLE
from helpers.study.parameters import parameter_files, read_each, refuse
from helpers.study.reading import read_study

NEEDED = ("jupyterlab", "jupyterlab_myst")  # the extra `lab`
SETTINGS = {
    # jupyterlab-myst shows no figure in a cell that the Lab keeps out of the page while unseen
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    # ask no question about news, and no outside host for them
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false"},
}


def check_lab() -> None:
    """Raise UsageError where JupyterLab is not installed."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise UsageError(
            f"{' and '.join(missing)}: not installed; install the extra 'lab': "
            "pip install -c constraints.txt -e '.[lab]'"
        )


def make_working(
    workbook: Path, council: str, edition: str | None, tell: Callable[[str], None]
) -> Working:
    """Make an edition's working notebook anew, once what an older one holds is saved."""
    os.environ[VARIABLE] = str(workbook)  # for the run, and for the kernels of the Lab
    study = read_study(workbook)
    working = Working(workbook, council, edition or study.about.languages[0])
    paths = {path.stem: path for path in parameter_files(workbook)}
    check_council(council, paths, study)
    check_edition(working.edition, study)
    seen = _make_way(working, None, tell)
    files, problems = read_each([paths[council]], study)
    refuse(problems, study)
    parameters = files[council].parameters
    check_asked(council, working.edition, parameters.editions)
    if problems := check_template(read_template(workbook), study, workbook):
        raise CheckFailed(problems)
    kept = read_kept(working, study)
    made = prepare_working(kept, parameters, kernel_name(working))
    _make_way(working, seen, tell)  # another program may have saved the older one meanwhile
    write_working(working, made)
    return working


def _make_way(working: Working, seen: bytes | None, tell: Callable[[str], None]) -> bytes | None:
    """Save what an older notebook holds, unless it is as it was `seen`; return what it was."""
    content = working.notebook.read_bytes() if working.notebook.is_file() else None
    if content != seen:
        for line in clear_the_way(working):
            tell(line)
    return content


def open_lab(working: Working, *, browser: bool) -> None:
    """Open JupyterLab on a working notebook, and return when it is stopped.

    What it is told here is in force for this server only, and comes before its user's own
    settings.
    """
    from jupyterlab.labapp import LabApp

    logging.getLogger("asyncio").addFilter(is_news)
    with TemporaryDirectory(prefix="wb-lab-") as name:
        folder = Path(name)
        write_kernelspec(folder, working)
        _write_settings(folder)
        for path in ("JUPYTER_PATH", "JUPYTER_CONFIG_PATH"):
            known = os.environ.get(path)
            os.environ[path] = os.pathsep.join([name, known] if known else [name])
        server = LabApp.initialize_server(
            [
                f"--ServerApp.root_dir={working.workbook}",
                "--ServerApp.contents_manager_class=helpers.run.editing.contents.WorkbookContents",
                f"--ServerApp.open_browser={browser}",
                "--Application.log_level=ERROR",
                f"--LabApp.default_url=/lab/tree/{working.name}",
            ]
        )
        # Ctrl-C asks nothing, and an interrupt in the midst of a request would be lost.
        before = signal.signal(signal.SIGINT, lambda *_: server.stop(from_signal=True))
        try:
            server.start()
        finally:
            signal.signal(signal.SIGINT, before)


def is_news(record: logging.LogRecord) -> bool:
    """Say whether a record of the log tells of more than a page that closes as it is written to.

    Nobody waits for such a message, so asyncio would show a traceback where the Lab is stopped.
    """
    from tornado.websocket import WebSocketClosedError

    return not (record.exc_info and isinstance(record.exc_info[1], WebSocketClosedError))


def _write_settings(folder: Path) -> None:
    """Write the Lab's default settings into a folder for JUPYTER_CONFIG_PATH."""
    file = folder / "labconfig" / "default_setting_overrides.json"
    file.parent.mkdir()
    file.write_text(json.dumps(SETTINGS), encoding="utf-8")
