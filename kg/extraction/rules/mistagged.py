"""Words whose part of speech the parse misses.

Above all a sentence's only verb that it takes for a noun: ``Groq hosts Llama``, ``Galaxy phones
ship with Gemini``; then "round" taken for an adverb, and subjects before an aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extraction.rules.frames import by_trigger
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.trees import hang

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node

_FINITE = frozenset({"VBZ", "VBP", "VBD", "MD"})
_BEFORE = ("compound", "nmod", "poss", "amod", "det", "nummod")


def mend(nodes: Sequence[Node]) -> None:
    """Set right what the parse has of the sentence's verb, its subject and its rounds of funding."""
    _mend_root(nodes)
    _mend_left_out(nodes)
    _mend_swallowed(nodes)
    _mend_doers(nodes)
    _mend_next_doers(nodes)
    for node in nodes:
        if node.word == "computing" and node.tag == "VBG":
            _as_computing(node, nodes)
        if node.word == "round" and node.tag in ("RB", "IN", "RP", "JJ"):
            _as_round(node)
        if node.word == "fine" and node.tag == "JJ":
            _mend_fine(node)
        if node.dep == "npadvmod" and node.name is not None and node.index == 0:
            _as_doer(node)
        if node.dep == "compound" and node.name is not None and not node.name.is_place:
            _as_subject(node)
        if node.dep == "ccomp":
            _as_own_clause(node, nodes)
        if node.dep in ("prep", "dative") and node.word == "to":
            _as_of_sale(node)
        if node.dep in ("nmod", "compound", "amod") and node.name is not None:
            _as_before_a_time(node, nodes)
        if node.money is not None and node.dep in ("nummod", "compound"):
            _as_given(node)
        if node.dep == "nsubj" and node.word in ("that", "which"):
            _as_object(node)
        if node.dep == "conj" and node.tag == "IN":
            _as_next_preposition(node)
        if node.dep == "conj" and node.name is not None:
            _as_next_pair(node, nodes)
            _after_a_time(node)
            _as_listed(node, nodes)
            _as_owner(node, nodes)
            _as_next_doer(node, nodes)


_TIMES = frozenset(
    {
        "hour",
        "day",
        "week",
        "month",
        "quarter",
        "year",
        "decade",
        "spring",
        "summer",
        "autumn",
        "fall",
        "winter",
        "night",
    }
    | {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
    | {"january", "february", "march", "april", "may", "june", "july", "august", "september"}
    | {"october", "november", "december"}
)


def _as_given(money: Node) -> None:
    """``the $5 billion X invested in Y``: invested by X, where the parse has so many X."""
    name = money.head
    if name is None or name.name is None or name.head is None or name.index != money.index + 1:
        return
    verb = next((c for c in name.all("acl", "relcl") if c.index == name.index + 1), None)
    if verb is None or verb.tag not in ("VBN", "VBD"):
        return
    verb.tag = "VBD"
    hang(money, name.head, name.dep)
    for child in [c for c in name.children if c.index < money.index or c.index > verb.index]:
        hang(child, money, child.dep)
    hang(verb, money, "relcl")
    hang(name, verb, "nsubj")


_LATER = frozenset({"later", "earlier", "ago", "before", "after", "prior"})


def _as_object(relative: Node) -> None:
    """``the hall that A and B are planning``: what is planned, where the parse has two subjects."""
    verb = relative.head
    if verb is not None and any(n.index > relative.index for n in verb.all("nsubj")):
        relative.dep = "dobj"


def _as_before_a_time(name: Node, nodes: Sequence[Node]) -> None:
    """``a deal with X last autumn``, ``sold to X two days later``: X, and no autumn or days of X's."""
    time, following = name.head, nodes[name.index + 1 : name.index + 2]
    if time is None or time.lemma not in _TIMES or time.head is None or time.index < name.index:
        return
    counted = following[0] is time or following[0].dep == "nummod"
    later = counted and any(n.word in _LATER for n in nodes[time.index + 1 : time.index + 2])
    if not later and following[0].word not in ("last", "this", "next", "earlier", "late"):
        return
    verb = next((n for n in time.ancestors() if n.tag.startswith("VB")), None)
    above, dep = time.head, time.dep
    hang(name, above, dep)
    if verb is not None:
        hang(time, verb, "npadvmod")


def _as_next_preposition(prep: Node) -> None:
    """``works with X in Canada and with Y in Spain``: with both, where the parse hangs the second on Canada."""
    if prep.head is None or prep.head.word == prep.word:
        return
    if prep.head.dep not in ("pobj", "conj", "prep"):
        return
    for above in prep.ancestors():
        for first in above.all("prep"):
            if first.word == prep.word and first.index < prep.index and prep.head is not first:
                hang(prep, first, "conj")
                return


def _as_own_clause(verb: Node, nodes: Sequence[Node]) -> None:
    """``X offers Z to its users: the plan would cost $5``: two sentences, where the parse has one in the other."""
    above = verb.head
    if above is None or above.index < verb.index or verb.child("nsubj", "nsubjpass") is None:
        return
    if any(n.word in (":", ";") for n in nodes[verb.index : above.index]):
        above.children.remove(verb)
        verb.head, verb.dep = None, "ROOT"


def _as_next_pair(name: Node, nodes: Sequence[Node]) -> None:
    """``deals between A and B, C and D, and E and F``: E and F are the next two, and do nothing."""
    verb, at = name.head, name.index
    if verb is None or verb.name is not None or at < 3 or name.child("nsubj") is not None:
        return
    before = nodes[at - 3]
    if [n.word for n in nodes[at - 2 : at]] != [",", "and"] or before.name is None:
        return
    follows = nodes[at + 1 : at + 3]
    if len(follows) < 2 or follows[0].word != "and" or follows[1].name is None:
        return
    above: Node | None = before
    while above is not None and above.dep == "conj":
        above = above.head
    prep = above.head if above is not None and above.dep == "pobj" else None
    if prep is not None and prep.word in ("between", "among"):
        hang(name, before, "conj")


def _as_listed(name: Node, nodes: Sequence[Node]) -> None:
    """``bought A, and B``: A and B, where the parse hangs B on the verb."""
    verb, at = name.head, name.index
    if verb is None or not (verb.tag.startswith("VB") or verb.pos == "AUX") or at < 3:
        return
    before, following = nodes[at - 3], nodes[at + 1] if at + 1 < len(nodes) else None
    if nodes[at - 1].word not in ("and", "&") or nodes[at - 2].word != "," or before.name is None:
        return
    if following is not None and following.word not in (",", ".", ";", "("):
        # "A invested in B, and C $5 million in D": C is not bought
        return
    if before.head is verb and before.dep in ("nsubj", "nsubjpass") and before.index < verb.index:
        return
    verb.children.remove(name)
    name.head = before
    before.children.append(name)


_HOLDING = frozenset({"hold", "own", "have", "keep", "retain"})
_SELLING = frozenset({"sell", "offload", "unload", "divest", "transfer", "hand", "dispose"})


def _as_of_sale(prep: Node) -> None:
    """``sold the stake it held in Y to X``: sold to X, where the parse has "held ... to X"."""
    having = prep.head
    if having is None or having.lemma not in _HOLDING or having.dep not in ("relcl", "acl"):
        return
    seller: Node | None = having.head
    while seller is not None and not seller.tag.startswith("VB"):
        seller = seller.head
    if seller is None or seller.lemma not in _SELLING:
        return
    having.children.remove(prep)
    prep.head, prep.dep = seller, "prep"
    seller.children.append(prep)


def _as_round(node: Node) -> None:
    """``closed a $5 billion funding round``: what was closed, where the parse has an adverb."""
    verb = node.head
    if not any(c.dep in ("compound", "nummod", "det", "poss", "amod") for c in node.children):
        return
    node.tag, node.pos = "NN", "NOUN"
    if (
        node.dep == "advmod"
        and verb is not None
        and verb.tag.startswith("VB")
        and not verb.all("dobj")
    ):
        node.dep = "dobj"


def _as_doer(name: Node) -> None:
    """``X, through its fund, invested``: X did, where the parse hangs the name beside the verb."""
    verb = name.head
    if verb is None or not name.name or not name.name.is_organisation:
        return
    if verb.tag in _FINITE | {"VBN", "VBG", "VB"} and verb.child("nsubj", "nsubjpass") is None:
        passive = verb.tag == "VBN" and verb.child("auxpass") is not None
        name.dep = "nsubjpass" if passive else "nsubj"


def _as_subject(name: Node) -> None:
    """``X supplies almost all``: X does, where the parse has it for a part of the verb."""
    verb = name.head
    if verb is None or verb.tag not in ("VBZ", "VBD") or verb.index != name.index + 1:
        return
    if verb.child("nsubj", "nsubjpass") is None:
        name.dep = "nsubj"
        for child in [c for c in verb.children if c.index < name.index and c.dep in _BEFORE]:
            # "A's new B runs on C"
            hang(child, name, child.dep)


def _after_a_time(name: Node) -> None:
    """``bought X in June and Y a month later``: X and Y, where the parse has June and Y."""
    time = name.head
    prep = time.head if time is not None and time.dep == "pobj" and time.lemma in _DATES else None
    verb = prep.head if prep is not None else None
    if verb is None or prep is None or not verb.tag.startswith("VB"):
        return
    things = [n for n in verb.subtree() if n.dep in ("dobj", "pobj") and n.name is not None]
    before = [n for n in things if n.index < prep.index]
    if before and name not in before[-1].ancestors():
        hang(name, before[-1], "conj")


_DATES = frozenset(
    {"january", "february", "march", "april", "may", "june", "july", "august", "september"}
    | {"october", "november", "december", "year", "month", "week", "spring", "summer", "autumn"}
    | {"winter", "fall", "quarter"}
)


def _mend_doers(nodes: Sequence[Node]) -> None:
    """``After opposition from A and B, C and D called it off``: C and D did, where the parse lists all four."""
    verb = next((n for n in nodes if n.head is None), None)
    if verb is None or verb.tag not in _FINITE | {"VBN"} or verb.child(*_DOERS) is not None:
        return
    first = min((c.index for c in verb.all("aux", "auxpass", "advmod")), default=verb.index)
    at = min(first, verb.index) - 1
    if at < 3 or nodes[at].name is None or nodes[at].dep != "conj":
        return
    if nodes[at - 1].word == "and" and nodes[at - 2] is nodes[at].head:
        at -= 2
    if nodes[at].name is not None and nodes[at].dep == "conj" and nodes[at - 1].word == ",":
        hang(nodes[at], verb, "nsubj")


def _mend_next_doers(nodes: Sequence[Node]) -> None:
    """``puts money in A and B, C and D have signed``: B, C and D have, where the parse lists them with A."""
    for verb in (n for n in nodes if n.dep == "conj" and n.tag in ("VBN", "VBG", "VBD")):
        have = next((c for c in verb.all("aux", "auxpass") if c.tag in ("VBP", "VBZ")), verb)
        last = nodes[have.index - 1]
        doer = verb.child(*_DOERS)
        if last.name is None or (doer is not None and doer is not last):
            continue
        at = last.index
        while at > 1 and nodes[at - 1].word in ("and", ",") and nodes[at - 2].name is not None:
            at -= 2
        first = nodes[at]
        outside = first.head is None or first.head.index < at
        if at < last.index and nodes[at - 1].word == "and" and outside and first.dep == "conj":
            if last is doer:
                hang(last, nodes[last.index - 2], "conj")
            hang(first, verb, "nsubj")


_DOERS = ("nsubj", "nsubjpass", "expl", "csubj")


def _as_computing(word: Node, nodes: Sequence[Node]) -> None:
    """``leases computing power from X``: the power, where the parse has it compute something."""
    power = nodes[word.index + 1] if word.index + 1 < len(nodes) else None
    verb = word.head
    if power is None or power.head is not word or power.lemma not in _COMPUTED or verb is None:
        return
    hang(power, verb, "dobj")
    for child in [c for c in word.children if c.index > power.index]:
        hang(child, verb, child.dep)
    word.tag, word.pos = "NN", "NOUN"
    hang(word, power, "compound")


_COMPUTED = frozenset({"power", "capacity", "resource", "infrastructure", "service", "muscle"})


def _as_next_doer(name: Node, nodes: Sequence[Node]) -> None:
    """``A adds B to C and D sells E``: D sells, where the parse has C and D."""
    verb = nodes[name.index + 1] if name.index + 1 < len(nodes) else None
    if verb is None or verb.tag != "VBZ" or nodes[name.index - 1].word not in ("and", "while"):
        return
    if verb.child("nsubj", "nsubjpass") is not None or name.head is None:
        return
    if verb.head is None or verb in name.ancestors():
        return
    if verb.dep in ("aux", "auxpass") and verb.head.child("nsubj", "nsubjpass") is not None:
        # "a deal between A and B has been signed"
        return
    name.head.children.remove(name)
    name.head, name.dep = verb, "nsubj"
    verb.children.insert(0, name)


def _as_owner(name: Node, nodes: Sequence[Node]) -> None:
    """``A's stake in B and C's investment in D``: the investment is C's, where the parse has B and C."""
    mark = nodes[name.index + 1] if name.index + 1 < len(nodes) else None
    if mark is None or mark.word != "'s" or name.head is None:
        return
    for noun in nodes[mark.index + 1 : mark.index + 7]:
        if noun.tag in ("NN", "NNS") and noun.dep == "conj" and noun.name is None:
            if noun.head is not name and not noun.all("poss") and noun not in name.ancestors():
                name.head.children.remove(name)
                name.head, name.dep = noun, "poss"
                noun.children.insert(0, name)
            return
        if noun.tag.startswith("VB") or noun.word == ",":
            return


def _mend_root(nodes: Sequence[Node]) -> None:
    """Make the noun at the root the verb that it is, with its subject and object."""
    root = next((n for n in nodes if n.head is None), None)
    if root is None:
        return
    if _hides_verb(root, nodes):
        _mend_hidden(root, nodes)
        return
    if root.tag == "NNS" and root.child("nsubj") is not None and root.child("xcomp") is not None:
        # "X's Y plans to", where the parse has plans of nobody
        root.tag, root.pos = "VBZ", "VERB"
        return
    if not _is_verb(root, nodes):
        return
    subject: Node = nodes[root.index - 1]
    while subject.head is not None and subject.head is not root:
        subject = subject.head
    if subject.head is not root:
        return
    root.tag, root.pos = ("VBZ" if root.tag == "NNS" else "VBP"), "VERB"
    for child in list(root.children):
        if child is subject:
            child.dep = "nsubj"
        elif child.index < subject.index and child.dep in _BEFORE:
            root.children.remove(child)
            child.head = subject
            subject.children.insert(0, child)
        elif child.index > root.index and child.dep in ("appos", "npadvmod", "nmod"):
            child.dep = "dobj"
        elif (
            child.dep == "acl" and child.tag == "VB" and any(c.word == "to" for c in child.children)
        ):
            child.dep = "xcomp"


def _mend_left_out(nodes: Sequence[Node]) -> None:
    """``X's venture arm invested in Y``: it did, where the parse has an arm that was invested."""
    root = next((n for n in nodes if n.head is None), None)
    if root is None or root.pos not in ("NOUN", "PROPN") or root.money is not None:
        return
    if any((n.tag in _FINITE or n.pos == "AUX") and not _in_relative(n) for n in nodes):
        return
    verb = next((n for n in nodes if n.dep == "acl" and n.tag in ("VBN", "VBD")), None)
    if verb is None or not _tells(verb, root):
        return
    doer, passed = verb.head, False
    while doer is not None and doer is not root:
        passed = passed or doer.dep == "prep"
        doer = doer.head
    if doer is None or verb.head is None:
        return
    doer = root if passed or verb.head.name is None else verb.head
    verb.tag = "VBD"
    for child in [c for c in root.children if c.index > verb.index]:
        hang(child, verb, child.dep)
    verb.head.children.remove(verb)
    verb.head, verb.dep = None, root.dep
    if doer is not root and doer.head is not None:
        doer.head.children.remove(doer)
        doer.children.insert(0, root)
        root.head, root.dep = doer, "compound"
    doer.head, doer.dep = verb, "nsubj"
    verb.children.insert(0, doer)


def _mend_swallowed(nodes: Sequence[Node]) -> None:
    """``X's contract with Y runs until``: it runs, where the parse has a contract with runs."""
    root = next((n for n in nodes if n.head is None), None)
    if root is None or root.pos not in ("NOUN", "PROPN"):
        return
    for verb in nodes[2:-1]:
        prep, last = verb.head, nodes[verb.index - 1]
        if verb.dep != "pobj" or verb.tag not in ("NNS", "VBZ") or verb.name is not None:
            continue
        named = [c for c in verb.all("compound", "nmod") if c.name is not None]
        ends = named[-1:] == [last] or (last.dep == "conj" and last.head in named)
        after = nodes[verb.index + 1]
        if prep is None or prep.head is not root or not ends or after.tag not in ("IN", "RB", "TO"):
            continue
        if any((n.tag in _FINITE or n.pos == "AUX") and n is not verb for n in nodes):
            continue
        verb.tag, verb.pos = "VBZ", "VERB"
        hang(named[0], prep, "pobj")
        for joint in [c for c in verb.children if c.index < verb.index]:
            hang(joint, named[0], joint.dep)
        for child in [c for c in root.children if c.index > verb.index]:
            hang(child, verb, child.dep)
        dep = root.dep
        hang(verb, None, dep)
        hang(root, verb, "nsubj")
        return


def _tells(verb: Node, root: Node) -> bool:
    """Whether a participle after a doer is its verb: ``invested in Y``, not ``backed by Y``."""
    if ("verb", verb.lemma) not in by_trigger() or verb.child("agent") is not None:
        return False
    if verb.head is None or verb.head.index != verb.index - 1:
        return False
    transitive = bool(verb.all("dobj")) or verb.lemma in _WITHOUT_OBJECT
    doers = words("nouns", "company") | words("nouns", "investor") | words("nouns", "part")
    return transitive and (root.name is not None or root.lemma in doers | _OFFICES)


_WITHOUT_OBJECT = frozenset({"invest", "reinvest", "partner", "collaborate", "team"})
_OFFICES = frozenset({"co", "co-founder", "office", "government", "state", "family"})


def _hides_verb(root: Node, nodes: Sequence[Node]) -> bool:
    """``X hosts open-weight models``: "hosts" is the verb, though the parse has it before the noun."""
    if root.tag != "NNS" or root.name is not None or len(nodes) < 4:
        return False
    subject, verb = nodes[0], nodes[1]
    if subject.name is None or subject.head not in (verb, root):
        return False
    if verb.tag != "NNS" or verb.head is not root or verb.dep not in ("nmod", "compound"):
        return False
    if ("verb", verb.lemma) not in by_trigger():
        return False
    return not any((n.tag in _FINITE or n.pos == "AUX") and not _in_relative(n) for n in nodes)


def _mend_hidden(root: Node, nodes: Sequence[Node]) -> None:
    subject, verb = nodes[0], nodes[1]
    if subject.head is root:
        root.children.remove(subject)
        verb.children.insert(0, subject)
    root.children.remove(verb)
    subject.head, subject.dep = verb, "nsubj"
    verb.tag, verb.pos, verb.dep, verb.head = "VBZ", "VERB", root.dep, None
    root.head, root.dep = verb, "dobj"
    verb.children.append(root)


def _mend_fine(node: Node) -> None:
    """``preparing to fine X`` is a verb, ``X's fine from`` a noun."""
    if any(c.word == "to" for c in node.all("aux")):
        node.tag, node.pos = "VB", "VERB"
    elif node.dep in ("pobj", "dobj", "nsubj", "nsubjpass", "conj") and node.all("det", "poss"):
        node.tag, node.pos = "NN", "NOUN"


def _is_verb(root: Node, nodes: Sequence[Node]) -> bool:
    if root.tag not in ("NN", "NNS") or root.name is not None or root.money is not None:
        return False
    if ("verb", root.lemma) not in by_trigger() or not 0 < root.index < len(nodes) - 2:
        return False
    if any((n.tag in _FINITE or n.pos == "AUX") and not _in_relative(n) for n in nodes):
        return False
    before, following = nodes[root.index - 1], nodes[root.index + 1]
    if not (before.name is not None or before.tag in ("NN", "NNS")):
        return False
    opens = before.name is not None and before.index == 0 and root.tag == "NNS"
    # "X hosts open models": the parse has the models for another name of the hosts
    followed = opens and any(c.dep == "appos" and c.tag == "NNS" for c in root.children)
    plans = following.word == "to" and root.tag == "NN" and before.dep == "conj"
    told = following.name is not None or following.tag in ("IN", "DT", "PRP$")
    if not (told or followed or plans):
        return False
    if following.word in (",", "(", ":"):
        return False
    if root.tag == "NNS":
        return before.tag != "NNS"
    # "A and B support C", "phones ship with C": the base form, after more than one
    return before.tag == "NNS" or before.dep == "conj"


def _in_relative(verb: Node) -> bool:
    """Whether the verb is one of a relative clause, which leaves the sentence without its own."""
    node: Node | None = verb
    while node is not None:
        if node.dep == "relcl":
            return True
        node = node.head
    return False
