-- The figures of the whole area, in every report and the overview; then those of the overview only.

INSERT INTO figure BY NAME
SELECT document, of_group('national', question, group_name) AS expression,
    'national' AS statistic, 'share' AS kind, question, group_name,
    value, count, share.base, share.population, lower, upper, tier = 'hidden' AS suppressed,
    CASE WHEN tier = 'words' THEN word_of(agree, cell.base) ELSE '' END AS word,
    CASE WHEN tier = 'words' THEN nothing_below END AS lowest_base,
    CASE WHEN tier = 'words' THEN words_below - 1 END AS highest_base
FROM cell CROSS JOIN document CROSS JOIN rule
LEFT JOIN (FROM share WHERE side = 'agree') AS share USING (council, group_name, question, tier)
WHERE council = '';

INSERT INTO figure BY NAME
SELECT document, call('national_response_rate', group_name) AS expression,
    'national_response_rate' AS statistic, 'share' AS kind, group_name,
    replied / nullif(invited, 0) AS value, replied AS count, invited AS base
FROM people CROSS JOIN document WHERE council = '' AND invited IS NOT NULL;

-- Five places among the theme scores of the councils that have one; of no scores there is none.
INSERT INTO figure BY NAME
WITH places AS (
    SELECT theme, unnest(places()) AS place, unnest(at_places(value)) AS value
    FROM (SELECT DISTINCT theme, call('theme_score', theme) AS expression FROM statement)
    LEFT JOIN (FROM figure WHERE statistic = 'theme_score') USING (expression)
    GROUP BY theme
)
SELECT document, call_more('area_score', theme, unless('place', place, 'median')) AS expression,
    'area_score' AS statistic, 'share' AS kind, value, value IS NULL AS suppressed
FROM places CROSS JOIN document;

-- Councils by the level that the rule gives them, before any auditor overruled it.
INSERT INTO figure BY NAME
SELECT document,
    call_more('councils_at_level', characteristic, ', level=' || level.level) AS expression,
    'councils_at_level' AS statistic, 'count' AS kind, councils AS value
FROM (
    SELECT characteristic, levels.level, count(*) FILTER (computed = levels.level) AS councils
    FROM level CROSS JOIN (VALUES (1), (2), (3)) AS levels (level)
    GROUP BY ALL
) AS level CROSS JOIN document;

INSERT INTO figure BY NAME
SELECT document, call('fact', fact) AS expression, 'fact' AS statistic, kind, value
FROM fact CROSS JOIN document;

-- Who was invited and who replied, of each council and of all, which is public.
INSERT INTO figure BY NAME
SELECT overview_name() AS document,
    CASE council WHEN '' THEN call('national_' || measure, group_name)
        ELSE of_group('council_' || measure, council, group_name) END AS expression,
    CASE council WHEN '' THEN 'national_' ELSE 'council_' END || measure AS statistic,
    CASE measure WHEN 'response_rate' THEN 'share' ELSE 'count' END AS kind, group_name,
    CASE measure WHEN 'invited' THEN invited WHEN 'responses' THEN replied
        ELSE replied / nullif(invited, 0) END AS value,
    CASE measure WHEN 'invited' THEN invited ELSE replied END AS count,
    CASE measure WHEN 'response_rate' THEN invited END AS base
FROM people CROSS JOIN (VALUES ('invited'), ('responses'), ('response_rate')) AS measures (measure)
WHERE (measure = 'responses' OR invited IS NOT NULL)
    AND NOT (council = '' AND measure = 'response_rate');  -- stands in every document, above

INSERT INTO figure BY NAME
WITH places AS (
    SELECT group_name, unnest(places()) AS place,
        unnest(at_places(replied / nullif(invited, 0))) AS value
    FROM people WHERE council <> '' AND invited IS NOT NULL
    GROUP BY group_name
)
SELECT overview_name() AS document,
    call_more('area_rate', group_name, unless('place', place, 'median')) AS expression,
    'area_rate' AS statistic, 'share' AS kind, group_name, value, value IS NULL AS suppressed
FROM places;

-- Only shares that the councils' own reports show; of fewer than half of the councils the median
-- is not that of all, so there is no distribution.
CREATE TABLE spread AS
SELECT question, count(value) AS shown, at_places(value) AS at_places
FROM cell LEFT JOIN (FROM share WHERE side = 'agree') AS share
    USING (council, group_name, question)
WHERE council <> '' AND group_name = 'total'
GROUP BY question;

INSERT INTO figure BY NAME
WITH places AS (
    SELECT question, unnest(places()) AS place,
        unnest(CASE WHEN 2 * shown >= (SELECT count(*) FROM told) THEN at_places END) AS value
    FROM spread
)
SELECT overview_name() AS document,
    call_more('area_agree', question, unless('place', place, 'median')) AS expression,
    'area_agree' AS statistic, 'share' AS kind, question, 'total' AS group_name,
    value, value IS NULL AS suppressed
FROM places;

INSERT INTO figure BY NAME
SELECT overview_name() AS document, call('councils_shown', question) AS expression,
    'councils_shown' AS statistic, 'count' AS kind, question, 'total' AS group_name, shown AS value
FROM spread;

-- Ranks, when all else is there: how many councils are higher, how many level, among those of
-- which the figure is shown, and only where half of all councils show it. Dividing two whole
-- numbers gives the double nearest to their share, so equal shares are equal here too.
CREATE TABLE ranked AS
SELECT figure.*, rank.* EXCLUDE (document, expression)
FROM figure LEFT JOIN (
    SELECT document, expression,
        rank() OVER (PARTITION BY expression ORDER BY value DESC) - 1 AS higher,
        count(*) OVER (PARTITION BY expression, value) - 1 AS level_with,
        count(*) OVER (PARTITION BY expression) AS ranked
    FROM figure
    WHERE statistic IN ('agree', 'response_rate', 'theme_score') AND value IS NOT NULL
    QUALIFY 2 * ranked >= (SELECT count(*) FROM told)
) AS rank USING (document, expression);
CREATE INDEX by_document ON ranked (document);
