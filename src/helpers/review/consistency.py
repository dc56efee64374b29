"""Sense across pages: what must hold between figures, editions and councils, whatever they are.

Nothing is computed from answers here. The registers of all editions are held against one another:
parts against their sums, one language against the other, what is said of the area in one report
against the same in all others.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from helpers.figures.area import AreaMeasures
from helpers.figures.vocabulary import spoken_by
from helpers.review.findings import Finding
from helpers.review.register_differences import Record, by_expression
from helpers.review.reperforming import Performed
from helpers.study.definition import TOTAL, Study
from helpers.study.files.folder import NATIONAL

PRINTED = {"display", "prose", "drawn"}  # what each language says, or in its own order
Registers = Mapping[str, Record]


def check_parts(performed: Performed, study: Study) -> Iterator[Finding]:
    """Find sums that do not add up in one edition: groups to the total, answers to the base."""
    known, file = by_expression(performed.published), _register_of(performed)
    groups = list(study.about.groups)
    for measure in ("invited", "responses", "national_invited", "national_responses"):
        parts = [known.get(f'{measure}("{group}")') for group in groups]
        yield from _check_sum(file, known.get(f'{measure}("{TOTAL}")'), parts, "count")
    for code in study.questionnaire.statements:
        asked = [group for group in groups if study.asked(code, group)]
        parts = [known.get(f'agree("{code}", group="{group}")') for group in asked]
        for key in ("count", "base"):
            yield from _check_sum(file, known.get(f'agree("{code}")'), parts, key)
        answers = [known.get(f'{side}("{code}")') for side in ("agree", "neither", "disagree")]
        yield from _check_answers(file, answers)
    yield from _check_rates(file, known)


def check_languages(editions: Sequence[Performed]) -> Iterator[Finding]:
    """Find figures that the editions of one council do not share."""
    for other in editions[1:]:
        first, second = (by_expression(one.published) for one in (editions[0], other))
        if not first or not second:
            continue
        for expression in first.keys() | second.keys():
            if _told(first.get(expression)) != _told(second.get(expression)):
                told = f"{expression} is not the same as in '{editions[0].edition}'"
                yield Finding("sense", _register_of(other), told, (expression,))


def check_constants(editions: Iterable[Performed]) -> Iterator[Finding]:
    """Find what is said of all councils together that is not the same in all editions."""
    shared = set(spoken_by(AreaMeasures))
    first: dict[str, tuple[str, Record]] = {}
    for performed in editions:
        file = _register_of(performed)
        for record in performed.published:
            if record["statistic"] not in shared:
                continue
            where, known = first.setdefault(record["expression"], (file, record))
            if _told(known) != _told(record):
                told = f"{record['expression']} is {record['display']}; it is {known['display']}"
                yield Finding("sense", file, f"{told} in {where}", (record["expression"],))


def check_totals(editions: Sequence[Performed], councils: int) -> Iterator[Finding]:
    """Find national totals that are not the sum of all councils', where all of them stand."""
    own = {one.council: by_expression(one.published) for one in editions if one.council != NATIONAL}
    if len(own) < councils:
        return
    for overview in (one for one in editions if one.council == NATIONAL):
        known = by_expression(overview.published)
        for measure in ("invited", "responses"):
            whole = known.get(f'national_{measure}("{TOTAL}")')
            parts = [register.get(f'{measure}("{TOTAL}")') for register in own.values()]
            yield from _check_sum(_register_of(overview), whole, parts, "count")


def _check_sum(
    file: str, whole: Record | None, parts: Sequence[Record | None], key: str
) -> Iterator[Finding]:
    """A whole is the sum of its parts, where all of them are shown."""
    if whole is None or whole[key] is None or not parts:
        return
    known = [part[key] for part in parts if part and part[key] is not None]
    if len(known) == len(parts) and sum(known) != whole[key]:
        expression, added = whole["expression"], sum(known)
        told = f"the {key} of {expression} is {whole[key]}, of its parts together {added}"
        yield Finding("sense", file, told, (expression,))


def _check_answers(file: str, answers: Sequence[Record | None]) -> Iterator[Finding]:
    """Those who agree, neither agree nor disagree, and disagree cannot be more than answered."""
    known = [one for one in answers if one and one["count"] is not None]
    added = sum(one["count"] for one in known)
    bases = {one["base"] for one in known}
    if len(bases) > 1 or (bases and added > max(bases)):
        expressions = tuple(one["expression"] for one in known)
        told = f"{', '.join(expressions)} count {added} people on bases of {sorted(bases)}"
        yield Finding("sense", file, told, expressions)


def _check_rates(file: str, known: Registers) -> Iterator[Finding]:
    """A response rate rests on the numbers of invited and of replies printed beside it."""
    for expression, rate in known.items():
        if rate["statistic"] != "response_rate":
            continue
        for measure, key in (("responses", "count"), ("invited", "base")):
            people = known.get(expression.replace("response_rate", measure))
            if people and people["count"] != rate[key]:
                told = f"{expression} has the {key} {rate[key]}; {people['expression']} is "
                yield Finding("sense", file, f"{told}{people['count']}", (expression,))


def _told(record: Record | None) -> dict[str, object] | None:
    """Return what a record says in any language."""
    if record is None:
        return None
    claims = [(said["how"].split("(")[0], said["claim"]) for said in record["prose"]]
    return {key: value for key, value in record.items() if key not in PRINTED} | {"claims": claims}


def _register_of(performed: Performed) -> str:
    return f"{performed.council}/{performed.edition}"
