"""Charts: from rows of labels and figures to inline SVG. The only importer of matplotlib."""

from helpers.report.charts.bars import agreement_chart, responses_chart
from helpers.report.charts.grid import maturity_chart
from helpers.report.charts.strips import comparison_chart, difference_chart, spread_chart

__all__ = [
    "agreement_chart",
    "comparison_chart",
    "difference_chart",
    "maturity_chart",
    "responses_chart",
    "spread_chart",
]
