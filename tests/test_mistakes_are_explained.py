"""Whatever is wrong in a workbook, the command says where, what and what to do instead."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from conftest import check_workbook, copy_workbook, run_workbook
from helpers.cli import main
from helpers.errors import CheckFailed, Problem
from helpers.run import checking
from helpers.study.parameters import read_each

LINE = re.compile(r"[\w./-]+(#[\w.-]+)?:[1-9]\d*:[1-9]\d*: [^\n]+")

HEAD = "editions: [en, cy]\n"
# a mistake each in a council's file: what to replace, by what, the problem; » marks its place
PARAMETERS = {
    "isle-of-anglesey": (
        HEAD,
        HEAD + "»narative: {}",
        "unknown key 'narative'; expected 'council', ",
    ),
    "gwynedd": ("editions: [en, cy]", "»editions: en", "'editions' is 'en'; expected a list"),
    "conwy": ("council: conwy", "»council: conwyy", "unknown council 'conwyy'; expected "),
    "denbighshire": (
        "council: denbighshire",
        "»council: powys",
        "council 'powys' in a file named for 'denbighshire'; expected 'denbighshire'",
    ),
    "flintshire": (
        "report_date: 2018-12-06",
        "»report_date: 2018-13-45",
        "bad date '2018-13-45'; expected a date such as ",
    ),
    "wrexham": (
        HEAD,
        HEAD + "narrative:\n  »skill:\n    en: x\n",
        "unknown theme 'skill'; expected 'leadership', 'data_protection', 'skills', 'decisions'; "
        "did you mean 'skills'?",
    ),
    "ceredigion": (
        HEAD,
        HEAD + "judgements:\n  »open_data:\n    level: 2\n",
        "missing key 'reason'; add it",
    ),
    "pembrokeshire": (
        HEAD,
        HEAD + "judgements:\n  open_data:\n    level: 2\n    »reason: {en: Seen on site.}\n",
        "judgement on 'open_data' has no reason in 'cy'; give it in each language",
    ),
    "carmarthenshire": (
        HEAD,
        HEAD + "good_practice:\n  - leeds\n  - »camdem\n",
        "unknown good practice 'camdem'; expected 'camden', ",
    ),
    "swansea": (HEAD, "editions: [en, cy\ngood_practice»: [leeds]\n", "not valid YAML: expected "),
    "neath-port-talbot": ("editions: ", "editions:»\t", "not valid YAML: found character '\\t'"),
    "bridgend": (HEAD, HEAD + "»editions: [en]\n", "not valid YAML: found duplicate key"),
    "vale-of-glamorgan": ("editions: [en, cy]", "editions: [en, »fr]", "unknown edition 'fr'; "),
    "cardiff": (
        HEAD,
        HEAD + "narrative:\n  skills:\n    »fr: x\n",
        "unknown language 'fr'; expected 'en', 'cy'",
    ),
}

WRONG_ROLES = {
    "torfaen": ('agre("S1")', "unknown measure 'agre'; expected 'agree', "),
    "cardiff": ('agree("S11")', "agree: unknown question 'S11'; expected 'L1', "),
    "powys": ('agree("S1", group="oficers")', "agree: unknown group 'oficers'; expected 'total', "),
    "newport": (
        'agree("S2", "members")',
        "agree: 'S2' was not asked of 'members'; it was asked of ",
    ),
    "conwy": ('__import__("os").system("x")', "unknown method '.system()'; expected 'says'"),
    "gwynedd": ('agree("S1").value', "unknown attribute '.value'; expected 'words', 'count', "),
    "swansea": ('agree("S1"', "'agree(\"S1\"' is not readable; expected a measure"),
    "bridgend": (
        'fact("citizens")',
        "fact: unknown fact 'citizens'; expected 'citizens_surveyed', ",
    ),
}


def problems(workbook: Path) -> list[str]:
    with pytest.raises(CheckFailed) as failed:
        check_workbook(workbook)
    return failed.value.message.split("\n")


def spoil(path: Path, old: str, new: str) -> str:
    """Change a file, and return the place that » marks as line:column."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    before, after = text.replace(old, new, 1).split("»")
    path.write_text(before + after, encoding="utf-8")
    *lines, last = before.split("\n")
    return f"{len(lines) + 1}:{len(last) + 1}"


@pytest.fixture(scope="module")
def wrong_parameters(tmp_path_factory):
    """One workbook with all mistakes: their places, and what the check says."""
    workbook = copy_workbook(tmp_path_factory.mktemp("wrong") / "workbook")
    places = {
        council: spoil(workbook / f"params/{council}.yaml", old, new)
        for council, (old, new, _) in PARAMETERS.items()
    }
    return places, problems(workbook)


@pytest.mark.parametrize("council", PARAMETERS)
def test_a_mistake_in_parameters_is_named_where_it_stands(wrong_parameters, council):
    places, lines = wrong_parameters
    said = f"params/{council}.yaml:{places[council]}: {PARAMETERS[council][2]}"
    assert [line for line in lines if line.startswith(said)]


def test_each_mistake_in_parameters_is_told_once_and_on_one_line(wrong_parameters):
    _, lines = wrong_parameters
    assert len(lines) == len(PARAMETERS)
    assert all(LINE.fullmatch(line) for line in lines)


@pytest.fixture(scope="module")
def wrong_narratives(tmp_path_factory):
    """One workbook with a wrong inline figure in the third line of some councils' narrative."""
    workbook = copy_workbook(tmp_path_factory.mktemp("wrong") / "workbook")
    places = {}
    for council, (expression, _) in WRONG_ROLES.items():
        path = workbook / f"params/{council}.yaml"
        text = path.read_text(encoding="utf-8").split("\nnarrative:")[0] + "\n"
        text += "narrative:\n  skills:\n    en: |\n      First.\n\n      Mae'r ŵyl: »\n"
        path.write_text(text, encoding="utf-8")
        places[council] = spoil(path, "»", f"»{{eval}}`{expression}` of people")
    return places, problems(workbook)


@pytest.mark.parametrize("council", WRONG_ROLES)
def test_a_wrong_figure_in_a_narrative_is_named_where_it_stands(wrong_narratives, council):
    places, lines = wrong_narratives
    said = f"params/{council}.yaml:{places[council]}: {WRONG_ROLES[council][1]}"
    assert [line for line in lines if line.startswith(said)]


def test_each_wrong_figure_is_told_once_and_on_one_line(wrong_narratives):
    _, lines = wrong_narratives
    assert len(lines) == len(WRONG_ROLES)
    assert all(LINE.fullmatch(line) for line in lines)


NARRATIVE = "narrative:\n  skills:\n    en: {}"
WRONG = '{eval}`agre("S1")`'
STYLES = {
    "a line of its own": NARRATIVE.format(f"|\n      »{WRONG}\n"),
    "a block without its last line end": NARRATIVE.format(f"|-\n      »{WRONG}\n"),
    "a block with a comment": NARRATIVE.format(f"| # ours\n      See »{WRONG}\n"),
    "a block that begins with a blank line": NARRATIVE.format(f"|\n\n      See »{WRONG}\n"),
    "a block further in": NARRATIVE.format(f"|\n        See »{WRONG}\n"),
    "a list": NARRATIVE.format(f"|\n      - a\n        - b »{WRONG}\n"),
    "a table": NARRATIVE.format(f"|\n      | a |\n      |---|\n      | »{WRONG} |\n"),
    "a heading": NARRATIVE.format(f"|\n      #### Here »{WRONG}\n"),
    "plain text": NARRATIVE.format(f"See »{WRONG}\n"),
    "double backticks": NARRATIVE.format('|\n      a\n      b »{eval}``agre("S1")``\n'),
    "a role over two lines": NARRATIVE.format('|\n      a\n      b »{eval}`agre(\n      "S1")`\n'),
    "a role after the same text as code": NARRATIVE.format(
        f"|\n      ```\n      {WRONG.removeprefix('{eval}')}\n      ```\n\n      See »{WRONG}\n"
    ),
}


@pytest.mark.parametrize("text", STYLES.values(), ids=STYLES)
def test_a_wrong_figure_is_found_however_the_text_is_written(spoiled, text):
    path = spoiled / "params/cardiff.yaml"
    place = spoil(path, HEAD, HEAD + text)
    (line,) = problems(spoiled)
    assert line.startswith(f"params/cardiff.yaml:{place}: unknown measure 'agre'; ")


def test_a_wrong_figure_in_folded_text_is_named_on_a_line_of_that_text(spoiled):
    text = NARRATIVE.format(f">-\n      One\n      more.\n\n      See »{WRONG}\n")
    last = int(spoil(spoiled / "params/cardiff.yaml", HEAD, HEAD + text).split(":")[0])
    (line,) = problems(spoiled)
    assert last - 4 <= int(line.split(":")[1]) <= last


def test_a_text_that_is_merged_from_another_is_checked_or_refused(spoiled):
    text = f"narrative:\n  skills: &same\n    en: |\n      »{WRONG}\n  decisions:\n    <<: *same\n"
    spoil(spoiled / "params/cardiff.yaml", HEAD, HEAD + text)
    assert all(line.startswith("params/cardiff.yaml:") for line in problems(spoiled))


@pytest.mark.parametrize("text", ["|\n", "|\n\n", ">-\n", '""\n'])
def test_a_text_that_is_still_empty_is_no_mistake(spoiled, edit, text):
    edit(spoiled / "params/cardiff.yaml", HEAD, HEAD + NARRATIVE.format(text))
    check_workbook(spoiled)


def test_a_message_stays_on_its_line_whatever_the_file_holds(spoiled, edit):
    edit(spoiled / "params/cardiff.yaml", "council: cardiff", 'council: "car\\ndiff"')
    edit(spoiled / "data/responses/elected_members.csv", ",torfaen,", ',"tor\nfaen",')
    twice = "narrative:\n  skills:\n    en: |\n      a\n      b\n    en: |\n      c\n"
    edit(spoiled / "params/powys.yaml", HEAD, HEAD + twice)
    lines = problems(spoiled)
    assert len(lines) == 3
    assert all(LINE.fullmatch(line) for line in lines)


def test_mistakes_in_parameters_do_not_hide_those_in_other_councils_narratives(spoiled, edit):
    edit(spoiled / "params/cardiff.yaml", "[en, cy]", "[en, fr]")
    edit(spoiled / "params/torfaen.yaml", '{eval}`agree("L6")`', '{eval}`agre("L6")`')
    files = [line.split(":")[0] for line in problems(spoiled)]
    assert files == ["params/cardiff.yaml", "params/torfaen.yaml"]


STUDY = "data/study/study.yaml"
CASES = "data/study/good_practice.yaml"
NOTEBOOK = "notebooks/council_report.ipynb"
REST = {
    "a retired code": (
        "data/councils.csv",
        "W06000023",
        "»W06000007",
        "code 'W06000007' is retired; use 'W06000023'",
    ),
    "an unknown theme in the questionnaire": (
        "data/study/questionnaire.yaml",
        "theme: skills",
        "»theme: skill",
        "unknown theme 'skill'; expected ",
    ),
    "an unknown fact in a case": (
        CASES,
        '{eval}`fact("leeds_events")`',
        '»{eval}`fact("leeds_event")`',
        "fact: unknown fact 'leeds_event'; expected ",
    ),
    "an unknown question in an introduction": (
        STUDY,
        "    introduction:\n      en: >-\n        A council that",
        '    introduction:\n      en: >-\n        »{eval}`agree("L99")` of the council that',
        "agree: unknown question 'L99'; expected ",
    ),
    "a package that is not JSON": ("data/datapackage.json", "{\n", "{\n»'", "not JSON: "),
    "a notebook that is not JSON": (NOTEBOOK, "{\n", "[\n»", "not a notebook: "),
}


@pytest.mark.parametrize(("file", "old", "new", "problem"), REST.values(), ids=REST)
def test_a_mistake_elsewhere_is_named_where_it_stands(spoiled, file, old, new, problem):
    marked = int(spoil(spoiled / file, old, new).split(":")[0])
    line = next(line for line in problems(spoiled) if problem in line)
    place = re.match(rf"{re.escape(file)}:(\d+):[1-9]\d*: ", line)
    assert place
    assert marked - 12 <= int(place[1]) <= marked  # folded text: where it begins will do


@pytest.mark.parametrize("content", ["[]", "{}", '"text"', ""])
def test_a_file_that_is_no_notebook_is_refused(spoiled, content):
    (spoiled / NOTEBOOK).write_text(content, encoding="utf-8")
    assert problems(spoiled)[0].startswith(f"{NOTEBOOK}:1:1: not a notebook: ")


def test_a_missing_template_is_named(spoiled):
    (spoiled / NOTEBOOK).unlink()
    assert problems(spoiled) == [f"{NOTEBOOK}:1:1: missing file; it is the template"]


def test_a_council_without_a_number_of_people_invited_is_named(spoiled):
    for file in ("data/invitations.csv", "data/responses/data_analysts.csv"):
        path = spoiled / file
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if "torfaen,data_analysts" not in line]
        if file.startswith("data/responses"):
            kept = [line for line in kept if ",torfaen," not in line]
        path.write_text("".join(kept), encoding="utf-8")
    (line,) = problems(spoiled)
    assert line.startswith("data/invitations.csv:")
    assert "torfaen" in line
    assert "data_analysts" in line


# The command itself

WHAT_TO_DO = "put this right and run 'workbook check': nothing is built until then"


def told(stdout: str, stderr: str) -> list[str]:
    """A mistake is told on standard error alone, without a traceback; return its lines."""
    assert stdout == ""
    assert re.fullmatch(r"(workbook: error: [^\n]+\n)+", stderr)
    return [line.removeprefix("workbook: error: ") for line in stderr.splitlines()]


def test_mistakes_in_three_files_are_all_told_at_once(spoiled):
    narrative = spoil(
        spoiled / "params/torfaen.yaml", '{eval}`agree("L6")`', '»{eval}`agree("L66")`'
    )
    invited = spoil(
        spoiled / "data/invitations.csv", "torfaen,data_analysts", "»torfean,data_analysts"
    )
    answers = spoil(
        spoiled / "data/responses/elected_members.csv", "ad43f251,isle", "»ad43f251,aisle"
    )
    done = run_workbook("check", "--workbook", spoiled)
    assert done.returncode == 4
    *lines, closing = told(done.stdout, done.stderr)
    assert closing == f"3 problems in 3 files; {WHAT_TO_DO}"
    assert all(LINE.fullmatch(line) for line in lines)
    row = answers.split(":")[0]
    assert [line.split(";")[0] for line in lines] == [
        f"data/invitations.csv:{invited}: unknown council 'torfean'",
        f"data/responses/elected_members.csv:{row}:2: unknown council 'aisle-of-anglesey'",
        f"params/torfaen.yaml:{narrative}: agree: unknown question 'L66'",
    ]


def test_a_council_that_is_not_there_is_answered_with_the_nearest_name(spoiled):
    done = run_workbook("build", "torfean", "--workbook", spoiled)
    assert done.returncode == 2
    (line,) = told(done.stdout, done.stderr)
    assert line.startswith("no council 'torfean' in params/; expected 'isle-of-anglesey', ")
    assert line.endswith("did you mean 'torfaen'?")
    assert not (spoiled / "outputs").exists()


def test_a_folder_that_is_no_workbook_is_told_so(tmp_path):
    done = run_workbook("list", "--workbook", tmp_path)
    assert done.returncode == 3
    (line,) = told(done.stdout, done.stderr)
    assert line.startswith(f"{tmp_path}: neither this folder nor one above it holds params/ and ")


def test_a_workbook_without_mistakes_is_told_so(shipped):
    done = CliRunner().invoke(main, ["check", "--workbook", str(shipped)])
    assert (done.exit_code, done.stderr) == (0, "")
    # 1211: lines of data/responses/*.csv, less a header each
    assert done.stdout == "22 councils and 1211 respondents: all is as expected\n"


def test_an_edition_that_is_not_there_is_answered_with_those_that_are(spoiled):
    done = CliRunner().invoke(main, ["build", "--edition", "fr", "--workbook", str(spoiled)])
    assert done.exit_code == 2
    assert told(done.stdout, done.stderr) == ["unknown edition 'fr'; expected 'en', 'cy'"]
    assert not (spoiled / "outputs").exists()


def test_a_build_of_a_workbook_with_mistakes_makes_nothing(spoiled):
    place = spoil(spoiled / "data/study/study.yaml", "date: 2018-12-06", "»date: soon")
    done = CliRunner().invoke(main, ["build", "torfaen", "--workbook", str(spoiled)])
    assert done.exit_code == 4
    line, closing = told(done.stdout, done.stderr)
    assert line.startswith(f"data/study/study.yaml:{place}: bad date 'soon'; expected a date such")
    assert closing == f"1 problem in 1 file; {WHAT_TO_DO}"
    assert not (spoiled / "outputs").exists()


def test_a_parameter_file_that_appears_while_others_are_read_is_none_of_them(spoiled, monkeypatch):
    late = spoiled / "params/powys.yaml"
    content = late.read_bytes()
    late.unlink()

    def read_and_write(*given):
        found = read_each(*given)
        late.write_bytes(content)
        return found

    monkeypatch.setattr(checking, "read_each", read_and_write)
    assert "powys" not in checking.check_apart(spoiled).councils


def test_an_edition_that_a_council_does_not_have_is_answered(spoiled, edit):
    edit(spoiled / "params" / "conwy.yaml", "editions: [en, cy]", "editions: [en]")
    done = CliRunner().invoke(
        main, ["build", "conwy", "--edition", "cy", "--workbook", str(spoiled)]
    )
    assert done.exit_code == 2
    assert told(done.stdout, done.stderr) == ["'conwy' has no edition 'cy'; expected 'en'"]


def test_outputs_that_is_no_folder_is_told_before_anything_runs(spoiled):
    (spoiled / "outputs").write_text("mine", encoding="utf-8")
    done = CliRunner().invoke(main, ["build", "torfaen", "--workbook", str(spoiled)])
    assert done.exit_code == 2
    assert told(done.stdout, done.stderr) == ["outputs is a file; expected a folder; move it away"]


# Broken data, and all that the command says of it

POINTS = "'strongly_agree', 'agree', 'neither', 'disagree', 'strongly_disagree', 'dont_know'"
SLUGS = (
    "'isle-of-anglesey', 'gwynedd', 'conwy', 'denbighshire', 'flintshire', 'wrexham', "
    "'ceredigion', 'pembrokeshire', 'carmarthenshire', 'swansea', 'neath-port-talbot', "
    "'bridgend' …"
)
TOOLS = (
    "'management_team.csv', 'service_managers.csv', 'performance_officers.csv', "
    "'information_officers.csv', 'data_analysts.csv', 'elected_members.csv'"
)
INVITATIONS = "data/invitations.csv"
MEMBERS = "data/responses/elected_members.csv"


def replace(file, old, new):
    def change(workbook: Path) -> None:
        path = workbook / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def in_the_encoding_of_an_old_spreadsheet(workbook: Path) -> None:
    path = workbook / "data/councils.csv"
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1"))


def under_another_name(workbook: Path) -> None:
    (workbook / MEMBERS).rename(workbook / "data/responses/elected_member.csv")


def with_another_ending(workbook: Path) -> None:
    (workbook / "params/cardiff.yaml").rename(workbook / "params/cardiff.yml")


BROKEN = {
    "a council that is not of the study": (
        replace(INVITATIONS, "torfaen,management_team,12", "torfean,management_team,12"),
        [
            f"{INVITATIONS}:104:1: unknown council 'torfean'; expected {SLUGS}; "
            "did you mean 'torfaen'?"
        ],
    ),
    "a number of people invited that is none": (
        replace(INVITATIONS, "torfaen,management_team,12", "torfaen,management_team,-12"),
        [f"{INVITATIONS}:104:3: invited is '-12'; expected a whole number of people"],
    ),
    "an answer that is not on the scale": (
        replace(MEMBERS, "ad43f251,isle-of-anglesey,agree,", "ad43f251,isle-of-anglesey,Agree,"),
        [
            f"{MEMBERS}:2:3: unknown answer 'Agree' to 'L1'; expected {POINTS}; "
            "did you mean 'agree'?"
        ],
    ),
    "a question that the tool was not asked": (
        replace(MEMBERS, "L3,L6", "L3,L4"),
        [
            f"{MEMBERS}:1:1: column 'L6' is missing; add it",
            f"{MEMBERS}:1:6: question 'L4' was not asked of 'elected_members'; remove the column, "
            "or list the tool at 'L4' in data/study/questionnaire.yaml",
        ],
    ),
    "a respondent twice": (
        replace(MEMBERS, "b4a9db69,", "ad43f251,"),
        [f"{MEMBERS}:3:1: respondent 'ad43f251' stands twice; expected one row of each"],
    ),
    "more responses than invitations": (
        replace(INVITATIONS, "torfaen,elected_members,44", "torfaen,elected_members,11"),
        [f"{MEMBERS}:338:2: torfaen: 12 replied but 11 were invited; correct either"],
    ),
    "responses and no invitation": (
        replace(INVITATIONS, "torfaen,elected_members,44\n", ""),
        [
            f"{MEMBERS}:338:2: torfaen: 12 replied but no row says how many were invited; "
            "add it to data/invitations.csv"
        ],
    ),
    "a file in another encoding": (
        in_the_encoding_of_an_old_spreadsheet,
        ["data/councils.csv:2:4: byte 0xf4 is not UTF-8; save the file as CSV in UTF-8"],
    ),
    "a retired code": (
        replace("data/councils.csv", "W06000023,powys", "W06000007,powys"),
        ["data/councils.csv:22:1: code 'W06000007' is retired; use 'W06000023'"],
    ),
    "a file that is missing, and one of no tool": (
        under_another_name,
        [
            "data/responses/elected_member.csv:1:1: file of no data tool; rename or remove it: "
            f"expected {TOOLS}; did you mean 'elected_members.csv'?",
            f"{MEMBERS}:1:1: missing file; the study names it",
        ],
    ),
    "a source that names no council": (
        replace("data/datapackage.json", '"council": "torfaen",', ""),
        ["data/datapackage.json:133:9: missing key 'council'; add it"],
    ),
    "a parameter file that nobody would read": (
        with_another_ending,
        [
            "params/cardiff.yml:1:1: not read; expected a file '<council>.yaml' a council; "
            "rename it 'cardiff.yaml'"
        ],
    ),
}


@pytest.mark.parametrize(("spoil_it", "expected"), BROKEN.values(), ids=BROKEN)
def test_broken_data_is_told_in_full(spoiled, spoil_it, expected):
    spoil_it(spoiled)
    done = CliRunner().invoke(main, ["check", "--workbook", str(spoiled)])
    assert done.exit_code == 4
    *lines, closing = told(done.stdout, done.stderr)
    assert lines == expected
    problems = "1 problem" if len(expected) == 1 else "2 problems"
    files = "1 file" if len(set(names(expected))) == 1 else "2 files"
    assert closing == f"{problems} in {files}; {WHAT_TO_DO}"


def names(lines: list[str]) -> list[str]:
    return [line.split(":")[0] for line in lines]


@pytest.mark.parametrize("command", ["check", "build"])
def test_however_much_is_wrong_it_is_told_on_one_screen(spoiled, command):
    wrong = 0
    for path in (spoiled / "data/responses").glob("*.csv"):
        header, *rows = path.read_text(encoding="utf-8").splitlines()
        wrong += sum(row.count("agree") for row in rows)
        spoilt = [row.replace("agree", "Agree") for row in rows]
        path.write_text("\n".join([header, *spoilt]), encoding="utf-8")
    (spoiled / "params/cardiff.yml").touch()
    done = run_workbook(command, "--workbook", spoiled)
    assert done.returncode == 4
    *lines, closing = told(done.stdout, done.stderr)
    assert len(lines) + 1 <= 40
    assert closing == f"{wrong + 1:,} problems in 7 files; {WHAT_TO_DO}"
    assert len({name for name in names(lines) if not name.startswith("…")}) == 7
    assert not (spoiled / "outputs").exists()


def test_a_thousand_broken_files_are_told_on_one_screen():
    files = [f"params/{number:04}.yaml" for number in range(1000)]
    failed = CheckFailed(
        Problem(file, line, 1, "bad date", "") for file in files for line in (2, 5)
    )
    *firsts, rest, closing = failed.on_screen()
    assert firsts == [f"{file}:2:1: bad date" for file in files[:37]]
    assert rest == "… and 1,963 more problems in 1,000 files"
    assert closing == f"2,000 problems in 1,000 files; {WHAT_TO_DO}"


def test_a_screen_has_as_many_of_each_kind_as_fit():
    kinds = [f"with an unknown answer in column 'L{number}'" for number in range(1, 4)]
    failed = CheckFailed(
        Problem("a.csv", line, column, "unknown", kind)
        for line in range(2, 102)
        for column, kind in enumerate(kinds)
    )
    assert len(failed.message.splitlines()) == 3 * 21
    *lines, closing = failed.on_screen()
    assert len(lines) == 3 * 6
    assert lines[5] == f"… and 95 more rows {kinds[0]} in a.csv (first at line 7)"
    assert closing == f"300 problems in 1 file; {WHAT_TO_DO}"


def test_councils_without_a_parameter_file_are_named(spoiled):
    for council in ("cardiff", "powys"):
        (spoiled / f"params/{council}.yaml").unlink()
    done = CliRunner().invoke(main, ["check", "--workbook", str(spoiled)])
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines()[1:] == ["no parameter file: cardiff, powys"]


def test_a_decision_that_lies_about_is_not_trusted(spoiled):
    (spoiled / "data" / "national.json").write_text("{}", encoding="utf-8")
    assert problems(spoiled) == [
        "data/national.json:1:1: only a bundle holds what was decided; remove the file"
    ]
