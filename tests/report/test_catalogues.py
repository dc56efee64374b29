"""A missing or stale translation fails `workbook check` by name, in whatever language."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import check_workbook
from helpers.errors import CheckFailed
from helpers.report.languages import language
from helpers.report.languages.language import LABELS, read_catalogue
from helpers.report.notebook import catalogues
from helpers.report.notebook.catalogues import check_labels, find_left_over
from helpers.study.reading import read_study

Edit = Callable[[Path, str, str], None]
HERE = "notebooks/locale/cy.po"
OURS = "helpers/report/languages/locale/cy.po"


@pytest.fixture
def labels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of our labels for one test to change."""
    copy = shutil.copytree(LABELS, tmp_path / "labels")
    monkeypatch.setattr(language, "LABELS", copy)
    monkeypatch.setattr(catalogues, "LABELS", copy)
    return copy


def problems(workbook: Path) -> list[str]:
    study = read_study(workbook)
    found = [*check_labels(study, workbook), *find_left_over(study, workbook)]
    return list(map(str, found))


def line_of(text: str, path: Path) -> int:
    return path.read_text(encoding="utf-8").splitlines().index(text) + 1


def test_the_shipped_catalogues_are_complete_and_hold_no_more(shipped: Path):
    assert problems(shipped) == []


def test_every_label_without_a_translation_is_told_at_once(shipped: Path, labels: Path, edit: Edit):
    edit(labels / "cy.po", 'msgid "Contents"\nmsgstr "Cynnwys"\n', "")
    edit(labels / "cy.po", 'msgid "Figure"\n', '#, fuzzy\nmsgid "Figure"\n')
    edit(labels / "cy.po", 'msgstr "Gwerth"', 'msgstr ""')
    edit(labels / "cy.po", 'msgstr[2] "Cyfieithiad', 'msgstr[2] ""\n#')
    figure, value = (line_of(f'msgid "{text}"', labels / "cy.po") for text in ("Figure", "Value"))
    counted = line_of('msgstr[2] ""', labels / "cy.po") - 4
    assert sorted(problems(shipped)) == sorted(
        [
            f"{OURS}:1:1: label 'Contents' has no translation; add it",
            f"{OURS}:{figure}:1: label 'Figure' is marked fuzzy; "
            "confirm its translation and take the mark away",
            f"{OURS}:{value}:1: label 'Value' has an empty translation or plural form; complete it",
            f"{OURS}:{counted}:1: label 'This is a translation: {{number}} of the {{total}} "
            "texts that it…' has an empty translation or plural form; complete it",
        ]
    )


def test_an_entry_of_no_cell_and_an_obsolete_one_are_told(spoiled: Path, edit: Edit):
    edit(spoiled / HERE, 'msgctxt "part-3"', 'msgctxt "part-4"')
    with (spoiled / HERE).open("a", encoding="utf-8") as file:
        file.write('\n#~ msgctxt "gone"\n#~ msgid "Old words"\n#~ msgstr "Hen eiriau"\n')
    line = line_of('msgctxt "part-4"', spoiled / HERE) + 1
    last = line_of('#~ msgid "Old words"', spoiled / HERE)
    first, second = problems(spoiled)
    assert first == (f"{HERE}:{line}:1: no template has a cell 'part-4'; take this entry out")
    assert second in (
        f"{HERE}:{number}:1: obsolete entry of 'Old words'; take it out"
        for number in (last - 1, last)
    )


def test_a_study_in_a_third_language_is_told_which_catalogues_it_needs(spoiled: Path):
    study = read_study(spoiled)
    about = study.about.model_copy(update={"languages": ["en", "cy", "ga"]})
    study = study.model_copy(update={"about": about})
    told = [*check_labels(study, spoiled), *find_left_over(study, spoiled)]
    assert list(map(str, told)) == [
        "helpers/report/languages/locale/ga.po:1:1: missing file; the study has the language 'ga': "
        "add its catalogue",
        "notebooks/locale/ga.po:1:1: missing file; the study has the language 'ga': "
        "add its catalogue",
    ]


def test_a_language_that_nobody_knows_is_a_problem_of_the_study(spoiled: Path, edit: Edit):
    study = read_study(spoiled)
    edit(spoiled / "data/study/study.yaml", "languages: [en, cy]", "languages: [en, zz]")
    about = study.about.model_copy(update={"languages": ["en", "zz"]})
    first = next(check_labels(study.model_copy(update={"about": about}), spoiled))
    assert str(first) == (
        "data/study/study.yaml:10:17: unknown language 'zz'; expected a code such as 'en'"
    )


def test_a_missing_catalogue_is_told_once_by_the_check(spoiled: Path):
    (spoiled / HERE).unlink()
    read_catalogue.cache_clear()
    with pytest.raises(CheckFailed) as caught:
        check_workbook(spoiled)
    assert caught.value.message == (
        f"{HERE}:1:1: missing file; the study has the language 'cy': add its catalogue"
    )
