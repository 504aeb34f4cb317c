"""Lists of names as they stand on the page, where the parse has cut them in two.

``companies like A, B (which C bought), D and E``: the small model hangs what follows an
aside or a description on some verb nearby. What is punctuated as one list is read as one.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extraction.rules.trees import hang

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node

_LOOSE = frozenset(
    {"npadvmod", "appos", "conj", "dep", "dobj", "attr", "nmod", "oprd", "ccomp", "pobj", "ROOT"}
)
"""How the parse hangs a name it could not place; a subject of its own is left alone."""
_DESCRIBING = frozenset({"compound", "amod", "nmod", "det", "poss", "case", "punct", "advmod"})
_LONGEST_DESCRIPTION = 7
_MORE = frozenset({"more", "others"})
"""End a list without a name: ``A, B, C and others``."""


def rejoin(nodes: Sequence[Node]) -> None:
    """Make every list of three or more names that ends in ``and``, or stands in brackets, one coordination, in place."""
    for opening in (n for n in nodes if n.text == "("):
        inside = bracketed(nodes, opening)
        for before, here in itertools.pairwise(inside):
            _coordinate(before, here, inside[0])
    for first, comma, second in zip(nodes, nodes[1:], nodes[2:], strict=False):
        if comma.word == "," and _are_paired(nodes, first, second):
            hang(second, first, "conj")
    index = 0
    while index < len(nodes):
        members = _list_from(nodes, index) if nodes[index].name is not None else []
        if len(members) > 2:
            _as_doers(nodes, members)
            for before, here in itertools.pairwise(members):
                _coordinate(before, here, members[0])
        index = members[-1].index + 1 if members else index + 1


def _are_paired(nodes: Sequence[Node], first: Node, second: Node) -> bool:
    """``X invests in A, B``, as headlines say it: two that are known, with nothing after but where and for what."""
    known = all(
        n.name is not None and n.name.entity and n.name.is_organisation for n in (first, second)
    )
    if (
        not known
        or first.dep not in ("pobj", "dobj")
        or second.dep not in ("npadvmod", "dobj", "dep")
    ):
        return False
    after = nodes[second.index + 1] if second.index + 1 < len(nodes) else None
    return (after is None or after.tag == "IN") and second not in _above(first)


def bracketed(nodes: Sequence[Node], opening: Node) -> list[Node]:
    """The names of ``(A, B and C)``, where nothing else stands in the brackets."""
    found: list[Node] = []
    for node in nodes[opening.index + 1 :]:
        if node.text == ")":
            return found
        if node.name is not None:
            found.append(node)
        elif node.word not in (",", "and"):
            break
    return []


def hanging(nodes: Sequence[Node], last: Node) -> list[Node]:
    """``A-, B- and C-backed``: A and B, each with a hyphen of its own, before C."""
    found: list[Node] = []
    at = last.index
    while at > 1:
        mark, name = nodes[at - 1], nodes[at - 2]
        gap = 1 if mark.word == "," else 2
        if name.name is None or mark.word not in (",", "and") or mark.start - name.end != gap:
            break
        found.insert(0, name)
        at = name.index
    return found


def members_before(nodes: Sequence[Node], after: Node) -> list[Node]:
    """``with A, B and C among its holdings``: A, B and C, before ``among``."""
    found: list[Node] = []
    at = after.index - 1
    while at > 0 and nodes[at].name is not None:
        found.insert(0, nodes[at])
        at -= 1
        if nodes[at].word == "and" and nodes[at - 1].word == ",":
            at -= 1
        if nodes[at].word not in ("and", ","):
            break
        at -= 1
    return found if nodes[at].word in ("with", "including") else []


def hyphenated(nodes: Sequence[Node]) -> None:
    """``X, the A- and B-backed firm``: both belong to the participle, it to the firm, in place."""
    for participle in nodes[4:-1]:
        last, firm = nodes[participle.index - 2], nodes[participle.index + 1]
        joined = nodes[participle.index - 1].text == "-" and participle.tag == "VBN"
        if not joined or last.name is None or not firm.tag.startswith("NN"):
            continue
        told = hanging(nodes, last)
        if told:
            _join_to(participle, [*told, last], firm)


def _join_to(participle: Node, names: Sequence[Node], firm: Node) -> None:
    first = names[0]
    if firm in first.subtree():
        if first.head is None or first.head in firm.subtree():
            return
        hang(firm, first.head, first.dep)
    if firm in participle.subtree():
        return
    hang(participle, firm, "amod")
    for name in names:
        if participle not in name.subtree():
            hang(name, participle, "npadvmod")


def _as_doers(nodes: Sequence[Node], members: Sequence[Node]) -> None:
    """``...; A, B and C are shareholders``: all three are, where the parse has A and B in the list before."""
    first, last = members[0], members[-1]
    opens = first.index == 0 or nodes[first.index - 1].word in (";", ":")
    if not opens or last.dep not in ("nsubj", "nsubjpass") or first.dep not in _LOOSE:
        return
    if last.head is None or first in _above(last) or last in _above(first):
        return
    hang(first, last.head, last.dep)
    last.dep = "dep"


def part_owners(nodes: Sequence[Node]) -> None:
    """``X's pact with A and B's tie-up with C``, ``B's stake in C``: only B's, in place.

    The small model takes A and B for the owners of what follows.
    """
    for owned in nodes:
        for first in [n for n in owned.all("poss", "nmod") if n.name is not None]:
            last = first.child("conj")
            prep = owned.head
            if (
                last is None
                or last.child("case") is None
                or first.child("case") is not None
                or owned.dep != "pobj"
                or prep is None
                or prep.head is None
                or not prep.head.all("poss")
                or not any(_says_of_whom(owned, prep, c) for c in owned.all("prep"))
            ):
                continue
            hang(first, prep, "pobj")
            hang(last, owned, "poss")
            hang(owned, prep.head, "conj")


def _says_of_whom(owned: Node, above: Node, prep: Node) -> bool:
    relation = owned.lemma in _RELATIONS and prep.word in _OF_WHOM
    return relation or prep.word == above.word


_RELATIONS = frozenset({"stake", "investment", "holding", "deal", "partnership", "pact", "bet"}) | {
    "acquisition",
    "purchase",
    "takeover",
    "tie",
    "agreement",
    "alliance",
}
_OF_WHOM = frozenset({"in", "into", "with", "on", "of"})


def owners_before(nodes: Sequence[Node]) -> None:
    """``A, B and C's pension fund D``: D is listed and C says whose it is, in place.

    The small model lists C and sets D beside some name of the list.
    """
    for owner in nodes:
        _beside_its_noun(nodes, owner)
        mark = owner.child("case")
        if owner.name is None or owner.dep not in _LISTED or mark is None or owner.head is None:
            continue
        owned = _named_behind(nodes, mark) if mark.index == owner.index + 1 else None
        if owned is None or owned in _above(owner) or owned in _above(owner.head):
            continue
        hang(owned, owner.head, owner.dep)
        hang(owner, owned, "poss")
        for child in [c for c in owner.children if c.index > owned.index]:
            hang(child, owned, child.dep)
        for word in nodes[mark.index + 1 : owned.index]:
            if owned not in _above(word) and word not in _above(owned):
                hang(word, owned, "compound")


def _beside_its_noun(nodes: Sequence[Node], name: Node) -> None:
    """``A and C's pension fund D``: the fund is D, where the parse has D beside A."""
    noun = nodes[name.index - 1] if name.index else None
    if noun is None or name.name is None or name.dep != "appos" or name.head is noun:
        return
    if noun.tag == "NN" and noun.dep == "conj" and noun.name is None and noun.all("poss"):
        hang(name, noun, "appos")


_LISTED = frozenset({"conj", "dobj", "pobj", "attr", "nsubj", "appos"})


def _named_behind(nodes: Sequence[Node], mark: Node) -> Node | None:
    """The name that ends ``'s venture arm D``."""
    for node in nodes[mark.index + 1 : mark.index + _LONGEST_DESCRIPTION]:
        if node.name is not None:
            told = node.index > mark.index + 1 or node.name.kind is not None
            plain = told and node.name.is_organisation and node.dep != "poss"
            return node if plain else None
        if node.tag not in ("NN", "JJ", "HYPH", "VBN"):
            return None
    return None


def joint_owners(nodes: Sequence[Node]) -> None:
    """``runs on A's and B's models``: the models of both, where the parse has A and the models of B, in place."""
    fours = list(zip(nodes, nodes[1:], nodes[2:], nodes[3:], strict=False))
    for first, mark, joint, other in reversed(fours):
        owned = other.head
        if first.name is None or other.name is None or other.dep != "poss" or owned is None:
            continue
        if mark.word not in ("'s", "'", "’s") or joint.word not in ("and", "or", ","):
            continue
        head, dep = first.head, first.dep
        if (
            owned.dep in ("conj", "appos")
            and owned.head is first
            and head is not None
            and dep != "conj"
        ):
            owned.head, first.head = None, None
            first.children.remove(owned)
            head.children.remove(first)
            hang(owned, head, dep)
            hang(first, owned, "poss")
            owned.children.remove(other)
            other.head = None
            hang(other, first, "conj")


def _list_from(nodes: Sequence[Node], index: int) -> list[Node]:
    """The names of the list that begins at ``index``; empty where ``and`` does not close it."""
    members = [nodes[index]]
    at = _after_aside(nodes, index + 1)
    while at < len(nodes):
        mark = nodes[at].word
        if mark not in (",", ";", "and", "&"):
            return []
        last = mark in ("and", "&")
        if not last and at + 1 < len(nodes) and nodes[at + 1].word in ("and", "&"):
            last, at = True, at + 1
        if last and len(members) > 2 and at + 1 < len(nodes) and nodes[at + 1].word in _MORE:
            return members
        here = _described(nodes, at + 1)
        if here is None or here.name is None or not _alike(members[0], here):
            return []
        members.append(here)
        if last:
            return members
        at = _after_aside(nodes, here.index + 1)
    return []


def _after_aside(nodes: Sequence[Node], at: int) -> int:
    if at < len(nodes) and nodes[at].word == "(":
        close = next((n.index for n in nodes[at : at + 25] if n.word == ")"), None)
        return close + 1 if close is not None else at
    return at


def _described(nodes: Sequence[Node], at: int) -> Node | None:
    """The name at ``at``, or the one that the words there describe: ``AI model developer Cohere``."""
    for node in nodes[at : at + _LONGEST_DESCRIPTION]:
        following = nodes[node.index + 1] if node.index + 1 < len(nodes) else None
        if node.name is not None and not (following is not None and _describes(node, following)):
            return node
        if node.dep not in _DESCRIBING and node.pos not in ("NOUN", "PROPN", "ADJ"):
            return None
        if node.word in (",", ";", "and"):
            return None
    return None


def _describes(node: Node, following: Node) -> bool:
    """``Hugging Face chief executive X``, ``Nvidia's fund``: the name belongs to the words after it."""
    return node.dep in ("compound", "nmod", "poss") and (
        following.word in ("'s", "'") or following.pos in ("NOUN", "PROPN", "ADJ")
    )


def _alike(one: Node, other: Node) -> bool:
    return (
        one.name is not None
        and other.name is not None
        and one.name.is_place == other.name.is_place
        and one.name.is_authority == other.name.is_authority
    )


def _coordinate(before: Node, here: Node, first: Node) -> None:
    if here.dep not in _LOOSE or first in _above(here, ("conj", "appos")):
        return
    if first is here or here in _above(first):
        return
    if here.head is not None:
        here.head.children.remove(here)
    here.head, here.dep = before, "conj"
    before.children.append(here)


def _above(node: Node, deps: tuple[str, ...] = ()) -> list[Node]:
    found = []
    while node.head is not None and (not deps or node.dep in deps):
        node = node.head
        found.append(node)
    return found
