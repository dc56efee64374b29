"""A mistake in a YAML file has a line and a column, and a message that says what to write."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import Field

from helpers.errors import CheckFailed
from helpers.study.files.yamlfile import Day, Strict, check_model, place, read_yaml


class Fruit(Strict):
    colour: str
    weight: int = Field(default=1, ge=1)


class Basket(Strict):
    day: Day
    fruit: dict[str, Fruit] = Field(default_factory=dict)
    names: list[str] = Field(default_factory=list)
    share: float = 0.5
    ripe: bool = True
    spare: Fruit | None = None


def check(tmp_path: Path, text: str) -> Basket:
    path = tmp_path / "basket.yaml"
    path.write_text(text, encoding="utf-8")
    return check_model(Basket, read_yaml(path, "basket.yaml"), "basket.yaml")


def problems(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(CheckFailed) as failed:
        check(tmp_path, text)
    return failed.value.message.splitlines()


def test_a_file_without_mistakes_is_read(tmp_path):
    basket = check(tmp_path, "day: 2018-12-06\nfruit:\n  pear: {colour: green, weight: 2}\n")
    assert basket.day == date(2018, 12, 6)
    assert basket.fruit["pear"] == Fruit(colour="green", weight=2)


def test_what_was_read_cannot_be_changed(tmp_path):
    basket = check(tmp_path, "day: 2018-12-06\n")
    with pytest.raises(ValueError, match="frozen"):
        basket.share = 1.0


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("day: 2018-12-06\nnmes: [a]\n", "2:1: unknown key 'nmes'; expected 'day', 'fruit', "),
        ("day: 2018-12-06\nnmes: [a]\n", "did you mean 'names'?"),
        (
            "day: 2018-12-06\nfruit:\n  pear:\n    colour: green\n    wieght: 2\n",
            "5:5: unknown key 'wieght'; expected 'colour', 'weight'; did you mean 'weight'?",
        ),
        (
            "day: 2018-12-06\nspare: {color: red, colour: red}\n",
            "2:9: unknown key 'color'; expected 'colour', 'weight'; did you mean 'colour'?",
        ),
        ("fruit: {}\n", "1:1: missing key 'day'; add it"),
        ("day: 2018-12-06\nfruit:\n  pear: {weight: 2}\n", "3:3: missing key 'colour'; add it"),
        ("day: 2018-13-45\n", "1:1: bad date '2018-13-45'; expected a date such as 20"),
        ("day: 6 Dec 2018\n", "1:1: bad date '6 Dec 2018'; expected a date such as 20"),
        ("day:\n", "1:1: no date; expected a date such as 2026-01-31"),
        ("day: 20181332\n", "1:1: bad date '20181332'; expected a date such as 20"),
        ("day: 2018-12-06\nnames: a\n", "2:1: 'names' is 'a'; expected a list"),
        (
            "day: 2018-12-06\nnames: [a, 7]\n",
            "2:12: item 2 of 'names' is 7; expected text, in quotes",
        ),
        (
            "day: 2018-12-06\nfruit: pear\n",
            "2:1: 'fruit' is 'pear'; expected a mapping of names to values",
        ),
        (
            "day: 2018-12-06\nfruit:\n  pear: green\n",
            "3:3: 'pear' is 'green'; expected a mapping of names to values",
        ),
        (
            "day: 2018-12-06\nfruit:\n  pear: {colour: green, weight: heavy}\n",
            "3:25: 'weight' is 'heavy'; expected a whole number",
        ),
        (
            "day: 2018-12-06\nfruit:\n  pear: {colour: green, weight: 0}\n",
            "3:25: 'weight' is 0; expected greater than or equal to 1",
        ),
        ("day: 2018-12-06\nshare: half\n", "2:1: 'share' is 'half'; expected a number"),
        ("day: 2018-12-06\nripe: [1]\n", "2:1: 'ripe' is [1]; expected true or false"),
        ("- a\n", "1:1: "),
        ("- a\n", "expected a mapping of names to values"),
        ("", "1:1: the file is empty; expected a mapping of names to values"),
    ],
)
def test_a_mistake_is_named_where_it_stands(tmp_path, text, problem):
    (line,) = problems(tmp_path, text)
    assert line.startswith("basket.yaml:")
    assert problem in line


@pytest.mark.parametrize("text", ["", "- a\n", "# only a comment\n"])
def test_a_file_that_is_no_mapping_is_not_called_by_an_empty_name(tmp_path, text):
    assert "''" not in problems(tmp_path, text)[0]


def test_all_mistakes_of_a_file_are_told_in_the_order_of_its_lines(tmp_path):
    text = "day: never\nnmes: [a]\nfruit:\n  pear: {weight: x}\n"
    places = [line.split(": ")[0] for line in problems(tmp_path, text)]
    assert places == [f"basket.yaml:{at}" for at in ("1:1", "2:1", "4:3", "4:10")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("day: [2018\nnames: [a]\n", "2:6"),  # the colon, where a comma or bracket is due
        ("day:\t2018-12-06\n", "1:5"),
        ("fruit:\n\tpear: x\n", "2:1"),
        ("day: 2018-12-06\nday: 2018-12-07\n", "2:1"),
        ("day: *nobody\n", "1:6"),
        ("day: 2018-12-06\n---\nday: 2018-12-07\n", "2:1"),
        ('day: "2018\n', "1:6"),  # the quote that nobody closes
    ],
)
def test_what_is_no_yaml_is_told_where_reading_stopped(tmp_path, text, place):
    (line,) = problems(tmp_path, text)
    assert line.startswith(f"basket.yaml:{place}: not valid YAML: ")


NEEDS_BLOCK = "a text starts with 'en: |' and is indented below it"


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a:\n  en:\n    One.\n\n    `x` so.\n\n    `y`: {z}\n", "2:3", NEEDS_BLOCK),
        ("a:\n  en:\n    {eval}`x` agree.\n", "2:3", NEEDS_BLOCK),
        ("a:\n  en:\n    {eval}`x`\n    agree.\n", "2:3", NEEDS_BLOCK),
        ("a:\n  en:\n    One.\n\n    So: two.\n", "2:3", NEEDS_BLOCK),
        ("a:\n  en: {eval}`x` agree.\n", "2:3", NEEDS_BLOCK),
        ("a:\n  en: |\n  One.\n", "3:3", NEEDS_BLOCK),
        ("day 2018\nnames: [a]\n", "1:1", "a line without a colon; expected 'key: value'"),
        ("a: b\nday 2018\nnames: [a]\n", "2:1", "a line without a colon; expected 'key: value'"),
        ("day:2018\nnames: [a]\n", "1:1", "no space after the colon; expected 'key: value'"),
        ("a: b: c\n", "1:5", "a second colon in one line; put the text behind the first in quotes"),
        ("a:\n\tb: c\n", "2:1", "found character '\\t', a tab; write spaces instead"),
        ("a: x\nb: y\na: z\n", "3:1", "found duplicate key 'a', first at line 1; remove one"),
        (
            "a:\n  b: x\n  c: |\n    b: z\n  b: y\n",
            "5:3",
            "found duplicate key 'b', first at line 2; ",
        ),
        ("a: {b: x, b: y}\n", "1:11", "found duplicate key 'b'; remove one"),
        ("a: 'it's'\n", "1:8", "text behind a closing quote; write '' for a quote within quotes"),
        ('a: "b\nc: d\n', "1:4", "a quote that opens here is not closed; close it"),
        ("a: [b\nc: d\n", "2:2", "expected ',' or ']' in the brackets that open at line 1"),
        ("a:\n  b: x\n c: y\n", "3:2", "indented otherwise than what it belongs to; expected as "),
    ],
)
def test_what_is_no_yaml_is_told_with_what_to_write(tmp_path, text, place, message):
    (line,) = problems(tmp_path, text)
    assert line.startswith(f"basket.yaml:{place}: not valid YAML: {message}")


def test_a_long_text_whose_key_stands_twice_is_not_quoted(tmp_path):
    (line,) = problems(tmp_path, f"day: |\n  {'x' * 500}\nday: |\n  {'y' * 500}\n")
    assert line.endswith(
        "3:1: not valid YAML: found duplicate key 'day', first at line 1; remove one"
    )


@pytest.mark.parametrize(
    ("text", "place"), [("[" * 800, "1:41"), ("day: " + "[" * 800 + "]" * 800, "1:45")]
)
def test_absurdly_deep_yaml_is_refused_where_it_is_too_deep(tmp_path, text, place):
    message = "not valid YAML: nested deeper than 40 levels"
    assert problems(tmp_path, text) == [f"basket.yaml:{place}: {message}"]


def test_forty_levels_are_not_too_deep(tmp_path):
    (line,) = problems(tmp_path, "day: " + "[" * 39 + "]" * 39)
    assert "bad date" in line


def test_what_is_repeated_counts_each_time(tmp_path):
    few = "names: &a [x, x]\nday: 2018-12-06\nfruit: {pear: {colour: *a}}\n"
    assert problems(tmp_path, few) == ["basket.yaml:3:16: 'colour' is ['x', 'x']; expected text"]
    many = "names: &a [" + "x," * 150 + "]\nfruit: [" + "*a," * 150 + "]\n"
    message = "not valid YAML: '*' repeats more than 20,000 values; write fewer"
    assert problems(tmp_path, many) == [f"basket.yaml:2:{9 + 3 * 132}: {message}"]


def test_a_file_may_hold_more_where_its_reader_says_so(tmp_path):
    path = tmp_path / "many.yaml"
    path.write_text("[" + "x," * 20_000 + "]", encoding="utf-8")
    with pytest.raises(CheckFailed, match="more than 20,000 values; write fewer"):
        read_yaml(path, "many.yaml")
    assert len(read_yaml(path, "many.yaml", most=20_001)) == 20_000


def test_a_tag_runs_nothing(tmp_path):
    made = tmp_path / "made"
    text = f"day: !!python/object/apply:pathlib.Path.touch ['{made}']\n"
    tag = "!!python/object/apply:pathlib.Path.touch"
    assert problems(tmp_path, text) == [
        f"basket.yaml:1:6: not valid YAML: the tag '{tag}' means nothing here; leave it out"
    ]
    assert not made.exists()


def test_a_file_that_is_not_utf_8_is_refused(tmp_path):
    path = tmp_path / "basket.yaml"
    path.write_bytes("day: Môn\n".encode("latin-1"))
    message = r"^basket.yaml:1:7: byte 0xf4 is not UTF-8; save the file as YAML in UTF-8$"
    with pytest.raises(CheckFailed, match=message):
        read_yaml(path, "basket.yaml")


def test_a_control_character_is_refused(tmp_path):
    message = "not valid YAML: U+0001 is a sign that is not seen; delete it"
    assert problems(tmp_path, "day:\n  20\x01") == [f"basket.yaml:2:5: {message}"]


@pytest.mark.parametrize("text", ["\u2029\n| # ", "k: # \n\n|\u2028\u2029\n"])
def test_a_comment_that_the_reader_gives_up_on_is_explained(tmp_path, text):
    [line] = problems(tmp_path, text)
    assert line.startswith("basket.yaml:1:1: not valid YAML: a comment stands where none can be")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CheckFailed, match=r"^b.yaml:1:1: missing file; the workbook needs it$"):
        read_yaml(tmp_path / "b.yaml", "b.yaml")


def test_a_folder_where_a_file_belongs_is_explained(tmp_path):
    (tmp_path / "b.yaml").mkdir()
    with pytest.raises(CheckFailed, match=r"^b.yaml:1:1: "):
        read_yaml(tmp_path / "b.yaml", "b.yaml")


def test_a_message_stays_on_its_line_whatever_the_file_holds(tmp_path):
    assert len(problems(tmp_path, 'day: 2018-12-06\n"a\\nb": 1\n')) == 1
    assert len(problems(tmp_path, "day: |\n  a\n  b\nday: |\n  c\n  d\n")) == 1


def test_a_place_is_that_of_the_deepest_step_that_the_file_knows(tmp_path):
    path = tmp_path / "nodes.yaml"
    path.write_text("a:\n  b:\n    - x\n    - y: 1\n      z: 2\n", encoding="utf-8")
    nodes = read_yaml(path, "nodes.yaml")
    assert place(nodes, ()) == (1, 1)
    assert place(nodes, ("a",)) == (1, 1)
    assert place(nodes, ("a", "b")) == (2, 3)
    assert place(nodes, ("a", "b", 0)) == (3, 7)
    assert place(nodes, ("a", "b", 1, "z")) == (5, 7)
    assert place(nodes, ("a", "gone", "z")) == (1, 1)
    assert place(nodes, ("a", "b", 0, "under a text")) == (3, 7)
