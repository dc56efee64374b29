"""What the data does to the auditors' sentences: which it refuses, and which it changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import nbformat

from helpers.errors import NotPublishable, Problem
from helpers.figures.register import printed_by
from helpers.report.binding.sentences import Weighed, changes, refusals, weigh
from helpers.report.notebook.template import COUNCIL_REPORT
from helpers.report.notebook.whole import register_of
from helpers.run.deciding import Decided
from helpers.run.editions.bundle import Bundle, last_name
from helpers.study.files.folder import OUTPUTS


@dataclass(frozen=True)
class Verdict:
    """What became of the sentences of some editions: by (council, edition), what is refused.

    `affected` tells of sentences that print another number or word than in the last build.
    """

    refused: dict[tuple[str, str], list[Problem]] = field(default_factory=dict)
    affected: list[str] = field(default_factory=list)


def refused_sentences(decided: Decided) -> Iterator[Problem]:
    """Yield what is wrong with sentences that the data does not bear out, of any fit council."""
    for council, file in decided.checked.parameters.items():
        if council not in decided.checked.refused:
            for weighed in _weigh(decided, council):
                yield from refusals(file, weighed)


def judge(decided: Decided, bundles: Iterable[Bundle]) -> Verdict:
    """Weigh the sentences of the editions that are to be built, before any of them runs."""
    editions: dict[str, set[str]] = {}
    for bundle in bundles:
        if bundle.template != COUNCIL_REPORT:
            continue  # no auditor wrote any of it
        editions.setdefault(bundle.council, set()).add(bundle.edition)
    verdict = Verdict()
    for council, codes in editions.items():
        file = decided.checked.parameters[council]
        weighed = [found for found in _weigh(decided, council) if found.language in codes]
        for found in weighed:
            if problems := list(refusals(file, found)):
                verdict.refused.setdefault((council, found.language), []).extend(problems)
        verdict.affected.extend(_affected(decided.checked.workbook, council, weighed))
    return verdict


def _weigh(decided: Decided, council: str) -> list[Weighed]:
    file = decided.checked.parameters[council]
    return list(weigh(file, decided.measures(council))) if file.parameters.own_text else []


def _affected(workbook: Path, council: str, weighed: Iterable[Weighed]) -> Iterator[str]:
    before = cache(lambda code: _printed_before(workbook, council, code))
    for found in weighed:
        if changed := changes(found, before(found.language)):
            where = f"{council}, {found.section} ({found.language})"
            yield f"{where}: {', '.join(changed)}: “{found.text}”"


def _printed_before(workbook: Path, council: str, edition: str) -> dict[str, str]:
    """Return what each expression printed when the edition was last made, if it ever was."""
    folder = workbook / OUTPUTS / council
    standing, set_aside = folder / COUNCIL_REPORT.names(edition)[0], folder / last_name(edition)
    path = standing if standing.exists() else set_aside
    try:
        notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
        return printed_by(register_of(notebook))
    except (
        OSError,
        ValueError,
        KeyError,
        AttributeError,
        nbformat.ValidationError,
        NotPublishable,
    ):
        return {}  # none was built, or somebody spoilt it: there is nothing to compare with
