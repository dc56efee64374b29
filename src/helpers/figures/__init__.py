"""Arithmetic: from answers to figures. Knows no Jupyter and no file system."""
