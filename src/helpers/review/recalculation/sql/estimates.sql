-- The arithmetic of docs/method.md, "Figures", "Small groups" and "Differences".

-- Wilson's interval (1927) with z = 1.959964, the normal deviate of 95%, on n answers.
CREATE MACRO z2() AS 3.8414588206941254;
CREATE MACRO wilson(p, n, side) AS
    (p + z2() / (2 * n) + side * sqrt(z2() * (p * (1 - p) / n + z2() / (4 * n * n))))
    / (1 + z2() / n);

-- Cochran (1977), section 2.6: of N people few are left to ask, so n answers weigh as many as
-- n(N-1)/(N-n) of an endless population. N is NULL in an open survey: then n stays n.
CREATE MACRO effective(n, whole) AS
    CASE WHEN whole IS NULL THEN n ELSE n * (whole - 1) / (whole - n) END;

-- Side -1 is the lower end and 1 the upper. When everybody answered the share is known.
CREATE MACRO interval_end(p, n, whole, side) AS
    CASE WHEN whole = n THEN p ELSE wilson(p, effective(n, whole), side) END;

-- Newcombe (1998), method 10: the distances of each share from the ends that make the difference
-- p1 - p2 smaller, or larger, squared and added.
CREATE MACRO difference_lower(p1, lower1, p2, upper2) AS
    p1 - p2 - sqrt((p1 - lower1) ^ 2 + (upper2 - p2) ^ 2);
CREATE MACRO difference_upper(p1, upper1, p2, lower2) AS
    p1 - p2 + sqrt((upper1 - p1) ^ 2 + (p2 - lower2) ^ 2);

-- The word of a small cell: "around half" is within one person of half, that is within two when
-- both are doubled; none and all are never around half.
CREATE MACRO word_of(agree, base) AS
    CASE WHEN agree > 0 AND agree < base AND abs(2 * agree - base) <= 2 THEN 'around half'
         WHEN 2 * agree < base THEN 'fewer than half'
         ELSE 'more than half' END;

-- The five places of a distribution: type 7 of Hyndman and Fan (1996), which is what quantile_cont
-- does. Of no values it is NULL, which unnest pads to a NULL at each place.
CREATE MACRO places() AS ['lowest', 'lower_quartile', 'median', 'upper_quartile', 'highest'];
CREATE MACRO at_places(x) AS quantile_cont(x, [0, 0.25, 0.5, 0.75, 1]);

-- Means of shares are sums of several divisions: equal ones may differ in their last digits.
CREATE MACRO exact(mean) AS round(mean, 12);

-- A figure's name is its call: the first argument by place, the others by name, those that say
-- what goes without saying left out.
CREATE MACRO call(measure, argument) AS measure || '("' || argument || '")';
CREATE MACRO call_more(measure, argument, more) AS measure || '("' || argument || '"' || more || ')';
CREATE MACRO unless(argument, value, usual) AS
    CASE WHEN value = usual THEN '' ELSE ', ' || argument || '="' || value || '"' END;
CREATE MACRO of_group(measure, argument, group_name) AS
    call_more(measure, argument, unless('group', group_name, 'total'));
CREATE MACRO overview_name() AS (SELECT document FROM overview);
