"""``/article/...``: an article with its facts marked, or with short quotes where the text is
not kept."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode
from starlette.responses import RedirectResponse, Response

from kg import vocabulary as v
from kg.model import SYMMETRIC, Resolved
from kg.records import RelationshipRecord
from kg.web import twins, views
from kg.web.rendering import day, here, words
from kg.web.visits import TWINS, NotThereError, Visit, alternatives, visit

_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text under the same facts; ``first`` are those that begin here."""

    text: str
    facts: tuple[int, ...]
    kind: str
    first: tuple[int, ...]
    ends: tuple[int, ...]


@visit
def page(visit: Visit) -> Response:
    """An article, as a page or as data; a statement's IRI leads to its relationship."""
    name, _, suffix = visit.request.path_params["name"].partition(".")
    form = suffix or None
    article_id, _, rest = name.partition("/")
    article = visit.snapshot.reader.article(article_id) if _ID.fullmatch(article_id) else None
    if article is None and _ID.fullmatch(article_id):
        article = next((a for i, a in visit.catalogue.articles() if i == article_id), None)
    if article is None or (form and form not in TWINS):
        raise NotThereError("There is no article by this id in the graph.")
    records = _records(visit, article_id)
    if rest:
        for record in records:
            if any(rest == f"statement/{s.id}" for s in record.statements):
                return RedirectResponse(f"{here(record.iri)}#s-{rest.partition('/')[2]}", 303)
        raise NotThereError("There is no statement by this id in the graph.")
    form = form or visit.twin()
    if form:
        graph = NamedNode(v.article_iri(article_id))
        quads = visit.snapshot.reader.quads(None, None, None, graph)
        return twins.answer(form, quads, twins.statement_rows(_only(records, article_id)))
    facts = sorted(visit.catalogue.statements_of_article(article_id), key=_order)
    text = article.text if visit.shared.settings.whole_texts else ""
    by_statement = {s.id: r for r in records for s in r.statements}
    address = here(v.article_iri(article_id))
    return visit.page(
        "article.html",
        article=article,
        article_id=article_id,
        published=day(article.published),
        paragraphs=_paragraphs(text, facts),
        facts=[_fact(n, f, by_statement.get(f.statement.id)) for n, f in enumerate(facts, 1)],
        twins=alternatives(address),
    )


def _records(visit: Visit, article_id: str) -> list[RelationshipRecord]:
    """The relationships that the article says something of."""
    start = v.article_iri(article_id) + "/statement/"
    found: dict[str, RelationshipRecord] = {}
    for resolved in visit.catalogue.statements_of_article(article_id):
        iri = NamedNode(start + resolved.statement.id)
        for quad in visit.snapshot.reader.quads(None, NamedNode(v.AIO + "statement"), iri):
            name = getattr(quad.subject, "value", "").removeprefix(v.ID)
            if name not in found and (record := visit.catalogue.relationship(name)):
                found[name] = record
    return list(found.values())


def _only(records: list[RelationshipRecord], article_id: str) -> list[RelationshipRecord]:
    from dataclasses import replace

    return [
        replace(r, statements=tuple(s for s in r.statements if s.article_id == article_id))
        for r in records
    ]


def _order(resolved: Resolved) -> tuple[int, int, str]:
    told = resolved.statement
    return min(e.start for e in told.evidence), told.object.start, told.id


def _fact(number: int, resolved: Resolved, record: RelationshipRecord | None) -> dict[str, Any]:
    told = resolved.statement
    return {
        "number": number,
        "id": told.id,
        "kind": told.kind.value,
        "subject": told.subject.name if told.subject else views.UNNAMED,
        "object": told.object.name,
        "arrow": "↔" if told.kind in SYMMETRIC else "→",
        "title": views.title(record) if record else "",
        "address": here(record.iri) if record else None,
        "modality": told.modality.value,
        "status": words(told.status.value) if told.status else "",
        "date": day(told.date),
        "stated": [a.stated for a in told.amounts],
        "quotes": [" ".join(e.quote.split()) for e in told.evidence],
    }


def _paragraphs(text: str, facts: list[Resolved]) -> list[list[Piece]]:
    """The text cut wherever evidence begins or ends, line by line; offsets are code points."""
    spans = [
        (e.start, e.end, n)
        for n, fact in enumerate(facts, 1)
        for e in fact.statement.evidence
        if 0 <= e.start < e.end <= len(text)
    ]
    found: list[list[Piece]] = []
    begun: set[int] = set()
    last = {n: max(e for _, e, m in spans if m == n) for _, _, n in spans}
    for line in re.finditer(r"[^\n]+", text):
        start, end = line.span()
        cuts = {start, end} | {x for s in spans for x in s[:2] if start < x < end}
        places = sorted(cuts)
        pieces = []
        for a, b in itertools.pairwise(places):
            over = tuple(n for s, e, n in spans if s <= a and b <= e)
            first = tuple(n for n in over if n not in begun)
            begun.update(first)
            kind = facts[over[0] - 1].statement.kind.value if over else ""
            pieces.append(
                Piece(text[a:b], over, kind, first, tuple(n for n in over if last[n] == b))
            )
        if any(p.text.strip() for p in pieces):
            found.append(pieces)
    return found
