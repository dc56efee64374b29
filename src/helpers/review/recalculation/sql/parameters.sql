-- What is recalculated from: the study's definition, the decisions on what may be shown, and the
-- raw answers. Every value comes in bound to a statement; none is ever part of its text.

CREATE TABLE council (council VARCHAR);
CREATE TABLE group_tool (group_name VARCHAR, tool VARCHAR);        -- total, groups, each tool
CREATE TABLE asked (question VARCHAR, tool VARCHAR);
CREATE TABLE statement (question VARCHAR, theme VARCHAR, characteristic VARCHAR, favourable VARCHAR);
CREATE TABLE fact (fact VARCHAR, value DOUBLE, kind VARCHAR);
CREATE TABLE judgement (council VARCHAR, characteristic VARCHAR, level INTEGER);
CREATE TABLE decision (council VARCHAR, group_name VARCHAR, question VARCHAR, tier VARCHAR);
CREATE TABLE overview (document VARCHAR);                         -- what the area's own is called
CREATE TABLE rule (
    nothing_below INTEGER, words_below INTEGER, has_dont_know BOOLEAN,
    minimum_statements INTEGER, level_2_from DOUBLE, level_3_from DOUBLE
);

CREATE TABLE invitation (council VARCHAR, tool VARCHAR, invited BIGINT);  -- NULL: nobody knows
CREATE TABLE reply (council VARCHAR, tool VARCHAR);                -- a row for each who replied
CREATE TABLE answer (council VARCHAR, tool VARCHAR, question VARCHAR, answer VARCHAR);  -- no blanks

-- A figure as the register has it. What a figure does not hold is NULL.
CREATE TABLE figure (
    document VARCHAR, expression VARCHAR, statistic VARCHAR, kind VARCHAR,
    question VARCHAR DEFAULT '', group_name VARCHAR DEFAULT '',
    value DOUBLE, count BIGINT, base BIGINT, population BIGINT, lower DOUBLE, upper DOUBLE,
    suppressed BOOLEAN DEFAULT false,
    word VARCHAR DEFAULT '', lowest_base INTEGER, highest_base INTEGER,
    difference_lower DOUBLE, difference_upper DOUBLE, computed INTEGER
);
