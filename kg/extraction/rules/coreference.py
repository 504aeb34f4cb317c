"""What pronouns and descriptions stand for, inside one article.

Kept simple on purpose: a description is matched by what the registry tells of an
organisation (its country, its kind, its products, its parent), a bare ``the company`` or
``it`` by the nearest prominent name before it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kg.extraction.rules.antecedents import Standing
from kg.extraction.rules.descriptions import (
    REFLEXIVE,
    acting,
    by_product,
    head_of,
    is_definite,
    is_object,
    is_own,
    means_people,
    not_itself,
    own_clause,
    own_doer,
    refers,
    said_before,
)
from kg.extraction.rules.fitting import (
    Described,
    is_lab,
    is_startup,
    may_be_company,
    publishes,
)
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import table, words
from kg.extraction.rules.parsing import Node
from kg.extraction.rules.posts import Posts
from kg.extraction.rules.told_authorities import (
    described_authority,
    describes_authority,
    last_official,
    last_told,
)
from kg.extraction.rules.told_cases import ToldCases
from kg.extraction.rules.told_deals import ToldDeals
from kg.model import EntityKind
from kg.registry import Registry

FIRST_PERSON = frozenset({"we", "our", "us", "ours"})
_THINGS = frozenset({"it", "they", "them"})
_NEAR_THE_START = 18
_OFTEN = 2
_REACH_OF_ROUND = 3
_BETWEEN_LISTED = len(", and ")
_SHORT_TEXT = 6
"""Sentences at most of a text in which a company may be named but once."""


@dataclass(frozen=True, slots=True)
class Place:
    """A name with the index of its sentence, whether it is the first there, how readily it is meant."""

    name: Name
    sentence: int
    first: bool
    standing: Standing = Standing.FULL


class Context:
    """The names of an article in order, and what refers back to them."""

    def __init__(
        self,
        places: Sequence[Place],
        registry: Registry,
        author: Name | None,
        title: Sequence[Name] = (),
        posts: Posts | None = None,
    ) -> None:
        self._places = tuple(places)
        self._starts = [p.name.start for p in places]
        self._registry = registry
        self._author = author
        self._title = tuple(title)
        self.deals = ToldDeals()
        self.cases = ToldCases()
        self.told: Mapping[str, int] = {}
        self.aside: frozenset[int] = frozenset()
        self.anaphoric: frozenset[int] = frozenset()
        self.of_authority: frozenset[int] = frozenset()
        self.quoted: frozenset[int] = frozenset()
        self.quotations: dict[int, list[tuple[int, int]]] = {}
        self.starts: dict[int, int] = {}
        self.backers_named = -9
        self.formed = (-9, 0)
        self.owners: dict[int, Name] = {}
        self.posts = posts if posts is not None else Posts("", ())

    @property
    def registry(self) -> Registry:
        return self._registry

    def before(self, offset: int, sentences: int, sentence: int) -> list[Place]:
        """Names before the offset, nearest first, at most so many sentences back."""
        stop = bisect_left(self._starts, offset)
        return [p for p in reversed(self._places[:stop]) if sentence - p.sentence <= sentences]

    def told_before(self, node: Node) -> list[Place]:
        """All names before the node, nearest first."""
        return list(reversed(self._places[: bisect_left(self._starts, node.start)]))

    def told_again(self, name: Name) -> bool:
        """Whether a name is told more than once, as a company's is; a short text need not."""
        if len(self.starts) <= _SHORT_TEXT:
            return True
        return sum(p.name.name == name.name for p in self._places) > 1

    def resolve(
        self, node: Node, sentence: int, want: str, avoid: Sequence[Name] = ()
    ) -> Name | None:
        """The name a pronoun or description at ``node`` stands for; None where it is not clear."""
        lemma, word = node.lemma, node.word
        if word == "its" and sentence in self.owners:
            return self.owners[sentence]
        if word in FIRST_PERSON:
            return self.speaker(node, sentence) if sentence in self.quoted else self._author
        shut = {n.name for n in avoid} | acting(node) | not_itself(node)
        if want == "model" and any(c.word == "own" for c in node.all("amod")):
            return None
        if want == "model" and (lemma in words("nouns", "model") or word in _THINGS):
            return self._model(node, sentence, shut)
        if want == "authority" and describes_authority(node):
            return described_authority(self, node, sentence, shut)
        if word in ("they", "their", "them") and means_people(node):
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
                subject = own_clause(node)
                found = subject.name if subject is not None else None
                if found is None:
                    found = last_told(self, node, sentence)
                return found if found is not None and found.is_authority else None
            return None
        same = said_before(node)
        if same is not None:
            return self.resolve(same, sentence, want, avoid)
        subject = own_clause(node)
        if subject is not None:
            own = subject.name or self.resolve(subject, sentence, want, avoid)
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
        described = Described(node, want)
        fits = described.fits
        head = self._headed_by(node) if lemma in words("nouns", "company") else None
        if head is not None and head.name not in shut and fits(head):
            return head
        if lemma in words("nouns", "company") and want in ("organisation", "company"):
            partner = self.deals.counterpart(avoid, sentence)
            if partner is None and avoid and self._one_here(node, sentence, shut, fits) is None:
                partner = self.deals.target(sentence)
            if partner is None:
                partner = self._other_of_the_title(avoid)
            if partner is not None and fits(partner) and partner.name not in shut:
                return partner
        invested = self.deals.target(sentence, 1) if word == "it" and is_object(node) else None
        if invested is not None and fits(invested) and invested.name not in shut:
            # "X put $5 billion into Y. Z has stopped working with it": with Y
            return invested
        if described.small:
            target = self.deals.target(sentence)
            if target is not None and fits(target) and target.name not in shut:
                return target
        back = 3 if word not in ("it", "they", "its", "their") else 1
        if described.cities:
            local = self._prominent(node, sentence, shut, described.sits_there, back)
            if local is not None:
                return local
        if described.of_models():
            lab = self._prominent(node, sentence, shut, lambda n: fits(n) and is_lab(n), back)
            if lab is not None:
                return lab
        return self._prominent(
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
        )

    def _means_authority(self, node: Node, sentence: int) -> bool:
        """Whether "It" begins a sentence after one that an authority does: it is that, and no company."""
        if node.word != "it" or node.start - self.starts.get(sentence, 0) > 4:
            return False
        before = [p.name for p in self.before(node.start, 1, sentence) if p.sentence < sentence]
        head = before[-1] if before else None
        near = head is not None and 0 <= head.start - self.starts.get(sentence - 1, 0) < 5
        return head is not None and near and head.kind is EntityKind.AUTHORITY

    def _is_topic(self, name: Name) -> bool:
        """Whether a name is told so often, or again and at the head of a sentence, that the text is about it."""
        told = self.told.get(name.name, 0)
        begins = any(0 <= name.start - start < 5 for start in self.starts.values())
        human = name.kind is None and name.entity is None and " " in name.name
        again = told == _OFTEN and begins and not human
        return told > _OFTEN or again or self.deals.has_raised(name)

    def _other_of_the_title(self, avoid: Sequence[Name]) -> Name | None:
        """Of two companies in the title, the one that is not the party at the other end."""
        taken = {n.name for n in avoid}
        titled = {n.name: n for n in self._title if may_be_company(n)}
        others = [n for key, n in titled.items() if key not in taken]
        return others[0] if len(others) == 1 and len(titled) == 2 else None

    def author(self, sentence: int) -> Name | None:
        """Whose own post the article is; None within a quotation."""
        return None if sentence in self.quoted else self._author

    def raiser(self, sentence: int, reach: int = 4, titled: bool = True) -> Name | None:
        """The company whose raise was told last; else, if ``titled`` and none was, the first of the title."""
        if self.deals.tells_a_raise() or not titled:
            return self.deals.raiser(sentence, reach)
        titles = (n for n in self._title if may_be_company(n) and self.told.get(n.name))
        told = self.deals.raiser(sentence, reach) or self.deals.sole_investee()
        return told or next(titles, None)

    def backed(self, sentence: int) -> Name | None:
        """Whose backers "they" are, where the sentence before spoke of several: "... and angels. They include"."""
        if sentence - self.backers_named != 1:
            return None
        return self.raiser(sentence, titled=False)

    def topic(self, node: Node, sentence: int, avoid: Sequence[Name] = ()) -> Name | None:
        """The company told of before a list of its backers: the one that raised money last, else the last named."""
        backed = self.deals.backed()
        if backed is not None:
            return backed
        shut = {n.name for n in avoid}
        found = self._prominent(node, sentence, set(), _may_be_backed, 2)
        if found is not None and found.name in shut and node.tag == "NNS":
            # "A and B are among the backers": of whom the sentences before told, and no giant
            found = self._prominent(node, sentence, shut, _may_be_backed_as_startup, 2)
        where, start = self.formed
        if found is not None and sentence - where <= 2 and found.start < start:
            # "A and B formed a company. Its backers include": it, whatever it is called
            return None
        return found

    def young(self, node: Node, avoid: Sequence[Name], sentence: int) -> Name | None:
        """Of whom an article goes on about that told of no raise: whose ``the Series B`` may be."""
        if self.deals.tells_a_raise():
            return None
        shut = {n.name for n in avoid}
        near = self.before(self.starts.get(sentence, node.start), _REACH_OF_ROUND, sentence)
        first = {p.sentence: p for p in near if may_be_company(p.name)}
        told = [
            p
            for p in near
            if p.standing is Standing.FULL and p.name.name not in shut and self._may_raise(p.name)
        ]
        again = (p.name for p in told if self.told.get(p.name.name, 0) > 1)
        begins = (p.name for p in told if p in first.values() and p.name.entity is not None)
        return next(again, None) or next(begins, None)

    def _may_raise(self, name: Name) -> bool:
        often = self.told.get(name.name, 0) > _OFTEN
        giant = name.entity is not None and name.entity.id in words("references", "giant")
        fund = name.kind is EntityKind.SOVEREIGN_FUND
        return _may_be_backed_as_startup(name) or (
            often and _may_be_backed(name) and not giant and not fund
        )

    def spoken_of(self, node: Node, sentence: int) -> Name | None:
        """The company with whose name the sentence before began; None where no company's stands there."""
        told = [p for p in self.before(node.start, 1, sentence) if p.sentence == sentence - 1]
        begins = [
            p.name
            for p in told
            if p.first
            and p.name.start - self.starts.get(p.sentence, 0) < _NEAR_THE_START
            and p.name.kind is not None
            and may_be_company(p.name)
            and not publishes(p.name)
        ]
        return begins[-1] if begins else None

    def pair(self, node: Node, sentence: int) -> list[Name]:
        """Whom ``both companies`` means: the two organisations told last, in order."""
        for back in range(4):
            names: list[Name] = []
            for place in self.before(node.start, back, sentence):
                name = place.name
                if (
                    place.sentence == sentence - back
                    and may_be_company(name)
                    and not publishes(name)
                    and name.name not in {n.name for n in names}
                ):
                    names.append(name)
            if len(names) == 2 or (len(names) > 2 and back == 0):
                return list(reversed(names))[:2]
            if names and back:
                break
        return []

    def listed_first(self, sentence: int) -> list[Name]:
        """Whom ``they`` means after a sentence that begins with two or more organisations: ``A, B and C own``."""
        start = self.starts.get(sentence, 0)
        told = [p for p in reversed(self.before(start, 1, sentence)) if p.sentence == sentence - 1]
        names = [p.name for p in told]
        if not names or names[0].start - self.starts.get(sentence - 1, 0) > _NEAR_THE_START:
            return []
        row = names[:1]
        for name in names[1:]:
            if name.start - row[-1].end > _BETWEEN_LISTED:
                break
            row.append(name)
        companies = all(may_be_company(n) and not publishes(n) for n in row)
        return row if len(row) > 1 and companies else []

    def speaker(self, node: Node, sentence: int) -> Name | None:
        """Whose "we" stands in a quotation: the organisation of the one who says it.

        Told by the verb of saying above, by the words around the quotation, by those around the
        quotation before or after it, or else the organisation named after it.
        """
        for above in node.ancestors():
            if above.lemma in words("references", "saying"):
                found = self._spoken_for(above.child("nsubj"))
                if found is not None:
                    return found
        for index in (sentence, sentence - 1, sentence + 1):
            name = self.posts.speaker(index) if index in self.quoted else None
            if name is not None:
                return self.employer(name, node.start)
        if self.quotations.get(sentence, [(-1, 0)])[0][0] == self.starts.get(sentence):
            for place in reversed(self.before(node.start, 1, sentence)):
                firm = self.posts.organisation(place.name, node.start)
                if place.sentence == sentence - 1 and firm is not None:
                    return firm
        spans = self.quotations.get(sentence, [])
        outside = [
            p.name
            for p in self._places
            if p.sentence == sentence and not any(a <= p.name.start < b for a, b in spans)
        ]
        later = [n for n in outside if n.start > node.end]
        known = (n for n in later if may_be_company(n) and n.entity is not None)
        return next(known, None)

    def _spoken_for(self, subject: Node | None) -> Name | None:
        return (
            None
            if subject is None or subject.name is None
            else self.employer(subject.name, subject.start)
        )

    def employer(self, name: Name, place: int) -> Name | None:
        """The organisation that a person speaks for; an organisation itself."""
        if name.is_person or name.entity is None:
            found = self.posts.organisation(name, place)
            if found is not None or name.is_person or name.kind is None:
                return found
        return name if may_be_company(name) else None

    def _employer(self, node: Node) -> Name | None:
        """``his company``, ``Huang's firm``, ``whose start-up``: that of the person."""
        if node.lemma not in words("nouns", "company"):
            return None
        for owner in node.all("poss"):
            if owner.word in ("his", "her"):
                person = self.person(owner)
            elif owner.word == "whose":
                above = next((n for n in node.ancestors() if n.dep == "relcl"), None)
                person = above.head.name if above is not None and above.head is not None else None
            else:
                person = owner.name
            if person is not None and (person.is_person or person.entity is None):
                return self.posts.organisation(person, node.start)
        return None

    def _headed(self, node: Node) -> Name | None:
        """``the Sam Altman-led start-up``: the company told to be that person's, else known to be."""
        head = head_of(node)
        if head is None:
            return None
        told = self.posts.organisation(head, node.start)
        if told is not None or head.entity is None:
            return told
        known = self._registry.get(table("references")["heads"].get(head.entity.id, ""))
        return (
            None
            if known is None
            else Name(node.text, node.start, node.end, known.name, known, known.kind)
        )

    def person(self, node: Node) -> Name | None:
        """The person told last before ``he``, ``his`` or ``her``, in this sentence or the one before."""
        stop = bisect_left(self._starts, node.start)
        last = self._places[stop - 1].sentence if stop else 0
        for place in self.before(node.start, 2, last):
            name = place.name
            posted = name.entity is None and self.posts.organisation(name, node.start) is not None
            if name.is_person or posted:
                return name
        return None

    def _headed_by(self, node: Node) -> Name | None:
        """``Intel chief Ada Ortiz reaffirmed the company's plan``: Intel, told beside who acts in the clause."""
        if node.dep != "poss":
            return None
        verb = next((n for n in node.ancestors() if n.child("nsubj") is not None), None)
        subject = verb.child("nsubj") if verb is not None else None
        if subject is None or subject.name is None or subject.index > node.index:
            return None
        firm = self.posts.organisation(subject.name, node.start) if subject.name.is_person else None
        return (
            firm if firm is not None and subject.start - 80 < firm.start < subject.start else None
        )

    def authority(self, node: Node, sentence: int) -> Name | None:
        """The authority named last before a node, at most two sentences before."""
        return self._nearest(node, sentence, set(), lambda n: n.kind is EntityKind.AUTHORITY, 2)

    def government(self, node: Node, sentence: int) -> Name | None:
        """The government named last before a node, at most three sentences before."""
        return self._nearest(node, sentence, set(), lambda n: n.kind is EntityKind.GOVERNMENT, 3)

    def _one_here(
        self, node: Node, sentence: int, shut: set[str], fits: Callable[[Name], bool]
    ) -> Name | None:
        """The one company told before the node in its own sentence."""
        here = {
            p.name.name: p.name
            for p in self.before(node.start, 0, sentence)
            if fits(p.name) and p.name.name not in shut and may_be_company(p.name)
        }
        return next(iter(here.values())) if len(here) == 1 else None

    def _model(self, node: Node, sentence: int, shut: set[str]) -> Name | None:
        """The model named last; none where ``the same models`` may be those of several makers."""
        found = self._nearest(node, sentence, shut, lambda n: n.kind is EntityKind.MODEL, 3)
        if found is None or node.tag != "NNS":
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

    def _nearest(
        self, node: Node, sentence: int, shut: set[str], fits: Callable[[Name], bool], back: int
    ) -> Name | None:
        for place in self.before(node.start, back, sentence):
            if place.name.name not in shut and fits(place.name):
                return place.name
        return None

    def _prominent(
        self,
        node: Node,
        sentence: int,
        shut: set[str],
        fits: Callable[[Name], bool],
        back: int,
        likely: Callable[[Name], bool] = lambda n: n.entity is not None,
        told_exactly: bool = False,
    ) -> Name | None:
        """The first fitting name of this sentence before the node, else of the nearest sentence before.

        A sentence that itself begins with ``the company`` or ``it`` goes on about what came
        before: its own names are not what it is about.
        """
        by_standing: dict[Standing, dict[int, list[Name]]] = {s: {} for s in Standing}
        for place in self.before(node.start, back + 2, sentence):
            if fits(place.name) and place.name.name not in shut:
                by_standing[place.standing].setdefault(place.sentence, []).append(place.name)
        by_sentence = {**by_standing[Standing.WEAK], **by_standing[Standing.FULL]}
        by_sentence = by_sentence or by_standing[Standing.AFTERWARDS]
        if sentence in by_sentence and not (
            not told_exactly
            and sentence in self.anaphoric
            and node.start - self.starts.get(sentence, 0) < 40
        ):
            return _first(by_sentence[sentence], likely)
        reach = back
        for index in range(sentence - 1, sentence - back - 3, -1):
            if sentence - index > reach:
                break
            if index in self.anaphoric:
                reach += 1
                continue
            if index in by_sentence:
                return _first(by_sentence[index], likely)
        for index in range(sentence - 1, sentence - back - 1, -1):
            if index in by_sentence:
                return _first(by_sentence[index], likely)
        from_address = bool(self._title) and self._title[0].end == 0
        if sentence <= back and not (from_address and node.word in words("nouns", "pronoun")):
            return next((n for n in self._title if fits(n) and n.name not in shut), None)
        return None


def _may_be_backed(name: Name) -> bool:
    return may_be_company(name) and not publishes(name) and name.kind is not EntityKind.INVESTOR


def _may_be_backed_as_startup(name: Name) -> bool:
    return _may_be_backed(name) and (name.entity is None or is_startup(name.entity))


def _first(nearest_first: Sequence[Name], likely: Callable[[Name], bool]) -> Name:
    """The first likely name of the sentence; else the first that the registry knows; else the first."""
    in_order = list(reversed(nearest_first))
    known = (n for n in in_order if n.entity is not None)
    return next((n for n in in_order if likely(n)), next(known, in_order[0]))
