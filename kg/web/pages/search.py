"""Search by name, with suggestions; and articles by the words of their titles."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import JSONResponse, RedirectResponse, Response

from kg.names import fold
from kg.records import Ref
from kg.vocabulary import article_iri, entity_iri
from kg.web import twins
from kg.web.rendering import day, here, link, words
from kg.web.snapshots import Snapshot
from kg.web.visits import Visit, alternatives, visit

_MOST = 40


@dataclass(frozen=True, slots=True)
class Names:
    """Folded names with their entities, and folded titles with their articles."""

    names: tuple[tuple[str, str], ...]
    titles: tuple[tuple[str, str, str, str], ...]


def names(snapshot: Snapshot) -> Names:
    """The names of a snapshot, read once."""
    articles = [
        (fold(a.title or a.source), i, a.title or a.source, a.published or "")
        for i, a in snapshot.catalogue.articles()
    ]
    return Names(
        tuple(sorted(set(snapshot.catalogue.names()))),
        tuple(sorted(articles, key=lambda a: a[3], reverse=True)),
    )


def found(visit: Visit, text: str, limit: int) -> list[Ref]:
    """Entities whose names hold a text: exact, at the beginning, at that of a word, anywhere."""
    key = fold(text)
    if not key:
        return []
    ranked: dict[str, tuple[int, int, str]] = {}
    for name, entity_id in visit.snapshot.once("names", names).names:
        at = name.find(key)
        if at < 0:
            continue
        rank = 0 if name == key else 1 if at == 0 else 2 if name[at - 1] == " " else 3
        mark = (rank, len(name), name)
        if entity_id not in ranked or mark < ranked[entity_id]:
            ranked[entity_id] = mark
    ids = sorted(ranked, key=lambda i: (ranked[i], i))[:limit]
    return [visit.catalogue.ref(i) for i in ids]


def near(visit: Visit, text: str, seen: list[Ref]) -> list[Ref]:
    """Entities with names like a text, where few hold it."""
    if len(seen) > 2 or len(fold(text)) < 3:
        return []
    return [r for r in visit.catalogue.suggest(text, 5) if r not in seen]


@visit
def page(visit: Visit) -> Response:
    """``/search?q=``; with ``go`` a single exact name leads to its page at once."""
    q = visit.parameter("q", 200)
    exact = visit.catalogue.find(q) if q else []
    if visit.parameter("go") and len(exact) == 1:
        return RedirectResponse(here(entity_iri(exact[0].id)), 303)
    key = fold(q)
    refs = found(visit, q, _MOST)
    entities = [e for r in refs if (e := visit.catalogue.entity(r.id))]
    if form := visit.form():
        return twins.entities(form, visit.snapshot.reader, entities)
    titles = [
        (title, here(article_iri(i)), day(published))
        for folded, i, title, published in visit.snapshot.once("names", names).titles
        if key and key in folded
    ][:_MOST]
    like = near(visit, q, refs)
    return visit.page(
        "search.html",
        q=q,
        entities=entities,
        articles=titles,
        near=like,
        twins=alternatives("/search", link("", q=q)) if q else (),
    )


@visit
def suggest(visit: Visit) -> Response:
    """``/suggest?q=``: up to eight names with the addresses of their pages, as JSON."""
    text = visit.parameter("q", 100)
    refs = found(visit, text, 8)
    refs = [*refs, *near(visit, text, refs)][:8]
    shown = []
    for ref in refs:
        entity = visit.catalogue.entity(ref.id)
        kind = words(entity.kind.value) if entity else ""
        shown.append(
            {"id": ref.id, "name": ref.name, "kind": kind, "page": here(entity_iri(ref.id))}
        )
    return JSONResponse(shown)
