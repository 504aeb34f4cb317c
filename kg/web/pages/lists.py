"""Lists: relationships of a kind, entities of a kind, regulator watch, conflicts."""

from __future__ import annotations

from typing import Any

from pyoxigraph import DefaultGraph, NamedNode
from starlette.responses import Response

from kg import vocabulary as v
from kg import wording
from kg.model import EntityKind, Kind
from kg.records import RelationshipRecord
from kg.resolution.summary import OVER
from kg.web import twins, views
from kg.web.rendering import here, link, words
from kg.web.snapshots import Snapshot
from kg.web.visits import TWINS, NotThereError, Visit, alternatives, visit

_PER_PAGE = 50


def _records(snapshot: Snapshot, kind: Kind) -> list[RelationshipRecord]:
    """All relationships of a kind, the latest first."""
    return snapshot.once(f"kind-{kind}", lambda s: s.catalogue.all_relationships([kind])[::-1])


def _page_number(visit: Visit, total: int) -> int:
    asked = visit.parameter("page")
    last = max(1, -(-total // _PER_PAGE))
    return (
        min(max(int(asked), 1), last)
        if asked.isascii() and asked.isdigit() and len(asked) < 8
        else 1
    )


def _suffix(name: str) -> tuple[str, str | None]:
    start, _, suffix = name.rpartition(".")
    return (start, suffix) if start and suffix in TWINS else (name, None)


@visit
def kind_page(visit: Visit) -> Response:
    """``/kind/{kind}``: every relationship of a kind."""
    name, suffix = _suffix(visit.request.path_params["kind"])
    if name not in set(Kind):
        raise NotThereError(f"There is no kind of relationship called {name!r}.")
    kind = Kind(name)
    records = _records(visit.snapshot, kind)
    if form := suffix or visit.twin():
        return twins.relationships(form, visit.snapshot.reader, records)
    page = _page_number(visit, len(records))
    shown = records[(page - 1) * _PER_PAGE : page * _PER_PAGE]
    return visit.page(
        "kind.html",
        kind=kind.value,
        cards=[views.card(r) for r in shown],
        total=len(records),
        page=page,
        pages=max(1, -(-len(records) // _PER_PAGE)),
        twins=alternatives(f"/kind/{kind}"),
    )


@visit
def entities_page(visit: Visit) -> Response:
    """``/entities/{kind}``: every entity of a kind, by name."""
    name, suffix = _suffix(visit.request.path_params["kind"])
    if name not in set(EntityKind):
        raise NotThereError(f"There is no kind of entity called {name!r}.")
    kind = EntityKind(name)
    found = visit.snapshot.once(
        f"entities-{kind}",
        lambda s: sorted(s.catalogue.entities(kind), key=lambda e: (e.name.casefold(), e.id)),
    )
    if form := suffix or visit.twin():
        return twins.entities(form, visit.snapshot.reader, found)
    return visit.page(
        "entities.html", kind=kind.value, entities=found, twins=alternatives(f"/entities/{kind}")
    )


@visit
def regulators(visit: Visit) -> Response:
    """``/regulators``: who is looking at what, and how it ended."""
    records = _records(visit.snapshot, Kind.SCRUTINY)
    authority = visit.parameter("authority", 100)
    authorities: dict[str, tuple[str, int]] = {}
    for record in records:
        if record.subject:
            _, n = authorities.get(record.subject.id, ("", 0))
            authorities[record.subject.id] = record.subject.name, n + 1
    wanted = [r for r in records if not authority or (r.subject and r.subject.id == authority)]
    if form := visit.form():
        return twins.relationships(form, visit.snapshot.reader, wanted)
    under_way = [r for r in wanted if r.summary.status not in OVER]
    ended = [r for r in wanted if r.summary.status in OVER]
    return visit.page(
        "regulators.html",
        authorities=sorted(authorities.items(), key=lambda a: (-a[1][1], a[1][0])),
        authority=authority,
        sections=[
            ("Under way", [(views.card(r), views.timeline(r)) for r in under_way]),
            ("Ended", [(views.card(r), views.timeline(r)) for r in ended]),
        ],
        twins=alternatives("/regulators", link("", authority=authority)),
    )


@visit
def conflicts(visit: Visit) -> Response:
    """``/conflicts``: figures of one relationship that contradict one another."""
    found = visit.snapshot.once("conflicts", _conflicts)
    if form := visit.form():
        rows: list[tuple[object, ...]] = [
            ("relationship", "one says", "source", "another says", "other source")
        ]
        rows += [
            (c["title"], c["one"], "; ".join(s.text for s in c["one_sources"]), c["other"],
             "; ".join(s.text for s in c["other_sources"]))
            for c in found
        ]  # fmt: skip
        ids = dict.fromkeys(c["id"] for c in found)
        records = [r for i in ids if (r := visit.catalogue.relationship(i))]
        return twins.relationships(form, visit.snapshot.reader, records, rows)
    return visit.page("conflicts.html", conflicts=found, twins=alternatives("/conflicts"))


def _conflicts(snapshot: Snapshot) -> list[dict[str, Any]]:
    amounts = snapshot.reader.quads(None, NamedNode(v.AIO + "conflictsWith"), None, DefaultGraph())
    ids = sorted({q.subject.value.removeprefix(v.ID).partition("#")[0] for q in amounts})
    found: list[dict[str, Any]] = []
    for record in filter(None, map(snapshot.catalogue.relationship, ids)):
        by_id = {s.id: s for s in record.statements}
        stated = record.summary.amounts

        def sources(i: int, record: Any = by_id, stated: Any = stated) -> list[views.Source]:
            return [views.source(record[s]) for s in stated[i].stated_by if s in record]

        for i, amount in enumerate(stated):
            for j in amount.conflicts_with:
                if j > i:
                    other = stated[j]
                    found.append(
                        {
                            "id": record.id,
                            "title": views.title(record),
                            "address": here(record.iri),
                            "kind": record.kind.value,
                            "one": wording.money(amount.value, amount.currency),
                            "one_sources": sources(i),
                            "other": wording.money(other.value, other.currency),
                            "other_sources": sources(j),
                            "role": words(amount.role.value),
                        }
                    )
    return found
