"""Where those stand who are told to be among backers, on a list of owners or in a portfolio."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.backers import members
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.money_given import comes_from, goes_to

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node, Parsed

_RANGING = frozenset({"range", "run", "stretch", "extend", "span", "go"})
_COUNTING = frozenset({"count", "have", "list", "boast", "claim", "number", "name", "cite"})
_REACH = 5


def _among(parsed: Parsed, backers: Node) -> list[Node]:
    """``X's presence among Y's owners``, ``X joined Y's backers``, ``backers, among them A``: X, and A."""
    told = [*_one_of(backers), *_joining(backers), *_ranging(parsed, backers)]
    return told or _following(parsed, backers)


def _one_of(backers: Node) -> list[Node]:
    prep = backers.head
    if prep is None or prep.word != "among" or backers.dep != "pobj" or prep.head is None:
        return []
    above = prep.head
    if above.name is not None:
        # "X among angels in Y", without a verb
        return [above]
    if above.tag.startswith("NN"):
        return above.all("poss")
    if above.lemma in _COUNTING:
        # "counts X among its backers"; "X counts among them"
        return args.objects(above) or args.surface_subjects(above)
    return []


def _joining(backers: Node) -> list[Node]:
    """``joined the company's investors``, but not ``joined existing investors A and B``."""
    verb = backers.head
    if verb is None or verb.lemma != "join" or backers.dep != "dobj":
        return []
    return args.surface_subjects(verb)


def _ranging(parsed: Parsed, backers: Node) -> list[Node]:
    """``whose owners range from A to B``."""
    verb = backers.head
    if verb is None or backers.dep != "nsubj" or verb.lemma not in _RANGING:
        return []
    return _from_to(parsed.nodes, verb)


def _from_to(nodes: tuple[Node, ...], verb: Node) -> list[Node]:
    found: list[Node] = []
    for node in nodes[verb.index + 1 : verb.index + 12]:
        if node.word in ("from", "to", "through", "via"):
            found += members(nodes, node.index + 1)
    return found if len(found) > 1 else []


def _following(parsed: Parsed, backers: Node) -> list[Node]:
    """``its backers, among them A and B, ...``, ``backers (among them A)``."""
    nodes = parsed.nodes
    for node in nodes[backers.index + 1 : backers.index + 1 + _REACH]:
        if node.word == "among" and node.index + 1 < len(nodes):
            after = nodes[node.index + 1]
            return members(nodes, after.index + 1) if after.word in ("them", "which") else []
        if node.tag.startswith("VB"):
            break
    return []


def _who_counts(_: Parsed, backers: Node) -> list[Node]:
    """``the shareholders that Y counts``: Y."""
    clauses = [c for c in backers.all("relcl") if c.lemma in _COUNTING]
    return [n for c in clauses for n in c.all("nsubj") if n.word not in ("that", "which", "who")]


def _left_with(_: Parsed, verb: Node) -> list[Node]:
    """``left X with a stake in Y``: X."""
    held = any(p.word == "with" for p in verb.all("prep"))
    return verb.all("dobj") if verb.lemma == "leave" and held else []


def _listed(parsed: Parsed, table: Node) -> list[Node]:
    """``A is on its cap table``, ``its cap table runs from A to B``, ``includes A``: A, and B."""
    head = table.head
    if head is not None and table.dep == "nsubj":
        if head.lemma in _RANGING:
            return _from_to(parsed.nodes, head)
        if head.lemma in words("funding", "holding_verb") | {"show", "name", "list"}:
            return head.all("dobj", "attr")
    prep = head if table.dep == "pobj" and head is not None else None
    if prep is None or prep.word not in ("on", "to", "in", "onto") or prep.head is None:
        return []
    above = prep.head
    if above.name is not None:
        return [above]
    if not above.tag.startswith("VB") and above.pos != "AUX":
        return []
    if prep.word in ("to", "onto") and above.lemma in _ADDING:
        return args.objects(above)
    if above.lemma in _BEING | _ADDING:
        return args.objects(above) if args.is_passive(above) else args.surface_subjects(above)
    return []


_ADDING = frozenset({"add", "welcome", "bring", "admit"})
_BEING = frozenset({"be", "appear", "sit", "remain", "stay", "turn", "show", "stand", "figure"})


def _held(parsed: Parsed, portfolio: Node) -> list[Node]:
    """``added A to its portfolio``, ``with A and B on its books``, ``A is the tenth company in its portfolio``: A."""
    prep = portfolio.head
    if prep is None or portfolio.dep != "pobj" or prep.head is None:
        return []
    above = prep.head
    if prep.word == "to" and above.lemma in _ADDING:
        return args.objects(above)
    if prep.word not in ("in", "on", "inside", "within"):
        return []
    if above.name is not None and above.dep in ("pobj", "conj"):
        first = above
        while first.dep == "conj" and first.head is not None:
            first = first.head
        held = first.head
        return [first] if held is not None and held.word == "with" else []
    if above.lemma in words("nouns", "company") and above.head is not None:
        return above.head.all("nsubj") if above.head.lemma in ("be", "become") else []
    return args.surface_subjects(above) if above.lemma == "be" else []


def _holder(_: Parsed, portfolio: Node) -> list[Node]:
    """``X, with A and B on its books``: X."""
    return [
        n.head
        for n in portfolio.ancestors()
        if n.word == "with" and n.dep == "prep" and n.head is not None and n.head.name is not None
    ][:1]


def _living_off(_: Parsed, verb: Node) -> list[Node]:
    """``had been living off $5 million from X``, ``lived on X's money``: X."""
    capital = words("funding", "capital") | {"million", "billion", "check"}
    lived_off = [n for n in args.of_preposition(verb, "off", "on") if n.name is None]
    if any(c.word in ("off", "on") for c in verb.all("prt")):
        # "lived off $5 million from X", where the parse has a particle
        lived_off += args.objects(verb)
    lived_off = [n for n in lived_off if n.money is not None or n.lemma in capital]
    givers = [m for n in lived_off for m in (*args.of_preposition(n, "from"), *n.all("poss"))]
    return givers or (list(args.of_preposition(verb, "from")) if lived_off else [])


def _out_of_pockets(_: Parsed, verb: Node) -> list[Node]:
    """``came out of the pockets of A and B``: A and B."""
    preps = [p for p in verb.all("prep") if p.word in ("out", "from")]
    inner = [n for p in preps for q in (p, *p.all("prep")) for n in q.all("pobj")]
    pockets = [n for n in inner if n.lemma in ("pocket", "coffer", "purse")]
    return [m for n in pockets for m in (*args.of_preposition(n, "of"), *n.all("poss"))]


def _money_from(_: Parsed, verb: Node) -> list[Node]:
    """``armed with $5bn from X``, ``backed by $5bn from X``: X."""
    if verb.dep != "advcl" or verb.tag != "VBN":
        return []
    sums = [n for p in verb.all("prep", "agent") for n in p.all("pobj") if n.money is not None]
    places = [verb, *sums] if sums else []
    return [n for place in places for n in args.of_preposition(place, "from")]


def _valued(_: Parsed, noun: Node) -> list[Node]:
    """``X's investment values Y at $5 billion``: Y."""
    verb = noun.head if noun.dep == "nsubj" else None
    if verb is not None and verb.lemma in words("funding", "valuing_verb"):
        return args.objects(verb)
    # what the parse has for a participle takes no object if it is one
    return [o for c in noun.all("acl") if c.lemma == "value" for o in c.all("dobj")]


def _agrees_to(_: Parsed, noun: Node) -> list[Node]:
    """``Y agreed to a sale to X``: Y."""
    prep = noun.head if noun.dep == "pobj" else None
    verb = prep.head if prep is not None and prep.word == "to" else None
    agrees = verb is not None and verb.lemma in ("agree", "consent")
    return args.surface_subjects(verb) if verb is not None and agrees else []


def _warrantee(_: Parsed, verb: Node) -> list[Node]:
    """``granted Y warrants``, ``issued a warrant to Y``: Y."""
    papers = [o for o in args.objects(verb) if o.lemma == "warrant"]
    return [*args.receivers(verb, papers), *args.of_preposition(verb, "to")] if papers else []


def _admitted(_: Parsed, verb: Node) -> list[Node]:
    """``granted Y access to its computers``: Y."""
    access = [o for o in args.objects(verb) if o.lemma == "access"]
    return args.receivers(verb, access) if access else []


def _haver(_: Parsed, verb: Node) -> list[Node]:
    """``has $5 billion invested in Y``: who has it."""
    money = verb.head
    above = money.head if money is not None and money.money is not None else None
    has = above is not None and above.lemma in ("have", "keep", "get") and verb.dep == "acl"
    return args.surface_subjects(above) if above is not None and has else []


def _writer(_: Parsed, cheque: Node) -> list[Node]:
    """``wrote the biggest cheque in the round``: who did."""
    verb = cheque.head
    written = cheque.dep == "dobj" and verb is not None and verb.lemma in ("write", "cut", "sign")
    return args.surface_subjects(verb) if verb is not None and written else []


def _shared_out(_: Parsed, verb: Node) -> list[Node]:
    """``will provide most of Y's round``: the round."""
    return [m for o in args.objects(verb) for m in args.of_preposition(o, "of")]


def _issuer(_: Parsed, verb: Node) -> list[Node]:
    """``X sold new shares to Y``, ``issued $5 million of stock to Y``: X, whose own they are."""
    sold = [n for o in verb.all("dobj") for n in (o, *args.of_preposition(o, "of", "in"))]
    own = [
        n
        for n in sold
        if n.lemma in _ISSUED and not any(c.name or c.dep == "poss" for c in n.children)
    ]
    said = {c.word for n in own for c in n.all("amod", "compound", "nmod")}
    placed = {n.lemma for n in args.of_preposition(verb, "in", "through", "via")}
    if verb.lemma in ("issue", "allot") or said & _NEW or "placement" in placed:
        return args.surface_subjects(verb) if own else []
    return []


_ISSUED = frozenset({"share", "stock", "equity", "note", "bond", "debenture", "warrant"})
_NEW = frozenset({"new", "common", "preferred", "ordinary", "convertible", "newly", "restricted"})

PLACES: Mapping[str, Callable[[Parsed, Node], list[Node]]] = {
    "among backers": _among,
    "who counts": _who_counts,
    "left with": _left_with,
    "on list": _listed,
    "put into": _held,
    "holder with": _holder,
    "out of pockets": _out_of_pockets,
    "living off": _living_off,
    "money from": _money_from,
    "valued": _valued,
    "warrantee": _warrantee,
    "comes from": comes_from,
    "goes to": goes_to,
    "agrees to": _agrees_to,
    "admitted": _admitted,
    "writer": _writer,
    "haver": _haver,
    "issuer": _issuer,
    "shared out": _shared_out,
}
