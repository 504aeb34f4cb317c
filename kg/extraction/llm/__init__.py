"""An extractor that asks a language model of the user's choice, and believes none of it unchecked.

It goes through the ``llm`` library, so any model with a plug-in there will do, local or
remote; ``pip install 'ai-industry-kg[llm]'``. The environment names the model
(``KG_LLM_MODEL``, else the default of ``llm``) and the patience (``KG_LLM_SECONDS``).
Unlike the rules it may send the article to another machine: that is the user's choice of
model. ``docs/plugins.md`` says what is checked.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING

from kg.extraction.llm.checks import Checker
from kg.extraction.llm.prompt import SCHEMA, SYSTEM, message, passages
from kg.extraction.llm.reply import facts_of
from kg.extraction.protocol import ExtractorError
from kg.model import Article, Extraction, Rejection, Statement
from kg.registry import Registry, bundled

if TYPE_CHECKING:
    from kg.extraction.llm.asking import Model

VERSION = "1"


class LanguageModelExtractor:
    """Facts as a language model reads them, each held against the words of the article.

    The same article gives the same statements as far as the model answers the same; it is
    asked at temperature 0 where it knows one.
    """

    name = "llm"

    def __init__(
        self,
        model: str | None = None,
        seconds: float | None = None,
        registry: Registry | None = None,
    ) -> None:
        self._chosen = model or os.environ.get("KG_LLM_MODEL") or None
        self._seconds = seconds or _patience(os.environ.get("KG_LLM_SECONDS") or "180")
        self._registry = registry

    @property
    def version(self) -> str:
        """The version of prompt and checks with the name of the model."""
        return f"{VERSION}+{self._model.id}"

    @cached_property
    def _model(self) -> Model:
        from kg.extraction.llm.asking import Model

        return Model(self._chosen, self._seconds)

    def extract(self, article: Article) -> Extraction:
        """Ask for one article. Raises ModelError where the model cannot be reached."""
        statements: dict[str, Statement] = {}
        rejections: list[Rejection] = []
        if article.text.strip():
            checker = Checker(article, self.version, self._registry or bundled())
            for passage in passages(article.text):
                reply = self._model.ask(SYSTEM, message(article, passage), SCHEMA)
                raw, complaint = facts_of(reply)
                if complaint:
                    rejections.append(checker.unusable(passage, complaint))
                for fact in raw:
                    statement, dropped = checker.check(fact)
                    rejections += dropped
                    if statement is not None:
                        statements.setdefault(statement.id, statement)
        ordered = sorted(statements.values(), key=lambda s: (s.evidence, s.object.start, s.id))
        return Extraction(article, tuple(ordered), tuple(rejections))

    def extract_many(self, articles: Iterable[Article], processes: int = 1) -> Iterator[Extraction]:
        """In order; ``processes`` is how many articles are asked about at a time."""
        if processes <= 1:
            yield from map(self.extract, articles)
            return
        _ = self._model  # made once, before threads would each make one
        waiting: deque[Future[Extraction]] = deque()
        with ThreadPoolExecutor(processes) as pool:
            for article in articles:
                waiting.append(pool.submit(self.extract, article))
                if len(waiting) >= 2 * processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()


def _patience(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0
    if not 0 < seconds < 1e6:
        raise ExtractorError(f"KG_LLM_SECONDS={value!r}: give a number of seconds")
    return seconds
