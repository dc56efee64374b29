"""datapackage.json: a Frictionless Data Package that describes a council's files."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from helpers.report.downloads.columns import columns
from helpers.report.downloads.executed import Executed
from helpers.report.downloads.figures_csv import FIGURES
from helpers.report.languages.language import Language

PACKAGE = "datapackage.json"
PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TITLES = {
    "html": "The report",
    "pdf": "The report for printing",
    "xlsx": "The tables of the report",
    "ipynb": "The executed notebook that the report is made of",
}
MEDIA = {
    "html": "text/html",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ipynb": "application/x-ipynb+json",
}
Described = dict[str, Any]


def datapackage(
    council: str,
    editions: Sequence[Executed],
    written: Sequence[Executed],
    files: Mapping[str, bytes],
    data: bytes,
) -> bytes:
    """Return the description of `files` by name; `written` are the editions in figures.csv.

    `data` is the workbook's own data package, whose licences and sources hold here too.
    """
    known = json.loads(data)
    package = {
        "$schema": PROFILE,
        "name": council,
        **_texts("title", {one.language: one.title for one in editions}),
        **_texts("description", {one.language: _told(one) for one in editions}),
        "provenance": _provenance(editions),
        "licenses": known.get("licenses", []),
        "sources": known.get("sources", []),
        "resources": [
            _figures(written, files[FIGURES]),
            *(found for edition in editions for found in _of_edition(edition, files)),
        ],
    }
    return (json.dumps(package, indent=1, ensure_ascii=False) + "\n").encode()


def _figures(editions: Sequence[Executed], content: bytes) -> Described:
    languages = [Language(edition.language) for edition in editions]
    titles = {
        language.code: language.label("Every figure in this report") for language in languages
    }
    fields = [
        {
            "name": column.name,
            "type": column.type,
            **_texts(
                "description",
                {language.code: column.description(language) for language in languages},
            ),
            "constraints": dict(column.constraints),
        }
        for column in columns(language.code for language in languages)
    ]
    return {
        "name": "figures",
        "type": "table",
        **_file(FIGURES, "csv", "text/csv", content),
        **_texts("title", titles),
        "encoding": "utf-8",
        "provenance": _provenance(editions),
        "schema": {"fields": fields, "primaryKey": ["figure"], "missingValues": [""]},
    }


def _of_edition(edition: Executed, files: Mapping[str, bytes]) -> Iterator[Described]:
    code = edition.language
    found = [(name, name.split(".")) for name in sorted(files)]
    for name, parts in found:
        ending = parts[-1]
        if parts[1:-1] != [code] or ending not in MEDIA:
            continue
        yield {
            "name": name.replace(".", "-"),
            **_file(name, ending, MEDIA[ending], files[name]),
            "title": Language(code).label(TITLES[ending]),
            "language": code,
            "provenance": _provenance([edition]),
        }


def _file(name: str, ending: str, media: str, content: bytes) -> Described:
    digest = hashlib.sha256(content).hexdigest()
    return {
        "path": name,
        "format": ending,
        "mediatype": media,
        "bytes": len(content),
        "hash": f"sha256:{digest}",
    }


def _texts(name: str, by_language: Mapping[str, str]) -> dict[str, str]:
    """Return a text under its standard name in the first language, and `_<code>` in each other."""
    return {
        name if place == 0 else f"{name}_{code}": text
        for place, (code, text) in enumerate(by_language.items())
    }


def _told(edition: Executed) -> str:
    return " ".join(Markup(notice).striptags() for notice in edition.facts["notices"])


def _provenance(editions: Sequence[Executed]) -> str:
    """Return "published" where every figure is, else "illustrative": a column says which is."""
    found = {record["provenance"] for edition in editions for record in edition.records}
    return "published" if found == {"published"} else "illustrative"
