"""Which relationships and entities pass a plan's filters."""

from __future__ import annotations

from kg.dates import span
from kg.model import AmountRole, EntityKind, Status
from kg.questions.plan import HAPPENED, Bound, Filters, Noun
from kg.questions.world import World
from kg.records import RelationshipRecord
from kg.resolution.summary import OVER, StatedAmount

OWN_ROLES = frozenset(
    {
        AmountRole.COMMITTED,
        AmountRole.EQUIVALENT,
        AmountRole.TRANCHE,
        AmountRole.PRICE,
        AmountRole.FINE,
        AmountRole.CONTRACT,
    }
)
"""Sums of the relationship itself, against which a limit is held."""
_ROLES = {
    "own": OWN_ROLES,
    "round": frozenset({AmountRole.ROUND_TOTAL}),
    "valuation": frozenset({AmountRole.VALUATION}),
}
KIND_CLASSES: dict[str, frozenset[EntityKind]] = {
    "investor": frozenset({EntityKind.INVESTOR, EntityKind.SOVEREIGN_FUND}),
    "authority": frozenset({EntityKind.AUTHORITY, EntityKind.GOVERNMENT}),
}
"""Words that mean more than one kind of entity."""


WITH_UNITS = frozenset({"cloud-provider", "chip-maker"})
"""Kinds that an owner shares with its units: Amazon is a cloud provider by its unit."""
CONCLUDED = OVER | {Status.FINED}
"""Statuses after which nothing is pending."""


_PASSED = frozenset({Status.OPENED, Status.INFORMATION_REQUESTED, Status.SUED})
"""Statuses that a review goes on from: what was opened stays opened."""
_AIMED = frozenset({Status.SUED, Status.FINED, Status.INFRINGEMENT_FOUND})


def aimed(filters: Filters) -> bool:
    """Whether a review counts for whom it is directed at alone, not for further parties."""
    return bool(filters.statuses) and filters.statuses <= _AIMED


def lasting(filters: Filters) -> bool:
    """Whether it is enough that a status was reached once: *which cases did X open*."""
    return bool(filters.statuses) and filters.statuses <= _PASSED


def over(filters: Filters) -> frozenset[Status]:
    """The statuses that the filters exclude."""
    if filters.statuses or filters.ended in ("all", "only"):
        return frozenset()
    return CONCLUDED - HAPPENED if filters.ended == "past" else CONCLUDED


def begin(record: RelationshipRecord) -> str | None:
    """The first day on which the relationship may have begun, or was first reported."""
    date = record.summary.start or record.summary.first_reported
    return span(date)[0].isoformat() if date else None


def passes(record: RelationshipRecord, filters: Filters) -> bool:
    """Whether a relationship counts."""
    s = record.summary
    if s.modality not in filters.modalities or (s.status and s.status in over(filters)):
        return False
    if filters.ended == "only" and s.status not in CONCLUDED:
        return False
    dated = filters.since or filters.until
    if filters.statuses and not dated and not _stands(record, filters):
        return False
    if dated and not any(_within(day, filters) for day in _days(record, filters)):
        return False
    if filters.round and filters.round not in {r.casefold() for r in s.rounds}:
        return False
    if filters.instrument and not any(filters.instrument in i.casefold() for i in s.instruments):
        return False
    if filters.nature and filters.nature not in {n.value for n in s.natures}:
        return False
    if filters.least and not any(_above(a, filters.least) for a in s.amounts):
        return False
    if filters.most and not any(_below(a, filters.most) for a in s.amounts):
        return False
    low, high = filters.least_stake, filters.most_stake
    if low and not any(x > low.value or (x == low.value and not low.strict) for x in s.stakes):
        return False
    return not high or any(
        x < high.value or (x == high.value and not high.strict) for x in s.stakes
    )


def _stands(record: RelationshipRecord, filters: Filters) -> bool:
    s = record.summary
    reached = {step.status for step in s.steps} if lasting(filters) else set()
    return bool(filters.statuses & {s.status, *reached})


def _within(day: str, filters: Filters) -> bool:
    return (filters.since or "") <= day <= (filters.until or "9999")


def _days(record: RelationshipRecord, filters: Filters) -> list[str]:
    """The days that a period is held against: the beginning, or when the status was reached."""
    day = begin(record)
    first = [day] if day else []
    if not filters.statuses:
        return first
    s = record.summary
    steps = [step for step in s.steps if step.status in filters.statuses]
    if not steps and s.status in filters.statuses:
        return first
    days = [span(step.date)[0].isoformat() for step in steps if step.date]
    return days + (first if any(not step.date for step in steps) else [])


def roles_of(bound: Bound) -> frozenset[AmountRole]:
    """The roles of the sums that a limit is held against."""
    return _ROLES[bound.of]


def _comparable(amount: StatedAmount, bound: Bound) -> bool:
    return amount.role in roles_of(bound) and bound.currency in (None, amount.currency)


def _above(amount: StatedAmount, bound: Bound) -> bool:
    if not _comparable(amount, bound):
        return False
    return amount.value > bound.value if bound.strict else amount.value >= bound.value


def _below(amount: StatedAmount, bound: Bound) -> bool:
    if not _comparable(amount, bound):
        return False
    return amount.value < bound.value if bound.strict else amount.value <= bound.value


def fits(world: World, entity_id: str, noun: Noun, big_tech: frozenset[str] = frozenset()) -> bool:
    """Whether an entity is one of those the noun means."""
    if noun.any:
        return True
    if noun.big_tech and not (set(world.owners(entity_id)) & big_tech):
        return False
    if noun.but and fits(world, entity_id, noun.but, big_tech):
        return False
    if noun.that and entity_id not in noun.among:
        return False
    entity = world.entity(entity_id)
    if noun.founded and not (entity and entity.founded and _founded(entity.founded, noun.founded)):
        return False
    if noun.kind == "lab":
        if not world.is_lab(entity_id):
            return False
    elif noun.kind:
        wanted = KIND_CLASSES.get(noun.kind) or frozenset({EntityKind(noun.kind)})
        units = world.units(entity_id) if noun.kind in WITH_UNITS else [entity_id]
        if not any(
            (unit := world.entity(u)) is not None and wanted & set(unit.kinds) for u in units
        ):
            return False
    country = entity.country if entity else None
    if noun.countries and (not country or (country in noun.countries) is noun.outside):
        return False
    if noun.weights and (entity is None or entity.weights != noun.weights):
        return False
    return not (noun.city and (entity is None or entity.city != noun.city))


def _founded(date: str, within: tuple[str | None, str | None]) -> bool:
    """Whether a founding lies within certain days wherever in its year or month it was."""
    first, last = (day.isoformat() for day in span(date))
    since, until = within
    return (since or "") <= first and last <= (until or "9999")
