"""figures.csv: the register as open data, one figure a row, in all languages of the report."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

from helpers.report.downloads.columns import columns
from helpers.report.downloads.executed import Executed, identity
from helpers.report.languages.language import Language
from helpers.report.languages.meaning import meaning
from helpers.report.languages.names import Names
from helpers.study.definition import Study

FIGURES = "figures.csv"
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # a spreadsheet acts on these
SAFE = "'"  # what a spreadsheet takes for the sign that a text follows
ENDS = {"ci": "interval", "difference_ci": "difference"}
SAID = ("display", "prose", "drawn")  # words, and where they stand

Row = dict[str, str]


def figures_csv(study: Study, council: str, editions: Sequence[Executed]) -> bytes:
    """Return the figures of editions that agree on all of them, as CSV.

    In UTF-8 with a byte order mark, without which Excel spoils letters such as ŵ; lines end as
    RFC 4180 has it. Numbers are plain numbers; no text can run as a formula.
    """
    names = [column.name for column in columns(edition.language for edition in editions)]
    rows = {record["expression"]: record for one in reversed(editions) for record in one.records}
    order = dict.fromkeys(key for edition in editions for key in edition.figures)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    for key in order:
        row = {"council": safe(council)} | _numbers(rows[key])
        for edition in editions:
            row |= _texts(study, rows[key], edition)
        writer.writerow(row)
    return text.getvalue().encode("utf-8-sig")


def in_step(editions: Sequence[Executed], newest: Executed) -> list[Executed]:
    """Return the editions that give the same numbers as the newest, itself included.

    One that was made of other data, earlier, would set its words beside numbers of today.
    """
    return [
        edition
        for edition in editions
        if all(
            _without_words(newest.figures[key]) == _without_words(record)
            for key, record in edition.figures.items()
            if key in newest.figures
        )
    ]


def safe(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    >>> safe("=HYPERLINK(A1)"), safe("a = b")
    ("'=HYPERLINK(A1)", 'a = b')
    """
    return SAFE + text if text.lstrip(" ").startswith(RUNS) else text


def plain_number(number: float | None) -> str:
    """Return a number as CSV has it, an absent one as nothing.

    >>> plain_number(42.0), plain_number(0.407767), plain_number(None)
    ('42', '0.407767', '')
    """
    return "" if number is None else f"{number:.6f}".rstrip("0").rstrip(".")


def _numbers(record: Mapping[str, Any]) -> Row:
    """Return the cells that are the same in every language."""
    row = {name: safe(record[name]) for name in ("statistic", "kind", "question", "group")}
    row |= {name: safe(record[name]) for name in ("provenance", "source")}
    row |= {name: plain_number(record[name]) for name in ("value", "count", "base", "population")}
    ends = {**ENDS, "base": "base_range"}
    for name, key in ends.items():
        low, high = record[key] or (None, None)
        lower, upper = ("lowest", "highest") if name == "base" else ("lower", "upper")
        row |= {f"{name}_{lower}": plain_number(low), f"{name}_{upper}": plain_number(high)}
    above, level, of = record["rank"] or (None, None, None)
    return row | {
        "figure": safe(record["expression"]),
        "rank_above": plain_number(above),
        "rank_level": plain_number(level),
        "rank_of": plain_number(of),
        "level_computed": plain_number(record["computed"]),
        "suppressed": str(record["suppressed"]).lower(),
    }


def _texts(study: Study, record: Mapping[str, Any], edition: Executed) -> Row:
    """Return the cells in an edition's language."""
    code, figure = edition.language, identity(record)
    names = Names(study, Language(code))
    texts = {
        "meaning": meaning(figure, names),
        "group_name": names.group(figure.group) if figure.group else "",
        "statement": names.statement(figure.question) if figure.question else "",
        "display": edition.figures.get(record["expression"], record)["display"],
    }
    return {f"{key}_{code}": safe(text) for key, text in texts.items()}


def _without_words(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key not in SAID}
