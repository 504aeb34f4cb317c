"""Quads back to statements and entities, as they were written."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from pyoxigraph import Quad

from kg import vocabulary as v
from kg.model import (
    Amount,
    AmountRole,
    Article,
    Entity,
    EntityKind,
    Evidence,
    Mention,
    Modality,
    Nature,
    Qualifier,
    Resolved,
    Statement,
    Status,
)
from kg.rdf.terms import concept_value

_KIND_OF_CLASS = {terms.cls: kind for kind, terms in v.TERMS.items()}
_ENTITY_KIND_OF_CLASS = {iri: kind for kind, iri in v.ENTITY_CLASS.items()}
_KIND_ORDER = list(EntityKind)


class Node:
    """The values of one subject's properties, as texts (IRIs or lexical forms)."""

    __slots__ = ("values",)

    def __init__(self) -> None:
        self.values: dict[str, list[str]] = defaultdict(list)

    def many(self, predicate: str) -> list[str]:
        return self.values.get(predicate, [])

    def get(self, predicate: str) -> str | None:
        found = self.values.get(predicate)
        return found[0] if found else None

    def one(self, predicate: str) -> str:
        """The value of a property that is always there; KeyError names it if it is not."""
        found = self.get(predicate)
        if found is None:
            raise KeyError(predicate)
        return found

    def code(self, predicate: str) -> str | None:
        """The value of a coded property without its scheme."""
        found = self.get(predicate)
        return concept_value(found) if found else None


def nodes(quads: Iterable[Quad]) -> dict[str, Node]:
    """Quads gathered by subject."""
    found: dict[str, Node] = defaultdict(Node)
    for quad in quads:
        found[_value(quad.subject)].values[quad.predicate.value].append(_value(quad.object))
    return found


def _value(term: object) -> str:
    return str(getattr(term, "value", term))


def read_statements(quads: Iterable[Quad]) -> list[Resolved]:
    """The statements that the quads of article graphs hold."""
    about = nodes(quads)
    statement_class = v.AIO + "Statement"
    return [
        _read_statement(about, iri)
        for iri, node in list(about.items())
        if statement_class in node.many(v.RDF + "type")
    ]


def _read_statement(about: dict[str, Node], iri: str) -> Resolved:
    of = about[iri]
    mentions = {m.rsplit("#", 1)[1]: read_mention(about[m]) for m in of.many(v.AIO + "mention")}
    further = sorted((k for k in mentions if k.startswith("participant-")), key=_position)
    roles = {k: about[f"{iri}#{k}"].one(v.AIO + "role") for k in further}
    status, nature = of.code(v.AIO + "status"), of.code(v.AIO + "nature")
    stake, derivation = of.get(v.AIO + "stakePercent"), of.get(v.AIO + "derivation")
    subject = mentions.get("subject")
    statement = Statement(
        article=iri.removeprefix(v.ARTICLE).split("/", 1)[0],
        kind=_KIND_OF_CLASS[of.one(v.AIO + "statesKind")],
        subject=subject[0] if subject else None,
        object=mentions["object"][0],
        evidence=tuple(sorted(_read_evidence(about[e]) for e in of.many(v.AIO + "evidence"))),
        modality=Modality(of.code(v.AIO + "modality") or ""),
        status=Status(status) if status else None,
        nature=Nature(nature) if nature else None,
        amounts=tuple(
            _read_amount(about[a]) for a in sorted(of.many(v.AIO + "amount"), key=_position)
        ),
        date=of.get(v.AIO + "date"),
        instrument=of.get(v.AIO + "instrument"),
        round=of.get(v.AIO + "round"),
        stake_percent=Decimal(stake) if stake else None,
        participants=tuple((roles[k], mentions[k][0]) for k in further),
        terms=tuple(
            (about[t].one(v.AIO + "termName"), about[t].one(v.AIO + "termValue"))
            for t in sorted(of.many(v.AIO + "term"), key=_position)
        ),
        confidence=float(of.one(v.AIO + "confidence")),
        extractor=of.one(v.AIO + "extractor"),
        extractor_version=of.one(v.AIO + "extractorVersion"),
        derivation=tuple((k, w) for k, w in json.loads(derivation)) if derivation else (),
    )
    return Resolved(
        statement=statement,
        subject=subject[1] if subject else None,
        object=mentions["object"][1],
        participants=tuple((roles[k], mentions[k][1]) for k in further),
        published=of.get(v.AIO + "published"),
        judged=of.get(v.AIO + "judged"),
    )


def _position(key: str) -> int:
    return int(key.rsplit("-", 1)[1])


def read_mention(of: Node) -> tuple[Mention, str]:
    """A mention with the id of the entity that it was resolved to."""
    kind, recognised = of.get(v.AIO + "mentionKind"), of.get(v.AIO + "recognisedAs")
    mention = Mention(
        text=of.one(v.AIO + "surface"),
        start=int(of.one(v.OA + "start")),
        end=int(of.one(v.OA + "end")),
        name=of.one(v.AIO + "mentionName"),
        entity=recognised.removeprefix(v.ID) if recognised else None,
        kind=_ENTITY_KIND_OF_CLASS[kind] if kind else None,
    )
    return mention, of.one(v.AIO + "entity").removeprefix(v.ID)


def _read_amount(of: Node) -> Amount:
    return Amount(
        value=Decimal(of.one(v.SCHEMA + "value")),
        currency=of.one(v.SCHEMA + "currency"),
        stated=of.one(v.AIO + "stated"),
        start=int(of.one(v.OA + "start")),
        end=int(of.one(v.OA + "end")),
        role=AmountRole(of.code(v.AIO + "amountRole") or ""),
        qualifier=Qualifier(of.code(v.AIO + "amountQualifier") or ""),
    )


def _read_evidence(of: Node) -> Evidence:
    return Evidence(
        start=int(of.one(v.OA + "start")),
        end=int(of.one(v.OA + "end")),
        quote=of.one(v.OA + "exact"),
    )


def read_article(node: Node, text: str = "") -> Article:
    """An article's metadata; its text is not in the graph and may be given."""
    return Article(
        text=text,
        source=node.one(v.DCT + "source"),
        title=node.get(v.SCHEMA + "headline"),
        url=node.get(v.SCHEMA + "url"),
        published=node.get(v.SCHEMA + "datePublished"),
        publisher=node.get(v.SCHEMA + "publisher"),
        retrieved=node.get(v.AIO + "retrieved"),
        language=node.get(v.SCHEMA + "inLanguage"),
    )


def read_entity(node: Node, entity_id: str) -> Entity | None:
    """An entity from its own properties; None if it has no name."""
    name = node.get(v.SKOS + "prefLabel")
    if name is None:
        return None

    def many(predicate: str) -> tuple[str, ...]:
        return tuple(sorted(node.many(predicate)))

    def local(predicate: str) -> str | None:
        iri = node.get(predicate)
        return iri.removeprefix(v.ID) if iri else None

    kinds = {
        _ENTITY_KIND_OF_CLASS[t] for t in node.many(v.RDF + "type") if t in _ENTITY_KIND_OF_CLASS
    }
    primary = _ENTITY_KIND_OF_CLASS[node.one(v.AIO + "primaryKind")]
    return Entity(
        id=entity_id,
        name=name,
        kinds=(primary, *sorted(kinds - {primary}, key=_KIND_ORDER.index)),
        names=many(v.SKOS + "altLabel"),
        former=many(v.AIO + "formerName"),
        parent=local(v.AIO + "parent"),
        developer=local(v.AIO + "developedBy"),
        country=node.get(v.AIO + "country"),
        city=node.get(v.AIO + "city"),
        jurisdiction=node.get(v.AIO + "jurisdiction"),
        founded=node.get(v.AIO + "founded"),
        released=node.get(v.AIO + "released"),
        weights=node.get(v.AIO + "weights"),
        licence=node.get(v.AIO + "licence"),
        identifiers=tuple(
            (scheme, value)
            for scheme in ("lei", "ticker", "wikidata")
            if (value := node.get(v.AIO + scheme)) is not None
        ),
        sources=many(v.DCT + "source"),
        origin=node.get(v.AIO + "origin") or "registry",
    )
