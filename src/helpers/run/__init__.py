"""From params/ to outputs/: bundle, run, publish, record."""
