"""The default graph: entities, relationships and the direct triples derived from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg import vocabulary as v
from kg.model import SYMMETRIC, Entity, Kind, Relationship
from kg.names import fold
from kg.rdf.terms import (
    DEFAULT,
    TYPE,
    aio,
    boolean_literal,
    concept,
    date_literal,
    decimal_literal,
    entity_node,
    integer_literal,
    relationship_node,
    statement_node,
    term_classes,
    text_literal,
)
from kg.resolution.candidates import Candidate
from kg.resolution.consolidation import block_of
from kg.resolution.summary import Summary, summarise

Term = NamedNode | Literal


def entity_quads(entity: Entity, candidates: Iterable[Candidate] = ()) -> Iterator[Quad]:
    """What is known of an entity from the registry or, for a new one, from its mentions."""
    node = entity_node(entity.id)

    def say(predicate: NamedNode, value: Term) -> Quad:
        return Quad(node, predicate, value, DEFAULT)

    yield say(TYPE, aio("Entity"))
    for kind in entity.kinds:
        yield say(TYPE, NamedNode(v.ENTITY_CLASS[kind]))
    yield say(aio("primaryKind"), NamedNode(v.ENTITY_CLASS[entity.kind]))
    yield say(NamedNode(v.SKOS + "prefLabel"), Literal(entity.name, language="en"))
    for name in entity.names:
        yield say(NamedNode(v.SKOS + "altLabel"), Literal(name, language="en"))
    for name in entity.former:
        yield say(aio("formerName"), Literal(name, language="en"))
    for key in sorted({fold(name) for name in entity.all_names}):
        yield say(aio("nameKey"), Literal(key))
    yield say(aio("origin"), Literal(entity.origin))
    for name, value in (("parent", entity.parent), ("developedBy", entity.developer)):
        if value:
            yield say(aio(name), entity_node(value))
    for name, value in (
        ("country", entity.country),
        ("city", entity.city),
        ("jurisdiction", entity.jurisdiction),
        ("weights", entity.weights),
        ("licence", entity.licence),
        *entity.identifiers,
    ):
        if value:
            yield say(aio(name), Literal(value))
    for name, value in (("founded", entity.founded), ("released", entity.released)):
        if value:
            yield say(aio(name), date_literal(value))
    for source in entity.sources:
        yield say(NamedNode(v.DCT + "source"), NamedNode(source))
    for candidate in candidates:
        yield say(aio("possiblySameAs"), entity_node(candidate.entity))


def relationship_quads(
    relationship: Relationship, summary: Summary | None = None
) -> Iterator[Quad]:
    """A relationship with everything its statements come to, and the direct triple.

    ``summary`` is what they come to where that is not to be worked out from all of them.
    """
    summary = summary or summarise(relationship)
    terms = v.TERMS[relationship.kind]
    node = relationship_node(relationship.id)
    of_statement = {
        r.statement.id: statement_node(r.statement.article, r.statement.id)
        for r in relationship.statements
    }

    def say(predicate: str, value: Term, subject: NamedNode = node) -> Quad:
        return Quad(subject, aio(predicate), value, DEFAULT)

    yield Quad(node, TYPE, aio("Relationship"), DEFAULT)
    yield Quad(node, TYPE, NamedNode(terms.cls), DEFAULT)
    for nature in summary.natures:
        if relationship.kind is Kind.PARTNERSHIP:
            yield Quad(node, TYPE, NamedNode(v.NATURE_CLASS[nature]), DEFAULT)
        yield say("nature", concept("nature", nature))
    yield say("block", Literal(block_of(relationship.statements[0])))
    subject = entity_node(relationship.subject) if relationship.subject else None
    object_ = entity_node(relationship.object)
    if subject:
        yield Quad(node, NamedNode(terms.subject), subject, DEFAULT)
    yield Quad(node, NamedNode(terms.object), object_, DEFAULT)
    further = dict(terms.further)
    for role, entity in summary.participants:
        yield Quad(
            node, NamedNode(further.get(role, v.AIO + "party")), entity_node(entity), DEFAULT
        )
    yield say("modality", concept("modality", summary.modality))
    yield say("inForce", boolean_literal(summary.in_force))
    if summary.status:
        yield say("status", concept("status", summary.status))
    for instrument in summary.instruments:
        yield say("instrument", text_literal(instrument))
    for round_name in summary.rounds:
        yield say("round", text_literal(round_name))
    for stake in summary.stakes:
        yield say("stakePercent", decimal_literal(stake))
    for name, date in (
        ("startDate", summary.start),
        ("endDate", summary.end),
        ("firstReported", summary.first_reported),
        ("lastReported", summary.last_reported),
    ):
        if date:
            yield say(name, date_literal(date))
    yield say("confidence", decimal_literal(summary.confidence))
    for statement in of_statement.values():
        yield say("statement", statement)
    amounts = [NamedNode(f"{node.value}#amount-{a.key}") for a in summary.amounts]
    for at, amount in zip(amounts, summary.amounts, strict=True):
        yield say("amount", at)
        yield Quad(at, TYPE, NamedNode(v.SCHEMA + "MonetaryAmount"), DEFAULT)
        yield Quad(at, NamedNode(v.SCHEMA + "value"), decimal_literal(amount.value), DEFAULT)
        yield Quad(at, NamedNode(v.SCHEMA + "currency"), Literal(amount.currency), DEFAULT)
        yield say("amountRole", concept("amount-role", amount.role), at)
        yield say("amountQualifier", concept("qualifier", amount.qualifier), at)
        for stated in amount.stated:
            yield say("stated", text_literal(stated), at)
        for statement_id in amount.stated_by:
            yield say("statedBy", of_statement[statement_id], at)
        for predicate, others in (
            ("equivalentTo", amount.equivalent_to),
            ("roundingOf", amount.rounding_of),
            ("conflictsWith", amount.conflicts_with),
        ):
            for position in others:
                yield say(predicate, amounts[position], at)
    for i, (name, value, stated_by) in enumerate(summary.terms, 1):
        at = NamedNode(f"{node.value}#term-{i}")
        yield say("term", at)
        for cls in term_classes(name):
            yield Quad(at, TYPE, cls, DEFAULT)
        yield say("termName", text_literal(name), at)
        yield say("termValue", text_literal(value), at)
        for statement_id in stated_by:
            yield say("statedBy", of_statement[statement_id], at)
    for i, step in enumerate(summary.steps, 1):
        at = NamedNode(f"{node.value}#step-{i}")
        yield say("step", at)
        yield Quad(at, TYPE, aio("Step"), DEFAULT)
        yield Quad(at, aio("position"), integer_literal(i), DEFAULT)
        yield say("status", concept("status", step.status), at)
        if step.date:
            yield say("date", date_literal(step.date), at)
        for statement_id in step.stated_by:
            yield say("statedBy", of_statement[statement_id], at)
    if summary.in_force and subject:
        yield Quad(subject, NamedNode(terms.direct), object_, DEFAULT)
        if relationship.kind in SYMMETRIC:
            yield Quad(object_, NamedNode(terms.direct), subject, DEFAULT)
