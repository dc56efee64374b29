"""What the data does to the auditors' sentences: which it refuses, and which it changed."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import nbformat

from helpers.errors import NotPublishable, Problem, SentencesRefused
from helpers.figures.register import printed_by
from helpers.report.sentences import Weighed, changes, refusals, weigh
from helpers.report.whole import register_of
from helpers.run.deciding import Decided
from helpers.study.folder import OUTPUTS


def check_sentences(decided: Decided) -> None:
    """Raise SentencesRefused unless the data bears out every sentence of every council."""
    problems = [
        problem
        for council in decided.checked.parameters
        for weighed in weigh_council(decided, council)
        for problem in refusals(decided.checked.parameters[council], weighed)
    ]
    if problems:
        raise SentencesRefused(problems)


def weigh_council(decided: Decided, council: str) -> list[Weighed]:
    """Return every sentence with figures of a council's own text."""
    file = decided.checked.parameters[council]
    return list(weigh(file, decided.measures(council))) if file.parameters.own_text else []


def refused_editions(
    decided: Decided, council: str, weighed: Iterable[Weighed]
) -> dict[str, list[Problem]]:
    """Return what the data refuses, by edition: these editions cannot be built."""
    file = decided.checked.parameters[council]
    found: dict[str, list[Problem]] = {}
    for one in weighed:
        found.setdefault(one.language, []).extend(refusals(file, one))
    return {code: problems for code, problems in found.items() if problems}


def affected(decided: Decided, council: str, weighed: Iterable[Weighed]) -> Iterator[str]:
    """Say which sentences print another number or word than in the last build."""
    before = dict[str, dict[str, str]]()
    for one in weighed:
        if one.language not in before:
            before[one.language] = _printed_before(decided.checked.workbook, council, one.language)
        if found := changes(one, before[one.language]):
            what = ", ".join(found)
            yield f"{council}, {one.section} ({one.language}): {what}: “{one.text}”"


def _printed_before(workbook: Path, council: str, edition: str) -> dict[str, str]:
    """Return what each expression printed in the edition that stands in outputs/, if one does."""
    path = workbook / OUTPUTS / council / f"report.{edition}.ipynb"
    try:
        notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
        return printed_by(register_of(notebook))
    except (OSError, UnicodeDecodeError, nbformat.reader.NotJSONError, NotPublishable, KeyError):
        return {}  # none was built, or somebody spoilt it: there is nothing to compare with
