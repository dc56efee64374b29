"""An inline figure is a call of a known measure with literal arguments, and nothing else."""

from inspect import Parameter, Signature

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import ExpressionError
from helpers.figures.expressions import Call, Expression, bind, canonical, parse

FORM = "expected a measure with names"


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ('agree("L2")', Call("agree", ("L2",), ())),
        ("agree('L2')", Call("agree", ("L2",), ())),
        ('  agree( "L2" , )  ', Call("agree", ("L2",), ())),
        ('agree("L2", group="officers")', Call("agree", ("L2",), (("group", "officers"),))),
        ('agree(question="L2")', Call("agree", (), (("question", "L2"),))),
        ('councils_at_level("open_data", 3)', Call("councils_at_level", ("open_data", 3), ())),
        ("anything()", Call("anything", (), ())),
    ],
)
def test_a_call_with_literal_arguments_is_read(text, call):
    assert parse(text) == Expression(call)


L2 = Call("agree", ("L2",), ())


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ('agree("L2").words', Expression(L2, "words")),
        ('agree("L2").count', Expression(L2, "count")),
        (' agree("L2") . base ', Expression(L2, "base")),
        ('agree("L2").interval', Expression(L2, "interval")),
        ('agree("L2").says("around half")', Expression(L2, "says", "around half")),
        ("agree('L2').says('tua hanner')", Expression(L2, "says", "tua hanner")),
    ],
)
def test_an_attribute_or_a_claim_of_a_call_is_read(text, expression):
    assert parse(text) == expression
    assert parse('agree("L2")' + expression.suffix) == expression


ATTRIBUTES = "expected 'words', 'count', 'base', 'interval', 'says(\"…\")'"
TAKES = '.says() takes words in quotes, such as .says("around half")'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('agree("L2").__class__', f"unknown attribute '.__class__'; {ATTRIBUTES}"),
        ('agree("L2").figure', f"unknown attribute '.figure'; {ATTRIBUTES}"),
        (
            'agree("L2").says',
            f"unknown attribute '.says'; {ATTRIBUTES}; did you mean 'says(\"…\")'?",
        ),
        (
            "__import__('os').system('x')",
            "unknown method '.system()'; expected 'says'; did you mean 'says'?",
        ),
        ('agree("L2").wrods', f"unknown attribute '.wrods'; {ATTRIBUTES}; did you mean 'words'?"),
        ('agree("L2").print("x")', "unknown method '.print()'; expected 'says'"),
        ('agree("L2").words()', "unknown method '.words()'; expected 'says'"),
        ('agree("L2").says()', TAKES),
        ('agree("L2").says("a", "b")', TAKES),
        ('agree("L2").says(form="a")', TAKES),
        ('agree("L2").says(*"a")', TAKES),
        ('agree("L2").says(agree("L2"))', TAKES),
        ('agree("L2").says(f"{1}")', TAKES),
        ('agree("L2").says(1)', TAKES),
    ],
)
def test_no_other_attribute_or_method_is_read(text, message):
    with pytest.raises(ExpressionError) as refused:
        parse(text)
    assert refused.value.message == message


HOSTILE = {
    "import as an argument": 'agree(__import__("os"))',
    "attribute of an attribute": 'agree("L2").words.text',
    "method of an attribute": 'agree("L2").words.says("x")',
    "method of a method": 'agree("L2").says("most").says("most")',
    "attribute of a method": 'agree("L2").says("most").text',
    "subscript of an attribute": 'agree("L2").words[0]',
    "attribute of a name": 'os.system("x")',
    "subscript": 'agree("L2")[0]',
    "lambda": "(lambda: 1)()",
    "lambda as an argument": "agree(lambda: 1)",
    "f-string": 'agree(f"L{2}")',
    "f-string without a field": 'agree(f"L2")',
    "comprehension": "[agree(q) for q in ('L2',)]",
    "generator": 'agree(q for q in "ab")',
    "walrus": '(x := agree("L2"))',
    "walrus as an argument": 'agree(x := "L2")',
    "condition": 'agree("L2") if 1 else 2',
    "and": 'agree("L2") and 1',
    "sum": 'agree("L2") + agree("L1")',
    "sum of texts": 'agree("L" + "2")',
    "formatted text": 'agree("L%d" % 2)',
    "call as an argument": 'agree(agree("L2"))',
    "call of a call": 'agree("L2")()',
    "star": 'agree(*"L2")',
    "two stars": 'agree(**{"question": "L2"})',
    "bytes": 'agree(b"L2")',
    "float": 'agree("L2", 1.0)',
    "complex": 'agree("L2", 1j)',
    "True": 'councils_at_level("open_data", True)',
    "None": 'agree("L2", group=None)',
    "ellipsis": "agree(...)",
    "negative": 'councils_at_level("open_data", -1)',
    "name": "agree(L2)",
    "tuple": 'agree(("L2",))',
    "list": 'agree(["L2"])',
    "set": 'agree({"L2"})',
    "two expressions": 'agree("L2"), agree("L1")',
    "only a name": "agree",
    "only a text": '"L2"',
    "await": 'await agree("L2")',
    "yield": "(yield)",
}
UNREADABLE = {
    "nothing": "",
    "blanks": "  \n",
    "statement": "import os",
    "two statements": 'agree("L2"); agree("L1")',
    "assignment": 'x = agree("L2")',
    "delete": "del agree",
    "open bracket": 'agree("L2"',
    "open quote": 'agree("L2)',
    "NUL byte": 'agree("L2\0")',
    "NUL byte first": '\0agree("L2")',
    "lone surrogate": 'agree("\ud800")',
    "magic": "%run x",
    "shell": "!ls",
    "quotes of a word processor": "agree(“L2”)",
    "deep nesting": "(" * 99 + ")" * 99,
    "deep opening": "[" * 199,
    "name twice": 'agree("L2", group="officers", group="members")',
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_python_that_is_no_such_call_is_refused(text):
    with pytest.raises(ExpressionError) as refused:
        parse(text)
    assert refused.value.message.startswith(f"'{text}' is ")
    assert " a call " in refused.value.message  # not a call of a measure; a call with …
    assert FORM in refused.value.message


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_refused(text):
    with pytest.raises(ExpressionError, match=FORM):
        parse(text)


@pytest.mark.parametrize(
    "text", ['agree("' + "L" * 200 + '")', "(" * 10_000, "agree(" + "9" * 10_000 + ")"]
)
def test_what_is_far_too_long_is_refused_and_not_repeated_at_length(text):
    with pytest.raises(ExpressionError, match="longer than 200 characters") as refused:
        parse(text)
    assert len(refused.value.message) < 200


def test_200_characters_are_allowed_and_not_one_more():
    assert parse('agree("' + "L" * 191 + '")').call.measure == "agree"
    with pytest.raises(ExpressionError, match="longer than 200"):
        parse('agree("' + "L" * 192 + '")')


@given(st.text(max_size=250) | st.from_regex(r'agree\((".*"|[\w*\[\]{}=,: ]*)\)[.\w]*'))
def test_any_text_is_read_or_refused(text):
    try:
        call = parse(text).call
    except ExpressionError:
        return
    literals = [*call.positional, *(value for _, value in call.named)]
    assert all(type(value) in (str, int) for value in literals)
    assert call.measure.isidentifier()


def test_python_has_no_advice_of_its_own_on_what_is_written(recwarn):
    with pytest.raises(ExpressionError):
        parse("1is 2")
    assert not recwarn.list


def test_nothing_is_ever_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for text in ("open('made', 'w')", "agree(open('made', 'w'))", "agree('', x=open('made', 'w'))"):
        try:
            parse(text)
        except ExpressionError:
            continue
    assert list(tmp_path.iterdir()) == []


KEYWORD = Parameter.POSITIONAL_OR_KEYWORD
MEASURES = {
    "agree": Signature(
        [Parameter("question", KEYWORD), Parameter("group", KEYWORD, default="total")]
    ),
    "at_level": Signature([Parameter("theme", KEYWORD), Parameter("level", KEYWORD)]),
}
NAMES = {
    "question": ["L1", "L2"],
    "group": ["total", "officers"],
    "theme": ["skills"],
    "level": (1, 2, 3),
}


@pytest.mark.parametrize(
    "text",
    [
        'agree("L2")',
        'agree("L2", "total")',
        'agree("L2", group="total")',
        'agree(group="total", question="L2")',
        " agree( 'L2' )",
    ],
)
def test_all_ways_to_write_a_call_have_one_canonical_form(text):
    arguments = bind(parse(text).call, MEASURES, NAMES)
    assert arguments == {"question": "L2", "group": "total"}
    assert canonical("agree", arguments, MEASURES["agree"]) == 'agree("L2")'


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ('agree("L1", "officers")', 'agree("L1", group="officers")'),
        ('at_level("skills", 3)', 'at_level("skills", level=3)'),
        ('at_level(level=3, theme="skills")', 'at_level("skills", level=3)'),
    ],
)
def test_a_canonical_form_names_what_differs_from_the_default(text, form):
    call = parse(text).call
    assert canonical(call.measure, bind(call, MEASURES, NAMES), MEASURES[call.measure]) == form


@given(st.sampled_from(NAMES["question"]), st.sampled_from(NAMES["group"]))
def test_a_canonical_form_means_the_same_when_read_again(question, group):
    arguments = {"question": question, "group": group}
    form = canonical("agree", arguments, MEASURES["agree"])
    assert bind(parse(form).call, MEASURES, NAMES) == arguments


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'agre("L2")',
            "unknown measure 'agre'; expected 'agree', 'at_level'; did you mean 'agree'?",
        ),
        ('аgree("L2")', "unknown measure 'аgree'"),  # its first letter is Cyrillic
        ('eval("L2")', "unknown measure 'eval'"),
        ('agree("l2")', "agree: unknown question 'l2'; expected 'L1', 'L2'"),
        (
            'agree("L2", group="oficers")',
            "unknown group 'oficers'; expected 'total', 'officers'; did you mean 'officers'?",
        ),
        ('at_level("skills", 4)', "at_level: unknown level '4'; expected '1', '2', '3'"),
        ('at_level("skills", "3")', "at_level: unknown level '3'"),  # a text is no number
        ("agree()", "agree: missing a required argument: 'question'"),
        ('agree("L2", "total", "x")', "agree: too many positional arguments; expected agree("),
        ('agree("L2", tool="x")', "agree: got an unexpected keyword argument 'tool'"),
        ('agree("L2", question="L1")', "agree: multiple values for argument 'question'"),
    ],
)
def test_what_is_unknown_is_named_with_the_nearest_right_name(text, message):
    with pytest.raises(ExpressionError) as refused:
        bind(parse(text).call, MEASURES, NAMES)
    assert message in refused.value.message
