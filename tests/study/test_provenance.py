"""The data package says of each number whether it was published or is illustrative."""

import json

import pytest

from helpers.errors import CheckFailed
from helpers.study.provenance import PACKAGE, Provenance, read_provenance

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
            f"responses/{number}.csv": {"provenance": one, "title": "answers"}
            for number, one in enumerate(status)
        }
    )


def test_answers_are_published_only_if_all_of_them_are():
    assert answers("published", "published").of_answers()[0] == "published"
    assert answers("published", "illustrative").of_answers()[0] == "illustrative"


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
            ":1:1: 'councils.csv' has no provenance; expected 'published', 'illustrative'",
        ),
        (
            {"resources": [{"path": "a.csv", "title": "t", "provenance": "real"}]},
            ":1:1: 'a.csv' has no provenance; expected 'published', 'illustrative'",
        ),
        ([], ":1:1: "),
        ({}, ":1:1: "),
        ({"resources": ["a.csv"]}, ":1:1: "),
        ({"resources": [{"provenance": "published", "title": "t"}]}, ":1:1: "),
        ({"resources": [{"provenance": "published", "path": "a.csv"}]}, ":1:1: "),  # no title
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
