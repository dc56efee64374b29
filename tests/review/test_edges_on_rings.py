"""Rings are found where there are some, against a search through every simple path."""

from hypothesis import given
from hypothesis import strategies as st

from helpers.review.recalculation.rings import Edge, connected, edges_on_rings

edges = st.lists(
    st.builds(Edge, st.integers(0, 4), st.integers(0, 4), st.booleans(), st.booleans()).filter(
        lambda edge: edge.start != edge.end
    ),
    max_size=8,
)


def leads(start, end, rest, met=frozenset()):
    """Whether a way leads from one node to another and meets no node twice."""
    if start == end:
        return True
    steps = [(edge.start, edge.end) for edge in rest if edge.forward]
    steps += [(edge.end, edge.start) for edge in rest if edge.backward]
    met = met | {start}
    return any(leads(to, end, rest, met) for here, to in steps if here == start and to not in met)


@given(edges)
def test_an_edge_is_on_a_ring_if_a_way_leads_back_without_it(drawn):
    walked = set()
    for number, edge in enumerate(drawn):
        rest = drawn[:number] + drawn[number + 1 :]
        forward = edge.forward and leads(edge.end, edge.start, rest)
        if forward or (edge.backward and leads(edge.start, edge.end, rest)):
            walked.add(number)
    assert edges_on_rings(drawn) == walked


def test_to_and_fro_is_no_ring_but_two_edges_are():
    assert edges_on_rings([Edge("a", "b")]) == set()
    assert edges_on_rings([Edge("a", "b"), Edge("a", "b")]) == {0, 1}


def test_edges_that_nobody_may_pass_still_connect():
    part = connected([Edge("a", "b", forward=False, backward=False), Edge("c", "d")])
    assert part["a"] == part["b"] != part["c"] == part["d"]
