"""Two relations at once, and two investors at once: overlaps, co-investors, shared labs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import combinations

from kg import vocabulary as v
from kg.model import SYMMETRIC, Kind
from kg.questions import sparql as q
from kg.questions.answer import Item
from kg.questions.plan import Filters, Noun, Plan
from kg.questions.result import VERBS, Result, big_tech, expanded, left_out
from kg.questions.sifting import fits, passes
from kg.questions.world import World, ends
from kg.records import RelationshipRecord

Pair = tuple[str, str]


def held(
    plan: Plan,
    world: World,
    kind: Kind,
    subjects: tuple[str, ...] = (),
    objects: tuple[str, ...] = (),
) -> tuple[dict[Pair, list[RelationshipRecord]], list[RelationshipRecord]]:
    """Pairs between which a kind of relationship counts, and every record looked at."""
    if objects:
        records = world.around(objects, [kind], None if kind in SYMMETRIC else "object")
    elif subjects:
        records = world.around(subjects, [kind], None if kind in SYMMETRIC else "subject")
    else:
        records = world.all_of([kind])
    found: dict[Pair, list[RelationshipRecord]] = defaultdict(list)
    for record in records:
        for subject, object_ in ends(record):
            if (
                subject is None
                or (objects and object_ not in objects)
                or (subjects and subject not in subjects)
            ):
                continue
            if {subject, object_} & set(plan.filters.exclude):
                continue
            if passes(record, plan.filters):
                found[(subject, object_)].append(record)
    return found, records


def suited(filters: Filters, kind: Kind) -> Filters:
    """Of the filters of several relations those that can be said of one: only partnerships have a
    nature, only investments rounds, and who distributes or competes pays nothing for it."""
    if kind is not Kind.PARTNERSHIP:
        filters = replace(filters, nature=None)
    if kind is not Kind.INVESTMENT:
        filters = replace(filters, round=None, instrument=None)
    if kind in (Kind.DISTRIBUTION, Kind.COMPETITION):
        filters = replace(filters, least=None, most=None)
    return filters


def combined(plan: Plan, world: World) -> Result:
    """Who stands in all of several relations to the same other: invests in and distributes."""
    maps, looked_at = [], []
    for kind in plan.relations:
        of_kind = replace(plan, filters=suited(plan.filters, kind))
        pairs, records = held(of_kind, world, kind, plan.subjects, plan.objects)
        maps.append(pairs)
        looked_at += records
    shared = set(maps[0]).intersection(*maps[1:])
    groups: dict[str, list[RelationshipRecord]] = defaultdict(list)
    others: dict[str, set[str]] = defaultdict(set)
    for pair in sorted(shared):
        answer, anchor = pair if plan.ask == "subject" else (pair[1], pair[0])
        if fits(world, answer, plan.answer, big_tech()) and fits(
            world, anchor, plan.other, big_tech()
        ):
            groups[answer] += [r for m in maps for r in m[pair]]
            others[answer].add(world.name(anchor))
    items = [
        Item(world.name(e), v.entity_iri(e), tuple(dict.fromkeys(rs)), {"with": sorted(others[e])})
        for e, rs in groups.items()
    ]
    items.sort(key=lambda i: (i.name.casefold(), i.id))
    lines = []
    if plan.subjects:
        lines.append(q.given(plan, plan.subjects, "?subject", family=False))
    if plan.objects:
        lines.append(q.given(plan, plan.objects, "?object", family=False))
    for n, kind in enumerate(plan.relations, 1):
        lines += [q.pattern(kind, r=f"?r{n}"), *q.filters(suited(plan.filters, kind), f"?r{n}")]
    lines += _excluding(plan, "?subject", "?object")
    asked, anchor = ("?subject", "?object") if plan.ask == "subject" else ("?object", "?subject")
    lines += [*q.noun(plan.answer, asked, big_tech()), *q.noun(plan.other, anchor, big_tech())]
    lines += [f"{asked} skos:prefLabel ?name .", f"BIND({asked} AS ?id)"]
    columns = ("name", "with", "relationship", "amounts", "since", "modality", "quote", "article")
    return Result(
        tuple(items),
        q.select("DISTINCT ?id ?name", lines),
        tuple(left_out(looked_at, plan)),
        columns,
    )


def overlaps(plan: Plan, world: World) -> Result:
    """Deals in which an investor also distributes or competes: what an authority would want to see."""
    invests, records = held(plan, world, Kind.INVESTMENT)
    extra = {k: held(plan, world, k)[0] for k in (Kind.DISTRIBUTION, Kind.COMPETITION)}
    items = []
    for pair, backed in invests.items():
        also = [k for k, m in extra.items() if pair in m]
        if not also:
            continue
        subject, object_ = pair
        if not fits(world, object_, plan.answer, big_tech()):
            continue
        found = [*backed, *(r for k in also for r in extra[k][pair])]
        items.append(
            Item(
                f"{world.name(subject)} – {world.name(object_)}",
                f"{v.entity_iri(subject)} {v.entity_iri(object_)}",
                tuple(dict.fromkeys(found)),
                {"roles": ["invests in", *(VERBS[k] for k in also)]},
            )
        )
    items.sort(key=lambda i: (-len(i.extra["roles"]), i.name.casefold(), i.id))
    blocks = []
    for n, kind in enumerate((Kind.DISTRIBUTION, Kind.COMPETITION), 2):
        lines = [q.pattern(kind, r=f"?r{n}"), *q.filters(plan.filters, f"?r{n}")]
        blocks.append("{ " + "\n    ".join(lines) + " }")
    lines = [
        q.pattern(Kind.INVESTMENT, r="?r1"),
        *q.filters(plan.filters, "?r1"),
        " UNION ".join(blocks),
    ]
    lines += q.noun(plan.answer, "?object", big_tech())
    lines += _pair_lines("?subject", "?object")
    columns = ("name", "roles", "relationship", "amounts", "since", "modality", "quote", "article")
    return Result(
        tuple(items), q.select("DISTINCT ?id ?name", lines), tuple(left_out(records, plan)), columns
    )


def co_investors(plan: Plan, world: World) -> Result:
    """Who backs what an investor backs."""
    roots = expanded(world, plan.subjects, family=not plan.filters.direct)
    mine, _ = held(plan, world, Kind.INVESTMENT, tuple(roots))
    labs = tuple(sorted({o for _, o in mine if fits(world, o, plan.other, big_tech())}))
    found: dict[str, list[RelationshipRecord]] = defaultdict(list)
    shared: dict[str, set[str]] = defaultdict(set)
    records: list[RelationshipRecord] = []
    if labs:
        theirs, records = held(plan, world, Kind.INVESTMENT, (), labs)
        for (subject, object_), rs in theirs.items():
            if subject not in roots and fits(world, subject, plan.answer, big_tech()):
                found[subject] += rs
                shared[subject].add(world.name(object_))
    items = [
        Item(
            world.name(e),
            v.entity_iri(e),
            tuple(dict.fromkeys(rs)),
            {"count": len(shared[e]), "shared": sorted(shared[e])},
        )
        for e, rs in found.items()
    ]
    items.sort(key=lambda i: (-i.extra["count"], i.name, i.id))
    family = not plan.filters.direct
    lines = [
        q.given(plan, plan.subjects, "?one", family=family),
        q.pattern(Kind.INVESTMENT, "?one", "?lab", "?r1"),
        *q.filters(plan.filters, "?r1"),
        *q.noun(plan.other, "?lab", big_tech()),
        q.pattern(Kind.INVESTMENT, "?id", "?lab", "?r2"),
        *q.filters(plan.filters, "?r2"),
        *q.beyond(plan, plan.subjects, "?id", family=family),
        *q.noun(plan.answer, "?id", big_tech()),
        *_excluding(plan, "?id", "?lab"),
        "?id skos:prefLabel ?name .",
    ]
    query = (
        "SELECT ?id ?name (COUNT(DISTINCT ?lab) AS ?count) WHERE {\n"
        + "\n".join(f"  {line}" for line in lines)
        + "\n}\nGROUP BY ?id ?name ORDER BY DESC(?count) STR(?name) ?id\n"
    )
    columns = ("name", "count", "shared")
    return Result(tuple(items), query, tuple(left_out(records, plan)), columns)


def sharing(plan: Plan, world: World) -> Result:
    """Pairs of investors by how many labs both back."""
    pairs, records = held(plan, world, Kind.INVESTMENT)
    by_lab: dict[str, dict[str, list[RelationshipRecord]]] = defaultdict(dict)
    for (subject, object_), rs in pairs.items():
        if fits(world, object_, plan.other, big_tech()) and fits(
            world, subject, plan.answer, big_tech()
        ):
            by_lab[object_][subject] = rs
    shared: dict[Pair, list[str]] = defaultdict(list)
    for lab, investors in by_lab.items():
        for pair in combinations(sorted(investors, key=v.entity_iri), 2):
            shared[pair].append(lab)
    items = []
    for (a, b), labs in shared.items():
        joint = tuple(dict.fromkeys(r for lab in labs for x in (a, b) for r in by_lab[lab][x]))
        items.append(
            Item(
                f"{world.name(a)} – {world.name(b)}",
                f"{v.entity_iri(a)} {v.entity_iri(b)}",
                joint,
                {"count": len(labs), "shared": sorted(map(world.name, labs))},
            )
        )
    items.sort(key=lambda i: (-i.extra["count"], i.name, i.id))
    lines = [
        q.pattern(Kind.INVESTMENT, "?one", "?lab", "?r1"),
        *q.filters(plan.filters, "?r1"),
        q.pattern(Kind.INVESTMENT, "?other", "?lab", "?r2"),
        *q.filters(plan.filters, "?r2"),
        "FILTER(STR(?one) < STR(?other))",
        *q.noun(plan.other, "?lab", big_tech()),
        *q.noun(plan.answer, "?one", big_tech()),
        *q.noun(plan.answer, "?other", big_tech()),
        *_excluding(plan, "?one", "?lab"),
        *_excluding(plan, "?other", "?lab"),
        *_pair_lines("?one", "?other"),
    ]
    query = (
        "SELECT ?id ?name (COUNT(DISTINCT ?lab) AS ?count) WHERE {\n"
        + "\n".join(f"  {line}" for line in lines)
        + "\n}\nGROUP BY ?id ?name ORDER BY DESC(?count) ?name ?id\n"
    )
    if plan.limit:
        items, query = items[: plan.limit], query + f"LIMIT {plan.limit}\n"
    return Result(tuple(items), query, tuple(left_out(records, plan)), ("name", "count", "shared"))


def _pair_lines(one: str, other: str) -> list[str]:
    return [
        f"{one} skos:prefLabel ?name_1 . {other} skos:prefLabel ?name_2 .",
        'BIND(CONCAT(STR(?name_1), " – ", STR(?name_2)) AS ?name)',
        f'BIND(CONCAT(STR({one}), " ", STR({other})) AS ?id)',
    ]


def _excluding(plan: Plan, *variables: str) -> list[str]:
    if not plan.filters.exclude:
        return []
    out = ", ".join(map(q.entity, plan.filters.exclude))
    return [f"FILTER({x} NOT IN ({out}))" for x in variables]


def without(plan: Plan, world: World) -> Result:
    """Labs that nobody of a kind, or nobody at all, backs."""
    big = big_tech()
    pairs, records = held(plan, world, Kind.INVESTMENT)
    roots = expanded(world, plan.subjects, family=True)
    backed = {
        object_
        for subject, object_ in pairs
        if (subject in roots if roots else fits(world, subject, plan.other, big))
    }
    answer = plan.answer if not plan.answer.any else Noun(kind="lab")
    items = []
    for entity_id in listed(world, answer):
        owned = plan.other.big_tech and set(world.owners(entity_id)) & big
        if entity_id not in backed and not owned and entity_id not in plan.filters.exclude:
            items.append(Item(world.name(entity_id), v.entity_iri(entity_id)))
    items.sort(key=lambda i: (i.name.casefold(), i.id))
    inner = [q.given(plan, plan.subjects, "?subject", family=True)] if plan.subjects else []
    inner += [q.pattern(Kind.INVESTMENT, "?subject", "?id"), *q.filters(plan.filters)]
    if not plan.subjects:
        inner += q.noun(plan.other, "?subject", big)
    inner += _excluding(plan, "?subject")
    lines = [*listing_lines(answer), *_excluding(plan, "?id")]
    # Found once; NOT EXISTS would look for it anew for every entity there is.
    lines.append("MINUS {\n    " + "\n    ".join(inner) + "\n  }")
    if plan.other.big_tech:
        giants = ", ".join(map(q.entity, sorted(big)))
        lines.append(
            f"FILTER NOT EXISTS {{ ?id aio:parent* ?owner . FILTER(?owner IN ({giants})) }}"
        )
    return Result(
        tuple(items),
        q.select("DISTINCT ?id ?name", lines),
        tuple(left_out(records, plan)),
        ("name",),
    )


def listed(world: World, noun: Noun) -> list[str]:
    """Every entity that the noun means."""
    from kg.model import EntityKind
    from kg.questions.sifting import KIND_CLASSES

    catalogue = world.catalogue
    if noun.kind == "lab":
        ids = {e.id for e in catalogue.entities(EntityKind.LAB)}
        ids |= {e.developer for e in catalogue.entities(EntityKind.MODEL) if e.developer}
    elif noun.kind:
        kinds = KIND_CLASSES.get(noun.kind) or frozenset({EntityKind(noun.kind)})
        ids = {e.id for kind in kinds for e in catalogue.entities(kind)}
    elif noun.big_tech:
        big = big_tech()
        ids = {i for i in big if world.entity(i) and not big & set(world.owners(i)[1:])}
    else:
        ids = {e.id for e in catalogue.entities()}
    return sorted(i for i in ids if fits(world, i, noun, big_tech()))


def listing_lines(noun: Noun) -> list[str]:
    """The lines that find every entity a noun means, as ``?id`` and ``?name``."""
    lines = ["?id a aio:Entity ; skos:prefLabel ?name .", *q.noun(noun, "?id", big_tech())]
    if noun.big_tech and not noun.kind:  # the companies themselves, not what belongs to them
        giants = ", ".join(map(q.entity, sorted(big_tech())))
        lines.append(f"FILTER(?id IN ({giants}))")
        lines.append(
            f"FILTER NOT EXISTS {{ ?id aio:parent+ ?above . FILTER(?above IN ({giants})) }}"
        )
    return lines
