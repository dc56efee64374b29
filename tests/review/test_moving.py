"""Two folders of outputs are compared; what both together would tell is warned of."""

import pytest

from helpers.review import moving


def register(replied: float | None, expression: str = 'responses("total")') -> list[dict]:
    return [{"expression": expression, "value": replied}]


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        (43, 44, "1 person"),
        (43, 41, "2 people"),
        (43, 47, "4 people"),
        (43, 48, ""),
        (43, 43, ""),
        (None, 3, ""),
    ],
)
def test_few_who_replied_between_two_editions_are_told(was, now, told):
    assert moving._few_between(register(was), register(now)) == told


def test_the_replies_of_the_overview_are_looked_at_too():
    replies = 'national_responses("total")'
    assert moving._few_between(register(1211, replies), register(1212, replies)) == "1 person"
    assert moving._few_between(register(1211, replies), []) == ""
