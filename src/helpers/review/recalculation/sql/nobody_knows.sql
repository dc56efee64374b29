-- An open survey: each council had each tool, and how many were invited is NULL throughout.
INSERT INTO invitation
SELECT council, tool, NULL FROM council CROSS JOIN (SELECT DISTINCT tool FROM group_tool);
