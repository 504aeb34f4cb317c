"""From a form that matched to the plan it stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from kg.model import ARTEFACT_KINDS, SYMMETRIC, Entity, EntityKind, Kind, Modality, Status
from kg.questions.lexicon import Lexicon
from kg.questions.parsing import Match
from kg.questions.plan import LISTED, Filters, Noun, Plan
from kg.questions.rewrites import Notes, noun_of

_RELATION_TAGS = ("V", "VP", "VI", "VIP", "AG", "PT", "EV", "EVR", "RAISE")
_GROUPS: dict[str, tuple[Kind, ...]] = {
    "all": tuple(k for k in Kind if k is not Kind.HEADQUARTERS),
    "dep": (Kind.INVESTMENT, Kind.DISTRIBUTION, Kind.PARTNERSHIP),
}
_AUTHORITIES = frozenset({EntityKind.AUTHORITY, EntityKind.GOVERNMENT})
_PAST = frozenset({"did", "was", "were", "has", "have", "had", "been"})
_BY_UNITS = frozenset({Kind.DISTRIBUTION, Kind.PARTNERSHIP})
"""Kinds in which articles name the owner for its cloud unit."""
_SAME = frozenset({"put", "bet", "run", "come", "become"})
"""Verbs whose past reads like their present."""


_NOUNS = ("Q", "ASKED")
_OF_DEALS = ("amounts", "total", "stake", "terms", "valuation", "when")
"""What is asked of a relationship, and not of whoever stands in it."""
_OF_ENTITIES = ("related", "listing", "made", "combined", "fact", "central", "paths")
"""Families whose answers are entities."""


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


def plans(match: Match, context: Context) -> Iterator[tuple[Plan, Notes]]:
    """The plans a match may mean, one for each reading of its words."""
    for kinds, status in _relations(match, context):
        try:
            yield _plan(match, context, kinds, status), match.notes
        except Misfit:
            continue


def _relations(match: Match, context: Context) -> list[tuple[tuple[Kind, ...], str | None]]:
    """The kinds of relationship the words name, with a status where a verb brings one."""
    declared = match.form["plan"]
    parts = [match.bound[r].value for r in ("r1", "r2", "r3") if r in match.bound]
    if parts:
        return [
            (tuple(Kind(r) for r, _ in combination), None)
            for combination in product(*parts)
            if len({r for r, _ in combination}) == len(combination)
        ]
    values = [h.value for h in match.tagged(*_RELATION_TAGS)]
    if declared.get("by_status"):
        return [(kinds, None) for kinds in _by_status(match, context)]
    if "relations" in declared:
        found = declared["relations"]
        return [(_GROUPS[found] if isinstance(found, str) else tuple(map(Kind, found)), None)]
    if "relation" in declared:
        wanted = declared["relation"]
        if values and not any(r == wanted for v in values for r, _ in v):
            return []
        status = next((s for v in values for r, s in v if r == wanted and s), None)
        return [((Kind(wanted),), status)]
    if not values:
        return []
    others = [{r for r, _ in v} for v in values[1:]]
    return [((Kind(r),), s) for r, s in values[0] if all(r in o for o in others)]


def _by_status(match: Match, context: Context) -> list[tuple[Kind, ...]]:
    """Deals of a status are reviews, or else transactions."""
    groups: Mapping[str, list[str]] = context.lexicon.data["status_groups"]
    wanted = {s for name in match.notes.filters.get("status", ()) for s in groups.get(name, ())}
    if not wanted:
        return []
    reviews = {
        "cleared",
        "cleared_with_conditions",
        "blocked",
        "fined",
        "opened",
        "intended",
        "information_requested",
        "dropped",
    }
    return (
        [(Kind.SCRUTINY,)]
        if wanted <= reviews
        else [(Kind.INVESTMENT, Kind.ACQUISITION, Kind.DISTRIBUTION, Kind.PARTNERSHIP)]
    )


def _plan(match: Match, context: Context, kinds: tuple[Kind, ...], status: str | None) -> Plan:
    notes, declared = match.notes, match.form["plan"]
    told: list[str] = []
    ids, words = _ends(match, kinds, told, context)
    if told and declared.get("organisations"):
        raise Misfit("asked of an organisation only")
    if declared.get("inverse"):
        ids = {"o": ids.get("o", ())}
    _check_models(match, kinds)
    filters = make_filters(match, context, kinds, status)
    op = notes.op or declared.get("op", "list")
    if declared.get("force"):
        op = declared["op"]
    if notes.total and op in ("amounts", "list", "exists"):
        op = "total"
    order, limit = declared.get("order") or notes.order, declared.get("limit")
    if order in ("most",) and match.tagged("LEAST"):
        order = "least"
    if notes.order:
        limit = notes.limit
    for hit in match.tagged("MOST", "LEAST"):
        limit = hit.segment.senses.get("LIMIT", limit)
        if declared["family"] == "largest" and any(
            h.segment.text.endswith("s") for h in match.tagged("EV")
        ):
            limit = hit.segment.senses.get("LIMIT", 10)
    nouns = {
        n: plain(noun_of(h.value), context.lexicon)
        for n, h in match.bound.items()
        if h.tag in _NOUNS
    }
    answer = nouns.get("q", Noun())
    if answer.any:
        free = [h for h in match.tagged("Q") if h not in match.bound.values()]
        answer = next((plain(noun_of(h.value), context.lexicon) for h in free), answer)
    other = nouns.get("other", Noun())
    answer, other = _attributed(match, declared, answer, other)
    every = "both" in words or bool(match.tagged("BOTH") and words)
    plan = Plan(
        family=declared["family"],
        relations=kinds,
        ask=declared.get("ask", "relationship"),
        subjects=ids.get("s", ()),
        objects=ids.get("o", ()),
        either=ids.get("e", ()),
        both=bool(declared.get("both")) or every or (op == "exists" and "and" in words),
        answer=answer,
        other=other,
        op=op,
        order=order,
        limit=limit,
        by=declared.get("by"),
        role=declared.get("role"),
        filters=filters,
        notes=tuple(told),
    )
    _agents(match, plan)
    return settle(plan, match, context)


def _agents(match: Match, plan: Plan) -> None:
    """*investors* read as *who* must be asked for as investors."""
    for hit in match.tagged("Q"):
        wanted = hit.segment.senses.get("AGENT")
        if wanted is None:
            continue
        named = {r for r, _ in wanted}
        if plan.ask != "subject" or not named & {k.value for k in plan.relations}:
            raise Misfit("the noun asks for another relation")


def _attributed(
    match: Match, declared: Mapping[str, Any], answer: Noun, other: Noun
) -> tuple[Noun, Noun]:
    """The nouns with what an adjective says of backers or holdings (*French investors*)."""
    for hit in match.tagged("AG", "PT", "EV"):
        extra: Noun | None = hit.segment.senses.get("NOUN")
        if extra is None:
            continue
        asked = declared.get("ask", "object")
        at_answer = (hit.tag == "PT") == (asked in ("object", "relationship"))
        known = answer if at_answer else other
        if known.countries or (
            not at_answer and declared["family"] not in ("related", "deals", "without")
        ):
            raise Misfit("two countries for one side")
        merged = replace(known, countries=extra.countries, place=extra.place)
        answer, other = (merged, other) if at_answer else (answer, merged)
        roots = {n[0] for n, h in match.bound.items() if h.tag.startswith("ENT")}
        if not at_answer and declared["family"] == "related" and roots:
            raise Misfit("the other side is named already")
    return answer, other


def _ends(
    match: Match, kinds: tuple[Kind, ...], told: list[str], context: Context
) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The entities in the named places: s(ubjects), o(bjects), e(ither)."""
    ids: dict[str, tuple[str, ...]] = {}
    words: list[str] = []
    for name, hit in match.bound.items():
        if hit.tag not in ("ENT", "ENT2", "ENTM"):
            continue
        found, word = choose(hit.value, kinds, told, context)
        words += [word] if word else []
        if name == "so":
            if len(found) != 2:
                raise Misfit
            ids["s"], ids["o"] = (found[0],), (found[1],)
            continue
        ids[name[0]] = tuple(dict.fromkeys((*ids.get(name[0], ()), *found)))
    return ids, words


def _check_models(match: Match, kinds: tuple[Kind, ...]) -> None:
    models = _has_models(match) or match.notes.whose_models
    if models and not {Kind.DISTRIBUTION, Kind.RELEASE} & set(kinds):
        raise Misfit("models are distributed or released")


def settle(plan: Plan, match: Match, context: Context) -> Plan:
    """What a form leaves open, decided by what the entities are; Misfit if nothing fits."""
    declared, notes = match.form["plan"], match.notes
    _needs(plan, declared, notes)
    needs_op = match.form.get("needs_op")
    if needs_op and plan.op not in needs_op:
        raise Misfit
    founding = plan.family == "fact" and plan.by == "founded"
    if plan.op in _OF_DEALS and plan.family in _OF_ENTITIES and not founding:
        raise Misfit
    if plan.order in ("latest", "first") and plan.family not in ("related", "deals", "leads"):
        raise Misfit
    _of_facts(plan, declared, context)
    if plan.relations == (Kind.SCRUTINY,):
        plan = _scrutiny(plan, context)
    if plan.family == "overlaps" and plan.answer.kind == "authority":
        plan = replace(plan, answer=Noun())  # whoever would want to see them
    if plan.role == "together" and plan.relations != (Kind.SCRUTINY,):
        raise Misfit
    if plan.family == "dependence" and plan.op != "list" and plan.op != "count":
        raise Misfit
    if plan.family in ("rank_amount", "largest") and plan.relations[0] not in (
        Kind.INVESTMENT,
        Kind.ACQUISITION,
        Kind.SCRUTINY,
        Kind.PARTNERSHIP,
    ):
        raise Misfit
    if (
        plan.family == "deals"
        and plan.ask == "relationship"
        and plan.relations
        and plan.relations[0] in SYMMETRIC
        and len(plan.relations) == 1
        and plan.objects
        and not plan.subjects
    ):
        plan = replace(plan, either=plan.objects, objects=())
    if (
        plan.family in ("rank_count", "sharing", "co_investors", "without")
        and plan.other.kind is None
        and plan.other.any
        and plan.relations == (Kind.INVESTMENT,)
        and plan.family == "sharing"
    ):
        plan = replace(plan, other=Noun(kind="lab"))
    if plan.family == "related" and plan.relations == (Kind.DISTRIBUTION,):
        if plan.ask == "subject" and plan.answer.kind in ("platform", "product"):
            plan = replace(plan, answer=Noun())
        if plan.ask == "object" and plan.answer.kind == "model":
            plan = replace(plan, answer=Noun())
    return plan


def _of_facts(plan: Plan, declared: Mapping[str, Any], context: Context) -> None:
    """What is asked of the registry bears no filters of relationships; only artefacts are made."""
    f = plan.filters
    narrowed = f.statuses or f.nature or f.round or f.instrument or f.least or f.most
    if plan.family in ("fact", "listing") and (narrowed or f.since or f.until):
        raise Misfit("nothing of the kind is known of a fact")
    if declared.get("by_status_only") and not f.statuses:
        raise Misfit
    if plan.family == "made":
        if narrowed:
            raise Misfit("models have no such terms")
        made = [context.entity(i) for i in plan.objects]
        if any(e is None or e.kind not in ARTEFACT_KINDS for e in made):
            raise Misfit("only models, products and platforms are made")


def _needs(plan: Plan, declared: Mapping[str, Any], notes: Notes) -> None:
    needs: str = declared.get("needs", "")
    if needs == "op" and plan.op in ("list", "exists", "count"):
        raise Misfit
    if needs.startswith("op:") and plan.op != needs[3:]:
        raise Misfit
    if needs == "period" and not (plan.filters.since or plan.filters.until):
        raise Misfit
    if needs == "nature" and not plan.filters.nature:
        raise Misfit
    if needs == "whose" and not notes.whose_models:
        raise Misfit
    if needs == "noun" and plan.answer.any:
        raise Misfit


def _scrutiny(plan: Plan, context: Context) -> Plan:
    """Only authorities look at others: whoever else is named is looked at."""

    def official(entity_id: str) -> bool:
        entity = context.entity(entity_id)
        return entity is not None and bool(_AUTHORITIES & set(entity.kinds))

    if plan.subjects and not any(map(official, plan.subjects)):
        if plan.objects or plan.ask == "object":
            raise Misfit("only authorities review")
        plan = replace(plan, objects=plan.subjects, subjects=())
    if plan.family == "deals" and plan.answer.kind == "authority" and plan.other.any:
        plan = replace(plan, answer=Noun(), other=plan.answer)
    if plan.objects and all(map(official, plan.objects)):
        if plan.subjects or plan.ask == "subject":
            raise Misfit("authorities are not reviewed")
        plan = replace(plan, subjects=plan.objects, objects=())
    return plan


def _has_models(match: Match) -> bool:
    return any(h.tag == "ENTM" or "ENTM" in h.segment.senses for h in match.bound.values())


def plain(noun: Noun, lexicon: Lexicon) -> Noun:
    """``companies`` means anyone."""
    return replace(noun, kind=None) if noun.kind in lexicon.data["plain_kinds"] else noun


def choose(
    value: Any, kinds: tuple[Kind, ...], told: list[str], context: Context
) -> tuple[tuple[str, ...], str | None]:
    """The ids of the entities meant; for an artefact, those of its maker."""
    if isinstance(value, dict):
        groups, word = [(e,) for e in value["entities"]], value["word"]
    else:
        groups, word = [value], None
    ids = []
    for group in groups:
        entity = pick(group)
        if kinds and Kind.RELEASE not in kinds and ARTEFACT_KINDS & set(entity.kinds[:1]):
            owner = entity.developer and context.entity(entity.developer)
            if not owner:
                raise Misfit(f"{entity.name} is no organisation")
            told.append(f"{entity.name} is {owner.name}'s")
            entity = owner
        if (
            kinds
            and kinds[0] in _BY_UNITS
            and entity.parent
            and EntityKind.CLOUD_PROVIDER in entity.kinds
        ):
            parent = context.entity(entity.parent)
            if parent:
                told.append(f"{entity.name} counts as {parent.name}")
                entity = parent
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


def _past(match: Match, context: Context) -> bool:
    """Whether the question is put in a past tense."""
    heads = [
        h.segment.text.split()[0].casefold() for h in match.tagged("V", "VI") if h.segment.text
    ]
    having = {"has", "have"}
    if (past := context.keys & _PAST) and not (past <= having and having & set(heads)):
        return True  # *has backed*, but not *has a stake in*
    if context.keys & {"is", "are"}:
        return False
    irregular = {x for forms in context.lexicon.data["irregular"].values() for x in forms[1::2]}
    return any(h.endswith("ed") or (h in irregular and h not in _SAME) for h in heads)


def make_filters(
    match: Match, context: Context, kinds: tuple[Kind, ...], status: str | None
) -> Filters:
    """The filters of a plan from what was taken out of the question."""
    declared = match.form["plan"]
    taken = {k: x for k, x in match.notes.filters.items() if k not in declared.get("ignore", ())}
    groups: Mapping[str, list[str]] = context.lexicon.data["status_groups"]
    modalities = LISTED
    if "modality" in declared:
        told = declared["modality"]
        modalities = {
            "all": frozenset(Modality),
            "notdenied": frozenset(Modality) - {Modality.DENIED},
        }.get(
            told if isinstance(told, str) else "",
            frozenset(map(Modality, told)) if not isinstance(told, str) else frozenset(),
        )
    elif "modality" in taken:
        modalities = frozenset(Modality(m) for m in taken["modality"])
    ended, statuses = "no", set[Status]()
    for name in taken.get("status", ()):
        if name in ("open", "ever", "ended"):
            ended = {"open": "no", "ever": "all", "ended": "only"}[name]
        else:
            statuses |= {Status(s) for s in groups[name]}
    if status:
        statuses |= {Status(s) for s in groups[status]}
    if "ended" in declared:
        ended = declared["ended"]
    elif ended == "no" and not taken.get("status") and _past(match, context):
        ended = "all" if kinds and set(kinds) <= {Kind.SCRUTINY, Kind.LITIGATION} else "past"
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
