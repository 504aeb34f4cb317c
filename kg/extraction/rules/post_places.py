"""Where a post stands beside a verb of taking or leaving it: ``becomes chief executive of Y``, ``named Y's chair``.

The post is a noun of the titles that people bear; whose it is follows ``of``, ``at`` or ``for``, or
stands before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from kg.extraction.rules import arguments as args
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.match import Match
from kg.extraction.rules.parsing import Node, Parsed
from kg.extraction.rules.relatives import possessor

_POSTS = frozenset(
    {"post", "position", "role", "job", "seat", "board", "director", "adviser", "advisor"}
)
_TAKING = ("dobj", "attr", "oprd", "acomp", "xcomp", "ccomp", "dep", "appos")


def employers(_: Parsed, verb: Node) -> list[Node]:
    """Whose post it is that is taken or left."""
    found = [n for post in _posts(verb) for n in _owners(post)]
    return list(dict.fromkeys(found))


def people(_: Parsed, verb: Node) -> list[Node]:
    """``hired three of its founders, X and Y``, ``the two founders, X and Y, return``: X and Y."""
    nouns = [n for n in (*args.objects(verb), *args.surface_subjects(verb)) if n.name is None]
    below = [
        n for noun in nouns for n in noun.subtree() if n.dep == "appos" and n.index > noun.index
    ]
    return [n for n in below if n.name is not None]


def _posts(verb: Node) -> Iterator[Node]:
    places = [*verb.all(*_TAKING), *args.of_preposition(verb, "as", "to", "from")]
    places += [n for c in verb.all("xcomp", "advcl") for n in c.all("attr", "dobj", "oprd")]
    places += [n for o in args.objects(verb) for n in args.of_preposition(o, "as")]
    for place in places:
        for noun in conjuncts(place):
            if noun.name is None and noun.lemma in words("posts", "title") | _POSTS:
                yield noun


def _owners(post: Node) -> Iterator[Node]:
    yield from (possessor(n) for n in post.all("poss"))
    yield from (n for n in post.all("compound", "nmod") if n.name is not None)
    yield from args.of_preposition(post, "of", "at", "for", "with")


def _to_work(verb: Node) -> bool:
    """``joins Y``; not ``joins Y in calling for a pause``, ``joins the Y Podcast to talk``."""
    doing = [c for p in verb.all("prep") if p.word in ("in", "for") for c in p.all("pcomp")]
    shows = [n for n in args.objects(verb) if n.word.endswith(_SHOWS)]
    return not doing and not shows


_SHOWS = ("podcast", "show", "newsletter", "call", "live", "protest", "lawsuit", "suit")
"""What people join for an hour."""


def of_another(match: Match) -> bool:
    """``X, the president of Y, joins its board``: not that of Y, where X is already."""
    if match.subject is None or match.object.how == "name" or dict(match.frame.set):
        return False
    beside = (n.name.name for n in match.subject.node.subtree() if n.name is not None)
    return match.object.name.name in set(beside) - {match.subject.name.name}


def _post_alone(verb: Node) -> bool:
    """``was appointed chief executive``: nobody says of what."""
    posts = list(_posts(verb))
    told = any(n.name is not None for n in verb.all("nsubj", "agent")) and bool(args.objects(verb))
    return bool(posts) and not told and not any(True for p in posts for _ in _owners(p))


POST_NEEDS: Mapping[str, Callable[[Node], bool]] = {
    "to-work": _to_work,
    "post-alone": _post_alone,
}
"""What a frame of appointments may need beside its roles."""
