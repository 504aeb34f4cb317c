"""Every reader of something from outside gives values or its own error, and nothing else."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import strategies as st

from kg.dates import is_date, span
from kg.model import KgError
from kg.pipeline.loading import ENDINGS, load
from kg.registry import RegistryError, bundled
from kg.registry import load as load_registry
from kg.resolution import judgements
from kg.resolution.linking import Linker
from kg.store import QueryError, StoreError
from kg.store.embedded import EmbeddedStore
from kg.store.remote_results import solutions, triples
from tests.articles.conftest import pdf, warc
from tests.articles.test_hostile import PIECES, check
from tests.fuzzing.exploring import TRAPS, explore, hostile

pytestmark = pytest.mark.slow
DEFAULT = ox.DefaultGraph()

TEXT = "Acme bought Beta for $5 million on Monday, said The Daily Example."
PAGE = (
    f"<html><head><title>A deal</title></head><body><article><p>{TEXT}</p></article></body></html>"
)
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><item><title>A deal</title>'
    f"<link>https://p.example/a</link><description>{TEXT}</description></item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry><title>A deal</title>'
    f'<updated>2025-01-02T03:04:05Z</updated><content type="html">{TEXT}</content></entry></feed>'
)
SAMPLES: dict[str, bytes] = {
    "a.txt": TEXT.encode(),
    "a.md": f"---\ntitle: A deal\npublished: 2025-01-02\n---\n\n# A deal\n\n{TEXT}\n".encode(),
    "a.html": PAGE.encode(),
    "a.json": json.dumps([{"id": "1", "text": TEXT, "published": "2025-01-02"}]).encode(),
    "a.jsonl": (json.dumps({"id": "1", "text": TEXT}) + "\n").encode() * 3,
    "a.pdf": pdf(TEXT, "A second page."),
    "a.rss": FEED.encode(),
    "a.atom": ATOM.encode(),
    "a.warc": warc(("https://p.example/a", "text/html", PAGE.encode()), compressed=False),
    "a.warc.gz": warc(("https://p.example/a", "text/html", PAGE.encode())),
    "a.txt.gz": gzip.compress(TEXT.encode(), mtime=0),
}

_piece = st.binary(max_size=6) | st.sampled_from(PIECES) | st.sampled_from(TRAPS).map(str.encode)


@st.composite
def spoilt(draw: st.DrawFn, data: bytes) -> bytes:
    """The data with some places overwritten, cut out, repeated or filled with other things."""
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        how = draw(st.sampled_from(["put", "over", "cut", "repeat", "end"]))
        length = draw(st.integers(1, 40))
        if how == "put":
            data = data[:at] + draw(_piece) + data[at:]
        elif how == "over":
            new = draw(_piece)
            data = data[:at] + new + data[at + len(new) :]
        elif how == "cut":
            data = data[:at] + data[at + length :]
        elif how == "repeat":
            data = data[:at] + data[at : at + length] * draw(st.integers(2, 50)) + data[at:]
        else:
            data = data[:at]
    return data


@pytest.mark.parametrize("name", SAMPLES)
def test_readers_of_articles(name: str) -> None:
    explore(f"reader of {name}", lambda data: check(name, data), spoilt(SAMPLES[name]))


REGISTRY = """- id: bolt-labs
  name: Bolt Labs
  kinds: [lab]
  names: [Bolt, "Bolt AI"]
  country: DE
  identifiers: {wikidata: Q1}
"""
TABLE = "id,name,kinds,names,country\nbolt-labs,Bolt Labs,lab,Bolt; Bolt AI,DE\n"


@pytest.mark.parametrize(("name", "text"), [("r.yaml", REGISTRY), ("r.csv", TABLE)])
def test_registries(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name

    def read(data: bytes) -> None:
        path.write_bytes(data)
        try:
            registry = load_registry([path])
        except RegistryError as error:
            assert str(path) in str(error)
            return
        for entity in registry:
            assert entity.id.isascii()
            assert not set(entity.id) & set(' <>"{}|\\^`/#?%')

    explore(f"registry {name}", read, spoilt(text.encode()))


DECISIONS = (
    '{"verdict": "same", "name": "Bolt", "entity": "nvidia", "by": "ada", "at": "2026-01-31"}\n'
    '{"verdict": "reject", "statement": "0123456789abcdef"}\n{"verdict": "undo", "of": "01"}\n'
)


def test_decisions(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"

    def read(data: bytes) -> None:
        path.write_bytes(data)
        try:
            judgements.load(path)
        except judgements.JudgementError as error:
            assert str(path) in str(error)

    explore("decisions", read, spoilt(DECISIONS.encode()))


NQUADS = (
    '<http://example.org/s> <http://example.org/p> "o \\u00e9"@en <http://example.org/g> .\n'
    "<http://example.org/s> <http://example.org/p> <http://example.org/o> .\n"
)
TURTLE = '@prefix e: <http://example.org/> .\ne:s e:p "o", 1.0, [ e:q ( 1 2 ) ] .\n'
JSON_LD = '{"@context": {"e": "http://example.org/"}, "@id": "e:s", "e:p": [{"@id": "e:o"}, 1]}'
RDF_XML = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/">'
    '<rdf:Description rdf:about="http://example.org/s"><e:p>o</e:p></rdf:Description></rdf:RDF>'
)
QUADS = {".nq": NQUADS, ".nt": NQUADS, ".ttl": TURTLE, ".trig": TURTLE, ".jsonld": JSON_LD, ".rdf": RDF_XML}  # fmt: skip


@pytest.mark.parametrize("ending", QUADS)
def test_loading_quads(tmp_path: Path, ending: str) -> None:
    assert set(QUADS) | {".xml"} == set(ENDINGS)
    path = tmp_path / f"a{ending}"
    linker = Linker(bundled())
    with EmbeddedStore(tmp_path / "store").write() as writer:

        def read(data: bytes) -> None:
            path.write_bytes(data)
            writer.remove_graph(DEFAULT)
            for graph in list(writer.graph_names()):
                writer.remove_graph(graph)
            try:
                load(writer, [path], linker)
            except StoreError as error:
                assert str(path) in str(error)

        explore(f"quads in {ending}", read, spoilt(QUADS[ending].encode()))


BINDINGS = (
    '{"head":{"vars":["s","g"]},"results":{"bindings":[{"s":{"type":"uri","value":"http://e/s"},'
    '"g":{"type":"literal","value":"1","xml:lang":"en"}}]}}'
)


def test_answers_of_servers() -> None:
    def read(data: bytes, kind: str) -> None:
        try:
            if kind == "json":
                found: Any = solutions(data, "http://e/sparql")
                for row in found if hasattr(found, "variables") else ():
                    str(row["s"])
            else:
                list(triples(data, "http://e/sparql"))  # type: ignore[arg-type]
        except QueryError as error:
            assert str(error).startswith("http://e/sparql")

    explore("answers of servers: JSON", lambda d: read(d, "json"), spoilt(BINDINGS.encode()))
    explore("answers of servers: triples", lambda d: read(d, "nt"), spoilt(NQUADS[:200].encode()))


def test_dates() -> None:
    def read(text: str) -> None:
        if is_date(text):
            first, last = span(text)
            assert first <= last
            return
        with pytest.raises((ValueError, KgError)):
            span(text)

    shapes = st.from_regex(r"[0-9]{1,5}(-[0-9]{1,3}){0,3}T?", fullmatch=True)
    explore("dates", read, hostile | shapes)
