"""Pairs of mentions with their features and what is true of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.extraction.relations.features import Features
from kg.extraction.relations.labels import AMOUNT, label
from kg.extraction.relations.mentions import Sort
from kg.extraction.relations.rendering import Rendered, pairs
from kg.extraction.rules.gazetteer import Gazetteer
from kg.extraction.rules.reading import Reading, Sentence
from kg.model import Article, Kind

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled fact of a text: spans of its ends, None where no words of the sentence name them.

    ``subjects`` and ``objects`` list all spans that name the end, the one meant first;
    ``known`` tells ends that have no span but are known from the context.
    """

    kind: Kind
    subjects: tuple[Span, ...]
    objects: tuple[Span, ...]
    amounts: tuple[Span, ...] = ()
    known: tuple[bool, bool] = (False, False)


@dataclass(frozen=True, slots=True)
class Example:
    """One pair: the names of its features, and the indices of ``LABELS`` that are true of it."""

    source: str
    origin: str
    features: frozenset[str]
    labels: frozenset[int]


@dataclass(slots=True)
class _Truth:
    labels: dict[tuple[int, int], set[int]] = field(default_factory=dict)
    unsure: set[tuple[int, int]] = field(default_factory=set)


def examples(
    article: Article,
    facts: Sequence[Labelled],
    gazetteer: Gazetteer,
    origin: str,
    only: bool = False,
) -> Iterator[Example]:
    """The pairs of an article's sentences; ``only`` where nothing but the labelled pairs is known.

    What is labelled between two is known of the mentions meant; of other mentions of the
    same two nothing is learned.
    """
    reading = Reading(article, gazetteer)
    for sentence, parsed, _, matches in reading.told(prefilter=True):
        view = reading.view(sentence, parsed)
        reading.note(matches, sentence)
        chosen = pairs(view)
        here = [f for f in facts if _within(f, sentence)]
        if not chosen or (only and not here):
            continue
        truth = _truth(view, chosen, here)
        features = Features(parsed, view, matches)
        for pair in chosen:
            labels = truth.labels.get(pair)
            if labels is None and (only or pair in truth.unsure):
                continue
            yield Example(
                article.source, origin, frozenset(features.of(*pair)), frozenset(labels or ())
            )


def _within(fact: Labelled, sentence: Sentence) -> bool:
    spans = (*fact.subjects, *fact.objects)
    return any(sentence.start <= a < sentence.end for a, _ in spans)


def _truth(view: Rendered, chosen: Sequence[tuple[int, int]], facts: Sequence[Labelled]) -> _Truth:
    truth = _Truth()
    topic = len(view.mentions) - 1
    for fact in facts:
        ones = _mentions(view, fact.subjects) or ([topic] if fact.known[0] else [])
        others = _mentions(view, fact.objects) or ([topic] if fact.known[1] else [])
        if not ones or not others:
            continue
        one, other = ones[0], others[0]
        for pair, forward in (((one, other), True), ((other, one), False)):
            if pair in chosen:
                truth.labels.setdefault(pair, set()).add(label(fact.kind, forward))
        truth.unsure |= {p for a in ones for b in others for p in ((a, b), (b, a))}
        for money in _mentions(view, fact.amounts, money=True):
            for end in (one, other):
                for pair in ((money, end), (end, money)):
                    if pair in chosen:
                        truth.labels.setdefault(pair, set()).add(AMOUNT)
    return truth


def _mentions(view: Rendered, spans: Sequence[Span], money: bool = False) -> list[int]:
    """Mentions that share most with each span; further mentions of the first one's name follow."""
    found: list[int] = []
    for a, b in spans:
        shared = [
            (min(b, m.end) - max(a, m.start), -i)
            for i, m in enumerate(view.mentions)
            if m.start < b and a < m.end and (m.sort is Sort.MONEY) == money
        ]
        if shared and -max(shared)[1] not in found:
            found.append(-max(shared)[1])
    if found and not money and (first := view.mentions[found[0]].name) is not None:
        found += [
            i
            for i, m in enumerate(view.mentions)
            if m.name is not None and m.name.name == first.name and i not in found
        ]
    return found


