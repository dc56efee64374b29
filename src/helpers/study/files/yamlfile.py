"""Read YAML and check it against a pydantic model; every problem has its line and column."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Any, TypeVar
from warnings import catch_warnings

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    ValidationError,
)
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedBase
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.scalarstring import FoldedScalarString, LiteralScalarString

from helpers.errors import CheckFailed, Problem, expected, shortened
from helpers.study.files.spelling import UNSEEN
from helpers.study.files.textfile import read_text
from helpers.study.files.yamlbounds import MOST, Bounded
from helpers.study.files.yamlmistakes import explain_mistake

FORM = "YAML in UTF-8"
LONGEST = 100  # characters of a value that a message quotes


class Strict(BaseModel):
    """A mapping in a YAML file: every key known, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=BaseModel)
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=60)]


def _day(value: object) -> date:
    if value is None:
        raise ValueError("no date; expected a date such as 2026-01-31")
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"bad date {str(value)!r}; expected a date such as 2026-01-31") from None


Day = Annotated[date, BeforeValidator(_day)]


def _pattern(text: str) -> str:
    try:
        with catch_warnings(action="error"):  # of what another Python may read otherwise
            re.compile(text)
    except (re.error, OverflowError, RecursionError, Warning) as error:
        told = shortened(repr(text), LONGEST)
        raise ValueError(f"{told} is no regular expression: {error}") from None
    return text


Pattern = Annotated[str, AfterValidator(_pattern)]


def _seen(text: str) -> str:
    if found := re.search(UNSEEN, text):
        raise ValueError(f"U+{ord(found[0]):04X} is a sign that is not seen; delete it")
    return text


Line = Annotated[str, AfterValidator(_seen)]  # of words that a page prints as they are


class _PlainDates(RoundTripConstructor):
    """Leave dates as text, so that a bad one is a problem with a place and not a crash."""


_PlainDates.add_constructor("tag:yaml.org,2002:timestamp", _PlainDates.construct_scalar)


def read_yaml(path: Path, name: str, most: int = MOST) -> Any:
    """Return the file's content as ruamel round-trip nodes, which know their places.

    `name` is what messages call the file, and `most` how many values it may hold. Raises
    CheckFailed where it is not YAML in UTF-8, or more than a person would write.
    """
    return parse_yaml(read_text(path, name, FORM), name, most)


def parse_yaml(text: str, name: str, most: int = MOST) -> Any:
    """Return the content of a YAML text as read_yaml does that of a file."""
    with _explained(text, name):
        return _parser(most).load(text)


def compose_yaml(text: str, name: str) -> Any:
    """Return a YAML text's tree of ruamel nodes, each with the marks where it starts and ends."""
    with _explained(text, name):
        return _parser(MOST).compose(text)


def _parser(most: int) -> YAML:
    yaml = YAML(typ="rt")
    yaml.Composer = partial(Bounded, most)  # type: ignore[assignment]  # which ruamel only calls
    yaml.Constructor = _PlainDates
    return yaml


@contextmanager
def _explained(text: str, name: str) -> Iterator[None]:
    try:
        yield
    except MarkedYAMLError as error:
        line, column, what = explain_mistake(error, text)
        raise CheckFailed([Problem(name, line, column, f"not valid YAML: {what}")]) from None
    except ReaderError as error:
        before = text[: error.position].split("\n")
        message = f"not valid YAML: U+{error.character:04X} is a sign that is not seen; delete it"
        raise CheckFailed([Problem(name, len(before), len(before[-1]) + 1, message)]) from None
    except (AssertionError, NotImplementedError):  # where ruamel gives up on a comment
        message = "not valid YAML: a comment stands where none can be kept; delete or move it"
        raise CheckFailed([Problem(name, 1, 1, message)]) from None
    except (YAMLError, ValueError) as error:
        message = f"not valid YAML: {str(error).splitlines()[0]}"
        raise CheckFailed([Problem(name, 1, 1, message)]) from None


def place(node: Any, where: tuple[int | str, ...]) -> tuple[int, int]:
    """Return line and column, from 1, of the value or key that `where` leads to in `node`."""
    line, column = 0, 0
    for step in where:
        if not isinstance(node, CommentedBase):
            break
        try:
            known = isinstance(node, Mapping)
            line, column = node.lc.key(step) if known else node.lc.item(step)
            node = node[step]  # type: ignore[index]  # a mapping or a sequence, as just found
        except (KeyError, IndexError, TypeError):
            break
    return line + 1, column + 1


def holder_of(node: Any, key: str) -> Any:
    """Return the mapping in which `key` is written: the node, or one merged into it by `<<`."""
    for found in (node, *getattr(node.merge, "value", ())):
        if key in (found.lc.data or ()):  # None where all is merged
            return found
    return node


def is_block(text: object) -> bool:
    """Say whether a text was written as a block, by `|` or `>`: it starts on the next line."""
    return isinstance(text, LiteralScalarString | FoldedScalarString)


def check_model(model: type[Model], content: Any, name: str) -> Model:
    """Return `content` as `model`; raises CheckFailed with each problem and its place."""
    try:
        return model.model_validate(content)
    except ValidationError as error:
        problems = []
        for detail in error.errors():
            where = tuple(step for step in detail["loc"] if step != "[key]")
            line, column = place(content, where)
            problems.append(Problem(name, line, column, _explain(dict(detail), model)))
        raise CheckFailed(problems) from None


_KINDS = {
    "invalid_key": "text",
    "string_type": "text",
    "dict_type": "a mapping of names to values",
    "model_type": "a mapping of names to values",
    "list_type": "a list",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
}


def _explain(detail: dict[str, Any], model: type[BaseModel]) -> str:
    key = str(detail["loc"][-1]) if detail["loc"] else ""
    name = {"": "the file", "[key]": "a key"}.get(key, f"'{key}'")
    if len(detail["loc"]) > 1 and isinstance(detail["loc"][-1], int):
        name = f"item {detail['loc'][-1] + 1} of '{detail['loc'][-2]}'"
    match detail["type"]:
        case "extra_forbidden":
            return f"unknown key '{key}'; {expected(key, _keys_at(model, detail['loc'][:-1]))}"
        case "missing":
            return f"missing key '{key}'; add it"
        case "value_error":
            return str(detail["ctx"]["error"])
        case kind if kind in _KINDS:
            wanted = _KINDS[kind]
        case "string_pattern_mismatch":
            wanted = f"the form {detail['ctx']['pattern']}"
        case "string_too_long":
            wanted = f"at most {detail['ctx']['max_length']} characters"
        case "too_short":
            wanted = f"at least {detail['ctx']['min_length']}"
        case _:
            wanted = detail["msg"].removeprefix("Input should be ")
    given = detail["input"]
    told = "empty" if given is None else shortened(repr(given), LONGEST)
    quotes = ", in quotes" if wanted == "text" and isinstance(given, int | float) else ""
    return f"{name} is {told}; expected {wanted}{quotes}"


def _keys_at(model: type[BaseModel], where: tuple[int | str, ...]) -> list[str]:
    """Return the keys that the model at `where` knows, following fields and their contents."""
    kind: Any = model
    for step in where:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            kind = kind.model_fields[str(step)].annotation
        else:
            kind = kind.__args__[-1]
        options: tuple[Any, ...] = getattr(kind, "__args__", ())
        if type(None) in options:
            kind = options[0]
    return list(kind.model_fields)
