"""What is wanted where the words name a deed: the deals, those it was done to, or what it came to."""

from __future__ import annotations

from dataclasses import replace

from kg.model import EntityKind, Kind, Modality
from kg.questions.choosing import pick
from kg.questions.misfit import Context, Misfit
from kg.questions.notes import noun_of
from kg.questions.parsing import Match
from kg.questions.plan import LISTED, Plan

_DEALT = ((Kind.INVESTMENT,), (Kind.ACQUISITION,), (Kind.DISTRIBUTION,), (Kind.COMPETITION,))
_IS = frozenset({"is", "are", "was", "were", "be", "been", "being"})
_HAS = frozenset({"has", "have", "had", "do", "does", "did"})


def wanted(plan: Plan, match: Match, context: Context) -> Plan:
    """The plan with what its nouns ask for; Misfit if another form says it better."""
    if plan.family == "related" and _deals_of_a_size(plan, match):
        raise Misfit("the deals are asked for, and not those they were made with")
    if plan.family == "dependence" and any("ENTM" in h.segment.senses for h in match.hits):
        raise Misfit("models are to be had, and need nobody")
    if plan.answer.kind == "authority" and plan.ask == "object" and plan.relations[:1] in _DEALT:
        raise Misfit("nobody invests in authorities, nor sells them")
    if plan.relations == (Kind.SCRUTINY,) and plan.ask == "subject" and _companies(match):
        raise Misfit("companies review nobody")
    released = plan.relations == (Kind.RELEASE,) and plan.family == "related"
    if released and match.notes.whose_models and plan.subjects:
        raise Misfit("whose they are is not asked of one's own")
    if plan.relations == (Kind.DISTRIBUTION,):
        _distributes(plan, match, context)
    if plan.family == "deals" and plan.either and not plan.both and _plural(match, "acquisition"):
        plan = replace(plan, subjects=plan.either, either=())  # *Nvidia acquisitions* are by it
    if plan.op == "stake" and match.tagged("EVR"):
        plan = replace(plan, op="amounts")  # *how much of its money*
    if _purchases(plan):
        return _purchased(plan)
    if _raised(plan, match):
        return replace(plan, op="total")
    return plan


def _deals_of_a_size(plan: Plan, match: Match) -> bool:
    """*Its investments above $1bn* are held against the sum one by one."""
    limited = plan.filters.least or plan.filters.most
    nouns = [h for h in match.tagged("Q") if not noun_of(h.value).any]
    named = match.tagged("EV") and not nouns and not match.tagged("PT")
    return bool(limited and named and plan.ask == "object" and plan.relations == (Kind.INVESTMENT,))


def _companies(match: Match) -> bool:
    """Whether companies are said to do what others than authorities do as well: *take on X*."""
    nouns = [h for h in match.tagged("Q") if noun_of(h.value).kind == "company"]
    named = any(h.segment.text.casefold().startswith(("compan", "firm", "business")) for h in nouns)
    return named and any(len({r for r, _ in h.value}) > 1 for h in match.tagged("V"))


def _plural(match: Match, relation: str) -> bool:
    """Whether several deeds of a relation are named, and not one that one may have suffered."""
    deeds = [h for h in match.tagged("EV") if any(r == relation for r, _ in h.value)]
    return bool(deeds) and all(h.segment.text.endswith("s") for h in deeds)


def _distributes(plan: Plan, match: Match, context: Context) -> None:
    """Models are distributed, and distribute nothing: *the platforms where Claude is offered*."""
    acting = [h for h in match.hits if h.name == "s" and h.tag in ("ENT", "ENTM")]
    if any(pick(h.value).kind in (EntityKind.MODEL, EntityKind.PRODUCT) for h in acting):
        raise Misfit("models distribute nothing")
    passive = context.keys & _IS and not context.keys & (_HAS | {"by"})
    named = [h.segment.start for h in acting]
    done = [h.segment for h in match.tagged("V") if "VP" in h.segment.senses]
    if passive and named and any(s.start > max(named) for s in done):
        raise Misfit("what is offered does not offer")


def _purchases(plan: Plan) -> bool:
    """Whether purchases are asked for by who made them: what was bought tells more than deals."""
    by = plan.subjects and not (plan.objects or plan.either)
    bare = plan.op == "list" and not (plan.filters.least or plan.filters.most)
    return bool(
        plan.family == "deals"
        and plan.relations == (Kind.ACQUISITION,)
        and plan.ask == "relationship"
        and by
        and bare
    )


def _purchased(plan: Plan) -> Plan:
    filters = plan.filters
    if filters.ended == "past" and filters.modalities == LISTED:
        filters = replace(filters, modalities=frozenset({Modality.ASSERTED}))
    return replace(plan, family="related", ask="object", filters=filters)


def _raised(plan: Plan, match: Match) -> bool:
    """Whether somebody's own funding is asked for as a sum: the whole, with its parts below."""
    given = plan.subjects or plan.either or plan.filters.round or plan.order
    return bool(
        plan.op == "amounts"
        and plan.family == "deals"
        and plan.relations == (Kind.INVESTMENT,)
        and plan.objects
        and plan.other.any
        and not given
        and not match.tagged("ROUNDWORD", "PAY", "PRICE")
    )
