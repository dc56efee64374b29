"""Tell what stands in outputs/: each council's editions, how fresh they are, and its downloads."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from helpers.report.narrative import is_draft
from helpers.report.site import Entry, Standing
from helpers.run.bundle import Bundle, make_bundles
from helpers.run.deciding import Decided
from helpers.run.manifest import manifest_name, provenance_of
from helpers.study.folder import OUTPUTS


def entries_of(decided: Decided) -> Iterator[Entry]:
    """Yield what the index says of each council."""
    checked = decided.checked
    first = checked.study.about.languages[0]
    for council, file in checked.parameters.items():
        folder = checked.workbook / OUTPUTS / council
        bundles = make_bundles(checked, council, decided.national) if folder.exists() else ()
        standing = (_standing(folder, bundle) for bundle in bundles)
        yield Entry(
            council,
            tuple(edition for edition in standing if edition),
            frozenset(path.name for path in folder.glob("*.*")),
            is_draft(file.parameters.narrative, file.parameters.editions),
            decided.measures(council)[first],
        )


def _standing(folder: Path, bundle: Bundle) -> Standing | None:
    """Return what an edition's manifest tells of it; None where it was not made."""
    try:
        manifest = json.loads((folder / manifest_name(bundle.edition)).read_bytes())
        made = date.fromisoformat(manifest["unhashed"]["made"][:10])
        now = provenance_of(bundle, {}) | {"outputs": manifest["hashed"]["outputs"]}
        return Standing(bundle.edition, made, current=manifest["hashed"] == now)
    except (OSError, ValueError, LookupError, TypeError):  # none is there, or somebody spoilt it
        return None
