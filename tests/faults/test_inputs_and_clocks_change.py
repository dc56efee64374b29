"""Inputs that change meanwhile, and clocks that tell anything: no report is of two minds."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from commands import ANSWERS, COUNCIL, OTHER, PARAMETERS, TEMPLATE, Place, made_place, reports

from helpers.errors import UsageError
from helpers.run.building import batch
from helpers.run.building.unchanged import input_digests
from helpers.run.checking import Checked
from helpers.run.deciding import Decided, decide
from helpers.run.processes.warming import FORKS

pytestmark = pytest.mark.skipif(not FORKS, reason="nothing is forked on this platform")

INPUTS = (PARAMETERS, ANSWERS, TEMPLATE)
# The command itself changes or removes inputs, before it decides or after it has planned.
MEANWHILE = """
from pathlib import Path
from helpers.run.building import batch
decide, plan = batch.decide, batch.plan
def decide_later(*given):
    {before}
    return decide(*given)
def plan_first(*given):
    found = plan(*given)
    {after}
    return found
batch.decide, batch.plan = decide_later, plan_first
"""
YEARS = {1990: 631_152_000, 2100: 4_102_444_800}  # seconds since 1970 of their beginnings
CLOCK = """
import datetime, time
from helpers.run.editions import manifest
class Clock(datetime.datetime):
    @classmethod
    def now(cls, zone=None):
        return cls({year}, 1, 1, tzinfo=zone)
manifest.datetime = Clock
time.time = lambda: {seconds}
"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with made_place(tmp_path) as made:
        yield made


def meanwhile(before: str = "pass", after: str = "pass") -> str:
    return MEANWHILE.format(before=before, after=after)


def as_they_are(place: Place) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in (place.workbook / name for name in INPUTS)}


def edited(place: Place) -> dict[Path, bytes]:
    """What a person might make of each input."""
    (parameters, first), (answers, second), (template, third) = as_they_are(place).items()
    old, new = f"{COUNCIL},disagree".encode(), f"{COUNCIL},agree".encode()
    assert old in second
    return {
        parameters: first + b"# edited\n",
        answers: second.replace(old, new, 1),
        template: third + b"\n",
    }


def write(files: Mapping[Path, bytes]) -> str:
    """Code that writes files."""
    return "; ".join(f"Path({str(path)!r}).write_bytes({text!r})" for path, text in files.items())


def restore(files: Mapping[Path, bytes]) -> None:
    for path, content in files.items():
        path.write_bytes(content)


def test_an_input_that_changes_while_it_is_read(place: Place) -> None:
    inputs = as_they_are(place)
    changed = {path: text for path, text in edited(place).items() if path.match(PARAMETERS)}
    running = place.build(before=meanwhile(before=write(changed)))
    told = f"{PARAMETERS}: it changed while it was read; build again"
    assert running.end() == (2, "", f"workbook: error: {told}\n")
    running.see_that_nothing_goes_on()
    place.see_that_nothing_stands()
    restore(inputs)
    place.see_that_the_next_build_completes()


@pytest.mark.parametrize("name", INPUTS)
@pytest.mark.parametrize("deleted", [False, True], ids=["edited", "deleted"])
def test_any_input_that_changes_while_it_is_read(
    place: Place, monkeypatch: pytest.MonkeyPatch, name: str, deleted: bool
) -> None:
    path, inputs = place.workbook / name, input_digests(place.workbook)
    content = edited(place)[path]

    def decide_later(checked: Checked) -> Decided:
        path.unlink() if deleted else path.write_bytes(content)
        return decide(checked)

    monkeypatch.setattr(batch, "decide", decide_later)
    with pytest.raises(UsageError, match=f"^{name}: it changed while it was read; build again$"):
        batch.plan_build(place.workbook, batch.Wanted(), inputs)


def test_inputs_that_change_once_it_is_planned(place: Place) -> None:
    """The report is of the old ones, wholly, and the next build says why it makes it again."""
    inputs, changed = as_they_are(place), edited(place)
    running = place.build(before=meanwhile(after=write(changed)))
    assert running.end()[::2] == (0, "")
    running.see_that_nothing_goes_on()
    assert as_they_are(place) == changed
    assert place.reports() == reports(COUNCIL)
    code, output, errors = place.build().end()
    assert (code, errors) == (0, "")
    for what in ("answers", "template", "parameters or narrative"):
        assert f"{what} changed: " in output
    restore(inputs)
    place.see_that_the_next_build_completes()


def test_inputs_that_are_deleted_once_it_is_planned(place: Place) -> None:
    inputs = as_they_are(place)
    delete = "; ".join(f"Path({str(path)!r}).unlink()" for path in inputs)
    running = place.build(before=meanwhile(after=delete))
    assert running.end()[::2] == (0, "")
    running.see_that_nothing_goes_on()
    assert place.reports() == reports(COUNCIL)
    told = "params/: holds no *.yaml; expected one file a council"
    assert place.build().end() == (2, "", f"workbook: error: {told}\n")
    assert place.reports() == reports(COUNCIL)
    restore(inputs)
    assert "1 of them up to date already" in place.see_that_the_next_build_completes()


def test_times_of_files_tell_nothing(place: Place) -> None:
    assert place.build().end()[::2] == (0, "")
    for seconds in YEARS.values():
        for path in place.workbook.rglob("*"):
            os.utime(path, (seconds, seconds))
        assert "1 of them up to date already" in place.see_that_the_next_build_completes()
        (place.outputs / ".unchanged.json").unlink()  # so that all is looked at again
        assert f"{COUNCIL} en: up to date\n" in place.see_that_the_next_build_completes()


def test_a_clock_that_is_wrong_by_centuries(place: Place) -> None:
    """An edition of the future is made again where its inputs change, and only then."""
    parameters = place.workbook / PARAMETERS
    before = parameters.read_bytes()
    days = []
    for year, inputs in ((2100, before + b"# edited\n"), (1990, before)):
        parameters.write_bytes(inputs)
        running = place.build(before=CLOCK.format(year=year, seconds=YEARS[year]))
        code, output, errors = running.end()
        assert (code, errors) == (0, "")
        assert f"{COUNCIL} en: built" in output
        running.see_that_nothing_goes_on()
        manifest = json.loads((place.outputs / COUNCIL / "manifest.en.json").read_bytes())
        days.append(manifest["unhashed"]["made"][:4])
    assert days == ["2100", "1990"]
    assert "1 of them up to date already" in place.see_that_the_next_build_completes()


def test_a_clock_that_jumps_while_a_cell_runs(place: Place, tmp_path: Path) -> None:
    """No limit of time is measured by it."""
    jump = tmp_path / "jump"
    (tmp_path / "sitecustomize.py").write_text(
        "import os, time\n"
        "clock = time.time\n"
        f"time.time = lambda: clock() + 10**8 * os.path.exists({str(jump)!r})\n"
    )
    cell = (
        "import time; before = time.time()\n"
        f"open({str(jump)!r}, 'w').close(); time.sleep(2)\n"
        "assert time.time() - before > 10**8"
    )
    running = place.build(fault=cell, env={"PYTHONPATH": str(tmp_path)})
    assert running.end()[::2] == (0, "")
    running.see_that_nothing_goes_on()
    assert "1 of them up to date already" in place.see_that_the_next_build_completes()


def test_reports_of_a_council_whose_parameters_are_gone_are_published_no_more(
    tmp_path: Path,
) -> None:
    with made_place(tmp_path, COUNCIL, OTHER) as place:
        assert place.build().end()[::2] == (0, "")
        assert f"  {OTHER}/report.en.html\n" in (place.outputs / "digests.txt").read_text()
        (place.workbook / f"params/{OTHER}.yaml").unlink()
        assert place.build(COUNCIL).end()[::2] == (0, "")
        assert OTHER not in (place.outputs / "digests.txt").read_text()
        assert list((place.outputs / OTHER).iterdir()) == []
        assert place.reports().keys() == reports(COUNCIL).keys()
