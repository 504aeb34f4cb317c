"""What the frames find and what the classifier tells, made one.

A frame that the classifier finds unlikely is left out; a relation that it is sure of is
told though no frame fits. The limits by kind stand in ``weights/limits.json``; they are
chosen on labelled text (``kg.training``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files

from kg.extraction.relations.classifier import Told
from kg.extraction.relations.mentions import Mention, Sort
from kg.extraction.relations.rendering import Rendered
from kg.extraction.rules.frames import Frame, by_trigger
from kg.extraction.rules.match import Match
from kg.extraction.rules.parsing import Node, Parsed
from kg.extraction.rules.roles import Filler, Roles
from kg.model import SYMMETRIC, Kind

_WANT = {
    (Kind.SCRUTINY, True): "authority",
    (Kind.INVESTMENT, True): "subject",
    (Kind.PARTNERSHIP, True): "partner",
    (Kind.PARTNERSHIP, False): "partner",
    (Kind.COMPETITION, True): "rival",
    (Kind.COMPETITION, False): "rival",
    (Kind.DISTRIBUTION, False): "model",
    (Kind.RELEASE, False): "model",
}
"""What a role may be filled with (see ``roles``); other ends are organisations."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Least probability of a relation: found by a frame too, and by the classifier alone."""

    confirmed: float
    alone: float


@lru_cache(maxsize=1)
def limits() -> dict[Kind, Limits]:
    """By kind; kinds that are not listed are left to the frames."""
    path = files(__name__.rpartition(".")[0]).joinpath("weights", "limits.json")
    return {Kind(k): Limits(*v) for k, v in json.loads(path.read_text(encoding="utf-8")).items()}


def joined(
    parsed: Parsed, matches: Sequence[Match], view: Rendered, told: Sequence[Told], roles: Roles
) -> list[Match]:
    """The matches that stand, and those of the classifier alone, in order of their triggers."""
    best: dict[tuple[object, ...], Told] = {}
    seen = {m.name.name for m in view.mentions if m.name is not None}
    resolved: dict[tuple[int, Kind, bool], Filler | None] = {}

    def filler(index: int, kind: Kind, is_subject: bool) -> Filler | None:
        at = (index, kind, is_subject)
        if at not in resolved:
            resolved[at] = _filler(parsed, view.mentions[index], kind, is_subject, roles)
        return resolved[at]

    alone: list[tuple[tuple[object, ...], Told, Filler, Filler]] = []
    for each in sorted(told, key=lambda t: -t.probability):
        kind = each.kind
        if kind is None or kind not in limits():
            continue
        subject = filler(each.subject, kind, True)
        target = filler(each.object, kind, False)
        if subject is None or target is None or subject.name.name == target.name.name:
            continue
        key = _key(kind, subject, target)
        if key not in best:
            best[key] = each
            if each.probability >= limits()[kind].alone:
                alone.append((key, each, subject, target))
    kept: list[Match] = []
    covered: set[tuple[object, ...]] = set()
    for match in matches:
        kind = match.frame.kind
        if match.subject is None or kind not in limits():
            kept.append(match)
            continue
        key = _key(kind, match.subject, match.object)
        confirmed = best.get(key)
        known = {match.subject.name.name, match.object.name.name} <= seen
        if confirmed is None and known and match.subject.how == match.object.how == "name":
            continue
        if confirmed is not None and confirmed.probability < limits()[kind].confirmed:
            continue
        covered.add(key)
        kept.append(_with(match, confirmed))
    for key, each, subject, target in alone:
        if key not in covered:
            kept.append(_with(_match(parsed, each, subject, target), each))
    return sorted(kept, key=lambda m: m.trigger.index)


def _with(match: Match, told: Told | None) -> Match:
    if told is None:
        return match
    return replace(match, probability=told.probability)


def _key(kind: Kind, subject: Filler, target: Filler) -> tuple[object, ...]:
    ends = (subject.name.name, target.name.name)
    return (kind, frozenset(ends)) if kind in SYMMETRIC else (kind, *ends)


def _filler(
    parsed: Parsed, mention: Mention, kind: Kind, is_subject: bool, roles: Roles
) -> Filler | None:
    """The party a mention stands for; None where that is not clear."""
    if mention.name is not None:
        node = next((n for n in parsed.nodes if n.name is mention.name), None)
        if node is None:
            node = next((n for n in parsed.nodes if n.start <= mention.start < n.end), None)
        return Filler(node, mention.name) if node is not None else None
    want = _WANT.get((kind, is_subject), "party" if is_subject else "organisation")
    if mention.sort is Sort.TOPIC:
        topic = roles.topic(parsed.nodes[0]) if parsed.nodes else None
        return Filler(parsed.nodes[0], topic, "reference") if topic is not None else None
    node = next((n for n in parsed.nodes if n.end == mention.end), None)
    if node is None:
        return None
    found = roles.parties([node], want)
    return replace(found[0], node=node, how="reference") if len(found) == 1 else None


def _match(parsed: Parsed, told: Told, subject: Filler, target: Filler) -> Match:
    assert told.kind is not None  # noqa: S101 - sums are no matches
    trigger = _trigger(told.kind, subject.node, target.node, parsed)
    known = [
        f
        for part in ("verb", "noun", "adjective")
        for f in by_trigger().get((part, trigger.lemma), ())
        if f.kind is told.kind and not f.raises
    ]
    frame = Frame("classifier", told.kind, set=known[0].set if known else ())
    return Match(frame, trigger, subject, target)


def _trigger(kind: Kind, one: Node, other: Node, parsed: Parsed) -> Node:
    """The word that tells the relation: a trigger of its kind near the path between the two."""
    up = [one, *one.ancestors()]
    down = [other, *other.ancestors()]
    shared = next((n for n in up if n in down), None)
    if shared is None:
        path = [*up, *down]
    else:
        path = [*up[: up.index(shared) + 1], *down[: down.index(shared)]]
    near = [n for n in path if n.name is None] + [
        c for n in path for c in n.children if c.name is None and c.money is None
    ]
    low, high = sorted((one.index, other.index))
    near += [n for n in parsed.nodes[low:high] if n.name is None]
    for node in near:
        for part in ("verb", "noun", "adjective"):
            if any(f.kind is kind for f in by_trigger().get((part, node.lemma), ())):
                return node
    return next((n for n in path if n.name is None and n.money is None), other)
