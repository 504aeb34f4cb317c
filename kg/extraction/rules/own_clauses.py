"""Whose a pronoun is by the clauses of its own sentence: ``X said it would``, ``X raised its stake``."""

from __future__ import annotations

from kg.extraction.rules.arguments import has_to
from kg.extraction.rules.gazetteer import Name, publishes
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node
from kg.extraction.rules.relatives import antecedent

REFLEXIVE = frozenset({"itself", "themselves"})


def own_clause(node: Node) -> Node | None:
    """Whose "it" is in ``X said it would``, whose "its" in ``X raised its stake``: X."""
    if node.word not in ("it", "its", "they", "their", *REFLEXIVE):
        return None
    above = node.head
    while above is not None and not above.tag.startswith("VB"):
        above = above.head
    first = beside(node) or where_one_went(node) or _told_before_colon(node) or _owner_beside(node)
    first = first or _told_behind(node)
    if first is not None:
        return first
    if above is not None and _after_preposition(above, node):
        # "X is close to Y, in which it holds shares": X
        above = next((n for n in above.ancestors() if n.tag.startswith("VB")), None)
    elif above is not None and _acts_in(above, node):
        above = above.head if above.dep == "ccomp" and above.head is not None else None
        if above is None:
            return None
        if above.lemma not in words("references", "saying") and not _files(above):
            return None
    if above is None:
        return None
    while above.child("nsubj", "nsubjpass") is None and above.head is not None:
        bearer = _bearing(above)
        if bearer is None and above.dep not in ("conj", "xcomp", "advcl", "pcomp"):
            return None
        above = above.head if bearer is None else bearer
    subject = _accused(above, node) or above.child("nsubj", "nsubjpass")
    if subject is None or (subject.index >= node.index and not _is_fronted(node, above)):
        return None
    subject = _of_relative(subject, above)
    if subject.name is not None:
        return subject if not subject.name.is_artefact else None
    if subject.word == "it" and node.word in ("it", "its", "itself"):
        return subject
    return subject if subject.lemma in words("nouns", "company") else None


def _files(verb: Node) -> bool:
    """``told the SEC it had bought``: of itself, as authorities are told things."""
    told = verb.all("dobj", "dative") if verb.lemma in ("tell", "notify", "inform") else []
    return any(n.name is not None and n.name.is_authority for n in told)


def whose_clause(node: Node) -> Node | None:
    """``A bought B, while C denied that it had``: C, of the clause that the pronoun is in; none in the first."""
    if node.word not in ("it", "its", "them", "itself"):
        return None
    for verb in node.ancestors():
        joined = verb.dep == "conj" or (
            verb.dep == "advcl" and any(c.word in ("while", "whereas") for c in verb.all("mark"))
        )
        doer = verb.child("nsubj", "nsubjpass")
        if not (joined and verb.tag.startswith("VB") and doer is not None) or doer is node:
            continue
        if doer.name is not None and doer.index < node.index and doer.name.is_organisation:
            return doer
        return None
    return None


def _told_behind(node: Node) -> Node | None:
    """``Before it was bought by Y, X had``, ``After it bought Y, X``: X, of the clause that follows."""
    clause = next((n for n in node.ancestors() if n.tag.startswith("VB")), None)
    if clause is None or clause.dep != "advcl" or not clause.all("mark", "advmod"):
        return None
    if node.dep not in ("nsubj", "nsubjpass") or node.head is not clause:
        return None
    verb = clause.head
    doer = verb.child("nsubj", "nsubjpass") if verb is not None else None
    if verb is None or doer is None or doer.name is None or not doer.name.is_organisation:
        return None
    first = min(n.index for n in doer.subtree())
    named = [n for n in verb.subtree() if n.index < node.index and n.name is not None]
    before = [n for n in named if n.name is not None and not publishes(n.name)]
    speaks = verb.lemma in words("references", "saying")
    return doer if clause.index < first and not before and not speaks else None


def _owner_beside(node: Node) -> Node | None:
    """``X's stake in Y, a project with Z, and its purchase``: X's."""
    noun = node.head
    if node.word != "its" or node.dep != "poss" or noun is None or noun.dep != "conj":
        return None
    first = noun.head
    while first is not None and first.dep == "conj":
        first = first.head
    owner = first.child("poss") if first is not None and first.name is None else None
    return owner if owner is not None and owner.name is not None else None


def _told_before_colon(node: Node) -> Node | None:
    """``X made a choice: its hub offers``: X, who acts before the colon or semicolon."""
    if node.word not in ("it", "its"):
        return None
    *_, top = (node, *node.ancestors())
    before = [n for n in top.subtree() if n.index < node.index]
    mark = next((n.index for n in reversed(before) if n.text in (":", ";")), None)
    if mark is None or any(n.index > mark and n.name is not None for n in before):
        return None
    doers = [n for n in before if n.index < mark and n.dep in ("nsubj", "nsubjpass")]
    last = doers[-1] if doers else None
    return (
        last if last is not None and last.name is not None and not last.name.is_artefact else None
    )


def clause_before(node: Node) -> Node | None:
    """``A cleared B, and it found``: A, where the pronoun acts in the second of two clauses."""
    verb = node.head
    if node.dep not in ("nsubj", "nsubjpass") or verb is None or verb.dep != "conj":
        return None
    return verb.head.child("nsubj", "nsubjpass") if verb.head is not None else None


def is_own(node: Node) -> bool:
    """Whether it is the "its" of ``X offers its own models``, which are those of X."""
    return node.head is not None and any(c.word == "own" for c in node.head.all("amod"))


def _acts_in(clause: Node, node: Node) -> bool:
    """Whether the pronoun is who acts in the clause, or whose office or arm acts: ``its arm is looking``."""
    if node.dep in ("nsubj", "nsubjpass"):
        return True
    owned = node.head
    if owned is not None and owned.dep == "compound":
        # "its defects office", where the parse has the office of its defects
        owned = owned.head
    return (
        node.dep == "poss"
        and owned is not None
        and owned.head is clause
        and owned.dep in ("nsubj", "nsubjpass")
        and clause.dep == "ccomp"
    )


def _after_preposition(clause: Node, node: Node) -> bool:
    """Whether the pronoun acts in a clause that begins with ``in which``, ``with whom``."""
    if clause.dep != "relcl" or node.dep != "nsubj":
        return False
    return any(n.word in ("which", "whom") for p in clause.all("prep") for n in p.all("pobj"))


def _of_relative(subject: Node, verb: Node) -> Node:
    """``X, a service that raised its price``: X; else the subject itself."""
    told = antecedent(subject, verb)
    beside = told.head if told.dep == "appos" and told.name is None else None
    return beside if beside is not None and beside.name is not None else told


def where_one_went(node: Node) -> Node | None:
    """``He came to X when it bought Y``: X, where a person went to it."""
    verb = node.head
    above = verb.head if verb is not None and verb.dep == "advcl" else None
    if node.word != "it" or node.dep != "nsubj" or above is None or above.index > node.index:
        return None
    doer: Node | None = above
    while doer is not None and doer.dep == "conj" and doer.child("nsubj") is None:
        doer = doer.head
    who = doer.child("nsubj") if doer is not None else None
    if who is None or not (who.word in ("he", "she") or _may_be_person(who.name)):
        return None
    met = [n for c in above.children for n in (c, *c.all("pobj")) if c.dep in ("dobj", "prep")]
    named = [n for n in met if n.name is not None and n.name.is_organisation]
    return named[-1] if named and named[-1].index < node.index else None


def _may_be_person(name: Name | None) -> bool:
    if name is None or name.is_person:
        return name is not None
    return name.entity is None and name.kind is None and " " in name.name


def _accused(verb: Node, node: Node) -> Node | None:
    """``sued X for keeping its share``: X, where what it is accused of holds the pronoun."""
    target = verb.child("dobj")
    if verb.lemma not in words("verbs", "accusing") or target is None or target.name is None:
        return None
    charged = [p for p in verb.all("prep") if p.word in ("of", "for", "over")]
    return target if any(n is node for p in charged for n in p.subtree()) else None


def _bearing(verb: Node) -> Node | None:
    """The verb of ``seeks ways to integrate``, where a noun bears the other as what is to be done."""
    if verb.dep not in ("acl", "relcl") or verb.tag != "VB":
        return None
    if not has_to(verb):
        return None
    return next((n for n in verb.ancestors() if n.tag.startswith("VB")), None)


def own_doer(node: Node) -> Node | None:
    """Who acts in the clause in which the noun is an object."""
    verb = node.head if node.dep == "dobj" else None
    while verb is not None and verb.child("nsubj") is None and verb.dep == "conj":
        verb = verb.head
    return verb.child("nsubj") if verb is not None else None


def said_before(node: Node) -> Node | None:
    """``the company bought A and in May the company bought B``: the first of the two, the same company."""
    same = node.word == "it" or node.lemma in words("nouns", "company")
    if node.dep not in ("nsubj", "nsubjpass") or not same:
        return None
    top = node
    for above in node.ancestors():
        top = above
    return next(
        (
            n
            for n in top.subtree()
            if n.index < node.index
            and n.word == node.word
            and n.dep in ("nsubj", "nsubjpass")
            and n.name is None
            and (
                _acts(n) if n.word == "it" else any(c.word in ("the", "this") for c in n.all("det"))
            )
            and not n.all("compound", "amod", "nmod")
        ),
        None,
    )


def _acts(it: Node) -> bool:
    """Whether "it" is somebody, and not the "it" of ``it is said that``, ``it was announced``."""
    verb = it.head
    told = verb is not None and verb.lemma in _TOLD_OF_NOBODY
    return verb is not None and not told and not verb.all("ccomp", "csubj", "acomp")


_TOLD_OF_NOBODY = frozenset({"emerge", "transpire", "seem", "appear", "happen"})


def beside(node: Node) -> Node | None:
    """Whose "its" is in ``X and its partner Y``: X."""
    owned = node.head
    if node.dep != "poss" or owned is None or owned.dep != "conj" or owned.head is None:
        return None
    first = owned.head
    if first.name is None:
        # "X's deal with Y and its contract with Z": X's, too
        owner = first.child("poss")
        first = owner if owner is not None else first
    elif first.dep == "pobj" and owned.lemma in words("nouns", "holding") | words("nouns", "deal"):
        # "X's investment in Y and its stake in Z", where the parse joins the stake to Y
        above = first.head.head if first.head is not None else None
        owner = above.child("poss") if above is not None else None
        first = owner if owner is not None else first
    return first if first.name is not None and not first.name.is_artefact else None


def _is_fronted(node: Node, verb: Node) -> bool:
    """``Since its purchase by X, Y has grown``: "its" stands in a phrase before the subject."""
    if node.dep != "poss":
        return False
    above = node.head
    while above is not None and above is not verb:
        if above.dep not in ("pobj", "prep"):
            return False
        above = above.head
    return above is verb


def is_object(node: Node) -> bool:
    """Whether something is done to what the pronoun stands for, or with it."""
    return node.dep in ("dobj", "pobj", "dative")
