"""What a form leaves open, decided by what the entities are; or why it does not fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from kg.model import ARTEFACT_KINDS, SYMMETRIC, EntityKind, Kind, Status
from kg.questions.misfit import Context, Misfit
from kg.questions.notes import noun_of
from kg.questions.parsing import Match
from kg.questions.plan import LISTED, Noun, Plan
from kg.questions.sides import of_share
from kg.questions.wanted import wanted as asked_for

_AUTHORITIES = frozenset({EntityKind.AUTHORITY, EntityKind.GOVERNMENT})


_OF_DEALS = ("amounts", "total", "stake", "terms", "valuation", "when")
"""What is asked of a relationship, and not of whoever stands in it."""


_OF_ENTITIES = ("related", "listing", "made", "combined", "fact", "central", "paths")
"""Families whose answers are entities."""


def settle(plan: Plan, match: Match, context: Context) -> Plan:
    """What a form leaves open, decided by what the entities are; Misfit if nothing fits."""
    declared, notes = match.form["plan"], match.notes
    _needs(plan, match, context)
    helped = bool(context.keys & {"do", "does", "did"})
    if declared.get("needs") == ("no-auxiliary" if helped else "auxiliary"):
        raise Misfit
    needs_op = match.form.get("needs_op")
    wanted = notes.op if declared.get("force") else plan.op
    if needs_op and wanted not in needs_op:
        raise Misfit
    founding = plan.family == "fact" and plan.by == "founded"
    if plan.family == "rank_count" and (notes.total or notes.into):
        raise Misfit("sums are ranked, and not numbers")
    if plan.op in _OF_DEALS and plan.family in _OF_ENTITIES and not founding:
        raise Misfit
    ordered = ("related", "deals", "leads", "founding")
    if plan.order in ("latest", "first") and plan.family not in ordered:
        raise Misfit
    if plan.family in ("rank_amount", "largest") and any(
        "round" in h.segment.text.casefold() for h in match.tagged("EVR")
    ):
        raise Misfit("a round's total is nobody's own sum")
    if plan.filters.nature and Kind.PARTNERSHIP not in plan.relations:
        raise Misfit("only partnerships have a nature")
    if (plan.filters.round or plan.filters.instrument) and Kind.INVESTMENT not in plan.relations:
        raise Misfit("only investments have rounds and instruments")
    plan = asked_for(plan, match, context)
    if _raised(plan):
        plan = replace(plan, role="raised")
    plan = _released(plan, context)
    _joined(plan, match, context)
    _of_sums_and_shares(plan, match, context)
    _of_nouns(plan, match, context)
    _of_facts(plan, declared, context)
    _of_standing(plan, match, context)
    if _suffered(plan, match, context):
        plan = replace(plan, objects=plan.subjects, subjects=())
    if (
        plan.family == "related"
        and plan.relations == (Kind.INVESTMENT,)
        and plan.objects
        and plan.order in ("latest", "first")
        and match.tagged("EVR", "ROUNDWORD")
    ):
        plan = replace(plan, by="round")  # the last round, and not the last to invest
    plan = _sued_by_authority(plan, context)
    if plan.answer.kind == "authority" and plan.relations == (Kind.PARTNERSHIP,):
        raise Misfit("authorities are nobody's partners")
    if plan.role == "supplier" and _supplies(match):
        raise Misfit("whom somebody supplies is no supplier")
    if declared.get("spent") and plan.subjects and _paid_to(match):
        raise Misfit("who is paid is not what is bought")
    if plan.relations == (Kind.SCRUTINY,):
        plan = _scrutiny(plan, context)
    if plan.family == "overlaps" and plan.answer.kind == "authority":
        plan = replace(plan, answer=Noun())  # whoever would want to see them
    if plan.family == "unreviewed":
        named = {Kind(r) for h in match.tagged("EV") for r, _ in h.value} & set(plan.relations)
        answer = Noun() if plan.answer.kind == "authority" else plan.answer
        kinds = tuple(k for k in plan.relations if k in named) or plan.relations
        plan = replace(plan, answer=answer, relations=kinds)
    if plan.role == "together" and plan.relations != (Kind.SCRUTINY,):
        raise Misfit
    if plan.relations == (Kind.SCRUTINY,) and match.tagged("MADE") and not plan.filters.statuses:
        raise Misfit("what closed in a year is not what was made in it")
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
        if plan.answer.weights:
            raise Misfit("distributors are known by lab, not by openness")
        if plan.ask == "object" and plan.answer.kind == "model":
            plan = replace(plan, answer=Noun())
    return plan


def _of_nouns(plan: Plan, match: Match, context: Context) -> None:
    """Each noun must have its place: who does it, or what it is done to."""
    helped = context.keys & {"do", "does", "did"}
    first = [h.tag for h in match.hits[:2]] == ["Q", "AG"] and noun_of(match.hits[0].value)
    if helped and plan.family == "combined" and first and not first.any:
        raise Misfit("the noun before is what they do it to")
    tags = [h.tag for h in match.hits]
    given = any(pair == ("V", "FROM") for pair in pairwise(tags))
    if given and plan.relations == (Kind.INVESTMENT,):
        raise Misfit("who has money from somebody gives none")
    if plan.family == "without" and plan.answer.any and plan.other.that:
        raise Misfit("nobody is asked for")


def _raised(plan: Plan) -> bool:
    """Whether the total is that of what somebody was given, by whomever."""
    given = plan.subjects or plan.either or plan.filters.round or not plan.other.any
    funding = plan.op == "total" and plan.relations == (Kind.INVESTMENT,)
    return funding and bool(plan.objects) and not given


def _released(plan: Plan, context: Context) -> Plan:
    """Models are released, not releasers: *when did Claude 3 come out*; who makes one is known."""
    if plan.relations != (Kind.RELEASE,):
        return plan

    def made(ids: tuple[str, ...]) -> bool:
        found = [context.entity(i) for i in ids]
        return bool(found) and all(e is not None and e.kind in ARTEFACT_KINDS for e in found)

    if made(plan.subjects) and not plan.objects:
        if plan.ask == "object":
            raise Misfit("models release nothing")
        plan = replace(plan, subjects=(), objects=plan.subjects)
    if plan.family == "related" and plan.ask == "subject" and made(plan.objects):
        plan = replace(plan, family="made", ask="relationship")
    return plan


def _joined(plan: Plan, match: Match, context: Context) -> None:
    """Who joins a round invests; who joins a company need not."""
    if plan.relations != (Kind.INVESTMENT,) or plan.filters.round:
        return
    heads = {h.segment.text.casefold() for h in match.tagged("V", "VP")}
    stems = context.lexicon.data["needs_round"]
    joining = any(context.lexicon.is_form(h, stem) for h in heads for stem in stems)
    if joining and not match.tagged("EVR", "ROUNDWORD", "EV", "AG"):
        raise Misfit("what was joined is no round")


def _of_sums_and_shares(plan: Plan, match: Match, context: Context) -> None:
    """What is said of sums, stakes and ways of holding fits where there are such."""
    f = plan.filters
    paid = {h.segment.text.casefold() for h in match.tagged("V", "VP")}
    stakes = plan.relations == (Kind.INVESTMENT,) and plan.op in _OF_DEALS
    if stakes and any(context.lexicon.is_form(text, "pay for") for text in paid):
        raise Misfit("a price is paid for what is bought")
    mutual = any(pair <= context.keys for pair in ({"each", "other"}, {"one", "another"}))
    if mutual and plan.family != "sharing" and not (plan.either or match.tagged("ENT2")):
        raise Misfit("nobody is named who could do it to the other")
    if plan.op == "total" and any("ASKED" in h.segment.senses for h in match.tagged("Q")):
        raise Misfit("some are asked for, and not a total")
    nobody = plan.family == "related" and plan.ask == "object" and not plan.subjects
    if nobody and plan.answer.any and match.tagged("AG"):
        raise Misfit("those who do it are asked for")
    fined = f.statuses == {Status.FINED} or context.keys & {"fine", "fines", "penalty"}
    if plan.relations == (Kind.SCRUTINY,) and (f.least or f.most) and not fined:
        raise Misfit("of reviews only fines are sums")
    if plan.into and plan.op != "total" and plan.family not in ("rank_amount", "largest"):
        raise Misfit("only totals and rankings are converted")
    if (f.least_stake or f.most_stake) and plan.relations != (Kind.INVESTMENT,):
        raise Misfit("only investments are stakes")
    if f.indirect and not (plan.family == "related" and plan.ask == "object" and plan.subjects):
        raise Misfit("only what somebody holds is held indirectly")
    counted = (plan.fewest, plan.most) != (None, None)
    if counted != (plan.role == "whether") and (plan.either or plan.role == "whether"):
        raise Misfit("those compared are named")


def _suffered(plan: Plan, match: Match, context: Context) -> bool:
    """Whether who stands as subject is what it was done to: *when was GPT-4 released*."""
    passive = context.keys & {"was", "were", "been"} and not context.keys & {"did", "by"}
    return bool(
        passive
        and plan.family == "deals"
        and plan.subjects
        and not (plan.objects or plan.either)
        and Kind.SCRUTINY not in plan.relations
        and any("VP" in h.segment.senses for h in match.hits)
        and not match.tagged("EV", "EVR", "AG")
    )


_UNSETTLED = frozenset({"pending", "open", "undecided", "outstanding", "unresolved", "unfinished"})


def _of_standing(plan: Plan, match: Match, context: Context) -> None:
    """What is said of how things stand must have something to be said of."""
    told = match.notes.filters.get("status", ())
    if told and plan.family in ("listing", "fact") and not plan.conditions:
        raise Misfit("an entity does not stand open or closed")
    if "open" in told and len(plan.relations) > 4 and context.keys & _UNSETTLED:
        raise Misfit("what is in force is not pending")
    rounds = any("round" in h.segment.text.casefold() for h in match.tagged("EVR", "ROUNDWORD"))
    if plan.op == "count" and plan.family == "deals" and rounds:
        raise Misfit("several invest in one round")


def _of_facts(plan: Plan, declared: Mapping[str, Any], context: Context) -> None:
    """What is asked of the registry bears no filters of relationships; only artefacts are made."""
    f = plan.filters
    narrowed = f.statuses or f.nature or f.round or f.instrument or f.least or f.most
    if plan.answer.weights and plan.family not in ("listing", "made"):
        raise Misfit("only models are open or closed")
    if plan.conditions and plan.family == "listing" and plan.answer.any:
        raise Misfit("those who do not are to be of some kind")
    if plan.family in ("fact", "listing") and (narrowed or f.since or f.until):
        raise Misfit("nothing of the kind is known of a fact")
    if (
        plan.family == "listing"
        and not plan.conditions
        and (f.ended == "only" or f.modalities != LISTED)
    ):
        raise Misfit("an entity is neither over nor planned")
    if declared.get("by_status_only") and not f.statuses:
        raise Misfit
    if plan.family == "made":
        if plan.subjects and plan.answer.kind not in (None, *(k.value for k in ARTEFACT_KINDS)):
            raise Misfit("labs are nobody's products")
        if narrowed:
            raise Misfit("models have no such terms")
        made = [context.entity(i) for i in plan.objects]
        if any(e is None or e.kind not in ARTEFACT_KINDS for e in made):
            raise Misfit("only models, products and platforms are made")


def _needs(plan: Plan, match: Match, context: Context) -> None:
    declared, notes = match.form["plan"], match.notes
    needs: str = declared.get("needs", "")
    if needs == "op" and plan.op in ("list", "exists", "count"):
        raise Misfit
    if needs.startswith("op:") and plan.op != needs[3:]:
        raise Misfit
    if needs == "status" and not plan.filters.statuses:
        raise Misfit
    if needs == "period" and not (plan.filters.since or plan.filters.until):
        raise Misfit
    if needs == "modality" and plan.filters.modalities == LISTED:
        raise Misfit
    if needs == "nature" and not plan.filters.nature:
        raise Misfit
    if needs == "whose" and not notes.whose_models:
        raise Misfit
    if needs == "share" and (context.polar or not of_share(match)):
        raise Misfit
    if needs == "stake" and not (plan.filters.least_stake or plan.filters.most_stake):
        raise Misfit
    if needs == "noun" and plan.answer.any:
        raise Misfit
    if needs == "sum" and not (plan.filters.least or plan.filters.most):
        raise Misfit


def _paid_to(match: Match) -> bool:
    """Whether somebody is paid, and not for something: *what did X pay Y*."""
    paid = [h.segment.text.casefold() for h in match.tagged("PAY")]
    for_it = match.tagged("FOR", "PRICE") or any(t.endswith(("for", "buying")) for t in paid)
    return bool(paid) and not for_it


_GIVING = ("suppl", "provid", "furnish", "deliver", "equip", "sell", "sold")


def _supplies(match: Match) -> bool:
    """Whether the one named does the supplying: *whom does X supply with compute*."""
    named = [h.segment.start for h in match.hits if h.tag in ("ENT", "ENT2")]
    return any(
        h.segment.text.casefold().startswith(_GIVING) and named and h.segment.start > max(named)
        for h in match.tagged("V", "PROVIDES")
    )


def _official(entity_id: str, context: Context) -> bool:
    entity = context.entity(entity_id)
    return entity is not None and bool(_AUTHORITIES & set(entity.kinds))


def _sued_by_authority(plan: Plan, context: Context) -> Plan:
    """What an authority takes to court it reviews: *whom has the FTC sued*."""
    asked = plan.ask == "subject" and plan.answer.kind == "authority"
    named = plan.subjects and all(_official(one, context) for one in plan.subjects)
    if plan.relations != (Kind.LITIGATION,) or not (asked or named):
        return plan
    filters = replace(plan.filters, statuses=frozenset({Status.SUED}), ended="all")
    return replace(plan, relations=(Kind.SCRUTINY,), filters=filters)


def _scrutiny(plan: Plan, context: Context) -> Plan:
    """Only authorities look at others: whoever else is named is looked at."""

    def official(entity_id: str) -> bool:
        return _official(entity_id, context)

    if plan.ask == "object" and plan.answer.kind == "authority" and plan.family != "deals":
        raise Misfit("authorities are not reviewed")
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
