"""The data package: each file with its digest, each column with its type, in both languages."""

import csv
import hashlib
import io
import json
import re
from typing import Any

import pytest
from downloaded import REPLIES, executed

from helpers.report.downloads.datapackage import datapackage
from helpers.report.downloads.figures_csv import figures_csv
from helpers.study.definition import Study
from helpers.study.reading import read_study

DATA = {"licenses": [{"name": "CC0-1.0"}], "sources": [{"title": "A report"}], "resources": []}
OTHERS = {
    "report.en.html": b"page",
    "report.en.ipynb": b"notebook",
    "tables.en.xlsx": b"tables",
    "report.cy.html": b"tudalen",
    "report.cy.ipynb": b"llyfr",
    "tables.cy.xlsx": b"tablau",
}


@pytest.fixture(scope="module")
def files(shipped: Any) -> dict[str, bytes]:
    study: Study = read_study(shipped)
    editions = [executed("en", REPLIES), executed("cy", REPLIES)]
    return {"figures.csv": figures_csv(study, "torfaen", editions), **OTHERS}


def described(files: dict[str, bytes]) -> dict[str, Any]:
    editions = [executed("en", REPLIES), executed("cy", REPLIES)]
    data = json.dumps(DATA).encode()
    package: dict[str, Any] = json.loads(datapackage("torfaen", editions, editions, files, data))
    return package


def test_each_file_is_there_with_its_bytes_and_digest(files: dict[str, bytes]) -> None:
    found = {resource["path"]: resource for resource in described(files)["resources"]}
    assert set(found) == set(files)
    for path, content in files.items():
        assert found[path]["bytes"] == len(content)
        assert found[path]["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    names = [resource["name"] for resource in found.values()]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9._-]+", name) for name in names)


def test_a_pdf_is_described_where_there_is_one(files: dict[str, bytes]) -> None:
    package = described({**files, "report.cy.pdf": b"pdf"})
    [pdf] = [found for found in package["resources"] if found["format"] == "pdf"]
    assert (pdf["path"], pdf["language"], pdf["mediatype"]) == (
        "report.cy.pdf",
        "cy",
        "application/pdf",
    )


def test_licences_sources_and_provenance_are_told(files: dict[str, bytes]) -> None:
    package = described(files)
    assert (package["licenses"], package["sources"]) == (DATA["licenses"], DATA["sources"])
    assert package["provenance"] == "illustrative"
    assert package["description"] == "Illustrative data."
    assert package["title"] == "Use of data: Torfaen (illustrative data)"
    assert {"title_cy", "description_cy"} <= set(package)


def test_columns_are_described_in_each_language(files: dict[str, bytes]) -> None:
    fields = described(files)["resources"][0]["schema"]["fields"]
    [count] = [field for field in fields if field["name"] == "count"]
    assert count == {
        "name": "count",
        "type": "integer",
        "description": "How many people the share counts",
        "description_cy": "Nifer y bobl y mae'r gyfran yn eu cyfrif",
        "constraints": {"minimum": 0},
    }


def test_figures_csv_is_as_its_schema_says(files: dict[str, bytes]) -> None:
    assert faults(described(files)["resources"][0]["schema"], files["figures.csv"]) == []


@pytest.mark.parametrize(
    ("right", "wrong", "fault"),
    [
        (b"0.407767", b"41%", "value: 41%"),
        (b",42,103,", b",forty,103,", "count: forty"),
        (b"published", b"invented", "provenance: invented"),
        (b"share", b"", "kind: "),
        (b"true", b"yes", "suppressed: yes"),
    ],
)
def test_the_schema_finds_what_is_not_so(
    files: dict[str, bytes], right: bytes, wrong: bytes, fault: str
) -> None:
    content = files["figures.csv"]
    assert right in content
    found = faults(described(files)["resources"][0]["schema"], content.replace(right, wrong, 1))
    assert fault in found


def faults(schema: dict[str, Any], content: bytes) -> list[str]:
    """What a reader of the Table Schema standard would find wrong in a CSV file."""
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    rows = list(reader)
    fields = schema["fields"]
    assert reader.fieldnames == [field["name"] for field in fields]
    found = [
        f"{field['name']}: {row[field['name']]}"
        for row in rows
        for field in fields
        if not fits(row[field["name"]], field["type"], field["constraints"])
    ]
    for key in schema["primaryKey"]:
        values = [row[key] for row in rows]
        found += [f"{key}: {value}" for value in values if values.count(value) > 1]
    return found


PATTERNS = {
    "string": r"(?s).*",
    "number": r"-?\d+(\.\d+)?",
    "integer": r"-?\d+",
    "boolean": r"true|false",
}


def fits(text: str, kind: str, constraints: dict[str, Any]) -> bool:
    if not text:
        return not constraints.get("required", False)
    if not re.fullmatch(PATTERNS[kind], text):
        return False
    if "minimum" in constraints and float(text) < constraints["minimum"]:
        return False
    if "maximum" in constraints and float(text) > constraints["maximum"]:
        return False
    return text in constraints.get("enum", [text])
