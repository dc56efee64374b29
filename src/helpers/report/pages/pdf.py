"""report.<edition>.pdf: the page as a tagged PDF/UA-1, made of the same HTML."""

import re
from html import unescape
from importlib.util import find_spec

from helpers.errors import UsageError
from helpers.report.pages.frame import TEMPLATES

EXTRA = "install the extra 'pdf': pip install -c constraints.txt -e '.[pdf]'"
SYSTEM = (
    "install it: on Debian, apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
)
FILES = re.compile(r' href="(?!#|https?:|mailto:|tel:)[^"]*"')  # which a PDF may be parted from
STRANGE = '\\"<\n'  # may not stand in a CSS string


def check_pdf() -> None:
    """Raise UsageError where WeasyPrint, or the Pango that it draws text with, is not there."""
    if find_spec("weasyprint") is None:
        raise UsageError(f"weasyprint: not installed; expected it for --pdf; {EXTRA}")
    try:
        import weasyprint  # noqa: F401
    except ImportError as error:
        raise UsageError(f"weasyprint: {error}; expected all of it for --pdf; {EXTRA}") from None
    except OSError as error:
        told = str(error).split("\n")[0]
        raise UsageError(f"weasyprint: {told}; expected Pango; {SYSTEM}") from None


def render_pdf(page: str) -> bytes:
    """Return a page as PDF/UA-1. Whatever the page asks for, no file and no host is asked.

    Links to the files beside the page are words only: a PDF is passed on without them.

    The same page gives the same bytes, on a machine with the same fonts.
    """
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    nobody = URLFetcher(allowed_protocols=())
    style = (TEMPLATES / "pdf.css").read_text(encoding="utf-8")
    sheets = [CSS(string=style + _first_head(page), url_fetcher=nobody)]
    html = HTML(string=FILES.sub("", page), url_fetcher=nobody)
    return bytes(html.write_pdf(stylesheets=sheets, pdf_variant="pdf/ua-1"))


def _first_head(page: str) -> str:
    """Return the rule by which the first page has the running head, with its mark, as well."""
    found = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    title = " ".join(unescape(found[1] if found else "").split())
    kept = "".join(sign for sign in title if sign not in STRANGE)
    return f'@page :first {{ @top-left {{ content: "{kept}" !important }} }}'
