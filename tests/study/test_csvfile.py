"""A CSV file is read cell by cell; each row keeps the line on which it begins."""

import pytest

from helpers.errors import CheckFailed
from helpers.study.files.csvfile import read_csv, read_table


@pytest.fixture
def write(tmp_path):
    def file(content: str | bytes) -> None:
        data = content.encode() if isinstance(content, str) else content
        (tmp_path / "a.csv").write_bytes(data)

    return file


def problems(read, *given):
    with pytest.raises(CheckFailed) as failed:
        read(*given)
    return failed.value.message.splitlines()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_row_keeps_its_line(tmp_path, write, mark, end):
    rows = ["a,b", "1,2", "", '"x', "", 'y",3', "4,", ""]
    write(mark + end.join(rows))
    table = read_table(tmp_path, "a.csv")
    assert (table.top, table.columns, table.problems) == (1, ["a", "b"], [])
    assert table.rows == [["1", "2"], [f"x{end}{end}y", "3"], ["4", ""]]
    assert table.lines == [2, 4, 7]  # a cell of three lines begins on line 4


def test_a_header_below_blank_lines_has_its_line(tmp_path, write):
    write("\n\na,b\n1,2\n")
    table = read_table(tmp_path, "a.csv")
    assert (table.top, table.lines) == (3, [4])


def test_a_header_without_rows_is_a_table_without_rows(tmp_path, write):
    write("a,b\n")
    assert read_csv(tmp_path, "a.csv", ["a", "b"]).rows == []


def test_rows_with_too_few_or_too_many_cells_are_told_and_left_out(tmp_path, write):
    write('a,b\n1\n1,2\n"1\n",2,3\n')
    table = read_table(tmp_path, "a.csv")
    assert table.rows == [["1", "2"]]
    assert [str(problem) for problem in table.problems] == [
        "a.csv:2:1: row has too few cells, 1; expected 2",
        "a.csv:4:1: row has too many cells, 3; expected 2",
    ]


def test_a_column_that_stands_twice_is_told(tmp_path, write):
    write("a,b,a\n1,2,3\n")
    (problem,) = read_table(tmp_path, "a.csv").problems
    assert str(problem) == "a.csv:1:3: column 'a' stands twice; keep one"


UNREADABLE = {
    "nothing": (b"", "1:1: empty file; expected a line of column names"),
    "blank lines": (b"\n\n", "1:1: empty file; expected a line of column names"),
    "another encoding": (
        b"a,b\n1,2\n3,caf\xe9\n",
        "3:2: byte 0xe9 is not UTF-8; save the file as CSV in UTF-8",
    ),
    "a spreadsheet's UTF-16": (
        "a,b\n1,2\n".encode("utf-16"),
        "1:1: byte 0xff is not UTF-8; save the file as CSV in UTF-8",
    ),
    "an open quotation mark": (
        b'a,b\n1,2\n3,"4\n5,6\n',
        "3:1: not CSV: a quotation mark in this row is never closed",
    ),
    "a quotation mark inside a cell": (
        b'a,b\n"1"x,2\n',
        "2:1: not CSV: ',' expected after '\"'",
    ),
    "semicolons": (
        b"a;b\n1;2\n",
        "1:1: cells are separated by ';'; expected ','; save it as CSV with commas",
    ),
    "tabs": (
        b"a\tb\n1\t2\n",
        "1:1: cells are separated by '\\t'; expected ','; save it as CSV with commas",
    ),
}


@pytest.mark.parametrize(("content", "problem"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_is_not_csv_in_utf_8_is_refused_where_it_stands(tmp_path, write, content, problem):
    write(content)
    assert problems(read_table, tmp_path, "a.csv") == [f"a.csv:{problem}"]


def test_a_missing_file_is_named(tmp_path):
    assert problems(read_table, tmp_path, "a.csv") == [
        "a.csv:1:1: missing file; the study names it"
    ]


def test_a_folder_in_place_of_a_file_is_told(tmp_path):
    (tmp_path / "a.csv").mkdir()
    assert problems(read_table, tmp_path, "a.csv") == ["a.csv:1:1: not readable: Is a directory"]


def test_other_columns_and_ragged_rows_are_told_together(tmp_path, write):
    write("a,c\n1\n")
    assert problems(read_csv, tmp_path, "a.csv", ["a", "b"]) == [
        "a.csv:1:1: columns are a, c; expected a, b",
        "a.csv:2:1: row has too few cells, 1; expected 2",
    ]


def test_many_ragged_rows_are_summed_up(tmp_path, write):
    write("a,b\n1,2\n" + "1\n" * 1254)
    lines = problems(read_csv, tmp_path, "a.csv", ["a", "b"])
    assert lines[:20] == [
        f"a.csv:{line}:1: row has too few cells, 1; expected 2" for line in range(3, 23)
    ]
    assert lines[20:] == ["… and 1,234 more rows with too few cells in a.csv (first at line 23)"]
