"""Hand out the translations that nobody has reviewed, and record those that come back."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

from helpers.errors import CheckFailed, Problem, UsageError, cut, expected, shown
from helpers.report.downloads.figures_csv import safe
from helpers.report.languages.language import SOURCE, forms_of, read_catalogue, read_labels
from helpers.report.notebook.reviews import (
    REVIEWED,
    Review,
    find_unreviewed,
    read_reviews,
    review_bytes,
)
from helpers.report.notebook.translations import (
    Translated,
    cells_in,
    is_translated,
    labels_in,
    parameters_in,
    study_in,
    templates_of,
)
from helpers.study.definition import Study
from helpers.study.files.locking import only_writer
from helpers.study.files.wholefile import write_together
from helpers.study.parameters import ParameterFile, parameter_files, read_each, refuse
from helpers.study.reading import read_study

TO_REVIEWERS = "# Take the fuzzy mark from each translation that you have read and found right."
WHO = "say who reviewed it: --by 'name, qualification'"
QUOTED = 60  # signs of a text that tell which it is


@dataclass(frozen=True)
class Translations:
    """All texts of a workbook that are translated into one language.

    `problems` are those of parameter files, of which the texts are not among them.
    """

    workbook: Path
    study: Study
    code: str
    texts: list[Translated]
    problems: list[Problem]

    @classmethod
    def of(cls, workbook: Path, language: str | None) -> "Translations":
        """Read them all; raises UsageError for a language that the study does not translate into.

        Where a translation is missing there is nothing to review: `workbook check` tells of it.
        """
        study = read_study(workbook)
        code = _language(study, language)
        files, problems = read_each(parameter_files(workbook), study)
        texts = list(_all_texts(workbook, study, files.values(), code))
        return cls(workbook, study, code, texts, problems)

    def check(self) -> None:
        """Raise CheckFailed where a parameter file cannot be read."""
        refuse(self.problems, self.study)

    def unreviewed(self) -> list[Translated]:
        """Return the translations that nobody has reviewed; equal ones are one."""
        return list(find_unreviewed(self.texts, self.workbook, self.code).values())

    def summary(self) -> str:
        """Say how many are not reviewed."""
        known = len({text.digest for text in self.texts})
        return f"{len(self.unreviewed())} of {known} translations into '{self.code}' not reviewed"

    def tell(self, echo: Callable[[str], None]) -> None:
        """Say where each of those stands, and the text that it translates."""
        for text in self.unreviewed():
            echo(f"{text.place}: {_short(text.source[0])}")

    def export(self, path: Path) -> None:
        """Write those to a new PO file, each marked fuzzy: a reviewer takes the mark away."""
        catalogue = self._catalogue()
        for text in self.unreviewed():
            forms = (_plain(text.source), _plain(text.text))
            message = catalogue.add(*forms, context=text.place, flags=["fuzzy"])
            if text.key:  # no label of ours: what stands in braces is MyST, not Python
                message.flags.discard("python-brace-format")
        try:
            with path.open("xb") as file:
                write_po(file, catalogue, width=0)
        except FileExistsError:
            raise UsageError(f"{path}: exists already; choose a new name") from None
        except OSError as error:
            raise UsageError(f"{path}: {error.strerror}; it could not be written") from None

    def _catalogue(self) -> Catalog:
        """Return an empty catalogue whose header names the study; a reviewer adds their name."""
        about = self.study.about
        catalogue = Catalog(
            locale=self.code,
            header_comment=TO_REVIEWERS,
            project=about.title[about.languages[0]],
            version=about.date.isoformat(),
            revision_date=datetime.now(UTC),
            language_team=self.code,
            fuzzy=False,
        )
        catalogue.last_translator = catalogue.msgid_bugs_address = ""  # else placeholders
        if self.code != SOURCE:
            catalogue.mime_headers = [("Plural-Forms", read_labels(self.code).plural_forms)]
        return catalogue

    def record(self, path: Path, by: str, echo: Callable[[str], None]) -> None:
        """Record as reviewed what a file holds unmarked and as it is today; tell of the rest."""
        _check_name(by)
        today = {(text.place, text.source): text for text in self.texts}
        found: dict[str, Translated] = {}
        for message in _entries(path, self.code):
            source = _tuple(message.id)
            text = today.get((str(message.context), source))
            place = shown(str(message.context))
            if text is None:
                echo(f"{place}: has another text by now: {_short(source[0])}; export it again")
            elif not is_translated(message):
                echo(f"{place}: not confirmed: {_short(source[0])}")
            elif text.text != tuple(forms_of(message)):
                echo(
                    f"{place}: changed to: {_short(forms_of(message)[0])}; "
                    "write it there, then record this file again"
                )
            else:
                found[text.digest] = text
        added = _append(self.workbook, self.code, found, " ".join(by.split()))
        echo(f"{added} translations recorded as reviewed in {REVIEWED}")


def _check_name(by: str) -> None:
    """Raise UsageError for a name that could not stand in the record, which people open as CSV."""
    name = " ".join(by.split())
    if not name:
        raise UsageError(f"nobody is named; {WHO}")
    if safe(name) != name:
        told = f"--by: '{shown(name)}' begins with '{name[0]}', which a spreadsheet would run"
        raise UsageError(f"{told}; {WHO}")
    if not name.isprintable():
        raise UsageError(f"--by: '{shown(name)}' holds a sign that cannot be seen; {WHO}")


def _language(study: Study, language: str | None) -> str:
    others = study.about.languages[1:]
    if not others:
        raise UsageError("the study has one language: nothing is translated")
    if language in others:
        return str(language)
    if language is not None:
        raise UsageError(f"no translations into '{language}'; {expected(language, others)}")
    if len(others) != 1:
        raise UsageError(f"translations are into {len(others)} languages; name one by --language")
    return others[0]


def _all_texts(
    workbook: Path, study: Study, files: Iterable[ParameterFile], code: str
) -> Iterator[Translated]:
    for cells in templates_of(workbook):
        yield from cells_in(cells, workbook, code)
    yield from study_in(study, code)
    for file in files:
        yield from parameters_in(study, file.parameters, file.name, code)
    yield from labels_in(code)


def _entries(path: Path, code: str) -> list[Message]:
    if not path.is_file():
        raise UsageError(f"{path}: no such file; expected what --export wrote, come back")
    try:
        catalogue = read_catalogue(path, str(path))
    except CheckFailed as failed:
        raise UsageError("\n".join(map(str, failed.problems))) from None
    if catalogue.locale_identifier != code:
        told = f"is in '{catalogue.locale_identifier}'; expected '{code}'"
        raise UsageError(f"{path}: {told}, by 'Language' in its header")
    return [message for message in catalogue if message.id]


def _append(workbook: Path, code: str, found: dict[str, Translated], by: str) -> int:
    """Add rows for those that the record lacks, and return how many."""
    path, today = workbook / REVIEWED, datetime.now(UTC).date().isoformat()
    with only_writer(path.parent):
        known = read_reviews(workbook)
        before = {review.digest for review in known if review.language == code}
        new = [
            Review(code, digest, text.place, by, today)
            for digest, text in found.items()
            if digest not in before
        ]
        if new:
            write_together({path: review_bytes([*known, *new])})
    return len(new)


def _plain(forms: tuple[str, ...]) -> str | tuple[str, ...]:
    return forms[0] if len(forms) == 1 else forms


def _tuple(forms: object) -> tuple[str, ...]:
    return (forms,) if isinstance(forms, str) else tuple(forms)  # type: ignore[arg-type]


def _short(text: str) -> str:
    return shown(cut(" ".join(text.split()), QUOTED))
