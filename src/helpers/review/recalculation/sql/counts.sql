-- From one row a respondent to one row a council, group and question; docs/method.md, "Figures".

-- Who was invited to a tool and how many of them replied, which is always shown.
CREATE TABLE replied AS
WITH replies AS (SELECT council, tool, count(*) AS replied FROM reply GROUP BY ALL)
SELECT council, tool, invited, coalesce(replied, 0) AS replied
FROM invitation LEFT JOIN replies USING (council, tool);

-- Councils of which the data tells: those that stand in reports and among which others rank.
CREATE TABLE told AS SELECT * FROM council SEMI JOIN replied USING (council);
CREATE TABLE document AS SELECT council AS document FROM told UNION ALL SELECT overview_name();

-- The area is council '': all respondents of the study pooled, so each of them counts once.
CREATE TABLE people AS
SELECT council, group_name, sum(invited)::BIGINT AS invited, sum(replied)::BIGINT AS replied
FROM (FROM replied UNION ALL SELECT '', tool, invited, replied FROM replied)
JOIN group_tool USING (tool)
GROUP BY ALL;

-- "Don't know" and blank are outside the base; a tool that was not asked is nowhere at all.
CREATE TABLE tool_cell AS
WITH counted AS (
    SELECT council, tool, question,
        count(*) FILTER (answer IN ('strongly_agree', 'agree')) AS agree,
        count(*) FILTER (answer = 'neither') AS neither,
        count(*) FILTER (answer IN ('strongly_disagree', 'disagree')) AS disagree,
        count(*) FILTER (answer = 'dont_know') AS dont_know
    FROM answer GROUP BY ALL
)
SELECT council, tool, question, invited, replied, coalesce(agree, 0) AS agree,
    coalesce(neither, 0) AS neither, coalesce(disagree, 0) AS disagree,
    coalesce(dont_know, 0) AS dont_know
FROM replied JOIN asked USING (tool) LEFT JOIN counted USING (council, tool, question);

CREATE TABLE pooled AS
SELECT council, group_name, question, sum(invited)::BIGINT AS invited,
    sum(replied)::BIGINT AS replied, sum(agree)::BIGINT AS agree, sum(neither)::BIGINT AS neither,
    sum(disagree)::BIGINT AS disagree, sum(dont_know)::BIGINT AS dont_know
FROM (FROM tool_cell UNION ALL SELECT '' AS council, * EXCLUDE (council) FROM tool_cell)
JOIN group_tool USING (tool)
GROUP BY ALL;

-- N, who could have answered: those invited to the tools that asked, less those who replied
-- outside the base. What nobody decided to show is hidden.
CREATE TABLE cell AS
SELECT pooled.*, agree + neither + disagree AS base,
    invited - (replied - (agree + neither + disagree)) AS population,
    coalesce(tier, 'hidden') AS tier
FROM pooled LEFT JOIN decision USING (council, group_name, question);

-- The four shares of a cell. Those who don't know are a share of all who answered or said so.
CREATE TABLE share AS
WITH parts AS (
    SELECT council, group_name, question, tier, 'agree' AS side, agree AS count, base, population
    FROM cell UNION ALL
    SELECT council, group_name, question, tier, 'neither', neither, base, population
    FROM cell UNION ALL
    SELECT council, group_name, question, tier, 'disagree', disagree, base, population
    FROM cell UNION ALL
    SELECT council, group_name, question, tier, 'dont_know', dont_know, base + dont_know,
        population + dont_know
    FROM cell
), valued AS (SELECT *, count / base AS value FROM parts WHERE tier = 'shown')
SELECT *, interval_end(value, base, population, -1) AS lower,
    interval_end(value, base, population, 1) AS upper
FROM valued;

-- All others of the area, where this council's and the area's cells are both shown, and the
-- others are as many as percentages need.
CREATE TABLE rest AS
WITH others AS (
    SELECT own.council, group_name, question, area.count - own.count AS count,
        area.base - own.base AS base, area.population - own.population AS population,
        (area.count - own.count) / (area.base - own.base) AS value
    FROM share AS own JOIN share AS area USING (group_name, question, side), rule
    WHERE own.council <> '' AND area.council = '' AND side = 'agree'
        AND area.base - own.base >= words_below
)
SELECT *, interval_end(value, base, population, -1) AS lower,
    interval_end(value, base, population, 1) AS upper
FROM others;

-- Groups that have nobody in common, which a difference needs.
CREATE TABLE apart AS
WITH groups AS (SELECT DISTINCT group_name FROM group_tool)
SELECT one.group_name, other.group_name AS other FROM groups AS one, groups AS other
WHERE NOT EXISTS (
    FROM group_tool AS mine JOIN group_tool AS theirs USING (tool)
    WHERE mine.group_name = one.group_name AND theirs.group_name = other.group_name
);
