"""Each cell of data/ is held to its contract: a breach is told with line, column and value."""

import csv
import string
from functools import cache
from io import StringIO
from unicodedata import bidirectional, category

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from conftest import ROOT
from helpers.errors import CheckFailed
from helpers.study.breaches import find_breaches
from helpers.study.contract import (
    comments_contract,
    invitations_contract,
    responses_contract,
    units_contract,
    unknown_code,
)
from helpers.study.data import check_data
from helpers.study.definition import ANSWERS, Units
from helpers.study.files.csvfile import read_table
from helpers.study.reading import read_study
from helpers.study.responses import as_frame

COUNCILS = "data/councils.csv"
INVITATIONS = "data/invitations.csv"
MEMBERS = "data/responses/elected_members.csv"
COMMENTS = "data/comments/elected_members.csv"

# the first twelve of the study, in its order
KNOWN = (
    "expected 'isle-of-anglesey', 'gwynedd', 'conwy', 'denbighshire', 'flintshire', 'wrexham', "
    "'ceredigion', 'pembrokeshire', 'carmarthenshire', 'swansea', 'neath-port-talbot', "
    "'bridgend' …"
)
TOOLS = (
    "expected 'management_team', 'service_managers', 'performance_officers', "
    "'information_officers', 'data_analysts', 'elected_members'"
)
POINTS = (
    "expected 'strongly_agree', 'agree', 'neither', 'disagree', 'strongly_disagree', 'dont_know'"
)


@cache
def shipped_study():
    return read_study(ROOT)


def problems(workbook, study=None):
    study = study or shipped_study()
    with pytest.raises(CheckFailed) as failed:
        check_data(workbook, study, study.councils)
    return failed.value.message.splitlines()


# The units' file. powys is line 22: its code, slug and names
POWYS = "W06000023,powys,Powys,Powys,"
UNITS = {
    "a retired code": (
        (POWYS, "W06000007,powys,Powys,Powys,"),
        "22:1: code 'W06000007' is retired; use 'W06000023'",
    ),
    "an unknown code": (
        (POWYS, "W07000023,powys,Powys,Powys,"),
        r"22:1: code 'W07000023' is not one of this study; expected the form W06\d{6}",
    ),
    "a code twice": (
        (POWYS, "W06000022,powys,Powys,Powys,"),
        "22:1: code 'W06000022' stands twice; expected one row of each",
    ),
    "a name in one language only": (
        (POWYS, "W06000023,powys,Powys, ,"),
        "22:4: name_cy is empty; give the name in each language",
    ),
    "a name that turns around what follows it": (
        (POWYS, "W06000023,powys,\u202esywoP,Powys,"),
        r"22:3: name_en '\u202esywoP' holds a sign that is not seen; delete it",
    ),
    "a row with too few cells": (
        ("W06000022,newport,Newport,Casnewydd,", "W06000022\nW06000022,newport,Newport,Casnewydd,"),
        "21:1: row has too few cells, 1; expected 7",
    ),
}


@pytest.mark.parametrize(("change", "problem"), UNITS.values(), ids=UNITS)
def test_a_mistake_in_the_units_file_is_named_where_it_stands(spoiled, edit, change, problem):
    edit(spoiled / COUNCILS, *change)
    if "too few" in problem:  # without its rows the study cannot be read at all
        with pytest.raises(CheckFailed) as failed:
            read_study(spoiled)
        assert failed.value.message == f"{COUNCILS}:{problem}"
    else:
        assert problems(spoiled, read_study(spoiled)) == [f"{COUNCILS}:{problem}"]


def test_a_slug_in_capitals_is_told_with_all_that_follows_from_it(spoiled, edit):
    edit(spoiled / COUNCILS, ",powys,", ",Powys,")
    told = problems(spoiled, read_study(spoiled))
    said = "slug is 'Powys'; expected a name in lower case with hyphens, at most 60 signs"
    assert f"{COUNCILS}:22:2: {said}" in told
    rest = [line for line in told if not line.startswith((COUNCILS, "…"))]
    assert rest
    assert all("unknown council 'powys'; " in line for line in rest)


def test_a_slug_that_stands_twice_is_told(spoiled, edit):
    edit(spoiled / COUNCILS, ",powys,", ",newport,")
    assert f"{COUNCILS}:22:2: slug 'newport' stands twice; expected one row of each" in problems(
        spoiled, read_study(spoiled)
    )


CODES = {"file": "u.csv", "code_pattern": r"W06\d{6}", "retired_codes": {"W06000007": "W06000023"}}
CODES |= {name: {"en": "a", "cy": "b"} for name in ("one", "many", "area")}


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("W06000023", ""),
        ("W06000007", "code 'W06000007' is retired; use 'W06000023'"),
        ("W6000023", "code 'W6000023' is not one of this study; expected the form W06"),
        ("W060000234", "code 'W060000234' is not one of this study"),
        (" W06000023", "code ' W06000023' is not one of this study"),
        ("", "code '' is not one of this study"),
    ],
)
def test_codes_have_the_studys_form_and_retired_ones_a_hint(code, message):
    said = unknown_code(code, Units(**CODES))
    assert said.startswith(message)
    assert bool(said) == bool(message)


# Invitations. torfaen's first row is line 104
TORFAEN = "torfaen,management_team,12\n"
WHOLE = "expected a whole number of people"
INVITED = {
    "an unknown council": (
        "torfean,management_team,12\n",
        f"104:1: unknown council 'torfean'; {KNOWN}; did you mean 'torfaen'?",
    ),
    "a council's code": (
        "W06000020,management_team,12\n",
        "104:1: council 'W06000020' is a code; use its slug 'torfaen'",
    ),
    "a council's retired code": (
        "W06000007,management_team,12\n",
        "104:1: council 'W06000007' is a code; use its slug 'powys'",
    ),
    "an unknown tool": (
        "torfaen,managment_team,12\n",
        f"104:2: unknown tool 'managment_team'; {TOOLS}; did you mean 'management_team'?",
    ),
    "no number": ("torfaen,management_team,\n", f"104:3: invited is ''; {WHOLE}"),
    "a fraction": ("torfaen,management_team,12.5\n", f"104:3: invited is '12.5'; {WHOLE}"),
    "a negative number": ("torfaen,management_team,-1\n", f"104:3: invited is '-1'; {WHOLE}"),
    "a number in words": ("torfaen,management_team,ten\n", f"104:3: invited is 'ten'; {WHOLE}"),
    "a number of other digits": ("torfaen,management_team,٣\n", f"104:3: invited is '٣'; {WHOLE}"),
    "an absurd number": (
        f"torfaen,management_team,9{'0' * 80}\n",
        f"104:3: invited is '9{'0' * 59}…'; {WHOLE}",
    ),
    "a row twice": (
        TORFAEN + TORFAEN,
        "105:1: council 'torfaen' and tool 'management_team' stand twice; expected one row of each",
    ),
    "too few cells": (
        "torfaen,management_team\n",
        "104:1: row has too few cells, 2; expected 3",
    ),
    "too many cells": (
        "torfaen,management_team,12,3\n",
        "104:1: row has too many cells, 4; expected 3",
    ),
    "a mistake after a blank line": (
        "\ntorfaen,management_team,x\n",
        f"105:3: invited is 'x'; {WHOLE}",
    ),
}


@pytest.mark.parametrize(("new", "problem"), INVITED.values(), ids=INVITED)
def test_a_mistake_in_invitations_is_named_where_it_stands(spoiled, edit, new, problem):
    edit(spoiled / INVITATIONS, TORFAEN, new)
    assert problems(spoiled) == [f"{INVITATIONS}:{problem}"]


# Answers. The first two rows are lines 2 and 3
HEADER = "respondent,council,L1,L2,L3,L6,P1,"
FIRST = "ad43f251,isle-of-anglesey,agree,neither,agree,agree,agree,strongly_disagree,"
SECOND = "b4a9db69,isle-of-anglesey,agree,dont_know,"
TORFAENS = "a04cdd43,torfaen,strongly_disagree,"  # line 338
COLUMNS = "'respondent', 'council', 'L1', 'L2', 'L3', 'L6', 'P1', 'P2', 'P5', 'P6', 'S1', 'S3' …"
AN_ID = "expected an id without blanks or unseen signs, one a row"
ANSWERED = {
    "an unknown council": (
        (TORFAENS, "a04cdd43,torfean,strongly_disagree,"),
        [f"338:2: unknown council 'torfean'; {KNOWN}; did you mean 'torfaen'?"],
    ),
    "an unknown answer": (
        (SECOND, "b4a9db69,isle-of-anglesey,agree,dontknow,"),
        [f"3:4: unknown answer 'dontknow' to 'L2'; {POINTS}; did you mean 'dont_know'?"],
    ),
    "an answer in capitals": (
        (SECOND, "b4a9db69,isle-of-anglesey,Agree,dont_know,"),
        [f"3:3: unknown answer 'Agree' to 'L1'; {POINTS}; did you mean 'agree'?"],
    ),
    "an answer with a blank": (
        (SECOND, "b4a9db69,isle-of-anglesey,agree ,dont_know,"),
        [f"3:3: unknown answer 'agree ' to 'L1'; {POINTS}; did you mean 'agree'?"],
    ),
    "an answer of two lines": (
        (SECOND, 'b4a9db69,isle-of-anglesey,"agree\n",dont_know,'),
        [f"3:3: unknown answer 'agree\\n' to 'L1'; {POINTS}; did you mean 'agree'?"],
    ),
    "two mistakes in a row": (
        (SECOND, "b4a9db69,isle-of-anglesey,1,2,"),
        [
            f"3:3: unknown answer '1' to 'L1'; {POINTS}",
            f"3:4: unknown answer '2' to 'L2'; {POINTS}",
        ],
    ),
    "a respondent twice": (
        (SECOND, "ad43f251,isle-of-anglesey,agree,dont_know,"),
        ["3:1: respondent 'ad43f251' stands twice; expected one row of each"],
    ),
    "no respondent": (
        (SECOND, ",isle-of-anglesey,agree,dont_know,"),
        ["3:1: respondent is ''; " + AN_ID],
    ),
    "a respondent's name": (
        (SECOND, "Ann Other,isle-of-anglesey,agree,dont_know,"),
        ["3:1: respondent is 'Ann Other'; " + AN_ID],
    ),
    "too few cells": (
        (FIRST, f"a0000000,isle-of-anglesey,agree\n{FIRST}"),
        ["2:1: row has too few cells, 3; expected 18"],
    ),
    "too many cells": (
        (SECOND, f"{SECOND},"),
        ["3:1: row has too many cells, 19; expected 18"],
    ),
    "columns in another order": (
        (HEADER, "respondent,council,L2,L1,L3,L6,P1,"),
        [
            "1:1: columns stand in another order; expected respondent, council, L1, L2, L3, L6, "
            "P1, P2, P5, P6, S1, S3, S4, S5, D1, D2, D4, D6"
        ],
    ),
    "an unknown question": (
        (HEADER, "respondent,council,L1,L9,L3,L6,P1,"),
        [
            "1:1: column 'L2' is missing; add it",
            f"1:4: unknown column 'L9'; expected {COLUMNS}",
        ],
    ),
    "a column of personal data": (
        (f"{HEADER}P2,", "email,council,L1,L2,L3,L6,P1,P2,"),
        [
            f"1:1: unknown column 'email'; expected {COLUMNS}",
            "1:1: column 'respondent' is missing; add it",
        ],
    ),
    "a question that the tool was not asked": (
        (HEADER, "respondent,council,L1,L2,L3,L4,P1,"),
        [
            "1:1: column 'L6' is missing; add it",
            "1:6: question 'L4' was not asked of 'elected_members'; remove the column, or list "
            "the tool at 'L4' in data/study/questionnaire.yaml",
        ],
    ),
    "a column twice": (
        (HEADER, "respondent,council,L1,L1,L3,L6,P1,"),
        ["1:1: column 'L2' is missing; add it", "1:4: column 'L1' stands twice; keep one"],
    ),
}


@pytest.mark.parametrize(("change", "expected"), ANSWERED.values(), ids=ANSWERED)
def test_a_mistake_in_answers_is_named_where_it_stands(spoiled, edit, change, expected):
    edit(spoiled / MEMBERS, *change)
    assert sorted(problems(spoiled)) == sorted(f"{MEMBERS}:{problem}" for problem in expected)


def test_wrong_columns_do_not_hide_wrong_answers(spoiled, edit):
    edit(spoiled / MEMBERS, HEADER, "respondent,council,L1,L9,L3,L6,P1,")
    edit(spoiled / MEMBERS, SECOND, "b4a9db69,isle-of-anglesey,yes,dont_know,")
    assert problems(spoiled)[-1] == f"{MEMBERS}:3:3: unknown answer 'yes' to 'L1'; {POINTS}"


# Comments, which there may be


@pytest.fixture
def comment(spoiled):
    (spoiled / "data/comments").mkdir(exist_ok=True)

    def write(row: str) -> None:
        text = 'council,theme,comment\ntorfaen,skills,"More\ntraining, please"\n'
        (spoiled / COMMENTS).write_text(f"{text}{row}\n", encoding="utf-8")

    return write


def test_comments_of_any_text_are_as_expected(spoiled, comment):
    comment('torfaen,decisions,"<b>""Agree"", mae\'n dda"')
    check_data(spoiled, shipped_study(), [])


THEMES = "expected 'leadership', 'data_protection', 'skills', 'decisions'"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("torfaen,skill,A", f"4:2: unknown theme 'skill'; {THEMES}; did you mean 'skills'?"),
        ("torfaen,skills, ", "4:3: comment is empty; remove the row"),
        ("Torfaen,skills,A", f"4:1: unknown council 'Torfaen'; {KNOWN}; did you mean 'torfaen'?"),
    ],
)
def test_a_mistake_in_comments_is_named_where_it_stands(spoiled, comment, row, problem):
    comment(row)
    assert problems(spoiled) == [f"{COMMENTS}:{problem}"]


# Any one cell


@cache
def shipped_rows(file):
    with (ROOT / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def contract_of(file):
    study = shipped_study()
    return {
        COUNCILS: units_contract(study),
        INVITATIONS: invitations_contract(study),
        MEMBERS: responses_contract(study, "elected_members"),
        COMMENTS: comments_contract(study, "elected_members"),
    }[file]


COMMENTED = [
    ["council", "theme", "comment"],
    ["torfaen", "skills", "Da iawn"],
    ["powys", "decisions", "x"],
]
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
DIGITS = set(string.digits)


def is_fine(file, column, cell):
    """Say by plain rules, apart from the contract's, whether a cell may stand in a column."""
    study = shipped_study()
    match file, column:
        case _, "council":
            return cell in study.councils
        case _, "tool":
            return cell in study.questionnaire.tools
        case _, "theme":
            return cell in study.about.themes
        case _, "invited":
            return 0 < len(cell) < 10 and set(cell) <= DIGITS
        case _, "respondent":
            return cell != "" and not any(sign.isspace() or is_unseen(sign) for sign in cell)
        case _, "gss_code":
            return len(cell) == 9 and cell.startswith("W06") and cell[3:].isdigit()
        case _, "slug":
            return cell[:1] in set(string.ascii_lowercase) and set(cell) <= {
                *string.ascii_lowercase,
                *DIGITS,
                "-",
            }
        case (f, _) if f == MEMBERS:
            return cell in (*ANSWERS, "")
        case _, "mutated_forms":
            return True
    return cell.strip() != "" and not (file == COUNCILS and any(map(is_unseen, cell)))


def is_unseen(sign):
    turns = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    marks = "\u061c\u200e\u200f"
    return sign in marks or category(sign) in ("Cc", "Zl", "Zp") or bidirectional(sign) in turns


@st.composite
def corruptions(draw):
    file = draw(st.sampled_from([COUNCILS, INVITATIONS, MEMBERS, COMMENTS]))
    rows = COMMENTED if file == COMMENTS else shipped_rows(file)
    columns = [name for name in rows[0] if name != "mutated_forms"]
    column = draw(st.sampled_from(columns))
    row = draw(st.integers(1, len(rows) - 1))
    near = st.sampled_from([rows[row][rows[0].index(column)].upper(), "agree ", "", "-1", "1.0"])
    cell = draw((TEXT | near).filter(lambda cell: not is_fine(file, column, cell)))
    return file, row, column, cell


@settings(max_examples=150)
@given(corruptions())
@example((MEMBERS, 1, "respondent", "\x1f"))  # a blank that is not seen
@example((COUNCILS, 1, "name_en", "\x1f"))
@example((COUNCILS, 1, "name_en", "\u200f1"))
def test_any_one_wrong_cell_is_found_where_it_stands(tmp_path_factory, corruption):
    file, row, column, cell = corruption
    rows = [list(cells) for cells in (COMMENTED if file == COMMENTS else shipped_rows(file))]
    at = rows[0].index(column)
    rows[row][at] = cell
    folder = tmp_path_factory.getbasetemp()
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    text = StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    (folder / file).write_bytes(text.getvalue().encode())
    table = read_table(folder, file)
    found = list(find_breaches(contract_of(file), table, as_frame(table)))
    assert not contract_of(file).kept_by(as_frame(table))
    # every row but the wrong one takes one line, and that one begins where it would anyway
    assert [(problem.file, problem.line, problem.column) for problem in found] == [
        (file, row + 1, at + 1)
    ]
    assert str(found[0]).isprintable()


@settings(max_examples=50)
@given(st.lists(st.integers(1, 399), min_size=2, max_size=2, unique=True).map(sorted))
def test_any_respondent_who_stands_twice_is_found_at_the_second_row(tmp_path_factory, pair):
    first, second = pair
    rows = [list(cells) for cells in shipped_rows(MEMBERS)]
    rows[second][0] = rows[first][0]
    folder = tmp_path_factory.getbasetemp()
    (folder / MEMBERS).parent.mkdir(parents=True, exist_ok=True)
    text = "\n".join(map(",".join, rows))
    (folder / MEMBERS).write_text(text, encoding="utf-8")
    table = read_table(folder, MEMBERS)
    (problem,) = find_breaches(contract_of(MEMBERS), table, as_frame(table))
    assert (problem.line, problem.column) == (second + 1, 1)
    assert not contract_of(MEMBERS).kept_by(as_frame(table))


@pytest.mark.parametrize("file", [COUNCILS, INVITATIONS, MEMBERS])
def test_a_file_is_kept_to_its_contract_where_pandera_finds_nothing(file):
    table = read_table(ROOT, file)
    contract, frame = contract_of(file), as_frame(table)
    assert contract.kept_by(frame)
    assert not list(find_breaches(contract, table, frame))
    assert not contract.kept_by(frame[frame.columns[::-1]])  # in another order
    assert not contract.kept_by(frame.loc[[*frame.index, frame.index[0]]])  # a row twice
