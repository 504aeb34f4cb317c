"""What the workers do, with sorting and grouping done here in the place of Spark.

The same callables that Spark is given, on the same batches; see ``test_cluster.py`` for Spark.
"""

from __future__ import annotations

import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kg.articles import Limits
from kg.extraction.protocol import load
from kg.extraction.rules import RuleExtractor
from kg.model import Article, EntityKind, Evidence, Extraction, Kind, Mention, Statement
from kg.pipeline.extraction import resolve
from kg.pipeline.setup import linker_for
from kg.resolution.linking import Linker
from kg.spark import extraction
from kg.spark.consolidation import Entities, relationships_of
from kg.spark.extraction import identity
from kg.spark.reading import SCHEMA as ARTICLES
from kg.spark.reading import Reading
from kg.spark.rows import Row, batches, rows
from kg.spark.session import SparkError
from kg.store import open_store
from tests.conftest import kg
from tests.spark import articles
from tests.spark.plugin.kg_trouble import Troubled

pytest.importorskip(
    "pyarrow", reason="needs pyarrow, which comes with the extras parquet and spark"
)
RECORDS = "source bigint, form string, uri string, block bigint, number bigint, content binary"
STATEMENTS = "block string, quads string"
COUNTED = "entity string, mentions array<struct<name:string,kind:string,count:bigint>>"


@dataclass(frozen=True)
class Everywhere:
    """A broadcast value."""

    value: Linker


def record(uri: str, content: bytes, form: str = "line", block: int = 0) -> Row:
    return {"source": 0, "form": form, "uri": uri, "block": block, "number": 0, "content": content}


def read(given: Iterable[Row], lines_before: dict[tuple[str, int], int] | None = None) -> list[Row]:
    reading = Reading(Limits(), lines_before or {})
    found = list(rows(reading(batches(given, RECORDS))))
    return sorted(found, key=lambda r: (r["key"], r["rank"]))


def extract(given: Iterable[Row], linker: Linker, name: str = "rules") -> list[Row]:
    work = extraction.Extraction(
        name,
        Everywhere(linker),  # type: ignore[arg-type]
        linker.version,
        identity(load(name, linker.registry)),
        60,
    )

    return list(rows(work(batches(given, ARTICLES))))


@pytest.fixture(autouse=True)
def first_try(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "_tried_before", lambda: False)


def test_the_workers_make_what_the_embedded_run_stores(tmp_path: Path) -> None:
    corpus = articles.write(tmp_path / "news", 40, files=1, nameless=True)
    file = corpus / "part-0.jsonl"
    done = kg("ingest", corpus, store=tmp_path / "store")
    assert done.code == 0, done.err
    with open_store(tmp_path / "store").read() as reader:
        dumped = io.BytesIO()
        reader.dump(dumped)
    base = ("/ai-industry/ontology> .", "/registry> ")
    expected = sorted(
        line
        for line in dumped.getvalue().decode().splitlines()
        if not line.endswith(base[0]) and base[1] not in line
    )

    linker = linker_for(tmp_path / "none")
    lines = file.read_bytes().splitlines()
    # As if the file were divided in two, and the second half read first.
    halves = [record(file.as_uri(), line, block=900) for line in lines[25:]]
    halves += [record(file.as_uri(), line) for line in lines[:25]]
    extracted = extract(read(halves, {(file.as_uri(), 900): 25}), linker)
    quads = [row["quads"] for row in extracted]
    statements = sorted((s for r in extracted for s in r["statements"]), key=lambda s: s["block"])
    related = list(rows(relationships_of(batches(statements, STATEMENTS))))
    quads += [row["quads"] for row in related]
    described = list(
        rows(Entities(Everywhere(linker))(batches(counted(extracted, linker), COUNTED)))
    )  # type: ignore[arg-type]
    quads += [row["quads"] for row in described]
    quads += lab_lines(related, described)
    assert sorted(line for text in quads for line in text.splitlines()) == expected


def lab_lines(related: list[Row], described: list[Row]) -> list[str]:
    """The join of who releases what with what is a model."""
    models = {row["entity"] for row in described if row["model"]}
    labs = {r["subject"] for row in related for r in row["releases"] if r["object"] in models}
    return [row["lab"] for row in described if row["entity"] in labs and row["lab"]]


def test_who_releases_a_model_is_a_lab(tmp_path: Path) -> None:
    linker = linker_for(tmp_path / "none")
    article = Article("Acme has released Zeta.", "news")
    statement = Statement(
        article.id,
        Kind.RELEASE,
        Mention("Acme", 0, 4, "Acme", kind=EntityKind.COMPANY),
        Mention("Zeta", 18, 22, "Zeta", kind=EntityKind.MODEL),
        (Evidence(0, 23, article.text),),
    )
    row = extraction._told(resolve(Extraction(article, (statement,)), linker), linker)
    related = list(rows(relationships_of(batches(row["statements"], STATEMENTS))))
    asked = batches(counted([row], linker), COUNTED)
    described = list(rows(Entities(Everywhere(linker))(asked)))  # type: ignore[arg-type]
    [line] = lab_lines(related, described)
    assert "/id/acme-" in line
    assert line.endswith("ontology#Lab> .")


def counted(extracted: list[Row], linker: Linker) -> list[Row]:
    """Mentions as they are grouped, and the registry's entities."""
    times = Counter((m["entity"], m["name"], m["kind"]) for r in extracted for m in r["mentions"])
    by_entity: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for (entity, name, kind), count in sorted(times.items(), key=str):
        by_entity[entity].append({"name": name, "kind": kind, "count": count})
    assert by_entity
    found: list[Row] = [{"entity": e, "mentions": m} for e, m in by_entity.items()]
    return [*found, *({"entity": e.id, "mentions": None} for e in linker.registry)]


def test_an_article_met_twice_counts_as_the_last_time(tmp_path: Path) -> None:
    one = {"id": "a", "text": "Microsoft has invested $15 million in Cohere.", "publisher": "One"}
    given = [
        record("file:/b.jsonl", json.dumps(one | {"publisher": "Two"}).encode()),
        record("file:/a.jsonl", json.dumps(one).encode()),
    ]
    [found] = extract(read(given), linker_for(tmp_path / "none"))
    assert found["repeats"] == 1
    assert '"Two"' in found["quads"]


def test_what_cannot_be_read_is_a_row_with_its_place(tmp_path: Path) -> None:
    given = [
        record("file:/n%20s/a.jsonl", line)
        for line in (b'{"text": "Nvidia inv', b"", b"  \r", b'{"id": 1}', b'{"text": "Fine."}')
    ]
    given.append(record("file:/scan.pdf", b"%PDF-1.4 nothing", form="file"))
    found = extract(read(given), linker_for(tmp_path / "none"))
    problems = sorted(r["problem"] for r in found if r["problem"])
    assert [p.split(": ")[0] for p in problems] == [
        "/n s/a.jsonl:1",
        "/n s/a.jsonl:4",
        "/scan.pdf",
    ]
    assert not any(r["poisoned"] for r in found)
    assert [r["id"] is not None for r in found].count(True) == 1


def test_a_poisoned_article_costs_itself_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As in a task that is run again because a process has died.
    monkeypatch.setattr(extraction, "_tried_before", lambda: True)
    monkeypatch.setattr(extraction, "load", lambda name, registry=None: Troubled(registry))
    monkeypatch.setattr(extraction, "_readers", {})
    texts = ["Microsoft has invested $15 million in Cohere.", "POISON: RAISES", "POISON: KILLS"]
    given = [
        record("file:/a.jsonl", json.dumps({"id": text, "text": text}).encode()) for text in texts
    ]
    found = extract(read(given), linker_for(tmp_path / "none"))
    told = sorted(r["problem"] for r in found if r["poisoned"])
    assert len(told) == 2
    assert any("ValueError: cannot make sense of it" in t for t in told)
    assert any("signal 9, SIGKILL" in t for t in told)
    assert [len(r["facts"]) for r in found if not r["poisoned"]] == [1]


def test_a_worker_with_another_extractor_is_refused(tmp_path: Path) -> None:
    linker = linker_for(tmp_path / "none")
    work = extraction.Extraction(
        "rules",
        Everywhere(linker),  # type: ignore[arg-type]
        linker.version,
        ("extractor rules 0", "base IRI https://example.org/"),
        60,
    )
    given = read([record("file:/a.jsonl", b'{"text": "Fine."}')])

    with pytest.raises(SparkError, match="install the same kg"):
        list(work(batches(given, ARTICLES)))


class Counting(RuleExtractor):
    """The rules, counting how often they are made."""

    made = 0

    def __init__(self, registry: Any = None) -> None:
        super().__init__(registry)
        Counting.made += 1

    def extract(self, article: Article) -> Extraction:
        return Extraction(article, ())


def test_a_process_loads_its_extractor_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    linker = linker_for(tmp_path / "none")
    monkeypatch.setattr(extraction, "_readers", {})
    given = read([record("file:/a.jsonl", b'{"text": "Fine."}')])
    extract(given, linker)
    monkeypatch.setattr(extraction, "load", lambda name, registry=None: Counting(registry))
    monkeypatch.setattr(extraction, "_readers", {})
    found = [extract(given, linker) for _ in range(3)]
    assert Counting.made == 1
    assert len({row["process"] for [row] in found}) == 1
