"""Who else took part in a round: the ways in which news goes on about a round already told.

A sentence that tells of a company's round, or one soon after it, lists further investors
in words that do not name the company: ``with X participating``, ``joined by X``, ``which
also included X``, ``leading the round was X``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.backers import listed, members, told_again
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.frames import frame_named
from kg.extraction.rules.gazetteer import publishes
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.match import Match
from kg.extraction.rules.other_rounds import of_others
from kg.extraction.rules.round_owners import raised_by_another, round_of, valued
from kg.model import EntityKind, Kind

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node
    from kg.extraction.rules.phrases import Phrases

_ROUND_FRAMES = frozenset({"lead a round", "take part", "raise money"})
STANDING = frozenset({"on the list of owners"})
"""Frames of those who hold shares already; that they take part in the round says more."""
_LEADING = frozenset({"lead", "co-lead", "colead", "anchor", "head", "spearhead"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VB", "MD"})
_INCLUDING = frozenset({"include", "involve", "feature", "comprise", "attract", "draw"})


def participants(phrases: Phrases, found: Sequence[Match]) -> list[Match]:
    """The further investors that a sentence lists in the round it tells, or in the one told before."""
    they = _they_include(phrases)
    if they is None and not _speaks_of_round(phrases):
        return []
    company = _raiser(phrases, found) if they is None else _backed(phrases, they)
    if company is None:
        return []
    joining = frame_named("take part", Kind.INVESTMENT)
    raising = next((m for m in found if m.frame.raises and m.object.name == company.name), None)
    told = [m for m in found if m.frame.kind is Kind.INVESTMENT and m.frame.name not in STANDING]
    known = {m.subject.name.name for m in told if m.subject and m.object.name == company.name}
    matches: list[Match] = []
    for trigger, nodes, leading in (
        _told(phrases) if they is None else [(they, _list(phrases, they), False)]
    ):
        for filler in phrases.roles.parties(nodes, "subject", [company.name]):
            name = filler.name.name
            if name == company.name.name or name in known or filler.how == "reference":
                continue
            if filler.name.kind is EntityKind.GOVERNMENT and filler.node.dep != "pobj":
                # "alongside US groups"
                continue
            known.add(name)
            frame = joining
            leads = (name,) if leading else ()
            if raising is not None and trigger.tag not in _FINITE:
                # said of the raise, and as firmly as that is
                frame, trigger = raising.frame, raising.trigger
            matches.append(Match(frame, trigger, filler, company, 2, leads=leads))
    return matches


def _they_include(phrases: Phrases) -> Node | None:
    """The verb of ``They include X, Y and Z``."""
    for node in phrases.parsed.nodes[:6]:
        if node.lemma == "include" and node.tag.startswith("VB"):
            subject = node.child("nsubj")
            meant = ("they", "these", "others")
            return node if subject is not None and subject.word in meant else None
    return None


def _backed(phrases: Phrases, verb: Node) -> Filler | None:
    name = phrases.roles.backed()
    return None if name is None else Filler(verb, name, "reference")


def _list(phrases: Phrases, verb: Node) -> list[Node]:
    named = [n for n in args.objects(verb) if n.name is not None]
    return named or members(phrases.parsed.nodes, verb.index + 1)


def _speaks_of_round(phrases: Phrases) -> bool:
    cues = (
        words("nouns", "round")
        | words("funding", "taking_part")
        | words("funding", "backer")
        | {"participation"}
    )
    return any(
        n.lemma in cues or n.lemma in _LEADING or (n.tag.startswith("VB") and _chips_in(n))
        for n in phrases.parsed.nodes
    )


def _chips_in(verb: Node) -> bool:
    particle = _PARTICLES_OF_TAKING_PART.get(verb.lemma)
    return particle is not None and _has_particle(verb, particle)


def _raiser(phrases: Phrases, found: Sequence[Match]) -> Filler | None:
    """The one company whose round the sentence tells; else, the one that raised money just before."""
    told = [m for m in found if m.frame.raises or m.frame.name in _ROUND_FRAMES]
    owners = {} if told else {f.name.name: f for f in _of_rounds(phrases) if f.how == "name"}
    if len(owners) == 1:
        # "Leading X's round is A, a backer of B and C": X's, whomever else A backs
        return next(iter(owners.values()))
    if not told and any(n.lemma in words("nouns", "round") for n in phrases.parsed.nodes):
        told = [m for m in found if m.frame.name == "backer of" and m.object.how == "name"]
    companies = {m.object.name.name: m.object for m in told}
    if len(companies) == 1:
        return next(iter(companies.values()))
    others = [m.object for m in found if m.frame.kind is Kind.INVESTMENT]
    if not companies and len({o.name.name for o in others}) == 1:
        return others[0]
    if companies or others:
        return None
    if raised_by_another(phrases) or _of_another_round(phrases):
        return None
    own = [f for f in _of_rounds(phrases) if f.how != "reference"]
    if own:
        return own[0]
    if (teller := _teller(phrases)) is not None:
        return teller
    name = phrases.roles.raiser()
    opening = next((n for n in phrases.parsed.nodes if n.text.isalpha()), None)
    if name is None or opening is None:
        return None
    return Filler(opening, name, "reference")


def _teller(phrases: Phrases) -> Filler | None:
    """``The round includes X, Y said``: Y, whose round it is where no other is named."""
    for node in phrases.parsed.nodes:
        if node.dep == "ROOT" and node.lemma in words("modality", "speech_verb"):
            said = any(c.dep == "ccomp" and c.child("nsubj") is not None for c in node.children)
            who = next((n for n in node.all("nsubj") if n.name is not None), None)
            if said and who is not None and who.name is not None and who.name.is_organisation:
                return None if publishes(who.name) else Filler(who, who.name)
    return None


def _of_rounds(phrases: Phrases) -> Iterator[Filler]:
    """``follows X's Series C, involving Y``: X, of the rounds that the sentence names."""
    for node in phrases.parsed.nodes:
        if node.name is None and node.lemma in words("nouns", "round"):
            yield from round_of(phrases, node, ())
        elif node.name is None and node.lemma in words("funding", "round_again"):
            # "A deal led by X valued Y at $5 billion"
            yield from phrases.roles.parties(valued(node), "organisation")


def _of_another_round(phrases: Phrases) -> bool:
    """Whether every round of the sentence is another than the one told before."""
    rounds = [
        n
        for n in phrases.parsed.nodes
        if n.lemma in words("nouns", "round") and n.dep != "compound"
    ]
    return bool(rounds) and all(map(of_others, rounds))


def _told(phrases: Phrases) -> Iterator[tuple[Node, list[Node], bool]]:
    """Each way of listing investors in the sentence: its word, the investors' nouns, whether they lead."""
    yield from listed(phrases.parsed.nodes)
    for node in phrases.parsed.nodes:
        if node.dep == "prep" and node.word == "with":
            yield from _with(phrases, node)
        elif node.dep == "prep" and node.word in ("alongside", "along") and _in_round(node.head):
            inner = [q for q in node.all("prep") if q.word == "with"]
            yield node, [*node.all("pobj"), *(n for q in inner for n in q.all("pobj"))], False
        elif node.lemma == "join" and node.tag == "VBN" and node.all("agent"):
            yield node, [n for a in node.all("agent") for n in a.all("pobj")], False
        elif node.lemma in _LEADING and node.tag == "VBN" and _of_round(node):
            yield node, [n for a in node.all("agent") for n in a.all("pobj")], True
        elif node.tag.startswith("VB") and (node.lemma in _INCLUDING or _brings_in(node)):
            yield node, _included(node), False
        elif node.tag in ("VBD", "VBZ", "VBP", "VBN") and _took_part(node):
            yield node, args.surface_subjects(node), False
        elif node.tag == "VBG" and node.lemma in _LEADING | words("funding", "taking_part"):
            yield node, _inverted(node), node.lemma in _LEADING


_PARTICLES_OF_TAKING_PART = {"chip": "in", "pitch": "in"}


def _took_part(verb: Node) -> bool:
    """``X chipped in``, ``Y also re-upped``: said of no round, and so of the one told."""
    if args.is_passive(verb) or verb.child("nsubj") is None:
        return False
    if verb.word in ("re", "re-up", "re-ups", "re-upped"):
        return not verb.all("dobj")
    beside = all(p.word in _BESIDE or not p.children for p in verb.all("prep"))
    particle = _PARTICLES_OF_TAKING_PART.get(verb.lemma)
    if particle is not None:
        return beside and _has_particle(verb, particle)
    return (
        verb.lemma in ("participate", "join", "reinvest", "contribute")
        and not verb.all("dobj")
        and beside
    )


_BESIDE = frozenset({"alongside", "as", "again", "with", "beside"})


def _has_particle(verb: Node, particle: str) -> bool:
    """``came in``; not ``came in second``, ``came in the night``."""
    return any(
        c.word == particle and not c.all("pobj", "pcomp") and c.dep in ("prt", "advmod", "prep")
        for c in verb.children
    )


def _in_round(node: Node | None) -> bool:
    rounds = words("nouns", "round")
    return node is not None and (
        node.lemma in rounds
        or node.lemma in _LEADING | words("funding", "taking_part")
        or any(n.lemma in rounds or n.lemma == "part" for n in args.objects(node))
        or (
            node.lemma == "be"
            and any(
                n.lemma in words("funding", "backer") for n in args.of_preposition(node, "among")
            )
        )
    )


def _of_round(verb: Node) -> bool:
    """``X's Series B, led by Y``, wherever the parse hangs what comes after the comma."""
    head = verb.head
    if head is None or verb.dep not in ("acl", "advcl", "conj", "dep"):
        return False
    before = [n for n in head.subtree() if n.index < verb.index and n.text != ","]
    return bool(before) and before[-1].lemma in told_again()


def _with(phrases: Phrases, prep: Node) -> Iterator[tuple[Node, list[Node], bool]]:
    """``with X, Y and Z (also) participating``, however the parse hangs the last word."""
    nodes = phrases.parsed.nodes
    first = next(
        (
            n
            for n in nodes[prep.index + 1 : prep.index + 8]
            if n.name is not None and n.dep != "poss"
        ),
        None,
    )
    if first is None:
        return
    names = [n for n in conjuncts(first) if n.name is not None]
    last = max(n.index for n in names)
    if _after_lead(phrases, prep) and (last + 1 == len(nodes) or nodes[last + 1].text in ".;"):
        yield prep, names, False
        return
    if tuple(n.word for n in nodes[last + 1 : last + 4]) in _AT_THE_HEAD:
        yield prep, names, True
        return
    if nodes[last + 1 : last + 2] and nodes[last + 1].text == ",":
        # "a deal with X, joining others": X does not join
        return
    for node in nodes[last + 1 : last + 5]:
        if node.word.endswith("ing") and node.word in _taking_part_forms():
            yield node, names, node.word.startswith(("lead", "co-lead"))
            return
        if node.word not in (",", "also", "both", "all", "each", "again", ")"):
            return


_AT_THE_HEAD = frozenset(
    {
        (at, its, head)
        for at in ("at", "in")
        for its in ("its", "the")
        for head in ("head", "helm", "lead")
    }
)


def _after_lead(phrases: Phrases, prep: Node) -> bool:
    """``a round led by X, with Y and Z``: the word stands behind the names of those who lead."""
    nodes = phrases.parsed.nodes
    place = prep.index - 1
    if place < 0 or nodes[place].text != ",":
        return False
    while place > 0 and (nodes[place].name is not None or nodes[place].text in (",", "and", "'s")):
        place -= 1
    return nodes[place].word == "by" and nodes[place - 1].lemma in _LEADING


def _taking_part_forms() -> frozenset[str]:
    stems = words("funding", "taking_part") | _LEADING | {"take"}
    return frozenset(w.removesuffix("e") + "ing" for w in stems) | {"chipping", "re-upping"}


def _included(verb: Node) -> list[Node]:
    """``the round, which also included X``, ``included support from X``, ``those who put money in include X``."""
    subjects = args.surface_subjects(verb)
    if any(n.lemma in words("funding", "backer") and n.all("poss") for n in subjects):
        # "the start-up's backers include X": whose they are is told
        return []
    pooled = words("nouns", "round") | words("funding", "pool")
    investing = [n for s in subjects for n in (s, *args.of_preposition(s, "of"))]
    if not any(
        n.lemma in pooled | words("funding", "backer") or _who_invested(n)
        for n in investing
        if n.name is None
    ):
        return []
    return [
        m
        for n in args.objects(verb)
        for m in (
            [*args.of_preposition(n, "from", "by", "of"), *args.of_preposition(verb, "from")]
            if n.lemma in words("funding", "share_in_round") | words("funding", "capital")
            else [n]
        )
    ]


def _brings_in(verb: Node) -> bool:
    """``a round that brought in X``."""
    return verb.lemma == "bring" and any(c.word == "in" for c in verb.all("prt"))


def _who_invested(noun: Node) -> bool:
    """``people that put money into the round``, ``those who took part``."""
    return any(
        clause.lemma in words("funding", "taking_part") | _LEADING | {"back", "take", "put", "pour"}
        and not args.is_passive(clause)
        for each in conjuncts(noun)
        for clause in each.all("relcl", "acl")
    )


def _inverted(verb: Node) -> list[Node]:
    """``leading the round was X``, ``also participating were X and Y``."""
    copulas = [c for c in verb.children if c.lemma == "be"]
    if verb.head is not None and verb.head.lemma == "be" and verb.index < verb.head.index:
        copulas.append(verb.head)
    return [
        n for c in copulas if c.index > verb.index for n in c.all("attr", "nsubj") if n is not verb
    ]
