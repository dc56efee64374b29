"""Narrative edited in a notebook beside its figures, and written back to params/."""
