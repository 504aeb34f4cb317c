"""What an entity depends on, and what the registry knows of entities."""

from __future__ import annotations

from collections import defaultdict

from kg import vocabulary as v
from kg.model import Kind, Nature
from kg.questions import conditions
from kg.questions import sparql as q
from kg.questions.answer import Item
from kg.questions.pairs import held, listed, listing_lines
from kg.questions.plan import Plan
from kg.questions.result import Result, big_tech, left_out, title
from kg.questions.sifting import fits, passes
from kg.questions.world import World, ends
from kg.records import RelationshipRecord

SUPPLIES = (Nature.COMPUTE, Nature.SUPPLY, Nature.LICENCE, Nature.DATA)
"""Natures of partnerships on which one party depends."""


def dependence(plan: Plan, world: World) -> Result:
    """Backers, distributors and suppliers of an entity (or, the other way, what depends on it)."""
    root = plan.subjects or plan.objects
    forward = bool(plan.subjects)  # what does X depend on: X stands at the object end
    found: dict[str, list[RelationshipRecord]] = defaultdict(list)
    how: dict[str, set[str]] = defaultdict(set)
    looked_at: list[RelationshipRecord] = []
    kinds = (Kind.INVESTMENT, Kind.DISTRIBUTION, Kind.PARTNERSHIP)
    for kind, word in zip(kinds, ("backer", "distributor", ""), strict=True):
        pairs, records = held(plan, world, kind, () if forward else root, root if forward else ())
        looked_at += records
        for (subject, object_), rs in pairs.items():
            answer = subject if forward else object_
            for record in rs:
                natures = [n.value for n in record.summary.natures if n in SUPPLIES]
                if kind is Kind.PARTNERSHIP and not natures:
                    continue
                if fits(world, answer, plan.answer, big_tech()):
                    found[answer].append(record)
                    how[answer] |= set(natures) if kind is Kind.PARTNERSHIP else {word}
    items = [
        Item(world.name(e), v.entity_iri(e), tuple(dict.fromkeys(rs)), {"for": sorted(how[e])})
        for e, rs in found.items()
    ]
    items.sort(key=lambda i: (i.name.casefold(), i.id))
    subject, object_ = ("?id", "?one") if forward else ("?one", "?id")
    listed_natures = ", ".join(q.short(f"{v.SCHEME}nature-{n}") for n in SUPPLIES)
    blocks = []
    for kind in kinds:
        block = q.pattern(kind, subject, object_)
        if kind is Kind.PARTNERSHIP:
            block += f"\n  ?r aio:nature ?nature . FILTER(?nature IN ({listed_natures}))"
        blocks.append("{ " + block + " }")
    lines = [
        q.given(plan, root, "?one", family=False),
        " UNION ".join(blocks),
        *q.filters(plan.filters),
    ]
    lines += q.noun(plan.answer, "?id", big_tech())
    if plan.filters.exclude:
        lines.append(f"FILTER(?id NOT IN ({', '.join(map(q.entity, plan.filters.exclude))}))")
    lines.append("?id skos:prefLabel ?name .")
    columns = ("name", "for", "relationship", "amounts", "since", "modality", "quote", "article")
    return Result(
        tuple(items),
        q.select("DISTINCT ?id ?name", lines),
        tuple(left_out(looked_at, plan)),
        columns,
    )


def listing(plan: Plan, world: World) -> Result:
    """The entities of a kind, country or city."""
    ids = [i for i in listed(world, plan.answer) if i not in plan.filters.exclude]
    kept, notes = conditions.keep(plan, world, ids)
    model = plan.answer.kind == "model"
    facts = _made_facts if model else _facts
    items = [Item(world.name(i), v.entity_iri(i), rs, facts(world, i)) for i, rs in kept.items()]
    items.sort(key=lambda i: (i.name.casefold(), i.id))
    lines = listing_lines(plan.answer)
    if plan.filters.exclude:
        lines.append(f"FILTER(?id NOT IN ({', '.join(map(q.entity, plan.filters.exclude))}))")
    lines += conditions.lines(plan)
    columns = (
        ("name", "maker", "released", "weights") if model else ("name", "kind", "country", "city")
    )
    return Result(tuple(items), q.select("DISTINCT ?id ?name", lines), tuple(notes), columns)


def _facts(world: World, entity_id: str) -> dict[str, str]:
    entity = world.entity(entity_id)
    if entity is None:
        return {}
    return {"kind": entity.kind.value, "country": entity.country or "", "city": entity.city or ""}


def made(plan: Plan, world: World) -> Result:
    """The models an organisation develops or has released, or who makes a model."""
    items: dict[str, list[RelationshipRecord]] = defaultdict(list)
    releases = [Kind.RELEASE]
    if plan.subjects:
        owners = [k for s in plan.subjects for k in world.family(s)]
        for owner in owners:
            for made_id in world.catalogue.kin(owner, "developedBy"):
                if fits(world, made_id, plan.answer):
                    items[made_id] = items[made_id]
        records = world.around(owners, releases, "subject")
    else:
        owners = []
        for one in plan.objects:
            entity = world.entity(one)
            if entity and entity.developer and fits(world, entity.developer, plan.answer):
                items[entity.developer] = items[entity.developer]
        records = world.around(plan.objects, releases, "object")
    for record in records:
        for subject, object_ in ends(record):
            here, there = (subject, object_) if plan.subjects else (object_, subject)
            if there is None or here not in (owners or plan.objects):
                continue
            if passes(record, plan.filters) and fits(world, there, plan.answer):
                items[there].append(record)
    chosen = [
        Item(world.name(e), v.entity_iri(e), tuple(rs), _made_facts(world, e))
        for e, rs in items.items()
    ]
    chosen.sort(key=lambda i: (i.name.casefold(), i.id))
    release = q.pattern(Kind.RELEASE, *(("?maker", "?id") if plan.subjects else ("?id", "?model")))
    filters = "\n    ".join(q.filters(plan.filters))
    if plan.subjects:
        first = q.given(plan, plan.subjects, "?maker", family=True)
        union = f"{{ ?id aio:developedBy ?maker }} UNION {{ {release}\n    {filters} }}"
    else:
        first = q.given(plan, plan.objects, "?model", family=False)
        union = f"{{ ?model aio:developedBy ?id }} UNION {{ {release}\n    {filters} }}"
    lines = [first, union, *q.noun(plan.answer, "?id"), "?id skos:prefLabel ?name ."]
    return Result(
        tuple(chosen),
        q.select("DISTINCT ?id ?name", lines),
        (),
        ("name", "kind", "released", "weights", "quote", "article"),
    )


def _made_facts(world: World, entity_id: str) -> dict[str, str]:
    entity = world.entity(entity_id)
    if entity is None:
        return {}
    return {
        "kind": entity.kind.value,
        "maker": world.name(entity.developer) if entity.developer else "",
        "released": entity.released or "",
        "weights": entity.weights or "",
    }


def _bought(plan: Plan, world: World) -> tuple[RelationshipRecord, ...]:
    """Acquisitions that stand, of an entity by those who are asked about as its owners."""
    records = world.around(plan.subjects, [Kind.ACQUISITION], "object")
    return tuple(
        r for r in records if r.summary.in_force and r.subject and r.subject.id in plan.objects
    )


def _taken_over(deal: RelationshipRecord) -> dict[str, str]:
    """Since when a takeover is one, with the sentence that says that it was carried out."""
    done = deal.summary.steps[-1]
    told = next(s for s in deal.statements if s.id in done.stated_by)
    found = {"article": told.article.title or told.article.source}
    if told.quotes:
        found["quote"] = told.quotes[0].quote
    return found | ({"since": done.date} if done.date else {})


_PROPERTY = {"city": "city", "country": "country", "founded": "founded", "weights": "weights"}


def fact(plan: Plan, world: World) -> Result:
    """One thing the registry knows of an entity: city, country, founding, owner, owned."""
    what = plan.by or ""
    one = plan.subjects[0]
    entity = world.entity(one)
    subject = q.entity(one)
    columns: tuple[str, ...] = ("name", "of")
    if what in ("owner", "owned"):
        if what == "owner":
            ids = world.catalogue.owners(one)
            lines = [f"{subject} {q.OWNERS} ?id ."]
        else:
            ids = [i for i in world.family(one)[1:] if fits(world, i, plan.answer, big_tech())]
            lines = [f"?id {q.OWNERS}+ {subject} . FILTER(?id != {subject})"]
            lines += q.noun(plan.answer, "?id", big_tech())
        if plan.filters.as_of:  # who owned whom on an earlier day no pattern can tell
            lines = [f"VALUES ?id {{ {' '.join(map(q.entity, ids))} }}"]
        lines.append("?id skos:prefLabel ?name .")
        items = []
        for i in ids:
            owned, owner = (one, i) if what == "owner" else world.chain(i, one)[0]
            deal = world.catalogue.takeover(owned, owner)
            extra = {"of": world.name(one), **(_taken_over(deal) if deal else {})}
            items.append(Item(world.name(i), v.entity_iri(i), (deal,) if deal else (), extra))
        items.sort(key=lambda i: (i.name.casefold(), i.id))
        if any(i.relationships for i in items):
            columns = ("name", "of", "since", "quote", "article")
        verdict: str | None = None
        notes: tuple[str, ...] = ()
        if plan.objects:
            kept = [i for i in items if i.key in plan.objects]
            told = () if kept or ids else _bought(plan, world)
            notes = tuple(f"not told to be carried out: {title(r)}" for r in told)
            verdict, items = ("yes" if kept else None if told else "no"), kept
            lines.append(f"FILTER(?id IN ({', '.join(map(q.entity, plan.objects))}))")
        return Result(tuple(items), q.select("DISTINCT ?id ?name", lines), notes, columns, verdict)
    found: list[Item] = []
    query = q.select("?id ?name", [f"BIND({subject} AS ?id) ?id aio:{_PROPERTY[what]} ?name ."])
    value = getattr(entity, what, None) if entity else None
    if value:
        found.append(Item(value, v.entity_iri(one), (), {"of": world.name(one)}))
    if what == "city":
        seats = [
            r
            for r in world.around([one], [Kind.HEADQUARTERS], "subject")
            if passes(r, plan.filters)
        ]
        by_place: dict[str, list[RelationshipRecord]] = defaultdict(list)
        for record in seats:
            by_place[record.object.id].append(record)
        found = [
            Item(world.name(p), v.entity_iri(p), tuple(rs), {"of": world.name(one)})
            for p, rs in by_place.items()
        ] or found
        columns = ("name", "of", "quote", "article")
        stated = [q.pattern(Kind.HEADQUARTERS, subject, "?id"), *q.filters(plan.filters)]
        stated.append("?id skos:prefLabel ?name .")
        if by_place:
            query = q.select("DISTINCT ?id ?name", stated)
    verdict = None
    if plan.op == "exists" and what == "weights":
        verdict = {"open": "yes", "closed": "no"}.get(str(value))
    return Result(tuple(found), query, (), columns, verdict)
