"""A released comment is shown as it was written, marked for what it is, and never as code."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from helpers.errors import UsageError
from helpers.report.content.own_words import render_comments
from helpers.report.languages.language import Language
from helpers.report.languages.names import Names
from helpers.report.opening import open_report
from helpers.study.comments import Comment
from helpers.study.reading import read_study

NASTY = 'First <script>alert(1)</script> & "more" {eval}`agree("L1")`\nsecond **line**'


@pytest.fixture
def names(shipped: Path) -> Names:
    return Names(read_study(shipped), Language("en"))


def shown(names: Names, status: str = "illustrative") -> BeautifulSoup:
    comment = Comment("a", "torfaen", "skills", NASTY)
    return BeautifulSoup(render_comments([comment], status, names), "html.parser")


def test_what_somebody_wrote_is_text_and_keeps_its_lines(names: Names) -> None:
    (quote,) = shown(names).find_all("blockquote")
    assert quote.find("script") is None
    assert [element.name for element in quote.find_all()] == ["p", "br"]
    assert quote.get_text("\n") == NASTY


def test_no_language_is_claimed_and_none_is_translated(names: Names) -> None:
    quote = shown(names).blockquote
    assert (quote["lang"], quote["translate"]) == ("", "no")


def test_comments_that_are_made_up_are_marked_so_and_real_ones_are_not(names: Names) -> None:
    mark = "Illustrative data: these are not real answers."
    assert mark in shown(names).find(class_="note").text
    assert mark not in shown(names, "published").find(class_="note").text


@pytest.mark.parametrize(
    ("edition", "heading"),
    [("en", "Respondents' own words"), ("cy", "Geiriau'r ymatebwyr eu hunain")],
)
def test_a_theme_shows_its_released_comments_and_no_others(
    shipped: Path, monkeypatch: pytest.MonkeyPatch, edition: str, heading: str
) -> None:
    monkeypatch.setenv("WORKBOOK_FOLDER", str(shipped))
    report = open_report("torfaen", edition, "", comments=["3c74a040603e"])
    page = BeautifulSoup(report.comments("data_protection").html, "html.parser")
    assert page.h4.text == heading
    (quote,) = page.find_all("blockquote")
    assert quote.text.startswith("I would rather not share at all than get it wrong")
    assert report.comments("skills") is None


def test_without_a_release_nothing_is_shown(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBOOK_FOLDER", str(shipped))
    report = open_report("torfaen", "en", "")
    assert [report.comments(theme) for theme in report.study.about.themes] == [None] * 4


def test_a_digest_that_releases_nothing_stops_the_report(
    shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBOOK_FOLDER", str(shipped))
    with pytest.raises(UsageError, match="no comment of 'torfaen' has the digest '000000000000'"):
        open_report("torfaen", "en", "", comments=["000000000000"])
