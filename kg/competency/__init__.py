"""Every competency question as a function of a networkx projection, beside its ``.rq`` file.

    from kg.competency import answer
    answer("labs-backed-by", reader, investor="microsoft")

Rows are tuples of texts as ``kg sparql`` prints them (``id:microsoft``, ``aio:Lab``,
``scheme:status-opened``), unbound values None; tests hold them to what the query gives.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.competency import agreements, deals, entities, provenance, reviews
from kg.competency.view import FUNCTIONS, Row, View
from kg.queries import CompetencyError, competency_questions
from kg.rdf.quads import QuadSource

__all__ = [
    "FUNCTIONS",
    "Row",
    "View",
    "agreements",
    "answer",
    "deals",
    "entities",
    "provenance",
    "reviews",
]


def answer(name: str, source: QuadSource | View, **parameters: str) -> set[Row]:
    """The rows that answer a competency question.

    Parameters are those of the ``.rq`` file: ids of entities, or plain texts; what is not
    given is as the file has it. Raises CompetencyError for an unknown question or parameter.
    """
    if name not in FUNCTIONS:
        raise CompetencyError(f"no competency question {name!r}; see kg/queries")
    known = competency_questions()[name].parameters
    if unknown := set(parameters) - set(known):
        raise CompetencyError(f"{name}: no parameter {sorted(unknown)[0]!r}")
    view = source if isinstance(source, View) else View(source)
    given = _plain(known) | parameters
    return set(FUNCTIONS[name](view, *(given[p] for p in known)))


def _plain(parameters: Mapping[str, str]) -> dict[str, str]:
    """The file's own parameters: ``id:microsoft`` as ``microsoft``, texts without quotes."""
    return {name: term.removeprefix("id:").strip('"') for name, term in parameters.items()}
