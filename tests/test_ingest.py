"""Ingesting: the same whatever the order, twice is once, and nothing is left behind."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import (
    Article,
    Entity,
    EntityKind,
    Evidence,
    Extraction,
    Kind,
    Mention,
    Resolved,
    Statement,
)
from kg.pipeline import extraction as pipeline_extraction
from kg.pipeline.entities import described, quads_of
from kg.pipeline.ingest import ingest
from kg.pipeline.maintenance import rebuild, sync_registry
from kg.rdf.ownership import TAKEN_OVER_BY
from kg.records import Catalogue
from kg.registry import Registry
from kg.resolution.linking import Linker
from kg.rules import derived
from kg.store import open_store
from tests.strategies import resolved_statements

Folders = pytest.TempPathFactory
ARTICLES = {
    letter * 16: Article(f"text {letter}", f"{letter}.txt", published=published)
    for letter, published in (("a", None), ("b", "2023-01-24"), ("c", "2024-03"))
}
BETWEEN_ORGANISATIONS = [
    k for k in Kind if k not in {Kind.RELEASE, Kind.HEADQUARTERS, Kind.APPOINTMENT}
]
REGISTRY = Registry(
    {
        i: Entity(i, name, (kind,))
        for i, name, kind in (
            ("microsoft", "microsoft", EntityKind.COMPANY),
            ("openai", "openai", EntityKind.LAB),
        )
    }
)


def extractions(reports: list[Resolved]) -> list[Extraction]:
    """The statements gathered by article; the others of the strategy's articles are empty."""
    found = []
    for key, article in ARTICLES.items():
        of_it = {r.statement.id: r.statement for r in reports if r.statement.article == key}
        statements = tuple(replace(s, article=article.id) for s in of_it.values())
        found.append(Extraction(article, statements))
    return found


def store_quads(folder: Path, given_: list[Extraction]) -> list[str]:
    linker = Linker(REGISTRY)
    store = open_store(folder)
    with store.write() as writer:
        sync_registry(writer, linker)
        ingest(writer, [pipeline_extraction.resolve(e, linker) for e in given_], linker)
    with store.read() as reader:
        return sorted(str(q) for q in reader.quads())


def examples(number: int) -> settings:
    """Each example builds several stores on disk: a few here, many where there is time."""
    fixtures = [HealthCheck.function_scoped_fixture]
    return settings(max_examples=number, deadline=None, suppress_health_check=fixtures)


REPORTS = st.lists(resolved_statements(BETWEEN_ORGANISATIONS), max_size=8)
SEEDS = st.integers(0, 2**16)


def order_does_not_matter(folders: Folders, reports: list[Resolved], seed: int) -> None:
    given_ = extractions(reports)
    shuffled = list(given_)
    random.Random(seed).shuffle(shuffled)
    one = store_quads(folders.mktemp("one"), given_)
    other = store_quads(folders.mktemp("other"), shuffled)
    assert one == other


@examples(6)
@given(REPORTS, SEEDS)
def test_the_order_of_ingestion_does_not_matter(
    tmp_path_factory: Folders, reports: list[Resolved], seed: int
) -> None:
    order_does_not_matter(tmp_path_factory, reports, seed)


@pytest.mark.slow
@examples(30)
@given(REPORTS, SEEDS)
def test_the_order_of_many_ingestions_does_not_matter(
    tmp_path_factory: Folders, reports: list[Resolved], seed: int
) -> None:
    order_does_not_matter(tmp_path_factory, reports, seed)


def twice_is_once(folders: Folders, reports: list[Resolved]) -> None:
    """And an article emptied leaves nothing."""
    folder = folders.mktemp("store")
    given_ = extractions(reports)
    first = store_quads(folder, given_)
    assert store_quads(folder, given_) == first
    without = [replace(given_[0], statements=()), *given_[1:]]
    fresh = store_quads(folders.mktemp("fresh"), without)
    assert store_quads(folder, without) == fresh


@examples(6)
@given(REPORTS)
def test_twice_is_once_and_an_article_emptied_leaves_nothing(
    tmp_path_factory: Folders, reports: list[Resolved]
) -> None:
    twice_is_once(tmp_path_factory, reports)


@pytest.mark.slow
@examples(30)
@given(REPORTS)
def test_of_many_twice_is_once_and_an_article_emptied_leaves_nothing(
    tmp_path_factory: Folders, reports: list[Resolved]
) -> None:
    twice_is_once(tmp_path_factory, reports)


@examples(10)
@given(st.lists(resolved_statements([Kind.ACQUISITION]), max_size=8))
def test_who_has_taken_over_whom_is_what_the_rule_says(
    tmp_path_factory: Folders, reports: list[Resolved]
) -> None:
    folder = tmp_path_factory.mktemp("store")
    store_quads(folder, extractions(reports))
    with open_store(folder).read() as reader:
        written = {(q.subject, q.object) for q in reader.quads(None, TAKEN_OVER_BY)}
        follows = {(t.subject, t.object) for t in derived(reader) if t.predicate == TAKEN_OVER_BY}
    assert written == follows


@examples(10)
@given(st.lists(resolved_statements(), max_size=8))
def test_a_rebuild_changes_nothing(tmp_path_factory: Folders, reports: list[Resolved]) -> None:
    folder = tmp_path_factory.mktemp("store")
    before = store_quads(folder, extractions(reports))
    with open_store(folder).write() as writer:
        rebuild(writer, Linker(REGISTRY))
        assert sorted(str(q) for q in writer.quads()) == before


@examples(10)
@given(st.lists(resolved_statements(BETWEEN_ORGANISATIONS), min_size=1, max_size=8))
def test_records_tell_what_was_stored(tmp_path_factory: Folders, reports: list[Resolved]) -> None:
    folder = tmp_path_factory.mktemp("store")
    store_quads(folder, extractions(reports))
    with open_store(folder).read() as reader:
        catalogue = Catalogue(reader)
        records = catalogue.all_relationships()
        told = [s.id for r in records for s in r.statements]
        known_by_now = Catalogue(reader, known_by="2999").all_relationships()
    stored = {s.id for e in extractions(reports) for s in e.statements}
    assert sorted(told) == sorted(stored)
    dated = {r.id: r.summary.amounts for r in records if r.summary.first_reported}
    assert {r.id for r in known_by_now} <= {r.id for r in records} | {r.id for r in known_by_now}
    assert all(s.published for r in known_by_now for s in r.statements)
    assert dated or not known_by_now


def test_a_statement_that_breaks_a_shape_is_refused_and_told(tmp_path: Path) -> None:
    statement = Statement(
        article="",
        kind=Kind.HEADQUARTERS,
        subject=Mention("microsoft", 0, 9, "microsoft"),
        object=Mention("openai", 20, 26, "openai"),
        evidence=(Evidence(0, 4, "text"),),
    )
    article = ARTICLES["a" * 16]
    linker = Linker(REGISTRY)
    one = pipeline_extraction.resolve(
        Extraction(article, (replace(statement, article=article.id),)), linker
    )
    with open_store(tmp_path / "store").write() as writer:
        sync_registry(writer, linker)
        report = ingest(writer, [one], linker)
        assert not Catalogue(writer).statements_of_article(article.id)
    assert report.statements == 0
    [refused] = report.invalid
    assert "place" in str(refused.violations[0])


def _said(article: Article, kind: Kind, subject: Mention, object_: Mention) -> Extraction:
    """One statement of one article."""
    statement = Statement(article.id, kind, subject, object_, (Evidence(0, 4, "text"),))
    return Extraction(article, (statement,))


def _acme(kind: EntityKind = EntityKind.COMPANY) -> Mention:
    return Mention("Acme", 0, 4, "Acme", kind=kind)


def _zeta(kind: EntityKind | None = EntityKind.MODEL) -> Mention:
    return Mention("Zeta", 5, 9, "Zeta", kind=kind)


def test_who_releases_a_model_is_a_lab_whatever_came_first(tmp_path: Path) -> None:
    microsoft = Mention("microsoft", 5, 9, "microsoft", "microsoft", EntityKind.COMPANY)
    told = [
        _said(ARTICLES["a" * 16], Kind.RELEASE, _acme(), _zeta()),
        _said(ARTICLES["b" * 16], Kind.PARTNERSHIP, _acme(), microsoft),
    ]
    one = store_quads(tmp_path / "one", told)
    assert one == store_quads(tmp_path / "other", told[::-1])
    assert any("/acme-" in q and "#Lab>" in q for q in one)


def test_what_later_articles_call_a_model_makes_its_releaser_a_lab(tmp_path: Path) -> None:
    told = [
        _said(ARTICLES["a" * 16], Kind.RELEASE, _acme(), _zeta(EntityKind.PRODUCT)),
        _said(
            ARTICLES["b" * 16],
            Kind.RELEASE,
            Mention("Beta", 0, 4, "Beta", kind=EntityKind.COMPANY),
            _zeta(),
        ),
    ]
    assert store_quads(tmp_path / "one", told) == store_quads(tmp_path / "other", told[::-1])


def test_what_an_entity_may_be_does_not_depend_on_which_mention_is_met_first(
    tmp_path: Path,
) -> None:
    names = ("microsoft", "openai")
    registry = Registry({n: Entity(n, n, (EntityKind.COMPANY,)) for n in names})
    linker = Linker(registry)
    kinds = (None, EntityKind.COMPANY, EntityKind.PRODUCT)
    mentions = [Mention("Microsofft", 0, 10, "Microsofft", kind=k) for k in kinds]
    told = {
        tuple(str(q) for q in quads_of(entity, order, linker))
        for order in permutations(mentions)
        if (entity := described("microsofft-1", order, linker))
    }
    assert len(told) == 1
    assert "possiblySameAs" in str(told)
