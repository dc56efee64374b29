"""The synthetic answers keep to what was published, and are the same on every machine."""

import csv
import hashlib
import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpers.errors import CheckFailed
from helpers.study.files.yamlfile import read_yaml
from helpers.study.synthetic.__main__ import main
from helpers.study.synthetic.recipe import QUESTIONNAIRE, RECIPE
from helpers.study.synthetic.writing import write_answers

WORKBOOK = Path(__file__).parents[2]
DATA = WORKBOOK / "data"
ASKED = read_yaml(WORKBOOK / QUESTIONNAIRE, QUESTIONNAIRE)
STATEMENTS = ASKED["statements"]
OFFICERS = [
    "management_team",
    "service_managers",
    "performance_officers",
    "information_officers",
    "data_analysts",
]
MEMBERS = ["elected_members"]
ALL = OFFICERS + MEMBERS
AGREE = {"strongly_agree", "agree"}
DISAGREE = {"strongly_disagree", "disagree"}
KNOWN = AGREE | DISAGREE | {"neither", "dont_know", ""}


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


INVITED = read_rows(DATA / "invitations.csv")
ROWS = {tool: read_rows(DATA / "responses" / f"{tool}.csv") for tool in ALL}
COUNCILS = list(dict.fromkeys(row["council"] for row in INVITED))


def invited(council: str, tools: list[str]) -> int:
    rows = [row for row in INVITED if row["council"] == council and row["tool"] in tools]
    return sum(int(row["invited"]) for row in rows)


def replied(council: str, tools: list[str]) -> int:
    return sum(row["council"] == council for tool in tools for row in ROWS[tool])


def answers(council: str, code: str, tools: list[str] = ALL) -> list[str]:
    asked = [tool for tool in tools if tool in STATEMENTS[code]["tools"]]
    return [row[code] for tool in asked for row in ROWS[tool] if row["council"] == council]


def base(given: list[str]) -> int:
    return sum(answer not in ("dont_know", "") for answer in given)


def share(given: list[str], wanted: set[str]) -> float:
    return sum(answer in wanted for answer in given) / base(given)


def level(council: str, codes: list[str]) -> int:
    favourable = [
        share(answers(council, code), DISAGREE if "favourable" in STATEMENTS[code] else AGREE)
        for code in codes
    ]
    average = sum(favourable) / len(favourable)
    return 1 if average < 0.40 else 2 if average < 0.65 else 3


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A workbook with nothing but the recipe and the questionnaire."""
    (tmp_path / "params").mkdir()
    (tmp_path / "data" / "study").mkdir(parents=True)
    for file in (RECIPE, QUESTIONNAIRE):
        shutil.copy(WORKBOOK / file, tmp_path / file)
    return tmp_path


def change_recipe(copy: Path, old: str, new: str) -> None:
    text = (copy / RECIPE).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (copy / RECIPE).write_text(text.replace(old, new), encoding="utf-8")


def assert_refused(copy: Path, message: str) -> None:
    with pytest.raises(CheckFailed) as refused:
        write_answers(copy)
    assert message in str(refused.value)
    assert not (copy / "data" / "invitations.csv").exists()


def test_the_generator_run_again_gives_the_same_bytes(copy):
    write_answers(copy)
    made = sorted(path.relative_to(copy) for path in copy.rglob("data/**/*.csv"))
    assert len(made) == 13  # invitations, then answers and comments of six tools
    for path in made:
        assert (copy / path).read_bytes() == (WORKBOOK / path).read_bytes()
    assert not list(copy.rglob("*.part"))


def test_lines_end_the_same_on_every_machine():
    made = [*(DATA / "responses").glob("*.csv"), *(DATA / "comments").glob("*.csv")]
    for path in (DATA / "invitations.csv", *made):
        assert b"\r" not in path.read_bytes()
        assert path.read_bytes().endswith(b"\n")


def test_torfaen_reads_as_published():
    counts = [
        (invited("torfaen", group), replied("torfaen", group)) for group in (OFFICERS, MEMBERS, ALL)
    ]
    assert counts == [(59, 30), (44, 12), (103, 42)]


def test_half_of_torfaens_management_team_sees_enough_skilled_staff():
    given = answers("torfaen", "S1", ["management_team"])
    assert (len(given), base(given), share(given, AGREE)) == (10, 10, 0.5)


def test_torfaens_view_of_data_in_decisions_is_mixed():
    given = answers("torfaen", "D1")
    assert 0.35 <= share(given, AGREE) <= 0.48
    assert 0.35 <= share(given, DISAGREE) <= 0.48


def test_torfaen_does_not_treat_data_as_a_key_resource():
    given = answers("torfaen", "L2")
    assert share(given, AGREE) <= 0.25
    assert share(given, DISAGREE) >= 0.50


@pytest.mark.parametrize(
    ("code", "most"),
    [("L1", 0.30), ("L4", 0.15), ("L6", 0.30), ("P3", 0.40), ("P4", 0.40), ("D2", 0.40)],
)
def test_few_at_torfaen_agree_where_its_report_asks_for_more(code, most):
    assert share(answers("torfaen", code), AGREE) <= most


def test_no_statement_to_torfaens_members_is_hidden():
    for code, statement in STATEMENTS.items():
        if MEMBERS[0] in statement["tools"]:
            assert base(answers("torfaen", code, MEMBERS)) >= 10, code


def test_small_groups_of_members_occur():
    sizes = [replied(council, MEMBERS) for council in COUNCILS]
    assert sum(size < 5 for size in sizes) == 1
    assert 2 <= sum(5 <= size < 10 for size in sizes) <= 3


def test_every_council_can_be_shown_as_a_whole():
    for council in COUNCILS:
        assert min(base(answers(council, code)) for code in STATEMENTS) >= 10, council


def test_officers_reply_in_plausible_numbers():
    for council in COUNCILS:
        assert 18 <= replied(council, OFFICERS) <= 60
        assert 0.25 <= replied(council, OFFICERS) / invited(council, OFFICERS) <= 0.75


def test_no_more_people_reply_than_were_invited():
    for council in COUNCILS:
        for tool in ALL:
            assert replied(council, [tool]) <= invited(council, [tool]), (council, tool)


def test_most_councils_are_at_levels_1_and_2():
    statements = {}
    for code, statement in STATEMENTS.items():
        statements.setdefault(statement.get("characteristic"), []).append(code)
    del statements[None]
    for characteristic, codes in statements.items():
        held = Counter(level(council, codes) for council in COUNCILS)
        assert 8 <= held[1] <= 12, characteristic
        assert 9 <= held[2] <= 13, characteristic
        assert held[3] <= 3, characteristic


def test_every_answer_is_on_the_scale():
    assert {*ASKED["scale"], ""} == KNOWN
    for tool, rows in ROWS.items():
        codes = [code for code in STATEMENTS if tool in STATEMENTS[code]["tools"]]
        assert list(rows[0]) == ["respondent", "council", *codes]
        assert {row[code] for row in rows for code in codes} <= KNOWN


def test_respondents_are_unique_and_say_nothing_of_their_order():
    names = [row["respondent"] for rows in ROWS.values() for row in rows]
    assert len(set(names)) == len(names)
    assert all(len(name) == 8 and int(name, 16) and name[0] in "abcdef" for name in names)
    for rows in ROWS.values():
        places = [(COUNCILS.index(row["council"]), row["respondent"]) for row in rows]
        assert places == sorted(places)


def test_councils_and_tools_keep_the_order_of_their_files():
    assert [row["slug"] for row in read_rows(DATA / "councils.csv")] == COUNCILS
    pairs = [(row["council"], row["tool"]) for row in INVITED]
    assert pairs == [(council, tool) for council in COUNCILS for tool in ASKED["tools"]]


def test_a_council_less_changes_no_other(copy):
    change_recipe(copy, "  swansea: {invited: {elected_members: 72}}\n", "")
    write_answers(copy)
    for tool in ALL:
        left = [row for row in ROWS[tool] if row["council"] != "swansea"]
        assert read_rows(copy / "data" / "responses" / f"{tool}.csv") == left
        said = [
            row
            for row in read_rows(DATA / "comments" / f"{tool}.csv")
            if row["council"] != "swansea"
        ]
        assert read_rows(copy / "data" / "comments" / f"{tool}.csv") == said
    left = [row for row in INVITED if row["council"] != "swansea"]
    assert read_rows(copy / "data" / "invitations.csv") == left


def test_comments_are_the_recipes_sentences_and_say_nothing_of_their_order():
    recipe = read_yaml(WORKBOOK / RECIPE, RECIPE)["comments"]["sentences"]
    themes = list(ASKED["comments"])
    for tool in ALL:
        rows = read_rows(DATA / "comments" / f"{tool}.csv")
        assert list(rows[0]) == ["council", "theme", "comment"]
        assert all(row["comment"] in recipe[row["theme"]] for row in rows)
        places = [
            (
                COUNCILS.index(row["council"]),
                themes.index(row["theme"]),
                hashlib.sha256(row["comment"].encode()).hexdigest()[:12],
            )
            for row in rows
        ]
        assert places == sorted(places)


def test_no_more_people_comment_on_a_theme_than_replied():
    for tool in ALL:
        said = Counter(
            (row["council"], row["theme"]) for row in read_rows(DATA / "comments" / f"{tool}.csv")
        )
        assert all(count <= replied(council, [tool]) for (council, _), count in said.items())


def test_a_recipe_with_sentences_on_no_theme_is_refused(copy):
    change_recipe(copy, "\n    leadership:\n", "\n    leaders:\n")
    assert_refused(copy, "'leaders' is not in both the recipe and the questionnaire")


def test_another_seed_gives_other_answers(copy):
    change_recipe(copy, "seed: ", "seed: another ")
    write_answers(copy)
    rows = read_rows(copy / "data" / "responses" / "elected_members.csv")
    assert rows != ROWS["elected_members"]


def test_a_quota_that_is_no_sum_is_refused(copy):
    old = "management_team: {agree: 5, neither: 1, disagree: 4}\n      S2"
    change_recipe(copy, old, old.replace("4", "3"))
    assert_refused(copy, "quota of 9 answers; 'responses' lays down 10")


def test_a_quota_for_people_who_were_not_asked_is_refused(copy):
    change_recipe(copy, "      L4:  #", "      L44:  #")
    assert_refused(copy, "'management_team' was not asked 'L44'; remove this quota")


def test_a_recipe_that_misses_a_statement_is_refused(copy):
    change_recipe(copy, "  L4: {agree", "  L44: {agree")
    assert_refused(copy, "'L4' is not in both the recipe and the questionnaire")


def test_a_recipe_that_misses_a_view_is_refused(copy):
    change_recipe(copy, "elected_members: {view: members", "elected_members: {view: councillors")
    assert_refused(copy, "'agree' or 'dont_know' lacks 'councillors'; add it")


def test_a_mistake_on_the_command_line_is_explained(copy):
    (copy / RECIPE).unlink()
    result = CliRunner().invoke(main, [str(copy)])
    assert result.exit_code == 4
    missing = f"{RECIPE}:1:1: missing file; synthetic answers need it"
    assert result.output == f"workbook: error: {missing}\n"


def test_the_data_package_describes_every_file():
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    described = {resource["path"]: resource for resource in package["resources"]}
    files = {*DATA.rglob("*.csv"), *DATA.rglob("*.yaml")}
    assert {path.relative_to(DATA).as_posix() for path in files} <= described.keys()
    assert {resource["provenance"] for resource in described.values()} == {
        "published",
        "illustrative",
    }
    for path, resource in described.items():
        if path.endswith(".csv"):
            header = (DATA / path).read_text(encoding="utf-8").splitlines()[0].split(",")
            assert [field["name"] for field in resource["schema"]["fields"]] == header
        if path.startswith("comments/"):
            assert resource["provenance"] == "illustrative"
        if path.startswith("responses/"):
            assert resource["provenance"] == "illustrative"
            for field in resource["schema"]["fields"][2:]:
                assert {*field["constraints"]["enum"], ""} == KNOWN
