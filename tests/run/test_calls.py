"""A cell that asks a report for what there is none of is told what there is."""

from pathlib import Path

import pytest

from helpers.run.editions.calls import explain_call
from helpers.study.definition import Study
from helpers.study.reading import read_study


@pytest.fixture(scope="module")
def study(shipped: Path) -> Study:
    return read_study(shipped)


def test_an_unknown_section_is_told_with_the_nearest(study: Study):
    told = explain_call(
        "report.respons_table()",
        "AttributeError",
        "'CouncilReport' object has no attribute 'respons_table'",
        study,
    )
    assert told.startswith("report has no 'respons_table'; expected 'agreement_chart', ")
    assert told.endswith("; did you mean 'response_table'?")


@pytest.mark.parametrize("given", ['"skils"', 'theme="skils"'])
def test_an_unknown_theme_is_told_with_the_nearest(study: Study, given: str):
    told = explain_call(f"report.agreement_chart({given})", "KeyError", "'skils'", study)
    assert told == (
        "report.agreement_chart: unknown theme 'skils'; expected 'leadership', 'data_protection', "
        "'skills', 'decisions'; did you mean 'skills'?"
    )


@pytest.mark.parametrize(
    ("source", "name", "told"),
    [
        ("report.cover()", "KeyError", "'x'"),
        ("{}['x']", "KeyError", "'x'"),
        ("report.agreement_chart('skills')", "KeyError", "'x'"),
        ("''.x", "AttributeError", "'str' object has no attribute 'x'"),
        ("report.cover()", "ValueError", "'CouncilReport' object has no attribute 'x'"),
    ],
)
def test_any_other_failure_is_told_as_it_is(study: Study, source: str, name: str, told: str):
    assert explain_call(source, name, told, study) == ""
