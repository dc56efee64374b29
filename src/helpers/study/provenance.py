"""What datapackage.json says of the data: published, or illustrative."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator

from helpers.errors import CheckFailed, Problem, expected
from helpers.study.definition import Study
from helpers.study.files.jsonfile import read_json
from helpers.study.files.yamlfile import Line, Strict, check_model, place, read_yaml
from helpers.study.imported import Import, never_imported
from helpers.study.responses import INVITATIONS, comment_file, response_file

Status = Literal["published", "illustrative"]
PACKAGE = "data/datapackage.json"
FEW = 5  # councils that a message names
MOST = 1_000_000  # values in the package


def _as_list(paths: object) -> object:
    return [paths] if isinstance(paths, str) else paths


def _inside(path: str) -> str:
    """Refuse what the Data Package standard forbids: a path that is absolute or leads upwards."""
    if path.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", path) or ":" in path:
        raise ValueError(f"the path {path!r} leads out of data/; expected one inside of it")
    return path


Inside = Annotated[str, AfterValidator(_inside)]


class Known(Strict):
    """What a source tells of a council though the resource as a whole is illustrative."""

    council: str
    groups: list[str]
    source: Line


class Resource(BaseModel):
    """One or more files under data/; other keys than ours are the Data Package standard's."""

    path: Annotated[list[Inside], BeforeValidator(_as_list)]
    title: Line
    provenance: Status
    published: list[Known] = []
    imports: list[Import] = []


class Package(BaseModel):
    """datapackage.json."""

    resources: list[Resource]


@dataclass(frozen=True)
class Provenance:
    """The resources of the data package by path under data/."""

    resources: Mapping[str, Resource]

    def of_replies(self, council: str, group: str) -> tuple[Status, str]:
        """Return status and source of how many were invited and replied."""
        if inside_data(INVITATIONS) not in self.resources:
            return self.of_answers()
        resource = self.resources[inside_data(INVITATIONS)]
        for known in resource.published:
            if known.council == council and group in known.groups:
                return "published", known.source
        return resource.provenance, resource.title

    def of_answers(self) -> tuple[Status, str]:
        """Return status and source of what people answered: published only if all files are."""
        files = [found for path, found in self.resources.items() if path.startswith("responses/")]
        published = all(found.provenance == "published" for found in files)
        return "published" if published else "illustrative", files[0].title

    def of_comments(self, tools: Iterable[str]) -> Status:
        """Return the status of what people wrote: published only if all of the tools' files are."""
        found = [self.resources[inside_data(comment_file(tool))].provenance for tool in tools]
        return "published" if set(found) == {"published"} else "illustrative"

    @property
    def illustrative(self) -> bool:
        """Whether any number of the data is not published."""
        return any(found.provenance == "illustrative" for found in self.resources.values())


def read_provenance(workbook: Path) -> Provenance:
    """Read datapackage.json; raises CheckFailed where it does not say what is published."""
    package = _read_package(workbook)
    return Provenance({path: found for found in package.resources for path in found.path})


def check_provenance(workbook: Path, study: Study) -> None:
    """See that the package describes all answers, and knows what it names; raises CheckFailed."""
    files = [comment_file(tool) for tool in study.questionnaire.tools]
    comments = [inside_data(file) for file in files if (workbook / file).exists()]
    package = _read_package(workbook)
    loose_ends = list(_loose_ends(package, study, comments))
    loose_ends += _called_published(workbook, package, study)
    if loose_ends:
        nodes = _nodes(workbook)
        raise CheckFailed(Problem(PACKAGE, *place(nodes, at), told) for at, told in loose_ends)


def _loose_ends(
    package: Package, study: Study, comments: list[str]
) -> Iterator[tuple[tuple[int | str, ...], str]]:
    answers = [inside_data(response_file(tool)) for tool in study.questionnaire.tools]
    described = {path for resource in package.resources for path in resource.path}
    invitations = [inside_data(INVITATIONS)] if study.population_known else []
    for path in [*invitations, *answers, *comments]:
        if path not in described:
            message = f"no resource has the path '{path}'; describe it, with provenance"
            yield ("resources",), message
    for number, resource in enumerate(package.resources):
        at: tuple[int | str, ...] = ("resources", number)
        for path in resource.path:
            if path.startswith("responses/") and path not in answers:
                yield (*at, "path"), f"unknown answers '{path}'; {expected(path, answers)}"
        for row, known in enumerate(resource.published):
            where = (*at, "published", row)
            if known.council not in study.councils:
                hint = expected(known.council, study.councils)
                yield (*where, "council"), f"unknown council '{known.council}'; {hint}"
            for place_in_list, group in enumerate(known.groups):
                if group not in study.groups:
                    message = f"unknown group '{group}'; {expected(group, study.groups)}"
                    yield (*where, "groups", place_in_list), message


def _called_published(
    workbook: Path, package: Package, study: Study
) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Find files that are called published though imports brought only a part of them."""
    numbers = {path: at for at, found in enumerate(package.resources) for path in found.path}
    resources = {path: package.resources[at] for path, at in numbers.items()}
    for tool in study.questionnaire.tools:
        answers = resources.get(inside_data(response_file(tool)))
        for file in (response_file(tool), comment_file(tool)):
            path = inside_data(file)
            if answers and path in resources and resources[path].provenance == "published":
                councils = never_imported(workbook, answers.imports, file)
                if councils:
                    message = f"'published', but {_not_brought(councils)} of '{path}'"
                    where = ("resources", numbers[path], "provenance")
                    yield where, f"{message}; import or remove them, or call it 'illustrative'"


def _not_brought(councils: list[str]) -> str:
    named = ", ".join(councils[:FEW]) + (" …" if len(councils) > FEW else "")
    return f"no import brought {named} ({len(councils)} councils)"


def inside_data(file: str) -> str:
    """Return a file's path as the data package gives it: from data/ on."""
    return file.removeprefix("data/")


def _read_package(workbook: Path) -> Package:
    content = read_json(workbook / PACKAGE, PACKAGE, "figures need it")
    try:
        return check_model(Package, content, PACKAGE)
    except CheckFailed:  # JSON is YAML too, and read so, a thousand times slower, it has places
        return check_model(Package, _nodes(workbook), PACKAGE)


def _nodes(workbook: Path) -> Any:
    """Return the package's nodes; its log names each council of each import."""
    return read_yaml(workbook / PACKAGE, PACKAGE, most=MOST)
