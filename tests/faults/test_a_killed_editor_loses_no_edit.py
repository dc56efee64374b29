"""The Lab's server is killed at any moment of a save, again and again: no edit is lost."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from time import monotonic, sleep
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest

from conftest import copy_workbook
from helpers.run.editing.lab import make_working
from helpers.study.files.folder import VARIABLE

NOTEBOOK, PATIENCE, KILLS = "outputs/torfaen/edit.en.ipynb", 300, 6
CONTENTS = "helpers.run.editing.contents.WorkbookContents"


class Server:
    """A Jupyter server as `workbook edit` configures the Lab's, and a tab that speaks to it."""

    def __init__(self, workbook: Path, folder: Path) -> None:
        self.workbook, self.folder = workbook, folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start()

    def start(self) -> None:
        settings = {
            "root_dir": self.workbook,
            "contents_manager_class": CONTENTS,
            "port": self.port,
            "token": "t",
            "open_browser": False,
            "allow_root": True,
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server"]
            + [f"--ServerApp.{name}={value}" for name, value in settings.items()],
            env={
                **os.environ,
                **{f"JUPYTER_{kind}_DIR": str(self.folder) for kind in ("CONFIG", "DATA")},
                "JUPYTER_RUNTIME_DIR": str(self.folder / "runtime"),
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = monotonic() + PATIENCE
        while monotonic() < until:
            try:
                self.ask("GET", content=0)
            except URLError:
                sleep(0.1)
            else:
                return
        pytest.fail("the server did not start")

    def ask(self, method: str, body: object = None, content: int = 1) -> dict[str, Any]:
        address = f"http://127.0.0.1:{self.port}/api/contents/{NOTEBOOK}?token=t&content={content}"
        data = None if body is None else json.dumps(body).encode()
        sent = Request(address, data, {"Content-Type": "application/json"}, method=method)
        with urlopen(sent, timeout=PATIENCE) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    def save(self, notebook: dict[str, Any]) -> bool:
        """Save as the Lab does; whether the server lived to say that it did."""
        body = {"type": "notebook", "format": "json", "content": notebook}
        try:
            self.ask("PUT", body)
        except HTTPError as error:
            pytest.fail(f"refused: {error.read().decode()}")
        except (OSError, ValueError):
            return False
        return True


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    pytest.importorskip("jupyter_server", reason="no JupyterLab: install the extra 'lab'")
    workbook = copy_workbook(tmp_path / "workbook")
    monkeypatch.setenv(VARIABLE, str(workbook))  # put back what opening a notebook sets
    make_working(workbook, "torfaen", None, print)
    (tmp_path / "own").mkdir()
    started = Server(workbook, tmp_path / "own")
    yield started
    started.process.kill()
    started.process.wait()


def test_no_edit_is_lost_whenever_the_server_is_killed(server: Server) -> None:
    """After a kill the same tab saves again: without a conflict, and with nothing spoilt."""
    moment, edit = random.Random("any moment"), 0
    notebook = server.ask("GET")["content"]
    (section,) = (cell for cell in notebook["cells"] if cell["metadata"].get("theme") == "skills")
    text, params = section["source"], server.workbook / "params/torfaen.yaml"
    for _ in range(KILLS):
        process = server.process
        Timer(moment.uniform(0, 0.3), process.send_signal, [signal.SIGKILL]).start()
        while process.poll() is None:
            edit += 1
            section["source"] = f"{text}\n\nEdit {edit}."
            if server.save(notebook):
                assert f"Edit {edit}." in params.read_text(encoding="utf-8")
        json.loads((server.workbook / NOTEBOOK).read_text(encoding="utf-8"))  # it is whole
        server.start()
        assert server.save(notebook)
        assert f"Edit {edit}." in params.read_text(encoding="utf-8")
    assert sorted(path.name for path in params.parent.glob("*.conflict")) == []
    assert sorted(path.name for path in params.parent.glob(".*")) == []
