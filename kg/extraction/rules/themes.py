"""What an article is about throughout, and which names of a sentence it only touches on.

A piece about one company names others in passing (*products from X and Y*, *engineers who left
Z*); *the company* after such a sentence is still the one it is about. A company that heads a
sentence takes over for the next ones, and so does one that is introduced at its end.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence

from kg.extraction.rules.fitting import may_be_company, publishes
from kg.extraction.rules.gazetteer import Name
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
_BESIDE = re.compile(r",?\s(?:and|or|&)\s|,\s")


def theme(told: Mapping[str, int], names: Sequence[Name], title: str) -> Name | None:
    """The company that the article is about: the one of its title if told again, else the one told most by far.

    ``names`` are those of the article in order, ``told`` says in how many sentences each stands.
    """
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
    counted = sorted(firms, key=lambda key: -told.get(key, 0))
    if not counted:
        return None
    first, second = counted[0], told.get(counted[1], 0) if len(counted) > 1 else 0
    if told.get(first, 0) >= max(_OFTEN, _LEAD * second):
        return firms[first]
    titled = [key for key in counted if in_title(firms[key], title)]
    if titled and told[titled[0]] >= (second if len(titled) == 1 else max(told.values())):
        return firms[titled[0]]
    return None


def in_title(name: Name, title: str) -> bool:
    """Whether the title has the name as the text has it."""
    return re.search(rf"\b{re.escape(name.text)}\b", title) is not None


def touched_on(
    text: str, begins: int, names: Sequence[Name], seen: Container[str]
) -> Iterator[Name]:
    """The names of a sentence, which ``begins`` there, that it only touches on.

    Those in a list, and those that a preposition governs, but for one that is
    introduced there: ``seen`` are the names told before.
    """
    for at, name in enumerate(names):
        near = (n for n in (*names[max(0, at - 1) : at], *names[at + 1 : at + 2]))
        listed = any(_beside(text, *sorted((name, n), key=lambda x: x.start)) for n in near)
        giant = name.entity is not None and name.entity.id in words("references", "giant")
        before = _own_clause(text, begins, name)
        again = giant or name.name in seen
        if listed or _LIKENED.search(before) or (again and _GOVERNED.search(before)):
            yield name


def _own_clause(text: str, begins: int, name: Name) -> str:
    """What goes before a name since the last comma, dash or quotation mark."""
    before = text[begins : name.start]
    return before[[m.end() for m in _CLAUSE.finditer(before)][-1] :]


def _beside(text: str, name: Name, other: Name) -> bool:
    return _BESIDE.fullmatch(text, name.end, other.start) is not None
