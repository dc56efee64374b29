"""Make the indexes again of the reports that stand, and hold them against those that stand."""

from collections.abc import Iterator

from helpers.report.languages.language import Language
from helpers.review.findings import Finding
from helpers.review.page_differences import first_line_apart
from helpers.review.plain_files import outputs_of, read_plain, strange_below
from helpers.run.building.indexing import list_editions, render_indexes
from helpers.run.deciding import Decided


def check_indexes(decided: Decided) -> Iterator[Finding]:
    """Find where an index does not say what the data and the reports say.

    That a report is out of date by now is told of the report itself. Where a link or a pipe stands
    in outputs/ nothing is read: it may lead anywhere, and is told.
    """
    outputs = outputs_of(decided.checked.workbook)
    if any(strange_below(outputs)):
        return
    languages = decided.checked.study.about.languages
    pages = render_indexes(decided, list_editions(decided))
    for code, (name, page) in zip(languages, pages.items(), strict=True):
        published = read_plain(outputs / name)
        if published is None:
            yield Finding("re-execution", name, "missing, or cannot be read")
            continue
        age = f' <span class="tag">{Language(code).label("out of date")}</span>'.encode()
        told = first_line_apart(published.replace(age, b""), page.encode().replace(age, b""))
        if told:
            yield Finding("re-execution", name, told)
