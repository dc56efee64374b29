"""Files that anybody may have written: read with the place of each fault, written whole."""
