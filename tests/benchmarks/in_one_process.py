"""Run prepared notebooks one after the other in one process, which a benchmark starts.

    python tests/benchmarks/in_one_process.py jupyter FOLDER
    python tests/benchmarks/in_one_process.py bare FOLDER

`jupyter`: papermill with its own engine, so with a new kernel for each, and one HTML exporter of
nbconvert for all. `bare` is the floor: the same statements in this process, with neither kernel nor
notebook nor page; what a cell's last expression has to show is asked for, as Jupyter would.
"""

import ast
import json
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from shown import TYPES, digest

PREPARED, PARAMETERS = "prepared.ipynb", "parameters.json"
EXECUTED, PAGE, SHOWN = "executed.ipynb", "executed.html", "shown.json"


def run_in_jupyter(folders: Iterable[Path]) -> None:
    """Execute each notebook and make nbconvert's own page of it."""
    import papermill
    from nbconvert.exporters import HTMLExporter

    exporter = HTMLExporter()
    for folder in folders:
        given = json.loads((folder / PARAMETERS).read_text(encoding="utf-8"))
        notebooks = folder / PREPARED, folder / EXECUTED
        papermill.execute_notebook(*notebooks, given, cwd=folder, progress_bar=False)
        page, _resources = exporter.from_filename(str(folder / EXECUTED))
        (folder / PAGE).write_text(page, encoding="utf-8")


def run_bare(folders: Iterable[Path]) -> None:
    """Compute and draw what each notebook shows, and note its digests."""
    for folder in folders:
        os.chdir(folder)  # where the code looks for its workbook
        cells = json.loads(Path(PREPARED).read_text(encoding="utf-8"))["cells"]
        names: dict[str, Any] = {"__name__": "__main__"}
        code = {cell["id"]: cell["source"] for cell in cells if cell["cell_type"] == "code"}
        found = {cell: _run("".join(source), names) for cell, source in code.items()}
        digests = {cell: digest([bundle]) for cell, bundle in found.items() if bundle}
        Path(SHOWN).write_text(json.dumps(digests), encoding="utf-8")


def _run(source: str, names: dict[str, Any]) -> Mapping[str, str] | None:
    """Run a cell; return what its last expression shows, if it is one and shows anything."""
    body = ast.parse(source).body
    last = body.pop() if isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "<cell>", "exec"), names)
    if last is None:
        return None
    return _displayed(eval(compile(ast.Expression(last.value), "<cell>", "eval"), names))


def _displayed(value: Any) -> Mapping[str, str] | None:
    if value is None:
        return None
    if hasattr(value, "_repr_mimebundle_"):
        return {kind: text for kind, text in value._repr_mimebundle_().items() if kind in TYPES}
    html = {"text/html": value._repr_html_()} if hasattr(value, "_repr_html_") else {}
    return {"text/plain": repr(value), **html}


if __name__ == "__main__":
    run = {"jupyter": run_in_jupyter, "bare": run_bare}[sys.argv[1]]
    run(sorted(path.resolve() for path in Path(sys.argv[2]).iterdir()))
