"""Reviews, suits, and what holds of relationships of every kind: standing, dates, sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kg import ontology
from kg import vocabulary as v
from kg.competency.view import Row, View, answers, cls, code, ident, said_by
from kg.model import EntityKind, Kind, Modality, Status
from kg.records import RelationshipRecord

UNDER_WAY = frozenset(
    {
        Status.INTENDED,
        Status.INFORMATION_REQUESTED,
        Status.REVIEWING,
        Status.OPENED,
        Status.SUED,
    }
)
"""The statuses of the collection ``scheme:under-review``."""
_DEALS = (Kind.INVESTMENT, Kind.ACQUISITION, Kind.DISTRIBUTION, Kind.PARTNERSHIP)


@answers("reviews-of")
def reviews_of(view: View, reviewed: str) -> Iterator[Row]:
    for s, o, key, data in view.edges(Kind.SCRUTINY):
        parties = {ref.id for role, ref in view.records[key].participants if role == "party"}
        name = view.name(s)
        if reviewed in {o, *parties} and name:
            status = code("status", data.get("status"))
            for party in sorted(parties - {reviewed}) or (None,):
                yield ident(key), ident(s), name, status, ident(party) if party else None


@answers("reviews-under-way")
def reviews_under_way(view: View) -> Iterator[Row]:
    for s, o, key, data in view.edges(Kind.SCRUTINY):
        if data.get("status") in UNDER_WAY:
            yield ident(key), ident(s), ident(o), code("status", data["status"])


@answers("scrutinised-now")
def scrutinised_now(view: View) -> Iterator[Row]:
    for s, o in view.direct(Kind.SCRUTINY):
        if (name := view.name(s)) is not None:
            place = view.entities[s].jurisdiction
            told = place if view.has_kind(s, EntityKind.AUTHORITY) else None
            yield ident(s), name, told or None, ident(o)


@answers("life-of-a-review")
def life_of_a_review(view: View, reviewed: str) -> Iterator[Row]:
    for record in view.records.values():
        if record.kind is Kind.SCRUTINY and record.object.id == reviewed:
            for place, step in enumerate(record.summary.steps, 1):
                for source in said_by(record, step.stated_by):
                    status = code("status", step.status)
                    yield ident(record.id), str(place), status, step.date, source


@answers("deals-a-review-concerns")
def deals_a_review_concerns(view: View) -> Iterator[Row]:
    for proceeding in view.records.values():
        if proceeding.kind not in (Kind.SCRUTINY, Kind.LITIGATION):
            continue
        one = proceeding.object.id
        others = {r.id for role, r in proceeding.participants if role == "party"} - {one}
        told = proceeding.summary.last_reported
        for s, o, key, data in view.edges(*_DEALS):
            known = data.get("published")
            in_time = not told or not known or known <= told
            if in_time and ((s == one and o in others) or (o == one and s in others)):
                yield ident(proceeding.id), ident(key)


@answers("lawsuits")
def lawsuits(view: View) -> Iterator[Row]:
    held = view.direct(Kind.LITIGATION)
    for s, o, key, _ in view.edges(Kind.LITIGATION):
        if (s, o) in held:
            terms = view.records[key].summary.terms
            told = [x for name, x, _ in terms if v.TERM_CLASS.get(name) == v.AIO + "LegalBasis"]
            for basis in told or (None,):
                yield ident(key), ident(s), ident(o), basis


@answers("appointments-at")
def appointments_at(view: View, employer: str) -> Iterator[Row]:
    for s, o, _, data in view.edges(Kind.APPOINTMENT):
        if o == employer and view.has_kind(s, EntityKind.PERSON):
            status = code("status", data.get("status"))
            yield ident(s), view.name(s), data.get("start"), status


@answers("posts-held")
def posts_held(view: View) -> Iterator[Row]:
    return ((ident(s), ident(o)) for s, o in view.direct(Kind.APPOINTMENT))


@answers("connections-between")
def connections_between(view: View, one: str, other: str) -> Iterator[Row]:
    for record in view.records.values():
        ends = {record.object.id, *(ref.id for _, ref in record.participants)}
        ends |= {record.subject.id} if record.subject else set()
        if {one, other} <= ends:
            for drawn in _classes(record):
                yield ident(record.id), ontology.edges()[drawn].label


@answers("changed-between")
def changed_between(view: View, since: str, until: str) -> Iterator[Row]:
    for record in view.records.values():
        first, last = record.summary.first_reported, record.summary.last_reported
        if first and last and (since <= first <= until or since <= last <= until):
            yield ident(record.id), "new" if first >= since else "reported again"


@answers("rumoured-never-confirmed")
def rumoured_never_confirmed(view: View) -> Iterator[Row]:
    for record in view.records.values():
        if record.summary.modality is Modality.RUMOURED:
            first, last = record.summary.first_reported, record.summary.last_reported
            for one in _classes(record):
                yield ident(record.id), cls(one), first, last


@answers("true-on")
def true_on(view: View, date: str) -> Iterator[Row]:
    for record in view.records.values():
        s = record.summary
        begun = s.modality is Modality.ASSERTED and s.start and s.start <= date
        if begun and (not s.end or s.end > date):
            yield ident(record.id), s.start, s.end


@answers("conflicts")
def conflicts(view: View) -> Iterator[Row]:
    for record in view.records.values():
        amounts = record.summary.amounts
        for amount in amounts:
            for other in (amounts[i] for i in amount.conflicts_with):
                if amount.key < other.key:
                    for stated in amount.stated:
                        for otherwise in other.stated:
                            yield ident(record.id), stated, otherwise


@answers("agreeing-amounts")
def agreeing_amounts(view: View) -> Iterator[Row]:
    for record in view.records.values():
        keys = [ident(f"{record.id}#amount-{a.key}") for a in record.summary.amounts]
        for key, amount in zip(keys, record.summary.amounts, strict=True):
            for other in amount.equivalent_to:
                yield key, "equivalent", keys[other]
            for other in amount.rounding_of:
                yield key, "rounding", keys[other]


@answers("several-of-one-kind")
def several_of_one_kind(view: View) -> Iterator[Row]:
    blocks = Counter("|".join(i.split("/")[:3]) for i in view.records)
    return ((block, str(count)) for block, count in blocks.items() if count > 1)


@answers("relationships-by-broad-class")
def relationships_by_broad_class(view: View) -> Iterator[Row]:
    above = ontology.superclasses()
    for broad in ("Transaction", "Agreement", "Proceeding"):
        found = sum(
            any(v.AIO + broad in above.get(c, ()) for c in _classes(r))
            for r in view.records.values()
        )
        if found:
            yield cls(broad), str(found)


@answers("how-edges-are-drawn")
def how_edges_are_drawn(view: View) -> Iterator[Row]:
    for one, edge in ontology.edges().items():
        yield cls(one), cls(edge.source), cls(edge.target), edge.label, cls(edge.direct)


def _classes(record: RelationshipRecord) -> list[str]:
    """The classes of a relationship, that of its nature included."""
    found = [v.TERMS[record.kind].cls]
    if record.kind is Kind.PARTNERSHIP:
        found += [v.NATURE_CLASS[n] for n in record.summary.natures]
    return found
