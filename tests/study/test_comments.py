"""Comments are read by their contract, listed for an auditor, and released one by one."""

import hashlib

import pytest
from click.testing import CliRunner

from conftest import check_workbook
from helpers.cli import main
from helpers.errors import CheckFailed, UsageError
from helpers.report.opening import open_report
from helpers.study.comments import Comment, digest_of, read_comments, released
from helpers.study.reading import read_study

FILE = "data/comments/elected_members.csv"


@pytest.fixture(scope="module")
def study(shipped):
    return read_study(shipped)


def listed(workbook, *arguments):
    return CliRunner().invoke(main, ["comments", *arguments, "--workbook", str(workbook)])


def test_a_digest_is_of_the_text_in_one_form():
    composed, decomposed = "Siân", "Sia\u0302n"
    expected = hashlib.sha256(composed.encode()).hexdigest()[:12]
    assert digest_of(composed) == digest_of(decomposed) == expected


def test_only_the_councils_own_released_comments_come_out_each_once():
    own = Comment("a", "powys", "skills", "Yes.")
    twice = Comment("b", "powys", "skills", "Yes.")
    elsewhere = Comment("a", "conwy", "skills", "Yes.")
    other = Comment("a", "powys", "skills", "No.")
    found = released([own, twice, elsewhere, other], "powys", [own.digest])
    assert list(found) == [own]


def test_a_tool_without_a_file_has_no_comments(spoiled, study):
    before = len(read_comments(spoiled, study))
    (spoiled / FILE).unlink()
    assert 0 < len(read_comments(spoiled, study)) < before


WRONG = {
    "an unknown council": (
        "torfean,skills,Yes.",
        "1: unknown council 'torfean'; expected 'isle-of-anglesey', ",
    ),
    "an unknown theme": (
        "torfaen,skill,Yes.",
        "2: unknown theme 'skill'; expected 'leadership', 'data_protection', 'skills', "
        "'decisions'; did you mean 'skills'?",
    ),
    "an empty comment": ("torfaen,skills, ", "3: comment is empty; remove the row"),
    "too few cells": ("torfaen,skills", "1: row has too few cells"),
}


@pytest.mark.parametrize(("row", "problem"), WRONG.values(), ids=WRONG)
def test_a_mistake_in_comments_is_named_where_it_stands(spoiled, row, problem):
    (spoiled / FILE).write_text(f"council,theme,comment\n{row}\n", encoding="utf-8")
    with pytest.raises(CheckFailed) as failed:
        check_workbook(spoiled)
    told = [line for line in failed.value.message.splitlines() if line.startswith(FILE)]
    assert [line.startswith(f"{FILE}:2:{problem}") for line in told] == [True]


def test_a_file_of_comments_that_nobody_described_is_told(spoiled, edit):
    edit(spoiled / "data/datapackage.json", '"comments/elected_members.csv"', '"comments/x.csv"')
    with pytest.raises(CheckFailed, match=r"no resource has the path 'comments/elected_members"):
        check_workbook(spoiled)


def test_a_digest_that_releases_nothing_is_told_where_it_stands(spoiled, edit):
    edit(spoiled / "params/torfaen.yaml", '"3c74a040603e"', '"3c74a0406030"')
    with pytest.raises(CheckFailed) as failed:
        check_workbook(spoiled)
    text = (spoiled / "params/torfaen.yaml").read_text(encoding="utf-8")
    line = text[: text.index("3c74a0406030")].count("\n") + 1
    assert failed.value.message == (
        f"params/torfaen.yaml:{line}:28: no comment of 'torfaen' has the digest '3c74a0406030'; "
        "expected one that `workbook comments torfaen` lists"
    )


def test_a_comment_of_another_council_cannot_be_released(spoiled, study):
    theirs = next(one for one in read_comments(spoiled, study) if one.council == "powys")
    own = {one.digest for one in read_comments(spoiled, study) if one.council == "cardiff"}
    assert theirs.digest not in own
    with (spoiled / "params/cardiff.yaml").open("a", encoding="utf-8") as lines:
        lines.write(f'comments: ["{theirs.digest}"]\n')
    with pytest.raises(CheckFailed, match="no comment of 'cardiff' has the digest"):
        check_workbook(spoiled)


@pytest.mark.parametrize(("replied", "told"), [(4, True), (5, False)])
def test_nobody_is_quoted_where_so_few_replied_that_nothing_is_shown(
    spoiled, monkeypatch, replied, told
):
    """Powys is left with `replied` data analysts; whoever is quoted would be one of them."""
    for path in (spoiled / "data/responses").glob("*.csv"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = replied if path.stem == "data_analysts" else 0
        own = [line for line in lines if line.split(",")[1] == "powys"]
        rest = [line for line in lines if line not in own]
        blank = [f"a000000{at},powys{',' * (lines[0].count(',') - 1)}\n" for at in range(kept)]
        path.write_text("".join(rest + blank), encoding="utf-8")
    comment = next(
        one for one in read_comments(spoiled, read_study(spoiled)) if one.council == "powys"
    )
    with (spoiled / "params/powys.yaml").open("a", encoding="utf-8") as lines:
        lines.write(f'comments: ["{comment.digest}"]\n')
    message = "fewer than 5 people at 'powys' replied, so that whoever is quoted is known; "
    checked = CliRunner().invoke(main, ["check", "--workbook", str(spoiled)]).stderr
    assert (f": {message}remove 'comments'" in checked) == told
    monkeypatch.chdir(spoiled)
    if told:  # a notebook that is run by hand is told the same
        with pytest.raises(UsageError, match=message):
            open_report("powys", "en", "", comments=[comment.digest])
    else:
        open_report("powys", "en", "", comments=[comment.digest])


def test_a_councils_comments_are_listed_with_digest_theme_and_tool(shipped):
    done = listed(shipped, "torfaen")
    assert done.exit_code == 0
    assert (
        '"a6fc5a54a499"  leadership  management_team  '
        "It would help to know who is in charge of which data.\n" in done.stdout
    )
    assert "list its digest under 'comments:' in params/torfaen.yaml" in done.stderr
    assert "see that nothing else in it tells who wrote it" in done.stderr


def test_the_list_can_be_of_one_theme(shipped):
    lines = listed(shipped, "torfaen", "--theme", "skills").stdout.splitlines()
    assert lines
    assert {line.split()[1] for line in lines} == {"skills"}


def test_signs_that_steer_a_terminal_are_written_out(spoiled):
    text = 'council,theme,comment\ntorfaen,skills,"\x1b[31mred\u202e\nnext"\n'
    (spoiled / FILE).write_text(text, encoding="utf-8")
    done = listed(spoiled, "torfaen", "--theme", "skills")
    assert "elected_members  \\x1b[31mred\\u202e\\nnext\n" in done.stdout


def test_a_theme_that_steers_a_terminal_is_not_listed(spoiled):
    text = "council,theme,comment\ntorfaen,\x1b[31m,Red.\ntorfaen,skills,Yes.\n"
    (spoiled / FILE).write_text(text, encoding="utf-8")
    assert "\x1b" not in listed(spoiled, "torfaen").output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["torfean"], "unknown council 'torfean'; expected 'isle-of-anglesey', "),
        (["torfaen", "--theme", "skill"], "unknown theme 'skill'; expected 'leadership', "),
    ],
)
def test_an_unknown_name_is_told(shipped, arguments, message):
    done = listed(shipped, *arguments)
    assert done.exit_code == 2
    assert message in done.stderr


def test_the_bundle_holds_the_councils_released_comments_and_no_others(shipped, study):
    from helpers.run.building.planning import plan
    from helpers.run.deciding import decide

    bundles = plan(decide(check_workbook(shipped)), ["torfaen", "powys"], "en")
    held = [
        b"".join(part for path, part in bundle.files.items() if path.startswith("data/comments/"))
        for bundle in bundles
    ]
    known = {one.digest: one.text for one in read_comments(shipped, study)}
    wanted = ["a6fc5a54a499", "3c74a040603e", "c1ee3b06c930"]
    texts = [line.split(",", 2)[2].strip('"') for line in held[0].decode().splitlines()]
    assert sorted(text for text in texts if text != "comment") == sorted(map(known.get, wanted))
    assert held[1] == b""


def test_a_council_without_comments_is_told(spoiled):
    for path in (spoiled / "data/comments").iterdir():
        path.unlink()
    done = listed(spoiled, "powys")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "no comments of 'powys'\n")
    assert listed(spoiled, "powys", "--theme", "skills").stderr == (
        "no comments of 'powys' on 'skills'\n"
    )


def test_a_broken_file_of_comments_is_told_once(spoiled, monkeypatch):
    from helpers.run import checking

    reads = []
    monkeypatch.setattr(checking, "read_comments", lambda *given: reads.append(given) or [])
    (spoiled / FILE).write_text('council,theme,comment\npowys,skills,"Yes.\n', encoding="utf-8")
    with pytest.raises(CheckFailed):
        check_workbook(spoiled)
    assert reads == []
