"""A reviewer reruns an executed notebook with nbval and every figure is checked, prose included."""

import csv
import hashlib
import json
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from importlib.metadata import distributions, version
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from conftest import PARTS, ROOT, run_python, run_workbook
from helpers.cli import main
from helpers.run.editions import commit
from helpers.run.editions.commit import Commit, commit_of
from helpers.study.sign_offs import read_sign_offs

TEXTS = {".py", ".j2", ".css", ".sql", ".po", ".json", ".yaml", ".csv", ".ipynb"}
SCRIPT = ROOT / "docs" / "check_page.py"

CHECK = ("-m", "pytest", "--nbval", "-p", "no:cacheprovider", "-c", "/dev/null", "-q")


def copy_built(built: Path, target: Path, *councils: str) -> Path:
    """A built workbook with the outputs of some councils only, or of Torfaen."""
    shutil.copytree(built, target, ignore=shutil.ignore_patterns("outputs"))
    (target / "outputs").mkdir()
    shutil.copy(built / "outputs/digests.txt", target / "outputs")
    for council in councils or ("torfaen",):
        shutil.copytree(built / "outputs" / council, target / "outputs" / council)
    return target


def test_unchanged_editions_pass(built: Path, tmp_path: Path) -> None:
    workbook = copy_built(built, tmp_path / "workbook")
    for edition in ("en", "cy"):
        done = run_python(*CHECK, f"outputs/torfaen/report.{edition}.ipynb", cwd=workbook)
        assert done.returncode == 0, done.stdout


def test_a_changed_answer_that_only_a_sentence_uses_fails(built: Path, tmp_path: Path) -> None:
    workbook = copy_built(built, tmp_path / "workbook")
    # S1 among the management team stands in a sentence and in no table or chart. One of them moves
    # from agree to disagree; a service manager moves the other way, so that all officers together,
    # the council and Wales stay as they were.
    move(workbook, "management_team", {"strongly_agree", "agree"}, "disagree")
    move(workbook, "service_managers", {"strongly_disagree", "disagree"}, "agree")
    done = run_python(*CHECK, "outputs/torfaen/report.en.ipynb", cwd=workbook)
    assert done.returncode == 1
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
    assert len(failed) == 1, done.stdout
    assert "report.register(inline)" in done.stdout


def move(workbook: Path, tool: str, was: set[str], becomes: str, question: str = "S1") -> None:
    """Change one of Torfaen's answers to a question."""
    path = workbook / "data" / "responses" / f"{tool}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    row = next(row for row in rows if row["council"] == "torfaen" and row[question] in was)
    row[question] = becomes
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def verified(built: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """All that was built, in another folder, verified and signed off by one command."""
    workbook = tmp_path_factory.mktemp("elsewhere") / "workbook"
    shutil.copytree(built, workbook)
    done = run_workbook("verify", "--sign-off", "A. Reviewer", "--workbook", workbook)
    assert done.returncode == 0, done.stdout + done.stderr
    return workbook, done.stdout


def test_an_unchanged_workbook_has_no_difference_wherever_it_stands(verified) -> None:
    _, told = verified
    [line] = [line for line in told.splitlines() if "editions run again" in line]
    found = re.fullmatch(
        r"([\d,]+) figures of 46 editions run again and computed by a second route: no difference",
        line,
    )
    assert int(found[1].replace(",", "")) > 46 * 200
    assert "list of digests that it publishes" in told


def test_each_council_has_a_review_page_that_says_so(verified) -> None:
    workbook, _ = verified
    pages = sorted((workbook / "outputs").glob("*/review.html"))
    assert len(pages) == 23  # the overview too
    for page in pages:
        assert "No difference. " in page.read_text(encoding="utf-8")


def test_a_sign_off_is_recorded_by_the_digest_of_what_was_reviewed(verified) -> None:
    workbook, _ = verified
    signed = read_sign_offs(workbook)
    assert len(signed.sign_offs) == 46
    manifest = json.loads((workbook / "outputs/torfaen/manifest.cy.json").read_text("utf-8"))
    last = signed.of("torfaen", "cy", manifest["digest"])
    assert (last.by, last.digest) == ("A. Reviewer", manifest["digest"])
    assert run_workbook("check", "--workbook", workbook).returncode == 0


def test_a_later_change_voids_the_sign_off_on_the_index(verified, tmp_path: Path) -> None:
    workbook = copy_built(verified[0], tmp_path / "workbook", "torfaen", "newport")
    text = workbook / "params" / "torfaen.yaml"
    replaced = text.read_text("utf-8").replace("A clear vision for data is missing", "A vision is")
    text.write_text(replaced, encoding="utf-8")
    done = run_workbook("build", "torfaen", "--workbook", workbook)
    assert done.returncode == 0, done.stdout + done.stderr
    index = BeautifulSoup((workbook / "outputs/index.html").read_text("utf-8"), "html.parser")
    rows = {row.th.text.split()[0]: row.text for row in index.select("tbody tr")}
    assert "figures checked before it was changed: A. Reviewer" in rows["Torfaen"]
    assert "figures checked: A. Reviewer" in rows["Newport"]
    assert "before" not in rows["Newport"]


@pytest.mark.parametrize("name", ["", "  ", "A\u202eB", "A\x07B"])
def test_a_name_that_cannot_be_shown_signs_nothing(name: str, spoiled: Path) -> None:
    done = CliRunner().invoke(main, ["verify", "--sign-off", name, "--workbook", str(spoiled)])
    assert done.exit_code == 2
    assert "is no name; expected the reviewer's name" in done.stderr


def test_without_a_build_there_is_nothing_to_verify(spoiled: Path) -> None:
    done = run_workbook("verify", "torfaen", "--workbook", spoiled)
    assert done.returncode == 2
    assert done.stderr.endswith("outputs/ holds no report; run 'workbook build' first\n")


def test_whoever_holds_only_a_page_can_check_it(built: Path, tmp_path: Path) -> None:
    """By the command, and by a script that needs nothing of ours: both say the same."""
    page = tmp_path / "report.cy.html"
    shutil.copy(built / "outputs/torfaen/report.cy.html", page)
    listed = (built / "outputs/digests.txt").read_text(encoding="utf-8")
    for command in (("-m", "helpers.cli", "verify", "--page"), ("-I", SCRIPT)):
        done = run_python(*command, page, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert f"{done.stdout.split()[-1]}  torfaen/report.cy.html\n" in listed
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace(">24%<", ">42%<", 1), encoding="utf-8")
    for command, code in ((("-m", "helpers.cli", "verify", "--page"), 13), (("-I", SCRIPT), 1)):
        done = run_python(*command, page, cwd=tmp_path)
        assert done.returncode == code
        assert "altered" in done.stdout + done.stderr
    assert "prints “42%”; its evidence says “24%”" in run_workbook("verify", "--page", page).stdout


def test_a_level_of_which_the_evidence_names_the_rule_is_not_taken_for_its_value(
    built: Path, tmp_path: Path
) -> None:
    """A level's row says from which share level 3 starts; the level is 1."""
    page = tmp_path / "report.en.html"
    html = (built / "outputs/torfaen/report.en.html").read_text(encoding="utf-8")
    level = re.search(r'(<a [^>]*href="#figure-level-[^>]*>(?:Level )?)1</a>', html)
    page.write_text(html.replace(level[0], f"{level[1]}3</a>", 1), encoding="utf-8")
    done = run_workbook("verify", "--page", page)
    assert done.returncode == 13
    assert re.search(r"prints “(Level )?3”; its evidence says “1”", done.stdout)


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"\xff\x00"])
def test_what_is_no_page_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "other.html").write_bytes(content)
    done = run_workbook("verify", "--page", tmp_path / "other.html")
    assert done.returncode == 2
    assert "no seal; expected a page that 'workbook build' made" in done.stderr


def test_the_list_of_digests_is_one_that_sha256sum_reads(built: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", "digests.txt"],
        cwd=built / "outputs",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    listed = (built / "outputs/digests.txt").read_text(encoding="utf-8")
    for name in ("index.cy.html", "torfaen/report.en.html", "torfaen/figures.csv"):
        assert f"  {name}\n" in listed


def test_a_manifest_tells_what_an_edition_was_made_of_and_by_what(built: Path) -> None:
    said = json.loads((built / "outputs/torfaen/manifest.en.json").read_text(encoding="utf-8"))
    hashed = said["hashed"]
    data = (built / "data/study/study.yaml").read_bytes()
    assert hashed["inputs"]["data/study/study.yaml"] == hashlib.sha256(data).hexdigest()
    assert hashed["inputs"][hashed["template"]]
    page = (built / "outputs/torfaen/report.en.html").read_bytes()
    assert hashed["outputs"]["report.en.html"] == hashlib.sha256(page).hexdigest()
    code = (ROOT / "src/helpers/figures/estimates.py").read_bytes()
    assert hashed["code"]["figures/estimates.py"] == hashlib.sha256(code).hexdigest()
    assert not any(name.startswith("review/") for name in hashed["code"])
    assert hashed["packages"]["pandas"] == version("pandas")
    assert hashed["python"] == platform.python_version()
    assert hashed["platform"] == f"{platform.system()} {platform.machine()}"
    assert "utf-8" in hashed["locale"].lower()
    assert said["unhashed"].keys() == {"made", "commit"}


@pytest.fixture
def git(tmp_path: Path) -> Callable[..., str]:
    """Run git in a folder in which an input was committed."""

    def run(*words: str) -> str:
        named = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        command = ["git", *named, *words]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True).stdout.strip()

    run("init", "-q")
    (tmp_path / "params").mkdir()
    (tmp_path / "params/file").write_text("one", encoding="utf-8")
    run("add", "params")
    run("commit", "-qm", "One")
    commit_of.cache_clear()
    return run


def test_a_manifest_names_the_commit(tmp_path: Path, git: Callable[..., str]) -> None:
    assert commit_of(tmp_path / "nowhere") is None
    assert commit_of(tmp_path) == Commit(git("rev-parse", "HEAD"), clean=True)


@pytest.mark.parametrize("name", ["params/file", "params/another"])
def test_a_manifest_says_that_inputs_are_not_those_of_the_commit(
    tmp_path: Path, git: Callable[..., str], name: str
) -> None:
    (tmp_path / name).write_text("two", encoding="utf-8")
    assert commit_of(tmp_path) == Commit(git("rev-parse", "HEAD"), clean=False)


def test_an_input_that_cannot_be_read_is_not_that_of_the_commit(
    tmp_path: Path, git: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = tmp_path / "params/gone"
    monkeypatch.setattr(commit, "input_files", lambda _: [tmp_path / "params/file", listed])
    (tmp_path / "params/gone").touch()
    git("add", "params")
    git("commit", "-qm", "Two")
    listed.unlink()
    assert not commit_of(tmp_path).clean


def test_a_file_with_the_line_ends_of_another_system_is_as_in_the_commit(
    tmp_path: Path, git: Callable[..., str]
) -> None:
    (tmp_path / "params/file").write_bytes(b"one\ntwo\n")
    git("commit", "-qam", "Two")
    (tmp_path / "params/file").write_bytes(b"one\r\ntwo\r\n")
    assert commit_of(tmp_path).clean


def test_no_program_runs_that_the_settings_of_a_workbook_name(
    tmp_path: Path, git: Callable[..., str]
) -> None:
    """The last step shows that `git status` would have run it."""
    ran = tmp_path / "ran"
    git("config", "filter.evil.clean", f"touch {ran}; cat")
    git("config", "core.fsmonitor", f"touch {ran}; false")
    (tmp_path / ".gitattributes").write_text("* filter=evil\n", encoding="utf-8")
    os.utime(tmp_path / "params/file", (0, 0))
    assert commit_of(tmp_path).clean
    assert not ran.exists()
    git("status")
    assert ran.exists()


def test_no_published_file_tells_of_the_machine_that_made_it(built: Path) -> None:
    """Nor of who did; nor does a file that is packed in one: a spreadsheet is a ZIP of texts."""
    told = {str(built), str(Path.home()) + "/", tempfile.gettempdir() + "/", sys.prefix}
    host = socket.gethostname()
    users = {os.environ.get("USER", ""), os.environ.get("LOGNAME", ""), Path.home().name}
    names = telling({host, host.split(".")[0], *users}, words_of_the_workbook())
    for path in (built / "outputs").rglob("*"):
        for content in unpacked(path) if path.is_file() else ():
            found = [word for word in told if word.encode() in content]
            text = content.decode(errors="replace")
            assert [*found, *(name for name in names if stands_in(name, text))] == [], path


def test_a_name_tells_of_somebody_where_it_is_no_word_of_the_workbook() -> None:
    """Many a name is a word, such as that of the user "root" or of a host named after a bird."""
    names = {"root", "jo", "", "bloggs", "wren-3", "kite"}
    assert telling(names, "The root of it. Red Kite.") == {"bloggs", "wren-3"}
    assert stands_in("bloggs", "/home/bloggs/outputs")
    assert stands_in("wren-3", '{"host": "wren-3.example.org"}')
    assert not stands_in("bloggs", "bloggsworth")
    assert not stands_in("wren-3", "wren-31")


def telling(names: set[str], known: str) -> set[str]:
    """The names that say who or where, were they published: no short ones and no known words."""
    return {name for name in names if len(name) > 3 and not stands_in(name.lower(), known.lower())}


def stands_in(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def words_of_the_workbook() -> str:
    """All that a published file may say: what reports are made of and by."""
    files = (path for part in ("src", *PARTS) for path in (ROOT / part).rglob("*"))
    texts = [path.read_text("utf-8") for path in files if path.suffix in TEXTS]
    return "\n".join([*texts, *(package.name for package in distributions())])


def unpacked(path: Path) -> Iterator[bytes]:
    content = path.read_bytes()
    yield content
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield from map(archive.read, archive.namelist())


def test_what_moved_between_two_folders_is_told_without_running_anything(
    built: Path, tmp_path: Path
) -> None:
    """A manager who agreed with L2 disagrees: 10 of 41 become 9 of 41."""
    workbook = copy_built(built, tmp_path / "workbook")
    move(workbook, "management_team", {"strongly_agree", "agree"}, "disagree", "L2")
    done = run_workbook("build", "torfaen", "--workbook", workbook)
    assert done.returncode == 0, done.stderr
    old, new = built / "outputs", workbook / "outputs"
    shutil.copytree(old / "torfaen", tmp_path / "old/torfaen")
    same = run_workbook("diff", tmp_path / "old", tmp_path / "old")
    assert (same.returncode, same.stdout) == (0, "2 editions: no figure moved\n")
    done = run_workbook("diff", tmp_path / "old", new)
    assert done.returncode == 13
    lines = done.stdout.splitlines()
    moved = 'agree("L2"): was 24% (10 of 41); is 22% (9 of 41) (-2.4 percentage points)'
    at = lines.index(f"torfaen en: {moved}")
    assert f"torfaen cy: {moved}" in lines
    assert any("“22% agree: “The council treats" in line for line in lines[at : at + 8])
    assert "traceback" not in done.stderr.lower()


def test_folders_that_hold_the_same_and_nothing_to_read_are_refused(tmp_path: Path) -> None:
    (tmp_path / "torfaen").mkdir()
    for name in ("report.en.ipynb", "report.en.html"):
        (tmp_path / "torfaen" / name).write_text("garbage")
    done = CliRunner().invoke(main, ["diff", str(tmp_path), str(tmp_path)])
    assert done.exit_code == 2
    assert "torfaen en: the register in the old folder cannot be read" in done.stderr


def test_a_mistake_in_a_parameter_file_is_a_difference_beside_the_others(
    spoiled: Path, edit: Callable[[Path, str, str], None]
) -> None:
    for path in (spoiled / "params").glob("*.yaml"):
        if path.stem not in ("cardiff", "torfaen"):
            path.unlink()
    done = run_workbook("build", "--edition", "en", "--workbook", spoiled)
    assert done.returncode == 0, done.stderr
    edit(spoiled / "outputs" / "index.html", "One report for each council.", "One report for all.")
    with (spoiled / "params" / "torfaen.yaml").open("a", encoding="utf-8") as lines:
        lines.write("oops: [\n")
    done = run_workbook("verify", "--sign-off", "A. Reviewer", "--workbook", spoiled)
    assert done.returncode == 13
    assert (
        "all reports: inputs: params/torfaen.yaml: not as expected, so no report of it is run "
        "again; 'workbook check' says what is wrong\n"
    ) in done.stdout
    assert "all reports: re-execution: index.html: line " in done.stdout
    assert "cardiff en: run again\n" in done.stdout
    assert "torfaen en: run again\n" not in done.stdout
    assert done.stderr.endswith("differences; nothing is signed off\n")


def test_nbdime_shows_what_differs_between_two_notebooks(built: Path, tmp_path: Path) -> None:
    """One sentence and one figure that moved are a few lines, not a wall of pictures."""
    notebook = built / "outputs/torfaen/report.en.ipynb"
    text = notebook.read_text(encoding="utf-8")
    other = tmp_path / "other.ipynb"
    other.write_text(text.replace("A clear vision for data is missing", "A vision is missing"))
    done = subprocess.run(
        [Path(sys.executable).with_name("nbdiff"), "--no-color", notebook, other],
        capture_output=True,
        text=True,
        check=False,
    )
    assert re.search(r"^-A clear vision for data is missing", done.stdout, re.MULTILINE)
    assert re.search(r"^\+A vision is missing", done.stdout, re.MULTILINE)
    assert len(done.stdout.splitlines()) < 40
