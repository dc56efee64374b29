"""One council's parameters, judgements and narrative: the files of params/."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from helpers.errors import CheckFailed, Problem, UsageError, expected
from helpers.study.definition import Study, Text
from helpers.study.yamlfile import Day, Strict, check_model, place, read_yaml

FOLDER = "params"


class Judgement(Strict):
    """An auditor's level in place of the computed one, and why, in each language."""

    level: Literal[1, 2, 3]
    reason: Text


class Parameters(Strict):
    """params/<council>.yaml. `good_practice` left out: cases for the council's weakest themes."""

    council: str
    report_date: Day
    editions: list[str]
    good_practice: list[str] | None = None
    judgements: dict[str, Judgement] = Field(default_factory=dict)
    narrative: dict[str, Text] = Field(default_factory=dict)

    def for_template(self, edition: str) -> dict[str, Any]:
        """Return the values that the template declares: never narrative."""
        kept = self.model_dump(mode="json", include={"council", "report_date", "good_practice"})
        judgements = {key: value.model_dump() for key, value in self.judgements.items()}
        return kept | {"edition": edition, "judgements": judgements}


@dataclass(frozen=True)
class ParameterFile:
    """Checked parameters with the file they stand in and its nodes, which know their places."""

    name: str
    parameters: Parameters
    nodes: Any

    def narrative_place(self, theme: str, language: str) -> tuple[int, int]:
        """Return line and column, from 1, at which a narrative's first character stands."""
        texts = self.nodes["narrative"][theme]
        line, column = texts.lc.value(language)
        block = getattr(texts[language], "style", "") in ("|", ">")  # as ruamel keeps them
        if not block and "\n" not in texts[language]:
            return line + 1, column + 1
        return line + 2, texts.lc.col + 3  # the block starts on the next line, one step in


def read_parameters(workbook: Path, study: Study) -> dict[str, ParameterFile]:
    """Read and check every file of params/, by council in the study's order.

    Raises CheckFailed with all problems of all files.
    """
    files, problems = {}, []
    for path in sorted((workbook / FOLDER).glob("*.yaml")):
        try:
            file = read_parameter_file(path, study)
            files[file.parameters.council] = file
        except CheckFailed as failed:
            problems += failed.problems
    if problems:
        raise CheckFailed(problems)
    if not files:
        raise UsageError(f"{FOLDER}/: holds no *.yaml; expected one file a council")
    return {slug: files[slug] for slug in study.councils if slug in files}


def read_parameter_file(path: Path, study: Study) -> ParameterFile:
    """Read one file; raises CheckFailed with each problem as file:line:column."""
    name = f"{FOLDER}/{path.name}"
    nodes = read_yaml(path, name)
    file = ParameterFile(name, check_model(Parameters, nodes, name), nodes)
    problems = [
        Problem(name, *place(nodes, where), message)
        for where, message in _unknown_names(file.parameters, study, path.stem)
    ]
    if problems:
        raise CheckFailed(problems)
    return file


def _unknown_names(
    given: Parameters, study: Study, stem: str
) -> Iterator[tuple[tuple[int | str, ...], str]]:
    about = study.about
    if given.council not in study.councils:
        hint = expected(given.council, study.councils)
        yield ("council",), f"unknown council '{given.council}'; {hint}"
    elif given.council != stem:
        message = f"council '{given.council}' in a file named for '{stem}'; expected '{stem}'"
        yield ("council",), message
    yield from _unknown("edition", given.editions, about.languages, ("editions",))
    cases = study.good_practice.cases
    yield from _unknown("good practice", given.good_practice or (), cases, ("good_practice",))
    yield from _unknown_keys(
        "characteristic", given.judgements, about.characteristics, "judgements"
    )
    for key, judgement in given.judgements.items():
        for code in about.languages:
            if not judgement.reason.get(code, "").strip():
                message = (
                    f"judgement on '{key}' has no reason in '{code}'; give it in each language"
                )
                yield ("judgements", key, "reason"), message
    yield from _unknown_keys("theme", given.narrative, about.themes, "narrative")
    for theme, texts in given.narrative.items():
        for code in texts:
            if code not in about.languages:
                message = f"unknown language '{code}'; {expected(code, about.languages)}"
                yield ("narrative", theme, code), message


def _unknown(
    what: str, names: Iterable[str], known: Iterable[str], where: tuple[str, ...]
) -> Iterator[tuple[tuple[int | str, ...], str]]:
    for index, name in enumerate(names):
        if name not in known:
            yield (*where, index), f"unknown {what} '{name}'; {expected(name, known)}"


def _unknown_keys(
    what: str, names: Iterable[str], known: Iterable[str], where: str
) -> Iterator[tuple[tuple[int | str, ...], str]]:
    for name in names:
        if name not in known:
            yield (where, name), f"unknown {what} '{name}'; {expected(name, known)}"
