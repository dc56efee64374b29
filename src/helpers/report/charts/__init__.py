"""Charts: from rows of labels and figures to inline SVG. The only importer of matplotlib."""
