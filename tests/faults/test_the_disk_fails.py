"""A disk that is full or may not be written: what stood stays whole, and the error says where."""

import ctypes
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from commands import COUNCIL, OTHER, PARAMETERS, Place, made_place, reports

from helpers.run.processes.warming import FORKS

pytestmark = pytest.mark.skipif(not FORKS, reason="nothing is forked on this platform")

PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1  # of linux/prctl.h and linux/capability.h
AGAIN = "put this right and run it again"
# The command alone has a limit of the size of files: that of its forks is the warm parent's, which
# has begun before.
LIMITED = """
import resource
from helpers.run.building import batch
plan = batch.plan
def limited(*given):
    resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
    return plan(*given)
batch.plan = limited
"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with made_place(tmp_path) as made:
        yield made


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """Let a folder be a disk of its own; skip the test where this process may mount none."""
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no disk can be mounted: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def failed(place: Place, **given: object) -> tuple[str, str]:
    """Build with a fault, see that nothing goes on and no part is left; return what was told."""
    running = place.build(**given)
    code, output, errors = running.end()
    assert code == 1
    running.see_that_nothing_goes_on()
    place.see_that_what_stands_is_whole()
    assert not list(place.outputs.rglob("*.part"))
    return output, errors


def not_written(place: Place, name: str, why: str) -> str:
    path = place.outputs / COUNCIL / name
    return f"workbook: failed: {COUNCIL} en: {path}: {why}; its files could not be written\n"


@pytest.mark.mounts
def test_a_full_disk_for_outputs(place: Place) -> None:
    with small_disk(place.outputs, "60k"):
        full = not_written(place, "report.en.html", "No space left on device")
        assert failed(place)[1] == full
        place.see_that_nothing_stands()
        subprocess.run(["mount", "-o", "remount,size=4m", str(place.outputs)], check=True)
        place.see_that_the_next_build_completes()


@pytest.mark.mounts
def test_a_full_disk_for_the_index(place: Place) -> None:
    with small_disk(place.outputs, "160k"):
        output, errors = failed(place)
        index = place.outputs / "index.html"
        assert errors == f"workbook: error: {index}: No space left on device; {AGAIN}\n"
        assert f"{COUNCIL} en: built (never built)\n" in output
        assert place.reports() == {
            name: text for name, text in reports().items() if COUNCIL in name
        }
        subprocess.run(["mount", "-o", "remount,size=4m", str(place.outputs)], check=True)
        assert "1 of them up to date already" in place.see_that_the_next_build_completes()


@pytest.mark.mounts
def test_a_full_disk_for_temporary_files(place: Place) -> None:
    with small_disk(place.folder, "60k"):
        told = "No space left on device; it works in the folder that TMPDIR names"
        errors = failed(place)[1]
        assert errors.startswith(f"workbook: failed: {COUNCIL} en: {place.folder}")
        assert errors.endswith(f": {told}\n")
        place.see_that_nothing_stands()
    place.see_that_the_next_build_completes()


def test_files_that_may_not_be_as_large_as_any(place: Place) -> None:
    """That fails as a full disk does, and where no disk can be mounted, too."""
    limit = (20_000, 20_000)
    errors = failed(place, prepare=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit))[1]
    index = place.outputs / "index.html"
    assert errors == f"workbook: error: {index}: File too large; {AGAIN}\n"
    place.see_that_nothing_stands()
    place.see_that_the_next_build_completes()


def test_an_older_report_stays_where_the_new_one_could_not_be_written(place: Place) -> None:
    parameters = place.workbook / PARAMETERS
    before = parameters.read_bytes()
    assert place.build().end()[::2] == (0, "")
    parameters.write_bytes(before + b"# changed\n")
    assert failed(place, before=LIMITED.format(size=30_000))[1] == not_written(
        place, "report.en.html", "File too large"
    )
    stands = place.reports()
    assert stands.pop(f"{COUNCIL}/manifest.json")  # it tells of today's inputs
    assert stands.items() <= reports(COUNCIL).items()
    assert len(stands) == len(reports(COUNCIL)) - 1
    parameters.write_bytes(before)
    place.see_that_the_next_build_completes()


def as_anybody() -> None:
    """Let permission bits count, which they do not for root; for others this does nothing."""
    ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)


@pytest.mark.parametrize("there", [True, False], ids=["outputs", "the workbook"])
def test_a_read_only_folder(place: Place, there: bool) -> None:
    folder = place.outputs if there else place.workbook
    folder.mkdir(exist_ok=True)
    folder.chmod(0o555)
    running = place.build(prepare=as_anybody)
    told = "outputs/: nothing can be written there: Permission denied; its folder must be yours"
    assert running.end() == (2, "", f"workbook: error: {told}\n")
    running.see_that_nothing_goes_on()
    folder.chmod(0o755)
    place.see_that_the_next_build_completes()


def test_a_read_only_folder_of_one_council_stops_no_other(tmp_path: Path) -> None:
    with made_place(tmp_path, COUNCIL, OTHER) as place:
        folder = place.outputs / COUNCIL
        folder.mkdir(parents=True)
        folder.chmod(0o555)
        output, errors = failed(place, prepare=as_anybody)
        assert errors == not_written(place, "report.en.ipynb", "Permission denied")
        assert f"{OTHER} en: built (never built)\n" in output
        assert place.reports() == reports(OTHER)
        folder.chmod(0o755)
        assert f"{OTHER} en: up to date" in place.see_that_the_next_build_completes()


def test_outputs_that_is_a_file(place: Place) -> None:
    place.outputs.touch()
    running = place.build()
    told = "outputs is a file; expected a folder; move it away"
    assert running.end() == (2, "", f"workbook: error: {told}\n")
    running.see_that_nothing_goes_on()
    place.outputs.unlink()
    place.see_that_the_next_build_completes()
