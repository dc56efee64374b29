"""Plan: which editions are asked for, and what each would be made of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from helpers.errors import Problem
from helpers.report.notebook.template import NATIONAL_OVERVIEW
from helpers.run.checking import Checked
from helpers.run.deciding import Decided
from helpers.run.editions.bundle import Bundle, bundles_of
from helpers.study.asking import check_asked, check_council, check_edition
from helpers.study.files.folder import NATIONAL


@dataclass(frozen=True)
class Plan:
    """The editions that are asked for, by council; the overview comes last, as NATIONAL.

    Their bundles come one at a time, since those of thousands would not fit into memory. Those of a
    council that is refused have none.
    """

    decided: Decided
    editions: dict[str, list[str]]

    def __len__(self) -> int:
        return sum(map(len, self.editions.values()))

    def __iter__(self) -> Iterator[Bundle]:
        for council in self.editions:
            yield from self.of(council)

    @property
    def refused(self) -> dict[str, list[Problem]]:
        """What is wrong with the own files of councils that are asked for."""
        refused = self.decided.checked.refused
        return {council: refused[council] for council in self.editions if council in refused}

    def of(self, council: str) -> Iterator[Bundle]:
        """Yield a council's bundles."""
        bundles = bundles_of(self.decided, council)
        return (bundle for bundle in bundles if bundle.edition in self.editions[council])


def plan(decided: Decided, councils: Iterable[str], edition: str | None) -> Plan:
    """Return the editions of the named councils, or of all with the overview.

    Raises UsageError for what does not exist.
    """
    checked, named = decided.checked, list(dict.fromkeys(councils))
    for council in named:
        check_council(council, checked.councils, checked.study)
    made = {council: _editions(checked, council) for council in named or checked.councils}
    if edition is not None:
        check_edition(edition, checked.study)
        for council in named:
            check_asked(council, edition, made[council])
    if not named and NATIONAL_OVERVIEW.is_in(checked.workbook):
        made[NATIONAL] = checked.study.about.languages
    return Plan(decided, {council: _only(edition, codes) for council, codes in made.items()})


def _editions(checked: Checked, council: str) -> list[str]:
    """Return the editions that a council asks for: all where its file cannot say."""
    file = checked.parameters.get(council)
    return file.parameters.editions if file else checked.study.about.languages


def _only(edition: str | None, codes: list[str]) -> list[str]:
    return [code for code in codes if edition in (None, code)]
