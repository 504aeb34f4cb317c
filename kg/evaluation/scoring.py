"""Extracted facts against labelled ones, text by text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from kg.evaluation.gold import Fact, Gold, sums
from kg.evaluation.matching import Key, Keys
from kg.evaluation.report import SCORED, Evaluation, Mistake
from kg.model import Kind
from kg.registry import Registry


def evaluate(gold: Sequence[Gold], facts: Iterable[Fact], registry: Registry) -> Evaluation:
    """Score facts, as ``kg extract --format jsonl`` writes them, against labelled texts."""
    by_article: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.get("type") in set(Kind) and fact.get("subject") and fact.get("object"):
            by_article[str(fact["article"])].append(fact)
    evaluation = Evaluation()
    keys = Keys(registry)
    for record in gold:
        _one(record, by_article.get(record.id, []), keys, evaluation)
    return evaluation


def _one(record: Gold, facts: Sequence[Fact], keys: Keys, result: Evaluation) -> None:
    firm: dict[Key, list[Fact]] = defaultdict(list)
    optional: list[Key] = []
    for fact in record.facts:
        if fact["type"] in set(Kind):
            key = keys.key(fact)
            if None in key or fact.get("optional"):
                optional.append(key)
            else:
                firm[key].append(fact)
    answers: dict[Key, list[Fact]] = defaultdict(list)
    for fact in facts:
        if not record.pair or keys.pair(fact["subject"], fact["object"]) == keys.pair(*record.pair):
            answers[keys.key(fact)].append(fact)
    if not record.raises and not any(f["type"] in SCORED for f in record.facts) and not record.pair:
        result.false_alarms.count(any(key[0] in SCORED for key in answers))
    labelled = {key[0] for key in (*firm, *optional)} | set(SCORED)
    for key, wanted in firm.items():
        result.types[key[0]].gold += 1
        if key not in answers:
            result.mistakes.append(
                _mistake("missed", record, wanted[0], _sentence(record, wanted[0]))
            )
    for key, given in answers.items():
        if key in firm:
            result.types[key[0]].hits += 1
            result.types[key[0]].found += 1
            _details(record, firm[key], given, result)
        elif key[0] in labelled and not any(_covers(o, key) for o in optional):
            result.types[key[0]].found += 1
            result.mistakes.append(_mistake("spurious", record, given[0], _quotes(given[0])))


def _details(
    record: Gold, wanted: Sequence[Fact], given: Sequence[Fact], result: Evaluation
) -> None:
    """Modality and amounts of a fact that was found; counted for the five scored types."""
    if wanted[0]["type"] not in SCORED:
        return
    right = {
        m
        for f in wanted
        if "modality" in f
        for m in (f["modality"], *(f.get("alt_modality") or ()))
    }
    told = {str(f.get("modality")) for f in given}
    if right:
        result.modality.count(bool(right & told))
        if not right & told:
            result.mistakes.append(
                _mistake(
                    "modality", record, wanted[0], _quotes(given[0]), _list(right), _list(told)
                )
            )
    labelled = [s for f in wanted for s in sums(f)]
    if labelled:
        stated = [(float(a["value"]), a["currency"]) for f in given for a in f.get("amounts") or ()]
        same = any(c == d and abs(v - w) <= 0.01 * w for v, c in stated for w, d in labelled)
        result.amounts.count(same)
        if not same:
            shown = [
                " ".join(f"{c} {v:,.0f}" for v, c in side) or "none" for side in (labelled, stated)
            ]
            result.mistakes.append(_mistake("amount", record, wanted[0], _quotes(given[0]), *shown))


def _covers(optional: Key, key: Key) -> bool:
    return optional[0] == key[0] and all(
        a in (None, b) for a, b in zip(optional[1:], key[1:], strict=True)
    )


def _mistake(
    what: str, record: Gold, fact: Fact, sentence: str, wanted: str = "", given: str = ""
) -> Mistake:
    ends = [str(fact.get(f"{e}_resolved") or fact.get(e)) for e in ("subject", "object")]
    return Mistake(what, record.id, fact["type"], ends[0], ends[1], sentence, wanted, given)


def _quotes(fact: Fact) -> str:
    return " ... ".join(" ".join(str(e["quote"]).split()) for e in fact.get("evidence") or ())


def _sentence(record: Gold, fact: Fact) -> str:
    """Where a missed fact stands: its labelled quotes, else the passage naming both ends."""
    if fact.get("quotes"):
        return " ... ".join(" ".join(str(q).split()) for q in fact["quotes"])
    passages = re.split(r"(?<=[.!?])\s+(?=[A-Z\"“])|\n+", record.text)
    if len(passages) < 4:
        return " ".join(record.text.split())
    words = [
        w.casefold() for e in ("subject", "object") for w in str(fact.get(e) or "").split()[:1]
    ]
    scored = Counter({n: sum(w in p.casefold() for w in words) for n, p in enumerate(passages)})
    return " ".join(passages[scored.most_common(1)[0][0]].split())


def _list(values: Iterable[str]) -> str:
    return " or ".join(sorted(values))
