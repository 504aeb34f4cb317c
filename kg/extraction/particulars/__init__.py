"""What an article says of a relationship beyond who, how much and when.

On what terms a sum converts, whether a licence is exclusive, on which law a review rests,
who supplies whom: an extractor finds the relationship, this finds what the same sentence,
and those that go on about it, tell of its terms. It holds for the statements of any
extractor, and adds nothing that does not stand in the article: every term read from another
sentence brings that sentence with it as evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extraction.particulars.roles import roles
from kg.extraction.particulars.sentences import going_on
from kg.extraction.particulars.terms import convertible, terms
from kg.model import Evidence, Extraction, Kind, Mention, Statement, Status

__all__ = ["with_particulars"]

PARTY, FORMER_EMPLOYER = "party", "former_employer"
_DEALS = frozenset({Kind.INVESTMENT, Kind.ACQUISITION, Kind.PARTNERSHIP, Kind.DISTRIBUTION})
_LEFT = frozenset({Status.ENDED, Status.TERMINATED})


def with_particulars(extraction: Extraction) -> Extraction:
    """The extraction, its statements with the terms and roles that their sentences tell."""
    text = extraction.article.text
    statements = [_with_terms(s, text) for s in extraction.statements]
    return replace(
        extraction,
        statements=tuple(
            _with_former_employer(_with_the_deal(s, statements), statements) for s in statements
        ),
    )


def _with_the_deal(statement: Statement, others: Sequence[Statement]) -> Statement:
    """A review with the other party to the deal that the same sentence says it is about."""
    if statement.kind is not Kind.SCRUTINY or any(r == PARTY for r, _ in statement.participants):
        return statement
    told = {(e.start, e.end) for e in statement.evidence}
    ends = {m.name for m in (statement.subject, statement.object) if m}
    concerned: dict[str, Mention] = {}
    for other in others:
        if other.kind not in _DEALS or told.isdisjoint((e.start, e.end) for e in other.evidence):
            continue
        parties = [m for m in (other.subject, other.object) if m]
        if statement.object.name in {m.name for m in parties}:
            concerned |= {m.name: m for m in parties if m.name not in ends}
    further = tuple((PARTY, m) for _, m in sorted(concerned.items()))
    return replace(statement, participants=(*statement.participants, *further))


def _with_former_employer(statement: Statement, others: Sequence[Statement]) -> Statement:
    """A new post with the organisation that the same article says the person has left."""
    if statement.kind is not Kind.APPOINTMENT or statement.status in _LEFT or not statement.subject:
        return statement
    if any(role == FORMER_EMPLOYER for role, _ in statement.participants):
        return statement
    left = [
        s.object
        for s in others
        if s.kind is Kind.APPOINTMENT
        and s.status in _LEFT
        and s.subject
        and s.subject.name == statement.subject.name
        and s.object.name != statement.object.name
    ]
    if len({m.name for m in left}) != 1:
        return statement
    return replace(statement, participants=(*statement.participants, (FORMER_EMPLOYER, left[0])))


def _with_terms(statement: Statement, text: str) -> Statement:
    found = list(statement.terms)
    named = {name for name, _ in found}
    evidence = set(statement.evidence)
    instrument = statement.instrument
    own = [(e.start, e.end) for e in statement.evidence]
    after = going_on(text, max(statement.evidence).end, statement.kind, statement.object.text)
    for start, end in (*own, *after):
        sentence = text[start:end]
        new = [(n, v) for n, v in terms(sentence, statement.kind) if n not in named]
        converts = any(name == "conversion" for name, _ in new)
        by_note = statement.kind is Kind.INVESTMENT and (converts or convertible(sentence))
        if by_note and instrument in (None, "equity"):
            instrument = "convertible"
        elif not new:
            continue
        found += new
        named |= {name for name, _ in new}
        evidence.add(Evidence(start, end, sentence))
    further = roles(statement, text)
    if not further and found == list(statement.terms) and instrument == statement.instrument:
        return statement
    return replace(
        statement,
        terms=tuple(sorted(found)),
        instrument=instrument,
        participants=(*statement.participants, *further),
        evidence=tuple(sorted(evidence)),
    )
