"""One council's parameters, judgements and narrative: the files of params/."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from pydantic import Field

from helpers.errors import CheckFailed, CouncilsRefused, Problem, UsageError, expected
from helpers.study.definition import Study, Text
from helpers.study.files.textfile import as_text, read_content
from helpers.study.files.yamlfile import (
    FORM,
    Day,
    Strict,
    check_model,
    holder_of,
    is_block,
    parse_yaml,
    place,
)

FOLDER = "params"
SUFFIX = ".yaml"
SIGN_OFFS = "sign_offs.yaml"  # of no council: who re-performed which edition
CONFLICT = ".conflict"  # what an editor and the parameter file both changed, to be joined


class Judgement(Strict):
    """An auditor's level in place of the computed one, and why, in each language."""

    level: Literal[1, 2, 3]
    reason: Text


class Parameters(Strict):
    """params/<council>.yaml. `good_practice` left out: cases for the council's weakest themes.

    `mentions` are the other councils that the narrative or a reason may name.
    """

    council: str
    report_date: Day
    editions: list[str]
    good_practice: list[str] | None = None
    judgements: dict[str, Judgement] = Field(default_factory=dict)
    narrative: dict[str, Text] = Field(default_factory=dict)
    comments: list[str] = Field(default_factory=list)  # digests of those that an auditor released
    mentions: list[str] = Field(default_factory=list)

    @property
    def own_text(self) -> bool:
        """Whether auditors wrote anything for this council."""
        return bool(self.narrative or self.judgements)

    @property
    def may_name(self) -> set[str]:
        """The councils that the auditors' own text may name."""
        return {self.council, *self.mentions}

    def for_template(self, study: Study, edition: str) -> dict[str, Any]:
        """Return the values that a template of the study declares: never narrative."""
        parts = {
            "good_practice": study.has_good_practice,
            "judgements": study.has_maturity,
            "comments": study.has_comments,
        }
        names = {"council", "report_date"} | {name for name, has in parts.items() if has}
        return self.model_dump(mode="json", include=names) | {"edition": edition}


@dataclass(frozen=True)
class ParameterFile:
    """Checked parameters with the file they stand in and its nodes, which know their places."""

    name: str
    parameters: Parameters
    nodes: Any
    lines: list[str]
    content: bytes

    def text_place(self, *keys: str) -> tuple[int, int]:
        """Return where a text of the file starts, as the function of this name does."""
        return text_place(self.nodes, self.lines, *keys)


def text_place(nodes: Any, lines: list[str], *keys: str) -> tuple[int, int]:
    """Return line and column, from 1, at which the first character of a text stands.

    `keys` lead to it in the file's nodes, its language last, such as "narrative", "skills", "en".
    """
    language = keys[-1]
    for key in keys[:-1]:
        nodes = nodes[key]
    texts = holder_of(nodes, language)
    line, column = texts.lc.value(language)
    if not is_block(texts[language]):
        return line + 1, column + 1
    first = next((text for text in lines[line + 1 :] if text.strip()), "")
    return line + 2, len(first) - len(first.lstrip(" ")) + 1


def read_each(
    paths: Iterable[Path], study: Study
) -> tuple[dict[str, ParameterFile], list[Problem]]:
    """Read and check files of params/; return those that can be read, and all that is wrong.

    They come by council, in the study's order.
    """
    files, problems = {}, []
    for path in paths:
        try:
            file = read_parameter_file(path, study)
            files[file.parameters.council] = file
        except CheckFailed as failed:
            problems += failed.problems
    return {slug: files[slug] for slug in study.councils if slug in files}, problems


def refuse(problems: Iterable[Problem], study: Study) -> None:
    """Raise CheckFailed if there are problems: CouncilsRefused where each is in a council's file.

    A file that is named for no council is nobody's own: it may be that of one whose reports would
    be taken for dropped.
    """
    found = list(problems)
    if found:
        own = all(council_of(problem.file) in study.councils for problem in found)
        raise (CouncilsRefused if own else CheckFailed)(found)


def parameter_files(workbook: Path) -> list[Path]:
    """Return the files of params/; raises UsageError where there is none."""
    paths = sorted((workbook / FOLDER).glob(f"*{SUFFIX}"))
    paths = [path for path in paths if path.name != SIGN_OFFS]
    if not paths:
        raise UsageError(f"{FOLDER}/: holds no *{SUFFIX}; expected one file a council")
    return paths


def find_strays(workbook: Path) -> list[Problem]:
    """Find what stands in params/ and would be read by nobody; hidden files are left alone."""
    problems = []
    for path in sorted((workbook / FOLDER).glob("[!.]*")):
        if path.suffix == CONFLICT:
            file = f"{FOLDER}/{path.name.split('.')[0]}{SUFFIX}"
            message = (
                "two edits of one text are not joined; "
                f"put the text that you want into {file}, then delete this file"
            )
        elif path.suffix.lower() in (".yml", ".yaml") and path.suffix != SUFFIX:
            message = f"{_UNREAD}; rename it '{path.stem}{SUFFIX}'"
        elif path.suffix != SUFFIX:
            message = f"{_UNREAD}; move it out of {FOLDER}/"
        else:
            continue
        problems.append(Problem(f"{FOLDER}/{path.name}", 1, 1, message))
    return problems


def council_of(file: str) -> str | None:
    """Return the council of which a file of params/ tells by its name; None where it is another.

    >>> council_of("params/torfaen.yaml"), council_of("params/torfaen.skills.en.conflict")
    ('torfaen', 'torfaen')
    >>> council_of("params/sign_offs.yaml"), council_of("data/torfaen.yaml")
    (None, None)
    """
    path = PurePosixPath(file)
    if path.parent != PurePosixPath(FOLDER) or path.name == SIGN_OFFS:
        return None
    if path.suffix == CONFLICT:
        return path.name.split(".")[0]
    return path.stem if path.suffix == SUFFIX else None


_UNREAD = f"not read; expected a file '<council>{SUFFIX}' a council"


def read_parameter_file(path: Path, study: Study) -> ParameterFile:
    """Read one file; raises CheckFailed with each problem as file:line:column."""
    name = f"{FOLDER}/{path.name}"
    content = read_content(path, name)
    text = as_text(content, name, FORM)
    nodes = parse_yaml(text, name)
    parameters = check_parameters(nodes, study, name, path.stem)
    return ParameterFile(name, parameters, nodes, text.splitlines(), content)


def check_parameters(content: Any, study: Study, name: str, council: str) -> Parameters:
    """Return the parameters that `content` holds, which must be those of `council`.

    `name` is what messages call the content. Raises CheckFailed with each problem at its place.
    """
    parameters = check_model(Parameters, content, name)
    problems = [
        Problem(name, *place(content, where), message)
        for where, message in _unknown_names(parameters, study, council)
    ]
    if problems:
        raise CheckFailed(problems)
    return parameters


def _unknown_names(
    given: Parameters, study: Study, stem: str
) -> Iterator[tuple[tuple[int | str, ...], str]]:
    about = study.about
    if wrong := _wrong_council(given.council, study, stem):
        yield ("council",), wrong
    if not given.editions:
        yield ("editions",), f"no edition; {expected('', about.languages)}"
    yield from _unknown("edition", given.editions, about.languages, ("editions",))
    for index, code in enumerate(given.editions):
        if code in given.editions[:index]:
            yield ("editions", index), f"edition '{code}' stands twice"
    yield from _wrong_mentions(given, study)
    cases = study.good_practice.cases
    yield from _unknown("good practice", given.good_practice or (), cases, ("good_practice",))
    yield from _unknown_keys(
        "characteristic", given.judgements, about.characteristics, ("judgements",)
    )
    for key, judgement in given.judgements.items():
        for code in about.languages:
            if not judgement.reason.get(code, "").strip():
                message = (
                    f"judgement on '{key}' has no reason in '{code}'; give it in each language"
                )
                yield ("judgements", key, "reason"), message
        where = ("judgements", key, "reason")
        yield from _unknown_keys("language", judgement.reason, about.languages, where)
    yield from _unknown_keys("theme", given.narrative, about.themes, ("narrative",))
    for theme, texts in given.narrative.items():
        yield from _unknown_keys("language", texts, about.languages, ("narrative", theme))


def _wrong_council(council: str, study: Study, stem: str) -> str:
    """Say what is wrong with the council that a file names, which is the one it is named for."""
    if council not in study.councils:
        return f"unknown council '{council}'; {expected(council, study.councils)}"
    if council == stem:
        return ""
    told = f"council '{council}' in a file named for '{stem}'; expected"
    if stem in study.councils:
        return f"{told} '{stem}'"
    return f"{told} the name '{council}{SUFFIX}': rename the file, or remove it if it is a copy"


def _wrong_mentions(given: Parameters, study: Study) -> Iterator[tuple[tuple[int | str, ...], str]]:
    yield from _unknown("council", given.mentions, study.councils, ("mentions",))
    for index, slug in enumerate(given.mentions):
        if slug == given.council:
            message = f"'{slug}' is the council itself, which may be named; leave it out"
            yield ("mentions", index), message


def _unknown(
    what: str, names: Iterable[str], known: Iterable[str], where: tuple[str, ...]
) -> Iterator[tuple[tuple[int | str, ...], str]]:
    for index, name in enumerate(names):
        if name not in known:
            yield (*where, index), f"unknown {what} '{name}'; {expected(name, known)}"


def _unknown_keys(
    what: str, names: Iterable[str], known: Iterable[str], where: tuple[str, ...]
) -> Iterator[tuple[tuple[int | str, ...], str]]:
    for name in names:
        if name not in known:
            yield (*where, name), f"unknown {what} '{name}'; {expected(name, known)}"
