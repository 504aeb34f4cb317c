"""Lists of backers as they stand on the page, whatever the parse makes of them.

``led by A, with participation from existing investors B and C``, ``Other backers of the round
include A; B's venture arm; and C``: the small model loses its way in long lists, the punctuation
does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.lists import bracketed
from kg.extraction.rules.vehicles import is_run, of_family
from kg.model import EntityKind

if TYPE_CHECKING:
    from kg.extraction.rules.parsing import Node

_LEADING = frozenset({"lead", "co-lead", "colead", "anchor", "head", "spearhead"})
_JOINING = frozenset({"join", "participate"})
_JOINED = frozenset({"participate", "join", "invest", "reinvest"})
_INTRODUCING = frozenset({"include", "be", "comprise", "feature"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SEPARATING = frozenset({",", ";", "and", "&", "plus"})
_LONGEST_DESCRIPTION = 8
_LONGEST_CLAUSE = 16


def listed(nodes: Sequence[Node]) -> Iterator[tuple[Node, list[Node], bool]]:
    """Each cue with the nouns of the list after it, and whether those lead."""
    for node in nodes:
        following = _after(nodes, node)
        if following is None:
            continue
        if following.word == "by" and _is_past(node) and node.lemma in _LEADING | _JOINING:
            if _is_of_round(nodes, node):
                yield node, members(nodes, following.index + 1), node.lemma in _LEADING
        elif following.word == "from" and _is_given(nodes, node):
            yield node, members(nodes, following.index + 1), False
        elif (node.word in ("involving", "featuring") and _follows_round(nodes, node)) or (
            node.word == "alongside" and _speaks_of_joining(nodes, node)
        ):
            yield node, members(nodes, following.index), False
        elif node.lemma in _JOINED and node.tag == "VBD" and following.word == ",":
            example = nodes[following.index + 1] if following.index + 1 < len(nodes) else None
            if example is not None and example.word == "including":
                yield node, members(nodes, example.index + 1), False
        elif _are_examples(nodes, following) and _gives(nodes, node):
            yield node, members(nodes, following.index + (following.word == ",")), False
        elif node.lemma in words("funding", "backer") and node.tag == "NNS":
            verb = _introducing(nodes, node)
            if verb is not None:
                yield node, members(nodes, verb.index + 1), False
        listing = following.name is not None or following.word in ("like", "such", "including")
        if listing and node.lemma in words("funding", "backer") and _is_of_old(nodes, node):
            yield node, members(nodes, following.index), False


def _is_past(verb: Node) -> bool:
    return verb.tag in ("VBN", "VBD")


def _after(nodes: Sequence[Node], node: Node) -> Node | None:
    return nodes[node.index + 1] if node.index + 1 < len(nodes) else None


def _is_of_round(nodes: Sequence[Node], participle: Node) -> bool:
    """Whether it is a round that was led or joined: no company, team or group is told of just before."""
    for before in reversed(nodes[max(0, participle.index - 12) : participle.index]):
        if before.money is not None:
            return True
        if before.name is not None or before.tag.startswith("VB"):
            continue
        if before.tag in ("NN", "NNS"):
            return before.lemma in words("funding", "funding") | told_again()
    return participle.index == 0 and _is_of_what_follows(participle)


def _are_examples(nodes: Sequence[Node], after: Node) -> bool:
    """``investors, including A``, ``a consortium including A``."""
    named = _after(nodes, after) if after.word == "," else after
    return named is not None and named.word in ("including", "such", "like", "notably")


def _gives(nodes: Sequence[Node], node: Node) -> bool:
    """``from strategic investors``, ``through a group``: whose money it is."""
    if node.lemma not in words("funding", "backer") | words("funding", "pool"):
        return False
    before = nodes[max(0, node.index - 5) : node.index]
    return any(n.word in ("from", "through", "by", "attracted", "drew") for n in before)


def _follows_round(nodes: Sequence[Node], participle: Node) -> bool:
    """``X's funding of $5 billion in July, involving``: said of the funding."""
    for before in reversed(nodes[max(0, participle.index - 12) : participle.index]):
        if before.tag.startswith("VB") or before.text == ";":
            return False
        if before.tag in ("NN", "NNS") and before.money is None:
            return before.lemma in words("nouns", "round")
    return False


def told_again() -> frozenset[str]:
    """By what nouns a round is meant where it is told again: ``the deal, led by A``."""
    return words("nouns", "round") | words("funding", "round_again")


def _is_of_what_follows(participle: Node) -> bool:
    """``Led by A, the deal brings``: said of the deal."""
    verb = participle.head
    subject = verb.child("nsubj", "nsubjpass") if verb is not None else None
    return subject is not None and subject.lemma in told_again()


def _is_given(nodes: Sequence[Node], node: Node) -> bool:
    """``participation from A``, ``the deal includes $5 billion from A and $5 billion from B``."""
    told = any(n.lemma in _INTRODUCING - {"be"} for n in nodes[: node.index])
    if node.dep == "appos" and node.head is not None:
        # "its last round, $5 billion from A and B"
        told = told or node.head.lemma in words("nouns", "round")
    return node.lemma in words("funding", "given") or (node.money is not None and told)


def _speaks_of_joining(nodes: Sequence[Node], alongside: Node) -> bool:
    """``led the round, alongside A and B``, ``participation from A alongside B``."""
    before = nodes[max(0, alongside.index - 25) : alongside.index]
    joining = _LEADING | _JOINED | words("funding", "given")
    return any(n.lemma in joining for n in before)


def _is_of_old(nodes: Sequence[Node], backer: Node) -> bool:
    """``existing investors A and B``, ``longtime backer A``: said of the company spoken of."""
    before = nodes[max(0, backer.index - 3) : backer.index]
    return any(n.word in words("funding", "of_old") for n in before)


def _introducing(nodes: Sequence[Node], backers: Node) -> Node | None:
    """The verb of ``investors in the round include``, ``among its backers are``."""
    for node in nodes[backers.index + 1 : backers.index + 9]:
        if node.lemma in _INTRODUCING and node.tag in _FINITE | {"VBG"}:
            among = any(n.word == "among" for n in nodes[max(0, backers.index - 5) : backers.index])
            return node if node.lemma != "be" or among else None
        if node.tag.startswith("VB") or node.word in (",", ";", "."):
            return None
    return None


def members(nodes: Sequence[Node], at: int) -> list[Node]:
    """The nouns of the list that begins at ``at``, one for each name or for what belongs to it."""
    found: list[Node] = []
    apart = ""
    while at < len(nodes):
        name = _named(nodes, at)
        if name is None and not found:
            at = _examples(nodes, at)
            name = _named(nodes, at)
        if name is None:
            break
        after = _after(nodes, name)
        if found and apart == "," and after is not None and after.tag in _FINITE:
            # "led by A, and B said": B is no longer in the list
            break
        if found and apart == "," and _acts_next(name):
            # "led by A, and B, the maker of C, bought D"
            break
        if not (apart == "," and _tells_of_the_one_before(nodes, at, name)):
            found.append(name)
        at, apart = _next(nodes, name.index + 1)
        if apart == "," and (post := _post(nodes, at)) is not None:
            at, apart = _next(nodes, post)
        if apart == "," and (beyond := _past_clause(nodes, at)) is not None:
            at, apart = beyond, "and"
        if not apart:
            break
    return found


def _acts_next(name: Node) -> bool:
    """Whether the name is who acts in a clause that goes on, and no member of the list."""
    verb = name.head
    acts = name.dep in ("nsubj", "nsubjpass") and verb is not None and verb.index > name.index
    return acts and verb is not None and verb.dep == "conj" and verb.tag in _FINITE


def _tells_of_the_one_before(nodes: Sequence[Node], at: int, name: Node) -> bool:
    """``A, the family office of B``, ``A, a fund run by B``: B is told to tell who A is."""
    description = [n.word for n in nodes[at : name.index]]
    return description[:1] in (["the"], ["a"], ["an"]) and bool({"of", "by"} & {*description})


def _examples(nodes: Sequence[Node], at: int) -> int:
    """Where names begin after ``notable figures and firms, including``; the end where none do."""
    for node in nodes[at : at + _LONGEST_DESCRIPTION]:
        if node.word == "including" or (node.word == "as" and nodes[node.index - 1].word == "such"):
            return node.index + 1
        if node.tag in _FINITE or node.name is not None or node.text in (".", ";"):
            break
    return len(nodes)


def _named(nodes: Sequence[Node], at: int) -> Node | None:
    """The noun that the words from ``at`` on describe: ``existing backers such as A``, ``B's venture arm``."""
    owner: Node | None = None
    for node in nodes[at : at + _LONGEST_DESCRIPTION]:
        after = _after(nodes, node)
        if node.name is not None:
            if after is not None and after.word in ("'s", "'", "-"):
                owner = node
            elif _invests(node):
                return person_of(nodes, node) or _described_by(nodes, node) or node
        elif owner is not None and (node.lemma in words("nouns", "part") or of_family(node)):
            return node
        elif not _describes(node, after):
            return None
    return None


def _invests(node: Node) -> bool:
    name = node.name
    return (
        name is not None
        and not name.is_place
        and not name.is_artefact
        and name.kind is not EntityKind.GOVERNMENT
        and node.word not in ("others", "more")
    )


def person_of(nodes: Sequence[Node], firm: Node) -> Node | None:
    """``Hexlane chief executive Ada Ortiz``: the person, whose office stands between."""
    if firm.name is None or not firm.name.is_organisation:
        return None
    for node in nodes[firm.index + 1 : firm.index + 6]:
        if node.name is not None:
            between = [n.word for n in nodes[firm.index + 1 : node.index]]
            office = any(w in words("posts", "title") | words("posts", "staff") for w in between)
            return node if office and not node.name.is_place else None
        if node.word not in _of_titles():
            return None
    return None


def _of_titles() -> frozenset[str]:
    posts = words("posts", "title") | words("posts", "title_word")
    return posts | words("posts", "staff") | {"-"}


def _described_by(nodes: Sequence[Node], firm: Node) -> Node | None:
    """``Toyota supplier Denso``, ``Santander venture fund Mouro``: the name behind, which the first describes."""
    for node in nodes[firm.index + 1 : firm.index + 6]:
        if node.name is not None:
            # the parser does not see the words that only describe: then one name is a part of the other
            told = node.index > firm.index + 1 or (firm.dep == "compound" and firm.head is node)
            return node if told and _invests(node) else None
        if node.tag not in ("NN", "JJ") or node.word in _SEPARATING:
            return None
    return None


def _past_clause(nodes: Sequence[Node], at: int) -> int | None:
    """Index of the name after ``which owns a tenth, and`` in ``A, which owns a tenth, and B``; else None."""
    if at >= len(nodes) or nodes[at].word not in ("which", "who", "whose"):
        return None
    for node in nodes[at : at + _LONGEST_CLAUSE]:
        after = nodes[node.index + 1 : node.index + 3]
        if node.word == "," and len(after) == 2 and after[0].word == "and":
            return after[1].index if after[1].name is not None else None
        if node.text in (".", ";"):
            return None
    return None


def _post(nodes: Sequence[Node], at: int) -> int | None:
    """Index after ``the chief executive of Hexlane``, which says what the person before it is; else None."""
    said = words("posts", "title") | words("posts", "title_word") | {"a", "-", "former"}
    for node in nodes[at : at + _LONGEST_DESCRIPTION]:
        if node.name is not None:
            before = [n.word for n in nodes[at : node.index]]
            told = before[-1:] in (["of"], ["at"]) and any(
                w in words("posts", "title") for w in before
            )
            return node.index + 1 if told else None
        if node.word not in said:
            return None
    return None


def _describes(node: Node, after: Node | None) -> bool:
    """Whether a word may stand in a list before the name that it describes."""
    if node.tag == "NNS" and node.lemma in words("funding", "no_backer"):
        return False
    if node.word in ("such", "including", "like", "as", "of", "by", "from", "existing", "leading"):
        return True
    if node.word == ",":
        return after is not None and after.word in ("such", "including", "like")
    if node.tag.startswith("VB"):
        if is_run(node) and after is not None and after.word in ("by", "with"):
            return True
        return node.tag in ("VBN", "VBG") and node.dep in ("amod", "compound", "nmod")
    return node.tag in ("DT", "PDT", "POS", "HYPH", "RB", "RBS", "''") or node.tag[:2] in (
        "JJ",
        "NN",
    )


def _next(nodes: Sequence[Node], at: int) -> tuple[int, str]:
    """Where the list goes on after a name, past an aside, and what parts the two; no mark at its end."""
    if at < len(nodes) and nodes[at].word == "(":
        close = next((n.index for n in nodes[at : at + 25] if n.word == ")"), None)
        at = at if close is None else close + 1
    if at + 1 < len(nodes) and nodes[at].word in ("of", "from") and nodes[at + 1].tag != "VBG":
        # "NTT and Sony of Japan, and Jeff Dean of Google"
        whose = next((n for n in nodes[at + 1 : at + 4] if n.name is not None), None)
        at = at if whose is None else whose.index + 1
    if at < len(nodes) and nodes[at].word in ("as", "along", "together", "alongside"):
        text = [n.word for n in nodes[at : at + 3]]
        if text == ["as", "well", "as"]:
            return at + 3, "and"
        if text[:2] in (["along", "with"], ["together", "with"]):
            return at + 2, "and"
    if at >= len(nodes) or nodes[at].word not in _SEPARATING:
        return at, ""
    mark = nodes[at].word
    at += 1
    while at < len(nodes) and nodes[at].word in _SEPARATING:
        at += 1
    if [n.word for n in nodes[at : at + 3]] == ["as", "well", "as"]:
        return at + 3, "and"
    if [n.word for n in nodes[at : at + 2]] in (["along", "with"], ["together", "with"]):
        return at + 2, "and"
    return at, mark


def _in_brackets(nodes: Sequence[Node], opening: Node) -> list[Node]:
    """``makers of models (A, B), clouds (C, D) and robots (E)``: all five."""
    found: list[Node] = []
    for node in nodes[opening.index :]:
        if node.text == "(":
            found += bracketed(nodes, node)
        elif node.tag.startswith("VB") or node.text in (";", ":"):
            break
    return found


def _colon_after(nodes: Sequence[Node], noun: Node) -> Node | None:
    """``into seven firms that make chatbots: A, B and C``: the colon, after what is said of the firms."""
    clause = noun.child("relcl", "acl")
    after = max((n.index for n in clause.subtree()), default=0) + 1 if clause is not None else 0
    if not after or after >= len(nodes) or not noun.all("nummod"):
        return None
    return next((n for n in nodes[after - 1 : after + 1] if n.text == ":"), None)


def exemplified(nodes: Sequence[Node], noun: Node) -> list[Node]:
    """``companies, by one count 400, including A and B``, ``a handful of companies: A and B``."""
    last = (
        next(args.of_preposition(noun, "of"), noun)
        if noun.lemma in words("nouns", "group")
        else noun
    )
    if noun.name is not None or last.tag != "NNS" or last.lemma not in words("nouns", "company"):
        return []
    if (colon := _colon_after(nodes, last)) is not None:
        return members(nodes, colon.index + 1)
    for node in nodes[last.index + 1 : last.index + 9]:
        such = node.word == "as" and nodes[node.index - 1].word == "such"
        if such or node.word == "including" or (node.word == ":" and node.index == last.index + 1):
            return members(nodes, node.index + 1)
        if node.text == "(":
            return _in_brackets(nodes, node)
        if node.word in ("them", "which") and nodes[node.index - 1].word == "among":
            # "in several startups, among them A and B"
            return members(nodes, node.index + 1)
        if node.tag in ("VBD", "VBZ", "VBP", "MD") or (
            node.name is not None and node.dep != "poss"
        ):
            return []
    return []
