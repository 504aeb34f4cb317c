"""An extractor on which some articles are poison: they raise, never end, or bring the process down.

It is found as any installed one is, by the entry point in the folder beside this file.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Iterator

from kg.extraction.rules import RuleExtractor
from kg.model import Article, Extraction
from kg.registry import Registry


class Troubled:
    """The rules, troubled by certain words."""

    name = "rules"
    version = RuleExtractor.version

    def __init__(self, registry: Registry | None = None) -> None:
        self._rules = RuleExtractor(registry)

    def extract(self, article: Article) -> Extraction:
        if "POISON: RAISES" in article.text:
            raise ValueError("cannot make sense of it")
        if "POISON: KILLS" in article.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "POISON: NEVER ENDS" in article.text:
            time.sleep(3600)
        return self._rules.extract(article)

    def extract_many(self, articles: Iterable[Article], processes: int = 1) -> Iterator[Extraction]:
        return map(self.extract, articles)
