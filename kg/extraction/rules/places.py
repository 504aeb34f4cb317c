"""Where the nouns at a place of a frame stand in the parse: the words of ``frames.yaml`` that any kind of frame uses."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.extraction.rules import arguments as args
from kg.extraction.rules import post_places
from kg.extraction.rules.backed_doers import begins_with, doers_with, givers
from kg.extraction.rules.backers import members
from kg.extraction.rules.coordination import conjuncts, joined
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.lists import hanging, members_before
from kg.extraction.rules.parsing import Node, Parsed
from kg.extraction.rules.relatives import possessor
from kg.extraction.rules.support_verbs import is_support, support
from kg.model import EntityKind

RIVALLING = frozenset({"rival", "compete", "challenge", "outperform", "take"})
COMPETITORS = frozenset({"competitor", "rival", "challenger", "alternative", "answer"})
_OVERTAKING = frozenset({"overtake", "surpass", "replace", "succeed", "eclipse", "join", "unseat"})
_REPRESENTING = frozenset({"serve", "represent", "advise", "use", "found", "leave"})
_STANDING = frozenset(
    {"role", "position", "place", "status", "standing", "part", "history", "record"}
)
_BY_MEANS_OF = frozenset(
    {"in", "through", "as", "under", "via", "after", "following", "to", "by", "with", "since"}
)
_LICENSING = frozenset({"pay", "take", "get", "obtain", "receive", "buy", "acquire", "secure"})
_MODIFYING = ("amod", "acl", "relcl", "compound", "nmod")


def _subjects(_: Parsed, trigger: Node) -> list[Node]:
    return args.subjects(trigger)


def _objects(_: Parsed, trigger: Node) -> list[Node]:
    return args.objects(trigger)


def _indirect_objects(_: Parsed, verb: Node) -> list[Node]:
    datives = [c for c in verb.all("dative") if c.word != "for" or verb.lemma != "pay"]
    given = [n for c in datives for n in ([c] if c.pos != "ADP" else c.all("pobj"))]
    if given:
        # "pay X $5bn and Y $1bn", where the parse has Y beside the verb
        beside = [c for c in verb.all("conj") if c.name is not None]
        given += [c for c in beside if any(n.money or n.tag == "CD" for n in c.all("nummod"))]
    both = verb.all("dobj")
    # "gives the owner of X a stake", where the parse has two things given
    return given or (both[:1] if len(both) > 1 else [])


def _possessors(_: Parsed, noun: Node) -> list[Node]:
    own = noun.all("poss")
    if not own and not any(c.word in words("funding", "of_old") for c in noun.all("amod")):
        # not "X's arm and existing backers A and B", who are not X's
        own = [n for above in joined(noun) for n in above.all("poss")]
    return [possessor(n) for n in own]


def _head(parsed: Parsed, trigger: Node) -> list[Node]:
    """What a participle or noun modifies; the name after a verb that the parse hangs elsewhere."""
    if trigger.dep in _MODIFYING:
        head = trigger.head
        if head is None:
            return []
        following = parsed.nodes[trigger.index + 1]
        # "X-backed Y plans to", where the parse has plans of Y; not "the X-backed Boston start-up Y"
        apart = following.name is not None and not following.name.is_place
        below = following.head is head and following.dep in ("compound", "nmod")
        return [following] if apart and below else [head]
    if not trigger.tag.startswith("VB"):
        return []
    after = parsed.nodes[trigger.index + 1 : trigger.index + 4]
    described = after[0].lemma in words("nouns", "company") if after else False
    if described and parsed.nodes[trigger.index - 1].text == "-" and trigger.index:
        return [after[0]]
    return [n for n in after if n.name is not None][:1]


def _their(_: Parsed, noun: Node) -> list[Node]:
    """``announced their merger``: who announced it."""
    verb = support(noun)
    if verb is None or not any(c.word == "their" for c in noun.all("poss")):
        return []
    return args.surface_subjects(verb)


def _promised(_: Parsed, verb: Node) -> list[Node]:
    """``the $5bn that it had promised to Y``, ``was expected to invest in Y``: who was to have it."""
    clauses = [c for o in args.objects(verb) for n in conjuncts(o) for c in n.all("relcl")]
    return [
        n
        for clause in clauses
        for below in (clause, *clause.all("xcomp"))
        if below.lemma in ("promise", "pledge", "invest", "commit", "owe", "put", "give", "agree")
        for n in args.of_preposition(below, "in", "into", "to")
    ]


def _joined_in(_: Parsed, verb: Node) -> list[Node]:
    """``X joined A and B in backing Y``: A and B; ``rivals from A to B``: both."""
    prep = verb.head
    above = prep.head if prep is not None and verb.dep == "pcomp" and prep.word == "in" else None
    while above is not None and not above.tag.startswith("VB"):
        above = above.head
    if above is None or above.lemma != "join":
        return []
    met = args.objects(above)
    ends = [n for m in (*met, above) for n in args.of_preposition(m, "from")]
    ends += [n for n in args.of_preposition(above, "to") if ends and n.name is not None]
    return ends or met


def _backing(_: Parsed, verb: Node) -> list[Node]:
    """``won the backing of X``, ``has X's backing``, ``has backing from X``: X."""
    told = [n for o in args.objects(verb) for n in conjuncts(o) if n.word in ("backing", "funding")]
    return [m for n in told for m in (*args.of_preposition(n, "of", "from"), *n.all("poss"))]


def _joint(_: Parsed, noun: Node) -> list[Node]:
    """``launched in partnership with``: who launched."""
    prep = noun.head
    if prep is not None and prep.word == "including" and noun.dep == "pobj":
        # "has been renting capacity, including a contract with Y": who does
        verb = next((n for n in prep.ancestors() if n.tag.startswith("VB")), None)
        return args.surface_subjects(verb) if verb is not None else []
    if (
        prep is not None
        and prep.word == "of"
        and prep.head is not None
        and prep.head.lemma == "part"
    ):
        # "as part of an alliance with"
        noun, prep = prep.head, prep.head.head
    if prep is None or prep.word not in _BY_MEANS_OF or noun.dep != "pobj":
        return []
    made = [c for c in (prep.head.all("acl") if prep.head else ()) if args.is_passive(c)]
    verb = next((n for n in (*made, *prep.ancestors()) if n.tag.startswith("VB")), None)
    if verb is None:
        return []
    if any(n.lemma in words("nouns", "round") for n in args.objects(verb)):
        # "led a round in partnership with Y": both invest
        return []
    doers = args.subjects(verb)
    if verb.dep in ("ccomp", "xcomp") and verb.head is not None:
        # "X will let shoppers buy under a partnership with Y"
        granted = verb.head.lemma in words("nouns", "granting")
        doers = args.surface_subjects(verb.head) if granted else doers
    if not doers and verb.dep == "ccomp" and verb.head is not None:
        # "was built in partnership with Y, X said"
        doers = args.surface_subjects(verb.head)
    # "its agents reach schools under a contract with Y": whose they are
    owned = [n for n in doers if n.name is None and n.pos == "NOUN"]
    return doers + [possessor(p) for n in owned for p in n.all("poss")]


def _rivalled(_: Parsed, trigger: Node) -> list[Node]:
    """``launched a model to rival Y``: Y."""
    verbs = [
        c for c in trigger.children if c.dep in ("xcomp", "advcl", "ccomp") and c.lemma in RIVALLING
    ]
    return [
        n for v in verbs for n in [*args.objects(v), *args.of_preposition(v, "with", "against")]
    ]


def _of_competitor(_: Parsed, trigger: Node) -> list[Node]:
    """``sees X as a rival to Y``: Y."""
    nouns = [n for n in args.of_preposition(trigger, "as") if n.lemma in COMPETITORS]
    return [n for noun in nouns for n in args.of_preposition(noun, "to", "of")]


def _left(parsed: Parsed, trigger: Node) -> list[Node]:
    """Names before a noun, ``the Google deal``; the name joined to a participle, ``Google-backed``."""
    if trigger.tag.startswith("VB"):
        nodes = parsed.nodes
        hyphen = trigger.index >= 2 and nodes[trigger.index - 1].text == "-"
        before = nodes[trigger.index - 2] if hyphen else None
        if before is None or before.name is None:
            return []
        return [*hanging(parsed.nodes, before), before]
    return [
        c
        for c in trigger.children
        if c.dep in ("compound", "nmod", "amod", "npadvmod")
        and c.name is not None
        and not _works_at(trigger, c.name)
    ]


def _works_at(noun: Node, name: Name) -> bool:
    """``a former Intel Capital investor``: an investor of the fund, not in it."""
    funds = (EntityKind.INVESTOR, EntityKind.SOVEREIGN_FUND)
    return noun.lemma in words("nouns", "investor") and name.kind in funds


def _support(_: Parsed, noun: Node) -> list[Node]:
    verb = support(noun)
    if verb is None:
        return []
    if noun.lemma in words("nouns", "funding") and verb.lemma in words("nouns", "receiving"):
        # who receives funding does not give it
        return []
    licensed = noun.lemma in ("license", "licence", "licensing") and verb.lemma in _LICENSING
    in_talks = verb.lemma == "be" and noun.lemma in words("nouns", "talks")
    if not (is_support(verb) or licensed or in_talks or _is_discussed(noun)):
        return []
    if args.is_passive(verb):
        return [] if verb.lemma in words("verbs", "of_outsiders") else args.subjects(verb)
    return args.surface_subjects(verb)


def _is_discussed(noun: Node) -> bool:
    """``in talks about a stake in Y``."""
    prep = noun.head if noun.dep == "pobj" else None
    above = prep.head if prep is not None and prep.word in _ABOUT else None
    if above is None:
        return False
    # "held talks about a stake", where the parse hangs it on the verb
    talks = [n for n in (above, *above.all("dobj")) if n.lemma in words("nouns", "talks")]
    others = [n for t in (above, *talks) for n in args.of_preposition(t, "with")]
    if any(n.name is not None for n in args.of_preposition(noun, "of")):
        # "in talks with Z on the acquisition of Y"
        return bool(talks)
    return bool(talks) and not any(n.name is not None for n in others)


_ABOUT = frozenset({"about", "over", "on", "for", "around", "regarding"})


def _seller(_: Parsed, customers: Node) -> list[Node]:
    """``X's software serves customers such as Y``: X."""
    verb = support(customers)
    if verb is None or verb.lemma not in ("serve", "have", "count"):
        return []
    sold = words("nouns", "offered") | words("nouns", "ware") | {"solution", "software"}
    doers = [n for n in args.surface_subjects(verb) if n.name is None and n.lemma in sold]
    return [possessor(n) for d in doers for n in d.all("poss")]


def _as_well(verb: Node) -> list[Node]:
    """``X is a backer, as are Y and Z``: Y and Z."""
    also = [
        c for c in verb.all("advcl") if c.lemma == "be" and any(m.word == "as" for m in c.children)
    ]
    return [n for c in also if not c.all("attr", "acomp") for n in c.all("nsubj")]


def _copula(_: Parsed, noun: Node) -> list[Node]:
    head = noun.head
    node = noun
    while head is not None and node.dep == "conj":
        node, head = head, head.head
    if head is None:
        return []
    if head.word == "as" and head.head is not None and head.head.lemma in _STANDING:
        # "X's role as a backer of Y"
        return head.head.all("poss")
    if made := _made(node, head):
        return made
    if node.dep == "pobj" and head.word in ("of", "among") and head.head is not None:
        one = head.head
        if one.lemma == "one" and one.head is not None and (made := _made(one, one.head)):
            return made
        if head.word == "among" and one.lemma == "be":
            return [n for n in one.all("nsubj", "attr") if n is not node]
        if one.lemma != "one" or one.head is None:
            return []
        node, head = one, one.head
    if node.dep == "nsubj" and head.lemma == "be":
        return head.all("attr")
    if node.dep in ("attr", "oprd", "pobj", "dobj") and head.lemma in (
        "be",
        "become",
        "remain",
        "stay",
        "as",
    ):
        verb = head if head.lemma != "as" else head.head
        if verb is None:
            return []
        if head.lemma == "as" and verb.lemma in words("verbs", "winning") and args.objects(verb):
            # "landed X as an investor"
            return args.objects(verb)
        named = [n for n in args.objects(verb) if n.name is not None]
        if named and head.lemma == "as" and verb.lemma not in _OVERTAKING | _REPRESENTING:
            # "has chosen X as its provider"
            return named
        outdone = args.objects(verb) if verb.lemma in _OVERTAKING else []
        return [*args.surface_subjects(verb), *outdone, *_as_well(verb)]
    return []


def _made(noun: Node, verb: Node) -> list[Node]:
    """``makes X a supplier of Y``: X."""
    makes = noun.dep == "ccomp" and verb.lemma in ("make", "name", "call")
    return noun.all("nsubj") if makes else []


def _appositions(_: Parsed, noun: Node) -> list[Node]:
    """``X, an investor in Y``, ``X, a partner and investor in Y``, ``X, one of Y's investors``: X."""
    shared = [n for n in joined(noun) if any(p.word in ("in", "of") for p in n.all("prep"))]
    told = next((n for n in (noun, *shared) if n.dep == "appos"), noun)
    prep = noun.head
    if noun.dep == "pobj" and prep is not None and prep.word == "of" and prep.head is not None:
        told = prep.head if prep.head.lemma == "one" else told
    above = [told.head] if told.dep == "appos" and told.head is not None else []
    if above and told.name is None and any(d.word in ("a", "an") for d in told.all("det")):
        # "A and B, an investor in Y": B
        several = [n for n in conjuncts(above[0]) if n.name is not None and n.index < told.index]
        above = several[-1:] or above
    # "bought by one of its investors, X", where the parse has X beside "one"
    beside = [*noun.all("appos"), *(told.all("appos") if told.lemma == "one" else ())]
    return above + [c for c in beside if c.name is not None]


def _included(parsed: Parsed, noun: Node) -> list[Node]:
    """``its backers include A``, ``backers including A``, ``backers such as A``: A."""
    head = noun.head
    # "its backers, who include A and B, have", "its backers, among them A, have"
    clauses = [c for c in noun.all("relcl") if c.lemma == "include" and not args.is_passive(c)]
    told = [n for c in clauses for n in c.all("dobj", "attr")] or _among_them(parsed, noun)
    if told:
        return told
    if head is not None and head.word == "among" and (listed := members_before(parsed.nodes, head)):
        return listed
    if head is not None and head.word == "among" and noun.dep == "pobj":
        # "among X's investments are Y and Z"
        verb = head.head
        if verb is None:
            return []
        return verb.all("nsubj", "attr") if verb.lemma == "be" else args.objects(verb)
    if head is not None and noun.dep == "nsubj" and head.lemma in words("funding", "holding_verb"):
        listed = head.all("dobj", "attr")
        # "its portfolio features investments such as X, and stakes in Y"
        listed = [m for n in listed for c in conjuncts(n) for m in (_examples_of(c) or [c])]
        if not listed and head.lemma == "include":
            # the parse loses the list before a clause at its end
            after = parsed.nodes[head.index + 1 : head.index + 8]
            listed = [n for n in after if n.name is not None][:1]
        return [*_besides(head), *listed]
    return [
        n
        for p in noun.all("prep")
        if p.word in ("including", "like", "as")
        for n in [*p.all("pobj"), *(x for q in p.all("prep") for x in q.all("pobj"))]
    ]


def _among_them(parsed: Parsed, noun: Node) -> list[Node]:
    """``its partners, among them A and B``: A and B."""
    after = parsed.nodes[noun.index + 1 : noun.index + 4]
    last = next((n for n in after if n.word in ("them", "which", "whom")), None)
    if last is None or parsed.nodes[last.index - 1].word != "among":
        return []
    return members(parsed.nodes, last.index + 1)


def _examples_of(noun: Node) -> list[Node]:
    """``investments such as X``, ``early stakes in X``: X."""
    if noun.word in ("one", "ones", "those", "that"):
        # "the partnerships include those with X"
        return [n for n in args.of_preposition(noun, "with", "in") if n.name]
    if noun.name is None and noun.lemma in words("nouns", "partnership"):
        # "its deals include a contract with X"
        return [n for n in args.of_preposition(noun, "with") if n.name]
    if noun.name is not None or noun.lemma not in words("nouns", "holding") | {"bet"}:
        return []
    return [n for n in args.of_preposition(noun, "as", "like", "including", "in") if n.name]


def _besides(verb: Node) -> list[Node]:
    """``In addition to A, its backers include B``, ``besides A``: A."""
    return [
        n
        for prep in verb.all("prep")
        for n in (
            prep.all("pobj")
            if prep.word in ("besides", "alongside", "beside")
            else [
                m
                for inner in prep.all("pobj", "prep", "pcomp")
                if inner.word in ("addition", "with", "from")
                for m in (*inner.all("pobj"), *args.of_preposition(inner, "to"))
            ]
        )
        if n.name is not None
    ]


def _clause_subject(_: Parsed, noun: Node) -> list[Node]:
    """``P speaks Welsh courtesy of Z``, ``P cuts ties with Z``: P."""
    verb = next((n for n in noun.ancestors() if n.tag.startswith("VB") or n.pos == "AUX"), None)
    return args.surface_subjects(verb) if verb is not None else []


def _asks(clause: Node) -> bool:
    """``whether X's terms hurt rivals``, ``how X sells``."""
    return bool(clause.all("mark")) or any(c.word in ("how", "why") for c in clause.all("advmod"))


def _in_clause(_: Parsed, trigger: Node) -> list[Node]:
    """``found that X had broken the law``, ``a claim that X did``: X."""
    is_verb = trigger.tag.startswith("VB")
    below = trigger.all("ccomp") if is_verb else trigger.all("acl", "ccomp", "relcl")
    # "is looking into whether X's terms hurt rivals"
    below += [c for p in trigger.all("prep") for c in p.all("pcomp") if _asks(c)]
    return [s for c in below for s in c.all("nsubj", "nsubjpass")]


def _between(_: Parsed, noun: Node) -> list[Node]:
    return list(args.of_preposition(noun, "between"))


PLACES: Mapping[str, Callable[[Parsed, Node], list[Node]]] = {
    "subj": _subjects,
    "obj": _objects,
    "iobj": _indirect_objects,
    "poss": _possessors,
    "head": _head,
    "left": _left,
    "their": _their,
    "promised": _promised,
    "backing": _backing,
    "joined in": _joined_in,
    "joint": _joint,
    "to rival": _rivalled,
    "as competitor": _of_competitor,
    "support": _support,
    "is": _copula,
    "appos": _appositions,
    "includes": _included,
    "doer with": lambda _, noun: doers_with(noun),
    "seller": _seller,
    "begins with": lambda _, noun: begins_with(noun),
    "giver": lambda _, noun: givers(noun),
    "clause": _in_clause,
    "clause subject": _clause_subject,
    "between": _between,
    "post": post_places.employers,
    "people": post_places.people,
}
