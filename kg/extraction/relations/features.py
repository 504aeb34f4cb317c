"""What the classifier knows of a pair of mentions: the way between them in the parse, the
triggers on it and near it, the words around, and what the frames found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.extraction.relations.mentions import Mention, Sort
from kg.extraction.relations.rendering import Rendered
from kg.extraction.rules.frames import by_trigger
from kg.extraction.rules.match import Match
from kg.extraction.rules.parsing import Node, Parsed

_FAR = (3, 6, 10, 16, 25)
_LINKS = frozenset({"conj", "appos"})


@lru_cache(maxsize=20_000)
def kinds_of(lemma: str, tag: str) -> tuple[str, ...]:
    """The kinds of relationship of which the word is a trigger, by the frames."""
    parts = ("verb", "noun", "adjective") if tag == "VBG" else ("verb", "adjective")
    if tag.startswith("NN"):
        parts = ("noun",)
    elif tag.startswith("JJ"):
        parts = ("adjective", "verb")
    elif not tag.startswith("VB"):
        return ()
    found = {
        ("raise" if f.raises else f.kind.value)
        for part in parts
        for f in by_trigger().get((part, lemma), ())
    }
    return tuple(sorted(found))


class Features:
    """The features of the pairs of one sentence."""

    def __init__(self, parsed: Parsed, view: Rendered, matches: Sequence[Match]) -> None:
        self.parsed = parsed
        self.view = view
        self.nodes = [node_of(parsed, m) for m in view.mentions]
        self._triggers = [
            (n, kinds)
            for n in parsed.nodes
            if n.name is None and n.money is None and (kinds := kinds_of(n.lemma, n.tag))
        ]
        self._matches = [
            (m, m.subject.node if m.subject else None, m.object.node) for m in matches
        ]
        self._lists = _lists(parsed, self.nodes)

    def of(self, one: int, other: int) -> list[str]:
        """Names of the features that hold of the pair."""
        a, b = self.view.mentions[one], self.view.mentions[other]
        x, y = self.nodes[one], self.nodes[other]
        sorts = f"{_sort(a)}|{_sort(b)}"
        found = ["bias", "S:" + sorts, "A:" + _sort(a), "B:" + _sort(b)]
        if y is None:
            return found
        if x is None:
            found += ["topic", *self._near(None, y, sorts)]
            return found + [f"topic:{k}" for n, ks in self._triggers for k in ks]
        found += self._rules(x, y)
        found += self._way(x, y, sorts)
        found += self._near(x, y, sorts)
        found += self._words(x, y)
        between = sum(
            1 for n in self.nodes if n is not None and x.index < n.index < y.index
        )
        found.append(f"between:{min(between, 4)}")
        found.append(f"far:{sum(y.index - x.index > f for f in _FAR)}")
        return found

    def _rules(self, x: Node, y: Node) -> Iterator[str]:
        for match, subject, target in self._matches:
            kind = "raise" if match.frame.raises else match.frame.kind.value
            if {subject, target} == {x, y}:
                forward = "fwd" if subject is x else "back"
                yield f"R:{kind}:{forward}"
                yield f"R:{kind}:{match.frame.name}"
                yield "R:any"
            elif {self._first(subject), self._first(target)} == {self._first(x), self._first(y)}:
                forward = "fwd" if self._first(subject) is self._first(x) else "back"
                yield f"RG:{kind}:{forward}"
                yield f"RG:{kind}:{match.frame.name}"
            elif x in (subject, target):
                yield f"R1:{kind}:{'s' if subject is x else 'o'}"
            elif y in (subject, target):
                yield f"R2:{kind}:{'s' if subject is y else 'o'}"

    def _first(self, node: Node | None) -> Node | None:
        return self._lists.get(node, node) if node is not None else None

    def _way(self, x: Node, y: Node, sorts: str) -> Iterator[str]:
        """The path in the parse, conjunctions and appositions passed over."""
        up, links = _anchored(x)
        down, more = _anchored(y)
        marks = ("c" if "conj" in links else "") + ("a" if "appos" in links else "")
        marks += "/" + ("c" if "conj" in more else "") + ("a" if "appos" in more else "")
        yield "links:" + marks
        ways = [("p", up, down), ("q", x, y)]
        first, second = self._lists.get(x, x), self._lists.get(y, y)
        if first is not second and (first, second) != (x, y):
            yield "listed"
            ways.append(("g", _anchored(first)[0], _anchored(second)[0]))
        elif first is second:
            yield "same list"
        for tag, p, q in ways:
            left, right, top = _path(p, q)
            if top is None:
                yield f"{tag}:apart"
                continue
            kinds = kinds_of(top.lemma, top.tag) if top not in (p, q) else ()
            deps = ".".join(n.dep for n in left), ".".join(n.dep for n in right)
            words = _lexical(left), _lexical(right)
            yield f"{tag}D:{deps[0]}^{deps[1]}"
            yield f"{tag}L:{words[0]}^{words[1]}"
            yield f"{tag}T:{top.lemma}"
            yield f"{tag}DT:{deps[0]}^{top.lemma}^{deps[1]}"
            yield f"{tag}ST:{sorts}:{top.lemma}"
            yield f"{tag}n:{min(len(left), 6)}:{min(len(right), 6)}"
            for kind in kinds:
                yield f"{tag}K:{kind}"
                yield f"{tag}KD:{kind}:{deps[0]}^{deps[1]}"
                yield f"{tag}KL:{kind}:{words[0]}"
                yield f"{tag}KR:{kind}:{words[1]}"
                yield f"{tag}KS:{kind}:{sorts}"
            for side, steps in (("l", left), ("r", right)):
                for n in steps[1:]:
                    for kind in kinds_of(n.lemma, n.tag):
                        yield f"{tag}I{side}:{kind}"
                        yield f"{tag}I{side}:{kind}:{sorts}"
                        yield f"{tag}IW{side}:{n.lemma}"
            if tag == "p":
                yield from self._voice(top)

    def _voice(self, top: Node) -> Iterator[str]:
        for child in top.children:
            if child.dep in ("nsubjpass", "auxpass"):
                yield "passive"
            if child.dep == "neg":
                yield "negated"

    def _near(self, x: Node | None, y: Node, sorts: str) -> Iterator[str]:
        """Triggers by where they stand: before, between or after the two."""
        low = x.index if x is not None else -1
        for node, kinds in self._triggers:
            where = "<" if node.index < low else ">" if node.index > y.index else "="
            step = min(
                min(abs(node.index - low), abs(node.index - y.index)) // 3 if where != "=" else 0, 3
            )
            if step == 3:
                continue
            for kind in kinds:
                yield f"N:{kind}{where}{step}"
                if where == "=" or step == 0:
                    yield f"NS:{kind}{where}:{sorts}"
                    yield f"NW:{node.lemma}{where}"

    def _words(self, x: Node, y: Node) -> Iterator[str]:
        nodes = self.parsed.nodes
        middle = [_word(n) for n in nodes[x.index + 1 : y.index]]
        if len(middle) <= 8:
            for w in middle:
                yield "m:" + w
            for w, v in zip(middle, middle[1:], strict=False):
                yield f"m2:{w} {v}"
            if len(middle) <= 4:
                yield "mm:" + " ".join(middle)
        for tag, index in (("x-", x.index - 1), ("x+", x.index + 1), ("y-", y.index - 1), ("y+", y.index + 1)):
            word = _word(nodes[index]) if 0 <= index < len(nodes) else "#"
            yield f"{tag}:{word}"
            step = 1 if tag.endswith("+") else -1
            if 0 <= index + step < len(nodes) and 0 <= index < len(nodes):
                yield f"{tag}2:{word} {_word(nodes[index + step])}"


_IN_LISTS = frozenset({",", "and", "or", "&", ";", "the", "as", "well", "along", "with", "plus", "both", "also", "(", ")"})
_LONGEST_LINK = 4


def _lists(parsed: Parsed, nodes: Sequence[Node | None]) -> dict[Node, Node]:
    """Each name of an enumeration ("A, B and C") with its first name, by the words between."""
    firsts: dict[Node, Node] = {}
    named = sorted(
        (n for n in nodes if n is not None and n.name is not None), key=lambda n: n.index
    )
    for before, here in zip(named, named[1:], strict=False):
        between = [n.word for n in parsed.nodes[before.index + 1 : here.index]]
        joined = {"and", "or", ",", "&", ";"} & set(between) or "along" in between
        if joined and len(between) <= _LONGEST_LINK and set(between) <= _IN_LISTS:
            firsts[here] = firsts.setdefault(before, before)
    return firsts


def node_of(parsed: Parsed, mention: Mention) -> Node | None:
    """The token that stands for the mention; None for the topic."""
    if mention.sort is Sort.TOPIC:
        return None
    for node in parsed.nodes:
        if mention.name is not None and node.name is mention.name:
            return node
        if mention.money is not None and node.money is mention.money:
            return node
        if mention.name is None and mention.money is None and node.end == mention.end:
            return node
    return None


def _sort(mention: Mention) -> str:
    return mention.sort.value


def _word(node: Node) -> str:
    if node.name is not None:
        return "NAME"
    return "MONEY" if node.money is not None else node.lemma if node.pos != "NUM" else "0"


def _anchored(node: Node) -> tuple[Node, set[str]]:
    """The first of a coordination, or what an apposition belongs to."""
    links: set[str] = set()
    while node.dep in _LINKS and node.head is not None:
        links.add(node.dep)
        node = node.head
    return node, links


def _path(x: Node, y: Node) -> tuple[list[Node], list[Node], Node | None]:
    """Nodes from either end up to the nearest common ancestor, which is in neither list."""
    up = [x, *x.ancestors()]
    places = {n: i for i, n in enumerate(up)}
    down: list[Node] = []
    for node in (y, *y.ancestors()):
        if node in places:
            return up[: places[node]], down, node
        down.append(node)
    return [], [], None


def _lexical(steps: Sequence[Node]) -> str:
    """Dependencies with the words that matter: prepositions, and the kinds of triggers."""
    parts = []
    for i, node in enumerate(steps):
        label = node.dep
        if node.dep in ("prep", "agent", "mark"):
            label += "_" + node.word
        elif i and (kinds := kinds_of(node.lemma, node.tag)):
            label += "[" + ",".join(k[:3] for k in kinds) + "]"
        parts.append(label)
    return ".".join(parts)
