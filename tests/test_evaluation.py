"""Scores that mean what they say, and the same figures as the reference scorer."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg import registry
from kg.evaluation import Gold, GoldError, evaluate, read_gold
from kg.evaluation.gold import money
from kg.evaluation.matching import Keys

SHARED = Path(__file__).parents[1].parent / "shared"
TYPES = ("investment", "distribution", "scrutiny", "acquisition", "partnership", "release")
MODALITIES = ("asserted", "planned", "rumoured", "conditional", "denied")
# Names that the reference scorer's aliases and the registry join in the same groups.
NAMES = (
    "Microsoft", "Azure", "Microsoft Azure", "OpenAI", "GPT-4", "Mistral", "Mistral AI", "Mistral Large", "Nvidia",
    "the European Commission", "EC", "CMA", "Competition and Markets Authority", "FTC", "Anthropic", "Claude", "xAI",
    "Grok", "Llama", "Meta", "Hugging Face", "Zorblax Robotics", "Quuxly", "Andreessen Horowitz", "a16z",
)  # fmt: skip


def fact(kind: str, subject: str | None, object_: str | None, **more: Any) -> dict[str, Any]:
    return {
        "article": "1",
        "type": kind,
        "subject": subject,
        "object": object_,
        "modality": "asserted",
    } | more


def gold(*facts: dict[str, Any], text: str = "Acme said so.", **more: Any) -> Gold:
    return Gold("1", text, facts, **more)


def test_names_of_one_organisation_are_one() -> None:
    keys = Keys(registry.bundled())
    same = keys.key(fact("distribution", "Azure", "Mistral Large"))
    assert same == keys.key(fact("distribution", "Microsoft Corp.", "Mistral"))
    assert keys.key(fact("distribution", "AWS", "x")) == keys.key(
        fact("distribution", "Bedrock", "x")
    )
    assert keys.key(fact("partnership", "A", "B")) == keys.key(fact("partnership", "B", "A"))
    assert keys.key(fact("investment", "A", "B")) != keys.key(fact("investment", "B", "A"))
    resolved = fact("investment", "it", "B", subject_resolved="OpenAI")
    assert keys.key(resolved) == keys.key(fact("investment", "OpenAI", "B"))


def test_a_company_and_its_own_unit_stay_apart() -> None:
    kind, subject, object_ = Keys(registry.bundled()).key(
        fact("acquisition", "Microsoft", "GitHub")
    )
    assert (kind, subject, object_) == ("acquisition", "microsoft", "github")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$16.3 million", (16_300_000.0, "USD")),
        ("€15m", (15_000_000.0, "EUR")),
        ("US$1,250,000", (1_250_000.0, "USD")),
        ("2.5 billion euros", (2.5e9, "EUR")),
        ("£30-million", (3e7, "GBP")),
        ("a large sum", None),
    ],
)
def test_labelled_sums(text: str, expected: object) -> None:
    assert money(text) == expected


def test_every_mistake_is_listed_with_its_sentence() -> None:
    text = (
        "Acme bought Beta. Gamma backs Delta with $5m. Epsilon works with Zeta. Eta may buy Theta."
    )
    record = gold(
        fact("acquisition", "Acme", "Beta"),
        fact("investment", "Gamma", "Delta", amount="$5m"),
        fact("acquisition", "Eta", "Theta", modality="conditional", alt_modality=["rumoured"]),
        text=text,
    )
    quote = [{"start": 46, "end": 72, "quote": "Epsilon works with\n Zeta."}]
    result = evaluate(
        [record],
        [
            fact("investment", "Gamma", "Delta", amounts=[{"value": 6e6, "currency": "USD"}]),
            fact("acquisition", "Eta", "Theta", modality="asserted"),
            fact("partnership", "Zeta", "Epsilon", evidence=quote),
        ],
        registry.bundled(),
    )
    told = {m.what: m for m in result.mistakes}
    assert set(told) == {"missed", "spurious", "modality", "amount"}
    assert told["missed"].sentence == "Acme bought Beta."
    assert told["spurious"].sentence == "Epsilon works with Zeta."
    assert (told["modality"].wanted, told["modality"].given) == (
        "conditional or rumoured",
        "asserted",
    )
    assert (told["amount"].wanted, told["amount"].given) == ("USD 5,000,000", "USD 6,000,000")
    rows = result.rows()
    assert (rows["all"].gold, rows["all"].found, rows["all"].hits) == (3, 3, 2)
    assert rows["all"].f1 == pytest.approx(2 / 3)
    assert (result.modality.value, result.amounts.value, result.false_alarms.value) == (
        0.5,
        0.0,
        None,
    )
    assert json.loads(json.dumps(result.as_dict()))["types"]["core"]["recall"] == 1.0


def test_optional_facts_and_raises_cost_nothing() -> None:
    record = gold(
        fact("investment", None, "Beta"),
        fact("acquisition", "Acme", "Beta", optional=True),
        raises=True,
    )
    facts = [fact("investment", "Gamma", "Beta"), fact("acquisition", "Acme", "Beta")]
    result = evaluate([record], facts, registry.bundled())
    assert not result.mistakes
    assert result.rows()["all"].found == 0
    assert result.false_alarms.of == 0


def test_false_alarms_are_counted_by_text() -> None:
    records = [Gold(str(n), "Nothing.", ()) for n in range(4)]
    alarm = fact("scrutiny", "FTC", "Acme") | {"article": "2"}
    result = evaluate(records, [alarm, alarm, fact("release", "A", "B")], registry.bundled())
    assert result.false_alarms.value == 0.25


def test_a_labelled_pair_says_nothing_about_others() -> None:
    labelled = {"type": "acquisition", "subject": "Acme", "object": "Beta"}
    record = gold(labelled, pair=("Acme", "Beta"))
    facts = [
        fact("acquisition", "Acme", "Beta"),
        fact("investment", "Gamma", "Delta"),
        fact("investment", "Acme", "Beta"),
    ]
    result = evaluate([record], facts, registry.bundled())
    assert (result.rows()["all"].hits, result.rows()["all"].found) == (1, 2)
    assert result.modality.of == 0


def test_gold_files_are_checked_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    for bad in (
        "{",
        "[]",
        '{"id": 1}',
        '{"id": 1, "text": "x"}',
        '{"text": "x", "facts": []}',
        '{"id": 1, "text": "x", "facts": [{"type": "investment"}]}',
    ):
        path.write_text('{"id": 0, "text": "x", "facts": []}\n' + bad)
        with pytest.raises(GoldError, match=r"gold\.jsonl:2"):
            read_gold(path)
    path.write_text("\n")
    with pytest.raises(GoldError, match="empty"):
        read_gold(path)
    with pytest.raises(GoldError, match="cannot be read"):
        read_gold(tmp_path / "missing.jsonl")


def test_halves_keep_the_texts_of_one_page_together() -> None:
    records = [Gold(str(n), "x", (), url=f"https://p.example/{n // 3}") for n in range(300)]
    halves = [r.held_back for r in records]
    assert all(len(set(halves[n : n + 3])) == 1 for n in range(0, 300, 3))
    assert 100 < sum(halves) < 200


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    path = SHARED / "tools" / "score.py"
    if not path.exists():
        pytest.skip("no reference scorer beside the repository")
    spec = importlib.util.spec_from_file_location("reference_score", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _random_facts(rng: random.Random, labelled: bool) -> list[dict[str, Any]]:
    facts = []
    for _ in range(rng.choice((0, 0, 1, 2, 4))):
        new = fact(
            rng.choice(TYPES), rng.choice(NAMES), rng.choice(NAMES), modality=rng.choice(MODALITIES)
        )
        sums = [{"value": rng.choice((5e6, 5.03e6, 7e9)), "currency": rng.choice(("USD", "EUR"))}]
        if rng.random() < 0.5:
            new["amounts"] = sums
        if labelled:
            new |= {"optional": True} if rng.random() < 0.1 else {}
            new |= {"alt_modality": [rng.choice(MODALITIES)]} if rng.random() < 0.3 else {}
            new |= {"subject": None} if rng.random() < 0.1 else {}
            new |= {"object_resolved": rng.choice(NAMES)} if rng.random() < 0.1 else {}
            if rng.random() < 0.2:
                new |= {"amounts": None, "amount": rng.choice(("$5 million", "€7bn", "$5.03m"))}
        facts.append(new)
    return facts


@pytest.mark.parametrize("seed", range(30))
def test_figures_are_those_of_the_reference_scorer(reference: ModuleType, seed: int) -> None:
    rng = random.Random(seed)
    records, predicted = [], {}
    for number in range(60):
        labels = _random_facts(rng, labelled=True)
        record = {
            "id": number,
            "text": "x",
            "facts": labels,
            "raises": [{}] if rng.random() < 0.2 else [],
        }
        records.append(record)
        told = [f for f in labels if rng.random() < 0.7] + _random_facts(rng, labelled=False)
        predicted[str(number)] = [
            {
                **f,
                "article": str(number),
                "subject": f.get("subject") or "Quuxly",
                "amounts": f.get("amounts") or [],
            }
            for f in told
        ]
    expected = reference.score(records, predicted)
    path_free = [Gold(str(r["id"]), "x", tuple(r["facts"]), bool(r["raises"])) for r in records]  # type: ignore[arg-type]
    result = evaluate(
        path_free, [f for fs in predicted.values() for f in fs], registry.bundled()
    ).as_dict()
    for label, row in expected["types"].items():
        assert {k: result["types"][label][k] for k in row} == pytest.approx(row), label
    for figure in ("modality_accuracy", "amount_accuracy", "false_alarm_rate"):
        assert result[figure] == pytest.approx(expected[figure])


@pytest.mark.skipif(not SHARED.exists(), reason="no gold beside the repository")
def test_the_labels_themselves_score_full_marks() -> None:
    for name in ("sentences", "articles"):
        records = read_gold(SHARED / "gold" / f"{name}.jsonl")
        told = [
            {
                **f,
                "article": r.id,
                "subject": f.get("subject_resolved") or f["subject"],
                "object": f.get("object_resolved") or f["object"],
                "amounts": [{"value": v, "currency": c} for v, c in (money(f["amount"]),)]
                if f.get("amount") and money(f["amount"])
                else f.get("amounts") or [],
            }
            for r in records
            for f in r.facts
        ]
        result = evaluate(records, told, registry.bundled())
        assert not result.mistakes
        assert result.rows()["all"].f1 == 1.0
    assert len(read_gold(SHARED / "gold" / "core.train.jsonl")) == 4000
