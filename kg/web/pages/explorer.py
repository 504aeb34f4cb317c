"""The graph explorer: its page, the whole graph as compact JSON, evidence for one edge."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from starlette.responses import JSONResponse, Response

from kg import vocabulary as v
from kg.export.palette import edge_colour, hex_colour, node_colour
from kg.graph import edge_label
from kg.model import SYMMETRIC, EntityKind, Kind, Modality
from kg.web import views
from kg.web.rendering import here
from kg.web.snapshots import Snapshot
from kg.web.visits import NotThereError, Visit, visit

BUILT = Path(__file__).parents[1] / "static" / "built"
"""Where ``python -m kg.web.build`` puts the explorer's script; not in the repository."""

_RELATIONSHIPS = """
SELECT ?r ?s ?o ?modality ?status ?start ?end ?first ?last WHERE {{
  ?r a <{cls}> ; <{subject}> ?s ; <{object}> ?o ; aio:modality ?modality .
  {symmetric}
  OPTIONAL {{ ?r aio:status ?status }}
  OPTIONAL {{ ?r aio:startDate ?start }}
  OPTIONAL {{ ?r aio:endDate ?end }}
  OPTIONAL {{ ?r aio:firstReported ?first }}
  OPTIONAL {{ ?r aio:lastReported ?last }}
}}
"""
_AMOUNTS = """
SELECT ?r ?value ?currency WHERE {
  ?r aio:amount ?a . ?a schema:value ?value ; schema:currency ?currency ; aio:amountRole ?role .
  FILTER (?role NOT IN (scheme:amount-role-valuation))
}
"""
_LABELS = "SELECT ?e ?name WHERE { ?e a aio:Entity ; skos:prefLabel ?name }"
_ORDER = list(Modality)
_KINDS = list(Kind)
_ENTITY_KINDS = list(EntityKind)


@visit
def page(visit: Visit) -> Response:
    """``/explorer``: the frame in which the script draws, or what is missing for it."""
    return visit.page(
        "explorer.html",
        built=(BUILT / "explorer.js").is_file(),
        kinds=[(k.value, edge_label(k)) for k in Kind],
        entity_kinds=[k.value for k in EntityKind],
        modalities=[m.value for m in Modality],
    )


@visit
def graph(visit: Visit) -> Response:
    """The graph as arrays; ``docs/web.md`` describes them. Made once for each snapshot."""
    body = visit.snapshot.once("explorer", _packed)
    headers = {"Vary": "Accept, Accept-Encoding"}
    if "gzip" in visit.request.headers.get("accept-encoding", ""):
        return Response(
            body, headers={**headers, "Content-Encoding": "gzip"}, media_type="application/json"
        )
    return Response(gzip.decompress(body), headers=headers, media_type="application/json")


@visit
def evidence(visit: Visit) -> Response:
    """What an edge rests on: ``/explorer/evidence/{relationship}``."""
    name = visit.request.path_params["name"]
    record = visit.catalogue.relationship(name) if "/" in name and _plain(name) else None
    if record is None:
        raise NotThereError(f"There is no relationship {name!r} in the graph.")
    shown = views.card(record)
    return JSONResponse(
        {
            "title": views.title(record),
            "page": here(record.iri),
            "kind": record.kind.value,
            "since": shown.since,
            "modality": shown.modality,
            "status": shown.status,
            "amounts": shown.amounts,
            "terms": shown.terms,
            "statements": [
                {
                    "quotes": told["quotes"],
                    "source": told["source"].text,
                    "page": told["source"].page,
                    "modality": told["modality"],
                }
                for told in map(views.statement, record.statements[:20])
            ],
            "more": max(0, len(record.statements) - 20),
        }
    )


def _plain(name: str) -> bool:
    return all(c.isalnum() or c in "/.-_~" for c in name)


def _packed(snapshot: Snapshot) -> bytes:
    return gzip.compress(json.dumps(packed(snapshot), separators=(",", ":")).encode(), 5)


def packed(snapshot: Snapshot) -> dict[str, Any]:
    """Nodes ``[id, label, kind]``, edges ``[id, source, target, kind, modality, status, start, end,
    first report, largest sum, currency]``; numbers stand for places in the lists before them."""
    reader = snapshot.reader
    sums: dict[str, tuple[float, str]] = {}
    for row in reader.query(_AMOUNTS):
        key, value = row["r"].value, float(row["value"].value)
        if key not in sums or value > sums[key][0]:
            sums[key] = value, row["currency"].value
    index: dict[str, int] = {}
    edges: list[list[Any]] = []
    statuses: dict[str, int] = {}

    def node(iri: str) -> int:
        return index.setdefault(iri, len(index))

    for number, kind in enumerate(_KINDS):
        terms = v.TERMS[kind]
        symmetric = "FILTER (STR(?s) < STR(?o))" if kind in SYMMETRIC else ""
        query = _RELATIONSHIPS.format(
            cls=terms.cls, subject=terms.subject, object=terms.object, symmetric=symmetric
        )
        seen: set[str] = set()
        for row in reader.query(query):
            iri = row["r"].value
            if iri in seen:
                continue
            seen.add(iri)
            largest = sums.get(iri)
            modality = row["modality"].value.rpartition("/")[2].removeprefix("modality-")
            status = _code(row["status"])
            edges.append(
                [
                    iri.removeprefix(v.ID),
                    node(row["s"].value),
                    node(row["o"].value),
                    number,
                    _ORDER.index(Modality(modality)),
                    statuses.setdefault(status, len(statuses)) if status else -1,
                    _value(row["start"]),
                    _value(row["end"]),
                    _value(row["first"]),
                    largest[0] if largest else None,
                    largest[1] if largest else None,
                ]
            )
    labels = {row["e"].value: row["name"].value for row in reader.query(_LABELS)}
    nodes = []
    for iri in index:
        entity = snapshot.catalogue.entity(iri.removeprefix(v.ID))
        drawn = entity.kind if entity else EntityKind.ORGANISATION
        nodes.append([iri.removeprefix(v.ID), labels.get(iri, iri), _ENTITY_KINDS.index(drawn)])
    return {
        "version": snapshot.key,
        "kinds": [
            [k.value, edge_label(k), hex_colour(edge_colour(k.value)), k in SYMMETRIC]
            for k in _KINDS
        ],
        "entityKinds": [[k.value, hex_colour(node_colour(k.value))] for k in _ENTITY_KINDS],
        "modalities": [m.value for m in _ORDER],
        "statuses": list(statuses),
        "nodes": nodes,
        "edges": edges,
    }


def _value(term: Any) -> str | None:
    return None if term is None else str(term.value)


def _code(term: Any) -> str | None:
    if term is None:
        return None
    name = str(term.value).rpartition("/")[2]
    return name.removeprefix("status-").replace("_", " ")
