"""Take the pictures of the published pages that the documentation shows.

    python tests/screenshots.py outputs docs
    python tests/screenshots.py --review altered/outputs docs

Writes those of PICTURES, and torfaen-print.png, a page of the printed report, for which Debian's
poppler-utils is needed, into the second folder. With --review it writes those of REVIEWS, of
outputs that were verified after a digit of Torfaen's page had been altered.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from playwright.sync_api import Browser, sync_playwright

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
SHEET = "2"  # the summary


class Picture(NamedTuple):
    """A file to write, and what a browser does for it."""

    name: str
    page: str
    size: tuple[int, int]
    part: str = ""  # the id that stands at the top


PICTURES = [
    Picture("torfaen.png", "torfaen/report.en.html", (1280, 1250)),
    Picture("torfaen-phone.png", "torfaen/report.en.html", (375, 812), "summary"),
    Picture("torfaen-cy.png", "torfaen/report.cy.html", (1280, 900), "chart-agreement-leadership"),
    Picture("evidence.png", "torfaen/report.en.html", (1280, 900), "figure-agree-L2"),
    Picture("overview.png", "national/overview.en.html", (1280, 900), "area-groups"),
    Picture("index.png", "index.html", (1280, 900)),
]

REVIEWS = [
    Picture("review.png", "torfaen/review.html", (1280, 1500)),
    Picture("review-figures.png", "torfaen/review.html", (1280, 900), "all-figures"),
]


def main() -> None:
    outputs, docs = map(Path, sys.argv[-2:])
    reviewed = "--review" in sys.argv
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for picture in REVIEWS if reviewed else PICTURES:
            take(browser, outputs.resolve() / picture.page, docs / picture.name, picture)
        if not reviewed:
            printed = outputs.resolve() / "torfaen" / "report.en.html"
            take_printed(browser, printed, docs / "torfaen-print.png")
        browser.close()


def take(browser: Browser, page: Path, file: Path, picture: Picture) -> None:
    width, height = picture.size
    tab: Any = browser.new_page(viewport={"width": width, "height": height})
    place = f"#{picture.part}" if picture.part else ""
    tab.goto(page.as_uri() + place)
    tab.screenshot(path=file)
    tab.close()


def take_printed(browser: Browser, page: Path, file: Path) -> None:
    """Print a page as a reader would, and take the picture of one sheet of it."""
    tab = browser.new_page()
    tab.goto(page.as_uri())
    with TemporaryDirectory() as name:
        printed = Path(name, "printed.pdf")
        tab.pdf(path=printed, prefer_css_page_size=True, print_background=True)
        only = ["-f", SHEET, "-l", SHEET, "-r", "96", "-png", "-singlefile"]
        subprocess.run(["pdftoppm", *only, printed, file.with_suffix("")], check=True)
    tab.close()


if __name__ == "__main__":
    main()
