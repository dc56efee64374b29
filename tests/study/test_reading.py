"""Every name in the study's files leads somewhere, every text is in every language."""

import pytest
from ruamel.yaml import YAML

from helpers.errors import CheckFailed
from helpers.study.reading import read_study

STUDY = "data/study/study.yaml"
ASKED = "data/study/questionnaire.yaml"
MATURITY = "data/study/maturity.yaml"
CASES = "data/study/good_practice.yaml"
COUNCILS = "data/councils.csv"


def problems(workbook):
    with pytest.raises(CheckFailed) as failed:
        read_study(workbook)
    return failed.value.message.splitlines()


def test_the_shipped_study_is_read(shipped):
    study = read_study(shipped)
    assert list(study.councils)[:2] == ["isle-of-anglesey", "gwynedd"]  # as the file has them
    assert len(study.councils) == 22
    assert study.councils["powys"].gss_code == "W06000023"
    assert study.councils["powys"].mutated_forms == ["Bowys", "Mhowys", "Phowys"]
    assert study.councils["isle-of-anglesey"].mutated_forms == []


def test_groups_are_the_total_the_rows_of_the_table_and_each_tool(shipped):
    groups = read_study(shipped).groups
    assert len(groups["total"]) == 6
    assert len(groups["officers"]) == 5
    assert groups["members"] == groups["elected_members"] == ("elected_members",)


def test_a_question_is_asked_of_a_group_when_any_of_its_tools_asks_it(shipped):
    study = read_study(shipped)
    asked = [group for group in study.groups if study.asked("L4", group)]
    assert "members" not in asked
    assert "elected_members" not in asked
    assert asked[:2] == ["total", "officers"]


def test_statements_are_listed_in_asking_order(shipped):
    study = read_study(shipped)
    assert study.statements_of(theme="skills") == ["S1", "S2", "S3", "S4", "S5", "S6"]
    assert study.statements_of(characteristic="data_analytics") == ["S1", "S2", "S3", "S6"]


POWYS = "W06000023,powys,Powys,Powys,Powys County Council,Cyngor Sir Powys,Bowys;Mhowys;Phowys"
MANAGERS = "name: {en: Service managers, cy: Rheolwyr gwasanaeth}"
# file, what to replace, by what, the problem; » marks where the message must point to
MISTAKES = {
    "too few cells": (
        COUNCILS,
        POWYS,
        "»W06000023,powys,Powys",
        "row has too few cells, 3; expected 7",
    ),
    "too many cells": (COUNCILS, POWYS, f"»{POWYS},more", "row has too many cells, 8; expected 7"),
    "a wrong column": (
        COUNCILS,
        "gss_code,slug,name_en,name_cy",
        "»gss_code,slug,name_en,name_we",
        "columns are gss_code, slug, name_en, name_we, ",
    ),
    "an unknown theme": (
        ASKED,
        "theme: leadership",
        "»theme: leadrship",
        "unknown theme 'leadrship'; expected 'leadership', 'data_protection', 'skills', "
        "'decisions'; did you mean 'leadership'?",
    ),
    "an unknown characteristic": (
        ASKED,
        "characteristic: leadership",
        "»characteristic: leader",
        "unknown characteristic 'leader'; expected 'leadership', ",
    ),
    "an unknown tool": (
        ASKED,
        "[management_team, service",
        "[management_team, »sevice",
        "unknown tool 'sevice_managers'; expected 'management_team', ",
    ),
    "no tool": (ASKED, "tools: [management_team, ", "»tools: [] # ", "'tools' is []; expected"),
    "an unknown side": (
        ASKED,
        "favourable: disagree",
        "»favourable: no",
        "'favourable' is 'no'; expected 'agree' or 'disagree'",
    ),
    "an unknown point of the scale": (ASKED, "  neither:", "  »neutral:", ""),
    "a scale that lacks a point": (ASKED, "scale:\n  strongly_agree:", "»scale:\n  # ", ""),
    "a spelling of two points": (
        ASKED,
        "    - Neutral\n",
        "    - »Agree strongly\n",
        "'Agree strongly' stands for 'strongly_agree' and for 'neither'; it may stand for one only",
    ),
    "a spelling that is another point's text": (
        ASKED,
        'disagree: ["Tend to disagree"',
        "disagree: [»CYTUNO’N GRYF",
        "'CYTUNO’N GRYF' stands for 'strongly_agree' and for 'disagree'; it may stand for",
    ),
    "a spelling of no point": (ASKED, "  dont_know: [", "  »unsure: [", ""),
    "a comment on no theme": (
        ASKED,
        "comments:\n  leadership",
        "comments:\n  »leader",
        "unknown theme 'leader'; expected 'leadership', ",
    ),
    "a code that is no name": (ASKED, "  L1:", "  »L-1:", ""),
    "a missing language": (
        ASKED,
        MANAGERS,
        "»name: {en: x}",
        "text lacks cy; every text is in every",
    ),
    "an empty language": (ASKED, MANAGERS, "»name: {en: x, cy: ' '}", "text lacks cy; every text"),
    "a misspelt language": (ASKED, MANAGERS, "»name: {en: x, cu: y}", "text lacks cy; every text"),
    "a language that names a country": (
        "data/study/study.yaml",
        "languages: [en, cy]",
        "languages: [en, »cy_GB]",
        "item 2 of 'languages' is 'cy_GB'; ",
    ),
    "a language too many": (
        ASKED,
        MANAGERS,
        "name: {en: x, cy: y, »fr: z}",
        "unknown language 'fr'; expected 'en', 'cy'",
    ),
    "no language": (ASKED, MANAGERS, "»name: {}", "text lacks en, cy; every text"),
    "a missing language in a list": (
        STUDY,
        "text:\n      en: Sharing data is felt to be risky.\n      cy:",
        "»text:\n      en: Sharing data is felt to be risky.\n      #",
        "text lacks cy; every text",
    ),
    "a group with an unknown tool": (
        STUDY,
        "tools: [elected_members]",
        "tools: [»elected_member]",
        "unknown tool 'elected_member'; expected 'management_team', ",
    ),
    "a group named as the total is": (STUDY, "  members:", "  »total:", ""),
    "a group named as a tool is": (STUDY, "  members:", "  »data_analysts:", ""),
    "an unknown key": (
        STUDY,
        "dots: 40",
        "»dot: 40",
        "unknown key 'dot'; expected 'nothing_below', 'words_below', 'dots', 'weakest_themes', "
        "'weakest_statements', 'key_statements'; did you mean 'dots'?",
    ),
    "a word for so few that it would tell the count": (
        STUDY,
        "nothing_below: 5",
        "»nothing_below: 4",
        "'nothing_below' is 4; expected greater than or equal to 5",
    ),
    "percentages of fewer than words": (
        STUDY,
        "nothing_below: 5  # of fewer answers nothing is shown\n  words_below: 10 ",
        "nothing_below: 11\n  »words_below: 10 ",
        "'words_below' is 10; expected 'nothing_below' or more",
    ),
    "levels in the wrong order": (STUDY, "level_3_from: 0.65", "»level_3_from: 0.30", ""),
    "a pattern that is none": (STUDY, r"code_pattern: 'W06\d{6}'", "»code_pattern: 'W06('", ""),
    "a national report that is not on the web": (
        STUDY,
        "  link: https",
        "  »link: javascript",
        "'link' is 'javascript://www.audit.wales'; expected the form ^https?://",
    ),
    "units outside data/": (
        STUDY,
        "  file: councils.csv",
        "  »file: ../../councils.csv",
        "'file' is '../../councils.csv'; expected the form ",
    ),
    "a fact of an unknown kind": (
        STUDY,
        "kind: count",
        "»kind: cout",
        "'kind' is 'cout'; expected 'count' or 'share'",
    ),
    "a fact that is no number": (
        STUDY,
        "value: 750",
        "»value: many",
        "'value' is 'many'; expected a number",
    ),
    "a share in percent": (STUDY, "value: 0.36", "»value: 36", ""),
    "a fact that is not finite": (STUDY, "value: 750", "»value: .inf", "'value' is inf; expected"),
    "a level that is not described": (MATURITY, "    3:\n", "    »4:\n", ""),
    "an unknown row of the matrix": (
        MATURITY,
        "  open_data:",
        "  »opendata:",
        "unknown characteristic 'opendata'; expected 'leadership', ",
    ),
    "a case for no theme": (
        CASES,
        "themes: [leadership",
        "themes: [»leader",
        "unknown theme 'leader'; expected 'leadership', ",
    ),
    "a case that lacks a language": (
        CASES,
        'title:\n      en: "Camden',
        '»title:\n      # "Camden',
        "text lacks en; every text",
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "problem"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_the_study_is_named_where_it_stands(spoiled, edit, file, old, new, problem):
    edit(spoiled / file, old, new)
    before = (spoiled / file).read_text(encoding="utf-8").split("»")[0].split("\n")
    edit(spoiled / file, "»", "")
    said = f"{file}:{len(before)}:{len(before[-1]) + 1}: {problem}"
    assert [line for line in problems(spoiled) if line.startswith(said)]


def test_a_tool_that_stands_in_two_groups_is_refused(spoiled, edit):
    edit(spoiled / STUDY, "[elected_members]", "[elected_members, data_analysts]")
    message = "tool 'data_analysts' stands in 2 groups; expected exactly one"
    assert problems(spoiled) == [f"{ASKED}:24:3: {message}"]


def test_a_tool_that_stands_in_no_group_is_refused(spoiled, edit):
    edit(spoiled / STUDY, ", data_analysts]", "]")
    assert problems(spoiled) == [
        f"{ASKED}:24:3: tool 'data_analysts' stands in 0 groups; expected exactly one"
    ]


def test_a_study_without_groups_asks_tools_only(spoiled):
    yaml = YAML()
    about = yaml.load(spoiled / STUDY)
    del about["groups"]
    yaml.dump(about, spoiled / STUDY)
    groups = read_study(spoiled).groups
    assert list(groups) == ["total", *groups["total"]]


def test_a_study_without_good_practice_needs_no_cases(spoiled, edit):
    edit(spoiled / STUDY, "  weakest_themes: 2\n", "")
    (spoiled / CASES).unlink()
    assert read_study(spoiled).has_good_practice is False


def test_characteristics_need_a_rule_for_their_levels(spoiled, edit):
    edit(spoiled / STUDY, "maturity_rule:", "unused: &unused")
    edit(spoiled / STUDY, "unused: &unused\n  minimum_statements: 2\n", "")
    edit(spoiled / STUDY, "  level_2_from: 0.40\n  level_3_from: 0.65\n", "")
    line = (spoiled / STUDY).read_text(encoding="utf-8").split("characteristics:")[0].count("\n")
    message = "characteristics without a rule for their levels; add 'maturity_rule'"
    assert problems(spoiled) == [f"{STUDY}:{line + 1}:1: {message}"]


def test_the_file_of_councils_has_the_columns_that_the_study_declares(spoiled, edit):
    edit(spoiled / STUDY, "  mutated_forms: true\n", "")
    columns = "gss_code, slug, name_en, name_cy, official_name_en, official_name_cy"
    message = f"columns are {columns}, mutated_forms; expected {columns}"
    assert problems(spoiled) == [f"{COUNCILS}:1:1: {message}"]


@pytest.mark.parametrize("file", [STUDY, ASKED, MATURITY, CASES])
def test_a_missing_file_of_the_study_is_named(spoiled, file):
    (spoiled / file).unlink()
    assert problems(spoiled) == [f"{file}:1:1: missing file; the workbook needs it"]


def test_missing_councils_are_named(spoiled):
    (spoiled / COUNCILS).unlink()
    assert problems(spoiled) == [f"{COUNCILS}:1:1: missing file; the study names it"]


def test_councils_that_are_not_in_utf_8_are_refused(spoiled):
    text = (spoiled / COUNCILS).read_text(encoding="utf-8")
    (spoiled / COUNCILS).write_bytes(text.encode("latin-1"))
    (line,) = problems(spoiled)  # the first name with a circumflex is Ynys Môn's, on line 2
    assert line == f"{COUNCILS}:2:4: byte 0xf4 is not UTF-8; save the file as CSV in UTF-8"


def test_an_empty_file_of_councils_is_refused(spoiled):
    (spoiled / COUNCILS).write_bytes(b"")
    message = "empty file; expected a line of column names"
    assert problems(spoiled) == [f"{COUNCILS}:1:1: {message}"]


def test_a_spreadsheets_byte_order_mark_and_line_ends_do_no_harm(spoiled):
    content = (spoiled / COUNCILS).read_bytes()
    (spoiled / COUNCILS).write_bytes(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))
    assert len(read_study(spoiled).councils) == 22


def test_mistakes_of_all_files_are_told_together(spoiled, edit):
    edit(spoiled / STUDY, "kind: count", "kind: cout")
    edit(spoiled / ASKED, "favourable: disagree", "favourable: no")
    edit(spoiled / CASES, "cases:", "case:")
    files = [line.split(":")[0] for line in problems(spoiled)]
    assert files == [CASES, ASKED, STUDY]


def test_a_message_about_a_form_reads_as_a_sentence(spoiled, edit):
    edit(spoiled / ASKED, "  L1:", "  L-1:")
    assert not any("String should" in line or "[key]" in line for line in problems(spoiled))
