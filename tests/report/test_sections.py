"""A page's sections begin where a reader is led to, and are called what their heading says."""

from nbformat.v4 import new_code_cell, new_markdown_cell

from helpers.report.notebook.whole import NARRATIVE
from helpers.report.pages.sections import sections_of

PRINTED = {"expression": "one", "result": {"data": {"text/plain": "41%"}}}


def test_a_section_is_called_by_its_first_heading_and_holds_the_cells_up_to_the_next():
    cells = [
        new_markdown_cell("Before all.", id="cover"),
        new_markdown_cell("## Part {eval}`one`\n\n### Skills", id="part"),
        new_code_cell("chart()", id="chart"),
        new_markdown_cell("### Mine", id="own", metadata={"tags": [NARRATIVE]}),
        new_markdown_cell("#### Too low", id="low"),
        new_markdown_cell("### Next", id="next"),
    ]
    cells[1].metadata["user_expressions"] = [PRINTED]
    assert [
        (section.anchor, section.name, [cell.id for cell in section.cells])
        for section in sections_of(cells)
    ] == [
        ("", "", ["cover"]),
        ("part", "Part 41%", ["part", "chart", "own", "low"]),
        ("next", "Next", ["next"]),
    ]
