"""What moved between two folders of outputs: figure by figure, with the sentences that use them.

Nothing is run. Both folders are read as they stand.
"""

from collections.abc import Iterator
from pathlib import Path

from helpers.errors import DifferencesFound, UsageError, shown
from helpers.report.notebook.template import COUNCIL_REPORT, NATIONAL_OVERVIEW, Template
from helpers.review.editions import read_files, register_in, understand
from helpers.review.findings import Echo
from helpers.review.register_differences import Record, by_expression, compare_registers

TEMPLATES = (COUNCIL_REPORT, NATIONAL_OVERVIEW)
Place = tuple[Path, Template, str]  # an edition's folder, its template, its language
REPLIES = ('responses("total")', 'national_responses("total")')
FEW = 5  # no study shows the results of fewer people
TOLD_APART = (
    "{people} between the two: whoever has both can work out what so few answered; publish only one"
)


def compare_outputs(old: Path, new: Path, echo: Echo) -> None:
    """Tell which figures moved, by how much, and in which sentences, tables and charts.

    Raises DifferencesFound where any did, UsageError where a folder holds no edition.
    """
    before, after = (dict(_find_editions(folder)) for folder in (old, new))
    for folder, found in ((old, before), (new, after)):
        if not found:
            raise UsageError(f"{folder}: holds no edition; expected a folder such as outputs/")
    moved = 0
    for name in sorted(before.keys() | after.keys()):
        moved += _compare(shown(name), before.get(name), after.get(name), echo)
    if moved:
        raise DifferencesFound(f"{moved:,} differences from {old} to {new}")
    echo(f"{len(before)} editions: no figure moved")


def _find_editions(folder: Path) -> Iterator[tuple[str, Place]]:
    """Yield the name of each edition in a folder of outputs, and where it stands."""
    for template in TEMPLATES:
        for path in sorted(folder.glob(f"*/{template.stem}.*.ipynb")):
            if not path.name.startswith("."):
                code = path.name.removeprefix(f"{template.stem}.").removesuffix(".ipynb")
                yield f"{path.parent.name} {code}", (path.parent.resolve(), template, code)


def _compare(name: str, old: Place | None, new: Place | None, echo: Echo) -> int:
    """Tell what moved in one edition; return how many figures did."""
    if old is None or new is None:
        echo(f"{name}: stands in {'the new' if old is None else 'the old'} folder only")
        return 1
    files, others = read_files(*old), read_files(*new)
    before = register_in(files)
    after = before if others == files else register_in(others)
    for which, register in (("old", before), ("new", after)):
        if not register:
            raise UsageError(f"{name}: the register in the {which} folder cannot be read")
    moved = dict(compare_registers(before, after))
    uses = understand(files).uses() | understand(others).uses() if moved else {}
    for expression, told in moved.items():
        echo(f"{name}: {shown(told)}")
        for use in uses.get(expression, ()):
            echo(f"    used in {shown(use)}")
    if people := _few_between(before, after):
        echo(f"{name}: {TOLD_APART.format(people=people)}")
    return len(moved)


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
