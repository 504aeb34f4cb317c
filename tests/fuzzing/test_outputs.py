"""Whatever names and texts hold, IRIs are IRIs, queries are queries and exports can be read."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import zipfile
from dataclasses import replace
from functools import lru_cache
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest
from hypothesis import strategies as st
from lxml import etree

from kg.export import export_graph
from kg.model import Article, Entity, EntityKind, Evidence, KgError, Mention, Resolved
from kg.questions import ask
from kg.rdf.dumps import FORMATS, dump, load
from kg.resolution.linking import entity_from_mentions, new_entity_id
from kg.vocabulary import PREFIXES, entity_iri
from tests.export.graphs import small
from tests.fuzzing.exploring import explore, hostile
from tests.questions.agreement import disagreement
from tests.questions.industry import industry
from tests.questions.memory import Memory
from tests.strategies import resolved_statements

pytestmark = pytest.mark.slow

_ID = re.compile(r"[a-z0-9][a-z0-9.-]*")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def test_names_make_ids() -> None:
    def check(name: str) -> None:
        made = new_entity_id(name)
        assert _ID.fullmatch(made)
        iri = ox.NamedNode(entity_iri(made))
        quad = ox.Quad(iri, iri, ox.Literal(name))
        [back] = ox.parse(f"{quad} .".encode(), ox.RdfFormat.N_QUADS)
        assert back == quad

    explore("ids of names", check, hostile)


@st.composite
def graphs(draw: st.DrawFn) -> Memory:
    """A small graph whose names, quotes and metadata are hostile."""
    statements: list[Resolved] = draw(st.lists(resolved_statements(), min_size=1, max_size=3))
    text = draw(hostile)
    article = Article(
        text, draw(hostile), title=draw(hostile), publisher=draw(hostile), url=draw(hostile)
    )
    entities: dict[str, Entity] = {}

    def named(mention: Mention | None) -> tuple[Mention, str]:
        renamed = replace(mention, text=draw(hostile), name=draw(hostile), entity=None)  # type: ignore[type-var]
        entity = entity_from_mentions([renamed])
        entities[entity.id] = entity
        return renamed, entity.id

    said = []
    for resolved in statements:
        object_, object_id = named(resolved.statement.object)
        subject, subject_id = named(resolved.statement.subject or resolved.statement.object)
        parties = [(role, *named(m)) for role, m in resolved.statement.participants]
        statement = replace(
            resolved.statement,
            article=article.id,
            object=object_,
            subject=subject,
            participants=tuple((role, m) for role, m, _ in parties),
            evidence=(Evidence(0, len(text), text),),
            terms=((draw(hostile), draw(hostile)),),
            round=draw(st.none() | hostile),
            instrument=draw(st.none() | hostile),
        )
        ids = tuple((role, i) for role, _, i in parties)
        said.append(Resolved(statement, subject_id, object_id, ids, resolved.published))
    return Memory(entities.values(), [(article, said)])


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "rdfxml"])
def test_rdf_comes_back_whole(name: str) -> None:
    def check(memory: Memory) -> None:
        stream = io.BytesIO()
        dump(memory, stream, name)
        back = load(stream.getvalue(), name)
        assert set(memory.store) <= back

    explore(f"RDF as {name}", check, graphs())


def test_rdf_xml_says_what_it_cannot_hold() -> None:
    def check(memory: Memory) -> None:
        everything = set(memory.store)
        texts = [q.object.value for q in everything if isinstance(q.object, ox.Literal)]
        stream = io.BytesIO()
        if any(map(_ILLEGAL.search, texts)):
            with pytest.raises(KgError, match="RDF/XML has no way to write"):
                dump(memory, stream, "rdfxml")
            return
        dump(memory, stream, "rdfxml")
        etree.fromstring(stream.getvalue())
        assert everything <= load(stream.getvalue(), "rdfxml")

    explore("RDF as rdfxml", check, graphs())


@st.composite
def projections(draw: st.DrawFn) -> nx.MultiDiGraph[str]:
    """The projection of ``tests.export.graphs`` with hostile texts for its own."""
    texts = draw(st.lists(hostile, min_size=8, max_size=8))

    def spoil(value: Any, at: int) -> Any:
        if isinstance(value, tuple):
            return tuple(spoil(v, at + i) for i, v in enumerate(value))
        if isinstance(value, dict):
            kept = ("value", "currency", "role", "qualifier", "start", "end", "modality")
            kept += ("confidence", "published")
            return {
                k: v if k in kept else spoil(v, at + i) for i, (k, v) in enumerate(value.items())
            }
        return texts[at % 8] if isinstance(value, str) else value

    graph = small()
    graph.graph["title"] = texts[0]
    for i, (_, data) in enumerate(graph.nodes(data=True)):
        for key in ("label", "names", "city"):
            if key in data:
                data[key] = spoil(data[key], i)
    for i, (*_, data) in enumerate(graph.edges(data=True)):
        for key in ("instrument", "round", "terms", "statements", "amounts"):
            if key in data:
                data[key] = spoil(data[key], i)
    return graph


def _xml(data: bytes) -> None:
    root = etree.fromstring(data)
    assert not any(_ILLEGAL.search(text) for text in root.itertext())


def _json(data: bytes) -> None:
    json.loads(data, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))


def _csv(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            text = archive.read(part).decode("utf-8-sig")
            head, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
            assert rows
            for row in rows:
                assert len(row) == len(head)
                for cell in row:
                    number = re.fullmatch(r"[-+]?[0-9.]+(e[-+]?[0-9]+)?", cell)
                    assert number or not cell.lstrip().startswith(("=", "+", "-", "@")), cell


_DOT = re.compile(
    r'\s+|"(?:[^"\\]|\\.)*"|[A-Za-z_][A-Za-z_0-9]*|-?[0-9.]+|->|[{}\[\];,=]|//[^\n]*|/\*.*?\*/',
    re.DOTALL,
)


def _dot(data: bytes) -> None:
    text, at = data.decode(), 0
    while at < len(text):
        token = _DOT.match(text, at)
        assert token, text[at : at + 80]
        at = token.end()


CHECKS = {
    "gexf": _xml,
    "gexf-lite": _xml,
    "graphml": _xml,
    "svg": _xml,
    "csv": _csv,
    "cytoscape": _json,
    "node-link": _json,
    "dot": _dot,
}


@pytest.mark.parametrize("name", CHECKS)
def test_exports_can_be_read(name: str) -> None:
    def check(graph: nx.MultiDiGraph[str]) -> None:
        stream = io.BytesIO()
        export_graph(graph, stream, name)
        CHECKS[name](stream.getvalue())

    explore(f"export to {name}", check, projections())


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[list[str], list[str]]:
    names = [
        q.object.value  # type: ignore[union-attr]
        for q in industry().quads(None, ox.NamedNode(PREFIXES["skos"] + "prefLabel"))
    ]
    words = [
        "who",
        "which",
        "what",
        "when",
        "how",
        "much",
        "many",
        "where",
        "does",
        "do",
        "did",
        "has",
        "have",
        "had",
        "is",
        "are",
        "was",
        "were",
        "whose",
        "back",
        "backs",
        "invest",
        "invested",
        "invests",
        "in",
        "into",
        "from",
        "by",
        "of",
        "the",
        "and",
        "or",
        "both",
        "not",
        "largest",
        "latest",
        "total",
        "between",
        "since",
        "before",
        "after",
        "2019",
        "2021",
        "2023",
        "2024",
        "last",
        "year",
        "review",
        "reviews",
        "regulators",
        "labs",
        "models",
        "distribute",
        "offers",
        "compete",
        "with",
        "depends",
        "on",
        "connected",
        "rumoured",
        "denied",
        "planned",
        "more",
        "than",
        "less",
        "$",
        "million",
        "billion",
        "10",
        "%",
        "?",
        "!",
        ",",
        ";",
        "'",
        '"',
        "(",
        ")",
        "as",
        "known",
    ]
    return names, words


def test_questions() -> None:
    names, words = _vocabulary()
    memory, today = industry(), dt.date(2026, 1, 15)
    pieces = st.sampled_from(words) | st.sampled_from(names) | hostile
    questions = st.lists(pieces, max_size=12).map(" ".join)

    def check(question: str) -> None:
        answer = ask(memory, question, today=today)
        json.dumps(answer.as_dict())
        answer.rows()
        if answer.understood:
            assert disagreement(answer, memory) is None
        else:
            assert not answer.answers

    explore("questions", check, questions)


FORMS = [
    "Who invests in {}?",
    "Which labs does {} back?",
    "How much has {} put into {}?",
    "How are {} and {} connected?",
    "Does {} compete with {}?",
    "Which authorities look at {}?",
    "What changed for {} since 2020?",
]


def test_names_in_questions_stay_names() -> None:
    today = dt.date(2026, 1, 15)

    def check(name: str, form: str) -> None:
        entity = Entity(new_entity_id(name), name, (EntityKind.COMPANY,), origin="article")
        memory = Memory([entity], [])
        answer = ask(memory, form.format(name, name), today=today)
        if answer.understood:
            assert answer.sparql is not None
            memory.query(answer.sparql)  # parses, whatever the name
            assert disagreement(answer, memory) is None

    explore("names in questions", check, hostile, st.sampled_from(FORMS))
