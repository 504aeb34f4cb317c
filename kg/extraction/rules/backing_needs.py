"""What frames of backing need beside the roles: that an owner is one of several, that a table lists who owns."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.support_verbs import support

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node

_OWNERS = frozenset({"owner", "holder"})


def _one_of_several(owner: Node) -> bool:
    """``a minority owner``, ``its largest outside owner``, ``the owners``; a sole owner is the parent."""
    if owner.lemma == "lead":
        return _is_a_lead(owner)
    if owner.lemma not in _OWNERS:
        return True
    said = {n.word for c in owner.all("amod", "compound", "nmod", "advmod") for n in c.subtree()}
    if "sole" in said or "former" in said:
        return False
    return owner.tag == "NNS" or bool(said & words("funding", "in_part"))


def _is_a_lead(noun: Node) -> bool:
    """``were joint leads``, ``is the likely lead``: of a round, and not of a race."""
    told = list(args.of_preposition(noun, "in", "over", "on", "of", "for"))
    if not all(n.lemma in words("nouns", "round") for n in told):
        return False
    said = {c.word for c in noun.all("amod")}
    of_round = noun.tag == "NNS" or bool(said & {"likely", "joint", "sole", "only"})
    verb = noun.head
    return of_round and noun.dep == "attr" and verb is not None and verb.lemma == "be"


def _list_of_owners(table: Node) -> bool:
    """``cap table``, ``shareholder list``, ``the register``, ``list of investors``."""
    if table.lemma == "register":
        return True
    said = {n.lemma for n in table.all("compound", "nmod", "amod", "poss")}
    said |= {n.lemma for n in args.of_preposition(table, "of")}
    return bool(said & (words("funding", "backer") | {"cap", "capitalisation", "capitalization"}))


def _of_a_portfolio(company: Node) -> bool:
    """``a portfolio company``."""
    return any(c.lemma == "portfolio" for c in company.all("compound", "nmod", "amod"))


def _cheque(verb: Node) -> bool:
    """``wrote a $5 million cheque``."""
    written = [n for o in args.objects(verb) for n in conjuncts(o)]
    return any(n.lemma in CHEQUES for n in written)


def _shared_lead(verb: Node) -> bool:
    """``shared the lead``, ``took the lead``: of a round told before."""
    return any(o.lemma == "lead" for o in args.objects(verb))


_ALONG = {
    "follow": frozenset({"on", "suit", "too", "also"}),
    "come": frozenset({"along", "aboard", "board"}),
    "tag": frozenset({"along"}),
    "hop": frozenset({"aboard", "board"}),
    "jump": frozenset({"aboard", "board"}),
    "climb": frozenset({"aboard"}),
}


def comes_along(verb: Node) -> bool:
    """``A followed``, ``B came along for the ride``: said of no round, and so of the one told."""
    if args.is_passive(verb) or verb.child("nsubj") is None:
        return False
    beside = [n for c in verb.children for n in (c, *c.all("pobj"))]
    beside = [n for n in beside if n.index > verb.index]
    done = [n for n in verb.all("dobj", "attr", "ccomp") if n.index > verb.index]
    if any(n.lemma not in ("suit", "board") for n in done):
        return False
    preps = [p for p in verb.all("prep") if p.word not in _ALONG.get(verb.lemma, ())]
    if any(p.word not in ("for", "alongside", "at", "as", "after") for p in preps):
        return False
    if verb.lemma == "follow" and not verb.all("prep", "prt", "dobj"):
        return True
    if verb.lemma == "come" and any(
        c.word == "in" and not c.all("pobj", "pcomp") for c in verb.children
    ):
        # "came back in", "came in alongside it"
        return any(n.word in _AGAIN for n in verb.subtree())
    return any(n.word in _ALONG.get(verb.lemma, ()) for n in beside)


_AGAIN = frozenset({"alongside", "back", "too", "also", "well", "again"})


def _behind(verb: Node) -> bool:
    """``has X and Y behind it``: who stands behind a company backs it."""
    near = [verb, *args.objects(verb)]
    return any(
        n.word in ("it", "them", "her", "him")
        for w in near
        for n in args.of_preposition(w, "behind")
    )


def _by_investor(verb: Node) -> bool:
    """``the fund exited Y``: no person who leaves an office, no company that leaves a market."""
    names = [n.name for n in args.surface_subjects(verb)]
    return bool(names) and all(n is None or (n.kind and n.is_organisation) for n in names)


def _a_company(verb: Node) -> bool:
    """``bought into Y``, ``into the start-up``, but not ``into its own hype``."""
    into = [n for place in args.of_preposition(verb, "into") for n in conjuncts(place)]
    return any(n.name is not None or n.lemma in words("nouns", "company") for n in into)


def _done_by_product(verb: Node) -> bool:
    """``X's assistant uses Z``; what X itself uses may be for its own ends."""
    return any(
        n.lemma in words("nouns", "offered") if n.name is None else n.name.is_artefact
        for n in verb.all("nsubj")
    )


FUNDS = frozenset(
    {"money", "cash", "funds", "capital", "funding", "rest", "remainder", "investment", "financing"}
)
"""By what the money of a round is meant where it is told again."""
CHEQUES = frozenset({"cheque", "check", "ticket"})
"""What investors write; ``check`` may be one of identity, but nobody writes or cuts those."""


def _given(noun: Node) -> bool:
    """``the backing of X``; not ``Y has the backing of X``, whose backing is X's, where it stands as Y's."""
    verb = support(noun)
    had = verb is not None and verb.lemma in _HAVING and not args.is_passive(verb)
    return not (had and any(n.name is not None for n in args.of_preposition(noun, "of")))


_HAVING = frozenset(
    {"have", "get", "win", "gain", "earn", "enjoy", "secure", "attract", "receive", "obtain"}
    | {"draw", "land", "lose", "keep"}
)


def _of_itself(verb: Node) -> bool:
    """``sold 49% of itself to X``: shares of Y, which sells."""
    sold = [n for o in args.objects(verb) for n in args.of_preposition(o, "of")]
    return any(n.word in ("itself", "themselves") for n in sold)


def _much_of_a_round(verb: Node) -> bool:
    """``will provide most of Y's round``, ``three-quarters of it``."""
    parts = (o for o in args.objects(verb) if o.money is not None or o.lemma in _PARTS)
    given = (n for o in parts for n in args.of_preposition(o, "of"))
    return any(n.lemma in words("nouns", "round") for n in given)


_PARTS = words("nouns", "portion") | {"much", "bulk", "share"}


BACKING_NEEDS: dict[str, Callable[[Node], bool]] = {
    "one-of-several": _one_of_several,
    "list-of-owners": _list_of_owners,
    "product-doer": _done_by_product,
    "giving": _given,
    "of-itself": _of_itself,
    "much-of-a-round": _much_of_a_round,
    "warrants": lambda verb: any(o.lemma == "warrant" for o in verb.all("dobj")),
    "portfolio": _of_a_portfolio,
    "cheque": _cheque,
    "behind": _behind,
    "by-investor": _by_investor,
    "a-company": _a_company,
    "lead": _shared_lead,
    "along": comes_along,
    "living": lambda _: True,
    "funds": lambda _: True,
}
ASKED_OF_BACKING: dict[str, frozenset[str]] = {
    "list-of-owners": words("funding", "backer")
    | {"cap", "capitalisation", "capitalization", "register"},
    "warrants": frozenset({"warrant"}),
    "portfolio": frozenset({"portfolio"}),
    "cheque": CHEQUES,
    "behind": frozenset({"behind"}),
    "lead": frozenset({"lead"}),
    "along": frozenset({"along", "aboard", "board", "follow"}) | _AGAIN,
    "living": words("funding", "capital"),
    "of-itself": frozenset({"itself", "themselves"}),
    "much-of-a-round": words("nouns", "round"),
    "funds": words("nouns", "round") | FUNDS,
}
"""Need -> words or lemmas, of which a sentence without one cannot meet it."""
