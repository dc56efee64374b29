"""Recognise whose export it is, and what each column is called and asks."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from helpers.study.files.spelling import normalise
from helpers.study.importing.exports import Export, Row

# What survey tools call the columns that are not answers, as `normalise` writes it.
RESPONSE_IDS = {"respondent", "respondent id", "response id", "responseid"}
TIMES = {
    *("start time", "completion time", "last modified time", "start date", "end date"),
    *("startdate", "enddate", "recordeddate", "recorded date", "submitdate", "date submitted"),
    *("datestamp", "date started", "date last action", "date created", "date modified"),
}
SUBMITTED = {"submitdate", "date submitted"}
FINISHED = {"finished"}
KINDS = frozenset(
    {"status", "response type"}
)  # whether somebody answered, or tried the questionnaire
PERSONAL = {
    *("name", "full name", "first name", "last name", "surname", "recipientfirstname"),
    *("recipientlastname", "recipient first name", "recipient last name", "recipientemail"),
    *("recipient email", "email", "e-mail", "email address", "e-mail address", "ip address"),
    *("ipaddress", "ipaddr", "ip", "locationlatitude", "locationlongitude", "location latitude"),
    *("location longitude", "token", "referrer url", "refurl", "external data reference"),
    *("externalreference", "phone", "telephone", "phone number", "telephone number", "postcode"),
}
ROLES = {"response_id": RESPONSE_IDS, "time": TIMES, "finished": FINISHED, "personal": PERSONAL}
UNFINISHED = {"false", "0", "no"}
TESTS = {
    *("survey preview", "survey test", "spam", "survey preview spam", "imported spam"),
    *("offline survey preview", "ex spam", "1", "2", "8", "9", "12", "17", "40"),
}

CODED = re.compile(r"([A-Za-z]\w*)((?:\[[^\]]*\])*)[.:)]\s+(.*)", re.DOTALL)
GENERIC = {"", "response", "open-ended response"}  # second headers that say nothing


@dataclass(frozen=True)
class Column:
    """A column: `position` from 1, a `name` for people, and what it may be called in a study."""

    position: int
    name: str
    codes: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def role(self) -> str:
        """What survey tools use the column for; '' for a question."""
        called = {normalise(text).replace("_", " ") for text in (*self.codes, *self.texts)}
        return next((role for role, names in ROLES.items() if called & names), "")

    def among(self, names: set[str]) -> bool:
        """Say whether the column is called one of the names."""
        return any(normalise(text) in names for text in (*self.codes, *self.texts))


@dataclass(frozen=True)
class Layout:
    """How one survey tool writes its header: how many rows, and how a column is read from them."""

    name: str
    header_rows: int
    recognise: Callable[[Export, list[list[str]]], bool]
    head: Callable[[int, list[str]], Column]
    own_ids: frozenset[str] = frozenset()  # names of its response id that elsewhere mean another
    kinds: frozenset[str] = frozenset()  # names of the kind of a response, likewise


@dataclass(frozen=True)
class Table:
    """An export that is understood as a table: its columns, and its rows below the header."""

    export: Export
    layout: Layout
    columns: list[Column]
    rows: list[Row]

    def role(self, column: Column) -> str:
        """What the survey tool uses a column for; '' for a question."""
        if column.among(set(self.layout.own_ids)):
            return "response_id"
        return "kind" if column.among(set(self.layout.kinds)) else column.role

    def of_role(self, role: str) -> list[Column]:
        """Return the columns of a role."""
        return [column for column in self.columns if self.role(column) == role]


def read_table(export: Export) -> Table:
    """Return the export's columns by the layout that it has; a plain table if by no other."""
    heads = [cells for _, cells in export.rows[:3]]
    layout = next(layout for layout in LAYOUTS if layout.recognise(export, heads))
    header, rows = heads[: layout.header_rows], export.rows[layout.header_rows :]
    if layout.name == "SurveyMonkey":
        header[0] = list(_carried(header[0]))
    columns = [
        layout.head(position, list(cells))
        for position, cells in enumerate(zip(*header, strict=True), start=1)
    ]
    return Table(export, layout, _told_apart(columns), rows)


def _told_apart(columns: list[Column]) -> list[Column]:
    """Name by its place each column whose name is empty or another's too."""
    names = [column.name for column in columns]
    return [
        column
        if column.name and names.count(column.name) == 1
        else replace(column, name=f"column {column.position}")
        for column in columns
    ]


def _carried(cells: list[str]) -> Iterator[str]:
    """Yield the question over each of its columns: it is written over the first only."""
    question = ""
    for cell in cells:
        question = cell or question
        yield question


def _endings(text: str) -> tuple[str, ...]:
    """Return a header and what stands in it after a dash or in brackets: the row of a matrix.

    >>> _endings("How far do you agree? - We share data")
    ('How far do you agree? - We share data', 'We share data')
    """
    found = [text]
    for opening, closing in ((r"\s[-\u2010-\u2015]\s", ""), (r"\s\[", "]")):
        places = (match.end() for match in re.finditer(opening, text))
        found += [text[place:].removesuffix(closing) for place in places]
    return tuple(found)


def _written(position: int, text: str) -> Column:
    """Read a header that may open with a code: `L1`, `L1. Text` or only `Text`."""
    coded = CODED.fullmatch(text)
    if not coded:
        return Column(position, text, (text,), _endings(text))
    code, parts, rest = coded.groups()
    inner = re.findall(r"\[([^\]]*)\]", parts)
    codes = (*inner, f"{code}_{'_'.join(inner)}") if inner else (code,)
    return Column(position, code + parts, codes, (text, *_endings(rest)))


def _spss(position: int, cells: list[str]) -> Column:
    return Column(position, cells[0], (cells[0],), _endings(cells[1]))


def _qualtrics(position: int, cells: list[str]) -> Column:
    return Column(position, cells[0], (cells[0],), _written(position, cells[1]).texts)


def _survey_monkey(position: int, cells: list[str]) -> Column:
    question, part = cells
    if normalise(part) in GENERIC:
        return _written(position, question)
    named = _written(position, part)
    return Column(position, f"{question} [{part}]", named.codes, named.texts)


def _plain(position: int, cells: list[str]) -> Column:
    return _written(position, cells[0])


def _names(heads: list[list[str]]) -> set[str]:
    return {normalise(cell).replace("_", " ") for cell in heads[0]}


def _has_import_ids(_export: Export, heads: list[list[str]]) -> bool:
    return len(heads) == 3 and any(cell.startswith('{"ImportId"') for cell in heads[2])


def _has_collector(_export: Export, heads: list[list[str]]) -> bool:
    return {"respondent id", "collector id"} <= _names(heads)


def _has_form_times(_export: Export, heads: list[list[str]]) -> bool:
    return {"start time", "completion time"} <= _names(heads)


def _has_lime_codes(_export: Export, heads: list[list[str]]) -> bool:
    """Most headers open with a code, or the header names the page on which a person stopped."""
    filled = [cell for cell in heads[0] if cell]
    coded = [cell for cell in filled if CODED.fullmatch(cell)]
    return 2 * len(coded) > len(filled) or bool({"last page", "lastpage"} & _names(heads))


OWN_ID = frozenset({"id"})
LAYOUTS = (
    Layout("SPSS", 2, lambda export, _heads: export.labelled, _spss, OWN_ID, KINDS),
    Layout("Qualtrics", 3, _has_import_ids, _qualtrics, kinds=KINDS),
    Layout("SurveyMonkey", 2, _has_collector, _survey_monkey),
    Layout("Microsoft Forms", 1, _has_form_times, _plain, OWN_ID),
    Layout("LimeSurvey", 1, _has_lime_codes, _plain, OWN_ID),
    Layout("plain table", 1, lambda _export, _heads: True, _plain),
)
