"""No number and no word for a quantity stands in prose unbound, however slyly it is written.

The findings are worked by hand: what is read, and the line and column at which it is written.
"""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beside import beside
from helpers.report.binding.prose import FACT, FIGURE, NOT_READ, read_prose
from helpers.report.binding.unbound import Loose, find_unbound
from helpers.study.quantity_words import QuantityWords
from helpers.study.reading import read_study

STUDY = read_study(Path(__file__).parents[2])
WORDS = STUDY.quantity_words

Found = list[tuple[str, int, int]]


def found(text: str, language: str = "en") -> Found:
    return [(loose.written, *loose.place) for loose in find_unbound(text, WORDS, language)]


def read(text: str) -> list[str]:
    return [reading.text for reading in read_prose(text)]


NUMBERS: dict[str, Found] = {
    "41% of them agree.": [("41%", 1, 1)],
    "In 1,200 homes, 3.5 days": [("1,200", 1, 4), ("3.5", 1, 17)],
    "the 1st of the 22nd": [("1st", 1, 5), ("22nd", 1, 16)],
    "It cost £5m or € 7.": [("£5m", 1, 9), ("€ 7", 1, 16)],
    "a ½ share, or ⅓": [("1⁄2", 1, 3), ("1⁄3", 1, 15)],
    "２４％ and ٤١": [("24%", 1, 1), ("٤١", 1, 9)],
    "4**1**% agree": [("41%", 1, 1)],
    "&#52;1% and 4&#49;%": [("41%", 1, 1), ("41%", 1, 13)],
    r"a \4 b": [("4", 1, 3)],
    "<b>41%</b> <!-- 7 -->": [("41%", 1, 4), ("7", 1, 17)],
    "4\u200b1% or 4\u00ad1%": [("41%", 1, 1), ("41%", 1, 9)],
    "4&#8203;1%": [("41%", 1, 1)],
    "Of these,\n41\nagree": [("41", 2, 1)],
    "- a\n  - é 41": [("41", 2, 7)],
    "> no\n> 41": [("41", 2, 3)],
    "| a | b |\n|---|---|\n| 4 | 4 |": [("4", 3, 3), ("4", 3, 7)],
    "#### Only 12\n\nand 5": [("12", 1, 11), ("5", 3, 5)],
    "[12 of them](https://example.org/41)": [("12", 1, 2)],
    '[them](https://example.org "41% agree")': [("41%", 1, 1)],
    "as told [1] and [^2]": [("1", 1, 10), ("2", 1, 19)],
    'L1: {eval}`agree("L1")`5': [("L1", 1, 1), ("5", 1, 24)],
    "<https://example.org/41> and https://example.org/2/41 and a4@example.org": [],
    "`41` and {sub}`2`\n\n    41\n\n```\n41\n```": [],
    "1. One\n2. Another\n\n41) More": [],
    "Part IV, XIX and Ⅳ": [],
}


@pytest.mark.parametrize(("text", "findings"), NUMBERS.items())
def test_a_number_is_found_where_it_is_read(text: str, findings: Found) -> None:
    assert found(text) == findings
    assert found(text, "cy") == findings


PHRASES: dict[str, Found] = {
    "Around half agree, and most": [("Around half", 1, 1), ("most", 1, 24)],
    "**mo**st agree": [("most", 1, 3)],
    "around *half*": [("around half", 1, 1)],
    "[around](https://example.org) half": [("around half", 1, 2)],
    "around\nhalf": [("around half", 1, 1)],
    "around  \n  half": [("around half", 1, 1)],
    "so\naround\u00a0half": [("around half", 2, 1)],
    "mo\u200bst and mo\u00adst": [("most", 1, 1), ("most", 1, 11)],
    "ｍｏｓｔ": [("most", 1, 1)],
    "m&#111;st": [("most", 1, 1)],
    "MOST": [("MOST", 1, 1)],
    "almost, fewer, tens, halfway, ones": [],
    "Mostly, numerous officers": [("Mostly", 1, 1), ("numerous", 1, 9)],
    "hardly anybody, the lion’s share": [("hardly anybody", 1, 1), ("the lion's share", 1, 17)],
    "overwhelmingly so": [("overwhelmingly", 1, 1)],
    "around two-thirds": [("around two-thirds", 1, 1)],
    "two-thirds": [("two", 1, 1), ("thirds", 1, 5)],
    "two hundred officers": [("two", 1, 1), ("hundred", 1, 5)],
    "the three highest in Wales": [("three", 1, 5)],
    "one of the three highest": [("one of the three highest", 1, 1)],
    "many, several": [("many", 1, 1), ("several", 1, 7)],
    "| most | few |\n|---|---|\n| a | all |": [
        ("most", 1, 3),
        ("few", 1, 10),
        ("all", 3, 7),
    ],
    "#### What most say": [("most", 1, 11)],
    '{eval}`agree("L1").says("most")` agree': [],
}


@pytest.mark.parametrize(("text", "findings"), PHRASES.items())
def test_a_word_for_a_quantity_is_found_where_it_is_read(text: str, findings: Found) -> None:
    assert found(text) == findings


FREE: dict[str, Found] = {
    "In 2018, by 2017-2020 and (1996)": [],
    "2018/19 and 2018–19": [],
    "£2018, 2018%, 2,018 or 2000": [
        ("£2018", 1, 1),
        ("2018%", 1, 8),
        ("2,018", 1, 15),
        ("2000", 1, 24),
    ],
    "the Freedom of Information Act 2000 and the Act (2015)": [],
    "on 6 December 2018, on 31 May": [],
    "41 December": [("41", 1, 1)],
    "Part 2, Parts 1 and 2": [],
    "Part 41 and part 2": [("41", 1, 6), ("2", 1, 18)],
    "to make the *most*\nof it, at all": [],
    "at most": [("most", 1, 4)],
    "the majority group": [],
    "the majority agree": [("the majority", 1, 1)],
    "third-party, third party": [],
    "Too few people": [],
    "an all-Wales plan for the next\nfew years": [],
    "among everyone who answered": [],
    "Everyone who answered agrees": [("Everyone", 1, 1)],
    "what matters most, in-house or high-level, for half-day": [],
    "paragraph 12, Table 3.1, Annex 2 and ISO 27001:2013": [],
    "Table 41%": [("41%", 1, 7)],
}


@pytest.mark.parametrize(("text", "findings"), FREE.items())
def test_an_idiom_or_a_pattern_covers_what_is_inside_it_and_no_more(
    text: str, findings: Found
) -> None:
    assert found(text) == findings


WELSH: dict[str, Found] = {
    "Mae tua hanner a dros hanner": [("tua hanner", 1, 5), ("dros hanner", 1, 18)],
    "41 y cant": [("41", 1, 1), ("y cant", 1, 4)],
    "beth y cânt ei rannu": [],
    "un o’r tri uchaf": [("un o'r tri uchaf", 1, 1)],
    "y rhan\nfwyaf": [("y rhan fwyaf", 1, 1)],
    "*ddwy*waith": [("ddwywaith", 1, 2)],
    "uwch arweinwyr ac is-gadeirydd": [],
    "yn uwch nag": [("yn uwch", 1, 1)],
    "Deddf Rhyddid Gwybodaeth 2000, Rhan 2, 6 Rhagfyr 2018": [],
    "around half": [],
    "gan mwyaf, rhan helaeth": [("gan mwyaf", 1, 1), ("rhan helaeth", 1, 12)],
    "unarddeg neu ddeuparth": [("unarddeg", 1, 1), ("ddeuparth", 1, 14)],
    "Deddf y Gymraeg a dwy ran o dair yn 2018": [("dwy", 1, 19), ("dair", 1, 29)],
    "Yn ôl Deddf Cymru, roedd 41% yn cytuno yn 2018": [("41%", 1, 26)],
    "Deddf Llesiant Cenedlaethau'r Dyfodol (Cymru) 2015": [],
    "ymhlith pawb a atebodd": [],
    "Mae pawb a atebodd": [("pawb", 1, 5)],
    "Mae pob un yn unfrydol": [("pob un", 1, 5), ("yn unfrydol", 1, 12)],
    "y ddau dîm, is-grŵp, hanner diwrnod, yn deg": [],
    "paragraff 12, Tabl 3.1, ISO 27001": [],
}


@pytest.mark.parametrize(("text", "findings"), WELSH.items())
def test_welsh_has_its_own_words(text: str, findings: Found) -> None:
    assert found(text, "cy") == findings


RESPONSES = '{eval}`responses("elected_members")`'
FUNDING = '{eval}`fact("leeds_funding")`'
SIGN = "'{}' stands against a figure, which prints its own sign; leave it out"
JOINED = "two figures stand against each other; write a word between them"
BEFORE = (
    "'{}' stands before a figure; say it by a claim, such as "
    '{{eval}}`….says("more than half")`, or leave it out'
)


def told(text: str, language: str = "en") -> list[str]:
    return [loose.explain(STUDY) for loose in find_unbound(text, WORDS, language)]


BESIDE = {
    f"{RESPONSES}% replied": [SIGN.format("%")],
    f"**{RESPONSES}** % replied": [SIGN.format("%")],
    f"£{RESPONSES} or {RESPONSES}‰": [SIGN.format("£"), SIGN.format("‰")],
    f"{RESPONSES}k, m{RESPONSES}": [SIGN.format("k"), SIGN.format("m")],
    f"2018{RESPONSES} or 2018.{RESPONSES}": [SIGN.format("2018"), SIGN.format("2018.")],
    f"a £5{RESPONSES}1.5% b": [SIGN.format("£5"), SIGN.format("1.5%")],
    f"−{RESPONSES} -{RESPONSES}": [SIGN.format("−"), SIGN.format("-")],
    f"{RESPONSES}{RESPONSES}": [JOINED],
    f"{RESPONSES}.{RESPONSES}": [JOINED],
    f"{RESPONSES}–{RESPONSES}": [JOINED],
    f"{RESPONSES}/**{FUNDING}**": [JOINED],
    f"({RESPONSES}), '{RESPONSES}'; {RESPONSES}: so {RESPONSES}.": [],
    f"{RESPONSES}'s — {RESPONSES}—so, non-{RESPONSES}": [],
    "`a`% and `b`k, £`c`, https://example.org k": [],
    f"raised £{FUNDING}k, over {FUNDING} by now": [],
    f"{FUNDING}% or {FUNDING}5": [SIGN.format("%"), SIGN.format("5")],
    f"More than {RESPONSES} agree": [BEFORE.format("More than")],
    f"no\nmore than **{RESPONSES}**": [BEFORE.format("no more than")],
    f"at most {RESPONSES}, about {RESPONSES}": [BEFORE.format("at most"), BEFORE.format("about")],
    '{eval}`agree("L1")` is not {eval}`agree("L2").says("most")`': [BEFORE.format("not")],
    f"Only {RESPONSES}; more than the {RESPONSES}, over and out": [],
}


@pytest.mark.parametrize(("text", "messages"), BESIDE.items())
def test_what_would_change_the_figure_beside_it_is_refused(text: str, messages: list[str]) -> None:
    assert told(text) == messages


@pytest.mark.parametrize(
    "words", ["Mwy na", "lai na", "dros", "o leiaf", "ar y mwyaf", "bron", "tua", "nid"]
)
def test_welsh_words_before_a_figure_are_refused_and_dim_ond_is_not(words: str) -> None:
    assert told(f"{words} {RESPONSES}", "cy") == [BEFORE.format(words)]
    assert told(f"Dim ond {RESPONSES}, {words} hyn", "cy") == []


BEFORE_FIGURES = {
    "en": (
        *("approximately", "close to", "in excess of", "upwards of", "not quite", "virtually"),
        *("some", "circa", "as much as", "more than a mere", "over some"),
    ),
    "cy": (
        *("bron i", "ymron", "ymron i", "rhyw", "o gwmpas", "yn agos at", "cymaint â"),
        *("cynifer â", "dros ryw"),
    ),
}


@pytest.mark.parametrize(
    ("language", "words"),
    [(language, words) for language, found in BEFORE_FIGURES.items() for words in found],
)
def test_words_that_change_a_figure_are_refused_before_it_alone(language: str, words: str) -> None:
    assert told(f"{words} {RESPONSES}", language) == [BEFORE.format(words)]
    assert told(f"{words} **{RESPONSES}**", language) == [BEFORE.format(words)]
    assert told(f"{RESPONSES}: {words} hyn, {words} {FUNDING}", language) == []


AFTER_FIGURES = {
    "en": ("or more", "or fewer", "or so", "at least", "or less"),
    "cy": ("neu fwy", "neu lai", "o leiaf", "ar y mwyaf"),
}


@pytest.mark.parametrize(
    ("language", "words"),
    [(language, words) for language, found in AFTER_FIGURES.items() for words in found],
)
def test_words_that_change_a_figure_are_refused_after_it_alone(language: str, words: str) -> None:
    message = BEFORE.format(words).replace("before", "after")
    assert told(f"**{RESPONSES}** {words}", language) == [message]
    assert told(f"so\n{RESPONSES}\n{words}.", language) == [message]
    assert told(f"{FUNDING} {words}, so {RESPONSES} x {words}", language) == []
    ((_, line, column),) = found(f"é **{RESPONSES}** {words}", language)
    assert (line, column) == (1, 44)


def test_a_long_finding_is_clipped_in_what_is_told_and_takes_no_long_time() -> None:
    (message,) = told("4" * 60)
    assert message.startswith(f"'{'4' * 39}…' is typed; ")
    lengths = (20_000, 5_000)  # four times as much takes about four times as long, and not 16
    long, short = ("4 " * length + "a" * length + "@" for length in lengths)
    assert len(found(long)) == 20_000
    assert beside(lambda _: found(long), lambda _: found(short), turns=2).ratio < 10


WAY_OUT = (
    "; if it counts nobody, say it otherwise, or have the phrase listed under 'unbound' "
    "in data/study/quantity_words.yaml"
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("41%", "'41%' is typed; expected an inline figure, such as {eval}`agree(\"L1\")`"),
        ("Ten", "'Ten' is typed; expected an inline figure, such as {eval}`agree(\"L1\")`"),
        (
            "Around-half",
            "'Around-half' is not bound to a figure; write {eval}`….says(\"around half\")`",
        ),
        (
            "many",
            "'many' is not bound to a figure, and no claim says it; "
            "write {eval}`….words`, or leave it out",
        ),
    ],
)
def test_what_is_found_is_told_with_what_to_write(text: str, message: str) -> None:
    assert told(text) == [message + WAY_OUT]


def test_without_a_vocabulary_numbers_are_errors_and_words_are_not() -> None:
    loose = list(find_unbound("41 or most in 2018", QuantityWords(), "en"))
    assert loose == [Loose("41", "number", (1, 1)), Loose("2018", "number", (1, 15))]


def test_a_text_is_read_without_its_markup_and_a_figure_is_one_sign() -> None:
    text = '## *A* [b](https://example.org) &amp; `c`\n\n- {eval}`agree("L1")`\n  &nbsp;d\\*'
    assert read(text) == [f"A b & {NOT_READ}", f"{FIGURE}  d*"]
    assert read('{eval}`fact("leeds_jobs")`') == [FACT]


# What may stand inside a word without being read, and what a number may stand among.
HIDING = ["\u200b", "\u00ad", "\u2060", "&#8203;", "&shy;"]
AROUND = ["word ", "\n\n", "\n- ", "`code` ", '{eval}`agree("L1")` ', "é ", "&amp; ", "> ", "*so* "]


@given(st.sampled_from(HIDING), st.integers(1, 10), st.sampled_from(["around half", "41%"]))
def test_nothing_that_is_not_read_hides_a_word(sign: str, at: int, words: str) -> None:
    assert found(words[:at] + sign + words[at:]) == [(words, 1, 1)]


@given(st.integers(1, 10), st.sampled_from(["everyone", "41%"]))
def test_emphasis_of_a_part_hides_no_word(at: int, words: str) -> None:
    assert found(f"**{words[:at]}**{words[at:]}") == [(words, 1, 3)]


@given(st.lists(st.sampled_from(AROUND), max_size=12), st.integers(200, 1900))
def test_a_place_leads_back_to_the_number(parts: list[str], number: int) -> None:
    text = "".join(parts) + f"{number} " + "".join(parts)
    ((written, line, column),) = found(text)
    assert written == str(number)
    assert text.split("\n")[line - 1][column - 1 :].startswith(written)


@given(st.text(max_size=60))
def test_any_text_can_be_read_and_each_sign_has_its_place(text: str) -> None:
    for reading in read_prose(text):
        assert len(reading.text) == len(reading.offsets)
        for index in range(len(reading.text)):
            line, column = reading.place(index)
            assert 1 <= line <= len(re.split("\r\n?|\n", text))
            assert column >= 1
