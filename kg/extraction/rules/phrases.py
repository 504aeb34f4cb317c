"""Phrases that need more than a place in the parse: holdings, rounds, deals, offers of models, cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kg.extraction.rules import arguments as args
from kg.extraction.rules import case_places
from kg.extraction.rules.backers import members
from kg.extraction.rules.clauses import crosses_clause
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.deals import DEAL_PLACES
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.frames import by_trigger
from kg.extraction.rules.gaps import gaps
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node, Parsed
from kg.extraction.rules.purposes import PURPOSES, with_next
from kg.extraction.rules.relatives import antecedent, possessor
from kg.extraction.rules.roles import Roles
from kg.extraction.rules.support_verbs import is_support, support
from kg.extraction.rules.units import bought
from kg.extraction.rules.wares import makers, owners
from kg.model import EntityKind

RIVALLING = frozenset({"rival", "compete", "challenge", "outperform", "take"})
COMPETITORS = frozenset({"competitor", "rival", "challenger", "alternative", "answer"})
HELD = words("nouns", "holding") - {"investment", "seat"}
_PORTIONS = frozenset(
    [
        "part",
        "all",
        "portion",
        "half",
        "majority",
        "rest",
        "most",
        "chunk",
        "slice",
        "piece",
        "third",
        "quarter",
    ]
)
_PERCENT = frozenset({"%", "percent", "cent"})
TOLD_BY_PORTION = _PORTIONS | _PERCENT
"""Words by which a holding is told without a noun of holdings: ``60 percent of Y``."""
_MEASURES = TOLD_BY_PORTION | {
    "amount",
    "billion",
    "block",
    "bulk",
    "dollar",
    "entirety",
    "million",
    "number",
    "remainder",
    "some",
    "worth",
}
"""Words that measure the holding told after them."""


class Phrases:
    """Reads the phrases of one parsed sentence."""

    def __init__(self, parsed: Parsed, roles: Roles) -> None:
        self.parsed = parsed
        self.roles = roles

    # -- places ---------------------------------------------------------------------------

    def nodes_at(self, trigger: Node, place: str) -> list[Node]:
        """The nouns at a place of a frame, as the parse has them."""
        is_verb = trigger.tag.startswith("VB")
        if place == "subj":
            return args.subjects(trigger)
        if place == "obj":
            return args.objects(trigger)
        if place == "iobj":
            return [
                n for c in trigger.all("dative") for n in ([c] if c.pos != "ADP" else c.all("pobj"))
            ]
        if place == "poss":
            own = trigger.all("poss") or [
                n for above in _joined(trigger) for n in above.all("poss")
            ]
            return [possessor(n) for n in own]
        if (
            place == "head"
            and is_verb
            and trigger.dep not in ("amod", "acl", "relcl", "compound", "nmod")
        ):
            return [
                n
                for n in self.parsed.nodes[trigger.index + 1 : trigger.index + 4]
                if n.name is not None
            ][:1]
        if place == "head":
            return (
                [trigger.head]
                if trigger.head is not None
                and trigger.dep in ("amod", "acl", "relcl", "compound", "nmod")
                else []
            )
        if place == "left" and is_verb:
            return self._hyphen_left(trigger)
        if place == "their":
            verb = support(trigger)
            if verb is None or not any(c.word == "their" for c in trigger.all("poss")):
                return []
            return args.surface_subjects(verb)
        if place in case_places.PLACES:
            return case_places.nodes_at(trigger, place)
        if place == "promised":
            return _promised(trigger)
        if place == "joint":
            return self._joint(trigger)
        if place in DEAL_PLACES:
            return DEAL_PLACES[place](trigger)
        if place in PURPOSES:
            return PURPOSES[place](self.parsed.nodes, trigger)
        if place == "to rival":
            verbs = [
                c
                for c in trigger.children
                if c.dep in ("xcomp", "advcl", "ccomp") and c.lemma in RIVALLING
            ]
            return [
                n
                for v in verbs
                for n in [*args.objects(v), *args.of_preposition(v, "with", "against")]
            ]
        if place == "as competitor":
            nouns = [n for n in args.of_preposition(trigger, "as") if n.lemma in COMPETITORS]
            return [n for noun in nouns for n in args.of_preposition(noun, "to", "of")]
        if place == "left":
            return [
                c
                for c in trigger.children
                if c.dep in ("compound", "nmod", "amod", "npadvmod")
                and c.name is not None
                and not _works_at(trigger, c.name)
            ]
        if place == "support":
            return self._support(trigger)
        if place == "is":
            return self._copula(trigger)
        if place == "appos":
            above = [trigger.head] if trigger.dep == "appos" and trigger.head is not None else []
            return above + [c for c in trigger.all("appos") if c.name is not None]
        if place == "includes":
            head = trigger.head
            if head is not None and trigger.dep == "nsubj" and head.lemma in ("include", "be"):
                listed = head.all("dobj", "attr")
                if not listed and head.lemma == "include":
                    # the parse loses the list before a clause at its end
                    after = self.parsed.nodes[head.index + 1 : head.index + 8]
                    listed = [n for n in after if n.name is not None][:1]
                return [*_besides(head), *listed]
            return [
                n
                for p in trigger.all("prep")
                if p.word in ("including", "like", "as")
                for n in [*p.all("pobj"), *(x for q in p.all("prep") for x in q.all("pobj"))]
            ]
        if place == "clause":
            below = trigger.all("ccomp") if is_verb else trigger.all("acl", "ccomp", "relcl")
            return [s for c in below for s in c.all("nsubj", "nsubjpass")]
        if place == "between":
            return list(args.of_preposition(trigger, "between"))
        found = [antecedent(n, trigger) for n in args.of_preposition(trigger, place)]
        if not found and place == "with" and not is_verb:
            found = with_next(self.parsed.nodes, trigger, place)
        if found and place == "with" and not is_verb:
            # "partnerships with X in 2017 and Y in 2018"
            found += [c for c in trigger.all("conj") if c.name is not None]
        if is_verb and not found and args.is_passive(trigger):
            # "is being looked into": the preposition has lost its noun to the subject
            stranded = [p for p in trigger.all("prep", "prt") if p.word == place]
            if stranded and not any(p.all("pobj", "pcomp") for p in stranded):
                found = args.surface_subjects(trigger)
        if is_verb and not any(n.name for n in found) and place in ("in", "into"):
            found += [
                n for o in trigger.all("dobj") for n in args.of_preposition(o, place) if n.name
            ]
            found += [m for n in found for m in self._exemplified(n)]
        if is_verb and not found:
            for child in trigger.all(
                "dobj", "attr", "advmod", "npadvmod", "prt", "acomp", "xcomp", "oprd"
            ):
                if child.name is None and not child.tag.startswith("VB"):
                    found += list(args.of_preposition(child, place))
        if is_verb and not found and place in ("in", "into"):
            # "A invested $8bn and B $3bn in C"
            found = [n for _, q in gaps(self, trigger) for n in args.of_preposition(q, place)]
        if not found:
            found = _relative(trigger, place)
        if is_verb and not found and place in ("from", "to"):
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
            found = self._by_after_aside(trigger)
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
            if not found:
                # "its partnership and investment in X", where "in" hangs on the first
                shared = [p for above in _joined(trigger) for p in above.all("prep")]
                found += [
                    n
                    for p in shared
                    if p.word == place and p.index > trigger.index
                    for n in p.all("pobj")
                    if n.name is not None
                ]
            verb = support(trigger)
            under = (
                trigger.dep == "pobj" and trigger.head is not None and trigger.head.word == "under"
            )
            if not found and verb is not None and (under or trigger in args.objects(verb)):
                found += list(args.of_preposition(verb, place))
        return found

    def _by_after_aside(self, noun: Node) -> list[Node]:
        """``investments in Y, which makes ..., by A and B``: A and B, where the parse hangs them on the aside."""
        for node in self.parsed.nodes[noun.index + 2 : noun.index + 25]:
            before = self.parsed.nodes[node.index - 1]
            if node.word == "by" and before.word == "," and noun in node.ancestors():
                return members(self.parsed.nodes, node.index + 1)
        return []

    def _exemplified(self, noun: Node) -> list[Node]:
        """``companies, by one count 400, including A and B``, ``a handful of companies: A and B``."""
        last = (
            next(args.of_preposition(noun, "of"), noun)
            if noun.lemma in words("nouns", "group")
            else noun
        )
        if (
            noun.name is not None
            or last.tag != "NNS"
            or last.lemma not in words("nouns", "company")
        ):
            return []
        for node in self.parsed.nodes[last.index + 1 : last.index + 9]:
            such = node.word == "as" and self.parsed.nodes[node.index - 1].word == "such"
            if (
                such
                or node.word == "including"
                or (node.word == ":" and node.index == last.index + 1)
            ):
                return members(self.parsed.nodes, node.index + 1)
            if node.tag in ("VBD", "VBZ", "VBP", "MD") or (
                node.name is not None and node.dep != "poss"
            ):
                return []
        return []

    def _joint(self, noun: Node) -> list[Node]:
        """``launched in partnership with``: who launched."""
        prep = noun.head
        if prep is None or prep.word not in _BY_MEANS_OF or noun.dep != "pobj":
            return []
        made = [c for c in (prep.head.all("acl") if prep.head else ()) if args.is_passive(c)]
        verb = next((n for n in (*made, *prep.ancestors()) if n.tag.startswith("VB")), None)
        if verb is None:
            return []
        doers = args.subjects(verb)
        if not doers and verb.dep == "ccomp" and verb.head is not None:
            # "was built in partnership with Y, X said"
            doers = args.surface_subjects(verb.head)
        return doers

    def _hyphen_left(self, trigger: Node) -> list[Node]:
        """The name joined to a participle: ``Google-backed``."""
        nodes = self.parsed.nodes
        if (
            trigger.index >= 2
            and nodes[trigger.index - 1].text == "-"
            and nodes[trigger.index - 2].name is not None
        ):
            return [nodes[trigger.index - 2]]
        return []

    def _support(self, noun: Node) -> list[Node]:
        verb = support(noun)
        if verb is None:
            return []
        if noun.lemma in words("nouns", "funding") and verb.lemma in words("nouns", "receiving"):
            # who receives funding does not give it
            return []
        licensed = noun.lemma in ("license", "licence", "licensing") and verb.lemma in _LICENSING
        if not is_support(verb) and not licensed:
            return []
        if args.is_passive(verb):
            return args.subjects(verb)
        return args.surface_subjects(verb)

    def _copula(self, noun: Node) -> list[Node]:
        head = noun.head
        node = noun
        while head is not None and node.dep == "conj":
            node, head = head, head.head
        if head is None:
            return []
        if node.dep == "ccomp" and head.lemma in ("make", "name", "call") and node.child("nsubj"):
            # "makes X a supplier of Y"
            return node.all("nsubj")
        if node.dep == "pobj" and head.word in ("of", "among") and head.head is not None:
            one = head.head
            if head.word == "among" and one.lemma == "be":
                return [n for n in one.all("nsubj", "attr") if n is not node]
            if one.lemma != "one" or one.head is None:
                return []
            node, head = one, one.head
        if node.dep == "nsubj" and head.lemma == "be":
            return head.all("attr")
        if node.dep in ("attr", "oprd", "pobj", "dobj") and head.lemma in (
            "be",
            "become",
            "remain",
            "as",
        ):
            verb = head if head.lemma != "as" else head.head
            if verb is None:
                return []
            outdone = args.objects(verb) if verb.lemma in _OVERTAKING else []
            return [*args.surface_subjects(verb), *outdone]
        return []

    # -- what fills a place ---------------------------------------------------------------

    def fill(
        self, nodes: Sequence[Node], want: str, avoid: Sequence[Any], trigger: Node
    ) -> list[Filler]:
        """The parties in the nouns, where the frame wants ``want`` there."""
        if want == "holding":
            return self._holding(nodes, avoid)
        if want == "round":
            return self._round(nodes, avoid)
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
            if rounds and (found := self._round(rounds, avoid)):
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

    def _holding(self, nodes: Sequence[Node], avoid: Sequence[Any]) -> list[Filler]:
        found: list[Filler] = []
        for node in nodes:
            for each in conjuncts(node):
                found += self._held(each, avoid, 0)
        return found

    def _held(self, node: Node, avoid: Sequence[Any], depth: int) -> list[Filler]:
        if depth > 3 or node.name is not None:
            return []
        if node.lemma == "position" and node.tag == "NNS" and node.all("nummod"):
            # "cut 1,900 positions"
            return []
        if node.lemma in HELD:
            verb = node.head
            if verb is not None and node.dep == "dobj" and not node.all("prep")[1:]:
                # "sold its shares in Y", where the parse hangs "in Y" on the verb
                nodes = [antecedent(n, verb) for n in args.of_preposition(verb, "in")]
                share = any(n.lemma in _PERCENT for n in args.of_preposition(node, "of"))
                if not share and node.all("prep"):
                    nodes = []
                nodes = [n for n in nodes if n.name is not None or n.index < verb.index or share]
                found = self.roles.parties(nodes, "organisation", avoid)
                if found:
                    return [Filler(f.node, f.name, f.how, node) for f in found]
            issuers = [n for c in node.all("acl") if c.lemma in _ISSUING for n in args.subjects(c)]
            if issuers:
                found = self.roles.parties(issuers, "organisation", avoid)
                return [Filler(f.node, f.name, f.how, node) for f in found]
            for prep in (("in", "of", "from"), ("poss",), ("left",)):
                nodes = (
                    list(args.of_preposition(node, *prep))
                    if prep[0] == "in"
                    else self.nodes_at(node, prep[0])
                )
                nodes = (
                    [n for n in nodes if n.money is None and n.word not in _OWN] if avoid else nodes
                )
                nodes = [m for n in nodes for m in (self._exemplified(n) or [n])]
                found = self.roles.parties(nodes, "organisation", avoid)
                if found:
                    return [Filler(f.node, f.name, f.how, node) for f in found]
                for inner in nodes:
                    found = self._held(inner, avoid, depth + 1)
                    if found:
                        return found
            return []
        if node.money is not None or node.lemma in _MEASURES or node.pos in ("NUM", "DET"):
            for inner in [
                *args.of_preposition(node, "in", "of"),
                *(
                    n
                    for w in node.all("npadvmod", "nmod", "appos", "amod", "prep")
                    for n in args.of_preposition(w, "in", "of")
                ),
            ]:
                found = self._held(inner, avoid, depth + 1)
                if found:
                    return found
            if node.lemma in _PERCENT or (node.money is None and node.lemma in _PORTIONS):
                inside = [
                    n
                    for n in args.of_preposition(node, "of", "in")
                    if n.name is not None
                    or n.lemma in words("nouns", "company") - words("nouns", "unit")
                    or n.word in ("it", "them")
                ]
                parties = self.roles.parties(inside, "organisation", avoid)
                return [Filler(f.node, f.name, f.how, node) for f in parties]
        return []

    def _round(self, nodes: Sequence[Node], avoid: Sequence[Any]) -> list[Filler]:
        for node in nodes:
            for each in conjuncts(node):
                if each.lemma not in words("nouns", "round"):
                    continue
                found = self.round_of(each, avoid)
                if found:
                    return found
        return []

    def round_of(self, node: Node, avoid: Sequence[Any]) -> list[Filler]:
        """Whose round of funding a noun speaks of."""
        nodes = [
            *node.all("poss"),
            *args.of_preposition(node, "for", "in", "of", "by", "at"),
            *self.nodes_at(node, "left"),
            *(n for c in node.all("relcl", "acl") if raises(c) for n in args.surface_subjects(c)),
        ]
        found = self.roles.parties(
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
        if (
            node.dep == "nsubj"
            and node.head is not None
            and node.head.lemma in ("value", "bring", "peg", "push", "take", "lift")
        ):
            found = self.roles.parties(
                [*args.objects(node.head), *node.head.all("poss")], "organisation", avoid
            )
            if found:
                return [Filler(f.node, f.name, f.how, node) for f in found]
        found = self.roles.parties(_seeking(node), "organisation", avoid)
        verb = support(node)
        if not found and verb is not None and raises(verb):
            found = self.roles.parties(args.surface_subjects(verb), "organisation", avoid)
        determiner = node.child("det")
        if not found and determiner is not None:
            name = self.roles.raiser(12 if determiner.word in ("the", "this", "that") else 4)
            if name is not None and name.name not in {getattr(a, "name", "") for a in avoid}:
                return [Filler(node, name, "reference", node)]
        return [Filler(f.node, f.name, f.how, node) for f in found]

    def _deal(self, nodes: Sequence[Node], avoid: Sequence[Any]) -> list[Filler]:
        found: list[Filler] = []
        for node in nodes:
            for each in conjuncts(node):
                if each.name is None and each.lemma in words("nouns", "deal"):
                    found += self.deal_parties(each, avoid)
        return found

    def deal_parties(self, node: Node, avoid: Sequence[Any]) -> list[Filler]:
        """The parties of a deal, in order: ``the deal between A and B``; of ``A's bid for B`` only A."""
        owners = [n for n in node.all("poss") if not (avoid and n.word in _OWN)]
        taken = {getattr(a, "name", "") for a in avoid}
        own = [f for f in self.roles.parties(owners, "company", avoid) if f.name.name not in taken]
        if own:
            return [Filler(f.node, f.name, f.how, node) for f in own]
        left = self.nodes_at(node, "left")
        # "the A-B deal", where the parse hangs A on B
        left = [n for b in left for n in (*(a for a in b.all("compound") if a.name), b)]
        nodes = [
            *(n for n in node.all("poss") if not (avoid and n.word in _OWN)),
            *left,
            *args.of_preposition(node, "between", "of", "by", "with", "in", "for", "from"),
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


_OVERTAKING = frozenset({"overtake", "surpass", "replace", "succeed", "eclipse", "join", "unseat"})
_BY_MEANS_OF = frozenset(
    {"in", "through", "as", "under", "via", "after", "following", "to", "by", "with", "since"}
)


def _joined(noun: Node) -> list[Node]:
    """The nouns that share owner and place with one joined to them: ``X's stake and investment in Y``.

    Also ``acquisition of Y and stake in Z``, where the parse joins the stake to Y.
    """
    first = noun.head
    if noun.dep != "conj" or first is None or noun.all("poss", "det"):
        return []
    if noun.tag[:2] != "NN" or first.tag[:2] != "NN":
        return []
    if first.name is None:
        return [first]
    prep = first.head
    above = prep.head if first.dep == "pobj" and prep is not None else None
    deals = words("nouns", "deal") | words("nouns", "holding")
    return [above] if above is not None and above.lemma in deals and noun.lemma in deals else []


def _works_at(noun: Node, name: Name) -> bool:
    """``a former Intel Capital investor``: an investor of the fund, not in it."""
    funds = (EntityKind.INVESTOR, EntityKind.SOVEREIGN_FUND)
    return noun.lemma in words("nouns", "investor") and name.kind in funds


_PAPERS = frozenset({"stock", "share", "equity", "bond", "note", "debt"})


def _issuer(paper: Node) -> list[Node]:
    """Whose stock it is: ``Intel common stock``, ``Intel's shares``; the noun itself where none is named."""
    named = [c for c in paper.all("compound", "nmod", "poss", "amod") if c.name is not None]
    return named or [paper]


def _seeking(round_: Node) -> list[Node]:
    """Who is in talks for a round, has plans for one."""
    prep = round_.head
    noun = prep.head if prep is not None and prep.word in ("for", "over", "about") else None
    if noun is None or noun.lemma not in words("modality", "rumoured_noun") | {"plan"}:
        return []
    return args.subjects(noun)


def raises(verb: Node) -> bool:
    """Whether the verb may tell that its subject raised money."""
    return any(f.raises for f in by_trigger().get(("verb", verb.lemma), ()))


_LICENSING = frozenset({"pay", "take", "get", "obtain", "receive", "buy", "acquire", "secure"})
_ISSUING = frozenset({"issue", "sell", "offer", "float"})
_OWN = frozenset({"its", "their", "his", "her", "our"})


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


def _besides(verb: Node) -> list[Node]:
    """``In addition to A, its backers include B``, ``besides A``: A."""
    return [
        n
        for prep in verb.all("prep")
        for n in (
            prep.all("pobj")
            if prep.word in ("besides", "alongside", "beside")
            else [
                m
                for inner in prep.all("pobj", "prep", "pcomp")
                if inner.word in ("addition", "with", "from")
                for m in (*inner.all("pobj"), *args.of_preposition(inner, "to"))
            ]
        )
        if n.name is not None
    ]


def _promised(verb: Node) -> list[Node]:
    """``the $5bn that it had promised to Y``, ``was expected to invest in Y``: who was to have it."""
    clauses = [c for o in args.objects(verb) for n in conjuncts(o) for c in n.all("relcl")]
    return [
        n
        for clause in clauses
        for below in (clause, *clause.all("xcomp"))
        if below.lemma in ("promise", "pledge", "invest", "commit", "owe", "put", "give", "agree")
        for n in args.of_preposition(below, "in", "into", "to")
    ]


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
