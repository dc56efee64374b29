"""Another council's name is found in whatever language or form it is written."""

from pathlib import Path

import pytest

from helpers.report.binding.mentions import find_mentions
from helpers.study.reading import read_study

ROOT = Path(__file__).parents[2]
STUDY = read_study(ROOT)
OTHER_STUDY = read_study(ROOT / "tests" / "rse_2017")

Found = list[tuple[str, str, int, int]]


def found(text: str, *allowed: str) -> Found:
    mentions = find_mentions(text, STUDY, allowed)
    return [(mention.written, mention.council, *mention.place) for mention in mentions]


NAMES: dict[str, Found] = {
    "Unlike Cardiff, it": [("Cardiff", "cardiff", 1, 8)],
    "Cardiff's way, or\nin *Newport*": [
        ("Cardiff", "cardiff", 1, 1),
        ("Newport", "newport", 2, 5),
    ],
    "City of Cardiff Council": [("City of Cardiff Council", "cardiff", 1, 1)],
    "Neath Port Talbot": [("Neath Port Talbot", "neath-port-talbot", 1, 1)],
    "Neath  \nPort **Tal**bot": [("Neath Port Talbot", "neath-port-talbot", 1, 1)],
    "yng Nghaerdydd": [("Nghaerdydd", "cardiff", 1, 5)],
    "o Ben-y-bont ar Ogwr": [("Ben-y-bont ar Ogwr", "bridgend", 1, 3)],
    "Cyngor Sir Gâr a Sir Gaerfyrddin": [
        ("Cyngor Sir Gâr", "carmarthenshire", 1, 1),
        ("Sir Gaerfyrddin", "carmarthenshire", 1, 18),
    ],
    "Ynys Mo\u0302n": [("Ynys Môn", "isle-of-anglesey", 1, 1)],
    "#### Lessons from Powys": [("Powys", "powys", 1, 19)],
    "[Gwynedd](https://www.cardiff.gov.uk)": [("Gwynedd", "gwynedd", 1, 2)],
    "Newporters, cardiff, NEWPORT and <https://cardiff.gov.uk>": [],
    "Newcastle and Camden": [],
}


@pytest.mark.parametrize(("text", "names"), NAMES.items())
def test_a_name_is_found_where_it_is_read(text: str, names: Found) -> None:
    assert found(text) == names


def test_a_council_that_may_be_named_is_none() -> None:
    text = "Torfaen, Tor-faen, Nhor-faen, Torfaen County Borough Council, Cardiff, Powys"
    assert [slug for _, slug, *_ in found(text, "torfaen", "cardiff")] == ["powys"]


def test_what_is_found_is_told_with_what_to_do() -> None:
    (mention,) = find_mentions("Unlike Chaerdydd", STUDY, ["torfaen"])
    assert mention.explain(STUDY) == (
        "names 'Chaerdydd', another council; list 'cardiff' under 'mentions', or leave the name out"
    )


def test_names_that_are_words_too_are_not_looked_for() -> None:
    assert list(find_mentions("Other Government work", OTHER_STUDY, [])) == []
