"""The bundle: the exact input bytes of one edition, and nothing else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from helpers.errors import UsageError
from helpers.figures.complementary import AREA
from helpers.figures.councils import CouncilsTable
from helpers.figures.national import NationalTable
from helpers.report.inputs import digests, own_rows, own_words, shared_files
from helpers.report.reviews import REVIEWED, review_bytes, reviews_of
from helpers.report.template import COUNCIL_REPORT, NATIONAL_OVERVIEW, Template
from helpers.run.checking import Checked
from helpers.study.comments import released
from helpers.study.data import DECIDED, DECIDED_COUNCILS
from helpers.study.folder import NATIONAL
from helpers.study.parameters import FOLDER as PARAMETERS


@dataclass(frozen=True)
class Bundle:
    """One edition's inputs by path inside the workbook: a small workbook of one council.

    That of the overview has NATIONAL in the council's place, and decided data only.
    """

    council: str
    edition: str
    files: Mapping[str, bytes]
    template: Template = COUNCIL_REPORT

    def digests(self) -> dict[str, str]:
        """Return the SHA-256 of each part."""
        return digests(self.files)

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
    """What came of a bundle: an edition's files by name."""

    council: str
    edition: str
    files: dict[str, bytes]


def pack(bundle: Bundle, notebook: NotebookNode, page: str) -> Made:
    """Return an executed notebook and its page as an edition's files."""
    written = nbformat.writes(notebook) + "\n"
    names = bundle.template.names(bundle.edition)
    files = dict(zip(names, (written.encode(), page.encode()), strict=True))
    return Made(bundle.council, bundle.edition, files)


def last_name(edition: str) -> str:
    """Return the file name of the notebook of an edition that has failed since it was made.

    No reader is led to it: the next build says from it what its sentences printed.
    """
    return f".last.{edition}.ipynb"


def make_bundles(checked: Checked, council: str, national: NationalTable) -> Iterator[Bundle]:
    """Return a bundle for each edition of a council, with its slice of the answers only."""
    file = checked.parameters[council]
    chosen = released(checked.comments, council, file.parameters.comments)
    files = {
        **shared_files(checked.workbook, checked.study, COUNCIL_REPORT),
        **own_rows(checked.study, council, checked.invitations, checked.responses),
        **own_words(chosen),
        file.name: (checked.workbook / file.name).read_bytes(),
        DECIDED: national.slice(council).to_json().encode(),
    }
    for edition in file.parameters.editions:
        yield Bundle(council, edition, files | _reviews(checked, edition))


def make_overview_bundles(
    checked: Checked, national: NationalTable, councils: CouncilsTable
) -> Iterator[Bundle]:
    """Return a bundle for each edition of the overview, where the workbook has a template of it.

    It holds what was decided, and how many replied at each council, which is public: no answers.
    """
    if not NATIONAL_OVERVIEW.is_in(checked.workbook):
        return
    files = {
        **shared_files(checked.workbook, checked.study, NATIONAL_OVERVIEW),
        DECIDED: national.slice(AREA).to_json().encode(),
        DECIDED_COUNCILS: councils.to_json().encode(),
    }
    for edition in checked.study.about.languages:
        reviews = _reviews(checked, edition)
        yield Bundle(NATIONAL, edition, files | reviews, NATIONAL_OVERVIEW)


def _reviews(checked: Checked, edition: str) -> dict[str, bytes]:
    """Return the record of the reviews of one language, if there are any."""
    found = reviews_of(checked.workbook, edition)
    return {REVIEWED: review_bytes(found)} if found else {}
