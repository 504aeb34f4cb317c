"""From the quads about one node to a record of it."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from pyoxigraph import DefaultGraph, NamedNode

from kg import vocabulary as v
from kg.model import (
    SYMMETRIC,
    AmountRole,
    Article,
    Entity,
    Evidence,
    Modality,
    Nature,
    Qualifier,
    Relationship,
    Status,
)
from kg.rdf.quads import QuadSource
from kg.rdf.reading import Node, nodes, read_article, read_entity
from kg.rdf.terms import article_node, entity_node
from kg.records.model import Ref, RelationshipRecord, StatementRecord
from kg.resolution.steps import Step
from kg.resolution.summary import StatedAmount, Summary, summarise

_DEFAULT = DefaultGraph()
_LABEL = NamedNode(v.SKOS + "prefLabel")
_KIND_OF_CLASS = {terms.cls: kind for kind, terms in v.TERMS.items()}
_PARTY = ("party", v.AIO + "party")
"""How a further role is written that a kind does not declare."""


class RecordReader:
    """Reads records from a snapshot, each article and each name once."""

    def __init__(self, source: QuadSource) -> None:
        self.source = source
        self.entity = lru_cache(maxsize=4096)(self._read_entity)
        self.label = lru_cache(maxsize=65536)(self._read_label)
        self.article = lru_cache(maxsize=1024)(self._read_article)

    def ref(self, entity_id: str) -> Ref:
        """An entity's id with its name (the id again if it has none)."""
        return Ref(entity_id, self.label(entity_id))

    def record(self, relationship_id: str, node: Node) -> RelationshipRecord:
        classes = node.many(v.RDF + "type")
        kind = next(_KIND_OF_CLASS[c] for c in classes if c in _KIND_OF_CLASS)
        terms = v.TERMS[kind]
        subjects, objects = node.many(terms.subject), node.many(terms.object)
        if kind in SYMMETRIC:
            one, other = sorted(subjects)[:2] if len(subjects) > 1 else (subjects[0], subjects[0])
            subjects, objects = [one], [other]
        participants = tuple(
            (role, self.ref(iri.removeprefix(v.ID)))
            for role, property_ in dict((*terms.further, _PARTY)).items()
            for iri in sorted(node.many(property_))
        )
        statements = tuple(
            sorted(
                (self.statement(iri) for iri in node.many(v.AIO + "statement")),
                key=lambda s: (s.published or "9999", s.id),
            )
        )
        return RelationshipRecord(
            id=relationship_id,
            kind=kind,
            subject=self.ref(subjects[0].removeprefix(v.ID)) if subjects else None,
            object=self.ref(objects[0].removeprefix(v.ID)),
            summary=self._summary(node),
            participants=participants,
            statements=statements,
        )

    def record_of(self, relationship: Relationship) -> RelationshipRecord:
        summary = summarise(relationship)
        return RelationshipRecord(
            id=relationship.id,
            kind=relationship.kind,
            subject=self.ref(relationship.subject) if relationship.subject else None,
            object=self.ref(relationship.object),
            summary=summary,
            participants=tuple((role, self.ref(e)) for role, e in summary.participants),
            statements=tuple(
                self.statement(f"{v.article_iri(r.statement.article)}/statement/{r.statement.id}")
                for r in relationship.statements
            ),
        )

    def _summary(self, node: Node) -> Summary:
        def code(name: str) -> str | None:
            return node.code(v.AIO + name)

        def local(iri: str) -> str:
            return iri.rsplit("/", 1)[1]

        amounts = node.many(v.AIO + "amount")
        order = {iri: i for i, iri in enumerate(sorted(amounts, key=_amount_order))}
        status = code("status")
        return Summary(
            modality=Modality(code("modality") or ""),
            status=Status(status) if status else None,
            in_force=node.get(v.AIO + "inForce") == "true",
            natures=tuple(sorted(Nature(n.rsplit("-", 1)[1]) for n in node.many(v.AIO + "nature"))),
            instruments=tuple(sorted(node.many(v.AIO + "instrument"))),
            rounds=tuple(sorted(node.many(v.AIO + "round"))),
            stakes=tuple(sorted(Decimal(s) for s in node.many(v.AIO + "stakePercent"))),
            start=node.get(v.AIO + "startDate"),
            end=node.get(v.AIO + "endDate"),
            first_reported=node.get(v.AIO + "firstReported"),
            last_reported=node.get(v.AIO + "lastReported"),
            confidence=float(node.one(v.AIO + "confidence")),
            amounts=tuple(self._amount(iri, order) for iri in order),
            terms=tuple(
                (
                    term.one(v.AIO + "termName"),
                    term.one(v.AIO + "termValue"),
                    tuple(sorted(local(s) for s in term.many(v.AIO + "statedBy"))),
                )
                for iri in sorted(node.many(v.AIO + "term"), key=_position)
                for term in [self._node(iri)]
            ),
            steps=tuple(
                Step(
                    Status(step.code(v.AIO + "status") or ""),
                    step.get(v.AIO + "date"),
                    tuple(sorted(local(s) for s in step.many(v.AIO + "statedBy"))),
                )
                for iri in sorted(node.many(v.AIO + "step"), key=_position)
                for step in [self._node(iri)]
            ),
            participants=(),
        )

    def _amount(self, iri: str, order: dict[str, int]) -> StatedAmount:
        of = self._node(iri)

        def others(name: str) -> tuple[int, ...]:
            return tuple(sorted(order[i] for i in of.many(v.AIO + name)))

        return StatedAmount(
            value=Decimal(of.one(v.SCHEMA + "value")),
            currency=of.one(v.SCHEMA + "currency"),
            role=AmountRole(of.code(v.AIO + "amountRole") or ""),
            qualifier=Qualifier(of.code(v.AIO + "amountQualifier") or ""),
            stated=tuple(sorted(of.many(v.AIO + "stated"))),
            stated_by=tuple(sorted(s.rsplit("/", 1)[1] for s in of.many(v.AIO + "statedBy"))),
            equivalent_to=others("equivalentTo"),
            rounding_of=others("roundingOf"),
            conflicts_with=others("conflictsWith"),
        )

    def statement(self, iri: str) -> StatementRecord:
        article_id, statement_id = iri.removeprefix(v.ARTICLE).split("/statement/")
        graph = article_node(article_id)
        of = nodes(self.source.quads(NamedNode(iri), None, None, graph))[iri]
        status = of.code(v.AIO + "status")
        quotes = [self._node(e, graph) for e in of.many(v.AIO + "evidence")]
        stated = [self._node(a, graph) for a in of.many(v.AIO + "amount")]
        return StatementRecord(
            id=statement_id,
            article_id=article_id,
            article=self.article(article_id),
            quotes=tuple(
                sorted(
                    Evidence(
                        int(q.one(v.OA + "start")), int(q.one(v.OA + "end")), q.one(v.OA + "exact")
                    )
                    for q in quotes
                )
            ),
            modality=Modality(of.code(v.AIO + "modality") or ""),
            status=Status(status) if status else None,
            date=of.get(v.AIO + "date"),
            confidence=float(of.one(v.AIO + "confidence")),
            extractor=of.one(v.AIO + "extractor"),
            stated=tuple(sorted({a.one(v.AIO + "stated") for a in stated})),
            stake_percent=Decimal(stake) if (stake := of.get(v.AIO + "stakePercent")) else None,
        )

    def _node(self, iri: str, graph: NamedNode | DefaultGraph = _DEFAULT) -> Node:
        return nodes(self.source.quads(NamedNode(iri), None, None, graph)).get(iri, Node())

    def _read_entity(self, entity_id: str) -> Entity | None:
        return read_entity(self._node(entity_node(entity_id).value), entity_id)

    def _read_label(self, entity_id: str) -> str:
        for quad in self.source.quads(entity_node(entity_id), _LABEL, None, _DEFAULT):
            return str(getattr(quad.object, "value", entity_id))
        return entity_id

    def _read_article(self, article_id: str) -> Article:
        node = article_node(article_id)
        return read_article(self._node(node.value, node))


def _amount_order(iri: str) -> tuple[int, str]:
    role = iri.rsplit("#amount-", 1)[1].split("-", 1)[0]
    roles = [r.value for r in AmountRole]
    return (roles.index(role) if role in roles else len(roles), iri)


def _position(iri: str) -> int:
    return int(iri.rsplit("-", 1)[1])


def _local(term: object) -> str:
    return str(getattr(term, "value", term)).removeprefix(v.ID)
