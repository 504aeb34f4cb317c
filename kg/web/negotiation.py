"""Which form of an answer a client wants, from its ``Accept`` header (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

HTML = "text/html"
XHTML = "application/xhtml+xml"

SOLUTIONS: Mapping[str, str] = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
"""Media type -> format of SELECT and ASK results, the preferred first."""

GRAPHS: Mapping[str, str] = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/rdf+xml": "rdfxml",
    "application/ld+json": "jsonld",
    "application/trig": "trig",
    "application/n-quads": "nquads",
    "application/x-turtle": "turtle",
    "application/turtle": "turtle",
    "text/n3": "turtle",
    "text/plain": "ntriples",
    "application/json": "jsonld",
    "application/xml": "rdfxml",
    "text/xml": "rdfxml",
}
"""Media type -> format of CONSTRUCT and DESCRIBE results and of other graphs."""

NAMES: Mapping[str, tuple[str | None, str | None]] = {
    "json": ("application/sparql-results+json", "application/ld+json"),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "csv": ("text/csv", None),
    "tsv": ("text/tab-separated-values", None),
    "turtle": (None, "text/turtle"),
    "ttl": (None, "text/turtle"),
    "ntriples": (None, "application/n-triples"),
    "nt": (None, "application/n-triples"),
    "rdfxml": (None, "application/rdf+xml"),
    "jsonld": (None, "application/ld+json"),
    "trig": (None, "application/trig"),
    "nquads": (None, "application/n-quads"),
    "json-ld": (None, "application/ld+json"),
    "rdf": (None, "application/rdf+xml"),
    "n3": (None, "text/turtle"),
}
"""What the parameter ``format`` may say, beside media types -> type of solutions, of graphs."""


_ITEM = re.compile(r"\s*([\w!#$%&'*+.^`|~-]+/[\w!#$%&'*+.^`|~-]+)\s*((?:;[^,]*)?)")
_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*(?:;|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Accept:
    """A parsed header: media ranges with their quality, 0 to 1."""

    ranges: tuple[tuple[str, float], ...]

    @classmethod
    @lru_cache(maxsize=256)
    def parse(cls, header: str | None) -> Accept:
        """Read a header; absent or empty means that anything will do, nonsense is passed over."""
        if not header or not header.strip():
            return cls((("*/*", 1.0),))
        found = []
        for part in header.split(","):
            if match := _ITEM.fullmatch(part):
                weight = _QUALITY.search(match[2])
                found.append((match[1].lower(), float(weight[1]) if weight else 1.0))
            elif part.strip() == "*":
                found.append(("*/*", 1.0))
        return cls(tuple(found) or (("*/*", 1.0),))

    def quality(self, media_type: str) -> float:
        """How welcome a media type is: the most specific range that covers it decides."""
        main = media_type.split("/")[0]
        for wanted in (media_type, f"{main}/*", "*/*"):
            weights = [q for name, q in self.ranges if name == wanted]
            if weights:
                return max(weights)
        return 0.0

    def names(self, media_type: str) -> bool:
        """Whether the header names the media type itself."""
        return any(name == media_type and q > 0 for name, q in self.ranges)

    def best(self, offered: Sequence[str]) -> str | None:
        """The most welcome of what is offered, the earlier of two equals; None if none is."""
        ranked = [(self.quality(t), -i, t) for i, t in enumerate(offered)]
        quality, _, media_type = max(ranked, default=(0.0, 0, ""))
        return media_type if quality > 0 else None

    @property
    def wants_page(self) -> bool:
        """Whether a person's browser asks: HTML by name, and nothing named is more welcome."""
        if not (self.names(HTML) or self.names(XHTML)):
            return False
        html = max(self.quality(HTML), self.quality(XHTML))
        data = [self.quality(t) for t in (*SOLUTIONS, *GRAPHS) if self.names(t) and "xml" not in t]
        return html >= max(data, default=0.0)


def named(text: str) -> tuple[str | None, str | None] | None:
    """The media types that the parameter ``format`` asks for: by a short name or by their own."""
    name = text.strip().lower()
    if "/" not in name:
        return NAMES.get(name)
    accept = Accept.parse(name)
    found = accept.best(list(SOLUTIONS)), accept.best(list(GRAPHS))
    return found if any(found) else None
