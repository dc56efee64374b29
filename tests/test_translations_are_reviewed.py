"""A translator gets what nobody has reviewed, in a PO file, and what comes back is recorded."""

from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from click.testing import CliRunner

from helpers.cli import main
from helpers.report.languages.language import read_catalogue
from helpers.report.notebook.reviews import REVIEWED, read_reviews

Command = Callable[..., list[str]]
THEME = "data/study/study.yaml#themes.data_protection.title.cy"


@pytest.fixture
def translations(spoiled: Path) -> Command:
    """Run the command on a copy of the workbook; its lines, or those of its error."""

    def run(*options: object, code: int = 0) -> list[str]:
        read_catalogue.cache_clear()
        given = ["translations", "--workbook", str(spoiled), *map(str, options)]
        done = CliRunner().invoke(main, given)
        assert done.exit_code == code, done.output
        return done.output.splitlines()

    return run


@pytest.fixture
def handed_out(translations: Command, tmp_path: Path) -> Path:
    """All translations, as a translator gets them."""
    translations("--export", tmp_path / "out.po")
    return tmp_path / "out.po"


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def confirm(path: Path, *places: str) -> None:
    """Take away the mark of entries, as a translator's program does; of all if none is named."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    for number, block in enumerate(blocks):
        if not places or any(f'msgctxt "{place}"\n' in block for place in places):
            blocks[number] = block.replace("#, fuzzy\n", "").replace("#, fuzzy, ", "#, ")
    path.write_text("\n\n".join(blocks), encoding="utf-8")


def test_what_is_handed_out_has_a_header_of_its_own_and_only_labels_are_python(handed_out: Path):
    text = handed_out.read_text(encoding="utf-8")
    assert '"Project-Id-Version: Local government use of data 2018-12-06\\n"' in text
    assert [
        word for word in ("FULL NAME", "EMAIL@ADDRESS", "YEAR-MO-DA", "<LL@") if word in text
    ] == []
    marked = [block for block in text.split("\n\n") if "python-brace-format" in block]
    assert marked
    assert all('msgctxt "helpers/report/languages/locale/cy.po"' in block for block in marked)


def test_nothing_that_ships_is_reviewed(translations: Command, shipped: Path):
    *listed, last = translations()
    assert read_reviews(shipped) == []
    assert last == f"{len(listed)} of {len(listed)} translations into 'cy' not reviewed"
    assert f"{THEME}: Data protection" in listed
    assert any(line.startswith("notebooks/locale/cy.po#part-3: ## Part 3") for line in listed)
    assert "helpers/report/languages/locale/cy.po: Contents" in listed


def test_a_translator_gets_every_text_with_its_place_and_its_plural_forms(handed_out: Path):
    messages = {(message.context, str(message.id)): message for message in catalogue(handed_out)}
    title = messages[THEME, "Data protection"]
    assert (title.string, title.fuzzy) == ("Diogelu data", True)
    counts = [message for message in messages.values() if isinstance(message.id, tuple)]
    assert counts
    assert {len(message.string) for message in counts} == {6}


def test_what_comes_back_unread_is_not_recorded(
    translations: Command, handed_out: Path, spoiled: Path
):
    lines = translations("--reviewed", handed_out, "--by", "Ann, MCIL")
    assert f"{THEME}: not confirmed: Data protection" in lines
    assert lines[-2] == f"0 translations recorded as reviewed in {REVIEWED}"
    assert not (spoiled / REVIEWED).exists()


def test_what_comes_back_confirmed_is_recorded_once(
    translations: Command, handed_out: Path, spoiled: Path
):
    confirm(handed_out, THEME)
    lines = translations("--reviewed", handed_out, "--by", " Ann,\n MCIL ")
    assert lines[-2] == f"1 translations recorded as reviewed in {REVIEWED}"
    (review,) = read_reviews(spoiled)
    assert (review.language, review.place, review.by) == ("cy", THEME, "Ann, MCIL")
    assert translations("--reviewed", handed_out, "--by", "Ben")[-2].startswith("0 translations")
    assert not any(line.startswith(THEME) for line in translations())


def test_all_that_comes_back_confirmed_leaves_nothing(translations: Command, handed_out: Path):
    confirm(handed_out)
    last = translations("--reviewed", handed_out, "--by", "Ann, MCIL")[-1]
    assert last.startswith("0 of ")


def test_a_changed_translation_is_told_and_recorded_when_it_is_written_in(
    translations: Command,
    handed_out: Path,
    spoiled: Path,
    edit: Callable[[Path, str, str], None],
):
    confirm(handed_out, THEME)
    edit(
        handed_out,
        f'"{THEME}"\nmsgid "Data protection"\nmsgstr "Diogelu',
        f'"{THEME}"\nmsgid "Data protection"\nmsgstr "Gwarchod',
    )
    lines = translations("--reviewed", handed_out, "--by", "Ann")
    assert (
        f"{THEME}: changed to: Gwarchod data; write it there, then record this file again" in lines
    )
    assert read_reviews(spoiled) == []
    edit(spoiled / "data/study/study.yaml", "cy: Diogelu data", "cy: Gwarchod data")
    assert translations("--reviewed", handed_out, "--by", "Ann")[-2].startswith("1 translations")


def test_a_text_that_was_edited_meanwhile_is_told(
    translations: Command,
    handed_out: Path,
    spoiled: Path,
    edit: Callable[[Path, str, str], None],
):
    confirm(handed_out, THEME)
    edit(spoiled / "data/study/study.yaml", "en: Data protection", "en: The protection of data")
    lines = translations("--reviewed", handed_out, "--by", "Ann")
    assert f"{THEME}: has another text by now: Data protection; export it again" in lines
    assert read_reviews(spoiled) == []


def test_an_edit_voids_a_review(
    translations: Command,
    handed_out: Path,
    spoiled: Path,
    edit: Callable[[Path, str, str], None],
):
    confirm(handed_out, THEME)
    translations("--reviewed", handed_out, "--by", "Ann")
    edit(spoiled / "data/study/study.yaml", "en: Data protection", "en: The protection of data")
    assert f"{THEME}: The protection of data" in translations()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xff\xfe", "1:1: byte 0xff is not UTF-8; save the file as a catalogue in UTF-8"),
        (
            b"<html>",
            "1:1: not a catalogue of gettext: Unknown or misformatted keyword; mend this line",
        ),
        (b"", " is in 'None'; expected 'cy', by 'Language' in its header"),
        (
            b'msgid ""\nmsgstr "Language: ga\\n"\n',
            " is in 'ga'; expected 'cy', by 'Language' in its header",
        ),
    ],
    ids=["bytes", "HTML", "nothing", "another language"],
)
def test_a_file_that_is_no_answer_is_refused(
    translations: Command, tmp_path: Path, content: bytes, told: str
):
    path = tmp_path / "back.po"
    path.write_bytes(content)
    (line,) = translations("--reviewed", path, "--by", "Ann", code=2)
    assert line == f"workbook: error: {path}:{told}"


def test_what_the_command_cannot_do_is_said(
    translations: Command, handed_out: Path, tmp_path: Path
):
    def error(*options: object) -> str:
        (line,) = translations(*options, code=2)
        return line.removeprefix("workbook: error: ")

    missing = tmp_path / "missing.po"
    assert error("--language", "fr") == "no translations into 'fr'; expected 'cy'"
    assert error("--export", handed_out) == f"{handed_out}: exists already; choose a new name"
    assert error("--reviewed", handed_out) == (
        "nobody is named; say who reviewed it: --by 'name, qualification'"
    )
    assert error("--reviewed", missing, "--by", "Ann") == (
        f"{missing}: no such file; expected what --export wrote, come back"
    )


@pytest.mark.parametrize(
    ("by", "told"),
    [
        ("=HYPERLINK(A1)", "'=HYPERLINK(A1)' begins with '=', which a spreadsheet would run"),
        (" +Ann", "'+Ann' begins with '+', which a spreadsheet would run"),
        ("-Ann", "'-Ann' begins with '-', which a spreadsheet would run"),
        ("@Ann", "'@Ann' begins with '@', which a spreadsheet would run"),
        ("Ann\u202e, MCIL", "'Ann\\u202e, MCIL' holds a sign that cannot be seen"),
        ("Ann\x07", "'Ann\\x07' holds a sign that cannot be seen"),
    ],
)
def test_a_name_that_would_do_harm_in_the_record_is_refused(
    translations: Command, handed_out: Path, spoiled: Path, by: str, told: str
):
    confirm(handed_out, THEME)
    (line,) = translations("--reviewed", handed_out, f"--by={by}", code=2)
    assert line == (
        f"workbook: error: --by: {told}; say who reviewed it: --by 'name, qualification'"
    )
    assert not (spoiled / REVIEWED).exists()


def test_to_record_and_to_hand_out_at_once_is_refused_before_either(
    translations: Command, handed_out: Path, spoiled: Path, tmp_path: Path
):
    confirm(handed_out)
    new = tmp_path / "new.po"
    (line,) = translations("--reviewed", handed_out, "--by", "Ann", "--export", new, code=2)
    assert line == (
        "workbook: error: --reviewed and --export together; expected one: record, then export"
    )
    assert not new.exists()
    assert not (spoiled / REVIEWED).exists()
