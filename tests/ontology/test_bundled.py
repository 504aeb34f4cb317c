"""The bundled graph keeps to the ontology and answers the competency questions."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.queries import competency_questions
from kg.store import open_store
from kg.validation import reference, validate_store

NEEDS_A_PERSON = {"judged-statements"}


def test_it_conforms(bundled_store: Path) -> None:
    with open_store(bundled_store).read() as reader:
        assert list(validate_store(reader)) == []


@pytest.mark.slow
def test_pyshacl_finds_nothing_either(bundled_store: Path) -> None:
    with open_store(bundled_store).read() as reader:
        assert reference(reader.quads()) == []


def test_every_question_can_be_asked_and_most_have_an_answer(bundled_store: Path) -> None:
    answered = set()
    with open_store(bundled_store).read() as reader:
        for name, question in competency_questions().items():
            solutions = reader.query(question.sparql)
            assert isinstance(solutions, ox.QuerySolutions)
            if list(solutions):
                answered.add(name)
    asked = competency_questions().keys() - NEEDS_A_PERSON
    assert len(answered) >= 0.75 * len(asked), sorted(asked - answered)


def test_microsoft_backs_openai(bundled_store: Path) -> None:
    with open_store(bundled_store).read() as reader:
        solutions = reader.query(competency_questions()["labs-backed-by"].sparql)
        assert isinstance(solutions, ox.QuerySolutions)
        assert "OpenAI" in {getattr(row["name"], "value", "") for row in solutions}
