-- The figures of each council's own report.

-- Shares. Of a small cell the share that agrees is one word; nothing else is said of it, and of a
-- hidden cell nothing at all.
INSERT INTO figure BY NAME
SELECT cell.council AS document, of_group(side, question, group_name) AS expression,
    side AS statistic, 'share' AS kind, question, group_name,
    value, count, share.base, share.population, lower, upper,
    tier = 'hidden' OR tier = 'words' AND side <> 'agree' AS suppressed,
    CASE WHEN tier = 'words' AND side = 'agree' THEN word_of(agree, cell.base) ELSE '' END AS word,
    CASE WHEN tier = 'words' AND side = 'agree' THEN nothing_below END AS lowest_base,
    CASE WHEN tier = 'words' AND side = 'agree' THEN words_below - 1 END AS highest_base
FROM cell
CROSS JOIN (VALUES ('agree'), ('neither'), ('disagree'), ('dont_know')) AS sides (side)
CROSS JOIN rule
LEFT JOIN share USING (council, group_name, question, side, tier)
WHERE cell.council <> '' AND (has_dont_know OR side <> 'dont_know');

-- The rest of the area. Beside it stands the difference of this council's share less theirs.
INSERT INTO figure BY NAME
SELECT council AS document, of_group('rest_of_area', question, group_name) AS expression,
    'rest_of_area' AS statistic, 'share' AS kind, question, group_name,
    rest.value, rest.count, rest.base, rest.population, rest.lower, rest.upper,
    rest.value IS NULL AS suppressed,
    difference_lower(own.value, own.lower, rest.value, rest.upper) AS difference_lower,
    difference_upper(own.value, own.upper, rest.value, rest.lower) AS difference_upper
FROM cell
LEFT JOIN rest USING (council, group_name, question)
LEFT JOIN (FROM share WHERE side = 'agree') AS own USING (council, group_name, question)
WHERE council <> '';

INSERT INTO figure BY NAME
SELECT council AS document, of_group('difference', question, group_name) AS expression,
    'difference' AS statistic, 'difference' AS kind, question, group_name,
    own.value - rest.value AS value,
    difference_lower(own.value, own.lower, rest.value, rest.upper) AS lower,
    difference_upper(own.value, own.upper, rest.value, rest.lower) AS upper,
    rest.value IS NULL AS suppressed
FROM cell
LEFT JOIN rest USING (council, group_name, question)
LEFT JOIN (FROM share WHERE side = 'agree') AS own USING (council, group_name, question)
WHERE council <> '';

-- Two groups that were both asked: of one council, and of the area for the overview.
INSERT INTO figure BY NAME
WITH agreeing AS (FROM share WHERE side = 'agree')
SELECT
    CASE WHEN cell.council = '' THEN overview_name() ELSE cell.council END AS document,
    CASE WHEN cell.council = ''
        THEN call_more('national_difference', question,
            unless('group', group_name, '') || unless('than', other, ''))
        ELSE call_more('difference', question,
            unless('group', group_name, 'total') || unless('other', other, ''))
    END AS expression,
    CASE WHEN cell.council = '' THEN 'national_difference' ELSE 'difference' END AS statistic,
    'difference' AS kind, question, group_name,
    own.value - theirs.value AS value,
    difference_lower(own.value, own.lower, theirs.value, theirs.upper) AS lower,
    difference_upper(own.value, own.upper, theirs.value, theirs.lower) AS upper,
    own.value IS NULL OR theirs.value IS NULL AS suppressed
FROM cell
JOIN apart USING (group_name)
JOIN (SELECT council, group_name AS other, question FROM cell) USING (council, other, question)
LEFT JOIN agreeing AS own USING (council, group_name, question)
LEFT JOIN (SELECT council, group_name AS other, question, value, lower, upper FROM agreeing)
    AS theirs USING (council, other, question);

-- People invited, people who replied and the rate: a group's tools are pooled.
INSERT INTO figure BY NAME
SELECT council AS document, call(measure, group_name) AS expression, measure AS statistic,
    CASE measure WHEN 'response_rate' THEN 'share' ELSE 'count' END AS kind, group_name,
    CASE measure WHEN 'invited' THEN invited WHEN 'responses' THEN replied
        ELSE replied / nullif(invited, 0) END AS value,
    CASE measure WHEN 'invited' THEN invited ELSE replied END AS count,
    CASE measure WHEN 'response_rate' THEN invited END AS base
FROM people CROSS JOIN (VALUES ('invited'), ('responses'), ('response_rate')) AS measures (measure)
WHERE council <> '' AND (measure = 'responses' OR invited IS NOT NULL);

-- What share of everybody asked speaks well of the council, statement by statement.
CREATE TABLE favourable AS
SELECT cell.council, theme, characteristic, question, value
FROM cell JOIN statement USING (question)
LEFT JOIN share ON share.council = cell.council AND share.question = statement.question
    AND share.group_name = 'total' AND share.side = favourable
WHERE cell.council <> '' AND cell.group_name = 'total';

-- A theme's score is the mean over its statements, and not shown unless each of them is.
INSERT INTO figure BY NAME
SELECT council AS document, call('theme_score', theme) AS expression, 'theme_score' AS statistic,
    'share' AS kind,
    CASE WHEN count(value) = count(*) THEN exact(avg(value)) END AS value,
    count(value) < count(*) AS suppressed
FROM favourable GROUP BY council, theme;

-- The level that the rule gives from the statements that are shown, "not assessed" (NULL) where
-- they are fewer than the rule asks for. An auditor's judgement goes before it; both are shown.
CREATE TABLE level AS
WITH means AS (
    SELECT council, characteristic, count(value) AS statements, exact(avg(value)) AS mean
    FROM favourable WHERE characteristic IS NOT NULL GROUP BY ALL
)
SELECT council, characteristic, level AS judged,
    CASE WHEN statements < minimum_statements THEN NULL
        WHEN mean >= level_3_from THEN 3 WHEN mean >= level_2_from THEN 2 ELSE 1 END AS computed
FROM means CROSS JOIN rule LEFT JOIN judgement USING (council, characteristic);

INSERT INTO figure BY NAME
SELECT council AS document, call('level', characteristic) AS expression, 'level' AS statistic,
    'level' AS kind, coalesce(judged, computed) AS value, computed
FROM level;
