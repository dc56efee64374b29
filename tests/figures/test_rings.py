"""Rings are found where there are some, against a search through every simple path."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.figures.rings import bridges, cheapest_path

edges = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda edge: edge[0] != edge[1]),
    min_size=1,
    max_size=12,
)


def connected(start, end, rest):
    """Whether a way leads between two nodes, by walking it."""
    seen, walk = {start}, [start]
    while walk:
        node = walk.pop()
        for one, other in rest:
            for here, there in ((one, other), (other, one)):
                if here == node and there not in seen:
                    seen.add(there)
                    walk.append(there)
    return end in seen


@given(edges)
def test_an_edge_is_on_a_ring_if_its_ends_stay_joined_without_it(drawn):
    head, tail = (np.array(ends) for ends in zip(*drawn, strict=True))
    walked = [
        not connected(*edge, drawn[:index] + drawn[index + 1 :]) for index, edge in enumerate(drawn)
    ]
    assert bridges(head, tail).tolist() == walked


def test_nothing_has_no_rings():
    assert bridges(np.array([], int), np.array([], int)).tolist() == []


def test_the_cheapest_way_is_taken_and_a_closed_one_is_not():
    start, end = np.array([1, 1, 2, 3]), np.array([2, 3, 4, 4])
    assert cheapest_path(start, end, np.array([1, 2, 1, 2.0]), 1, 4) == [2, 0]
    assert cheapest_path(start, end, np.array([1, 2, np.inf, 2.0]), 1, 4) == [3, 1]


@pytest.mark.parametrize(("first", "last"), [(4, 1), (1, 9)])
def test_where_no_way_leads_there_is_none(first, last):
    start, end = np.array([1, 2]), np.array([2, 4])
    assert cheapest_path(start, end, np.array([1.0, 1.0]), first, last) is None
