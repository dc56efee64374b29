"""Check everything that a build rests on, without starting a kernel."""

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
    find_strays,
    parameter_files,
    read_parameter_file,
)
from helpers.study.provenance import check_provenance
from helpers.study.reading import read_study
from helpers.study.responses import Responses
from helpers.study.sign_offs import check_sign_offs

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Checked:
    """A workbook that is fit to build."""

    workbook: Path
    study: Study
    parameters: dict[str, ParameterFile]  # by council, in the study's order
    invitations: pd.DataFrame
    responses: Responses
    comments: list[Comment]


def check_workbook(workbook: Path) -> Checked:
    """Read and check a workbook; raises CheckFailed with the problems of all files together.

    The study comes first: without it nothing else can be judged.
    """
    study = read_study(workbook)
    collected = _Collected(find_strays(workbook))
    parameters = {}
    for path in parameter_files(workbook):
        file = collected.attempt(read_parameter_file, path, study)
        if file:
            parameters[file.parameters.council] = file
    data = collected.attempt(check_data, workbook, study, parameters)
    # Comments are checked with the data, whose problems would be told twice.
    comments = collected.attempt(read_comments, workbook, study) if data else None
    collected.problems += check_labels(study, workbook)
    in_templates = [
        collected.attempt(_check_template, workbook, study, template)
        for template in (COUNCIL_REPORT, NATIONAL_OVERVIEW)
        if template == COUNCIL_REPORT or template.is_in(workbook)
    ]
    for found in in_templates:
        collected.problems += found or []
    if None not in in_templates:  # else nobody knows which cells there are
        collected.problems += find_left_over(study, workbook)
    collected.problems += collected.attempt(_check_reviews, workbook, study) or []
    collected.attempt(check_provenance, workbook, study)
    collected.problems += collected.attempt(_check_sign_offs, workbook, study) or []
    collected.problems += check_study_texts(study, workbook)
    for file in parameters.values():
        collected.problems += check_narratives(file, study)
        collected.problems += check_judgements(file, study)
        if data and comments is not None:
            replied = _replied(data[1], file.parameters.council)
            collected.problems += check_released(file, comments, replied, study)
    if collected.problems or data is None:
        raise CheckFailed(collected.problems)
    ordered = {slug: parameters[slug] for slug in study.councils if slug in parameters}
    return Checked(workbook, study, ordered, *data, comments or [])


def _replied(responses: Responses, council: str) -> int:
    return sum(int((frame["council"] == council).sum()) for frame in responses.values())


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
