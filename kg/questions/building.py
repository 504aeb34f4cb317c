"""From a form that matched to the plan it stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kg.model import ARTEFACT_KINDS, SYMMETRIC, Entity, EntityKind, Kind, Modality, Status
from kg.questions.lexicon import Lexicon
from kg.questions.parsing import Match
from kg.questions.patterns import Hit
from kg.questions.plan import LISTED, Filters, Noun, Plan
from kg.questions.rewrites import Notes, noun_of

_RELATION_TAGS = ("V", "VP", "VI", "VIP", "AG", "PT", "EV", "EVR", "RAISE")
_AUTHORITIES = frozenset({EntityKind.AUTHORITY, EntityKind.GOVERNMENT})
_PAST = ("did", "was", "were", "has", "have", "had", "been")


class Misfit(Exception):  # noqa: N818 - says that a form does not apply, not that something failed
    """A form matched by its words but cannot be meant; ``reason`` may help the user."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Context:
    """What building needs beside the match."""

    lexicon: Lexicon
    keys: frozenset[str]
    entity: Callable[[str], Entity | None]


def plans(match: Match, context: Context) -> Iterable[tuple[Plan, Notes]]:
    """The plans a match may mean, one per relation its words name."""
    declared: Mapping[str, Any] = match.form["plan"]
    relations = _relations(match, declared)
    for relation, status in relations:
        try:
            yield _plan(match, context, declared, relation, status), match.notes
        except Misfit:
            continue


def _relations(match: Match, declared: Mapping[str, Any]) -> list[tuple[str | None, str | None]]:
    if "relation" in declared:
        return [(declared["relation"], None)]
    values = [match.tags[t].value for t in _RELATION_TAGS if t in match.tags and match.tags[t].value]
    if not values:
        return [(None, None)]
    first = values[0]
    others = [{r for r, _ in v} for v in values[1:]]
    return [(r, s) for r, s in first if all(r in o for o in others)]


def _plan(
    match: Match,
    context: Context,
    declared: Mapping[str, Any],
    relation: str | None,
    status: str | None,
) -> Plan:
    notes = match.notes
    kinds = (Kind(relation),) if relation else tuple(map(Kind, declared.get("relations", ())))
    told: list[str] = []
    ids: dict[str, tuple[str, ...]] = {}
    words: list[str] = []
    for name, hit in match.bound.items():
        if hit.tag in ("ENT", "ENT2", "ENTM"):
            entities, word = choose(hit.value, kinds, name, told, context)
            ids[name] = entities
            words += [word] if word else []
    if ("ENTM" in match.tags or _has_models(match)) and kinds and kinds[0] not in (Kind.DISTRIBUTION, Kind.RELEASE):
        raise Misfit("models are distributed or released")
    if notes.whose_models and kinds and kinds[0] not in (Kind.DISTRIBUTION, Kind.RELEASE):
        raise Misfit("models are distributed or released")
    filters = make_filters(match, context, kinds, status)
    if declared.get("statuses"):
        filters = replace(filters, statuses=frozenset(map(Status, declared["statuses"])))
    op = notes.op or declared.get("op", "list")
    nouns = {n: noun_of(h.value) for n, h in match.bound.items() if h.tag in ("Q", "KIND")}
    answer = nouns.get("q") or next((noun_of(h.value) for t, h in match.tags.items() if t == "Q"), Noun())
    if "noun" in notes.filters:
        extra: Noun = notes.filters["noun"]
        answer = replace(answer, countries=extra.countries, place=extra.place)
    answer = plain(answer, context.lexicon)
    other = plain(nouns.get("other", Noun()), context.lexicon)
    plan = Plan(
        family=declared["family"],
        relations=kinds,
        ask=declared.get("ask", "relationship"),
        subjects=ids.get("s", ()),
        objects=ids.get("o", ()),
        either=ids.get("e", ()),
        both="both" in declared or ("BOTH" in match.tags and bool(words)),
        answer=answer,
        other=other,
        op="total" if notes.total and op == "amounts" else op,
        order=declared.get("order") or notes.order,
        limit=declared.get("limit") or notes.limit,
        by=declared.get("by"),
        role=declared.get("role"),
        filters=filters,
        notes=tuple(told),
    )
    return plan


def _has_models(match: Match) -> bool:
    return any("ENTM" in h.segment.senses for h in match.bound.values())


def plain(noun: Noun, lexicon: Lexicon) -> Noun:
    """``companies`` means anyone."""
    return replace(noun, kind=None) if noun.kind in lexicon.data["plain_kinds"] else noun


def choose(
    value: Any, kinds: tuple[Kind, ...], role: str, told: list[str], context: Context
) -> tuple[tuple[str, ...], str | None]:
    """The ids of the entities meant; for an artefact, those of its maker."""
    if isinstance(value, dict):
        groups, word = [(e,) for e in value["entities"]], value["word"]
    else:
        groups, word = [value], None
    ids = []
    for group in groups:
        entity = pick(group)
        if kinds and kinds[0] is not Kind.RELEASE and ARTEFACT_KINDS & set(entity.kinds[:1]):
            owner = entity.developer and context.entity(entity.developer)
            if not owner:
                raise Misfit(f"{entity.name} is no organisation")
            told.append(f"{entity.name} is {owner.name}'s")
            entity = owner
        ids.append(entity.id)
    return tuple(dict.fromkeys(ids)), word


def pick(group: Iterable[Entity]) -> Entity:
    """The entity that a name most likely stands for: an organisation before what it makes."""
    found = sorted(group, key=lambda e: (rank(e), e.origin != "registry", e.id))
    return found[0]


def rank(entity: Entity) -> int:
    if entity.kind in (EntityKind.PLACE,):
        return 2
    return 1 if entity.kind in ARTEFACT_KINDS else 0


def make_filters(
    match: Match, context: Context, kinds: tuple[Kind, ...], status: str | None
) -> Filters:
    """The filters of a plan from what was taken out of the question."""
    taken = match.notes.filters
    groups: Mapping[str, list[str]] = context.lexicon.data["status_groups"]
    modalities = LISTED
    if "modality" in taken:
        modalities = frozenset(Modality(m) for m in taken["modality"])
    ended, statuses = "no", set[Status]()
    for name in taken.get("status", ()):
        if name in ("open", "ever", "ended"):
            ended = {"open": "no", "ever": "all", "ended": "only"}[name]
        else:
            statuses |= {Status(s) for s in groups[name]}
    if status:
        statuses |= {Status(s) for s in groups[status]}
    if ended == "no" and not taken.get("status") and context.keys & set(_PAST):
        ended = "all" if kinds == (Kind.SCRUTINY,) else "past"
    return Filters(
        since=taken.get("since"),
        until=taken.get("until"),
        period=taken.get("period"),
        least=taken.get("least"),
        most=taken.get("most"),
        modalities=modalities,
        ended=ended,
        statuses=frozenset(statuses),
        round=taken.get("round"),
        instrument=taken.get("instrument"),
        nature=taken.get("nature"),
        exclude=tuple(e.id for e in match.notes.exclude),
        direct=bool(taken.get("direct")),
    )
