"""What only an auditor's words changed is made anew without a kernel, byte for byte as by a run."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest

from conftest import check_workbook, copy_workbook, run_python
from helpers.report.notebook.reviews import REVIEWED
from helpers.report.notebook.translations import labels_in
from helpers.report.notebook.whole import register_of
from helpers.run.building import executing
from helpers.run.building.executing import Outcome, write_edition
from helpers.run.building.making import Pool, make
from helpers.run.building.planning import plan
from helpers.run.deciding import decide
from helpers.run.editions import environment
from helpers.run.editions.bundle import Made
from helpers.run.editions.rewording import PAGES_ONLY, reword

EDITIONS = ("en", "cy")
OUT = "outputs/torfaen"
LEADERSHIP = {"en": "Decisions led by data have", "cy": "Mae penderfyniadau dan arweiniad"}
ADDED = {
    "en": (
        'By {eval}`difference("L1", group="officers", other="members")` do officers differ, and '
        '{eval}`agree("S3").says("around a third")` agree, as Cardiff knows.'
    ),
    "cy": (
        'Mae {eval}`difference("L1", group="officers", other="members")` rhyngddynt, ac mae '
        '{eval}`agree("S3").says("tua thraean")` yn cytuno, fel y gŵyr Caerdydd.'
    ),
}
NO_CHART_USES = 'difference("L1", group="officers", other="members")'
Edit = Callable[[Path, str, str], None]


def make_all(workbook: Path, council: str) -> None:
    """Build all editions of a council by ordinary runs."""
    for bundle in plan(decide(check_workbook(workbook)), [council], None):
        write_edition(workbook / "outputs" / council, bundle, make(bundle))


def reworded(workbook: Path, edition: str = "en", council: str = "torfaen") -> Made | None:
    decided = decide(check_workbook(workbook))
    [bundle] = plan(decided, [council], edition)
    return reword(decided, bundle)


def run(workbook: Path, edition: str, council: str = "torfaen") -> Made:
    [bundle] = plan(decide(check_workbook(workbook)), [council], edition)
    return make(bundle)


@pytest.fixture
def workbook(built: Path, tmp_path: Path) -> Path:
    """A workbook of which Torfaen is built, for one test to change."""
    return copy_torfaen(built, tmp_path / "workbook")


def copy_torfaen(built: Path, target: Path) -> Path:
    copy_workbook(target)
    shutil.copytree(built / OUT, target / OUT)
    return target


def params(workbook: Path, council: str = "torfaen") -> Path:
    return workbook / "params" / f"{council}.yaml"


def change_sentences(file: Path) -> None:
    """Add a figure that no chart uses, a claim and a name; remove a figure that a chart uses."""
    text = file.read_text(encoding="utf-8")
    for code, first in LEADERSHIP.items():
        assert text.count(first) == 1
        text = text.replace(first, f"{ADDED[code]} {first}")
    text, removed = re.subn(r'; (mae )?\{eval\}`agree\("L6"\)`[^.]+\.', ".", text)
    assert removed == 2
    file.write_text(f"mentions: [cardiff]\n{text}", encoding="utf-8")


def change_themes(file: Path) -> None:
    """Leave one theme to the template's own text, and another to one language."""
    text, found = re.subn(
        r"(  data_protection:.+?)    cy: .+?(?=  skills:)",
        r"\1",
        file.read_text(encoding="utf-8"),
        flags=re.DOTALL,
    )
    assert found == 1
    file.write_text(text.partition("  decisions:")[0], encoding="utf-8")


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("change", [change_sentences, change_themes])
def test_it_gives_the_same_bytes_as_a_run(
    workbook: Path, change: Callable[[Path], None], edition: str
) -> None:
    change(params(workbook))
    made = reworded(workbook, edition)
    assert made == run(workbook, edition)
    name = f"report.{edition}.html"
    assert made.files[name] != (workbook / "outputs" / "torfaen" / name).read_bytes()


def test_a_review_of_a_translation_needs_no_kernel(workbook: Path) -> None:
    first, second = [text.digest for text in labels_in("cy")][:2]
    record = workbook / REVIEWED
    for rows in ([first, second], []):
        record.write_text(
            "language,digest,place,by,on\n"
            + "".join(f"cy,{digest},x,Ann,2026-01-31\n" for digest in rows),
            encoding="utf-8",
        )
        made = reworded(workbook, "cy")
        assert made == run(workbook, "cy")
    (last,) = re.findall(rb"nid yw (\d+) o destunau,", made.files["report.cy.html"])
    record.write_text(f"language,digest,place,by,on\ncy,{first},x,Ann,2026-01-31\n", "utf-8")
    (fewer,) = re.findall(
        rb"nid yw (\d+) o destunau,", reworded(workbook, "cy").files["report.cy.html"]
    )
    assert int(last) - int(fewer) == 1


def test_an_edition_that_loses_its_twin_has_the_same_bytes_as_by_a_run(
    workbook: Path, edit: Edit
) -> None:
    edit(params(workbook), "editions: [en, cy]", "editions: [en]")
    made = reworded(workbook)
    assert made == run(workbook, "en")
    assert b"report.cy.html" not in made.files["report.en.html"]


def test_default_text_whose_figures_are_hidden_gives_way_as_in_a_run(spoiled: Path) -> None:
    """Three people replied in Cardiff."""
    for number, path in enumerate(sorted((spoiled / "data" / "responses").glob("*.csv"))):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        own = [line for line in lines if line.split(",")[1] == "cardiff"]
        kept = [line for line in lines if line not in own[number < 3 :]]
        path.write_text("".join(kept), encoding="utf-8")
    make_all(spoiled, "cardiff")
    with params(spoiled, "cardiff").open("a", encoding="utf-8") as lines:
        lines.write("narrative:\n  skills:\n    en: Nothing can be said.\n    cy: Dim byd.\n")
    few = {"en": b"too few people answered", "cy": b"rhy ychydig o bobl a atebodd"}
    for edition in EDITIONS:
        made = reworded(spoiled, edition, "cardiff")
        assert made == run(spoiled, edition, "cardiff")
        assert few[edition] in made.files[f"report.{edition}.html"]


def test_the_register_says_where_charts_and_tables_used_a_figure(workbook: Path) -> None:
    change_sentences(params(workbook))
    made = reworded(workbook)
    notebook = nbformat.reads(made.files["report.en.ipynb"].decode(), as_version=4)
    drawn = {record["expression"]: record["drawn"] for record in register_of(notebook)}
    assert drawn['response_rate("total")'] == 0  # the summary's first number
    assert drawn['national_response_rate("total")'] == 1  # and what stands below it
    assert drawn[NO_CHART_USES] is None
    places = sorted(place for place in drawn.values() if place is not None)
    assert places == list(range(len(places)))


# ---- Where it is not done -----------------------------------------------------------------------


def change_an_answer(workbook: Path, council: str = "torfaen") -> None:
    path = workbook / "data" / "responses" / "elected_members.csv"
    text = path.read_text(encoding="utf-8")
    old = re.search(rf"^\w+,{council},\w+", text, re.MULTILINE)[0]
    answer = "disagree" if old.endswith(",agree") else "agree"
    path.write_text(text.replace(old, f"{old.rpartition(',')[0]},{answer}"), encoding="utf-8")


def change_an_answer_elsewhere(workbook: Path) -> None:
    change_an_answer(workbook, "cardiff")


def judge_a_level(workbook: Path) -> None:
    judgement = "judgements: {leadership: {level: 2, reason: {en: We saw it., cy: Fe'i gwelsom.}}}"
    with params(workbook).open("a", encoding="utf-8") as lines:
        lines.write(f"{judgement}\n")


def replace(path: str, old: str, new: str) -> Callable[[Path], None]:
    def change(workbook: Path) -> None:
        text = (workbook / path).read_text(encoding="utf-8")
        assert old in text
        (workbook / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


FILE = "params/torfaen.yaml"
CHANGES = {
    "an answer": change_an_answer,
    "another council's answer": change_an_answer_elsewhere,
    "a judgement": judge_a_level,
    "the report's date": replace(FILE, "report_date: 2018-12-06", "report_date: 2018-12-07"),
    "the order of cases": replace(FILE, "[camden, carmarthenshire,", "[carmarthenshire, camden,"),
    "released comments": replace(FILE, '"a6fc5a54a499", ', ""),
    "the template": replace(
        "notebooks/council_report.ipynb", "report.barriers()", "report.barriers() "
    ),
    "a page's byte": replace(f"{OUT}/report.en.html", "Torfaen", "torfaen"),
    "a notebook's byte": replace(f"{OUT}/report.en.ipynb", "Torfaen", "torfaen"),
    "no manifest": lambda workbook: (workbook / OUT / "manifest.en.json").unlink(),
    "a manifest that is none": replace(f"{OUT}/manifest.en.json", "{", "["),
    "a manifest without its parts": replace(f"{OUT}/manifest.en.json", '"hashed"', '"hash"'),
    "no page": lambda workbook: (workbook / OUT / "report.en.html").unlink(),
}


@pytest.fixture(scope="module")
def new_words(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of which Torfaen is built and its sentences changed since: it needs no kernel."""
    workbook = copy_torfaen(built, tmp_path_factory.mktemp("new_words") / "workbook")
    change_sentences(params(workbook))
    assert reworded(workbook) is not None
    return workbook


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_else_changed_the_edition_runs(
    new_words: Path, tmp_path: Path, change: Callable[[Path], None]
) -> None:
    workbook = shutil.copytree(new_words, tmp_path / "workbook")
    change(workbook)
    assert reworded(workbook) is None


@pytest.mark.parametrize("what", ["code_digests", "package_versions", "platform.python_version"])
def test_with_other_code_the_edition_runs(
    workbook: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    holder, _, name = what.rpartition(".")
    holder = getattr(environment, holder) if holder else environment
    monkeypatch.setattr(holder, name, lambda: "another")
    assert reworded(workbook) is None
    monkeypatch.undo()
    assert reworded(workbook) is not None


def test_where_only_the_code_of_pages_changed_nothing_runs(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = environment.code_digests()
    for name, found in (
        ("report/pages/templates/style.css", True),
        ("report/content/tables.py", False),
    ):
        assert name in known
        monkeypatch.setattr(environment, "code_digests", lambda name=name: {**known, name: "new"})
        assert bool(reworded(workbook)) == found, name


def test_no_code_cell_runs_the_code_of_pages() -> None:
    loaded = (
        "import sys, helpers.report.opening, papermill, helpers.run.editions.engine; "
        "print(*(name for name in sys.modules if name.startswith('helpers.')))"
    )
    done = run_python("-c", loaded)
    modules = (name.removeprefix("helpers.") for name in done.stdout.split())
    names = {f"{name.replace('.', '/')}/" for name in modules}
    assert "report/content/tables/" in names
    assert [name for name in names if name.startswith(PAGES_ONLY)] == []
    files = environment.code_digests()
    assert all(any(name.startswith(room) for name in files) for room in PAGES_ONLY)


# ---- In a build ---------------------------------------------------------------------------------


class KernelAskedError(Exception):
    """The build was about to run something."""


@pytest.fixture
def build(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path, str], list[Outcome]]:
    """Build Torfaen where nothing can be run."""

    @contextmanager
    def refuse() -> Iterator[Executor]:
        raise KernelAskedError
        yield

    def build_council(workbook: Path, edition: str) -> list[Outcome]:
        planned, told = plan(decide(check_workbook(workbook)), ["torfaen"], edition), []
        with Pool(1, refuse()) as pool:
            assert executing.build(planned, told.append, pool) == told
        return told

    return build_council


def test_a_build_starts_nothing_and_what_it_wrote_serves_the_next_one(
    workbook: Path, build: Callable[[Path, str], list[Outcome]], edit: Edit
) -> None:
    pages = []
    for old, new in (("capacity are", "people are"), ("people are", "capacity are")):
        edit(params(workbook), f"Money and {old} a constant", f"Money and {new} a constant")
        why = ("parameters or narrative changed: torfaen.yaml",)
        assert build(workbook, "en") == [Outcome("torfaen", "en", why=why)]
        pages.append((workbook / OUT / "report.en.html").read_text(encoding="utf-8"))
    assert "Money and people are a constant" in pages[0]
    assert "Money and capacity are a constant" in pages[1]
    written = json.loads((workbook / OUT / "manifest.en.json").read_bytes())
    [bundle] = plan(decide(check_workbook(workbook)), ["torfaen"], "en")
    assert written["hashed"]["inputs"] == bundle.digests()
    assert build(workbook, "en") == [Outcome("torfaen", "en")], "it is up to date"


def test_a_build_runs_what_it_cannot_reword(
    workbook: Path, build: Callable[[Path, str], list[Outcome]]
) -> None:
    change_an_answer(workbook)
    with pytest.raises(KernelAskedError):
        build(workbook, "en")
