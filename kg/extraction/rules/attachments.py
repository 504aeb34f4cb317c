"""Parts of a sentence that the parse hangs on the word before them, and not on the verb they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.extraction.rules.clause_attachments import mend_clauses
from kg.extraction.rules.deal_attachments import mend_deals
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.trees import hang

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node

_NAMING = frozenset({"call", "name", "dub", "title", "label", "codename"})
_GIVING = frozenset({"award", "grant", "give", "pay", "lend", "offer", "hand", "allocate"})
_DRAWING = frozenset({"draw", "bring", "pull", "rope", "reel"})
_MANY = frozenset({"billions", "millions", "hundreds", "tens", "thousands", "dozens"})
_OF_VERBS = frozenset({"with", "through", "via", "alongside"})


def mend_attachments(nodes: Sequence[Node]) -> None:
    """Hang them where they belong."""
    for node in nodes:
        mend_deals(node, nodes)
        mend_clauses(node, nodes)
        if node.word == "with" and node.dep == "prep":
            _with_enabling(node, nodes)
        if node.word in _OF_VERBS and node.dep == "prep":
            _after_naming(node)
        if node.word == "by" and node.dep in ("prep", "agent"):
            _after_infinitive(node)
        if node.lemma in _GIVING and node.tag.startswith("VB"):
            _given_after_aside(node)
        if node.dep == "acl" and node.tag == "VB":
            _to_do(node)
        if node.tag == "NN" and node.word in _JOINING and node.dep == "conj":
            _as_joining(node, nodes)
        if node.dep == "amod" and node.tag == "VBD":
            _of_owner(node, nodes)
        if node.tag == "NNS" and node.index and nodes[node.index - 1].word == ",":
            _beside_names(node)
        if node.dep == "appos" and node.name is None and node.head is not None:
            _of_name_before(node, nodes)
        if node.dep == "appos" and node.name is None and node.head is not None:
            _of_their_firm(node, nodes)
        if node.dep == "prep" and node.word in ("after", "before", "by", "since"):
            _of_what_one_is(node)
        if node.lemma in _DRAWING and node.tag.startswith("VB"):
            _drawn_in(node, nodes)
        if node.dep == "prep" and node.word in ("on", "in"):
            _of_the_bet(node, nodes)
        if node.dep == "conj" and node.name is not None:
            _beside_the_unit(node)
        if node.dep == "poss" and node.name is not None:
            _described_owner(node, nodes)
        if node.dep == "nmod" and node.name is not None and node.head is not None:
            _beside_owned(node, nodes)
        if node.dep == "conj" and node.name is not None and node.head is not None:
            _owner_in_list(node, nodes)
        if node.dep == "dobj" and node.head is not None and node.head.lemma == "make":
            _made_into(node, nodes)
        if node.word in ("each", "both") and node.dep == "det":
            _each_done(node, nodes)


_BETS = frozenset({"bet", "wager", "gamble", "punt", "investment"})


def _of_the_bet(prep: Node, nodes: Sequence[Node]) -> None:
    """``to pay for its wager on Y``: a wager on Y, where the parse has it paid on Y."""
    bet = nodes[prep.index - 1] if prep.index else None
    if bet is None or bet.lemma not in _BETS or bet.tag[:2] != "NN" or prep.head is bet:
        return
    if prep.head is not None and prep.head.tag.startswith("VB") and prep.head in bet.ancestors():
        hang(prep, bet, "prep")


def _beside_the_unit(name: Node) -> None:
    """``buy the robotics arm of X and the chip designer Y``: buy Y, as one arm is not of two."""
    owner = name.head
    prep = owner.head if owner is not None and owner.dep == "pobj" else None
    unit = prep.head if prep is not None and prep.word == "of" else None
    if unit is not None and unit.tag == "NN" and unit.lemma in words("nouns", "unit"):
        hang(name, unit, "conj")


def made_available(nodes: Sequence[Node]) -> None:
    """``makes models from X available``: are made so, where the parse has models that are so already, in place."""
    for adjective in (n for n in nodes if n.word in ("available", "accessible")):
        things = adjective.head if adjective.dep == "amod" else None
        verb = things.head if things is not None and things.dep == "dobj" else None
        if things is None or verb is None or verb.lemma not in ("make", "keep"):
            continue
        if verb.index < things.index < adjective.index:
            hang(adjective, verb, "ccomp")
            hang(things, adjective, "nsubj")


def _owner_in_list(owner: Node, nodes: Sequence[Node]) -> None:
    """``A, B and C's own models``: the models are C's, where the parse has C in the list."""
    if nodes[owner.index + 1 : owner.index + 2] == [] or nodes[owner.index + 1].word != "'s":
        return
    owned = next((n for n in nodes[owner.index + 2 : owner.index + 6] if n.tag[:2] == "NN"), None)
    if owned is None or owned.dep not in ("appos", "conj") or owned.head is None:
        return
    before = owner.head
    if before is not None and (owned.head is before or owned.head in before.ancestors()):
        hang(owned, before, "conj")
        hang(owner, owned, "poss")


def _beside_owned(name: Node, nodes: Sequence[Node]) -> None:
    """``on A and B's C``: A and C, where the parse has the C of both."""
    owned, owner = name.head, name.child("conj")
    if owned is None or owned.name is None or owner is None or owner.name is None:
        return
    if owned.index != owner.index + 2 or nodes[owner.index + 1].word != "'s":
        return
    hang(name, owned.head, owned.dep)
    hang(owner, owned, "poss")
    hang(owned, name, "conj")


def _described_owner(owner: Node, nodes: Sequence[Node]) -> None:
    """``Facebook owner Meta's investment will``: the investment will, where the parse has the owner do so."""
    told = nodes[owner.index - 1] if owner.index else None
    owned = owner.head
    if told is None or owned is None or owned.dep != "appos" or owned.head is not told:
        return
    if told.name is None and told.dep in ("nsubj", "nsubjpass", "dobj", "pobj"):
        hang(owned, told.head, told.dep)
        hang(told, owner, "compound")


def _made_into(noun: Node, nodes: Sequence[Node]) -> None:
    """``makes X Y's largest customer``: X is made one, where the parse makes one name of the two."""
    owner = noun.child("poss")
    made = owner.child("compound") if owner is not None and owner.name is not None else None
    if owner is None or made is None or made.name is None or noun.head is None:
        return
    if nodes[made.index - 1] is noun.head and made.index + 1 == owner.index:
        hang(noun, noun.head, "ccomp")
        hang(made, noun, "nsubj")


def _beside_names(noun: Node) -> None:
    """``bought X and Y, subsidiaries of Z``: X and Y, where the parse has only subsidiaries."""
    named = [c for c in noun.all("nmod", "compound") if c.name is not None]
    if not named or not noun.all("prep") or noun.lemma not in _DESCRIBING:
        return
    first = named[0]
    hang(first, noun.head, noun.dep)
    hang(noun, first, "appos")


_DESCRIBING = words("nouns", "unit") | words("nouns", "company") | words("nouns", "many")


def _each_done(each: Node, nodes: Sequence[Node]) -> None:
    """``A and B have each won contracts``: have won, where the parse has contracts that are won."""
    things, done = each.head, nodes[each.index + 1] if each.index + 1 < len(nodes) else None
    have = things.head if things is not None and things.dep == "dobj" else None
    if things is None or have is None or have.lemma != "have" or have.index != each.index - 1:
        return
    if done is None or done.head is not things or done.tag not in ("VBN", "VBD"):
        return
    done.tag, done.pos = "VBN", "VERB"
    # "have each won contracts worth $5 billion", where the parse has who is worth it
    top = have.head if have.dep == "aux" and have.head is not None else have
    hang(done, top.head, top.dep)
    for child in [c for c in top.children if c is not done and c is not have]:
        hang(child, things if top is not have and child.index > things.index else done, child.dep)
    for child in list(have.children):
        hang(child, done, child.dep)
    if top is not have:
        hang(top, things, "amod")
    hang(each, done, "advmod")
    hang(have, done, "aux")


def _with_enabling(prep: Node, nodes: Sequence[Node]) -> None:
    """``a deal with X enabling it to``: with X, where the parse has X enabling or what X enables."""
    before = nodes[prep.index - 1] if prep.index else None
    told = words("nouns", "deal") | words("verbs", "dealing")
    if before is None or before.lemma not in told or prep.index + 2 >= len(nodes):
        return
    following = nodes[prep.index + 1 : prep.index + 8]
    name = next((n for n in following if n.name is not None), None)
    verb = nodes[name.index + 1] if name is not None and name.index + 1 < len(nodes) else None
    if (
        name is None
        or verb is None
        or verb.tag != "VBG"
        or verb.lemma not in words("nouns", "granting")
    ):
        return
    if any(n.tag.startswith("VB") or n.word == "," for n in nodes[prep.index + 1 : name.index]):
        return
    if verb.head is prep and name.head is verb:
        hang(name, prep, "pobj")
        hang(verb, name, "acl")
    elif name.head is not None and verb.head is name.head and verb.dep == "amod":
        granted = name.head
        above = granted.head
        if above is not prep:
            return
        hang(name, prep, "pobj")
        hang(verb, name, "acl")
        hang(granted, verb, "dobj")


def _of_name_before(noun: Node, nodes: Sequence[Node]) -> None:
    """``would buy Y, the chip designer backed by``: of Y, where the parse has it of a name further off."""
    first = min((n.index for n in noun.subtree() if n.index < noun.index), default=noun.index)
    if first < 2 or nodes[first - 1].text != "," or nodes[first].word not in ("a", "an", "the"):
        return
    name, above = nodes[first - 2], noun.head
    verbs = any(n.tag.startswith("VB") for n in nodes[above.index : name.index]) if above else False
    if name.name is not None and above is not None and above is not name and verbs:
        hang(noun, name, "appos")


def _after_naming(prep: Node) -> None:
    """``build a machine called X with Y``: built with Y, where the parse has it so called."""
    naming = prep.head
    if naming is None or naming.lemma not in _NAMING or naming.dep not in ("acl", "relcl"):
        return
    if not any(c.dep in ("oprd", "dobj") and c.index < prep.index for c in naming.children):
        return
    verb = next((n for n in naming.ancestors() if n.tag.startswith("VB")), None)
    if verb is not None and verb.index < prep.index:
        hang(prep, verb, "prep")


def _after_infinitive(by: Node) -> None:
    """``was awarded the contract to build it by X``: awarded by X, where the parse has it built by X."""
    doing = by.head
    if doing is None or doing.tag != "VB" or not any(c.word == "to" for c in doing.all("aux")):
        return
    if not doing.all("dobj") or not any(n.name is not None for n in by.all("pobj")):
        return
    for verb in doing.ancestors():
        if verb.tag == "VBN" and verb.all("auxpass") and not verb.all("agent"):
            hang(by, verb, "agent")
            return
        if verb.tag.startswith("VB"):
            return


_GRACES = words("nouns", "blessing") | {"light"}


def _given_after_aside(verb: Node) -> None:
    """``awarded X, a maker of chips, $5 billion``: the sum is given, where the parse has X for it."""
    if verb.all("auxpass") or any(n.name is not None for n in verb.all("dative")):
        return
    for people in [n for n in verb.all("dobj") if n.lemma in words("nouns", "people")]:
        for name in [c for c in people.all("appos") if c.index == people.index + 1]:
            # "gives its users X"
            people.dep = "dative"
            hang(name, verb, "dobj")
    for grace in [n for n in verb.subtree() if n.dep == "appos" and n.lemma in _GRACES]:
        # "gave X's takeover of Y the green light"
        hang(grace, verb, "dobj")
    for many in [n for n in verb.all("dobj") if n.word in _MANY]:
        for name in [c for c in many.all("compound", "nmod") if c.name is not None]:
            # "pays X billions"
            hang(name, verb, "dative")
    for name in [n for n in verb.all("dobj") if n.name is not None]:
        asides = name.all("appos")
        asides += [m for n in asides for m in n.all("appos")]
        money = next((n for n in asides if n.money is not None), None)
        if money is not None and money.money is not None:
            name.dep = "dative"
            hang(money, verb, "dobj")


def _of_what_one_is(prep: Node) -> None:
    """``is X's owner after leading its round``: who leads is the owner, where the parse has X."""
    noun = prep.head
    if noun is None or noun.dep != "attr" or not prep.all("pcomp"):
        return
    hang(prep, noun.head, "prep")


def _drawn_in(verb: Node, nodes: Sequence[Node]) -> None:
    """``the round drew in X``: drew X."""
    following = nodes[verb.index + 1] if verb.index + 1 < len(nodes) else None
    if (
        following is None
        or following.word != "in"
        or following.head is not verb
        or verb.all("dobj")
    ):
        return
    drawn = [n for n in following.all("pobj") if n.name is not None]
    for name in drawn:
        hang(name, verb, "dobj")
    following.dep = "prt" if drawn else following.dep


_JOINING = frozenset({"joining", "participating", "investing", "contributing"})


def _as_joining(noun: Node, nodes: Sequence[Node]) -> None:
    """``with A, B and C joining``: C joins, where the parse has one noun of the two."""
    name = nodes[noun.index - 1]
    if name.name is None or name.head is not noun or noun.head is None:
        return
    first = noun.head
    hang(name, first, "conj")
    hang(noun, first, "acl")
    noun.tag, noun.pos = "VBG", "VERB"


def _of_owner(participle: Node, nodes: Sequence[Node]) -> None:
    """``X's planned purchase``: X's, where the parse has X planning."""
    owner = participle.child("nsubj")
    if owner is None or participle.head is None or owner.index + 1 >= len(nodes):
        return
    if nodes[owner.index + 1].word == "'s":
        participle.tag = "VBN"
        hang(owner, participle.head, "poss")


def _of_their_firm(noun: Node, nodes: Sequence[Node]) -> None:
    """``the chief of X, a start-up backed by Y``: the start-up is X, where the parse has the chief."""
    head = noun.head
    if head is None or head.name is not None or noun.lemma not in words("nouns", "company"):
        return
    if head.lemma in words("nouns", "company"):
        return
    for prep in head.all("prep"):
        for firm in prep.all("pobj"):
            begins = min(n.index for n in (noun, *noun.children) if n.dep != "punct")
            beside = firm.name is not None and firm.name.is_organisation
            apart = nodes[begins - 1].word == "," and nodes[begins - 2] is firm
            if beside and apart and prep.word in ("of", "at"):
                hang(noun, firm, "appos")
                return


def _to_do(verb: Node) -> None:
    """``the collapse of X's deal to buy Y``: the deal is to buy, where the parse has the collapse."""
    noun = verb.head
    if noun is None or noun.lemma in words("modality", "to_do_noun"):
        return
    told = [n for p in noun.all("prep") if p.word == "of" for n in p.all("pobj")]
    deal = next((n for n in told if n.index < verb.index), None)
    if deal is not None and deal.lemma in words("modality", "to_do_noun"):
        hang(verb, deal, "acl")
