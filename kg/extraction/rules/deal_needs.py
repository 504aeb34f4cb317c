"""What frames of partnership need beside the roles: business to talk about, an undertaking of two."""

from __future__ import annotations

from collections.abc import Callable

from kg.extraction.rules import arguments as args
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node
from kg.extraction.rules.support_verbs import support
from kg.model import EntityKind


def _business(talk: Node) -> bool:
    """``talks with Y to develop a chip``, ``about licensing its content``, not ``to buy it``."""
    doing, done = words("nouns", "dealing_verb"), words("nouns", "dealing_noun")
    verb = support(talk) or talk
    for clause in [c for n in (talk, verb) for c in n.all("acl", "advcl", "xcomp", "relcl")]:
        if clause.tag == "VB" and clause.index > talk.index:
            return (clause.lemma in doing and not _of_a_model(clause)) or _buys_wares(clause)
    about = [
        n
        for place in (talk, verb)
        for n in args.of_preposition(place, "about", "on", "over", "for", "regarding", "around")
    ]
    return any(
        n.lemma in done
        or (n.lemma == "deal" and _of_goods(n))
        or (n.lemma in doing and not _of_a_model(n))
        or n.lemma in words("nouns", "ware")
        for n in (m for each in about for m in conjuncts(each))
        if n.name is None
    )


def _of_goods(deal: Node) -> bool:
    """``a content deal``, ``a chip supply deal``."""
    goods = words("nouns", "rights") | words("nouns", "supply") | {"licensing", "supply"}
    return any(c.lemma in goods for c in deal.all("compound", "nmod"))


def _of_a_model(verb: Node) -> bool:
    """``about using Z in its phones``: that is told as a distribution."""
    return any(
        n.lemma in ("model", "llm") or (n.name is not None and n.name.kind is EntityKind.MODEL)
        for o in args.objects(verb)
        for n in o.subtree()
    )


def _buys_wares(verb: Node) -> bool:
    """``to buy chips``: of whom one buys those, one deals with."""
    goods = words("nouns", "supply") | words("nouns", "ware")
    return verb.lemma in _TRADING and any(n.lemma in goods for n in args.objects(verb))


_TRADING = frozenset({"buy", "purchase", "sell", "rent", "lease", "order", "secure", "source"})


def _undertaking(verb: Node) -> bool:
    """``A and B launched an initiative``: one that both have."""
    return any(
        n.lemma in words("nouns", "undertaking")
        and n.tag == "NN"
        and not any(c.word in ("separate", "own", "similar") for c in n.children)
        for n in verb.all("dobj")
    )


def _formed(venture: Node) -> bool:
    """``formed a venture with Y``."""
    verb = support(venture)
    return verb is not None and verb.lemma in words("nouns", "forming_verb")


def _had(verb: Node) -> bool:
    """``agreements that it has in place with Y``."""
    return verb.dep == "relcl"


def _no_takeover(deal: Node) -> bool:
    """Whether nothing near says that the deal is about owning the other: ``X's Y deal``.

    A deal that is off mostly was.
    """
    *_, top = (deal, *deal.ancestors())
    verb = deal.head
    if verb is not None and any(c.word in ("off", "dead", "over") for c in verb.children):
        return False
    return not any(n.lemma in words("nouns", "takeover_word") for n in top.subtree())


def _rights(verb: Node) -> bool:
    """``pays Y for its stories``."""
    where = (verb, *args.objects(verb))
    return any(
        n.lemma in words("nouns", "rights") for w in where for n in args.of_preposition(w, "for")
    )


def _owned(verb: Node) -> bool:
    """``X's chip, designed with Y``: a passive whose thing is somebody's."""
    return args.is_passive(verb) and any(
        n.name is None and n.lemma in words("nouns", "ware") for n in args.objects(verb)
    )


def _queries(verb: Node) -> bool:
    """``routes hard questions to Z``."""
    return any(o.lemma in _ASKED_OF_MODELS for o in args.objects(verb))


_ASKED_OF_MODELS = frozenset(
    {"query", "question", "request", "task", "prompt", "workload", "search"}
)

DEAL_NEEDS: dict[str, Callable[[Node], bool]] = {
    "business": _business,
    "undertaking": _undertaking,
    "formed": _formed,
    "had": _had,
    "unowned": _no_takeover,
    "rights": _rights,
    "owned": _owned,
    "queries": _queries,
}
"""Need -> whether the trigger meets it."""

ASKED_OF_DEALS: dict[str, frozenset[str]] = {
    "business": words("nouns", "dealing_verb")
    | words("nouns", "dealing_noun")
    | words("nouns", "ware")
    | _TRADING,
    "undertaking": words("nouns", "undertaking"),
    "formed": words("nouns", "forming_verb"),
    "rights": words("nouns", "rights"),
    "owned": words("nouns", "ware"),
    "queries": _ASKED_OF_MODELS,
}
"""Need -> words of which a sentence must hold one, as ``conditions.ASKED``."""
