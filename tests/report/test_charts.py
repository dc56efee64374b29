"""What a chart promises to the page that it stands in, and to its reader."""

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import partial
from xml.etree import ElementTree

import pytest

from helpers.figures.figure import Figure
from helpers.report.charts.bars import agreement_chart, responses_chart
from helpers.report.charts.drawing import render_figure, swarm, text_width, wrap
from helpers.report.charts.grid import maturity_chart
from helpers.report.charts.paper import BLUE, GREY
from helpers.report.charts.strips import comparison_chart, difference_chart, spread_chart

HOSTILE = """<script>alert("x")</script> & $a$ 'q' id="y" url(#z) ]]> \x00\x0b"""
LONG = (
    "Mae'r cyngor yn gwybod pa aelodau o'i staff sy'n dadansoddi ac yn rheoli data, "
    "ac yn buddsoddi yn eu sgiliau er mwyn gwneud y gorau o'r data sydd ganddo."
)


def share(percent: int | None, *, suppressed: bool = False) -> Figure:
    value = None if percent is None else Fraction(percent, 100)
    return Figure('agree("L1")', "agree", "share", value, "illustrative", "", suppressed=suppressed)


def number(count: int | None) -> Figure:
    value = None if count is None else Fraction(count)
    return Figure("level()", "level", "count", value, "illustrative", "invented")


HIDDEN = share(None, suppressed=True)
SAID = {"title": "A title", "description": "A description"}


def draw_responses(name: str, label: str = "Officers") -> str:
    return responses_chart(name, [(label, share(59), share(44))], ("Torfaen", "Wales"), **SAID)


def draw_agreement(name: str, label: str = LONG) -> str:
    rows = [(label, [share(30), share(12)]), ("A second", [share(7), None])]
    return agreement_chart(name, rows, ["Officers", "Members"], not_asked="not asked", **SAID)


def draw_comparison(name: str, label: str = "Skills", *, dots: bool = True) -> str:
    rows = [(label, share(40), [0.31, 0.4, 0.4, 0.52, 0.6])]
    return comparison_chart(name, rows, ("Torfaen", "Others"), dots=dots, **SAID)


def draw_maturity(name: str, label: str = "Open data", own: int | None = 2) -> str:
    rows = [(label, number(own), [number(3), number(17), number(2)])]
    return maturity_chart(name, rows, ["Level 1", "Level 2", "Level 3"], "Torfaen", **SAID)


def draw_spread(name: str, label: str = "Skills", *, dots: bool = True) -> str:
    rows = [(label, share(40), [0.31, 0.4, 0.4, 0.52, 0.6]), ("Hidden", HIDDEN, [])]
    return spread_chart(name, rows, ("Wales", "Councils"), dots=dots, **SAID)


def draw_differences(name: str, label: str = LONG) -> str:
    rows = [(label, (share(31), share(46))), ("Close", (share(41), share(40)))]
    rows += [("Alike", (share(50), share(50))), ("Hidden", (share(30), HIDDEN))]
    return difference_chart(name, rows, ("Officers", "Members"), **SAID)


EVERY = [
    draw_responses,
    draw_agreement,
    draw_comparison,
    partial(draw_comparison, dots=False),
    draw_maturity,
    draw_spread,
    partial(draw_spread, dots=False),
    draw_differences,
]
every_chart = pytest.mark.parametrize(
    "draw",
    EVERY,
    ids=[
        "responses",
        "agreement",
        "dots",
        "distribution",
        "maturity",
        "spread",
        "spread without dots",
        "differences",
    ],
)


def words(svg: str) -> list[str]:
    return [element.text or "" for element in elements(svg) if element.tag.endswith("text")]


def elements(svg: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter())


def filled(svg: str, colour: str) -> int:
    """How many shapes are filled with the colour, the key's among them."""
    wanted = f"fill: {colour.lower()}"

    def count(element: ElementTree.Element, style: str) -> int:
        style = element.get("style") or style  # else that of its group
        shape = element.tag.endswith(("use", "path", "rect")) and wanted in style
        return shape + sum(count(part, style) for part in element)

    return count(ElementTree.fromstring(svg), "")


@every_chart
def test_a_chart_is_named_and_described_before_anything_else(draw: Callable[[str], str]):
    svg = ElementTree.fromstring(draw("one"))
    assert svg.attrib["role"] == "img"
    assert svg.attrib["aria-labelledby"] == "one-title one-desc"
    title, description = list(svg)[:2]
    assert (title.attrib["id"], title.text) == ("one-title", "A title")
    assert (description.attrib["id"], description.text) == ("one-desc", "A description")


@every_chart
def test_two_charts_share_no_id_and_each_finds_its_own(draw: Callable[[str], str]):
    def ids(svg: str) -> list[str]:
        return [element.attrib["id"] for element in elements(svg) if "id" in element.attrib]

    one, other = draw("one"), draw("other")
    assert not set(ids(one)) & set(ids(other))
    assert len(ids(one)) == len(set(ids(one)))
    assert set(re.findall(r'(?:url\(|href=")#([^)"]+)', one)) <= set(ids(one))


@every_chart
def test_a_chart_is_the_same_bytes_each_time(draw: Callable[[str], str]):
    assert draw("one") == draw("one")


def test_a_chart_is_the_same_bytes_in_another_process_with_its_own_settings(tmp_path):
    (tmp_path / "matplotlibrc").write_text("font.size: 30\naxes.facecolor: red\n")
    script = (
        "import sys; sys.path[:0] = {path!r}; "
        "from tests.report import test_charts as t; "
        "sys.stdout.buffer.write(''.join(draw('one') for draw in t.EVERY).encode())"
    ).format(path=[entry for entry in [*sys.path, "."] if entry])
    environment = {"MATPLOTLIBRC": str(tmp_path / "matplotlibrc"), "PYTHONHASHSEED": "7"}
    fresh = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, check=True
    )
    assert fresh.stdout.decode() == "".join(draw("one") for draw in EVERY)


@every_chart
def test_a_hostile_label_is_only_text(draw: Callable[..., str]):
    svg = draw("one", HOSTILE)
    assert "<script" not in svg
    written = " ".join(words(svg))
    for part in ('<script>alert("x")</script>', "$a$", "'q'", 'id="y"', "url(#z)", "]]>"):
        assert part in written


def test_a_hostile_title_is_only_text():
    svg = responses_chart("one", [], ("a", "b"), title=HOSTILE, description=HOSTILE)
    assert "<script" not in svg
    assert (elements(svg)[1].text or "").startswith('<script>alert("x")</script> & $a$')


@every_chart
def test_a_chart_brings_no_style_sheet_or_font_and_lets_the_page_size_it(
    draw: Callable[[str], str],
):
    svg = draw("one")
    assert svg.startswith("<svg ")
    assert svg.endswith("</svg>")
    root = ElementTree.fromstring(svg)
    assert root.attrib["viewBox"].startswith("0 0 400 ")
    assert (root.attrib["width"], root.attrib.get("height")) == ("400", None)
    for unwanted in ("<style", "<metadata", "font-family", "xlink", "<!"):
        assert unwanted not in svg


@every_chart
def test_no_text_is_turned_or_under_twelve_points(draw: Callable[[str], str]):
    texts = [element for element in elements(draw("one")) if element.tag.endswith("text")]
    assert texts
    assert {re.search(r"font-size: (\d+)px", text.attrib["style"])[1] for text in texts} == {"16"}
    assert not any("transform" in text.attrib for text in texts)


def test_a_suppressed_figure_draws_no_bar():
    rows = [("A statement", [share(30), HIDDEN])]
    svg = agreement_chart("one", rows, ["Officers", "Members"], not_asked="", **SAID)
    shown = agreement_chart("one", [("A statement", [share(30), share(30)])],
                            ["Officers", "Members"], not_asked="", **SAID)  # fmt: skip
    orange = "#F46A25"
    assert filled(shown, orange) == filled(svg, orange) + 1
    assert "[c]" in words(svg)
    assert "30%" in words(svg)


def test_a_word_for_a_small_group_stands_where_a_bar_would_and_draws_none():
    word = replace(share(None), word="around half", said="tua hanner", base_range=(5, 9))
    orange, groups = "#F46A25", ["Officers", "Members"]
    rows = [("A statement", [share(30), word])]
    svg = agreement_chart("one", rows, groups, not_asked="", **SAID)
    assert filled(svg, orange) == 1  # the key's
    assert "tua hanner" in words(svg)


def test_a_group_that_was_not_asked_is_said_in_words():
    assert "not asked" in words(draw_agreement("one"))


def test_each_bar_ends_in_its_value():
    assert {"59%", "44%"} <= set(words(draw_responses("one")))


def test_among_dots_this_council_stands_once():
    svg = draw_comparison("one")
    assert filled(svg, GREY) == 4 + 1  # five scores, less its own, and the key
    assert filled(svg, BLUE) == 1 + 1


def test_a_council_without_a_score_has_words_and_no_mark():
    rows = [("Skills", HIDDEN, [0.3, 0.4])]
    svg = comparison_chart("one", rows, ("Torfaen", "Others"), dots=True, **SAID)
    assert "[c]" in words(svg)
    assert filled(svg, BLUE) == 1  # the key's
    assert filled(svg, GREY) == 2 + 1


def test_a_distribution_is_drawn_however_many_councils_there_are():
    assert filled(draw_comparison("one", dots=False), GREY) == 1 + 1


def test_this_councils_level_is_marked_in_words_and_outline():
    svg = draw_maturity("one")
    assert words(svg).count("Torfaen") == 1
    assert svg.count(f"stroke: {BLUE.lower()}; stroke-width: 4") == 1
    assert {"3", "17", "2"} <= set(words(svg))


def test_a_council_without_a_level_is_said_to_have_none():
    svg = draw_maturity("one", own=None)
    assert "Open data (Torfaen: [x])" in words(svg)
    assert "stroke-width: 4" not in svg


def test_text_stays_inside_the_drawing_in_a_wide_font():
    for line in words(draw_agreement("one", LONG)):
        assert text_width(line, 16) <= 400


def test_letters_beyond_our_font_draw_without_a_warning():
    assert "数据" in words(draw_responses("one", "数据"))


@every_chart
def test_a_chart_is_small(draw: Callable[[str], str]):
    assert len(draw("one")) < 40_000


def test_wrapping_loses_no_word():
    assert " ".join(wrap(LONG, 200, 16)) == LONG


def test_dots_of_one_value_stand_apart_until_the_lane_is_full():
    assert swarm([10] * 3, size=4, room=5) == [0, 4, -4]
    fourth = swarm([10] * 4, size=4, room=5)[3]
    assert 0 < abs(fourth) <= 5


def test_no_dot_hides_under_this_councils_mark():
    assert swarm([10, 10, 20], 4, 9, marks=[10], mark_size=8) == [6, -6, 0]


def test_a_figure_on_the_page_has_its_message_source_and_numbers():
    html = render_figure(
        "<svg/>",
        name="responses",
        council="torfaen",
        headline="Half <replied>",
        subtitle="Share & base",
        source="Made up",
        table_html="<table></table>",
        table_label="The numbers",
    )
    assert html.startswith(
        '<figure class="chart" id="responses" data-unit="torfaen">\n<figcaption>'
    )
    assert '<p class="headline">Half &lt;replied&gt;</p>' in html
    assert '<p class="subtitle">Share &amp; base</p>' in html
    assert '<p class="source">Made up</p>' in html
    assert "<details><summary>The numbers</summary>\n<table></table></details>" in html


# ---- The overview's charts ----------------------------------------------------------------------


def test_a_spread_draws_every_council_beside_the_area() -> None:
    svg = draw_spread("chart")
    assert filled(svg, GREY) == 5 + 1  # and one in the key: none is left out as the area's own
    assert [word for word in words(svg) if word in ("40%", "[c]")] == ["40%", "[c]"]


def test_two_groups_have_shapes_of_their_own_and_numbers_on_either_side() -> None:
    svg = draw_differences("chart")
    uses = [use for use in elements(svg) if use.tag.endswith("use")]
    shapes = {use.attrib["href"]: style(use) for use in uses}
    assert len(shapes) == len(set(shapes.values())) == 2
    assert len(uses) == 2 + 2 * 3 + 1  # the key, three pairs, and the share that is not hidden
    ends = [
        (text.text, style(text).split("text-anchor: ")[1].split(";")[0])
        for text in elements(svg)
        if text.tag.endswith("text") and text.text in ("31%", "46%", "40%", "41%", "50%")
    ]
    assert ends[:4] == [("31%", "end"), ("46%", "start"), ("41%", "start"), ("40%", "end")]
    assert [anchor for word, anchor in ends if word == "50%"][:2] == ["end", "start"]
    assert any("Hidden (Members: [c])" in word for word in words(svg))


def test_marks_that_are_alike_do_not_cover_each_other() -> None:
    svg = draw_differences("chart")
    marks = [use for use in elements(svg) if use.tag.endswith("use")][2:]
    (one, other) = [use for use in marks if use.attrib["x"] == marks[4].attrib["x"]][:2]
    assert abs(float(one.attrib["y"]) - float(other.attrib["y"])) == 10


def test_marks_that_are_near_do_not_cover_each_other_and_those_apart_stay_level() -> None:
    """Of 41 and 40% the marks would overlap; of 31 and 46% they do not."""
    uses = [use for use in elements(draw_differences("chart")) if use.tag.endswith("use")][2:]
    heights = [float(use.attrib["y"]) for use in uses]
    assert heights[0] == heights[1]
    assert uses[2].attrib["x"] != uses[3].attrib["x"]
    assert abs(heights[2] - heights[3]) == 10


def style(element: ElementTree.Element) -> str:
    return element.attrib.get("style", "")
