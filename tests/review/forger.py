"""What somebody does who wants outputs/ to say something else, and to be believed.

Of the 41 at Torfaen who answered L2, 10 agree: 24%, or 0.243902. The forger makes that 14 of 41,
34% or 0.341463, wherever an edition says so.
"""

import json
import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from helpers.report.pages.page import render_page
from helpers.report.pages.seal import SEALED, UNSEALED, seal
from helpers.run.editions.manifest import Manifest, read_manifest
from helpers.run.editions.published import read_digests
from helpers.study.files.digests import digests

FIGURE = 'agree("L2")'
SHOWN = re.compile(r'(href="#figure-agree-L2">)24%')
ROW = re.compile(
    r'(id="figure-agree-L2" .*? data-value=")0\.243902(" data-count=")10(".*?>)24%(<.*?>)10 of'
)
NOTEBOOK, PAGE, MANIFEST = "report.en.ipynb", "report.en.html", "manifest.en.json"


def forge(outputs: Path, council: str) -> None:
    """Alter a figure in an edition's notebook, publish that, and record it wherever it is."""
    folder = outputs / council
    notebook = nbformat.read(folder / NOTEBOOK, as_version=4)
    alter_figure(notebook)
    nbformat.write(notebook, folder / NOTEBOOK)
    (folder / PAGE).write_text(render_page(notebook), encoding="utf-8")
    made = digests({name: (folder / name).read_bytes() for name in (NOTEBOOK, PAGE)})
    record(outputs, council, MANIFEST, made)


def forget(outputs: Path, council: str, name: str) -> None:
    """Remove a download, and each trace of it."""
    (outputs / council / name).unlink()
    record(outputs, council, "manifest.json", {name: ""})


def alter_figure(notebook: NotebookNode) -> None:
    for cell in notebook.cells:
        for item in cell.metadata.get("user_expressions", ()):
            if item["expression"] == FIGURE:
                item["result"]["data"]["text/plain"] = "34%"
        for output in cell.get("outputs", ()):
            for kind, held in output.get("data", {}).items():
                output["data"][kind] = alter_text(held) if isinstance(held, str) else held


def alter_text(text: str) -> str:
    text = SHOWN.sub(r"\g<1>34%", text)
    text = ROW.sub(r"\g<1>0.341463\g<2>14\g<3>34%\g<4>14 of", text)
    return "\n".join(map(alter_record, text.split("\n")))


def alter_record(line: str) -> str:
    if f'"expression": {json.dumps(FIGURE)}' not in line:
        return line
    for old, new in (('"count": 10', '"count": 14'), ("0.243902", "0.341463"), ("24%", "34%")):
        assert line.count(old) == 1
        line = line.replace(old, new)
    return line


def record(outputs: Path, council: str, manifest: str, made: dict[str, str]) -> None:
    """Put digests into a manifest and all of it into the list; an empty one takes its file out."""
    path = outputs / council / manifest
    known = read_manifest(path)
    recorded = {name: digest for name, digest in (known.hashed["outputs"] | made).items() if digest}
    said = Manifest.of(known.hashed | {"outputs": recorded}, known.made, known.commit)
    path.write_bytes(said.content())
    listed = read_digests(outputs)
    for name, digest in (made | digests({manifest: path.read_bytes()})).items():
        listed[f"{council}/{name}"] = digest
    lines = [f"{digest}  {name}\n" for name, digest in listed.items() if digest]
    (outputs / "digests.txt").write_text("".join(lines), encoding="utf-8")


def reseal(page: Path, old: str, new: str) -> None:
    """Alter one place of a page, and let it carry the digest that it has then."""
    text = page.read_text(encoding="utf-8")
    assert old in text
    unsealed = re.sub(SEALED.pattern.decode(), UNSEALED, text.replace(old, new, 1))
    page.write_text(seal(unsealed), encoding="utf-8")


def respell(manifest: Path, **hashed: object) -> None:
    """Put something else into a manifest, whose digest then is that of what it says."""
    said = json.loads(manifest.read_bytes())
    said["hashed"].update(hashed)
    made = Manifest.of(said["hashed"], said["unhashed"]["made"])
    manifest.write_text(json.dumps({**said, "digest": made.digest}), encoding="utf-8")
