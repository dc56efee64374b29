"""Find or describe a tool's files in the data package."""

from typing import Any

from helpers.errors import CheckFailed, Problem
from helpers.study.provenance import PACKAGE, inside_data


def answers_resource(package: dict[str, Any], file: str) -> dict[str, Any]:
    """Return the resource of a tool's answers, which describes no other file."""
    path = inside_data(file)
    for resource in package["resources"]:
        paths = _paths(resource)
        if path in paths and len(paths) > 1:
            message = f"'{path}' shares a resource; give it its own, in which imports are logged"
            raise CheckFailed([Problem(PACKAGE, 1, 1, message)])
        if path in paths:
            found: dict[str, Any] = resource
            return found
    message = f"no resource has the path '{path}'; describe it, with provenance"
    raise CheckFailed([Problem(PACKAGE, 1, 1, message)])


def _paths(resource: dict[str, Any]) -> list[str]:
    path: str | list[str] = resource["path"]
    return [path] if isinstance(path, str) else path


def describe_comments(package: dict[str, Any], answers: dict[str, Any], file: str) -> None:
    """Add the comments' file to the package, with the provenance of the answers beside it."""
    path = inside_data(file)
    if any(path in _paths(resource) for resource in package["resources"]):
        return
    told = {
        "council": "Slug of the organisation",
        "theme": "Theme that the comment is on",
        "comment": "What one person wrote, with e-mail addresses, telephone numbers, postcodes "
        "and national insurance numbers masked",
    }
    described = {
        "name": answers.get("name", path).replace("responses", "comments"),
        "path": path,
        "title": "Comments",
        "description": "A row a comment, in an order that leads to nobody's answers.",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "provenance": answers["provenance"],
        "schema": {
            "fields": [
                {"name": name, "type": "string", "description": text} for name, text in told.items()
            ]
        },
    }
    described |= {key: answers[key] for key in ("licenses", "sources") if key in answers}
    package["resources"].insert(package["resources"].index(answers) + 1, described)
