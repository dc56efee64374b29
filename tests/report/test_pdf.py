"""The PDF: tagged, in its language, marked on every page, made without asking anyone."""

import io
import shutil
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pikepdf
import pytest
from markupsafe import Markup

from helpers.errors import UsageError
from helpers.report.languages.language import Language
from helpers.report.pages.frame import render_frame
from helpers.report.pages.pdf import check_pdf, render_pdf

TITLE = "Defnydd o ddata: Torfaen (data enghreifftiol)"
CHART = """<figure class="chart"><svg role="img" aria-labelledby="t d" viewBox="0 0 10 10">
<title id="t">Cyfradd ymateb</title><desc id="d">Torfaen: 41%</desc>
<rect width="4" height="4"/></svg>
<details><summary>Y rhifau</summary><p>Yn y manylion</p></details></figure>"""
TABLE = """<div class="table"><table><caption>Atebion</caption><thead><tr><th scope="col">Grŵp</th>
<th scope="col">Atebion</th></tr></thead><tbody>{rows}</tbody></table></div>"""


def page(content: str, title: str = TITLE) -> str:
    return render_frame(
        "page.html.j2",
        Language("cy"),
        council="torfaen",
        title=title,
        alternates=[{"language": "en", "href": "report.en.html", "text": "Also in English"}],
        notices=[],
        cover=Markup('<div class="cover"><h1>Torfaen</h1></div>'),
        contents=[],
        content=Markup(content),
        footer="",
    )


@pytest.fixture(scope="module", autouse=True)
def weasyprint() -> None:
    try:
        check_pdf()
    except UsageError as error:
        pytest.skip(error.message)


@pytest.fixture(scope="module")
def made() -> bytes:
    rows = "".join(f'<tr><th scope="row">Rhes {row}</th><td>{row}</td></tr>' for row in range(100))
    return render_pdf(page(f"<h2>Rhan</h2>{CHART}{TABLE.format(rows=rows)}"))


@pytest.fixture
def opened(made: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        yield pdf


def elements(node: Any) -> Iterator[Any]:
    """Yield each element of the structure that a screen reader walks."""
    if isinstance(node, pikepdf.Array):
        for part in node:
            yield from elements(part)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        yield from elements(node.get("/K"))


def kinds(pdf: pikepdf.Pdf) -> list[str]:
    return [str(element.S) for element in elements(pdf.Root.StructTreeRoot)]


def told(content: bytes) -> list[str]:
    """What each page prints, as poppler reads it."""
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext: install Debian's poppler-utils")
    done = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def test_it_says_that_it_is_tagged_and_pdf_ua(opened: pikepdf.Pdf) -> None:
    assert opened.Root.MarkInfo.Marked
    assert "pdfuaid:part" in opened.Root.Metadata.read_bytes().decode()


def test_it_has_the_pages_language_and_title(opened: pikepdf.Pdf) -> None:
    assert str(opened.Root.Lang) == "cy"
    assert str(opened.docinfo["/Title"]) == TITLE
    assert opened.Root.ViewerPreferences.DisplayDocTitle


def test_headings_tables_and_charts_are_tagged(opened: pikepdf.Pdf) -> None:
    assert {"/H1", "/H2", "/Table", "/Caption", "/TH", "/TD", "/Figure"} <= set(kinds(opened))


def test_each_chart_has_an_alternative_text(opened: pikepdf.Pdf) -> None:
    charts = [found for found in elements(opened.Root.StructTreeRoot) if found.S == "/Figure"]
    assert [str(chart.Alt) for chart in charts] == ["Cyfradd ymateb"]


def test_every_page_carries_the_mark_and_its_number(made: bytes) -> None:
    printed = told(made)
    assert len(printed) > 2
    for number, text in enumerate(printed, start=1):
        assert TITLE in text, number
        assert f"{number}/{len(printed)}" in text.replace(" ", "")


def test_every_page_of_a_long_table_repeats_its_heads(made: bytes) -> None:
    pages = [text for text in told(made) if "Rhes" in text]
    assert len(pages) > 1
    assert all("Grŵp" in text for text in pages)


def test_the_sum_of_all_stands_below_the_last_row_and_under_no_other_sheet() -> None:
    rows = "".join(f'<tr><th scope="row">Rhes {row}</th><td>{row}</td></tr>' for row in range(100))
    total = '<tfoot><tr><th scope="row">Cymru</th><td>4950</td></tr></tfoot>'
    content = page(TABLE.format(rows=rows).replace("</tbody>", f"</tbody>{total}"))
    printed = told(render_pdf(content))
    assert [text.count("4950") for text in printed] == [0] * (len(printed) - 1) + [1]


def test_details_are_open_and_the_other_edition_is_told(made: bytes) -> None:
    printed = "".join(told(made))
    assert "Yn y manylion" in printed
    assert "Also in English" in printed


def test_no_link_leads_to_a_file_that_may_not_be_there() -> None:
    links = '<p><a href="figures.csv">a</a> <a href="https://audit.wales">b</a></p>'
    with pikepdf.open(io.BytesIO(render_pdf(page(f"<h2>Rhan</h2>{links}")))) as pdf:
        found = [
            str(mark.A.URI)
            for leaf in pdf.pages
            for mark in leaf.get("/Annots", [])
            if "/A" in mark
        ]
    assert found == ["https://audit.wales"]  # of the alternate, too, nothing


def test_a_strange_title_stays_a_title() -> None:
    strange = '"; } body { display: none } </style><script>\\ {'
    [printed] = told(render_pdf(page("<p>Testun</p>", strange)))
    assert "Testun" in printed
    assert "Torfaen" in printed


@pytest.fixture
def host() -> Iterator[tuple[str, list[str]]]:
    """A host on this machine that notes what it is asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *args: object) -> None:
            """Be quiet."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def test_no_host_and_no_file_is_asked(
    host: tuple[str, list[str]], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    address, asked = host
    secret = tmp_path / "secret.svg"
    secret.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><text>Cyfrinach</text></svg>', encoding="utf-8"
    )
    attack = (
        f'<img src="{address}/a.png"><img src="{secret.as_uri()}"><p>Testun</p>'
        f'<link rel="stylesheet" href="{address}/b.css"><style>@import "{address}/c.css";'
        f'@font-face {{ font-family: x; src: url("{address}/d.ttf") }} p {{ font-family: x }}'
        f'</style><object data="{secret.as_uri()}"></object>'
        f'<a rel="attachment" href="{secret.as_uri()}">a</a>'
    )
    content = render_pdf(page(attack))
    assert asked == []
    assert "Cyfrinach" not in "".join(told(content))
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert list(pdf.attachments) == []
    assert "Testun" in "".join(told(content))


def test_the_same_page_gives_the_same_bytes(made: bytes) -> None:
    assert render_pdf(page(CHART)) == render_pdf(page(CHART))
