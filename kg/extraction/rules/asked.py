"""Of which words a sentence must have one to meet what a frame needs besides its roles."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extraction.rules.backing_needs import ASKED_OF_BACKING
from kg.extraction.rules.case_needs import ASKED_OF_CASES
from kg.extraction.rules.deal_needs import ASKED_OF_DEALS
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Parsed
from kg.extraction.rules.working_needs import ASKED_OF_WORK

BACKERS = words("funding", "backer") | {"owner", "holder", "angel"}
"""Those whom a company may count among its own."""

_MONEY = frozenset({"billion", "million", "billions", "millions", "money", "dollar"}) | {
    "capital",
    "cash",
    "investment",
    "funding",
}
ASKED: Mapping[str, frozenset[str]] = {
    "fine": frozenset({"fine", "penalty", "sanction"}),
    "listing": words("nouns", "round")
    | words("funding", "pool")
    | words("funding", "backer")
    | words("funding", "taking_part")
    | {"they", "these", "others", "participation", "lead", "chip", "pitch", "re"},
    "information": words("nouns", "information") | {"ask", "query", "quiz", "question"},
    "whether": frozenset({"whether", "if"}),
    "made": frozenset({"make"}),
    "tellers": words("modality", "speech_verb"),
    "told-case": words("nouns", "case_told_to"),
    "ongoing": words("nouns", "told_case"),
    "documents": words("nouns", "documents"),
    "objections": words("nouns", "objections"),
    "merger": words("nouns", "merger"),
    "court": frozenset({"court", "trial"}),
    "granted": words("nouns", "approval_verb"),
    "joined": words("nouns", "purchase"),
    "antitrust": words("nouns", "antitrust"),
    "making": words("nouns", "making") | words("nouns", "manufacture"),
    "access": frozenset({"access", "use"}),
    "as-provider": words("nouns", "provider"),
    "wares": words("nouns", "supply") | words("nouns", "making_of"),
    "customer": words("nouns", "counted_as"),
    "jointly": frozenset({"jointly", "together", "codevelop", "co-develop", "co-found"})
    | {"cofound", "co-design", "codesign", "co-create"},
    "joint": frozenset({"joint", "venture"}),
    "funding": frozenset({"funding", "financing", "round", "investment", "fundraise"}),
    "part": frozenset({"part"}),
    "private": frozenset({"private", "market", "exchange"}),
    "partnership": words("nouns", "partnership"),
    "backers": BACKERS,
    "capital": words("funding", "capital") | {"billion", "million", "funds"},
    "backing": frozenset({"backing", "back", "funding", "fund"}),
    "subsidy": words("funding", "subsidy"),
    "parting": words("nouns", "parting_verb"),
    "restored": words("nouns", "restoring_verb"),
    "withdrawn": words("nouns", "withdrawing_verb"),
    "sum": frozenset(),
    "shares": frozenset({"share", "stock", "equity", "stake"}),
    "supply": words("nouns", "supply"),
    "contract": frozenset({"contract", "deal", "agreement", "order", "award"}),
    "violation": words("nouns", "violation"),
    "project": words("nouns", "project"),
    "shared-project": words("nouns", "project"),
    "acquisition": words("nouns", "purchase"),
    "round": words("funding", "funding")
    | words("funding", "capital")
    | {"million", "billion", "money", "dollar", "cash", "check", "facility", "funds"},
    "price": frozenset({"billions", "millions"}),
    "money": _MONEY,
    "takeover-or-money": _MONEY | {"takeover", "buyout", "acquisition", "bid", "offer"},
    **ASKED_OF_BACKING,
    **ASKED_OF_CASES,
    **ASKED_OF_WORK,
    **ASKED_OF_DEALS,
}
"""Need -> words or lemmas, of which a sentence without one cannot meet it.

Some needs are met by a sum of money as well: ``BY_SUM``. Needs that are not here may be met
by any sentence. The prefilter goes by this table, and so do the frames, before all else."""
BY_SUM = frozenset(
    {"for-price", "capital", "round", "price", "money", "takeover-or-money", "sum", "subsidy"}
) | {
    "living",
    "funds",
}


BY_NAME = frozenset({"named", "doer-named"})
"""Needs that ask how the parties are told, and for no word of their own."""


def may_be_met(parsed: Parsed, needs: frozenset[str]) -> bool:
    """Whether the sentence has a word of those that the needs ask for."""
    needs = needs - BY_NAME
    if not needs or not needs <= ASKED.keys() or (needs & BY_SUM and parsed.masked.sums):
        return True
    asked = frozenset().union(*(ASKED[need] for need in needs))
    return not asked.isdisjoint(parsed.words)
