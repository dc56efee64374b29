"""What a figure counts, in words."""

from helpers.figures.expressions import Argument, parse
from helpers.figures.figure import Figure
from helpers.figures.vocabulary import REST
from helpers.report.languages.names import Names


def meaning(figure: Figure, names: Names) -> str:
    """Say in words what a figure counts."""
    said = describe(figure, names)
    return f"{said}: “{names.statement(figure.question)}”" if figure.question else said


def describe(figure: Figure, names: Names) -> str:
    """Say what a figure counts and of whom; of an answer, not what was asked."""
    label, arguments = names.language.label, parse(figure.expression).call.positional
    first = str(arguments[0])
    if figure.statistic == "fact":
        return names.study.about.facts[first].meaning[names.language.code]
    what = label(MEANINGS[figure.statistic])
    if figure.question:
        return f"{what} {_groups_of(figure, names)}{_place_of(figure, names)}"
    if figure.group:
        group = f"{_council_of(figure, names)}{names.group(figure.group)}"
        return f"{what} {group}{_place_of(figure, names)}"
    subject = names.theme if figure.statistic in THEME_MEASURES else names.characteristic
    return f"{what} {subject(first)}{_level_of(figure, names)}{_place_of(figure, names)}"


def _named(figure: Figure) -> dict[str, Argument]:
    return dict(parse(figure.expression).call.named)


def _groups_of(figure: Figure, names: Names) -> str:
    group = names.group(figure.group)
    if figure.kind != "difference":
        return group
    named = _named(figure)
    other = str(named.get("than", named.get("other", REST)))
    rest = names.language.label("the rest of {area}", area=names.area)
    less = rest if other == REST else names.group(other)
    return names.language.label("{group}, less {other}", group=group, other=less)


def _level_of(figure: Figure, names: Names) -> str:
    if figure.statistic != "councils_at_level":
        return ""
    level = _named(figure)["level"]
    return f", {names.level(int(level))}"


def _council_of(figure: Figure, names: Names) -> str:
    if figure.statistic not in COUNCIL_MEASURES:
        return ""
    return f"{names.council(str(parse(figure.expression).call.positional[0]))}: "


def _place_of(figure: Figure, names: Names) -> str:
    if figure.statistic not in PLACE_MEASURES:
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
    "council_invited": "People invited.",
    "council_responses": "People who replied.",
    "council_response_rate": "Share of those invited that replied.",
    "national_invited": "People invited, whole study.",
    "national_responses": "People who replied, whole study.",
    "area_rate": "Where response rates lie.",
    "area_agree": "Where the shares that agree lie, of those that are shown.",
    "councils_shown": "How many can be shown.",
    "national_difference": "Difference between the shares that agree, of the study's respondents.",
}


THEME_MEASURES = ("theme_score", "area_score")
PLACE_MEASURES = ("area_score", "area_rate", "area_agree")
COUNCIL_MEASURES = ("council_invited", "council_responses", "council_response_rate")
