"""What an article's title and address tell: who is in its headline, whose own post it is.

Papers write the headline into the address of an article, so that a piece that comes without
its title still tells what *the company* in it may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from kg.extraction.rules.fitting import may_be_company
from kg.extraction.rules.gazetteer import Gazetteer, Name
from kg.extraction.rules.tokens import pieces
from kg.model import Article, EntityKind
from kg.names import fold
from kg.registry import Registry

_WARES = (EntityKind.MODEL, EntityKind.PRODUCT, EntityKind.PLATFORM)
_FEWEST_WORDS = 4
"""Words of an address that make a headline; fewer are a section or a product's page."""
_LONGEST_NAME = 4


def titled(article: Article, gazetteer: Gazetteer) -> list[Name]:
    """The names of the title; where there is none, of the headline in the address."""
    if article.title:
        found = pieces(article.title, gazetteer.known)
        return [n for n, _, _ in gazetteer.scan(article.title, found)]
    return list(_of_headline(_headline(_address(article)), gazetteer.registry))


def _address(article: Article) -> str:
    return article.url or (article.source if "://" in article.source else "")


def _headline(address: str) -> list[str]:
    """The words of the longest part of the path."""
    path = urlsplit(address).path
    parts = [re.sub(r"\.\w+$", "", part) for part in path.split("/")]
    words = [re.split(r"[-_+]", part) for part in parts]
    longest = max(words, key=len)
    return [w for w in longest if w] if len(longest) >= _FEWEST_WORDS else []


def _of_headline(headline: list[str], registry: Registry) -> Iterator[Name]:
    at = 0
    while at < len(headline):
        for size in range(min(_LONGEST_NAME, len(headline) - at), 0, -1):
            said = " ".join(headline[at : at + size])
            known = registry.lookup(said)
            if len(known) == 1 and not registry.is_ambiguous(said, known[0].id):
                yield Name(known[0].name, 0, 0, known[0].name, known[0], known[0].kind)
                at += size
                break
        else:
            at += 1


_MEDIA = frozenset(
    [
        "cnbc",
        "bloomberg",
        "reuters",
        "techcrunch",
        "theverge",
        "nytimes",
        "wsj",
        "ft",
        "cnn",
        "bbc",
        "forbes",
        "fortune",
        "wired",
        "axios",
        "theregister",
        "theguardian",
        "time",
        "qz",
        "slate",
        "theatlantic",
        "rollingstone",
        "gizmodo",
        "arstechnica",
        "cnet",
        "nasdaq",
        "reason",
        "engadget",
        "zdnet",
        "venturebeat",
        "medium",
        "substack",
        "github",
        "youtube",
        "reddit",
        "linkedin",
        "yahoo",
        "msn",
    ]
)


_GENERAL = frozenset(
    [
        "www",
        "blog",
        "blogs",
        "news",
        "about",
        "press",
        "ai",
        "newsroom",
        "deepmind",
        "cloud",
        "co",
        "com",
        "org",
        "net",
        "io",
        "uk",
        "fr",
        "de",
        "eu",
        "us",
        "in",
    ]
)
"""Parts of a host that name nobody."""
_AT_OURS = re.compile(r"\b(?:[Aa]t|[Ww]e at) $")
_OURS = re.compile(r",? (?:we|our)\b")


def author_of(
    article: Article, gazetteer: Gazetteer, names: Sequence[Name], about: Name | None
) -> Name | None:
    """Whose "we" it is in a company's own post: the company whose name the address bears.

    ``names`` are those of the text, ``about`` is what it is about: a company that nobody knows is
    the author where the address bears its name, and any that says ``At X, we``. A paper that
    names itself is not what its pieces are about.
    """
    labels = [part for part in _host(article).split(".") if part and part not in _GENERAL]
    if any(label in _MEDIA for label in labels):
        return None
    for label in reversed(labels):
        for candidate in gazetteer.registry.lookup(label.replace("-", " ")):
            if candidate.kind not in _WARES:
                return Name(candidate.name, 0, 0, candidate.name, candidate, candidate.kind)
    if about is not None and any(_joined(about.text) == _joined(label) for label in labels):
        return replace(about, start=0, end=0)
    for name in names:
        if not may_be_company(name):
            continue
        before = article.text[max(0, name.start - 6) : name.start]
        if _OURS.match(article.text, name.end) and _AT_OURS.search(before):
            return replace(name, start=0, end=0)
    return None


def _joined(name: str) -> str:
    return fold(name).replace(" ", "").replace("-", "")


def _host(article: Article) -> str:
    return _address(article).split("://")[-1].split("/")[0].lower()
