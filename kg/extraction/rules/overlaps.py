"""What one sentence tells twice: the promise beside its keeping, the stake or the deal beside the purchase of the whole."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.rules import arguments as args
from kg.extraction.rules.match import Match
from kg.extraction.rules.parsing import Node
from kg.model import Kind


def without_promises(found: Sequence[Match]) -> list[Match]:
    """Without the promise where it is told to be kept: ``handed over the $5bn it was to invest in Y``."""
    kept = {
        (m.subject.name.name, m.object.name.name): m.trigger
        for m in found
        if m.frame.name == "hand over what was promised" and m.subject is not None
    }
    return [
        m
        for m in found
        if m.subject is None
        or (paid := kept.get((m.subject.name.name, m.object.name.name))) is None
        or paid is m.trigger
        or paid not in m.trigger.ancestors()
        or any(n.dep == "advcl" for n in (m.trigger, *m.trigger.ancestors()) if n is not paid)
    ]


def bought_whole(found: Sequence[Match]) -> list[Match]:
    """Without the stake or the goods that a verb might tell of, where it tells that the whole was bought."""
    bought = {
        (m.trigger.index, m.subject.name.name, m.object.name.name)
        for m in found
        if m.frame.kind is Kind.ACQUISITION and m.subject is not None
    }
    pairs = {(subject, whole) for _, subject, whole in bought}
    return [
        m
        for m in found
        if m.subject is None
        or not (
            (
                m.frame.name in _LESS_THAN_WHOLE
                and (m.trigger.index, m.subject.name.name, m.object.name.name) in bought
            )
            or (m.frame.name in _OF_WARES and (m.subject.name.name, m.object.name.name) in pairs)
        )
    ]


_LESS_THAN_WHOLE = frozenset({"hold a stake", "owned in part", "buy wares", "carries"})
_OF_WARES = frozenset({"deal to use wares", "deal to use models", "spend on wares"})


def without_deals_to_buy(found: Sequence[Match]) -> list[Match]:
    """Without the partnership of ``a deal with Y to buy it``, ``sold its assets to Y``: it is the purchase."""
    paid: dict[frozenset[str], list[Node]] = {}
    for m in found:
        if m.frame.kind is Kind.ACQUISITION and m.subject is not None:
            pair = frozenset((m.subject.name.name, m.object.name.name))
            paid.setdefault(pair, []).append(m.trigger)
    return [
        m
        for m in found
        if m.frame.kind is not Kind.PARTNERSHIP
        or m.subject is None
        or (bought := paid.get(frozenset((m.subject.name.name, m.object.name.name)))) is None
        or (
            all(n.lemma not in _ANY_DEAL for n in (m.trigger, *args.objects(m.trigger)))
            and all(m.trigger is not t for t in bought)
        )
    ]


_ANY_DEAL = frozenset(
    {
        "letter",
        "memorandum",
        "deal",
        "agreement",
        "pact",
        "arrangement",
        "tie-up",
        "combination",
        "understanding",
    }
)
