"""What datapackage.json says of the data: published, or illustrative."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from helpers.errors import CheckFailed, Problem, expected

Status = Literal["published", "illustrative"]
PACKAGE = "data/datapackage.json"


@dataclass(frozen=True)
class Provenance:
    """The resources of the data package by path under data/."""

    resources: Mapping[str, Mapping[str, Any]]

    def of_replies(self, council: str, group: str) -> tuple[Status, str]:
        """Return status and source of how many were invited and replied."""
        resource = self.resources["invitations.csv"]
        for known in resource.get("published", []):
            if known["council"] == council and group in known["groups"]:
                return "published", known["source"]
        return resource["provenance"], resource["title"]

    def of_answers(self) -> tuple[Status, str]:
        """Return status and source of what people answered: published only if all files are."""
        files = [found for path, found in self.resources.items() if path.startswith("responses/")]
        published = all(found["provenance"] == "published" for found in files)
        return "published" if published else "illustrative", files[0]["title"]

    @property
    def illustrative(self) -> bool:
        """Whether any number of the data is not published."""
        return any(found["provenance"] == "illustrative" for found in self.resources.values())


def read_provenance(workbook: Path) -> Provenance:
    """Read datapackage.json; raises CheckFailed where it does not say what is published."""
    try:
        package = json.loads((workbook / PACKAGE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CheckFailed([Problem(PACKAGE, 1, 1, "missing file; figures need it")]) from None
    except UnicodeDecodeError:
        raise CheckFailed([Problem(PACKAGE, 1, 1, "not in UTF-8; save it as UTF-8")]) from None
    except json.JSONDecodeError as error:
        problem = Problem(PACKAGE, error.lineno, error.colno, f"not JSON: {error.msg}")
        raise CheckFailed([problem]) from None
    resources: dict[str, Mapping[str, Any]] = {}
    listed = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(listed, list):
        problem = Problem(PACKAGE, 1, 1, "no data package; expected a mapping with 'resources'")
        raise CheckFailed([problem])
    for number, resource in enumerate(listed):
        if not isinstance(resource, dict) or not {"path", "title"} <= resource.keys():
            message = f"resource {number + 1} lacks path or title; expected a mapping with both"
            raise CheckFailed([Problem(PACKAGE, 1, 1, message)])
        paths = resource["path"]
        if resource.get("provenance") not in get_args(Status):
            message = f"'{paths}' has no provenance; {expected('', get_args(Status))}"
            raise CheckFailed([Problem(PACKAGE, 1, 1, message)])
        for path in [paths] if isinstance(paths, str) else paths:
            resources[path] = resource
    return Provenance(resources)
