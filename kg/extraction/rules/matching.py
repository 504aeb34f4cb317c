"""Frames applied to a parsed sentence: which relationships its words tell, between whom."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from kg.extraction.rules import arguments as args
from kg.extraction.rules.bare_deals import left_over
from kg.extraction.rules.carried import carried, in_headline
from kg.extraction.rules.case_fates import fates
from kg.extraction.rules.cases import scrutinised, versus, without_understood
from kg.extraction.rules.conditions import needs_met
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.deals import of_a_takeover
from kg.extraction.rules.endings import ended
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.frames import Frame, by_trigger, frame_named, object_want, subject_want
from kg.extraction.rules.gaps import apportioned, gapped, gives_to_several, without_holders
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.holdings import of_takings
from kg.extraction.rules.implied import (
    implied_object,
    implied_party,
    implied_subject,
    named_before,
    undertaken,
)
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.match import Match
from kg.extraction.rules.offers import beside, distributed
from kg.extraction.rules.overlaps import bought_whole, without_deals_to_buy, without_promises
from kg.extraction.rules.pairings import paired
from kg.extraction.rules.pairs_told import fitting_pairs
from kg.extraction.rules.parsing import Node, Parsed
from kg.extraction.rules.participants import STANDING, participants
from kg.extraction.rules.phrases import Phrases
from kg.extraction.rules.place_words import nodes_at
from kg.extraction.rules.plausible import plausible
from kg.extraction.rules.raises import raised
from kg.extraction.rules.respectively import by_groups, in_order
from kg.extraction.rules.roles import Roles
from kg.extraction.rules.round_owners import raised_by_another
from kg.extraction.rules.support_verbs import support
from kg.extraction.rules.taking_part import (
    TAKING_PART_FRAMES,
    along_with,
    bare_share,
    beside_investor,
    own_holding,
    puts_in,
    takes_part,
)
from kg.extraction.rules.wares import SERVICES
from kg.extraction.rules.wholes import tells_of_the_whole
from kg.model import EntityKind, Kind

_TOLD_OF_PARTIES = frozenset(
    {Kind.INVESTMENT, Kind.DISTRIBUTION, Kind.SCRUTINY, Kind.ACQUISITION, Kind.PARTNERSHIP}
)


class Matcher:
    """Applies frames to one sentence: those that are ``fitting``."""

    def __init__(self, parsed: Parsed, roles: Roles, fitting: Container[Frame]) -> None:
        self.parsed = parsed
        self._fitting = fitting
        self.roles = roles
        self.phrases = Phrases(parsed, roles)

    def matches(self) -> list[Match]:
        """All matches in order of their triggers."""
        found: list[Match] = []
        begun, fitting = by_trigger(), self._fitting
        for node in self.parsed.nodes:
            if node.name is not None or node.money is not None:
                continue
            for part in _parts(node):
                for frame in begun.get((part, node.lemma), ()):
                    if frame in fitting:
                        found += filter(plausible, self._apply(frame, node, found))
            if in_headline(node):
                for frame in begun.get(("verb", node.lemma), ()):
                    if frame.subject_is == "carrier" and frame in fitting:
                        found += self._apply(frame, node, found)
        found = without_understood(without_promises(bought_whole(found)))
        found = apportioned(self.phrases, found)
        others = gapped(self.phrases, found)
        # "X holds 43% of Y and Z 9%", where the parse has X hold some of Z
        taken = {m.trigger.index for m in others}
        found = [m for m in found if m.object.node.index not in taken] + others
        found = without_holders(self.phrases, found)
        joined = participants(self.phrases, found)
        found = [m for m in found if m.subject or all(j.trigger is not m.trigger for j in joined)]
        found += joined
        firmer = [m for m in found if m.frame.name not in STANDING]
        found = [m for m in found if m.frame.name not in STANDING or not _is_told(m, firmer)]
        found += beside(self.phrases)
        found += versus(self.phrases, frame_named("sue", Kind.SCRUTINY))
        found += left_over(self.phrases, found)
        found = without_deals_to_buy(found)
        return [m for m in found if m.frame.kind not in _TOLD_OF_PARTIES or not self._aside(m)]

    def _aside(self, match: Match) -> bool:
        """Whether a party is named as a bystander only; ``competes with X-backed Y`` tells of Y."""
        if match.frame.hyphen:
            return False
        parties = [match.object] if match.subject is None else [match.subject, match.object]
        return any(
            p.node.name is not None
            and self.roles.stands_aside(p.node)
            and not _says_of(match.trigger, p.node)
            for p in parties
        )

    def _apply(
        self, frame: Frame, trigger: Node, told: Sequence[Match]
    ) -> Iterator[Match] | list[Match]:
        if frame.hyphen and not nodes_at(self.parsed, trigger, "left"):
            return []
        if not self._particle_fits(frame, trigger) or not needs_met(
            self.parsed, frame.needs, trigger
        ):
            return []
        if tells_of_the_whole(frame, trigger):
            return []
        if frame.object == ("known deal",):
            return ended(self.phrases, frame, trigger, told)
        if frame.object == ("known case",):
            return fates(self.phrases, frame, trigger)
        if frame.raises:
            return raised(self.phrases, frame, trigger)
        if frame.pair:
            return paired(self.phrases, frame, trigger)
        if frame.through and not self._through(frame, trigger):
            return []
        return self._ends(frame, trigger, told)

    def _ends(self, frame: Frame, trigger: Node, told_before: Sequence[Match]) -> list[Match]:
        if frame.subject_is == "carrier":
            return carried(self.phrases, frame, trigger)
        if frame.kind is Kind.DISTRIBUTION:
            return distributed(self.phrases, frame, trigger)
        if frame.kind is Kind.SCRUTINY:
            return scrutinised(self.phrases, frame, trigger)
        if frame.name == "stake of" and self._sold(trigger):
            return []
        if frame.name == "partnership with" and of_a_takeover(trigger):
            return []
        if frame.name == "investment of" and any(
            m.frame.name == "money given" and m.trigger is trigger for m in told_before
        ):
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
                # "customers of both X and Y, two specialists": the two are no party besides
                opposite = {n.name for n in shut}
                subjects = [
                    f for f in subjects if f.how != "reference" or f.name.name not in opposite
                ]
        if subjects and trigger.tag.startswith("VB"):
            subjects = subjects + self._as_did(trigger, subjects)
        if trigger.tag.startswith("NN") and frame.kind in _TOLD_OF_PARTIES:
            # "the authority cleared the purchase of a stake" is no party to it
            judged = support(trigger)
            if judged is not None and judged.lemma in words("modality", "reviewing_verb"):
                subjects = [f for f in subjects if not f.name.is_authority]
        if frame.kind is Kind.ACQUISITION:
            # "when the customer purchases it": who buys a product buys no company
            shoppers = words("nouns", "people")
            subjects = [f for f in subjects if f.node.name or f.node.lemma not in shoppers]
            subjects = [f for f in subjects if not f.node.all("nummod")]
        if frame.name == "pay for a stake" and _costs_billions(trigger):
            # "the chief paid $5 billion for a stake in Y": with the money of his company
            subjects = self.phrases.employers([f.node for f in subjects]) or subjects
        avoid = [f.name for f in subjects]
        objects = self._fill(
            frame, trigger, frame.object, frame.object_is or object_want(frame), avoid
        )
        if frame.kind is Kind.RELEASE:
            # "announced support for Z": somebody else's
            objects = [o for o in objects if all(n.lemma != "support" for n in o.node.ancestors())]
        if frame.kind is Kind.INVESTMENT:
            taken = {a.name for a in avoid}
            instead = [self.roles.backed_instead(o) for o in objects]
            instead = [_rather_its_target(o, trigger, told_before, frame.kind) for o in instead]
            instead = [_held_already(o, trigger, subjects, told_before) for o in instead]
            objects = [
                i if i.name.name not in taken else o for i, o in zip(instead, objects, strict=True)
            ]
            if len(objects) > 1 and objects[0].name.kind is not EntityKind.INVESTOR:
                # "led by X, known for backing firms like Y, and Z": Z leads beside X
                objects = [o for o in objects if o.name.kind is not EntityKind.INVESTOR]
            if not objects and frame.name in _GIVING:
                objects = undertaken(self.phrases, frame, trigger, avoid)
        if frame.name == "gives a stake" and subjects and not objects and _gives_stake(trigger):
            # "granted X a 27% stake": in itself
            givers = self.phrases.fill(args.subjects(trigger), "organisation", avoid, trigger)
            objects = [f for f in givers if f.node.name is not None]
        if frame.kind is Kind.ACQUISITION:
            objects = [_rather_its_target(o, trigger, told_before, frame.kind) for o in objects]
        if not subjects and objects:
            subjects = implied_subject(self.phrases, frame, trigger, objects)
        if subjects and not objects:
            objects = implied_object(self.phrases, frame, trigger, subjects)
        if frame.name == "invest money" and trigger.lemma in ("spend", "commit", "pledge"):
            # "spends $5bn on Azure": on what it uses
            objects = [o for o in objects if not (o.node.name and o.node.name.kind in SERVICES)]
        if not subjects and objects and frame.name in _SIGNED_BY_PERSONS:
            # "Smith announced a partnership with Y": his company did
            signers = [
                n
                for place in ("poss", "support", "subj", "speaker")
                for n in nodes_at(self.parsed, trigger, place)
            ]
            subjects = self.phrases.employers(signers) or self.phrases.governments(signers)
        if subjects and not objects and frame.name == "money from":
            objects = self.phrases.employers(nodes_at(self.parsed, trigger, "subj"))
        if frame.kind is Kind.INVESTMENT and len(objects) > 1 and len(subjects) == 1:
            others = [o for o in objects[1:] if self._gapped(o.node)]
            if others:
                kept = [o for o in objects if o not in others]
                return [Match(frame, trigger, s, o) for s in (*subjects, *others) for o in kept]
        if subjects and not objects:
            objects = self._of_round_told(frame, trigger, subjects, told_before)
        if subjects and frame.object_is == "round":
            subjects = subjects + along_with(
                self.phrases, trigger, [f.name for f in (*subjects, *objects)]
            )
        elif subjects and objects and frame.kind is Kind.INVESTMENT:
            subjects = subjects + beside_investor(self.phrases, trigger, [*subjects, *objects])
        objects = [o for o in objects if not _listed_after(trigger, o.node)]
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
        if len(subjects) == len(objects) > 1 and in_order(self.parsed):
            pairs = list(zip(subjects, objects, strict=True))
        elif min(len(subjects), len(objects)) > 1 and in_order(self.parsed):
            pairs = by_groups(self.parsed, subjects, objects) or pairs
        if frame.kind is Kind.ACQUISITION:
            # "A and B agreed on a takeover": one of the other, whoever is the buyer
            pairs = [p for i, p in enumerate(pairs) if not _reversed(p, pairs[:i])]
        pairs = fitting_pairs(frame, trigger, pairs)
        if frame.kind is Kind.ACQUISITION:
            pairs = [self._as_told(s, o) for s, o in pairs]
        return [Match(frame, trigger, s, o, len(subjects), through=o.through) for s, o in pairs]

    def _of_round_told(
        self, frame: Frame, trigger: Node, subjects: Sequence[Filler], told: Sequence[Match]
    ) -> list[Filler]:
        """Whom investors put money in where the words do not say: who raised it, here or before."""
        money = frame.name == "money comes from" or puts_in(trigger)
        money = money and all(f.how == "name" for f in subjects)
        part = money or (frame.name in TAKING_PART_FRAMES and takes_part(trigger))
        own = frame.object_is == "holding" and own_holding(trigger)
        share = frame.object_is == "holding" and bare_share(trigger)
        if not (part or own or share):
            return []
        name = named_before(self.phrases, trigger, subjects) if own else None
        if share and name is None:
            # "X owns 43% of Y, Z owns 9%"
            held = [m for m in told if m.frame.object_is == "holding" and m.object.node is not None]
            before = [m for m in held if m.trigger.index < trigger.index]
            name = before[-1].object.name if before else self.roles.invested_in()
        if name is None and part:
            name = _raised_here(told)
        if name is None and not share:
            takes = trigger.lemma not in _INVESTING
            name = self.roles.raiser(12 if takes else 4, titled=takes)
        if name is None and part and (money or self._speaks_of_round(trigger)):
            name = self.roles.young(trigger, [f.name for f in subjects])
        if name is None or name.name in {f.name.name for f in subjects}:
            return []
        return [Filler(trigger, name, "reference")]

    def _as_did(self, verb: Node, told: Sequence[Filler]) -> list[Filler]:
        """``X invested in Y, as did A and B``: A and B."""
        clauses = [c for n in (verb, *verb.ancestors()) for c in n.all("advcl", "conj", "ccomp")]
        others = [
            n
            for c in clauses
            if c.lemma == "do"
            and c.index > verb.index
            and self.parsed.nodes[c.index - 1].word == "as"
            for n in c.all("nsubj", "dobj")
            if n.name is not None
        ]
        shut = {f.name.name for f in told}
        found = self.roles.parties(others, "subject", [f.name for f in told])
        return [f for f in found if f.name.name not in shut and f.how == "name"]

    def _as_told(self, buyer: Filler, bought: Filler) -> tuple[Filler, Filler]:
        """``The drug maker pays $5 million for the business``: who buys whom was told before."""
        if not (buyer.how == bought.how == "reference"):
            return buyer, bought
        if not self.roles.context.deals.purchase_by(bought.name, buyer.name):
            return buyer, bought
        return replace(buyer, name=bought.name), replace(bought, name=buyer.name)

    def _speaks_of_round(self, verb: Node) -> bool:
        """``in which X invested``, ``Y led the Series B``: rounds are told of, or the verb is of investors."""
        if raised_by_another(self.phrases):
            return False
        if verb.lemma in words("verbs", "of_investors"):
            return True
        return any(n.lemma in words("nouns", "round") for n in self.parsed.nodes)

    def _gapped(self, node: Node) -> bool:
        """``A will invest $5bn in C and B $3bn``: B stands beside C, but does as A does."""
        after = self.parsed.nodes[node.index + 1 : node.index + 6]
        money = next((n for n in after if n.money is not None), None)
        if node.dep != "conj" or money is None:
            return False
        if node.head is not None and gives_to_several(node.head):
            return False
        between = self.parsed.nodes[node.index + 1 : money.index]
        return all(n.name is None and n.text not in (",", ".", ";") for n in between)

    def _sold(self, noun: Node) -> bool:
        """Whether the stake is what a verb of selling or buying takes: its own frame tells it."""
        verb = support(noun)
        above = noun.head.head if noun.head is not None and noun.head.word == "of" else None
        if above is not None and above.lemma in ("sale", "disposal", "purchase", "acquisition"):
            # "its sale of its stake in Y"
            return True
        if (
            verb is not None
            and noun.all("poss")
            and args.is_passive(verb)
            and not args.subjects(verb)
        ):
            # "X's stake in Y was disclosed"
            return False
        doers = args.surface_subjects(verb) if verb is not None else []
        if doers and any(c.name is not None for c in noun.all("poss")):
            # "the deal lifts X's stake in Y": nobody else holds it then
            deals = words("nouns", "deal") | {"move", "sale", "issue", "round", "that", "this"}
            if all(n.name is None and n.lemma in deals for n in doers):
                return False
        if noun.head is not None and noun.head.word == "with":
            # "disclosed an investment in X along with a stake in Y"
            return False
        return verb is not None and any(
            f.object_is == "holding" for f in by_trigger().get(("verb", verb.lemma), ())
        )

    def _fill(
        self, frame: Frame, trigger: Node, places: Sequence[str], want: str, avoid: Sequence[Name]
    ) -> list[Filler]:
        for place in places:
            if place in ("author", "topic", "spoken of"):
                implied = implied_party(self.phrases, place, trigger, avoid)
                if implied:
                    return implied
                continue
            nodes = nodes_at(self.parsed, trigger, place)
            found = self.phrases.fill(nodes, want, avoid, trigger)
            if found:
                return found
        return []

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

    def _through(self, frame: Frame, trigger: Node) -> bool:
        """Whether the verb's object is the noun that the frame goes through: opened *a probe*."""
        nouns = words("nouns", "case" if frame.through == "case" else "deal")
        told = [n for o in args.objects(trigger) for n in conjuncts(o)]
        # "a string of deals that X has struck"
        told += [m for n in told for m in args.of_preposition(n, "of")]
        if any(n.lemma in nouns for n in told):
            return True
        # "the deal is like one that X signed"
        before = self.parsed.nodes[: told[0].index] if told else ()
        return any(n.word == "one" for n in told) and any(n.lemma in nouns for n in before)


def _raised_here(told: Sequence[Match]) -> Name | None:
    """The company that the sentence itself has told to raise money: ``Y raised $5bn; X followed``."""
    raisers = {m.object.name.name: m.object.name for m in told if m.frame.raises}
    if not raisers:
        # "A put $2bn into Y, and B agreed to invest $5bn"
        raisers = {m.object.name.name: m.object.name for m in told if m.frame.name in _GIVING}
    return next(iter(raisers.values())) if len(raisers) == 1 else None


def _costs_billions(verb: Node) -> bool:
    sums = [o.money for o in args.objects(verb) if o.money is not None]
    return any(m.value >= 1_000_000_000 for m in sums)


def _gives_stake(verb: Node) -> bool:
    given = [o for o in args.objects(verb) if not any(args.of_preposition(o, "in"))]
    given = [o for o in given if not of_takings(o)]
    return any(o.lemma in ("stake", "shareholding", "%", "option") for o in given)


_SIGNED_BY_PERSONS = frozenset({"partnership with", "partner with"})
_GIVING = frozenset({"back", "invest", "invest money", "give money"})
_INVESTING = frozenset(
    {"invest", "reinvest", "contribute", "follow", "come", "get", "pile", "have", "hold"}
)


def _is_told(match: Match, others: Sequence[Match]) -> bool:
    """Whether one of the others is of the same two."""
    return any(
        m.subject is not None
        and match.subject is not None
        and m.subject.name.name == match.subject.name.name
        and m.object.name.name == match.object.name.name
        for m in others
    )


def _says_of(trigger: Node, party: Node) -> bool:
    """Whether the words tell something of the bystander itself: ``unlike X, which bought Y``, ``X's purchase``."""
    if trigger.tag.startswith("NN") and party.dep in ("poss", "compound", "nmod", "appos"):
        return party.head is trigger
    return any(n is trigger for n in party.subtree())


def _parts(node: Node) -> tuple[str, ...]:
    if node.tag.startswith("VB"):
        return ("verb", "noun", "adjective") if node.tag == "VBG" else ("verb", "adjective")
    if node.pos in ("NOUN", "PROPN"):
        return ("noun",)
    if node.pos == "ADJ":
        return ("adjective", "verb") if node.word.endswith("ed") else ("adjective",)
    return ()


def _held_already(
    target: Filler, trigger: Node, investors: Sequence[Filler], told: Sequence[Match]
) -> Filler:
    """``X put money in Y and became its largest shareholder``: Y's."""
    if target.how != "reference" or target.node.word not in ("its", "their"):
        return target
    named = {f.name.name for f in investors if f.how == "name"}
    return _told_before_of(target, trigger, told, Kind.INVESTMENT, named)


def _rather_its_target(target: Filler, trigger: Node, told: Sequence[Match], kind: Kind) -> Filler:
    """``After X's deal to buy Y fell apart, Z bought the start-up``: Y, where it is taken for X, who buys itself.

    So of backing: ``X put money in Y, and Z is to invest in it``.
    """
    if target.how != "reference":
        return target
    return _told_before_of(target, trigger, told, kind, {target.name.name})


def _told_before_of(
    target: Filler, trigger: Node, told: Sequence[Match], kind: Kind, doers: Container[str]
) -> Filler:
    """The target as the one that a doer was told before the trigger to back or buy; else as it is."""
    for match in told:
        does = match.frame.kind is kind and match.trigger.index < trigger.index
        if does and match.subject is not None and match.subject.name.name in doers:
            return replace(target, name=match.object.name)
    return target


def _listed_after(participle: Node, node: Node) -> bool:
    """B of ``A (bought by X) and B``, which is listed behind what is said of A."""
    told = participle.head
    if participle.dep != "acl" or participle.tag != "VBN" or told is None or told.name is None:
        return False
    return node.dep == "conj" and node.index > participle.index and told in node.ancestors()


def _reversed(pair: tuple[Filler, Filler], before: Sequence[tuple[Filler, Filler]]) -> bool:
    """Whether the two stood before, the other way round."""
    one, other = pair
    return any(s.name.name == other.name.name and o.name.name == one.name.name for s, o in before)
