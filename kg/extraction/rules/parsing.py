"""A parsed sentence whose tokens know their names, sums and places in the article."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.extraction.rules.attachments import made_available, mend_attachments
from kg.extraction.rules.figures import Money
from kg.extraction.rules.forms import RULES, Form, forms
from kg.extraction.rules.fronted import mend_opening
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.gerunds import mend_gerunds
from kg.extraction.rules.language import is_word, model
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.lists import (
    hyphenated,
    joint_owners,
    owners_before,
    part_owners,
    rejoin,
)
from kg.extraction.rules.masking import Masked
from kg.extraction.rules.mistagged import mend
from kg.extraction.rules.trees import hang

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(slots=True, eq=False)
class Node:
    """A token of the parse. ``start:end`` is its place in the article."""

    index: int
    text: str
    lemma: str
    tag: str
    pos: str
    dep: str
    start: int
    end: int
    name: Name | None = None
    money: Money | None = None
    head: Node | None = None
    children: list[Node] = field(default_factory=list)
    neighbour: Node | None = None
    word: str = field(init=False)
    """The text in lower case."""

    def __post_init__(self) -> None:
        self.word = self.text.lower()

    def child(self, *deps: str) -> Node | None:
        """The first child with one of the dependencies."""
        return next((c for c in self.children if c.dep in deps), None)

    def all(self, *deps: str) -> list[Node]:
        """The children with one of the dependencies, in order."""
        return [c for c in self.children if c.dep in deps]

    def subtree(self) -> list[Node]:
        """The node and all below it, in order of place."""
        found, waiting = [], [self]
        while waiting:
            node = waiting.pop()
            found.append(node)
            waiting.extend(node.children)
        return sorted(found, key=lambda n: n.index)

    def ancestors(self) -> Iterator[Node]:
        """The heads, nearest first."""
        node = self.head
        while node is not None:
            yield node
            node = node.head


@dataclass(frozen=True, slots=True)
class Parsed:
    """The nodes of one sentence in order."""

    masked: Masked
    nodes: tuple[Node, ...]
    words: frozenset[str]
    """The lemmas and the words, in lower case."""

    def roots(self) -> list[Node]:
        return [n for n in self.nodes if n.head is None]


class Words:
    """The words of a text as the model cuts them, before it is parsed; ``keys`` tell them apart."""

    __slots__ = ("doc", "keys")

    def __init__(self, text: str) -> None:
        self.doc = model().make_doc(text)
        self.keys: list[int] = self.doc.to_array("ORTH").tolist()

    def text(self, place: int) -> str:
        """The word at a place."""
        return str(self.doc[place].text)


def parse(sentences: Sequence[tuple[Words, Masked]], batch: int = 128) -> Iterator[Parsed]:
    """Parse rewritten sentences, in order."""
    without = ["ner", *RULES]
    for first in range(0, len(sentences), batch):
        some = sentences[first : first + batch]
        docs = list(model().pipe((w.doc for w, _ in some), batch_size=batch, disable=without))
        for doc, said, (_, masked) in zip(docs, forms(docs), some, strict=True):
            yield _read(doc, said, masked)


def _read(doc: Doc, said: Sequence[Form], masked: Masked) -> Parsed:
    segments = masked.segments
    starts = [s.start for s in segments]
    nodes: list[Node] = []
    by_place: list[Node | None] = []
    places: list[list[int]] = doc.to_array(["IDX", "HEAD"]).astype("int64").tolist()
    for form, (at, _) in zip(said, places, strict=True):
        place = bisect_right(starts, at) - 1
        if form.space or place < 0:
            by_place.append(None)
            continue
        segment = segments[place]
        start, end = segment.source_start, segment.source_end
        if segment.name is None and segment.money is None:
            start += at - segment.start
            end = max(start, min(start + len(form.text), end))
        name = None if segment.name is None else masked.names[segment.name]
        text = form.text if name is None else name.text
        plainer = bool(segment.word) and name is None and segment.money is None
        text = segment.word if plainer else text
        node = Node(len(nodes), text, form.lemma, form.tag, form.pos, form.dep, start, end, name)
        if name is not None:
            node.tag, node.pos = "NNP", "PROPN"
        elif segment.money is not None and form.text == "billion":
            node.money = masked.sums[segment.money]
        elif plainer:
            node.lemma = segment.word.removesuffix("s")
        nodes.append(node)
        by_place.append(node)
    for index, here in enumerate(by_place):
        above = None if here is None else _above(index, by_place, places)
        if here is not None and above is not None:
            here.head = above
            above.children.append(here)
    mend(nodes)
    mend_opening(nodes)
    mend_attachments(nodes)
    mend_gerunds(nodes)
    for here in nodes:
        if here.tag in ("VB", "VBP") and here.dep in ("dobj", "pobj"):
            here.tag, here.pos = "NN", "NOUN"
        if here.lemma == "bid" and here.tag.startswith("VB") and here.dep in ("dobj", "pobj"):
            _as_noun(here, nodes)
        if here.lemma == "partner" and here.tag in ("NN", "NNS"):
            _as_verb(here, nodes)
        if here.tag in ("VB", "VBP") and here.dep in ("amod", "nmod", "compound"):
            _as_headline(here)
        if here.dep == "nsubj" and here.name is not None:
            _as_second(here)
        if here.dep == "conj" and here.name is not None:
            _as_next_subject(here, nodes)
        if here.dep in ("attr", "dobj", "conj", "dep", "oprd", "npadvmod"):
            _as_apposition(here, nodes)
        if here.head is None and here.name is not None:
            _as_subject(here, nodes)
        if here.dep == "advcl" and here.tag == "VB":
            _as_complement(here, nodes)
        if here.tag == "NN" and here.word.endswith("ing"):
            _as_gerund(here, nodes)
        helper = here.head
        if here.dep != "nsubj" or helper is None or helper.head is None:
            continue
        if helper.dep in ("aux", "auxpass"):
            hang(here, helper.head, "nsubjpass" if helper.dep == "auxpass" else "nsubj")
    for before, here in itertools.pairwise(nodes):
        if before.pos in ("NOUN", "PROPN") and here.tag == "VBG":
            here.neighbour = before
        if (
            here.name is not None
            and before.name is None
            and before.tag.startswith("NN")
            and before.dep == here.dep
            and before.head is here.head
        ):
            _as_title(before, here)
    owners_before(nodes)
    rejoin(nodes)
    hyphenated(nodes)
    part_owners(nodes)
    joint_owners(nodes)
    made_available(nodes)
    lemmas = frozenset(word for n in nodes for word in (n.lemma, n.word))
    return Parsed(masked, tuple(nodes), lemmas)


def _as_noun(bid: Node, nodes: Sequence[Node]) -> None:
    """``to join X bid to buy Y``: X's bid, where the parse takes it for a verb."""
    bid.tag, bid.pos = "NN", "NOUN"
    before = nodes[bid.index - 1] if bid.index else None
    if before is not None and before.name is not None and before.head is bid.head:
        hang(before, bid, "poss")


def _as_verb(noun: Node, nodes: Sequence[Node]) -> None:
    """``X partners with Y``, ``we are glad to partner with Y``, where the parse has but a noun."""
    before = nodes[noun.index - 1] if noun.index else None
    following = nodes[noun.index + 1] if noun.index + 1 < len(nodes) else None
    if before is None or following is None or following.word != "with":
        return
    if before.name is not None and noun.tag == "NNS" and noun.head is None:
        noun.tag, noun.pos = "VBZ", "VERB"
        if before.head is noun:
            before.dep = "nsubj"
    elif before.word == "to" and noun.tag == "NN" and noun.head is before:
        noun.tag, noun.pos = "VB", "VERB"
        hang(noun, before.head, "xcomp")
        hang(before, noun, "aux")


def _as_headline(verb: Node) -> None:
    """``X and Y expand partnership``: X and Y do, where the parse has one long noun."""
    noun = verb.head
    if noun is None or not noun.tag.startswith("NN") or noun.name is not None:
        return
    doers = [c for c in noun.children if c.name is not None and c.index < verb.index]
    if len(doers) != 1 or noun.index < verb.index:
        return
    hang(verb, noun.head, noun.dep)
    hang(noun, verb, "dobj")
    hang(doers[0], verb, "nsubj")
    for child in [c for c in noun.children if c.tag == "VB" and c.dep == "acl"]:
        hang(child, verb, "advcl")


def _as_second(name: Node) -> None:
    """``X, which ..., and Y announced``: both do, where the parse gives the verb two subjects."""
    if name.head is None:
        return
    verb = name.head
    for first in verb.all("nsubj"):
        if first.index < verb.index < name.index and verb.tag in ("VBZ", "VBP", "VBD"):
            # "Y, valued at $5bn, counts X among": X after the verb
            if verb.lemma in _COUNTING and not verb.all("dobj"):
                hang(name, verb, "dobj")
            return
        if first.index < name.index and any(c.word == "and" for c in first.all("cc")):
            hang(name, first, "conj")
            return


_COUNTING = frozenset({"count", "list", "number", "name", "claim", "boast", "cite"})


def _as_next_subject(name: Node, nodes: Sequence[Node]) -> None:
    """``A invests in B and C put in more``: C does, where the parse takes it for one of two investees."""
    after = _behind_aside(name, nodes)
    following = nodes[after : after + 2]
    if nodes[name.index - 1].word not in ("and", "but", "while") or not following:
        return
    verb = following[0]
    if verb.dep in ("aux", "auxpass", "neg", "advmod") and verb.head in following[1:]:
        verb = verb.head or verb
    finite = verb.tag in ("VBD", "VBZ", "VBP") or any(c.dep == "aux" for c in verb.children)
    own = verb.child("nsubj", "nsubjpass", "csubj")
    if verb.tag.startswith("VB") and finite and verb.dep == "conj" and own is None:
        hang(name, verb, "nsubjpass" if verb.child("auxpass") else "nsubj")


_LONGEST_ASIDE = 12


def _behind_aside(name: Node, nodes: Sequence[Node]) -> int:
    """Where a sentence goes on behind ``X, the company behind Y,``; behind X where nothing describes it."""
    start = name.index + 1
    if start >= len(nodes) or nodes[start].word != ",":
        return start
    for node in nodes[start + 1 : start + _LONGEST_ASIDE]:
        if node.word == ",":
            return node.index + 1
        if node.tag in ("VBZ", "VBP", "MD"):
            break
    return start


def _as_apposition(noun: Node, nodes: Sequence[Node]) -> None:
    """``at X, a firm bought by Y``: the firm is X, where the parse hangs it on the verb."""
    kinds = words("nouns", "company") | words("nouns", "unit")
    if noun.name is not None or noun.lemma not in kinds:
        return
    article = noun.child("det")
    if article is None or article.word not in ("a", "an", "the") or article.index < 2:
        return
    comma, name = nodes[article.index - 1], nodes[article.index - 2]
    if comma.word != "," or name.name is None or not name.name.is_organisation:
        return
    if noun.head is not name and all(n is not name for n in noun.subtree()):
        hang(noun, name, "appos")


def _as_subject(name: Node, nodes: Sequence[Node]) -> None:
    """``X, a maker of chips, invested``: X is the subject, where the parse has no main verb."""
    for noun in name.all("appos"):
        for verb in noun.all("acl", "relcl"):
            if verb.tag in ("VBD", "VBN") and nodes[verb.index - 1].word == ",":
                noun.children.remove(verb)
                verb.head, verb.dep = None, "ROOT"
                name.head, name.dep = verb, "nsubj"
                verb.children.insert(0, name)
                return


def _as_complement(verb: Node, nodes: Sequence[Node]) -> None:
    """``nearing a deal to invest``: the infinitive is the deal's, where the parse has it beside."""
    to = next((c for c in verb.all("aux") if c.word == "to"), None)
    if to is None or to.index == 0:
        return
    noun = nodes[to.index - 1]
    if (
        noun.head is verb.head
        and noun.dep == "dobj"
        and noun.lemma in words("modality", "to_do_noun")
    ):
        hang(verb, noun, "acl")


def _as_gerund(noun: Node, nodes: Sequence[Node]) -> None:
    """``will spend $5bn backing Y``: the sum is spent, Y is backed, where the parse has a noun."""
    verb = noun.head
    if verb is None:
        return
    following = nodes[noun.index + 1] if noun.index + 1 < len(nodes) else None
    if following is None or following.name is None or noun.index == 0:
        return
    spent = nodes[noun.index - 1]
    if spent.money is None or spent.head not in (noun, verb) or not verb.tag.startswith("VB"):
        return
    beside = following.head is verb and following.dep in ("npadvmod", "dobj", "advmod")
    if beside or following.head is noun:
        noun.tag, noun.pos, noun.lemma = "VBG", "VERB", _stem(noun.lemma)
        hang(spent, verb, "dobj")
        hang(noun, verb, "advcl")
        hang(following, noun, "dobj")


def _stem(gerund: str) -> str:
    """``back`` of ``backing``, ``acquire`` of ``acquiring``: the form that is an English word."""
    stem = gerund.removesuffix("ing")
    return stem if is_word(stem) else stem + "e"


def _as_title(noun: Node, name: Node) -> None:
    """``the start-up Mistral AI`` is one phrase, where the parse has two side by side."""
    if noun.head is not None:
        noun.head.children.remove(noun)
    noun.dep, noun.head = "compound", name
    for child in noun.children:
        if child.dep in ("det", "poss"):
            child.head = name
            name.children.append(child)
    noun.children = [c for c in noun.children if c.head is noun]
    name.children.append(noun)


def _above(
    index: int, nodes: Sequence[Node | None], places: Sequence[Sequence[int]]
) -> Node | None:
    """The nearest head of a word that is a node; none for a root."""
    while offset := places[index][1]:
        index += offset
        if nodes[index] is not None:
            return nodes[index]
    return None
