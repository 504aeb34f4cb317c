"""A question as words, each with its place in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

_WORD = re.compile(
    r"(?P<iso>\d{4}-\d{2}(?:-\d{2})?(?!\d))"
    r"|(?P<money>(?:[A-Z]{1,3})?[$€£¥]\s?\d+(?:,\d+)*(?:\.\d+)?\s?(?:[kmbt]n?|mio|thousand|million|billion|trillion)?\b)"
    r"|(?P<number>\d+(?:,\d+)*(?:\.\d+)?(?:[kmbt]n?|%)?\+?(?![\w-]))"
    r"|(?P<word>\w+(?:[.&+'’:-]+\w+)*\+*)"
    r"|(?P<arrow>-+>|=>|→)"
    r"|(?P<sign>[<>]=?|[≤≥])"
    r"|(?P<other>[,;/–—&+-])",
    re.IGNORECASE,
)
_COMPOUND = re.compile(
    r"(?P<name>\w.*)-(?P<deed>backed|funded|financed|owned|distributed|based)", re.IGNORECASE
)
"""*Nvidia-backed*: by whom, and what was done."""
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$", re.IGNORECASE)
_CONTRACTED = frozenset(
    {
        "who's",
        "what's",
        "where's",
        "when's",
        "how's",
        "that's",
        "there's",
        "it's",
        "let's",
        "which's",
    }
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word: ``text`` as written, ``key`` evened out; ``start:end`` in the question."""

    text: str
    key: str
    start: int
    end: int
    sort: str

    @property
    def capital(self) -> bool:
        return any(c.isupper() for c in self.text)


def even(text: str) -> str:
    """Lower case, no accents, straight apostrophes."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def courtesies(words: Sequence[Word], polite: frozenset[str], opening: frozenset[str]) -> int:
    """How many words at the beginning only ask to be told: *would you be so kind as to tell me*.

    The words must all be ``polite``, and a word of ``opening`` follow, perhaps after a preposition.
    """
    end = 0
    while end < len(words) and (words[end].key in polite or words[end].key == ","):
        end += 1
    for at in range(end, 0, -1):
        following = [w.key for w in words[at : at + 2]]
        if following and following[0] in WHETHER:
            return at
        if at < _COURTEOUS:
            continue
        if following and following[0] in opening:
            return at
        if len(following) > 1 and following[0] in _BEFORE and following[1] in opening:
            return at
    return 0


def closing(words: Sequence[Word], phrases: Collection[str]) -> int:
    """How many words at the end only thank, or say how to answer: *yes or no*, *thanks in advance*."""
    end = 0
    while end < len(words):
        left = words[: len(words) - end]
        if left[-1].key == ",":
            end += 1
            continue
        length = next(
            (n for n in range(5, 0, -1) if " ".join(w.key for w in left[-n:]) in phrases), 0
        )
        if not length or length == len(left):
            break
        end += length
    return end


WHETHER = frozenset({"whether", "if"})
"""Words that open what is to be answered by yes or no."""
_COURTEOUS = 3
"""Fewer words than these at the beginning are a request of their own: *show me which ...*."""
_BEFORE = frozenset({"in", "into", "by", "to", "from", "on", "with", "at", "for", "of", "against"})


def split(question: str) -> list[Word]:
    """The words of a question; a possessive ending becomes a word ``'s`` of its own."""
    words: list[Word] = []
    for match in _WORD.finditer(question):
        sort = match.lastgroup or "word"
        text, start = match[0], match.start()
        key = even(text)
        if sort == "arrow":
            key = "to"
        elif sort == "other":
            key = "and" if text in "&+" else ","
            if text in "–—-/":
                key = "-"
        elif sort == "word" and (compound := _COMPOUND.fullmatch(text)) and text[0].isupper():
            for part in ("name", "deed"):
                one, at = compound[part], start + compound.start(part)
                words.append(Word(one, even(one), at, at + len(one), sort))
            continue
        elif sort == "word" and key not in _CONTRACTED:
            found = _POSSESSIVE.search(text)
            follows = question[match.end() : match.end() + 1] in ("'", "’")
            if found and found.start():
                stem = text[: found.start()]
                words.append(Word(stem, even(stem), start, start + len(stem), sort))
                words.append(Word(found[0], "'s", start + len(stem), match.end(), "possessive"))
                continue
            if follows and key.endswith("s"):
                words.append(Word(text, key, start, match.end(), sort))
                words.append(Word("'", "'s", match.end(), match.end() + 1, "possessive"))
                continue
        words.append(Word(text, key, start, match.end(), sort))
    return words
