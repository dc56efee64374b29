"""Why an edition is made: what of its inputs, its code or its files is not as it was."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from helpers.run.editions.bundle import Bundle, last_name
from helpers.run.editions.manifest import changed, manifest_name, named, provenance_of
from helpers.run.editions.standing import read_edition
from helpers.study.data import DECIDED, DECIDED_COUNCILS, DECISIONS

NEVER, ALTERED = "never built", "output missing or altered"
# What inputs are called, by how their paths begin; the longest that fits tells.
CALLED = {
    "data/responses/": "answers",
    "data/invitations.csv": "invitations",
    "data/comments/": "released comments",
    "data/": "study",
    "data/study/": "study",
    DECIDED: "what may be shown of all",
    DECIDED_COUNCILS: "what may be shown of all",
    DECISIONS: "what may be shown of it, or its ranks",
    "params/": "parameters or narrative",
    "notebooks/": "template",
    "notebooks/locale/": "translations",
}
MADE_BY = {"python": "Python", "platform": "platform", "locale": "locale", "template": "template"}


def reasons(folder: Path, bundle: Bundle) -> list[str]:
    """Return why an edition is to be made of its bundle; none where it stands and is up to date."""
    found = read_edition(folder, bundle.template, bundle.edition)
    if found is None:
        names = (manifest_name(bundle.edition), *bundle.template.names(bundle.edition))
        failed = (folder / last_name(bundle.edition)).exists()
        stood = failed or any((folder / name).exists() for name in names)
        return [ALTERED if stood else NEVER]
    now = provenance_of(bundle, found.digests, found.manifest.learnt)
    return list(_differences(found.manifest.hashed, now))


def _differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    kinds: dict[str, list[str]] = {}
    for path in changed(before, now, "inputs"):
        kinds.setdefault(_called(path), []).append(Path(path).name)
    for kind, names in kinds.items():
        yield f"{kind} changed: {named(names, ', ')}"
    if places := changed(before, now, "national"):
        yield f"national table: {named(places, '; ')}"
    if files := changed(before, now, "code"):
        yield f"code changed: {named(files, ', ')}"
    if packages := changed(before, now, "packages"):
        yield f"packages changed: {named(packages, ', ')}"
    for part, name in MADE_BY.items():
        if before.get(part) != now[part]:
            yield f"{name} changed"


def _called(path: str) -> str:
    return CALLED[max((start for start in CALLED if path.startswith(start)), key=len)]
