"""The register holds each figure of an edition once, in order, computed afresh."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from studies import CELLS, REPLIES, SHIPPED

from helpers.errors import ExpressionError, FigureHidden
from helpers.figures.measures import Measures
from helpers.figures.national import decide_national
from helpers.figures.register import (
    Entry,
    drawn_by,
    make_register,
    read_register,
    register_text,
)
from helpers.study.provenance import read_provenance


@pytest.fixture
def measures(shipped):
    return Measures(
        SHIPPED,
        "torfaen",
        cells=CELLS,
        replies=REPLIES,
        national=decide_national(SHIPPED, CELLS, REPLIES),
        provenance=read_provenance(shipped),
        judgements={},
    )


def expressions(entries):
    return [entry.figure.expression for entry in entries]


def test_sentences_come_first_in_document_order_then_tables_and_charts(measures):
    measures.level("leadership")
    measures.agree("L1", "officers")
    inline = ['disagree("L2")', 'agree("L2")']
    assert expressions(make_register(measures, inline)) == [
        'disagree("L2")',
        'agree("L2")',
        'level("leadership")',
        'agree("L1", group="officers")',
        'national("L2")',
        'national("L1", group="officers")',
    ]


def test_last_come_the_figures_of_all_councils_that_others_are_set_beside(measures):
    measures.national("L1")
    inline = ['response_rate("officers")', 'theme_score("skills")', 'agree("L1")']
    entries = make_register(measures, inline)
    assert expressions(entries) == [
        *inline,
        'national("L1")',
        'national_response_rate("officers")',
        'area_score("skills")',
    ]
    assert [entry.drawn for entry in entries] == [None, None, None, 0, None, None]


def test_it_tells_in_what_order_tables_and_charts_used_figures(measures):
    measures.level("leadership")
    measures.agree("L1", "officers")
    measures.agree("L2")
    inline = ['disagree("L2")', 'agree("L2")']
    records = [entry.record() for entry in make_register(measures, inline)]
    assert [record["drawn"] for record in records] == [None, 2, 0, 1, None, None]
    assert drawn_by(records) == [
        'level("leadership")',
        'agree("L1", group="officers")',
        'agree("L2")',
    ]


def test_each_figure_stands_once_however_often_and_in_whatever_way_it_is_written(measures):
    measures.agree("L2")
    inline = ["agree('L2')", 'agree("L2", group="total")', 'agree( "L2" )']
    assert expressions(make_register(measures, inline)) == ['agree("L2")', 'national("L2")']


def test_figures_are_computed_afresh(measures):
    right = measures.agree("L2")
    measures.used['agree("L2")'] = replace(right, value=Fraction(99, 100), count=99, base=100)
    assert make_register(measures, [])[0] == Entry(right, drawn=0)
    assert make_register(measures, ['agree("L2")'])[0] == Entry(right, drawn=0)


def test_making_a_register_leaves_no_trace_in_what_was_used(measures):
    measures.agree("L2")
    make_register(measures, ['agree("L1")'])
    assert list(measures.used) == ['agree("L2")']


def test_a_sentence_may_not_say_what_is_hidden_but_a_table_may_mark_it(measures):
    hidden = measures.agree("L2", "data_analysts")
    assert make_register(measures, [])[0] == Entry(hidden, drawn=0)
    with pytest.raises(FigureHidden, match="data_analysts"):
        make_register(measures, [hidden.expression])


def test_what_is_no_expression_never_gets_into_a_register(measures):
    with pytest.raises(ExpressionError, match="not a call of a measure"):
        make_register(measures, ["measures.used"])


def test_the_text_is_canonical_json_that_reads_back(measures):
    measures.agree("L2", "data_analysts")
    figures = make_register(measures, ['invited("officers")', 'agree("L1")'])
    text = register_text(figures)
    records = read_register(text)
    assert records == json.loads(text) == [figure.record() for figure in figures]
    assert all(list(record) == sorted(record) for record in records)
    assert text == register_text(make_register(measures, ['invited("officers")', 'agree("L1")']))


def test_each_figure_stands_on_a_line_so_that_a_change_is_seen_in_a_comparison(measures):
    inline = ['disagree("L1")', 'disagree("L2")']
    lines = register_text(make_register(measures, inline)).splitlines()
    assert (lines[0], lines[-1], len(lines)) == ("[", "]", 4)
    assert json.loads(lines[1].rstrip(","))["expression"] == 'disagree("L1")'


def test_a_record_says_what_the_figure_rests_on(measures):
    record = make_register(measures, ['response_rate("officers")'])[0].record()
    # 30 of 59 is 0.50847457…
    assert (record["count"], record["base"], record["value"]) == (30, 59, 0.508475)
    assert (record["display"], record["kind"], record["statistic"]) == (
        "51%",
        "share",
        "response_rate",
    )
    assert record["provenance"] == "published"


def test_a_register_of_nothing_is_a_list_of_nothing():
    assert read_register(register_text([])) == []
