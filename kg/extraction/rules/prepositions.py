"""The nouns after a preposition of a verb or noun, wherever the parse has hung it."""

from __future__ import annotations

from kg.extraction.rules import arguments as args
from kg.extraction.rules.backers import exemplified, members
from kg.extraction.rules.clauses import crosses_clause
from kg.extraction.rules.coordination import joined
from kg.extraction.rules.gaps import gaps
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node, Parsed
from kg.extraction.rules.purposes import with_next
from kg.extraction.rules.relatives import antecedent
from kg.extraction.rules.support_verbs import support
from kg.model import EntityKind


def _of_further_sums(verb: Node, place: str, found: list[Node]) -> list[Node]:
    """``invest $5bn in A and $1bn in B``: B, which the parse hangs on the second sum."""
    above = {id(n) for n in (verb, *found, *verb.all("dobj"))}
    sums = [
        n
        for n in verb.subtree()
        if (n.money is not None or n.lemma in ("billion", "million"))
        and n.dep == "conj"
        and n.head is not None
        and id(n.head) in above
    ]
    further = [m for n in sums for m in args.of_preposition(n, place)]
    return [m for m in further if m.name is not None and all(m is not n for n in found)]


def _is_land(noun: Node) -> bool:
    return noun.name is not None and (noun.name.is_place or noun.name.kind is EntityKind.GOVERNMENT)


def after_preposition(parsed: Parsed, trigger: Node, place: str) -> list[Node]:
    """The nouns that the preposition ``place`` governs for the trigger."""
    is_verb = trigger.tag.startswith("VB")
    found = [antecedent(n, trigger) for n in args.of_preposition(trigger, place)]
    if found and is_verb:
        found += _of_further_sums(trigger, place, found)
    if not found and place == "with" and not is_verb:
        found = with_next(parsed.nodes, trigger, place)
    if found and place == "with" and not is_verb:
        # "partnerships with X in 2017 and Y in 2018"
        found += [c for c in trigger.all("conj") if c.name is not None]
    if is_verb and not found and args.is_passive(trigger):
        # "is being looked into": the preposition has lost its noun to the subject
        stranded = [p for p in trigger.all("prep", "prt") if p.word == place]
        if stranded and not any(p.all("pobj", "pcomp") for p in stranded):
            found = args.surface_subjects(trigger)
    if is_verb and not any(n.name for n in found) and place in ("in", "into"):
        found += [n for o in trigger.all("dobj") for n in args.of_preposition(o, place) if n.name]
        found += [m for n in found for m in exemplified(parsed.nodes, n)]
    if is_verb and found and place == "in" and all(map(_is_land, found)):
        # "In France, X invested for the third time in Y"
        inner = [o for p in trigger.all("prep") for o in p.all("pobj") if o.name is None]
        found += [n for o in inner for n in args.of_preposition(o, place) if n.name]
    if place == "with" and not any(n.name for n in found):
        # "signed agreements with 24 firms, among them A and B"
        found += [m for n in found for m in exemplified(parsed.nodes, n)]
    if is_verb and not found:
        for child in trigger.all(
            "dobj", "attr", "advmod", "npadvmod", "prt", "acomp", "xcomp", "oprd"
        ):
            if child.name is None and not child.tag.startswith("VB"):
                found += list(args.of_preposition(child, place))
    if is_verb and not found and place in ("in", "into"):
        # "A invested $8bn and B $3bn in C"
        found = [n for _, q in gaps(parsed, trigger) for n in args.of_preposition(q, place)]
    if not found:
        found = _relative(trigger, place)
    stretched = place in ("from", "to") or (
        place == "for" and trigger.lemma in words("nouns", "making")
    )
    if is_verb and not found and stretched:
        found = [
            n
            for target in trigger.all("dobj")
            for child in target.subtree()
            if child.dep == "prep"
            and child.word == place
            and not crosses_clause(child, target)
            and not _stretches(child)
            for n in child.all("pobj")
            if n.name is not None
        ]
    if not is_verb and not found and place == "by":
        found = _by_after_aside(parsed, trigger)
    if not is_verb and not found:
        # "a deal worth $5bn with Google", "made an investment of $5bn in Google"
        found += [
            n
            for child in trigger.subtree()
            if child.dep in ("prep", "dative")
            and child.word == place
            and child.index > trigger.index
            and not crosses_clause(child, trigger)
            and not _of_apposition(child, trigger)
            for n in child.all("pobj")
            if n.name is not None
        ]
        if not found and place == "with":
            # "a partnership announced with X"
            told = [c for c in trigger.all("acl") if c.lemma in _TELLING]
            found += [n for c in told for n in args.of_preposition(c, "with")]
        if not found:
            # "its partnership and investment in X", where "in" hangs on the first
            shared = [p for above in joined(trigger) for p in above.all("prep")]
            found += [
                n
                for p in shared
                if p.word == place and p.index > trigger.index
                for n in p.all("pobj")
                if n.name is not None
            ]
        verb = support(trigger)
        under = trigger.dep == "pobj" and trigger.head is not None and trigger.head.word == "under"
        outside = verb is not None and args.is_passive(verb)
        if (
            place == "by"
            and verb is not None
            and outside
            and verb.lemma in words("verbs", "of_outsiders")
        ):
            # "the purchase was first reported by X": who tells of it
            return found
        if not found and verb is not None and (under or trigger in args.objects(verb)):
            found += list(args.of_preposition(verb, place))
    return found


_TELLING = frozenset(
    {"announce", "sign", "strike", "form", "agree", "forge", "unveil", "reach", "negotiate"}
)


def _by_after_aside(parsed: Parsed, noun: Node) -> list[Node]:
    """``investments in Y, which makes ..., by A and B``: A and B, where the parse hangs them on the aside."""
    for node in parsed.nodes[noun.index + 2 : noun.index + 25]:
        before = parsed.nodes[node.index - 1]
        if node.word == "by" and before.word == "," and noun in node.ancestors():
            return members(parsed.nodes, node.index + 1)
    return []


def _of_apposition(preposition: Node, trigger: Node) -> bool:
    """``customers such as X, a unit of Y``: "of Y" tells of X."""
    node = preposition.head
    while node is not None and node is not trigger:
        if node.dep == "appos" and node.head is not None and node.head.name is not None:
            return True
        node = node.head
    return False


def _stretches(preposition: Node) -> bool:
    """``centres stretching from X to Y``: where things are, not who gets them."""
    verb = preposition.head
    return verb is not None and verb.dep == "acl" and bool(verb.all("prep")[1:])


def _relative(trigger: Node, place: str) -> list[Node]:
    """``Y, where it invested``, ``Y, which X has a partnership with``: what the clause belongs to."""
    verb = trigger if trigger.tag.startswith("VB") else support(trigger)
    if verb is None or verb.dep != "relcl" or verb.head is None:
        return []
    where = any(c.word == "where" for c in verb.all("advmod"))
    backer = trigger.lemma in words("funding", "backer") and verb.lemma in ("be", "become")
    if where and (verb is trigger or backer) and place in ("in", "into", "at", "on"):
        return [verb.head]
    stranded = [
        p
        for node in (trigger, verb)
        for p in node.all("prep")
        if p.word == place and not p.all("pobj", "pcomp")
    ]
    return [verb.head] if stranded else []
