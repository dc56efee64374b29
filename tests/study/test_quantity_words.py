"""Each share has exactly one word, and each form means one claim."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import CheckFailed
from helpers.study.loose_words import find_loose_words
from helpers.study.quantity_words import Extent, QuantityWords
from helpers.study.reading import read_study

ROOT = Path(__file__).parents[2]
WORDS = read_study(ROOT).quantity_words
FILE = "data/study/quantity_words.yaml"

# Worked by hand from the table in the file: count, base, the word.
WORKED = [
    (0, 30, "none"),
    (1, 300, "few"),  # 0.33% prints as 0%, yet one person is not none
    (29, 200, "fewer_than_half"),  # 14.5% prints as 15%
    (28, 200, "few"),  # 14%
    (88, 200, "fewer_than_half"),  # 44%
    (89, 200, "around_half"),  # 44.5% prints as 45%
    (6, 12, "around_half"),
    (111, 200, "more_than_half"),  # 55.5% prints as 56%
    (149, 200, "most"),  # 74.5% prints as 75%
    (179, 200, "almost_all"),  # 89.5% prints as 90%
    (299, 300, "almost_all"),  # 99.67% prints as 100%, yet one person is missing
    (30, 30, "all"),
]


@pytest.mark.parametrize(("count", "base", "word"), WORKED)
def test_each_share_has_the_word_of_the_table(count: int, base: int, word: str) -> None:
    assert WORDS.word_of(Fraction(count, base)) == word


@given(st.integers(1, 2000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_no_share_is_without_a_word_or_has_two(counts: tuple[int, int]) -> None:
    found = [key for key, extent in WORDS.words.items() if extent.covers(Fraction(*counts))]
    assert len(found) == 1
    assert WORDS.claims[found[0]].share.covers(Fraction(*counts))


def test_every_share_of_up_to_sixty_people_has_exactly_one_word() -> None:
    shares = {Fraction(count, base) for base in range(1, 61) for count in range(base + 1)}
    assert len(shares) == 1103  # the length of the Farey sequence of order 60
    for share in shares:
        assert sum(extent.covers(share) for extent in WORDS.words.values()) == 1


@pytest.mark.parametrize(
    ("count", "base", "is_majority", "is_minority"),
    [
        (6, 12, False, False),
        (7, 12, True, False),
        (5, 12, False, True),
        (496, 1000, False, True),  # prints as 50%
        (504, 1000, True, False),  # prints as 50%
        (0, 12, False, False),
    ],
)
def test_a_majority_is_judged_on_exact_counts(
    count: int, base: int, is_majority: bool, is_minority: bool
) -> None:
    share = Fraction(count, base)
    assert WORDS.claims["majority"].share.covers(share) is is_majority
    assert WORDS.claims["minority"].share.covers(share) is is_minority


def test_a_form_is_found_however_it_is_spaced_or_begun() -> None:
    assert WORDS.claim_of("Around  half", "en") == "around_half"
    assert WORDS.claim_of("thua hanner", "cy") == "around_half"
    assert WORDS.claim_of("around two-thirds", "en") == "around_two_thirds"
    assert WORDS.claim_of("tua hanner", "en") is None


def test_a_share_is_written_as_a_fraction_so_that_a_third_is_exact() -> None:
    third = Extent(above="1/3")
    assert not third.covers(Fraction(10, 30))
    assert third.covers(Fraction(11, 30))


SPOILED = [
    (
        "  cy: [lai na hanner, thua",
        "  cy: [lai na hanned, thua",
        "mutated.cy:3: no claim has the form 'lai na hanned'; add it there",
    ),
    (
        "  cy: [lai na hanner, thua",
        "  cy: [llai na hanner, thua",
        "mutated.cy:3: the first form of 'fewer_than_half' in 'cy' is printed; "
        "it cannot be mutated",
    ),
    (
        "around_half: {percent: [45, 55]}",
        "around_half: {percent: [46, 55]}",
        "words:1: a share of 44.5000% has none; expected exactly one word",
    ),
    (
        "around_half: {percent: [45, 55]}",
        "around_half: {percent: [44, 55]}",
        "words:1: a share of 43.5000% has 'fewer_than_half', 'around_half'; "
        "expected exactly one word",
    ),
    (
        "forms: {en: [most], cy",
        "forms: {en: [few], cy",
        "claims.most.forms.en:13: 'few' is written of 'few' too; it may mean one claim only",
    ),
    (
        "forms: {en: [most], cy: [y rhan fwyaf, rhan fwyaf, ran fwyaf]}",
        "forms: {en: [most]}",
        "claims.most.forms:5: claim 'most' has no form in 'cy'; give one in each language",
    ),
    (
        "share: {percent: [75, 100]}",
        "share: {percent: [76, 100]}",
        "words.most:3: 'most' is printed of a share of 74.5000%, of which its claim is false",
    ),
    (
        "share: {above: 1/4}",
        "share: {above: a quarter}",
        "claims.more_than_a_quarter.share.above:13: "
        "bad share 'a quarter'; expected 0, 1 or such as 2/3",
    ),
    (
        "share: {percent: [90, 100], below: 1}",
        "share: {}",
        "claims.almost_all.share:5: no extent; expected 'percent', 'above', 'below' …",
    ),
    (
        "forms: {en: [most], cy",
        "forms: {en: [Around-half], cy",
        "claims.most.forms.en:13: "
        "'Around-half' is written of 'around_half' too; it may mean one claim only",
    ),
    (
        "forms: {en: [most], cy",
        "forms: {en: [''], cy",
        "claims.most.forms.en.0:18: '' holds no word; write one or leave it out",
    ),
]


@pytest.mark.parametrize(
    "kind", ["numbers: [zero", "quantities: [half", "before_figures: [more than", "idioms: [make"]
)
def test_a_phrase_without_a_word_is_refused(spoiled, edit, kind) -> None:
    edit(spoiled / FILE, kind, kind.replace("[", "['-', "))
    with pytest.raises(CheckFailed) as failed:
        read_study(spoiled)
    assert failed.value.message.endswith(": '-' holds no word; write one or leave it out")


def test_a_language_that_has_nothing_unbound_is_refused(spoiled) -> None:
    text = (spoiled / FILE).read_text(encoding="utf-8")
    (spoiled / FILE).write_text(
        text[: text.index("\n  cy:\n    numbers:")] + "\n", encoding="utf-8"
    )
    with pytest.raises(CheckFailed) as failed:
        read_study(spoiled)
    told = "nothing in 'cy'; list what is an error in each language, or in none"
    assert failed.value.message.endswith(f": {told}")


@pytest.mark.parametrize(
    "claim", ["half:\n    share: {percent: [45, 55]}", "around_half:\n    difference: higher"]
)
def test_the_claims_that_may_be_said_of_few_people_must_be_there(spoiled, edit, claim) -> None:
    edit(spoiled / FILE, "around_half:\n    share: {percent: [45, 55]}", claim)
    with pytest.raises(CheckFailed) as failed:
        read_study(spoiled)
    told = (
        "no claim 'around_half' of a share: of few people only 'fewer_than_half', 'around_half' "
        "and 'more_than_half' may be said; add it"
    )
    assert [line for line in failed.value.message.splitlines() if line.endswith(f": {told}")]


@pytest.mark.parametrize(("right", "wrong", "told"), SPOILED)
def test_a_vocabulary_that_contradicts_itself_is_refused(spoiled, edit, right, wrong, told) -> None:
    edit(spoiled / FILE, right, wrong)
    where, message = told.split(": ", 1)
    steps, column = where.rsplit(":", 1)
    with pytest.raises(CheckFailed) as failed:
        read_study(spoiled)
    lines = [line for line in failed.value.message.splitlines() if line.endswith(message)]
    assert len(lines) == 1
    assert lines[0].split(":")[0] == FILE
    line, found = map(int, lines[0].split(":")[1:3])
    assert found == int(column)
    written = (spoiled / FILE).read_text(encoding="utf-8").splitlines()[line - 1]
    assert written.strip().startswith((steps.split(".")[-1], "share", "forms"))


def test_a_share_between_two_words_has_none() -> None:
    """Both limits have a word, and half has not."""
    words = {"few": Extent(at_most="2/5"), "many": Extent(at_least="3/5")}
    told = list(find_loose_words(QuantityWords(words=words), []))
    assert (("words",), "a share of 50.0000% has none; expected exactly one word") in told
    assert sum(message.startswith("a share of ") for _, message in told) == 1


def test_a_study_without_the_file_has_no_claims(spoiled) -> None:
    (spoiled / FILE).unlink()
    assert read_study(spoiled).quantity_words == QuantityWords()
