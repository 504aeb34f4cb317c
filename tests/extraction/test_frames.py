"""Every word by which a frame says where its parties are or what it needs has one meaning."""

from __future__ import annotations

import inspect
import re

import pytest

from kg.extraction.rules import conditions
from kg.extraction.rules.backing_needs import BACKING_NEEDS
from kg.extraction.rules.case_needs import CASE_NEEDS
from kg.extraction.rules.deal_needs import DEAL_NEEDS
from kg.extraction.rules.frames import frames
from kg.extraction.rules.place_words import by_word
from kg.extraction.rules.post_places import POST_NEEDS

TABLES = (BACKING_NEEDS, CASE_NEEDS, DEAL_NEEDS, POST_NEEDS)
WRITTEN_OUT = set(re.findall(r'"([\w-]+)" in needs', inspect.getsource(conditions.needs_met)))
BY_THE_PAIR = {"named", "doer-named"}
"""Asked when both parties are known (``pairs_told``)."""
UNPARSED = {"listing", "leftover"}
"""Read beside the parse; no frame finds them by its places."""


def test_every_need_is_one_that_somebody_asks() -> None:
    asked = WRITTEN_OUT | BY_THE_PAIR | UNPARSED
    asked |= {need for table in TABLES for need in table}
    unknown = {(f.name, need) for f in frames() for need in f.needs - asked}
    assert not unknown


def test_no_need_is_asked_in_two_ways() -> None:
    for table in TABLES:
        others = [t for t in TABLES if t is not table]
        assert not table.keys() & WRITTEN_OUT
        assert not any(table.keys() & other.keys() for other in others)


def test_needs_of_two_tables_would_hide_one_another() -> None:
    rooms = [set(table) for table in TABLES] + [WRITTEN_OUT]
    mixed = {f.name for f in frames() if sum(bool(f.needs & room) for room in rooms) > 1}
    assert not mixed


def test_places_of_one_word_are_refused() -> None:
    with pytest.raises(ValueError, match="'in place' of frames has two meanings"):
        by_word({"in place": lambda *_: []}, {"in place": lambda *_: []})
