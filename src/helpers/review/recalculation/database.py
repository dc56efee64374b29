"""Bring the study, the decisions and the raw files into an empty database."""

from collections.abc import Iterable, Mapping, Sequence
from glob import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from helpers.study.definition import Study
from helpers.study.files.folder import NATIONAL
from helpers.study.responses import INVITATIONS, questions_asked, response_file

SQL = files("helpers.review.recalculation") / "sql"


def run(database: duckdb.DuckDBPyConnection, step: str, **values: str) -> None:
    """Run the statements of a file in sql/; values are bound to them, never written into them."""
    database.execute((SQL / f"{step}.sql").read_text(encoding="utf-8"), values or None)


def fill_study(database: duckdb.DuckDBPyConnection, study: Study) -> None:
    """Bring in what the study says of councils, groups, statements, limits and facts."""
    about, statements = study.about, study.questionnaire.statements
    _append(database, "council", ([slug] for slug in study.councils))
    _append(database, "overview", [[NATIONAL]])
    groups = study.groups.items()
    _append(database, "group_tool", ([name, tool] for name, tools in groups for tool in tools))
    asked = ([code, tool] for code, one in statements.items() for tool in one.tools)
    _append(database, "asked", asked)
    of_what = (
        [code, one.theme, one.characteristic, one.favourable] for code, one in statements.items()
    )
    _append(database, "statement", of_what)
    _append(database, "fact", ([key, fact.value, fact.kind] for key, fact in about.facts.items()))
    rule = about.maturity_rule
    levels = [rule.minimum_statements, rule.level_2_from, rule.level_3_from] if rule else [None] * 3
    limits = about.thresholds
    _append(
        database, "rule", [[limits.nothing_below, limits.words_below, study.has_dont_know, *levels]]
    )


def fill_decided(
    database: duckdb.DuckDBPyConnection,
    judgements: Mapping[str, Mapping[str, int]],
    decisions: Iterable[Sequence[str]],
) -> None:
    """Bring in auditors' levels, and what is shown of each cell."""
    levels = ([council, *one] for council, judged in judgements.items() for one in judged.items())
    _append(database, "judgement", levels)
    _append(database, "decision", decisions)


def read_files(database: duckdb.DuckDBPyConnection, workbook: Path, study: Study) -> None:
    """Bring in who was invited and what they answered, by DuckDB's own reader of CSV.

    Raises duckdb.Error where a file is missing or is no CSV.
    """
    if study.population_known:
        _read(database, workbook / INVITATIONS)
        run(database, "invitations")
    for tool in study.questionnaire.tools:
        _read(database, workbook / response_file(tool))
        run(database, "replies", tool=tool)
        if questions_asked(study, tool):
            run(database, "answers", tool=tool)
    if not study.population_known:
        run(database, "nobody_knows")


def _read(database: duckdb.DuckDBPyConnection, path: Path) -> None:
    run(database, "sheet", file=escape(str(path)))  # else brackets in a folder's name are patterns


def _append(database: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    frame = pd.DataFrame([list(row) for row in rows])
    if len(frame):
        database.append(table, frame)
