"""The networkx projection: entities as nodes, relationships as edges.

How a kind is drawn (from which role to which, under which label) is declared in the
ontology by ``aio:edgeSource``, ``aio:edgeTarget`` and ``aio:edgeLabel``; a test holds this
module to it. Only what is
asked for is read from the store: the whole graph, or what lies around some entities.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeAlias

from kg import vocabulary as v
from kg.model import Kind
from kg.rdf.quads import QuadSource
from kg.records import Catalogue, RelationshipRecord

if TYPE_CHECKING:
    import networkx as nx

    Graph: TypeAlias = nx.MultiDiGraph[str]

EDGE_LABELS: dict[Kind, str] = {
    Kind.INVESTMENT: "invests in",
    Kind.DISTRIBUTION: "distributes models of",
    Kind.SCRUTINY: "scrutinises",
    Kind.ACQUISITION: "acquires",
    Kind.PARTNERSHIP: "partners with",
    Kind.COMPETITION: "competes with",
    Kind.RELEASE: "releases",
    Kind.APPOINTMENT: "holds a post at",
    Kind.LITIGATION: "litigates against",
    Kind.HEADQUARTERS: "is based in",
}


def project(
    source: QuadSource,
    *,
    kinds: Iterable[Kind] | None = None,
    around: Iterable[str] | None = None,
    depth: int = 1,
    of: Iterable[RelationshipRecord] | None = None,
    as_of: str | None = None,
    known_by: str | None = None,
) -> Graph:
    """The graph of a snapshot, or of what lies within ``depth`` steps of some entities.

    ``of`` draws relationships that were read before, and nothing else.

    Node keys are entity ids, edge keys relationship ids; ``docs/architecture.md`` lists the
    attributes. A raise whose investor is not named has no edge: it stands in the node
    attribute ``unnamed_raises`` of the company that raised.
    """
    import networkx as nx

    catalogue = Catalogue(source, as_of=as_of, known_by=known_by)
    wanted = tuple(kinds) if kinds is not None else tuple(Kind)
    centre: list[str] = []
    if of is not None:
        records = [r for r in of if r.kind in wanted]
    elif around is None:
        records = catalogue.all_relationships(wanted)
    else:
        centre = list(around)
        records = _neighbourhood(catalogue, centre, wanted, depth)
    graph: Graph = nx.MultiDiGraph(title="AI industry relationships")
    if as_of:
        graph.graph["as_of"] = as_of
    if known_by:
        graph.graph["known_by"] = known_by
    for entity_id in centre:
        _add_node(graph, catalogue, entity_id)
    for record in records:
        _add_edge(graph, catalogue, record)
    return graph


def _neighbourhood(
    catalogue: Catalogue, centre: Iterable[str], kinds: tuple[Kind, ...], depth: int
) -> list[RelationshipRecord]:
    found: dict[str, RelationshipRecord] = {}
    reached: set[str] = set()
    frontier = set(centre)
    for _ in range(depth):
        reached |= frontier
        ring: set[str] = set()
        for entity_id in sorted(frontier):
            for record in catalogue.relationships(entity_id, kinds=kinds):
                found[record.id] = record
                ring |= {e.id for e in (record.subject, record.object) if e}
        frontier = ring - reached
        if not frontier:
            break
    return [found[i] for i in sorted(found)]


def _add_node(graph: Graph, catalogue: Catalogue, entity_id: str) -> None:
    if entity_id in graph:
        return
    entity = catalogue.entity(entity_id)
    attributes: dict[str, Any] = {"label": entity_id, "kind": "organisation", "kinds": ()}
    if entity:
        attributes = {
            "label": entity.name,
            "kind": entity.kind.value,
            "kinds": tuple(k.value for k in entity.kinds),
            "names": entity.all_names[1:],
            "country": entity.country,
            "city": entity.city,
            "parent": entity.parent,
            "developer": entity.developer,
            "released": entity.released,
            "weights": entity.weights,
        }
    known = {k: value for k, value in attributes.items() if value not in (None, ())}
    graph.add_node(entity_id, iri=v.entity_iri(entity_id), **known)


def _add_edge(graph: Graph, catalogue: Catalogue, record: RelationshipRecord) -> None:
    _add_node(graph, catalogue, record.object.id)
    attributes = edge_attributes(record)
    if record.subject is None:
        raises = graph.nodes[record.object.id].setdefault("unnamed_raises", [])
        raises.append(attributes)
        return
    _add_node(graph, catalogue, record.subject.id)
    graph.add_edge(record.subject.id, record.object.id, key=record.id, **attributes)


def edge_attributes(record: RelationshipRecord) -> dict[str, Any]:
    """A relationship as the attributes of its edge; what is not known is absent."""
    s = record.summary
    attributes: dict[str, Any] = {
        "kind": record.kind.value,
        "label": edge_label(record.kind),
        "iri": record.iri,
        "modality": s.modality.value,
        "status": s.status.value if s.status else None,
        "in_force": s.in_force,
        "nature": ", ".join(n.value for n in s.natures) or None,
        "instrument": ", ".join(s.instruments) or None,
        "round": ", ".join(s.rounds) or None,
        "stake_percent": s.stakes[-1] if s.stakes else None,
        "start": s.start,
        "end": s.end,
        "published": s.first_reported,
        "confidence": s.confidence,
        "amounts": tuple(
            {
                "value": a.value,
                "currency": a.currency,
                "role": a.role.value,
                "qualifier": a.qualifier.value,
                "stated": a.stated[0],
                "statement": a.stated_by[0],
            }
            for a in s.amounts
        ),
        "terms": tuple((name, value) for name, value, _ in s.terms),
        "participants": tuple((role, ref.id) for role, ref in record.participants),
        "statements": tuple(
            {
                "id": st.id,
                "quotes": tuple(
                    {"start": q.start, "end": q.end, "quote": q.quote} for q in st.quotes
                ),
                "article": st.article_id,
                "title": st.article.title,
                "url": st.article.url,
                "publisher": st.article.publisher,
                "published": st.article.published,
                "modality": st.modality.value,
                "confidence": st.confidence,
                "extractor": st.extractor,
            }
            for st in record.statements
        ),
    }
    return {k: value for k, value in attributes.items() if value not in (None, ())}


def edge_label(kind: Kind) -> str:
    """What the edge of a kind is called; a test holds it against the ontology."""
    return EDGE_LABELS[kind]
