"""The record of reviews: which translations a qualified translator has read, who and when.

A row tells of one text by the digest of it and its translation, so that an edit of either voids the
review. It is a CSV file, as it is read for each edition, and grows by a line a text.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from helpers.errors import Problem, expected
from helpers.report.languages.language import Language
from helpers.report.notebook.translations import Translated
from helpers.study.definition import Study
from helpers.study.files.csvfile import read_csv
from helpers.study.files.wholefile import csv_bytes

REVIEWED = "notebooks/locale/reviewed.csv"


class Review(NamedTuple):
    """A row of the record: `place` is where the translation stood, `by` a name and qualification.

    The digest is of the text and the translation together.
    """

    language: str
    digest: str
    place: str
    by: str
    on: str


COLUMNS = list(Review._fields)


def read_reviews(workbook: Path) -> list[Review]:
    """Return all rows of the record, which a workbook need not have; raises CheckFailed."""
    if not (workbook / REVIEWED).exists():
        return []
    return [Review(*cells) for cells in read_csv(workbook, REVIEWED, COLUMNS).rows]


def reviews_of(workbook: Path, code: str) -> list[Review]:
    """Return the reviews of translations into a language."""
    return [review for review in read_reviews(workbook) if review.language == code]


def review_bytes(reviews: Iterable[Review]) -> bytes:
    """Return the record as its file holds it."""
    return csv_bytes(COLUMNS, reviews)


def check_reviews(workbook: Path, study: Study) -> Iterator[Problem]:
    """Find rows that record no review."""
    if not (workbook / REVIEWED).exists():
        return
    table = read_csv(workbook, REVIEWED, COLUMNS)
    others = study.about.languages[1:]
    for line, cells in zip(table.lines, table.rows, strict=True):
        review = Review(*cells)
        if review.language not in others:
            told = f"unknown language '{review.language}'; {expected(review.language, others)}"
            yield Problem(REVIEWED, line, 1, told)
        if not re.fullmatch(r"[0-9a-f]{12}", review.digest):
            told = f"'{review.digest}' is no digest; let 'workbook translations' record reviews"
            yield Problem(REVIEWED, line, 2, told)
        if not review.by.strip():
            yield Problem(REVIEWED, line, 4, "nobody is named; expected who reviewed the text")
        if not _is_day(review.on):
            yield Problem(
                REVIEWED, line, 5, f"'{review.on}' is no day; expected such as 2026-01-31"
            )


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def find_unreviewed(
    texts: Iterable[Translated], workbook: Path, code: str
) -> dict[str, Translated]:
    """Return by digest the translations that nobody has reviewed; equal ones are one text."""
    reviewed = {review.digest for review in reviews_of(workbook, code)}
    found: dict[str, Translated] = {}
    for text in texts:
        if text.digest not in reviewed:
            found.setdefault(text.digest, text)
    return found


class Progress(NamedTuple):
    """How many of how many translations nobody has reviewed."""

    unreviewed: int
    translations: int


def measure_progress(texts: Iterable[Translated], workbook: Path, code: str) -> Progress:
    """Return how far the review of the translations into a language has come."""
    texts = list(texts)
    left = find_unreviewed(texts, workbook, code)
    return Progress(len(left), len({text.digest for text in texts}))


def tell_progress(progress: Progress, language: Language) -> list[str]:
    """Return what a page says of translations that are not reviewed: nothing where all are."""
    if not progress.unreviewed:
        return []
    return [
        language.counted(
            progress.unreviewed,
            "This is a translation: {number} of the {total} texts that it draws on has not "
            "yet been reviewed by a qualified translator.",
            "This is a translation: {number} of the {total} texts that it draws on have not "
            "yet been reviewed by a qualified translator.",
            total=language.number(progress.translations),
        )
    ]
