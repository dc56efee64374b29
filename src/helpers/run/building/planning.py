"""Plan: which editions are asked for, and what each would be made of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from helpers.errors import UsageError, expected
from helpers.report.notebook.template import NATIONAL_OVERVIEW
from helpers.run.deciding import Decided
from helpers.run.editions.bundle import Bundle, bundles_of
from helpers.study.files.folder import NATIONAL


@dataclass(frozen=True)
class Plan:
    """The editions that are asked for, by council; the overview comes last, as NATIONAL.

    Their bundles come one at a time, since those of thousands would not fit into memory.
    """

    decided: Decided
    editions: dict[str, list[str]]

    def __len__(self) -> int:
        return sum(map(len, self.editions.values()))

    def __iter__(self) -> Iterator[Bundle]:
        for council in self.editions:
            yield from self.of(council)

    def of(self, council: str) -> Iterator[Bundle]:
        """Yield a council's bundles."""
        bundles = bundles_of(self.decided, council)
        return (bundle for bundle in bundles if bundle.edition in self.editions[council])


def plan(decided: Decided, councils: Iterable[str], edition: str | None) -> Plan:
    """Return the editions of the named councils, or of all with the overview.

    Raises UsageError for what does not exist.
    """
    checked, named = decided.checked, list(dict.fromkeys(councils))
    files, languages = checked.parameters, checked.study.about.languages
    one = checked.study.about.units.one[languages[0]]
    for council in named:
        if council not in files:
            raise UsageError(f"no {one} '{council}' in params/; {expected(council, files)}")
    if edition is not None and edition not in languages:
        raise UsageError(f"unknown edition '{edition}'; {expected(edition, languages)}")
    made = {council: files[council].parameters.editions for council in named or files}
    for council in named:
        if edition is not None and edition not in made[council]:
            hint = expected(edition, made[council])
            raise UsageError(f"'{council}' has no edition '{edition}'; {hint}")
    if not named and NATIONAL_OVERVIEW.is_in(checked.workbook):
        made[NATIONAL] = languages
    return Plan(decided, {council: _only(edition, codes) for council, codes in made.items()})


def _only(edition: str | None, codes: list[str]) -> list[str]:
    return [code for code in codes if edition in (None, code)]
