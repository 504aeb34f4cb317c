"""A person's decisions: replayed on every rebuild, reversible, shared as a file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kg.model import (
    Article,
    Entity,
    EntityKind,
    Evidence,
    Extraction,
    Kind,
    Mention,
    Statement,
)
from kg.pipeline.extraction import resolve
from kg.pipeline.ingest import ingest
from kg.pipeline.maintenance import sync_registry
from kg.records import Catalogue
from kg.registry import Registry
from kg.resolution.judgements import (
    Judgement,
    JudgementError,
    Judgements,
    Verdict,
    append,
    claim_key,
    load,
    words_key,
)
from kg.resolution.linking import Linker
from kg.store import open_store

TEXT = "Acme put money into Bolt Labs Berlin."
ARTICLE = Article(TEXT, "acme.txt", published="2025-03-01")
REGISTRY = Registry(
    {
        "acme": Entity("acme", "Acme", (EntityKind.COMPANY,)),
        "bolt-labs": Entity("bolt-labs", "Bolt Labs", (EntityKind.LAB,)),
    }
)
STATEMENT = Statement(
    article=ARTICLE.id,
    kind=Kind.INVESTMENT,
    subject=Mention("Acme", 0, 4, "Acme", "acme"),
    object=Mention("Bolt Labs Berlin", 20, 36, "Bolt Labs Berlin"),
    evidence=(Evidence(0, 37, TEXT),),
)
EXTRACTION = Extraction(ARTICLE, (STATEMENT,))


def backed(store: Path, judgements: Judgements) -> list[str]:
    """Whom Acme backs once the store has been brought in step with the judgements."""
    linker = Linker(REGISTRY, judgements)
    with open_store(store).write() as writer:
        sync_registry(writer, linker)
        ingest(writer, [resolve(EXTRACTION, linker)], linker)
    with open_store(store).read() as reader:
        return [r.object.id for r in Catalogue(reader).relationships("acme")]


def test_what_is_unsure_stays_apart_and_says_what_it_may_be(tmp_path: Path) -> None:
    [entity] = backed(tmp_path / "store", Judgements())
    assert entity != "bolt-labs"
    link = Linker(REGISTRY).link(STATEMENT.object)
    assert [c.entity for c in link.candidates] == ["bolt-labs"]


def test_same_as_merges_and_undo_takes_it_back(tmp_path: Path) -> None:
    store = tmp_path / "store"
    same = Judgement(Verdict.SAME, name="Bolt Labs Berlin", entity="bolt-labs")
    before = backed(store, Judgements())
    assert backed(store, Judgements((same,))) == ["bolt-labs"]
    undone = Judgements((same, Judgement(Verdict.UNDO, of=same.id)))
    assert backed(store, undone) == before


def test_same_as_a_company_that_no_registry_knows(tmp_path: Path) -> None:
    same = Judgement(Verdict.SAME, name="Bolt Labs Berlin", entity="Bolt Berlin")
    [entity] = backed(tmp_path / "store", Judgements((same,)))
    assert entity.startswith("bolt-berlin-")


def test_a_rejected_statement_leaves_the_graph_and_comes_back(tmp_path: Path) -> None:
    store = tmp_path / "store"
    [resolved] = resolve(EXTRACTION, Linker(REGISTRY)).statements
    reject = Judgement(Verdict.REJECT, statement=claim_key(resolved))
    assert len(backed(store, Judgements())) == 1
    assert backed(store, Judgements((reject,))) == []
    assert len(backed(store, Judgements())) == 1


def test_not_the_same_takes_a_candidate_off_the_list() -> None:
    apart = Judgement(Verdict.NOT_SAME, name="Bolt Labs Berlin", entity="bolt-labs")
    linker = Linker(REGISTRY, Judgements((apart,)))
    assert linker.link(STATEMENT.object).candidates == ()
    assert linker.link(replace(STATEMENT.object, entity="bolt-labs")).entity.id != "bolt-labs"


def test_undo_restores_the_decision_before() -> None:
    first = Judgement(Verdict.SAME, name="Bolt", entity="bolt-labs")
    second = Judgement(Verdict.SAME, name="bolt", entity="acme")
    assert Judgements((first, second)).same == {"bolt": "acme"}
    undo = Judgement(Verdict.UNDO, of=second.id)
    assert Judgements((first, second, undo)).same == {"bolt": "bolt-labs"}
    again = Judgements((first, second, undo, second))
    assert again.same == {"bolt": "acme"}
    assert again.deciding("Bolt") == second


def test_a_rejection_outlives_a_change_of_who_is_meant(tmp_path: Path) -> None:
    store = tmp_path / "store"
    [resolved] = resolve(EXTRACTION, Linker(REGISTRY)).statements
    reject = Judgement(
        Verdict.REJECT, statement=claim_key(resolved), words=words_key(resolved), note="a joke"
    )
    same = Judgement(Verdict.SAME, name="Bolt Labs Berlin", entity="bolt-labs")
    assert backed(store, Judgements((reject, same))) == []
    known = Registry(
        {**REGISTRY.entities, "berlin": Entity("berlin", "Bolt Labs Berlin", (EntityKind.LAB,))}
    )
    [again] = resolve(EXTRACTION, Linker(known, Judgements((reject,)))).statements
    assert (again.object, again.judged) == ("berlin", "reject")


def test_the_file_holds_what_was_decided(tmp_path: Path) -> None:
    path = tmp_path / "team" / "judgements.jsonl"
    decisions = [
        Judgement(Verdict.SAME, name="Bolt", entity="bolt-labs", by="ada", at="2026-01-31"),
        Judgement(Verdict.REJECT, statement="ab" * 8, note="another company"),
    ]
    append(path, decisions[:1])
    path.write_text(path.read_text().rstrip("\n"))  # as an editor may leave it
    append(path, decisions[1:])
    assert load(path).taken == tuple(decisions)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "not a judgement"),
        ('{"verdict": "maybe"}', "maybe"),
        ('{"verdict": "same", "name": "Bolt"}', "entity"),
        ('{"verdict": "undo"}', "of"),
        ("[]", "not a judgement"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "judgements.jsonl"
    path.write_text('{"verdict": "accept", "statement": "x"}\n' + line + "\n")
    with pytest.raises(JudgementError, match=r"judgements\.jsonl:2") as error:
        load(path)
    assert told in str(error.value)
