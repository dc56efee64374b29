"""An auditor's whole way, in a browser: from a sentence in JupyterLab to the published page."""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
from tornado.websocket import WebSocketClosedError

from conftest import copy_workbook, run_workbook
from helpers.run.editing.lab import is_news

pytestmark = pytest.mark.browser

PATIENCE = 300  # seconds until a test gives up: the machine may be busy with other tests
SECTION = "Money and capacity are a constant worry"
OLD, NEW = "Money and capacity are a constant worry for local authorities.", "Money is short."
FIGURE = 'agree("S1")'
FOREIGN = """\
      :::{iframe} javascript:parent.console.log('reached')
      :::

      :::{card} A card
      :link: javascript:console.log('reached')
      :::

      ![A picture](https://elsewhere.invalid/picture.png)

      <img class="hostile" src="https://elsewhere.invalid/img.png" onerror="console.log('reached')">

      <button class="hostile" data-commandlinker-command="notebook:run-all-cells">Run</button>"""


class Lab:
    """`workbook edit` as its user starts it, with settings of its own."""

    def __init__(self, folder: Path) -> None:
        self.workbook = copy_workbook(folder / "workbook")
        self.runtime, config = folder / "runtime", folder / "config"
        config.mkdir()
        settings = {"ServerApp": {"allow_root": True}}  # where tests run as root
        (config / "jupyter_server_config.json").write_text(json.dumps(settings))
        own = {
            "JUPYTER_RUNTIME_DIR": str(self.runtime),
            "JUPYTER_CONFIG_DIR": str(config),
            "JUPYTER_DATA_DIR": str(folder / "data"),
            "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        }
        command = [sys.executable, "-m", "helpers.cli", "edit", "torfaen", "--no-browser"]
        self.log = folder / "log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*command, "--workbook", str(self.workbook)],
                env={**os.environ, **own},
                stdout=log,
                stderr=log,
            )

    @property
    def params(self) -> Path:
        return self.workbook / "params/torfaen.yaml"

    def address(self) -> str:
        """Wait until the server says where it is."""
        server = self.runtime / f"jpserver-{self.process.pid}.json"
        wait_for(lambda: server.exists() or self.process.poll() is not None)
        assert server.exists(), self.log.read_text()
        known = json.loads(server.read_text())
        return f"{known['url']}lab/tree/outputs/torfaen/edit.en.ipynb?token={known['token']}"

    def stop(self) -> int:
        """Press Ctrl-C."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


def wait_for(true) -> None:
    until = monotonic() + PATIENCE
    while not true():
        assert monotonic() < until, "waited in vain"
        sleep(0.05)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    for package in ("jupyterlab", "jupyterlab_myst"):
        pytest.importorskip(package, reason="no JupyterLab: install the extra 'lab'")
    started = Lab(tmp_path_factory.mktemp("lab"))
    yield started
    started.stop()


@pytest.fixture(scope="module")
def page(lab: Lab, browser) -> Iterator:
    yield from open_page(lab, browser)


@pytest.fixture
def another(lab: Lab, browser) -> Iterator:
    """The same notebook as somebody else has it open."""
    yield from open_page(lab, browser)


def open_page(lab: Lab, browser) -> Iterator:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE * 1000)
    opened = context.new_page()
    opened.asked = []
    opened.on("request", lambda request: opened.asked.append(request.url))
    opened.goto(lab.address())
    yield opened
    context.close()


def section(page, words: str):
    return page.locator(".jp-MarkdownCell").filter(has_text=words)


def change(page, words: str, old: str, new: str) -> None:
    """Open a section, replace words in it by hand, and run it."""
    cell = section(page, words)
    cell.locator("p").first.dblclick()
    line = cell.locator(".cm-line").first
    line.wait_for()
    line.click()
    page.keyboard.press("ControlOrMeta+Home")
    for _ in old:
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.insert_text(new)
    section(page, new).locator(".cm-content").press("ControlOrMeta+Enter")


def run_until(page, words: str, true) -> None:
    """Run a section until something is true: a new figure is computed only once it is drawn."""

    def run() -> bool:
        section(page, words).click()
        page.keyboard.press("ControlOrMeta+Enter")
        page.wait_for_timeout(1000)
        return true()

    wait_for(run)


def test_a_figure_shows_when_the_notebook_is_merely_opened(page):
    figure = section(page, SECTION).get_by_title(FIGURE)
    figure.wait_for()
    assert figure.inner_text() == "24%"


def test_the_charts_show_when_the_notebook_is_merely_opened(page):
    drawn = page.locator(".jp-OutputArea-output figure svg")
    wait_for(lambda: drawn.count() == 7)


def test_an_edited_sentence_reaches_the_parameter_file_and_the_page(page, lab: Lab):
    before = lab.params.read_bytes()
    page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for()
    change(page, SECTION, OLD, NEW)
    figure = section(page, NEW).get_by_title(FIGURE)
    figure.wait_for()
    assert figure.inner_text() == "24%"
    page.keyboard.press("ControlOrMeta+s")
    wait_for(lambda: lab.params.read_bytes() != before)
    assert lab.params.read_bytes() == before.replace(OLD.encode(), NEW.encode())
    change(page, "Sound decisions rest", "Sound", "Robust")  # not saved while the build runs
    done = run_workbook("build", "torfaen", "--edition", "en", "--workbook", lab.workbook)
    assert done.returncode == 0, done.stderr
    published = (lab.workbook / "outputs/torfaen/report.en.html").read_text(encoding="utf-8")
    assert NEW in published
    assert OLD not in published
    assert "Robust decisions rest" not in published
    page.keyboard.press("ControlOrMeta+s")
    wait_for(lambda: "Robust decisions rest" in lab.params.read_text(encoding="utf-8"))


def test_what_two_people_save_is_joined_and_neither_is_asked_to_throw_text_away(
    page, another, lab: Lab
):
    change(page, "Robust decisions rest", "Robust", "Solid")
    section(another, "Decisions led by data").get_by_title('agree("L1")').wait_for()
    change(another, "Decisions led by data have", "Decisions", "Choices")
    another.keyboard.press("ControlOrMeta+s")
    wait_for(lambda: "Choices led by data have" in lab.params.read_text(encoding="utf-8"))
    page.keyboard.press("ControlOrMeta+s")
    wait_for(lambda: "Solid decisions rest" in lab.params.read_text(encoding="utf-8"))
    assert "Choices led by data have" in lab.params.read_text(encoding="utf-8")
    assert page.get_by_role("dialog").count() == 0


def test_a_new_figure_comes_alive_without_running_any_other_cell(page):
    change(page, NEW, NEW, 'Of members, {eval}`agree("L2", group="members")` agree.')
    figure = section(page, "Of members,").get_by_title('agree("L2", group="members")')
    run_until(page, "Of members,", lambda: figure.count() == 1)
    assert figure.inner_text() == "27%"


def test_a_save_that_is_refused_says_why_and_leaves_the_text_in_the_lab(page, lab: Lab):
    text = lab.params.read_text(encoding="utf-8")
    lab.params.write_text(text.replace(NEW, "Changed by hand."), encoding="utf-8")
    page.keyboard.press("ControlOrMeta+s")
    dialog = page.get_by_role("dialog")
    dialog.wait_for()
    assert "both texts are in params/torfaen.skills.en.conflict" in dialog.inner_text()
    assert "Your text is still here, in the Lab." in dialog.inner_text()
    dialog.get_by_role("button").last.click()
    assert section(page, "Of members,").count() == 1
    assert "Changed by hand." in lab.params.read_text(encoding="utf-8")
    assert "Of members," in (lab.workbook / "params/torfaen.skills.en.conflict").read_text()


def test_a_hostile_parameter_file_runs_nothing_when_all_cells_are_run(
    page, lab: Lab, tmp_path: Path
):
    """The last step shows that the Lab would have run it, had an auditor typed it."""
    made = tmp_path / "made"
    touch = f"{{eval}}`__import__('pathlib').Path('{made}').touch()`"
    page.reached = []
    page.on("console", lambda message: page.reached.append(message.text))
    text = lab.params.read_text(encoding="utf-8")
    figures = f"      ```{{note}}\n      {touch}\n      ```\n\n      {touch}"
    for words, hostile in (("Solid decisions rest", figures), ("Changed by hand.", FOREIGN)):
        text = text.replace(f"      {words}", f"{hostile}\n\n      {words}")
    lab.params.write_text(text, encoding="utf-8")
    page.reload()
    page.locator(".jp-RawCell").filter(has_text="Solid decisions rest").wait_for()
    page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.locator('.jp-Notebook-ExecutionIndicator[data-status="busy"]').wait_for()
    wait_for(lambda: page.locator(".jp-InputPrompt", has_text="*").count() == 0)
    assert not made.exists()
    assert not any("reached" in told for told in page.reached)
    assert not any("elsewhere.invalid" in url for url in page.asked)
    assert page.locator("iframe, button.hostile, [href^=javascript], img.hostile").count() == 0
    start = "How a council sees data protection law"
    change(page, start, "How", f"{touch} How")
    run_until(page, "a council sees data protection law", made.exists)


def test_the_lab_asks_no_other_host_for_anything(page):
    hosts = {url.split("/")[2].split(":")[0] for url in page.asked if url.startswith("http")}
    assert hosts == {"localhost"}


def test_a_page_that_closes_as_it_is_written_to_is_no_news():
    for error, tells in ((WebSocketClosedError(), False), (ValueError("bad"), True)):
        record = logging.makeLogRecord({"exc_info": (type(error), error, None)})
        assert is_news(record) is tells
    assert is_news(logging.makeLogRecord({"msg": "ready"}))


def test_ctrl_c_ends_it_cleanly(lab: Lab):
    assert lab.stop() == 0
    told = lab.log.read_text()
    assert told.startswith(
        "editing outputs/torfaen/edit.en.ipynb; saved text goes to params/torfaen.yaml\n"
        "stop with Ctrl-C\n"
    )
    assert "Traceback" not in told
