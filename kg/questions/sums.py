"""Totals, rankings and comparisons: over distinct relationships, one currency at a time.

A relationship counts once however many articles tell of it, by the lowest of its own
figures that is no rounding of another. Only asserted relationships are summed unless the
question asks for others; hedged figures (``up to``), sums so far, totals of whole rounds
and tranches are told beside.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from decimal import Decimal

from kg import vocabulary as v
from kg.model import AmountRole, Kind, Modality, Qualifier
from kg.questions import conditions
from kg.questions import sparql as q
from kg.questions.answer import Item
from kg.questions.plan import LISTED, Noun, Plan
from kg.questions.relations import (
    RELATION_COLUMNS,
    deal_lines,
    gather,
    gather_deals,
    related_lines,
)
from kg.questions.result import FAMILY_OF_SUBJECT, Result, expanded, title
from kg.questions.sifting import passes
from kg.questions.table import amount_text, money
from kg.questions.world import World
from kg.records import RelationshipRecord

ROLE_OF = {
    Kind.ACQUISITION: AmountRole.PRICE,
    Kind.SCRUTINY: AmountRole.FINE,
    Kind.PARTNERSHIP: AmountRole.CONTRACT,
}
"""Which sum counts, where it is not the sum committed."""
HEDGED = (Qualifier.UP_TO, Qualifier.LESS_THAN)
"""Qualifiers of sums that are limits and not figures."""


def role_of(kind: Kind) -> AmountRole:
    return ROLE_OF.get(kind, AmountRole.COMMITTED)


def summed(plan: Plan) -> Plan:
    """The plan with the modalities of which sums are made."""
    if plan.filters.modalities != LISTED:
        return plan
    return replace(plan, filters=replace(plan.filters, modalities=frozenset({Modality.ASSERTED})))


def figure(record: RelationshipRecord) -> dict[str, Decimal]:
    """What a relationship counts for in each currency."""
    found: dict[str, Decimal] = {}
    role = role_of(record.kind)
    for amount in record.summary.amounts:
        if amount.role is role and amount.qualifier not in HEDGED and not amount.rounding_of:
            known = found.get(amount.currency)
            found[amount.currency] = amount.value if known is None else min(known, amount.value)
    return found


def figure_lines(kind: Kind) -> list[str]:
    """The lines that bind the figures of a relationship; group by it for the lowest."""
    role = q.short(f"{v.SCHEME}amount-role-{role_of(kind)}")
    return [
        f"?r aio:amount ?a . ?a aio:amountRole {role} ; schema:value ?value ; schema:currency ?currency ; aio:amountQualifier ?how .",
        f"FILTER(?how NOT IN ({q.concepts('qualifier', HEDGED)}))",
        "FILTER NOT EXISTS { ?a aio:roundingOf ?exact }",
    ]


def beside(records: list[RelationshipRecord]) -> list[str]:
    """What the sums leave out, told in words."""
    told = []
    for record in records:
        counted = figure(record)
        role = role_of(record.kind)
        for amount in record.summary.amounts:
            out = amount.role is not role or amount.qualifier in HEDGED
            if out and amount.role not in (AmountRole.VALUATION, AmountRole.EQUIVALENT):
                told.append(f"not counted: {amount_text(amount)} — {title(record)}")
        same = [
            a
            for a in record.summary.amounts
            if a.role is role and not a.rounding_of and a.qualifier not in HEDGED
        ]
        for currency, low in counted.items():
            high = max(a.value for a in same if a.currency == currency)
            if high != low:
                told.append(
                    f"statements differ for {title(record)}: {money(low, currency)} to {money(high, currency)}; the lower is counted"
                )
    return list(dict.fromkeys(told))


def total(plan: Plan, world: World) -> Result:
    """The sum of the relationships a plan finds: by currency, or converted to one."""
    if plan.into:
        from kg.questions.converting import converted_total

        return converted_total(plan, plan.into, world)
    plan = summed(plan)
    records, notes = gather_deals(plan, world)
    counted = [r for r in records if passes(r, plan.filters)]
    sums: dict[str, list[tuple[Decimal, RelationshipRecord]]] = defaultdict(list)
    for record in counted:
        for currency, value in figure(record).items():
            sums[currency].append((value, record))
    items = []
    for currency, parts in sorted(sums.items()):
        value = sum((x for x, _ in parts), Decimal(0))
        extra = {"currency": currency, "total": value, "count": len(parts)}
        items.append(Item(money(value, currency), currency, tuple(r for _, r in parts), extra))
    blocks = []
    for kind in plan.relations:
        inner = [*deal_lines(plan, kind), *q.filters(plan.filters), *figure_lines(kind)]
        blocks.append(
            q.select("?r ?currency (MIN(?value) AS ?low)", inner, "GROUP BY ?r ?currency")
        )
    union = " UNION ".join("{ " + b + "}" for b in blocks)
    query = (
        "SELECT ?currency (SUM(?low) AS ?total) (COUNT(?low) AS ?count) WHERE {\n"
        f"{union}\n}}\nGROUP BY ?currency ORDER BY ?currency\n"
    )
    columns = ("name", "count", "relationship", "amounts", "since", "modality", "quote", "article")
    return Result(tuple(items), query, (*notes, *beside(counted)), columns)


def rank_count(plan: Plan, world: World) -> Result:
    """Entities by how many they are related to: who backs the most labs."""
    if plan.either:
        return _compared_count(plan, world)
    groups, notes = gather(plan, world)
    anchor = "subject" if plan.ask == "object" else "object"
    items = []
    kept, told = conditions.keep(plan, world, groups)
    notes += told
    for entity_id in kept:
        found = groups[entity_id]
        others = {a for _, _, a in found}
        if not (plan.fewest or 0) <= len(others) <= (plan.most or len(others)):
            continue
        items.append(
            Item(
                world.name(entity_id),
                v.entity_iri(entity_id),
                tuple(dict.fromkeys(r for r, _, _ in found)),
                {"count": len(others), "of": sorted(world.name(o) for o in others)},
            )
        )
    if plan.role == "candidates":
        notes = [n for n in notes if not n.startswith("not a")]
    sign = 1 if plan.order == "least" else -1
    items.sort(key=lambda i: (sign * i.extra["count"], i.name, i.id))
    lines = related_lines(plan)
    direction = "?count" if plan.order == "least" else "DESC(?count)"
    query = (
        f"SELECT ?id ?name (COUNT(DISTINCT ?{anchor}) AS ?count) WHERE {{\n"
        + "\n".join(f"  {line}" for line in lines)
        + f"\n}}\nGROUP BY ?id ?name{_having(plan, anchor)} ORDER BY {direction} STR(?name) ?id\n"
    )
    if plan.limit:
        items = items[: plan.limit]
        query += f"LIMIT {plan.limit}\n"
    return Result(tuple(items), query, tuple(notes), ("name", "count", "of"))


def _compared_count(plan: Plan, world: World) -> Result:
    """The named entities, with what belongs to them, by how many they are related to."""
    items, blocks, notes = [], [], list[str]()
    for one in plan.either:
        turned = replace(
            plan,
            ask="object" if plan.ask == "subject" else "subject",
            subjects=(one,) if plan.ask == "subject" else (),
            objects=() if plan.ask == "subject" else (one,),
            either=(),
            answer=plan.other,
            other=Noun(),
        )
        groups, told = gather(turned, world)
        notes += [n for n in told if not n.startswith("not a")]
        records = dict.fromkeys(r for found in groups.values() for r, _, _ in found)
        extra = {"count": len(groups), "of": sorted(world.name(o) for o in groups)}
        items.append(Item(world.name(one), v.entity_iri(one), tuple(records), extra))
        lines = "\n".join(f"    {line}" for line in related_lines(turned))
        blocks.append(
            f"{{ SELECT ({q.entity(one)} AS ?one) (COUNT(DISTINCT ?id) AS ?number) WHERE {{\n{lines}\n  }} }}"
        )
    sign = 1 if plan.order == "least" else -1
    items.sort(key=lambda i: (sign * i.extra["count"], i.name, i.id))
    direction = "?count" if plan.order == "least" else "DESC(?count)"
    query = (
        "SELECT (?one AS ?id) (?label AS ?name) (?number AS ?count) WHERE {\n  "
        + "\n  UNION ".join(blocks)
        + f"\n  ?one skos:prefLabel ?label .\n}}\nORDER BY {direction} STR(?label) ?one\n"
    )
    return Result(tuple(items), query, tuple(dict.fromkeys(notes)), ("name", "count", "of"))


def _having(plan: Plan, anchor: str) -> str:
    limits = [
        f"COUNT(DISTINCT ?{anchor}) {sign} {count}"
        for sign, count in ((">=", plan.fewest), ("<=", plan.most))
        if count is not None
    ]
    return f" HAVING({' && '.join(limits)})" if limits else ""


def rank_amount(plan: Plan, world: World) -> Result:
    """Parties by what they have put in, in the currency that most of them are stated in."""
    plan = summed(plan)
    kind = plan.relations[0]
    records, notes = gather_deals(plan, world)
    counted = [r for r in records if passes(r, plan.filters)]
    owner = expanded(
        world, plan.subjects, family=not plan.filters.direct and kind in FAMILY_OF_SUBJECT
    )
    sums: dict[tuple[str, str], list[tuple[Decimal, RelationshipRecord]]] = defaultdict(list)
    for record in counted:
        end = record.object if plan.ask == "object" else record.subject
        if end is None:
            continue
        party = owner.get(end.id, end.id) if plan.ask == "subject" else end.id
        for currency, value in figure(record).items():
            sums[(party, currency)].append((value, record))
    parties = Counter(currency for _, currency in sums)
    chosen = min(parties, key=lambda c: (-parties[c], c), default="USD")
    items = []
    for (party, currency), parts in sums.items():
        if currency == chosen:
            value = sum((x for x, _ in parts), Decimal(0))
            extra = {
                "total": value,
                "currency": currency,
                "sum": money(value, currency),
                "count": len(parts),
            }
            items.append(
                Item(world.name(party), v.entity_iri(party), tuple(r for _, r in parts), extra)
            )
    sign = 1 if plan.order == "least" else -1
    items.sort(key=lambda i: (sign * i.extra["total"], i.name, i.id))
    others = sorted(
        {
            f"{world.name(p)} ({money(sum((x for x, _ in parts), Decimal(0)), c)})"
            for (p, c), parts in sums.items()
            if c != chosen
        }
    )
    if others:
        notes.append(f"stated in another currency and not ranked with these: {', '.join(others)}")
    query = _amount_query(plan, kind, chosen)
    if plan.limit:
        items, query = items[: plan.limit], query + f"LIMIT {plan.limit}\n"
    return Result(
        tuple(items),
        query,
        (*notes, *beside(counted)),
        ("name", "sum", "count", *RELATION_COLUMNS[1:]),
    )


def _amount_query(plan: Plan, kind: Kind, currency: str) -> str:
    lines = [*deal_lines(plan, kind), *q.filters(plan.filters), *figure_lines(kind)]
    lines.append(f"FILTER(?currency = {q.text(currency)})")
    party = "?object"
    if plan.ask == "subject":
        party = "?subject"
        if plan.subjects:
            lines.append(_rooted(plan))
            party = "?root"
    inner = q.select(f"?r ({party} AS ?id) (MIN(?value) AS ?low)", lines, f"GROUP BY ?r {party}")
    direction = "?total" if plan.order == "least" else "DESC(?total)"
    return (
        "SELECT ?id ?name (SUM(?low) AS ?total) WHERE {\n  { " + inner + "  }\n"
        "  ?id skos:prefLabel ?name .\n}\n"
        f"GROUP BY ?id ?name ORDER BY {direction} STR(?name) ?id\n"
    )


def _rooted(plan: Plan) -> str:
    """Binds ``?root`` to the entity asked about that ``?subject`` belongs to."""
    if plan.families:
        pairs = ((q.entity(i), q.entity(m)) for i in plan.subjects for m in q.belonging(plan, i))
        return f"VALUES (?root ?subject) {{ {' '.join(f'({i} {m})' for i, m in pairs)} }}"
    roots = " ".join(map(q.entity, plan.subjects))
    return f"VALUES ?root {{ {roots} }} ?subject {q.OWNERS}* ?root ."


def largest(plan: Plan, world: World) -> Result:
    """Relationships by their own sum, in the currency that most are stated in."""
    plan = summed(plan)
    records, notes = gather_deals(plan, world)
    counted = [(r, figure(r)) for r in records if passes(r, plan.filters)]
    spread = Counter(c for _, sums in counted for c in sums)
    chosen = min(spread, key=lambda c: (-spread[c], c), default="USD")
    sign = 1 if plan.order == "least" else -1
    found = sorted(
        ((sums[chosen], r) for r, sums in counted if chosen in sums),
        key=lambda p: (sign * p[0], p[1].iri),
    )
    if plan.limit:
        found = found[: plan.limit]
    items = tuple(
        Item(title(r), r.iri, (r,), {"total": x, "currency": chosen, "sum": money(x, chosen)})
        for x, r in found
    )
    others = sorted(c for c in spread if c != chosen)
    if others:
        notes.append(
            f"ranked in {chosen}; sums stated in {', '.join(others)} are not compared with these"
        )
    kind = plan.relations[0]
    lines = [
        *deal_lines(plan, kind),
        *q.filters(plan.filters),
        *figure_lines(kind),
        f"FILTER(?currency = {q.text(chosen)})",
    ]
    inner = q.select("?r (MIN(?value) AS ?low)", lines, "GROUP BY ?r")
    direction = "?low" if plan.order == "least" else "DESC(?low)"
    query = (
        "SELECT (?r AS ?id) ?name ?low WHERE {\n  { "
        + inner
        + "  }\n"
        + "\n".join(f"  {line}" for line in q.naming(kind))
        + f"\n}}\nORDER BY {direction} STR(?r)\n"
        + (f"LIMIT {plan.limit}\n" if plan.limit else "")
    )
    return Result(items, query, tuple(notes), ("name", "sum", *RELATION_COLUMNS[1:]))
