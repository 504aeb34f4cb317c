"""What frames of companies that work for one another need: ``turned to Y for an assistant``, ``helps Y build``."""

from __future__ import annotations

from collections.abc import Callable

from kg.extraction.rules import arguments as args
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node

_WORKING = words("nouns", "making") | frozenset(
    {"deploy", "install", "scale", "roll", "adopt", "integrate", "automate", "modernise", "launch"}
    | {"modernize", "introduce", "add", "power", "run", "bring", "speed", "analyse", "analyze"}
    | {"upgrade", "translate", "search", "personalise", "personalize", "digitise", "digitize"}
)
_HELP = frozenset({"help", "assistance", "expertise", "know-how"})


def _turned_for_work(verb: Node) -> bool:
    """``turned to Y for an assistant``, ``turned to Y to build one``; not ``turned to Y for money``."""
    if args.is_passive(verb) or not any(c.word == "to" for c in verb.all("prep")):
        return False
    done = [c for c in verb.all("advcl", "xcomp") if c.tag == "VB"]
    done += [c for c in args.of_preposition(verb, "for") if c.tag == "VBG"]
    asked = list(args.of_preposition(verb, "to"))
    wanted = [n for p in (verb, *asked) for n in args.of_preposition(p, "for")]
    goods = words("nouns", "ware") | words("nouns", "model") | words("nouns", "supply") | _HELP
    return any(c.lemma in _WORKING | {"help", "supply"} for c in done) or any(
        n.lemma in goods for n in wanted
    )


def _helps_work(verb: Node) -> bool:
    """``will help Y build an assistant``, ``is helping Y to run it``."""
    if args.is_passive(verb):
        return False
    done = verb.all("ccomp", "xcomp", "advcl", "acl")
    done += [c for o in args.objects(verb) for c in o.all("acl", "relcl")]
    return any(c.lemma in _WORKING and c.tag == "VB" for c in done)


def _help_got(verb: Node) -> bool:
    """``is getting help from Y on its assistant``."""
    helped = [o for o in args.objects(verb) if o.lemma in _HELP]
    return bool(helped) and not any(c.word in ("no", "little") for o in helped for c in o.children)


def _access_got(verb: Node) -> bool:
    """``gets access to Y's archive``: to content, not to a model or to money."""
    kinds = words("nouns", "content") | words("nouns", "ware")
    return any(n.name is None and n.lemma in kinds for n in _opened(verb))


def _opened(verb: Node) -> list[Node]:
    """To what access is got."""
    access = (o for o in args.objects(verb) if o.lemma == "access")
    return [n for o in access for n in args.of_preposition(o, "to")]


def owners_of_opened(verb: Node) -> list[Node]:
    """``gets access to Y's archive``, ``to the archive of Y``: Y."""
    return [
        m
        for n in _opened(verb)
        for m in (*n.all("poss", "compound"), *args.of_preposition(n, "of", "from"))
    ]


WORKING_NEEDS: dict[str, Callable[[Node], bool]] = {
    "turned-for-work": _turned_for_work,
    "helps-work": _helps_work,
    "help-got": _help_got,
    "access-got": _access_got,
}
"""Need -> whether the trigger meets it."""

ASKED_OF_WORK: dict[str, frozenset[str]] = {
    "turned-for-work": frozenset({"to"}),
    "helps-work": _WORKING,
    "help-got": _HELP,
    "access-got": frozenset({"access"}),
}
"""Need -> words of which a sentence must hold one, as ``conditions.ASKED``."""
