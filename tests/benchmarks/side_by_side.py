"""One executed report as three pages: ours, nbconvert's own, and R Markdown's, side by side.

    PYTHONPATH=tests python tests/benchmarks/side_by_side.py outputs/torfaen/report.en.ipynb

Prints a Markdown table: what axe finds, what it cannot find, what the page asks of other hosts, its
size, and how long it takes to make from the notebook, the first time in a process and then (the
median of five). Without R, or its rmarkdown and ggplot2, that column says so.
"""

import shutil
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import click
import nbformat
from as_rmarkdown import write_rmarkdown
from in_r import has_r, run_r
from machine import machine
from playwright.sync_api import Page, sync_playwright

from page_checks import violations

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
AGAIN = 5
Render = Callable[[Path, Path], None]
LOOK = """() => {
    const all = selector => [...document.querySelectorAll(selector)];
    const images = all("img, svg[role=img], figure svg");
    const isHeard = one => one.alt || one.getAttribute("aria-label")
        || one.getAttribute("aria-labelledby");
    const hasScopes = table => table.querySelector("th") && !table.querySelector("th:not([scope])");
    return {
        "scripts": all("script").length,
        "tables": all("table").length,
        "tables without a caption": all("table").filter(table => !table.caption).length,
        "tables without `th`, or with one without scope":
            all("table").filter(table => !hasScopes(table)).length,
        "charts": images.length,
        "charts without alternative text": images.filter(one => !isHeard(one)).length,
        "charts with their numbers beside them": all("figure:has(svg):has(table)").length,
        "numbers in sentences that lead to their evidence": all("p a[href^='#figure-']").length,
        "numbers in sentences left as code": document.body.textContent.split("{eval}").length - 1,
        "skip link": document.querySelector("a[href]")?.hash === "#main" ? "yes" : "no",
    };
}"""
RENDER_IN_R = """for (turn in 0:{again}) cat(system.time(
    rmarkdown::render("{source}", quiet = TRUE, output_file = "{page}"))[["elapsed"]], "")"""


@dataclass
class Made:
    """A page and the seconds that it took, the first time and then."""

    page: Path
    first: float
    after: float


def main() -> None:
    notebook = Path(sys.argv[1]).resolve()
    with TemporaryDirectory() as name:
        pages: dict[str, Made | None] = {
            "our page": timed(ours, notebook, Path(name, "ours.html")),
            "nbconvert `lab`": timed(lab, notebook, Path(name, "lab.html")),
            "R Markdown": by_r(notebook, Path(name)),
        }
        found = {way: look(made) for way, made in pages.items() if made}
    click.echo(f"{machine()}\n")
    show_table(list(pages), found)


def timed(render: Render, notebook: Path, page: Path) -> Made:
    """Make a page from the file of its notebook to its own file, several times."""
    seconds = []
    for _ in range(AGAIN + 1):
        began = perf_counter()
        render(notebook, page)
        seconds.append(perf_counter() - began)
    return Made(page, seconds[0], median(seconds[1:]))


def ours(notebook: Path, page: Path) -> None:
    exporter = _exporter("council_report")
    page.write_text(exporter.from_filename(str(notebook))[0], encoding="utf-8")


def lab(notebook: Path, page: Path) -> None:
    page.write_text(_exporter("html").from_filename(str(notebook))[0], encoding="utf-8")


@cache
def _exporter(name: str) -> Any:
    from nbconvert.exporters import get_exporter

    return get_exporter(name)(template_name="lab") if name == "html" else get_exporter(name)()


def by_r(notebook: Path, folder: Path) -> Made | None:
    """Make a page by R Markdown; None where it is not installed."""
    if not has_r():
        return None
    source = write_rmarkdown(nbformat.read(notebook, as_version=4), folder)
    page = folder / "r.html"
    done = run_r(RENDER_IN_R.format(again=AGAIN, source=source, page=page))
    if done.returncode:
        sys.exit(done.stderr)
    seconds = list(map(float, done.stdout.split()))
    return Made(page, seconds[0], median(seconds[1:]))


def look(made: Made) -> dict[str, object]:
    """Open a page in a browser that reaches no other host; say what is found."""
    asked: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_page(bypass_csp=True, offline=True)
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(made.page.as_uri(), wait_until="load")
        abroad = {address for address in asked if address.startswith("http")}
        rows = {**axe(tab), "requests to other hosts": len(abroad), **tab.evaluate(LOOK)}
        browser.close()
    return rows | {
        "size in kB": round(made.page.stat().st_size / 1000),
        "seconds to make, first": f"{made.first:.2f}",
        "seconds to make, then": f"{made.after:.2f}",
    }


def axe(tab: Page) -> dict[str, int]:
    """Count the elements that break a rule of axe, by impact."""
    impacts = Counter[str]()
    for rule in violations(tab):
        impacts[rule["impact"]] += len(rule["nodes"])
    return {
        f"axe: {impact}": impacts[impact] for impact in ("critical", "serious", "moderate", "minor")
    }


def show_table(ways: list[str], found: dict[str, dict[str, object]]) -> None:
    click.echo(f"| | {' | '.join(ways)} |\n|---|{'---|' * len(ways)}")
    for row in next(iter(found.values())):
        cells = [str(found[way][row]) if way in found else "no R here" for way in ways]
        click.echo(f"| {row} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
