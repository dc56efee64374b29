"""What somebody hostile could put into each kind of file, and what must be said of it, and where.

Each attack has a name, what is put there, and how the message goes on after the name of the file.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import Any, NamedTuple


class Attack(NamedTuple):
    """What is put into a file, and what is said of it after the file's name."""

    content: str | bytes
    said: str


NO_YAML = "not valid YAML: "
MANY = f"{NO_YAML}'*' repeats more than 20,000 values; write fewer"
DEEP = f"{NO_YAML}nested deeper than 40 levels"
INSIDE = f"{NO_YAML}'*a' stands inside of what it repeats"
NO_KEY = f"{NO_YAML}a key that is no text; write it as text"
NUL = "a NUL byte, which no text has; save the file as "
UNSEEN = "is a sign that is not seen; delete it"
HALF = "U+D800 is half of a character; write the character itself"
NO_PART = "is no part of a text; delete it"


def repeated(form: str, first: str) -> str:
    """Lines of YAML of which each repeats the one before it ten times: a million in the end."""
    lines = [f"a: &a {first}"]
    for old, new in pairwise("abcdefg"):
        lines.append(f"{new}: &{new} {form.format(old=old)}")
    return "\n".join(lines)


LISTS = repeated("[" + ", ".join(["*{old}"] * 10) + "]", "[x, x]")
MERGES = repeated("{{<<: [" + ", ".join(["*{old}"] * 10) + "]}}", "{x: y}")
MAPS = repeated("{{" + ", ".join(f"k{key}: *{{old}}" for key in range(10)) + "}}", "{x: y}")

# ---- params/<council>.yaml: what comes after its first three lines, or all of it in bytes --------

ENGLISH = "narrative:\n  skills:\n    en: "
PARAMETERS = {
    "aliases that repeat aliases": Attack(LISTS, f"8:28: {MANY}"),
    "mappings that repeat mappings": Attack(MAPS, f"8:36: {MANY}"),
    "merges of merges": Attack(MERGES, f"8:29: {MANY}"),
    "an alias inside of itself": Attack("comments: &a [*a]\n", f"4:15: {INSIDE}"),
    "a mapping merged into itself": Attack("narrative: &a\n  <<: *a\n", f"5:7: {INSIDE}"),
    "a name for two things": Attack(
        "comments: &a [x]\nmentions: &a [y]\n",
        f"5:11: {NO_YAML}'&a' stands twice; call one of them otherwise",
    ),
    "two merges": Attack(
        "narrative:\n  <<: {skills: {en: x}}\n  <<: {decisions: {en: x}}\n",
        f'6:3: {NO_YAML}found duplicate merge key "<<"',
    ),
    "deep lists": Attack("comments: " + "[" * 10_000, f"4:50: {DEEP}"),
    "deep mappings": Attack("a: " + "{a: " * 10_000, f"4:157: {DEEP}"),
    "deep dashes": Attack("comments:\n" + "- " * 10_000, f"5:79: {DEEP}"),
    "too many values": Attack(
        "comments: [" + "x," * 20_000 + "]",
        f"4:39990: {NO_YAML}more than 20,000 values; write fewer",
    ),
    "a tag that would run something": Attack(
        "comments: !!python/object/apply:os.system [x]\n",
        f"4:11: {NO_YAML}the tag '!!python/object/apply:os.system' means nothing here; leave it",
    ),
    "a tag of bytes": Attack(
        f"{ENGLISH}!!binary aGVsbG8=\n",
        f"6:9: {NO_YAML}the tag '!!binary' means nothing here; leave it out",
    ),
    "a tag of its own": Attack(
        "narrative: !mine {skills: {en: x}}\n",
        f"4:12: {NO_YAML}the tag '!mine' means nothing here; leave it out",
    ),
    "a key that is a list": Attack("? [a, b]\n: x\n", f"4:3: {NO_KEY}"),
    "a key that is nothing": Attack("~: x\n", f"4:1: {NO_KEY}"),
    "half of a character": Attack(f'{ENGLISH}"\\ud800"\n', f"6:9: {NO_YAML}{HALF}"),
    "a NUL byte": Attack("comments: [\0]\n", f"4:12: {NUL}YAML in UTF-8"),
    "a bell": Attack("comments: [\a]\n", f"4:12: {NO_YAML}U+0007 {UNSEEN}"),
    "nothing but NULs": Attack(bytes(1000), f"1:1: {NUL}YAML in UTF-8"),
    "UTF-16": Attack("council: x\n".encode("utf-16-le"), f"1:2: {NUL}YAML in UTF-8"),
}
MORE_PARAMETERS = {
    "UTF-16 with a mark": Attack(
        "council: x\n".encode("utf-16"), "1:1: byte 0xff is not UTF-8; save the file as YAML in"
    ),
    "a hundred megabytes": Attack(b"", "1:1: larger than 5 MB; write less"),
    "a text without end": Attack(
        f"{ENGLISH}{'x' * 20_001}\n",
        f"6:9: {NO_YAML}a text of 20,001 characters; expected at most 20,000",
    ),
    "a number of 5,000 digits": Attack(
        f"comments: [{'9' * 5000}]\n",
        f"4:12: {NO_YAML}a number of 5,000 characters; expected at most 40",
    ),
    "a number of 5,000 other digits": Attack(
        f"comments: 0x{'f' * 5000}\n",
        f"4:11: {NO_YAML}a number of 5,002 characters; expected at most 40",
    ),
    "a level without end": Attack(
        "judgements:\n  open_data: {level: .inf, reason: {en: a, cy: b}}\n",
        "5:15: 'level' is inf; expected 1, 2 or 3",
    ),
    "a long value in the place of another": Attack(
        f"good_practice: {'x' * 10_000}\n",
        f"4:1: 'good_practice' is '{'x' * 49}…{'x' * 49}'; expected a list",
    ),
    "NUL as an escape": Attack(
        f'{ENGLISH}"a\\0b"\n', f"6:10: a sign that is not seen, U+0000, {NO_PART}"
    ),
    "an order to a terminal": Attack(
        f'{ENGLISH}"a\\ec"\n', f"6:10: a sign that is not seen, U+001B, {NO_PART}"
    ),
    "a mark from right to left": Attack(
        f"{ENGLISH}The \u200f(x)\n",
        "6:13: a sign that is not seen, U+200F, turns the words after it around; delete it",
    ),
    "a language that is a path": Attack(
        "narrative:\n  skills:\n    ../../en: x\n",
        "6:5: unknown language '../../en'; expected 'en', 'cy'",
    ),
    "a case that is a path": Attack(
        "good_practice: [../../../etc/passwd]\n",
        "4:17: unknown good practice '../../../etc/passwd'; expected 'camden', ",
    ),
    "a digest that is a path": Attack(
        "comments: ['../x']\n",
        "4:12: no comment of '{council}' has the digest '../x'; expected one that ",
    ),
    "a time in the place of a day": Attack(
        "report_date: 2018-12-06T10:00:00Z\n",
        "2:1: bad date '2018-12-06T10:00:00Z'; expected a date such as 2026-01-31",
    ),
    "a day of 5,000 digits": Attack(
        f"report_date: {'9' * 5000}\n",
        f"2:14: {NO_YAML}a number of 5,000 characters; expected at most 40",
    ),
    "a day that is no number": Attack(
        "report_date: .nan\n", "2:1: bad date 'nan'; expected a date such as 2026-01-31"
    ),
}

# ---- data/study/: what is put in the place of what, by file -------------------------------------

STUDY, ASKED = "data/study/study.yaml", "data/study/questionnaire.yaml"
WORDS, COUNCILS = "data/study/quantity_words.yaml", "data/councils.csv"
CODE = "expected the form ^[a-z]{2,3}$"
CSV_NAME = r"expected the form ^[\w-]{1,60}\.csv$"


class Swap(NamedTuple):
    """What stands in the place of what in a file, and what is said of it."""

    file: str
    old: str
    new: str
    said: str


IN_STUDY = {
    "a language that is a path": Swap(
        STUDY,
        "languages: [en, cy]",
        "languages: [en, ../../../../secret]",
        f"10:17: item 2 of 'languages' is '../../../../secret'; {CODE}",
    ),
    "a language that is a path from the root": Swap(
        STUDY,
        "languages: [en, cy]",
        "languages: [/etc/x, cy]",
        f"10:13: item 1 of 'languages' is '/etc/x'; {CODE}",
    ),
    "a language with a NUL": Swap(
        STUDY,
        "languages: [en, cy]",
        'languages: [en, "c\\0y"]',
        rf"10:17: item 2 of 'languages' is 'c\x00y'; {CODE}",
    ),
    "a language of 300 letters": Swap(
        STUDY,
        "[en, cy]",
        f"[en, {'c' * 300}]",
        f"10:17: item 2 of 'languages' is '{'c' * 49}…{'c' * 49}'; {CODE}",
    ),
    "units above data/": Swap(
        STUDY, "file: councils.csv", "file: ..\\x.csv", rf"13:3: 'file' is '..\\x.csv'; {CSV_NAME}"
    ),
    "units from the root": Swap(
        STUDY, "file: councils.csv", "file: /etc/x.csv", f"13:3: 'file' is '/etc/x.csv'; {CSV_NAME}"
    ),
    "units with a line end": Swap(
        STUDY, "file: councils.csv", 'file: "x.csv\\n"', rf"13:3: 'file' is 'x.csv\n'; {CSV_NAME}"
    ),
    "units of 300 letters": Swap(
        STUDY,
        "file: councils.csv",
        f"file: {'x' * 300}.csv",
        f"13:3: 'file' is '{'x' * 49}…{'x' * 45}.csv'; {CSV_NAME}",
    ),
    "a tool of 300 letters, which names files": Swap(
        ASKED,
        "tools:\n  management_team:",
        f"tools:\n  {'x' * 300}:",
        f"12:3: a key is '{'x' * 49}…{'x' * 49}'; expected at most 60 characters",
    ),
    "a tool that is a path": Swap(
        ASKED,
        "tools:\n  management_team:",
        "tools:\n  ../../x:",
        "12:3: a key is '../../x'; expected the form ^[A-Za-z][A-Za-z0-9_]*$",
    ),
    "a pattern that overflows": Swap(
        STUDY,
        r"W06\d{6}",
        "a{99999999999999999999}",
        "17:3: 'a{99999999999999999999}' is no regular expression: the repetition number is too",
    ),
    "a pattern that is too deep": Swap(
        STUDY,
        r"W06\d{6}",
        "(" * 3000 + ")" * 3000,
        f"17:3: '{'(' * 49}…{')' * 49}' is no regular expression: maximum recursion depth",
    ),
    "a share of a billion digits": Swap(
        WORDS, "above: 1/2", 'above: "1e999999999"', "32:13: bad share '1e999999999'; expected 0, 1"
    ),
    "aliases that repeat aliases": Swap(STUDY, "title:", f"{LISTS}\ntitle:", f"7:28: {MANY}"),
    "a tag that would run something": Swap(
        ASKED, "scale:\n", "scale: !!python/name:os.system\n", "3:8: not valid YAML: the tag '!!py"
    ),
    "a NUL byte": Swap(WORDS, "above: 1/2", "above: \0", f"32:20: {NUL}YAML in UTF-8"),
    "a NUL byte among councils": Swap(COUNCILS, "Powys", "Po\0wys", f"22:3: {NUL}CSV in UTF-8"),
    "half of a character": Swap(
        STUDY, "en: Wales Audit Office", 'en: "\\udfff"', f"7:7: {NO_YAML}U+DFFF is half of a"
    ),
}

# ---- data/: cells, all in one workbook, and files that are none ----------------------------------

INVITED, ANSWERS = "data/invitations.csv", "data/responses/elected_members.csv"
SAID = "data/comments/elected_members.csv"
CELLS = {
    "a slug that is a path": Swap(
        COUNCILS,
        ",cardiff,",
        ",../cardiff,",
        "16:2: slug is '../cardiff'; expected a name in lower",
    ),
    "a slug of 300 letters": Swap(
        COUNCILS, ",newport,", f",{'n' * 300},", f"22:2: slug is '{'n' * 60}…'; expected a name in"
    ),
    "a slug with a line end": Swap(
        COUNCILS,
        ",swansea,",
        ',"swan\nsea",',
        r"11:2: slug is 'swan\nsea'; expected a name in lower",
    ),
    "a slug with a backslash": Swap(
        COUNCILS, ",wrexham,", ",wrex\\ham,", r"7:2: slug is 'wrex\ham'; expected a name in lower"
    ),
    "a name with a mark from right to left": Swap(
        COUNCILS,
        ",Powys,Powys,",
        ",Powys\u200f,Powys,",
        r"23:3: name_en 'Powys\u200f' holds a sign",
    ),
    "a name that is turned around": Swap(
        COUNCILS,
        ",Powys,",
        ",\u202ePowys,",
        r"23:4: name_cy '\u202ePowys' holds a sign that is not",
    ),
    "a name of 100,000 letters": Swap(
        COUNCILS,
        ",Conwy,",
        f",{'C' * 100_000},",
        "4:3: name_en has more than 200 characters; shorten",
    ),
    "a form of a name that is turned": Swap(
        COUNCILS, "Bowys;", "\u202eBowys;", r"23:7: mutated_forms '\u202eBowys;Mhowys;Phowys' holds"
    ),
    "a number of people that is an order": Swap(
        INVITED,
        "torfaen,management_team,12",
        "torfaen,management_team,=1+1",
        "104:3: invited is '=1+1'",
    ),
    "a number of people without end": Swap(
        INVITED,
        "torfaen,service_managers,",
        f"torfaen,service_managers,{'9' * 400}",
        "105:3: invited is",
    ),
    "an id that is turned around": Swap(
        ANSWERS, "ad43f251", "ad43\u202ef251", r"2:1: respondent is 'ad43\u202ef251'; expected an"
    ),
    "an answer of 100,000 letters": Swap(
        ANSWERS,
        "isle-of-anglesey,agree",
        f"isle-of-anglesey,{'x' * 100_000}",
        "2:3: unknown answer 'xx",
    ),
    "a comment of 100,000 letters": Swap(
        SAID,
        "comment\n",
        f"comment\ntorfaen,skills,{'a@' * 50_000}\n",
        "3:3: comment has more than 20,000",
    ),
    "a comment on a path": Swap(
        SAID,
        "comment\n",
        "comment\ntorfaen,../../x,Yes.\n",
        "2:2: unknown theme '../../x'; expected",
    ),
}
TABLES = {
    "data/responses/data_analysts.csv": Attack(
        b"," * 100_000, "1:1: 100,001 columns; expected at most"
    ),
    "data/responses/elected_members.csv": Attack(bytes(100), f"1:1: {NUL}CSV in UTF-8"),
    "data/responses/management_team.csv": Attack(
        "respondent,council\n".encode("utf-16-le"), f"1:1: {NUL}CSV in UTF-8"
    ),
    "data/responses/service_managers.csv": Attack(
        b"a,\xed\xa0\x80\n", "1:2: byte 0xed is not UTF-8; save the file as CSV in UTF-8"
    ),
    "data/comments/data_analysts.csv": Attack(
        "council,theme,comment\ntorfaen,skills," + "x" * 131_073,
        "2:1: not CSV: a cell has more than 131,072 characters; close its quotation mark",
    ),
    "data/comments/elected_members.csv": Attack(
        "council,theme,comment\ntorfaen,skills,a\0b\n", f"2:3: {NUL}CSV in UTF-8"
    ),
    "data/invitations.csv": Attack(
        '"' * 99_999, "1:1: not CSV: a quotation mark in this row is never closed"
    ),
    "notebooks/locale/reviewed.csv": Attack(
        "language,digest,place,by,on\ncy,aaaaaaaaaaaa,x,\0,2018-01-01\n", f"2:4: {NUL}CSV in UTF-8"
    ),
    "params/sign_offs.yaml": Attack(LISTS, f"5:28: {MANY}"),
    "data/datapackage.json": Attack(
        b'{"resources": ' + b"[" * 100_000, "1:1: not readable: nested too"
    ),
    "notebooks/locale/cy.po": Attack(
        'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=99999999999; plural=n;\\n"\n\n'
        'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "x"\n',
        "1:1: its header cannot be read: 99999999999 plural forms; expected at most 6; take",
    ),
}

# ---- data/datapackage.json -----------------------------------------------------------------------

PACKAGE = "data/datapackage.json"
COUNCILS_PATH = '"path": "councils.csv"'
IN_PACKAGE = {
    "a path above data/": Swap(
        PACKAGE,
        COUNCILS_PATH,
        '"path": "../../x.csv"',
        "the path '../../x.csv' leads out of data/;",
    ),
    "a path from the root": Swap(
        PACKAGE,
        COUNCILS_PATH,
        '"path": "/etc/passwd"',
        "the path '/etc/passwd' leads out of data/;",
    ),
    "an address": Swap(
        PACKAGE,
        COUNCILS_PATH,
        '"path": "https://evil.example/x"',
        "the path 'https://evil.example/x' leads",
    ),
    "a path by backslashes": Swap(
        PACKAGE, COUNCILS_PATH, r'"path": "..\\x.csv"', r"the path '..\\x.csv' leads out of data/"
    ),
    "a number of 5,000 digits": Swap(
        PACKAGE,
        '"resources"',
        f'"n": {"9" * 5000}, "resources"',
        "1:1: not JSON: Exceeds the limit",
    ),
    "half of a character": Swap(PACKAGE, COUNCILS_PATH, '"path": "\\ud800"', f"not JSON: {HALF}"),
    "a key twice": Swap(
        PACKAGE,
        '"resources"',
        '"resources": [], "resources"',
        "1:1: not JSON: the key 'resources' stands",
    ),
}


# ---- The templates: what is changed in the notebook, or all of it in bytes -----------------------

TEMPLATE = "notebooks/council_report.ipynb"
NOT = "not a notebook: "
NO_NOTEBOOK = f"1:1: {NOT}"
IDS = "expected letters, digits, '-' and '_', at most 64"
Change = Callable[[Any], object]


def cell(**keys: Any) -> Change:
    """Change the fourth cell."""
    return lambda notebook: notebook["cells"][3].update(keys)


TEMPLATES: dict[str, tuple[bytes | Change, str]] = {
    "deep lists": (b"[" * 100_000, "1:1: not readable: nested too deeply"),
    "deep lists in its cells": (
        b'{"cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        "1:1: not readable: nested too deeply",
    ),
    "nothing but NULs": (bytes(100), f"1:1: {NUL}JSON in UTF-8"),
    "half of it": (b'{"cells": [', f"1:12: {NOT}Expecting value"),
    "a word": (b'{"cells": x}', f"1:11: {NOT}Expecting value"),
    "a list": (b"[]", f"{NO_NOTEBOOK}expected a mapping with 'cells'"),
    "UTF-16": (
        "{}".encode("utf-16"),
        "1:1: byte 0xff is not UTF-8; save the file as JSON in UTF-8",
    ),
    "a hundred megabytes": (b"", "1:1: larger than 5 MB; write less"),
    "an older format": (
        lambda notebook: notebook.update(nbformat=3),
        f"{NO_NOTEBOOK}its format is 3.5; save it in format 4.5",
    ),
    "a format of 5,000 digits": (
        b'{"nbformat": ' + b"9" * 5000 + b"}",
        f"{NO_NOTEBOOK}Exceeds the limit (4300 digits)",
    ),
    "no cells": (
        lambda notebook: notebook.update(cells=None),
        f"{NO_NOTEBOOK}data.cells must be array",
    ),
    "a number for a cell": (lambda notebook: notebook["cells"].append(3), f"{NO_NOTEBOOK}cell "),
    "a cell without an id": (
        lambda notebook: notebook["cells"][3].pop("id"),
        f"{NO_NOTEBOOK}cell 4 has no id; {IDS}",
    ),
    "an id that is a path": (
        cell(id="../../x"),
        f"{NO_NOTEBOOK}cell 4 has the id '../../x'; {IDS}",
    ),
    "an id with a line end": (cell(id="a\nb"), rf"{NO_NOTEBOOK}cell 4 has the id 'a\nb'; {IDS}"),
    "an id of 300 letters": (cell(id="a" * 300), f"{NO_NOTEBOOK}cell 4 has the id 'aaa"),
    "an id twice": (
        lambda notebook: notebook["cells"][4].update(id=notebook["cells"][3]["id"]),
        f"{NO_NOTEBOOK}cell 5 has the id of an earlier one, ",
    ),
    "a kind that is none": (cell(cell_type=None), f"{NO_NOTEBOOK}data.cells[3] must be valid"),
    "tags that are a number": (cell(metadata={"tags": 3}), f"{NO_NOTEBOOK}data.cells[3] must be"),
    "metadata that are a list": (cell(metadata=[]), f"{NO_NOTEBOOK}data.cells[3] must be valid"),
    "a text that is none": (cell(source=None), f"{NO_NOTEBOOK}data.cells[3] must be valid"),
    "half of a character": (cell(source="\ud800"), f"{NOT}{HALF}"),
    "a text without end": (
        cell(source="x" * 20_001),
        ":1:1: a text of 20,001 characters; expected at most",
    ),
}
IN_TEMPLATE = {
    "NUL as an escape": (
        "a\0b",
        "a sign that is not seen, U+0000, is no part of a text; delete it",
    ),
    "a mark from right to left": (
        "a \u200f(x)",
        "a sign that is not seen, U+200F, turns the words",
    ),
    "a picture": ("![x](file:///etc/passwd)", "'![': the page has no picture; write it in plain"),
    "an order": (
        '{eval}`__import__("os").system("x")`',
        "unknown method '.system()'; expected 'says'",
    ),
}
