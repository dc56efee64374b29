"""The key to the words for quantities, in plain words and in both languages."""

import pytest

from helpers.report.content.words_table import meaning_of, words_table
from helpers.report.languages.language import Language
from helpers.report.languages.names import Names
from helpers.study.quantity_words import Claim
from helpers.study.reading import read_study


@pytest.fixture(scope="module")
def study(shipped):
    return read_study(shipped)


@pytest.mark.parametrize(
    ("claim", "english", "welsh"),
    [
        ("none", "no one at all", "neb o gwbl"),
        ("all", "everyone without exception", "pawb yn ddieithriad"),
        ("few", "up to 14%, but at least one person", "hyd at 14%, ond o leiaf un person"),
        ("almost_all", "90% or more, but not everyone", "90% neu fwy, ond nid pawb"),
        ("most", "75% or more", "75% neu fwy"),
        ("around_half", "45% to 55%", "45% i 55%"),
        ("lowest", "no other is as low or lower", "nid oes yr un arall cyn ised nac yn is"),
        (
            "three_highest",
            "at most 2 others are as high or higher",
            "2 arall ar y mwyaf sydd cyn uched neu'n uwch",
        ),
        (
            "minority",
            "less than 50%, by exact count, but at least one person",
            "llai na 50%, yn ôl yr union gyfrif, ond o leiaf un person",
        ),
    ],
)
def test_a_meaning_reads_as_a_person_would_say_it(study, claim: str, english: str, welsh: str):
    found = study.quantity_words.claims[claim]
    assert meaning_of(found, Names(study, Language("en"))) == english
    assert meaning_of(found, Names(study, Language("cy"))) == welsh


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"share": {"above": 0}}, "at least one person"),
        ({"share": {"below": 1}}, "not everyone"),
        ({"rank": {"end": "lowest", "places": 2}}, "at most 1 other is as low or lower"),
    ],
)
def test_another_study_s_words_have_a_meaning_too(study, given: dict, said: str):
    claim = Claim.model_validate({"forms": {"en": ["some"]}} | given)
    assert meaning_of(claim, Names(study, Language("en"))) == said


def test_mutated_forms_are_told_once_and_not_listed(study):
    english, welsh = (words_table(Names(study, Language(code))) for code in ("en", "cy"))
    assert english.note == ""
    assert welsh.note == "Mewn brawddeg gall llythyren gyntaf y geiriau hyn dreiglo."
    listed = [row[0] for row in welsh.rows]
    assert "llai na hanner" in listed
    assert "y rhan fwyaf; rhan fwyaf" in listed
    assert not [words for words in listed if "lai na" in words.split("; ") or "bawb" in words]
