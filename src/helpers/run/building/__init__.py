"""A whole build: what is out of date, made side by side, here or on a cluster, and listed."""
