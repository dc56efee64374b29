"""An executed notebook as downloads see it, small enough to work out by hand."""

from typing import Any

from helpers.report.downloads.executed import Executed
from helpers.report.downloads.read_tables import ReadCell, ReadTable

# Torfaen's total as published: 42 of the 103 who were invited replied. 42 / 103 = 0.4077669…
RATE = 'response_rate("total")'
INVITED = 'invited("total")'
AGREE = 'agree("L1", group="members")'
APART = 'national_difference("L1", group="officers", than="members")'
SAYS = {"en": "around half", "cy": "tua hanner"}


def record(expression: str, **told: Any) -> dict[str, Any]:
    return {
        "expression": expression,
        "statistic": expression.split("(")[0],
        "kind": "share",
        "value": None,
        "display": "[x]",
        "provenance": "illustrative",
        "source": "Synthetic answers",
        "question": "",
        "group": "",
        "count": None,
        "base": None,
        "population": None,
        "interval": None,
        "suppressed": False,
        "word": "",
        "base_range": None,
        "difference": None,
        "rank": None,
        "computed": None,
        "prose": [],
        "drawn": 0,
    } | told


PUBLISHED = {"group": "total", "provenance": "published", "source": "The report of 2018"}


def executed(code: str = "en", *tables: ReadTable, **facts: Any) -> Executed:
    """An edition with a published share and count, a word for few people, and a hidden share."""
    records = [
        record(RATE, value=0.407767, display="41%", count=42, base=103, **PUBLISHED),
        record(INVITED, kind="count", value=103.0, display="103", count=103, **PUBLISHED),
        record(
            AGREE,
            question="L1",
            group="members",
            display=SAYS[code],
            word="around half",
            base_range=(5, 9),
        ),
        record('agree("L1")', question="L1", group="total", display="[c]", suppressed=True),
        record(
            APART,
            kind="difference",
            value=-0.147059,
            interval=(-0.201, 0.0),
            question="L1",
            group="officers",
            display={"en": "−15 percentage points", "cy": "−15 pwynt canran"}[code],
        ),
    ]
    told = {
        "language": code,
        "languages": ["en", "cy"],
        "title": "Use of data: Torfaen (illustrative data)",
        "notices": ["Illustrative data."],
        "footer": "Acknowledged.",
    }
    return Executed(told | facts, records, tables)


def table(caption: str, columns: list[str], *rows: list[str | tuple[str, str]]) -> ReadTable:
    """A table of texts, and of figures as (display, expression)."""
    cells = [
        [ReadCell(*cell) if isinstance(cell, tuple) else ReadCell(cell) for cell in row]
        for row in rows
    ]
    return ReadTable(caption, columns, cells)


REPLIES = table(
    "Replies",
    ["Group", "Number invited", "Percentage responded", "Agree"],
    ["Total", ("103", INVITED), ("41%", RATE), ("[c]", 'agree("L1")')],
    ["Elected members", "", "not asked", ("around half", AGREE)],
)
