"""What a review finds: one thing that is not as it should be, where, and who uses it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

Echo = Callable[[str], None]  # tells a person a line

# In the order in which a reviewer asks: is it what was made, of what, does it come out again, by
# another way too, and does it make sense?
Check = Literal["seal", "inputs", "re-execution", "recalculation", "sense"]
CHECKS: tuple[Check, ...] = ("seal", "inputs", "re-execution", "recalculation", "sense")


@dataclass(frozen=True)
class Finding:
    """A difference: in which file of outputs/ or of the workbook, and what is wrong there.

    `figures` are the expressions of the figures concerned; `uses` say where a reader meets them.
    """

    check: Check
    file: str
    told: str
    figures: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """What differs, with the figures concerned."""
        unnamed = [figure for figure in self.figures if figure not in self.told]
        return f"{self.told} ({', '.join(unnamed)})" if unnamed else self.told

    def __str__(self) -> str:
        return f"{self.check}: {self.file}: {self.said}"


def merge(findings: Iterable[Finding]) -> list[Finding]:
    """Return each difference once, with all files in which it was found, in the order of checks."""
    found: dict[tuple[str, str, tuple[str, ...]], Finding] = {}
    for one in map(_in_unicode, findings):
        key = (one.check, one.told, one.figures)
        known = found.setdefault(key, one)
        if one.file not in known.file.split(", "):
            found[key] = replace(known, file=f"{known.file}, {one.file}")
    return sorted(found.values(), key=lambda one: CHECKS.index(one.check))


def _in_unicode(one: Finding) -> Finding:
    """Write out what no page can hold: half a sign, of a file's name or of spoilt JSON."""
    file, told = (text.encode(errors="backslashreplace").decode() for text in (one.file, one.told))
    return replace(one, file=file, told=told)
