"""The rule extractor: article in, statements out."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator

from kg.extraction.rules.collecting import seldom_collected
from kg.extraction.rules.figures import lost_figures
from kg.extraction.rules.gazetteer import Gazetteer
from kg.extraction.rules.language import one_thread
from kg.extraction.rules.version import rules_version
from kg.model import Article, Evidence, Extraction, Rejection
from kg.registry import Registry, bundled


class RuleExtractor:
    """Extraction by frames over spaCy's parse; needs no network and no training.

    ``registry`` defaults to the bundled one. ``prefilter`` False parses every sentence; the
    statements are the same.
    """

    name = "rules"

    def __init__(self, registry: Registry | None = None, prefilter: bool = True) -> None:
        self._registry = registry
        self._prefilter = prefilter
        self._gazetteer: Gazetteer | None = None

    @property
    def version(self) -> str:
        return rules_version()

    @property
    def registry(self) -> Registry:
        if self._registry is None:
            self._registry = bundled()
        return self._registry

    @property
    def gazetteer(self) -> Gazetteer:
        if self._gazetteer is None:
            self._gazetteer = Gazetteer(self.registry)
        return self._gazetteer

    def extract(self, article: Article) -> Extraction:
        """All statements of one article."""
        return next(iter(self._extract([article])))

    def extract_many(self, articles: Iterable[Article], processes: int = 1) -> Iterator[Extraction]:
        """One extraction for each article, in order; on several processes if asked."""
        if processes <= 1:
            for article in articles:
                yield self.extract(article)
            return
        context = multiprocessing.get_context("spawn")
        with one_thread():
            pool = context.Pool(processes, _start, (self._registry, self._prefilter))
        with pool:
            yield from pool.imap(_work, articles, chunksize=4)

    def _extract(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        from kg.extraction.rules.reading import read_article

        for article in articles:
            with seldom_collected():
                statements = read_article(
                    article, self.gazetteer, self.name, self.version, self._prefilter
                )
            yield Extraction(article, tuple(statements), tuple(_rejections(article)))


def _rejections(article: Article) -> Iterator[Rejection]:
    for start, end in lost_figures(article.text):
        yield Rejection(
            article.id, "figure could not be read", Evidence(start, end, article.text[start:end])
        )


_worker: RuleExtractor | None = None


def _start(registry: Registry | None, prefilter: bool) -> None:
    global _worker
    _worker = RuleExtractor(registry, prefilter)


def _work(article: Article) -> Extraction:
    if _worker is None:
        _start(None, True)
    assert _worker is not None  # noqa: S101
    return _worker.extract(article)
