"""The template notebooks: read, translated, given narrative, checked, and known to be whole."""
