"""Investments, distribution, acquisitions, partnerships, competition: who with whom."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from kg import vocabulary as v
from kg.competency.view import Row, View, answers, cls, code, decimal, ident, said_by
from kg.model import AmountRole, EntityKind, Kind, Modality, Nature, Status
from kg.records import RelationshipRecord

K = EntityKind


@answers("labs-backed-by")
def labs_backed_by(view: View, investor: str) -> Iterator[Row]:
    for s, lab in view.direct(Kind.INVESTMENT):
        if s == investor and view.has_kind(lab, K.LAB):
            yield ident(lab), view.name(lab)


@answers("backers-of")
def backers_of(view: View, investee: str) -> Iterator[Row]:
    for s, o, key, data in view.edges(Kind.INVESTMENT):
        if o == investee and data["in_force"] and (name := view.name(s)):
            for instrument in view.records[key].summary.instruments or (None,):
                start, reported = data.get("start"), data.get("published")
                yield ident(s), name, ident(key), start, reported, instrument


@answers("backing")
def backing(view: View) -> Iterator[Row]:
    for s, o in view.direct(Kind.INVESTMENT):
        yield ident(s), ident(o), "directly"
        for owner in view.owners(s):
            if owner != o:
                yield ident(owner), ident(o), "indirectly"


@answers("indirect-backers-of")
def indirect_backers_of(view: View, investee: str) -> Iterator[Row]:
    for s, o in view.direct(Kind.INVESTMENT):
        if o == investee:
            for owner in view.owners(s):
                yield ident(owner), view.name(owner), ident(s)


@answers("held-through-takeovers")
def held_through_takeovers(view: View, buyer: str) -> Iterator[Row]:
    deals = [
        (record, record.subject.id)
        for record in view.records.values()
        if record.kind is Kind.ACQUISITION
        and record.subject
        and record.subject.id in view.catalogue.owners(record.object.id)
        and record.summary.in_force
        and record.summary.status is Status.COMPLETED
    ]
    for s, o, key, data in view.edges(Kind.INVESTMENT):
        if not data["in_force"] or o == buyer or not (name := view.name(o)):
            continue
        holders = {s, *view.owners(s)}
        for deal, owner in deals:
            if deal.object.id in holders and buyer in {owner, *view.owners(owner)}:
                since = deal.summary.steps[-1].date
                yield ident(o), name, ident(deal.object.id), ident(deal.id), since, ident(key)


@answers("common-investments")
def common_investments(view: View, one: str, other: str) -> Iterator[Row]:
    held = view.direct(Kind.INVESTMENT)
    for s, o in held:
        if s == one and (other, o) in held and (name := view.name(o)):
            yield ident(o), name


@answers("investors-sharing-most-labs")
def investors_sharing_most_labs(view: View) -> Iterator[Row]:
    backers = defaultdict(set)
    for s, o in view.direct(Kind.INVESTMENT):
        if view.has_kind(o, K.LAB):
            backers[o].add(s)
    pairs = Counter(p for group in backers.values() for p in combinations(sorted(group), 2))
    for (one, other), labs in pairs.items():
        yield ident(one), ident(other), str(labs)


@answers("investors-that-distribute")
def investors_that_distribute(view: View, lab: str) -> Iterator[Row]:
    both = view.direct(Kind.INVESTMENT) & view.direct(Kind.DISTRIBUTION)
    for s, o in both:
        if o == lab and (name := view.name(s)):
            yield ident(s), name


@answers("funds-backing-labs")
def funds_backing_labs(view: View) -> Iterator[Row]:
    for s, o in view.direct(Kind.INVESTMENT):
        for kind in (K.INVESTOR, K.SOVEREIGN_FUND):
            if view.has_kind(s, kind) and view.has_kind(o, K.LAB):
                yield ident(s), view.name(s), cls(v.ENTITY_CLASS[kind]), ident(o)


@answers("labs-without-big-backer")
def labs_without_big_backer(view: View) -> Iterator[Row]:
    big = (K.CLOUD_PROVIDER, K.CHIP_MAKER)
    backed = {o for s, o in view.direct(Kind.INVESTMENT) if view.has_kind(s, *big)}
    for lab in view.of_kind(K.LAB):
        if lab.id not in backed and not view.has_kind(lab.id, *big):
            yield ident(lab.id), lab.name


@answers("lead-investors")
def lead_investors(view: View, investee: str) -> Iterator[Row]:
    for record in _investments(view, investee):
        for role, lead in record.participants:
            if role == "lead":
                for stated in record.summary.rounds:
                    yield stated, ident(lead.id), view.name(lead.id)


@answers("funding-rounds")
def funding_rounds(view: View, investee: str) -> Iterator[Row]:
    for record in _investments(view, investee):
        if record.summary.modality is Modality.DENIED:
            continue
        for stated in record.summary.rounds:
            name = stated.lower()
            slug = re.sub(r"^-|-$", "", re.sub(r"[^a-z0-9]+", "-", name))
            investor = ident(record.subject.id) if record.subject else None
            yield ident(f"round/{investee}/{slug}"), name, investor


@answers("stakes")
def stakes(view: View) -> Iterator[Row]:
    for s, o, key, _ in view.edges(Kind.INVESTMENT):
        for stake in view.records[key].summary.stakes:
            yield ident(s), ident(o), decimal(stake)


@answers("amounts-between")
def amounts_between(view: View, investor: str, investee: str) -> Iterator[Row]:
    for record in _between(view, investor, investee):
        for a in record.summary.amounts:
            for stated in a.stated:
                for source in said_by(record, a.stated_by):
                    role, hedge = code("amount-role", a.role), code("qualifier", a.qualifier)
                    value = decimal(a.value)
                    yield ident(record.id), value, a.currency, role, hedge, stated, source


@answers("terms-between")
def terms_between(view: View, investor: str, investee: str) -> Iterator[Row]:
    for record in _between(view, investor, investee):
        for name, value, stated_by in record.summary.terms:
            for source in said_by(record, stated_by):
                yield ident(record.id), name, value, source


@answers("total-between")
def total_between(view: View, investor: str, investee: str) -> Iterator[Row]:
    largest: dict[str, list[Decimal]] = defaultdict(list)
    for record in _between(view, investor, investee):
        if not record.summary.in_force:
            continue
        sums: dict[str, Decimal] = {}
        for a in record.summary.amounts:
            if a.role is AmountRole.COMMITTED:
                sums[a.currency] = max(a.value, sums.get(a.currency, a.value))
        for currency, value in sums.items():
            largest[currency].append(value)
    for currency, values in largest.items():
        yield currency, decimal(sum(values, Decimal(0))), str(len(values))


@answers("models-offered-by")
def models_offered_by(view: View, distributor: str) -> Iterator[Row]:
    for s, o, key, data in view.edges(Kind.DISTRIBUTION):
        if s == distributor and data["in_force"] and (name := view.name(o)):
            products = [ref.id for role, ref in view.records[key].participants if role == "product"]
            for product in products or (None,):
                yield ident(o), name, ident(product) if product else None


@answers("where-to-get-models-of")
def where_to_get_models_of(view: View, supplier: str) -> Iterator[Row]:
    for s, o, key, data in view.edges(Kind.DISTRIBUTION):
        if o == supplier and data["in_force"] and (name := view.name(s)):
            channels = [
                ref.id
                for role, ref in view.records[key].participants
                if role == "channel" and view.has_kind(ref.id, K.PLATFORM)
            ]
            for channel in channels or (None,):
                yield ident(s), name, ident(channel) if channel else None


@answers("deals-for-an-authority")
def deals_for_an_authority(view: View) -> Iterator[Row]:
    supplied = set(_supplies(view, Nature.COMPUTE, Nature.SUPPLY))
    beside = (
        (view.direct(Kind.DISTRIBUTION), "distributes its models"),
        (view.direct(Kind.COMPETITION), "competes with it"),
        ({(a, b) for a, b, _ in supplied}, "supplies it"),
    )
    for pair in view.direct(Kind.INVESTMENT):
        for held, what in beside:
            if pair in held:
                yield ident(pair[0]), ident(pair[1]), what


@answers("dependencies-of")
def dependencies_of(view: View, lab: str) -> Iterator[Row]:
    kinds = {Nature.COMPUTE: "cloud", Nature.SUPPLY: "chips"}
    found = {("backer", s) for s, o in view.direct(Kind.INVESTMENT) if o == lab}
    found |= {(kinds[n], other) for one, other, n in _supplies(view, *kinds) if one == lab}
    for kind, on in found:
        if name := view.name(on):
            yield kind, ident(on), name


@answers("acquired-in-force")
def acquired_in_force(view: View) -> Iterator[Row]:
    return ((ident(s), ident(o)) for s, o in view.direct(Kind.ACQUISITION))


@answers("acquisitions-by")
def acquisitions_by(view: View, acquirer: str) -> Iterator[Row]:
    for s, o, key, data in view.edges(Kind.ACQUISITION):
        if s == acquirer and (name := view.name(o)):
            prices = [
                (decimal(a["value"]), a["currency"])
                for a in data.get("amounts", ())
                if a["role"] == AmountRole.PRICE
            ]
            for price, currency in prices or ((None, None),):
                status = code("status", data.get("status"))
                yield ident(key), ident(o), name, status, price, currency


@answers("competitors-of")
def competitors_of(view: View, one: str) -> Iterator[Row]:
    for other, key in _standing(view, Kind.COMPETITION, one):
        yield ident(other), view.name(other), ident(key)


@answers("partners-of")
def partners_of(view: View, one: str) -> Iterator[Row]:
    for other, key in _standing(view, Kind.PARTNERSHIP, one):
        for nature in view.records[key].summary.natures or (None,):
            yield ident(other), view.name(other), code("nature", nature)


@answers("agreements-by-kind")
def agreements_by_kind(view: View) -> Iterator[Row]:
    apart = (Nature.COMPUTE, Nature.SUPPLY)
    for s, o, key, _ in view.edges(Kind.PARTNERSHIP):
        for nature in view.records[key].summary.natures:
            if nature not in apart and s != o:
                yield cls(v.NATURE_CLASS[nature]), ident(min(s, o)), ident(max(s, o))


def _investments(view: View, investee: str) -> Iterator[RelationshipRecord]:
    """All investments in an organisation, with an investor or without."""
    for record in view.records.values():
        if record.kind is Kind.INVESTMENT and record.object.id == investee:
            yield record


def _between(view: View, investor: str, investee: str) -> Iterator[RelationshipRecord]:
    for s, o, key, _ in view.edges(Kind.INVESTMENT):
        if (s, o) == (investor, investee):
            yield view.records[key]


def _supplies(view: View, *natures: Nature) -> Iterator[tuple[str, str, Nature]]:
    """Partnerships in force of some natures, seen from either partner."""
    for s, o, key, data in view.edges(Kind.PARTNERSHIP):
        if data["in_force"] and s != o:
            for nature in set(natures) & set(view.records[key].summary.natures):
                yield from ((s, o, nature), (o, s, nature))


def _standing(view: View, kind: Kind, one: str) -> Iterator[tuple[str, str]]:
    """The relationships with those to whom one of a symmetric kind is in force."""
    held = view.direct(kind)
    for other, key in view.between(kind, one):
        if (one, other) in held and view.name(other):
            yield other, key
