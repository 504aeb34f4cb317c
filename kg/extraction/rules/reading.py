"""One article read: sentences, names, context, parse, matches, statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extraction.rules import assemble, second_reading
from kg.extraction.rules.addresses import author_of, titled
from kg.extraction.rules.antecedents import (
    Standing,
    called,
    goes_on,
    goes_on_about_authority,
    is_ordinary,
    standings,
    told_often,
)
from kg.extraction.rules.authorities import Descriptions
from kg.extraction.rules.bare_deals import FRAME
from kg.extraction.rules.bullets import Line, owned_lines
from kg.extraction.rules.bystanders import bystanders, compared
from kg.extraction.rules.casing import Casing
from kg.extraction.rules.coreference import Context
from kg.extraction.rules.datelines import is_dateline
from kg.extraction.rules.figures import sums
from kg.extraction.rules.fitting import may_be_company
from kg.extraction.rules.frames import Frame, frames
from kg.extraction.rules.gazetteer import Gazetteer, Name
from kg.extraction.rules.later_sums import with_later_sums
from kg.extraction.rules.later_totals import with_later_totals
from kg.extraction.rules.later_values import with_later_values
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.masking import Masked, mask
from kg.extraction.rules.match import Match
from kg.extraction.rules.matching import Matcher
from kg.extraction.rules.names import find_names, is_titled
from kg.extraction.rules.parsing import Parsed, Words, parse
from kg.extraction.rules.posts import Posts
from kg.extraction.rules.prefilter import Prefilter
from kg.extraction.rules.quotations import quotations
from kg.extraction.rules.roles import Roles
from kg.extraction.rules.rounds import Rounds, with_later_rounds
from kg.extraction.rules.segmentation import spelling
from kg.extraction.rules.spaces import as_written, plain
from kg.extraction.rules.tables import Row, masked_row, row_of
from kg.extraction.rules.themes import Themes, is_governed, touched_on
from kg.extraction.rules.tokens import Piece, pieces, sentences
from kg.extraction.rules.told_deals import by_the_way
from kg.extraction.rules.told_names import Place
from kg.extraction.rules.unification import unified
from kg.model import Article, Kind, Statement
from kg.registry import Registry


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article with its pieces and names."""

    index: int
    start: int
    end: int
    pieces: tuple[Piece, ...]
    names: tuple[Name, ...]
    titled: bool
    row: Row | None = None
    owner: Name | None = None
    """Whose list the sentence is a line of."""


def read_article(
    article: Article,
    gazetteer: Gazetteer,
    name: str,
    version: str,
    prefilter: bool = True,
) -> list[Statement]:
    """The statements of an article."""
    found: list[Statement] = []
    spaced = plain(article)
    read, rounds = Reading(spaced, gazetteer), Rounds()
    for sentence, parsed, matches in read.told(prefilter):
        read.note(matches, sentence)
        told = assemble.statements(spaced, parsed, matches, gazetteer.registry, name, version)
        found += rounds.shared(told, sentence.index)
    places = [(s.start, s.end) for s in read.sentences]
    statements = with_later_rounds(found, places, spaced.published)
    statements = with_later_sums(statements, spaced.text, places)
    statements = with_later_totals(statements, spaced.text, places)
    statements = with_later_values(statements, spaced.text, places)
    return statements if spaced is article else [as_written(s, article) for s in statements]


class Reading:
    """One article being read, sentence by sentence."""

    def __init__(self, article: Article, gazetteer: Gazetteer) -> None:
        self.article = article
        self.sentences = read_sentences(article.text, gazetteer)
        title = titled(article, gazetteer)
        named = [n for s in self.sentences for n in s.names]
        told = told_often([s.names for s in self.sentences])
        themes = Themes(told, named, article.title or "")
        author = author_of(article, gazetteer, named, themes.main)
        self.context = _context(self.sentences, gazetteer, article, author, title, told, themes)
        around = [*title, *([author] if author else [])]
        # "we" outside quotations is the author, where it is known
        speaking = self.context.quoted if author is None else range(len(self.sentences))
        self._prefilter = Prefilter([s.names for s in self.sentences], around, speaking)

    def told(self, prefilter: bool) -> Iterator[tuple[Sentence, Parsed, list[Match]]]:
        """The sentences that can hold a fact, parsed, with what the frames find in them.

        One comes twice where a second reading of it finds what the first did not.
        """
        chosen = list(self._chosen(prefilter))
        again = {
            i: self._again(s)
            for i, (s, _, _, fitting) in enumerate(chosen)
            if s.row is None and second_reading.may_be(s.names, self.context.touched, fitting)
        }
        parses = parse([(found, masked) for _, masked, found, _ in chosen] + list(again.values()))
        read = list(parses)
        others = dict(zip(again, read[len(chosen) :], strict=True))
        for i, (sentence, _, _, fitting) in enumerate(chosen):
            matches = self._matches(sentence, read[i], fitting)
            yield sentence, read[i], matches
            if i in others and not second_reading.found_any(matches):
                found = self._matches(sentence, others[i], fitting)
                if firm := list(second_reading.firm(found)):
                    yield sentence, others[i], firm

    def _again(self, sentence: Sentence) -> tuple[Words, Masked]:
        masked = _masked(self.article.text, sentence, second_reading.FIRST)
        return Words(masked.text), masked

    def _matches(
        self, sentence: Sentence, parsed: Parsed, fitting: Collection[Frame]
    ) -> list[Match]:
        return Matcher(parsed, Roles(self.context, sentence.index), fitting).matches()

    def _chosen(
        self, prefilter: bool
    ) -> Iterator[tuple[Sentence, Masked, Words, Collection[Frame]]]:
        """The sentences to be parsed, rewritten, with the frames to be looked for in them."""
        for sentence in self.sentences:
            if sentence.end - sentence.start > _LONGEST:
                continue
            masked = _masked(self.article.text, sentence)
            found = Words(masked.text)
            if not prefilter:
                yield sentence, masked, found, frozenset(frames())
            elif (fitting := self._prefilter.frames(sentence.index, masked, found)) is not None:
                yield sentence, masked, found, fitting

    def note(self, matches: Sequence[Match], sentence: Sentence) -> None:
        """Remember the deals and cases told, for the sentences that go on about them."""
        note = self.context.deals.note
        if any(p.text.lower() in words("funding", "several_backers") for p in sentence.pieces):
            self.context.backers_named = sentence.index
        for match in matches:
            self._note_meant(match, sentence)
            if match.frame.name == FRAME:
                # too little said of it for "the deal" to mean it
                continue
            if match.frame.name in _FORMING:
                self.context.formed = (sentence.index, match.trigger.start)
            if match.frame.raises:
                note("raise", match.object.name, match.object.name, sentence.index)
            elif match.subject is not None and match.frame.kind in _DEALS:
                kind = match.frame.kind.value
                parties = match.subject.name, match.object.name
                note(kind, *parties, sentence.index, by_the_way(match))
            elif match.subject is not None and match.frame.kind is Kind.SCRUTINY:
                case = match.subject.name, match.object.name
                self.context.cases.note(*case, sentence.index)

    def _note_meant(self, match: Match, sentence: Sentence) -> None:
        """Remember whom ``The company`` meant that the sentence begins with, for those that go on about it."""
        if sentence.index not in self.context.anaphoric:
            return
        for party in (match.subject, match.object):
            if party is None or party.how == "name" or not may_be_company(party.name):
                continue
            if party.node.start - sentence.start < _OPENING:
                self.context.meant.setdefault(sentence.index, party.name)


_OPENING = 30
"""Within so many characters of its start stands what a sentence goes on about."""
_FORMING = frozenset({"undertaking of both", "joint venture", "venture formed with"})
_LONGEST = 1500
"""Characters of a sentence at most; longer ones are lists and tables, and never parsed."""
_DEALS = (Kind.ACQUISITION, Kind.INVESTMENT, Kind.PARTNERSHIP)


def read_sentences(text: str, gazetteer: Gazetteer) -> list[Sentence]:
    """The sentences with their names; a name's short forms stand for its full form."""
    spans = sentences(text)
    article = spelling(text)
    descriptions = _descriptions(gazetteer.registry)
    cut = [tuple(pieces(text[a:b], gazetteer.known, article, a)) for a, b in spans]
    scanned = [gazetteer.scan(text, found) for found in cut]
    headed = [is_titled(found, hits) for found, hits in zip(cut, scanned, strict=True)]
    casing = _casing(cut, headed, _surnames(hit[0] for hits in scanned for hit in hits))
    read = []
    told_of = zip(spans, cut, scanned, headed, strict=True)
    for index, ((a, b), found, hits, heading) in enumerate(told_of):
        told = bool(found) and not is_dateline(text, a, b)
        names = find_names(text, found, gazetteer, descriptions, casing, hits) if told else []
        read.append(
            Sentence(
                index,
                a,
                b,
                found,
                tuple(names),
                heading,
                row_of(text, a, b),
            )
        )
    whole = unified([s.names for s in read])
    named = [replace(s, names=names) for s, names in zip(read, whole, strict=True)]
    owned = owned_lines(text, [Line(s.start, s.end, s.names) for s in named])
    for index, line in owned.items():
        named[index] = replace(named[index], row=line.row, owner=line.owner)
    return named


@lru_cache(maxsize=4)
def _descriptions(registry: Registry) -> Descriptions:
    return Descriptions(registry)


def _masked(text: str, sentence: Sentence, first: int = 0) -> Masked:
    figures = sums(text, sentence.start, sentence.end)
    names = [
        n
        for n in sentence.names
        if (n.entity is not None and text[n.end : n.end + 1] != "$")
        or not any(m.start < n.end and n.start < m.end for m in figures)
    ]
    figures = [m for m in figures if not any(n.start < m.end and m.start < n.end for n in names)]
    if sentence.row is not None:
        span = (sentence.start, sentence.end)
        return masked_row(text, sentence.row, span, sentence.pieces, names, figures)
    span = (sentence.start, sentence.end)
    return mask(text, *span, sentence.pieces, names, figures, sentence.titled, first)


def _surnames(known: Iterable[Name]) -> Iterator[str]:
    """Of persons whom the registry knows and the article names in full."""
    return (n.text.split()[-1] for n in known if n.is_person and " " in n.text)


def _casing(
    cut: Sequence[Sequence[Piece]], headed: Sequence[bool], surnames: Iterable[str]
) -> Casing:
    lower: set[str] = set()
    named: set[str] = set(surnames)
    for found, heading in zip(cut, headed, strict=True):
        ordinary = [p for p in found if p.text.isalpha() and len(p.text) > 3]
        titled = heading or (
            len(ordinary) > 2 and sum(p.text[0].isupper() for p in ordinary) > 0.7 * len(ordinary)
        )
        for position, piece in enumerate(found):
            if piece.text.islower():
                lower.add(piece.text)
            elif (
                position > 1
                and not titled
                and piece.text[0].isupper()
                and found[position - 1].text not in (".", ":", "“", '"', "‘", "-", "•")
            ):
                named.add(piece.text)
    return Casing(frozenset(lower), frozenset(n for n in named if n.lower() not in lower))


def _context(
    read: Sequence[Sentence],
    gazetteer: Gazetteer,
    article: Article,
    author: Name | None,
    title: Sequence[Name],
    told: Counter[str],
    themes: Themes,
) -> Context:
    aside = frozenset[int]().union(*(bystanders(article.text, s.start, s.names) for s in read))
    places = [
        Place(name, sentence.index, position == 0, how)
        for sentence in read
        for position, (name, how) in enumerate(
            zip(
                sentence.names,
                standings(article.text, sentence.names, sentence.start, told, aside),
                strict=True,
            )
        )
        if not is_ordinary(article.text, name, sentence.start, told)
    ]
    posts = Posts(article.text, [(s.start, s.end, s.names) for s in read])
    context = Context(places, gazetteer.registry, author, title, posts)
    context.owners = {s.index: s.owner for s in read if s.owner is not None}
    context.told = told
    context.aside = aside
    context.themes = themes
    # "A spokesman for X declined to comment. The company, which ...": X
    alone = {s.names[0].start for s in read if len(s.names) == 1}
    weak = (
        p.name.start
        for p in places
        if p.standing is not Standing.FULL and not (p.name.start in aside and p.name.start in alone)
    )
    passing = _touched_on(article.text, read, themes.titled)
    context.touched = frozenset(passing).union(weak)
    context.governed = frozenset(
        n.start for s in read for n in s.names[:2] if is_governed(article.text, s.start, n)
    )
    context.paragraphs = _paragraphs(article.text, read)
    context.compared = frozenset(
        n.start
        for s in read
        for n in s.names
        if n.start in aside and compared(article.text, s.start, n)
    )
    context.anaphoric = frozenset(s.index for s in read if goes_on(s.pieces, s.names))
    context.called = {s.index: noun for s in read if (noun := called(s.pieces, s.names))}
    context.of_authority = frozenset(
        s.index for s in read if goes_on_about_authority(s.pieces, s.names)
    )
    context.quoted = frozenset(
        s.index for s in read if any(p.text in ("“", "”", '"') for p in s.pieces)
    )
    context.starts = {s.index: s.start for s in read}
    context.quotations = {
        s.index: quotations(article.text, s.start, s.end) for s in read if s.index in context.quoted
    }
    return context


def _touched_on(text: str, read: Sequence[Sentence], titled: Container[str]) -> Iterator[int]:
    """Where the names start that their sentences only touch on."""
    seen: set[str] = set()
    for sentence in read:
        names = touched_on(text, sentence.start, sentence.names, seen, titled)
        yield from (name.start for name in names)
        seen.update(n.name for n in sentence.names)


def _paragraphs(text: str, read: Sequence[Sentence]) -> dict[int, int]:
    """The number of the paragraph of each sentence; none where a paragraph is mostly one sentence."""
    found: dict[int, int] = {}
    number = last = 0
    for sentence in read:
        number += bool(found) and "\n" in text[last : sentence.start]
        found[sentence.index], last = number, sentence.end
    return found if len(found) >= _SEVERAL_EACH * (number + 1) else {}


_SEVERAL_EACH = 1.8
"""Sentences to a paragraph at least, so that a new paragraph says something."""
