"""Frames applied to a parsed sentence: which relationships its words tell, between whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from kg.extraction.rules import arguments as args
from kg.extraction.rules.cases import scrutinised, versus
from kg.extraction.rules.conditions import needs_met
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.endings import ended
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.frames import Frame, by_trigger, frames
from kg.extraction.rules.gaps import apportioned, gapped
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.match import Match
from kg.extraction.rules.offers import beside, distributed
from kg.extraction.rules.pairings import pairs_of
from kg.extraction.rules.parsing import Node, Parsed
from kg.extraction.rules.participants import participants
from kg.extraction.rules.phrases import Phrases, raises
from kg.extraction.rules.raises import raised
from kg.extraction.rules.roles import Roles
from kg.extraction.rules.support_verbs import support
from kg.extraction.rules.wares import SERVICES
from kg.model import EntityKind, Kind


class Matcher:
    """Applies all frames to one sentence."""

    def __init__(self, parsed: Parsed, roles: Roles) -> None:
        self.parsed = parsed
        self.roles = roles
        self.phrases = Phrases(parsed, roles)

    def matches(self) -> list[Match]:
        """All matches in order of their triggers."""
        found: list[Match] = []
        for node in self.parsed.nodes:
            if node.name is not None or node.money is not None:
                continue
            for part in _parts(node):
                for frame in by_trigger().get((part, node.lemma), ()):
                    found += self._apply(frame, node, found)
        found = _without_promises(found)
        found = apportioned(self.phrases, found)
        found += gapped(self.phrases, found)
        joined = participants(self.phrases, found)
        found = [m for m in found if m.subject or all(j.trigger is not m.trigger for j in joined)]
        found += joined
        found += beside(self.phrases)
        sued = next(f for f in frames() if f.name == "sue" and f.kind is Kind.SCRUTINY)
        return found + versus(self.phrases, sued)

    def _apply(
        self, frame: Frame, trigger: Node, told: Sequence[Match]
    ) -> Iterator[Match] | list[Match]:
        if frame.hyphen and not self.phrases.nodes_at(trigger, "left"):
            return []
        if not self._particle_fits(frame, trigger) or not self._needs_met(frame, trigger):
            return []
        if frame.object == ("known deal",):
            return ended(self.phrases, frame, trigger, told)
        if frame.raises:
            return raised(self.phrases, frame, trigger)
        if frame.pair:
            return self._pairs(frame, trigger)
        if frame.through and not self._through(frame, trigger):
            return []
        return self._ends(frame, trigger)

    def _ends(self, frame: Frame, trigger: Node) -> list[Match]:
        if frame.kind is Kind.DISTRIBUTION:
            return distributed(self.phrases, frame, trigger)
        if frame.kind is Kind.SCRUTINY:
            return scrutinised(self.phrases, frame, trigger)
        if frame.name == "stake of" and self._sold(trigger):
            return []
        if frame.name == "partnership with" and _of_a_takeover(trigger):
            return []
        subjects = self._fill(
            frame, trigger, frame.subject, frame.subject_is or subject_want(frame), ()
        )
        if any(f.how == "reference" for f in subjects):
            told = self._fill(
                frame, trigger, frame.object, frame.object_is or object_want(frame), ()
            )
            shut = [f.name for f in told if f.how == "name"]
            if {f.name.name for f in subjects} & {n.name for n in shut}:
                subjects = self._fill(
                    frame, trigger, frame.subject, frame.subject_is or subject_want(frame), shut
                )
        if frame.kind is Kind.ACQUISITION:
            # "when the customer purchases it": who buys a product buys no company
            shoppers = words("nouns", "people")
            subjects = [f for f in subjects if f.node.name or f.node.lemma not in shoppers]
            if trigger.tag.startswith("NN"):
                # "the government approves the merger" is no party to it
                judged = support(trigger)
                if judged is not None and judged.lemma in words("modality", "reviewing_verb"):
                    subjects = [f for f in subjects if not f.name.is_authority]
        avoid = [f.name for f in subjects]
        objects = self._fill(
            frame, trigger, frame.object, frame.object_is or object_want(frame), avoid
        )
        if frame.kind is Kind.INVESTMENT:
            taken = {a.name for a in avoid}
            instead = [self.roles.backed_instead(o) for o in objects]
            objects = [
                i if i.name.name not in taken else o for i, o in zip(instead, objects, strict=True)
            ]
            if not objects and frame.name in _GIVING:
                objects = self._undertaken(frame, trigger, avoid)
        if not subjects and objects:
            subjects = self._implied_subject(frame, trigger, objects)
        if subjects and not objects:
            objects = self._implied_object(frame, trigger, subjects)
        if frame.name == "invest money" and trigger.lemma == "spend":
            # "spends $5bn on Azure": on what it uses
            objects = [o for o in objects if not (o.node.name and o.node.name.kind in SERVICES)]
        if not subjects and objects and frame.name in _SIGNED_BY_PERSONS:
            # "Smith announced a partnership with Y": his company did
            subjects = self.phrases.employers(
                [n for place in ("poss", "support", "subj") for n in self.nodes_at(trigger, place)]
            )
        if subjects and not objects and frame.name == "money from":
            objects = self.phrases.employers(self.nodes_at(trigger, "subj"))
        if frame.kind is Kind.INVESTMENT and len(objects) > 1 and len(subjects) == 1:
            others = [o for o in objects[1:] if self._gapped(o.node)]
            if others:
                kept = [o for o in objects if o not in others]
                return [Match(frame, trigger, s, o) for s in (*subjects, *others) for o in kept]
        part = frame.name in TAKING_PART_FRAMES and self._takes_part(trigger)
        own = frame.object_is == "holding" and self._own_holding(trigger)
        if subjects and not objects and (part or own):
            name = self._named_before(trigger, subjects) if own else None
            if name is None:
                takes = trigger.lemma not in _INVESTING
                name = self.roles.raiser(12 if takes else 4, titled=takes)
            if name is not None and name.name not in {f.name.name for f in subjects}:
                objects = [Filler(trigger, name, "reference")]
        if subjects and frame.object_is == "round":
            subjects = subjects + self._along_with(trigger, [f.name for f in (*subjects, *objects)])
        if frame.hyphen:
            # "A-backed B, C and D-backed E": A backs B
            next_name = next((n for n in self.parsed.nodes[trigger.index :] if n.name), None)
            objects = [o for o in objects if o.node is next_name] or objects[:1]
        pairs = [
            (s, o)
            for s in subjects
            for o in objects
            if s.name.name != o.name.name and s.node is not o.node
        ]
        if "named" in frame.needs:
            pairs = [(s, o) for s, o in pairs if "reference" not in (s.how, o.how)]
        if frame.name in ("work with", "build with", "develop with"):
            # what works with a product fits it, no more
            pairs = [(s, o) for s, o in pairs if not _artefact(o)]
        if frame.name == "supply" and trigger.lemma in _TRADING:
            # "sells chips to China": a market, not a customer
            pairs = [(s, o) for s, o in pairs if o.name.kind is not EntityKind.GOVERNMENT]
        return [Match(frame, trigger, s, o, len(subjects), through=o.through) for s, o in pairs]

    def _undertaken(self, frame: Frame, verb: Node, avoid: Sequence[Name]) -> list[Filler]:
        """``bankroll Y's rise``, ``contribute $5 billion to Y's growth``, ``in direct investment in Y``: Y."""
        nodes = [n for place in frame.object for n in self.nodes_at(verb, place) if n.name is None]
        inner: list[Node] = []
        for node in nodes:
            if node.lemma in words("funding", "undertaking"):
                inner += node.all("poss")
            elif node.lemma in words("funding", "capital") and _holds_money(node):
                inner += args.of_preposition(node, "in", "into")
        found = self.phrases.fill(
            [n for n in inner if n.name is not None], "organisation", avoid, verb
        )
        return [Filler(f.node, f.name, "part") for f in found]

    def _takes_part(self, verb: Node) -> bool:
        """``X also took part``, ``Y led it``: in the round told before."""
        if verb.lemma == "take":
            return any(n.lemma == "part" for n in args.objects(verb))
        if verb.lemma not in _TAKING_PART:
            return False
        if any(p.word in ("in", "into") and not p.all("pobj") for p in verb.all("prep")):
            return False
        plain = ("it", "this", "that", "which")
        named = [n for n in args.objects(verb) if n.word not in plain and n.money is None]
        rounds = words("nouns", "round")
        in_what = list(args.of_preposition(verb, "in", "to"))
        for money in (n for n in args.objects(verb) if n.money is not None):
            in_what += args.of_preposition(money, "in", "to")
        return all(n.lemma in rounds for n in named) and all(
            n.name is None
            and (n.lemma in rounds or n.lemma in _FORMS or n.word in ("it", "which"))
            and all(c.name is None for c in n.all("poss", "compound", "nmod"))
            for n in (*named, *in_what)
        )

    def _named_before(self, verb: Node, subjects: Sequence[Filler]) -> Name | None:
        """In whom "its holding" is, where one other organisation stands before it in the sentence."""
        taken = {f.name.name for f in subjects}
        names = [_name_of(n) for n in self._organisations(taken, lambda n: n.index < verb.index)]
        return names[0] if len({n.name for n in names}) == 1 else None

    def _gapped(self, node: Node) -> bool:
        """``A will invest $5bn in C and B $3bn``: B stands beside C, but does as A does."""
        after = self.parsed.nodes[node.index + 1 : node.index + 6]
        money = next((n for n in after if n.money is not None), None)
        if node.dep != "conj" or money is None:
            return False
        between = self.parsed.nodes[node.index + 1 : money.index]
        return all(n.name is None and n.text not in (",", ".", ";") for n in between)

    def _own_holding(self, verb: Node) -> bool:
        """``Y increased its holding``: in the company whose round was told."""
        return any(
            o.lemma in ("holding", "stake", "shareholding")
            and any(c.word in ("its", "their") for c in o.all("poss"))
            and not o.all("prep")
            for o in args.objects(verb)
        )

    def _along_with(self, verb: Node, avoid: Sequence[Name]) -> list[Filler]:
        """``took part in the round, along with A and B``: A and B did, too."""
        preps = [p for p in verb.all("prep") if p.word in ("along", "alongside", "with")]
        nodes = [
            n
            for p in preps
            for q in (p, *p.all("prep"))
            if q.word in ("alongside", "with")
            for n in q.all("pobj")
        ]
        nodes += [m for n in nodes for m in args.of_preposition(n, "from", "by")]
        names = {a.name for a in avoid}
        found = self.phrases.fill(nodes, "subject", avoid, verb)
        return [f for f in found if f.name.name not in names and f.how == "name"]

    def _sold(self, noun: Node) -> bool:
        """Whether the stake is what a verb of selling or buying takes: its own frame tells it."""
        verb = support(noun)
        return verb is not None and any(
            f.object_is == "holding" for f in by_trigger().get(("verb", verb.lemma), ())
        )

    def _implied_subject(
        self, frame: Frame, trigger: Node, objects: Sequence[Filler]
    ) -> list[Filler]:
        """``the $5 billion investment in X``: whose it is, where one other organisation stands before it."""
        if (
            frame.kind is not Kind.INVESTMENT
            or trigger.lemma not in ("investment", "bet", "stake")
            or not trigger.tag.startswith("NN")
        ):
            return []
        determiner = trigger.child("det")
        if determiner is None or determiner.word not in ("the", "this", "that"):
            return []
        taken = {f.name.name for f in objects}
        names = self._organisations(taken, lambda n: n.index < trigger.index)
        return (
            [Filler(names[0], _name_of(names[0]), "part")]
            if len({_name_of(n).name for n in names}) == 1
            else []
        )

    def _implied_object(
        self, frame: Frame, trigger: Node, subjects: Sequence[Filler]
    ) -> list[Filler]:
        """``Y's initial $5 billion investment``: in what, where one other organisation is in the sentence.

        Also ``investments, including $5 billion for X``.
        """
        if frame.name != "investment of" or trigger.lemma not in ("investment", "bet", "funding"):
            return []
        if trigger.dep == "compound":
            # "X has a $5 billion funding round behind it"
            return []
        taken = {f.name.name for f in subjects}
        nodes = [
            n
            for money in self.parsed.nodes
            if money.money is not None and money.index > trigger.index
            for n in args.of_preposition(money, "for", "in", "into")
        ]
        found = self.phrases.fill(nodes, "organisation", [f.name for f in subjects], trigger)
        if found:
            return found
        if not any(n.money is not None for n in trigger.subtree()):
            return []
        names = self._organisations(taken, lambda n: True)
        return (
            [Filler(names[0], _name_of(names[0]), "part")]
            if len({_name_of(n).name for n in names}) == 1
            else []
        )

    def _implied(self, place: str, trigger: Node, avoid: Sequence[Name]) -> list[Filler]:
        """The company whose post it is, or the one the article is speaking of."""
        if place == "topic" and any(
            n.name is None and n.tag == "NNS" and n.lemma not in words("nouns", "round")
            for n in args.of_preposition(trigger, "in", "of")
        ):
            # "an investor in many companies": in none that is named
            return []
        if place == "topic" and any(n.word in ("our", "my") for n in trigger.all("poss")):
            # whose they are is known, or nobody knows
            return []
        if place == "topic" and (verb := next(filter(raises, trigger.ancestors()), None)):
            # "X raised $5bn from investors including Y": whoever the article spoke of before
            raisers = self.roles.parties(args.surface_subjects(verb), "organisation", avoid)
            return [replace(f, node=trigger, how="reference") for f in raisers[:1]]
        name = self.roles.author() if place == "author" else self.roles.topic(trigger)
        if name is None or name.name in {a.name for a in avoid} or self._backs(name):
            return []
        return [Filler(trigger, name, "reference")]

    def _backs(self, name: Name) -> bool:
        """Whether the sentence tells of the name as one of several backers: ``backers such as X``."""
        backing = words("funding", "backer")
        return any(
            n.name is not None
            and n.name.name == name.name
            and any(a.lemma in backing for a in n.ancestors() if a.name is None)
            and n.dep != "poss"
            for n in self.parsed.nodes
        )

    def _organisations(self, taken: set[str], where: Callable[[Node], bool]) -> list[Node]:
        return [
            n
            for n in self.parsed.nodes
            if n.name is not None
            and n.name.name not in taken
            and n.name.entity is not None
            and self.roles.is_company(n.name)
            and where(n)
        ]

    def _fill(
        self, frame: Frame, trigger: Node, places: Sequence[str], want: str, avoid: Sequence[Name]
    ) -> list[Filler]:
        for place in places:
            if place in ("author", "topic"):
                implied = self._implied(place, trigger, avoid)
                if implied:
                    return implied
                continue
            nodes = self.nodes_at(trigger, place)
            found = self.phrases.fill(nodes, want, avoid, trigger)
            if found:
                return found
        return []

    def nodes_at(self, trigger: Node, place: str) -> list[Node]:
        return self.phrases.nodes_at(trigger, place)

    def _pairs(self, frame: Frame, trigger: Node) -> list[Match]:
        want = frame.object_is or object_want(frame)
        if frame.name == "partnership between" and (
            _of_a_takeover(trigger) or self._told_takeover(trigger)
        ):
            return []
        for place in frame.pair:
            fillers = self.phrases.fill(self.nodes_at(trigger, place), want, (), trigger)
            if place == "support" and (self._with(trigger) or self._means_each(trigger)):
                continue
            if place in ("poss", "within") and len(self.nodes_at(trigger, "with")) > 0:
                continue
            if place == "subj" and frame.name == "build together" and self._many(trigger):
                continue
            if place == "left":
                fillers = self.phrases.hyphenated(trigger, want)
            if trigger.lemma == "combination":
                # of many things; of companies only where both are known as such
                fillers = [f for f in fillers if f.how == "name" and f.name.entity is not None]
            if len(fillers) >= 2 and not (place == "subj" and self._with(trigger)):
                listed = [c for n in self.nodes_at(trigger, place) for c in conjuncts(n)]
                return [
                    Match(frame, trigger, a, b, 1)
                    for a, b in pairs_of(fillers, listed, self.parsed.nodes, trigger)
                    if a.name.name != b.name.name
                ][:6]
        return []

    def _told_takeover(self, noun: Node) -> bool:
        """``the companies ended the deal``, where the deal told before is a takeover."""
        if not any(c.word in ("the", "that", "this", "their") for c in noun.all("det", "poss")):
            return False
        told = self.roles.deal(noun.lemma)
        return told is not None and told[0] == "acquisition"

    def _means_each(self, trigger: Node) -> bool:
        """Whether the two who sign do so with others: plural deals, or deals on something of each."""
        return trigger.tag == "NNS"

    def _many(self, verb: Node) -> bool:
        """``companies like A and B build data centres``: each its own."""
        many = words("nouns", "many") | words("nouns", "company")
        return any(n.name is None and n.lemma in many for n in args.subjects(verb))

    def _with(self, trigger: Node) -> bool:
        return any(True for _ in args.of_preposition(trigger, "with"))

    def _particle_fits(self, frame: Frame, trigger: Node) -> bool:
        wanted = dict(frame.particle).get(trigger.lemma, ())
        if frame.particles:
            if trigger.lemma in frame.particles:
                return True
            wanted = frame.particles
        if not wanted:
            return True
        return any(c.word in wanted for c in trigger.children) or any(
            n.word in wanted and trigger.index < n.index <= trigger.index + 3
            for n in self.parsed.nodes
        )

    def _needs_met(self, frame: Frame, trigger: Node) -> bool:
        return not frame.needs or needs_met(self.parsed, frame.needs, trigger)

    def _through(self, frame: Frame, trigger: Node) -> bool:
        """Whether the verb's object is the noun that the frame goes through: opened *a probe*."""
        nouns = words("nouns", "case" if frame.through == "case" else "deal")
        told = [n for o in args.objects(trigger) for n in conjuncts(o)]
        # "a string of deals that X has struck"
        told += [m for n in told for m in args.of_preposition(n, "of")]
        return any(n.lemma in nouns for n in told)


def _without_promises(found: Sequence[Match]) -> list[Match]:
    """Without the promise where it is told to be kept: ``handed over the $5bn it was to invest in Y``."""
    kept = {
        (m.subject.name.name, m.object.name.name): m.trigger
        for m in found
        if m.frame.name == "hand over what was promised" and m.subject is not None
    }
    return [
        m
        for m in found
        if m.subject is None
        or (paid := kept.get((m.subject.name.name, m.object.name.name))) is None
        or paid is m.trigger
        or paid not in m.trigger.ancestors()
        or any(n.dep == "advcl" for n in (m.trigger, *m.trigger.ancestors()) if n is not paid)
    ]


_TRADING = frozenset({"sell", "export", "ship", "deliver"})
_SIGNED_BY_PERSONS = frozenset({"partnership with", "partner with"})
TAKING_PART_FRAMES = frozenset(
    {"lead a round", "take part", "invest", "invest money", "listed participant"}
)
_FORMS = frozenset({"form", "debt", "equity", "cash", "stock", "note", "loan", "capital"})
"""In what a sum is given: ``contributed $5 billion in convertible debt``."""


def _holds_money(noun: Node) -> bool:
    """``$5 billion in direct investment``."""
    return noun.head is not None and noun.head.head is not None and noun.head.head.money is not None


_GIVING = frozenset({"back", "invest", "invest money", "give money"})
_TAKEOVERS = frozenset({"merger", "takeover", "acquisition", "purchase", "buyout"})


def _of_a_takeover(noun: Node) -> bool:
    """``a merger agreement``, ``an agreement to buy``: no partnership."""
    compounds = noun.all("compound", "nmod")
    clauses = noun.all("acl", "relcl")
    return any(c.lemma in _TAKEOVERS for c in compounds) or any(
        c.lemma in ("acquire", "buy", "purchase", "merge") for c in clauses
    )


_INVESTING = frozenset({"invest", "reinvest", "contribute"})
_TAKING_PART = frozenset(
    {
        "participate",
        "join",
        "lead",
        "co-lead",
        "colead",
        "invest",
        "reinvest",
        "contribute",
        "anchor",
    }
)


def _artefact(filler: Filler) -> bool:
    return filler.node.name is not None and filler.node.name.is_artefact


def _name_of(node: Node) -> Name:
    assert node.name is not None  # noqa: S101 - callers choose named nodes
    return node.name


def _parts(node: Node) -> tuple[str, ...]:
    if node.tag.startswith("VB"):
        return ("verb", "noun", "adjective") if node.tag == "VBG" else ("verb", "adjective")
    if node.pos in ("NOUN", "PROPN"):
        return ("noun",)
    if node.pos == "ADJ":
        return ("adjective", "verb") if node.word.endswith("ed") else ("adjective",)
    return ()


def subject_want(frame: Frame) -> str:
    """What the subject must be, where the frame does not say so itself."""
    if frame.kind is Kind.SCRUTINY:
        return "authority"
    if frame.kind is Kind.INVESTMENT:
        return "subject"
    if frame.kind is Kind.PARTNERSHIP:
        return "partner"
    if frame.kind is Kind.COMPETITION:
        return "rival"
    return "party"


def object_want(frame: Frame) -> str:
    """What the object must be, where the frame does not say so itself."""
    if frame.kind is Kind.PARTNERSHIP:
        return "partner"
    return "rival" if frame.kind is Kind.COMPETITION else "organisation"
