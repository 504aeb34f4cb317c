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
from kg.model import Entity, EntityKind
from kg.registry import Registry

_FIRST_PERSON = frozenset({"we", "our", "us", "ours"})
_BIG = frozenset(
    {
        "giant",
        "titan",
        "behemoth",
        "conglomerate",
        "multinational",
        "heavyweight",
        "hyperscaler",
        "juggernaut",
    }
)
_SMALL = frozenset({"startup", "start-up", "upstart", "unicorn", "scaleup", "newcomer"})
_DEVELOPING = frozenset({"lab", "developer", "maker", "company", "group", "publisher"})
_CHIPS = frozenset({"chipmaker", "chip-maker"})
_SAYING = frozenset(
    {
        "say",
        "announce",
        "disclose",
        "reveal",
        "confirm",
        "state",
        "report",
        "claim",
        "add",
        "note",
        "think",
        "believe",
        "agree",
        "expect",
        "promise",
        "pledge",
    }
)
_OWNER_WORDS = frozenset(
    {
        "maker",
        "developer",
        "creator",
        "owner",
        "parent",
        "operator",
        "company",
        "provider",
        "manufacturer",
    }
)
GIANTS = frozenset(
    {
        "microsoft",
        "google",
        "alphabet",
        "amazon",
        "apple",
        "meta",
        "nvidia",
        "ibm",
        "oracle",
        "intel",
        "samsung",
        "softbank",
        "alibaba",
        "tencent",
        "baidu",
        "salesforce",
        "amazon-web-services",
        "google-cloud",
        "tesla",
        "qualcomm",
        "amd",
        "bytedance",
        "cisco",
        "sap",
        "dell",
        "huawei",
        "broadcom",
        "tsmc",
    }
)


@dataclass(frozen=True, slots=True)
class Place:
    """A name with the index of its sentence and whether it begins the sentence's main clause."""

    name: Name
    sentence: int
    first: bool


class Context:
    """The names of an article in order, and what refers back to them."""

    def __init__(
        self,
        places: Sequence[Place],
        registry: Registry,
        author: Name | None,
        title: Sequence[Name] = (),
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
        self.employers: dict[str, Name] = {}
        self.starts: dict[int, int] = {}

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
            return self.speaker(sentence, node.start) if self._quoted(sentence) else self._author
        shut = {n.name for n in avoid}
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
                found = self._nearest(
                    node, sentence, shut, lambda n: n.is_organisation or n.is_person, 1
                )
                return found if found is not None and found.is_authority else None
            return None
        subject = self._own_clause(node)
        if subject is not None:
            own = subject.name or self.resolve(subject, sentence, want, avoid)
            if own is not None and own.name not in shut and _may_be_company(own):
                return own
        country = self._country(node)
        modifiers = {c.lemma for c in node.children if c.dep in ("compound", "amod", "nmod")}

        def fits(name: Name) -> bool:
            if name.is_person or name.is_place or name.is_artefact or name.owner == "":
                return False
            if name.is_authority and not (
                name.kind is EntityKind.GOVERNMENT and want == "subject" and word in ("it", "its")
            ):
                return False
            entity = name.entity
            if country is not None and (entity is None or entity.country != country):
                return False
            if lemma in _SMALL and entity is not None and entity.id in GIANTS:
                return False
            if lemma in _SMALL | _DEVELOPING and entity is not None and _invests(entity):
                return False
            if lemma in _BIG and (entity is None or entity.id not in GIANTS):
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

        return self._prominent(
            node, sentence, shut, fits, 3 if word not in ("it", "they", "its", "their") else 1
        )

    def _own_clause(self, node: Node) -> Node | None:
        """Whose "it" is in ``X said it would``, whose "its" in ``X raised its stake``: X."""
        if node.word not in ("it", "its", "they", "their"):
            return None
        above = node.head
        while above is not None and not above.tag.startswith("VB"):
            above = above.head
        if above is not None and node.dep in ("nsubj", "nsubjpass"):
            above = above.head if above.dep == "ccomp" and above.head is not None else None
            if above is None or above.lemma not in _SAYING:
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
        if node.lemma not in _OWNER_WORDS:
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

    def raiser(self, sentence: int) -> Name | None:
        """The company that raised money last, or was invested in, at most four sentences before."""
        for kind, _, target, told in reversed(self._deals):
            if kind in ("raise", "investment") and sentence - told <= 4:
                return target
        raised = any(kind == "raise" for kind, *_ in self._deals)
        return None if raised else next((n for n in self._title if _may_be_company(n)), None)

    def topic(self, node: Node, sentence: int) -> Name | None:
        """The company told of before a list of its backers: the one that raised money last, else the last named."""
        for kind, _, target, _ in reversed(self._deals):
            if kind in ("raise", "investment"):
                return target
        return self._prominent(node, sentence, set(), _may_be_company, 2)

    def pair(self, node: Node, sentence: int) -> list[Name]:
        """Whom ``both companies`` means: the two organisations told last, in order."""
        for back in (0, 1):
            names: list[Name] = []
            for place in self.before(node.start, back, sentence):
                name = place.name
                if (
                    place.sentence == sentence - back
                    and _may_be_company(name)
                    and name.text not in words("names", "publisher")
                    and name.name not in {n.name for n in names}
                ):
                    names.append(name)
            if len(names) == 2 or (len(names) > 2 and back == 0):
                return list(reversed(names))[:2]
        return []

    def speaker(self, sentence: int, offset: int) -> Name | None:
        """Whose "we" stands in a quotation: the organisation of the one who says it, in the same sentence."""
        if not self._quoted(sentence):
            return None
        spans = self.quotations.get(sentence, [])
        outside = [
            p.name
            for p in self._places
            if p.sentence == sentence and not any(a <= p.name.start < b for a, b in spans)
        ]
        later = [n for n in outside if n.start > offset]
        told = next((n for n in later if _may_be_company(n) and n.entity is not None), None)
        if told is not None:
            return told
        people = [n for n in (*later, *reversed(outside)) if n.is_person]
        return next((self.employers[n.name] for n in people if n.name in self.employers), None)

    def _quoted(self, sentence: int) -> bool:
        return sentence in self.quoted

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

    def _nearest(
        self, node: Node, sentence: int, shut: set[str], fits: Callable[[Name], bool], back: int
    ) -> Name | None:
        for place in self.before(node.start, back, sentence):
            if place.name.name not in shut and fits(place.name):
                return place.name
        return None

    def _prominent(
        self, node: Node, sentence: int, shut: set[str], fits: Callable[[Name], bool], back: int
    ) -> Name | None:
        """The first fitting name of this sentence before the node, else of the nearest sentence before.

        A sentence that itself begins with ``the company`` or ``it`` goes on about what came
        before: its own names are not what it is about.
        """
        by_sentence: dict[int, list[Name]] = {}
        for place in self.before(node.start, back + 2, sentence):
            if fits(place.name) and place.name.name not in shut:
                by_sentence.setdefault(place.sentence, []).append(place.name)
        if sentence in by_sentence and not (
            sentence in self.anaphoric and node.start - self.starts.get(sentence, 0) < 40
        ):
            return _first_known(by_sentence[sentence])
        reach = back
        for index in range(sentence - 1, sentence - back - 3, -1):
            if sentence - index > reach:
                break
            if index in self.anaphoric:
                reach += 1
                continue
            if index in by_sentence:
                return _first_known(by_sentence[index])
        for index in range(sentence - 1, sentence - back - 1, -1):
            if index in by_sentence:
                return _first_known(by_sentence[index])
        if sentence <= back and self._title:
            return next((n for n in self._title if fits(n) and n.name not in shut), None)
        return None


def _first_known(nearest_first: Sequence[Name]) -> Name:
    """The first name of the sentence that the registry knows; else the first."""
    in_order = list(reversed(nearest_first))
    return next((n for n in in_order if n.entity is not None), in_order[0])


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
