"""Training of the relation classifier; not needed to use kg."""
