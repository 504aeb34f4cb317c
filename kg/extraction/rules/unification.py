"""One name for every mention of one party in an article: short forms, surnames, initials, slips of spelling."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extraction.rules.acronyms import Authorities, stands_for
from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.language import is_word
from kg.extraction.rules.lexicon import first_names, table, words
from kg.model import EntityKind

Sentences = Sequence[tuple[Name, ...]]


def unified(read: Sentences) -> list[tuple[Name, ...]]:
    """The names of the sentences, each as the article writes it in full."""
    full = _FullNames(read)
    return [tuple(full.of(name) for name in names) for names in read]


class _FullNames:
    """The full names of an article, by their short forms."""

    def __init__(self, read: Sentences) -> None:
        names = [n for names in read for n in names]
        alone = Counter(n.name for n in names if n.entity is None and " " not in n.name)
        self._persons: dict[str, Name] = {}
        self._given: dict[str, list[Name]] = {}
        self._companies: dict[str, Name] = {}
        self._known: dict[str, Name] = {}
        self._officials: dict[str, Name] = {}
        self._spelt: dict[str, Name] = {}
        self._wares: dict[str, Name] = {}
        self._alone: dict[str, Name] = {}
        for name in names:
            if " " not in name.name and name.entity is None and name.kind is None:
                self._alone.setdefault(name.name, name)
        self._told_of = Authorities(names)
        self._namesakes = self._called_the_same(names)
        self._authorities = [n for n in names if n.kind is EntityKind.AUTHORITY and n.entity]
        for before, name in itertools.pairwise(names):
            if name.start - before.end == 2 and stands_for(name.name, before):
                # "Global Fashion Group (GFG)"
                self._companies.setdefault(name.name, before)
        for name in names:
            if name.official:
                self._officials.setdefault(name.official, name)
                self._officials.setdefault(name.official.split()[-1], name)
            if _is_person(name, alone):
                self._add_person(name)
            elif name.is_organisation and " " in name.text and not name.is_authority:
                self._add_organisation(name)
            if name.entity is not None and name.is_organisation and len(name.text) > 5:
                self._spelt.setdefault(name.text, name)

    def _called_the_same(self, names: Sequence[Name]) -> dict[str, Name]:
        """``Gemini`` after ``Gemini Trust``, where nothing but the word alone speaks of the known one."""
        found: dict[str, Name] = {}
        for full in names:
            first, _, rest = full.text.partition(" ")
            firm = full.kind in (EntityKind.ORGANISATION, EntityKind.INVESTOR)
            if full.entity is None and firm and rest in words("names", "firm_suffix"):
                known = {n.entity.id for n in names if n.entity is not None and n.text == first}
                told = [n for n in names if n.entity is not None and n.entity.id in known]
                if told and all(n.text == first and n.start > full.start for n in told):
                    found.setdefault(first, full)
        return found

    def _add_person(self, name: Name) -> None:
        parts = name.name.split()
        self._persons.setdefault(name.name, replace(name, kind=EntityKind.PERSON))
        self._persons.setdefault(parts[-1], self._persons[name.name])
        others = self._given.setdefault(parts[0], [])
        if name.name not in {o.name for o in others}:
            others.append(self._persons[name.name])

    def _add_organisation(self, name: Name) -> None:
        if name.entity is not None:
            first = name.text.split()[0]
            fund = name.kind is EntityKind.INVESTOR and len(name.text.split()) == 2
            called = not is_word(first) or _is_called(name.text)
            if (called and len(first) > 3) or (fund and len(first) > 2):
                self._known.setdefault(first, name)
            return
        parts = name.name.split()
        if not is_word(parts[0]) or _is_called(name.name):
            if self._is_wares(name, parts):
                self._wares.setdefault(name.name, self._alone[parts[0]])
            else:
                self._companies.setdefault(parts[0], name)
        for count in range(2, len(parts)):
            # "Thinking Machines" for "Thinking Machines Lab"
            if all(p in words("names", "organisation_suffix") or p == "AI" for p in parts[count:]):
                self._companies.setdefault(" ".join(parts[:count]), name)

    def _is_wares(self, name: Name, parts: Sequence[str]) -> bool:
        """``Fenwork Draft`` where Fenwork was told before: something of its, and not its full name."""
        alone = self._alone.get(parts[0])
        last = parts[-1]
        return (
            alone is not None
            and alone.start < name.start
            and name.kind is None
            and len(parts) == 2
            and last not in words("names", "organisation_suffix")
            and last not in words("names", "legal_form")
            and is_word(last)
            and parts[0] not in first_names()
        )

    def of(self, name: Name) -> Name:
        """The name in full; itself where it is in full or stands for nobody told of in full."""
        if name.kind is EntityKind.AUTHORITY and (told := self._told_of.meant(name)):
            return _as(name, told)
        if name.entity is not None and name.ambiguous and name.text in self._namesakes:
            return _as(name, self._namesakes[name.text])
        if name.entity is None and name.kind is EntityKind.AUTHORITY:
            return self._authority(name)
        if name.entity is not None or name.kind not in (None, EntityKind.PERSON):
            return name
        official = self._officials.get(name.name)
        if official is not None:
            return _as(name, official)
        if name.name in self._persons and not self._is_house(name):
            return _as(name, self._persons[name.name])
        if " " not in name.name:
            given = self._given.get(name.name, ())
            if len(given) == 1 and (given[0].entity is not None or name.name in first_names()):
                return _as(name, given[0])
            if name.name in self._known:
                return _as(name, self._known[name.name])
        if name.name in self._wares:
            return _as(name, self._wares[name.name])
        if name.name in self._companies and name.kind is None:
            return _as(name, self._companies[name.name])
        return self._respelt(name)

    def _is_house(self, name: Name) -> bool:
        """``Gauselmann, the company founded by Paul Gauselmann``: called after the person told behind it."""
        person = self._persons[name.name]
        return 0 < person.start - name.end < _NEAR and person.entity is None

    def _authority(self, name: Name) -> Name:
        """``the U.K. regulator`` where the article names one of the country: the one named last."""
        country, _, head = name.name.partition(" ")
        code = table("names")["nationality"].get(country.removesuffix("'s").removesuffix("’s"))
        if code is None or head.lower() not in ("regulator", "watchdog", "enforcer"):
            return name
        told = [a for a in self._authorities if a.entity and a.entity.country == code]
        before = [a for a in told if a.start < name.start] or told[:1]
        return _as(name, before[-1]) if before else name

    def _respelt(self, name: Name) -> Name:
        """``Anthrophic`` in an article on Anthropic: one letter more, less or other is a slip."""
        if len(name.name) < 6 or " " in name.name or name.kind is not None or is_word(name.name):
            return name
        near = [n for spelt, n in self._spelt.items() if _one_slip(name.name, spelt)]
        return _as(name, near[0]) if len({n.name for n in near}) == 1 else name


def _is_called(full: str) -> bool:
    """``Celestial AI``, ``Synthesis Health``: called by the first word alone, ordinary as it is."""
    first, *rest = full.split()
    trades = _TRADES | words("names", "firm_suffix") | words("names", "organisation_suffix")
    common = words("names", "authority_head") | words("names", "part_of_land") | _COMMON
    return len(first) > 4 and first not in common and bool(rest) and all(p in trades for p in rest)


_NEAR = 80
"""Characters, about a line, within which a founder is named behind the firm that bears the name."""
_TRADES = frozenset({"AI", "Labs", "Robotics", "Intelligence", "Technologies", "Health"})
_COMMON = frozenset(
    {"First", "General", "Global", "International", "National", "United", "Universal", "Advanced"}
    | {"Applied", "Modern", "Digital", "American", "European", "Pacific", "Founder", "Partner"}
)
"""First words of many names: none is called by them alone."""


def _is_person(name: Name, alone: Counter[str]) -> bool:
    """Whether a full name is a person's: known as one, or told by the last word alone later on, as companies are not."""
    if " " not in name.name:
        return False
    if name.is_person:
        return True
    if name.entity is not None or name.kind is not None:
        return False
    parts = name.name.split()
    last = parts[-1]
    return (
        len(parts) < 4
        and alone[last] > 0
        and not alone[parts[0]]
        and len(last) > 3
        and last[1:].islower()
        and last not in words("names", "organisation_suffix")
        and not is_word(last)
        and all(p[0].isupper() and p.isalpha() for p in parts)
    )


def _as(name: Name, full: Name) -> Name:
    """A mention of a party told in full elsewhere."""
    return replace(name, name=full.name, entity=full.entity, kind=full.kind, owner=full.owner)


def _one_slip(one: str, other: str) -> bool:
    """Whether two spellings differ by one letter more, less or other, or by two that changed places."""
    if one == other or one[0] != other[0] or abs(len(one) - len(other)) > 1:
        return False
    at = next(_differing(one, other), min(len(one), len(other)))
    if len(one) == len(other):
        swapped = one[:at] + one[at : at + 2][::-1] + one[at + 2 :]
        return one[at + 1 :] == other[at + 1 :] or swapped == other
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[:at] + longer[at + 1 :] == shorter


def _differing(one: str, other: str) -> Iterator[int]:
    return (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
