"""Lemma, tag and part of speech of parsed words, asked of the model once for each sort of word.

The model's rules say of most words what hangs on the word, its tag and its dependency alone, so
that they need not be matched on every sentence. Only where a phrase of several words may begin
(``there is``, ``let's``) is a sentence left to the model as it is.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from kg.extraction.rules.frames import by_trigger
from kg.extraction.rules.language import is_verb, model, possible_lemmas

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

RULES = ("attribute_ruler", "lemmatizer")
"""The model's components whose work is done here."""
_MOST = 200_000
"""Sorts of words that are remembered."""

Sort = bytes
"""A word, its tag and its dependency: three numbers of the model's, as they stand in memory."""


@dataclass(frozen=True, slots=True)
class Form:
    """What the model says of a word; the lemma in lower case."""

    text: str
    lemma: str
    tag: str
    pos: str
    dep: str
    space: bool


def forms(docs: Sequence[Doc]) -> list[list[Form]]:
    """The forms of the words of each sentence; the sentences are tagged and parsed."""
    return _forms().of(docs)


@lru_cache(maxsize=1)
def _forms() -> _Forms:
    return _Forms()


class _Forms:
    def __init__(self) -> None:
        from spacy.matcher import Matcher

        self._rules = [model().get_pipe(name) for name in RULES]
        self._phrases = Matcher(model().vocab)
        ruler: Any = self._rules[0]
        for pattern in (p for rule in ruler.patterns for p in rule["patterns"] if len(p) > 1):
            self._phrases.add("begins a phrase", [pattern[:1]])
        self._seen: dict[Sort, Form | None] = {}

    def of(self, docs: Sequence[Doc]) -> list[list[Form]]:
        seen = self._seen
        if len(seen) > _MOST:
            seen.clear()
        sorts = [_sorts(doc) for doc in docs]
        if new := {sort for each in sorts for sort in each if sort not in seen}:
            self._learn(sorted(new))
        found = []
        for doc, each in zip(docs, sorts, strict=True):
            told = [form for sort in each if (form := seen[sort]) is not None]
            found.append(told if len(told) == len(each) else list(map(_of, self._ruled(doc))))
        return found

    def _learn(self, new: Sequence[Sort]) -> None:
        row = _in_a_row(new)
        begins = {at for _, at, _ in self._phrases(row)}
        self._seen.update((new[at], None) for at in begins)
        alone = [sort for at, sort in enumerate(new) if at not in begins]
        told = self._ruled(_in_a_row(alone) if begins else row)
        self._seen.update(zip(alone, map(_of, told), strict=True))

    def _ruled(self, doc: Doc) -> Doc:
        for rules in self._rules:
            doc = rules(doc)
        return doc


def _sorts(doc: Doc) -> list[Sort]:
    """The sort of each word."""
    told: Any = doc.to_array(["ORTH", "TAG", "DEP"])
    sorts: list[Sort] = told.view("V24").ravel().tolist() if len(doc) else []
    return sorts


def _in_a_row(sorts: Sequence[Sort]) -> Doc:
    """The words in a row, none of them the head of another."""
    from spacy.tokens import Doc

    text = model().vocab.strings.as_string
    numbers = (struct.unpack("3Q", sort) for sort in sorts)
    columns = ([text(number) for number in column] for column in zip(*numbers, strict=True))
    words, tags, deps = columns if sorts else ([], [], [])
    return Doc(model().vocab, words=words, tags=tags, deps=deps, heads=list(range(len(words))))


def _of(token: Token) -> Form:
    mended = lemma(token.lemma_.lower(), token.tag_, token.text)
    return Form(token.text, mended, token.tag_, token.pos_, token.dep_, token.is_space)


SLIPS = {
    "fin": "fine",
    "ax": "axe",
    "colead": "lead",
    "invested": "invest",
    "partnere": "partner",
    "preloade": "preload",
    "greenlighte": "greenlight",
    "hop": "hope",
}


def lemma(given: str, tag: str, word: str = "") -> str:
    """The model's lemma, where it is no slip such as ``fined`` -> ``fin``.

    Of verbs that the model does not know it makes up one: ``reinvested`` -> ``reinveste``; a verb of
    the frames is taken instead.
    """
    if not tag.startswith("VB"):
        return "tax" if given == "taxis" else given
    given = SLIPS.get(given, given)
    if word and not is_verb(given):
        told = {v for v in possible_lemmas(word) & _told_by_frames() if v[:3] == given[:3]}
        if len(told) == 1:
            return told.pop()
    return given


@lru_cache(maxsize=1)
def _told_by_frames() -> frozenset[str]:
    return frozenset(lemma for part, lemma in by_trigger() if part == "verb")
