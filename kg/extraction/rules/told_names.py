"""The names of an article in order, and how to look back among them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass

from kg.extraction.rules.antecedents import Standing
from kg.extraction.rules.fitting import is_surely_company
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node
from kg.extraction.rules.posts import Posts
from kg.extraction.rules.themes import Themes
from kg.extraction.rules.told_cases import ToldCases
from kg.extraction.rules.told_deals import ToldDeals
from kg.model import EntityKind
from kg.registry import Registry

_THINGS = frozenset({"it", "its", "they", "their"})
_OPENING = 12
"""Within so many characters of its start stands the word that a sentence goes on with."""
_SHORT_TEXT = 6
"""Sentences at most of a text in which a company may be named but once."""


@dataclass(frozen=True, slots=True)
class Place:
    """A name with the index of its sentence, whether it is the first there, how readily it is meant."""

    name: Name
    sentence: int
    first: bool
    standing: Standing = Standing.FULL


class ToldNames:
    """The names of an article in order, with what is known of each and of its sentence."""

    def __init__(
        self,
        places: Sequence[Place],
        registry: Registry,
        author: Name | None,
        title: Sequence[Name] = (),
        posts: Posts | None = None,
    ) -> None:
        self._places = tuple(places)
        self._starts = [p.name.start for p in places]
        self._heads = _heads(places)
        self._of_companies = frozenset(p.sentence for p in places if not p.name.is_person)
        self._registry = registry
        self._author = author
        self._title = tuple(title)
        self.deals = ToldDeals()
        self.cases = ToldCases()
        self.told: Mapping[str, int] = {}
        self.themes: Themes | None = None
        self.meant: dict[int, Name] = {}
        """Whom the word meant that a sentence with a fact begins with."""
        self.paragraphs: Mapping[int, int] = {}
        """The number of the paragraph of each sentence; empty where a paragraph is mostly one sentence."""
        self.touched: frozenset[int] = frozenset()
        self.governed: frozenset[int] = frozenset()
        self.aside: frozenset[int] = frozenset()
        self.compared: frozenset[int] = frozenset()
        self.anaphoric: frozenset[int] = frozenset()
        self.called: dict[int, str] = {}
        self.of_authority: frozenset[int] = frozenset()
        self.quoted: frozenset[int] = frozenset()
        self.quotations: dict[int, list[tuple[int, int]]] = {}
        self.starts: dict[int, int] = {}
        self.backers_named = -9
        self.formed = (-9, 0)
        self.owners: dict[int, Name] = {}
        self.posts = posts if posts is not None else Posts("", ())

    @property
    def theme(self) -> Name | None:
        """The company that the article is about throughout."""
        return self.themes.main if self.themes is not None else None

    @property
    def registry(self) -> Registry:
        return self._registry

    def before(self, offset: int, sentences: int, sentence: int) -> list[Place]:
        """Names before the offset, nearest first, at most so many sentences back."""
        stop = bisect_left(self._starts, offset)
        return [p for p in reversed(self._places[:stop]) if sentence - p.sentence <= sentences]

    def told_before(self, node: Node) -> list[Place]:
        """All names before the node, nearest first."""
        return list(reversed(self._places[: bisect_left(self._starts, node.start)]))

    def told_again(self, name: Name) -> bool:
        """Whether a name is told more than once, as a company's is; a short text need not."""
        if len(self.starts) <= _SHORT_TEXT:
            return True
        return sum(p.name.name == name.name for p in self._places) > 1

    def _nearest(
        self, node: Node, sentence: int, shut: set[str], fits: Callable[[Name], bool], back: int
    ) -> Name | None:
        for place in self.before(node.start, back, sentence):
            if place.name.name not in shut and fits(place.name):
                return place.name
        return None

    def _prominent(
        self,
        node: Node,
        sentence: int,
        shut: set[str],
        fits: Callable[[Name], bool],
        back: int,
        likely: Callable[[Name], bool] = lambda n: n.entity is not None,
        told_exactly: bool = False,
        heads: bool = True,
        themed: bool = True,
    ) -> Name | None:
        """The first fitting name of this sentence before the node, else of the nearest sentence before.

        A sentence that itself begins with ``the company`` or ``it`` goes on about what came
        before: its own names are not what it is about. ``heads``: a company that nobody knows is
        meant before a known one, where it heads the sentence. ``themed``: one that the article is
        about may be meant from afar.
        """
        by_standing: dict[Standing, dict[int, list[Name]]] = {s: {} for s in Standing}
        theme = self._theme_for(node, shut, fits)
        touched = self.touched if theme is not None else frozenset[int]()
        for place in self.before(node.start, back + 2, sentence):
            name = place.name
            passing = name.start in touched and name.name != (theme and theme.name)
            if fits(name) and name.name not in shut and not passing:
                by_standing[place.standing].setdefault(place.sentence, []).append(name)
        if node.lemma == "company":
            by_standing = {k: _without_funds(v) for k, v in by_standing.items()}
        by_sentence = {**by_standing[Standing.WEAK], **by_standing[Standing.FULL]}
        by_sentence = by_sentence or by_standing[Standing.AFTERWARDS]
        told_before = any(i in by_standing[Standing.FULL] for i in range(sentence - back, sentence))
        alone = told_before or node.word in ("it", "its")
        if alone and all(n.start in self.compared for n in by_sentence.get(sentence, ())):
            # "Unlike Y, Z has backed the company": not Y
            by_sentence.pop(sentence, None)
        if sentence in by_sentence and not (
            not told_exactly
            and sentence in self.anaphoric
            and node.start - self.starts.get(sentence, 0) < 40
        ):
            return self._first(by_sentence[sentence], likely, heads)
        reach = back
        begins = node.start - self.starts.get(sentence, 0) < _OPENING
        opens = node.word in ("it", "its") and begins and node.dep in ("nsubj", "nsubjpass", "poss")
        for index in range(sentence - 1, sentence - back - 3, -1):
            if sentence - index > reach:
                break
            if opens and index not in self._of_companies:
                # "Shares rose 3%. It owns": what goes between names nobody
                reach += 1
            if index in self.anaphoric:
                meant = self.meant.get(index)
                if meant is not None and fits(meant) and meant.name not in shut:
                    return meant
                reach += 1
                continue
            if index in by_sentence:
                anew = self._begins_anew(sentence, index)
                apart = self.paragraphs.get(sentence, 0) - self.paragraphs.get(index, 0)
                if theme is not None and themed and anew and apart > 1:
                    # neither in this paragraph nor in the one before
                    return theme
                return self._theme_or(by_sentence[index], theme, anew, likely, heads)
        for index in range(sentence - 1, sentence - back - 1, -1):
            if index in by_sentence and not (index in self.anaphoric and node.word in _THINGS):
                return self._theme_or(by_sentence[index], theme, False, likely, heads)
        if theme is not None and themed:
            return theme
        from_address = bool(self._title) and self._title[0].end == 0
        if sentence <= back and not (from_address and node.word in words("nouns", "pronoun")):
            return next((n for n in self._title if fits(n) and n.name not in shut), None)
        return None

    def _theme_for(
        self, node: Node, shut: Container[str], fits: Callable[[Name], bool]
    ) -> Name | None:
        """What the article is about, if the node may mean it and it was told of before."""
        if node.tag == "NNS" or node.word in ("they", "their", "them") or self.themes is None:
            return None
        found = self.themes.meant(fits, shut)
        return found if found is not None and found.start < node.start else None

    def _begins_anew(self, sentence: int, before: int) -> bool:
        """Whether a paragraph begins between two sentences."""
        return self.paragraphs.get(sentence) != self.paragraphs.get(before)

    def _theme_or(
        self,
        nearest_first: Sequence[Name],
        theme: Name | None,
        anew: bool,
        likely: Callable[[Name], bool],
        heads: bool,
    ) -> Name:
        """Of a sentence before: the theme where it stands there or a paragraph begins since, unless another heads it."""
        headed = any(n.start in self._heads and n.start not in self.governed for n in nearest_first)
        if theme is not None and not headed:
            told = any(n.name == theme.name for n in nearest_first)
            if told or anew:
                return theme
        return self._first(nearest_first, likely, heads)

    def _first(
        self, nearest_first: Sequence[Name], likely: Callable[[Name], bool], heads: bool
    ) -> Name:
        """The first of a sentence that is likely, or heads it as a company; else the first known; else the first."""
        in_order = list(reversed(nearest_first))
        known = (n for n in in_order if n.entity is not None)
        meant = (n for n in in_order if likely(n) or (heads and self._heads_sentence(n)))
        return next(meant, next(known, in_order[0]))

    def _heads_sentence(self, name: Name) -> bool:
        return name.start in self._heads and is_surely_company(name)


def _without_funds(named: dict[int, list[Name]]) -> dict[int, list[Name]]:
    """The names of each sentence but those that do nothing but invest, where there are others."""
    return {
        index: [n for n in names if n.kind is not EntityKind.INVESTOR] or names
        for index, names in named.items()
    }


def _heads(places: Sequence[Place]) -> frozenset[int]:
    """Where the first name of each sentence starts that is no place's."""
    first: dict[int, int] = {}
    for place in places:
        if not place.name.is_place:
            first.setdefault(place.sentence, place.name.start)
    return frozenset(first.values())
