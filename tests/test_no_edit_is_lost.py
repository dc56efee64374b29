"""Whatever happens while an auditor edits: each edit is in params/, in the Lab, or beside.

The Lab's part is played by `Tab`: it gets a notebook and puts it back as JupyterLab does, which
takes nothing back of what a save changed in the notebook's metadata.
"""

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from click.testing import CliRunner, Result
from tornado.web import HTTPError

from conftest import check_workbook, copy_workbook
from helpers.cli import main
from helpers.errors import UsageError
from helpers.figures.measures import Measures
from helpers.figures.vocabulary import spoken_by
from helpers.run.editing import kernel, lab
from helpers.run.editing.cells import EDIT
from helpers.run.editing.contents import WorkbookContents
from helpers.run.editing.lab import check_lab, make_working
from helpers.run.editing.saving import clear_the_way
from helpers.run.editing.working import Working
from helpers.study.files.folder import VARIABLE

NAME = "outputs/torfaen/edit.en.ipynb"
PARAMS = "params/torfaen.yaml"
MONEY = "Money and capacity are a constant worry"  # in the section on skills
SOUND = "Sound decisions rest on robust evidence"  # in the one on decisions
HERE = " Your text is still here, in the Lab."


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A workbook in which `workbook edit torfaen` made its notebook."""
    workbook = copy_workbook(tmp_path_factory.mktemp("prepared") / "workbook")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_DATA_DIR", str(tmp_path_factory.mktemp("jupyter")))
        patch.setenv(VARIABLE, "")
        make_working(workbook, "torfaen", None, print)
        yield workbook


@pytest.fixture
def workbook(prepared: Path, tmp_path: Path) -> Path:
    shutil.copytree(prepared, tmp_path / "workbook")
    return tmp_path / "workbook"


def server(workbook: Path) -> WorkbookContents:
    """A server of a Lab of its own: nothing is shared with another but the files."""
    contents = WorkbookContents(root_dir=str(workbook))
    contents.notary.db_file = ":memory:"
    return contents


class Tab:
    """A notebook open in a tab of JupyterLab."""

    def __init__(self, workbook: Path, name: str = NAME) -> None:
        self.name = name
        self.contents = server(workbook)
        self.reload()

    def reload(self) -> None:
        """File > Reload Notebook from Disk."""
        model = asyncio.run(self.contents.get(self.name, content=True, type="notebook"))
        self.notebook = json.loads(json.dumps(model["content"]))

    def cells(self, theme: str) -> list[dict]:
        return [cell for cell in self.notebook["cells"] if cell["metadata"].get("theme") == theme]

    def text(self, theme: str) -> str:
        return "\n\n".join(cell["source"] for cell in self.cells(theme))

    def edit(self, theme: str, old: str, new: str) -> None:
        (cell,) = self.cells(theme)
        assert old in cell["source"]
        cell["source"] = cell["source"].replace(old, new)

    def insert_below(self, theme: str, **cell: object) -> None:
        at = self.notebook["cells"].index(self.cells(theme)[-1]) + 1
        code = {"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {}
        made = {"id": f"new-{len(self.notebook['cells'])}", "metadata": {}, **code, **cell}
        self.notebook["cells"].insert(at, made)

    def save(self) -> str:
        """Save, and return what the Lab shows: nothing where the save went well."""
        content = json.loads(json.dumps(self.notebook))
        model = {"type": "notebook", "format": "json", "content": content}
        try:
            asyncio.run(self.contents.save(model, self.name))
        except HTTPError as refused:
            if refused.status_code != 409:
                raise
            return refused.log_message
        return ""


@pytest.fixture
def tab(workbook: Path) -> Tab:
    return Tab(workbook)


def params(workbook: Path) -> str:
    return (workbook / PARAMS).read_text(encoding="utf-8")


def by_hand(workbook: Path, old: str, new: str) -> None:
    text = params(workbook)
    assert text.count(old) == 1
    (workbook / PARAMS).write_text(text.replace(old, new), encoding="utf-8")


def on_disk(workbook: Path, name: str = NAME) -> nbformat.NotebookNode:
    return nbformat.read(workbook / name, as_version=4)


def conflicts(workbook: Path) -> list[str]:
    return sorted(path.name for path in (workbook / "params").glob("*.conflict"))


# What is opened


def test_a_notebook_opens_with_its_texts_and_their_figures(tab: Tab):
    (skills,) = tab.cells("skills")
    assert skills["cell_type"] == "markdown"
    shown = {
        item["expression"]: item["result"]["data"]["text/plain"]
        for item in skills["metadata"]["user_expressions"]
    }
    assert shown['agree("S1")'] == "24%"
    assert skills["source"] in params(tab.contents._workbook).replace("\n      ", "\n")


def test_only_narrative_may_be_edited_and_no_cell_deleted(tab: Tab):
    for cell in tab.notebook["cells"]:
        assert cell["metadata"]["deletable"] is False
        assert cell["metadata"].get("editable", True) is ("theme" in cell["metadata"])
    assert len([cell for cell in tab.notebook["cells"] if "theme" in cell["metadata"]]) == 4


def test_charts_are_there_when_the_notebook_is_merely_opened(tab: Tab):
    drawn = [
        cell["id"]
        for cell in tab.notebook["cells"]
        for output in cell.get("outputs", [])
        if "<svg" in output.get("data", {}).get("text/html", "")
    ]
    assert "skills-chart" in drawn
    assert len(drawn) == 7


def test_the_working_notebook_cannot_be_published(workbook: Path):
    done = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "council_report", str(workbook / NAME)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 8
    assert "the notebook was not run by the workbook's engine" in done.stderr


# One editor


def test_an_edit_reaches_the_parameter_file_and_changes_nothing_else(workbook: Path, tab: Tab):
    before = params(workbook)
    tab.edit("skills", MONEY, "Money is short")
    assert tab.save() == ""
    assert params(workbook) == before.replace(MONEY, "Money is short")
    assert "Money is short" in (workbook / NAME).read_text()


def test_a_save_without_an_edit_touches_no_parameter_file(workbook: Path, tab: Tab):
    before = (workbook / PARAMS).stat()
    assert tab.save() == ""
    assert (workbook / PARAMS).stat() == before


def test_saving_again_and_again_is_in_no_conflict_with_itself(workbook: Path, tab: Tab):
    for old, new in [(MONEY, "One"), ("One", "Two"), ("Two", MONEY)]:
        tab.edit("skills", old, new)
        assert tab.save() == ""
        assert new in params(workbook)
    assert conflicts(workbook) == []


def test_another_kernel_or_program_may_run_the_notebook_meanwhile(workbook: Path, tab: Tab):
    for cell in tab.notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], 99
    tab.edit("skills", MONEY, "Money is short")
    assert tab.save() == ""


# Two editors


def test_another_section_edited_by_hand_is_kept_and_shown_after_a_reload(workbook: Path, tab: Tab):
    by_hand(workbook, SOUND, "By hand")
    tab.edit("skills", MONEY, "Money is short")
    assert tab.save() == ""
    assert SOUND in tab.text("decisions")
    assert "By hand" in params(workbook)
    assert "Money is short" in params(workbook)
    assert tab.save() == ""
    tab.reload()
    assert "By hand" in tab.text("decisions")
    assert conflicts(workbook) == []


def test_one_section_edited_in_two_places_loses_neither_text(workbook: Path, tab: Tab):
    by_hand(workbook, MONEY, "By hand")
    tab.edit("skills", MONEY, "In the Lab")
    tab.edit("decisions", SOUND, "Another section")
    told = tab.save()
    assert told == (
        "'skills' in 'en' was changed here and in params/torfaen.yaml too. Nothing is overwritten: "
        "both texts are in params/torfaen.skills.en.conflict. Put the text that you want into "
        "params/torfaen.yaml, delete params/torfaen.skills.en.conflict, and open the notebook "
        "again (File > Reload Notebook from Disk). All other sections are saved." + HERE
    )
    assert "By hand" in params(workbook)
    assert "In the Lab" not in params(workbook)
    assert "Another section" in params(workbook)
    both = (workbook / "params/torfaen.skills.en.conflict").read_text(encoding="utf-8")
    assert both.count("By hand") == both.count("In the Lab") == both.count(MONEY) == 1
    with pytest.raises(Exception, match=r"^params/torfaen\.skills\.en\.conflict:1:1: two edits"):
        check_workbook(workbook)


def test_a_conflict_that_was_joined_as_told_is_over(workbook: Path, tab: Tab):
    by_hand(workbook, MONEY, "By hand")
    tab.edit("skills", MONEY, "In the Lab")
    assert "was changed here and in" in tab.save()
    by_hand(workbook, "By hand", "By hand and in the Lab")
    (workbook / "params/torfaen.skills.en.conflict").unlink()
    tab.reload()
    assert "By hand and in the Lab" in tab.text("skills")
    tab.edit("skills", "By hand and", "Then")
    assert tab.save() == ""
    assert "Then in the Lab" in params(workbook)


@pytest.mark.parametrize("again", [False, True], ids=["first", "second-save"])
def test_two_tabs_of_one_notebook_are_told_apart(workbook: Path, tab: Tab, again: bool):
    other = Tab(workbook)
    tab.edit("skills", MONEY, "First tab")
    assert tab.save() == ""
    other.edit("decisions", SOUND, "Second tab")
    assert other.save() == ""
    if again:
        assert tab.save() == ""
    other.edit("skills", MONEY, "Second tab too")
    assert "'skills' in 'en' was changed here and in" in other.save()
    assert "First tab" in params(workbook)
    assert "Second tab" in params(workbook)
    assert "Second tab too" in (workbook / "params/torfaen.skills.en.conflict").read_text()


def test_a_stale_tab_that_edits_nothing_undoes_nothing(workbook: Path, tab: Tab):
    other = Tab(workbook)
    tab.edit("skills", MONEY, "First tab")
    tab.save()
    assert other.save() == ""
    assert "First tab" in params(workbook)
    other.reload()
    assert "First tab" in other.text("skills")


def test_two_editions_are_two_texts(workbook: Path, tab: Tab):
    by_hand(workbook, "Mae arian a chapasiti'n destun pryder", "Yn Gymraeg")
    tab.edit("skills", MONEY, "In English")
    assert tab.save() == ""
    assert "Yn Gymraeg" in params(workbook)
    assert "In English" in params(workbook)


# Crashes, and files that go away


def test_a_server_killed_after_the_text_and_before_the_notebook_loses_nothing(
    workbook: Path, tab: Tab, monkeypatch: pytest.MonkeyPatch
):
    class Killed(BaseException):
        pass

    async def killed(*_given: object, **_named: object) -> None:
        raise Killed

    tab.edit("skills", MONEY, "Before the crash")
    monkeypatch.setattr(tab.contents, "_save_notebook", killed)
    with pytest.raises(Killed):
        tab.save()
    assert "Before the crash" in params(workbook)
    assert MONEY in (workbook / NAME).read_text()
    tab.contents = server(workbook)
    tab.edit("skills", "Before the crash", "After the crash")
    assert tab.save() == ""
    assert "After the crash" in params(workbook)
    assert conflicts(workbook) == []


def test_after_a_crash_a_reload_shows_what_was_saved(
    workbook: Path, tab: Tab, monkeypatch: pytest.MonkeyPatch
):
    async def fails(*_given: object, **_named: object) -> None:
        raise OSError("no space left")

    tab.edit("skills", MONEY, "Saved as text only")
    monkeypatch.setattr(tab.contents, "_save_notebook", fails)
    with pytest.raises(HTTPError, match="no space left"):
        asyncio.run(tab.contents.save({"type": "notebook", "content": tab.notebook}, NAME))
    again = Tab(workbook)
    assert "Saved as text only" in again.text("skills")
    assert again.save() == ""
    assert "Saved as text only" in params(workbook)


def test_a_server_killed_while_it_writes_the_notebook_leaves_the_old_one_whole(
    workbook: Path, tab: Tab, monkeypatch: pytest.MonkeyPatch
):
    class Killed(BaseException):
        pass

    def killed(_part: Path, target: Path) -> None:
        raise Killed(target.name)

    before = (workbook / NAME).read_bytes()
    tab.edit("skills", MONEY, "Before the crash")
    tab.save()
    after = (workbook / NAME).read_bytes()
    assert after != before
    tab.notebook["cells"][0]["metadata"]["collapsed"] = True  # nothing for params/
    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(Killed, match=r"^edit\.en\.ipynb$"):
        tab.save()
    assert (workbook / NAME).read_bytes() == after
    assert list((workbook / "outputs/torfaen").glob(".*.part")) == []


@pytest.mark.parametrize("gone", [NAME, "outputs/torfaen", "outputs"])
def test_a_notebook_deleted_while_it_is_open_is_saved_all_the_same(
    workbook: Path, tab: Tab, gone: str
):
    path = workbook / gone
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    tab.edit("skills", MONEY, "Still here")
    assert tab.save() == ""
    assert "Still here" in params(workbook)
    assert "Still here" in (workbook / NAME).read_text()


def test_a_notebook_made_anew_while_it_is_open_costs_no_edit(workbook: Path, tab: Tab):
    tab.edit("skills", MONEY, "Not saved yet")
    make_working(workbook, "torfaen", "en", print)
    assert tab.save() == ""
    assert "Not saved yet" in params(workbook)


def test_a_theme_that_is_renamed_meanwhile_costs_no_edit(workbook: Path, tab: Tab):
    by_hand(workbook, "\n  skills:\n", "\n  capacity:\n")
    tab.edit("skills", MONEY, "Under the old name")
    assert "both texts are in params/torfaen.skills.en.conflict" in tab.save()
    assert "Under the old name" in (workbook / "params/torfaen.skills.en.conflict").read_text()
    assert MONEY in params(workbook)


def test_a_text_of_a_theme_that_the_study_lost_is_written_and_named_by_check(
    workbook: Path, tab: Tab
):
    tab.notebook["metadata"][EDIT]["themes"].append("old_theme")
    last = tab.cells("decisions")[-1]
    extra = json.loads(json.dumps(last)) | {"id": "old", "source": "Its text."}
    extra["metadata"] |= {"theme": "old_theme", EDIT: {"opened_with": ""}}
    tab.notebook["cells"].append(extra)
    assert tab.save() == ""
    assert "  old_theme:\n    en: |\n      Its text.\n" in params(workbook)
    with pytest.raises(Exception, match="unknown theme 'old_theme'"):
        check_workbook(workbook)


# What is refused, and says why


def test_a_read_only_file_is_left_and_the_text_stays_in_the_lab(workbook: Path, tab: Tab):
    (workbook / PARAMS).chmod(0o444)
    tab.edit("skills", MONEY, "Mine")
    assert tab.save() == (
        "params/torfaen.yaml: the file is read-only; make it writable and save again." + HERE
    )
    (workbook / PARAMS).chmod(0o644)
    assert tab.save() == ""
    assert "Mine" in params(workbook)


def after_the_editions(workbook: Path) -> int:
    """The line of the next key, at which a list of editions that is not closed is noticed."""
    lines = params(workbook).splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("editions: "))
    return next(n for n, line in enumerate(lines[start + 1 :], start + 2) if line.strip())


def test_a_parameter_file_that_is_no_yaml_is_named_with_its_place(workbook: Path, tab: Tab):
    by_hand(workbook, "editions: [en, cy]", "editions: [en, cy")
    tab.edit("skills", MONEY, "Mine")
    assert tab.save().startswith(f"{PARAMS}:{after_the_editions(workbook)}:")
    assert "not valid YAML" in tab.save()


def test_a_text_that_yaml_cannot_hold_is_refused_by_the_name_of_its_sign(workbook: Path, tab: Tab):
    tab.edit("skills", MONEY, "Mi\x0bne")
    assert tab.save() == (
        "'skills' in 'en': line 1 holds the sign U+000B, which is not seen and which a parameter "
        "file cannot hold; delete it and save again. All other sections are saved." + HERE
    )


def test_an_error_that_nobody_foresaw_refuses_the_save_too(
    tab: Tab, monkeypatch: pytest.MonkeyPatch
):
    def fails(*_given: object) -> None:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr("helpers.run.editing.contents.save_notebook", fails)
    assert tab.save() == (
        "this failed in a way that nobody foresaw (ZeroDivisionError: by nought)." + HERE
    )


def test_the_published_report_is_not_edited(workbook: Path, tab: Tab):
    tab.name = "outputs/torfaen/report.cy.ipynb"
    assert tab.save() == (
        "outputs/torfaen/report.cy.ipynb is the published report, which is not edited; "
        "edit outputs/torfaen/edit.cy.ipynb." + HERE
    )
    assert not (workbook / tab.name).exists()


@pytest.mark.parametrize("name", ["outputs/torfaen/edit.en-Copy1.ipynb", "mine.ipynb"])
def test_a_copy_of_a_working_notebook_is_not_saved_as_if_it_were_one(tab: Tab, name: str):
    tab.name = name
    assert tab.save() == (
        f"{name} is a copy of a working notebook, and what is edited in it would be lost; "
        "edit the notebook that 'workbook edit' opened." + HERE
    )


def test_any_other_notebook_or_file_is_saved_as_ever(workbook: Path, tab: Tab):
    own = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("own")])
    asyncio.run(tab.contents.save({"type": "notebook", "content": own}, "own.ipynb"))
    assert "own" in (workbook / "own.ipynb").read_text()
    file = {"type": "file", "format": "text", "content": "x"}
    asyncio.run(tab.contents.save(file, "notes.txt"))
    assert (workbook / "notes.txt").read_text() == "x"


# What may happen to cells


def test_a_section_split_in_two_is_joined_by_a_blank_line(workbook: Path, tab: Tab):
    (cell,) = tab.cells("skills")
    second = json.loads(json.dumps(cell)) | {"id": "half", "source": "Second half.\n"}
    cell["source"] = "First half."
    tab.notebook["cells"].insert(tab.notebook["cells"].index(cell) + 1, second)
    assert tab.save() == ""
    assert "    en: |\n      First half.\n\n      Second half.\n    cy: |" in params(workbook)
    tab.reload()
    assert tab.text("skills") == "First half.\n\nSecond half."
    assert len(tab.cells("skills")) == 1


def test_a_text_cell_below_a_section_belongs_to_it(workbook: Path, tab: Tab):
    tab.insert_below("skills", cell_type="markdown", source="More on skills.")
    tab.insert_below("skills", cell_type="code", source="1 + 1")
    tab.insert_below("skills", cell_type="markdown", source=" \n")
    assert tab.save() == ""
    assert "\n\n      More on skills.\n    cy: |" in params(workbook)
    assert "1 + 1" not in params(workbook)
    tab.reload()
    assert tab.text("skills").endswith("\n\nMore on skills.")
    assert [cell["source"] for cell in tab.notebook["cells"]].count("1 + 1") == 1
    assert [cell["source"] for cell in tab.notebook["cells"]].count("More on skills.") == 0


@pytest.mark.parametrize("kind", ["code", "raw"])
def test_a_section_turned_into_another_kind_of_cell_keeps_its_text(
    workbook: Path, tab: Tab, kind: str
):
    tab.edit("skills", MONEY, "Turned")
    (cell,) = tab.cells("skills")
    cell["cell_type"] = kind
    cell |= {"outputs": [], "execution_count": None} if kind == "code" else {}
    assert tab.save() == ""
    assert "Turned" in params(workbook)
    tab.reload()
    assert tab.cells("skills")[0]["cell_type"] == "markdown"


def test_text_that_belongs_to_no_section_is_not_thrown_away(workbook: Path, tab: Tab):
    lost = {"cell_type": "markdown", "id": "lost", "metadata": {}, "source": "Where do I belong?"}
    tab.notebook["cells"].insert(0, lost)
    tab.edit("skills", MONEY, "Mine")
    before = params(workbook)
    assert tab.save() == (
        "the text in cell 1 belongs to no section: 'Where do I belong?'; "
        "move it below the text of its section." + HERE
    )
    assert params(workbook) == before


def test_a_missing_section_is_not_an_emptied_one(workbook: Path, tab: Tab):
    tab.notebook["cells"].remove(tab.cells("skills")[0])
    before = params(workbook)
    assert tab.save().startswith("the section 'skills' is missing; undo that (Edit > Undo Cell")
    assert params(workbook) == before


@pytest.mark.parametrize("theme", ["skills", "decisions"])
def test_a_section_in_two_places_is_not_joined_by_guess(tab: Tab, theme: str):
    copied = json.loads(json.dumps(tab.cells(theme)[0])) | {"id": "copied"}
    tab.notebook["cells"].append(copied)
    assert tab.save().startswith(f"text of the section '{theme}' stands in two places; undo that")


def test_a_change_to_a_locked_cell_is_not_thrown_away(tab: Tab):
    part = next(cell for cell in tab.notebook["cells"] if cell["id"] == "part-1")
    part["source"] += " More."
    assert tab.save().startswith("cell 'part-1' is not edited here, but was changed; undo that")


def test_an_emptied_section_is_emptied_in_the_parameter_file(workbook: Path, tab: Tab):
    tab.cells("skills")[0]["source"] = ""
    assert tab.save() == ""
    assert '  skills:\n    en: ""\n    cy: |' in params(workbook)


def test_a_notebook_without_our_notes_says_how_to_get_one_that_has_them(tab: Tab):
    del tab.notebook["metadata"][EDIT]
    assert tab.save() == (
        "outputs/torfaen/edit.en.ipynb: not a working notebook; keep a copy of your text "
        "elsewhere, delete it and run 'workbook edit torfaen --edition en'." + HERE
    )


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (None, 5),
        (None, ["opening", "council", "edition", "themes", "languages"]),
        ("opening", [1]),
        ("council", None),
        ("edition", {}),
        ("themes", "skills"),
        ("themes", [{"a": 1}]),
        ("languages", 5),
    ],
)
def test_notes_of_ours_that_another_program_spoilt_are_no_working_notebook(
    tab: Tab, key: str | None, value: object
):
    if key:
        tab.notebook["metadata"][EDIT][key] = value
    else:
        tab.notebook["metadata"][EDIT] = value
    assert tab.save() == (
        "outputs/torfaen/edit.en.ipynb: not a working notebook; keep a copy of your text "
        "elsewhere, delete it and run 'workbook edit torfaen --edition en'." + HERE
    )


@pytest.mark.parametrize(
    ("key", "value"), [("tags", 5), ("tags", "narrative"), ("theme", ["skills"])]
)
def test_a_section_whose_notes_another_program_spoilt_is_refused(
    workbook: Path, tab: Tab, key: str, value: object
):
    tab.cells("skills")[0]["metadata"][key] = value
    before = params(workbook)
    assert "is not edited here, but was changed; undo that" in tab.save()
    assert params(workbook) == before


def test_a_section_without_our_notes_overwrites_nothing(workbook: Path, tab: Tab):
    tab.cells("skills")[0]["metadata"][EDIT] = "x"
    tab.edit("skills", MONEY, "Mine")
    assert "both texts are in params/torfaen.skills.en.conflict" in tab.save()
    assert MONEY in params(workbook)


@pytest.mark.parametrize("name", ["cardiff/edit.en", "torfaen/edit.cy"])
def test_a_notebook_in_the_place_of_another_is_not_saved_as_that_one(
    workbook: Path, tab: Tab, name: str
):
    (workbook / "outputs/cardiff").mkdir()
    tab.name = f"outputs/{name}.ipynb"
    before = (workbook / "params/cardiff.yaml").read_bytes(), params(workbook)
    tab.edit("skills", MONEY, "Mine")
    assert tab.save() == (
        f"outputs/{name}.ipynb is the working notebook of torfaen, en, moved here; move it back."
        + HERE
    )
    assert ((workbook / "params/cardiff.yaml").read_bytes(), params(workbook)) == before


# Default text


def test_a_text_that_is_written_in_another_language_only_opens_as_an_empty_cell(workbook: Path):
    text = params(workbook)
    start = text.index("    cy: |", text.index("  skills:"))
    end = text.index("  decisions:") if text.index("  decisions:") > start else len(text)
    (workbook / PARAMS).write_text(text[:start] + text[end:], encoding="utf-8")
    before = params(workbook)
    make_working(workbook, "torfaen", "cy", print)
    welsh = Tab(workbook, "outputs/torfaen/edit.cy.ipynb")
    assert welsh.text("skills") == ""
    assert welsh.text("decisions") != ""
    assert welsh.save() == ""
    assert params(workbook) == before
    welsh.cells("skills")[0]["source"] = "Newydd."
    assert welsh.save() == ""
    assert params(workbook) == text[:start] + "    cy: |\n      Newydd.\n" + text[end:]


@pytest.fixture
def cardiff(workbook: Path) -> Tab:
    """A working notebook of a council that has no narrative, made of the one that has."""
    notebook = on_disk(workbook)
    for cell in notebook.cells:
        if "theme" in cell.metadata:
            cell.metadata[EDIT] = {"opened_with": "", "default": cell.source}
    notebook.metadata[EDIT]["council"] = "cardiff"
    (workbook / "outputs/cardiff").mkdir()
    nbformat.write(notebook, workbook / "outputs/cardiff/edit.en.ipynb")
    return Tab(workbook, "outputs/cardiff/edit.en.ipynb")


def test_default_text_that_nobody_changed_is_never_written(workbook: Path, cardiff: Tab):
    before = (workbook / "params/cardiff.yaml").read_bytes()
    assert MONEY in cardiff.text("skills")
    assert cardiff.save() == ""
    assert (workbook / "params/cardiff.yaml").read_bytes() == before


def test_default_text_that_was_changed_becomes_narrative(workbook: Path, cardiff: Tab):
    before = (workbook / "params/cardiff.yaml").read_text()
    default = cardiff.text("skills")
    cardiff.cells("skills")[0]["source"] = "Ours."
    assert cardiff.save() == ""
    after = (workbook / "params/cardiff.yaml").read_text()
    assert after == before + "\nnarrative:\n  skills:\n    en: |\n      Ours.\n"
    cardiff.cells("skills")[0]["source"] = default
    assert cardiff.save() == ""
    assert (workbook / "params/cardiff.yaml").read_text().endswith('  skills:\n    en: ""\n')


# Text that must not be run

TOUCH = '__import__("pathlib").Path("made").touch()'
HOSTILE = [
    f"{{eval}}`{TOUCH}`",
    f"{{ eval }}`{TOUCH}`",
    f"{{eval #id}}`{TOUCH}`",
    f"```{{note}}\n{{eval}}`{TOUCH}`\n```",
    f"`{{eval}}` and {{eval}}`` {TOUCH} ``",
    '{eval}`agree("L1").__class__`',
    f"<div>\n{{eval}}`{TOUCH}`\n</div>",
    ":::{iframe} javascript:alert(1)\n:::",
    "```{card}\n:link: javascript:alert(1)\n```",
    "<button data-commandlinker-command=x>",
    "![a](https://elsewhere.invalid/a.png)",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_outside_the_grammar_opens_as_text_that_nothing_evaluates(
    workbook: Path, tab: Tab, text: str
):
    block = "\n".join(f"      {line}" for line in text.split("\n"))
    by_hand(workbook, f"      {MONEY}", f"{block}\n\n      {MONEY}")
    tab.reload()
    (cell,) = tab.cells("skills")
    assert cell["cell_type"] == "raw"
    assert cell["source"].startswith(text)
    note = tab.notebook["cells"][tab.notebook["cells"].index(cell) - 1]
    assert note["cell_type"] == "raw"
    assert "nothing of it is run:\n\nparams/torfaen.yaml:" in note["source"]
    assert all(
        TOUCH not in str(other["source"])
        for other in tab.notebook["cells"]
        if other["cell_type"] != "raw"
    )


def test_text_that_was_mended_opens_as_a_live_section_again(workbook: Path, tab: Tab):
    by_hand(workbook, MONEY, '{eval}`agre("S1")` agree')
    tab.reload()
    note = next(cell for cell in tab.notebook["cells"] if "nothing of it is run" in cell["source"])
    place = next(
        f"{number}:{line.index('{eval}`agre(') + 1}"
        for number, line in enumerate(params(workbook).splitlines(), start=1)
        if "agre(" in line
    )
    assert (
        f"params/torfaen.yaml:{place}: unknown measure 'agre'; expected 'agree'" in note["source"]
    )
    tab.edit("skills", "agre(", "agree(")
    assert tab.save() == ""
    tab.reload()
    assert tab.cells("skills")[0]["cell_type"] == "markdown"
    assert not any("nothing of it is run" in cell["source"] for cell in tab.notebook["cells"])


def test_a_notebook_is_made_of_text_that_fails_and_runs_none_of_it(
    workbook: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    """Of a hostile section, and of one whose figure is hidden."""
    monkeypatch.chdir(tmp_path)
    by_hand(workbook, MONEY, f"{{eval}}`{TOUCH}`")
    by_hand(workbook, SOUND, '{eval}`agree("D1", group="management_team")` of them')
    make_working(workbook, "torfaen", "en", print)
    tab = Tab(workbook)
    assert tab.cells("skills")[0]["cell_type"] == "raw"
    assert tab.cells("decisions")[0]["cell_type"] == "markdown"
    assert not list(tmp_path.rglob("made"))
    tab.edit("skills", f"{{eval}}`{TOUCH}`", "Mended")
    assert tab.save() == ""
    assert "Mended" in params(workbook)


# Notebooks edited in other programs


def save(workbook: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["save", *arguments, "--workbook", str(workbook)])


def elsewhere(workbook: Path, old: str, new: str) -> None:
    """Edit a section as a program does that knows nothing of ours."""
    notebook = on_disk(workbook)
    (cell,) = [cell for cell in notebook.cells if old in cell.source]
    cell.source = cell.source.replace(old, new)
    nbformat.write(notebook, workbook / NAME)


def test_the_command_saves_what_another_program_edited(workbook: Path):
    before = params(workbook)
    elsewhere(workbook, MONEY, "Elsewhere")
    done = save(workbook, "torfaen")
    assert (done.exit_code, done.output) == (0, "outputs/torfaen/edit.en.ipynb: skills\n")
    assert params(workbook) == before.replace(MONEY, "Elsewhere")
    done = save(workbook, "torfaen", "--edition", "en")
    assert done.output == "outputs/torfaen/edit.en.ipynb: nothing was edited\n"
    elsewhere(workbook, "Elsewhere", "Once more")
    assert save(workbook, "torfaen").exit_code == 0
    assert params(workbook) == before.replace(MONEY, "Once more")


@pytest.mark.parametrize("saves", [0, 1, 2])
def test_the_command_and_an_open_tab_do_not_undo_each_other(workbook: Path, tab: Tab, saves: int):
    for _ in range(saves):
        assert tab.save() == ""
    elsewhere(workbook, MONEY, "Elsewhere")
    assert save(workbook, "torfaen").exit_code == 0
    assert tab.save() == ""  # the tab overwrites the notebook, which Lab asks about
    assert "Elsewhere" in params(workbook)
    assert save(workbook, "torfaen").output == (
        "outputs/torfaen/edit.en.ipynb: nothing was edited\n"
    )
    assert "Elsewhere" in params(workbook)
    tab.reload()
    assert "Elsewhere" in tab.text("skills")


def test_the_command_tells_of_a_conflict_and_keeps_both_texts(workbook: Path):
    elsewhere(workbook, MONEY, "Elsewhere")
    by_hand(workbook, MONEY, "By hand")
    done = save(workbook, "torfaen")
    assert done.exit_code == 10
    assert done.output.startswith(
        "workbook: error: 'skills' in 'en' was changed here and in params/torfaen.yaml too."
    )
    assert conflicts(workbook) == ["torfaen.skills.en.conflict"]
    tab = Tab(workbook)
    assert "By hand" in tab.text("skills")


def test_an_edit_from_elsewhere_is_still_there_when_the_lab_opens_the_notebook(workbook: Path):
    elsewhere(workbook, MONEY, "Elsewhere")
    tab = Tab(workbook)
    assert "Elsewhere" in tab.text("skills")
    assert tab.save() == ""
    assert "Elsewhere" in params(workbook)


def test_one_edition_that_is_refused_stops_no_other(workbook: Path):
    welsh = on_disk(workbook)
    for cell in welsh.cells:
        if "theme" in cell.metadata:
            cell.metadata[EDIT] = {"opened_with": "", "default": cell.source}
    del welsh.metadata[EDIT]["themes"]
    nbformat.write(welsh, workbook / "outputs/torfaen/edit.cy.ipynb")
    elsewhere(workbook, MONEY, "Elsewhere")
    done = save(workbook, "torfaen")
    assert done.exit_code == 10
    assert "workbook: error: outputs/torfaen/edit.cy.ipynb: not a working notebook" in done.output
    assert "outputs/torfaen/edit.en.ipynb: skills\n" in done.output
    assert "Elsewhere" in params(workbook)


def test_the_command_without_a_notebook_says_how_to_get_one(workbook: Path):
    done = save(workbook, "cardiff")
    assert done.exit_code == 2
    assert done.output == (
        "workbook: error: outputs/cardiff/edit.*.ipynb: no such working notebook; "
        "run 'workbook edit cardiff' first\n"
    )


@pytest.mark.parametrize("council", ["cardif", "/tmp", "../params"])
def test_the_command_for_a_council_that_is_none_says_so(workbook: Path, council: str):
    done = save(workbook, council)
    assert done.exit_code == 2
    assert done.output.startswith(
        f"workbook: error: params/{council}.yaml: no such parameter file; "
        "expected 'blaenau-gwent', 'bridgend', "
    )


def test_a_notebook_that_cannot_be_read_is_named(workbook: Path):
    (workbook / NAME).unlink()
    (workbook / NAME).mkdir()
    done = save(workbook, "torfaen")
    assert done.exit_code == 10
    assert done.output == (
        "workbook: error: outputs/torfaen/edit.en.ipynb: not readable: Is a directory\n"
    )


@pytest.mark.parametrize(
    "content", ["[" * 100_000, '{"cells": null, "nbformat": 4, "metadata": {}}', '{"nbformat": 4}']
)
def test_what_nbformat_stumbles_over_is_no_notebook(workbook: Path, content: str):
    (workbook / NAME).write_text(content)
    done = save(workbook, "torfaen")
    assert done.exit_code == 10
    assert done.output.startswith(
        "workbook: error: outputs/torfaen/edit.en.ipynb: not a notebook: "
    )
    assert done.output.endswith("; move it away and run 'workbook edit torfaen --edition en'\n")


def test_a_notebook_that_is_none_is_named(workbook: Path):
    (workbook / NAME).write_text("{}")
    done = save(workbook, "torfaen")
    assert done.exit_code == 10
    assert done.output.startswith(
        "workbook: error: outputs/torfaen/edit.en.ipynb: not a notebook: "
    )


# Before a notebook is made anew


def test_what_an_older_notebook_holds_is_saved_before_a_new_one_is_made(workbook: Path):
    elsewhere(workbook, MONEY, "Elsewhere")
    working = Working(workbook, "torfaen", "en")
    assert clear_the_way(working) == ["saved: skills in outputs/torfaen/edit.en.ipynb"]
    assert "Elsewhere" in params(workbook)
    assert not (workbook / "outputs/torfaen/edit.en.1.ipynb").exists()


def test_a_notebook_with_cells_of_its_auditor_s_own_is_kept_beside(workbook: Path, tab: Tab):
    tab.insert_below("skills", cell_type="code", source="my_own = 1")
    tab.save()
    before = (workbook / NAME).read_bytes()
    working = Working(workbook, "torfaen", "en")
    kept = "the notebook as it was is kept: outputs/torfaen/edit.en.1.ipynb"
    assert clear_the_way(working) == [kept]
    assert (workbook / "outputs/torfaen/edit.en.1.ipynb").read_bytes() == before
    assert clear_the_way(working) == [kept.replace(".1.", ".2.")]


def test_a_notebook_that_cannot_be_saved_is_kept_beside_and_says_why(workbook: Path):
    elsewhere(workbook, MONEY, "Elsewhere")
    by_hand(workbook, MONEY, "By hand")
    told = clear_the_way(Working(workbook, "torfaen", "en"))
    assert "both texts are in params/torfaen.skills.en.conflict" in told[0]
    assert told[1:] == ["the notebook as it was is kept: outputs/torfaen/edit.en.1.ipynb"]
    assert "Elsewhere" in (workbook / "outputs/torfaen/edit.en.1.ipynb").read_text()


def test_what_another_program_saves_while_a_new_one_is_made_is_not_overwritten(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
):
    prepare = lab.prepare_working

    def meanwhile(*given):
        made = prepare(*given)
        elsewhere(workbook, MONEY, "Elsewhere")
        return made

    monkeypatch.setattr(lab, "prepare_working", meanwhile)
    told: list[str] = []
    make_working(workbook, "torfaen", "en", told.append)
    assert told == ["saved: skills in outputs/torfaen/edit.en.ipynb"]
    assert "Elsewhere" in params(workbook)
    assert "Elsewhere" in Tab(workbook).text("skills")


def test_an_older_notebook_is_kept_beside_once(workbook: Path, tab: Tab):
    tab.insert_below("skills", cell_type="code", source="my_own = 1")
    tab.save()
    make_working(workbook, "torfaen", "en", print)
    kept = sorted(path.name for path in (workbook / "outputs/torfaen").glob("*.ipynb"))
    assert kept == ["edit.en.1.ipynb", "edit.en.ipynb"]


# The command and its kernel


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["cardif"], "no council 'cardif' in params/; expected "),
        (["torfaen", "--edition", "fr"], "unknown edition 'fr'; expected 'en', 'cy'"),
    ],
)
def test_what_does_not_exist_cannot_be_edited(
    workbook: Path, arguments: list[str], told: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv(VARIABLE, "")
    done = CliRunner().invoke(main, ["edit", *arguments, "--workbook", str(workbook)])
    assert done.exit_code == 2
    assert done.output.startswith(f"workbook: error: {told}")


def edit(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.setenv(VARIABLE, "")
    return CliRunner().invoke(main, ["edit", "torfaen", "--workbook", str(workbook)])


def test_data_that_cannot_be_read_is_told_before_the_lab_is_opened(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
):
    (workbook / "data/responses/elected_members.csv").write_text("respondent,council\n")
    done = edit(workbook, monkeypatch)
    assert done.exit_code == 7
    assert done.output.startswith(
        "workbook: error: cell 'open': data/responses/elected_members.csv:1:1: "
    )


def test_a_template_that_is_none_is_told_before_the_lab_is_opened(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
):
    (workbook / "notebooks/council_report.ipynb").write_text("{")
    done = edit(workbook, monkeypatch)
    assert done.exit_code == 4
    assert "notebooks/council_report.ipynb:1:2: not a notebook: " in done.output


def test_a_notebook_that_cannot_be_opened_says_why(workbook: Path):
    by_hand(workbook, "editions: [en, cy]", "editions: [en, cy")
    with pytest.raises(HTTPError) as refused:
        Tab(workbook)
    assert refused.value.status_code == 409
    assert refused.value.log_message.startswith(f"{PARAMS}:{after_the_editions(workbook)}:")
    assert refused.value.log_message.endswith(". It is not opened.")


def test_without_jupyterlab_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lab, "find_spec", lambda _name: None)
    with pytest.raises(UsageError) as refused:
        check_lab()
    assert refused.value.message == (
        "jupyterlab and jupyterlab_myst: not installed; install the extra 'lab': "
        "pip install -c constraints.txt -e '.[lab]'"
    )


@pytest.fixture
def in_kernel(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(workbook))
    monkeypatch.setenv(kernel.COUNCIL, "torfaen")
    monkeypatch.setenv(kernel.EDITION, "en")
    return workbook


def test_a_kernel_starts_with_the_council_s_measures(in_kernel: Path):
    names = kernel.load()
    assert repr(names["response_rate"]("members")) == "27%"
    assert set(names) == {"report", *spoken_by(Measures)}


def test_a_kernel_of_a_workbook_with_a_mistake_says_so_in_place_of_figures(
    in_kernel: Path, capsys: pytest.CaptureFixture[str]
):
    by_hand(in_kernel, "council: torfaen", "council: torfan")
    names = kernel.load()
    told = "params/torfaen.yaml:5:1: unknown council 'torfan'"
    assert told in capsys.readouterr().err
    with pytest.raises(Exception, match=told):
        names["agree"]("L1")


def test_a_kernel_is_told_its_council_as_data_and_not_in_code(tmp_path: Path):
    kernel.write_kernelspec(tmp_path, Working(tmp_path, "it's-a-trap", "en"))
    spec = json.loads((tmp_path / "kernels/workbook-it's-a-trap-en/kernel.json").read_text())
    assert "trap" not in " ".join(spec["argv"])
    assert spec["env"][kernel.COUNCIL] == "it's-a-trap"
    assert spec["env"][VARIABLE] == os.fspath(tmp_path)
