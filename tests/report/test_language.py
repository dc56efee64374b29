"""An edition's words: each from a catalogue that holds its present English, or an error."""

from datetime import date
from pathlib import Path

import pytest

from helpers.errors import WorkbookError
from helpers.report.languages.language import Language, read_catalogue, translate

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Contents"
msgstr "Cynnwys"

#, fuzzy
msgid "Level"
msgstr "Lefel"

msgid "Group"
msgstr ""

msgctxt "skills"
msgid "What we found"
msgstr "Yr hyn a ganfuom"

#, fuzzy
msgctxt "decisions"
msgid "What we found"
msgstr "Yr hyn a ganfuwyd"
"""


@pytest.fixture
def catalogue(tmp_path: Path):
    (tmp_path / "cy.po").write_text(CATALOGUE, encoding="utf-8")
    return read_catalogue(tmp_path / "cy.po", "notebooks/locale/cy.po")


def test_a_label_is_in_the_edition_s_language_with_its_values():
    assert Language("en").label("Level {level}", level=2) == "Level 2"
    assert Language("cy").label("Level {level}", level=2) == "Lefel 2"


def test_a_value_with_braces_is_left_as_it_is():
    label = Language("cy").label("Statements: {theme}", theme="{theme} {0}")
    assert label == "Gosodiadau: {theme} {0}"


def test_a_label_without_a_translation_is_an_error_that_quotes_it():
    with pytest.raises(WorkbookError) as caught:
        Language("cy").label("A label that nobody wrote")
    assert caught.value.message == (
        "'A label that nobody wrote' has no translation of its present text; add it"
    )


def test_a_language_without_a_catalogue_is_an_error_that_names_the_file():
    with pytest.raises(WorkbookError) as caught:
        Language("fr").label("Contents")
    assert caught.value.message == (
        "helpers/report/languages/locale/fr.po:1:1: missing file; the study has the language 'fr': "
        "add its catalogue"
    )


ONE = (
    "This is a translation: {number} of the {total} texts that it draws on has not "
    "yet been reviewed by a qualified translator."
)
MORE = ONE.replace("has not", "have not")
# A number is followed by one text (testun), which mutates after two (destun), and after three and
# six (thestun); after any other it is in the plural (o destunau).
WELSH = {
    0: "0 o destunau, allan o'r 9 y mae'n tynnu arnynt, wedi'u hadolygu",
    1: "1 testun, allan o'r 9 y mae'n tynnu arnynt, wedi'i adolygu",
    2: "2 destun, allan o'r 9 y mae'n tynnu arnynt, wedi'u hadolygu",
    3: "3 thestun, allan o'r 9 y mae'n tynnu arnynt, wedi'u hadolygu",
    4: "4 o destunau, allan o'r 9 y mae'n tynnu arnynt, wedi'u hadolygu",
    6: "6 thestun, allan o'r 9 y mae'n tynnu arnynt, wedi'u hadolygu",
    7: "7 o destunau, allan o'r 9 y mae'n tynnu arnynt, wedi'u hadolygu",
    1044: "1,044 o destunau, allan o'r 9 y mae'n tynnu arnynt, wedi'u hadolygu",
}


@pytest.mark.parametrize("number", WELSH)
def test_a_count_takes_the_form_that_its_number_asks_for(number: int):
    said = Language("cy").counted(number, ONE, MORE, total=9)
    assert said == f"Cyfieithiad yw hwn: nid yw {WELSH[number]} eto gan gyfieithydd cymwysedig."


def test_english_has_two_forms():
    said = [Language("en").counted(number, ONE, MORE, total=9) for number in (0, 1, 2)]
    assert [" ".join(text.split()[3:9]) for text in said] == [
        "translation: 0 of the 9 texts",
        "translation: 1 of the 9 texts",
        "translation: 2 of the 9 texts",
    ]
    assert [text.split()[13] for text in said] == ["have", "has", "have"]


def test_a_count_without_a_translation_is_an_error_that_quotes_it():
    with pytest.raises(WorkbookError) as caught:
        Language("cy").counted(2, "{number} thing", "{number} things")
    assert caught.value.message == (
        "'{number} thing' has no translation of its present text; add it"
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"msgid \xff", "1:7: byte 0xff is not UTF-8; save the file as a catalogue in UTF-8"),
        (
            b'msgid ""\nmsgstr ""\n\nfoo bar\n',
            "4:1: not a catalogue of gettext: Unknown or misformatted keyword; mend this line",
        ),
        (
            b'msgid ""\nmsgstr "Plural-Forms: nplurals=x; plural=n;\\n"\n',
            "1:1: its header cannot be read: invalid literal for int() with base 10: 'x'; "
            "take it from another catalogue",
        ),
    ],
    ids=["encoding", "syntax", "header"],
)
def test_a_spoilt_catalogue_is_an_error_with_its_place(tmp_path: Path, content: bytes, told: str):
    (tmp_path / "ga.po").write_bytes(content)
    with pytest.raises(WorkbookError) as caught:
        read_catalogue(tmp_path / "ga.po", "notebooks/locale/ga.po")
    assert caught.value.message == f"notebooks/locale/ga.po:{told}"


def test_a_date_is_written_as_each_language_writes_it():
    published = date(2018, 12, 6)
    assert Language("en").date(published) == "6 December 2018"
    assert Language("cy").date(published) == "6 Rhagfyr 2018"


def test_a_date_s_month_is_not_the_short_one():
    assert Language("cy").date(date(2025, 2, 21)) == "21 Chwefror 2025"


def test_a_translation_is_found_by_its_english(catalogue):
    assert translate(catalogue, "Contents") == "Cynnwys"


@pytest.mark.parametrize("text", ["Level", "Group", "contents"], ids=["fuzzy", "empty", "changed"])
def test_a_translation_that_nobody_confirmed_is_not_used(catalogue, text: str):
    with pytest.raises(WorkbookError) as caught:
        translate(catalogue, text)
    assert caught.value.message == f"'{text}' has no translation of its present text; add it"


def test_a_cell_s_translation_is_its_own(catalogue):
    assert translate(catalogue, "What we found", "skills") == "Yr hyn a ganfuom"
    with pytest.raises(WorkbookError, match="'What we found' has no translation"):
        translate(catalogue, "What we found")


@pytest.mark.parametrize(
    ("text", "cell"),
    [("What we found", "decisions"), ("What we have found", "skills"), ("What we found", "new")],
    ids=["fuzzy", "changed", "unknown"],
)
def test_a_cell_s_stale_translation_is_an_error_that_names_the_cell(catalogue, text, cell):
    with pytest.raises(WorkbookError) as caught:
        translate(catalogue, text, cell)
    assert caught.value.message == (f"cell '{cell}' has no translation of its present text; add it")
