"""What people wrote in their own words: data/comments/<tool>.csv, masked on import.

No respondent's name or id stands beside a comment, so that it leads to nobody's answers. An auditor
releases one for a report by its digest.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from helpers.errors import Problem, UsageError, expected
from helpers.study.definition import Study
from helpers.study.files.csvfile import read_csv
from helpers.study.files.wholefile import csv_bytes
from helpers.study.files.yamlfile import place
from helpers.study.parameters import ParameterFile
from helpers.study.reading import read_study
from helpers.study.responses import comment_file

COLUMNS = ["council", "theme", "comment"]
RELEASING = """\
To show a comment in the report, list its digest under 'comments:' in params/{council}.yaml.
Masks know e-mail addresses, telephone numbers, postcodes and national insurance numbers only.
Before you release a comment, see that nothing else in it tells who wrote it: a name, a post, or
what only one of the few who got its data tool would say."""


class Comment(NamedTuple):
    """One person's words on one theme, with what could tell who it is masked."""

    tool: str
    council: str
    theme: str
    text: str

    @property
    def digest(self) -> str:
        """What an auditor releases it by."""
        return digest_of(self.text)


def digest_of(text: str) -> str:
    """Return the first 12 hex digits of the SHA-256 of a text in Unicode's form NFC."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()[:12]


def comment_bytes(comments: Iterable[Comment]) -> bytes:
    """Return a tool's comments as the content of their file."""
    return csv_bytes(COLUMNS, ((one.council, one.theme, one.text) for one in comments))


def read_comments(workbook: Path, study: Study) -> list[Comment]:
    """Return all comments; a tool without a file has none."""
    return [
        Comment(tool, *cells)
        for tool in study.questionnaire.tools
        if (workbook / comment_file(tool)).exists()
        for cells in read_csv(workbook, comment_file(tool), COLUMNS).rows
    ]


def list_comments(workbook: Path, council: str, theme: str | None) -> list[Comment]:
    """Return a council's comments, or those on one theme, each once; raises UsageError.

    Those on a theme that the study does not know are told by `workbook check`.
    """
    study = read_study(workbook)
    for what, name, known in (
        ("council", council, list(study.councils)),
        ("theme", theme, list(study.about.themes)),
    ):
        if name is not None and name not in known:
            raise UsageError(f"unknown {what} '{name}'; {expected(name, known)}")
    themes = [theme] if theme is not None else list(study.about.themes)
    found = [one for one in read_comments(workbook, study) if one.council == council]
    return list(dict.fromkeys(one for one in found if one.theme in themes))


def released(
    comments: Iterable[Comment], council: str, digests: Iterable[str]
) -> Iterator[Comment]:
    """Yield the council's comments that have one of the digests, the same words on a theme once."""
    wanted, told = set(digests), set()
    for comment in comments:
        words = (comment.theme, comment.digest)
        if comment.council == council and comment.digest in wanted and words not in told:
            told.add(words)
            yield comment


def unknown_digest(digest: str, council: str) -> str:
    """Say that none of a council's comments has a digest, and what to do."""
    return (
        f"no comment of '{council}' has the digest '{digest}'; "
        f"expected one that `workbook comments {council}` lists"
    )


def too_few_to_quote(council: str, replied: int, study: Study) -> str:
    """Say that nobody of a council may be quoted, where so few replied that nothing is shown."""
    least = study.about.thresholds.nothing_below
    if replied >= least:
        return ""
    return (
        f"fewer than {least} people at '{council}' replied, so that whoever is quoted is known; "
        "remove 'comments'"
    )


def check_released(
    file: ParameterFile, comments: Iterable[Comment], replied: int, study: Study
) -> Iterator[Problem]:
    """Find digests in a parameter file that release none of its council's comments, or may not.

    `replied` is how many people at the council did.
    """
    council = file.parameters.council
    known = {comment.digest for comment in comments if comment.council == council}
    too_few = too_few_to_quote(council, replied, study)
    if file.parameters.comments and too_few:
        yield Problem(file.name, *place(file.nodes, ("comments",)), too_few)
    for index, digest in enumerate(file.parameters.comments):
        if digest not in known:
            line, column = place(file.nodes, ("comments", index))
            yield Problem(file.name, line, column, unknown_digest(digest, council))
