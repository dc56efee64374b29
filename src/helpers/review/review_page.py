"""The review page of a council: the verdict first, then what differs, then everything.

It is for the office's own file, in the language of the code, and shows no number that the report
hides.
"""

from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from helpers.report.binding.links import Html
from helpers.report.content.tables import Table, render_table
from helpers.report.languages.language import SOURCE, Language
from helpers.report.languages.names import Names
from helpers.report.pages.frame import render_frame
from helpers.review.figure_rows import FigureRow, figure_rows
from helpers.review.findings import CHECKS, Finding
from helpers.review.verifying import Review, Verdict
from helpers.run.deciding import Decided
from helpers.study.files.folder import NATIONAL
from helpers.study.sign_offs import SignOffs

QUESTIONS = {  # what each check asks
    "seal": "Is each file what its manifest and the office's list record?",
    "inputs": "Was it made of the inputs and the code that stand here today?",
    "re-execution": "Does it come out again, run in an empty folder and a fresh kernel?",
    "recalculation": "Does every figure come out by the second route, SQL over the raw files?",
    "sense": "Do figures, pages and charts agree with one another?",
}
LIST = (
    "These checks show whether anything was altered by accident or carelessly. That the pages are "
    "the office's own can be seen only from the list of digests that it publishes, digests.txt."
)


def render_review(decided: Decided, verdict: Verdict, review: Review, signed: SignOffs) -> str:
    """Return the HTML of the review page of one council, or of the overview."""
    study = decided.checked.study
    names = Names(study, Language(study.about.languages[0]))
    title = f"Review: {_name(review.council, names)}"
    findings = [*review.findings, *verdict.general]
    rows = list(figure_rows(review, verdict.recalculated))
    told = summary(findings, rows, len(review.editions))
    return render_frame(
        "page.html.j2",
        Language(SOURCE),
        title=title,
        council=review.council,
        alternates=[],
        notices=names.notices(illustrative=decided.provenance.illustrative),
        cover=Markup('<div class="cover"><h1>{}</h1><p>{}</p></div>').format(title, told),
        contents=[],
        content=Markup(_content(review, findings, rows, signed)),
        footer=study.about.acknowledgement[study.about.languages[0]],
    )


def _content(
    review: Review, findings: list[Finding], rows: list[FigureRow], signed: SignOffs
) -> str:
    template = _environment().get_template("review.html.j2")
    return template.render(
        differs=bool(findings),
        checks=[_check(check, findings) for check in CHECKS],
        differences=Markup(_differences(findings)),
        editions=[_edition(review, code, signed) for code in review.manifests],
        notes=review.notes,
        list=LIST,
        figures=Markup(_figures(rows, review.council)),
    )


def summary(findings: Iterable[Finding], rows: list[FigureRow], editions: int) -> str:
    """Say in a sentence whether all came out again."""
    found = len(list(findings))
    compared = f"{len(rows):,} figures in {editions} editions were compared"
    if not found:
        return f"No difference. {compared}, by re-execution and by a second route."
    return f"{found:,} difference{'s' * (found != 1)}. {compared}."


def _name(council: str, names: Names) -> str:
    if council == NATIONAL:
        return f"{names.area}, national overview"
    return names.study.councils[council].official_name[names.language.code]


@cache
def _environment() -> Environment:
    templates = FileSystemLoader(Path(__file__).parent / "templates")
    return Environment(loader=templates, autoescape=True, undefined=StrictUndefined)


def _check(check: str, findings: Iterable[Finding]) -> dict[str, Any]:
    found = sum(finding.check == check for finding in findings)
    told = f"{found} difference{'s' * (found != 1)}" if found else "no difference"
    return {"name": check, "question": QUESTIONS[check], "found": told}


def _edition(review: Review, code: str, signed: SignOffs) -> dict[str, Any]:
    manifest = review.manifests[code]
    given = signed.of(review.council, code, manifest.digest)
    told = "not signed off"
    if given:
        state = "" if given.digest == manifest.digest else "; void, since it was made anew later"
        told = f"signed off by {given.by} on {given.on}{state}"
    commit = manifest.commit
    tree = "" if commit is None else f"{commit.id}{'' if commit.clean else ', with changes'}"
    return {
        "code": code,
        "made": manifest.made,
        "digest": manifest.digest,
        "commit": tree or "no commit",
        "signed": told,
    }


def _differences(findings: list[Finding]) -> str:
    if not findings:
        return ""
    rows = [
        [found.check, Html(f"<code>{escape(found.file)}</code>"), found.said, _listed(found.uses)]
        for found in findings
    ]
    columns = ["Check", "File", "What differs", "Used in"]
    return render_table(Table("What differs", columns, rows))


def _figures(rows: Iterable[FigureRow], council: str) -> str:
    columns = ["Figure", "Published", "Made again", "Second route", "Apart", "Tolerance", "Verdict"]
    cells = [
        [
            Html(f"<code>{escape(row.expression)}</code>"),
            row.published,
            row.again,
            row.second,
            row.apart,
            row.tolerance,
            "agrees" if row.agrees else Html("<strong>differs</strong>"),
            "; ".join(row.uses),
        ]
        for row in rows
    ]
    return render_table(Table("All figures", [*columns, "Used in"], cells), council)


def _listed(uses: Iterable[str]) -> Html:
    return Html("".join(f"<p>{escape(use)}</p>" for use in uses))
