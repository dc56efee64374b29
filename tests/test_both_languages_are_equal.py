"""Neither language is treated less favourably: the same figures, the same parts, every word."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from nbformat import NotebookNode

from helpers.report.markdown import find_inline, headings
from helpers.report.unbound import find_unbound
from helpers.report.whole import register_of
from helpers.study.definition import Study
from helpers.study.parameters import read_parameters
from helpers.study.reading import read_study

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "src" / "helpers" / "report"
LABELS, WORDS = REPORT / "locale" / "cy.po", ROOT / "notebooks" / "locale" / "cy.po"
COUNCILS = ["torfaen", "merthyr-tydfil"]
LANGUAGES = ["en", "cy"]


def messages(path: Path) -> list[Message]:
    with path.open("rb") as lines:
        catalogue: Catalog = read_po(lines)
    return [message for message in catalogue if message.id]


def inline(text: str) -> Counter[str]:
    """What a text asks for; where a sentence puts it, and how it says a claim, may differ."""
    asked = (found.expression for found in find_inline(text))
    return Counter(re.sub(r'says\("[^"]*"\)', "says", expression) for expression in asked)


def words_of(notebook: NotebookNode) -> list[NotebookNode]:
    """The Markdown cells that a reader of the page sees."""
    return [
        cell
        for cell in notebook.cells
        if cell.cell_type == "markdown" and "not-published" not in cell.metadata.get("tags", [])
    ]


# ---- Built editions ---------------------------------------------------------------------------


@pytest.fixture(scope="module", params=COUNCILS)
def folder(built: Path, request: pytest.FixtureRequest) -> Path:
    return built / "outputs" / request.param


@pytest.fixture(scope="module")
def pages(folder: Path) -> list[BeautifulSoup]:
    return [
        BeautifulSoup((folder / f"report.{code}.html").read_text(encoding="utf-8"), "html.parser")
        for code in LANGUAGES
    ]


@pytest.fixture(scope="module")
def notebooks(folder: Path) -> list[NotebookNode]:
    return [nbformat.read(folder / f"report.{code}.ipynb", as_version=4) for code in LANGUAGES]


def test_both_editions_have_the_same_register_but_for_words(notebooks: list[NotebookNode]) -> None:
    english, welsh = (list(map(without_words, register_of(book))) for book in notebooks)
    assert len(english) > 100
    assert english == welsh


def test_where_no_sentence_claims_anything_registers_are_equal_byte_for_byte(built: Path) -> None:
    english, welsh = (
        nbformat.read(built / f"outputs/merthyr-tydfil/report.{code}.ipynb", as_version=4)
        .cells[-1]
        .outputs[0]
        .data["text/plain"]
        for code in LANGUAGES
    )
    assert english.startswith("[\n{")
    assert english == welsh


def without_words(record: dict[str, Any]) -> dict[str, Any]:
    """A record of the register: what sentences print of it as claims and numbers only."""
    prose = [
        (said["claim"] or said["how"], re.findall(r"\d+", said["display"]))
        for said in record["prose"]
    ]
    return {**record, "prose": prose}


def test_registers_differ_only_in_how_a_word_for_a_small_group_is_said(built: Path) -> None:
    folder = built / "outputs" / "blaenau-gwent"  # nine members replied
    english, welsh = (
        register_of(nbformat.read(folder / f"report.{code}.ipynb", as_version=4))
        for code in LANGUAGES
    )
    said = {
        (one["word"], one.pop("display"), other.pop("display"))
        for one, other in zip(english, welsh, strict=True)
        if one["word"]
    }
    assert said
    assert said <= {
        ("fewer than half", "fewer than half", "llai na hanner"),
        ("around half", "around half", "tua hanner"),
        ("more than half", "more than half", "mwy na hanner"),
    }
    assert english == welsh


def test_both_editions_have_the_same_cells_with_the_same_figures(
    notebooks: list[NotebookNode],
) -> None:
    english, welsh = (
        [(cell.id, cell.cell_type, inline(cell.source)) for cell in notebook.cells]
        for notebook in notebooks
    )
    assert english == welsh


def test_every_table_has_the_same_numbers_in_both(pages: list[BeautifulSoup]) -> None:
    english, welsh = (
        [
            [[cell.text for cell in row.find_all("td", class_="number")] for row in table("tr")]
            for table in page.find_all("table")
        ]
        for page in pages
    )
    assert sum(len(row) for table in english for row in table) > 250
    assert english == welsh


def test_the_evidence_has_the_same_record_of_each_figure_in_both(
    pages: list[BeautifulSoup],
) -> None:
    english, welsh = (
        [
            {name: row[name] for name in row.attrs if name.startswith("data-")}
            for row in page.select(".evidence tr[id]")
        ]
        for page in pages
    )
    assert len(english) > 250
    assert english == welsh


def test_each_section_leads_to_itself_in_the_other_language(pages: list[BeautifulSoup]) -> None:
    for page, other, code in zip(pages, pages[::-1], LANGUAGES[::-1], strict=True):
        ways = page.select(".ways a[hreflang]")
        assert len(ways) > 15
        for way in ways:
            file, anchor = way["href"].split("#")
            assert (file, way["hreflang"], way["lang"]) == (f"report.{code}.html", code, code)
            assert anchor == way.find_parent("div")["id"]
            assert other.find(id=anchor).find(["h2", "h3"])


def test_every_sentence_prints_the_same_numbers_in_both(pages: list[BeautifulSoup]) -> None:
    english, welsh = (
        {
            part["id"]: sorted(
                (link["href"], *re.findall(r"\d+", link.text))
                for link in part.find_all("a", class_="figure-link")
            )
            for part in page.find_all(class_=["text", "narrative"])
        }
        for page in pages
    )
    assert english["responses"]
    assert english == welsh


def test_both_editions_have_the_same_parts(pages: list[BeautifulSoup]) -> None:
    names = ["h1", "h2", "h3", "h4", "table", "figure", "article", "address", "li"]
    english, welsh = ([element.name for element in page.main.find_all(names)] for page in pages)
    assert english == welsh


def test_each_edition_says_which_language_it_is_in(pages: list[BeautifulSoup]) -> None:
    assert [page.html["lang"] for page in pages] == LANGUAGES


def test_each_edition_leads_to_the_other(pages: list[BeautifulSoup], folder: Path) -> None:
    links = [page.header.a for page in pages]
    assert [link["lang"] for link in links] == ["cy", "en"]
    assert all((folder / link["href"]).is_file() for link in links)


def test_no_text_of_a_cell_is_left_in_english(notebooks: list[NotebookNode]) -> None:
    english, welsh = ({cell.id: cell.source for cell in book.cells} for book in notebooks)
    words = {cell.id for cell in words_of(notebooks[0])}
    assert len(words) > 20
    assert [name for name in words if english[name] == welsh[name]] == []


# ---- Our own labels ---------------------------------------------------------------------------


def labels_of(tree: ast.Module) -> Iterator[str]:
    """Yield each text that a module gives to label(...), straight or by a name."""
    values = named_values(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if called(node) == "label" and node.args:
                yield from texts(node.args[0], values)
            if called(node) == "map" and getattr(node.args[0], "id", "") == "label":
                yield from texts(node.args[1], values)


def called(call: ast.Call) -> str:
    return str(getattr(call.func, "id", getattr(call.func, "attr", "")))


def named_values(tree: ast.Module) -> dict[str, list[ast.expr]]:
    """What a module assigns to each name or lets it run through; what it imports, too."""
    values: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            values.setdefault(node.targets[0].id, []).append(node.value)
        if isinstance(node, ast.comprehension) and isinstance(node.target, ast.Name):
            values.setdefault(node.target.id, []).append(node.iter)
    return values


def texts(node: ast.expr, values: dict[str, list[ast.expr]]) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Dict(values=parts):
            for part in parts:
                yield from texts(part, values)
        case ast.Subscript(value=table):
            yield from texts(table, values)
        case ast.Name(id=name):
            for value in values.get(name, []):
                yield from texts(value, values)


MODULES = {path.name: ast.parse(path.read_text(encoding="utf-8")) for path in REPORT.glob("*.py")}
USED = {text for tree in MODULES.values() for text in labels_of(tree)}


def test_the_labels_in_use_are_found() -> None:
    assert {
        "Contents",  # given straight
        "Number invited",  # by map
        "Response rate",  # by a loop
        "Others",
        "How many have this level, as computed.",  # by a table of messages
        "Published figures.",
        "This text is a translation that no qualified translator has reviewed yet.",  # by a name
        "95% interval",
    } <= USED
    assert 50 < len(USED) < 300


def test_no_label_is_given_in_a_way_that_these_tests_cannot_follow() -> None:
    """A label that is put together as the program runs would escape the catalogue."""
    lost = [
        (module, node.lineno, ast.unparse(node))
        for module, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) == "label" and node.args
        if not list(texts(node.args[0], named_values(tree)))
    ]
    assert lost == []


def test_every_label_has_its_welsh_and_no_entry_is_left_over() -> None:
    translated = {str(message.id) for message in messages(LABELS)}
    assert {"missing": USED - translated, "left over": translated - USED} == {
        "missing": set(),
        "left over": set(),
    }


@pytest.mark.parametrize("path", [LABELS, WORDS], ids=["labels", "template"])
def test_no_translation_is_empty_unconfirmed_or_a_copy(path: Path) -> None:
    found = messages(path)
    assert len(found) > 20
    same = [message.id for message in found if message.string == message.id]
    assert {
        "empty": [message.id for message in found if not str(message.string).strip()],
        "fuzzy": [message.id for message in found if message.fuzzy],
        "copy": same,
    } == {"empty": [], "fuzzy": [], "copy": []}


def test_a_label_has_the_same_places_for_values_in_both() -> None:
    for message in messages(LABELS):
        places = [
            sorted(re.findall(r"\{\w*\}", str(text))) for text in (message.id, message.string)
        ]
        assert places[0] == places[1], message.id


# Labels that hold a word for a quantity or a number, and why they may.
BOUND = {
    "fewer than half": "printed of a small group, by its counts",
    "around half": "printed of a small group, by its counts",
    "more than half": "printed of a small group, by its counts",
    "higher": "printed of a difference, by its interval",
    "lower": "printed of a difference, by its interval",
    "not clearly different": "printed of a difference, by its interval",
    "Most favourable: “{best}” ({high}). Least favourable: “{worst}” ({low}).": "an order",
    "Most favourable answers": "an order",
    "Lower quartile": "the name of a statistic",
    "95% interval": "the name of a statistic",
    "All reports": "the title of their list",
    "at most {share}, by exact count": "says when words may be said",
    "Others that are as high or higher: at most {others}": "says when words may be said",
    "Others that are as low or lower: at most {others}": "says when words may be said",
    "The interval of the difference lies above zero": "says when words may be said",
    "The interval of the difference lies below zero": "says when words may be said",
    "The interval of the difference holds zero": "says when words may be said",
}


def test_no_label_holds_a_number_or_a_word_for_a_quantity(study: Study) -> None:
    """Headlines, subtitles and descriptions of charts are made of labels and of figures."""
    found = {
        str(message.id)
        for message in messages(LABELS)
        for code, text in (("en", str(message.id)), ("cy", str(message.string)))
        if list(find_unbound(re.sub(r"\{\w+\}", "…", text), study.quantity_words, code))
    }
    assert found == set(BOUND)


# ---- The template's words ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def template() -> dict[str, str]:
    """The templates' Markdown by cell: all that is published. No two cells share a name."""
    notebooks = [nbformat.read(path, as_version=4) for path in (ROOT / "notebooks").glob("*.ipynb")]
    cells = [cell for notebook in notebooks for cell in words_of(notebook)]
    found = {cell.id: cell.source for cell in cells}
    assert len(notebooks) == 2
    assert len(found) == len(cells)
    return found


def test_every_markdown_cell_has_its_welsh_and_no_entry_is_left_over(
    template: dict[str, str],
) -> None:
    translated = {(message.context, message.id) for message in messages(WORDS)}
    assert {
        "missing": set(template.items()) - translated,
        "left over": translated - set(template.items()),
    } == {"missing": set(), "left over": set()}


def test_a_cell_asks_for_the_same_figures_in_both() -> None:
    found = messages(WORDS)
    assert sum(inline(str(message.id)).total() for message in found) > 20
    for message in found:
        assert inline(str(message.id)) == inline(str(message.string)), message.context


def test_a_cell_has_the_same_headings_lists_and_links_in_both() -> None:
    for message in messages(WORDS):
        english, welsh = str(message.id), str(message.string)
        shapes = [
            (
                [level for level, _ in headings(text)],
                len(re.findall(r"^- ", text, re.MULTILINE)),
                re.findall(
                    r"\]\((.*?)\)", re.sub(r"(\.en|\.cy)?(\.html|\.xlsx|\.ipynb)", r"\2", text)
                ),
                text.count("\n\n"),
            )
            for text in (english, welsh)
        ]
        assert shapes[0] == shapes[1], message.context


# ---- Narratives and the study's texts ---------------------------------------------------------


@pytest.fixture(scope="module")
def study() -> Study:
    return read_study(ROOT)


def test_torfaen_s_narrative_is_there_in_both_with_the_same_figures_and_headings(
    study: Study,
) -> None:
    narrative = read_parameters(ROOT, study)["torfaen"].parameters.narrative
    assert list(narrative) == ["leadership", "data_protection", "skills", "decisions"]
    for theme, words in narrative.items():
        english, welsh = words["en"], words["cy"]
        assert inline(english), theme
        assert inline(english) == inline(welsh), theme
        assert [level for level, _ in headings(english)] == [level for level, _ in headings(welsh)]
        assert english.count("\n- ") == welsh.count("\n- "), theme


def test_every_narrative_of_every_council_asks_for_the_same_figures_in_both(study: Study) -> None:
    for council, file in read_parameters(ROOT, study).items():
        for theme, words in file.parameters.narrative.items():
            assert inline(words["en"]) == inline(words["cy"]), (council, theme)


def test_every_text_of_the_study_is_there_in_both_with_the_same_figures(study: Study) -> None:
    parts = (study.about, study.questionnaire, study.maturity, study.good_practice)
    pairs = [pair for part in parts for pair in pairs_of(part.model_dump())]
    assert len(pairs) > 100
    for pair in pairs:
        assert set(pair) == {"en", "cy"}, pair
        assert all(text.strip() for text in pair.values()), pair
        assert inline(pair["en"]) == inline(pair["cy"]), pair


def pairs_of(node: Any) -> Iterator[dict[str, str]]:
    """Yield each mapping of languages to text."""
    if isinstance(node, dict):
        if set(node) & {"en", "cy"}:
            yield node
            return
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from pairs_of(child)
