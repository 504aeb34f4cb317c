"""Whom an article goes on about: who raised, whom several back, whose post it is, who was told first."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extraction.rules.antecedents import Standing
from kg.extraction.rules.descriptions import acting
from kg.extraction.rules.fitting import is_startup, may_be_company
from kg.extraction.rules.gazetteer import Name, publishes
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node
from kg.extraction.rules.told_names import ToldNames
from kg.model import EntityKind

_NEAR_THE_START = 18
_REACH_OF_ROUND = 3
_BETWEEN_LISTED = len(", and ")
_OFTEN = 2


class Topics(ToldNames):
    """What a sentence leaves unsaid, from those told before it."""

    def _is_topic(self, name: Name) -> bool:
        """Whether a name is told so often, or again and at the head of a sentence, that the text is about it."""
        told = self.told.get(name.name, 0)
        begins = any(0 <= name.start - start < 5 for start in self.starts.values())
        human = name.kind is None and name.entity is None and " " in name.name
        again = told == _OFTEN and begins and not human
        return told > _OFTEN or again or self.deals.has_raised(name)

    def _other_of_the_title(self, avoid: Sequence[Name]) -> Name | None:
        """Of two companies in the title, the one that is not the party at the other end."""
        taken = {n.name for n in avoid}
        titled = {n.name: n for n in self._title if may_be_company(n)}
        others = [n for key, n in titled.items() if key not in taken]
        return others[0] if len(others) == 1 and len(titled) == 2 else None

    def author(self, sentence: int) -> Name | None:
        """Whose own post the article is; None within a quotation."""
        return None if sentence in self.quoted else self._author

    def raiser(self, sentence: int, reach: int = 4, titled: bool = True) -> Name | None:
        """The company whose raise was told last; else, if ``titled`` and none was, the first of the title."""
        if self.deals.tells_a_raise() or not titled:
            return self.deals.raiser(sentence, reach)
        titles = (n for n in self._title if may_be_company(n) and self.told.get(n.name))
        told = self.deals.raiser(sentence, reach) or self.deals.sole_investee()
        return told or next(titles, None)

    def backed(self, sentence: int) -> Name | None:
        """Whose backers "they" are, where the sentence before spoke of several: "... and angels. They include"."""
        if sentence - self.backers_named != 1:
            return None
        return self.raiser(sentence, titled=False)

    def topic(self, node: Node, sentence: int, avoid: Sequence[Name] = ()) -> Name | None:
        """The company told of before a list of its backers: the one that raised money last, else the last named."""
        backed = self.deals.backed()
        near = self.deals.backed_since(sentence - 2) and not self._begins_anew(
            sentence, sentence - 1
        )
        if not near and self.theme is not None and self.deals.is_backed(self.theme):
            # whom else its backers back is told in passing
            return self.theme
        if backed is not None:
            return backed
        shut = {n.name for n in avoid}
        found = self._prominent(node, sentence, set(), _may_be_backed, 2)
        said = node.dep == "attr" or (node.head is not None and node.head.word == "as")
        if found is not None and found.name in shut and (node.tag == "NNS" or said):
            # "A and B are among the backers", "A is an investor": of whom the sentences before told, and no giant
            found = self._prominent(node, sentence, shut, _may_be_backed_as_startup, 2)
        where, start = self.formed
        if found is not None and sentence - where <= 2 and found.start < start:
            # "A and B formed a company. Its backers include": it, whatever it is called
            return None
        return found

    def young(self, node: Node, avoid: Sequence[Name], sentence: int) -> Name | None:
        """Of whom an article goes on about that told of no raise: whose ``the Series B`` may be."""
        if self.deals.tells_a_raise():
            return None
        shut = {n.name for n in avoid}
        near = self.before(self.starts.get(sentence, node.start), _REACH_OF_ROUND, sentence)
        first = {p.sentence: p for p in near if may_be_company(p.name)}
        told = [
            p
            for p in near
            if p.standing is Standing.FULL and p.name.name not in shut and self._may_raise(p.name)
        ]
        again = (p.name for p in told if self.told.get(p.name.name, 0) > 1)
        begins = (p.name for p in told if p in first.values() and p.name.entity is not None)
        return next(again, None) or next(begins, None)

    def _may_raise(self, name: Name) -> bool:
        often = self.told.get(name.name, 0) > _OFTEN
        giant = name.entity is not None and name.entity.id in words("references", "giant")
        fund = name.kind is EntityKind.SOVEREIGN_FUND
        return _may_be_backed_as_startup(name) or (
            often and _may_be_backed(name) and not giant and not fund
        )

    def spoken_of(self, node: Node, sentence: int) -> Name | None:
        """The company with whose name the sentence before began; None where no company's stands there."""
        told = [p for p in self.before(node.start, 1, sentence) if p.sentence == sentence - 1]
        begins = [
            p.name
            for p in told
            if p.first
            and p.name.start - self.starts.get(p.sentence, 0) < _NEAR_THE_START
            and p.name.kind is not None
            and may_be_company(p.name)
            and not publishes(p.name)
        ]
        return begins[-1] if begins else None

    def pair(self, node: Node, sentence: int) -> list[Name]:
        """Whom ``both companies`` means: the two organisations told last, in order.

        ``the companies`` are two of one sentence, ``both companies`` may be told one after the other.
        """
        names: list[Name] = []
        doing = acting(node)
        both = any(c.word == "both" for c in (node, *node.children))
        for back in range(4):
            for place in self.before(node.start, back, sentence):
                name = place.name
                if (
                    place.sentence == sentence - back
                    and may_be_company(name)
                    and not publishes(name)
                    and name.name not in {n.name for n in names} | doing
                ):
                    names.append(name)
            if len(names) == 2 or (len(names) > 2 and back == 0):
                return list(reversed(names))[:2]
            if names and not (both and len(names) == 1 and back < _REACH_OF_ROUND):
                break
        return []

    def listed_first(self, sentence: int) -> list[Name]:
        """Whom ``they`` means after a sentence that begins with two or more organisations: ``A, B and C own``."""
        start = self.starts.get(sentence, 0)
        told = [p for p in reversed(self.before(start, 1, sentence)) if p.sentence == sentence - 1]
        names = [p.name for p in told]
        if not names or names[0].start - self.starts.get(sentence - 1, 0) > _NEAR_THE_START:
            return []
        row = names[:1]
        for name in names[1:]:
            if name.start - row[-1].end > _BETWEEN_LISTED:
                break
            row.append(name)
        companies = all(may_be_company(n) and not publishes(n) for n in row)
        return row if len(row) > 1 and companies else []


def _may_be_backed(name: Name) -> bool:
    return may_be_company(name) and not publishes(name) and name.kind is not EntityKind.INVESTOR


def _may_be_backed_as_startup(name: Name) -> bool:
    return _may_be_backed(name) and (name.entity is None or is_startup(name.entity))
