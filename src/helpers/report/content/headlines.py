"""The words around a chart, composed from the figures that it draws."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from helpers.figures.figure import Figure
from helpers.report.content.tables import Table
from helpers.report.languages.language import Language
from helpers.report.languages.names import Names


def best_and_worst(
    shown: Mapping[str, Figure], name: Callable[[str], str], language: Language
) -> str:
    """Say which of the shown shares is highest and which lowest; `name` says what a key is."""
    if not shown:
        return language.together_hidden()
    order = sorted(shown, key=lambda key: shown[key].value or Fraction(0))
    best, worst = order[-1], order[0]
    if len(order) == 1:
        return language.label(
            "Only “{best}” can be shown ({share}).",
            best=name(best).rstrip("."),
            share=_share(shown[best], language),
        )
    return language.label(
        "Most favourable: “{best}” ({high}). Least favourable: “{worst}” ({low}).",
        best=name(best).rstrip("."),
        high=_share(shown[best], language),
        worst=name(worst).rstrip("."),
        low=_share(shown[worst], language),
    )


def _share(figure: Figure, language: Language) -> str:
    """Say that people disagree where disagreeing is what speaks well of the council."""
    if figure.statistic == "disagree":
        return language.label("{share} disagree", share=figure.display)
    return figure.display


def compared(rest: Figure, language: Language) -> str:
    """Say how the council's share stands to that of the others: apart only if the interval is."""
    if rest.difference is None:
        return rest.display
    low, high = rest.difference
    if low > 0:
        return language.label("higher")
    return language.label("lower") if high < 0 else language.label("not clearly different")


def highest(levels: Mapping[str, Figure], names: Names) -> str:
    """Say which level is the highest, and which characteristics reach it."""
    label = names.language.label
    known = {key: figure for key, figure in levels.items() if figure.value is not None}
    if not known:
        return label("No characteristic could be assessed")
    reached = {figure.display for figure in known.values()}
    if len(known) == len(levels) and len(reached) == 1:
        return label("Every characteristic is at level {level}", level=reached.pop())
    top = max(known.values(), key=lambda figure: figure.value or Fraction(0))
    titles = [names.characteristic(key) for key in known if known[key].value == top.value]
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
    order = sorted(shown, key=lambda key: shown[key].value or Fraction(0))
    worst, best = order[0], order[-1]
    return language.label(
        "Highest agreement: “{best}” ({high}). Lowest agreement: “{worst}” ({low}).",
        best=name(best).rstrip("."),
        high=shown[best].display,
        worst=name(worst).rstrip("."),
        low=shown[worst].display,
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
