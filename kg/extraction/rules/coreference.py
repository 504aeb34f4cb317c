"""What pronouns and descriptions stand for, inside one article.

Kept simple on purpose: a description is matched by what the registry tells of an
organisation (its country, its kind, its products, its parent), a bare ``the company`` or
``it`` by the nearest prominent name before it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.extraction.rules.descriptions import (
    acting,
    by_product,
    is_definite,
    means_people,
    not_itself,
    refers,
    reported_by,
)
from kg.extraction.rules.fitting import (
    Described,
    is_lab,
    is_surely_company,
    may_be_company,
)
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.offices import Offices
from kg.extraction.rules.own_clauses import (
    REFLEXIVE,
    clause_before,
    is_object,
    is_own,
    own_clause,
    own_doer,
    said_before,
    whose_clause,
)
from kg.extraction.rules.parsing import Node
from kg.extraction.rules.told_authorities import (
    described_authority,
    describes_authority,
    last_official,
    last_told,
)
from kg.model import EntityKind

FIRST_PERSON = frozenset({"we", "our", "us", "ours"})
_ROUNDS = words("nouns", "round")
_THINGS = frozenset({"it", "they", "them"})
_OF_FUNDS = frozenset({"firm", "fund", "investor"})
_PLANS = frozenset({"paid", "free", "premium", "pro", "beta", "mobile", "desktop", "web"})


def _is_got_from(them: Node) -> bool:
    """``buys them from X``: wares."""
    verb = them.head
    return verb is not None and any(p.word == "from" for p in verb.all("prep"))


class Context(Offices):
    """The names of an article in order, and what refers back to them."""

    def resolve(
        self, node: Node, sentence: int, want: str, avoid: Sequence[Name] = ()
    ) -> Name | None:
        """The name a pronoun or description at ``node`` stands for; None where it is not clear."""
        lemma, word = node.lemma, node.word
        if word == "its" and sentence in self.owners:
            return self.owners[sentence]
        if word in FIRST_PERSON:
            return self.speaker(node, sentence) if sentence in self.quoted else self._author
        shut = {n.name for n in avoid}
        if word not in REFLEXIVE:
            shut |= acting(node) | not_itself(node) | reported_by(node, self.theme)
        if want == "model" and lemma == "version" and any(c.word in _PLANS for c in node.children):
            # "a year of the paid version": of whatever is sold
            return None
        if want == "model" and (
            word in REFLEXIVE or any(c.word == "own" for c in node.all("amod"))
        ):
            return None
        if want == "model" and (lemma in words("nouns", "model") or word in _THINGS):
            return self._model(node, sentence, shut)
        if want == "authority" and describes_authority(node):
            return described_authority(self, node, sentence, shut)
        if word in ("they", "their", "them") and means_people(node):
            return None
        if word == "them" and want == "company" and _is_got_from(node):
            return None
        if word == "latter":
            return next(iter(self.pair(node, sentence)[-1:]), None) if want != "model" else None
        if lemma == "government" and want in ("subject", "partner", "party"):
            if not is_definite(node) or any(c.name is not None for c in node.children):
                return None
            return self._nearest(node, sentence, shut, lambda n: n.kind is EntityKind.GOVERNMENT, 5)
        employer = self._employer(node) or self._headed(node)
        if employer is not None and employer.name not in shut:
            return employer
        if lemma == "target" and is_definite(node) and want in ("organisation", "company"):
            # of the takeover just told
            return self.deals.target(sentence)
        product = by_product(node, self._registry)
        if product is not None:
            return product
        if want == "authority" and word in ("he", "she"):
            return last_official(self, node)
        if not refers(node) or (
            word == "their"
            and node.dep == "poss"
            and node.head is not None
            and node.head.tag == "NNS"
        ):
            return None
        if want == "authority":
            if word in ("it", "they", "its", "their"):
                subject = own_clause(node) or clause_before(node)
                found = subject.name if subject is not None else None
                if found is None:
                    found = last_told(self, node, sentence)
                return found if found is not None and found.is_authority else None
            return None
        about = self.theme
        if (
            lemma in _OF_FUNDS
            and about is not None
            and about.kind is EntityKind.INVESTOR
            and about.name not in shut
            and about.start < node.start
            and is_definite(node)
        ):
            # in a piece about a fund, "the firm" is the fund
            return about
        same = said_before(node)
        if same is not None:
            return self.resolve(same, sentence, want, avoid)
        subject = own_clause(node)
        if subject is not None:
            own = subject.name or self.resolve(subject, sentence, want)
            if own is not None and own.name not in shut and may_be_company(own):
                return own
            if own is not None and is_own(node) and own.name in {n.name for n in avoid}:
                return None
            if own is None and (
                subject.word == "it" or (subject.lemma == "company" and is_definite(subject))
            ):
                # "the company backed X and raised its stake": its own, whoever it is
                return None
        if word in REFLEXIVE or self._means_authority(node, sentence):
            return None
        called = self.called.get(sentence - 1, "") if word in ("it", "its") else ""
        described = Described(node, want, called)
        fits = described.fits
        within = whose_clause(node)
        doer = within.name if within is not None else None
        if doer is not None and doer.name not in shut and fits(doer) and may_be_company(doer):
            return doer
        head = self._headed_by(node) if lemma in words("nouns", "company") else None
        if head is not None and head.name not in shut and fits(head):
            return head
        if lemma in words("nouns", "company") and want in ("organisation", "company"):
            partner = self.deals.counterpart(avoid, sentence)
            if partner is None and avoid and not self._told_here(node, sentence, shut, fits):
                partner = self._invested_in(node, sentence, shut, fits)
            if partner is None:
                partner = self._other_of_the_title(avoid)
            if partner is not None and fits(partner) and partner.name not in shut:
                return partner
        invested = self.deals.target(sentence, 1) if word == "it" and is_object(node) else None
        if (
            invested is not None
            and fits(invested)
            and invested.name not in shut
            and len(self._told_here(node, sentence, shut, fits)) != 1
        ):
            # "X put $5 billion into Y. Z has stopped working with it": with Y
            return invested
        if described.small:
            target = self._invested_in(node, sentence, shut, fits)
            if target is not None and fits(target) and target.name not in shut:
                return target
        of_round = node.dep == "poss" and node.head is not None and node.head.lemma in _ROUNDS
        back = 3 if of_round or word not in ("it", "they", "its", "their") else 1
        if described.cities:
            local = self._prominent(node, sentence, shut, described.sits_there, back)
            if local is not None:
                return local
        if described.of_models():
            lab = self._prominent(
                node, sentence, shut, lambda n: fits(n) and is_lab(n), back, themed=False
            )
            if lab is not None:
                return lab
        found = self._prominent(
            node,
            sentence,
            shut,
            fits,
            back,
            lambda n: (
                self._is_topic(n)
                or (
                    # of two labs the one told again is meant
                    self.told.get(n.name, 0) > 1 if lemma == "lab" else described.likely(n)
                )
            ),
            described.country is not None,
            # whose models they are is mostly a laboratory that is known
            heads=want not in ("model", "platform") and not described.makes_models,
        )
        if found is not None or described.country is None:
            return found
        # "the Swedish start-up": one of whom the registry knows no country
        described.trusting = True
        return self._prominent(
            node, sentence, shut, lambda n: fits(n) and is_surely_company(n), back
        )

    def _invested_in(
        self, node: Node, sentence: int, shut: set[str], fits: Callable[[Name], bool]
    ) -> Name | None:
        """What was last bought or invested in, but where a paragraph begins that may go on about the theme."""
        about = self._theme_for(node, shut, fits)
        if about is not None and self._begins_anew(sentence, sentence - 1):
            return None
        return self.deals.target(sentence)

    def _means_authority(self, node: Node, sentence: int) -> bool:
        """Whether "It" begins a sentence after one that an authority does: it is that, and no company."""
        if node.word != "it" or node.start - self.starts.get(sentence, 0) > 4:
            return False
        before = [p.name for p in self.before(node.start, 1, sentence) if p.sentence < sentence]
        head = before[-1] if before else None
        near = head is not None and 0 <= head.start - self.starts.get(sentence - 1, 0) < 5
        return head is not None and near and head.kind is EntityKind.AUTHORITY

    def authority(self, node: Node, sentence: int) -> Name | None:
        """The authority named last before a node, at most two sentences before."""
        return self._nearest(node, sentence, set(), lambda n: n.kind is EntityKind.AUTHORITY, 2)

    def government(self, node: Node, sentence: int) -> Name | None:
        """The government named last before a node, at most three sentences before."""
        return self._nearest(node, sentence, set(), lambda n: n.kind is EntityKind.GOVERNMENT, 3)

    def _told_here(
        self, node: Node, sentence: int, shut: set[str], fits: Callable[[Name], bool]
    ) -> list[Name]:
        """The companies told before the node in its own sentence."""
        here = {
            p.name.name: p.name
            for p in self.before(node.start, 0, sentence)
            if fits(p.name) and p.name.name not in shut and may_be_company(p.name)
        }
        return list(here.values())

    def _model(self, node: Node, sentence: int, shut: set[str]) -> Name | None:
        """The model named last; none where ``the same models`` may be those of several makers."""
        found = self._nearest(node, sentence, shut, lambda n: n.kind is EntityKind.MODEL, 3)
        if found is None or not (node.tag == "NNS" or node.word in ("them", "they")):
            return found
        last = next(p.sentence for p in self._places if p.name is found)
        beside = [p.name for p in self._places if p.sentence == last and p.name.start < node.start]
        models = [n for n in beside if n.kind is EntityKind.MODEL]
        if len({n.owner for n in models}) == 1:
            return found
        seller = own_doer(node)
        doer = self.resolve(seller, sentence, "organisation") if seller is not None else None
        doer = seller.name if seller is not None and seller.name is not None else doer
        maker = doer.entity.id if doer is not None and doer.entity is not None else ""
        # "X has sold the same models through P": its own
        return next((n for n in models if n.owner == maker), None)
