"""The index of all reports, in each language."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from helpers.figures.figure import Figure
from helpers.figures.measures import Measures
from helpers.report.frame import render_frame
from helpers.report.language import Language
from helpers.report.names import Names
from helpers.report.reviews import Progress, tell_progress
from helpers.study.definition import TOTAL, Study


@dataclass(frozen=True)
class Entry:
    """A council with the editions that it has, whether they are drafts, and its measures."""

    council: str
    editions: tuple[str, ...]
    draft: bool
    measures: Measures


def index_name(code: str, languages: list[str]) -> str:
    """Return the file name of the index: index.html in the first language, index.cy.html else."""
    return "index.html" if code == languages[0] else f"index.{code}.html"


def render_index(study: Study, code: str, entries: Iterable[Entry], review: Progress) -> str:
    """Return the HTML of the index in one language; numbers come from the councils' figures.

    `review` is of the translations that stand on it.
    """
    about, language = study.about, Language(code)
    label, title, names = language.label, about.title[code], Names(study, language)
    entries = list(entries)
    illustrative = any(entry.measures.provenance.illustrative for entry in entries)
    return render_frame(
        "index.html.j2",
        language,
        title=f"{title} ({label('illustrative data')})" if illustrative else title,
        alternates=[
            {
                "language": other,
                "href": index_name(other, about.languages),
                "text": Language(other).label("This document is also available in English"),
            }
            for other in about.languages
            if other != code
        ],
        notices=[*names.notices(illustrative=illustrative), *tell_progress(review, language)],
        contents=[],
        footer=about.acknowledgement[code],
        heading=title,
        lead=label("One report for each {unit}.", unit=names.unit),
        caption=label("All reports"),
        columns=[names.unit_heading, label("Reports"), *_numbers(study, language), label("Status")],
        rows=[_row(entry, names) for entry in entries],
    )


def _numbers(study: Study, language: Language) -> dict[str, Callable[[Measures], Figure]]:
    """Return the columns of numbers by name: a response rate only where one is known."""
    numbers = {language.label("Replies"): lambda measures: measures.responses(TOTAL)}
    if study.population_known:
        rate = language.label("Response rate")
        numbers[rate] = lambda measures: measures.response_rate(TOTAL)
    return numbers


def _row(entry: Entry, names: Names) -> dict[str, object]:
    figures = [figure(entry.measures) for figure in _numbers(names.study, names.language).values()]
    return {
        "name": names.council(entry.council),
        "links": [
            {
                "href": f"{entry.council}/report.{edition}.html",
                "text": Language(edition).label("English"),
                "language": edition,
            }
            for edition in entry.editions
        ],
        "numbers": [figure.display for figure in figures],
        "status": names.status(figures[0]),
        "note": _note(entry, names.language),
    }


def _note(entry: Entry, language: Language) -> str:
    if not entry.editions:
        return language.label("not built")
    return language.label("draft") if entry.draft else ""
