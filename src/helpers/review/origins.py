"""What an edition was made of and by: whether it stands here today as its manifest records."""

from collections.abc import Iterator, Mapping
from typing import Any

from helpers.review.findings import Finding
from helpers.run.editions.bundle import Bundle
from helpers.run.editions.environment import made_by
from helpers.run.editions.manifest import Manifest, provenance_of
from helpers.study.data import DECIDED, DECIDED_COUNCILS, DECISIONS

ENVIRONMENT = ("python", "platform", "locale")  # what is told, but is no difference by itself
TABLE = "national table"  # where a value that all councils share is told of
WHAT = {  # of the parts of a bundle that are no file of the workbook
    DECIDED: "the table of all councils' answers, as decided,",
    DECISIONS: "what may be shown of the council, as decided,",
    DECIDED_COUNCILS: "the table of what the overview may know of each council",
}


def check_origins(manifest: Manifest, bundle: Bundle) -> Iterator[Finding]:
    """Name each input and each file of the code that is not the recorded one.

    Today's, which are used, are those of `bundle`.
    """
    today = provenance_of(bundle, {}, manifest.learnt)
    for part in ("inputs", "national", "code"):
        before, now = manifest.hashed.get(part, {}), today[part]
        for name in sorted(before.keys() | now.keys()):
            if before.get(name) == now.get(name):
                continue
            state = "is new" if name not in before else "changed" if now.get(name) else "is gone"
            file, what = _named(part, name)
            told = f"{what} {state} since the report was made; today's is used"
            yield Finding("inputs", file, told)


def _named(part: str, name: str) -> tuple[str, str]:
    """Return the file that a reviewer looks at, and what of it: a place of a table, or all."""
    if part == "national":
        return TABLE, f"“{name}”"
    return f"src/helpers/{name}" if part == "code" else name, WHAT.get(name, "it")


def changed_environment(hashed: Mapping[str, Any]) -> list[str]:
    """Return what an edition was made with that is different here: a note, not a difference."""
    now = made_by()
    packages, here = hashed.get("packages", {}), now["packages"]
    changed = [
        f"{name} {packages.get(name, 'none')}, here {here.get(name, 'none')}"
        for name in sorted(packages.keys() | here.keys())
        if packages.get(name) != here.get(name)
    ]
    moved = [key for key in ENVIRONMENT if hashed.get(key) != now[key]]
    return [f"{key} {hashed.get(key)}, here {now[key]}" for key in moved] + changed
