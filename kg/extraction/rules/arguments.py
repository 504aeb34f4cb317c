"""Who does what to whom: the logical arguments of verbs and nouns, read off the parse.

Passives, participles and control are undone here, with relative clauses (``relatives``) and
verbs that only carry a noun (``support_verbs``), so that a frame only says ``subject`` or
``in`` whatever the sentence's shape.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extraction.rules.aims import whose_aim
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node
from kg.extraction.rules.relatives import RELATIVES, antecedent, of_firm
from kg.extraction.rules.support_verbs import support

_SUBJECTS = ("nsubj", "csubj")
_OBJECTS = ("dobj", "obj", "oprd", "attr")
_INTRANSITIVE = words("verbs", "intransitive")
_KEEPING = words("verbs", "keeping")
_CONTROL_OBJECT = words("verbs", "control_object")
_ACCUSING = words("verbs", "accusing")
_SHOWING = words("verbs", "showing")


def is_passive(verb: Node) -> bool:
    """Whether the verb is a passive or a past participle that modifies a noun."""
    if verb.child("nsubjpass", "auxpass", "csubjpass") is not None:
        return True
    if verb.dep == "acomp" and verb.tag == "VBN" and verb.all("agent"):
        # "is majority-owned by"
        return True
    if verb.tag == "VBN" and verb.dep in (
        "acl",
        "relcl",
        "amod",
        "advcl",
        "ROOT",
        "dep",
        "appos",
        "conj",
    ):
        if verb.child("aux") is not None or _is_past_tense(verb):
            return False
        if verb.dep == "acl" and verb.lemma in _INTRANSITIVE and not verb.all("agent"):
            # "companies partnered with X"
            return False
        if (
            verb.dep == "conj"
            and verb.head is not None
            and verb.head.tag in ("VBN", "VBD", "VBZ", "VBP")
        ):
            return (
                is_passive(verb.head) and verb.child("nsubj") is None and verb.child("dobj") is None
            )
        return verb.child("nsubj", "dobj") is None
    return False


def _caused(verb: Node) -> bool:
    """``had X shut down``: X is, and whoever had it done did it."""
    have = verb.head if verb.tag == "VBN" and verb.dep == "ccomp" else None
    done = have is not None and have.lemma == "have" and not verb.all("aux", "auxpass", "dobj")
    return done and verb.child("nsubj") is not None


def _is_past_tense(verb: Node) -> bool:
    """``X, who runs Y, also invested in Z``, where the parse takes the verb for a participle of X."""
    if verb.lemma not in words("verbs", "of_investors") or verb.dep != "acl" or verb.head is None:
        return False
    return verb.head.name is not None and not verb.all("agent") and verb.head.dep == "ROOT"


def subjects(node: Node, depth: int = 0) -> list[Node]:
    """The nouns that do what a verb or noun tells, logically; empty where the sentence does not say."""
    if depth > 8:
        return []
    if node.pos in ("VERB", "AUX") or node.tag.startswith("VB"):
        return _verb_subjects(node, depth)
    return noun_subjects(node, depth)


def speakers(verb: Node) -> list[Node]:
    """Who says what the verb's clause tells: X of ``X said it raised``."""
    return verb.head.all("nsubj") if verb.dep == "ccomp" and verb.head is not None else []


_SPANS = frozenset({"hour", "day", "week", "month", "year", "minute"})
_DEALS = frozenset({"deal", "agreement", "plan", "bid", "offer", "attempt", "proposal"})


def _for_subject(verb: Node) -> list[Node]:
    """``a deal for X to buy Y``: X, where the parse takes it for an object of "for"."""
    to = next((c for c in verb.all("aux") if c.word == "to"), None)
    if to is None or verb.child("nsubj", "nsubjpass") is not None:
        return []
    above = [verb.head] if verb.head is not None else []
    while above[-1:] and above[-1].head is not None:
        above.append(above[-1].head)
    preps = [p for n in above for p in n.all("prep") if p.word == "for" and p.index < verb.index]
    found = [n for p in preps for n in p.all("pobj") if n.index == to.index - 1]
    if not found and above:
        # "objected to a deal for X to buy Y": the clause hung on the verb further up
        found = [
            n
            for n in above[-1].subtree()
            if n.index == to.index - 1
            and n.dep == "pobj"
            and n.head is not None
            and n.head.word == "for"
            and n.head.head is not None
            and n.head.head.lemma in _DEALS
        ]
    return found[:1]


def _verb_subjects(verb: Node, depth: int) -> list[Node]:
    own = _for_subject(verb)
    if own:
        return own
    if is_passive(verb) and not (verb.lemma in _INTRANSITIVE and verb.dep == "advcl"):
        agent = [n for a in verb.all("agent") for n in a.all("pobj")]
        agent += [n for a in verb.all("prep") if a.word == "by" for n in a.all("pobj")]
        # "owned by X and by Y"
        beside = [c for a in verb.all("agent") for c in a.all("conj") if c.word == "by"]
        return agent + [n for c in beside for n in c.all("pobj")]
    return surface_subjects(verb, depth)


_GRANTED = frozenset(
    {"warrant", "option", "right", "approval", "permission", "clearance", "consent", "light", "nod"}
)
_OF_DOING = frozenset({"of", "into", "about", "over", "by"})


def _of_whom(verb: Node) -> Node | None:
    """``comes on the heels of X disclosing a stake``, ``looks into X buying Y``: X, where the parse hangs the clause on the verb above."""
    for prep in (n for n in (verb.head.subtree() if verb.head else ()) if n.word in _OF_DOING):
        for noun in prep.all("pobj"):
            if noun.name is not None and noun.name.is_organisation and noun.index == verb.index - 1:
                return noun
    return None


def _of_whom_each(subject: Node) -> Node:
    """``A and B, each of which owns``: the "which", of whom it is said."""
    if subject.word not in ("each", "both", "all"):
        return subject
    within = of_preposition(subject, "of")
    return next((n for n in within if n.word in ("which", "whom")), subject)


def surface_subjects(verb: Node, depth: int = 0) -> list[Node]:
    """What stands as the verb's subject, or would if it were said."""
    if depth > 8:
        return []
    if _caused(verb) and verb.head is not None:
        return surface_subjects(verb.head, depth + 1)
    own = verb.child(*_SUBJECTS)
    if own is None and verb.child("nsubjpass") is not None:
        own = verb.child("nsubjpass")
    if own is not None:
        return [antecedent(_of_whom_each(own), verb)]
    head = verb.head
    if head is None:
        return []
    if _is_past_tense(verb):
        return [head]
    if verb.dep == "advcl" and verb.tag == "VBG" and (told := _of_whom(verb)) is not None:
        return [told]
    if verb.dep in ("acl", "relcl") and not head.tag.startswith("VB"):
        if verb.tag == "VBG" and (firm := of_firm(verb.neighbour or head)) is not None:
            return [firm]
        if verb.tag == "VBG" and verb.neighbour is not None and verb.neighbour is not head:
            return [verb.neighbour]
        if verb.tag == "VBG" or verb.tag in ("VBZ", "VBP", "VBD") or verb.child("relcl"):
            return [head]
        if verb.tag == "VBN" and verb.child("aux") is not None:
            return [head]
        if verb.tag == "VB" and head.lemma in _GRANTED:
            # "gave X a warrant to buy": X may
            giving = support(head)
            got = receivers(giving, [head]) if giving is not None else []
            if giving is not None and giving.lemma in words("nouns", "receiving") | {
                "have",
                "gain",
            }:
                got = got or surface_subjects(giving, depth + 1)
            if got:
                return got
        if verb.tag == "VB":
            # "plans to acquire", "a deal to buy": who has the plan
            own_noun = noun_subjects(head, depth + 1)
            return own_noun or [head]
        return [head]
    if verb.dep == "conj" and (head.tag.startswith("VB") or head.pos in ("VERB", "AUX")):
        return surface_subjects(head, depth + 1)
    if verb.dep in (
        "xcomp",
        "advcl",
        "ccomp",
        "pcomp",
        "dep",
        "conj",
        "parataxis",
        "oprd",
        "prep",
        "acomp",
    ):
        if verb.dep == "advcl" and verb.tag == "VBG" and head.lemma in _SHOWING:
            # "the rumour involved X buying Y"
            target = head.child("dobj")
            if target is not None and target.index == verb.index - 1:
                return [target]
        if aimed := whose_aim(verb):
            return aimed
        if verb.dep == "xcomp" and head.lemma in _CONTROL_OBJECT:
            target = head.child("dobj", "obj")
            if target is not None:
                return [target]
        if verb.dep == "pcomp":
            above = head.head
            if above is None:
                return []
            if head.word == "from" and above.lemma in _KEEPING and above.child("dobj"):
                return above.all("dobj")
            if head.word == "of" and above.lemma in _ACCUSING and above.child("dobj"):
                # "accused X of having bought Y"
                return above.all("dobj")
            if above.tag.startswith("VB") or above.pos in ("VERB", "AUX"):
                return surface_subjects(above, depth + 1)
            if above.pos in ("ADJ", "ADV") and above.head is not None:
                return surface_subjects(above.head, depth + 1)
            found = noun_subjects(above, depth + 1)
            acting = next((n for n in above.ancestors() if n.tag.startswith("VB")), None)
            if not found and above.lemma in _SPANS and acting is not None:
                # "X lost its chief within months of raising $5 million"
                return surface_subjects(acting, depth + 1)
            return found
        if head.tag.startswith("VB") or head.pos in ("VERB", "AUX"):
            return surface_subjects(head, depth + 1)
        if head.pos == "ADJ" and head.head is not None:
            # "is set to invest", "is likely to buy"
            return (
                surface_subjects(head.head, depth + 1)
                if head.head.tag.startswith("VB")
                else [head.head]
            )
        if head.pos in ("NOUN", "PROPN"):
            return noun_subjects(head, depth + 1) or [head]
    return []


_AWARDING = frozenset({"award", "grant", "give", "hand"})


def noun_subjects(noun: Node, depth: int = 0) -> list[Node]:
    """Whose doing a noun is: ``Google's bet``, ``a bet by Google``, ``Google made a bet``."""
    if depth > 8:
        return []
    for child in noun.all("poss"):
        return [child]
    if noun.lemma in ("bid", "offer", "plan", "deal", "effort", "attempt"):
        for child in noun.all("compound", "nmod"):
            if child.name is not None:
                return [child]
    by = [n for p in noun.all("prep", "agent") if p.word in ("by", "from") for n in p.all("pobj")]
    if by:
        return by
    prep = noun.head
    in_talks = noun.lemma in words("nouns", "talks") and noun.dep == "pobj"
    if in_talks and prep is not None and prep.word == "in" and prep.head and prep.head.name:
        # "Google in talks to ...": the verb further on is another clause's
        return [prep.head]
    verb = support(noun)
    if verb is not None:
        if is_passive(verb):
            # "an investment was made by Google"
            agent = _verb_subjects(verb, depth)
            if agent:
                return agent
            if verb.lemma in _AWARDING and verb.child("dobj") is not None:
                # "X was awarded a contract for a partnership with Y"
                return verb.all("nsubjpass")
        else:
            return surface_subjects(verb, depth + 1)
    if (
        prep is not None
        and noun.dep == "pobj"
        and prep.word in ("in", "nearing")
        and prep.head is not None
        and (
            prep.head.name is not None
            or (prep.dep == "prep" and prep.head.pos == "NOUN" and prep.head.head is None)
        )
    ):
        # "Google in talks to ...": a headline without a verb
        return [prep.head]
    return []


def objects(verb: Node, depth: int = 0) -> list[Node]:
    """What the verb is done to."""
    if depth > 4:
        return []
    if _caused(verb):
        return verb.all("nsubj")
    if is_passive(verb):
        surface = verb.child("nsubjpass")
        if surface is not None:
            return [antecedent(surface, verb)]
        if verb.dep in ("acl", "ccomp", "relcl") and (planned := _planned_for(verb)):
            return planned
        modifies = verb.dep in ("acl", "relcl") or (verb.dep == "amod" and bool(verb.all("agent")))
        if modifies and verb.head is not None and not verb.head.tag.startswith("VB"):
            return [verb.head]
        if verb.dep == "conj" and verb.head is not None and verb.head.tag.startswith("VB"):
            if is_passive(verb.head):
                return objects(verb.head, depth + 1)
            # "X has 200 employees and is backed by Y"
            return surface_subjects(verb.head, depth + 1) if verb.child("auxpass") else []
        if verb.dep == "advcl" and verb.head is not None:
            return surface_subjects(verb.head)
        if verb.dep in ("xcomp", "pcomp", "acomp"):
            return surface_subjects(verb)
        own = verb.child("nsubj")
        return [own] if own is not None else []
    found = _as_much(verb) or [antecedent(c, verb) for c in verb.all(*_OBJECTS)]
    if not found:
        # "pulled in $5 billion", where the parse takes the particle for a preposition
        found = [
            n
            for p in verb.all("prep")
            if p.word in ("in", "over", "up") and p.index == verb.index + 1
            for n in p.all("pobj")
            if n.money is not None
        ]
    if not found:
        # "bought what remained of Y", "what was left of Y"
        found = [
            n
            for c in verb.all("ccomp")
            if c.lemma in ("remain", "leave") and any(s.word == "what" for s in c.children)
            for p in c.all("prep")
            if p.word == "of"
            for n in p.all("pobj")
        ]
    if not found:
        # names that the parse takes for a clause or an adverbial
        found = [
            c
            for c in verb.all("ccomp", "npadvmod")
            if c.name is not None and c.index > verb.index and not c.name.is_place
        ]
    if (
        not found
        and verb.dep in ("relcl", "acl")
        and verb.head is not None
        and verb.child(*_SUBJECTS) is not None
    ):
        subject = verb.child(*_SUBJECTS)
        stranded = any(not p.all("pobj", "pcomp", "prep") for p in verb.all("prep"))
        if subject is not None and subject.word not in RELATIVES and not stranded:
            return [verb.head]
    if not found:
        for child in verb.children:
            if child.dep == "conj" and child.tag.startswith("VB") and child.index - verb.index < 6:
                shared = list(child.all("dobj"))
                if shared and not is_passive(child):
                    return shared
    return found


def _as_much(verb: Node) -> list[Node]:
    """``buy as much as a 10% stake``: the stake."""
    much = [c for c in verb.all("advmod", "dobj") if c.word in ("much", "many", "little")]
    return [n for c in much for p in c.all("prep") if p.word == "as" for n in p.all("pobj")]


_PLANS = _DEALS | {"pact", "talk", "intention", "intent", "decision", "letter", "accord", "move"}


def has_to(verb: Node) -> bool:
    """``to buy``, ``to be bought``."""
    return any(c.word == "to" for c in verb.all("aux"))


def _planned_for(verb: Node) -> list[Node]:
    """``X signed an agreement to be bought by Y``: X, whose agreement it is."""
    plan = verb.head
    if plan is None or plan.lemma not in _PLANS or not has_to(verb):
        return []
    return [n for whose in noun_subjects(plan) for n in represented(whose)]


_BODIES = frozenset({"shareholder", "stockholder", "investor", "board", "director", "owner"})


def represented(node: Node) -> list[Node]:
    """X of ``X's board``, ``shareholders of X``, which decide for X; else the noun itself."""
    if node.lemma not in _BODIES or node.name is not None:
        return [node]
    return [*node.all("poss", "compound"), *of_preposition(node, "of", "in")] or [node]


def of_preposition(node: Node, *words: str) -> Iterator[Node]:
    """The nouns governed by one of the prepositions below a verb, noun or adjective."""
    for child in node.children:
        if (
            child.dep in ("prep", "dative", "agent", "prt", "advmod", "mark")
            and child.word in words
        ):
            yield from (antecedent(n, child) for n in child.all("pobj"))
            yield from child.all("pcomp")
            # "in X in 2025 and in Y a year later"
            joined = [c for c in child.all("conj") if c.word in words]
            yield from (n for c in joined for n in c.all("pobj"))
            for inner in child.all("prep"):
                if inner.word in words or child.word in (
                    "out",
                    "along",
                    "together",
                    "as",
                    "up",
                    "because",
                ):
                    yield from inner.all("pobj")
    for child in node.children:
        if child.dep == "prep" and child.word not in words:
            # "on its own site and through X"
            joined = [c for c in child.all("conj") if c.word in words and c.tag == "IN"]
            yield from (n for c in joined for n in c.all("pobj"))
            # "with Google on ...": a preposition hung on another
            for inner in child.all("prep"):
                if inner.word in words:
                    yield from inner.all("pobj")


def receivers(verb: Node, given: Sequence[Node]) -> list[Node]:
    """X of ``gave X warrants``, also where the parse makes one noun of X and what is given."""
    return [
        *verb.all("dative"),
        *(n for o in given for n in o.all("compound", "nmod") if n.name is not None),
    ]
