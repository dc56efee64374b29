"""Shared by all tests: the shipped workbook, copies of it to spoil, and one build of everything."""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from itertools import chain
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from filelock import FileLock
from hypothesis import HealthCheck, settings

from helpers.cli import main
from helpers.figures.national import NationalTable
from helpers.run.checking import Checked, check_apart
from helpers.run.deciding import decide
from helpers.run.editions.bundle import Bundle
from helpers.run.editions.manifest import Learnt, Manifest, manifest_name, provenance_of
from helpers.study.data import DECIDED, DECISIONS
from helpers.study.files.digests import digests
from helpers.study.parameters import refuse

ROOT = Path(__file__).parents[1]
MEMBERS = "elected_members"
PARTS = ("params", "data", "notebooks")
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"

# The profile that is otherwise in force, without its limits of time: a busy machine breaks them.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the pages of a folder be looked at, all of them, and not a sample of those built here."""
    parser.addoption("--outputs", type=Path, help="the outputs/ whose pages are looked at")


@pytest.fixture(scope="session")
def outputs(request: pytest.FixtureRequest) -> Path:
    """The outputs/ whose pages are looked at."""
    folder = request.config.getoption("outputs")
    return folder.resolve() if folder else request.getfixturevalue("built") / "outputs"


@pytest.fixture(scope="session")
def shipped() -> Path:
    """The workbook as it stands in git: read it, never write to it."""
    return ROOT


@pytest.fixture(scope="session")
def decided_workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the workbook in which stands, as in a bundle, what may be shown of all councils.

    Reports open on it in a third of the time. Read it only.
    """
    workbook = copy_workbook(tmp_path_factory.mktemp("decided") / "workbook")
    decided = decide(check_workbook(workbook))
    put_decided(workbook, decided.national)
    return workbook


@pytest.fixture
def spoiled(tmp_path: Path) -> Path:
    """A copy of the workbook for one test to change."""
    return copy_workbook(tmp_path / "workbook")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """A copy of the workbook in which everything was built, once, by the command.

    Where tests run side by side, whichever process comes first builds for all: read it only.
    """
    shared = tmp_path_factory.getbasetemp()
    if hasattr(request.config, "workerinput"):  # one process of pytest-xdist's among several
        shared = shared.parent
    workbook, ready = shared / "built", shared / "built.ready"
    with FileLock(shared / "built.lock"):
        if not ready.exists():
            done = run_workbook("build", "--workbook", copy_workbook(workbook))
            assert done.returncode == 0, done.stderr
            ready.touch()
    return workbook


def check_workbook(workbook: Path) -> Checked:
    """Return a workbook that is checked; raises CheckFailed for whatever is not as expected."""
    checked = check_apart(workbook)
    refuse(chain(*checked.refused.values()), checked.study)
    return checked


def put_decided(workbook: Path, national: NationalTable) -> None:
    """Let the table stand in a workbook as in a bundle."""
    (workbook / DECIDED).write_text(national.to_json(), encoding="utf-8")
    (workbook / DECISIONS).write_text(national.decisions_json(), encoding="utf-8")


def copy_workbook(target: Path) -> Path:
    for part in PARTS:
        shutil.copytree(ROOT / part, target / part)
    return target


def stand(
    folder: Path,
    bundle: Bundle,
    unreviewed: int = 0,
    content: bytes | None = None,
    *,
    draft: bool = False,
) -> None:
    """Let an edition stand in a folder as a build leaves it, with next to nothing in it."""
    folder.mkdir(parents=True, exist_ok=True)
    notebook = {"metadata": {"workbook": {"review": [unreviewed, 9], "draft": draft}}}
    contents = (content or json.dumps(notebook).encode(), b"<html></html>")
    files = dict(zip(bundle.template.names(bundle.edition), contents, strict=True))
    for name, content in files.items():
        (folder / name).write_bytes(content)
    hashed = provenance_of(bundle, digests(files), Learnt([], [unreviewed, 9]))
    manifest = Manifest.of(hashed, "2026-01-31T23:59:00+00:00")
    (folder / manifest_name(bundle.edition)).write_bytes(manifest.content())


def assert_contents_lead_to_each_heading(page: BeautifulSoup) -> None:
    """Each part and section of the text, apart from what code cells show, has one entry."""
    links = page.select(".contents a")
    assert len({link["href"] for link in links}) == len(links)
    headings = page.select(":is(.text, .narrative) :is(h2, h3)")
    assert [link.text for link in links] == [heading.text for heading in headings]
    for link, heading in zip(links, headings, strict=True):
        assert heading.find_parent(id=link["href"].removeprefix("#"))


def run_workbook(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command as its user would."""
    return run_python("-m", "helpers.cli", *arguments)


def run_python(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


@pytest.fixture
def edit() -> Callable[[Path, str, str], None]:
    """Replace a text that must be there in a file."""

    def replace(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


@pytest.fixture
def bring_in(spoiled: Path) -> Callable[..., Result]:
    """Import a file into the workbook by the command."""

    def run(export: Path, *options: object, tool: str = MEMBERS) -> Result:
        given = ["import", str(export), "--tool", tool, "--workbook", str(spoiled)]
        return CliRunner().invoke(main, [*given, *map(str, options)])

    return run


@pytest.fixture
def answers(spoiled: Path) -> Callable[..., list[list[str]]]:
    """The rows of a tool's answers without the respondents' ids, of some councils."""

    def read(*councils: str, tool: str = MEMBERS, kind: str = "responses") -> list[list[str]]:
        with (spoiled / f"data/{kind}/{tool}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))[1:]
        rows = [row[1:] if kind == "responses" else row for row in rows]
        return [row for row in rows if row[0] in councils or not councils]

    return read


@pytest.fixture(scope="module")
def browser() -> Iterator:
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        pytest.skip("no Playwright: install this project's extra 'test'")
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium: install Debian's chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield launched
        launched.close()


@pytest.fixture
def measured(record_property: Callable[[str, object], None]) -> Callable[[object], None]:
    """Have what was measured told at the end of the run."""
    return lambda told: record_property("measured", told)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell what was measured: the tests promise less, so that a busy machine breaks nothing."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, told in report.user_properties:
            if name == "measured" and report.when == "call":
                terminalreporter.write_line(f"measured: {told}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a test that is skipped for want of a browser has failed; it may be denied a disk."""
    report = yield
    if report.skipped and os.environ.get("CI") and not item.get_closest_marker("mounts"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longrepr}"
    return report
