-- One row a question that somebody answered; UNPIVOT leaves out blanks, which are NULL.
INSERT INTO answer
SELECT council, $tool, question, answer
FROM (UNPIVOT sheet ON COLUMNS(* EXCLUDE (respondent, council)) INTO NAME question VALUE answer);
