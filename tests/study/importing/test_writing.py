"""An import is written whole or not at all, once, and in the place of what it replaces."""

import csv
import json
import re
from pathlib import Path

import pytest
from made_up import EXPECTED, TOOL, forms, plain, write_csv

from helpers.errors import CheckFailed
from helpers.study.data import check_data
from helpers.study.importing import writing
from helpers.study.provenance import PACKAGE
from helpers.study.reading import read_study

ANSWERS, COMMENTS = f"data/responses/{TOOL}.csv", f"data/comments/{TOOL}.csv"


def log(workbook, path=f"responses/{TOOL}.csv"):
    package = json.loads((workbook / PACKAGE).read_text(encoding="utf-8"))
    (resource,) = [found for found in package["resources"] if found["path"] == path]
    return resource.get("imports", [])


def of_one(council, rows=1):
    head, first, *_ = plain()
    return [head, *([first[0], council, *first[2:]] for _ in range(rows))]


def ids(workbook):
    with (workbook / ANSWERS).open(encoding="utf-8", newline="") as file:
        return [row[:2] for row in csv.reader(file)][1:]


def test_the_organisations_of_the_export_are_replaced_and_no_others(
    tmp_path, spoiled, bring_in, answers
):
    others = [row for row in answers() if row[0] not in ("torfaen", "powys")]
    said = [row for row in answers(kind="comments") if row[0] not in ("torfaen", "powys")]
    assert bring_in(write_csv(tmp_path / "e.csv", forms())).exit_code == 0
    assert [row for row in answers() if row[0] not in ("torfaen", "powys")] == others
    assert [row for row in answers(kind="comments") if row[0] not in ("torfaen", "powys")] == said
    assert sorted(answers("torfaen", "powys")) == EXPECTED


def test_respondents_have_random_ids_by_which_they_are_sorted(tmp_path, spoiled, bring_in):
    export = write_csv(tmp_path / "e.csv", of_one("Conwy", 50))
    bring_in(export)
    first = [name for name, council in ids(spoiled) if council == "conwy"]
    assert len(set(first)) == 50
    assert first == sorted(first)
    assert all(re.fullmatch("[a-f][0-9a-f]{15}", name) for name in first)
    export.write_bytes(export.read_bytes() + b"\r\n")  # another export, with the same answers
    bring_in(export)
    again = [name for name, council in ids(spoiled) if council == "conwy"]
    assert set(first).isdisjoint(again)
    names = [name for name, _ in ids(spoiled)]
    assert len(set(names)) == len(names)


def test_an_id_that_is_taken_is_drawn_again(monkeypatch):
    drawn = iter([0, 0, 1])
    monkeypatch.setattr(writing.secrets, "randbelow", lambda _: next(drawn))
    taken = set()
    assert [writing._new_id(taken), writing._new_id(taken)] == [
        "a000000000000000",
        "a000000000000001",
    ]


def test_councils_keep_the_order_of_the_study(tmp_path, spoiled, bring_in):
    order = list(dict.fromkeys(council for _, council in ids(spoiled)))
    bring_in(write_csv(tmp_path / "e.csv", forms()))
    assert list(dict.fromkeys(council for _, council in ids(spoiled))) == order


def test_the_same_export_with_the_same_mapping_changes_nothing(tmp_path, spoiled, bring_in):
    export = write_csv(tmp_path / "e.csv", forms())
    bring_in(export)
    before = {path: path.read_bytes() for path in spoiled.rglob("*") if path.is_file()}
    done = bring_in(export)
    assert done.exit_code == 0
    assert "imported before with the same mapping: nothing is changed" in done.output
    assert {path: path.read_bytes() for path in spoiled.rglob("*") if path.is_file()} == before


def test_the_same_export_with_another_mapping_is_another_import(tmp_path, spoiled, bring_in):
    export, mapping = write_csv(tmp_path / "e.csv", forms()), tmp_path / "m.yaml"
    bring_in(export)
    mapping.write_text("partial: keep\n", encoding="utf-8")
    assert "written: " in bring_in(export, "--mapping", mapping).output
    (entry,) = log(spoiled)
    assert len(entry["mapping_sha256"]) == 64


def test_the_log_keeps_what_still_stands_of_each_import(tmp_path, spoiled, bring_in):
    both = write_csv(tmp_path / "both.csv", [*of_one("Conwy", 2), *of_one("Powys", 3)[1:]])
    powys = write_csv(tmp_path / "powys.csv", of_one("Powys"))
    bring_in(both)
    bring_in(powys)
    assert [(entry["councils"], entry["rows_kept"]) for entry in log(spoiled)] == [
        (["conwy"], 2),
        (["powys"], 1),
    ]
    # The first export again is no repetition now: part of it has been replaced.
    assert "written: " in bring_in(both).output
    assert [(entry["councils"], entry["rows_kept"]) for entry in log(spoiled)] == [
        (["conwy", "powys"], 5)
    ]


def test_the_package_changes_by_its_log_alone(tmp_path, spoiled, bring_in):
    before = (spoiled / PACKAGE).read_text(encoding="utf-8").splitlines()
    done = bring_in(write_csv(tmp_path / "e.csv", of_one("Powys")))
    after = (spoiled / PACKAGE).read_text(encoding="utf-8").splitlines()
    added = [line for line in after if line not in before]
    assert [line for line in before if line not in after] == []
    assert any('"imports": [' in line for line in added)
    assert len(after) - len(before) <= 14
    assert (
        f"{PACKAGE} still calls {ANSWERS} and {COMMENTS} illustrative: where these answers are "
        "real, correct provenance, title, description and sources. Provenance is of a whole file: "
        "councils in it that no import brought: 21" in done.output
    )


def test_comments_of_a_tool_that_had_none_are_described_with_its_provenance(
    tmp_path, spoiled, bring_in
):
    package = json.loads((spoiled / PACKAGE).read_text(encoding="utf-8"))
    package["resources"] = [
        found for found in package["resources"] if not found["path"].startswith("comments/")
    ]
    (spoiled / PACKAGE).write_text(json.dumps(package), encoding="utf-8")
    for path in (spoiled / "data/comments").iterdir():
        path.unlink()
    bring_in(write_csv(tmp_path / "e.csv", forms()))
    package = json.loads((spoiled / PACKAGE).read_text(encoding="utf-8"))
    (added,) = [found for found in package["resources"] if found["path"].startswith("comments/")]
    assert (added["path"], added["provenance"]) == (f"comments/{TOOL}.csv", "illustrative")
    header = (spoiled / COMMENTS).read_text(encoding="utf-8").splitlines()[0].split(",")
    assert [field["name"] for field in added["schema"]["fields"]] == header


def test_the_same_export_mends_what_was_changed_by_hand(tmp_path, spoiled, bring_in):
    export = write_csv(tmp_path / "e.csv", of_one("Powys"))
    bring_in(export)
    whole = (spoiled / ANSWERS).read_text(encoding="utf-8")
    (line,) = [line for line in whole.splitlines() if ",powys," in line]
    (spoiled / ANSWERS).write_text(whole.replace(line + "\n", ""), encoding="utf-8")
    assert "written: " in bring_in(export).output
    assert [council for _, council in ids(spoiled)].count("powys") == 1


def test_an_import_tells_what_it_replaces(tmp_path, spoiled, bring_in, answers):
    (spoiled / COMMENTS).write_text("council,theme,comment\npowys,skills,Yes.\n", "utf-8")
    text = (spoiled / ANSWERS).read_text(encoding="utf-8")
    people = text.count(",powys,")
    assert people > 0
    line = f"replaces {people} respondents' answers and 1 comment of powys\n"
    export = write_csv(tmp_path / "e.csv", of_one("Powys"))
    assert line in bring_in(export, "--dry-run").output
    assert line in bring_in(export).output
    assert "replaces" not in bring_in(export).output


def test_an_import_calls_a_unit_what_its_study_does(tmp_path, bring_in):
    rows = plain()
    done = bring_in(write_csv(tmp_path / "e.csv", rows))
    assert "       2 councils: torfaen 2, powys 1\n" in done.output
    assert "GSS code: the council\n" in done.output
    assert "       0 names of councils not understood\n" in done.output
    done = bring_in(write_csv(tmp_path / "e.csv", rows[:2]))
    assert "       1 council: torfaen 1\n" in done.output
    assert "replaces 2 respondents' answers and " in done.output


def test_a_path_may_be_a_list_of_one_and_not_of_more(tmp_path, spoiled, bring_in, edit):
    export = write_csv(tmp_path / "e.csv", of_one("Powys"))
    edit(spoiled / PACKAGE, f'"responses/{TOOL}.csv"', f'["responses/{TOOL}.csv"]')
    assert bring_in(export).exit_code == 0
    assert len(log(spoiled, path=[f"responses/{TOOL}.csv"])) == 1
    edit(spoiled / PACKAGE, f'"responses/{TOOL}.csv"', f'"x.csv", "responses/{TOOL}.csv"')
    done = bring_in(export)
    assert done.exit_code == 4
    assert (
        f"{PACKAGE}:1:1: 'responses/{TOOL}.csv' shares a resource; give it its own, in which "
        "imports are logged" in done.stderr
    )


@pytest.mark.parametrize("fails", [2, 3])
def test_what_was_put_in_its_place_is_put_back_where_the_next_cannot_be(
    tmp_path, spoiled, bring_in, monkeypatch, fails
):
    before = {path: path.read_bytes() for path in spoiled.rglob("*") if path.is_file()}
    replace, calls = Path.replace, []

    def locked(path, target):
        calls.append(path)
        if len(calls) == fails:
            raise PermissionError(13, "Permission denied", str(target))
        return replace(path, target)

    export = write_csv(tmp_path / "e.csv", forms())
    monkeypatch.setattr(Path, "replace", locked)
    done = bring_in(export)
    monkeypatch.undo()
    assert done.exit_code == 1
    assert "Permission denied; nothing was imported" in done.output
    assert {path: path.read_bytes() for path in spoiled.rglob("*") if path.is_file()} == before


def test_a_part_that_was_left_is_told(spoiled):
    (spoiled / "data/responses/.x.csv.part").write_text("", encoding="utf-8")
    with pytest.raises(CheckFailed) as failed:
        check_data(spoiled, read_study(spoiled), [])
    assert failed.value.message == (
        "data/responses/.x.csv.part:1:1: left by an import that was interrupted; import again, "
        "then remove it"
    )


@pytest.mark.parametrize("fails", [1, 2, 3])
def test_nothing_is_changed_where_a_file_cannot_be_written(
    tmp_path, spoiled, bring_in, monkeypatch, fails
):
    before = {path: path.read_bytes() for path in spoiled.rglob("*") if path.is_file()}
    write, calls = Path.write_bytes, []

    def full(path, content):
        calls.append(path)
        if len(calls) == fails:
            write(path, content[:10])
            raise OSError(28, "No space left on device", str(path))
        return write(path, content)

    export = write_csv(tmp_path / "e.csv", forms())
    monkeypatch.setattr(Path, "write_bytes", full)
    done = bring_in(export)
    monkeypatch.undo()
    assert done.exit_code == 1
    assert "No space left on device; nothing was imported" in done.output
    assert {path: path.read_bytes() for path in spoiled.rglob("*") if path.is_file()} == before


def test_answers_that_the_workbook_holds_must_be_whole_themselves(tmp_path, spoiled, bring_in):
    text = (spoiled / ANSWERS).read_text(encoding="utf-8")
    (spoiled / ANSWERS).write_text(text.replace(",L1,", ",L0,", 1), encoding="utf-8")
    done = bring_in(write_csv(tmp_path / "e.csv", forms()))
    assert done.exit_code == 4
    assert f"{ANSWERS}:1:1: columns are respondent, council, L0," in done.output


def test_a_tool_that_the_package_does_not_describe_is_told(tmp_path, spoiled, bring_in, edit):
    edit(spoiled / PACKAGE, f'"responses/{TOOL}.csv"', '"responses/other.csv"')
    done = bring_in(write_csv(tmp_path / "e.csv", forms()))
    assert done.exit_code == 4
    assert (
        f"{PACKAGE}:1:1: no resource has the path 'responses/{TOOL}.csv'; describe it, with "
        "provenance" in done.output
    )


def test_an_unknown_tool_is_told_with_the_known_ones(tmp_path, bring_in):
    done = bring_in(write_csv(tmp_path / "e.csv", forms()), tool="../../members")
    assert done.exit_code == 2
    assert "unknown tool '../../members'; expected 'management_team', " in done.output


def test_an_export_of_which_no_row_is_kept_is_not_imported(tmp_path, spoiled, bring_in):
    head, first, *_ = plain()
    done = bring_in(write_csv(tmp_path / "e.csv", [head, ["", "Conwy", *[""] * (len(first) - 2)]]))
    assert done.exit_code == 4
    assert "e.csv:1:1: no row is kept; the report says what became of each" in done.stderr
    assert log(spoiled) == []
