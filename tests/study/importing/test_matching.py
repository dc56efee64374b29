"""What people type is matched whatever its capitals, quotes, dashes and spaces; never by guess."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import ROOT

from helpers.study.files.spelling import normalise
from helpers.study.importing.exports import Export
from helpers.study.importing.layouts import Column, read_table
from helpers.study.importing.matching import (
    Uses,
    answers_of,
    council_columns,
    councils_of,
    retired_hint,
)
from helpers.study.reading import read_study

STUDY = read_study(ROOT)
SCALE = [text for texts in STUDY.questionnaire.scale.values() for text in texts.values()]


@given(st.text())
def test_normalising_again_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


@given(
    st.sampled_from(
        [text for texts in STUDY.questionnaire.scale.values() for text in texts.values()]
    ),
    st.sampled_from([str.upper, str.lower, str.title, str.swapcase]),
    st.sampled_from(["'", "’", "‘", "`", "´", "ʼ", ""]),
    st.sampled_from([" ", "  ", "\u00a0", "\t", "\r\n", " \u200b"]),
    st.sampled_from(["", " ", ".", " ;", "\ufeff"]),
)
def test_a_scale_text_is_known_in_any_dress(text, case, quote, space, end):
    dressed = case(text.replace("'", quote).replace(" ", space)) + end
    assert (
        answers_of(STUDY.questionnaire)[normalise(dressed)]
        == answers_of(STUDY.questionnaire)[normalise(text)]
    )


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("CYTUNO'N GRYF", "strongly_agree"),
        ("Neither agree or disagree", "neither"),
        ("Ddim yn cytuno nac anghytuno", "neither"),
        ("dont_know", "dont_know"),
        ("Do not know", "dont_know"),
        ("strongly disagree.", "strongly_disagree"),
    ],
)
def test_other_spellings_stand_for_their_point(text, point):
    assert answers_of(STUDY.questionnaire)[normalise(text)] == point


@pytest.mark.parametrize("text", ["1", "5", "Somewhat agree", "n/a", "-", "?", ".", "Not sure"])
def test_numbers_and_unknown_words_stand_for_nothing(text):
    assert normalise(text) not in answers_of(STUDY.questionnaire)
    assert normalise(text) != ""


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("W06000020", "torfaen"),
        ("Torfaen County Borough Council", "torfaen"),
        ("Cyngor Bwrdeistref Sirol Torfaen", "torfaen"),
        ("Dorfaen", "torfaen"),
        ("YNYS MÔN", "isle-of-anglesey"),
        ("Mhowys", "powys"),
        ("isle-of-anglesey", "isle-of-anglesey"),
        ("Isle  of Anglesey", "isle-of-anglesey"),
    ],
)
def test_a_council_is_known_by_each_of_its_names_and_codes(text, slug):
    assert councils_of(STUDY)[normalise(text)] == slug


def test_a_retired_code_has_a_hint_and_is_no_name():
    assert normalise("W06000007") not in councils_of(STUDY)
    assert retired_hint(" w06000007 ", STUDY) == "code 'W06000007' is retired; use 'W06000023'"
    assert retired_hint("Powys", STUDY) == ""


L1 = STUDY.questionnaire.statements["L1"].text


@pytest.mark.parametrize(
    ("codes", "texts", "uses"),
    [
        (["l1"], [""], {"L1"}),
        (["Q7"], [L1["en"].upper()], {"L1"}),
        (["Q7"], [L1["cy"].replace("'", "’")], {"L1"}),
        (["L1"], [L1["cy"]], {"L1"}),
        (["L2"], [L1["en"]], {"L1", "L2"}),  # a code and a text that do not agree
        (["comments_skills"], [""], {"comments_skills"}),
        (["L"], ["The council has a vision"], set()),
        ([""], [""], set()),
    ],
)
def test_a_column_is_known_by_code_and_by_text(codes, texts, uses):
    column = Column(1, "c", tuple(codes), tuple(texts))
    assert Uses(STUDY.questionnaire).of(column) == uses


def test_half_of_the_texts_must_name_a_council_for_a_column_to_be_theirs():
    """One of two does in the first column, one of three in the second."""
    rows = [["Torfaen", "Torfaen"], ["Elsewhere", "Elsewhere"], ["TORFAEN", "Nowhere"], ["", ""]]
    table = read_table(Export("a.csv", "", "", list(enumerate([["Body", "Office"], *rows]))))
    [found] = council_columns(table, table.columns, councils_of(STUDY))
    assert found.name == "Body"
