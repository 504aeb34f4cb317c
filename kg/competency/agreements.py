"""Terms of agreements and the parts that are played in them: exclusive, licensed, supplied."""

from __future__ import annotations

from collections.abc import Iterator

from kg import vocabulary as v
from kg.competency.view import Row, View, answers, cls, ident
from kg.model import Kind, Nature
from kg.records import RelationshipRecord


@answers("moves")
def moves(view: View) -> Iterator[Row]:
    for s, o, key, data in view.edges(Kind.APPOINTMENT):
        record = view.records[key]
        posts = [value for name, value, _ in record.summary.terms if name == "post"]
        for former in _players(record, "former_employer"):
            for post in posts or (None,):
                yield ident(s), ident(former), ident(o), data.get("start"), post


@answers("exclusive-agreements")
def exclusive_agreements(view: View) -> Iterator[Row]:
    for record in view.records.values():
        articles = {s.id: s.article_id for s in record.statements}
        for name, value, stated_by in record.summary.terms:
            if v.TERM_CLASS.get(name) == v.AIO + "Exclusivity":
                for said in stated_by:
                    yield ident(record.id), value, f"article:{articles[said]}"


@answers("conversion-terms")
def conversion_terms(view: View) -> Iterator[Row]:
    for record in view.records.values():
        if record.kind is Kind.INVESTMENT:
            investor = ident(record.subject.id) if record.subject else None
            for name, value, _ in record.summary.terms:
                if v.TERM_CLASS.get(name) == v.AIO + "ConversionTerms":
                    yield ident(record.id), investor, ident(record.object.id), name, value


@answers("legal-bases")
def legal_bases(view: View) -> Iterator[Row]:
    for record in view.records.values():
        for name, value, _ in record.summary.terms:
            if v.TERM_CLASS.get(name) == v.AIO + "LegalBasis":
                yield ident(record.id), value


@answers("licences-granted")
def licences_granted(view: View) -> Iterator[Row]:
    for record in view.records.values():
        if record.kind is Kind.PARTNERSHIP:
            for licensor in _players(record, "licensor"):
                for licensee in _players(record, "licensee"):
                    yield ident(licensor), ident(licensee), ident(record.id)


@answers("who-supplies-whom")
def who_supplies_whom(view: View, customer: str) -> Iterator[Row]:
    for record in view.records.values():
        natures = {Nature.SUPPLY, Nature.COMPUTE} & set(record.summary.natures)
        if record.kind is Kind.PARTNERSHIP and customer in _players(record, "customer"):
            for provider in _players(record, "provider"):
                if name := view.name(provider):
                    for nature in natures:
                        of = cls(v.NATURE_CLASS[nature])
                        yield ident(provider), name, ident(record.id), of


def _players(record: RelationshipRecord, part: str) -> list[str]:
    return [ref.id for role, ref in record.participants if role == part]
