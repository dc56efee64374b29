"""Whoever changes a page's style sees it at once: a page is made from its notebook in no time."""

from pathlib import Path
from statistics import median
from time import process_time

from helpers.report.publishing import CouncilReportExporter

SECONDS = 0.2


def test_a_page_is_made_again_from_the_file_of_its_notebook(built: Path, tmp_path: Path):
    notebook, exporter = built / "outputs/torfaen/report.en.ipynb", CouncilReportExporter()
    seconds = []
    for _ in range(6):
        began = process_time()
        page, _resources = exporter.from_filename(str(notebook))
        (tmp_path / "report.en.html").write_text(page, encoding="utf-8")
        seconds.append(process_time() - began)
    assert page == notebook.with_suffix(".html").read_text(encoding="utf-8")
    assert median(seconds[1:]) < SECONDS, seconds
