"""``kg conflicts``: what cannot both be right, and nothing else."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

from kg.model import Kind
from kg.store.embedded import EmbeddedStore
from tests.conftest import kg
from tests.ontology.dataset import Story, quads

DISAGREEING = [
    Story("One account", "2024-06-11", "Morning Wire").says(
        "Quill Ventures holds 5.5 per cent of Mistral AI since its Series A.",
        Kind.INVESTMENT,
        "quill-ventures",
        "mistral-ai",
        round="Series A",
        stake_percent=Decimal("5.5"),
    ),
    Story("Another account", "2024-06-12", "Evening Post").says(
        "Quill Ventures holds 7 per cent of Mistral AI since its Series A.",
        Kind.INVESTMENT,
        "quill-ventures",
        "mistral-ai",
        round="Series A",
        stake_percent=Decimal("7"),
    ),
    Story("A third account", "2024-06-13", "Daily Ledger").says(
        "Quill Ventures holds 7.02 per cent of Mistral AI since its Series A.",
        Kind.INVESTMENT,
        "quill-ventures",
        "mistral-ai",
        round="Series A",
        stake_percent=Decimal("7.02"),
    ),
]


def conflicts(folder: Path, stories: list[Story] | None = None) -> list[dict[str, object]]:
    store = folder / "store"
    with EmbeddedStore(store).write() as writer:
        writer.add(quads() if stories is None else quads(stories))
        writer.publish()
    ran = kg("conflicts", "--format", "json", store=store)
    assert ran.code == 0, ran.err
    rows: list[dict[str, object]] = json.loads(ran.out)
    return rows


def test_only_what_is_truly_different_is_listed(tmp_path: Path) -> None:
    [row] = conflicts(tmp_path)
    assert row["relationship"] == "Google invests in Anthropic"
    assert {row["one says"], row["another says"]} == {"USD 300 million", "USD 400 million"}


def test_stakes_that_differ_are_told_with_who_says_so(tmp_path: Path) -> None:
    rows = conflicts(tmp_path, DISAGREEING)
    assert [(r["figure"], r["one says"], r["another says"]) for r in rows] == [
        ("stake", "5.5 %", "7 %"),
        ("stake", "5.5 %", "7.02 %"),
    ]
    assert rows[0]["source"] == ["Morning Wire, 2024-06-11"]
    assert rows[0]["other source"] == ["Evening Post, 2024-06-12"]
