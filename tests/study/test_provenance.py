"""The data package says of each number whether it was published or is illustrative."""

import json

import pytest

from helpers.errors import CheckFailed
from helpers.study.provenance import (
    PACKAGE,
    Provenance,
    Resource,
    check_provenance,
    read_provenance,
)
from helpers.study.reading import read_study

REPORT = "Local government use of data: Torfaen County Borough Council"


@pytest.fixture
def write(tmp_path):
    (tmp_path / "data").mkdir()

    def package(content) -> None:
        text = content if isinstance(content, str) else json.dumps(content)
        (tmp_path / PACKAGE).write_text(text, encoding="utf-8")

    return package


@pytest.mark.parametrize("group", ["officers", "members", "total"])
def test_torfaens_replies_by_group_were_published(shipped, group):
    status, source = read_provenance(shipped).of_replies("torfaen", group)
    assert status == "published"
    assert source.startswith(REPORT)


@pytest.mark.parametrize(
    ("council", "group"),
    [
        ("torfaen", "management_team"),
        ("torfaen", "elected_members"),
        ("cardiff", "total"),
        ("", "total"),
    ],
)
def test_no_other_replies_were_published(shipped, council, group):
    status, source = read_provenance(shipped).of_replies(council, group)
    assert status == "illustrative"
    assert source.startswith("Synthetic")


def test_no_answers_were_published(shipped):
    provenance = read_provenance(shipped)
    assert provenance.of_answers() == ("illustrative", "Synthetic answers to the data tools")
    assert provenance.illustrative


def answers(*status):
    return Provenance(
        {
            f"responses/{number}.csv": Resource(path=[], provenance=one, title="answers")
            for number, one in enumerate(status)
        }
    )


def test_answers_are_published_only_if_all_of_them_are():
    assert answers("published", "published").of_answers()[0] == "published"
    assert answers("published", "illustrative").of_answers()[0] == "illustrative"


def test_comments_are_published_only_if_all_of_their_files_are():
    known = Provenance(
        {
            f"comments/{tool}.csv": Resource(path="", title="", provenance=status)
            for tool, status in (("a", "published"), ("b", "illustrative"))
        }
    )
    assert known.of_comments(["a"]) == "published"
    assert known.of_comments(["a", "b"]) == "illustrative"


def test_a_workbook_of_published_data_alone_is_not_illustrative():
    assert not answers("published", "published").illustrative


def test_a_resource_of_several_files_speaks_for_each_of_them(tmp_path, write):
    several = {"path": ["responses/a.csv", "responses/b.csv"], "provenance": "published"}
    write({"resources": [several | {"title": "answers"}]})
    known = read_provenance(tmp_path)
    assert set(known.resources) == {"responses/a.csv", "responses/b.csv"}
    assert known.of_answers() == ("published", "answers")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ('{"a": 1,}', ":1:9: not JSON: "),
        ('{\n  "a": b\n}', ":2:8: not JSON: Expecting value"),
        (
            {"resources": [{"path": "councils.csv", "title": "t"}]},
            ":1:16: missing key 'provenance'; add it",
        ),
        (
            {"resources": [{"path": "a.csv", "title": "t", "provenance": "real"}]},
            ":1:48: 'provenance' is 'real'; expected 'published' or 'illustrative'",
        ),
        ([], ":1:1: the file is []; expected a mapping of names to values"),
        ({}, ":1:1: missing key 'resources'; add it"),
        (
            {"resources": ["a.csv"]},
            ":1:16: item 1 of 'resources' is 'a.csv'; expected a mapping of names to values",
        ),
        (
            {"resources": [{"provenance": "published", "title": "t"}]},
            ":1:16: missing key 'path'; add it",
        ),
        (
            {"resources": [{"provenance": "published", "path": "a.csv"}]},
            ":1:16: missing key 'title'; add it",
        ),
        (
            {"resources": [{"provenance": "published", "path": 1, "title": "t"}]},
            ":1:44: 'path' is 1; expected a list",
        ),
        (
            {"resources": [{"path": "a", "title": "t", "provenance": "published", "imports": 5}]},
            ":1:71: 'imports' is 5; expected a list",
        ),
        (
            {"resources": [{"path": "a", "title": "t", "provenance": "x", "imports": [{"x": 1}]}]},
            ":1:44: 'provenance' is 'x'; expected 'published' or 'illustrative'\n"
            f"{PACKAGE}:1:75: missing key 'councils'; add it",
        ),
        ("[" * 200_000, ":1:1: not readable: nested too deeply"),
    ],
)
def test_a_package_that_does_not_say_is_a_problem_with_a_place(tmp_path, write, content, problem):
    write(content)
    with pytest.raises(CheckFailed) as failed:
        read_provenance(tmp_path)
    assert failed.value.message.startswith(f"{PACKAGE}{problem}")


def test_a_package_that_is_not_utf_8_is_a_problem_with_a_place(tmp_path, write):
    write("")
    (tmp_path / PACKAGE).write_bytes('{"resources": []}'.encode("utf-16"))
    with pytest.raises(CheckFailed, match=f"^{PACKAGE}:1:1: "):
        read_provenance(tmp_path)


def test_a_missing_package_is_a_problem_with_a_place(tmp_path):
    with pytest.raises(CheckFailed, match=f"^{PACKAGE}:1:1: missing file; figures need it$"):
        read_provenance(tmp_path)


# What the package names. In the shipped file "resources" stands on line 31, what was published of
# Torfaen from line 133 to 140, and the path of the data analysts' answers on line 1983

REPLACED = [
    "31:3: no resource has the path 'responses/data_analysts.csv'; describe it, with provenance",
    "1983:7: unknown answers 'responses/data_analyst.csv'; expected "
    "'responses/management_team.csv', 'responses/service_managers.csv', "
    "'responses/performance_officers.csv', 'responses/information_officers.csv', "
    "'responses/data_analysts.csv', 'responses/elected_members.csv'; "
    "did you mean 'responses/data_analysts.csv'?",
]
MISTAKES = {
    "a source without a council": (
        ('          "council": "torfaen",', ""),
        ["133:9: missing key 'council'; add it"],
    ),
    "a source with a misspelt key": (
        ('"groups": [', '"grups": ['),
        [
            "133:9: missing key 'groups'; add it",
            "135:11: unknown key 'grups'; expected 'council', 'groups', 'source'; "
            "did you mean 'groups'?",
        ],
    ),
    "an unknown council": (
        ('"council": "torfaen",', '"council": "torfean",'),
        [
            "134:11: unknown council 'torfean'; expected 'isle-of-anglesey', 'gwynedd', 'conwy', "
            "'denbighshire', 'flintshire', 'wrexham', 'ceredigion', 'pembrokeshire', "
            "'carmarthenshire', 'swansea', 'neath-port-talbot', 'bridgend' …; "
            "did you mean 'torfaen'?"
        ],
    ),
    "an unknown group": (
        ('            "members"', '            "member"'),
        [
            "137:13: unknown group 'member'; expected 'total', 'officers', 'members', "
            "'management_team', 'service_managers', 'performance_officers', "
            "'information_officers', 'data_analysts', 'elected_members'; did you mean 'members'?"
        ],
    ),
    "answers of no tool": (
        ('"responses/data_analysts.csv"', '"responses/data_analyst.csv"'),
        REPLACED,
    ),
    "invitations that nothing describes": (
        ('"path": "invitations.csv"', '"path": "invited.csv"'),
        ["31:3: no resource has the path 'invitations.csv'; describe it, with provenance"],
    ),
}


@pytest.mark.parametrize(("change", "problems"), MISTAKES.values(), ids=MISTAKES)
def test_a_wrong_name_in_the_package_is_told_where_it_stands(spoiled, edit, change, problems):
    edit(spoiled / PACKAGE, *change)
    with pytest.raises(CheckFailed) as failed:
        check_provenance(spoiled, read_study(spoiled))
    assert failed.value.message.splitlines() == [f"{PACKAGE}:{problem}" for problem in problems]


def test_the_shipped_package_describes_all_answers(shipped):
    check_provenance(shipped, read_study(shipped))


def test_a_byte_order_mark_is_no_part_of_the_package(tmp_path, write):
    write('\ufeff{"resources": []}')
    assert read_provenance(tmp_path).resources == {}


def test_published_is_for_files_of_which_imports_brought_all(spoiled):
    package = json.loads((spoiled / PACKAGE).read_text(encoding="utf-8"))
    for resource in package["resources"]:
        if resource["path"] in ("responses/elected_members.csv", "comments/elected_members.csv"):
            resource["provenance"] = "published"
        if resource["path"] == "responses/elected_members.csv":
            entry = {"source_sha256": "a", "mapping_sha256": None, "councils": ["powys"]}
            resource["imports"] = [entry | {"rows_kept": 1, "date": "2026-01-31"}]
    for folder, row in (("responses", "a,{}"), ("comments", "{},skills,Yes.")):
        path = spoiled / f"data/{folder}/elected_members.csv"
        header = path.read_text(encoding="utf-8").splitlines()[0]
        blanks = "," * (header.count(",") - row.count(","))
        councils = ["powys", "conwy", "cardiff"]
        rows = [f"{row.format(council)}{blanks}" for council in councils]
        path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")

    def told():
        (spoiled / PACKAGE).write_text(json.dumps(package, indent=2), encoding="utf-8")
        with pytest.raises(CheckFailed) as failed:
            check_provenance(spoiled, read_study(spoiled))
        return [problem.message for problem in failed.value.problems]

    first, second = told()
    assert first == (
        "'published', but no import brought conwy, cardiff (2 councils) of "
        "'responses/elected_members.csv'; import or remove them, or call it 'illustrative'"
    )
    assert second == first.replace("responses/", "comments/")
    for resource in package["resources"]:
        for entry in resource.get("imports", []):
            entry["councils"] += ["conwy"]
    assert "brought cardiff (1 councils) of" in told()[0]
