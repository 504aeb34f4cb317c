"""Backups of a store on a server, their return, and what may be wrong with it.

A backup is a folder that `--store BACKUP` reads, as that of an embedded store is. Restoring
sends the server what differs, an article at a time: a restore that breaks off is completed by
running it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.store.doctor import Finding
from kg.store.embedded import EmbeddedStore
from kg.store.errors import StoreError
from kg.store.files import remove_tree, sync_directory
from kg.store.maintenance import Copied
from kg.store.protocol import Reader
from kg.store.remote import RemoteStore
from kg.store.remote_results import STAGING
from kg.vocabulary import ARTICLE


def backup(store: RemoteStore, target: Path) -> Copied:
    """Copy what the server holds, and the texts kept on this machine, to a new folder.

    What others change meanwhile may be in the copy or not. Raises StoreError if
    ``target`` exists.
    """
    if target.exists():
        raise StoreError(f"{target}: exists already; name a folder that does not")
    unfinished = target.with_name(target.name + ".unfinished")
    remove_tree(unfinished)
    articles = 0
    copy = EmbeddedStore(unfinished)
    with store.read() as reader, copy.write() as writer:
        writer.bulk_load(reader.quads())
        for article in reader.articles():
            articles += writer.put_article(article)
        version = writer.publish()
        size = sum(size for size, _ in copy.layout.describe(version).files.values())
    unfinished.replace(target)
    sync_directory(target.absolute().parent)
    return Copied(store.location, str(target), version, size, articles)


def restore(source: Path, store: RemoteStore) -> Copied:
    """Make the server hold what a backup holds, and nothing else.

    Raises StoreError naming the server if it refuses or breaks off; what was sent stays.
    """
    origin = EmbeddedStore(source)
    with origin.read() as reader, store.write() as writer:
        snapshot = origin.layout.describe(reader.version)
        kept = set(reader.graph_names())
        for name in [*kept, *(g for g in writer.graph_names() if g not in kept)]:
            if isinstance(name, ox.NamedNode):
                writer.replace_graph(name, reader.quads(graph=name))
        writer.replace_graph(ox.DefaultGraph(), reader.quads(graph=ox.DefaultGraph()))
        articles = {article.id: article for article in reader.articles()}
        for article in list(writer.articles()):
            if article.id not in articles:
                writer.remove_article(article.id)
        for article in articles.values():
            writer.put_article(article)
    size = sum(size for size, _ in snapshot.files.values())
    return Copied(str(source), store.location, reader.version, size, len(articles))


def doctor(store: RemoteStore) -> list[Finding]:
    """What is wrong with a store on a server, as far as it can be seen from here."""
    place = store.location
    try:
        with store.read() as reader:
            return [*_leftovers(reader, place), *_without_text(reader, place)]
    except StoreError as error:
        problem, _, remedy = str(error).removeprefix(f"{store.location}: ").partition("; ")
        return [Finding(place, problem, remedy or "ask whoever runs the server")]


def _staging(reader: Reader) -> list[str]:
    """Graphs that hold uploads which are not complete."""
    query = f'SELECT ?g {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{STAGING}")) }} GROUP BY ?g'
    rows = reader.query(query)
    names = [row["g"] for row in rows] if isinstance(rows, ox.QuerySolutions) else []
    return [name.value for name in names if isinstance(name, ox.NamedNode)]


def _leftovers(reader: Reader, place: str) -> Iterator[Finding]:
    if count := len(_staging(reader)):
        yield Finding(
            place,
            f"{count} uploads broke off; what they sent is hidden from readers",
            "run the command that broke off again; `kg doctor --repair` removes what it left",
            serious=False,
        )


def _without_text(reader: Reader, place: str) -> Iterator[Finding]:
    kept = {article.id for article in reader.articles()}
    names = (g.value for g in reader.graph_names() if isinstance(g, ox.NamedNode))
    missing = {name.removeprefix(ARTICLE) for name in names if name.startswith(ARTICLE)} - kept
    if missing:
        yield Finding(
            place,
            f"the texts of {len(missing)} articles are not kept on this machine",
            "nothing if another machine ingested them; else ingest them again",
            serious=False,
        )


def repair(store: RemoteStore) -> list[Finding]:
    """Remove what broken uploads left, and return what was found."""
    found = doctor(store)
    if found:
        with store.write() as writer:
            for name in _staging(writer):
                writer.update(f"DROP SILENT GRAPH <{name}>")
    return found
