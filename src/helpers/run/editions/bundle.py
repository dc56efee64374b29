"""The bundle: the exact input bytes of one edition, and nothing else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from helpers.errors import UsageError
from helpers.figures.complementary import AREA
from helpers.report.notebook.inputs import own_words
from helpers.report.notebook.reviews import REVIEWED
from helpers.report.notebook.template import COUNCIL_REPORT, NATIONAL_OVERVIEW, Template
from helpers.report.notebook.whole import NOTE, read_of
from helpers.run.deciding import Decided
from helpers.run.editions.manifest import Learnt
from helpers.study.comments import released
from helpers.study.data import DECIDED, DECIDED_COUNCILS, DECISIONS
from helpers.study.files.digests import digests
from helpers.study.files.folder import NATIONAL
from helpers.study.parameters import FOLDER as PARAMETERS


@dataclass(frozen=True)
class Bundle:
    """One edition's inputs by path inside the workbook: a small workbook of one council.

    That of the overview has NATIONAL in the council's place, and decided data only. `national`
    holds the SHA-256 of the values at each place of the national table, of which a council's
    edition reads only some; the overview's shows them all, so there it is empty.
    """

    council: str
    edition: str
    files: Mapping[str, bytes]
    template: Template = COUNCIL_REPORT
    national: Mapping[str, str] = field(default_factory=dict)

    def digests(self) -> dict[str, str]:
        """Return the SHA-256 of each part, but for a table of which `national` tells by place."""
        apart = {DECIDED} if self.national else set()
        return digests({path: self.files[path] for path in self.files.keys() - apart})

    def unpack(self, folder: Path) -> None:
        """Write the parts into an empty folder; raises UsageError for a path that leads out."""
        for path, content in self.files.items():
            target = folder / path
            if not target.resolve().is_relative_to(folder.resolve()):
                raise UsageError(f"bundle of {self.council}: '{path}' leads out of its folder")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        (folder / PARAMETERS).mkdir(exist_ok=True)  # a workbook has it, the overview no parameters


@dataclass(frozen=True)
class Made:
    """What came of a bundle: an edition's files by name, and what was learnt in making them."""

    council: str
    edition: str
    files: dict[str, bytes]
    learnt: Learnt


def pack(bundle: Bundle, notebook: NotebookNode, page: str) -> Made:
    """Return an executed notebook and its page as an edition's files."""
    written = nbformat.writes(notebook) + "\n"
    names = bundle.template.names(bundle.edition)
    files = dict(zip(names, (written.encode(), page.encode()), strict=True))
    read = read_of(notebook) if bundle.national else []
    learnt = Learnt(sorted(read), list(notebook.metadata[NOTE]["review"]))
    return Made(bundle.council, bundle.edition, files, learnt)


def last_name(edition: str) -> str:
    """Return the file name of the notebook of an edition that has failed since it was made.

    No reader is led to it: the next build says from it what its sentences printed.
    """
    return f".last.{edition}.ipynb"


def template_of(council: str) -> Template:
    """Return what a council's editions are made from, or the overview's, which is NATIONAL."""
    return NATIONAL_OVERVIEW if council == NATIONAL else COUNCIL_REPORT


def bundles_of(decided: Decided, council: str) -> Iterator[Bundle]:
    """Return a bundle for each edition of a council, or of the overview, which is NATIONAL."""
    return make_overview_bundles(decided) if council == NATIONAL else make_bundles(decided, council)


def make_bundles(decided: Decided, council: str) -> Iterator[Bundle]:
    """Return a bundle for each edition of a council, with its slice of the answers only.

    There is none of a council that is refused.
    """
    checked, national = decided.checked, decided.national
    if council in checked.refused:
        return
    file = checked.parameters[council]
    chosen = released(checked.comments, council, file.parameters.comments)
    files = {
        **decided.shared_files(COUNCIL_REPORT),
        **decided.rows.of(council),
        **own_words(chosen),
        file.name: file.content,
        DECIDED: decided.table,
        DECISIONS: national.slice(council).decisions_json().encode(),
    }
    for edition in file.parameters.editions:
        reviews = _reviews(decided, edition)
        yield Bundle(council, edition, files | reviews, COUNCIL_REPORT, national.digests)


def make_overview_bundles(decided: Decided) -> Iterator[Bundle]:
    """Return a bundle for each edition of the overview, where the workbook has a template of it.

    It holds what was decided, and how many replied at each council, which is public: no answers.
    """
    checked = decided.checked
    if not NATIONAL_OVERVIEW.is_in(checked.workbook):
        return
    files = {
        **decided.shared_files(NATIONAL_OVERVIEW),
        DECIDED: decided.table,
        DECISIONS: decided.national.slice(AREA).decisions_json().encode(),
        DECIDED_COUNCILS: decided.councils.to_json().encode(),
    }
    for edition in checked.study.about.languages:
        reviews = _reviews(decided, edition)
        yield Bundle(NATIONAL, edition, files | reviews, NATIONAL_OVERVIEW)


def _reviews(decided: Decided, edition: str) -> dict[str, bytes]:
    found = decided.reviews(edition)
    return {REVIEWED: found} if found else {}
