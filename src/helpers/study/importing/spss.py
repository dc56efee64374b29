"""Read an SPSS file in a process of its own: one that is spoilt can break down its reader.

ReadStat is written in C, and a file with a wrong byte in it may end the process that reads it.
"""

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple
from warnings import simplefilter


class Spss(NamedTuple):
    """A file's columns by name, the label of each, and by name what its values stand for."""

    columns: dict[str, list[Any]]
    labels: list[str | None]
    values: dict[str, dict[Any, str]]


def read_spss(path: Path) -> Spss:
    """Return what a file holds; raises ValueError where that cannot be read."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        try:
            return pool.submit(_read, path).result()
        except BrokenProcessPool:
            raise ValueError("its reader breaks down on it") from None


def _read(path: Path) -> Spss:
    import pyreadstat

    simplefilter("ignore")  # that a column was renamed is no news to the person who imports
    try:
        columns, known = pyreadstat.read_sav(path, user_missing=True, output_format="dict")
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError) as error:
        raise ValueError(str(error)) from None
    return Spss(columns, known.column_labels, known.variable_value_labels)
