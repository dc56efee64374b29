"""Compare two registers figure by figure: what moved, and by how much."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Record = dict[str, Any]
NUMBERS, PAIRS = ("value", "count", "base", "population"), ("interval", "difference")
NAMED = 5  # figures in one line
LARGE = 1e15  # no number of a study; beyond it whole numbers are not exact as floats
TYPES: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("expression", "statistic", "kind", "display"), (str,)),
    **dict.fromkeys(NUMBERS, (int, float, type(None))),
    **dict.fromkeys(PAIRS, (list, type(None))),
    "prose": (list,),
    "drawn": (int, type(None)),
}
SAID = ("how", "claim", "display")
UNTOLD = {"drawn", "display", "prose"}  # told otherwise


def is_record(record: Any) -> bool:
    """Say whether something has the parts of a figure's record that a review reads."""
    if not isinstance(record, dict) or not TYPES.keys() <= record.keys():
        return False
    if not all(isinstance(record[key], kinds) for key, kinds in TYPES.items()):
        return False
    numbers = [record[key] for key in NUMBERS]
    for key in PAIRS:
        ends = [0, 0] if record[key] is None else record[key]
        numbers += ends if len(ends) == len(PAIRS) else [""]
    return all(map(_is_number, numbers)) and all(map(_is_prose, record["prose"]))


def _is_number(value: Any) -> bool:
    return value is None or (type(value) in (int, float) and abs(value) < LARGE)


def _is_prose(said: Any) -> bool:
    return isinstance(said, dict) and all(isinstance(said.get(key), str) for key in SAID)


def by_expression(register: Iterable[Record]) -> dict[str, Record]:
    """Return a register's records by the figures' expressions."""
    return {record["expression"]: record for record in register}


def compare_registers(
    before: Iterable[Record], after: Iterable[Record]
) -> Iterator[tuple[str, str]]:
    """Yield the expression of each figure that is not the same, and how it differs."""
    old, new = by_expression(before), by_expression(after)
    for expression in dict.fromkeys([*old, *new]):
        if expression not in new:
            yield expression, f"{expression}: was {show(old[expression])}; is no longer there"
        elif expression not in old:
            yield expression, f"{expression}: was not there; is {show(new[expression])}"
        elif old[expression] != new[expression]:
            told = describe_change(old[expression], new[expression])
            yield expression, f"{expression}: {told}"


def name_shown(shown: Iterable[str], moved: Iterable[str]) -> str:
    """Name the figures that a file shows and that moved, in the order of the registers.

    How they moved is told of the registers. Empty where it shows none.
    """
    known = set(shown)
    names = [expression for expression in moved if expression in known]
    if not names:
        return ""
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return f"shows figures that came out otherwise: {', '.join(names[:NAMED])}{more}"


def describe_change(old: Record, new: Record) -> str:
    """Say what was and what is, and by how much the number moved."""
    was, now = show(old), show(new)
    if was != now:
        return f"was {was}; is {now}{_moved(old, new)}"
    parts = [key for key in old if old[key] != new.get(key) and key not in UNTOLD]
    told = [f"{key} was {old[key]}; is {new.get(key)}" for key in parts]
    return "; ".join([*told, *_prose(old, new)]) or "drawn in another place"


def show(record: Mapping[str, Any]) -> str:
    """Return a figure as it is printed, with the people behind it where they may be told."""
    if record["count"] is None or record["base"] is None:
        return str(record["display"])
    return f"{record['display']} ({record['count']} of {record['base']})"


def _moved(old: Record, new: Record) -> str:
    if old["value"] is None or new["value"] is None:
        return ""
    apart = new["value"] - old["value"]
    if old["kind"] in ("share", "difference"):
        return f" ({apart * 100:+.1f} percentage points)"
    return f" ({apart:+g})"


def _prose(old: Record, new: Record) -> list[str]:
    was, now = ({said["how"]: said["display"] for said in side["prose"]} for side in (old, new))
    return [
        f"{how} printed “{was.get(how, '')}”; prints “{now.get(how, '')}”"
        for how in dict.fromkeys([*was, *now])
        if was.get(how) != now.get(how)
    ]
