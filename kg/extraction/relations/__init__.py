"""A small trained classifier of relations between the parties named in a sentence."""
