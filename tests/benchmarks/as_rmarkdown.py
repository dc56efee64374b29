"""Write an executed report as R Markdown: the same words, tables and charts from the same numbers.

R gets what it is able to show: each chart its headline as alternative text, each table a caption.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from nbformat import NotebookNode

NAME = "report.Rmd"
HEAD = """---
title: "{title}"
lang: en
output: html_document
---

```{{r, include = FALSE}}
library(ggplot2)
knitr::opts_chunk$set(echo = FALSE, warning = FALSE)
read <- function(name) read.csv(name, check.names = FALSE, colClasses = "character")
bars <- function(name) {{
  wide <- read(name)
  tall <- data.frame(row = rep(wide[[1]], ncol(wide) - 1), stack(wide[-1]))
  tall$number <- suppressWarnings(as.numeric(gsub("[^0-9.]", "", tall$values)))
  ggplot(tall, aes(number, row, fill = ind)) + geom_col(position = "dodge", na.rm = TRUE) +
    scale_y_discrete(labels = function(text) strwrap_each(text)) +
    labs(x = NULL, y = NULL, fill = NULL) + theme_minimal() + theme(legend.position = "top")
}}
strwrap_each <- function(text) sapply(text, function(one) paste(strwrap(one, 32), collapse = "\\n"))
```
"""
CHART = '```{{r, fig.alt = "{said}", fig.height = 6}}\nbars("{file}")\n```'
TABLE = '```{{r}}\nknitr::kable(read("{file}"), caption = "{said}")\n```'
ROLE = re.compile(r"\{eval\}`([^`]*)`")


def write_rmarkdown(notebook: NotebookNode, folder: Path) -> Path:
    """Write the report and a CSV file for each of its charts and tables; return its path."""
    parts = [part for cell in notebook.cells for part in _parts(cell, folder)]
    cover = next(cell for cell in notebook.cells if cell.id == "cover")
    title = BeautifulSoup(_html(cover), "html.parser").h1.text
    path = folder / NAME
    path.write_text("\n\n".join([HEAD.format(title=title), *parts]), encoding="utf-8")
    return path


def _parts(cell: NotebookNode, folder: Path) -> Iterator[str]:
    if "not-published" in cell.metadata.get("tags", []):
        return
    if cell.cell_type == "markdown":
        yield _with_figures(cell)
    elif html := _html(cell):
        for number, element in enumerate(_pieces(BeautifulSoup(html, "html.parser"))):
            yield _piece(element, folder / f"{cell.id}-{number}.csv")


def _with_figures(cell: NotebookNode) -> str:
    printed = {
        item["expression"]: item["result"]["data"]["text/plain"]
        for item in cell.metadata.get("user_expressions", [])
    }
    return ROLE.sub(lambda role: printed[role[1]], cell.source)


def _html(cell: NotebookNode) -> str:
    shown = [output["data"] for output in cell.get("outputs", []) if "data" in output]
    return "".join(data.get("text/html", "") for data in shown)


def _pieces(html: BeautifulSoup) -> Iterator[Tag]:
    names = ["figure", "table", "h3", "h4", "p", "li"]
    for element in html.find_all(names):
        if not element.find_parent(["figure", "table", "li"]):
            yield element


def _piece(element: Tag, file: Path) -> str:
    text = " ".join(element.text.split())
    if element.name in ("figure", "table"):
        table = element if element.name == "table" else element.table
        _write_csv(table, file)
        said = element.find(class_="headline") or table.caption
        shape = TABLE if element.name == "table" else CHART
        return shape.format(file=file.name, said=said.text.replace('"', "'"))
    marks = {"h3": "### ", "h4": "#### ", "li": "- "}
    return marks.get(element.name, "") + text


def _write_csv(table: Tag, file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(
            [" ".join(cell.text.split()) for cell in row.find_all(["th", "td"])]
            for row in table.find_all("tr")
        )
