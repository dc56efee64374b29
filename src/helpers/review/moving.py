"""What moved between two folders of outputs: figure by figure, with the sentences that use them.

Nothing is run. Both folders are read as they stand.
"""

from collections.abc import Iterator
from pathlib import Path

from helpers.errors import DifferencesFound, UsageError, shown
from helpers.report.notebook.template import COUNCIL_REPORT, NATIONAL_OVERVIEW
from helpers.review.editions import Edition, read_edition_files
from helpers.review.register_differences import Record, by_expression, compare_registers
from helpers.review.reporting import Echo

TEMPLATES = (COUNCIL_REPORT, NATIONAL_OVERVIEW)
REPLIES = ('responses("total")', 'national_responses("total")')
FEW = 5  # no study shows the results of fewer people
TOLD_APART = (
    "{people} between the two: whoever has both can work out what so few answered; publish only one"
)


def compare_outputs(old: Path, new: Path, echo: Echo) -> None:
    """Tell which figures moved, by how much, and in which sentences, tables and charts.

    Raises DifferencesFound where any did, UsageError where a folder holds no edition.
    """
    before, after = (dict(_editions(folder)) for folder in (old, new))
    for folder, found in ((old, before), (new, after)):
        if not found:
            raise UsageError(f"{folder}: holds no edition; expected a folder such as outputs/")
    moved = 0
    for name in sorted(before.keys() | after.keys()):
        moved += _compare(shown(name), before.get(name), after.get(name), echo)
    if moved:
        raise DifferencesFound(f"{moved:,} differences from {old} to {new}")
    echo(f"{len(before)} editions: no figure moved")


def _editions(folder: Path) -> Iterator[tuple[str, Edition]]:
    """Yield name and content of each edition in a folder of outputs."""
    for template in TEMPLATES:
        for path in sorted(folder.glob(f"*/{template.stem}.*.ipynb")):
            if not path.name.startswith("."):
                code = path.name.removeprefix(f"{template.stem}.").removesuffix(".ipynb")
                edition = read_edition_files(path.parent.resolve(), template, code)
                yield f"{path.parent.name} {code}", edition


def _compare(name: str, before: Edition | None, after: Edition | None, echo: Echo) -> int:
    """Tell what moved in one edition; return how many figures did."""
    if before is None or after is None:
        echo(f"{name}: stands in {'the new' if before is None else 'the old'} folder only")
        return 1
    for which, edition in (("old", before), ("new", after)):
        if not edition.register:
            raise UsageError(f"{name}: the register in the {which} folder cannot be read")
    uses, count = before.uses() | after.uses(), 0
    for expression, told in compare_registers(before.register, after.register):
        count += 1
        echo(f"{name}: {shown(told)}")
        for use in uses.get(expression, ()):
            echo(f"    used in {shown(use)}")
    if people := _few_between(before.register, after.register):
        echo(f"{name}: {TOLD_APART.format(people=people)}")
    return count


def _few_between(before: list[Record], after: list[Record]) -> str:
    """Say by how many the people who replied differ, where that is so few that nothing hides them.

    Each edition hides small groups; what differs between two of them is a small group too.
    """
    old, new = by_expression(before), by_expression(after)
    for expression in REPLIES:
        was, now = (side.get(expression, {}).get("value") for side in (old, new))
        apart = abs((was or 0) - (now or 0))
        if was is not None and now is not None and 0 < apart < FEW:
            return f"{apart:g} {'person' if apart == 1 else 'people'}"
    return ""
