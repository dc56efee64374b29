"""Open a report inside its template: from the folder to the measures."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from helpers.errors import UsageError
from helpers.figures.councils import CouncilsTable, decide_councils
from helpers.figures.counts import count_answers, count_replies
from helpers.figures.measures import Measures
from helpers.figures.national import NationalTable, decide_national
from helpers.figures.overview import OverviewMeasures
from helpers.figures.wording import Wording
from helpers.report.content.council_report import CouncilReport
from helpers.report.content.overview import Overview
from helpers.report.languages.language import Language
from helpers.report.languages.names import Names
from helpers.report.notebook.inputs import own_words, shared_files
from helpers.report.notebook.template import COUNCIL_REPORT, NATIONAL_OVERVIEW
from helpers.study.asking import check_edition
from helpers.study.comments import (
    Comment,
    read_comments,
    released,
    too_few_to_quote,
    unknown_digest,
)
from helpers.study.data import DECIDED, DECIDED_COUNCILS, DECISIONS, check_data
from helpers.study.definition import TOTAL, Study
from helpers.study.files.digests import digests
from helpers.study.files.folder import find_workbook
from helpers.study.parameters import check_parameters
from helpers.study.provenance import read_provenance
from helpers.study.reading import read_study
from helpers.study.responses import read_invitations, read_responses


def open_report(
    council: str,
    edition: str,
    report_date: str,
    good_practice: list[str] | None = None,
    judgements: Mapping[str, Mapping[str, Any]] | None = None,
    comments: Sequence[str] = (),
) -> CouncilReport:
    """Return the report of one council in one language, computed from the workbook's data.

    `report_date` is an ISO date. `good_practice` lists case keys; None chooses by the weakest
    themes. `judgements` maps a characteristic to its level and reasons. `comments` lists the
    digests of those that an auditor released.
    Raises CheckFailed where a name is unknown to the study.
    """
    workbook = find_workbook()
    study = read_study(workbook)
    given = {
        "council": council,
        "editions": [edition],
        "report_date": report_date or study.about.date,
        "good_practice": good_practice,
        "judgements": judgements or {},
        "comments": list(comments),
    }
    checked = check_parameters(given, study, "parameters", council)
    language, levels = Language(edition), judgements or {}
    measures = measures_of(workbook, study, council, levels, Names(study, language).wording)
    words = released_comments(workbook, study, measures, comments)
    files = {
        **shared_files(workbook, study, COUNCIL_REPORT),
        **own_words(words),
    }
    day, inputs = checked.report_date, digests(files)
    return CouncilReport(study, measures, language, inputs, day, good_practice, levels, words)


def released_comments(
    workbook: Path, study: Study, measures: Measures, digests: Sequence[str]
) -> list[Comment]:
    """Return the council's comments with these digests.

    Raises UsageError for an unknown one, and where so few replied that nobody may be quoted.
    """
    council, replied = measures.council, int(measures.replies[TOTAL]["responses"])
    if digests and (told := too_few_to_quote(council, replied, study)):
        raise UsageError(told)
    found = list(released(read_comments(workbook, study), council, digests)) if digests else []
    for digest in digests:
        if digest not in {comment.digest for comment in found}:
            raise UsageError(unknown_digest(digest, council))
    return found


def open_overview(edition: str) -> Overview:
    """Return the overview of all councils in one language, computed from the workbook's data.

    Raises UsageError for a language that the study has not.
    """
    workbook = find_workbook()
    study = read_study(workbook)
    check_edition(edition, study)
    language = Language(edition)
    measures = overview_measures_of(workbook, study).in_words(Names(study, language).wording)
    inputs = digests(shared_files(workbook, study, NATIONAL_OVERVIEW))
    return Overview(study, measures, language, inputs)


def overview_measures_of(workbook: Path, study: Study) -> OverviewMeasures:
    """Return the overview's measures: with the bundle's decided tables, else with new ones."""
    if (workbook / DECIDED).exists():
        national = read_decided(workbook)
        councils = CouncilsTable.from_json((workbook / DECIDED_COUNCILS).read_text("utf-8"))
    else:
        data = check_data(workbook, study, [])
        counted = count_answers(study, *data), count_replies(study, *data)
        national = decide_national(study, *counted)
        councils = decide_councils(study, *counted, national)
    provenance = read_provenance(workbook)
    return OverviewMeasures(study, national=national, councils=councils, provenance=provenance)


def read_decided(workbook: Path) -> NationalTable:
    """Return the national table of a bundle, with the decisions on its council."""
    table, decisions = ((workbook / file).read_text("utf-8") for file in (DECIDED, DECISIONS))
    return NationalTable.from_json(table, decisions)


def measures_of(
    workbook: Path,
    study: Study,
    council: str,
    judgements: Mapping[str, Mapping[str, Any]],
    wording: Wording | None = None,
) -> Measures:
    """Return a council's measures: with the bundle's national table, else with one made here.

    What a bundle holds was checked before it was made; other data is checked here.
    """
    decided = (workbook / DECIDED).exists()
    data = (
        (read_invitations(workbook, study), read_responses(workbook, study))
        if decided
        else check_data(workbook, study, [council])
    )
    cells, replies = count_answers(study, *data), count_replies(study, *data)
    national = read_decided(workbook) if decided else decide_national(study, cells, replies)
    return Measures(
        study,
        council,
        cells=cells,
        replies=replies,
        national=national,
        provenance=read_provenance(workbook),
        judgements={key: int(value["level"]) for key, value in judgements.items()},
        wording=wording,
    )
