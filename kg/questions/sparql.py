"""Plans as SPARQL: the query that gives the same answer, for whoever wants to see or change it."""

from __future__ import annotations

from kg import vocabulary as v
from kg.model import SYMMETRIC, EntityKind, Kind, Status
from kg.questions import then
from kg.questions.plan import Bound, Filters, Noun, Plan
from kg.questions.sifting import CONCLUDED, KIND_CLASSES, WITH_UNITS, lasting, over, roles_of


def short(iri: str) -> str:
    """An IRI with its prefix where that is allowed, else in full."""
    for prefix, base in v.PREFIXES.items():
        local = iri.removeprefix(base)
        if local != iri and local.replace("-", "").replace("_", "").isalnum() and local.isascii():
            return f"{prefix}:{local}"
    return f"<{iri}>"


def entity(entity_id: str) -> str:
    return short(v.entity_iri(entity_id))


def concepts(scheme: str, values: object) -> str:
    return ", ".join(short(f"{v.SCHEME}{scheme}-{value}") for value in sorted(values))  # type: ignore[call-overload]


def text(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def pattern(
    kind: Kind,
    subject: str = "?subject",
    object_: str = "?object",
    r: str = "?r",
    *,
    parties: bool = True,
) -> str:
    """The triples by which a relationship of a kind holds between two variables.

    A review holds of its further ``parties`` too.
    """
    terms = v.TERMS[kind]
    if kind in SYMMETRIC:
        return (
            f"{r} a {short(terms.cls)} ; {short(terms.subject)} {subject} , {object_} .\n"
            f"  FILTER({subject} != {object_})"
        )
    path = short(terms.object) + ("|aio:party" if kind is Kind.SCRUTINY and parties else "")
    return (
        f"{r} a {short(terms.cls)} ; {short(terms.subject)} {subject} ; {path} {object_} .\n"
        f"  FILTER({subject} != {object_})"
    )


OWNERS = "(aio:parent|aio:takenOverBy)"
"""From what is owned to its owners; followed by ``*``, at any remove."""


def given(
    plan: Plan, ids: tuple[str, ...], variable: str, *, family: bool, below: bool = False
) -> str:
    """Binds a variable to entities, with ``family`` to all that belongs to them as well.

    With ``below`` to that alone. Who belonged to them on an earlier day no path can tell; it
    is listed.
    """
    if family and not plan.families:
        parts = [f"{entity(i)} ^{OWNERS}* {variable}" for i in ids]
        found = f"{parts[0]} ." if len(parts) == 1 else " UNION ".join(f"{{ {p} }}" for p in parts)
        others = f" FILTER({variable} NOT IN ({', '.join(map(entity, ids))}))"
        return found + others if below else found
    members = (m for i in ids for m in (belonging(plan, i) if family else (i,)))
    listed = (m for m in dict.fromkeys(members) if not below or m not in ids)
    return f"VALUES {variable} {{ {' '.join(map(entity, listed))} }}"


def beyond(plan: Plan, ids: tuple[str, ...], variable: str, *, family: bool) -> list[str]:
    """The lines that leave out entities, and with ``family`` what belongs to them."""
    if family and not plan.families:
        return [f"FILTER NOT EXISTS {{ {variable} {OWNERS}* {entity(i)} }}" for i in ids]
    out = [m for i in ids for m in (belonging(plan, i) if family else (i,))]
    return [f"FILTER({variable} NOT IN ({', '.join(map(entity, dict.fromkeys(out)))}))"]


def belonging(plan: Plan, entity_id: str) -> tuple[str, ...]:
    """Who belonged to an entity on the day that the plan asks about, itself included."""
    return dict(plan.families).get(entity_id, (entity_id,))


def filters(f: Filters, r: str = "?r") -> list[str]:
    """The lines that keep the relationships that count."""
    x = r.removeprefix("?")
    lines = [
        f"{r} aio:modality ?modality_{x} . FILTER(?modality_{x} IN ({concepts('modality', f.modalities)}))"
    ]
    if f.since or f.until or f.as_of:
        lines.append(begin(r))
    if f.as_of:
        lines += then.standing(r, f.as_of)
    if excluded := over(f):
        lines.append(f"FILTER NOT EXISTS {{ {_status(r, f, 'over', excluded)} }}")
    wanted = f.statuses or (CONCLUDED if f.ended == "only" else frozenset())
    if f.statuses and (f.since or f.until):
        lines.append(_stepped(r, f))
    elif lasting(f):
        lines.append(_reached(r, f))
    elif wanted and f.as_of:
        lines.append(f"FILTER EXISTS {{ {_status(r, f, 'status', wanted)} }}")
    elif wanted:
        lines.append(_status(r, f, "status", wanted))
    if (f.since or f.until) and not f.statuses:
        lines.append(f"FILTER({within(f, f'?begin_{x}')})")
    if f.round:
        lines.append(f"{r} aio:round ?round_{x} . FILTER(LCASE(?round_{x}) = {text(f.round)})")
    if f.instrument:
        lines.append(
            f"{r} aio:instrument ?instrument_{x} . "
            f"FILTER(CONTAINS(LCASE(?instrument_{x}), {text(f.instrument)}))"
        )
    if f.nature:
        lines.append(f"{r} aio:nature {short(f'{v.SCHEME}nature-{f.nature}')} .")
    if f.least:
        lines.append(_bound(r, f.least, ">" if f.least.strict else ">="))
    if f.most:
        lines.append(_bound(r, f.most, "<" if f.most.strict else "<="))
    for bound, sign in ((f.least_stake, ">"), (f.most_stake, "<")):
        if bound:
            sign += "" if bound.strict else "="
            stake = f"?stake_{x}_{'least' if bound is f.least_stake else 'most'}"
            lines.append(
                f"FILTER EXISTS {{ {r} aio:stakePercent {stake} . FILTER({stake} {sign} {bound.value:f}) }}"
            )
    return lines


def within(f: Filters, day: str) -> str:
    """The condition that a day (an expression) lies in the period asked about."""
    limits = [f"{day} >= {text(f.since)}"] if f.since else []
    limits += [f"{day} <= {text(f.until)}"] if f.until else []
    return " && ".join(limits) or "true"


def first_day(date: str) -> str:
    """The expression for the first day that a date (a variable) may mean."""
    return f'SUBSTR(CONCAT(STR({date}), "-01-01"), 1, 10)'


def _reached(r: str, f: Filters) -> str:
    """Filter: one of the statuses was reached at some time."""
    x, listed = r.removeprefix("?"), concepts("status", f.statuses)
    known = then.taken(f"?step_{x}", f.as_of) if f.as_of else ""
    step = f"{r} aio:step ?step_{x} . ?step_{x} aio:status ?had_{x} . FILTER(?had_{x} IN ({listed})) {known}"
    now = f"{r} aio:status ?now_{x} . FILTER(?now_{x} IN ({listed}))"
    return f"FILTER(EXISTS {{ {step} }}{'' if f.as_of else f' || EXISTS {{ {now} }}'})"


def _stepped(r: str, f: Filters) -> str:
    """Filter: one of the statuses was reached within the period; undated steps begin with it."""
    x, listed = r.removeprefix("?"), concepts("status", f.statuses)
    step = (
        f"{r} aio:step ?step_{x} . ?step_{x} aio:status ?had_{x} . FILTER(?had_{x} IN ({listed}))"
    )
    known = then.taken(f"?step_{x}", f.as_of) if f.as_of else ""
    dated = f"?step_{x} aio:date ?at_{x} . FILTER({within(f, first_day(f'?at_{x}'))})"
    ways = [
        f"EXISTS {{ {step} {dated} {known} }}",
        f"{within(f, f'?begin_{x}')} && EXISTS {{ {step} {known} FILTER NOT EXISTS {{ ?step_{x} aio:date ?any_{x} }} }}",
    ]
    if not f.as_of:
        now = f"{r} aio:status ?now_{x} . FILTER(?now_{x} IN ({listed}))"
        ways.append(f"{within(f, f'?begin_{x}')} && EXISTS {{ {now} }} && NOT EXISTS {{ {step} }}")
    return "FILTER(" + "\n    || ".join(f"({way})" for way in ways) + ")"


def _status(r: str, f: Filters, name: str, values: frozenset[Status]) -> str:
    """The pattern by which a relationship has, or on the day had, one of some statuses."""
    listed = concepts("status", values)
    if f.as_of:
        return then.status(r, f.as_of, listed, name)
    variable = f"?{name}_{r.removeprefix('?')}"
    return f"{r} aio:status {variable} . FILTER({variable} IN ({listed}))"


def begin(r: str = "?r") -> str:
    """Binds the first day on which a relationship may have begun, or was first reported."""
    x = r.removeprefix("?")
    return (
        f"OPTIONAL {{ {r} aio:startDate ?start_{x} }} OPTIONAL {{ {r} aio:firstReported ?reported_{x} }}\n"
        f'  BIND(SUBSTR(CONCAT(STR(COALESCE(?start_{x}, ?reported_{x})), "-01-01"), 1, 10) AS ?begin_{x})'
    )


def _bound(r: str, bound: Bound, sign: str) -> str:
    currency = f" ; schema:currency {text(bound.currency)}" if bound.currency else ""
    return (
        f"FILTER EXISTS {{ {r} aio:amount ?sum . ?sum schema:value ?value ; aio:amountRole ?role{currency} . "
        f"FILTER(?value {sign} {bound.value:f} && ?role IN ({concepts('amount-role', roles_of(bound))})) }}"
    )


def noun(n: Noun, variable: str, big_tech: frozenset[str] = frozenset()) -> list[str]:
    """The lines that keep the entities a noun means."""
    lines = []
    x = variable.removeprefix("?")
    if n.big_tech:
        lines.append(
            f"FILTER EXISTS {{ {variable} aio:parent* ?giant_{x} . "
            f"FILTER(?giant_{x} IN ({', '.join(map(entity, sorted(big_tech)))})) }}"
        )
    if n.kind == "lab":
        lines.append(
            f"FILTER(EXISTS {{ {variable} a aio:Lab }} || "
            f"EXISTS {{ ?model_{x} aio:developedBy {variable} ; a aio:Model }})"
        )
    elif n.kind:
        kinds = KIND_CLASSES.get(n.kind) or frozenset({EntityKind(n.kind)})
        classes = ", ".join(short(v.ENTITY_CLASS[k]) for k in sorted(kinds))
        if n.kind in WITH_UNITS:
            lines.append(
                f"FILTER EXISTS {{ ?unit_{x} aio:parent* {variable} ; a ?class_{x} . "
                f"FILTER(?class_{x} IN ({classes})) }}"
            )
        else:
            lines.append(
                f"FILTER EXISTS {{ {variable} a ?class_{x} . FILTER(?class_{x} IN ({classes})) }}"
            )
    if n.countries:
        codes = ", ".join(text(c) for c in n.countries)
        sign = "NOT IN" if n.outside else "IN"
        lines.append(f"{variable} aio:country ?country_{x} . FILTER(?country_{x} {sign} ({codes}))")
    if n.city:
        lines.append(f"{variable} aio:city {text(n.city)} .")
    if n.weights:
        lines.append(f"{variable} aio:weights {text(n.weights)} .")
    if n.founded:
        since, until = n.founded
        lines.append(f"{variable} aio:founded ?founded_{x} .")
        if since:
            lines.append(f"FILTER({first_day(f'?founded_{x}')} >= {text(since)})")
        if until:
            lines.append(then.ended(f"?founded_{x}", until))
    if n.that:
        from kg.questions.nested import lines_of

        lines.append(lines_of(n, variable))
    if n.but:
        out = " ".join(noun(n.but, variable, big_tech))
        lines.append(f"FILTER NOT EXISTS {{ {variable} a aio:Entity . {out} }}")
    return lines


def select(variables: str, lines: list[str], tail: str = "ORDER BY ?name") -> str:
    """A whole query from its lines."""
    body = "\n".join(f"  {line}" for line in lines if line)
    return f"SELECT {variables} WHERE {{\n{body}\n}}\n{tail}".rstrip() + "\n"


def naming(kind: Kind) -> list[str]:
    """The lines that name a relationship ``?r`` by its ends, as answers do."""
    from kg.questions.result import VERBS

    terms = v.TERMS[kind]
    if kind in SYMMETRIC:
        lines = [
            f"?r {short(terms.subject)} ?from , ?to . FILTER(STR(?from) < STR(?to))",
            "?from skos:prefLabel ?from_name . ?to skos:prefLabel ?to_name .",
        ]
    else:
        lines = [
            f"OPTIONAL {{ ?r {short(terms.subject)} ?from . ?from skos:prefLabel ?named }}",
            f"?r {short(terms.object)} ?to . ?to skos:prefLabel ?to_name .",
            'BIND(COALESCE(?named, "unnamed investors") AS ?from_name)',
        ]
    lines.append(f'BIND(CONCAT(STR(?from_name), " {VERBS[kind]} ", STR(?to_name)) AS ?name)')
    return lines
