"""What a report says: its tables, charts, words and evidence, section by section."""
