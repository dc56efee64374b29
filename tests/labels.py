"""The labels in use, read from the code; `python tests/labels.py` writes them to labels.pot."""

import ast
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

SOURCE = Path(__file__).parents[1] / "src" / "helpers"
LOCALE = SOURCE / "report" / "languages" / "locale"
TEMPLATE = LOCALE / "labels.pot"
Label = str | tuple[str, str]  # one that counts has a plural


def modules() -> dict[str, ast.Module]:
    return {
        path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(SOURCE.rglob("*.py"))
    }


def all_labels() -> set[Label]:
    return {label for tree in modules().values() for label in labels_of(tree)}


def labels_of(tree: ast.Module) -> Iterator[Label]:
    """Yield each text that a module gives to label(...) or counted(...), straight or by a name."""
    values = named_values(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if called(node) == "label" and node.args:
                yield from texts(node.args[0], values)
            if called(node) == "map" and getattr(node.args[0], "id", "") == "label":
                yield from texts(node.args[1], values)
            if called(node) == "counted":
                one, more = (next(texts(given, values)) for given in node.args[1:3])
                yield one, more


def called(call: ast.Call) -> str:
    return str(getattr(call.func, "id", getattr(call.func, "attr", "")))


def named_values(tree: ast.Module) -> dict[str, list[ast.expr]]:
    """What a module assigns to each name or lets it run through; what it imports, too."""
    values: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            values.setdefault(node.targets[0].id, []).append(node.value)
        if isinstance(node, ast.comprehension) and isinstance(node.target, ast.Name):
            values.setdefault(node.target.id, []).append(node.iter)
    return values


def texts(node: ast.expr, values: dict[str, list[ast.expr]]) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Dict(values=parts):
            for part in parts:
                yield from texts(part, values)
        case ast.Subscript(value=table):
            yield from texts(table, values)
        case ast.Name(id=name):
            for value in values.get(name, []):
                yield from texts(value, values)


def write_template() -> None:
    catalogue = Catalog(fuzzy=False)
    for label in sorted(all_labels(), key=str):
        catalogue.add(label)
    with TEMPLATE.open("wb") as file:
        file.write(b"# Every label of ours: what a catalogue for another language starts from.\n")
        file.write(b"# Written by `python tests/labels.py` from the code, as a test proves.\n")
        file.write(b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n')
        write_po(file, catalogue, width=None, omit_header=True)


if __name__ == "__main__":
    write_template()
