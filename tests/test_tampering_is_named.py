"""Whatever is altered in what was published, or beneath it, a reviewer's one command names it."""

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT, run_python, run_workbook
from test_reviewer_can_verify import CHECK, copy_built, move

CHART = '<figure class="chart" id="chart-agreement-leadership".*?</figure>\n'
SENTENCE = "%</a> agree that the council treats"
BAR = (
    r'(<path data-row="figure-agree-L1-group-officers" data-value="[\d.]+" d="M 1 [\d.]+  L )[\d.]+'
)
HEADS, SWAPPED = ("torfaen", "newport"), ("cardiff", "swansea")


def page(workbook: Path, council: str) -> Path:
    return workbook / "outputs" / council / "report.en.html"


def replace(path: Path, pattern: str, new: str) -> None:
    """Alter the one place that a pattern finds, without a change to anything else."""
    text = path.read_text(encoding="utf-8")
    assert re.search(pattern, text, re.DOTALL), pattern
    path.write_text(re.sub(pattern, lambda _: new, text, count=1, flags=re.DOTALL), "utf-8")


def change_count(path: Path, figure: str) -> None:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    [row] = [row for row in rows if row["figure"] == figure]
    row["count"] = "999"
    with path.open("w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def tampered(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A digit of a sentence, a bar of a chart, and a pair of charts are not what was made."""
    workbook = copy_built(built, tmp_path_factory.mktemp("tampered") / "workbook", *HEADS, *SWAPPED)
    replace(page(workbook, "torfaen"), f"24{SENTENCE}", f"34{SENTENCE}")
    bar = re.search(BAR, page(workbook, "newport").read_text(encoding="utf-8"))
    replace(page(workbook, "newport"), re.escape(bar[0]), f"{bar[1]}333")
    change_count(workbook / "outputs/newport/figures.csv", 'responses("total")')
    charts = {
        council: re.search(CHART, page(workbook, council).read_text("utf-8"), re.DOTALL)[0]
        for council in SWAPPED
    }
    for council, other in (SWAPPED, SWAPPED[::-1]):
        replace(page(workbook, council), CHART, charts[other])
    return workbook


@pytest.fixture(scope="module")
def told(tampered: Path) -> list[str]:
    """What one command says of all of it."""
    done = run_workbook("verify", *HEADS, *SWAPPED, "--workbook", tampered)
    assert done.returncode == 13, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout.splitlines()


def test_nbval_sees_nothing_of_it(tampered: Path) -> None:
    """It reruns notebooks, and these are as they were made."""
    notebooks = [f"outputs/{council}/report.en.ipynb" for council in ("torfaen", "cardiff")]
    done = run_python(*CHECK, *notebooks, cwd=tampered)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("council", [*HEADS, *SWAPPED])
def test_each_altered_page_is_named(told: list[str], council: str) -> None:
    assert any(line.startswith(f"{council}: seal: {council}/report.en.html: ") for line in told)
    assert not any(f"{council}/report.cy.html" in line for line in told)


def test_a_digit_of_a_sentence_is_named_with_its_figure(told: list[str]) -> None:
    [line] = [line for line in told if line.startswith("torfaen: sense: ")]
    assert "“Vision, leadership and culture”: prints “34%”; the register holds “24%”" in line
    assert line.endswith('(agree("L2"))')
    [line] = [line for line in told if line.startswith("torfaen: re-execution: ")]
    assert "34% agree that the council treats it as" in line
    assert "24% agree that the council treats it as" in line


def test_a_bar_is_named_with_where_it_reaches_and_should(told: list[str]) -> None:
    page_of = "newport: sense: newport/report.en.html: "
    [line] = [line for line in told if line.startswith(page_of)]
    assert re.search(r"chart-agreement-leadership: mark: reaches to 333.0; 0\.\d+ is at \d+", line)


def test_a_number_of_the_open_data_is_named_with_its_figure(told: list[str]) -> None:
    file = "newport/figures.csv"
    assert any(line.startswith(f"newport: seal: {file}: its SHA-256 is") for line in told)
    [line] = [line for line in told if line.startswith(f"newport: sense: {file}: ")]
    assert re.search(r'responses\("total"\): count is “999”; the register holds “\d+”', line)


def test_swapped_charts_are_named_on_both_pages(told: list[str]) -> None:
    for council, other in (SWAPPED, SWAPPED[::-1]):
        owner = f"chart-agreement-leadership is of '{other}', on the page of '{council}'"
        assert f"{council}: sense: {council}/report.en.html: {owner}" in told


def test_the_review_page_says_so_first(tampered: Path, told: list[str]) -> None:
    html = (tampered / "outputs/torfaen/review.html").read_text(encoding="utf-8")
    cover = re.search('<div class="cover">.*?</div>', html, re.DOTALL)[0]
    assert re.search(r"\d+ differences\. \d+ figures in 2 editions were compared\.", cover)
    assert html.index("cover") < html.index(">Differences</h2>") < html.index(">All figures<")


def test_nothing_is_signed_off_that_differs(tampered: Path, told: list[str]) -> None:
    done = run_workbook("verify", "torfaen", "--sign-off", "A. Reviewer", "--workbook", tampered)
    assert done.returncode == 13
    assert "nothing is signed off" in done.stderr
    assert not (tampered / "params/sign_offs.yaml").exists()


def test_a_changed_answer_is_named_with_each_figure_that_moves(built: Path, tmp_path: Path) -> None:
    """Of the 41 of Torfaen who answered L2, 10 agree; one of the managers among them does not now.

    10 of 41 are 24.4%, 9 of 41 are 22.0%: 2.4 points less.
    """
    workbook = copy_built(built, tmp_path / "workbook")
    move(workbook, "management_team", {"strongly_agree", "agree"}, "disagree", "L2")
    done = run_workbook("verify", "torfaen", "--workbook", workbook)
    assert done.returncode == 13, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert (
        "torfaen: inputs: data/responses/management_team.csv: it changed since the report was "
        "made; today's is used" in lines
    )
    moved = 'agree("L2"): was 24% (10 of 41); is 22% (9 of 41) (-2.4 percentage points)'
    files = "torfaen/report.en.ipynb, torfaen/report.cy.ipynb"
    at = lines.index(f"torfaen: re-execution: {files}: {moved}")
    uses = [line for line in lines[at + 1 : at + 8] if line.startswith("    used in ")]
    assert any("A clear vision for data is missing" in use for use in uses)  # a sentence
    assert any("table “Statements: Vision" in use for use in uses)
    assert not any("seal: " in line or "recalculation: " in line for line in lines)


def test_a_changed_method_is_named_with_the_code_and_each_figure(
    built: Path, tmp_path: Path
) -> None:
    """Intervals of 90% in place of 95%: the second route, which is not changed, disagrees."""
    workbook = copy_built(built, tmp_path / "workbook")
    shutil.copytree(ROOT / "src", tmp_path / "src")
    code = tmp_path / "src/helpers/figures/estimates.py"
    replace(code, "Z_95 = 1.959963984540054", "Z_95 = 1.644853626951472")
    done = subprocess.run(
        [sys.executable, "-m", "helpers.cli", "verify", "torfaen"],
        cwd=workbook,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 13, done.stdout + done.stderr
    assert "torfaen: inputs: src/helpers/figures/estimates.py: it changed" in done.stdout
    html = (workbook / "outputs/torfaen/review.html").read_text(encoding="utf-8")
    said = re.sub("<[^>]+>", "", html).replace("&quot;", '"')
    ends = r"\[0\.\d+, 0\.\d+\]"
    assert re.search(rf'agree\("L2"\): interval was {ends}; is {ends}', said)
    assert re.search(rf'agree\("L2"\): interval is {ends}; recalculated {ends}', said)
