"""Words run together where a link was cut out of a page, told apart again.

``its·acquisition·of·ABB`` arrives as one word, and so does ``The·Claude``. A word that is
neither in the dictionary nor a known name is cut if all its parts are words or names, one
of them a function word or such as stands beside names. Names with capitals of their own
(``DeepMind``, ``AppDirect``, ``xAI``) stay whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.extraction.rules.language import FUNCTION_WORDS, is_word
from kg.extraction.rules.lexicon import table, words

Known = Callable[[str], bool]
"""Whether a word is (the start of) a name, written as names are."""

_SHORTEST, _LONGEST = 4, 60
_INNER = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ACRONYM = re.compile(r"[A-Z]{2,6}(?=[a-z]|$)")


_FIGURE = re.compile(r"([a-z]{2,})(?=\d)")
_CAPITALISED = re.compile(r"(?<![^\W_])[A-Z][A-Za-z]{3,}(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Spelling:
    """The words that an article writes with a capital, and those of them it writes thrice: no slips of a page."""

    names: frozenset[str] = frozenset()
    often: frozenset[str] = frozenset()


NO_SPELLING = Spelling()


def spelling(text: str) -> Spelling:
    """How an article spells its names."""
    counted = Counter(_CAPITALISED.findall(text))
    return Spelling(frozenset(counted), frozenset(w for w, n in counted.items() if n > 2))


@lru_cache(maxsize=1)
def _joining() -> frozenset[str]:
    """Function words that stand beside links and make no compounds."""
    return frozenset(w for w in FUNCTION_WORDS if w not in words("glue", "particles"))


@lru_cache(maxsize=65536)
def cuts(word: str, known: Known) -> tuple[int, ...]:
    """Where to cut a word run together with others; empty where it is one word or name."""
    if not _SHORTEST <= len(word) <= _LONGEST or known(word) or is_word(word):
        return ()
    if not word.isalpha():
        # "than250": no name ends so
        figure = _FIGURE.match(word)
        return (figure.end(),) if figure and figure.group(1) in _joining() else ()
    if word[0].islower() and known(word[0].upper() + word[1:]):
        return ()
    best = _cheapest(word, known)
    return best if best is not None else ()


def cuts_by_article(word: str, article: Spelling) -> tuple[int, ...]:
    """``Mellanoxfor``: a word of the article's own names, and a function word."""
    if not article.names or word[1:].isupper():
        return ()
    for length in range(2, min(len(word) - 4, 8)):
        name = word[:-length]
        sure = length > 2 or (len(name) > 4 and not is_word(name))
        if sure and word[-length:] in _joining() and name in article.names:
            return () if is_word(word) else (len(word) - length,)
    return ()


_Path = tuple[float, tuple[int, ...], tuple[str, ...]]
"""Cost, ends of the parts, their sorts."""


def _cheapest(word: str, known: Known) -> tuple[int, ...] | None:
    paths: dict[int, dict[str, _Path]] = {0: {"": (0.0, (), ())}}
    for start in range(len(word)):
        for last, (cost, ends, sorts) in list(paths.get(start, {}).items()):
            for end, sort, price in _parts(word, start, known):
                if not _beside(last, sort, end - start) and not (
                    sort == "article" and end == len(word) > 7
                ):
                    continue
                here: _Path = (cost + price, (*ends, end), (*sorts, sort))
                there = paths.setdefault(end, {})
                if sort not in there or here[0] < there[sort][0]:
                    there[sort] = here
    whole = [p for p in paths.get(len(word), {}).values() if len(p[1]) > 1 and _sure(word, p)]
    return min(whole)[1][:-1] if whole else None


def _parts(word: str, start: int, known: Known) -> Iterator[tuple[int, str, float]]:
    """The words and names that may begin at ``start``: end, sort, cost."""
    if word[start].islower():
        for end in range(start + 1, len(word) + 1):
            part = word[start:end]
            if not part.islower():
                if known(part) and len(part) > 2:
                    yield end, "name", 0.8
                continue
            if part == "a":
                yield end, "article", 1.6 if start else 1.2
            elif len(part) == 1:
                continue
            elif part in _joining():
                yield end, "joint", _JOINT_COST.get(part, 1.0 if len(part) == 2 else 0.8)
            elif part in words("glue", "before_name") and end < len(word) and word[end].isupper():
                yield end, "before", 1.0
            elif part in FUNCTION_WORDS or part in words("glue", "short"):
                yield end, "word", 1.6
            elif len(part) > 3 and is_word(part):
                yield end, "word", 1.2 + 0.25 * max(0, 6 - len(part))
            if part in words("glue", "after_name"):
                yield end, "after", 1.1
        return
    if start and not _INNER.match(word, start):
        return
    for end in range(start + 2, len(word) + 1):
        part = word[start:end]
        if known(part) and (len(part) > 3 or (start and len(part) > 2) or part.isupper()):
            yield end, "plain name" if not start and is_word(part) else "name", 0.8
        if part.lower() in FUNCTION_WORDS and part[1:].islower():
            yield end, "capital", 1.0
        elif len(part) > 3 and part[1:].islower() and _joined_on(word, end) and is_word(part):
            yield end, "title", 1.5
    acronym = _ACRONYM.match(word, start)
    if acronym is not None:
        yield acronym.end(), "acronym", 1.3
    if start:
        yield len(word), "unknown", 2.0


def _joined_on(word: str, end: int) -> bool:
    """``StudioandVertex``: whether a joining word and a capital follow."""
    return any(
        word.startswith(w, end) and word[end + len(w) : end + len(w) + 1].isupper()
        for w in ("and", "for", "from", "with", "has", "was")
    )


_DOERS = frozenset(
    {"it", "he", "she", "we", "they", "you", "this", "that", "there", "these", "who"}
)
_DONE = frozenset({"is", "was", "has", "are", "were", "have", "had", "will", "would", "can", "may"})
_DETERMINERS = frozenset(
    {"the", "this", "that", "these", "it", "its", "their", "his", "her", "our"}
)
_JOINT_COST = {"are": 1.3}
"""``arecent`` is rather ``a recent`` than ``are cent``."""
_NAMES = frozenset({"name", "plain name", "acronym", "title", "unknown"})


def _beside(last: str, sort: str, length: int) -> bool:
    """Whether a part may follow another."""
    if last == "plain name":
        # Public+is, Venture+be+at: a word that begins some name, and a short one that ends another
        return sort == "joint" and length > 2
    if sort == "after":
        return last == "name"
    if sort == "article":
        return last in ("", "joint")
    if sort == "unknown":
        return last == "joint" or (last == "article" and length > 3)
    if last == "before":
        return sort == "name"
    if last == "capital":
        return sort in ("name", "joint")
    if sort == "capital":
        return last in ("", "word", "name")
    if last in _NAMES:
        return sort in ("joint", "article", "capital")
    return True


def _sure(word: str, path: _Path) -> bool:
    """Whether the parts say that words were run together: function words do, two nouns do not."""
    _, ends, sorts = path
    parts = [word[a:b] for a, b in zip((0, *ends), ends, strict=False)]
    if word.islower():
        if len(word) < 5 or "joint" not in sorts:
            # "aknown", "hasa": an article is sure only beside a word of some length
            long = max(len(p) for p in parts)
            return sorts.count("article") == 1 and sorts[0] == "article" and long > 6
        content = [p for p, s in zip(parts, sorts, strict=True) if s != "joint"]
        return all(len(p) > 3 or len(sorts) > 2 for p in content) and (len(word) > 6 or not content)
    if all(len(p) < 3 for p in parts):
        # "Orbeon"
        return False
    if sorts == ("name", "joint") and len(parts[0]) < 5 and len(parts[1]) < 3:
        # "API in", but not Arm+is, Brex+it
        return parts[0].isupper()
    if sorts == ("capital", "joint"):
        # "Itis", "Inthe", but not Orvia: a name may be any two short words
        first, second = parts[0].lower(), parts[1]
        return second in (_DONE if first in _DOERS else _DETERMINERS)
    if "joint" in sorts or "before" in sorts or "after" in sorts:
        return True
    if sorts[0] == "capital":
        model = parts[1] in table("names")["model_family"]
        return sorts[1] == "name" and (model or not is_word(parts[1]))
    if sorts[0] == "article":
        return sorts[1] == "name"
    byline = sorts == ("name", "capital") and parts[1] in ("The", "By")
    return byline or ("word" in sorts and ("name" in sorts or "capital" in sorts))
