"""What must hold between figures, editions and councils is checked on their registers."""

from pathlib import Path

import pytest

from helpers.review.consistency import (
    check_constants,
    check_languages,
    check_parts,
    check_totals,
)
from helpers.review.reperforming import Performed
from helpers.study.definition import Study
from helpers.study.reading import read_study


@pytest.fixture(scope="module")
def study(shipped: Path) -> Study:
    return read_study(shipped)


def record(expression: str, count: int | None = None, base: int | None = None, **more) -> dict:
    return {
        "expression": expression,
        "statistic": expression.split("(")[0],
        "kind": "count" if base is None else "share",
        "value": None,
        "count": count,
        "base": base,
        "display": str(count),
        "prose": [],
        "drawn": None,
        **more,
    }


def edition(*records: dict, council: str = "torfaen", code: str = "en") -> Performed:
    return Performed(council, code, published=list(records))


def told(findings) -> list[str]:
    return [finding.told for finding in findings]


def test_groups_must_add_up_to_their_total(study: Study):
    """59 officers and 44 members are 103 people, as in the published report."""
    groups = record('invited("officers")', 59), record('invited("members")', 44)
    assert told(check_parts(edition(*groups, record('invited("total")', 103)), study)) == []
    assert told(check_parts(edition(*groups, record('invited("total")', 104)), study)) == [
        'the count of invited("total") is 104, of its parts together 103'
    ]


def test_a_sum_of_which_a_part_is_hidden_is_not_judged(study: Study):
    officers = record('agree("L1", group="officers")', 8, 30)
    hidden = record('agree("L1", group="members")')
    assert told(check_parts(edition(officers, hidden, record('agree("L1")', 12, 42)), study)) == []
    shown = record('agree("L1", group="members")', 4, 11)
    assert told(check_parts(edition(officers, shown, record('agree("L1")', 12, 42)), study)) == [
        'the base of agree("L1") is 42, of its parts together 41'
    ]


def test_answers_cannot_be_more_than_those_who_answered(study: Study):
    answers = record('agree("L1")', 12, 41), record('disagree("L1")', 30, 41)
    assert told(check_parts(edition(*answers), study)) == [
        'agree("L1"), disagree("L1") count 42 people on bases of [41]'
    ]


def test_a_rate_rests_on_the_people_printed_beside_it(study: Study):
    rate = record('response_rate("total")', 42, 103)
    people = record('responses("total")', 43), record('invited("total")', 103)
    assert told(check_parts(edition(rate, *people), study)) == [
        'response_rate("total") has the count 42; responses("total") is 43'
    ]


def test_both_languages_hold_the_same_figures():
    """How a language prints a word is its own."""
    said = {"how": '.says("around half")', "claim": "around_half", "display": "around half"}
    cy = {"how": '.says("tua hanner")', "claim": "around_half", "display": "tua hanner"}
    one = edition(record('agree("L1")', 5, 10, prose=[said]))
    other = edition(record('agree("L1")', 5, 10, prose=[cy], display="5"), code="cy")
    assert told(check_languages([one, other])) == []
    other = edition(record('agree("L1")', 4, 10, prose=[cy]), code="cy")
    assert told(check_languages([one, other])) == ["agree(\"L1\") is not the same as in 'en'"]
    other = edition(record('agree("L2")'), code="cy")
    assert sorted(told(check_languages([one, other]))) == [
        f"agree(\"{code}\") is not the same as in 'en'" for code in ("L1", "L2")
    ]


def test_what_is_said_of_the_area_is_the_same_everywhere():
    here = edition(record('national("L1")', 400, 1000))
    there = edition(record('national("L1")', 401, 1000), council="newport")
    own = edition(record('agree("L1")', 4, 10)), edition(record('agree("L1")', 5, 10))
    assert told(check_constants([*own, here, here])) == []
    assert told(check_constants([here, there])) == [
        'national("L1") is 401; it is 400 in torfaen/en'
    ]


def test_national_totals_are_the_sums_of_all_councils():
    councils = [
        edition(record('invited("total")', 103)),
        edition(record('invited("total")', 97), council="newport"),
    ]
    right = edition(record('national_invited("total")', 200), council="national")
    wrong = edition(record('national_invited("total")', 201), council="national", code="cy")
    assert told(check_totals([*councils, right], 2)) == []
    assert told(check_totals([*councils, wrong], 3)) == []  # one does not stand
    [finding] = check_totals([*councils, right, wrong], 2)
    assert finding.told == (
        'the count of national_invited("total") is 201, of its parts together 200'
    )
    assert finding.file == "national/cy"
