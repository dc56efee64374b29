"""One made-up export of each layout: the same three people as each survey tool writes them."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pandas as pd
import pyreadstat

from helpers.study.files.yamlfile import read_yaml

ROOT = Path(__file__).parents[3]
ASKED = read_yaml(ROOT / "data/study/questionnaire.yaml", "questionnaire")
TOOL = "elected_members"
CODES = [code for code, asked in ASKED["statements"].items() if TOOL in asked["tools"]]
TEXTS = [ASKED["statements"][code]["text"]["en"] for code in CODES]
REMARK = ASKED["comments"]["leadership"]["en"]

# What nobody may find again in any file of the workbook.
SECRETS = ["Aled Unigryw", "Unigryw", "preifat", "203.0.113.77", "51.7034", "R_3xYz", "762200"]

# Two people's answers, as they were written; the points stand below, put down by hand.
ENGLISH = [
    "Strongly agree",
    "AGREE",
    "Neither agree or disagree",
    " disagree ",
    "Strongly Disagree",
]
ENGLISH += ["Don’t know", "", "Neither agree nor disagree", "Agree", "Agree", "Disagree", "Agree"]
ENGLISH += ["Disagree", "Disagree", "Agree", "Agree"]
WELSH = ["Cytuno’n gryf", "Cytuno", "Ddim yn cytuno nac yn anghytuno", "Anghytuno"]
WELSH += ["Anghytuno'n gryf", "Ddim yn gwybod", "", "CYTUNO", "Cytuno", "Cytuno", "Anghytuno"]
WELSH += ["Cytuno", "Anghytuno", "Anghytuno", "Cytuno", "Cytuno"]
FIRST = ["strongly_agree", "agree", "neither", "disagree", "strongly_disagree", "dont_know", ""]
ENGLISH_POINTS = [*FIRST, "neither", "agree", "agree", "disagree", "agree"]
ENGLISH_POINTS += ["disagree", "disagree", "agree", "agree"]
WELSH_POINTS = [*FIRST, "agree", "agree", "agree", "disagree", "agree"]
WELSH_POINTS += ["disagree", "disagree", "agree", "agree"]

COMMENT = "Ring Rhian on 01495 762200; or write: aled@preifat.example, NP4 6YB."
MASKED = "Ring Rhian on [phone]; or write: [e-mail], [postcode]."
PEOPLE = [
    ("Torfaen County Borough Council", ENGLISH, COMMENT),
    ("Bowys", WELSH, "Mae’r nod yn aneglur; =SUM(1)"),
    ("torfaen", ENGLISH, ""),  # answers as the first did, and is another person
]
EXPECTED = sorted(
    [
        ["torfaen", *ENGLISH_POINTS],
        ["torfaen", *ENGLISH_POINTS],
        ["powys", *WELSH_POINTS],
    ]
)
EXPECTED_COMMENTS = [
    ["torfaen", "leadership", MASKED],
    ["powys", "leadership", "Mae’r nod yn aneglur; =SUM(1)"],
]
Rows = list[list[str]]


def forms() -> Rows:
    rows = [
        ["ID", "Start time", "Completion time", "Email", "Name", "Your council", *TEXTS, REMARK]
    ]
    for number, (council, answers, remark) in enumerate(PEOPLE, start=1):
        times = [f"9/{number}/18 9:01:02", f"9/{number}/18 9:11:12"]
        who = ["aled@preifat.example", "Aled Unigryw"]
        rows.append([str(number), *times, *who, council, *answers, remark])
    return [*rows, rows[-1]]  # the last response twice, by its id


def survey_monkey() -> Rows:
    first = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address"]
    first += ["Email Address", "First Name", "Last Name", "Which council?", "How far do you agree?"]
    first += [""] * (len(TEXTS) - 1) + [REMARK]
    second = [""] * 8 + ["Response", *TEXTS, "Open-Ended Response"]
    rows = [first, second]
    for number, (council, answers, remark) in enumerate(PEOPLE):
        who = [f"1177{number}", "42", f"09/0{number + 1}/2018 09:01:02 AM", "", "203.0.113.77"]
        who += ["aled@preifat.example", "Aled", "Unigryw"]
        rows.append([*who, council, *answers, remark])
    return [*rows, rows[2]]


def qualtrics() -> Rows:
    codes = ["StartDate", "EndDate", "IPAddress", "Finished", "ResponseId", "RecipientLastName"]
    codes += ["LocationLatitude", "Q1", *(f"Q2_{n}" for n in range(1, len(TEXTS) + 1)), "Q3"]
    texts = ["Start Date", "End Date", "IP Address", "Finished", "Response ID"]
    texts += ["Recipient Last Name", "Location Latitude", "Your council"]
    texts += [f"How far do you agree? – {text}" for text in TEXTS] + [REMARK]
    rows = [codes, texts, [f'{{"ImportId":"{code}","timeZone":"Z"}}' for code in codes]]
    for number, (council, answers, remark) in enumerate(PEOPLE):
        who = [f"2018-09-0{number + 1} 09:01:02", "2018-09-03 10:00:00", "203.0.113.77", "True"]
        rows.append([*who, f"R_3xYz{number}", "Unigryw", "51.7034", council, *answers, remark])
    partial = [*rows[-1]]
    partial[3:5] = ["False", "R_3xYz9"]
    return [*rows, partial, rows[3]]


def lime_survey() -> Rows:
    head = ["id. Response ID", "submitdate. Date submitted", "lastpage. Last page"]
    head += ["startlanguage. Start language", "ipaddr. IP address", "org. Which council?"]
    head += [
        f"agree[{code}]. How far do you agree? [{text}]"
        for code, text in zip(CODES, TEXTS, strict=True)
    ]
    rows = [[*head, f"why. {REMARK}"]]
    for number, (council, answers, remark) in enumerate(PEOPLE, start=1):
        who = [str(number), f"2018-09-0{number} 09:01:02", "4", "cy", "203.0.113.77"]
        rows.append([*who, council, *answers, remark])
    partial = ["9", "", "2", "en", "203.0.113.77", "Powys", *rows[1][6:]]
    return [*rows, partial, rows[2]]


def plain() -> Rows:
    rows = [["Name", "GSS code", *CODES, "comments_leadership"]]
    codes = ["W06000020", "w06000023", "W06000020"]
    for code, (_, answers, remark) in zip(codes, PEOPLE, strict=True):
        rows.append(["Aled Unigryw", code, *answers, remark])
    return rows


LAYOUTS: dict[str, tuple[Callable[[], Rows], dict[str, int]]] = {
    "Microsoft Forms": (forms, {"read": 4, "duplicate": 1, "partial": 0}),
    "SurveyMonkey": (survey_monkey, {"read": 4, "duplicate": 1, "partial": 0}),
    "Qualtrics": (qualtrics, {"read": 5, "duplicate": 1, "partial": 1}),
    "LimeSurvey": (lime_survey, {"read": 5, "duplicate": 1, "partial": 1}),
    "plain table": (plain, {"read": 3, "duplicate": 0, "partial": 0}),
}


def csv_text(rows: Iterable[Iterable[str]], delimiter: str = ",") -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def write_csv(path: Path, rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    path.write_bytes(csv_text(rows, delimiter).encode(encoding))
    return path


def write_xlsx(path: Path, rows: Rows) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        cells = [None if cell == "" else int(cell) if cell.isdigit() else cell for cell in row]
        book.active.append(cells)
    for cells in book.active.iter_rows():
        for cell in cells:
            if cell.data_type == "f":  # a text that opens with = is no formula
                cell.data_type = "s"
    book.save(path)
    return path


def write_ods(path: Path, rows: Rows) -> Path:
    """Write the smallest OpenDocument sheet: a mimetype, a manifest and the content."""
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p>'
            "</table:table-cell>"
            if cell
            else "<table:table-cell/>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", kind)
        file.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{space}manifest:1.0"><manifest:file-entry '
            f'manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
        file.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{space}office:1.0" '
            f'xmlns:table="{space}table:1.0" xmlns:text="{space}text:1.0"><office:body>'
            f'<office:spreadsheet><table:table table:name="Answers">{cells}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


SPSS_POINTS = {1.0: "Strongly agree", 2.0: "Agree", 3.0: "Neither agree nor disagree"}
SPSS_POINTS |= {4.0: "Disagree", 5.0: "Strongly disagree", 99.0: "Don't know"}


def write_sav(path: Path) -> Path:
    """Write the English answers twice, as numbers with labels; 99 is declared missing."""
    number = {text.lower(): value for value, text in SPSS_POINTS.items()}
    number |= {"neither agree or disagree": 3.0, "don’t know": 99.0}
    answers = [number.get(text.strip().lower()) for text in ENGLISH]
    columns = {"Name": ["Aled Unigryw", "Rhian"], "council": [20.0, 23.0]}
    columns |= {code: [answer, answer] for code, answer in zip(CODES, answers, strict=True)}
    labels = ["Full name", "Your council", *TEXTS]
    pyreadstat.write_sav(
        pd.DataFrame(columns).astype(dict.fromkeys(CODES, float)),
        path,
        column_labels=labels,
        variable_value_labels={
            "council": {20.0: "Torfaen", 23.0: "Powys"},
            **dict.fromkeys(CODES, SPSS_POINTS),
        },
        missing_ranges={code: [99] for code in CODES},
    )
    return path
