"""Whoever changes a page's style sees it at once: a page is made from its notebook in no time.

By design a page is made again in under 0.2 s. What that is on a given machine is told at the end of
a run; what is promised is that nbconvert's own page of the same notebook takes twice as long or
more (it takes six to ten times as long).
"""

from collections.abc import Callable
from pathlib import Path

from nbconvert.exporters import HTMLExporter

from beside import beside
from helpers.report.pages.publishing import CouncilReportExporter

RATIO = 0.5


def test_a_page_is_made_from_its_notebook_in_half_the_time_of_nbconvert_s_own(
    built: Path, measured: Callable[[object], None]
) -> None:
    notebook = built / "outputs/torfaen/report.en.ipynb"
    ours, theirs = CouncilReportExporter(), HTMLExporter()
    page, _resources = ours.from_filename(str(notebook))
    assert page == notebook.with_suffix(".html").read_text(encoding="utf-8")
    taken = beside(
        lambda _turn: ours.from_filename(str(notebook)),
        lambda _turn: theirs.from_filename(str(notebook)),
    )
    measured(f"a page from its notebook, and nbconvert's own: {taken}")
    assert taken.ratio < RATIO
