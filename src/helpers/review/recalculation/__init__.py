"""The second route: every figure from the raw files by SQL, sharing no code with the first."""
