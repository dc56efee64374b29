"""Of an edition that somebody spoilt as much is read as can be, and the rest is None or empty."""

import json

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from helpers.report.notebook.whole import REGISTER
from helpers.review.editions import Edition, understand

RECORD = {
    "expression": 'invited("total")',
    "statistic": "invited",
    "kind": "count",
    "value": 103.0,
    "count": 103,
    "base": None,
    "population": None,
    "display": "103",
    "interval": None,
    "difference": None,
    "prose": [],
    "drawn": None,
}


def edition(register: str, **changes: object) -> Edition:
    """An edition of one cell, in which its register stands."""
    output = new_output("execute_result", {"text/plain": register}, execution_count=1)
    cell = new_code_cell("register", outputs=[output], execution_count=1)
    notebook = new_notebook(cells=[cell])
    cell.metadata["tags"] = changes.pop("tags", [REGISTER])
    notebook |= changes
    return understand({"notebook": json.dumps(notebook).encode(), "page": None})


def test_a_register_is_read():
    assert edition(json.dumps([RECORD])).register == [RECORD]


@pytest.mark.parametrize(
    "register",
    [
        "{garbage",
        "7",
        "[null]",
        '[{"expression": 7}]',
        json.dumps([RECORD, RECORD]),
        json.dumps([RECORD | {"display": "\ud800"}]),
        json.dumps([RECORD | {"value": "103"}]),
        "[" * 100_000,
    ],
)
def test_a_register_of_anything_else_is_none(register: str):
    found = edition(register)
    assert (found.register, found.notebook is None) == ([], False)


@pytest.mark.parametrize(
    "changes",
    [{"tags": 7}, {"nbformat": 3}, {"nbformat_minor": "5"}, {"cells": [7]}, {"metadata": []}],
)
def test_what_is_no_notebook_by_its_format_is_none(changes: dict):
    found = edition(json.dumps([RECORD]), **changes)
    assert (found.register, found.notebook) == ([], None)


@pytest.mark.parametrize("content", [None, b"", b"garbage", b"\xff", b"[]", b"{}"])
def test_what_is_no_json_is_none(content: bytes | None):
    found = understand({"notebook": content, "page": content})
    assert (found.register, found.notebook) == ([], None)
