"""What a reader takes away: open data, spreadsheets, and what describes them."""
