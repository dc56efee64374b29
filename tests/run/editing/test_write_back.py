"""What was edited reaches the parameter file, and nobody's text is overwritten on the way."""

from pathlib import Path

import pytest

from conftest import check_workbook
from helpers.errors import NotSaved
from helpers.run.editing.lineage import Lineage
from helpers.run.editing.merging import Versions, is_kept
from helpers.run.editing.working import Working, find_working
from helpers.run.editing.write_back import Edit, Edits, write_back
from helpers.study.files.locking import only_writer
from helpers.study.narrative_file import read_narrative
from helpers.study.parameters import find_strays

THEMES, LANGUAGES = ["leadership", "skills"], ["en", "cy"]
FILE = """\
council: x  # a comment
narrative:
  leadership:
    en: Lead.
    cy: Arwain.
  skills:
    en: Skill.
"""
CONFLICT = """\
The text of 'skills' in 'en' was changed both in outputs/x/edit.en.ipynb
and in params/x.yaml. Nothing was overwritten: both texts follow.
Put the text that you want into params/x.yaml, then delete this file.

<<<<<<< as edited in the notebook
Mine.
||||||| as it was before both changes
Skill.
======= as it stands in the parameter file
Theirs.
>>>>>>> one
"""
TOLD = (
    "'skills' in 'en' was changed here and in params/x.yaml too. Nothing is overwritten: both "
    "texts are in params/x.skills.en.conflict. Put the text that you want into params/x.yaml, "
    "delete params/x.skills.en.conflict, and open the notebook again "
    "(File > Reload Notebook from Disk). "
    "All other sections are saved"
)


@pytest.fixture
def working(tmp_path: Path) -> Working:
    (tmp_path / "params").mkdir()
    (tmp_path / "params/x.yaml").write_text(FILE)
    return Working(tmp_path, "x", "en")


def save(working: Working, opening: str = "one", **sections: tuple[str, str]) -> list[str]:
    """Save sections, each given as the text that it was opened with and the one it has now."""
    edits = {theme: Edit(f"{now}\n", f"{was}\n") for theme, (was, now) in sections.items()}
    return write_back(working, Edits(edits, opening, THEMES, LANGUAGES))


def refusal(working: Working, opening: str = "one", **sections: tuple[str, str]) -> str:
    with pytest.raises(NotSaved) as refused:
        save(working, opening, **sections)
    return refused.value.message


def by_hand(working: Working, old: str, new: str) -> None:
    text = working.parameters.read_text()
    assert old in text
    working.parameters.write_text(text.replace(old, new))


def text_of(working: Working, theme: str = "skills") -> str:
    content = working.parameters.read_bytes()
    return read_narrative(content, working.parameters_name)[theme, working.edition].strip()


def test_an_edit_is_written_and_nothing_else(working: Working):
    assert save(working, leadership=("Lead.", "Lead."), skills=("Skill.", "Mine.")) == ["skills"]
    assert working.parameters.read_text() == FILE.replace("en: Skill.", "en: |\n      Mine.")


def test_an_edit_by_hand_of_another_section_is_kept(working: Working):
    by_hand(working, "Lead.", "By hand.")
    assert save(working, leadership=("Lead.", "Lead."), skills=("Skill.", "Mine.")) == ["skills"]
    assert (text_of(working, "leadership"), text_of(working)) == ("By hand.", "Mine.")


def overtaken(working: Working, times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an editor write the parameter file, once it was read, each of so many times."""
    from helpers.run.editing import write_back

    write, made = write_back.write_narrative, []

    def late(*given):
        new = write(*given)
        if len(made) < times:
            made.append(1)
            text = working.parameters.read_text()
            working.parameters.write_text(text.replace("Lead.", f"By hand {len(made)}. Lead."))
        return new

    monkeypatch.setattr(write_back, "write_narrative", late)


def test_an_edit_by_hand_during_the_save_is_kept(working: Working, monkeypatch: pytest.MonkeyPatch):
    overtaken(working, 4, monkeypatch)
    assert save(working, skills=("Skill.", "Mine.")) == ["skills"]
    by_hand = "By hand 1. By hand 2. By hand 3. By hand 4. Lead."
    assert f"    en: {by_hand}\n" in working.parameters.read_text()
    assert "Mine." in working.parameters.read_text()


def test_a_file_that_is_written_again_and_again_is_left(
    working: Working, monkeypatch: pytest.MonkeyPatch
):
    overtaken(working, 5, monkeypatch)
    with pytest.raises(NotSaved) as refused:
        save(working, skills=("Skill.", "Mine."))
    assert refused.value.message == ("params/x.yaml: another program keeps writing it; save again")
    assert "Mine" not in working.parameters.read_text()
    assert "By hand 5." in working.parameters.read_text()


def test_a_file_that_is_a_link_stays_one(working: Working, tmp_path: Path):
    elsewhere = tmp_path / "elsewhere.yaml"
    working.parameters.rename(elsewhere)
    working.parameters.symlink_to(elsewhere)
    assert save(working, skills=("Skill.", "Mine.")) == ["skills"]
    assert working.parameters.is_symlink()
    assert "Mine." in elsewhere.read_text()


def test_a_link_out_of_the_workbook_that_cannot_be_written_is_named(
    working: Working, tmp_path_factory: pytest.TempPathFactory
):
    outside = tmp_path_factory.mktemp("outside") / "gone" / "x.yaml"
    working.parameters.unlink()
    working.parameters.symlink_to(outside)
    assert refusal(working, skills=("Skill.", "Mine.")) == (
        "params/x.yaml: No such file or directory; put this right and save again"
    )
    assert working.name_of(str(outside)) == "x.yaml"
    assert working.name_of(str(working.parameters.parent)) == "params"


def test_what_nobody_edited_touches_no_file(working: Working):
    before = working.parameters.stat()
    assert save(working, skills=("Skill.", "Skill.")) == []
    assert working.parameters.stat() == before
    assert not working.lineage.exists()


def test_both_edits_of_one_section_are_kept_and_neither_is_overwritten(working: Working):
    by_hand(working, "Skill.", "Theirs.")
    assert refusal(working, leadership=("Lead.", "New."), skills=("Skill.", "Mine.")) == TOLD
    assert (text_of(working, "leadership"), text_of(working)) == ("New.", "Theirs.")
    conflict = working.workbook / "params/x.skills.en.conflict"
    assert conflict.read_text() == CONFLICT
    assert is_kept(working.workbook, "x", ("skills", "en"), "Mine.\n")
    assert not is_kept(working.workbook, "x", ("skills", "en"), "Theirs.\n")


def test_a_later_text_of_one_opening_takes_the_place_of_its_earlier_one(working: Working):
    by_hand(working, "Skill.", "Theirs.")
    assert refusal(working, skills=("Skill.", "Mi.")) == TOLD
    assert refusal(working, skills=("Skill.", "Mine, mo.")) == TOLD
    assert refusal(working, skills=("Skill.", "Mine.")) == TOLD
    (kept,) = working.parameters.parent.glob("*.conflict")
    assert kept.read_text() == CONFLICT


def test_the_same_conflict_is_kept_once_and_another_gets_a_number(working: Working):
    by_hand(working, "Skill.", "Theirs.")
    assert refusal(working, skills=("Skill.", "Mine.")) == TOLD
    assert refusal(working, opening="two", skills=("Skill.", "Mine.")) == TOLD
    files = "params/x.skills.en.conflict and params/x.skills.en.2.conflict"
    assert refusal(working, opening="two", skills=("Skill.", "More.")) == (
        TOLD.replace("both texts", "all texts").replace("params/x.skills.en.conflict", files)
    )
    assert sorted(path.name for path in working.parameters.parent.glob("*.conflict")) == [
        "x.skills.en.2.conflict",
        "x.skills.en.conflict",
    ]
    assert (working.parameters.parent / "x.skills.en.conflict").read_text() == CONFLICT


def test_a_conflict_with_another_text_of_the_file_gets_a_number(working: Working):
    by_hand(working, "Skill.", "Theirs.")
    refusal(working, skills=("Skill.", "Mine."))
    by_hand(working, "Theirs.", "Theirs too.")
    assert "x.skills.en.2.conflict" in refusal(working, skills=("Skill.", "Mine."))
    assert (working.parameters.parent / "x.skills.en.conflict").read_text() == CONFLICT


def test_a_narrative_with_nothing_under_it_is_empty():
    assert read_narrative(b"narrative:\n", "x.yaml") == {}
    assert read_narrative(b"narrative:\n  skills:\n", "x.yaml") == {}
    told = read_narrative(b"narrative:\n  a:\n  skills:\n    en: Skill.\n", "x.yaml")
    assert told == {("skills", "en"): "Skill.\n"}


def test_a_text_is_not_written_under_a_key_with_nothing_under_it(working: Working):
    working.parameters.write_text("council: x\nnarrative:\n")
    edits = Edits({"skills": Edit("Mine.\n", "")}, "one", THEMES, LANGUAGES)
    with pytest.raises(NotSaved) as refused:
        write_back(working, edits)
    assert refused.value.message == (
        "params/x.yaml:3:1: not a mapping with a line for each key; "
        "write it as in the other parameter files and save again"
    )


def test_the_same_edit_in_both_places_is_no_conflict(working: Working):
    by_hand(working, "Skill.", "Mine.")
    assert save(working, skills=("Skill.", "Mine.")) == []
    assert save(working, skills=("Skill.", "Again.")) == ["skills"]


def test_a_conflict_ends_when_the_edit_is_put_into_the_file(working: Working):
    by_hand(working, "Skill.", "Theirs.")
    refusal(working, skills=("Skill.", "Mine."))
    by_hand(working, "Theirs.", "Mine.")
    assert save(working, skills=("Skill.", "Mine.")) == []


def test_an_opening_that_saves_again_is_in_no_conflict_with_itself(working: Working):
    save(working, skills=("Skill.", "First."))
    assert save(working, skills=("Skill.", "Second.")) == ["skills"]
    assert save(working, skills=("Skill.", "Skill.")) == ["skills"]
    assert text_of(working) == "Skill."


def test_two_openings_of_one_text_are_told_apart(working: Working):
    save(working, "one", skills=("Skill.", "First."))
    assert "was changed here and in" in refusal(working, "two", skills=("Skill.", "Second."))
    assert text_of(working) == "First."


def test_an_edit_that_was_put_back_by_hand_is_not_undone(working: Working):
    save(working, skills=("Skill.", "Mine."))
    by_hand(working, "Mine.", "Skill.")
    assert save(working, skills=("Skill.", "Mine.")) == []
    assert text_of(working) == "Skill."
    assert "was changed here and in" in refusal(working, skills=("Skill.", "More."))


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_save_that_is_killed_at_any_step_loses_nothing(
    working: Working, step: int, monkeypatch: pytest.MonkeyPatch
):
    """The record of the attempt, the parameter file and the record of success are written."""
    from helpers.run.editing import lineage, write_back

    class Killed(BaseException):
        pass

    left, real = [step], write_back.write_together

    def killed(files: dict[Path, bytes]) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Killed
        real(files)

    for module in (lineage, write_back):
        monkeypatch.setattr(module, "write_together", killed)
    with pytest.raises(Killed):
        save(working, skills=("Skill.", "Mine."))
    monkeypatch.undo()
    assert text_of(working) == ("Mine." if step == 3 else "Skill.")
    assert save(working, skills=("Skill.", "More.")) == ["skills"]
    assert text_of(working) == "More."


def test_a_cut_short_save_does_not_hide_an_edit_by_hand(working: Working):
    lineage = Lineage(working.lineage)
    lineage.try_to_save("one", {"skills": "Skill.\n"}, {"skills": "Mine.\n"})
    by_hand(working, "Skill.", "Theirs.")
    assert "was changed here and in" in refusal(working, skills=("Skill.", "Mine."))


@pytest.mark.parametrize("content", ["", "{", "[]", "\xff"])
def test_a_broken_record_may_tell_a_conflict_but_loses_nothing(working: Working, content: str):
    working.lineage.parent.mkdir(parents=True)
    working.lineage.write_bytes(content.encode("latin-1"))
    assert save(working, skills=("Skill.", "Mine.")) == ["skills"]


def test_a_text_that_yaml_cannot_hold_is_refused_and_the_others_are_saved(working: Working):
    told = refusal(working, leadership=("Lead.", "New."), skills=("Skill.", "Mi\x07ne."))
    assert told == (
        "'skills' in 'en': line 1 holds the sign U+0007, which is not seen and which a parameter "
        "file cannot hold; delete it and save again. All other sections are saved"
    )
    assert (text_of(working, "leadership"), text_of(working)) == ("New.", "Skill.")


def test_an_emptied_section_stays_empty(working: Working):
    edits = Edits({"skills": Edit("", "Skill.\n")}, "one", THEMES, LANGUAGES)
    assert write_back(working, edits) == ["skills"]
    assert working.parameters.read_text() == FILE.replace("en: Skill.", 'en: ""')


def test_a_section_whose_key_was_renamed_meanwhile_is_a_conflict(working: Working):
    by_hand(working, "skills:", "capacity:")
    assert "was changed here and in" in refusal(working, skills=("Skill.", "Mine."))
    assert "Mine." in (working.workbook / "params/x.skills.en.conflict").read_text()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (
            lambda path: path.write_text("council: [\n"),
            "params/x.yaml:2:1: not valid YAML: expected the node content, but found "
            "'<stream end>'; put this right and save again",
        ),
        (
            lambda path: path.chmod(0o444),
            "params/x.yaml: the file is read-only; make it writable and save again",
        ),
        (
            lambda path: path.unlink(),
            "params/x.yaml: No such file or directory; put this right and save again",
        ),
        (
            lambda path: (path.parent / ".x.yaml.part").mkdir(),
            "params/.x.yaml.part: Is a directory; put this right and save again",
        ),
    ],
    ids=["broken", "read-only", "gone", "not-writable"],
)
def test_a_file_that_cannot_be_written_is_named_and_left(working: Working, spoil, told: str):
    spoil(working.parameters)
    before = working.parameters.read_bytes() if working.parameters.exists() else None
    assert refusal(working, skills=("Skill.", "Mine.")) == told
    after = working.parameters.read_bytes() if working.parameters.exists() else None
    assert after == before


def test_a_file_keeps_its_permissions(working: Working):
    working.parameters.chmod(0o660)
    save(working, skills=("Skill.", "Mine."))
    assert working.parameters.stat().st_mode & 0o777 == 0o660


def test_a_second_writer_waits_and_is_told(working: Working):
    folder = working.parameters.parent
    with (
        only_writer(folder),
        pytest.raises(NotSaved) as refused,
        only_writer(folder, 0.1),
    ):
        pass
    assert refused.value.message == (
        "params/: another program is saving there; wait a moment and save again"
    )
    with only_writer(folder, 0):
        pass


def test_the_record_holds_the_openings_that_saved_last(working: Working, tmp_path: Path):
    lineage = Lineage(tmp_path / "saved.json")
    for number in range(105):
        lineage.have_saved(str(number), {"skills": "x\n"})
        lineage.have_saved("busy", {"skills": "y\n"})
    openings = Lineage(tmp_path / "saved.json").openings
    assert len(openings) == 100
    assert openings["busy"] == {"skills": ["y\n"]}
    assert "104" in openings
    assert "4" not in openings


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("a", "a", "a", "a"),
        ("a", "b", "a", "b"),
        ("a", "a", "b", "b"),
        ("a", "b", "b", "b"),
        ("a", "b", "c", None),
        ("a", "", "a", ""),
        ("a", "", "b", None),
    ],
)
def test_three_texts_are_joined(base: str, mine: str, theirs: str, merged: str | None):
    assert Versions(base, mine, theirs).merged() == merged


def test_an_unresolved_conflict_is_named_by_check(working: Working):
    by_hand(working, "Skill.", "Theirs.")
    refusal(working, skills=("Skill.", "Mine."))
    assert [str(problem) for problem in find_strays(working.workbook)] == [
        "params/x.skills.en.conflict:1:1: two edits of one text are not joined; put the text that "
        "you want into params/x.yaml, then delete this file"
    ]


def test_nothing_is_built_while_a_conflict_is_unresolved(spoiled: Path):
    (spoiled / "params/torfaen.skills.en.conflict").write_text("x")
    with pytest.raises(Exception, match=r"^params/torfaen\.skills\.en\.conflict:1:1: two edits"):
        check_workbook(spoiled)


def test_only_a_working_notebook_s_own_place_is_one(tmp_path: Path):
    found = find_working(tmp_path, "outputs/torfaen/edit.cy.ipynb")
    assert found == Working(tmp_path, "torfaen", "cy")
    assert found.name == "outputs/torfaen/edit.cy.ipynb"
    for path in ("report.en", "edit.en.1", "edit", "edit.en-Copy1.", "../edit.en"):
        assert find_working(tmp_path, f"outputs/torfaen/{path}.ipynb") is None
