"""Forms asked of the model once for each sort of word are those that it gives in every sentence."""

from __future__ import annotations

import json

import pytest

from kg.extraction.rules import forms as module
from kg.extraction.rules.forms import RULES, forms, lemma
from kg.extraction.rules.language import model
from tests.conftest import ROOT

SENTENCES = [
    "There is a deal that Google says it won't sign, and there were others.",
    "Let's see what they're gonna do; it ain't over, y'all.",
    "Intel has been fined and will have to do what it did before.",
    "That is what Sony bought, though the fund that led it had none of that.",
    "",
    "Taxis  were\n taxed.",
    "They did. It goes on, but for him.",
]


def corpus() -> list[str]:
    rows = (ROOT / "tests/gold/corpus.jsonl").read_text(encoding="utf-8").splitlines()[::8]
    return [line for row in rows for line in json.loads(row)["text"].splitlines()]


@pytest.mark.parametrize("texts", [SENTENCES, corpus()], ids=["phrases", "corpus"])
@pytest.mark.parametrize("most", [200_000, 10], ids=["remembered", "forgotten"])
def test_forms_are_those_of_the_whole_model(
    texts: list[str], most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MOST", most)
    parsed = list(model().pipe(texts, disable=["ner", *RULES]))
    whole = list(model().pipe(texts, disable=["ner"]))
    for first in range(0, len(texts), 5):
        told = forms(parsed[first : first + 5])
        for doc, found in zip(whole[first : first + 5], told, strict=True):
            for token, form in zip(doc, found, strict=True):
                assert form.text == token.text
                assert (form.tag, form.pos, form.dep) == (token.tag_, token.pos_, token.dep_)
                assert form.lemma == lemma(token.lemma_.lower(), token.tag_)
                assert form.space == token.is_space
