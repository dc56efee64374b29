"""Respondents' own words: the comments that an auditor released, each as it was written."""

from collections.abc import Sequence
from html import escape

from helpers.report.languages.names import Names
from helpers.study.comments import Comment
from helpers.study.provenance import Status

HEADING = "Respondents' own words"
CHOSEN = "Chosen by the auditors and shown in the language in which they were written."


def render_comments(comments: Sequence[Comment], status: Status, names: Names) -> str:
    """Return comments as quotations; their language is not known, so none is claimed."""
    label = names.language.label
    quotes = "".join(
        f'<blockquote lang="" translate="no"><p>{_lines(comment.text)}</p></blockquote>'
        for comment in comments
    )
    told = [label(CHOSEN)]
    if status == "illustrative":
        told.append(names.made_up)
    return (
        f'<div class="own-words"><h4>{escape(label(HEADING))}</h4>{quotes}'
        f'<p class="note">{escape(" ".join(told))}</p></div>'
    )


def _lines(text: str) -> str:
    return "<br>".join(map(escape, text.splitlines()))
