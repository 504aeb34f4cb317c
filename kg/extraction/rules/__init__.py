"""Extraction by rules: frames of verbs, nouns and roles over a parse of the sentences that can hold a fact."""

from __future__ import annotations

from kg.extraction.rules.extractor import RuleExtractor

__all__ = ["RuleExtractor"]
