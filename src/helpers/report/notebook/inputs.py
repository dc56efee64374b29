"""What a report is made from: the inputs that its code cells read, and their digests.

A report lists those that are the same in a bundle and in the workbook's own folder, where a
reviewer reruns a notebook. Narrative and the record of reviews are not among them, since no code
cell reads those; nor are the answers, since a digest of one person's could be found by trial.
"""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from helpers.report.notebook.template import Template
from helpers.report.notebook.translations import CATALOGUES
from helpers.study.comments import Comment, comment_bytes
from helpers.study.definition import Study
from helpers.study.files.wholefile import csv_bytes
from helpers.study.loose_ends import FILES
from helpers.study.provenance import PACKAGE
from helpers.study.reading import study_file
from helpers.study.responses import INVITATIONS, Responses, comment_file, response_file


def shared_files(workbook: Path, study: Study, template: Template) -> dict[str, bytes]:
    """Return what all editions of a template are made from, by path inside the workbook."""
    paths = [template.path, PACKAGE, f"data/{study.about.units.file}"]
    paths += [file for file in map(study_file, FILES) if (workbook / file).exists()]
    paths += [f"{CATALOGUES}/{code}.po" for code in study.about.languages[1:]]
    return {path: (workbook / path).read_bytes() for path in paths}


class Rows:
    """The rows of each data file by council: where each council's stand is found once for all.

    They are kept as plain arrays, of which a council's rows are taken many times as fast.
    """

    def __init__(self, study: Study, invitations: pd.DataFrame, responses: Responses) -> None:
        frames = {response_file(tool): frame for tool, frame in responses.items()}
        if study.population_known:
            frames[INVITATIONS] = invitations.reset_index()
        self._headers = {path: list(frame.columns) for path, frame in frames.items()}
        self._rows = {path: frame.to_numpy() for path, frame in frames.items()}
        self._places = {path: frame.groupby("council").indices for path, frame in frames.items()}

    def of(self, council: str) -> dict[str, bytes]:
        """Return the council's rows of each file, as bytes of the same form."""
        return {
            path: csv_bytes(self._headers[path], rows[self._places[path].get(council, [])])
            for path, rows in self._rows.items()
        }


def own_words(comments: Iterable[Comment]) -> dict[str, bytes]:
    """Return the comments that an auditor released, by file: no other comes near a report."""
    by_tool: dict[str, list[Comment]] = {}
    for comment in comments:
        by_tool.setdefault(comment.tool, []).append(comment)
    return {comment_file(tool): comment_bytes(found) for tool, found in by_tool.items()}
