-- Everyone with a row replied to the tool, whatever they left blank.
INSERT INTO reply SELECT council, $tool FROM sheet;
