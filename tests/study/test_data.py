"""All files of data/ are checked together: each by its contract, one against the other."""

import csv

import pytest

from conftest import run_python
from helpers.errors import CheckFailed
from helpers.study.data import check_data
from helpers.study.reading import read_study
from helpers.study.responses import read_invitations, read_responses

INVITATIONS = "data/invitations.csv"
MEMBERS = "data/responses/elected_members.csv"
ANALYSTS = "data/responses/data_analysts.csv"
FILES = (
    "expected 'management_team.csv', 'service_managers.csv', 'performance_officers.csv', "
    "'information_officers.csv', 'data_analysts.csv', 'elected_members.csv'"
)


@pytest.fixture(scope="module")
def study(shipped):
    return read_study(shipped)


@pytest.fixture
def problems(spoiled, study):
    def found(councils=()):
        with pytest.raises(CheckFailed) as failed:
            check_data(spoiled, study, councils)
        return failed.value.message.splitlines()

    return found


def test_what_is_checked_is_what_is_read(shipped, study):
    invitations, responses = check_data(shipped, study, study.councils)
    assert invitations.equals(read_invitations(shipped, study))
    plain = read_responses(shipped, study)
    assert list(responses) == list(plain)
    assert all(frame.equals(plain[tool]) for tool, frame in responses.items())


def test_who_only_reads_does_not_wait_for_pandera():
    code = "import helpers.cli, helpers.run.editions.edition, helpers.report.opening, sys"
    done = run_python("-c", f"{code}; print('pandera' in sys.modules)")
    assert done.stdout == "False\n"


def test_missing_files_are_named_together(spoiled, problems):
    for file in (MEMBERS, ANALYSTS, INVITATIONS):
        (spoiled / file).unlink()
    assert problems() == [
        f"{file}:1:1: missing file; the study names it" for file in (INVITATIONS, ANALYSTS, MEMBERS)
    ]


def test_mistakes_of_all_files_are_told_together(spoiled, edit, problems):
    edit(spoiled / MEMBERS, ",torfaen,", ",torfean,")
    edit(spoiled / ANALYSTS, ",agree,", ",yes,")
    edit(spoiled / INVITATIONS, "torfaen,management_team,12", "torfaen,management_team,")
    places = [line.split(": ")[0] for line in problems()]
    assert places == [f"{INVITATIONS}:104:3", f"{ANALYSTS}:2:3", f"{MEMBERS}:338:2"]


def test_an_unreadable_file_does_not_hide_the_mistakes_of_others(spoiled, edit, problems):
    (spoiled / MEMBERS).write_bytes(b"respondent\n\xe9\n")
    edit(spoiled / ANALYSTS, ",agree,", ",yes,")
    places = [line.split(": ")[0] for line in problems()]
    assert places == [f"{ANALYSTS}:2:3", f"{MEMBERS}:2:1"]


# Those who replied and those who were invited


def test_more_replies_than_people_invited_are_found(spoiled, edit, problems):
    edit(spoiled / INVITATIONS, "torfaen,elected_members,44", "torfaen,elected_members,11")
    assert problems() == [
        f"{MEMBERS}:338:2: torfaen: 12 replied but 11 were invited; correct either"
    ]


def test_a_wrong_answer_does_not_hide_that_more_replied_than_were_invited(spoiled, edit, problems):
    edit(spoiled / INVITATIONS, "torfaen,elected_members,44", "torfaen,elected_members,11")
    edit(spoiled / MEMBERS, ",torfaen,strongly_disagree,", ",torfaen,no,")
    assert [line.split(": ", 1)[0] for line in problems()] == [
        f"{MEMBERS}:338:2",
        f"{MEMBERS}:338:3",
    ]


def test_a_misspelt_council_is_told_once(spoiled, edit, problems):
    edit(spoiled / MEMBERS, ",torfaen,", ",torfean,")
    (line,) = problems(["torfaen"])
    assert line.startswith(f"{MEMBERS}:338:2: unknown council 'torfean'; ")


def test_many_councils_without_a_number_are_summed_up(spoiled, problems):
    (spoiled / INVITATIONS).write_text("council,tool,invited\n", encoding="utf-8")
    lines = problems(["torfaen"])
    told = [line for line in lines if line.startswith(MEMBERS)]
    assert len(told) == 20  # of 22 councils
    assert lines[-1] == (
        "… and 2 more rows of a council of which more replied than were invited in "
        "data/responses/service_managers.csv (first at line 281)"
    )


def test_as_many_replies_as_people_invited_are_a_census(spoiled, edit, study):
    edit(spoiled / INVITATIONS, "torfaen,elected_members,44", "torfaen,elected_members,12")
    check_data(spoiled, study, study.councils)


def test_replies_without_an_invitation_are_found_once(spoiled, edit, problems):
    edit(spoiled / INVITATIONS, "torfaen,elected_members,44\n", "")
    assert problems(["torfaen"]) == [
        f"{MEMBERS}:338:2: torfaen: 12 replied but no row says how many were invited; "
        "add it to data/invitations.csv"
    ]


def without_analysts(spoiled):
    """Take Torfaen's data analysts out of both files."""
    for file, gone in ((INVITATIONS, "torfaen,data_analysts,"), (ANALYSTS, ",torfaen,")):
        lines = (spoiled / file).read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if gone not in line]
        (spoiled / file).write_text("".join(kept), encoding="utf-8")


def test_a_council_that_is_reported_on_needs_a_number_for_each_tool(spoiled, problems):
    without_analysts(spoiled)
    assert problems(["torfaen"]) == [
        f"{INVITATIONS}:1:1: no row for council 'torfaen' and tool 'data_analysts'; "
        "add it, 0 for nobody"
    ]


def test_nobody_is_a_number_of_people(spoiled, edit, study):
    without_analysts(spoiled)
    edit(spoiled / INVITATIONS, "torfaen,ele", "torfaen,data_analysts,0\ntorfaen,ele")
    check_data(spoiled, study, ["torfaen"])


def test_a_council_without_a_report_needs_no_number(spoiled, study):
    without_analysts(spoiled)
    check_data(spoiled, study, ["cardiff"])


# Files that nothing reads


def test_an_open_survey_has_no_invitations(spoiled, edit):
    edit(spoiled / "data/study/study.yaml", "facts:\n", "population_known: false\nfacts:\n")
    with pytest.raises(CheckFailed) as failed:
        check_data(spoiled, read_study(spoiled), ())
    assert failed.value.message == (
        f"{INVITATIONS}:1:1: the study says that nobody knows how many were invited; "
        "correct it or remove the file"
    )
    (spoiled / INVITATIONS).unlink()
    invitations, responses = check_data(spoiled, read_study(spoiled), ["torfaen"])
    assert invitations["invited"].isna().all()
    assert len(responses["elected_members"]) == 399


def test_an_answer_that_the_scale_does_not_offer_is_refused(spoiled, edit):
    edit(spoiled / "data/study/questionnaire.yaml", '  dont_know: {en: "Don\'t know"', "  #")
    with pytest.raises(CheckFailed) as failed:
        check_data(spoiled, read_study(spoiled), ())
    expected = "expected 'strongly_agree', 'agree', 'neither', 'disagree', 'strongly_disagree'"
    assert f"unknown answer 'dont_know' to 'L1'; {expected}" in failed.value.message


@pytest.mark.parametrize("folder", ["data/responses", "data/comments"])
def test_a_file_of_no_tool_is_told_with_the_nearest_name(spoiled, problems, folder):
    (spoiled / folder).mkdir(exist_ok=True)
    for name in ("elected_member.csv", "export.xlsx", ".gitkeep"):
        (spoiled / folder / name).write_text("", encoding="utf-8")
    what = "1:1: file of no data tool; rename or remove it"
    assert problems() == [
        f"{folder}/elected_member.csv:{what}: {FILES}; did you mean 'elected_members.csv'?",
        f"{folder}/export.xlsx:{what}: {FILES}",
    ]


# Many mistakes of one kind


def spoil_rows(path, rows, column, cell):
    with path.open(encoding="utf-8", newline="") as file:
        cells = list(csv.reader(file))
    for row in rows:
        cells[row][column] = cell
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(cells)


def test_twenty_mistakes_of_a_kind_are_told_one_by_one(spoiled, problems):
    spoil_rows(spoiled / MEMBERS, range(101, 121), 2, "yes")
    assert [line.split(": ")[0] for line in problems()] == [
        f"{MEMBERS}:{line}:3" for line in range(102, 122)
    ]


def test_more_than_twenty_of_a_kind_are_summed_up_by_file_and_column(spoiled, problems):
    spoil_rows(spoiled / MEMBERS, range(1, 400), 2, "yes")
    spoil_rows(spoiled / MEMBERS, range(50, 71), 3, "no")
    spoil_rows(spoiled / ANALYSTS, range(1, 23), 2, "yes")
    lines = problems()
    assert [line.split(": ")[0] for line in lines] == [
        *(f"{ANALYSTS}:{line}:3" for line in range(2, 22)),
        f"… and 2 more rows with an unknown answer in column 'L1' in {ANALYSTS} (first at line 22)",
        *(f"{MEMBERS}:{line}:3" for line in range(2, 22)),
        f"… and 379 more rows with an unknown answer in column 'L1' in {MEMBERS} "
        "(first at line 22)",
        *(f"{MEMBERS}:{line}:4" for line in range(51, 71)),
        f"… and 1 more row with an unknown answer in column 'L2' in {MEMBERS} (first at line 71)",
    ]


def test_different_mistakes_in_a_column_are_summed_up_apart(spoiled, problems):
    spoil_rows(spoiled / MEMBERS, range(1, 31), 0, "")
    spoil_rows(spoiled / MEMBERS, range(101, 131), 0, "aa00aa00")
    sums = [line for line in problems() if line.startswith("…")]
    assert sums == [
        f"… and 10 more rows with a wrong respondent in column 'respondent' in {MEMBERS} "
        "(first at line 22)",
        # 29 of the 30 repeat the first: lines 103 to 131
        f"… and 9 more rows with the respondent of an earlier row in column 'respondent' in "
        f"{MEMBERS} (first at line 123)",
    ]
