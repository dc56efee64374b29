INSERT INTO invitation SELECT council, tool, invited::BIGINT FROM sheet;
