"""Answers and invitations are read as they stand, with the line of each row."""

import pytest

from helpers.errors import CheckFailed
from helpers.study.reading import read_study
from helpers.study.responses import (
    INVITATIONS,
    questions_asked,
    read_invitations,
    read_responses,
)

MEMBERS = "data/responses/elected_members.csv"


@pytest.fixture(scope="module")
def study(shipped):
    return read_study(shipped)


def test_the_shipped_invitations_are_read(shipped, study):
    invited = read_invitations(shipped, study)["invited"]
    assert len(invited) == 22 * 6
    assert invited["torfaen"].sum() == 103
    assert invited["torfaen", "elected_members"] == 44


def test_an_open_survey_has_no_file_of_invitations(spoiled, edit):
    edit(spoiled / "data/study/study.yaml", "facts:\n", "population_known: false\nfacts:\n")
    (spoiled / INVITATIONS).unlink()
    open_survey = read_study(spoiled)
    invited = read_invitations(spoiled, open_survey)["invited"]
    assert invited.isna().all()
    assert len(invited) == 22 * 6


def test_the_shipped_answers_are_read_and_a_blank_stays_a_blank(shipped, study):
    answers = read_responses(shipped, study)
    assert list(answers) == list(study.questionnaire.tools)
    assert len(answers["elected_members"]) == 399  # lines of the file, less its header
    row = answers["elected_members"].set_index("respondent").loc["bdee5566"]
    assert (row["L1"], row["P1"], row["S1"]) == ("agree", "", "")


def test_each_row_knows_its_line(shipped, study):
    members = read_responses(shipped, study)["elected_members"]
    lines = (shipped / MEMBERS).read_text(encoding="utf-8").splitlines()
    assert all(lines[at - 1].startswith(name) for at, name in members["respondent"].items())
    assert list(members.index) == list(range(2, 401))


def test_a_tool_asks_its_statements_in_asking_order(study):
    assert questions_asked(study, "elected_members")[:5] == ["L1", "L2", "L3", "L6", "P1"]


@pytest.mark.parametrize("name", [INVITATIONS, MEMBERS])
def test_a_spreadsheets_byte_order_mark_and_line_ends_do_no_harm(spoiled, study, name):
    content = (spoiled / name).read_bytes()
    (spoiled / name).write_bytes(b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"))
    assert read_invitations(spoiled, study)["invited"].sum() > 0
    assert len(read_responses(spoiled, study)["elected_members"]) == 399


def test_a_file_with_other_columns_is_not_read(spoiled, edit, study):
    edit(spoiled / INVITATIONS, "council,tool,invited", "council,tool,sent")
    with pytest.raises(CheckFailed) as failed:
        read_invitations(spoiled, study)
    assert failed.value.message == (
        f"{INVITATIONS}:1:1: columns are council, tool, sent; expected council, tool, invited"
    )
