-- One file of data/, every cell as text and a blank as NULL. Nothing about the file is guessed.
CREATE OR REPLACE TABLE sheet AS
FROM read_csv($file, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"',
    skip = 0, comment = '');
