"""Rankings and comparisons by sum: in the currency that most are stated in, or converted to one."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal

from kg import vocabulary as v
from kg.model import Kind
from kg.questions import sparql as q
from kg.questions.answer import Item
from kg.questions.contributions import Contribution, contributions, figures, worth_lines
from kg.questions.contributions import told as put_in
from kg.questions.converting import Converter, converted_lines, described, told, ways
from kg.questions.deals import deal_lines, gather_deals
from kg.questions.plan import Plan
from kg.questions.relations import RELATION_COLUMNS
from kg.questions.result import FAMILY_OF_SUBJECT, Result, expanded, title, whether_first
from kg.questions.sifting import passes
from kg.questions.sums import figure, figure_lines, summed
from kg.questions.world import World
from kg.rates import rates
from kg.records import RelationshipRecord
from kg.wording import money


def rank_amount(plan: Plan, world: World) -> Result:
    """Parties by what they have put in, in the currency that most of them are stated in."""
    plan = summed(plan)
    kind = plan.relations[0]
    records, notes = gather_deals(plan, world)
    counted = [r for r in records if passes(r, plan.filters)]
    owner = expanded(
        world, plan.subjects, family=not plan.filters.direct and kind in FAMILY_OF_SUBJECT
    )
    sums: dict[tuple[str, str], list[Contribution]] = defaultdict(list)
    into = plan.into or (_shared(counted) if len(plan.subjects) > 1 else None)
    converter = Converter(rates(), into) if into else None
    found = contributions(plan.filters, counted, converter)
    for (subject, object_, currency), one in found.items():
        end = object_ if plan.ask == "object" else subject
        if end is None:
            continue
        party = owner.get(end, end) if plan.ask == "subject" else end
        sums[(party, currency)].append(one)
    parties = Counter(currency for _, currency in sums)
    chosen = min(parties, key=lambda c: (-parties[c], c), default="USD")
    items = []
    for (party, currency), parts in sums.items():
        if currency == chosen:
            value = sum((one.value for one in parts), Decimal(0))
            extra = {
                "total": value,
                "currency": currency,
                "sum": money(value, currency),
                "count": sum(one.count for one in parts),
            }
            rests_on = tuple(dict.fromkeys(r for one in parts for r in one.records))
            items.append(Item(world.name(party), v.entity_iri(party), rests_on, extra))
    sign = 1 if plan.order == "least" else -1
    items.sort(key=lambda i: (sign * i.extra["total"], i.name, i.id))
    others = sorted(
        {
            f"{world.name(p)} ({money(sum((one.value for one in parts), Decimal(0)), c)})"
            for (p, c), parts in sums.items()
            if c != chosen
        }
    )
    if others:
        notes.append(f"stated in another currency and not ranked with these: {', '.join(others)}")
    query = _converted_query(plan, kind, into) if into else _amount_query(plan, kind, chosen)
    verdict = whether_first(plan, items, "total")
    if converter:
        notes += [*told(converter), *converter.left]
    if plan.limit:
        items, query = items[: plan.limit], query + f"LIMIT {plan.limit}\n"
    return Result(
        tuple(items),
        query,
        (*notes, *put_in(found, counted)),
        ("name", "sum", "count", *RELATION_COLUMNS[1:]),
        verdict,
        described(converter) if converter and converter.used else None,
    )


def _shared(records: list[RelationshipRecord]) -> str | None:
    """The currency in which those compared can be, if they are not stated in the same."""
    stated = [figure(r) for r in records]
    spread = Counter(c for sums in stated for c in sums)
    if not spread or any(all(c in sums for sums in stated if sums) for c in spread):
        return None
    return min(spread, key=lambda c: (-spread[c], c))


def _converted_query(plan: Plan, kind: Kind, into: str) -> str:
    return _ranked(plan, converted_lines(plan, kind, into, ("?subject", "?object")))


def _ranked(plan: Plan, worth: str) -> str:
    """The parties by the sum of the ``?worth`` that a subquery binds for each pair."""
    party, rooted = _party(plan)
    direction = "?total" if plan.order == "least" else "DESC(?total)"
    lines = "".join(f"  {line}\n" for line in (*rooted, f"BIND({party} AS ?id)"))
    return (
        f"SELECT ?id ?name (SUM(?worth) AS ?total) WHERE {{\n  {{ {worth} }}\n{lines}"
        "  ?id skos:prefLabel ?name .\n}\n"
        f"GROUP BY ?id ?name ORDER BY {direction} STR(?name) ?id\n"
    )


def _party(plan: Plan) -> tuple[str, list[str]]:
    """The variable of who is ranked, with the line that binds it where it is no end of a deal."""
    if plan.ask == "subject" and plan.subjects:
        return "?root", [_rooted(plan)]
    return ("?subject" if plan.ask == "subject" else "?object"), []


def _amount_query(plan: Plan, kind: Kind, currency: str) -> str:
    found = [*deal_lines(plan, kind), *q.filters(plan.filters)]
    return _ranked(plan, worth_lines(plan.filters, kind, found, currency=currency))


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
    converter = Converter(rates(), plan.into) if plan.into else None
    counted = [(r, figures(r, converter)) for r in records if passes(r, plan.filters)]
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
    if converter:
        notes += [*told(converter), *converter.left]
    kind = plan.relations[0]
    inner = _lowest(plan, kind, chosen)
    direction = "?low" if plan.order == "least" else "DESC(?low)"
    query = (
        "SELECT (?r AS ?id) ?name ?low WHERE {\n  { "
        + inner
        + "  }\n"
        + "\n".join(f"  {line}" for line in q.naming(kind))
        + f"\n}}\nORDER BY {direction} STR(?r)\n"
        + (f"LIMIT {plan.limit}\n" if plan.limit else "")
    )
    columns = ("name", "sum", *RELATION_COLUMNS[1:])
    used = described(converter) if converter and converter.used else None
    return Result(items, query, tuple(notes), columns, rates=used)


def _lowest(plan: Plan, kind: Kind, currency: str) -> str:
    """The part of a query that binds the figure of each relationship, ``?low``."""
    if plan.into:
        parts = ["{ " + q.select("?r ?worth", w, "") + "  }" for w in ways(plan, kind, plan.into)]
        union = "\n  UNION ".join(parts)
        return f"SELECT ?r (MIN(?worth) AS ?low) WHERE {{\n  {union}\n  }} GROUP BY ?r"
    lines = [
        *deal_lines(plan, kind),
        *q.filters(plan.filters),
        *figure_lines(kind),
        f"FILTER(?currency = {q.text(currency)})",
    ]
    return q.select("?r (MIN(?value) AS ?low)", lines, "GROUP BY ?r")
