"""Answers and invitations are read by their contract, and every mistake has its line."""

import pytest

from helpers.errors import CheckFailed
from helpers.study.reading import read_study
from helpers.study.responses import (
    INVITATIONS,
    check_totals,
    questions_asked,
    read_invitations,
    read_responses,
)

MEMBERS = "data/responses/elected_members.csv"
ANALYSTS = "data/responses/data_analysts.csv"


@pytest.fixture(scope="module")
def study(shipped):
    return read_study(shipped)


def problems(read, workbook, study):
    with pytest.raises(CheckFailed) as failed:
        read(workbook, study)
    return failed.value.message.splitlines()


def test_the_shipped_invitations_are_read(shipped, study):
    invited = read_invitations(shipped, study)["invited"]
    assert len(invited) == 22 * 6
    assert invited["torfaen"].sum() == 103
    assert invited["torfaen", "elected_members"] == 44


def test_the_shipped_answers_are_read_and_a_blank_stays_a_blank(shipped, study):
    answers = read_responses(shipped, study)
    assert list(answers) == list(study.questionnaire.tools)
    assert len(answers["elected_members"]) == 399  # lines of the file, less its header
    row = answers["elected_members"].set_index("respondent").loc["bdee5566"]
    assert (row["L1"], row["P1"], row["S1"]) == ("agree", "", "")


def test_a_tool_asks_its_statements_in_asking_order(study):
    assert questions_asked(study, "elected_members")[:5] == ["L1", "L2", "L3", "L6", "P1"]


# torfaen's first row of invitations is line 104
TORFAEN = "torfaen,management_team,12\n"
INVITED = {
    "an unknown council": (
        "torfean,management_team,12\n",
        "104:1: unknown council 'torfean'; expected 'isle-of-anglesey', ",
    ),
    "the nearest council": ("torfean,management_team,12\n", "did you mean 'torfaen'?"),
    "an unknown tool": (
        "torfaen,managment_team,12\n",
        "104:2: unknown tool 'managment_team'; expected 'management_team', ",
    ),
    "no number": (
        "torfaen,management_team,\n",
        "104:3: invited is ''; expected a whole number of people",
    ),
    "a fraction": ("torfaen,management_team,12.5\n", "104:3: invited is '12.5'; expected a whole"),
    "a negative number": (
        "torfaen,management_team,-1\n",
        "104:3: invited is '-1'; expected a whole",
    ),
    "a number in words": ("torfaen,management_team,ten\n", "104:3: invited is 'ten'; expected"),
    "an absurd number": ("torfaen,management_team,9" + "0" * 30 + "\n", "104:3: invited is '90000"),
    "a row twice": (TORFAEN + TORFAEN, "105:1: council and tool stand twice"),
    "too few cells": ("torfaen,management_team\n", "104:"),
    "too many cells": ("torfaen,management_team,12,3\n", ":104"),
    "a mistake after a blank line": ("\ntorfaen,management_team,x\n", "105:3: invited is 'x'"),
}


@pytest.mark.parametrize(("new", "problem"), INVITED.values(), ids=INVITED)
def test_a_mistake_in_invitations_is_named_where_it_stands(spoiled, edit, study, new, problem):
    edit(spoiled / INVITATIONS, TORFAEN, new)
    (line,) = problems(read_invitations, spoiled, study)
    assert line.startswith(f"{INVITATIONS}:")
    assert problem in f":{line.removeprefix(INVITATIONS)}"


# the first two rows of the file, lines 2 and 3
FIRST = "ad43f251,isle-of-anglesey,agree,neither,agree,agree,agree,strongly_disagree,"
SECOND = "b4a9db69,isle-of-anglesey,agree,dont_know,"
ANSWERS = {
    "an unknown council": (
        (",torfaen,", ",torfean,"),
        "338:2: unknown council 'torfean'; expected 'isle-of-anglesey', ",
    ),
    "an unknown answer": (
        (SECOND, SECOND.replace("dont_know", "dontknow")),
        "3:4: unknown L2 'dontknow'; expected 'strongly_agree', 'agree', 'neither', 'disagree', "
        "'strongly_disagree', 'dont_know', ''; did you mean 'dont_know'?",
    ),
    "an answer in capitals": (
        (SECOND, SECOND.replace("agree", "Agree")),
        "3:3: unknown L1 'Agree'",
    ),
    "an answer with a blank": (
        (SECOND, SECOND.replace("agree", "agree ")),
        "3:3: unknown L1 'agree '",
    ),
    "a respondent twice": (("b4a9db69", "ad43f251"), "3:1: respondent stands twice"),
    "no respondent": (("b4a9db69", ""), "3:1: "),
    "too few cells": ((FIRST, "a0000000,isle-of-anglesey,agree\n" + FIRST), "2:1: row has too few"),
    "too many cells": ((FIRST, FIRST.replace(",agree,", ",,agree,", 1)), "2:1: row has too many"),
    "too many cells in a later row": (
        (SECOND, SECOND.replace(",agree,", ",,agree,", 1)),
        "3:1: row has too many",
    ),
    "columns in another order": (
        ("L1,L2", "L2,L1"),
        "1:1: columns are respondent, council, L2, L1, ",
    ),
    "an unknown column": (("L1,L2", "L1,L9"), "1:1: columns are respondent, council, L1, L9, "),
    "a column twice": (("L1,L2", "L1,L1"), "1:1: columns are respondent, council, L1, L1, "),
    "a column too many": (
        ("council,L1", "council,name,L1"),
        "1:1: columns are respondent, council, name",
    ),
    "an open quote": ((FIRST, f'"{FIRST}'), ":1: "),
}


@pytest.mark.parametrize(("change", "problem"), ANSWERS.values(), ids=ANSWERS)
def test_a_mistake_in_answers_is_named_where_it_stands(spoiled, edit, study, change, problem):
    edit(spoiled / MEMBERS, *change)
    lines = problems(read_responses, spoiled, study)
    assert all(line.startswith(f"{MEMBERS}:") for line in lines)
    assert any(problem in line for line in lines)


def test_a_file_without_a_column_says_what_was_expected(spoiled, edit, study):
    edit(spoiled / INVITATIONS, "council,tool,invited", "council,tool,sent")
    assert problems(read_invitations, spoiled, study) == [
        f"{INVITATIONS}:1:1: columns are council, tool, sent; expected council, tool, invited"
    ]


def test_answers_that_are_not_in_utf_8_are_refused(spoiled, study):
    (spoiled / MEMBERS).write_bytes(b"respondent,council,L1\n\xe9,torfaen,agree\n")
    (line,) = problems(read_responses, spoiled, study)
    assert line.startswith(f"{MEMBERS}:1:1: not ")
    assert "UTF-8" in line


def test_an_empty_file_of_answers_is_refused(spoiled, study):
    (spoiled / MEMBERS).write_bytes(b"")
    (line,) = problems(read_responses, spoiled, study)
    assert line.startswith(f"{MEMBERS}:1:1: ")


def test_missing_files_are_named_together(spoiled, study):
    (spoiled / MEMBERS).unlink()
    (spoiled / ANALYSTS).unlink()
    assert problems(read_responses, spoiled, study) == [
        f"{ANALYSTS}:1:1: missing file; the study names it",
        f"{MEMBERS}:1:1: missing file; the study names it",
    ]


def test_mistakes_of_all_files_are_told_together(spoiled, edit, study):
    edit(spoiled / MEMBERS, ",torfaen,", ",torfean,")
    edit(spoiled / ANALYSTS, ",agree,", ",yes,")
    files = {line.split(":")[0] for line in problems(read_responses, spoiled, study)}
    assert files == {MEMBERS, ANALYSTS}


@pytest.mark.parametrize("name", [INVITATIONS, MEMBERS])
def test_a_spreadsheets_byte_order_mark_and_line_ends_do_no_harm(spoiled, study, name):
    content = (spoiled / name).read_bytes()
    (spoiled / name).write_bytes(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))
    assert read_invitations(spoiled, study)["invited"].sum() > 0
    assert len(read_responses(spoiled, study)["elected_members"]) == 399


def test_more_replies_than_people_invited_are_found(spoiled, edit, study):
    edit(spoiled / INVITATIONS, "torfaen,elected_members,44", "torfaen,elected_members,11")
    found = check_totals(read_invitations(spoiled, study), read_responses(spoiled, study))
    assert [str(problem) for problem in found] == [
        f"{MEMBERS}:338:2: torfaen: 12 replied but 11 were invited; correct either"
    ]


def test_as_many_replies_as_people_invited_are_a_census(spoiled, edit, study):
    edit(spoiled / INVITATIONS, "torfaen,elected_members,44", "torfaen,elected_members,12")
    assert check_totals(read_invitations(spoiled, study), read_responses(spoiled, study)) == []


def test_replies_of_people_who_were_not_invited_are_found(spoiled, edit, study):
    edit(spoiled / INVITATIONS, "torfaen,elected_members,44\n", "")
    (problem,) = check_totals(read_invitations(spoiled, study), read_responses(spoiled, study))
    assert problem.message == "torfaen: 12 replied but 0 were invited; correct either"
