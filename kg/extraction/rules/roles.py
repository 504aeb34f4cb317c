"""From a noun of the parse to the parties it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.rules.arguments import speakers
from kg.extraction.rules.consortia import consortium, is_consortium
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.coreference import Context
from kg.extraction.rules.couples import begins_clause, coordinated, means_both, one_named
from kg.extraction.rules.descriptions import is_definite
from kg.extraction.rules.fillers import Filler, allowed
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.offerings import offered_inside
from kg.extraction.rules.own_clauses import own_clause
from kg.extraction.rules.parsing import Node
from kg.extraction.rules.told_cases import ToldCase
from kg.extraction.rules.told_deals import is_deal_noun
from kg.extraction.rules.vehicles import managers, of_family
from kg.model import EntityKind


def _said_of_itself(node: Node) -> bool:
    """``Commonwealth said it raised``: "it" is who speaks, though no name is known for it."""
    if node.word != "it" or node.dep != "nsubj" or node.head is None:
        return False
    return any(n.name is None and n.tag == "NNP" for n in speakers(node.head)[:1])


def _owners_of_another(node: Node) -> bool:
    """``the shareholders of Acme``: those who hold Acme, and not Acme."""
    if node.lemma not in ("owner", "shareholder", "stockholder") or node.tag != "NNS":
        return False
    inside = [n for p in node.all("prep") if p.word in ("of", "in") for n in p.all("pobj")]
    return any(n.name is not None for n in (*inside, *node.all("poss", "compound", "nmod")))


def _from_one_to_others(noun: Node) -> list[Node]:
    """``companies from A to B to C``: each of them, wherever the parse hangs the rest."""
    first = next((p for p in noun.all("prep") if p.word == "from"), None)
    if first is None:
        return []
    after = [first, *first.children, *noun.all("prep")]
    after += noun.head.all("prep") if noun.head is not None else []
    rest = [p for p in after if p.word == "to" and p.index > first.index]
    rest += [q for p in rest for q in p.all("prep") if q.word == "to"]
    named = [n for p in (first, *rest) for n in p.all("pobj") if n.name is not None]
    return sorted(set(named), key=lambda n: n.index) if rest and len(named) > 1 else []


def _of_some_country(noun: Node, country: Node) -> bool:
    """``a US fund``, ``the Singapore group``: one in the country, and no part of its state."""
    apart = any(d.word in ("a", "an") for d in noun.all("det"))
    apart = apart or noun.lemma in words("nouns", "company")
    name = country.name
    return apart and name is not None and name.kind is EntityKind.GOVERNMENT


def _is_human(node: Node) -> bool:
    """``Ada Ortiz, who leads procurement``: a full name of somebody."""
    name = node.name
    if name is None or name.entity is not None or name.kind is not None or " " not in name.name:
        return False
    told = [c for c in node.all("relcl") if c.lemma in _OF_PEOPLE]
    return any(n.word == "who" for c in told for n in c.all("nsubj"))


_OF_PEOPLE = frozenset({"be", "lead", "head", "run", "oversee", "chair", "serve", "work"})


def _company_of_a_person(node: Node) -> bool:
    """``Masayoshi Son's group``: his company, and not he."""
    owners = [n for n in node.all("poss") if n.name is not None and n.name.is_person]
    return bool(owners) and node.lemma in words("nouns", "company")


_OF_A_GROUP = frozenset({"it", "they", "its", "their"})
_ACTING_TOGETHER = frozenset({"subject", "party", "organisation", "company"})


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
                for filler in self.party(each, want, avoid, 0):
                    if filler.name.name not in {f.name.name for f in found}:
                        found.append(filler)
        return found

    def party(self, node: Node, want: str, avoid: Sequence[Name], depth: int) -> list[Filler]:
        """Whom one noun speaks of, ``depth`` nouns below the one asked for."""
        if depth > 5:
            return []
        if node.name is not None:
            if _is_human(node) and want not in ("person", "subject"):
                return []
            if allowed(node.name, want):
                return [Filler(node, node.name)]
            if want in ("model", "platform"):
                return offered_inside(self, node, want, avoid, depth)
            return self._company_of(node, want)
        if node.money is not None:
            return []
        lemma = node.lemma
        if lemma in words("nouns", "quantity") and node.pos in ("DET", "PRON", "NOUN", "NUM"):
            whole = [n for p in node.all("prep") if p.word == "of" for n in p.all("pobj")]
            if whole:
                return [
                    f
                    for n in whole
                    for each in conjuncts(n)
                    for f in self.party(each, want, avoid, depth + 1)
                ]
        both = coordinated(node)
        if both:
            return [
                Filler(n, n.name, "reference")
                for n in both
                if n.name is not None and allowed(n.name, want)
            ]
        if node.word == "they" and want == "subject" and begins_clause(node):
            listed = self.context.listed_first(self.sentence)
            if listed:
                return [Filler(node, n, "reference") for n in listed if allowed(n, want)]
        if means_both(node):
            return [
                Filler(node, n, "reference")
                for n in self.context.pair(node, self.sentence)
                if allowed(n, want)
            ]
        if (
            node.dep == "appos"
            and node.head is not None
            and node.head.name is not None
            and allowed(node.head.name, want)
        ):
            last = [n for n in conjuncts(node.head) if n.index < node.index][-1:]
            return [Filler(n, n.name) for n in last if n.name is not None]
        examples = self._examples(node, want, avoid, depth)
        if examples:
            return examples
        for child in [*node.children, *one_named(node)]:
            if (
                child.dep in ("appos", "compound", "nmod")
                and child.name is not None
                and (child.head is not node or self._stands_for(node, child, want))
            ):
                found = [
                    f for each in conjuncts(child) for f in self.party(each, want, avoid, depth + 1)
                ]
                if found:
                    return found
        for child in node.all("acl"):
            if child.lemma in ("call", "name", "dub", "know"):
                for named in child.children:
                    if named.name is not None and allowed(named.name, want):
                        return [Filler(named, named.name)]
                for inner in child.all("prep"):
                    for named in inner.all("pobj"):
                        if named.name is not None and allowed(named.name, want):
                            return [Filler(named, named.name)]
        for manager in managers(node):
            found = [replace(f, how="part") for f in self.party(manager, want, avoid, depth + 1)]
            if found:
                return found
        if want in _ACTING_TOGETHER:
            together = [n for each in consortium(node) for n in conjuncts(each)]
            found = [f for n in together for f in self.party(n, want, avoid, depth + 1)]
            if found:
                return found
        told = self._told_of(node, want, avoid, depth) or self._those_of(node, want, avoid, depth)
        if told:
            return told
        if lemma in words("nouns", "group"):
            found = [
                f
                for p in node.all("prep")
                if p.word in ("of", "between")
                for n in p.all("pobj")
                for each in conjuncts(n)
                for f in self.party(each, want, avoid, depth + 1)
            ]
            if found:
                return found
        if want in ("model", "platform"):
            inside = offered_inside(self, node, want, avoid, depth)
            if inside:
                return inside
        if _owners_of_another(node):
            return []
        if self._speaks_for_owner(node, want) and not _company_of_a_person(node):
            for child in [
                *node.all("poss"),
                *(
                    n
                    for p in node.all("prep")
                    if p.word in ("of", "at")
                    or (p.word == "from" and lemma in words("nouns", "belonging"))
                    for n in p.all("pobj")
                ),
                *(n for n in node.all("compound", "nmod") if not _of_some_country(node, n)),
            ]:
                owners = conjuncts(child) if node.tag == "NNS" and child.dep == "pobj" else [child]
                found = [
                    Filler(f.node, f.name, "part")
                    for each in owners
                    for f in self.party(each, want, avoid, depth + 1)
                ]
                if found:
                    return found
        group = own_clause(node) if node.word in _OF_A_GROUP else None
        if group is not None and is_consortium(group) and want in _ACTING_TOGETHER:
            # "a group led by X said it had bought": X had
            found = self.party(group, want, avoid, depth + 1)
            if found:
                return [replace(f, how="reference") for f in found]
        if _said_of_itself(node):
            return []
        if want in ("subject", "person") and node.word in ("he", "she"):
            person = self.context.person(node)
            return [] if person is None else [Filler(node, person, "reference")]
        reference = self.context.resolve(node, self.sentence, want, avoid)
        if reference is not None and reference.is_artefact and want != "model":
            return []
        if reference is not None and allowed(reference, want):
            return [Filler(node, reference, "reference")]
        return []

    def _speaks_for_owner(self, node: Node, want: str) -> bool:
        """``Acme's cloud unit`` is Acme; whom ``Acme's products`` compete with, Acme competes with."""
        lemma = node.lemma
        if any(c.word in ("former", "ex") for c in node.all("amod", "compound")):
            return False
        if of_family(node):
            return want not in ("model", "platform")
        if want == "rival" and lemma in words("nouns", "offered") | words("nouns", "model"):
            return True
        return lemma in words("nouns", "part") and want not in ("model", "platform")

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
            for n in verb.all("nsubj", "attr")
            if n is not above
            for each in conjuncts(n)
            for f in self.party(each, want, avoid, depth + 1)
        ]

    def _those_of(self, node: Node, want: str, avoid: Sequence[Name], depth: int) -> list[Filler]:
        """``its models compete with those of A and B``: A and B."""
        if want != "rival" or node.word not in ("those", "that", "ones"):
            return []
        return [
            replace(f, how="part")
            for p in node.all("prep")
            if p.word in ("of", "from", "by")
            for n in p.all("pobj")
            for each in conjuncts(n)
            for f in self.party(each, want, avoid, depth + 1)
        ]

    def backed_instead(self, filler: Filler) -> Filler:
        """Of "the company" that is backed: not who was just told to invest, but in whom."""
        if filler.how != "reference" or filler.node.lemma in words("references", "funder"):
            return filler
        here = self.context.before(filler.node.start, 0, self.sentence)
        if any(p.name.name == filler.name.name for p in here):
            # "A backed B before C bought most of the company": B
            return filler
        name = self.context.deals.backed_by(filler.name, self.sentence)
        if (
            name is None
            and filler.node.lemma in words("nouns", "company")
            and is_definite(filler.node)
        ):
            # "the company" after a sentence on an investment is whom it was made in
            name = self.context.deals.rather_backed(filler.name, self.sentence)
        return filler if name is None else replace(filler, name=name)

    def author(self) -> Name | None:
        """The company that speaks, where the article is its own and the sentence no quotation."""
        return self.context.author(self.sentence)

    def spoken_of(self, node: Node) -> Name | None:
        """The one company that the sentence before went on about."""
        return self.context.spoken_of(node, self.sentence)

    def topic(self, node: Node, avoid: Sequence[Name] = ()) -> Name | None:
        """The company that the sentence goes on about, none of those to avoid."""
        return self.context.topic(node, self.sentence, avoid)

    def deal(self, lemma: str) -> tuple[str, Name, Name] | None:
        """The deal that ``the merger`` or ``the deal`` means: kind and parties."""
        told = self.context.deals.meant(lemma) if is_deal_noun(lemma) else None
        return None if told is None else (told.kind, told.subject, told.target)

    def invested_in(self) -> Name | None:
        """The company in which the sentences just before told of an investment, or that the article is about."""
        told = self.context.deals.target(self.sentence)
        about = self.context.theme
        if told is None and about is not None and about.kind is not EntityKind.INVESTOR:
            return about if self.is_company(about) else None
        return told

    def buys(self, parties: Sequence[Name]) -> bool:
        """Whether the one of two parties was told to buy the other."""
        return self.context.deals.purchase_of({p.name for p in parties})

    def plaintiff(self, name: Name) -> Name:
        """Who sues in the name of the United States: its Department of Justice."""
        entity = self.context._registry.get("doj")
        if name.entity is None or name.entity.id != "united-states" or entity is None:
            return name
        return replace(name, name=entity.name, entity=entity, kind=entity.kind)

    def cases_before(self, authority: Name | None) -> list[ToldCase]:
        """The cases that ``the inquiry`` means, of the authority where it is known."""
        return self.context.cases.meant(self.sentence, authority)

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

    def stands_aside(self, node: Node) -> bool:
        """Whether the sentence names it only beside what it tells."""
        return node.start in self.context.aside

    def young(self, node: Node, avoid: Sequence[Name]) -> Name | None:
        """The company whose round is meant where no raise was told of any."""
        return self.context.young(node, avoid, self.sentence)

    def is_company(self, name: Name) -> bool:
        """Whether the name may be a company's."""
        return allowed(name, "company") and not name.is_artefact

    def _stands_for(self, node: Node, child: Node, want: str) -> bool:
        """Whether the name beside a common noun is what the noun is about: ``startup Anthropic``."""
        if child.dep == "appos":
            return True
        if node.text == "AI" and child.name is not None:
            # "Humain AI", where only "Humain" is known
            return child.name.is_organisation
        lemma = node.lemma
        if want in ("model", "platform"):
            between = [n for n in node.all("compound", "nmod") if child.index < n.index]
            if len(between) == 1 and between[0].tag == "NNS" and node.index - child.index == 2:
                # "X scans models", where the parse takes the verb for a noun
                return False
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
                for f in self.party(each, want, avoid, depth + 1)
            ]
        if node.lemma in words("nouns", "company"):
            for target in _from_one_to_others(node):
                found += self.party(target, want, avoid, depth + 1)
        for prep in node.all("prep", "acl"):
            if prep.word in ("like", "including", "as", "such", "include", "featuring"):
                targets = [
                    *prep.all("pobj", "dobj"),
                    *(n for p in prep.all("prep") for n in p.all("pobj")),
                ]
                for target in targets:
                    for each in conjuncts(target):
                        found += self.party(each, want, avoid, depth + 1)
        return found

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
        if owner is None or (name.kind is EntityKind.MODEL and want in ("party", "company")):
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
