"""A page that says otherwise than its register is found out without a second run."""

import pytest

from helpers.review.page_reader import read_page
from helpers.review.page_sense import check_page

RECORD = {
    "expression": 'agree("L1")',
    "kind": "share",
    "value": 0.25,
    "count": 10,
    "base": 40,
    "display": "25%",
    "interval": None,
    "prose": [{"how": ".count", "claim": "", "display": "10 of 40"}],
}
ROW = "figure-agree-L1"
PAGE = f"""<html lang="en"><meta name="unit" content="torfaen">
<p><a class="figure-link" href="#{ROW}">25%</a>,
<a class="figure-link" href="#{ROW}">10 of 40</a></p>
<figure id="chart-a" data-unit="torfaen"><svg>
<path data-row="{ROW}" data-value="0.25" d="M 1 5  L 86 5  L 86 9  L 1 9  z" />
<text data-row="{ROW}">25%</text></svg></figure>
<table data-unit="torfaen"><caption>Figures</caption>
<tr id="{ROW}" data-value="0.25" data-count="10" data-base="40"><th>Agree</th><td>25%</td></tr>
</table></html>"""


def told(page: str, register=(RECORD,)) -> list[str]:
    return [told for told, _ in check_page(read_page(page), register)]


def test_a_page_that_agrees_with_its_register_is_fine():
    assert told(PAGE) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (">25%</a>", ">35%</a>", "prints “35%”; the register holds “25%”"),
        (">10 of 40<", ">11 of 40<", "prints “11 of 40”; the register holds “25%”"),
        ("25%</text>", "26%</text>", "chart-a: words: prints “26%”; the register holds “25%”"),
        ("L 86 5  L 86 9", "L 96 5  L 96 9", "chart-a: mark: reaches to 96.0; 0.25 is at 86.00"),
        (
            'data-value="0.25" d="',
            'data-value="0.5" d="',
            "chart-a: mark: draws 0.5; the register holds 0.25",
        ),
        (
            'id="chart-a" data-unit="torfaen"',
            'id="chart-a" data-unit="newport"',
            "chart-a is of 'newport', on the page of 'torfaen'",
        ),
        (
            '<table data-unit="torfaen"',
            '<table data-unit="newport"',
            "table “Figures” is of 'newport', on the page of 'torfaen'",
        ),
        ('data-count="10"', 'data-count="11"', f"{ROW}: its count is 11; the register holds 10"),
        (' data-base="40"', "", f"{ROW}: its base is none; the register holds 40"),
    ],
)
def test_what_is_altered_is_named(old: str, new: str, says: str):
    assert old in PAGE
    found = told(PAGE.replace(old, new, 1))
    assert any(says in line for line in found), found


@pytest.mark.parametrize(
    ("old", "near", "beyond", "says"),
    [  # 0.25 is drawn at 86, written to a hundredth; a register rounds to six digits
        ("L 86 5  L 86 9", "L 86.01 5  L 86.01 9", "L 86.1 5  L 86.1 9", "reaches to 86.1; "),
        ('data-value="0.25" d=', 'data-value="0.2500004" d=', 'data-value="0.25003" d=', "draws "),
        ('data-value="0.25" data-', 'data-value="0.2500004" data-', 'data-value="0.25003" data-',
         "its value is 0.25003; "),
    ],
)  # fmt: skip
def test_what_rounding_alters_is_the_same_and_nothing_else(
    old: str, near: str, beyond: str, says: str
):
    assert old in PAGE
    assert told(PAGE.replace(old, near, 1)) == []
    found = told(PAGE.replace(old, beyond, 1))
    assert len(found) == 1
    assert says in found[0]


def test_a_figure_that_the_register_does_not_hold_is_named():
    found = told(PAGE, [])
    assert f"{ROW} is in the evidence, but not in the register" in found
    assert f"prints {ROW}, which the register does not hold" in found[1]
    assert any(line.endswith(f"draws {ROW}, which the register does not hold") for line in found)


def test_a_figure_of_which_the_evidence_has_no_row_is_named():
    other = {**RECORD, "expression": 'agree("L2")'}
    assert told(PAGE, [RECORD, other]) == [
        "the evidence has no row figure-agree-L2, which the register holds"
    ]
