"""``kg review`` and ``kg why`` as a person uses them: a walk, a shared file, undo, rebuilds."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import group
from tests.conftest import Ran

ARTICLE = """---
title: A misspelt lab
published: 2025-03-01
publisher: The Test
url: https://test.example/a
---
Microsoft has invested $5 million in Anthrophic.
"""


def kg(*arguments: str, store: Path, stdin: str | None = None) -> Ran:
    """The command in this process, with the decisions in a file that the team shares."""
    env = {"KG_STORE": str(store), "KG_JUDGEMENTS": str(shared_file(store)), "COLUMNS": "200"}
    ran = CliRunner().invoke(group, arguments, input=stdin, env=env)
    return Ran(ran.exit_code, ran.stdout, ran.stderr)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an article that names a lab in no registry, and a store of it."""
    folder = tmp_path_factory.mktemp("review")
    (folder / "article.md").write_text(ARTICLE, encoding="utf-8")
    ran = kg("ingest", str(folder / "article.md"), store=folder / "store")
    assert ran.code == 0, ran.err
    return folder


@pytest.fixture
def store(template: Path, tmp_path: Path) -> Path:
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    return tmp_path / "store"


def shared_file(store: Path) -> Path:
    return store.parent / "team" / "judgements.jsonl"


def backers(store: Path, lab: str) -> list[str]:
    ran = kg("ask", f"Who invests in {lab}?", "--format", "json", store=store)
    return [a["name"] for a in json.loads(ran.out)["answers"]] if ran.code == 0 else []


def test_the_walk_shows_sentence_score_and_reason_and_takes_same_as(store: Path) -> None:
    ran = kg("review", store=store, stdin="1\n")
    assert ran.code == 0, ran.err
    assert "“Microsoft has invested $5 million in Anthrophic.”" in ran.out
    assert "The Test, 2025-03-01" in ran.out
    assert "1: Anthropic (anthropic), 90 of 100: 'anthropic' is spelled much alike" in ran.out
    assert "1 decided, 0 for later, 0 left" in ran.err
    assert backers(store, "Anthropic") == ["Microsoft"]
    why = kg("why", "Anthropic", store=store)
    assert "judged the same by a person" in why.out
    assert kg("review", "--list", "--format", "jsonl", store=store).out == ""


def test_the_same_as_another_is_typed_by_name(store: Path) -> None:
    ran = kg("review", store=store, stdin="s Nobody At All\ns Mistral AI\n")
    assert "nothing is known of 'Nobody At All'" in ran.out
    assert "1 decided" in ran.err
    assert backers(store, "Mistral AI") == ["Microsoft"]


def test_later_and_quit_decide_nothing(store: Path) -> None:
    assert "0 decided, 1 for later, 0 left" in kg("review", store=store, stdin="later\n").err
    assert "0 decided, 0 for later, 1 left" in kg("review", store=store, stdin="q\n").err
    assert "was not understood" in kg("review", store=store, stdin="7\nq\n").out
    assert not shared_file(store).exists()


def test_none_of_them_is_remembered_with_its_note(store: Path) -> None:
    kg("review", store=store, stdin="n a company of its own\n")
    [line] = shared_file(store).read_text().splitlines()
    assert json.loads(line).items() >= {
        "verdict": "not-same", "name": "Anthrophic", "entity": "anthropic",
        "note": "a company of its own",
    }.items()  # fmt: skip
    assert kg("review", "--list", "--format", "jsonl", store=store).out == ""
    assert "Possibly the same as" not in kg("why", "Anthrophic", store=store).out


def test_a_statement_is_rejected_and_the_rejection_undone(store: Path) -> None:
    kg("review", store=store, stdin="1\n")
    ran = kg("review", "--below", "1", store=store, stdin="r wrong company\n")
    assert "1 decided" in ran.err
    assert backers(store, "Anthropic") == []
    decided = json.loads(kg("review", "--decided", "--format", "json", store=store).out)
    [reject] = [d for d in decided if d["verdict"] == "reject"]
    assert reject["note"] == "wrong company"
    assert kg("review", "--undo", reject["id"], store=store).code == 0
    assert backers(store, "Anthropic") == ["Microsoft"]
    [same] = [d for d in decided if d["verdict"] == "same"]
    assert kg("review", "--undo", same["id"], store=store).code == 0
    assert backers(store, "Anthropic") == []
    again = kg("review", "--undo", same["id"], store=store)
    assert again.code == 2
    assert "no decision" in again.err


def test_decisions_hold_in_a_store_built_anew(store: Path) -> None:
    kg("review", store=store, stdin="1\n")
    other = store.parent / "another-store"
    assert kg("ingest", str(store.parent / "article.md"), store=other).code == 0
    assert backers(other, "Anthropic") == ["Microsoft"]


def test_why_lists_what_an_unlisted_entity_may_be(store: Path) -> None:
    ran = kg("why", "Anthrophic", store=store)
    assert "not in the registry" in ran.out
    assert "Anthropic (anthropic), 90: 'anthropic' is spelled much alike" in ran.out
