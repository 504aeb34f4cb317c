"""What an extractor is, and how the installed ones are found.

An extractor is any class with the attributes of ``Extractor`` that can be made without
arguments. Packages offer theirs under the entry-point group ``kg.extractors``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import EntryPoint, entry_points
from inspect import signature
from typing import Protocol, runtime_checkable

from kg.model import Article, Extraction, KgError
from kg.registry import Registry

GROUP = "kg.extractors"
BUILT_IN = {
    "rules": EntryPoint("rules", "kg.extraction.rules:RuleExtractor", GROUP),
    "llm": EntryPoint("llm", "kg.extraction.llm:LanguageModelExtractor", GROUP),
}
"""What is there even in a checkout that was never installed."""


class ExtractorError(KgError):
    """An extractor is not installed or cannot be loaded."""


@runtime_checkable
class Extractor(Protocol):
    """Reads articles; the same article gives the same extraction."""

    @property
    def name(self) -> str:
        """A short name, stored with every statement."""
        ...

    @property
    def version(self) -> str:
        """Changes whenever the same article may give other statements."""
        ...

    def extract(self, article: Article) -> Extraction:
        """All statements of one article. Evidence offsets are code points into its text."""
        ...

    def extract_many(self, articles: Iterable[Article], processes: int = 1) -> Iterator[Extraction]:
        """One extraction for each article, in the order given."""
        ...


def installed() -> dict[str, EntryPoint]:
    """Name -> entry point of every installed extractor, sorted by name."""
    return {point.name: point for point in sorted(entry_points(group=GROUP), key=lambda p: p.name)}


def load(name: str = "rules", registry: Registry | None = None) -> Extractor:
    """Make the extractor of that name, with a registry if it takes one.

    Raises ExtractorError where none is installed under the name, where it cannot be
    imported, or where it is not an Extractor.
    """
    points = BUILT_IN | installed()
    if name not in points:
        known = ", ".join(points) or "none"
        raise ExtractorError(
            f"no extractor is called {name!r}; installed: {known}. "
            f"A package offers one under the entry-point group {GROUP!r}"
        )
    try:
        factory = points[name].load()
        takes_registry = registry is not None and "registry" in signature(factory).parameters
        extractor = factory(registry=registry) if takes_registry else factory()
    except ImportError as error:
        raise ExtractorError(
            f"extractor {name!r} ({points[name].value}) cannot be imported: {error}"
        ) from error
    if not isinstance(extractor, Extractor):
        raise ExtractorError(
            f"extractor {name!r} ({points[name].value}) lacks one of: name, version, extract, extract_many"
        )
    return extractor
