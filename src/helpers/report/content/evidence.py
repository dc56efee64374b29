"""The evidence section: a row a figure, with what it counts, what it rests on and where it stands.

A reader sees the rows under what was asked; a program reads the register from their attributes.
"""

from collections.abc import Iterable
from fractions import Fraction
from html import escape
from itertools import groupby

from helpers.figures.estimates import percentage
from helpers.figures.evaluation import AnyMeasures
from helpers.figures.expressions import parse
from helpers.figures.figure import Figure
from helpers.figures.register import Entry, beside, make_register, register_text
from helpers.report.binding.links import OR, USES, Html, evidence_link, figure_link, text
from helpers.report.content.tables import Table, render_table
from helpers.report.languages.meaning import THEME_MEASURES, describe
from helpers.report.languages.names import Names
from helpers.report.notebook.shown import Shown

COLUMNS = ("What it counts", "Value", "People", "95% interval")
LAST_COLUMNS = ("Used in", "Status")
REPLIES, LEVELS, FACTS = ".replies", ".levels", ".facts"  # no theme's key has a dot
TITLES = {REPLIES: "Replies", LEVELS: "Maturity levels", FACTS: "Published facts"}
SECTIONS = {  # of what has no theme
    "invited": REPLIES,
    "responses": REPLIES,
    "response_rate": REPLIES,
    "national_response_rate": REPLIES,
    "council_invited": REPLIES,
    "council_responses": REPLIES,
    "council_response_rate": REPLIES,
    "national_invited": REPLIES,
    "national_responses": REPLIES,
    "area_rate": REPLIES,
    "level": LEVELS,
    "councils_at_level": LEVELS,
    "fact": FACTS,
}


def show_register(measures: AnyMeasures, inline: Iterable[str], names: Names) -> Shown:
    """Return the register of the figures used, as canonical JSON and as sections of rows."""
    entries = make_register(measures, inline)
    html = render_evidence(entries, names, measures.council)
    return Shown(html, register_text(entries), read=sorted(measures.read))


def render_evidence(entries: list[Entry], names: Names, council: str = "") -> str:
    """Return the register as HTML: a section a subject; each row's id is the figure's anchor.

    The cells of "Used in" are filled when all of the page is there.
    """
    about = names.study.about
    found = {key: list[Entry]() for key in (REPLIES, *about.themes, LEVELS, FACTS)}
    for entry in entries:
        found[section_of(entry.figure, names)].append(entry)
    known = {entry.figure.expression: entry.figure for entry in entries}
    tables = {key: _table(key, rows, known, names) for key, rows in found.items() if rows}
    return "".join(_section(_title(key, names), table, council) for key, table in tables.items())


def section_of(figure: Figure, names: Names) -> str:
    """Return the theme that a figure belongs to, or the section of what has none."""
    if figure.question:
        return names.study.questionnaire.statements[figure.question].theme
    if figure.statistic in THEME_MEASURES:
        return str(parse(figure.expression).call.positional[0])
    return SECTIONS[figure.statistic]


def _section(title: str, table: Table, council: str) -> str:
    return (
        f'<details class="evidence-section"><summary>{escape(title)}</summary>\n'
        f"{render_table(table, council)}</details>\n"
    )


def _title(key: str, names: Names) -> str:
    return (
        names.theme(key) if key in names.study.about.themes else names.language.label(TITLES[key])
    )


def _table(key: str, entries: list[Entry], known: dict[str, Figure], names: Names) -> Table:
    label = names.language.label
    statements = list(names.study.questionnaire.statements)
    ordered = sorted(entries, key=lambda entry: _place(entry.figure.question, statements))
    groups, rows = {}, list[Entry]()
    for question, asked in groupby(ordered, key=lambda entry: entry.figure.question):
        if question:
            groups[len(rows)] = f"“{names.statement(question)}” ({question})"
        elif key in names.study.about.themes:
            groups[len(rows)] = label("Theme scores")
        rows += asked
    columns = [*map(label, COLUMNS), names.area, *map(label, LAST_COLUMNS)]
    return Table(
        label("Figures: {title}", title=_title(key, names)),
        columns,
        [_cells(entry, known, names) for entry in rows],
        kind="evidence",
        marks=[marks_of(entry) for entry in rows],
        groups=groups,
    )


def _place(question: str, statements: list[str]) -> int:
    return statements.index(question) if question else -1


def marks_of(entry: Entry) -> dict[str, object]:
    """Return the attributes of a figure's row: its id, and its record for a program to read."""
    figure, record = entry.figure, entry.figure.record()
    lower, upper = record["interval"] or (None, None)
    told = {
        "figure": record["expression"],
        "question": record["question"] or None,
        "group": record["group"] or None,
        "value": record["value"],
        "count": record["count"],
        "base": record["base"],
        "base-range": " to ".join(map(str, record["base_range"] or ())) or None,
        "ci-lower": lower,
        "ci-upper": upper,
        "printed": OR.join(dict.fromkeys(said.text for said in entry.prose.values())) or None,
        "suppressed": "true" if record["suppressed"] else None,
        "provenance": record["provenance"],
    }
    data = {f"data-{name}": value for name, value in told.items() if value is not None}
    return {"id": figure.anchor, **data}


def _cells(entry: Entry, known: dict[str, Figure], names: Names) -> list[object]:
    figure = entry.figure
    other = known.get(beside(figure) or "")
    return [
        Html(
            f"{text(describe(figure, names) + _in_text(entry, names))} "
            f"{_rests_on(figure, known, names)}<code>{text(figure.expression)}</code>"
        ),
        figure.display,
        _people(figure, names),
        _intervals(figure, names),
        figure_link(other.anchor, other.display) if other else "",
        USES,
        _status(figure, names),
    ]


def _in_text(entry: Entry, names: Names) -> str:
    """Say how else sentences print the figure."""
    if not entry.prose:
        return ""
    said = "; ".join(dict.fromkeys(printed.text for printed in entry.prose.values()))
    return " " + names.language.label("In the text: {said}.", said=said)


def _rests_on(figure: Figure, known: dict[str, Figure], names: Names) -> str:
    """Say which statements a score or a level is the average of, and from where levels start."""
    label, study = names.language.label, names.study
    if figure.statistic not in ("theme_score", "level"):
        return ""
    key = str(parse(figure.expression).call.positional[0])
    of = {"theme": key} if figure.statistic == "theme_score" else {"characteristic": key}
    statements = ", ".join(_statement(code, known, names) for code in study.statements_of(**of))
    said = label("Average share of favourable answers to {statements}.", statements=statements)
    rule = study.about.maturity_rule
    if figure.statistic == "theme_score" or rule is None:
        return f"<br>{said} "
    shares = map(percentage, (Fraction(str(rule.level_2_from)), Fraction(str(rule.level_3_from))))
    told = [
        label("{level} from {share}.", level=names.level(level), share=share)
        for level, share in enumerate(shares, start=2)
    ]
    return f"<br>{' '.join([said, *told])} "


def _statement(code: str, known: dict[str, Figure], names: Names) -> str:
    """Return a statement's code, leading to the share of its favourable answers."""
    side = names.study.questionnaire.statements[code].favourable
    figure = known.get(f'{side}("{code}")')
    return evidence_link(figure.anchor, code) if figure else code


def _people(figure: Figure, names: Names) -> str:
    """Return how many of how many a figure counts, as far as it may be told."""
    if figure.count is not None and figure.base is not None:
        return names.wording.count(figure)
    if figure.base_range or figure.base is not None:
        return names.wording.base(figure)
    return "" if figure.count is None else f"{figure.count:,}"


def _intervals(figure: Figure, names: Names) -> str:
    """Return the interval of a share and, of the others' share, that of the difference to it."""
    if figure.interval is None:
        return ""
    own = names.wording.interval(figure)
    if figure.difference is None:
        return own
    apart = names.wording.apart(figure.difference)
    return names.language.label("{own}; difference: {apart}", own=own, apart=apart)


def _status(figure: Figure, names: Names) -> object:
    if figure.statistic != "fact":
        return names.status(figure)
    return Html(f"{escape(names.status(figure))}: {names.quoted(figure.source)}")
