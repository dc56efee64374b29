"""The evidence section: one row a figure, with what it counts and what it rests on."""

from collections.abc import Iterable
from html import escape

from helpers.figures.expressions import Argument, parse
from helpers.figures.figure import Figure
from helpers.figures.measures import Measures
from helpers.figures.register import Entry, make_register, register_text
from helpers.figures.vocabulary import REST
from helpers.report.names import Names
from helpers.report.shown import Shown
from helpers.report.tables import Html, Table, render_table

COLUMNS = ("Figure", "Value", "What it counts", "Number", "Base", "95% interval", "Status")


def show_register(measures: Measures, inline: Iterable[str], names: Names) -> Shown:
    """Return the register of the figures used, as canonical JSON and a table."""
    entries = make_register(measures, inline)
    return Shown(render_evidence(entries, names), register_text(entries))


def render_evidence(entries: list[Entry], names: Names) -> str:
    """Return the register as an HTML table; each row's id is the figure's anchor."""
    label = names.language.label
    rows: list[list[object]] = [
        [
            Html(f"<code>{escape(figure.expression)}</code>"),
            figure,
            f"{meaning(figure, names)}{_in_text(entry, names)}",
            "" if figure.count is None else str(figure.count),
            _base(figure, names),
            _intervals(figure, names),
            Html(f"{escape(names.status(figure))}: {names.quoted(figure.source)}")
            if figure.statistic == "fact"
            else names.status(figure),
        ]
        for entry in entries
        for figure in [entry.figure]
    ]
    caption, columns = label("Every figure in this report"), [label(name) for name in COLUMNS]
    anchors = [entry.figure.anchor for entry in entries]
    return render_table(Table(caption, columns, rows, kind="evidence", anchors=anchors))


def meaning(figure: Figure, names: Names) -> str:
    """Say in words what a figure counts."""
    label, arguments = names.language.label, parse(figure.expression).call.positional
    first = str(arguments[0])
    if figure.statistic == "fact":
        return names.study.about.facts[first].meaning[names.language.code]
    what = label(MEANINGS[figure.statistic])
    if figure.question:
        return f"{what} {_groups_of(figure, names)}: “{names.statement(figure.question)}”"
    if figure.group:
        return f"{what} {names.group(figure.group)}"
    subject = names.theme if figure.statistic in THEME_MEASURES else names.characteristic
    return f"{what} {subject(first)}{_level_of(figure, names)}{_place_of(figure, names)}"


def _in_text(entry: Entry, names: Names) -> str:
    """Say how else sentences print the figure."""
    if not entry.prose:
        return ""
    said = "; ".join(dict.fromkeys(printed.text for printed in entry.prose.values()))
    return " " + names.language.label("In the text: {said}.", said=said)


def _named(figure: Figure) -> dict[str, Argument]:
    return dict(parse(figure.expression).call.named)


def _groups_of(figure: Figure, names: Names) -> str:
    group = names.group(figure.group)
    if figure.statistic != "difference":
        return group
    other = str(_named(figure).get("other", REST))
    rest = names.language.label("the rest of {area}", area=names.area)
    less = rest if other == REST else names.group(other)
    return names.language.label("{group}, less {other}", group=group, other=less)


def _level_of(figure: Figure, names: Names) -> str:
    if figure.statistic != "councils_at_level":
        return ""
    level = _named(figure)["level"]
    return f", {names.level(int(level))}"


def _place_of(figure: Figure, names: Names) -> str:
    if figure.statistic != "area_score":
        return ""
    place = _named(figure).get("place", "median")
    return f": {names.place(str(place))} ({names.area})"


# Each ends so that the name of a group, theme or characteristic can follow unchanged.
MEANINGS = {
    "agree": "Agree or strongly agree, of those who answered.",
    "neither": "Neither agree nor disagree, of those who answered.",
    "disagree": "Disagree or strongly disagree, of those who answered.",
    "dont_know": "Don't know, of those who answered or said so.",
    "national": "Agree or strongly agree, of the study's respondents who answered.",
    "rest_of_area": "Agree or strongly agree, of the study's other respondents who answered.",
    "difference": "Difference between the shares that agree, of those who answered.",
    "invited": "People invited.",
    "responses": "People who replied.",
    "response_rate": "Share of those invited that replied.",
    "national_response_rate": "Share of those invited that replied, whole study.",
    "theme_score": "Average over the theme's statements of the share of favourable answers.",
    "area_score": "Where theme scores lie.",
    "level": "Maturity level.",
    "councils_at_level": "How many have this level, as computed.",
}


THEME_MEASURES = ("theme_score", "area_score")


def _base(figure: Figure, names: Names) -> str:
    known = figure.base_range or figure.base is not None
    return names.wording.base(figure) if known else ""


def _intervals(figure: Figure, names: Names) -> str:
    """Return the interval of a share and, of the others' share, that of the difference to it."""
    if figure.interval is None:
        return ""
    own = names.wording.interval(figure)
    if figure.difference is None:
        return own
    apart = names.wording.apart(figure.difference)
    return names.language.label("{own}; difference: {apart}", own=own, apart=apart)


def figure_link(row: str, display: str) -> str:
    """Return a printed figure that leads to its row in the evidence section."""
    return f'<a class="figure-link" href="#{escape(row)}">{escape(display)}</a>'
