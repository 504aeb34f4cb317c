"""Lookups in a snapshot: reads only what a question needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg import vocabulary as v
from kg.dates import span
from kg.model import SYMMETRIC, Article, Entity, EntityKind, Kind, Resolved
from kg.names import fold
from kg.rdf.blocks import statements_of
from kg.rdf.quads import QuadSource
from kg.rdf.reading import nodes, read_statements
from kg.rdf.terms import aio, article_node, entity_node, relationship_node
from kg.records.model import Ref, RelationshipRecord, in_time, true_on
from kg.records.reading import RecordReader
from kg.resolution.consolidation import consolidate_block
from kg.resolution.ownership import owners_then, takeover

_DEFAULT = DefaultGraph()
_TYPE = NamedNode(v.RDF + "type")
_ID = re.compile(r"[a-z0-9.-]+")


class Catalogue:
    """Reads records from a snapshot.

    ``as_of`` answers from what was true on that day, ``known_by`` from what had been
    published by then; both are ISO 8601 dates.
    """

    def __init__(
        self, source: QuadSource, *, as_of: str | None = None, known_by: str | None = None
    ) -> None:
        self.source = source
        self.as_of = as_of
        self.known_by = known_by
        self._reader = RecordReader(source)
        self._relationship = lru_cache(maxsize=4096)(self._read_relationship)

    # entities ---------------------------------------------------------------------

    def entity(self, entity_id: str) -> Entity | None:
        """An entity by id; None if there is none, whatever the text."""
        if not _ID.fullmatch(entity_id):
            return None
        return self._reader.entity(entity_id)

    def ref(self, entity_id: str) -> Ref:
        """An entity's id with its name (the id again if it has none)."""
        return self._reader.ref(entity_id)

    def find(self, name: str) -> list[Entity]:
        """The entities that bear a name, exact but for case, accents and spacing."""
        found = self.source.quads(None, aio("nameKey"), Literal(fold(name)), _DEFAULT)
        ids = sorted({_local(q.subject) for q in found})
        return [e for i in ids if (e := self.entity(i))]

    def listed(self, symbol: str) -> list[Entity]:
        """The entities whose shares are listed under a symbol, in whatever case: *nvda*."""
        found = self.source.quads(None, aio("ticker"), None, _DEFAULT)
        ids = {
            _local(q.subject)
            for q in found
            if str(getattr(q.object, "value", "")).rpartition(":")[2].casefold()
            == symbol.casefold()
        }
        return [e for i in sorted(ids) if (e := self.entity(i))]

    def names(self) -> Iterator[tuple[str, str]]:
        """Every folded name with the id of its entity; reads the whole name index."""
        for quad in self.source.quads(None, aio("nameKey"), None, _DEFAULT):
            yield str(getattr(quad.object, "value", "")), _local(quad.subject)

    def suggest(self, name: str, limit: int = 5) -> list[Ref]:
        """Entities with a similar name, best first."""
        from rapidfuzz import fuzz, process

        index: dict[str, set[str]] = {}
        for key, entity_id in self.names():
            index.setdefault(key, set()).add(entity_id)
        matches = process.extract(
            fold(name), list(index), scorer=fuzz.WRatio, score_cutoff=70, limit=3 * limit
        )
        ranked = sorted(matches, key=lambda m: (-m[1], abs(len(m[0]) - len(name)), m[0]))
        ids = dict.fromkeys(i for key, _, _ in ranked for i in sorted(index[key]))
        return [self.ref(i) for i in list(ids)[:limit]]

    def entities(self, kind: EntityKind | None = None) -> Iterator[Entity]:
        """All entities, or those of one kind."""
        cls = NamedNode(v.ENTITY_CLASS[kind]) if kind else aio("Entity")
        for quad in self.source.quads(None, _TYPE, cls, _DEFAULT):
            if entity := self.entity(_local(quad.subject)):
                yield entity

    def kin(self, entity_id: str, relation: str = "parent") -> list[str]:
        """Ids of the entities whose ``parent`` (or ``developedBy``) is the entity."""
        found = self.source.quads(None, aio(relation), entity_node(entity_id), _DEFAULT)
        return sorted(_local(q.subject) for q in found)

    def owned(self, entity_id: str) -> list[str]:
        """Ids of what belongs to an entity: by the registry, or since it took it over."""
        found = {*self.kin(entity_id), *self.kin(entity_id, "takenOverBy")}
        if not self.as_of and not self.known_by:
            return sorted(found)
        told = self._known(entity_id, "subject")
        found |= {r.object.id for r in told}
        return sorted(i for i in found if entity_id in self.owners(i))

    def owners(self, entity_id: str) -> list[str]:
        """Ids of those an entity belongs to: its parent, and who has taken it over."""
        entity = self.entity(entity_id)
        parent = entity.parent if entity else None
        if not self.as_of and not self.known_by:
            node = entity_node(entity_id)
            quads = self.source.quads(node, aio("takenOverBy"), None, _DEFAULT)
            return sorted({_local(q.object) for q in quads} | ({parent} if parent else set()))
        told = [
            (record.subject.id, record.summary, then.summary if then else None)
            for record in self._known(entity_id, "object")
            if record.subject
            for then in [true_on(record, self.as_of) if self.as_of else record]
        ]
        registered, taken_over_by = owners_then(parent, told)
        return sorted({*taken_over_by, *([parent] if parent and registered else [])})

    def takeover(self, entity_id: str, owner: str) -> RelationshipRecord | None:
        """The acquisition by which an entity came to its owner; None if none is told of."""
        for record in self.relationships(entity_id, kinds=[Kind.ACQUISITION], role="object"):
            if record.subject and record.subject.id == owner and takeover(owner, record.summary):
                return record
        return None

    def _known(self, entity_id: str, role: str) -> list[RelationshipRecord]:
        """Acquisitions of or by an entity, those included that had not begun by ``as_of``."""
        whenever = Catalogue(self.source, known_by=self.known_by)
        found = whenever.relationships(entity_id, kinds=[Kind.ACQUISITION], role=role)
        return [r for r in found if r.subject is not None and r.subject.id != r.object.id]

    def possibly_same(self, entity_id: str) -> list[Ref]:
        """What an entity of no registry might be; nobody has decided yet."""
        found = self.source.quads(entity_node(entity_id), aio("possiblySameAs"), None, _DEFAULT)
        return sorted((self.ref(_local(q.object)) for q in found), key=lambda r: r.name)

    # relationships ----------------------------------------------------------------

    def relationship(self, relationship_id: str) -> RelationshipRecord | None:
        """A relationship by id; None if the store has none by it."""
        return self._relationship(relationship_id)

    def _read_relationship(self, relationship_id: str) -> RelationshipRecord | None:
        node = relationship_node(relationship_id)
        found = nodes(self.source.quads(node, None, None, _DEFAULT)).get(node.value)
        return None if found is None else self._reader.record(relationship_id, found)

    def relationships(
        self,
        entity_id: str,
        *,
        kinds: Iterable[Kind] = tuple(Kind),
        role: str | None = None,
    ) -> list[RelationshipRecord]:
        """The relationships of an entity, in the order of their beginning.

        ``role`` is ``subject`` or ``object`` to ask for one end only; symmetric kinds are
        found at either end.
        """
        node = entity_node(entity_id)
        ids: set[str] = set()
        for kind in kinds:
            terms = v.TERMS[kind]
            properties = {"subject": [terms.subject], "object": [terms.object]}.get(
                role or "", [terms.subject, terms.object]
            )
            if kind in SYMMETRIC:
                properties = [terms.subject]
            for iri in properties:
                found = self.source.quads(None, NamedNode(iri), node, _DEFAULT)
                ids |= {_local(q.subject) for q in found}
        return self._collect(ids)

    def all_relationships(self, kinds: Iterable[Kind] = tuple(Kind)) -> list[RelationshipRecord]:
        """Every relationship of the kinds given, in the order of their beginning."""
        ids = {
            _local(quad.subject)
            for kind in kinds
            for quad in self.source.quads(None, _TYPE, NamedNode(v.TERMS[kind].cls), _DEFAULT)
        }
        return self._collect(ids)

    def as_party(self, entity_id: str) -> list[RelationshipRecord]:
        """Relationships in which the entity plays a further role (product, channel, party)."""
        node = entity_node(entity_id)
        ids = {
            _local(quad.subject)
            for role in ("product", "channel", "party", "leadInvestor", "formerEmployer")
            for quad in self.source.quads(None, aio(role), node, _DEFAULT)
        }
        return self._collect(ids)

    def articles(self) -> Iterator[tuple[str, Article]]:
        """Every article by id, without its text."""
        cls = NamedNode(v.SCHEMA + "NewsArticle")
        for quad in self.source.quads(None, _TYPE, cls, None):
            article_id = str(getattr(quad.subject, "value", "")).removeprefix(v.ARTICLE)
            yield article_id, self._reader.article(article_id)

    def statements_of_article(self, article_id: str) -> list[Resolved]:
        """All statements of one article, as they were extracted."""
        return read_statements(self.source.quads(None, None, None, article_node(article_id)))

    def _collect(self, ids: Iterable[str]) -> list[RelationshipRecord]:
        records = []
        if self.known_by:
            blocks = {"/".join(i.split("/")[:3]) for i in ids}
            for block in sorted(blocks):
                records += self._reread(block.replace("/", "|"), self.known_by)
        else:
            records = [r for i in ids if (r := self.relationship(i))]
        if self.as_of:
            records = [r for record in records if (r := true_on(record, self.as_of))]
        return sorted(records, key=in_time)

    def _reread(self, block: str, known_by: str) -> list[RelationshipRecord]:
        """The relationships of a block as they stood when only earlier articles were out."""
        known = [
            r
            for r in self.block(block)
            if r.published and span(r.published)[0] <= span(known_by)[1]
        ]
        return [self._reader.record_of(r) for r in consolidate_block(known)]

    def block(self, block: str) -> list[Resolved]:
        """All statements of one block, whatever article they stand in."""
        return statements_of(self.source, block)


def _local(term: object) -> str:
    return str(getattr(term, "value", term)).removeprefix(v.ID)
