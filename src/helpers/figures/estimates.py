"""Shares, whole percentages and intervals. Shares are 0 to 1; a percentage exists only as text."""

from fractions import Fraction
from math import floor, hypot, sqrt

from helpers.study.quantity_words import Direction, whole_percent

Counts = tuple[int, int, int | None]  # count, base, and population if it is known
Z_95 = 1.959963984540054  # the standard normal's 97.5% point


def share(count: int, base: int) -> Fraction:
    """Return count ÷ base, exactly; raises ValueError for an impossible pair."""
    if not 0 <= count <= base or base == 0:
        raise ValueError(f"{count} of {base} is no share")
    return Fraction(count, base)


def percentage(value: Fraction) -> str:
    """Return a share (0 to 1) as a whole percentage, as `whole_percent` rounds it.

    >>> percentage(Fraction(30, 59))
    '51%'
    """
    return f"{whole_percent(value)}%"


def interval(count: int, base: int, population: int | None) -> tuple[float, float]:
    """Return Wilson's 95% interval for a share, for a finite population if one is known.

    Answers how far the share of those who answered may lie from the share of everyone asked, if
    those who answered were a random sample of them. Few people were asked, so the base is scaled
    to the effective n·(N−1)/(N−n); when everyone answered the share is known and the interval
    has no width.

    Parameters
    ----------
    count, base : int
        People who gave the answer, and people who answered; don't know and blank are dropped first.
    population : int or None
        People who could have answered (N): those asked, less those who replied outside the base.
        None if nobody knows: the interval is then Wilson's own, on n.

    Raises
    ------
    ValueError
        If not 0 ≤ count ≤ base ≤ population, or the base is 0.

    Notes
    -----
    Wilson, E. B. (1927), Journal of the American Statistical Association 22, 209-212; finite
    population as in Cochran, Sampling Techniques (3rd ed., 1977), section 2.6.

    Examples
    --------
    >>> "%.4f %.4f" % interval(40, 68, 75)
    '0.5519 0.6237'
    >>> "%.4f %.4f" % interval(40, 68, None)
    '0.4696 0.6974'

    """
    p = float(share(count, base))
    if population is not None and base > population:
        raise ValueError(f"{base} answers from a population of {population}")
    if base == population:
        return p, p
    n = base if population is None else base * (population - 1) / (population - base)
    centre = (p + Z_95**2 / (2 * n)) / (1 + Z_95**2 / n)
    half = Z_95 / (1 + Z_95**2 / n) * sqrt(p * (1 - p) / n + Z_95**2 / (4 * n**2))
    return min(p, max(0.0, centre - half)), max(p, min(1.0, centre + half))


def quantile(ordered: list[Fraction], place: Fraction) -> Fraction:
    """Return the value at a place, 0 (lowest) to 1 (highest), of values in ascending order.

    Between two values it lies in proportion, which is the method of Excel, NumPy and R (type 7 of
    Hyndman and Fan 1996, The American Statistician 50, 361-365). Raises ValueError for no values.

    >>> quantile([Fraction(1), Fraction(2), Fraction(4)], Fraction(3, 4))
    Fraction(3, 1)
    """
    if not ordered:
        raise ValueError("a quantile of no values")
    position = place * (len(ordered) - 1)
    below = floor(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])


def difference_interval(first: Counts, second: Counts) -> tuple[float, float]:
    """Return Newcombe's 95% interval for one share less another, of two separate groups of people.

    Answers whether two groups differ by more than chance: they do where the interval leaves out 0.
    Each share brings its own finite-population Wilson interval, whose ends are combined; so the
    difference of two censuses is known. Each group is count, base and population, as in `interval`.

    Notes
    -----
    Newcombe, R. G. (1998), Statistics in Medicine 17, 873-890, method 10.

    Examples
    --------
    >>> "%.3f %.3f" % difference_interval((40, 68, 75), (300, 800, 900))
    '0.175 0.250'

    """
    p, q = (count / base for count, base, _ in (first, second))
    (p_low, p_high), (q_low, q_high) = interval(*first), interval(*second)
    return (
        p - q - hypot(p - p_low, q_high - q),
        p - q + hypot(p_high - p, q - q_low),
    )


def direction(difference: tuple[float, float]) -> Direction:
    """Return how a share stands to another, which is apart only if the interval leaves out 0.

    >>> direction((0.02, 0.3)), direction((-0.3, -0.02)), direction((0.0, 0.3))
    ('higher', 'lower', 'not_clear')
    """
    low, high = difference
    return "higher" if low > 0 else "lower" if high < 0 else "not_clear"


def mean(values: list[Fraction]) -> Fraction:
    """Return the mean of shares, exactly; raises ValueError for none."""
    if not values:
        raise ValueError("the mean of no shares")
    return sum(values, Fraction(0)) / len(values)
