"""Every competency question as a function gives what its query gives, on whatever graph."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import ontology
from kg.competency import FUNCTIONS, View, answer
from kg.queries import CompetencyError, competency_questions
from kg.validation import compact
from tests.conftest import ROOT
from tests.ontology.conftest import build
from tests.questions.generated import LABELS, graphs
from tests.questions.industry import industry
from tests.questions.memory import Memory

QUESTIONS = competency_questions()
GOLDEN: dict[str, list[list[str | None]]] = json.loads(
    (ROOT / "tests" / "ontology" / "golden.json").read_text(encoding="utf-8")
)


def queried(name: str, source: Any, **parameters: str) -> set[tuple[str | None, ...]]:
    rows = source.query(QUESTIONS[name].bound(**parameters))
    variables = [variable.value for variable in rows.variables]
    return {
        tuple(None if row[v] is None else compact(row[v].value) for v in variables) for row in rows
    }


def test_every_question_is_a_function_and_a_query() -> None:
    assert FUNCTIONS.keys() == QUESTIONS.keys()


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_a_function_gives_the_golden_answer(name: str) -> None:
    expected = {tuple(row) for row in GOLDEN[name]}
    assert answer(name, build(with_rules=False)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_a_function_gives_what_the_query_gives_of_the_industry(name: str) -> None:
    source = _with_ontology(industry())
    view = View(source)
    for parameters in _parameters(name, sorted(e.id for e in view.entities.values())[::9]):
        plain = {k: x.removeprefix("id:").strip('"') for k, x in parameters.items()}
        assert answer(name, view, **plain) == queried(name, source, **parameters)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(graphs(8), st.permutations(sorted(LABELS)))
def test_functions_and_queries_agree_on_generated_graphs(source: Memory, names: list[str]) -> None:
    whole = _with_ontology(source)
    view = View(whole)
    for name in QUESTIONS:
        for parameters in _parameters(name, names[:2]):
            plain = {k: x.removeprefix("id:").strip('"') for k, x in parameters.items()}
            got, want = answer(name, view, **plain), queried(name, whole, **parameters)
            assert got == want, (name, parameters)


def test_an_unknown_question_or_parameter_is_told() -> None:
    with pytest.raises(CompetencyError, match="no competency question 'x'"):
        answer("x", industry())
    with pytest.raises(CompetencyError, match="no parameter 'lab'"):
        answer("labs-backed-by", industry(), lab="openai")


def _with_ontology(source: Memory) -> Memory:
    """The store with the ontology in its own graph, as a built store has it."""
    whole = Memory.__new__(Memory)
    whole.store = ox.Store()
    whole.store.extend(source.store)
    whole.store.extend(ontology.graph())
    return whole


def _parameters(name: str, ids: list[str]) -> list[dict[str, str]]:
    """The file's own parameters, and others where entities are asked for."""
    known = QUESTIONS[name].parameters
    named = [p for p, term in known.items() if term.startswith("id:")]
    if not named:
        return [{}]
    turned = [dict(zip(named, [*ids[i:], *ids[:i]], strict=False)) for i in range(len(ids))]
    return [{}, *({p: f"id:{one}" for p, one in turn.items()} for turn in turned)]
