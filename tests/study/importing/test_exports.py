"""A file that is no export, or not a whole one, is told in one line."""

import pytest
from made_up import csv_text, forms, plain, write_csv, write_xlsx

from helpers.study.importing import exports

CLOSING = (
    "workbook: error: 1 problem in 1 file; put this right or decide it in a mapping: "
    "nothing is imported until then"
)

BROKEN = {
    "another format": ("e.pdf", b"%PDF", "format is not known; expected .csv, .tsv, .txt, .xlsx"),
    "no format": ("export", b"a", "format is not known; expected .csv"),
    "an empty file": ("e.csv", b"", "holds no answers; expected a header and a row a respondent"),
    "a header alone": ("e.csv", b"a,b\n", "holds no answers"),
    "neither encoding": ("e.csv", b"a,b\n\x81\x8d,2\n", "neither UTF-8 nor cp1252; save it as"),
    "a picture": ("e.csv", b"\x89PNG\0\0a", "not a text file; expected CSV"),
    "half of UTF-16": ("e.csv", b"\xff\xfea", "neither UTF-8 nor cp1252"),
    "an open quote": (
        "e.csv",
        b'a,b\n1,"2\n',
        "not CSV: a quotation mark in this row is never closed",
    ),
    "a cell without end": (
        "e.csv",
        b'a,b\n1,"' + b"x" * 140_000 + b'"\n',
        "not CSV: a cell has more than 131,072 characters; close its quotation mark, or shorten it",
    ),
    "a row too long": ("e.csv", b"a,b\n1,2,3\n", "row of 3 cells; expected 2, as in the header"),
    "rows too short": (
        "e.csv",
        b"a,b\n1,2\n1\n2\n3\n",
        "row of 1 cells, and so are 2 more rows; expected 2, as in the header",
    ),
    "no sheet": ("e.xlsx", b"PK\x03\x04 nothing", "not a whole XLSX file: "),
    "no zip": ("e.ods", b"hello", "not a whole ODS file: "),
    "no SPSS": ("e.sav", b"$FL2 nothing", "not a whole SPSS file: "),
}


@pytest.mark.parametrize(("name", "content", "problem"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_told_in_one_line(tmp_path, bring_in, name, content, problem):
    path = tmp_path / name
    path.write_bytes(content)
    done = bring_in(path)
    assert done.exit_code == 4
    line, last = done.stderr.splitlines()
    assert last == CLOSING
    assert line.startswith(f"workbook: error: {name}:")
    assert problem in line


def test_half_a_spreadsheet_is_told(tmp_path, bring_in):
    path = write_xlsx(tmp_path / "e.xlsx", forms())
    path.write_bytes(path.read_bytes()[:-400])
    done = bring_in(path)
    assert done.exit_code == 4
    assert "e.xlsx:1:1: not a whole XLSX file: " in done.stderr


def test_a_missing_file_is_told(tmp_path, bring_in):
    done = bring_in(tmp_path / "no.csv")
    assert done.exit_code == 4
    assert "no.csv:1:1: missing file; name the export of a survey tool" in done.stderr


def test_a_folder_is_told(tmp_path, bring_in):
    (tmp_path / "e.csv").mkdir()
    done = bring_in(tmp_path / "e.csv")
    assert done.exit_code == 4
    assert "e.csv:1:1: not readable: Is a directory" in done.stderr


def test_a_file_too_large_to_be_one_tools_answers_is_told(tmp_path, bring_in, monkeypatch):
    monkeypatch.setattr(exports, "LARGEST", 0)
    path = tmp_path / "e.csv"
    path.write_bytes(b"a,b\n1,2\n")
    done = bring_in(path)
    assert done.exit_code == 4
    assert "e.csv:1:1: larger than 0 MB; expected one data tool's answers" in done.stderr


def test_blank_rows_are_no_rows_and_count_for_places(tmp_path, bring_in):
    rows = plain()
    rows.insert(1, [""] * len(rows[0]))
    rows[2][2] = "So-so"
    path = write_xlsx(tmp_path / "e.xlsx", rows)
    done = bring_in(path)
    assert f"{3:8} rows read" in done.output
    assert "e.xlsx:3:3: answer 'So-so' is not understood" in done.stderr


def test_the_first_of_several_sheets_is_read_and_the_report_says_so(tmp_path, bring_in):
    import openpyxl

    path = write_xlsx(tmp_path / "e.xlsx", plain())
    book = openpyxl.load_workbook(path)
    book.create_sheet("Notes").append(["Aled"])
    book.save(path)
    done = bring_in(path)
    assert done.output.startswith(
        "e.xlsx: plain table, XLSX, the first of 2 sheets; read is 'Sheet', not read: 'Notes'\n"
    )


@pytest.mark.parametrize("rows", [[], [["Read me"], ["Contents"]]])
def test_answers_on_a_second_sheet_are_told_of_with_its_name(tmp_path, bring_in, rows):
    import openpyxl

    path = write_xlsx(tmp_path / "e.xlsx", rows)
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet("Answers")
    for row in plain():
        sheet.append(row)
    book.save(path)
    done = bring_in(path)
    assert done.exit_code == 4
    (line, _) = done.stderr.splitlines()
    assert line.endswith("; read is 'Sheet', not read: 'Answers'")


def test_a_header_below_a_title_is_told_in_one_line(tmp_path, bring_in):
    rows = plain()
    title = ["Survey of members", *[""] * (len(rows[0]) - 1)]
    done = bring_in(write_csv(tmp_path / "e.csv", [title, [""] * len(title), *rows]))
    assert done.exit_code == 4
    assert done.stderr.splitlines() == [
        "workbook: error: e.csv:1:1: row 1 is read as the header and names no question; "
        "row 3 looks like the header: delete the rows above it",
        CLOSING,
    ]


def test_a_title_of_one_cell_is_told_as_what_may_be_no_header(tmp_path, bring_in):
    done = bring_in(write_csv(tmp_path / "e.csv", [["Survey of members"], *plain()]))
    assert "expected 1, as in the header in row 1; if that is no header, delete it" in done.stderr


def test_an_export_that_names_no_question_is_told_in_one_line(tmp_path, bring_in):
    done = bring_in(write_csv(tmp_path / "e.csv", [["a", "b"], ["Torfaen", "Agree"]]))
    (line, _) = done.stderr.splitlines()
    assert line == (
        "workbook: error: e.csv:1:1: row 1 is read as the header and names no question; expected "
        "codes of 'elected_members', such as 'L1', or their texts: map columns to them"
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize(("first", "sign"), [("sep=;", ";"), ("SEP=\t", "\t"), ('"sep=,"', ",")])
def test_a_first_line_that_tells_the_separator_is_no_row(tmp_path, bring_in, first, sign, encoding):
    rows = plain()
    rows[1][2] = "So-so"
    text = f"{first}\r\n{csv_text(rows, sign)}"
    (tmp_path / "e.csv").write_text(text, encoding=encoding, newline="")
    done = bring_in(tmp_path / "e.csv")
    assert f"{3:8} rows read" in done.output
    assert "e.csv:2:3: answer 'So-so' is not understood" in done.stderr
