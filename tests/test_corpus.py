"""The bundled articles keep to their rules, and their gold annotations fit them."""

from __future__ import annotations

import calendar
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from kg import registry
from kg.articles.markdown import front_matter
from kg.dates import is_date
from kg.model import Entity, Kind, Modality, Nature, Status
from kg.names import fold
from tests.gold import refresh_answers, refresh_corpus

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "data" / "articles").glob("*.md"))
DOCUMENT = ROOT / "docs" / "corpus.md"
SHARED = ROOT.parent / "shared"
RUN = 8
"""So many words in a row are shared with no outside text."""
FACT_FIELDS = {
    "type",
    "subject",
    "object",
    "amounts",
    "date",
    "modality",
    "status",
    "instrument",
    "round",
    "stake_percent",
    "optional",
    "joint_amount",
    "alt_modality",
    "alt_status",
    "nature",
}
INSTRUMENTS = {None, "equity", "convertible", "debt", "warrant"}
SCALES = (("trillion", 10**12), ("billion", 10**9), ("million", 10**6))
SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}

TEXTS = {name: article.text for name, article in refresh_corpus.articles().items()}
GOLD: dict[str, dict[str, Any]] = refresh_corpus.lines()


def facts() -> Iterator[tuple[str, dict[str, Any]]]:
    """Article's id with each of its annotated facts, raises without an investor included."""
    for name, record in GOLD.items():
        for fact in chain(record["facts"], record["raises"]):
            yield name, fact


def fields(path: Path) -> dict[str, Any]:
    return front_matter(path.read_text(encoding="utf-8"), path.name)[0]


def sentences(text: str) -> list[str]:
    return [s for s in re.split(r"(?<=[.!?])\s+(?=[A-Z])", text) if s]


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+(?:['.,-][a-z0-9]+)*", text.lower().replace("’", "'"))


def runs(text: str) -> Iterator[tuple[str, ...]]:
    found = words(text)
    return zip(*(found[i:] for i in range(RUN)), strict=False)


# --- the articles ---------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_front_matter_names_date_and_source(path: Path) -> None:
    found = fields(path)
    needed = {"title", "published", "publisher", "url"}
    assert needed <= found.keys() <= needed | {"also"}
    assert all(isinstance(found[k], str) and found[k].strip() for k in found.keys() - {"also"})
    assert path.stem.startswith(found["published"] + "-")
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}(-[a-z0-9]+)+", path.stem)
    assert date(2019, 1, 1) <= date.fromisoformat(found["published"]) <= date.today()
    addresses = [found["url"], *found.get("also", [])]
    assert len(set(addresses)) == len(addresses)
    for address in addresses:
        parts = urlsplit(address)
        assert parts.scheme in ("https", "http") and "." in parts.netloc, address
        assert not re.search(r"\s", address)
    assert urlsplit(found["url"]).scheme == "https"


@pytest.mark.parametrize("name", TEXTS, ids=str)
def test_the_body_is_two_to_six_sentences_of_plain_prose(name: str) -> None:
    text = TEXTS[name]
    assert 2 <= len(sentences(text)) <= 6
    assert not re.search(r"[*_#<>\[\]`|]|https?:|\n", text)
    assert text.endswith(".")
    assert "  " not in text


def test_no_sentence_and_no_title_stands_twice() -> None:
    said = Counter(s for text in TEXTS.values() for s in sentences(text))
    titles = Counter(fields(path)["title"] for path in FILES)
    assert [s for s, n in (said + titles).items() if n > 1] == []


def test_there_are_enough_and_they_are_spread_over_years_and_kinds() -> None:
    assert len(FILES) >= 120
    years = Counter(path.stem[:4] for path in FILES)
    assert min(years[str(year)] for year in range(2019, 2027)) >= 3
    kinds = Counter(fact["type"] for _, fact in facts() if not fact.get("optional"))
    assert set(kinds) == {kind.value for kind in Kind}
    assert min(kinds[kind] for kind in ("investment", "distribution", "scrutiny")) >= 40
    assert min(kinds[kind] for kind in ("acquisition", "partnership")) >= 30
    modalities = Counter(fact["modality"] for _, fact in facts() if not fact.get("optional"))
    assert set(modalities) == {modality.value for modality in Modality}
    statuses = {fact["status"] for _, fact in facts()}
    assert statuses >= {
        status.value
        for status in Status
        if status not in (Status.INTENDED, Status.ANNOUNCED, Status.ENDED)
    }


def test_nothing_is_shared_with_an_outside_text() -> None:
    if not SHARED.is_dir():
        pytest.skip("no folder of outside texts beside the repository")
    own: dict[tuple[str, ...], str] = {}
    for name, text in TEXTS.items():
        own.update((run, name) for run in runs(text))
    outside = [
        str(record.get(key) or "")
        for path in sorted(SHARED.rglob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("{") and isinstance(record := json.loads(line), dict)
        for key in ("title", "text")
    ]
    outside += [p.read_text(encoding="utf-8") for p in sorted(SHARED.glob("articles/*.txt"))]
    assert outside
    shared = {(own[run], " ".join(run)) for text in outside for run in runs(text) if run in own}
    assert shared == set()


def test_the_table_says_of_every_article_how_it_was_checked() -> None:
    rows = re.findall(
        r"^\| `(\d{4}-[^`]+)` \| (.+) \|$", DOCUMENT.read_text(encoding="utf-8"), re.M
    )
    assert [name for name, _ in rows] == [path.stem for path in FILES]
    assert all(re.search(r"\b(read|record)\b", how) for _, how in rows)


def test_the_ten_questions_have_the_answers_that_the_document_gives(bundled_store: Path) -> None:
    """Most of them: a better reading of the articles may drop one, and the document is renewed."""
    told = refresh_answers.documented()
    assert list(told) == list(refresh_answers.QUESTIONS)
    for question, answers in told.items():
        given = refresh_answers.asked(question, str(bundled_store))["answers"]
        found = answers & {item["name"] for item in given}
        assert 3 * len(found) >= 2 * len(answers) > 0, (
            question,
            answers - found,
            "run python tests/gold/refresh_answers.py",
        )


# --- the gold annotations -------------------------------------------------------------


def test_the_annotations_repeat_the_articles_as_they_are() -> None:
    assert refresh_corpus.GOLD.read_text(encoding="utf-8") == refresh_corpus.refreshed(), (
        "run python tests/gold/refresh_corpus.py and go over the annotations of what changed"
    )
    assert [name for name, record in GOLD.items() if not record["facts"]] == []


def test_every_fact_is_well_formed() -> None:
    for name, fact in facts():
        where = (name, fact)
        assert fact.keys() <= FACT_FIELDS, where
        assert fact["type"] in set(Kind), where
        assert fact["modality"] in set(Modality), where
        assert set(fact.get("alt_modality", ())) <= set(Modality) - {fact["modality"]}, where
        assert {fact["status"], *fact.get("alt_status", ())} <= {None, *Status}, where
        assert fact.get("nature") in {None, *Nature}, where
        assert fact["instrument"] in INSTRUMENTS, where
        assert fact["subject"] != fact["object"], where
        assert fact["date"] is None or is_date(fact["date"]), where


def test_every_figure_is_stated_in_the_article() -> None:
    for name, fact in facts():
        for amount in fact["amounts"]:
            ways = {
                f"{SIGNS[amount['currency']]}{amount['value'] / scale:.10g} {word}"
                for word, scale in SCALES
            }
            assert any(way in TEXTS[name] for way in ways), (name, amount)
        if (percent := fact["stake_percent"]) is not None:
            assert f"{percent:g} per cent" in TEXTS[name], (name, fact)
        if fact["round"]:
            assert fact["round"].casefold() in TEXTS[name].casefold(), (name, fact)


LAWS_AND_THE_LIKE = {
    "AI",
    "Anti-Monopoly Law",
    "Apache 2.0",
    "Autorité",  # "de la concurrence" follows
    "CHIPS Act",
    "Commissioner",
    "Digital Services Act",
    "EU Merger Regulation",
    "European Economic Area",
    "FTC Act",
    "JavaScript",
    "Online Safety Act",
    "X",  # the network, which is introduced as "X, formerly Twitter"
}
MONTHS = set(calendar.month_name[1:])
NATIONALITY = re.compile(r"[A-Z]\w+(?:ese|ian|ish|ean|can|man|eli)|French|Dutch")
_WORD = r"(?:[A-Z]|[a-z]+[A-Z])(?:[\w&'’:.-]*\w)?"
_MORE = rf" (?:(?:and|of|for|de|la|per|dei) )*(?:{_WORD}|[0-9][\w.]*\w|[0-9]|&)"
NAMES = re.compile(f"{_WORD}(?:{_MORE})*")


def unknown_names(text: str) -> Iterator[str]:
    """Words in capitals that are in no name of the registry, months and the like left out."""

    def known(name: str) -> bool:
        bare = re.sub(r"['’]s?$|-based$", "", name)
        return bool(registry.bundled().lookup(bare) or bare in LAWS_AND_THE_LIKE | MONTHS)

    for found in NAMES.finditer(text):
        words = found.group().split()
        opens = found.start() == 0 or text[found.start() - 2] in ".:?!"
        while words:
            length = next((n for n in range(len(words), 0, -1) if known(" ".join(words[:n]))), 0)
            first = words[0]
            harmless = opens or first in ("Series", "&") or first[0].isdigit() or len(first) == 1
            if not (length or harmless or NATIONALITY.fullmatch(first) or first[0].islower()):
                yield first
            opens = False
            words = words[length or 1 :]


def test_every_name_in_the_articles_is_in_the_registry() -> None:
    assert list(unknown_names("He met Zorblax Robotics and Microsoft.")) == ["Zorblax", "Robotics"]
    unknown = {(name, u) for name, text in TEXTS.items() for u in unknown_names(text)}
    assert unknown == set()


@cache
def surfaces(entity_id: str) -> frozenset[str]:
    """Folded names of an entity and of what belongs to it."""
    every = registry.bundled()

    def belongs(entity: Entity | None) -> bool:
        while entity is not None and entity.id != entity_id:
            entity = every.get(entity.developer or entity.parent)
        return entity is not None

    return frozenset(fold(name) for entity in every if belongs(entity) for name in entity.all_names)


def test_every_end_of_a_fact_is_one_entity_of_the_registry_and_named_in_the_article() -> None:
    missing, unnamed = set(), set()
    for name, fact in facts():
        text = f" {fold(' '.join(re.findall(r'[^,;:()]+', TEXTS[name])))} "
        for end in (fact["subject"], fact["object"]):
            if end is None:
                continue
            found = registry.bundled().lookup(end)
            if len(found) != 1:
                missing.add((name, end, len(found)))
            elif not any(f" {s}" in text for s in surfaces(found[0].id)):
                unnamed.add((name, end))
    assert missing == set()
    assert unnamed == set()
