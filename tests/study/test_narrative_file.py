"""A text is written into a parameter file, and every other byte of the file stays as it was."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import NotSaved
from helpers.study.files.yamlfile import parse_yaml
from helpers.study.narrative_file import read_narrative, write_narrative
from helpers.study.narrative_text import normalise

THEMES = ["leadership", "data_protection", "skills", "decisions"]
LANGUAGES = ["en", "cy"]
NAME = "params/x.yaml"

FILE = """\
# what this file is
council: x   # its slug
editions: [en, cy]

narrative:  # by the audit team
  leadership:
    en: |  # agreed on 3 May
      One line.

      Another, with *marks*: # no comment
    # between the two
    cy: 'Un llinell.'  # short
  decisions:
    en: >-
        Folded
        text.
    cy: |+
      Testun.

comments: ["a6fc5a54a499"]
# the end
"""


ENGLISH = FILE[FILE.index("    en: |") : FILE.index("    # between")].lstrip()


def write(text: str, *changes: tuple[str, str, str]) -> str:
    texts = {(theme, language): new for theme, language, new in changes}
    return write_narrative(text.encode(), NAME, texts, THEMES, LANGUAGES).decode()


def refusal(text: str, *changes: tuple[str, str, str]) -> str:
    with pytest.raises(NotSaved) as refused:
        write(text, *changes)
    return refused.value.message


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        pytest.param(
            ("leadership", "en", "New.\n\n- a\n  - b"),
            ENGLISH,
            "en: |  # agreed on 3 May\n      New.\n\n      - a\n        - b\n",
            id="block",
        ),
        pytest.param(
            ("leadership", "cy", "Dwy\nlinell."),
            "cy: 'Un llinell.'  # short\n",
            "cy: |  # short\n      Dwy\n      linell.\n",
            id="quoted",
        ),
        pytest.param(
            ("decisions", "en", "Plain."),
            "en: >-\n        Folded\n        text.\n",
            "en: |\n        Plain.\n",
            id="folded",
        ),
        pytest.param(
            ("decisions", "cy", "Newydd."),
            "cy: |+\n      Testun.\n",
            "cy: |\n      Newydd.\n",
            id="keeping-its-blank-lines",
        ),
        pytest.param(
            ("leadership", "en", " \n"),
            ENGLISH,
            'en: ""  # agreed on 3 May\n',
            id="emptied",
        ),
        pytest.param(
            ("leadership", "en", "    code\n\ntext"),
            ENGLISH,
            "en: |2  # agreed on 3 May\n          code\n\n      text\n",
            id="first-line-indented",
        ),
        pytest.param(
            ("skills", "cy", "Sgiliau."),
            "  decisions:\n",
            "\n  skills:\n    cy: |\n      Sgiliau.\n  decisions:\n",
            id="missing-theme",
        ),
        pytest.param(
            ("gone", "en", "Kept."),
            "cy: |+\n      Testun.\n\n",
            "cy: |+\n      Testun.\n\n  gone:\n    en: |\n      Kept.\n",
            id="theme-that-the-study-does-not-have",
        ),
    ],
)
def test_only_the_lines_of_the_text_change(change, old, new):
    assert FILE.count(old) == 1
    assert write(FILE, change) == FILE.replace(old, new)


def test_a_missing_language_stands_in_the_order_of_the_study():
    head = "council: x\nnarrative:\n  skills:\n"
    welsh, english = "    cy: |\n      Cymraeg.\n", "    en: |\n      English.\n"
    assert write(head + welsh, ("skills", "en", "English.")) == head + english + welsh
    assert write(head + english, ("skills", "cy", "Cymraeg.")) == head + english + welsh


def test_a_first_theme_stands_before_the_others():
    head = "council: x\nnarrative:\n"
    rest = "  # on skills\n  skills:\n    en: Text.\n"
    assert write(head + rest, ("leadership", "en", "Lead.")) == (
        head + "  # on skills\n  leadership:\n    en: |\n      Lead.\n\n  skills:\n    en: Text.\n"
    )


@pytest.mark.parametrize("ending", ["", "\n"], ids=["no-newline", "newline"])
def test_a_file_without_narrative_gets_it_at_its_end(ending: str):
    assert write(f"council: x{ending}", ("skills", "en", "One."), ("skills", "cy", "Un.")) == (
        "council: x\n\nnarrative:\n  skills:\n    en: |\n      One.\n    cy: |\n      Un.\n"
    )


def test_a_file_with_windows_line_ends_keeps_them():
    windows = FILE.replace("\n", "\r\n")
    new = write(windows, ("leadership", "en", "One\nTwo"))
    assert new == write(FILE, ("leadership", "en", "One\nTwo")).replace("\n", "\r\n")


def test_a_byte_order_mark_stays():
    new = write("\ufeff" + FILE, ("leadership", "cy", "Newydd."))
    assert new == "\ufeff" + write(FILE, ("leadership", "cy", "Newydd."))


def test_indents_of_the_file_are_followed():
    old = "narrative:\n    skills:\n        en: |\n            Old.\n"
    assert write(old, ("skills", "en", "New.")) == (
        "narrative:\n    skills:\n        en: |\n            New.\n"
    )


def test_a_comment_between_a_block_and_the_next_key_stays():
    old = "narrative:\n  skills:\n    en: |\n          Old.\n\n      # to translate\n    cy: Hen.\n"
    assert write(old, ("skills", "en", "New.")) == old.replace("Old.", "New.")


@pytest.mark.parametrize(("margin", "said"), [(7, "7"), (11, "2")])
def test_a_first_line_that_is_indented_says_the_margin_of_its_block(margin: int, said: str):
    old = f"narrative:\n  skills:\n    en: |\n{' ' * (4 + margin)}Old.\n"
    new = write(old, ("skills", "en", "  New."))
    assert new == f"narrative:\n  skills:\n    en: |{said}\n{' ' * (4 + int(said))}  New.\n"


def test_a_text_is_normalised_as_it_is_written():
    new = write("council: x\n", ("skills", "en", "One\r\ntwo  \r\n\r\n"))
    assert read_narrative(new.encode(), NAME) == {("skills", "en"): "One\ntwo\n"}


def test_the_shipped_file_differs_in_one_line(shipped: Path):
    old = (shipped / "params/torfaen.yaml").read_bytes()
    texts = read_narrative(old, NAME)
    section = ("skills", "en")
    word = texts[section].replace("Money and capacity", "Capacity and money")
    new = write_narrative(old, NAME, {section: word}, THEMES, LANGUAGES)
    assert new == old.replace(b"Money and capacity are", b"Capacity and money are")
    assert new != old


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "narrative: {skills: {en: x}}\n",
            "params/x.yaml:1:12: not a mapping with a line for each key; "
            "write it as in the other parameter files and save again",
        ),
        (
            "narrative:\n  skills: {en: x}\n",
            "params/x.yaml:2:11: not a mapping with a line for each key; "
            "write it as in the other parameter files and save again",
        ),
        (
            "narrative:\n  leadership:\n    en: &a x\n  skills:\n    en: *a\n",
            "params/x.yaml:5:5: 'en' is taken from elsewhere in the file by '*'; "
            "write it out and save again",
        ),
        (
            "narrative:\n  skills:\n    en: &a x\n  leadership:\n    en: *a\n",
            "params/x.yaml: the narrative cannot be written without a change to something else in "
            "the file, where texts are shared by '&' and '*' or written in a rare way; "
            "write it as in the other parameter files and save again",
        ),
        (
            "narrative:\n  leadership: &a\n    cy: y\n  skills:\n    <<: *a\n    en: x\n",
            "params/x.yaml:5:5: '<<' is taken from elsewhere in the file by '*'; "
            "write it out and save again",
        ),
        (
            "narrative:\n  skills: &a\n    en: x\n  leadership:\n    <<: *a\n",
            "params/x.yaml: the narrative cannot be written without a change to something else in "
            "the file, where texts are shared by '&' and '*' or written in a rare way; "
            "write it as in the other parameter files and save again",
        ),
        (
            "- a\n",
            "params/x.yaml:1:1: not a mapping with a line for each key; "
            "write it as in the other parameter files and save again",
        ),
    ],
    ids=["flow", "flow-theme", "alias", "anchor", "merged", "merged-elsewhere", "list"],
)
def test_what_cannot_be_written_alone_is_refused(text: str, told: str):
    assert refusal(text, ("skills", "en", "New.")) == told


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x0b", "\x85", "\u2028", "\ufeff", "\ud800"])
def test_a_sign_that_no_block_can_hold_is_named(sign: str):
    assert refusal(FILE, ("skills", "en", f"One\nT{sign}wo")) == (
        f"'skills' in 'en': line 2 holds the sign U+{ord(sign):04X}, which is not seen and which "
        "a parameter file cannot hold; delete it and save again"
    )


def test_a_text_that_is_too_long_to_be_read_again_is_refused():
    assert refusal(FILE, ("skills", "en", "x" * 20_000)) == (
        "'skills' in 'en': 20,001 characters; expected at most 20,000; "
        "shorten the text and save again"  # the last of them ends its line
    )


def test_a_file_in_another_encoding_is_left_alone():
    with pytest.raises(NotSaved, match=r"^params/x\.yaml: not in UTF-8; save it as UTF-8 and save"):
        write_narrative("council: Môn\n".encode("latin-1"), NAME, {}, THEMES, LANGUAGES)


@pytest.mark.parametrize(
    "text", ["narrative: x\n", "narrative:\n  a: b\n", "narrative:\n  a: {b: 1}\n"]
)
def test_a_narrative_that_is_no_mapping_of_texts_is_refused(text: str):
    with pytest.raises(NotSaved) as refused:
        read_narrative(text.encode(), NAME)
    assert refused.value.message == (
        "params/x.yaml: 'narrative' is no mapping of themes to languages to texts; "
        "run 'workbook check', put it right and save again"
    )


writable = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\u2028\u2029\ufeff")
    | st.sampled_from(" \n\t#-|>:'\"&*!%@`{}[],?\r")
)


@given(st.lists(st.tuples(st.sampled_from(THEMES), st.sampled_from(LANGUAGES), writable)))
def test_any_text_survives_and_nothing_else_changes(changes: list[tuple[str, str, str]]):
    wanted = {(theme, language): normalise(text) for theme, language, text in changes}
    new = write(FILE, *changes)
    assert read_narrative(new.encode(), NAME) == read_narrative(FILE.encode(), NAME) | wanted
    before, after = (dict(parse_yaml(text, NAME)) for text in (FILE, new))
    assert after.pop("narrative") is not None
    assert before.pop("narrative") is not None
    assert after == before
    for comment in ("# what this file is\n", "council: x   # its slug\n", "# agreed on 3 May"):
        assert comment in new
    assert new.endswith('comments: ["a6fc5a54a499"]\n# the end\n')


@given(writable, writable)
def test_writing_a_text_back_restores_every_byte(first: str, second: str):
    once = write(FILE, ("skills", "en", first))
    assert write(write(once, ("skills", "en", second)), ("skills", "en", first)) == once
