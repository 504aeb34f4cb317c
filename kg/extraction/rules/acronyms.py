"""Short forms: the acronym in parentheses after a name, the bare name of an authority told in full elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import words
from kg.model import Entity, EntityKind

_ACRONYM = re.compile(r"[A-Z]{2,6}")


def stands_for(acronym: str, name: Name) -> bool:
    """Whether capitals in parentheses after a name are short for it: ``Global Fashion Group (GFG)``.

    Of an authority also for the end of its name (``Italian Data Protection Authority (DPA)``),
    of one word for letters of it (``Microsoft (MS)``).
    """
    if _initials(name.name) == acronym:
        return True
    if not _ACRONYM.fullmatch(acronym):
        return False
    said = _initials(name.text)
    every = "".join(p[0] for p in name.text.upper().split())
    if said == acronym or (
        name.is_authority and acronym in (said[-len(acronym) :], every[-len(acronym) :])
    ):
        return True
    return " " not in name.text and _holds(name.text.upper(), acronym)


def _initials(name: str) -> str:
    return "".join(p[0] for p in name.split() if p[0].isupper())


def _holds(word: str, letters: str) -> bool:
    """Whether a word begins with the first of the letters and holds the others in order."""
    rest = iter(word)
    return word[0] == letters[0] and all(letter in rest for letter in letters)


class Authorities:
    """The authorities of an article: ``the Competition Board``, where it told of the Turkish one."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._told: dict[str, Name] = {}
        for name in names:
            if name.kind is EntityKind.AUTHORITY and name.entity and not name.ambiguous:
                self._told.setdefault(name.entity.id, name)

    def meant(self, name: Name) -> Name | None:
        """Of which authority told with more words a bare name is the end; None for all others."""
        bare = name.entity is None and name.text.split()[-1] in words("names", "authority_suffix")
        loose = name.ambiguous and name.text in words("names", "authority_suffix")
        if not (bare or loose) or (name.entity is not None and name.entity.id in self._told):
            return None
        ending = " " + name.text.casefold()
        fitting = [n for n in self._told.values() if n.entity and _ends(n.entity, ending)]
        return fitting[0] if len(fitting) == 1 else None


def _ends(entity: Entity, ending: str) -> bool:
    return any(name.casefold().endswith(ending) for name in entity.all_names)
