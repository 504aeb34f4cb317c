"""Whose round of funding a noun speaks of: ``X's Series B``, ``the round that X raised``, ``the round``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kg.extraction.rules import arguments as args
from kg.extraction.rules.backing_needs import FUNDS
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.frames import by_trigger
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.other_rounds import of_others
from kg.extraction.rules.place_words import nodes_at
from kg.extraction.rules.support_verbs import support
from kg.model import EntityKind

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node
    from kg.extraction.rules.phrases import Phrases


def raising(phrases: Phrases, nodes: Sequence[Node], avoid: Sequence[Any]) -> list[Filler]:
    """Whose round the first of the nouns is whose owner is told."""
    for node in nodes:
        for each in conjuncts(node):
            inner = [each]
            if each.money is not None:
                # "put up $5 billion of Y's round"
                inner = list(args.of_preposition(each, "of", "in", "to", "towards"))
            for round_ in (n for n in inner if n.lemma in words("nouns", "round")):
                found = round_of(phrases, round_, avoid)
                if found:
                    return found
            if each.word == "it":
                # "a round that brought in Y alongside X, which led it"
                rounds = [n for n in phrases.parsed.nodes if n.lemma in words("nouns", "round")]
                before = [n for n in rounds if n.index < each.index]
                if before and (found := round_of(phrases, before[-1], avoid)):
                    return found
            if each.lemma in words("funding", "round_again") and _is_led(each):
                return _raised_before(phrases, each, avoid)
    return []


def _is_led(deal: Node) -> bool:
    """``led the deal``: only money raised is led."""
    verb = deal.head
    leads = verb is not None and verb.lemma in words("funding", "leading_verb")
    return leads and any(c.word == "the" for c in deal.children)


def _raised_before(phrases: Phrases, deal: Node, avoid: Sequence[Any]) -> list[Filler]:
    """The company that the article last said to raise money, a few sentences before at most."""
    told = phrases.roles.deal("deal")
    if told is not None and told[0] == "acquisition":
        return []
    name = phrases.roles.raiser(3, titled=False)
    taken = {getattr(a, "name", "") for a in avoid}
    return [Filler(deal, name, "reference", deal)] if name and name.name not in taken else []


def funded(phrases: Phrases, nodes: Sequence[Node], avoid: Sequence[Any]) -> list[Filler]:
    """Whose money the nouns speak of: ``the money``, ``its funds``, ``the $5 billion just raised``."""
    for node in nodes:
        told = node.money is not None and bool(node.all("det", "acl"))
        if node.name is None and (told or node.lemma in words("nouns", "round") | FUNDS):
            found = round_of(phrases, node, avoid)
            if found:
                return found
    return []


def round_of(phrases: Phrases, node: Node, avoid: Sequence[Any]) -> list[Filler]:
    """Whose round of funding a noun speaks of."""
    nodes = [
        *node.all("poss"),
        # "Y's seed round"
        *(n for c in node.all("compound", "nmod") for n in c.all("poss")),
        *args.of_preposition(node, "for", "in", "of", "by", "at", "into"),
        *_led_at(node),
        *nodes_at(phrases.parsed, node, "left"),
        *(n for c in node.all("relcl", "acl") if raises(c) for n in args.surface_subjects(c)),
    ]
    found = phrases.roles.parties(
        [
            n
            for n in nodes
            if n is not node and n.money is None and n.lemma not in words("nouns", "round")
        ],
        "organisation",
        avoid,
    )
    if found:
        return [Filler(f.node, f.name, f.how, node) for f in found]
    found = phrases.roles.parties(valued(node), "organisation", avoid)
    if found:
        return [Filler(f.node, f.name, f.how, node) for f in found]
    found = phrases.roles.parties(_seeking(node), "organisation", avoid)
    verb = support(node)
    if not found and verb is not None and raises(verb):
        found = phrases.roles.parties(args.surface_subjects(verb), "organisation", avoid)
    if not found:
        found = phrases.roles.parties(_begun_with(node), "company", avoid)
        found = [f for f in found if f.name.kind is not EntityKind.INVESTOR][:1]
    if not found and (above := _raising_above(node)) is not None:
        found = phrases.roles.parties(args.surface_subjects(above), "company", avoid)
    if not found:
        found = phrases.roles.parties(_growing_by(node), "company", avoid)
        found = [f for f in found if f.name.kind is not EntityKind.INVESTOR][:1]
    determiner = node.child("det")
    came = node.head is not None and node.head.tag == "VBD"
    bare = node.lemma in FUNDS and node.dep == "nsubj" and not node.children and came
    if not found and (determiner is not None or bare) and not of_others(node):
        definite = bare or (determiner and determiner.word in ("the", "this", "that"))
        name = phrases.roles.raiser(12 if definite else 4)
        taken = {getattr(a, "name", "") for a in avoid}
        if name is not None and name.name not in taken:
            return [Filler(node, name, "reference", node)]
        # "A led the round, X said": X's
        told = phrases.roles.parties(_saying(node), "company", avoid) if name is None else []
        told = [f for f in told if f.name.kind is not EntityKind.INVESTOR]
        if told and told[0].name.name not in taken:
            return [Filler(node, told[0].name, "reference", node)]
        unknown = name is not None or told or raised_by_another(phrases)
        young = None if unknown else phrases.roles.young(node, avoid)
        if young is not None:
            return [Filler(node, young, "reference", node)]
    return [Filler(f.node, f.name, f.how, node) for f in found]


def _led_at(round_: Node) -> list[Node]:
    """``is to lead the round at Y``, where the parse has it led there."""
    verb = round_.head
    if verb is None or round_.dep != "dobj" or verb.lemma not in words("funding", "leading_verb"):
        return []
    # "a start-up in which X led a round"
    return [
        n
        for n in args.of_preposition(verb, "at", "in", "for")
        if n.index > round_.index
        or (verb.dep == "relcl" and n.index < verb.index and n is not round_)
    ]


_VALUING = words("funding", "valuing_verb") | {"bring", "push", "take", "lift"}
_ON_OCCASION_OF = frozenset({"in", "at", "after", "by", "during", "following", "with", "through"})


def valued(round_: Node) -> list[Node]:
    """``the round valued Y at $5 billion``, ``Y was valued at $5 billion in a round``: Y."""
    verb = round_.head if round_.dep == "nsubj" else None
    if verb is not None and verb.lemma in _VALUING:
        return [*args.objects(verb), *verb.all("poss")]
    # "The round valued Y and was led by X", where the parse has a participle
    # "led a round that valued Y at $5 billion"
    told = [c for c in round_.all("acl") if c.lemma == "value" and c.tag in ("VBN", "VBD")]
    told += [
        c
        for c in round_.all("relcl")
        if c.lemma in _VALUING
        and not args.is_passive(c)
        # "a round that brought in X", "in which X took part"
        and all(p.word != "in" for p in c.all("prt"))
        and all(o.lemma != "part" for o in c.all("dobj"))
    ]
    if told:
        return [n for c in told for n in c.all("dobj")]
    prep = round_.head if round_.dep == "pobj" else None
    if prep is None or prep.word not in _ON_OCCASION_OF:
        return []
    above = next((n for n in prep.ancestors() if n.tag.startswith("VB")), None)
    if above is None:
        return []
    if above.lemma == "value" and args.is_passive(above):
        return args.objects(above)
    return _worth_more(above)


def _worth_more(verb: Node) -> list[Node]:
    """``Y reached a valuation of $5 billion``, ``Y's valuation doubled``: Y."""
    doers = args.surface_subjects(verb)
    grown = [n for n in doers if n.lemma in words("funding", "worth")]
    if grown:
        return [p for n in grown for p in n.all("poss")]
    own = any(o.lemma in words("funding", "worth") for o in args.objects(verb))
    return doers if own and verb.lemma in _REACHING else []


_REACHING = frozenset(
    {"reach", "hit", "achieve", "attain", "fetch", "command", "notch", "secure", "see", "get"}
    | {"double", "triple", "treble", "quadruple", "raise", "lift", "boost", "increase", "cross"}
)


def _begun_with(round_: Node) -> list[Node]:
    """``X's journey began with a round``, ``Ada Ortiz put X in the spotlight with a round``: X."""
    prep = round_.head
    verb = prep.head if prep is not None and prep.word == "with" else None
    indefinite = any(d.word in ("a", "an") for d in round_.all("det"))
    if verb is None or not verb.tag.startswith("VB") or args.is_passive(verb) or not indefinite:
        return []
    doers = args.surface_subjects(verb)
    whose = [n for d in doers if d.name is None for n in d.all("poss")]
    return [*whose, *(d for d in doers if d.name is not None), *args.objects(verb)]


def _raising_above(round_: Node) -> Node | None:
    """The verb of ``X raised $5 million, valuing it at $1 billion, in a round``."""
    if not any(d.word in ("a", "an") for d in round_.all("det")):
        return None
    gerund = round_.head.head if round_.dep == "pobj" and round_.head is not None else None
    if gerund is None or gerund.tag != "VBG" or gerund.dep not in ("advcl", "acl"):
        return None
    return next((n for n in gerund.ancestors() if n.tag.startswith("VB") and raises(n)), None)


def _growing_by(round_: Node) -> list[Node]:
    """``After a round led by Y, X is moving``, ``X is close to a round led by Y``: X, whose it is."""
    prep = round_.head if round_.dep == "pobj" else None
    verb = prep.head if prep is not None and prep.word in _BEHIND_IT else None
    if prep is not None and prep.word == "to" and prep.head is not None:
        verb = prep.head if prep.head.lemma in ("close", "near") else None
    if verb is not None and verb.dep == "acomp":
        # "is richer after a round"
        verb = verb.head
    if verb is None or not (verb.tag.startswith("VB") or verb.pos == "AUX"):
        return []
    if not any(d.word in ("a", "an") for d in round_.all("det")):
        return []
    return [n for n in args.surface_subjects(verb) if n.name is not None]


_BEHIND_IT = frozenset({"after", "following", "since", "with", "by", "on"})


def _saying(round_: Node) -> list[Node]:
    """Who says what the round's clause tells, by name."""
    speakers = [n for verb in round_.ancestors() for n in args.speakers(verb)]
    return [n for n in speakers if n.name is not None][:1]


def _seeking(round_: Node) -> list[Node]:
    """Who is in talks for a round, has plans for one."""
    prep = round_.head
    noun = prep.head if prep is not None and prep.word in ("for", "over", "about") else None
    if noun is None or noun.lemma not in words("modality", "rumoured_noun") | {"plan"}:
        return []
    return args.subjects(noun)


def raises(verb: Node) -> bool:
    """Whether the verb may tell that its subject raised money."""
    if verb.lemma == "take" and not any(o.money is not None for o in args.objects(verb)):
        # "took part in the round"
        return False
    return any(f.raises for f in by_trigger().get(("verb", verb.lemma), ()))


def raised_by_another(phrases: Phrases) -> bool:
    """``Nominal raises $75M``: the sentence's own raiser, though its name was not known for one."""
    return any(
        subject.name is None and subject.tag.startswith("NNP")
        for verb in phrases.parsed.nodes
        if raises(verb)
        for subject in (*args.surface_subjects(verb), *args.speakers(verb))
    )
