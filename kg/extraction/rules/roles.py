"""From a noun of the parse to the parties it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.extraction.rules.arguments import speakers, surface_subjects
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.coreference import Context
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import table, words
from kg.extraction.rules.parsing import Node
from kg.extraction.rules.told_deals import is_deal_noun
from kg.model import EntityKind

_QUANTITIES = frozenset(
    {
        "rest",
        "remainder",
        "remnant",
        "some",
        "part",
        "all",
        "most",
        "many",
        "several",
        "much",
        "portion",
    }
)
_BELONGINGS = frozenset({"asset", "technology", "content", "talent", "team", "executive"})
_EXAMPLES = ("such", "like", "including", "include", "as")


def _said_of_itself(node: Node) -> bool:
    """``Commonwealth said it raised``: "it" is who speaks, though no name is known for it."""
    if node.word != "it" or node.dep != "nsubj" or node.head is None:
        return False
    return any(n.name is None and n.tag == "NNP" for n in speakers(node.head)[:1])


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a role: the name, where it stands, and how far the words are from saying so plainly.

    ``how`` is ``name``, ``reference`` (pronoun or description) or ``part`` (of something that
    belongs to the party); ``through`` is the noun passed on the way, such as a deal.
    """

    node: Node
    name: Name
    how: str = "name"
    through: Node | None = None

    @property
    def weight(self) -> float:
        base = {"name": 1.0, "reference": 0.85, "part": 0.9}[self.how]
        return base * (1.0 if self.name.entity is not None or self.name.owner else 0.93)


class Roles:
    """Finds the fillers of roles in one sentence."""

    def __init__(self, context: Context, sentence: int) -> None:
        self.context = context
        self.sentence = sentence

    def parties(self, nodes: Sequence[Node], want: str, avoid: Sequence[Name] = ()) -> list[Filler]:
        """All parties that the nouns speak of, in order, coordination expanded."""
        found: list[Filler] = []
        for node in nodes:
            for each in conjuncts(node):
                for filler in self._party(each, want, avoid, 0):
                    if filler.name.name not in {f.name.name for f in found}:
                        found.append(filler)
        return found

    def _party(self, node: Node, want: str, avoid: Sequence[Name], depth: int) -> list[Filler]:
        if depth > 5:
            return []
        if node.name is not None:
            if self._allowed(node.name, want):
                return [Filler(node, node.name)]
            if want in ("model", "platform"):
                return self._inside(node, want, avoid, depth)
            return self._company_of(node, want)
        if node.money is not None:
            return []
        lemma = node.lemma
        if lemma in _QUANTITIES and node.pos in ("DET", "PRON", "NOUN", "NUM"):
            whole = [n for p in node.all("prep") if p.word == "of" for n in p.all("pobj")]
            if whole:
                return [
                    f
                    for n in whole
                    for each in conjuncts(n)
                    for f in self._party(each, want, avoid, depth + 1)
                ]
        both = self._coordinated(node)
        if both:
            return [
                Filler(n, n.name, "reference")
                for n in both
                if n.name is not None and self._allowed(n.name, want)
            ]
        if self._means_both(node):
            return [
                Filler(node, n, "reference")
                for n in self.context.pair(node, self.sentence)
                if self._allowed(n, want)
            ]
        if (
            node.dep == "appos"
            and node.head is not None
            and node.head.name is not None
            and self._allowed(node.head.name, want)
        ):
            last = [n for n in conjuncts(node.head) if n.index < node.index][-1:]
            return [Filler(n, n.name) for n in last if n.name is not None]
        examples = self._examples(node, want, avoid, depth)
        if examples:
            return examples
        for child in node.children:
            if (
                child.dep in ("appos", "compound", "nmod")
                and child.name is not None
                and self._stands_for(node, child, want)
            ):
                found = [
                    f
                    for each in conjuncts(child)
                    for f in self._party(each, want, avoid, depth + 1)
                ]
                if found:
                    return found
        for child in node.all("acl"):
            if child.lemma in ("call", "name", "dub", "know"):
                for named in child.children:
                    if named.name is not None and self._allowed(named.name, want):
                        return [Filler(named, named.name)]
                for inner in child.all("prep"):
                    for named in inner.all("pobj"):
                        if named.name is not None and self._allowed(named.name, want):
                            return [Filler(named, named.name)]
        told = self._told_of(node, want, avoid, depth)
        if told:
            return told
        if lemma in words("nouns", "group"):
            found = [
                f
                for p in node.all("prep")
                if p.word in ("of", "between")
                for n in p.all("pobj")
                for each in conjuncts(n)
                for f in self._party(each, want, avoid, depth + 1)
            ]
            if found:
                return found
        if want in ("model", "platform"):
            inside = self._inside(node, want, avoid, depth)
            if inside:
                return inside
        if lemma in words("nouns", "part") and want not in ("model", "platform"):
            for child in [
                *node.all("poss"),
                *(
                    n
                    for p in node.all("prep")
                    if p.word in ("of", "at") or (p.word == "from" and lemma in _BELONGINGS)
                    for n in p.all("pobj")
                ),
                *node.all("compound", "nmod"),
            ]:
                found = [
                    Filler(f.node, f.name, "part")
                    for f in self._party(child, want, avoid, depth + 1)
                ]
                if found:
                    return found
        if _said_of_itself(node):
            return []
        if want == "subject" and node.word in ("he", "she"):
            person = self.context.person(node)
            return [] if person is None else [Filler(node, person, "reference")]
        reference = self.context.resolve(node, self.sentence, want, avoid)
        if reference is not None and reference.is_artefact and want != "model":
            return []
        if reference is not None and self._allowed(reference, want):
            return [Filler(node, reference, "reference")]
        return []

    def _coordinated(self, node: Node) -> list[Node]:
        """``A and B said they``, ``the companies``, where the speakers are two: both of them."""
        if node.word not in ("they", "both") and not self._means_both(node):
            return []
        if node.word == "both" and node.dep == "nsubj":
            return _two_before(node)
        verb = next((n for n in node.ancestors() if n.tag.startswith("VB")), None)
        if verb is None or node.dep not in ("nsubj", "nsubjpass") or verb.dep != "ccomp":
            return []
        subject = verb.head.child("nsubj") if verb.head is not None else None
        told = conjuncts(subject) if subject is not None and subject.name is not None else []
        return told if len(told) == 2 and all(n.name is not None for n in told) else []

    def _means_both(self, node: Node) -> bool:
        if node.lemma not in words("nouns", "company") and node.lemma not in (
            "side",
            "party",
            "pair",
            "duo",
        ):
            return False
        if node.lemma in ("pair", "duo"):
            return any(c.word == "the" for c in node.all("det")) and not node.all("prep")
        marks = {c.word for c in node.children if c.dep in ("det", "nummod", "predet", "preconj")}
        if any(c.name is not None for c in node.all("appos")):
            return False
        return node.tag == "NNS" and (
            bool(marks & {"both", "two"}) or (marks == {"the"} and node.lemma == "company")
        )

    def _told_of(self, node: Node, want: str, avoid: Sequence[Name], depth: int) -> list[Filler]:
        """``A and B were among those that``, ``A is one of the firms that``: A and B."""
        if node.word not in ("those", "ones") and node.lemma not in words("nouns", "many"):
            return []
        if not node.all("relcl", "acl"):
            return []
        above = node
        while above.dep == "pobj" and above.head is not None and above.head.word in ("among", "of"):
            above = above.head
            if above.head is None or above.head.word not in ("one", "some", "two", "three"):
                break
            above = above.head
        verb = above.head
        if verb is None or verb.lemma != "be" or above.dep not in ("prep", "attr"):
            return []
        return [
            f
            for n in verb.all("nsubj")
            for each in conjuncts(n)
            for f in self._party(each, want, avoid, depth + 1)
        ]

    def backed_instead(self, filler: Filler) -> Filler:
        """Of "the company" that is backed: not who was just told to invest, but in whom."""
        if filler.how != "reference":
            return filler
        name = self.context.deals.backed_by(filler.name, self.sentence)
        return filler if name is None else replace(filler, name=name)

    def author(self) -> Name | None:
        """The company that speaks, where the article is its own and the sentence no quotation."""
        return self.context.author(self.sentence)

    def topic(self, node: Node) -> Name | None:
        """The company that the sentence goes on about."""
        return self.context.topic(node, self.sentence)

    def deal(self, lemma: str) -> tuple[str, Name, Name] | None:
        """The deal that ``the merger`` or ``the deal`` means: kind and parties."""
        told = self.context.deals.meant(lemma) if is_deal_noun(lemma) else None
        return None if told is None else (told.kind, told.subject, told.target)

    def plaintiff(self, name: Name) -> Name:
        """Who sues in the name of the United States: its Department of Justice."""
        entity = self.context._registry.get("doj")
        if name.entity is None or name.entity.id != "united-states" or entity is None:
            return name
        return replace(name, name=entity.name, entity=entity, kind=entity.kind)

    def authority_before(self, node: Node) -> Name | None:
        """The authority named last, at most two sentences before."""
        return self.context.authority(node, self.sentence)

    def backed(self) -> Name | None:
        """The company whose several backers the sentence before spoke of."""
        return self.context.backed(self.sentence)

    def raiser(self, reach: int = 4, titled: bool = True) -> Name | None:
        """The company that the article last said to have raised money, at most so many sentences before.

        Else, if ``titled``, that of the title.
        """
        return self.context.raiser(self.sentence, reach, titled)

    def is_company(self, name: Name) -> bool:
        """Whether the name may be a company's."""
        return self._allowed(name, "company") and not name.is_artefact

    def _stands_for(self, node: Node, child: Node, want: str) -> bool:
        """Whether the name beside a common noun is what the noun is about: ``startup Anthropic``."""
        if child.dep == "appos":
            return True
        lemma = node.lemma
        if want in ("model", "platform"):
            return lemma in words("nouns", "model") or lemma in words("nouns", "company")
        if want == "authority":
            return lemma in words("nouns", "authority")
        return False

    def _examples(self, node: Node, want: str, avoid: Sequence[Name], depth: int) -> list[Filler]:
        """``companies such as A and B``, ``investors including A``."""
        if not (
            node.lemma in words("nouns", "many")
            or node.lemma in words("nouns", "group")
            or (node.tag == "NNS" and node.lemma in words("nouns", "company"))
            or (want == "model" and node.lemma in words("nouns", "model"))
            or (want == "platform" and node.lemma in words("nouns", "offered"))
        ):
            return []
        found: list[Filler] = []
        if node.dep == "nsubj" and node.head is not None and node.head.lemma == "include":
            listed = [c for c in node.head.all("dobj", "attr") if c.name is not None]
            found += [
                f
                for target in listed
                for each in conjuncts(target)
                for f in self._party(each, want, avoid, depth + 1)
            ]
        for prep in node.all("prep", "acl"):
            if prep.word in ("like", "including", "as", "such", "include", "featuring"):
                targets = [
                    *prep.all("pobj", "dobj"),
                    *(n for p in prep.all("prep") for n in p.all("pobj")),
                ]
                for target in targets:
                    for each in conjuncts(target):
                        found += self._party(each, want, avoid, depth + 1)
        return found

    def _own_offer(self, node: Node, owner: Node, want: str, avoid: Sequence[Name]) -> list[Filler]:
        """``its products``, ``their marketplace``: the platform is whose they are."""
        if want != "platform" or owner.word not in ("its", "their", "our"):
            return []
        if node.lemma not in words("nouns", "offered") | words("nouns", "customers"):
            return []
        verb = next((n for n in node.ancestors() if n.tag.startswith("VB")), None)
        doers = [n.name for n in surface_subjects(verb) if n.name] if verb is not None else []
        name = next(iter(doers), None) or self.context.resolve(
            owner, self.sentence, "organisation", avoid
        )
        return [Filler(owner, name, "part")] if name and self._allowed(name, "company") else []

    def _inside(self, node: Node, want: str, avoid: Sequence[Name], depth: int) -> list[Filler]:
        """The model or platform within a phrase: ``OpenAI's models``, ``the Azure model catalogue``."""
        near = [c for c in node.children if c.dep in ("poss", "compound", "nmod", "appos")]
        near += [
            n
            for p in node.all("prep")
            if p.word in ("of", "from", "by", "for", "on")
            for n in p.all("pobj")
        ]
        near += [
            n
            for a in node.all("acl")
            if a.lemma in ("develop", "build", "create", "make", "train")
            for p in a.all("agent", "prep")
            for n in p.all("pobj")
        ]
        model_head = node.lemma in words("nouns", "model") | words("nouns", "powers")
        # "its Gemini models": the name tells more than the pronoun
        near.sort(key=lambda n: n.name is None)
        for child in near:
            for each in conjuncts(child):
                if each.name is None:
                    own = self._own_offer(node, each, want, avoid)
                    if own:
                        return own
                    deeper = (
                        self._inside(each, want, avoid, depth + 1)
                        if depth < 2 and each.pos in ("NOUN", "PROPN")
                        else []
                    )
                    if deeper:
                        return deeper
                    if want == "model" and model_head and child.dep == "poss":
                        party = self._party(each, "organisation", avoid, depth + 1)
                        if party:
                            return party
                    continue
                if want == "model" and (
                    each.name.kind is EntityKind.MODEL
                    or (model_head and each.name.is_organisation and not each.name.is_authority)
                ):
                    return [Filler(e, e.name) for e in conjuncts(child) if e.name is not None]
                if want == "platform" and self._allowed(each.name, want):
                    return [
                        Filler(e, e.name, "part")
                        for e in conjuncts(each)
                        if e.name is not None and self._allowed(e.name, want)
                    ]
        return []

    def _company_of(self, node: Node, want: str) -> list[Filler]:
        """The organisation behind a product that stands where an organisation is wanted."""
        name = node.name
        if (
            name is None
            or want not in ("party", "organisation", "partner", "company")
            or not name.owner
        ):
            return []
        owner = self.context.registry.get(name.owner)
        if owner is None or (name.kind is EntityKind.MODEL and want == "party"):
            return []
        return [
            Filler(
                node,
                Name(
                    name.text,
                    name.start,
                    name.end,
                    owner.name,
                    owner,
                    owner.kind,
                    ambiguous=name.ambiguous,
                ),
                "part",
            )
        ]

    def _allowed(self, name: Name, want: str) -> bool:
        return allowed(name, want)


def _two_before(node: Node) -> list[Node]:
    """``A will invest $5bn and B $3bn, with both backing``: A and B, if no third stands before."""
    top = node
    for above in node.ancestors():
        top = above
    named = [n for n in top.subtree() if n.index < node.index and n.name is not None]
    firms = [n for n in named if n.name is not None and n.name.is_organisation]
    return firms if len({n.name.name for n in firms if n.name}) == 2 == len(firms) else []


def allowed(name: Name, want: str) -> bool:
    """Whether a name may stand where a frame wants ``want``."""
    if name.owner == "":
        return want == "partner"
    if name.is_place:
        return want == "place"
    if want == "place":
        return False
    if want == "partner":
        return name.is_organisation and (name.kind is not EntityKind.AUTHORITY)
    if want == "rival":
        return name.kind is EntityKind.MODEL or (name.is_organisation and not name.is_authority)
    if want == "party":
        return not name.is_artefact and not (
            name.is_authority and name.kind is EntityKind.AUTHORITY
        )
    if want in ("organisation", "company"):
        if name.is_person or name.kind is EntityKind.AUTHORITY:
            return False
        if want == "company" and name.kind is EntityKind.GOVERNMENT:
            return False
        return not name.is_artefact or (want == "company" and name.kind is EntityKind.PRODUCT)
    if want == "subject":
        return not name.is_artefact
    if want == "authority":
        return name.is_authority
    if want in ("model", "model or maker"):
        if want == "model or maker" and name.entity is not None:
            return EntityKind.LAB in name.entity.kinds or name.is_artefact
        if name.entity is not None and name.entity.id in words("nouns", "namesake"):
            return True
        return name.kind is EntityKind.MODEL or (
            name.kind is EntityKind.PRODUCT and bool(name.owner)
        )
    if want == "platform":
        if name.kind in (EntityKind.PLATFORM, EntityKind.MODEL_HUB, EntityKind.CLOUD_PROVIDER):
            return True
        if name.kind is EntityKind.PRODUCT and name.owner:
            return True
        if name.entity is not None:
            return bool(
                {EntityKind.CLOUD_PROVIDER, EntityKind.MODEL_HUB, EntityKind.PLATFORM}
                & set(name.entity.kinds)
            ) or name.entity.id in table("platforms")
        return False
    return True
