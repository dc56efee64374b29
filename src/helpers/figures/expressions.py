"""The grammar of inline figures: a call of a known measure, and what a sentence prints of it.

`agree("L2", group="officers")`, `agree("L2").count` and `agree("L2").says("around half")` are
parsed, never run: one parser serves check, engine and register.
"""

import ast
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from inspect import Signature
from warnings import catch_warnings, simplefilter

from helpers.errors import ExpressionError, expected

LONGEST = 200  # characters; a call of a measure needs far fewer
AT_HAND = 1000  # expressions; a report has some three hundred, each read several times
ATTRIBUTES = ("words", "count", "base", "interval")
SAYS = "says"
Argument = str | int


@dataclass(frozen=True)
class Call:
    """A measure's name with its arguments, as written."""

    measure: str
    positional: tuple[Argument, ...]
    named: tuple[tuple[str, Argument], ...]


@dataclass(frozen=True)
class Expression:
    """A call, and what a sentence prints of its figure: the number, an attribute, or a claim.

    `attribute` is empty, one of ATTRIBUTES, or `says`, which alone has a `form`: the words.
    """

    call: Call
    attribute: str = ""
    form: str = ""

    @property
    def suffix(self) -> str:
        """What stands behind the call."""
        said = f'("{self.form}")' if self.attribute == SAYS else ""
        return f".{self.attribute}{said}" if self.attribute else ""


@lru_cache(AT_HAND)
def parse(text: str) -> Expression:
    """Return the expression that `text` is; raises ExpressionError for anything else.

    >>> parse('agree("L2", group="officers").count').attribute
    'count'
    """
    if len(text) > LONGEST:
        raise _refused(text[:40] + "…", f"longer than {LONGEST} characters")
    try:
        with catch_warnings():
            simplefilter("ignore")  # Python's own advice on how to write
            node = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise _refused(text, "not readable") from None
    if isinstance(node, ast.Attribute):
        return Expression(_call(node.value, text), _attribute(node))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return Expression(_call(node.func.value, text), SAYS, _form(node, node.func))
    return Expression(_call(node, text))


def _call(node: ast.expr, text: str) -> Call:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        raise _refused(text, "not a call of a measure")
    names = [item.arg for item in node.keywords]
    if len(set(names)) < len(names):  # the compiler refuses this, ast.parse does not
        raise _refused(text, "a call that names an argument twice")
    return Call(
        node.func.id,
        tuple(_literal(argument, text) for argument in node.args),
        tuple((_name(item, text), _literal(item.value, text)) for item in node.keywords),
    )


def _attribute(node: ast.Attribute) -> str:
    if node.attr not in ATTRIBUTES:
        known = expected(node.attr, [*ATTRIBUTES, f'{SAYS}("…")'])
        raise ExpressionError(f"unknown attribute '.{node.attr}'; {known}")
    return node.attr


def _form(node: ast.Call, method: ast.Attribute) -> str:
    form = node.args[0] if len(node.args) == 1 and not node.keywords else None
    if method.attr != SAYS:
        known = expected(method.attr, [SAYS])
        raise ExpressionError(f"unknown method '.{method.attr}()'; {known}")
    if not isinstance(form, ast.Constant) or not isinstance(form.value, str):
        raise ExpressionError('.says() takes words in quotes, such as .says("around half")')
    return form.value


def bind(
    call: Call, measures: Mapping[str, Signature], names: Mapping[str, Collection[Argument]]
) -> dict[str, Argument]:
    """Return the call's arguments by parameter, defaults filled in.

    `names` lists for each parameter what it may be. Raises ExpressionError that names what is
    wrong and the nearest right name.
    """
    arguments = arguments_of(call, measures)
    for parameter, value in arguments.items():
        if value not in names[parameter]:
            known = expected(value, map(str, names[parameter]))
            raise ExpressionError(f"{call.measure}: unknown {parameter} '{value}'; {known}")
    return arguments


def arguments_of(call: Call, measures: Mapping[str, Signature]) -> dict[str, Argument]:
    """Return the arguments by parameter, whatever their values; raises ExpressionError."""
    if call.measure not in measures:
        known = expected(call.measure, measures)
        raise ExpressionError(f"unknown measure '{call.measure}'; {known}")
    signature = measures[call.measure]
    try:
        bound = signature.bind(*call.positional, **dict(call.named))
    except TypeError as error:
        usage = f"{call.measure}{signature}"
        raise ExpressionError(f"{call.measure}: {error}; expected {usage}") from None
    bound.apply_defaults()
    return dict(bound.arguments)


def canonical(measure: str, arguments: Mapping[str, Argument], signature: Signature) -> str:
    """Write a bound call in the one form that the register uses: defaults left out."""
    written = []
    for index, (name, parameter) in enumerate(signature.parameters.items()):
        value = arguments[name]
        if index == 0:
            written.append(_quoted(value))
        elif value != parameter.default:
            written.append(f"{name}={_quoted(value)}")
    return f"{measure}({', '.join(written)})"


def _quoted(value: Argument) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def _name(item: ast.keyword, text: str) -> str:
    if item.arg is None:
        raise _refused(text, "a call with '**'")
    return item.arg


def _literal(node: ast.expr, text: str) -> Argument:
    if isinstance(node, ast.Constant) and type(node.value) in (str, int):
        return node.value  # type: ignore[return-value]  # just tested
    raise _refused(text, "a call with an argument that is neither text nor a whole number")


def _refused(text: str, why: str) -> ExpressionError:
    form = 'a measure with names in quotes, such as agree("Q1", group="total")'
    return ExpressionError(f"'{text}' is {why}; expected {form}")
