"""Labelled texts, as they lie in a JSONL file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.ids import digest
from kg.model import KgError, Kind

Fact = Mapping[str, Any]

_NOT_LABELLED = {"merger": "acquisition", "subsidiary": "acquisition", "client": "partnership"}
_SCALE = {
    "k": 3,
    "thousand": 3,
    "m": 6,
    "mn": 6,
    "million": 6,
    "b": 9,
    "bn": 9,
    "billion": 9,
    "t": 12,
    "tn": 12,
    "trillion": 12,
}
_CURRENCY = {
    "$": "USD", "us$": "USD", "dollars": "USD", "usd": "USD", "€": "EUR", "euro": "EUR", "euros": "EUR", "eur": "EUR",
    "£": "GBP", "pounds": "GBP", "gbp": "GBP", "¥": "JPY", "₩": "KRW", "₹": "INR",
}  # fmt: skip
_MONEY = re.compile(
    r"(us\$|[$€£¥₩₹])?\s*(\d[\d,]*\.?\d*)\s*-?\s*(thousand|million|billion|trillion|mn|bn|tn|[kmbt])?\b"
    r"\s*(dollars|euros?|pounds|usd|eur|gbp)?",
    re.IGNORECASE,
)


class GoldError(KgError):
    """A gold file that cannot be used; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Gold:
    """One labelled text. ``pair`` is set where only what holds between those two is labelled."""

    id: str
    text: str
    facts: tuple[Fact, ...]
    raises: bool = False
    pair: tuple[str, str] | None = None
    url: str | None = None

    @property
    def held_back(self) -> bool:
        """Whether it belongs to the half not to be tuned on; all of one page in the same half."""
        return int(digest("half", self.url or self.id), 16) % 2 == 1


def read_gold(path: Path) -> list[Gold]:
    """The labelled texts of a JSONL file. Raises GoldError naming file and line."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read: {error}; give a UTF-8 JSONL file") from error
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(_gold(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise GoldError(
                    f"{path}:{number}: not a labelled text ({type(error).__name__}: {error}); it needs "
                    f"'id', 'text' and 'facts', each fact a 'type', 'subject', 'object' and 'modality'"
                ) from error
    if not found:
        raise GoldError(f"{path}: empty; give one labelled text a line")
    return found


def money(text: str) -> tuple[float, str | None] | None:
    """The figure in a label such as ``$16.3 million`` with its currency; None if it holds none.

    >>> money("$16.3 million")
    (16300000.0, 'USD')
    """
    found = _MONEY.search(text)
    if not found:
        return None
    sign, figure, scale, word = found.groups()
    value = float(figure.replace(",", "")) * 10.0 ** _SCALE.get((scale or "").lower(), 0)
    return value, _CURRENCY.get((sign or word or "").lower())


def sums(fact: Fact) -> Iterator[tuple[float, str | None]]:
    if fact.get("amounts"):
        yield from ((float(a["value"]), a["currency"]) for a in fact["amounts"])
    elif fact.get("amount") and (parsed := money(fact["amount"])):
        yield parsed


def _gold(record: Mapping[str, Any]) -> Gold:
    identity = record.get("id", record.get("url"))
    text = record["text"]
    if identity is None or not isinstance(text, str):
        raise KeyError("id")
    url = record.get("url")
    if "core_relation" in record:
        kind = record["project_type"]
        fact = {"type": kind, "subject": record["subject"], "object": record["object"]}
        if kind in _NOT_LABELLED:
            fact |= {"type": _NOT_LABELLED[kind], "optional": True}
        facts: tuple[Fact, ...] = (fact,) if fact["type"] in set(Kind) else ()
        return Gold(
            str(identity), text, facts, pair=(record["subject"] or "", record["object"] or "")
        )
    for fact in record["facts"]:
        fact["type"], fact.get("subject"), fact["modality"]
    return Gold(str(identity), text, tuple(record["facts"]), bool(record.get("raises")), url=url)
