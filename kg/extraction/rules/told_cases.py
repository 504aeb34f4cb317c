"""The cases that an article has told so far, and which of them later words mean."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.rules.gazetteer import Name

_REACH = 4


@dataclass(frozen=True, slots=True)
class ToldCase:
    """An authority, a company that it looks at, the index of the sentence that says so."""

    authority: Name
    company: Name
    sentence: int


class ToldCases:
    """The cases told, in order."""

    def __init__(self) -> None:
        self._told: list[ToldCase] = []

    def note(self, authority: Name, company: Name, sentence: int) -> None:
        """Remember a case, so that ``the inquiry`` later means it."""
        self._told.append(ToldCase(authority, company, sentence))

    def meant(self, sentence: int, authority: Name | None = None) -> list[ToldCase]:
        """What ``the inquiry`` means: the cases told last, of the authority where it is known."""
        near = [
            t
            for t in self._told
            if 0 <= sentence - t.sentence <= _REACH
            and (authority is None or t.authority.name == authority.name)
        ]
        last = [t for t in near if t.sentence == near[-1].sentence]
        if authority is None and len({t.authority.name for t in last}) > 1:
            return []
        return list({t.company.name: t for t in last}.values())
