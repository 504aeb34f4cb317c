"""An entity known from articles only never has kinds that the ontology keeps apart."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import EntityKind, Mention
from kg.rdf import entity_quads
from kg.resolution.linking import entity_from_mentions
from kg.validation import validate

K = EntityKind


def mentions(kinds: list[EntityKind | None]) -> list[Mention]:
    places = count()
    return [
        Mention("Ada", at, at + 3, "Ada", None, kind)
        for kind, at in zip(kinds, places, strict=False)
    ]


@pytest.mark.parametrize(
    ("guessed", "kept"),
    [
        ([None], (K.ORGANISATION,)),
        ([None, None, K.PERSON], (K.PERSON,)),
        ([K.LAB, K.COMPANY, K.PERSON], (K.LAB, K.COMPANY)),
        ([K.PERSON, K.PERSON, K.LAB], (K.PERSON,)),
        ([K.MODEL, K.LAB], (K.LAB,)),
    ],
)
def test_most_contexts_win(guessed: list[EntityKind | None], kept: tuple[EntityKind, ...]) -> None:
    assert entity_from_mentions(mentions(guessed)).kinds == kept


@given(st.lists(st.none() | st.sampled_from(K), min_size=1, max_size=6), st.randoms())
def test_whatever_the_contexts_suggest_conforms(
    guessed: list[EntityKind | None], random: object
) -> None:
    entity = entity_from_mentions(mentions(guessed))
    assert validate(entity_quads(entity)) == []
    shuffled = list(guessed)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert entity_from_mentions(mentions(shuffled)) == entity
