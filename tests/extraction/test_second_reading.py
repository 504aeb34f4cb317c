"""Where nothing is found over one set of stand-in names, another is tried."""

from __future__ import annotations

import pytest

from kg.extraction.rules import second_reading
from kg.extraction.rules.extractor import RuleExtractor
from kg.model import Article

SAID = {
    "The acquisition of Tessera Labs, a Google rival, by the tech giant Microsoft was completed, "
    "according to a person familiar with the matter.": {
        ("acquisition", "Microsoft", "Tessera Labs"),
    },
    "Nvidia's venture arm, NVentures, joined the round for Wayve.": {
        ("investment", "NVentures", "Wayve"),
    },
}


def told(say: str) -> set[tuple[str, str, str]]:
    found = RuleExtractor().extract(Article(say, "made", published="2025-06-16"))
    return {
        (s.kind.value, s.subject.text, s.object.text)
        for s in found.statements
        if s.subject is not None
    }


@pytest.mark.parametrize("say", SAID)
def test_what_the_first_parse_misses_is_found_over_other_names(
    say: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told(say) == SAID[say]
    monkeypatch.setattr(second_reading, "may_be", lambda names, touched, fitting: False)
    assert not told(say), "the first reading finds it by now: another sentence is needed here"


@pytest.mark.parametrize(
    "say",
    [
        "Cisco and Oracle bid for the contract, which the navy then dropped.",
        "Intel and Cisco each opened a new lab in Leeds.",
    ],
)
def test_two_that_the_first_reading_kept_apart_stay_apart(say: str) -> None:
    assert not told(say)


def test_the_places_told_are_those_of_the_article() -> None:
    for say in SAID:
        found = RuleExtractor().extract(Article(say, "made", published="2025-06-16"))
        for s in found.statements:
            assert say[s.object.start : s.object.end] == s.object.text
            for evidence in s.evidence:
                assert say[evidence.start : evidence.end] == evidence.quote
