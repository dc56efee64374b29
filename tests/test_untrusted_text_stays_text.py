"""Whatever anybody writes, in any place, a page shows it as text: it runs and fetches nothing.

Each place of a report into which somebody else's words come is filled with all attacks of
`attacks.py`, those too that `workbook check` refuses there. The pages are opened in a real browser
with their Content-Security-Policy removed, so that it is not the policy that saves the reader.
"""

import csv
import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output
from ruamel.yaml import YAML

from attacks import ATTACKS, Attack
from conftest import check_workbook, copy_workbook, put_decided
from helpers.report.binding.texts import check_text
from helpers.report.content.council_report import CouncilReport
from helpers.report.notebook.reviews import Progress
from helpers.report.notebook.shown import Shown
from helpers.report.opening import open_report
from helpers.report.pages.entries import Entry, Listed, Numbers
from helpers.report.pages.publishing import CouncilReportExporter
from helpers.report.pages.site import render_index
from helpers.run.deciding import decide
from helpers.study.comments import COLUMNS, digest_of
from helpers.study.contract import units_contract
from helpers.study.definition import Study
from helpers.study.files.spelling import UNSEEN
from helpers.study.loose_ends import texts_of
from helpers.study.reading import council_columns, read_study, study_file

COUNCIL = "torfaen"
every_attack = pytest.mark.parametrize("attack", ATTACKS, ids=[one.name for one in ATTACKS])

# What a page may not hold, or hold no more of than it does without an attack.
FORBIDDEN = """script iframe frame object embed applet base form input button select textarea video
    audio source track math template slot portal marquee plaintext noscript dialog canvas img image
    foreignObject animate set meta link style title svg html head body main header footer"""
LOOK = """forbidden => {
    const all = [...document.querySelectorAll("*")], sheets = [...document.styleSheets];
    const body = getComputedStyle(document.body);
    return {
        elements: Object.fromEntries(
            forbidden.split(/\\s+/).map(name => [name, document.querySelectorAll(name).length])),
        handlers: all.flatMap(element => element.getAttributeNames())
            .filter(name => name.startsWith("on") || name === "autofocus" || name === "srcdoc"),
        schemes: [...new Set(all.filter(element => element.href)
            .map(element => new URL(element.href.baseVal ?? element.href, location).protocol))],
        rules: sheets.map(sheet => sheet.href ?? sheet.cssRules.length),
        looks: [body.display, body.backgroundImage, body.color],
        comments: document.createNodeIterator(document, NodeFilter.SHOW_COMMENT).nextNode()?.data,
    }
}"""


# ---- The pages, each with all attacks in one place ----------------------------------------------


@pytest.fixture(scope="module")
def notebook(built: Path) -> NotebookNode:
    return nbformat.read(built / f"outputs/{COUNCIL}/report.en.ipynb", as_version=4)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook whose study, councils and comments are attacks; what it may show is decided."""
    workbook = copy_workbook(tmp_path_factory.mktemp("hostile"))
    decided = decide(check_workbook(workbook))
    put_decided(workbook, decided.national)
    _spoil_study(workbook)
    _spoil_councils(workbook)
    rows = [(COUNCIL, "skills", one.text) for one in ATTACKS]
    _write_csv(workbook / "data/comments/elected_members.csv", [COLUMNS, *rows])
    return workbook


def _spoil_study(workbook: Path) -> None:
    """Put an attack in place of each text and source, by turns."""
    study, yaml, turn = read_study(workbook), YAML(), cycle(ATTACKS)
    for name in ("questionnaire", "study", "maturity", "good_practice"):
        file = workbook / study_file(name)
        nodes = yaml.load(file)
        part = study.about if name == "study" else getattr(study, name)
        places = [
            (*where, code) for where, texts, _ in texts_of(part, type(part)) for code in texts
        ]
        for where in places:
            _put(nodes, where, next(turn).text)
        for where in _sources(nodes):  # which the study's model holds to signs that are seen
            _put(nodes, where, re.sub(UNSEEN, "", next(turn).text))
        with file.open("w", encoding="utf-8") as out:
            yaml.dump(nodes, out)


def _sources(nodes: Any) -> Iterator[tuple[str, ...]]:
    for part in ("facts", "cases"):
        yield from ((part, key, "source") for key in nodes.get(part, {}))
    yield from (("contact", key) for key in nodes.get("contact", {}) if key in CONTACT)


CONTACT = ("telephone", "textphone", "email", "website")


def _put(nodes: Any, where: tuple[int | str, ...], text: str) -> None:
    for key in where[:-1]:
        nodes = nodes[key]
    nodes[where[-1]] = text


def _spoil_councils(workbook: Path) -> None:
    """Share out the attacks among the councils' names; this council has all of them."""
    file, columns = workbook / "data/councils.csv", council_columns(read_study(workbook).about)
    with file.open(encoding="utf-8", newline="") as cells:
        rows = list(csv.DictReader(cells))
    shares = cycle(shared_out(5))
    for row in rows:
        given = ATTACKS if row["slug"] == COUNCIL else next(shares)
        row |= {name: joined(given) for name in columns if "name_" in name}
        row["mutated_forms"] = ""
    _write_csv(file, [columns, *([row[name] for name in columns] for row in rows)])


def shared_out(size: int) -> list[list[Attack]]:
    return [ATTACKS[at : at + size] for at in range(0, len(ATTACKS), size)]


def joined(attacks: list[Attack]) -> str:
    return " · ".join(one.text for one in attacks)


def _write_csv(file: Path, rows: list[Any]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        for row in rows:
            csv.writer(out, quoting=csv.QUOTE_ALL).writerow(map(in_cell, row))


def in_cell(text: str) -> str:
    """Return a text as a cell may hold it: a file with a NUL is refused."""
    return text.replace("\0", "")


@pytest.fixture(scope="module")
def hostile_report(hostile: Path) -> Iterator[dict[str, Any]]:
    """The names that the template's cells see, once its report is open in the hostile workbook."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBOOK_FOLDER", str(hostile))
        digests = [digest_of(in_cell(one.text)) for one in ATTACKS]
        report = open_report(COUNCIL, "en", "", comments=digests)
        yield {"report": report, "inline": []}


@pytest.fixture(scope="module")
def whole_page(notebook: NotebookNode, hostile_report: dict[str, Any]) -> str:
    """A report of which every cell was run on the hostile workbook, but for its sentences."""
    notebook = deepcopy(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source.startswith("report."):
            shown = eval(cell.source, hostile_report)
            if cell.id != "register":
                cell.outputs = [] if shown is None else [output_of(shown)]
    return publish(notebook)


def output_of(shown: Shown) -> NotebookNode:
    return new_output("display_data", data=shown._repr_mimebundle_())


def publish(notebook: NotebookNode) -> str:
    return CouncilReportExporter().from_notebook_node(notebook)[0]


@pytest.fixture(scope="module")
def narrative_page(notebook: NotebookNode) -> str:
    """A report with a narrative for each attack."""
    notebook = deepcopy(notebook)
    at = next(n for n, cell in enumerate(notebook.cells) if cell.id == "skills-narrative")
    notebook.cells[at + 1 : at + 1] = [
        new_markdown_cell(one.text, id=f"attack-{one.name}", metadata={"tags": ["narrative"]})
        for one in ATTACKS
    ]
    return publish(notebook)


@pytest.fixture(scope="module")
def reasons_page(notebook: NotebookNode, shipped: Path) -> str:
    """A report with a table of levels for every seven attacks, each the reason of a level."""
    notebook = deepcopy(notebook)
    at = next(n for n, cell in enumerate(notebook.cells) if cell.id == "maturity-table")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBOOK_FOLDER", str(shipped))
        report = open_report(COUNCIL, "en", "")
    notebook.cells[at + 1 : at + 1] = list(_tables_of_reasons(report))
    return publish(notebook)


def _tables_of_reasons(report: CouncilReport) -> Iterator[NotebookNode]:
    for attacks in shared_out(len(report.study.about.characteristics)):
        report.judgements = {
            key: {"level": 1, "reason": {"en": one.text}}
            for key, one in zip(report.study.about.characteristics, attacks, strict=False)
        }
        yield new_code_cell(
            "…",
            id=f"reasons-{attacks[0].name}",
            execution_count=1,
            outputs=[output_of(report.maturity_table())],
        )


@pytest.fixture(scope="module")
def index_page(hostile_report: dict[str, Any]) -> str:
    report = hostile_report["report"]
    day = date(2026, 1, 31)
    made = tuple(Listed(code, day, current=False, reviewed=False) for code in ("en", "cy"))
    files = ["figures.csv", "tables.en.xlsx", "report.en.pdf", "report.en.ipynb"]
    numbers = Numbers.of(report.measures)
    entries = [Entry(slug, made, files, True, numbers) for slug in report.study.councils]
    return render_index(report.study, "en", entries, Progress(1, 2), made)


# ---- Nothing runs, nothing is fetched, nothing is added ------------------------------------------


class Heard:
    """A page opened without its policy, and everything that it did."""

    def __init__(self, browser, page: str, file: Path) -> None:
        self.did: list[str] = []
        file.write_text(without_policy(page), encoding="utf-8")
        self.context = browser.new_context(viewport={"width": 1280, "height": 800})
        self.tab = self.context.new_page()
        self.tab.route("**/*", self._only_itself)
        self.tab.on("console", lambda message: self.did.append(f"console {message.text}"))
        self.tab.on("pageerror", lambda error: self.did.append(f"error {error}"))
        self.tab.on("dialog", self._dismiss)
        self.tab.on("popup", lambda tab: self.did.append(f"popup {tab.url}"))
        self.tab.on("download", lambda file: self.did.append(f"download {file.url}"))
        self.address = file.as_uri()
        self.tab.goto(self.address, wait_until="load")
        self._unfold_and_point()
        self.found = self.tab.evaluate(LOOK, FORBIDDEN)

    def _only_itself(self, route) -> None:
        if route.request.url == self.address:
            route.continue_()
        else:
            self.did.append(f"request {route.request.url}")
            route.abort()

    def _dismiss(self, dialog) -> None:
        self.did.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def _unfold_and_point(self) -> None:
        """Do what a reader may: open what is closed, reach everything by keyboard and pointer."""
        self.tab.evaluate(
            """() => { for (const part of document.querySelectorAll("details")) part.open = true;
                for (const link of document.querySelectorAll("a, [tabindex], [onmouseover]")) {
                    link.focus();
                    link.dispatchEvent(new MouseEvent("mouseover", {bubbles: true}));
                } }"""
        )
        self.tab.wait_for_timeout(200)


def without_policy(page: str) -> str:
    opened, count = re.subn(r"<meta http-equiv=.Content-Security-Policy.[^>]*>", "", page)
    assert count == 1
    return opened


@pytest.fixture(scope="module")
def hear(browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder, opened = tmp_path_factory.mktemp("heard"), dict[str, Heard]()

    def open_once(page: str) -> Heard:
        if page not in opened:
            opened[page] = Heard(browser, page, folder / f"{len(opened)}.html")
        return opened[page]

    yield open_once
    for one in opened.values():
        one.context.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("place", "like"),
    [
        ("narrative_page", "report.en.html"),
        ("reasons_page", "report.en.html"),
        ("whole_page", "report.en.html"),
        ("index_page", "index.html"),
    ],
)
def test_no_attack_does_anything(hear, request, built: Path, place: str, like: str):
    folder = built / "outputs" / (COUNCIL if like.startswith("report") else "")
    clean = hear((folder / like).read_text(encoding="utf-8"))
    attacked = hear(request.getfixturevalue(place))
    assert attacked.did == clean.did == []
    assert attacked.found | {"schemes": []} == clean.found | {"schemes": []}
    assert attacked.found["handlers"] == []
    assert set(attacked.found["schemes"]) <= {"file:", "https:", "http:", "mailto:"}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        ("<script>alert(1)</script>", "dialog 1"),
        ("<img src=x onerror=console.log(2)>", "console 2"),
        ("<a href='#' onmouseover=alert(3)>x</a>", "dialog 3"),
        ("<link rel=stylesheet href=//evil.example/x.css>", "request file://evil.example/x.css"),
        ("<style>body { background: url(https://evil.example/p) }</style>", "https://evil.example"),
    ],
)
def test_what_an_attack_does_would_be_heard(hear, spoilt: str, told: str):
    page = f'<meta http-equiv="Content-Security-Policy" content="x"><title>x</title><p>{spoilt}'
    assert told in "\n".join(hear(page).did)


@pytest.mark.browser
@pytest.mark.parametrize(
    ("spoilt", "part"),
    [
        ("<svg></svg>", "elements"),
        ("<p ONCLICK=x>", "handlers"),
        ("<a href='java&Tab;script:x'>y</a>", "schemes"),
        ("<style>p { color: red }</style>", "rules"),
        ("<style>body { display: flex }</style>", "looks"),
        ("<!-- hidden -->", "comments"),
    ],
)
def test_what_an_attack_adds_would_be_seen(hear, spoilt: str, part: str):
    policy = '<meta http-equiv="Content-Security-Policy" content="x"><title>x</title><p>'
    assert hear(policy + spoilt).found[part] != hear(policy).found[part]


# ---- The words are still there to be read --------------------------------------------------------


def words(text: str) -> str:
    """A text without white space and signs of control, of which pages keep less than files."""
    return re.sub(r"[\s\0\ufffd\x01]+", "", text)


MARKDOWN = {"p", "a", "blockquote", "code", "em", "pre", "strong"}
MARKDOWN |= {"table", "tbody", "td", "th", "thead", "tr"}


def read(page: str) -> BeautifulSoup:
    return BeautifulSoup(page, "html.parser")


@pytest.fixture(scope="module")
def narratives(narrative_page: str) -> BeautifulSoup:
    return read(narrative_page)


@every_attack
def test_a_narrative_shows_what_was_written(narratives: BeautifulSoup, attack: Attack):
    shown = narratives.find(id=f"attack-{attack.name}")
    assert words(attack.seen) in words(shown.text)
    assert {element.name for element in shown.find_all(True)} <= MARKDOWN
    for link in shown.find_all("a"):
        assert set(link.attrs) <= {"href", "title"}
        assert re.match("(https?:)?//|java|%", link["href"])  # of no scheme, or that of a page


@pytest.fixture(scope="module")
def reasons(reasons_page: str) -> list[str]:
    captions = [c for c in read(reasons_page).find_all("caption") if "Maturity profile" in c.text]
    tables = [caption.find_parent("table") for caption in captions[1:]]
    return [
        row.find_all("td", recursive=False)[-1].text
        for table in tables
        for row in table.tbody.find_all("tr", recursive=False)
    ]


def test_a_reason_shows_what_was_written(reasons: list[str]):
    given = [reason for reason in reasons if reason]  # the last table has rows without one
    for attack, shown in zip(ATTACKS, given, strict=True):
        assert words(attack.seen) in words(shown)
        assert shown.startswith("Computed: ")


def test_a_comment_shows_every_sign_that_was_written(whole_page: str):
    quotes = read(whole_page).find_all("blockquote")
    assert [words(quote.text) for quote in quotes] == [words(one.text) for one in ATTACKS]


def test_a_council_s_name_is_shown_as_it_stands_in_its_file(whole_page: str, index_page: str):
    page, name = read(whole_page), words(joined(ATTACKS))
    assert words(page.h1.text) == name
    assert name in words(page.title.text)
    assert any(name in words(caption.text) for caption in page.find_all("caption"))
    heads = "".join(words(head.text) for head in read(index_page).find_all("th", scope="row"))
    assert [one.name for one in ATTACKS if words(one.text) not in heads] == []


def test_a_study_s_statements_are_shown_as_they_stand_in_its_file(
    whole_page: str, hostile_report: dict[str, Any]
):
    shown = {words(head.text) for head in read(whole_page).find_all("th", scope="row")}
    statements = hostile_report["report"].study.questionnaire.statements.values()
    assert {words(statement.text["en"]) for statement in statements} <= shown


# ---- What is refused before that -----------------------------------------------------------------


@pytest.fixture(scope="module")
def study(shipped: Path) -> Study:
    return read_study(shipped)


@every_attack
def test_check_says_what_it_refuses_of_a_text(study: Study, attack: Attack):
    problems = check_text(attack.text, study, "en", "params/torfaen.yaml")
    told = "\n".join(map(str, problems))
    assert attack.refused in told
    assert bool(attack.refused) == bool(told)


def test_no_attack_names_a_folder_of_outputs(study: Study):
    named = units_contract(study).rules["slug"][0]
    attacks = [one.text for one in ATTACKS]
    attacks += ["../cardiff", "/etc", "a/b", "a\b", "torfaen.", ".", "-x"]
    fine = named.holds(pd.Series(attacks))
    assert [slug for slug, holds in zip(attacks, fine, strict=True) if holds] == []
    assert named.explain("../cardiff") == (
        "slug is '../cardiff'; expected a name in lower case with hyphens, at most 60 signs"
    )
