"""One edition: its bundle, its run, and the manifest of what it was made from."""
