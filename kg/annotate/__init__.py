"""Facts beside the words they were read from, to be checked by a person: page and terminal."""

from kg.annotate.explanation import explain
from kg.annotate.page import annotate

__all__ = ["annotate", "explain"]
