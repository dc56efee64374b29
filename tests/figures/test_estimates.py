"""Shares, whole percentages and intervals are what a statistician would work out by hand."""

from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import binomtest, norm

from helpers.figures.estimates import Z_95, difference_interval, interval, mean, percentage, share

counts = st.integers(1, 400).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))
more = st.integers(0, 10_000)  # people who could have answered and did not


def test_a_share_is_an_exact_fraction():
    assert share(1, 3) + share(2, 3) == 1


@pytest.mark.parametrize(("count", "base"), [(3, 2), (-1, 2), (0, 0), (-3, -2), (1, 0)])
def test_an_impossible_share_is_refused(count, base):
    with pytest.raises(ValueError, match=f"{count} of {base} is no share"):
        share(count, base)


@pytest.mark.parametrize(
    ("count", "base", "printed"),
    [
        (30, 59, "51%"),  # 50.85: the published report
        (12, 44, "27%"),  # 27.27: the published report
        (42, 103, "41%"),  # 40.78: the published report
        (1, 8, "13%"),  # 12.5: half up; half to even would print 12
        (5, 200, "3%"),  # 2.5: half up; half to even would print 2
        (57, 200, "29%"),  # 28.5: as floats, 0.285 * 100 is 28.499999999999996
        (0, 7, "0%"),
        (7, 7, "100%"),
        (199, 200, "100%"),  # 99.5
    ],
)
def test_percentages_are_whole_and_halves_go_up(count, base, printed):
    assert percentage(share(count, base)) == printed


@given(counts)
def test_a_percentage_is_never_more_than_half_a_point_away(pair):
    whole = int(percentage(share(*pair)).removesuffix("%"))
    assert abs(whole - Fraction(*pair) * 100) <= Fraction(1, 2)


def test_z_is_the_97_5_percent_point_of_the_normal():
    assert pytest.approx(norm.ppf(0.975), abs=1e-15) == Z_95


def test_wilsons_interval_is_that_of_a_finite_population():
    # n = 68 * 74 / 7 = 718.857; centre = (p + z²/2n) / (1 + z²/n) = 0.587766; half = 0.035891
    assert interval(40, 68, 75) == pytest.approx((0.5519, 0.6237), abs=0.00005)


@pytest.mark.parametrize(("count", "base", "population"), [(40, 68, 75), (3, 10, 12), (1, 30, 59)])
def test_the_ends_are_the_shares_that_the_sample_lies_just_95_percent_from(count, base, population):
    # Wilson's definition, solved by a root finder: |p − π| = z √(π(1−π)/n), n = b(N−1)/(N−b)
    p, n = count / base, base * (population - 1) / (population - base)

    def distance(end: float) -> float:
        return abs(p - end) - 1.959964 * sqrt(end * (1 - end) / n)

    ends = brentq(distance, 1e-12, p), brentq(distance, p, 1 - 1e-12)
    assert interval(count, base, population) == pytest.approx(ends, abs=1e-6)


@pytest.mark.parametrize(("count", "base"), [(0, 10), (3, 7), (40, 68), (12, 12)])
def test_a_very_large_population_gives_the_usual_wilson_interval(count, base):
    usual = binomtest(count, base).proportion_ci(method="wilson")
    assert interval(count, base, 10**12) == pytest.approx((usual.low, usual.high), abs=1e-9)


@given(counts)
def test_without_a_known_population_the_interval_is_wilsons_own(pair):
    wilson = binomtest(*pair).proportion_ci(method="wilson")
    assert interval(*pair, None) == pytest.approx([wilson.low, wilson.high])


@given(counts)
def test_a_census_has_no_width(pair):
    count, base = pair
    assert interval(count, base, base) == (count / base, count / base)


@given(counts, more)
def test_an_interval_lies_from_0_to_1_and_holds_the_share(pair, others):
    count, base = pair
    low, high = interval(count, base, base + others)
    assert 0 <= low <= count / base <= high <= 1


@pytest.mark.parametrize("count", [0, 59])
def test_an_interval_holds_a_share_of_none_and_of_all_exactly(count):
    low, high = interval(count, 59, 10**9)
    assert low <= count / 59 <= high


@given(counts, more, st.integers(1, 1000))
def test_the_more_people_did_not_answer_the_wider_the_interval(pair, others, further):
    count, base = pair
    assume(base > 1)
    low, high = interval(count, base, base + others)
    wider_low, wider_high = interval(count, base, base + others + further)
    assert wider_low <= low + 1e-12
    assert wider_high >= high - 1e-12
    assert wider_high - wider_low > high - low


@given(counts, more)
def test_those_who_agree_and_those_who_do_not_mirror_each_other(pair, others):
    count, base = pair
    low, high = interval(count, base, base + others)
    mirrored = interval(base - count, base, base + others)
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-12)


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ((1, 9, 8), "9 answers from a population of 8"),
        ((10, 9, 20), "10 of 9 is no share"),
        ((0, 0, 20), "0 of 0 is no share"),
    ],
)
def test_an_impossible_interval_is_refused(numbers, message):
    with pytest.raises(ValueError, match=message):
        interval(*numbers)


# What R prints: tests/figures/intervals.R. Count, base, population; interval; survey's error.
WORKED_BY_R = {
    (40, 68, 75): ((0.551882, 0.623651), 0.018369),
    (12, 41, 102): ((0.197906, 0.409666), 0.055634),
    (3, 10, 12): ((0.195242, 0.430872), 0.062361),
    (0, 12, 44): ((0.0, 0.192396), 0.0),
    (700, 948, 2000): ((0.717609, 0.758170), 0.010358),
}
DIFFERENCES_BY_R = [
    ((12, 41, 102), (500, 1107, 2300), (-0.256104, -0.040133)),
    ((20, 30, 59), (300, 800, 1500), (0.163456, 0.400093)),
    ((0, 12, 44), (90, 346, 1200), (-0.300902, -0.064190)),
]


@pytest.mark.parametrize("numbers", WORKED_BY_R)
def test_intervals_are_those_of_r(numbers):
    assert interval(*numbers) == pytest.approx(WORKED_BY_R[numbers][0], abs=1e-6)


@pytest.mark.parametrize("numbers", WORKED_BY_R)
def test_the_effective_base_is_that_of_rs_survey_package(numbers):
    # survey divides by n − 1 where Wilson divides by n, and by N where he divides by N − 1.
    count, base, population = numbers
    p, error = count / base, WORKED_BY_R[numbers][1]
    effective = base * (population - 1) / (population - base)
    survey = error**2 * (base - 1) * population / (base * (population - 1))
    assert p * (1 - p) / effective == pytest.approx(survey, abs=1e-7)


@pytest.mark.parametrize(("one", "other", "ends"), DIFFERENCES_BY_R)
def test_differences_are_those_of_r(one, other, ends):
    assert difference_interval(one, other) == pytest.approx(ends, abs=1e-6)


def test_a_difference_is_as_newcombe_printed_it():
    # 56 of 70 less 48 of 80, method 10: 0.0524 to 0.3339 (Newcombe 1998, table II, example a)
    ends = difference_interval((56, 70, 10**12), (48, 80, 10**12))
    assert ends == pytest.approx((0.0524, 0.3339), abs=0.00005)


def test_the_difference_of_two_censuses_is_known():
    assert difference_interval((3, 4, 4), (1, 4, 4)) == (0.5, 0.5)


@given(counts, more, counts, more)
def test_a_difference_lies_from_minus_1_to_1_and_holds_what_was_seen(one, others, two, strangers):
    low, high = difference_interval((*one, one[1] + others), (*two, two[1] + strangers))
    seen = one[0] / one[1] - two[0] / two[1]
    assert -1 - 1e-12 <= low <= seen <= high <= 1 + 1e-12


@given(counts, more, counts, more)
def test_a_difference_turned_round_is_its_opposite(one, others, two, strangers):
    first, second = (*one, one[1] + others), (*two, two[1] + strangers)
    low, high = difference_interval(first, second)
    assert difference_interval(second, first) == pytest.approx((-high, -low), abs=1e-12)


@given(counts, more)
def test_a_group_does_not_differ_from_its_like(pair, others):
    group = (*pair, pair[1] + others)
    low, high = difference_interval(group, group)
    assert low <= 0 <= high


@given(st.integers(1, 400), more, st.data())
def test_the_more_people_agree_the_higher_the_interval(base, others, data):
    few = data.draw(st.integers(0, base - 1))
    low, high = interval(few, base, base + others)
    next_low, next_high = interval(few + 1, base, base + others)
    assert low <= next_low + 1e-12
    assert high <= next_high + 1e-12


def test_a_mean_is_exact():
    assert mean([Fraction(1, 10), Fraction(7, 10)]) == Fraction(
        2, 5
    )  # as floats, 0.39999999999999997


def test_the_mean_of_no_shares_is_refused():
    with pytest.raises(ValueError, match="the mean of no shares"):
        mean([])
