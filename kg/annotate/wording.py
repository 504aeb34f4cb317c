"""The same words for a fact's parts on the page and on the terminal."""

from __future__ import annotations

import re

from kg.model import Amount, AmountRole, Mention, Qualifier, Statement
from kg.vocabulary import TERMS

_HEDGES = {
    Qualifier.EXACT: "",
    Qualifier.ABOUT: "about ",
    Qualifier.AT_LEAST: "at least ",
    Qualifier.UP_TO: "up to ",
    Qualifier.LESS_THAN: "less than ",
}
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
UNNAMED = "not named"


def spaced(name: str) -> str:
    """``round_total`` and ``leadInvestor`` as words."""
    return _CAPITAL.sub(" ", name.replace("_", " ")).lower()


def roles(statement: Statement) -> tuple[str, str]:
    """What the two ends of the statement are called, such as ``investor`` and ``investee``."""
    terms = TERMS[statement.kind]
    subject, object_ = (spaced(iri.rpartition("#")[2]) for iri in (terms.subject, terms.object))
    return subject, object_


def reading(mention: Mention) -> str:
    """The name, and the words that stand for it where they differ."""
    return mention.name if mention.text == mention.name else f"{mention.name} (‘{mention.text}’)"


def sum_of(amount: Amount) -> str:
    """The sum as it was read: hedge, currency, figure, and what it is a sum of."""
    value = f"{amount.value:,f}"
    if "." in value:
        value = value.rstrip("0").rstrip(".")
    role = "" if amount.role is AmountRole.COMMITTED else f", {spaced(amount.role)}"
    return f"{_HEDGES[amount.qualifier]}{amount.currency} {value}{role}"


def details(statement: Statement) -> list[tuple[str, str]]:
    """Everything the statement says beyond its kind, ends and amounts, as labelled texts."""
    found: list[tuple[str, str]] = []
    for label, value in (
        ("status", spaced(statement.status) if statement.status else None),
        ("nature", statement.nature),
        ("date", statement.date),
        ("round", statement.round),
        ("instrument", statement.instrument),
    ):
        if value:
            found.append((label, str(value)))
    if statement.stake_percent is not None:
        found.append(("stake", f"{statement.stake_percent.normalize():f}%"))
    found += [(spaced(role), reading(mention)) for role, mention in statement.participants]
    found += [(spaced(name), value) for name, value in statement.terms]
    return found


def notes(statement: Statement) -> list[tuple[str, str]]:
    """What the extractor noted of how it came to the statement, but for what its ends show."""
    ends = [m for m in (statement.subject, statement.object) if m is not None]
    shown = {text for m in ends for text in (m.text, m.name)}
    return [
        (name, value)
        for name, value in statement.derivation
        if not (name in ("subject", "object") and value in shown)
    ]
