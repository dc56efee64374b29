"""The workbook's templates: which notebooks are run, and what their sentences may ask for."""

from dataclasses import dataclass
from pathlib import Path

from helpers.figures.evaluation import Speaker
from helpers.figures.measures import Measures
from helpers.figures.overview import OverviewMeasures


@dataclass(frozen=True)
class Template:
    """A template notebook; `stem` begins the names of what is made of it."""

    path: str
    stem: str
    speaker: Speaker

    def names(self, edition: str) -> tuple[str, str]:
        """Return the file names of an edition's notebook and page."""
        return f"{self.stem}.{edition}.ipynb", f"{self.stem}.{edition}.html"

    def is_in(self, workbook: Path) -> bool:
        """Say whether a workbook has it."""
        return (workbook / self.path).exists()


COUNCIL_REPORT = Template("notebooks/council_report.ipynb", "report", Measures)
NATIONAL_OVERVIEW = Template("notebooks/national_overview.ipynb", "overview", OverviewMeasures)
