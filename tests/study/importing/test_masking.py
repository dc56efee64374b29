"""What a pattern can know of a person is masked; the rest of a comment stays as it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.study.importing.masking import mask

KINDS = {
    "[e-mail]": [
        "jo@example.org",
        "Jo.O'Neill+x@a-b.gov.wales",
        "siân@example.cymru",
        "jo @ example.org",
    ],
    "[phone]": [
        "01495 762200",
        "(01495) 762200",
        "+44 1495 762200",
        "+44 (0)1495 762200",
        "07700 900 123",
        "07700-900-123",
        "0044 7700 900123",
        "029\u00a02032\u00a00500",
        "+353 1 234 5678",
    ],
    "[postcode]": ["NP4 6YB", "np46yb", "CF10 4UW", "SW1A 1AA", "GIR 0AA"],
    "[NI number]": ["AB 12 34 56 C", "ab123456c", "AB-12-34-56-C", "AB 12 34 56", "AB123456"],
}
ALL = [(kind, text) for kind, texts in KINDS.items() for text in texts]


@pytest.mark.parametrize(("kind", "text"), ALL)
def test_what_tells_who_wrote_is_masked_wherever_it_stands(kind, text):
    assert mask(text)[0] == kind
    assert mask(f"Ask me ({text}), please.")[0] == f"Ask me ({kind}), please."
    assert mask(f"x {text}\n{text}")[1] == {kind[1:-1]: 2}


@pytest.mark.parametrize(
    "sign", "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202d\u2060\u2066\ufeff"
)
@pytest.mark.parametrize("kind", KINDS)
def test_a_sign_that_nobody_sees_hides_nothing_from_a_mask(kind, sign):
    text = KINDS[kind][0]
    middle = len(text) // 2
    assert mask(text[:middle] + sign + text[middle:])[0] == kind


@pytest.mark.parametrize(
    "text",
    [
        "In 2018 we had 22 councils and 1,211 replies.",
        "The Act of 2015 says so; see page 12.",
        "P1 to P6 matter.",
        "It cost £883,000 in 2017-18.",
        "Data @ work",
        "Look at 12 34 56 and ab123456",
        "From 01/04/2017/18/19 on",
        "Open 9 to 5, room 101",
        "<script>alert(1)</script> =cmd|'/c calc'!A1",
    ],
)
def test_what_tells_nobody_stays_as_it_was_written(text):
    assert mask(text) == (text, {})


def test_signs_that_nobody_sees_are_left_out_and_line_ends_are_one():
    assert mask(" a\u202e\u00adb\u0007\r\nc\u200c\rd\u200b\ufeff ")[0] == "ab\nc\nd"


def test_a_letter_is_written_in_one_form():
    assert mask("Sia\u0302n")[0] == "Siân"


pieces = st.sampled_from(
    [*(text for _, text in ALL), "@", ".", " ", "a", "0", "[", "]", "-", "+44"]
)


@given(st.one_of(st.text(), st.lists(pieces, max_size=8).map("".join)))
def test_masking_again_changes_nothing(text):
    once, _ = mask(text)
    assert mask(once) == (once, {})
