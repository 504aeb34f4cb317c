"""What an article is about throughout, and which names of a sentence it only touches on.

A piece about one company names others in passing (*products from X and Y*, *engineers who left
Z*); *the company* after such a sentence is still the one it is about. A company that heads a
sentence takes over for the next ones, and so does one that is introduced at its end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence

from kg.extraction.rules.fitting import may_be_company
from kg.extraction.rules.gazetteer import Name, publishes
from kg.extraction.rules.lexicon import words

_OFTEN = 3
"""In how many sentences a name is told at least."""
_LEAD = 2
"""How many times as often as the next name it is told, where no title has it."""
_CLAUSE = re.compile(r"[,;:—–“\"‘(]\s*|\s-\s|^")
_GOVERNED = re.compile(
    r"\b(?:of|in|on|at|with|by|for|to|into|over|via|through|using|about|between)\s", re.IGNORECASE
)
_LIKENED = re.compile(
    r"\b(?:from|as|like|than|against|including|among|unlike|rivals?|competitors?)\s[^,]*$",
    re.IGNORECASE,
)
"""What does not introduce anybody: ``chips from X``, ``rivals such as X``."""
_SPEAKING = re.compile(
    r"\b(?:spokes(?:man|woman|person)|representative|chief|CEO|executive|president|chair(?:man|woman)?|founders?|co-?founders?"
    r"|head|director|boss|manager|lawyer)\s(?:\w+\s){0,3}(?:of|for|at)\s(?:the\s)?$",
    re.IGNORECASE,
)
"""Who speaks or acts for the name after it: ``a spokesman for X``."""
_BESIDE = re.compile(r",?\s(?:and|or|&)\s(?:the\s)?|,\s(?:the\s)?")


class Themes:
    """The companies of an article by how often it tells of them."""

    def __init__(self, told: Mapping[str, int], names: Sequence[Name], title: str) -> None:
        """``names`` are those of the article in order, ``told`` says in how many sentences each stands."""
        texts = {n.text for n in names if n.text in title}
        said = {text for text in texts if re.search(rf"\b{re.escape(text)}\b", title)}
        self.titled = frozenset(n.name for n in names if n.text in said)
        """The names that stand in the title, in whatever form the text has them."""
        surnames = {n.name.split()[-1] for n in names if " " in n.name and n.entity is None}
        firms: dict[str, Name] = {}
        for name in names:
            if (
                name.name not in firms
                and name.name not in surnames
                and may_be_company(name)
                and not publishes(name)
            ):
                firms[name.name] = name
        self._told = told
        self._counted = sorted(firms.values(), key=lambda n: -told.get(n.name, 0))
        self.main = self._main()

    def _main(self) -> Name | None:
        """The one told most by far, else the one told most of those in the title."""
        by_far = self._by_far(self._counted)
        if by_far is not None or not self._counted:
            return by_far
        titled = [n for n in self._counted if n.name in self.titled]
        second = self._counts(self._counted[1]) if len(self._counted) > 1 else 0
        least = second if len(titled) == 1 else max(self._told.values())
        return titled[0] if titled and self._counts(titled[0]) >= least else None

    def _counts(self, name: Name) -> int:
        return self._told.get(name.name, 0)

    def _by_far(self, names: Sequence[Name]) -> Name | None:
        """The first of names ordered by count, if it is told twice as often as the next."""
        if not names:
            return None
        second = self._counts(names[1]) if len(names) > 1 else 0
        return names[0] if self._counts(names[0]) >= max(_OFTEN, _LEAD * second) else None

    def meant(self, fits: Callable[[Name], bool], shut: Container[str]) -> Name | None:
        """What the article is about, of those that a description fits; not those of ``shut``."""
        main = self.main
        if main is not None and main.name not in shut and fits(main):
            return main
        return self._by_far([n for n in self._counted if n.name not in shut and fits(n)])


def touched_on(
    text: str, begins: int, names: Sequence[Name], seen: Container[str], titled: Container[str]
) -> Iterator[Name]:
    """The names of a sentence, which ``begins`` there, that it only touches on.

    Those in a list, and those that a preposition governs, but for one that is
    introduced there: ``seen`` are the names told before. Those of the title, ``titled``, are told
    in passing only in a list.
    """
    for at, name in enumerate(names):
        near = (n for n in (*names[max(0, at - 1) : at], *names[at + 1 : at + 2]))
        listed = any(_beside(text, *sorted((name, n), key=lambda x: x.start)) for n in near)
        giant = name.entity is not None and name.entity.id in words("references", "giant")
        before = _own_clause(text, begins, name)
        again = giant or name.name in seen
        if _SPEAKING.search(before):
            continue
        passing = _LIKENED.search(before) or (again and _GOVERNED.search(before))
        if listed or (passing and name.name not in titled):
            yield name


def is_governed(text: str, begins: int, name: Name) -> bool:
    """Whether a preposition of its clause goes before the name: ``it sold shares of X``."""
    before = _own_clause(text, begins, name)
    return (
        bool(_GOVERNED.search(before) or _LIKENED.search(before))
        and _SPEAKING.search(before) is None
    )


def _own_clause(text: str, begins: int, name: Name) -> str:
    """What goes before a name since the last comma, dash or quotation mark."""
    before = text[begins : name.start]
    return before[[m.end() for m in _CLAUSE.finditer(before)][-1] :]


def _beside(text: str, name: Name, other: Name) -> bool:
    return _BESIDE.fullmatch(text, name.end, other.start) is not None
