"""Ways through the graph: how two are connected, and who is connected most."""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import TYPE_CHECKING

from kg import vocabulary as v
from kg.model import Kind
from kg.questions import sparql as q
from kg.questions.answer import Item
from kg.questions.plan import Plan
from kg.questions.result import Result, big_tech
from kg.questions.sifting import fits, passes
from kg.questions.world import World
from kg.records import RelationshipRecord

if TYPE_CHECKING:
    import networkx as nx

    Ways = nx.Graph[str]

WALKED = tuple(k for k in Kind if k is not Kind.HEADQUARTERS)
"""Kinds that connect: a seat in the same city does not."""
LONGEST = 4
"""Steps in the longest connection that is looked for."""
MOST = 50
"""Connections shown at most."""


def roles() -> str:
    """The roles at the two ends of the kinds that connect."""
    found = {x for k in WALKED for x in (v.TERMS[k].subject, v.TERMS[k].object)}
    return ", ".join(q.short(r) for r in sorted(found))


def hop(n: int, one: str, other: str, plan: Plan) -> list[str]:
    """The lines by which two entities are the ends of one relationship."""
    r = f"?r{n}"
    return [
        f"{r} ?one_{n} {one} ; ?other_{n} {other} .",
        f"FILTER(?one_{n} IN ({roles()}) && ?other_{n} IN ({roles()}) && {one} != {other})",
        *q.filters(plan.filters, r),
    ]


def paths(plan: Plan, world: World) -> Result:
    """The shortest connections between two entities; with ``order`` short, those a step longer too.

    Read outwards from both ends, the smaller front first: the edges of every way of n steps
    are known once n rings have been read in all, so little more than what lies between is
    taken from the store.
    """
    import networkx as nx

    source, target = plan.subjects[0], plan.objects[0]
    graph: Ways = nx.Graph()
    graph.add_nodes_from((source, target))
    reached = {source: {source}, target: {target}}
    front = {source: {source}, target: {target}}
    rings, length = 0, 0
    while rings < (min(length + 1, LONGEST) if length and plan.order == "short" else LONGEST):
        live = [s for s in front if front[s]]
        if not live or (length and plan.order != "short"):
            break
        start = min(live, key=lambda s: (len(front[s]), s))
        front[start] = _grow(plan, world, graph, front[start]) - reached[start]
        reached[start] |= front[start]
        rings += 1
        if not length and nx.has_path(graph, source, target):
            length = int(nx.shortest_path_length(graph, source, target))
    if not length:
        query = _path_query(plan, [LONGEST])
        return Result((), query, (f"no connection of at most {LONGEST} steps",), ("name",))
    lengths = [length]
    if plan.order == "short" and length < LONGEST:
        lengths.append(length + 1)
    ways = nx.all_simple_paths(graph, source, target, cutoff=lengths[-1])
    found = sorted(ways, key=lambda p: (len(p), [world.name(i) for i in p], p))
    items = [_item(world, graph, path) for path in found[:MOST]]
    notes = [f"the first {MOST} of {len(found)} connections"] if len(found) > MOST else []
    columns = ("name", "steps", "relationship", "since", "modality", "quote", "article")
    return Result(tuple(items), _path_query(plan, lengths), tuple(notes), columns)


def _grow(plan: Plan, world: World, graph: Ways, front: set[str]) -> set[str]:
    """Read what lies around the front; the entities reached."""
    ring: set[str] = set()
    for record in world.around(sorted(front), WALKED):
        one, other = record.subject.id if record.subject else None, record.object.id
        if one is None or one == other or not passes(record, plan.filters):
            continue
        if {one, other} & set(plan.filters.exclude) or not {one, other} & front:
            continue
        known = graph.get_edge_data(one, other)
        records: dict[str, RelationshipRecord] = known["records"] if known else {}
        records[record.id] = record
        graph.add_edge(one, other, records=records)
        ring |= {one, other}
    return ring


def _item(world: World, graph: Ways, path: list[str]) -> Item:
    records: list[RelationshipRecord] = []
    for one, other in itertools.pairwise(path):
        edge = graph.edges[one, other]["records"]
        records += [edge[i] for i in sorted(edge)]
    names = [world.name(i) for i in path]
    return Item(
        " – ".join(names),
        " ".join(v.entity_iri(i) for i in path),
        tuple(records),
        {"path": names, "steps": len(path) - 1},
    )


def _path_query(plan: Plan, lengths: list[int]) -> str:
    blocks = [_way_lines(plan, length) for length in lengths]
    if len(blocks) == 1:
        return q.select("DISTINCT ?id ?name", blocks[0])
    parts = ["{\n" + "\n".join(f"    {line}" for line in b) + "\n  }" for b in blocks]
    return q.select("DISTINCT ?id ?name", ["\n  UNION\n  ".join(parts)])


def _way_lines(plan: Plan, length: int) -> list[str]:
    inner = [f"?n{i}" for i in range(1, length)]
    nodes = [q.entity(plan.subjects[0]), *inner, q.entity(plan.objects[0])]
    lines: list[str] = []
    for n, (one, other) in enumerate(itertools.pairwise(nodes), 1):
        lines += hop(n, one, other, plan)
    for n, one in enumerate(nodes):
        lines += [f"FILTER({one} != {other})" for other in nodes[n + 2 :]]
    if plan.filters.exclude and inner:
        out = ", ".join(map(q.entity, plan.filters.exclude))
        lines += [f"FILTER({x} NOT IN ({out}))" for x in inner]
    lines += [f"{node} skos:prefLabel ?name_{n} ." for n, node in enumerate(nodes)]
    joined = ', " – ", '.join(f"STR(?name_{n})" for n in range(len(nodes)))
    ids = ', " ", '.join(f"STR({n})" for n in nodes)
    return [*lines, f"BIND(CONCAT({joined}) AS ?name)", f"BIND(CONCAT({ids}) AS ?id)"]


def central(plan: Plan, world: World) -> Result:
    """Entities by how many others they are related to."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    records: dict[str, list[RelationshipRecord]] = defaultdict(list)
    for record in world.all_of(WALKED):
        one, other = record.subject.id if record.subject else None, record.object.id
        if one is None or one == other or not passes(record, plan.filters):
            continue
        for here, there in ((one, other), (other, one)):
            if here in plan.filters.exclude or there in plan.filters.exclude:
                continue
            neighbours[here].add(there)
            records[here].append(record)
    items = [
        Item(world.name(e), v.entity_iri(e), tuple(dict.fromkeys(records[e])), {"count": len(near)})
        for e, near in neighbours.items()
        if fits(world, e, plan.answer, big_tech())
    ]
    items.sort(key=lambda i: (-i.extra["count"], i.name, i.id))
    lines = [*hop(1, "?id", "?neighbour", plan), *q.noun(plan.answer, "?id", big_tech())]
    if plan.filters.exclude:
        out = ", ".join(map(q.entity, plan.filters.exclude))
        lines.append(f"FILTER(?id NOT IN ({out}) && ?neighbour NOT IN ({out}))")
    lines.append("?id skos:prefLabel ?name .")
    query = (
        "SELECT ?id ?name (COUNT(DISTINCT ?neighbour) AS ?count) WHERE {\n"
        + "\n".join(f"  {line}" for line in lines)
        + "\n}\nGROUP BY ?id ?name ORDER BY DESC(?count) STR(?name) ?id\n"
    )
    if plan.limit:
        items, query = items[: plan.limit], query + f"LIMIT {plan.limit}\n"
    return Result(tuple(items), query, (), ("name", "count"))
