"""Who does something with the money of others: ``With backing from X, Y built``, ``founded Y with money from X``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.lexicon import words
from kg.model import EntityKind

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node


_GIVEN = frozenset({"backing", "money", "cash", "capital", "funding"})
_BEGINNING = frozenset({"despite", "after", "following", "besides", "with", "alongside", "since"})


def doers_with(money: Node) -> list[Node]:
    """Who has the money that a clause is told to be done with; of what is founded, that itself."""
    prep = money.head
    if prep is None or prep.word != "with" or money.dep != "pobj":
        return []
    given = [n.name.kind for n in givers(money) if n.name is not None]
    if not given or EntityKind.GOVERNMENT in given or EntityKind.PLACE in given:
        # "with backing from Washington": its good will, as likely as its money
        return []
    verb = next((n for n in prep.ancestors() if n.tag.startswith("VB")), None)
    if verb is None or any(c.dep == "neg" for c in verb.children):
        return []
    founded = [n for n in args.objects(verb) if n.name is not None]
    if founded and verb.lemma in words("verbs", "founding"):
        return founded
    if args.is_passive(verb):
        # "was built with money from X"
        return args.objects(verb)
    return args.surface_subjects(verb)


def givers(money: Node) -> list[Node]:
    """Whose money it is: X of ``money from X``, wherever the parse hangs the preposition, and of ``X's backing``."""
    found = [*args.of_preposition(money, "from"), *money.all("poss")]
    above = money.head.head if money.head is not None else None
    if not found and above is not None:
        after = [p for p in above.all("prep") if p.word == "from" and p.index == money.index + 1]
        found = [n for p in after for n in p.all("pobj")]
    if not found and money.lemma in _GIVEN:
        # "with X and Y backing, Z grew"
        joined = [n for n in money.all("compound", "nmod") if n.name is not None]
        found = [n for j in joined for n in conjuncts(j)]
    return found


def begins_with(investment: Node) -> list[Node]:
    """``Despite a $5 billion investment in Y, X looks elsewhere``: X, whose sentence begins with it."""
    prep = investment.head
    if prep is None or investment.dep != "pobj" or prep.word not in _BEGINNING:
        return []
    verb = prep.head
    if verb is None or not verb.tag.startswith("VB") or prep.index > verb.index:
        return []
    if investment.all("poss") or any(d.word not in ("a", "an") for d in investment.all("det")):
        # "after the investment in Y": whose, the article told before
        return []
    doers = args.surface_subjects(verb)
    return doers if all(n.index > investment.index for n in doers) else []
