"""From outputs/ back to the data: re-perform, recalculate, compare."""
