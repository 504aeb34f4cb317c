"""What pronouns and descriptions stand for, inside one article.

Kept simple on purpose: a description is matched by what the registry tells of an
organisation (its country, its kind, its products, its parent), a bare ``the company`` or
``it`` by the nearest prominent name before it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import table, words
from kg.extraction.rules.parsing import Node
from kg.extraction.rules.posts import Posts
from kg.model import Entity, EntityKind
from kg.registry import Registry

_FIRST_PERSON = frozenset({"we", "our", "us", "ours"})
_CHIPS = frozenset({"chipmaker", "chip-maker"})
_AI = frozenset({"llm", "ai", "model"})


@dataclass(frozen=True, slots=True)
class Place:
    """A name with the index of its sentence and whether it begins the sentence's main clause.

    ``weak`` where it only tells whose shares or products a noun means.
    """

    name: Name
    sentence: int
    first: bool
    weak: bool = False


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
        self._deals: list[tuple[str, Name, Name, int]] = []
        self.anaphoric: frozenset[int] = frozenset()
        self.quoted: frozenset[int] = frozenset()
        self.quotations: dict[int, list[tuple[int, int]]] = {}
        self.starts: dict[int, int] = {}
        self.posts = posts if posts is not None else Posts("", ())

    @property
    def registry(self) -> Registry:
        return self._registry

    def before(self, offset: int, sentences: int, sentence: int) -> list[Place]:
        """Names before the offset, nearest first, at most so many sentences back."""
        stop = bisect_left(self._starts, offset)
        return [p for p in reversed(self._places[:stop]) if sentence - p.sentence <= sentences]

    def resolve(
        self, node: Node, sentence: int, want: str, avoid: Sequence[Name] = ()
    ) -> Name | None:
        """The name a pronoun or description at ``node`` stands for; None where it is not clear."""
        lemma, word = node.lemma, node.word
        if word in _FIRST_PERSON:
            return self.speaker(node, sentence) if sentence in self.quoted else self._author
        shut = {n.name for n in avoid} | _acting(node)
        if want == "model" and (lemma in words("nouns", "model") or word in ("it", "they")):
            return self._nearest(node, sentence, shut, lambda n: n.kind is EntityKind.MODEL, 3)
        if (
            lemma in words("nouns", "authority")
            and want == "authority"
            and self._definite(node)
            and not any(c.name is not None or c.tag == "NNP" for c in node.children)
        ):
            return self._nearest(node, sentence, shut, lambda n: n.kind is EntityKind.AUTHORITY, 4)
        if word in ("they", "their", "them") and _means_people(node):
            return None
        if lemma == "government" and want in ("subject", "partner", "party"):
            if not self._definite(node) or any(c.name is not None for c in node.children):
                return None
            return self._nearest(node, sentence, shut, lambda n: n.kind is EntityKind.GOVERNMENT, 5)
        employer = self._employer(node)
        if employer is not None and employer.name not in shut:
            return employer
        product = self._by_product(node)
        if product is not None:
            return product
        if not self._refers(node) or (
            word == "their"
            and node.dep == "poss"
            and node.head is not None
            and node.head.tag == "NNS"
        ):
            return None
        if want == "authority":
            if word in ("it", "they", "its", "their"):
                subject = self._own_clause(node)
                found = subject.name if subject is not None else None
                if found is None:
                    found = self._last_told(node, sentence)
                return found if found is not None and found.is_authority else None
            return None
        same = _said_before(node)
        if same is not None:
            return self.resolve(same, sentence, want, avoid)
        subject = self._own_clause(node)
        if subject is not None:
            own = subject.name or self.resolve(subject, sentence, want, avoid)
            if own is not None and own.name not in shut and _may_be_company(own):
                return own
        country = self._country(node)
        modifiers = {c.lemma for c in node.children if c.dep in ("compound", "amod", "nmod")}

        def fits(name: Name) -> bool:
            if _publishes(name):
                return False
            if name.is_person or name.is_place or name.is_artefact or name.owner == "":
                return False
            if name.is_authority and not (
                name.kind is EntityKind.GOVERNMENT and want == "subject" and word in ("it", "its")
            ):
                return False
            entity = name.entity
            if country is not None and (entity is None or entity.country != country):
                return False
            if (
                lemma in words("references", "small")
                and entity is not None
                and entity.id in words("references", "giant")
            ):
                return False
            if (
                lemma in words("references", "small") | words("references", "developing")
                and entity is not None
                and _invests(entity)
            ):
                return False
            giant = entity is not None and entity.id in words("references", "giant")
            if giant and modifiers & _AI and lemma in words("references", "developing"):
                return False
            if lemma in words("references", "big") and (
                entity is None or entity.id not in words("references", "giant")
            ):
                return False
            if (
                (lemma in _CHIPS or "chip" in modifiers)
                and entity is not None
                and EntityKind.CHIP_MAKER not in entity.kinds
            ):
                return False
            if (
                lemma in ("maker", "lab", "developer")
                and modifiers & {"llm", "ai", "model"}
                and (entity is None or EntityKind.LAB not in entity.kinds)
            ):
                return False
            return not (
                lemma == "lab" and entity is not None and EntityKind.LAB not in entity.kinds
            )

        if lemma in words("nouns", "company") and want in ("organisation", "company"):
            partner = self._counterpart(avoid, sentence)
            if partner is None and avoid:
                partner = self._target(sentence)
            if partner is None:
                partner = self._other_of_the_title(avoid)
            if partner is not None and fits(partner) and partner.name not in shut:
                return partner
        small = lemma in words("references", "small")
        if small:
            target = self._target(sentence)
            if target is not None and fits(target) and target.name not in shut:
                return target

        def likely(name: Name) -> bool:
            if small:
                return name.entity is None or not _listed(name.entity)
            return name.entity is not None

        back = 3 if word not in ("it", "they", "its", "their") else 1
        if modifiers & _AI and lemma in words("nouns", "company"):
            lab = self._prominent(node, sentence, shut, lambda n: fits(n) and _is_lab(n), back)
            if lab is not None:
                return lab
        return self._prominent(node, sentence, shut, fits, back, likely)

    def _counterpart(self, avoid: Sequence[Name], sentence: int) -> Name | None:
        """With whom the party at the other end was last told to have a deal: ``it keeps a stake in the company``."""
        taken = {n.name for n in avoid}
        for kind, subject, target, told in reversed(self._deals):
            if sentence - told > 8 or kind == "raise":
                continue
            if subject.name in taken and target.name not in taken:
                return target
        return None

    def _other_of_the_title(self, avoid: Sequence[Name]) -> Name | None:
        """Of two companies in the title, the one that is not the party at the other end."""
        taken = {n.name for n in avoid}
        titled = {n.name: n for n in self._title if _may_be_company(n)}
        others = [n for key, n in titled.items() if key not in taken]
        return others[0] if len(others) == 1 and len(titled) == 2 else None

    def _target(self, sentence: int) -> Name | None:
        """What was last bought or invested in, within the last two sentences: ``the start-up``."""
        for kind, _, target, told in reversed(self._deals):
            if kind != "partnership" and 0 < sentence - told <= 2:
                return target
        return None

    def _own_clause(self, node: Node) -> Node | None:
        """Whose "it" is in ``X said it would``, whose "its" in ``X raised its stake``: X."""
        if node.word not in ("it", "its", "they", "their"):
            return None
        above = node.head
        while above is not None and not above.tag.startswith("VB"):
            above = above.head
        beside = _beside(node)
        if beside is not None:
            return beside
        if above is not None and node.dep in ("nsubj", "nsubjpass"):
            above = above.head if above.dep == "ccomp" and above.head is not None else None
            if above is None or above.lemma not in words("references", "saying"):
                return None
        if above is None:
            return None
        while above.child("nsubj", "nsubjpass") is None and above.head is not None:
            if above.dep not in ("conj", "xcomp", "advcl", "pcomp"):
                return None
            above = above.head
        subject = above.child("nsubj", "nsubjpass")
        if subject is None or (subject.index >= node.index and not _fronted(node, above)):
            return None
        if subject.name is not None:
            return subject if not subject.name.is_artefact else None
        return subject if subject.lemma in words("nouns", "company") else None

    def _refers(self, node: Node) -> bool:
        if node.word in words("nouns", "pronoun"):
            return node.word not in ("which", "that")
        if node.lemma in words("references", "beside"):
            return False
        return node.lemma in words("nouns", "company") and self._definite(node)

    def _definite(self, node: Node) -> bool:
        determiner = node.child("det")
        if determiner is not None:
            return determiner.word in ("the", "this", "that")
        return node.child("poss") is not None and node.lemma == "regulator"

    def _country(self, node: Node) -> str | None:
        nations = table("names")["nationality"]
        for child in node.children:
            if child.text in nations:
                return str(nations[child.text])
        return None

    def _by_product(self, node: Node) -> Name | None:
        """``the Windows maker``, ``Facebook parent``: whose product or subsidiary the compound names."""
        if node.lemma not in words("references", "owner_word"):
            return None
        inside = [n for p in node.all("prep") if p.word in ("of", "behind") for n in p.all("pobj")]
        for child in (*node.children, *inside):
            if (
                child.dep in ("compound", "nmod", "amod", "poss", "npadvmod", "pobj")
                and child.name is not None
            ):
                if child.dep == "pobj" and not child.name.owner:
                    continue
                name = child.name
                if name.owner:
                    owner = self._registry.get(name.owner)
                    return _stand(name, owner.name, owner.id, self._registry) if owner else None
                if (
                    name.entity is not None
                    and node.lemma in ("parent", "owner")
                    and name.entity.parent
                ):
                    parent = self._registry.get(name.entity.parent)
                    return _stand(name, parent.name, parent.id, self._registry) if parent else None
                key = name.text.casefold()
                owner_id = table("products").get(key)
                owner = self._registry.get(owner_id) if owner_id else None
                return _stand(name, owner.name, owner.id, self._registry) if owner else None
            key = child.text.casefold()
            if child.dep in ("compound", "nmod", "amod") and key in table("products"):
                owner = self._registry.get(table("products")[key])
                if owner:
                    return Name(child.text, child.start, child.end, owner.name, owner, owner.kind)
        return None

    def author(self, sentence: int) -> Name | None:
        """Whose own post the article is; None within a quotation."""
        return None if sentence in self.quoted else self._author

    def raiser(self, sentence: int, reach: int = 4, titled: bool = True) -> Name | None:
        """The company that raised money last, or was invested in, at most four sentences before.

        From up to ``reach`` sentences before only if no other raised any; else, if ``titled``, the
        first company of the title.
        """
        for kind, _, target, told in reversed(self._deals):
            if kind in ("raise", "investment") and sentence - told <= 4:
                return target
        raised = {t.name: (t, told) for kind, _, t, told in self._deals if kind == "raise"}
        if raised:
            target, told = next(iter(raised.values()))
            return target if len(raised) == 1 and sentence - told <= reach else None
        if not titled:
            return None
        return next((n for n in self._title if _may_be_company(n)), None)

    def topic(self, node: Node, sentence: int) -> Name | None:
        """The company told of before a list of its backers: the one that raised money last, else the last named."""
        for kind, _, target, _ in reversed(self._deals):
            if kind in ("raise", "investment"):
                return target
        return self._prominent(node, sentence, set(), _may_be_company, 2)

    def pair(self, node: Node, sentence: int) -> list[Name]:
        """Whom ``both companies`` means: the two organisations told last, in order."""
        for back in range(4):
            names: list[Name] = []
            for place in self.before(node.start, back, sentence):
                name = place.name
                if (
                    place.sentence == sentence - back
                    and _may_be_company(name)
                    and not _publishes(name)
                    and name.name not in {n.name for n in names}
                ):
                    names.append(name)
            if len(names) == 2 or (len(names) > 2 and back == 0):
                return list(reversed(names))[:2]
            if names and back:
                break
        return []

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
        known = (n for n in later if _may_be_company(n) and n.entity is not None)
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
        return name if _may_be_company(name) else None

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

    def note_deal(self, kind: str, subject: Name, target: Name, sentence: int) -> None:
        """Remember a deal told, so that ``the merger`` later means it."""
        self._deals.append((kind, subject, target, sentence))

    def deal(self, lemma: str, sentence: int) -> tuple[str, Name, Name] | None:
        """The deal that ``the merger``, ``the deal`` means: the last one told of that kind."""
        fitting = _DEAL_KINDS.get(lemma, ("acquisition", "investment"))
        for kind, subject, target, _ in reversed(self._deals):
            if kind in fitting:
                return kind, subject, target
        return None

    def _last_told(self, node: Node, sentence: int) -> Name | None:
        """What a sentence before went on about: its first organisation; in the node's own, the nearest."""
        for back in (0, 1):
            names = [
                p.name
                for p in self.before(node.start, back, sentence)
                if p.sentence == sentence - back and (p.name.is_organisation or p.name.is_person)
            ]
            if names:
                return names[-1 if back else 0]
        return None

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
    ) -> Name | None:
        """The first fitting name of this sentence before the node, else of the nearest sentence before.

        A sentence that itself begins with ``the company`` or ``it`` goes on about what came
        before: its own names are not what it is about.
        """
        by_sentence: dict[int, list[Name]] = {}
        weak: dict[int, list[Name]] = {}
        for place in self.before(node.start, back + 2, sentence):
            if fits(place.name) and place.name.name not in shut:
                group = weak if place.weak else by_sentence
                group.setdefault(place.sentence, []).append(place.name)
        by_sentence = {**weak, **by_sentence}
        if sentence in by_sentence and not (
            sentence in self.anaphoric and node.start - self.starts.get(sentence, 0) < 40
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
        if sentence <= back and self._title:
            return next((n for n in self._title if fits(n) and n.name not in shut), None)
        return None


def _first(nearest_first: Sequence[Name], likely: Callable[[Name], bool]) -> Name:
    """The first likely name of the sentence; else the first that the registry knows; else the first."""
    in_order = list(reversed(nearest_first))
    known = (n for n in in_order if n.entity is not None)
    return next((n for n in in_order if likely(n)), next(known, in_order[0]))


def _acting(node: Node) -> set[str]:
    """Who acts in the node's own clause: ``A and B back the maker``, so the maker is neither."""
    if node.dep == "poss":
        return set()
    inside = {node}
    verb = node.head
    while verb is not None and not verb.tag.startswith("VB"):
        inside.add(verb)
        verb = verb.head
    subject = verb.child("nsubj", "nsubjpass") if verb is not None else None
    if subject is None or subject in inside:
        return set()
    return {n.name.name for n in subject.subtree() if n.name is not None}


def _said_before(node: Node) -> Node | None:
    """``the company bought A and in May the company bought B``: the first of the two, the same company."""
    if node.dep not in ("nsubj", "nsubjpass") or node.lemma not in words("nouns", "company"):
        return None
    top = node
    for above in node.ancestors():
        top = above
    return next(
        (
            n
            for n in top.subtree()
            if n.index < node.index
            and n.word == node.word
            and n.dep in ("nsubj", "nsubjpass")
            and n.name is None
            and any(c.word in ("the", "this") for c in n.all("det"))
            and not n.all("compound", "amod", "nmod")
        ),
        None,
    )


def _is_lab(name: Name) -> bool:
    return name.entity is not None and EntityKind.LAB in name.entity.kinds


def _listed(entity: Entity) -> bool:
    """Whether its shares are traded: no start-up any more, if anything else may be meant."""
    return any(scheme == "ticker" for scheme, _ in entity.identifiers)


def _publishes(name: Name) -> bool:
    """Whether it is a newspaper or the like, which tells of others."""
    return any(
        n.removeprefix("The ") in words("names", "publisher") for n in (name.text, name.name)
    )


def _beside(node: Node) -> Node | None:
    """Whose "its" is in ``X and its partner Y``: X."""
    owned = node.head
    if node.dep != "poss" or owned is None or owned.dep != "conj" or owned.head is None:
        return None
    first = owned.head
    return first if first.name is not None and not first.name.is_artefact else None


def _fronted(node: Node, verb: Node) -> bool:
    """``Since its purchase by X, Y has grown``: "its" stands in a phrase before the subject."""
    if node.dep != "poss":
        return False
    above = node.head
    while above is not None and above is not verb:
        if above.dep not in ("pobj", "prep"):
            return False
        above = above.head
    return above is verb


def _means_people(node: Node) -> bool:
    """Whether the nearest plural before "they" is one of people: ``users who ... if they buy``."""
    top = node
    for above in node.ancestors():
        top = above
    for before in reversed(top.subtree()):
        if before.index >= node.index:
            continue
        if before.name is not None and before.name.is_organisation:
            return False
        if before.tag == "NNS" and before.lemma in words("nouns", "company"):
            return before.lemma in words("nouns", "people")
        if before.tag in ("NNS", "NN") and before.lemma in words("nouns", "people"):
            return before.tag == "NNS"
    return False


def _may_be_company(name: Name) -> bool:
    return name.is_organisation and not name.is_authority and name.owner != ""


def is_deal_noun(lemma: str) -> bool:
    """Whether the noun may stand for a deal told before."""
    return lemma in _DEAL_KINDS


_DEAL_KINDS = {
    "purchase": ("acquisition",),
    "sale": ("acquisition",),
    "collaboration": ("partnership",),
    "merger": ("acquisition",),
    "takeover": ("acquisition",),
    "acquisition": ("acquisition",),
    "buyout": ("acquisition",),
    "investment": ("investment",),
    "partnership": ("partnership",),
    "transaction": ("acquisition", "investment"),
    "deal": ("acquisition", "investment", "partnership"),
    "bid": ("acquisition",),
    "agreement": ("partnership", "acquisition"),
    "tie-up": ("acquisition", "partnership"),
}


def _invests(entity: Entity) -> bool:
    """Whether it does nothing but invest, as far as the registry knows."""
    return entity.kind in (EntityKind.INVESTOR, EntityKind.SOVEREIGN_FUND)


def _stand(name: Name, full: str, entity_id: str, registry: Registry) -> Name:
    entity = registry.get(entity_id)
    return Name(name.text, name.start, name.end, full, entity, entity.kind if entity else None)
