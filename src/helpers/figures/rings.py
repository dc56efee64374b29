"""Rings and ways in a graph: which edges are on a ring, and the cheapest way between two nodes."""

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order, connected_components, dijkstra


def on_rings(start: np.ndarray, end: np.ndarray, there: np.ndarray, back: np.ndarray) -> np.ndarray:
    """Say of each edge whether a ring goes through it that turns nowhere on its way.

    An edge joins two nodes, numbered from 0, and may be walked `there`, or `back`, or both. It is
    on a ring where its ends can be reached from each other, and not only through itself.

    >>> both = np.array([True, True, True])
    >>> on_rings(np.array([0, 1, 2]), np.array([1, 2, 0]), both, ~both).tolist()
    [True, True, True]
    >>> on_rings(np.array([0, 1, 0]), np.array([1, 2, 2]), both, ~both).tolist()
    [False, False, False]
    """
    first = np.append(start[there], end[back])
    then = np.append(end[there], start[back])
    size = max(start.max(), end.max()) + 1
    _, part = connected_components(_graph(first, then, size), connection="strong")
    near = np.flatnonzero((there | back) & (part[start] == part[end]))
    found = np.zeros(len(start), bool)
    found[near] = ~bridges(start[near], end[near])
    return found


def bridges(head: np.ndarray, tail: np.ndarray) -> np.ndarray:
    """Say of each edge (between two nodes, numbered from 0) whether it is on no ring.

    Each edge outside a spanning tree closes one ring and gets a random mark; a tree edge gets the
    marks of the rings that it is on, added without carry. It is on none if they add up to 0; that
    they do so otherwise has a chance of 2**-62, and then an edge is only taken for a bridge.

    Pritchard, D. and Thurimella, R. (2011), ACM Transactions on Algorithms 7, 46.

    >>> bridges(np.array([0, 1, 2, 2]), np.array([1, 2, 0, 3])).tolist()
    [False, False, False, True]
    """
    if not len(head):
        return np.zeros(0, bool)
    order, parent = _spanning_tree(head, tail)
    child = np.where(parent[head] == tail, head, tail)
    in_tree = (parent[head] == tail) | (parent[tail] == head)
    edges = np.arange(len(head))
    _, once = np.unique(np.where(in_tree, child, -1 - edges), return_index=True)
    in_tree &= np.isin(edges, once)  # of edges between the same two nodes, one
    marks = np.where(in_tree, 0, np.random.default_rng(0).integers(1, 2**62, len(head)))
    total = np.zeros(len(parent), np.int64)
    np.bitwise_xor.at(total, head, marks)
    np.bitwise_xor.at(total, tail, marks)
    added, above = total.tolist(), parent.tolist()
    for node in order[:0:-1].tolist():
        added[above[node]] ^= added[node]
    on_none: np.ndarray = in_tree & (np.array(added)[child] == 0)
    return on_none


def _spanning_tree(head: np.ndarray, tail: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return nodes from the root outwards and each node's parent; the root is a node of its own."""
    root = max(head.max(), tail.max()) + 1
    _, part = connected_components(_graph(head, tail, root), directed=False)
    _, first = np.unique(part, return_index=True)  # the root stands beside one node of each part
    joined = np.append(head, first), np.append(tail, np.full(len(first), root))
    order, parent = breadth_first_order(_graph(*joined, root + 1), root, directed=False)
    return order, parent


def _graph(head: np.ndarray, tail: np.ndarray, size: int) -> coo_array:
    return coo_array((np.ones(len(head)), (head, tail)), shape=(size, size))


def cheapest_path(
    start: np.ndarray, end: np.ndarray, price: np.ndarray, first: int, last: int
) -> list[int] | None:
    """Return the steps, from the last to the first, of the cheapest way between two nodes.

    A step leads from `start` to `end` at a price above 0; infinity closes it. None: no way.

    >>> cheapest_path(np.array([4, 5, 4]), np.array([5, 6, 6]), np.array([1, 1, 5]), 4, 6)
    [1, 0]
    """
    nodes, ends = np.unique(np.append(start, end), return_inverse=True)
    open_ = np.flatnonzero(np.isfinite(price))
    begin, stop = ends[: len(start)], ends[len(start) :]
    shape = (len(nodes), len(nodes))
    graph = coo_array((price[open_], (begin[open_], stop[open_])), shape=shape)
    here, goal = np.searchsorted(nodes, [last, first])
    if not np.isin([first, last], nodes).all():
        return None
    far, before = dijkstra(graph, indices=goal, return_predecessors=True)
    if not np.isfinite(far[here]):
        return None
    path = []
    while here != goal:
        fits = open_[(begin[open_] == before[here]) & (stop[open_] == here)]
        path.append(int(fits[0]))
        here = before[here]
    return path
