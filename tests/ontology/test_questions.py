"""Every competency question has its golden answer, and every term of the ontology a question."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.ontology import triples
from kg.queries import CompetencyError, CompetencyQuestion, competency_questions
from kg.vocabulary import AIO, OWL, RDF, SKOS
from tests.ontology.conftest import Graph, Rows

QUESTIONS = competency_questions()
GOLDEN: dict[str, Rows] = json.loads(
    (Path(__file__).parent / "golden.json").read_text(encoding="utf-8")
)


def test_there_are_enough_questions() -> None:
    assert len(QUESTIONS) >= 35
    assert GOLDEN.keys() == QUESTIONS.keys()


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_question_has_its_golden_answer(graph: Graph, name: str) -> None:
    answer = graph.rows(QUESTIONS[name].sparql)
    assert answer == GOLDEN[name]
    assert answer, "a question that the dataset cannot answer tests nothing"


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_answer_does_not_depend_on_the_rules_having_been_run(plain_graph: Graph, name: str) -> None:
    assert plain_graph.rows(QUESTIONS[name].sparql) == GOLDEN[name]


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda q: q.name)
def test_header_says_what_is_asked(question: CompetencyQuestion) -> None:
    assert question.header["title"]
    assert question.question.endswith("?")
    assert len({q.question for q in QUESTIONS.values()}) == len(QUESTIONS)


def test_every_class_and_property_is_used_by_a_question() -> None:
    kinds = {OWL + k for k in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")}
    terms = {
        q.subject.value
        for q in triples()
        if isinstance(q.subject, ox.NamedNode)
        and q.subject.value.startswith(AIO)
        and q.predicate.value == RDF + "type"
        and getattr(q.object, "value", None) in kinds
    }
    used = {
        AIO + local
        for question in QUESTIONS.values()
        for local in re.findall(r"\baio:(\w+)", question.sparql)
    }
    assert used - terms == set(), "a question uses a term that the ontology does not have"
    assert terms - used == set(), "a term that no question uses"


def test_reviews_under_way_are_those_of_the_collection() -> None:
    members = {
        q.object.value.rsplit("/", 1)[1]
        for q in triples()
        if q.predicate.value == SKOS + "member"
        and isinstance(q.subject, ox.NamedNode)
        and q.subject.value.endswith("/under-review")
        and isinstance(q.object, ox.NamedNode)
    }
    assert members == set(re.findall(r"scheme:(status-\w+)", QUESTIONS["reviews-under-way"].sparql))


def test_parameters_can_be_replaced(graph: Graph) -> None:
    asked = QUESTIONS["labs-backed-by"]
    assert dict(asked.parameters) == {"investor": "id:microsoft"}
    assert graph.rows(asked.bound(investor="id:amazon")) == [["id:anthropic", "Anthropic"]]
    both = QUESTIONS["common-investments"]
    assert graph.rows(both.bound(one="id:microsoft", other="id:quill-ventures")) == [
        ["id:mistral-ai", "Mistral AI"]
    ]
    assert both.bound(one="id:microsoft") != both.sparql
    assert graph.rows(both.bound(other="id:nvidia")) == []


def test_a_wrong_parameter_is_refused() -> None:
    asked = QUESTIONS["labs-backed-by"]
    with pytest.raises(CompetencyError, match="no parameter 'lab'"):
        asked.bound(lab="id:openai")
    with pytest.raises(CompetencyError, match="not one term"):
        asked.bound(investor="id:a } UNION { ?s ?p ?o")


@given(st.text())
def test_no_text_breaks_out_of_a_parameter(text: str) -> None:
    asked = QUESTIONS["named"]
    try:
        query = asked.bound(key=text)
    except CompetencyError:
        return
    assert query.count("{") == asked.sparql.count("{")
