"""A mapping decides what an export leaves open, and its own mistakes have their place."""

import re

import pytest
from made_up import EXPECTED, REMARK, forms, plain, write_csv

from helpers.study.files.yamlfile import read_yaml


@pytest.fixture
def mapping(tmp_path):
    def write(text):
        path = tmp_path / "m.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def spoil(rows, column, texts):
    """Rewrite a column from its header down."""
    for row, text in zip(rows, texts, strict=False):
        row[column] = text
    return rows


def errors(done):
    assert done.exit_code == 4, done.output
    return [
        line.removeprefix("workbook: error: ")
        for line in done.stderr.splitlines()[:-1]
        if line.startswith("workbook: error: ")
    ]


def test_an_answer_that_is_not_understood_is_told_with_row_and_column(tmp_path, bring_in, answers):
    before = answers()
    rows = spoil(plain(), 2, ["L1", "Strongli agree", "Agree", "1"])
    assert errors(bring_in(write_csv(tmp_path / "e.csv", rows))) == [
        "e.csv:2:3: answer 'Strongli agree' is not understood; expected 'Strongly agree', 'Agree', "
        "'Neither agree nor disagree', 'Disagree', 'Strongly disagree', 'Don't know'; "
        "did you mean 'Strongly agree'?",
        "e.csv:4:3: answer '1' is not understood; expected 'Strongly agree', 'Agree', "
        "'Neither agree nor disagree', 'Disagree', 'Strongly disagree', 'Don't know'",
    ]
    assert answers() == before


def test_more_than_twenty_are_summed_up(tmp_path, bring_in):
    rows = [plain()[0], *([*plain()[1]] for _ in range(30))]
    for number, row in enumerate(rows[1:]):
        row[2] = f"so so {number % 3}"
    told = errors(bring_in(write_csv(tmp_path / "e.csv", rows)))
    assert len(told) == 21
    assert told[20] == (
        "e.csv:22:3: 10 more answers from here on are not understood, of 3 kinds in all; "
        "`--dry-run` writes a mapping that lists each kind"
    )


def test_a_mapping_says_what_answers_mean(tmp_path, bring_in, answers, mapping):
    rows = spoil(plain(), 2, ["L1", "1", "N/A", "So-so"])
    done = bring_in(
        write_csv(tmp_path / "e.csv", rows),
        "--mapping",
        mapping(
            "answers:\n  1: strongly_agree\n  N/A: blank\n  so – so: neither\n  SO-SO: agree\n"
        ),
    )
    assert done.exit_code == 0, done.output
    assert [row[1] for row in answers("powys")] == [""]
    assert sorted(row[1] for row in answers("torfaen")) == ["agree", "strongly_agree"]


def test_a_question_without_a_column_is_declared_absent(tmp_path, bring_in, answers, mapping):
    rows = [[*row[:4], *row[5:]] for row in plain()]  # without L3
    export = write_csv(tmp_path / "e.csv", rows)
    assert errors(bring_in(export)) == [
        "e.csv:1:1: no column is question 'L3'; map one to it or declare it absent"
    ]
    done = bring_in(export, "--mapping", mapping("absent: [L3]\n"))
    assert done.exit_code == 0, done.output
    assert "1 declared absent, left blank: L3" in done.output
    assert [row[3] for row in answers("torfaen")] == ["", ""]


def test_a_column_that_nothing_matches_is_mapped_by_its_name(tmp_path, bring_in, answers, mapping):
    rows = forms()
    rows[0][6] = "Is there a vision?"
    done = bring_in(
        write_csv(tmp_path / "e.csv", rows),
        "--mapping",
        mapping("columns:\n  Is there a vision?: L1\n"),
    )
    assert done.exit_code == 0, done.output
    assert sorted(answers("torfaen", "powys")) == EXPECTED


def test_two_columns_for_one_question_are_for_a_person_to_decide(
    tmp_path, bring_in, answers, mapping
):
    rows = [[*row, row[2]] for row in plain()]
    rows[0][-1] = "The council has a clear vision for how it uses data."
    export = write_csv(tmp_path / "e.csv", rows)
    name = rows[0][-1]
    assert errors(bring_in(export)) == [
        f"e.csv:1:20: columns 'L1' and '{name}' are all 'L1'; map all but one to 'drop'"
    ]
    done = bring_in(export, "--mapping", mapping(f"columns:\n  {name!r}: drop\n"))
    assert done.exit_code == 0, done.output
    assert "dropped by the mapping" in done.output


def test_a_code_that_stands_over_another_questions_text_is_for_a_person_to_decide(
    tmp_path, bring_in
):
    rows = plain()
    rows[0][2] = (
        "L1. The council treats data as a key resource, as it does money, people and buildings"
    )
    told = errors(bring_in(write_csv(tmp_path / "e.csv", rows)))
    assert told[0] == "e.csv:1:1: no column is question 'L1'; map one to it or declare it absent"
    assert told[1] == "e.csv:1:3: column 'L1' is 'L1' and 'L2'; let the mapping say which"


def test_a_question_that_the_tool_was_not_asked_shows_a_wrong_tool(tmp_path, bring_in):
    rows = [[*row, "Agree"] for row in plain()]
    rows[0][-1] = "L4"
    assert errors(bring_in(write_csv(tmp_path / "e.csv", rows))) == [
        "e.csv:1:20: column 'L4' is 'L4', which 'elected_members' was not asked; "
        "correct --tool or map it to 'drop'"
    ]


def test_an_empty_column_of_a_question_that_was_not_asked_is_dropped(tmp_path, bring_in):
    rows = [[*row, ""] for row in plain()]
    rows[0][-1] = "L4"
    done = bring_in(write_csv(tmp_path / "e.csv", rows))
    assert done.exit_code == 0
    assert "L4: not asked of 'elected_members'" in done.output


def test_an_unknown_council_is_told_with_the_nearest_name(tmp_path, bring_in):
    rows = spoil(plain(), 1, ["Council", "Torfaen", "Powis", "W06000007"])
    known = [[*rows[1][:1], name, *rows[1][2:]] for name in ("Powys", "Conwy")]
    told = errors(bring_in(write_csv(tmp_path / "e.csv", rows + known)))
    assert told[0].startswith("e.csv:3:2: 'Powis' is no council of this study; expected ")
    assert told[0].endswith("did you mean 'Powys'?")
    assert told[1] == (
        "e.csv:4:2: 'W06000007' is no council of this study; "
        "code 'W06000007' is retired; use 'W06000023'"
    )


def test_a_mapping_names_councils_and_drops_what_is_none(tmp_path, bring_in, answers, mapping):
    rows = spoil(plain(), 1, ["Council", "Torfaen", "The test council", ""])
    done = bring_in(
        write_csv(tmp_path / "e.csv", rows),
        "--mapping",
        mapping("columns: {Council: council}\ncouncils:\n  The test council: drop\n  '': powys\n"),
    )
    assert done.exit_code == 0, done.output
    assert f"{1:8} dropped by the mapping" in done.output
    assert (len(answers("torfaen")), len(answers("powys"))) == (1, 1)


def test_a_row_that_names_no_council_is_told(tmp_path, bring_in):
    rows = spoil(plain(), 1, ["Council", "Torfaen", "Powys", ""])
    (told,) = errors(bring_in(write_csv(tmp_path / "e.csv", rows)))
    assert told.startswith("e.csv:4:2: row names no council; expected ")


def test_an_export_of_one_council_is_given_its_name(tmp_path, bring_in, answers, mapping):
    export = write_csv(tmp_path / "e.csv", [[row[0], *row[2:]] for row in plain()])
    assert errors(bring_in(export)) == [
        "e.csv:1:1: no column names the council; map one to 'council', or give 'council:'"
    ]
    assert bring_in(export, "--mapping", mapping("council: newport\n")).exit_code == 0
    assert len(answers("newport")) == 3


OF_OTHERS = (
    "e.csv:2:2: column 'Council' names 'cardiff' at 2 rows, 'powys' at 1 row, but the mapping "
    "gives all rows to 'torfaen'; take 'council:' out of the mapping, or map the column to 'drop'"
)


@pytest.mark.parametrize("also", ["", "councils: {Caerdydd: drop}\n", "councils: {X: newport}\n"])
def test_no_council_s_answers_are_given_to_another(tmp_path, bring_in, answers, mapping, also):
    rows = spoil(plain(), 1, ["Council", "Cardiff", "Powys", "Caerdydd"])
    before = answers("torfaen")
    done = bring_in(
        write_csv(tmp_path / "e.csv", rows), "--mapping", mapping(f"council: torfaen\n{also}")
    )
    assert errors(done) == [OF_OTHERS]
    assert answers("torfaen") == before


@pytest.mark.parametrize(
    ("named", "also"),
    [
        ("Cardiff", "columns: {Council: drop}\n"),
        ("Torfaen", ""),
        ("TCBC", ""),
        ("TCBC", "councils: {TCBC: torfaen}\n"),
        ("", ""),
    ],
)
def test_all_rows_are_one_council_s_where_no_column_says_otherwise(
    tmp_path, bring_in, answers, mapping, named, also
):
    rows = spoil(plain(), 1, ["Council", named, named, named])
    done = bring_in(
        write_csv(tmp_path / "e.csv", rows), "--mapping", mapping(f"council: torfaen\n{also}")
    )
    assert done.exit_code == 0, done.output
    assert len(answers("torfaen")) == 3


def test_two_columns_of_councils_are_for_a_person_to_decide(tmp_path, bring_in):
    rows = [[*row, "Cardiff"] for row in plain()]
    rows[0][-1] = "Where do you live?"
    assert errors(bring_in(write_csv(tmp_path / "e.csv", rows))) == [
        "e.csv:1:20: columns 'GSS code' and 'Where do you live?' all name a council; "
        "map one of them to 'council'"
    ]


MISTAKES = {
    "an unknown key": ("colums: {}\n", "m.yaml:1:1: unknown key 'colums'; expected 'council', "),
    "an unknown column": (
        "columns:\n  L11: L1\n",
        "m.yaml:2:3: unknown column 'L11'; expected 'Name', ",
    ),
    "an unknown use": (
        "columns:\n  L1: L4\n",
        "m.yaml:2:3: unknown use of a column 'L4'; expected 'council', 'drop', 'comments_leader",
    ),
    "an unknown answer": (
        "answers:\n  Yes: agrees\n",
        "m.yaml:2:3: unknown answer 'agrees'; expected 'strongly_agree', 'agree', 'neither', "
        "'disagree', 'strongly_disagree', 'dont_know', 'blank'; did you mean 'agree'?",
    ),
    "an unknown council": (
        "councils:\n  X: torfean\n",
        "m.yaml:2:3: unknown council 'torfean'; expected 'drop', ",
    ),
    "an unknown council for all": (
        "council: torfean\n",
        "m.yaml:1:1: unknown council 'torfean'; expected 'isle-of-anglesey', ",
    ),
    "an absent question that was not asked": (
        "absent: [L1, L4]\n",
        "m.yaml:1:14: unknown question of the tool 'L4'; expected 'L1', ",
    ),
    "an absent question that is there": (
        "absent: [L1]\n",
        "m.yaml:1:10: 'L1' is declared absent, yet column 'L1' is it; remove either",
    ),
    "another partial": (
        "partial: maybe\n",
        "m.yaml:1:1: 'partial' is 'maybe'; expected 'drop' or 'keep'",
    ),
    "two councils": (
        "council: powys\ncolumns: {GSS code: council}\n",
        "m.yaml:1:1: 'council' stands beside a column that is 'council'; remove either",
    ),
    "no YAML": ("columns: [\n", "m.yaml:2:1: not valid YAML: "),
}


@pytest.mark.parametrize(("text", "problem"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_a_mapping_is_named_where_it_stands(
    tmp_path, bring_in, mapping, text, problem
):
    told = errors(bring_in(write_csv(tmp_path / "e.csv", plain()), "--mapping", mapping(text)))
    assert told[0].startswith(problem)


def test_a_mapping_that_is_not_there_is_named(tmp_path, bring_in):
    done = bring_in(write_csv(tmp_path / "e.csv", plain()), "--mapping", tmp_path / "no.yaml")
    assert errors(done) == ["no.yaml:1:1: missing file; --dry-run writes one"]


def test_a_dry_run_writes_a_mapping_that_leaves_the_guesses_to_a_person(
    tmp_path, spoiled, bring_in, answers
):
    rows = spoil(plain(), 2, ["The council has a vision for the data it uses", "Agre", "x", "Agre"])
    rows = spoil(rows, 1, ["Council", "Torfaen", "Powys", "Powis\u2028#"])
    export = write_csv(tmp_path / "e.csv", rows)
    before = {path: path.read_bytes() for path in spoiled.rglob("*") if path.is_file()}
    done = bring_in(export, "--dry-run")
    assert errors(done)[0].startswith("e.csv:1:1: no column is question 'L1'")
    assert "dry run: nothing is imported" in done.output
    assert {path: path.read_bytes() for path in spoiled.rglob("*") if path.is_file()} == before
    target = tmp_path / "elected_members.mapping.yaml"
    text = target.read_text(encoding="utf-8")
    assert (
        '  # "The council has a vision for the data it uses": L1  # not in the questionnaire\n'
        in text
    )
    assert '  # "Name": drop  # could tell who answered\n' in text
    assert "# no column was found for L1\n" in text
    assert '  # "Powis\\U00002028#": powys  # cells: 1\n' in text
    assert read_yaml(target, "m")["columns"]["L2"] == "L2"
    # A person takes the signs away, and the whole is understood.
    target.write_text(re.sub(r'^  # (".*": L1|"Powis.*)', r"  \1", text, flags=re.M), "utf-8")
    again = bring_in(export, "--mapping", target, "--dry-run")
    assert [line.split(";")[0] for line in errors(again)] == [
        "e.csv:2:3: answer 'Agre' is not understood",
        "e.csv:3:3: answer 'x' is not understood",
        "e.csv:4:3: answer 'Agre' is not understood",
    ]
    assert "elected_members.mapping.yaml is there already and stays as it is" in again.output
    fixed = target.read_text("utf-8").replace(
        "\nanswers:\n", '\nanswers:\n  "Agre": agree\n  "x": blank\n'
    )
    target.write_text(fixed, "utf-8")
    done = bring_in(export, "--mapping", target)
    assert done.exit_code == 0, done.output
    assert [row[1] for row in answers("torfaen")] == ["agree"]
    assert sorted(row[1] for row in answers("powys")) == ["", "agree"]


def test_a_dry_run_lists_the_kinds_of_answers_that_nobody_understood(tmp_path, bring_in):
    rows = spoil(plain(), 2, ["L1", "Agre", "x", "Agre"])
    bring_in(write_csv(tmp_path / "e.csv", rows), "--dry-run", "--mapping", tmp_path / "own.yaml")
    text = (tmp_path / "own.yaml").read_text(encoding="utf-8")
    assert '  # "Agre": agree  # cells: 2\n' in text
    assert (
        '  # "x": "?"  # one of strongly_agree, agree, neither, disagree, strongly_disagree, '
        "dont_know; cells: 1\n" in text
    )


def test_a_placeholder_that_is_left_in_a_mapping_is_refused(tmp_path, bring_in):
    export = write_csv(tmp_path / "e.csv", spoil(plain(), 2, ["L1", "xyz", "Agree", "Agree"]))
    target = tmp_path / "own.yaml"
    bring_in(export, "--dry-run", "--mapping", target)
    target.write_text(
        re.sub(r'^  # ("xyz")', r"  \1", target.read_text("utf-8"), flags=re.M), "utf-8"
    )
    (told,) = errors(bring_in(export, "--mapping", target))
    assert "unknown answer '?'; expected 'strongly_agree', 'agree', " in told


def test_a_name_that_is_too_long_for_a_plain_key_can_be_read_again(tmp_path, bring_in):
    rows, name = plain(), "What else? " * 120 + "End"
    rows[0][0] = name
    target, export = tmp_path / "own.yaml", write_csv(tmp_path / "e.csv", rows)
    bring_in(export, "--dry-run", "--mapping", target)
    text = target.read_text(encoding="utf-8")
    assert f'  # ? "{name}"\n  # : drop  # not in the questionnaire\n' in text
    target.write_text(re.sub("^  # ([?:])", r"  \1", text, flags=re.M), "utf-8")
    assert read_yaml(target, "m")["columns"][name] == "drop"
    done = bring_in(export, "--mapping", target)
    assert "dropped by the mapping" in done.output
    assert done.exit_code == 0


def test_a_question_for_comments_is_guessed_too(tmp_path, bring_in):
    rows = plain()
    rows[0][-1] = REMARK.replace("?", " or so?")
    target = tmp_path / "own.yaml"
    bring_in(write_csv(tmp_path / "e.csv", rows), "--dry-run", "--mapping", target)
    assert (
        f'  # "{rows[0][-1]}": comments_leadership  # not in the questionnaire\n'
        in target.read_text(encoding="utf-8")
    )


def test_a_second_dry_run_says_that_it_read_no_mapping(tmp_path, bring_in):
    export = write_csv(tmp_path / "e.csv", plain())
    bring_in(export, "--dry-run")
    assert (
        "elected_members.mapping.yaml is there already and stays as it is, unread: give it as "
        "--mapping\n" in bring_in(export, "--dry-run").output
    )


def test_no_mapping_is_written_into_the_workbooks_data(tmp_path, spoiled, bring_in, monkeypatch):
    monkeypatch.chdir(tmp_path)
    export = write_csv(spoiled / "data/e.csv", plain())
    bring_in(export, "--dry-run")
    assert (tmp_path / "elected_members.mapping.yaml").exists()
    assert not list(spoiled.rglob("*.mapping.yaml"))


def test_columns_by_which_rows_are_dropped_are_left_out_of_a_proposed_mapping(tmp_path, bring_in):
    target = tmp_path / "own.yaml"
    bring_in(write_csv(tmp_path / "e.csv", forms()), "--dry-run", "--mapping", target)
    text = target.read_text(encoding="utf-8")
    assert '"ID"' not in text
    assert '"Start time"' not in text
    assert '  # "Email": drop  # could tell who answered\n' in text
