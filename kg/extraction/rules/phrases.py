"""What fills a place of a frame, where a frame may want more than a party: a holding, a round, a deal, wares."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.extraction.rules import arguments as args
from kg.extraction.rules.backers import person_of
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.holdings import holding
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node, Parsed
from kg.extraction.rules.place_words import nodes_at
from kg.extraction.rules.roles import Roles
from kg.extraction.rules.round_owners import funded, raising
from kg.extraction.rules.units import bought
from kg.extraction.rules.wares import makers, owners


class Phrases:
    """Reads the phrases of one parsed sentence."""

    def __init__(self, parsed: Parsed, roles: Roles) -> None:
        self.parsed = parsed
        self.roles = roles

    def fill(
        self, nodes: Sequence[Node], want: str, avoid: Sequence[Any], trigger: Node
    ) -> list[Filler]:
        """The parties in the nouns, where the frame wants ``want`` there."""
        if not nodes:
            return []
        found = self._filled(nodes, want, avoid, trigger)
        if want != "subject":
            return found
        # "Hexlane researcher Ada Ortiz": she, and not where she works
        return [f for f in found if person_of(self.parsed.nodes, f.node) is None]

    def _is_backed(self, pronoun: Node, avoid: Sequence[Any]) -> bool:
        """``committed $5 billion to it``: to a company that was told to be backed, and to no project."""
        roles = self.roles
        meant = roles.context.resolve(pronoun, roles.sentence, "organisation", avoid)
        return meant is not None and roles.context.deals.is_backed(meant)

    def _filled(
        self, nodes: Sequence[Node], want: str, avoid: Sequence[Any], trigger: Node
    ) -> list[Filler]:
        if want == "holding":
            return holding(self, nodes, avoid)
        if want == "round":
            return raising(self, nodes, avoid)
        if want == "funds":
            return funded(self, nodes, avoid)
        if want == "deal":
            return self._deal(nodes, avoid)
        if want == "organisation or deal" and trigger.lemma in (
            "spend",
            "commit",
            "provide",
            "place",
        ):
            nodes = [
                n
                for n in nodes
                if n.name is not None
                or n.lemma in words("nouns", "company")
                or n.lemma in ("partnership", "venture")
                or (n.word == "it" and self._is_backed(n, avoid))
            ]
        if want == "organisation or deal":
            found = self.roles.parties(nodes, "organisation", avoid)
            return found or [
                f
                for n in nodes
                if n.name is None
                and n.lemma
                in (
                    "partnership",
                    "deal",
                    "relationship",
                    "collaboration",
                    "alliance",
                    "venture",
                    "agreement",
                )
                for f in self.deal_parties(n, avoid)
            ]
        if want == "company":
            return bought(self.roles, nodes, avoid)
        if want == "wares":
            return makers(self.roles, nodes, avoid)
        if want == "user":
            return owners(self.roles, nodes, avoid) or self.roles.parties(nodes, "partner", avoid)
        if want == "licensed":
            found = self.roles.parties(nodes, "organisation", avoid)
            return found or self.roles.parties(nodes, "model", avoid)
        if want == "own model":
            return self.roles.parties(nodes, "model", avoid)
        if want == "organisation" and trigger.lemma in ("investment", "invest", "put", "pour"):
            # "an investment in Intel common stock"
            nodes = [
                c
                for n in nodes
                for c in (_issuer(n) if n.name is None and n.lemma in _PAPERS else [n])
            ]
        if want == "organisation" and trigger.lemma in words("nouns", "investor"):
            rounds = [n for n in nodes if n.name is None and n.lemma in words("nouns", "round")]
            if rounds and (found := raising(self, rounds, avoid)):
                return found
        return self.roles.parties(nodes, want, avoid)

    def employers(self, nodes: Sequence[Node]) -> list[Filler]:
        """The companies of the persons in the nouns: who raises money does so for them."""
        found = []
        for node in nodes:
            name = node.name
            if node.word in ("he", "she"):
                name = self.roles.context.person(node)
            if name is not None and (name.is_person or name.kind is None):
                firm = self.roles.context.employer(name, node.start)
                if firm is not None and firm.name != name.name:
                    found.append(Filler(node, firm, "part"))
        return found

    def governments(self, nodes: Sequence[Node]) -> list[Filler]:
        """``Ada Ortiz, the minister for trade, signed a pact``: the government told last before."""
        for node in nodes:
            for each in conjuncts(node):
                titles = each.all("appos", "compound", "nmod")
                if any(t.lemma in _MINISTERS for t in (each, *titles) if t.name is None):
                    land = self.roles.context.government(node, self.roles.sentence)
                    return [] if land is None else [Filler(node, land, "part")]
        return []

    def _deal(self, nodes: Sequence[Node], avoid: Sequence[Any]) -> list[Filler]:
        found: list[Filler] = []
        for node in nodes:
            for each in conjuncts(node):
                if each.name is None and each.lemma in words("nouns", "deal"):
                    found += self.deal_parties(each, avoid)
        return found

    def deal_parties(self, node: Node, avoid: Sequence[Any]) -> list[Filler]:
        """The parties of a deal, in order: ``the deal between A and B``; of ``A's bid for B`` only A."""
        owners = [
            n for n in node.all("poss") if not (avoid and n.word in words("nouns", "possessive"))
        ]
        taken = {getattr(a, "name", "") for a in avoid}
        own = [f for f in self.roles.parties(owners, "company", avoid) if f.name.name not in taken]
        if own:
            return [Filler(f.node, f.name, f.how, node) for f in own]
        left = nodes_at(self.parsed, node, "left")
        # "the A-B deal", where the parse hangs A on B
        left = [n for b in left for n in (*(a for a in b.all("compound") if a.name), b)]
        nodes = [
            *(
                n
                for n in node.all("poss")
                if not (avoid and n.word in words("nouns", "possessive"))
            ),
            *left,
            *args.of_preposition(node, "between", "of", "by", "with", "in", "for", "from"),
            *_made_with(node),
        ]
        names = {getattr(a, "name", "") for a in avoid}
        parties = self.roles.parties(nodes, "company", avoid)
        return [Filler(f.node, f.name, f.how, node) for f in parties if f.name.name not in names]

    def hyphenated(self, trigger: Node, want: str) -> list[Filler]:
        """Names joined before a noun: ``the Google-Intel merger``."""
        names = [c for c in trigger.subtree() if c.name is not None and c.index < trigger.index]
        names = [c for c in names if trigger.index - c.index <= 6]
        if len(names) < 2:
            return []
        between = self.parsed.nodes[names[-2].index + 1 : names[-1].index]
        if not any(n.text in ("-", "/", "–") for n in between) or len(between) > 1:
            return []
        return self.roles.parties(names[-2:], want, ())


def _made_with(deal: Node) -> list[Node]:
    """``deals that A has with B``, ``the alliance of A with B``: those of the clause, and B."""
    made = [c for c in deal.all("relcl", "acl") if c.lemma in _DEALING]
    found = [n for c in made for n in (*args.surface_subjects(c), *args.of_preposition(c, "with"))]
    inner = [n for p in deal.all("prep") for n in p.all("pobj")]
    found += [m for n in inner for each in conjuncts(n) for m in args.of_preposition(each, "with")]
    return [n for n in found if n is not deal]


_DEALING = frozenset(
    {"have", "strike", "sign", "make", "reach", "forge", "do", "form", "ink", "agree"}
)
_MINISTERS = frozenset({"minister", "secretary", "premier", "chancellor", "governor"})
_PAPERS = frozenset({"stock", "share", "equity", "bond", "note", "debt"})


def _issuer(paper: Node) -> list[Node]:
    """Whose stock it is: ``Intel common stock``, ``Intel's shares``; the noun itself where none is named."""
    named = [c for c in paper.all("compound", "nmod", "poss", "amod") if c.name is not None]
    return named or [paper]
