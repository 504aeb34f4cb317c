"""From a form that matched to the plan it stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any

from kg.model import EntityKind, Kind
from kg.questions.choosing import choose, plain, ware
from kg.questions.home import at_home
from kg.questions.misfit import Context, Misfit
from kg.questions.narrowing import make_filters
from kg.questions.notes import Notes, noun_of
from kg.questions.parsing import Match
from kg.questions.plan import Condition, Noun, Plan
from kg.questions.segments import RELATION_TAGS
from kg.questions.settling import settle
from kg.questions.sides import about, by_all, check_offered, of_holders, of_share, there

_GROUPS: dict[str, tuple[Kind, ...]] = {
    "all": tuple(k for k in Kind if k is not Kind.HEADQUARTERS),
    "dep": (Kind.INVESTMENT, Kind.DISTRIBUTION, Kind.PARTNERSHIP),
}


_NOUNS = ("Q", "ASKED")


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
    values = [h.value for h in match.tagged(*RELATION_TAGS)]
    if declared.get("by_status"):
        return [(kinds, None) for kinds in _by_status(match, context)]
    if "relations" in declared:
        found = declared["relations"]
        return [(_GROUPS[found] if isinstance(found, str) else tuple(map(Kind, found)), None)]
    if declared["family"] == "overlaps" or match.tagged("REVIEWED", "UNDERREVIEW"):
        values = []  # what an authority would do, or does, is no relation asked for
    if "relation" in declared:
        wanted = declared["relation"]
        if values and not any(r == wanted for v in values for r, _ in v):
            return []
        status = next((s for v in values for r, s in v if r == wanted and s), None)
        return [((Kind(wanted),), status)]
    if not values:
        return []
    others = [{r for r, _ in v} for v in values[1:]]
    told = {r: s for v in values[1:] for r, s in v if s}
    return [((Kind(r),), s or told.get(r)) for r, s in values[0] if all(r in o for o in others)]


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
    }
    return (
        [(Kind.SCRUTINY,)]
        if wanted <= reviews
        else [(Kind.INVESTMENT, Kind.ACQUISITION, Kind.DISTRIBUTION, Kind.PARTNERSHIP)]
    )


def _plan(match: Match, context: Context, kinds: tuple[Kind, ...], status: str | None) -> Plan:
    notes, declared = match.notes, match.form["plan"]
    told: list[str] = []
    further = kinds[1:]
    if "but" in declared:
        kinds = kinds[:1]
    ids, words = _ends(match, kinds, told, context, further)
    if told and (declared.get("organisations") or match.form.get("name") == "pair-in"):
        raise Misfit("asked of an organisation only")
    if declared.get("via"):
        _belongs(ids, context)
    if declared.get("inverse"):
        ids = {"o": ids.get("o", ())}
    if kinds == (Kind.SCRUTINY,):
        ids = _reviewed(ids, context)
    _check_models(match, (*kinds, *further))
    filters = make_filters(match, context, kinds, status)
    if "excluding" in declared:
        filters = replace(filters, exclude=(*filters.exclude, *ids[declared["excluding"]]))
    if "leaves" in declared:
        told += [f"left out: {h.segment.text}" for h in match.tagged(declared["leaves"])]
    op = notes.op or declared.get("op", "list")
    if declared.get("force"):
        op = declared["op"]
    if notes.size and op == "amounts" and kinds == (Kind.INVESTMENT,) and of_share(match):
        op = "stake"
    if notes.total and op in ("amounts", "list", "exists"):
        op = "total"
    if notes.into and op == "amounts":
        op = "total"
    if op == "total" and declared["family"] in ("rank_amount", "largest"):
        op = "list"
    if op == "valuation":
        low, high = (b and replace(b, of="valuation") for b in (filters.least, filters.most))
        filters = replace(filters, least=low, most=high)
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
    _of_every(match, declared, context)
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
    if answer.that and declared["family"] == "deals" and ids.get("o") and not ids.get("s"):
        answer, other = Noun(), answer  # *when did the investors of X invest in Y*
    answer, other = _attributed(match, declared, answer, other)
    check_offered(declared, kinds, answer)
    if notes.but is not None:
        if declared["family"] not in ("related", "listing"):
            raise Misfit("nobody to leave out")
        answer = replace(answer, but=plain(notes.but, context.lexicon))
    if notes.founded is not None:
        if declared["family"] not in ("related", "listing", "without", "combined", "rank_count"):
            raise Misfit("nobody who was founded")
        answer = replace(answer, founded=notes.founded)
    answer, other = there(notes, declared, kinds, answer, other)
    looks = kinds == (Kind.SCRUTINY,) and declared.get("ask") == "subject"
    if looks and answer.kind in _LOOKED_AT:
        raise Misfit("no authority")
    answer, other = at_home(answer, ids, context), at_home(other, ids, context)
    conditions: tuple[Condition, ...] = ()
    if "but" in declared:
        conditions = (_condition(declared, further or kinds, ids, other),)
        other = Noun()
    fewest, most = _counted(match, declared, notes)
    if (fewest, most) != (None, None):
        limit = None
    every = "both" in words or bool(match.tagged("BOTH") and words)
    every = every or ("and" in words and by_all(match))
    family = declared["family"]
    if family in ("largest", "rank_amount") and kinds == (Kind.INVESTMENT,) and ids.get("o"):
        family = "largest_stake" if of_holders(match) and not ids.get("s") else family
    plan = Plan(
        family=family,
        relations=() if declared["family"] == "listing" else kinds,
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
        fewest=fewest,
        most=most,
        conditions=conditions,
        into=notes.into,
        by=declared.get("by"),
        role=declared.get("role") or ("than" if match.tagged("THAN") else None),
        about=about(match, kinds),
        ware=ware(match.bound, kinds),
        filters=filters,
        notes=(*told, *notes.told),
    )
    _agents(match, plan)
    if notes.else_:
        plan = _others(plan)
    return settle(plan, match, context)


_LOOKED_AT = frozenset({"lab", "model", "product", "platform", "chip-maker", "cloud-provider"})
"""Kinds that are looked at, and look at nobody."""
_NEAR = 2
"""Words from *every* to the noun it is said of, an article between."""


def _of_every(match: Match, declared: Mapping[str, Any], context: Context) -> None:
    """*who backs every lab*: that all of them are meant is more than any plan asks."""
    verbs = [h.segment.start for h in match.tagged("V", "VP", "VI", "AG")]
    at = match.notes.every
    if at is not None and any(
        getattr(h.value, "that", None) and 0 < h.segment.start - at <= _NEAR for h in match.hits
    ):
        raise Misfit("all of those meant")
    if at is None or not verbs or declared["family"] in ("deals", "sharing", "paths", "largest"):
        return
    if at > min(verbs) or (context.polar and at < min(verbs)):
        raise Misfit("all of them")


def _others(plan: Plan) -> Plan:
    """*Other labs backed by investors of X* are not X itself."""
    from kg.questions.nested import roots

    named = roots(plan)
    filters = replace(plan.filters, exclude=(*plan.filters.exclude, *named))
    return replace(plan, filters=filters) if named else plan


def _reviewed(ids: dict[str, tuple[str, ...]], context: Context) -> dict[str, tuple[str, ...]]:
    """Of an authority and somebody else named side by side, the one looks at the other."""
    named = next((n for n, found in ids.items() if len(found) == 2), "")
    if len(ids) != 1 or not named:
        return ids
    looks = {
        e for e in ids[named] if (one := context.entity(e)) and EntityKind.AUTHORITY in one.kinds
    }
    if len(looks) != 1:
        return ids
    return {"s": tuple(looks), "o": tuple(e for e in ids[named] if e not in looks)}


def _belongs(ids: Mapping[str, tuple[str, ...]], context: Context) -> None:
    """What somebody holds through another is what this holds, if it belongs to them."""
    for one in ids.get("s", ()):
        entity = context.entity(one)
        owners = [one]
        while entity and entity.parent and entity.parent not in owners:
            owners.append(entity.parent)
            entity = context.entity(entity.parent)
        if not set(ids.get("x", ())) & set(owners):
            raise Misfit("the one does not belong to the other")


def _counted(
    match: Match, declared: Mapping[str, Any], notes: Notes
) -> tuple[int | None, int | None]:
    """The least and greatest number that a question names, where its form counts."""
    counting = [h for h in match.hits if "COUNTING" in h.segment.senses]
    if not counting or notes.counted is None:
        return None, None
    if declared.get("role") == "whether":
        fewest, most = notes.counted
        few = any(
            h.segment.text.casefold().startswith(
                ("less", "fewer", "under", "below", "up to", "at most", "no more")
            )
            for h in counting
        )
        return (0 if few else fewest), most
    if declared["family"] != "rank_count" or any(h.tag != "MOST" for h in counting):
        raise Misfit("only rankings by number count")
    return notes.counted


def _condition(
    declared: Mapping[str, Any],
    kinds: tuple[Kind, ...],
    ids: Mapping[str, tuple[str, ...]],
    other: Noun,
) -> Condition:
    """What must hold besides, as a form declares it: of which relation, and of whom."""
    told: Mapping[str, Any] = declared["but"]
    roots = ids.get(told["of"], ()) if "of" in told else ()
    if not roots and not told.get("anyone"):
        raise Misfit
    return Condition(
        kinds[0],
        told.get("ask", declared.get("ask", "object")),
        roots,
        Noun() if roots else other,
        beyond=bool(told.get("beyond")),
        holds=not told.get("not"),
    )


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
        merged = replace(known, countries=extra.countries, place=extra.place, outside=extra.outside)
        answer, other = (merged, other) if at_answer else (answer, merged)
        roots = {n[0] for n, h in match.bound.items() if h.tag.startswith("ENT")}
        if not at_answer and declared["family"] == "related" and roots:
            raise Misfit("the other side is named already")
    return answer, other


def _ends(
    match: Match,
    kinds: tuple[Kind, ...],
    told: list[str],
    context: Context,
    further: tuple[Kind, ...] = (),
) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The entities in the named places: s(ubjects), o(bjects), e(ither), x (of a condition)."""
    ids: dict[str, tuple[str, ...]] = {}
    words: list[str] = []
    for name, hit in match.bound.items():
        if hit.tag not in ("ENT", "ENT2", "ENTM"):
            continue
        concerned = further if further and name == "x" else kinds
        found, word = choose(hit.value, concerned, told, context)
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
    licensed = Kind.PARTNERSHIP in kinds and match.notes.filters.get("nature") == "licence"
    if models and not licensed and not {Kind.DISTRIBUTION, Kind.RELEASE} & set(kinds):
        raise Misfit("models are distributed or released")


def _has_models(match: Match) -> bool:
    return any(h.tag == "ENTM" or "ENTM" in h.segment.senses for h in match.bound.values())
