"""Check everything that a build rests on, without starting a kernel."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar

import nbformat
import pandas as pd

from helpers.errors import CheckFailed, Problem
from helpers.report.notebook.catalogues import check_labels, find_left_over
from helpers.report.notebook.checks import (
    check_judgements,
    check_narratives,
    check_study_texts,
    check_template,
)
from helpers.report.notebook.reading import read_notebook
from helpers.report.notebook.reviews import check_reviews
from helpers.report.notebook.template import COUNCIL_REPORT, NATIONAL_OVERVIEW, Template
from helpers.study.comments import Comment, check_released, read_comments
from helpers.study.data import check_data
from helpers.study.definition import Study
from helpers.study.files.folder import NATIONAL
from helpers.study.parameters import (
    ParameterFile,
    council_of,
    find_strays,
    parameter_files,
    read_each,
)
from helpers.study.provenance import check_provenance
from helpers.study.reading import read_study
from helpers.study.responses import Responses
from helpers.study.sign_offs import check_sign_offs

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Checked:
    """A workbook that is fit to build, but for councils whose own files are not.

    `councils` are those with a parameter file, `parameters` holds each that can be read, `refused`
    all that is wrong with each that is not fit; all three are in the study's order.
    """

    workbook: Path
    study: Study
    councils: list[str]
    parameters: dict[str, ParameterFile]
    refused: dict[str, list[Problem]]
    invitations: pd.DataFrame
    responses: Responses
    comments: list[Comment]


def check_apart(workbook: Path) -> Checked:
    """Read and check a workbook, and set councils apart whose own files are not as expected.

    Raises CheckFailed with the problems of all files together where others are not. The study comes
    first: without it nothing else can be judged.
    """
    study, paths = read_study(workbook), parameter_files(workbook)
    parameters, problems = read_each(paths, study)
    collected = _Collected([*find_strays(workbook), *problems])
    named = {path.stem for path in paths}
    councils = [council for council in study.councils if council in named]
    data = collected.attempt(check_data, workbook, study, councils)
    # Comments are checked with the data, whose problems would be told twice.
    comments = collected.attempt(read_comments, workbook, study) if data else None
    collected.problems += check_labels(study, workbook)
    _check_templates(workbook, study, collected)
    collected.problems += collected.attempt(_check_reviews, workbook, study) or []
    collected.attempt(check_provenance, workbook, study)
    collected.problems += collected.attempt(_check_sign_offs, workbook, study) or []
    collected.problems += check_study_texts(study, workbook)
    replied = _replied(data[1]) if data else Counter()
    for file in parameters.values():
        collected.problems += check_narratives(file, study)
        collected.problems += check_judgements(file, study)
        if data and comments is not None:
            people = replied[file.parameters.council]
            collected.problems += check_released(file, comments, people, study)
    refused = collected.by_council(councils)
    if data is None or sum(map(len, refused.values())) < len(collected.problems):
        raise CheckFailed(collected.problems)
    return Checked(workbook, study, councils, parameters, refused, *data, comments or [])


def _check_templates(workbook: Path, study: Study, collected: "_Collected") -> None:
    in_templates = [
        collected.attempt(_check_template, workbook, study, template)
        for template in (COUNCIL_REPORT, NATIONAL_OVERVIEW)
        if template == COUNCIL_REPORT or template.is_in(workbook)
    ]
    for found in in_templates:
        collected.problems += found or []
    if None not in in_templates:  # else nobody knows which cells there are
        collected.problems += find_left_over(study, workbook)


def _replied(responses: Responses) -> Counter[str]:
    """Count the people of each council who replied."""
    return Counter(council for frame in responses.values() for council in frame["council"])


class _Collected:
    """Problems of checks that do not depend on one another."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)

    def attempt(
        self,
        read: Callable[Arguments, Result],
        *given: Arguments.args,
        **options: Arguments.kwargs,
    ) -> Result | None:
        try:
            return read(*given, **options)
        except CheckFailed as failed:
            self.problems += failed.problems
            return None

    def by_council(self, councils: Iterable[str]) -> dict[str, list[Problem]]:
        """Return the problems of the own files of councils, of those that have some."""
        found: dict[str, list[Problem]] = {council: [] for council in councils}
        for problem in self.problems:
            if (council := council_of(problem.file)) in found:
                found[council].append(problem)
        return {council: problems for council, problems in found.items() if problems}


def read_template(workbook: Path, template: Template = COUNCIL_REPORT) -> nbformat.NotebookNode:
    """Return a template notebook; raises CheckFailed where there is none, or it is not whole."""
    return read_notebook(workbook / template.path, template.path)


def _check_template(
    workbook: Path, study: Study, template: Template = COUNCIL_REPORT
) -> list[Problem]:
    return check_template(read_template(workbook, template), study, workbook, template)


def _check_sign_offs(workbook: Path, study: Study) -> list[Problem]:
    return list(check_sign_offs(workbook, study, [*study.councils, NATIONAL]))


def _check_reviews(workbook: Path, study: Study) -> list[Problem]:
    return list(check_reviews(workbook, study))
