"""The clauses of a question: which of them asks, and what stands around it.

*I'm preparing a memo on shareholdings - could you list the labs that X backs?* has a clause that
asks and one that only says why. The latter may be left out if it asks nothing itself and says
nothing that would turn the answer; what is left out is always told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kg.questions.lexicon import load
from kg.questions.segments import RELATION_TAGS, Segment
from kg.questions.tokens import even, split

_STRONG = re.compile(r"(?<=[.?!;:])\s+|\s*\n\s*|\s+[-–—]+\s+|—|\s*\.\.\.+\s*|…\s*")
"""Where a clause ends for certain."""
_WEAK = re.compile(
    r",\s+|\s+(?=(?:and|so|but)\s)"
    r"|\s+(?:(?:i|we)(?:'d|\s+would)?\s+)?(?:asks?|asked|wonders?|am asking|is asking|are asking"
    r"|(?:needs?|wants?|wish|wishes|like|likes)\s+to\s+(?:know|see|learn|hear|find\s+out|understand))\s+",
    re.IGNORECASE,
)
"""Where one may end: what follows must ask."""
_EDGES = " \t\n,;:.!?-–—…"
_AUXILIARIES = frozenset(
    {
        "do",
        "does",
        "did",
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "can",
        "could",
        "would",
        "will",
        "please",
    }
)
_PREPOSITIONS = frozenset(
    {
        "in",
        "into",
        "by",
        "to",
        "from",
        "on",
        "with",
        "at",
        "for",
        "of",
        "against",
        "through",
        "via",
        "under",
    }
)
_COMPARED = frozenset({"MONEY", "PERCENT", "COUNTED", "CMP"})
"""What sets a limit: it is never left out."""
_NARROWING = ("DATE", "COUNTRY", "MODALITY", "STATUS", "INSTRUMENT", "ROUND", "DIRECT", "INDIRECT")
"""What might narrow the answer if it were said in the question."""
_RELATED = RELATION_TAGS | {"KIND", "COUNTRY", "RELATIONSHIPS", "DATE"}
"""What a heading that is no mere topic may hold: it belongs to the question then."""


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The words by which contexts are known."""
    loaded: dict[str, Any] = load("contexts.json")
    return loaded


@dataclass(frozen=True, slots=True)
class Parting:
    """A question divided: what asks, what stands before it, and how the two are linked."""

    context: str
    asked: str
    strong: bool
    restates: bool


def partings(question: str) -> Iterator[Parting]:
    """Ways to divide a question into a context and what is asked, the shortest context first."""
    ends = {m.end(): (m.start(), True) for m in _STRONG.finditer(question)}
    for m in _WEAK.finditer(question):
        ends.setdefault(m.end(), (m.start(), False))
    for end in sorted(ends):
        start, strong = ends[end]
        context = question[:start].strip(_EDGES)
        asked, link = _unlinked(question[end:])
        if not context or not asked:
            continue
        request = _request(asked)
        if not strong and not request and not opens(asked):
            continue
        if request and even(asked.split()[0]) not in words()["ourselves"]:
            asked = f"I {asked}"
        yield Parting(context, asked, strong, link in words()["restating"])


def trailing(question: str) -> tuple[str, str] | None:
    """The question without an afterthought (*..., it's for a paper*), and this."""
    marks = [*_STRONG.finditer(question), *re.finditer(r",\s+", question)]
    for m in sorted(marks, key=lambda m: m.start()):
        rest = question[m.end() :].strip(_EDGES)
        asked = question[: m.start()].rstrip(" ,;:-–—")
        if rest and asked and _begins(even(rest), words()["afterthoughts"]):
            return asked, rest
    return None


def opens(text: str) -> bool:
    """Whether a clause begins like a question: *which*, *by whom*, *does*, *could you*."""
    keys = [w.key for w in split(text)[:3]]
    if keys and keys[0] in _PREPOSITIONS:
        keys = keys[1:]
    asking = words()["asking"]
    return bool(keys) and (keys[0] in asking or keys[0] in _AUXILIARIES)


def _request(text: str) -> bool:
    """Whether a clause tells what is wanted: *I need to know*, *we'd like a list*, *need the sum*."""
    keys = [w.key for w in split(text)[:5]]
    if keys and keys[0] in words()["ourselves"]:
        contracted = keys[0].endswith("'d")
        keys = keys[1:]
        if contracted:
            return bool(keys) and keys[0] in ("like", "love", "appreciate")
    return _begins(" ".join(keys), words()["requests"])


def _begins(text: str, phrases: Sequence[str]) -> bool:
    return any(text == p or text.startswith((p + " ", p + ",")) for p in phrases)


def _unlinked(text: str) -> tuple[str, str]:
    """A clause without what only links it to the one before (*so*, *that is*), and this."""
    text, found = text.strip(_EDGES.replace("?", "")), ""
    links = sorted((*words()["links"], *words()["restating"]), key=len, reverse=True)
    changed = True
    while changed:
        changed = False
        low = even(text)
        for link in links:
            if low.startswith(link) and low[len(link) : len(link) + 1] in (" ", ",", ":", "-"):
                if link in words()["restating"] or not found:
                    found = link
                text, changed = text[len(link) :].strip(" ,:;-–—"), True
                break
    return text, found


def dispensable(parting: Parting, context: Sequence[Segment]) -> bool:
    """Whether what stands before a question can be left out, and only be told.

    It must ask nothing and set no limit, and be one of these: what the asker does or wants
    (*we are comparing investors*), what the answer is for (*for a seminar paper*), a topic
    (*AI and antitrust*), or a statement of its own.
    """
    if idle(parting.context):
        return True
    known = words()
    keys = [w.key for w in split(parting.context)]
    if not keys:
        return True  # nothing but marks
    text = f" {' '.join(keys)} "
    limits = (s.senses.keys() for s in context if "DATE" not in s.senses)
    if any(tags & _COMPARED for tags in limits) or _turning(text, keys):
        return False
    if keys[0] in known["hypothetical"]:
        return False
    personal = any(k in known["ourselves"] for k in keys[:4])
    if set(keys) & {*known["asking"]} - {"whether"}:
        restated = parting.restates or (parting.strong and personal)
        if not restated:
            return False
    if opens(parting.context) and not parting.restates:
        return False
    wish = len(context) > 1 and "TO" in context[1].senses  # *I'd like to separate this from that*
    listing = bool(context) and "LIST" in context[0].senses and not wish
    if listing and not any(k in known["works"] for k in keys):
        return False
    works = any(f" {w} " in text for w in (*known["works"], *known["askers"]))
    if personal:
        return True
    narrow = any(s.senses.keys() & {*_NARROWING} for s in context)
    if (
        parting.strong
        and not narrow
        and (keys[0].endswith("ing") or _begins(text.strip(), known["about"]))
    ):
        return True
    if _begins(text.strip().removeprefix("just "), known["purposes"]):
        unsaid = [s for s in context if not s.known]
        return works or (bool({"a", "an"} & set(keys[1:4])) and bool(unsaid)) or _topic(context)
    heading = keys[0] not in _PREPOSITIONS | {"between", "among", "amongst"} and _topic(context)
    return parting.strong and (works or heading or _states(keys, context))


def idle(context: str) -> bool:
    """Whether a context says nothing at all, not even why: *by the way*, *dear team*."""
    keys = [w.key for w in split(context)]
    text = " ".join(keys)
    greets = _begins(text, words()["greetings"]) and len(keys) < _GREETING
    return greets or text in words()["interjections"]


def _turning(text: str, keys: Sequence[str]) -> bool:
    """Whether something in a context would turn the answer: *only*, *apart from*, *if*."""
    known = words()
    personal = any(k in known["ourselves"] for k in keys)
    if personal and not any(f" {w} " in text for w in known["wanting"]):
        for phrase in known["modest"]:
            text = re.sub(rf"(?<![^ ])(?:i|we)? ?{re.escape(phrase)} ", " ", text)
    for phrase in known["harmless"]:
        text = text.replace(f" {phrase} ", " ")
    turns = any(f" {w} " in text for w in known["turning"])
    return turns or any(k.endswith("n't") for k in text.split())


def _topic(context: Sequence[Segment]) -> bool:
    """Whether a heading only names what all is about: *AI and antitrust*, *the strategy of X*."""
    return not any(s.senses.keys() & _RELATED for s in context) and any(
        "ENT" in s.senses or not s.known for s in context
    )


_GREETING = 5
"""Words in the longest greeting."""
_FINITE = frozenset(
    {"is", "are", "was", "were", "has", "have", "seems", "keeps", "keep", "says", "said"}
)


def _states(keys: Sequence[str], context: Sequence[Segment]) -> bool:
    """Whether a clause says something by itself: *X has raised several times*."""
    verbs = any(s.senses.keys() & {"V", "RAISE"} for s in context)
    return verbs or any(k in _FINITE or k.endswith("ed") for k in keys)


def framed(context: str) -> bool:
    """Whether a context says what the answer is for or about: *for a piece on X in 2024*."""
    return _begins(" ".join(w.key for w in split(context)), words()["purposes"])


def narrowing(context: Sequence[Segment], asked: Sequence[Segment]) -> bool:
    """Whether a context holds what might narrow the answer and the question does not say."""
    told = [(t, str(s.senses[t])) for s in asked for t in (*_NARROWING, "KIND") if t in s.senses]
    for segment in context:
        for tag in _NARROWING:
            wish = tag == "MODALITY" and segment.text.endswith(" to")  # *wants to use it*
            if tag in segment.senses and not wish and (tag, str(segment.senses[tag])) not in told:
                return True
        kind = segment.senses.get("KIND")
        if kind in words()["sorts"] and ("KIND", str(kind)) not in told:
            return True
    return False
