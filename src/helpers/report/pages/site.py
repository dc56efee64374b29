"""The index of all reports, in each language."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from helpers.figures.figure import Figure
from helpers.figures.maturity import LEVELS
from helpers.report.languages.language import Language
from helpers.report.languages.names import Names
from helpers.report.notebook.reviews import Progress, tell_progress
from helpers.report.notebook.template import COUNCIL_REPORT, NATIONAL_OVERVIEW
from helpers.report.pages.entries import Entry, Listed, Signed
from helpers.report.pages.frame import render_frame
from helpers.study.definition import Study
from helpers.study.files.folder import NATIONAL


def index_name(code: str, languages: list[str]) -> str:
    """Return the file name of the index: index.html in the first language, index.cy.html else."""
    return "index.html" if code == languages[0] else f"index.{code}.html"


def render_index(
    study: Study,
    code: str,
    entries: Iterable[Entry],
    review: Progress,
    overview: Iterable[Listed] = (),
) -> str:
    """Return the HTML of the index in one language; numbers come from the councils' figures.

    `review` is of the translations that stand on it; `overview` its editions that stand.
    """
    about, language = study.about, Language(code)
    label, title, names = language.label, about.title[code], Names(study, language)
    entries = list(entries)
    illustrative = any(entry.numbers.illustrative for entry in entries)
    total = entries[0].numbers.total if entries else None
    return render_frame(
        "index.html.j2",
        language,
        council="",
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
        summary=_summary(entries, total, names),
        overview=label("Overview: {area}", area=names.area),
        overviews=_reports(overview, f"{NATIONAL}/{NATIONAL_OVERVIEW.stem}", language),
        caption=label("All reports"),
        heads=_heads(names),
        shows={
            "rate": study.population_known,
            "downloads": any(_downloads(entry, language) for entry in entries),
        },
        rows=[_row(entry, names) for entry in entries],
        total=total and _numbers(total, names) | {"name": names.area},
        note=_note(entries, names),
    )


def _heads(names: Names) -> dict[str, object]:
    """Return what the columns are called; a study without maturity has none of levels."""
    label = names.language.label
    levels = LEVELS if names.study.has_maturity else ()
    return {
        "name": names.unit_heading,
        "reports": label("Reports"),
        "replies": label("Replies"),
        "rate": label("Response rate"),
        "levels": [label("At level {level}", level=level) for level in levels],
        "downloads": label("Downloads"),
    }


def _summary(entries: list[Entry], total: Figure | None, names: Names) -> str:
    language = names.language
    listed = language.label(
        "{units} on this list: {number}.",
        units=names.units,
        number=language.number(len(entries)),
    )
    if total is None:
        return listed
    replied = language.label(
        "{area}: {count} of the {base} people invited replied, a response rate of {rate}.",
        area=names.area,
        count=language.number(total.count or 0),
        base=language.number(total.base or 0),
        rate=total.display,
    )
    return f"{listed} {replied}"


def _numbers(rate: Figure, names: Names) -> dict[str, object]:
    """Return the cells that a response rate fills: it knows how many replied."""
    return {
        "replies": names.language.number(rate.count or 0),
        "rate": rate.display,
        "status": names.status(rate),
    }


def _row(entry: Entry, names: Names) -> dict[str, object]:
    numbers, language = entry.numbers, names.language
    return {
        "name": names.council(entry.council),
        "notes": _notes(entry, language),
        "reports": _reports(entry.editions, f"{entry.council}/{COUNCIL_REPORT.stem}", language),
        "replies": numbers.replies.display,
        "rate": numbers.rate.display if numbers.rate else "",
        "levels": _levels(numbers.levels, names),
        "downloads": _downloads(entry, language),
        "status": names.status(numbers.replies),
    }


def _notes(entry: Entry, language: Language) -> list[str]:
    if not entry.editions:
        return [language.label("not built")]
    return [language.label("draft")] if entry.draft else []


def _reports(editions: Iterable[Listed], path: str, language: Language) -> list[dict[str, object]]:
    """Return links to editions, those of which the same is to be said together."""
    alike: dict[tuple[date, tuple[str, ...]], list[dict[str, str]]] = {}
    for edition in editions:
        link = {
            "href": f"{path}.{edition.code}.html",
            "text": Language(edition.code).label("English"),
            "language": edition.code,
        }
        alike.setdefault((edition.made, _marks(edition, language)), []).append(link)
    return [
        {
            "links": links,
            "made": language.label("Made: {date}", date=language.date(made)),
            "notes": notes,
        }
        for (made, notes), links in alike.items()
    ]


def _marks(edition: Listed, language: Language) -> tuple[str, ...]:
    marks = [] if edition.current else [language.label("out of date")]
    if not edition.reviewed:
        marks.append(language.label("translation not reviewed"))
    if edition.signed:
        marks.append(_signed(edition.signed, language))
    return tuple(marks)


def _signed(signed: Signed, language: Language) -> str:
    said = f"{signed.by}, {language.date(signed.on)}"
    if signed.holds:
        return language.label("figures checked: {said}", said=said)
    return language.label("figures checked before it was changed: {said}", said=said)


def _levels(figures: Iterable[Figure], names: Names) -> list[str]:
    """Return how many characteristics are at each level; blanks where none is known."""
    if not names.study.has_maturity:
        return []
    found = Counter(figure.display for figure in figures)
    if not found:
        return ["" for _ in LEVELS]
    return [names.language.number(found[str(level)]) for level in LEVELS]


def _downloads(entry: Entry, language: Language) -> list[dict[str, str]]:
    """Return a link to each download that is there, in the page's language or in none."""
    code = language.code
    names = {
        "figures.csv": language.label("Figures (CSV)"),
        f"tables.{code}.xlsx": language.label("Tables (XLSX)"),
        f"report.{code}.pdf": "PDF",
        f"report.{code}.ipynb": language.label("Notebook"),
    }
    return [
        {"href": f"{entry.council}/{file}", "text": text}
        for file, text in names.items()
        if file in entry.files
    ]


def _note(entries: list[Entry], names: Names) -> str:
    """Say what the columns of levels count, whether that is published, and why some are empty."""
    label, levels = names.language.label, [entry.numbers.levels for entry in entries]
    said = []
    if known := next(filter(None, levels), None):
        told = label(
            "The columns of levels tell how many characteristics of maturity are at each "
            "({status}), as auditors judged it or else as computed; those that are missing could "
            "not be assessed.",
            status=names.status(known[0]),
        )
        said.append(told)
    if names.study.has_maturity and not all(levels):
        told = label(
            "Where the columns of levels are empty, the auditors' judgements cannot be read at "
            "present."
        )
        said.append(told)
    return " ".join(said)
