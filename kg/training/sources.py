"""Where the labels come from: articles by offsets, sentences by words, templates by slots."""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.evaluation import read_gold
from kg.extraction.rules.gazetteer import Gazetteer
from kg.model import Article, Kind
from kg.registry import Registry
from kg.training.examples import Example, Labelled, Span, examples
from kg.training.naming import Namer

_KINDS = frozenset(k.value for k in Kind)
_CORE = frozenset({"acquisition", "investment", "partnership", "competition"})


def read_jsonl(path: Path) -> list[Any]:
    """The records of a file, one a line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def from_articles(labels: Path, news: Path, gazetteer: Gazetteer) -> Iterator[Example]:
    """Whole articles of ``news``, every fact of which stands in ``labels`` by its offsets."""
    texts = {r["url"]: r for r in read_jsonl(news)}
    for record in read_jsonl(labels):
        read = texts[record["article"]]
        facts = [
            Labelled(
                Kind(f["type"]),
                _one(f["subject"]),
                _one(f["object"]),
                tuple((a, b) for a, b in f["amounts"]),
                (bool(f["subject_name"]), bool(f["object_name"])),
            )
            for f in record["facts"]
        ]
        article = Article(read["text"], record["article"], read.get("title"), read["url"])
        yield from examples(article, facts, gazetteer, "articles")


def _one(span: list[int] | None) -> tuple[Span, ...]:
    return ((span[0], span[1]),) if span else ()


def from_gold(path: Path, gazetteer: Gazetteer) -> Iterator[Example]:
    """The labelled sentences of the half that is not held back."""
    records = {str(r["id"]): r for r in read_jsonl(path)}
    for gold in read_gold(path):
        record = records[gold.id]
        if not gold.held_back:
            article = Article(record["text"], record["url"])
            facts = [f for f in map(_by_words(record["text"]), record["facts"]) if f]
            yield from examples(article, facts, gazetteer, "gold")


def from_core(path: Path, gazetteer: Gazetteer) -> Iterator[Example]:
    """The pairs of the CORE corpus whose relation is one of ours; nothing else is known of its texts."""
    for record in read_jsonl(path):
        if record["project_type"] in _CORE:
            fact = _by_words(record["text"])({"type": record["project_type"], **record})
            if fact and fact.subjects and fact.objects:
                article = Article(record["text"], record["id"])
                yield from examples(article, [fact], gazetteer, "core", only=True)


def _by_words(text: str) -> Any:
    def labelled(fact: Mapping[str, Any]) -> Labelled | None:
        if fact["type"] not in _KINDS:
            return None
        return Labelled(
            Kind(fact["type"]),
            _places(text, fact.get("subject")),
            _places(text, fact.get("object")),
            _places(text, fact.get("amount")),
        )

    return labelled


def _places(text: str, words: str | None) -> tuple[Span, ...]:
    if not words:
        return ()
    pattern = r"\s+".join(re.escape(w) for w in words.split())
    return tuple(m.span() for m in re.finditer(pattern, text))


_SLOT = re.compile(r"\{([A-Z]+\d+|\$\d+)(?:~([^{}]*))?\}")


def from_templates(
    path: Path, registry: Registry, gazetteer: Gazetteer, times: int = 2, seed: int = 5
) -> Iterator[Example]:
    """Sentences written with slots for names, each filled ``times`` with names drawn at random."""
    namer = Namer(registry, random.Random(seed))  # noqa: S311 - reproducible, not a secret
    for number, record in enumerate(read_jsonl(path)):
        for _ in range(times):
            text, spans, said = _filled(record["t"], namer)
            facts = [
                Labelled(
                    Kind(kind),
                    _near(spans, said, subject, target),
                    _near(spans, said, target, subject),
                    tuple(s for m in amounts for s in spans[m]),
                    (subject == "T", target == "T"),
                )
                for kind, subject, target, _, amounts in record["f"]
            ]
            yield from examples(Article(text, f"template {number}"), facts, gazetteer, "templates")


def _filled(template: str, namer: Namer) -> tuple[str, dict[str, list[Span]], set[Span]]:
    names: dict[str, str] = {}
    spans: dict[str, list[Span]] = defaultdict(list)
    said: set[Span] = set()
    parts: list[str] = []
    length = last = 0
    for match in _SLOT.finditer(template):
        slot, words = match.groups()
        if slot not in names:
            names[slot] = namer.name(slot.rstrip("0123456789"), set(names.values()))
        before, here = template[last : match.start()], words or names[slot]
        span = (length + len(before), length + len(before) + len(here))
        spans[slot].append(span)
        if words:
            said.add(span)
        parts += [before, here]
        length, last = span[1], match.end()
    return "".join([*parts, template[last:]]), spans, said


def _near(
    spans: Mapping[str, list[Span]], said: set[Span], slot: str, other: str
) -> tuple[Span, ...]:
    """The spans of a slot: names before other words, then what stands nearest to the other slot."""
    others = spans.get(other) or [(0, 0)]
    return tuple(
        sorted(
            spans.get(slot, ()),
            key=lambda s: (s in said, min(abs(s[0] - o[0]) for o in others), s),
        )
    )
