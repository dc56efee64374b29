"""What a reader calls things, in each language: labels, names, dates, and what a figure counts."""
