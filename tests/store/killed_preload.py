"""Loaded once by the fork server: what every try would load again."""

from kg.articles import reading  # noqa: F401
from kg.cli.commands import ingest, review  # noqa: F401
from kg.extraction.protocol import load
from kg.model import Article
from kg.pipeline import ingest as _ingest  # noqa: F401
from kg.registry import bundled
from tests.store import crashing  # noqa: F401

load("rules", bundled()).extract(Article("Nvidia has invested $40 million in Anthropic.", "warm"))
