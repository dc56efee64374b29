"""Find what breaks a contract: pandera looks for it, and each breach becomes a problem."""

from collections.abc import Callable, Iterator

import pandas as pd
import pandera.pandas as pa

from helpers.errors import SHOWN, Problem, cut
from helpers.study.contract import Contract
from helpers.study.files.csvfile import Table

LONGEST = 60  # characters of a cell that a message quotes
TWICE = "multiple_fields_uniqueness"  # what pandera calls rows that stand twice


def find_breaches(contract: Contract, table: Table, frame: pd.DataFrame) -> Iterator[Problem]:
    """Yield what is wrong with a file's columns, and with the cells of those that it should have.

    `frame` holds the cells of `table`; its index is the line in the file.
    """
    try:
        _schema(contract, table.columns).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as found:
        cases: pd.DataFrame = found.failure_cases
        yield from _wrong_columns(contract, table, cases)
        yield from _wrong_cells(contract, table, frame, cases)
    else:
        if table.columns != list(contract.rules):
            message = f"columns stand in another order; expected {', '.join(contract.rules)}"
            yield Problem(contract.file, table.top, 1, message)


def _schema(contract: Contract, columns: list[str]) -> pa.DataFrameSchema:
    """Return the contract as a pandera schema; cells are text already, so it names no types."""
    together = contract.unique if set(contract.unique) <= set(columns) else ()
    return pa.DataFrameSchema(
        {
            name: pa.Column(checks=[pa.Check(rule.holds, error=rule.kind) for rule in rules])
            for name, rules in contract.rules.items()
        },
        strict=True,
        unique=list(together) or None,
        report_duplicates="exclude_first",
    )


def _wrong_columns(contract: Contract, table: Table, cases: pd.DataFrame) -> Iterator[Problem]:
    for name in cases.loc[cases["check"] == "column_in_schema", "failure_case"]:
        message = contract.unknown_column(name)
        yield Problem(contract.file, table.top, table.columns.index(name) + 1, message)
    for name in cases.loc[cases["check"] == "column_in_dataframe", "failure_case"]:
        yield Problem(contract.file, table.top, 1, f"column '{name}' is missing; add it")


def _wrong_cells(
    contract: Contract, table: Table, frame: pd.DataFrame, cases: pd.DataFrame
) -> Iterator[Problem]:
    once = cases[(cases["check"] != TWICE) | cases["column"].isin(contract.unique[:1])]
    for (column, check), lines in once.groupby(["column", "check"])["index"]:
        kind, explain = _telling(contract, frame, column, check)
        at, found = table.columns.index(column) + 1, sorted(map(int, lines))
        for line in found[:SHOWN]:
            yield Problem(contract.file, line, at, explain(line), kind)
        for line in found[SHOWN : SHOWN + 1]:
            more = len(found) - SHOWN - 1
            yield Problem(contract.file, line, at, explain(line), kind, more)


def _telling(
    contract: Contract, frame: pd.DataFrame, column: str, check: str
) -> tuple[str, Callable[[int], str]]:
    """Return the kind of a breach, and what to say of the row on a line."""

    def quote(line: int, name: str) -> str:
        return cut(str(frame.at[line, name]), LONGEST)

    if check == TWICE:
        names = list(contract.unique)

        def explain(line: int) -> str:
            cells = " and ".join(f"{name} '{quote(line, name)}'" for name in names)
            return f"{cells} stand twice; expected one row of each"

        return f"with the {' and '.join(names)} of an earlier row", explain
    rule = next(rule for rule in contract.rules[column] if rule.kind == check)
    return f"{check} in column '{column}'", lambda line: rule.explain(quote(line, column))
