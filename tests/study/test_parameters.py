"""A council's parameters are checked by name, and every mistake has its place."""

from datetime import date

import pytest

from helpers.errors import CheckFailed, CouncilsRefused, Problem, UsageError
from helpers.study.parameters import (
    Judgement,
    find_strays,
    parameter_files,
    read_each,
    read_parameter_file,
    refuse,
)
from helpers.study.reading import read_study


@pytest.fixture(scope="module")
def study(shipped):
    return read_study(shipped)


@pytest.fixture
def write(tmp_path, study):
    """Write params/torfaen.yaml, the first three lines as they must be, and read it."""
    (tmp_path / "params").mkdir()

    def read(
        more: str = "",
        head: str = "council: torfaen\nreport_date: 2018-12-06\neditions: [en, cy]\n",
    ):
        path = tmp_path / "params" / "torfaen.yaml"
        path.write_text(head + more, encoding="utf-8")
        return read_parameter_file(path, study)

    return read


def problems(write, *text):
    with pytest.raises(CheckFailed) as failed:
        write(*text)
    return failed.value.message.splitlines()


def test_all_councils_have_parameters_in_the_studys_order(shipped, study):
    files, problems = read_each(parameter_files(shipped), study)
    assert problems == []
    assert list(files) == list(study.councils)
    assert files["torfaen"].parameters.report_date == date(2018, 12, 6)
    assert list(files["torfaen"].parameters.narrative) == list(study.about.themes)


def test_what_is_left_out_is_left_to_the_study(write):
    given = write().parameters
    assert (given.good_practice, given.judgements, given.narrative) == (None, {}, {})


def test_the_template_gets_its_parameters_and_never_the_narrative(write, study):
    text = "judgements:\n  open_data: {level: 2, reason: {en: a, cy: b}}\n"
    text += "narrative:\n  skills: {en: x}\ncomments: ['0123456789ab']\n"
    assert write(text).parameters.for_template(study, "cy") == {
        "council": "torfaen",
        "report_date": "2018-12-06",
        "good_practice": None,
        "edition": "cy",
        "judgements": {"open_data": {"level": 2, "reason": {"en": "a", "cy": "b"}}},
        "comments": ["0123456789ab"],
    }


def test_a_judgement_has_a_level_and_a_reason_in_each_language(write):
    text = "judgements:\n  open_data: {level: 2, reason: {en: a, cy: b}}\n"
    assert write(text).parameters.judgements["open_data"] == Judgement(
        level=2, reason={"en": "a", "cy": "b"}
    )


REASON = "    reason: {en: a, cy: b}\n"
LACKS = "judgement on 'skills' has no reason in 'cy'"
MISTAKES = {
    "an unknown edition": (
        "editions: [en, fr]\n",
        "3:16: unknown edition 'fr'; expected 'en', 'cy'",
    ),
    "editions that are no list": ("editions: en\n", "3:1: 'editions' is 'en'; expected a list"),
    "no edition": ("editions: []\n", "3:1: "),
    "an edition twice": ("editions: [en, en]\n", "3:16: "),
    "a mention of nobody": (
        "editions: [en]\nmentions: [powys, cardif]\n",
        "4:19: unknown council 'cardif'; expected 'isle-of-anglesey', ",
    ),
    "the nearest council": (
        "editions: [en]\nmentions: [powys, cardif]\n",
        "did you mean 'cardiff'?",
    ),
    "a mention of itself": (
        "editions: [en]\nmentions: [torfaen]\n",
        "4:12: 'torfaen' is the council itself, which may be named; leave it out",
    ),
    "an unknown case": (
        "editions: [en]\ngood_practice: [camden, ledes]\n",
        "4:25: unknown good practice 'ledes'; expected 'camden', ",
    ),
    "the nearest case": (
        "editions: [en]\ngood_practice: [camden, ledes]\n",
        "did you mean 'leeds'?",
    ),
    "a judgement on nothing": (
        f"editions: [en]\njudgements:\n  skill:\n    level: 2\n{REASON}",
        "5:3: unknown characteristic 'skill'; expected 'leadership', ",
    ),
    "a judgement without a reason": (
        "editions: [en]\njudgements:\n  open_data:\n    level: 2\n",
        "5:3: missing key 'reason'; add it",
    ),
    "a judgement with a reason in one language": (
        "editions: [en]\njudgements:\n  open_data:\n    level: 2\n    reason: {en: a}\n",
        "7:5: judgement on 'open_data' has no reason in 'cy'; give it in each language",
    ),
    "a judgement with an empty reason": (
        "editions: [en]\njudgements:\n  open_data:\n    level: 2\n    reason: {en: a, cy: ' '}\n",
        "7:5: judgement on 'open_data' has no reason in 'cy'; give it in each language",
    ),
    "a reason in an unknown language": (
        "editions: [en]\njudgements:\n  open_data:\n    level: 2\n    reason: {en: a, cy: b, "
        "fr: c}\n",
        "7:28: unknown language 'fr'; expected 'en', 'cy'",
    ),
    "a level that does not exist": (
        f"editions: [en]\njudgements:\n  open_data:\n    level: 4\n{REASON}",
        "6:5: 'level' is 4; expected 1, 2 or 3",
    ),
    "an unknown theme": (
        "editions: [en]\nnarrative:\n  skill:\n    en: x\n",
        "5:3: unknown theme 'skill'; expected 'leadership', 'data_protection', 'skills', "
        "'decisions'; did you mean 'skills'?",
    ),
    "an unknown language": (
        "editions: [en]\nnarrative:\n  skills:\n    cym: x\n",
        "6:5: unknown language 'cym'; expected 'en', 'cy'",
    ),
    "a theme without languages": (
        "editions: [en]\nnarrative:\n  skills: x\n",
        "5:3: 'skills' is 'x'; expected a mapping of names to values",
    ),
    "a text that is a number": (
        "editions: [en]\nnarrative:\n  skills:\n    en: 7\n",
        "6:5: 'en' is 7; expected text",
    ),
}


@pytest.mark.parametrize(("text", "problem"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_parameters_is_named_where_it_stands(write, text, problem):
    head = "council: torfaen\nreport_date: 2018-12-06\n"
    (line,) = problems(write, text, head)
    assert line.startswith("params/torfaen.yaml:")
    assert problem in line


def test_a_council_that_the_study_does_not_know_is_refused(write):
    (line,) = problems(write, "", "council: torfean\nreport_date: 2018-12-06\neditions: [en]\n")
    assert line.startswith("params/torfaen.yaml:1:1: unknown council 'torfean'; expected 'isle-of-")
    assert line.endswith("did you mean 'torfaen'?")


def test_one_councils_parameters_in_anothers_file_are_refused(write):
    (line,) = problems(write, "", "council: cardiff\nreport_date: 2018-12-06\neditions: [en]\n")
    message = "council 'cardiff' in a file named for 'torfaen'; expected 'torfaen'"
    assert line == f"params/torfaen.yaml:1:1: {message}"


def test_a_copy_of_a_file_is_to_be_renamed_or_removed(spoiled):
    copy = spoiled / "params/torfaen copy.yaml"
    copy.write_bytes((spoiled / "params/torfaen.yaml").read_bytes())
    with pytest.raises(CheckFailed) as failed:
        read_parameter_file(copy, read_study(spoiled))
    assert failed.value.message.endswith(
        "council 'torfaen' in a file named for 'torfaen copy'; expected the name 'torfaen.yaml': "
        "rename the file, or remove it if it is a copy"
    )


def test_mistakes_of_all_files_are_told_together(spoiled, edit, study):
    edit(spoiled / "params/cardiff.yaml", "[en, cy]", "[en, fr]")
    edit(spoiled / "params/torfaen.yaml", "narrative:\n", "narative:\n")
    edit(spoiled / "params/powys.yaml", "2018-12-06", "soon")
    files, problems = read_each(parameter_files(spoiled), study)
    broken = ["params/cardiff.yaml", "params/powys.yaml", "params/torfaen.yaml"]
    assert [problem.file for problem in problems] == broken
    assert set(study.councils) - set(files) == {"cardiff", "powys", "torfaen"}
    with pytest.raises(CouncilsRefused, match=r"params/cardiff\.yaml"):
        refuse(problems, study)
    with pytest.raises(CheckFailed) as failed:
        refuse([*problems, Problem("params/atlantis.yaml", 1, 1, "unknown council")], study)
    assert type(failed.value) is CheckFailed
    refuse([], study)


def test_no_parameters_at_all_are_explained(tmp_path):
    (tmp_path / "params").mkdir()
    with pytest.raises(
        UsageError, match=r"params/: holds no \*\.yaml; expected one file a council"
    ):
        parameter_files(tmp_path)


def test_what_nobody_would_read_is_told_with_what_to_do(spoiled):
    params = spoiled / "params"
    (params / "torfaen.yaml").rename(params / "torfaen.yml")
    for name in ("cardiff.yaml~", "powys.YAML", "notes.txt", ".gitkeep"):
        (params / name).write_text("", encoding="utf-8")
    (params / "old").mkdir()
    what = "not read; expected a file '<council>.yaml' a council"
    assert [str(problem) for problem in find_strays(spoiled)] == [
        f"params/cardiff.yaml~:1:1: {what}; move it out of params/",
        f"params/notes.txt:1:1: {what}; move it out of params/",
        f"params/old:1:1: {what}; move it out of params/",
        f"params/powys.YAML:1:1: {what}; rename it 'powys.yaml'",
        f"params/torfaen.yml:1:1: {what}; rename it 'torfaen.yaml'",
    ]


def test_nothing_is_astray_in_the_shipped_workbook(shipped):
    assert find_strays(shipped) == []


PLACES = {
    "a block": ("narrative:\n  skills:\n    en: |\n      First\n", (7, 7)),
    "a block with a comment": ("narrative:\n  skills:\n    en: |  # why\n      First\n", (7, 7)),
    "a block without its last line end": (
        "narrative:\n  skills:\n    en: |-\n      First\n",
        (7, 7),
    ),
    "a block four steps in": (
        "narrative:\n    skills:\n        en: |\n            First\n",
        (7, 13),
    ),
    "a block further in": ("narrative:\n  skills:\n    en: |\n        First\n", (7, 9)),
    "plain text": ("narrative:\n  skills:\n    en: First\n", (6, 9)),
    "text in a flow": ("narrative:\n  skills: {en: First}\n", (5, 16)),
    "a block that another theme shares": (
        "narrative:\n  decisions: &same\n    en: |\n      First\n  skills: *same\n",
        (7, 7),
    ),
    "a block that is merged in": (
        "narrative:\n  decisions: &same\n    en: |\n      First\n  skills:\n    <<: *same\n",
        (7, 7),
    ),
}


@pytest.mark.parametrize(("text", "at"), PLACES.values(), ids=PLACES)
def test_a_narrative_is_placed_at_its_first_character(write, text, at):
    assert write(text).text_place("narrative", "skills", "en") == at
