"""Hold the registers against the second route: every figure from the raw files, by SQL."""

from collections.abc import Iterator

from helpers.figures.complementary import AREA
from helpers.figures.tiers import HIDDEN, SHOWN, WORDS
from helpers.review.findings import Finding
from helpers.review.recalculation.comparison import compare
from helpers.review.recalculation.disclosure import Decision
from helpers.review.recalculation.recalculate import Recalculation, recalculate
from helpers.review.reperforming import Performed
from helpers.run.deciding import Decided


def recalculate_all(decided: Decided) -> Recalculation:
    """Return all figures of all documents, from the workbook's raw files as they are today."""
    checked = decided.checked
    given = judgements_of(decided), decisions_of(decided)
    return recalculate(checked.workbook, checked.study, *given)


def judgements_of(decided: Decided) -> dict[str, dict[str, int]]:
    """Return the levels that auditors gave, by council and characteristic."""
    return {
        council: {key: given.level for key, given in file.parameters.judgements.items()}
        for council, file in decided.checked.parameters.items()
    }


def decisions_of(decided: Decided) -> Iterator[Decision]:
    """Yield what was decided to be shown of each cell, the area's own among them."""
    national = decided.national
    for council, group, question in decided.cells.index:
        place = (council, group, question)
        tier = SHOWN if place in national.shown else WORDS if place in national.worded else HIDDEN
        yield Decision(council, group, question, tier)
    for (group, question), cell in national.cells.iterrows():
        tier = WORDS if cell["word"] else HIDDEN if cell["suppressed"] else SHOWN
        yield Decision(AREA, group, question, tier)


def check_second_route(performed: Performed, recalculated: Recalculation) -> Iterator[Finding]:
    """Find figures of which the two routes do not agree, each from today's data."""
    file = f"{performed.council}/{performed.edition}"
    for record in performed.again:
        expression = record["expression"]
        try:
            second = recalculated.figures[performed.council, expression]
        except KeyError:
            told = f"{expression}: the second route knows no such figure"
            yield Finding("recalculation", file, told, (expression,))
            continue
        for disagreement in compare(record, second):
            hidden = record["suppressed"] or record["word"] or second.suppressed or second.word
            told = f"{expression}: {disagreement.field if hidden else disagreement}"
            uses = performed.uses.get(expression, ())
            yield Finding("recalculation", file, told, (expression,), uses)


def check_disclosure(recalculated: Recalculation) -> Iterator[Finding]:
    """Find decisions on what is shown that the method does not bear out."""
    for unsafe in recalculated.unsafe:
        yield Finding("recalculation", "what is shown of small groups", str(unsafe))
