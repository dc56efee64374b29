"""Rings in a network whose edges may be passed one way, both ways or not at all.

Where everywhere can be reached from everywhere, and no two-way edge is the only link between two
parts, each two-way edge can be made one-way so that this stays true: F. Boesch and R. Tindell
(1980), American Mathematical Monthly 87, 716-719. So an edge is part of a ring exactly if both of
its ends are in one strong component and it is no bridge of it. All takes time in proportion to the
number of edges.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import NamedTuple

Node = Hashable
Steps = Mapping[Node, list[tuple[Node, int]]]  # where one can go from a node, and by which edge


class Edge(NamedTuple):
    """An edge from one node to another, and which ways it may be passed."""

    start: Node
    end: Node
    forward: bool = True
    backward: bool = True


class Left(NamedTuple):
    """A node that a walk has left for good: where the walk began, and by which edge it came."""

    node: Node
    root: Node
    before: Node
    edge: int


def edges_on_rings(edges: Iterable[Edge]) -> set[int]:
    """Return the places, in the list, of the edges that are part of a ring.

    A ring passes no node twice and no edge twice, so to go to and fro is none.

    >>> ring = [Edge("a", "b", backward=False), Edge("b", "c"), Edge("c", "a", backward=False)]
    >>> edges_on_rings([*ring, Edge("c", "d")])
    {0, 1, 2}
    """
    numbered = dict(enumerate(edges))
    component = _strong_components(numbered)
    inside = {
        number: edge
        for number, edge in numbered.items()
        if (edge.forward or edge.backward) and component[edge.start] == component[edge.end]
    }
    return set(inside) - set(_bridges(inside))


def connected(edges: Iterable[Edge]) -> dict[Node, Node]:
    """Return for each node one that stands for all that edges of any kind connect."""
    steps = _steps(dict(enumerate(edges)), both=True)
    return {left.node: left.root for left in _walk(steps, list(steps))}


def _strong_components(edges: Mapping[int, Edge]) -> dict[Node, Node]:
    """Return for each node one that stands for all which it can reach and be reached from.

    Kosaraju's way: walk through all, then walk against the edges from whatever was left last.
    """
    there = _steps(edges)
    back = _steps(
        {number: edge._replace(start=edge.end, end=edge.start) for number, edge in edges.items()}
    )
    left_last = [left.node for left in _walk(there, list(there))][::-1]
    return {left.node: left.root for left in _walk(back, left_last)}


def _bridges(edges: Mapping[int, Edge]) -> Iterator[int]:
    """Yield the edges without which the network falls apart, whichever way each may be passed.

    Each edge that the walk did not come by leads from a node up to one on the way to it, and spans
    every edge between them; an edge of the walk that nothing spans is a bridge.
    """
    steps = _steps(edges, both=True)
    walk = list(_walk(steps, list(steps)))
    when = {left.node: time for time, left in enumerate(walk)}
    walked = {left.edge for left in walk}
    spanned: Counter[Node] = Counter()
    for number, edge in edges.items():
        if number not in walked:
            lower, upper = sorted((edge.start, edge.end), key=when.__getitem__)
            spanned[lower] += 1
            spanned[upper] -= 1
    for left in walk:
        spanned[left.before] += spanned[left.node]
        if left.edge >= 0 and spanned[left.node] == 0:
            yield left.edge


def _steps(edges: Mapping[int, Edge], *, both: bool = False) -> Steps:
    steps: defaultdict[Node, list[tuple[Node, int]]] = defaultdict(list)
    for number, (start, end, forward, backward) in edges.items():
        onward, homeward = steps[start], steps[end]
        if forward or both:
            onward.append((end, number))
        if backward or both:
            homeward.append((start, number))
    return steps


def _walk(steps: Steps, roots: Iterable[Node]) -> Iterator[Left]:
    """Walk as deep as it goes from each root that no earlier walk met; yield nodes when left."""
    met: set[Node] = set()
    for root in roots:
        if root in met:
            continue
        met.add(root)
        path = [(Left(root, root, None, -1), iter(steps[root]))]
        while path:
            here, onward = path[-1]
            step = next(((to, edge) for to, edge in onward if to not in met), None)
            if step is None:
                path.pop()
                yield here
            else:
                met.add(step[0])
                path.append((Left(step[0], root, here.node, step[1]), iter(steps[step[0]])))
