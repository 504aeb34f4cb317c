"""The graph explorer: its page, the whole graph as compact JSON, evidence for one edge."""

from __future__ import annotations

import gzip
import json

from starlette.responses import JSONResponse, Response

from kg.graph import edge_label
from kg.model import EntityKind, Kind, Modality
from kg.web import views
from kg.web.build import is_built
from kg.web.drawing import packed
from kg.web.rendering import here
from kg.web.snapshots import Snapshot
from kg.web.visits import NotThereError, Visit, visit


@visit
def page(visit: Visit) -> Response:
    """``/explorer``: the frame in which the script draws, or what is missing for it."""
    return visit.page(
        "explorer.html",
        built=is_built(),
        kinds=[(k.value, edge_label(k)) for k in Kind],
        entity_kinds=[k.value for k in EntityKind],
        modalities=[m.value for m in Modality],
    )


@visit
def graph(visit: Visit) -> Response:
    """The graph as arrays; ``docs/serve.md`` describes them. Made once for each snapshot."""
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
