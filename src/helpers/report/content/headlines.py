"""The words around a chart, composed from the figures that it draws."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from helpers.figures.estimates import direction
from helpers.figures.figure import NOT_ASSESSED, Figure
from helpers.report.content.ends import highest, lowest
from helpers.report.content.tables import Table
from helpers.report.languages.language import Language
from helpers.report.languages.names import Names


def best_and_worst(
    shown: Mapping[str, Figure], name: Callable[[str], str], language: Language
) -> str:
    """Say which of the shown shares is highest and which lowest; `name` says what a key is."""
    if not shown:
        return language.together_hidden()
    best, worst = highest(shown, 1), lowest(shown, 1)
    if best == worst:
        return _all_level(shown, name, language)
    return language.label(
        "Most favourable: {best}. Least favourable: {worst}.",
        best=_listed(best, shown, name, language),
        worst=_listed(worst, shown, name, language),
    )


def _all_level(shown: Mapping[str, Figure], name: Callable[[str], str], language: Language) -> str:
    """Say the one share that all statements or themes have, of which there may be one only."""
    if len(shown) == 1:
        return f"{_listed(shown, shown, name, language)}."
    share = next(iter(shown.values())).display
    return language.label("The same share for each: {share}.", share=share)


def _listed(
    keys: Iterable[str],
    shown: Mapping[str, Figure],
    name: Callable[[str], str],
    language: Language,
) -> str:
    """Quote what is level, each with its share, of which some may be of those who disagree."""
    return "; ".join(f"“{name(key).rstrip('.')}” ({_share(shown[key], language)})" for key in keys)


def _share(figure: Figure, language: Language) -> str:
    """Say that people disagree where disagreeing is what speaks well of the council."""
    if figure.statistic == "disagree":
        return language.label("{share} disagree", share=figure.display)
    return figure.display


def compared(rest: Figure, language: Language) -> str:
    """Say how the council's share stands to that of the others: apart only if the interval is."""
    if rest.difference is None:
        return rest.display
    said = {
        "higher": language.label("higher"),
        "lower": language.label("lower"),
        "not_clear": language.label("not clearly different"),
    }
    return said[direction(rest.difference)]


def is_overruled(level: Figure) -> bool:
    """Say whether an auditor's judgement stands in place of the level that was computed."""
    return level.value is not None and level.value != level.computed


def as_judged(said: str, level: Figure, language: Language) -> str:
    """Add to what is said of a level that it was overruled, and what was computed."""
    if not is_overruled(level):
        return said
    computed = NOT_ASSESSED if level.computed is None else level.computed
    return language.label(
        "{said} (auditors' judgement; computed: {computed})", said=said, computed=computed
    )


def highest_level(levels: Mapping[str, Figure], names: Names) -> str:
    """Say which level is the highest, and which characteristics reach it."""
    label = names.language.label
    known = {key: figure for key, figure in levels.items() if figure.value is not None}
    if not known:
        return label("No characteristic could be assessed")
    reached = {figure.display for figure in known.values()}
    overruled = any(map(is_overruled, known.values()))
    if len(known) == len(levels) and len(reached) == 1 and not overruled:
        return label("Every characteristic is at level {level}", level=reached.pop())
    top = max(known.values(), key=lambda figure: figure.value or Fraction(0))
    titles = [
        as_judged(names.characteristic(key), figure, names.language)
        for key, figure in known.items()
        if figure.value == top.value
    ]
    return label(
        "Highest level reached, {level}: {titles}", level=top.display, titles="; ".join(titles)
    )


def highest_of_all(counts: Mapping[str, Sequence[Figure]], names: Names) -> str:
    """Say which level is the highest that anyone reaches, and on which characteristics.

    `counts` holds for each characteristic how many stand at each level, the lowest first.
    """
    label = names.language.label
    reached = {
        key: max((level for level, found in enumerate(figures, start=1) if found.value), default=0)
        for key, figures in counts.items()
    }
    top = max(reached.values())
    if not top:
        return label("No characteristic could be assessed")
    titles = [names.characteristic(key) for key, level in reached.items() if level == top]
    return label("Highest level reached, {level}: {titles}", level=top, titles="; ".join(titles))


def most_and_least(
    shown: Mapping[str, Figure], name: Callable[[str], str], language: Language
) -> str:
    """Say with which statement people agree most and with which least."""
    if not shown:
        return language.together_hidden()
    best, worst = highest(shown, 1), lowest(shown, 1)
    if best == worst:
        return _all_level(shown, name, language)
    return language.label(
        "Highest agreement: {best}. Lowest agreement: {worst}.",
        best=_listed(best, shown, name, language),
        worst=_listed(worst, shown, name, language),
    )


def widest(
    clear: Mapping[str, tuple[Figure, Figure]], groups: tuple[str, str], names: Names
) -> str:
    """Say where two groups are furthest apart; `clear` holds their shares, the widest first."""
    for question, (one, other) in clear.items():
        return names.language.label(
            "Widest difference: “{statement}” ({first}: {one}; {second}: {other})",
            statement=names.statement(question).rstrip("."),
            first=groups[0],
            one=one.display,
            second=groups[1],
            other=other.display,
        )
    return names.language.label("No difference is clear")


def bases(
    rows: Sequence[tuple[str, Sequence[Figure | None]]], groups: Sequence[str], language: Language
) -> str:
    """Say how many people answered the rows' statements, fewest to most, by group."""
    said = []
    for index, group in enumerate(groups):
        drawn = [figures[index] for _, figures in rows]
        found = [figure.base for figure in drawn if figure and figure.base is not None]
        if found:
            ends = [f"{end:,}" for end in sorted({min(found), max(found)})]
            said.append(f"{group}: {'–'.join(ends)}")
    if not said:
        return ""
    return language.label("People who answered: {bases}.", bases="; ".join(said))


def described(table: Table) -> str:
    """Return a table's content as one line: what a screen reader says of its chart."""
    return "; ".join(
        f"{str(head).rstrip('.')} ("
        + ", ".join(
            f"{column}: {cell}" for column, cell in zip(table.columns[1:], cells, strict=True)
        )
        + ")"
        for head, *cells in table.rows
    )
