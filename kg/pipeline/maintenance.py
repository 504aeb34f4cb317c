"""Making a store, keeping its entities in step with the registry, building it anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg import ontology
from kg import vocabulary as v
from kg.model import Extraction
from kg.pipeline.entities import refresh_entities
from kg.pipeline.extraction import Extracted, extract, resolve
from kg.pipeline.ingest import IngestReport, ingest
from kg.rdf import blocks, ownership
from kg.rdf.articles import statement_quads
from kg.rdf.reading import nodes, read_article
from kg.rdf.terms import aio, article_node
from kg.records import Catalogue
from kg.registry import bundled
from kg.resolution.consolidation import block_of
from kg.resolution.linking import Linker
from kg.resources import data_dir
from kg.store import open_store
from kg.store.writer import Writer

if TYPE_CHECKING:
    from pathlib import Path

_DEFAULT = DefaultGraph()
_REGISTRY = NamedNode(v.BASE + "registry")


def sync_registry(writer: Writer, linker: Linker) -> bool:
    """Bring a store in step with the registry and the judgements; False if it was.

    Where they changed, the statements already stored are resolved again by them.
    """
    writer.replace_graph(NamedNode(v.BASE + "ontology"), ontology.graph())
    current = registry_quad(linker)
    stored = list(writer.quads(_REGISTRY, aio("version"), None, _DEFAULT))
    if stored == [current]:
        return False
    writer.remove(stored)
    if stored:
        rebuild(writer, linker)
    refresh_entities(writer, [e.id for e in linker.registry], linker)
    writer.add([current])
    return True


def registry_quad(linker: Linker) -> Quad:
    """Says by which registry and judgements a store's entities were resolved."""
    return Quad(_REGISTRY, aio("version"), Literal(linker.version), _DEFAULT)


def rebuild(writer: Writer, linker: Linker) -> None:
    """Resolve all stored statements again and work out everything derived from them."""
    touched: set[str] = set()
    acquired: set[str] = set()
    entities: set[str] = set()
    for article_id in [i for i, _ in Catalogue(writer).articles()]:
        graph = article_node(article_id)
        before = Catalogue(writer).statements_of_article(article_id)
        article = writer.article(article_id) or read_article(
            nodes(writer.quads(graph, None, None, graph))[graph.value]
        )
        statements = tuple(r.statement for r in before)
        after = resolve(Extraction(article, statements), linker).statements
        kept = {q for q in writer.quads(None, None, None, graph) if _is_kept(q, graph)}
        new = (quad for resolved in after for quad in statement_quads(resolved, graph))
        writer.replace_graph(graph, {*kept, *new})
        acquired |= ownership.acquired((*before, *after))
        for resolved in (*before, *after):
            touched.add(block_of(resolved))
            entities |= {resolved.object, *(e for _, e in resolved.participants)}
            entities |= {resolved.subject} if resolved.subject else set()
    for block in sorted(touched):
        blocks.refresh(writer, block)
    ownership.refresh(writer, sorted(acquired))
    refresh_entities(writer, entities, linker)


def _is_kept(quad: Quad, graph: NamedNode) -> bool:
    """Whether a quad does not depend on resolution: who read the article, what was not read."""
    subject = getattr(quad.subject, "value", "")
    return quad.subject == graph or subject.startswith(
        (f"{graph.value}/unread/", f"{graph.value}#char=")
    )


def bundled_articles() -> list[Path]:
    """The articles that come with the package."""
    return sorted((data_dir() / "articles").glob("*.md"))


def ensure_store(
    location: str | Path,
    *,
    announce: Callable[[str], None],
    on_article: Callable[[Extracted], None] | None = None,
) -> IngestReport | None:
    """Build a store that does not exist yet from the bundled articles; None if it exists."""
    store = open_store(location)
    if store.exists():
        return None
    from kg.articles import read
    from kg.extraction.protocol import load

    paths = bundled_articles()
    announce(f"no store at {store.location} yet: building it from {len(paths)} bundled articles")
    linker = Linker(bundled())
    with store.write() as writer:
        sync_registry(writer, linker)
        return ingest(
            writer,
            extract(read(paths, on_error=_fail), load("rules"), linker),
            linker,
            on_article=on_article,
        )


def _fail(error: Exception) -> None:
    raise error
