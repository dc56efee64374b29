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

from helpers.report.binding.markdown import find_inline, headings
from helpers.report.binding.unbound import find_unbound
from helpers.report.languages.language import forms_of
from helpers.report.notebook.whole import register_of
from helpers.study.definition import Study
from helpers.study.parameters import parameter_files, read_each, read_parameter_file
from helpers.study.reading import read_study
from labels import TEMPLATE, all_labels, called, modules, named_values, texts

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "src" / "helpers" / "report"
LABELS, WORDS = REPORT / "languages" / "locale" / "cy.po", ROOT / "notebooks" / "locale" / "cy.po"
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


def test_both_editions_of_every_council_have_the_same_register_but_for_words(built: Path) -> None:
    folders = [path.parent for path in sorted((built / "outputs").glob("*/report.en.ipynb"))]
    assert len(folders) == 22
    for folder in folders:
        english, welsh = (
            [without_words(row) for row in register_of(nbformat.read(path, as_version=4))]
            for path in (folder / f"report.{code}.ipynb" for code in LANGUAGES)
        )
        assert len(english) > 100
        assert english == welsh, folder.name


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
    """A record of the register without words: what sentences print as claims and numbers only."""
    prose = [
        (said["claim"] or said["how"], re.findall(r"\d+", said["display"]))
        for said in record["prose"]
    ]
    display = None if record["word"] else record["display"]
    return {**record, "prose": prose, "display": display}


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
    words = "data-printed"  # how sentences print it, in their language
    english, welsh = (
        [
            {name: row[name] for name in row.attrs if name.startswith("data-") and name != words}
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

USED = all_labels()


def test_the_labels_in_use_are_found() -> None:
    assert {
        "Contents",  # given straight
        "Number invited",  # by map
        "Response rate",  # by a loop
        "Others",
        "How many have this level, as computed.",  # by a table of messages
        "Published figures.",  # by a name
        "95% interval",
        (  # with its plural
            "This is a translation: {number} of the {total} texts that it draws on has not "
            "yet been reviewed by a qualified translator.",
            "This is a translation: {number} of the {total} texts that it draws on have not "
            "yet been reviewed by a qualified translator.",
        ),
    } <= USED
    assert 50 < len(USED) < 300


def test_no_label_is_given_in_a_way_that_these_tests_cannot_follow() -> None:
    """A label that is put together as the program runs would escape the catalogue."""
    lost = [
        (module, node.lineno, ast.unparse(node))
        for module, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) == "label" and node.args
        if not list(texts(node.args[0], named_values(tree)))
    ]
    assert lost == []


@pytest.mark.parametrize("path", [LABELS, TEMPLATE], ids=["Welsh", "template"])
def test_every_label_has_its_entry_and_no_entry_is_left_over(path: Path) -> None:
    """The template is what `workbook check` holds catalogues to; tests/labels.py writes it."""
    entries = {message.id for message in messages(path)}
    assert {"missing": USED - entries, "left over": entries - USED} == {
        "missing": set(),
        "left over": set(),
    }


@pytest.mark.parametrize("path", [LABELS, WORDS], ids=["labels", "template"])
def test_no_translation_is_empty_unconfirmed_or_a_copy(path: Path) -> None:
    found = messages(path)
    assert len(found) > 20
    same = [message.id for message in found if message.string == message.id]
    assert {
        "empty": [message.id for message in found if not all(map(str.strip, forms_of(message)))],
        "fuzzy": [message.id for message in found if message.fuzzy],
        "copy": same,
    } == {"empty": [], "fuzzy": [], "copy": []}


def english_of(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def test_a_label_has_the_same_places_for_values_in_both() -> None:
    for message in messages(LABELS):
        places = {
            tuple(sorted(re.findall(r"\{\w*\}", text)))
            for text in (*english_of(message), *forms_of(message))
        }
        assert len(places) == 1, message.id


# Words after which the first letter of the next may change: prepositions, possessives, particles
# and numbers. After the article only a feminine noun changes, but nobody knows which a name is.
MUTATING = """
    a â am ar at dan dros drwy gan gyda heb hyd i ei eu ein eich dy fy mewn na nac neu no o oni pan
    pur rhy rhwng tan tra trwy tua un dau dwy tri chwe wrth y ym yn yng yr
"""
# What stands for a number or a phrase that is never mutated in writing, and not for a name.
NEVER_MUTATED = {
    *("apart", "base", "count", "high", "level", "low", "number", "numbers", "other", "others"),
    *("rate", "said", "share", "total", "date", "status"),
}


def mutated(text: str) -> list[str]:
    """The places of names in a Welsh text that follow a word which would mutate them."""
    words = "|".join(MUTATING.split())
    after = rf"(?:\b(?:{words})|['’](?:i|u|r|n|w|ch|m|th))[ \n]+[“(]?\{{(\w+)\}}"
    return [name for name in re.findall(after, text) if name not in NEVER_MUTATED]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Adroddiadau i {council}", ["council"]),
        ("gan y {unit}, ac o’r {area}", ["unit", "area"]),
        ("ymatebion i'r {unit}", ["unit"]),
        ("gweddill {area}: {council}", []),
        ("{low} i {high} o bobl", []),
    ],
)
def test_a_place_where_a_name_would_mutate_is_found(text: str, found: list[str]) -> None:
    assert mutated(text) == found


def test_one_thing_has_one_name_in_welsh(study: Study) -> None:
    """A pact is no agreement with a statement, and a base has one word on pages and in data."""
    said = " ".join(text for message in messages(LABELS) for text in forms_of(message))
    assert not re.search(r"\b[cg]ytundeb|\by sail\b", said, re.IGNORECASE)
    (label,) = [found for found in messages(LABELS) if found.id == "not clearly different"]
    (claim,) = study.quantity_words.claims["not_clearly_different"].forms["cy"]
    assert label.string == claim


def test_half_of_a_team_needs_no_preposition_in_welsh() -> None:
    narrative = (ROOT / "params" / "torfaen.yaml").read_text(encoding="utf-8")
    assert '("tua hanner")` y tîm' in narrative
    assert not re.search(r'hanner"\)` o', narrative)


def test_no_welsh_label_needs_a_mutated_name() -> None:
    found = [text for message in messages(LABELS) for text in forms_of(message) if mutated(text)]
    assert found == []


# Labels that hold a word for a quantity or a number, and why they may.
HIGH = "('at most {number} other is as high or higher', 'at most {number} others are as high or higher')"  # noqa: E501
LOW = "('at most {number} other is as low or lower', 'at most {number} others are as low or lower')"
BOUND = {
    "fewer than half": "printed of a small group, by its counts",
    "around half": "printed of a small group, by its counts",
    "more than half": "printed of a small group, by its counts",
    "higher": "printed of a difference, by its interval",
    "lower": "printed of a difference, by its interval",
    "not clearly different": "printed of a difference, by its interval",
    "Most favourable: {best}. Least favourable: {worst}.": "an order",
    "Most favourable answers": "an order",
    "Lower quartile": "the name of a statistic",
    "95% interval": "the name of a statistic",
    "All reports": "the title of their list",
    "at most {share}, by exact count": "says when words may be said",
    "no one at all": "says when words may be said",
    "everyone without exception": "says when words may be said",
    "not everyone": "says when words may be said",
    "but not everyone": "says when words may be said",
    "no other is as high or higher": "says when words may be said",
    "no other is as low or lower": "says when words may be said",
    HIGH: "says when words may be said",
    LOW: "says when words may be said",
    "The interval of the difference lies above zero": "says when words may be said",
    "The interval of the difference lies below zero": "says when words may be said",
    "The interval of the difference holds zero": "says when words may be said",
}


def test_no_label_holds_a_number_or_a_word_for_a_quantity(study: Study) -> None:
    """Headlines, subtitles and descriptions of charts are made of labels and of figures."""
    found = {
        str(message.id)
        for message in messages(LABELS)
        for code, forms in (("en", english_of(message)), ("cy", forms_of(message)))
        for text in forms
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


def test_nobody_s_views_are_claimed_of_whom_none_may_have_replied() -> None:
    """At a council of which no elected member replied, the findings are not theirs."""
    (part,) = [message for message in messages(WORDS) if message.context == "part-2"]
    assert "the views of everyone who replied" in part.id
    assert "elected members" not in part.id
    assert "ymhlith pawb a ymatebodd" in part.string
    assert "aelodau etholedig" not in part.string


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
    narrative = read_parameter_file(ROOT / "params/torfaen.yaml", study).parameters.narrative
    assert list(narrative) == ["leadership", "data_protection", "skills", "decisions"]
    for theme, words in narrative.items():
        english, welsh = words["en"], words["cy"]
        assert inline(english), theme
        assert inline(english) == inline(welsh), theme
        assert [level for level, _ in headings(english)] == [level for level, _ in headings(welsh)]
        assert english.count("\n- ") == welsh.count("\n- "), theme


def test_every_narrative_of_every_council_asks_for_the_same_figures_in_both(study: Study) -> None:
    for council, file in read_each(parameter_files(ROOT), study)[0].items():
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
