"""The first page: what is new, where to begin."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import DefaultGraph, NamedNode
from starlette.responses import Response

from kg import vocabulary as v
from kg.model import EntityKind, Kind
from kg.queries import competency_questions
from kg.web import twins
from kg.web.snapshots import Snapshot
from kg.web.views import card
from kg.web.visits import Visit, alternatives, visit

_NEWEST = """
SELECT ?r (MAX(?day) AS ?newest) WHERE {
  ?r aio:lastReported ?day ; aio:statement ?s .
} GROUP BY ?r ORDER BY DESC(?newest) ?r LIMIT 12
"""
_ROLES = "|".join(
    f"<{role}>"
    for role in sorted(
        {
            r
            for kind, t in v.TERMS.items()
            if kind is not Kind.HEADQUARTERS
            for r in (t.subject, t.object)
        }
    )
)
_BUSIEST = f"""
SELECT ?e (SAMPLE(?name) AS ?label) (COUNT(DISTINCT ?r) AS ?n) WHERE {{
  ?r {_ROLES} ?e . ?e skos:prefLabel ?name .
}} GROUP BY ?e ORDER BY DESC(?n) ?e LIMIT 14
"""
QUESTIONS = (
    "Which labs does Microsoft back?",
    "Who invests in Mistral AI?",
    "Which regulators are looking at Microsoft?",
    "Who distributes the models of Anthropic?",
    "Which deals were announced in 2024?",
)


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts and the newest of one snapshot."""

    articles: int
    relationships: dict[str, int]
    entities: dict[str, int]
    newest: tuple[str, ...]
    busiest: tuple[tuple[str, str, int], ...]


@visit
def page(visit: Visit) -> Response:
    """``/``."""
    seen = visit.snapshot.once("overview", overview)
    records = [r for i in seen.newest if (r := visit.catalogue.relationship(i))]
    if form := visit.form():
        return twins.relationships(form, visit.snapshot.reader, records)
    return visit.page(
        "home.html",
        twins=alternatives("/index"),
        seen=seen,
        cards=[card(r) for r in records],
        questions=QUESTIONS,
        queries=len(competency_questions()),
    )


def overview(snapshot: Snapshot) -> Overview:
    """Look over a snapshot once."""
    reader = snapshot.reader
    typed = NamedNode(v.RDF + "type")

    def counted(cls: str, graph: object = DefaultGraph()) -> int:
        return sum(1 for _ in reader.quads(None, typed, NamedNode(cls), graph))

    return Overview(
        counted(v.SCHEMA + "NewsArticle", None),
        {k.value: n for k in Kind if (n := counted(v.TERMS[k].cls))},
        {k.value: n for k in EntityKind if (n := counted(v.ENTITY_CLASS[k]))},
        tuple(row["r"].value.removeprefix(v.ID) for row in reader.query(_NEWEST)),
        tuple(
            (row["e"].value.removeprefix(v.ID), row["label"].value, int(row["n"].value))
            for row in reader.query(_BUSIEST)
        ),
    )
