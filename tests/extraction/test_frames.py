"""Every word by which a frame says where its parties are or what it needs has one meaning."""

from __future__ import annotations

import pytest

from kg.extraction.rules.asked import BY_NAME
from kg.extraction.rules.conditions import OF_SENTENCE, OF_TRIGGER, UNPARSED
from kg.extraction.rules.frames import frames
from kg.extraction.rules.word_tables import by_word


def test_every_need_is_one_that_somebody_asks() -> None:
    asked = OF_TRIGGER.keys() | OF_SENTENCE.keys() | BY_NAME | UNPARSED
    assert not {(f.name, need) for f in frames() for need in f.needs - asked}


def test_every_need_is_one_of_some_frame() -> None:
    of_frames = {need for f in frames() for need in f.needs}
    assert not (OF_TRIGGER.keys() | OF_SENTENCE.keys() | BY_NAME | UNPARSED) - of_frames


def test_no_need_is_asked_in_two_ways() -> None:
    assert not OF_TRIGGER.keys() & OF_SENTENCE.keys()
    assert not (OF_TRIGGER.keys() | OF_SENTENCE.keys()) & (BY_NAME | UNPARSED)


def test_words_with_two_meanings_are_refused() -> None:
    with pytest.raises(ValueError, match="'in place' of frames has two meanings"):
        by_word({"in place": 1}, {"in place": 2})
