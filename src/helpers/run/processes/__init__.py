"""Processes of their own: forks of one warm parent, limited, and none that outlives its run."""
