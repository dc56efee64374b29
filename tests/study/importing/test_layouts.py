"""The same people in the export of each survey tool become the same answers, and nobody's name."""

import json
from pathlib import Path

import pytest
from made_up import (
    CODES,
    ENGLISH_POINTS,
    EXPECTED,
    EXPECTED_COMMENTS,
    LAYOUTS,
    SECRETS,
    TOOL,
    csv_text,
    forms,
    plain,
    survey_monkey,
    write_csv,
    write_ods,
    write_sav,
    write_xlsx,
)

from helpers.study.importing.exports import read_export
from helpers.study.importing.layouts import read_table

every_layout = pytest.mark.parametrize("layout", LAYOUTS)


@every_layout
@pytest.mark.parametrize(
    ("name", "write"), [("e.csv", write_csv), ("e.xlsx", write_xlsx), ("e.ods", write_ods)]
)
def test_each_layout_in_each_format_gives_the_same_answers(
    tmp_path, bring_in, answers, layout, name, write
):
    done = bring_in(write(tmp_path / name, LAYOUTS[layout][0]()))
    assert done.exit_code == 0, done.output
    assert done.output.startswith(f"{name}: {layout}, ")
    assert sorted(answers("torfaen", "powys")) == EXPECTED
    assert answers("torfaen", "powys", kind="comments") == sorted(
        EXPECTED_COMMENTS, key=lambda row: row[0] != "torfaen"
    )


@every_layout
def test_rows_are_counted_by_what_became_of_them(tmp_path, bring_in, layout):
    make, counts = LAYOUTS[layout]
    lines = bring_in(write_csv(tmp_path / "e.csv", make())).output.splitlines()
    assert f"{counts['read']:8} rows read" in lines
    assert f"{counts['partial']:8} partial, dropped" in lines
    assert f"{counts['duplicate']:8} duplicate, dropped" in lines
    assert f"{0:8} empty, dropped" in lines
    assert f"{3:8} kept" in lines


@every_layout
def test_nothing_of_who_answered_is_in_any_file(tmp_path, spoiled, bring_in, layout):
    export = write_csv(tmp_path / "Aled Unigryw.csv", LAYOUTS[layout][0]())
    before = {path: path.read_bytes() for path in spoiled.rglob("*") if path.is_file()}
    assert bring_in(export).exit_code == 0
    written = [
        path
        for path in spoiled.rglob("*")
        if path.is_file() and path.read_bytes() != before.get(path)
    ]
    assert {path.relative_to(spoiled / "data").as_posix() for path in written} == {
        f"responses/{TOOL}.csv",
        f"comments/{TOOL}.csv",
        "datapackage.json",
    }
    for path in written:
        text = path.read_text(encoding="utf-8")
        assert [secret for secret in SECRETS if secret.lower() in text.lower()] == []


def test_spss_is_read_by_its_labels_and_a_declared_missing_stays_an_answer(
    tmp_path, bring_in, answers
):
    done = bring_in(write_sav(tmp_path / "e.sav"))
    assert done.exit_code == 0, done.output
    assert done.output.startswith("e.sav: SPSS, SPSS\n")
    assert answers("torfaen") == [["torfaen", *ENGLISH_POINTS]]
    assert answers("powys") == [["powys", *ENGLISH_POINTS]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters_make_no_difference(
    tmp_path, bring_in, answers, encoding, delimiter
):
    done = bring_in(write_csv(tmp_path / "e.csv", forms(), encoding, delimiter))
    assert done.exit_code == 0, done.output
    assert sorted(answers("torfaen", "powys")) == EXPECTED


def test_line_breaks_and_commas_in_cells_are_part_of_them(tmp_path, bring_in, answers):
    rows = plain()
    rows[0][2] = "L1. The council has a clear vision\r\nfor how it uses data."
    rows[1][-1] = 'First, this.\r\nThen that; "so".'
    assert bring_in(write_csv(tmp_path / "e.csv", rows)).exit_code == 0
    assert ["torfaen", "leadership", 'First, this.\nThen that; "so".'] in answers(kind="comments")


@pytest.mark.parametrize(
    ("layout", "names"),
    [
        ("Microsoft Forms", ["ID", "Start time", "Completion time", "Email", "Name"]),
        ("Qualtrics", ["IPAddress", "LocationLatitude", "RecipientLastName", "ResponseId"]),
        ("LimeSurvey", ["id", "submitdate", "lastpage", "ipaddr"]),
        ("SurveyMonkey", ["Respondent ID", "IP Address", "Email Address", "Last Name"]),
    ],
)
def test_the_report_says_what_was_dropped_and_why(tmp_path, bring_in, layout, names):
    lines = bring_in(write_csv(tmp_path / "e.csv", LAYOUTS[layout][0]())).output.splitlines()
    told = dict(line.strip().split(": ", 1) for line in lines if line.startswith(" " * 9))
    assert set(names) <= set(told)
    reasons = {
        "the survey tool's own number of a response",
        "when a person answered",
        "could tell who answered",
        "whether a person finished",
        "not in the questionnaire",
    }
    assert {told[name] for name in names} <= reasons


def test_two_people_who_answer_alike_at_unknown_times_are_two_people(tmp_path, bring_in, answers):
    rows = plain()
    assert bring_in(write_csv(tmp_path / "e.csv", [*rows, rows[1], rows[1]])).exit_code == 0
    assert len(answers("torfaen")) == 4


def test_a_row_that_is_another_in_every_cell_and_at_the_same_time_is_a_duplicate(
    tmp_path, bring_in, answers
):
    rows = [["Start time", *row] for row in plain()[:1]]
    rows += [["2018-09-01 09:00", *row] for row in plain()[1:]]
    again = [["2018-09-01 09:01", *rows[1][1:]], rows[1]]
    done = bring_in(write_csv(tmp_path / "e.csv", [*rows, *again]))
    assert f"{1:8} duplicate, dropped" in done.output
    assert len(answers("torfaen")) == 3


NUMBERED = (
    "e.csv:5:1: row 5 has the response number of row 2 but other answers; map column 'ID' to "
    "'drop' if it numbers nobody, else remove one row"
)


def test_two_people_under_one_number_are_told_and_not_dropped(tmp_path, bring_in, answers):
    rows = forms()[:4]
    export = write_csv(tmp_path / "e.csv", [*rows, [rows[1][0], *rows[2][1:]]])
    done = bring_in(export)
    assert done.exit_code == 4
    assert [line for line in done.stderr.splitlines() if "e.csv" in line] == [
        f"workbook: error: {NUMBERED}"
    ]
    mapping = tmp_path / "m.yaml"
    mapping.write_text("columns: {ID: drop}\n", encoding="utf-8")
    assert bring_in(export, "--mapping", mapping).exit_code == 0
    assert (len(answers("torfaen")), len(answers("powys"))) == (2, 2)


def test_other_words_under_one_number_are_told_too(tmp_path, bring_in):
    rows = forms()[:4]
    done = bring_in(write_csv(tmp_path / "e.csv", [*rows, [*rows[1][:-1], "Other words."]]))
    assert NUMBERED in done.stderr


def test_one_number_with_the_same_answers_at_another_time_is_a_duplicate(tmp_path, bring_in):
    rows = forms()[:4]
    done = bring_in(write_csv(tmp_path / "e.csv", [*rows, [rows[1][0], "later", *rows[1][2:]]]))
    assert f"{1:8} duplicate, dropped" in done.output


def test_a_column_that_the_mapping_names_no_longer_tells_who_finished(tmp_path, bring_in):
    mapping = tmp_path / "m.yaml"
    mapping.write_text("columns: {Finished: drop}\n", encoding="utf-8")
    export = write_csv(tmp_path / "e.csv", LAYOUTS["Qualtrics"][0]())
    done = bring_in(export, "--mapping", mapping)
    assert f"{0:8} partial, dropped" in done.output
    assert f"{4:8} kept" in done.output


def test_previews_tests_and_spam_of_qualtrics_are_dropped_and_counted(tmp_path, bring_in):
    rows = LAYOUTS["Qualtrics"][0]()[:6]
    kinds = ["Status", "Response Type", '{"ImportId":"status"}', "IP Address", "0", "Imported"]
    tried = ["Survey Preview", "Survey Test", "Spam", "1", "8"]
    rows = [[kind, *row] for kind, row in zip(kinds, rows, strict=True)]
    rows += [[kind, *rows[3][1:]] for kind in tried]
    done = bring_in(write_csv(tmp_path / "e.csv", rows))
    assert done.exit_code == 0, done.output
    assert f"{5:8} preview, test or spam, dropped" in done.output
    assert f"{3:8} kept" in done.output
    assert "Status: whether it is a preview, a test or spam" in done.output


def test_somebody_who_answered_nothing_is_counted_as_empty(tmp_path, bring_in, answers):
    nobody = ["Aled Unigryw", "W06000020", *[""] * len(CODES), " "]
    only_words = ["Aled Unigryw", "W06000020", *[""] * len(CODES), "Words alone."]
    done = bring_in(write_csv(tmp_path / "e.csv", [*plain(), nobody, only_words]))
    assert f"{1:8} empty, dropped" in done.output
    assert len(answers("torfaen")) == 3  # the one who only wrote replied too


def test_partial_responses_are_kept_where_the_mapping_says_so(tmp_path, bring_in, answers):
    mapping = tmp_path / "m.yaml"
    mapping.write_text("partial: keep\n", encoding="utf-8")
    export = write_csv(tmp_path / "e.csv", LAYOUTS["LimeSurvey"][0]())
    done = bring_in(export, "--mapping", mapping)
    assert f"{0:8} partial, dropped" in done.output
    assert len(answers("powys")) == 2


def test_real_headers_of_a_limesurvey_export_are_recognised(tmp_path):
    head = ["", "socio1. In which country do you work?", "rse3[SQ001]. Who uses the code? []"]
    head += ["likertagree2[affSat1]. Please rate the following. [I find real enjoyment in my job]"]
    path = write_csv(tmp_path / "e.csv", [head, ["1", "UK", "", "Agree"]])
    table = read_table(read_export(path))
    assert table.layout.name == "LimeSurvey"
    assert [column.name for column in table.columns] == [
        "column 1",
        "socio1",
        "rse3[SQ001]",
        "likertagree2[affSat1]",
    ]
    assert "affSat1" in table.columns[3].codes
    assert "I find real enjoyment in my job" in table.columns[3].texts


def test_surveymonkeys_question_stands_over_all_of_its_columns(tmp_path):
    table = read_table(read_export(write_csv(tmp_path / "e.csv", survey_monkey())))
    assert table.columns[10].name.startswith("How far do you agree? [The council treats data")


def test_the_log_names_digests_councils_and_rows_and_never_the_file(tmp_path, spoiled, bring_in):
    import hashlib

    export = write_csv(tmp_path / "Aled.csv", forms())
    bring_in(export)
    package = json.loads((spoiled / "data/datapackage.json").read_text(encoding="utf-8"))
    (log,) = [found["imports"] for found in package["resources"] if "imports" in found]
    (entry,) = log
    assert entry.pop("date") > "2000-01-01"
    assert len(entry.pop("rows_sha256")) == 64
    assert entry == {
        "source_sha256": hashlib.sha256(csv_text(forms()).encode()).hexdigest(),
        "mapping_sha256": None,
        "councils": ["powys", "torfaen"],
        "rows_kept": 3,
    }


@pytest.mark.parametrize("name", ["e.csv", "e.tsv"])
def test_a_cell_that_looks_like_a_formula_is_text(tmp_path: Path, bring_in, answers, name) -> None:
    export = write_csv(tmp_path / name, plain())
    assert bring_in(export).exit_code == 0
    assert answers("powys", kind="comments")[0][2].endswith("=SUM(1)")
