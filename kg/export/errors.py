"""What can go wrong when a graph is exported."""

from __future__ import annotations

from kg.model import KgError


class ExportError(KgError):
    """The graph cannot be written; the message names the target or the edge, and the remedy."""
