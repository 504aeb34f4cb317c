"""How firmly a statement is told, from the words that govern its trigger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extraction.rules.aims import aim, is_taken
from kg.extraction.rules.arguments import has_to
from kg.extraction.rules.case_needs import no_further
from kg.extraction.rules.given import carries, is_given
from kg.extraction.rules.governing_verbs import weigh_speaker, weigh_verb
from kg.extraction.rules.hearsay import is_hedged_by, stands_alone
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node, Parsed
from kg.extraction.rules.passing import begins_aside
from kg.extraction.rules.phrasal import phrasal
from kg.extraction.rules.predicates import said_of
from kg.model import Modality

_SINCE = frozenset({"since", "besides", "despite", "after", "following"})
_CLAUSES = ("ccomp", "prep", "pcomp", "advcl", "xcomp")


@dataclass(frozen=True, slots=True)
class Reading:
    """The modality, why, and whether the thing was ended."""

    modality: Modality
    reason: str
    ended: bool = False


def read(
    parsed: Parsed,
    trigger: Node,
    text: str,
    through: Node | None = None,
    of_authority: bool = False,
) -> Reading:
    """The modality of what ``trigger`` tells; ``text`` is the article's.

    ``through`` is the noun between trigger and object: ``no stake`` in ``has no stake in``.
    ``of_authority`` where the trigger tells what an authority does: who rejects a ruling does
    not undo it.
    """
    found: dict[Modality, str] = {}
    if through is not None and any(
        c.word in ("no", "zero") for c in through.all("det", "amod", "nummod", "neg")
    ):
        found[Modality.DENIED] = "“no”"
    if through is not None and through.lemma == "option":
        found[Modality.PLANNED] = f"“{through.text}”"
    if of_authority and _contested(trigger):
        return Reading(Modality.ASSERTED, f"told as given by “{trigger.text}”")
    if of_authority and _weighed(trigger):
        return Reading(Modality.ASSERTED, WEIGHED)
    if of_authority and no_further(trigger):
        return Reading(Modality.ASSERTED, f"“{trigger.text}” no further")
    if of_authority and _decided_on(trigger):
        return Reading(Modality.ASSERTED, f"decided: “{trigger.text}”")
    if trigger.lemma == "plan" and (trigger.all("xcomp") or _new(trigger.all("dobj"))):
        found[Modality.PLANNED] = f"“{trigger.text}”"
    if not of_authority and (said := said_of(trigger)) is not None and not found:
        return Reading(*said)
    ended, given = _look(trigger, found)
    deal = trigger.head if trigger.tag == "VB" and trigger.dep in ("acl", "advcl") else None
    deals = [deal] if deal is not None and deal.lemma in words("modality", "to_do_noun") else []
    for target in (trigger, *trigger.all("dobj"), *deals):
        for clause in target.all("relcl"):
            if phrasal(clause) in words("modality", "terminated_verb") - {"end", "drop", "kill"}:
                found.setdefault(Modality.DENIED, f"“{clause.text}”")
                ended = True
    sentence = text[parsed.masked.start : parsed.masked.end].lower()
    for phrase in sorted(words("modality", "rumoured_phrase")):
        if Modality.RUMOURED in found or given:
            break
        if of_authority and phrase in words("modality", "negotiating_phrase"):
            continue
        if phrase in sentence and is_hedged_by(parsed, trigger, phrase, text):
            found[Modality.RUMOURED] = f"“{phrase}”"
    for modality in (Modality.DENIED, Modality.CONDITIONAL, Modality.RUMOURED, Modality.PLANNED):
        if modality in found:
            return Reading(modality, found[modality], ended)
    return Reading(Modality.ASSERTED, "told as a fact")


def _new(planned: Sequence[Node]) -> bool:
    """``A and B plan a venture``: there is none yet, unlike the work on a hall that they plan."""
    return any(n.lemma in ("venture", "alliance", "company", "partnership") for n in planned)


def _contested(noun: Node) -> bool:
    """``rejected the ruling``, ``denied the charge``: the ruling is, whoever rejects it."""
    verb = noun.head
    return (
        noun.tag.startswith("NN")
        and verb is not None
        and noun.dep in ("dobj", "nsubjpass")
        and verb.lemma in words("modality", "contesting_verb")
    )


WEIGHED = "not decided yet"
"""Why a clearance is told as a review: the authority still weighs it."""


def _weighed(verb: Node) -> bool:
    """``is to decide whether to approve``, ``must approve``: the deal is before the authority."""
    above = next((n for n in verb.ancestors() if n.tag.startswith("VB")), None)
    asked = any(c.word == "whether" for c in verb.children)
    clears = verb.lemma in ("approve", "clear", "allow", "block")
    must = any(c.word == "must" for c in verb.all("aux")) or (
        verb.dep == "xcomp" and above is not None and above.lemma in ("have", "need", "remain")
    )
    if clears and must and verb.child("neg") is None:
        # "must be approved by X", "still has to be cleared"
        return True
    return (
        asked
        and clears
        and above is not None
        and above.lemma in ("decide", "rule", "determine", "assess", "examine")
    )


def _decided_on(verb: Node) -> bool:
    """``its decision to fine X``: what an authority decided to do, it has done."""
    noun = verb.head
    given = noun is not None and noun.lemma in ("decision", "ruling") and is_given(noun)
    return given and verb.tag == "VB" and verb.dep in ("acl", "relcl", "xcomp")


def _look(trigger: Node, found: dict[Modality, str]) -> tuple[bool, bool]:
    """Whether the thing was ended, and whether it is told as something that there is."""
    ended = False
    node: Node | None = trigger
    below: Node | None = None
    steps = 0
    while node is not None and steps < 12:
        if node.pos in ("VERB", "AUX") or node.tag.startswith("VB"):
            ended |= weigh_verb(node, below, found, trigger)
            if (told := aim(node)) is not None and not is_taken(told):
                found.setdefault(Modality.PLANNED, f"“{told.text}”")
            if below is not None and below.dep.startswith("nsubj") and _pending(node):
                found.setdefault(Modality.PLANNED, f"“{node.text}” to come")
            if (given_up := _given_up(node)) is not None:
                found.setdefault(Modality.DENIED, f"“{given_up.text}”")
                ended = True
            if (
                below is not None
                and node.lemma in words("modality", "speech_verb")
                and below.dep == "ccomp"
                and steps > 0
            ):
                # what the speaker says is judged by its own words; hedges of the speaking count
                weigh_speaker(node, found)
                break
        elif node.pos in ("NOUN", "PROPN"):
            ended |= _noun(node, below, found)
        elif node.pos == "ADJ":
            _adjective(node, found)
            if node.dep == "amod" and node.head is not None and node.head.index < node.index:
                # "the model, available on Azure, is not open": told beside what the verb says
                break
        if (plan := _for_whom(node)) is not None:
            found.setdefault(Modality.PLANNED, f"“{plan.text}” to {node.text}")
        if node.dep == "relcl" and not is_to_infinitive(node):
            break
        told_of_noun = node.dep == "acl" and node.tag in ("VBN", "VBG", "VBD")
        if told_of_noun and not _reported(node) and not is_to_infinitive(node):
            break
        if (
            below is not None
            and node.lemma in words("modality", "commenting_verb")
            and below.dep in _CLAUSES
        ):
            break
        if node.dep == "advcl" and node is not trigger and node.tag != "VB":
            break
        if node.dep == "advcl" and any(c.word != "for" for c in node.all("mark")):
            break
        if node.dep == "pcomp" and node.head is not None and node.head.word in _SINCE:
            # "since paying for Y, X may": it has paid
            break
        if _is_example(node):
            break
        if stands_alone(node):
            # "will buy Y and has put money into Z": has, whatever it will do
            break
        if node.dep in ("poss", "compound", "nmod", "appos") and node.name is not None:
            break
        if begins_aside(node):
            break
        if node.dep == "appos" and node.head is not None and node.head.name is not None:
            # "Y, a supplier of X, will expand": what Y will do says nothing of it
            break
        if node.tag.startswith("NN") and node.head is not None and not carries(node, node.head):
            return ended, node is trigger and node.lemma in words(
                "modality", "held_noun"
            ) and is_given(node)
        if node.head is not None and node.dep == "ccomp" and _apart(node, node.head):
            break
        below, node = node, node.head
        steps += 1
    return ended, False


def _pending(verb: Node) -> bool:
    """``Once the takeover closes``, ``until the deal is completed``: it has not yet."""
    present = verb if verb.tag in ("VBZ", "VBP") else verb.child("aux", "auxpass")
    if present is None or present.tag not in ("VBZ", "VBP") or present.lemma == "have":
        return False
    closed = verb.all("acomp") if verb.lemma == "be" else [verb]
    closing = words("modality", "closing_verb") | {"closed", "complete", "go", "done"}
    if not any({n.lemma, n.word} & closing for n in closed):
        return False
    above = verb.head if verb.dep == "pcomp" else None
    marks = [*verb.all("mark", "advmod"), *([above] if above is not None else [])]
    return any(m.word in _UNTIL for m in marks)


_UNTIL = frozenset({"once", "when", "after", "until", "till", "before", "as"})


def _given_up(verb: Node) -> Node | None:
    """``tried to buy Y but gave up``: the verb of giving up, of nothing else that is named."""
    if not any(c.word == "but" for c in verb.all("cc")):
        return None
    ending = words("modality", "terminated_verb") | {"give-up", "back-away", "fail"}
    return next(
        (
            c
            for c in verb.all("conj")
            if _turns_it_down(c)
            or (
                (phrasal(c) in ending or _decides_not_to(c))
                and c.child("nsubj", "nsubjpass", "auxpass") is None
                and all(n.name is None for n in c.subtree())
            )
        ),
        None,
    )


def _turns_it_down(verb: Node) -> bool:
    """``bid for Y, but the firm turned it down``."""
    refused = verb.all("dobj")
    told = phrasal(verb) in _REFUSING and verb.child("nsubj") is not None
    return told and any(n.word == "it" or n.lemma in _OFFERED for n in refused)


_REFUSING = frozenset({"turn-down", "reject", "rebuff", "spurn", "decline", "refuse", "brush-off"})
_OFFERED = frozenset({"offer", "bid", "approach", "proposal", "overture", "advance", "money"})


def _decides_not_to(verb: Node) -> bool:
    """``decided not to``."""
    return verb.lemma in ("decide", "choose", "opt") and any(n.dep == "neg" for n in verb.subtree())


def _reported(verb: Node) -> bool:
    """``a report that it is buying``: the clause is what the report says."""
    return verb.child("nsubj", "nsubjpass") is not None and verb.child("mark") is not None


def _is_example(deal: Node) -> bool:
    """``is interested in ties such as X's investment in Y``: of those that there are."""
    prep = deal.head
    owned = any(n.name is not None for n in deal.all("poss"))
    while deal.dep == "conj" and deal.head is not None:
        deal = deal.head
        prep = deal.head
    if not owned or prep is None or prep.dep != "prep" or prep.head is None:
        return False
    return prep.word in ("like", "including") or (
        prep.word == "as" and any(c.word == "such" for c in (*prep.children, *prep.head.children))
    )


def _apart(node: Node, head: Node) -> bool:
    """Whether a semicolon parts the two, so that neither governs the other."""
    low, high = sorted((node.index, head.index))
    return any(c.word == ";" and low < c.index < high for c in (*node.children, *head.children))


def _noun(noun: Node, below: Node | None, found: dict[Modality, str]) -> bool:
    ended = False
    for child in noun.children:
        if child.dep == "det" and child.word == "no" and noun.lemma not in _MISGIVINGS:
            found.setdefault(Modality.DENIED, "“no”")
        if child.dep in ("amod", "advmod", "nmod"):
            lemma = child.word
            if lemma == "close":
                continue
            if lemma in words("modality", "denied_adjective"):
                found.setdefault(Modality.DENIED, f"“{child.text}”")
                ended = True
            elif lemma in words("modality", "planned_adjective"):
                found.setdefault(Modality.PLANNED, f"“{child.text}”")
            elif any(c.word in ("previously", "earlier") for c in child.all("advmod")):
                continue  # "the previously reported purchase"
            elif lemma in words("modality", "rumoured_adjective") or child.lemma in words(
                "modality", "rumoured_adverb"
            ):
                found.setdefault(Modality.RUMOURED, f"“{child.text}”")
    if below is not None:
        over = below.dep == "prep" and below.word == "of"
        if over and noun.lemma in words("modality", "edge"):
            found.setdefault(Modality.PLANNED, f"“{noun.text}”")
        if noun.lemma in words("modality", "contest") and is_to_infinitive(below):
            lost = any(n.lemma == "lose" for n in noun.ancestors())
            won = any(n.lemma in ("win", "beat") for n in noun.ancestors())
            if lost or not won:
                modality = Modality.DENIED if lost else Modality.RUMOURED
                found.setdefault(modality, f"“{noun.text}”")
        if noun.lemma in words("modality", "contender") and is_to_infinitive(below):
            found.setdefault(Modality.RUMOURED, f"“{noun.text}”")
        pending = noun.lemma in words("modality", "awaited")
        # "an agreement for the sale of Y"
        pending |= below.word == "for" and noun.lemma in words("modality", "planned_noun")
        judged = below.all("pobj") if pending else []
        if any(n.lemma in words("modality", "before_it_noun") for n in judged):
            found.setdefault(Modality.PLANNED, f"“{noun.text}” of it")
        if over and noun.lemma in words("modality", "ended_noun"):
            found.setdefault(Modality.DENIED, f"“{noun.text}”")
            ended = True
        if noun.lemma in words("modality", "rumoured_noun"):
            found.setdefault(Modality.RUMOURED, f"“{noun.text}”")
        elif noun.lemma in words("modality", "planned_noun") and is_to_infinitive(below):
            found.setdefault(Modality.PLANNED, f"“{noun.text}”")
    return ended


_MISGIVINGS = frozenset(
    {
        "jurisdiction",
        "power",
        "authority",
        "remit",
        "say",
        "objection",
        "concern",
        "comment",
        "problem",
        "issue",
        "qualm",
        "doubt",
        "opposition",
        "reason",
        "hurry",
        "rush",
    }
)
"""Who has none of these about a deal does not deny the deal."""


def _for_whom(verb: Node) -> Node | None:
    """``signed a letter of intent for X to buy Y``, ``the deal calls for X to buy``: what plans it."""
    fronted = [c for c in verb.all("mark") if c.word == "for"]
    above = verb.head
    if not fronted or above is None or verb.tag != "VB":
        return None
    if above.tag.startswith("NN"):
        return above if above.lemma in words("modality", "planned_noun") else None
    if above.lemma in ("call", "provide", "ask", "allow", "pave", "clear"):
        return above
    near = [n for n in above.subtree() if n.index < fronted[0].index and n.tag.startswith("NN")]
    return next((n for n in reversed(near) if n.lemma in words("modality", "planned_noun")), None)


def is_to_infinitive(node: Node) -> bool:
    """``to invest``, ``to be bought``: the verb under its ``to``."""
    bare = node.tag == "VB" or any(c.word == "be" for c in node.all("auxpass"))
    return bare and has_to(node)


def _adjective(adjective: Node, found: dict[Modality, str]) -> None:
    to_do = adjective.word == "about" and adjective.dep == "acomp"
    if to_do or adjective.lemma in words("modality", "planned_adjective"):
        found.setdefault(Modality.PLANNED, f"“{adjective.text}”")
    elif (
        adjective.lemma in words("modality", "rumoured_adjective")
        or (adjective.lemma == "open" and adjective.dep == "acomp")
        or adjective.lemma in words("modality", "contender")
    ):
        found.setdefault(Modality.RUMOURED, f"“{adjective.text}”")
    elif adjective.lemma in ("likely", "unable"):
        found.setdefault(Modality.CONDITIONAL, f"“{adjective.text}”")
