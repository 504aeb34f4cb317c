"""``kg ingest`` and ``kg extract`` on a user's own articles."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.inprocess import run
from tests.conftest import kg

ARTICLE = """---
title: Acme buys into Bolt
published: 2025-03-01
publisher: The Daily Example
url: https://example.org/acme
---

Nvidia has invested $40 million in Anthropic. The European Commission opened an
investigation into Meta on 3 March 2025.
"""


def written(folder: Path, text: str = ARTICLE, name: str = "acme.md") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def counts(store: Path) -> dict[str, int]:
    rows = json.loads(run("stats", "--format", "json", store=store).out)
    return {row["what"]: row["count"] for row in rows}


def test_an_article_is_stored_and_twice_is_once(tmp_path: Path) -> None:
    store, path = tmp_path / "store", written(tmp_path)
    first = kg("ingest", path, store=store)
    assert first.code == 0, first.err
    assert first.out == ""
    assert "1 new" in first.err
    before = counts(store)
    assert before["articles"] == 1
    assert before["statements"] == 2
    second = kg("ingest", path, store=store)
    assert "1 unchanged" in second.err
    assert counts(store) == before


def test_a_bad_input_is_told_and_the_others_are_stored(tmp_path: Path) -> None:
    store = tmp_path / "store"
    lines = [
        json.dumps({"id": "good", "text": "Nvidia has invested $40 million in Anthropic."}),
        '{"id": "bad", "text":',
    ]
    path = written(tmp_path, "\n".join(lines), "articles.jsonl")
    ran = run("ingest", path, store=store)
    assert ran.code == 3
    assert f"{path}:2" in ran.err
    assert counts(store)["articles"] == 1


def test_extract_prints_facts_and_nothing_else(tmp_path: Path) -> None:
    ran = run("extract", written(tmp_path), "--format", "jsonl", store=tmp_path / "none")
    assert ran.code == 0, ran.err
    facts = [json.loads(line) for line in ran.out.splitlines()]
    assert {(f["type"], f["subject"], f["object"]) for f in facts} == {
        ("investment", "Nvidia", "Anthropic"),
        ("scrutiny", "European Commission", "Meta"),
    }
    [money] = next(f["amounts"] for f in facts if f["type"] == "investment")
    assert (money["value"], money["currency"], money["stated"]) == (4e7, "USD", "$40 million")
    body = ARTICLE.split("---\n", 2)[2].strip()
    for fact in facts:
        for evidence in fact["evidence"]:
            assert body[evidence["start"] : evidence["end"]] == evidence["quote"]
    assert not (tmp_path / "none").exists()


def test_extract_reads_standard_input() -> None:
    ran = kg(
        "extract", "-", "--format", "jsonl", stdin="Nvidia has invested $40 million in Anthropic.\n"
    )
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["subject"] == "Nvidia"


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    ran = run("extract", "nowhere.txt", store=tmp_path / "none")
    assert ran.code == 3
    assert "nowhere.txt" in ran.err


def test_export_writes_what_gephi_reads(bundled_store: Path, tmp_path: Path) -> None:
    target = tmp_path / "graph.gexf"
    ran = run("export", "-o", target, store=bundled_store)
    assert ran.code == 0, ran.err
    assert str(target) in ran.err
    head = target.read_text(encoding="utf-8")[:400]
    assert 'xmlns="http://gexf.net/1.3"' in head


def test_export_around_a_name(bundled_store: Path, tmp_path: Path) -> None:
    target = tmp_path / "mistral.json"
    ran = run("export", "-o", target, "--around", "Mistral AI", store=bundled_store)
    assert ran.code == 0, ran.err
    assert "Mistral AI" in target.read_text(encoding="utf-8")
    unknown = run(
        "export", "-o", tmp_path / "x.json", "--around", "Mistrall AI", store=bundled_store
    )
    assert unknown.code == 1
    assert "Mistral AI" in unknown.err
    assert not (tmp_path / "x.json").exists()
