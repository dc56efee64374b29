"""Decide once, over all councils, what any edition may show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from helpers.figures.councils import CouncilsTable, decide_councils
from helpers.figures.counts import count_answers, count_replies
from helpers.figures.measures import Measures
from helpers.figures.national import NationalTable, decide_national
from helpers.figures.overview import OverviewMeasures
from helpers.report.languages.language import Language
from helpers.report.languages.names import Names
from helpers.report.notebook.inputs import Rows, shared_files
from helpers.report.notebook.reviews import review_bytes, reviews_of
from helpers.report.notebook.template import COUNCIL_REPORT, NATIONAL_OVERVIEW, Template
from helpers.report.pages.entries import Numbers
from helpers.run.checking import Checked
from helpers.study.provenance import Provenance, read_provenance

AT_HAND = 4  # councils


@dataclass(frozen=True)
class Decided:
    """A checked workbook's counts, and what may be shown of them: decided once per build."""

    checked: Checked
    cells: pd.DataFrame
    replies: pd.DataFrame
    national: NationalTable
    _at_hand: dict[str, dict[str, Measures]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _numbers: dict[str, Numbers] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _shared: dict[str, dict[str, bytes]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _reviews: dict[str, bytes] = field(default_factory=dict, init=False, repr=False, compare=False)

    def measures(self, council: str) -> dict[str, Measures]:
        """Return one council's measures by language, as its editions have them.

        Those of the last few are at hand: of thousands they would not fit into memory.
        """
        if council not in self._at_hand:
            if len(self._at_hand) >= AT_HAND:
                del self._at_hand[next(iter(self._at_hand))]
            self._at_hand[council] = self._measures(council)
        return self._at_hand[council]

    def numbers(self, council: str) -> Numbers:
        """Return what the index says of one council: no level of one whose judgements are unfit."""
        if council not in self._numbers:
            [first, *_] = self.measures(council).values()
            judged = council in self.checked.parameters
            self._numbers[council] = Numbers.of(first, judged=judged)
        return self._numbers[council]

    def _measures(self, council: str) -> dict[str, Measures]:
        study, file = self.checked.study, self.checked.parameters.get(council)
        judgements = file.parameters.judgements if file else {}
        measures = Measures(
            study,
            council,
            cells=self.cells,
            replies=self.replies,
            national=self.national,
            provenance=self.provenance,
            judgements={key: judgement.level for key, judgement in judgements.items()},
        )
        return {
            code: measures.in_words(Names(study, Language(code)).wording)
            for code in study.about.languages
        }

    @cached_property
    def councils(self) -> CouncilsTable:
        """What the overview may know of councils one by one."""
        return decide_councils(self.checked.study, self.cells, self.replies, self.national)

    @cached_property
    def overview(self) -> dict[str, OverviewMeasures]:
        """The overview's measures by language."""
        study = self.checked.study
        measures = OverviewMeasures(
            study, national=self.national, councils=self.councils, provenance=self.provenance
        )
        return {
            code: measures.in_words(Names(study, Language(code)).wording)
            for code in study.about.languages
        }

    @cached_property
    def rows(self) -> Rows:
        """Each council's rows of the data."""
        return Rows(self.checked.study, self.checked.invitations, self.checked.responses)

    @cached_property
    def table(self) -> bytes:
        """The national table, as it stands in every bundle."""
        return self.national.to_json().encode()

    def shared_files(self, template: Template) -> Mapping[str, bytes]:
        """Return what all editions of a template are made from, by path: read once for all."""
        if template.path not in self._shared:
            found = shared_files(self.checked.workbook, self.checked.study, template)
            self._shared[template.path] = found
        return self._shared[template.path]

    def reviews(self, edition: str) -> bytes:
        """Return the record of the reviews of one language, empty if there are none."""
        if edition not in self._reviews:
            found = reviews_of(self.checked.workbook, edition)
            self._reviews[edition] = review_bytes(found) if found else b""
        return self._reviews[edition]

    def read_all(self) -> None:
        """Read now what bundles are made of: a file that changes later changes none of them."""
        for template in (COUNCIL_REPORT, NATIONAL_OVERVIEW):
            if template.is_in(self.checked.workbook):
                self.shared_files(template)
        for code in self.checked.study.about.languages:
            self.reviews(code)
        _ = self.provenance

    @cached_property
    def provenance(self) -> Provenance:
        """What is published of the data."""
        return read_provenance(self.checked.workbook)


def decide(checked: Checked) -> Decided:
    """Count all answers and decide the national table."""
    counted = (checked.study, checked.invitations, checked.responses)
    cells, replies = count_answers(*counted), count_replies(*counted)
    return Decided(checked, cells, replies, decide_national(checked.study, cells, replies))
