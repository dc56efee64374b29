"""The office's list of digests is read as far as it is one, and what is none of it is named."""

from pathlib import Path

import pytest

from helpers.review.digest_list import NO_LIST, read_list

DIGEST = "0b" * 32
LINE = f"{DIGEST}  torfaen/report.en.html\n"


def told(outputs: Path, content: str | bytes) -> list[str]:
    content = content.encode() if isinstance(content, str) else content
    (outputs / "digests.txt").write_bytes(content)
    listed, found = read_list(outputs)
    assert {finding.file for finding in found} <= {"digests.txt"}
    assert listed in ({}, {"torfaen": {"report.en.html": DIGEST}})
    return [finding.told for finding in found]


def test_a_list_is_what_sha256sum_writes(tmp_path: Path):
    assert told(tmp_path, LINE) == []


def test_without_a_list_that_is_told(tmp_path: Path):
    assert read_list(tmp_path)[1][0].told == NO_LIST


@pytest.mark.parametrize("garbage", ["", "\n", "garbage\n", b"\xff\x00", f"{DIGEST}\n", "  \n" * 9])
def test_garbage_is_no_list(garbage: str | bytes, tmp_path: Path):
    assert told(tmp_path, garbage) == [NO_LIST]


@pytest.mark.parametrize(
    "line",
    [
        "garbage",
        "0b0b  torfaen/report.cy.html",
        "  torfaen/report.cy.html",
        f"{DIGEST}  ",
        f"{DIGEST}  .",
        f"{DIGEST}  /etc/passwd",
        f"{DIGEST}  torfaen//etc/passwd",
        f"{DIGEST}  torfaen/../../data/study/study.yaml",
    ],
)
def test_a_line_of_no_file_there_is_quoted(line: str, tmp_path: Path):
    quoted = f"“{line.strip()}”"
    assert told(tmp_path, f"{LINE}{line}\n") == [
        f"holds what is no digest of a file in outputs/: {quoted}"
    ]


def test_many_such_lines_are_one_finding(tmp_path: Path):
    lines = "".join(f"garbage {number}\n" for number in range(1200))
    assert len(told(tmp_path, LINE + lines)) == 1
