"""The competency questions: what the graph must be able to answer, one ``.rq`` file each.

Each file begins with comments that give its title, the question in words and, where needed,
a note. It runs as it is; the VALUES blocks hold its parameters, which ``bound`` replaces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from kg.model import KgError
from kg.ontology import PUBLISHED_BASE
from kg.vocabulary import BASE

_HEADER = re.compile(r"^# (title|question|note): (.+)$", re.M)
_VALUES = re.compile(r"VALUES\s+(\?\w+|\((?:\s*\?\w+)+\s*\))\s*\{(.*?)\}", re.S)
_CONSTANT = re.compile(
    r"\"(?:[^\"\\\n]|\\.)*\"(?:@\w+|\^\^\S+)?|[A-Za-z][\w-]*:[\w.-]*\w|-?[\d.]*\d"
)


class CompetencyError(KgError):
    """A competency question cannot be used; the message says which and why."""


@dataclass(frozen=True)
class CompetencyQuestion:
    """One question: its file's name, its words, and the query that answers it."""

    name: str
    sparql: str

    @cached_property
    def header(self) -> Mapping[str, str]:
        """``title``, ``question`` and, where there is one, ``note``."""
        return dict(_HEADER.findall(self.sparql))

    @property
    def question(self) -> str:
        """The question in words, with the parameters as the file has them."""
        return self.header["question"]

    @cached_property
    def parameters(self) -> Mapping[str, str]:
        """The variables that stand for one given thing, with their terms in SPARQL."""
        found: dict[str, str] = {}
        for names, rows in _VALUES.findall(self.sparql):
            variables = re.findall(r"\?(\w+)", names)
            constants = _CONSTANT.findall(rows)
            if len(constants) == len(variables):
                found |= dict(zip(variables, constants, strict=True))
        return found

    def bound(self, **parameters: str) -> str:
        """The query with other terms in place of its parameters.

        A term is written as in SPARQL: ``id:google``, ``"2024-01-01"``. Raises
        CompetencyError for a parameter the question does not have, or for a text that is
        not one term.
        """
        for name, term in parameters.items():
            if name not in self.parameters:
                known = ", ".join(self.parameters) or "none"
                raise CompetencyError(f"{self.name}: no parameter {name!r}; it has {known}")
            if not _CONSTANT.fullmatch(term):
                raise CompetencyError(
                    f'{self.name}: {term!r} is not one term; write id:google or "2024-01-01"'
                )

        def replaced(match: re.Match[str]) -> str:
            variables = re.findall(r"\?(\w+)", match[1])
            if not set(variables) & parameters.keys() or variables[0] not in self.parameters:
                return match[0]
            row = " ".join(parameters.get(name, self.parameters[name]) for name in variables)
            return f"VALUES {match[1]} {{ {f'({row})' if match[1].startswith('(') else row} }}"

        return _VALUES.sub(replaced, self.sparql)


@lru_cache(maxsize=1)
def competency_questions() -> Mapping[str, CompetencyQuestion]:
    """All competency questions by name, in alphabetical order."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("*.rq")):
        text = path.read_text(encoding="utf-8").replace(PUBLISHED_BASE, BASE)
        found[path.stem] = CompetencyQuestion(path.stem, text)
    return found
