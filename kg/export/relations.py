"""Relationships as the values of one edge.

One edge stands for all relationships of one kind between the same two nodes. Whatever can
be a list is one, without repetition; where a column holds one value only (``amount``), the
most recent relationship that has one gives it and a list beside it (``amounts``) holds
the others. Nothing is added up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from operator import itemgetter
from typing import Any

from kg.dates import earliest, latest
from kg.export.columns import (
    EDGE_COLUMNS,
    ROLE_ORDER,
    Attributes,
    Column,
    Member,
    Value,
    plain,
    scalar,
)

Labels = Mapping[str, str]
Row = tuple[Value, ...]
_KNOWN = {(c.name, c.sources): i for i, c in enumerate(EDGE_COLUMNS)}
_SEPARATOR = " | "  # between quotes and between sources, where semicolons are common
_GAP = " […] "  # between the quotes of one statement
_Evidence = tuple[str | None, str | None, str | None, int | None, int | None]
_NO_EVIDENCE: _Evidence = (None, None, None, None, None)


def edge_values(columns: Sequence[Column], labels: Labels) -> Callable[[Sequence[Member]], Row]:
    """A function from the relationships of one edge to its values, in the order of the columns.

    The relationships must come oldest first (see ``age``); ``labels`` gives the names of nodes.
    """
    # By what they are made of too: an attribute not foreseen may bear the name of a column.
    places = [_KNOWN.get((c.name, c.sources)) for c in columns]
    extras = [c for c, place in zip(columns, places, strict=True) if place is None]
    pick = itemgetter(*(place for place in places if place is not None))

    def values(members: Sequence[Member]) -> Row:
        if len(members) > 1:
            row: Row = pick(_several(members, labels))
            return (*row, *(_extra(members, c) for c in extras)) if extras else row
        key, data = members[0]
        row = pick(_one(key, data, labels))
        if extras:
            row += tuple([scalar(data.get(c.sources[0]), c.type) for c in extras])
        return row

    return values


def age(member: Member) -> tuple[str, str, str]:
    """Sorts relationships oldest first: by start, else by the first report; then by id."""
    key, data = member
    return (data.get("start") or data.get("published") or "", data.get("published") or "", str(key))


def _one(key: str, data: Attributes, labels: Labels) -> list[Value]:
    get = data.get
    amount = currency = role = qualifier = listed = None
    if amounts := get("amounts"):
        main = amounts[0] if len(amounts) == 1 else _main_amount(data)
        amount, currency = float(main["value"]), main.get("currency")
        role, qualifier = main.get("role"), main.get("qualifier")
        listed = _amount_text(main) if len(amounts) == 1 else amounts_text(amounts)
    participants, terms, statements = get("participants"), get("terms"), get("statements")
    stake = get("stake_percent")
    return [
        get("kind"),
        get("modality"),
        get("status"),
        get("in_force"),
        amount,
        currency,
        role,
        qualifier,
        listed,
        None if stake is None else float(stake),
        get("instrument"),
        get("round"),
        get("nature"),
        get("start"),
        get("end"),
        get("published"),
        _last_reported(statements) if statements else None,
        get("confidence"),
        _pairs(participants, labels) if participants else None,
        _pairs(terms, {}) if terms else None,
        *(_evidence(statements) if statements else _NO_EVIDENCE),
        1,
        str(key),
        get("iri"),
        _extractors(statements) if statements else None,
    ]


def _several(members: Sequence[Member], labels: Labels) -> list[Value]:
    datas = [data for _, data in members]
    statements = [s for d in datas for s in d.get("statements") or ()]
    amount = currency = role = qualifier = None
    if with_amounts := [d for d in datas if d.get("amounts")]:
        main = _main_amount(with_amounts[-1])
        amount, currency = float(main["value"]), main.get("currency")
        role, qualifier = main.get("role"), main.get("qualifier")
    ends = [d.get("end") for d in datas]
    stakes = [float(v) for d in datas if (v := d.get("stake_percent")) is not None]
    return [
        _joined(datas, "kind"),
        _joined(datas, "modality"),
        _joined(datas, "status"),
        any(states)
        if (states := [f for d in datas if (f := d.get("in_force")) is not None])
        else None,
        amount,
        currency,
        role,
        qualifier,
        amounts_text(a for d in datas for a in d.get("amounts") or ()) or None,
        stakes[-1] if stakes else None,
        _joined(datas, "instrument"),
        _joined(datas, "round"),
        _joined(datas, "nature"),
        earliest([d["start"] for d in datas if d.get("start")]),
        latest([e for e in ends if e]) if all(ends) else None,
        min((d["published"] for d in datas if d.get("published")), default=None),
        _last_reported(statements),
        max((v for d in datas if (v := d.get("confidence")) is not None), default=None),
        _pairs((p for d in datas for p in d.get("participants") or ()), labels) or None,
        _pairs((t for d in datas for t in d.get("terms") or ()), {}) or None,
        *(_evidence(statements) if statements else _NO_EVIDENCE),
        len(members),
        "; ".join(sorted(str(key) for key, _ in members)),
        _joined(datas, "iri", " "),
        _extractors(statements),
    ]


def amount_values(amounts: Sequence[Attributes]) -> tuple[float, Any, Any, Any, str] | None:
    """Amount, currency, role, qualifier and list, where there is one sum; else None."""
    if len(amounts) != 1:
        return None
    amount = amounts[0]
    get = amount.get
    value, text = float(amount["value"]), _amount_text(amount)
    return value, get("currency"), get("role"), get("qualifier"), text


def statement_values(statements: Sequence[Attributes]) -> tuple[Any, Any, str, Any] | None:
    """Last report, quote, source and extractor, where there is one statement with one quote."""
    if len(statements) != 1:
        return None
    statement = statements[0]
    get = statement.get
    spans: Sequence[Attributes] = get("quotes") or ()
    if len(spans) != 1:
        return None
    return get("published"), spans[0]["quote"], _source(statement), get("extractor")


def amounts_text(amounts: Iterable[Attributes]) -> str:
    """``EUR 15000000; USD 16300000 (equivalent)``: every stated sum once, none added up."""
    return "; ".join(dict.fromkeys(_amount_text(a) for a in amounts))


def _amount_text(amount: Attributes) -> str:
    value = amount["value"]
    number = plain(value) if isinstance(value, Decimal) else str(value)
    text = f"{currency} {number}" if (currency := amount.get("currency")) else number
    role, qualifier = amount.get("role") or "committed", amount.get("qualifier") or "exact"
    if role == "committed" and qualifier == "exact":
        return text
    notes = [n for n, usual in ((role, "committed"), (qualifier, "exact")) if n != usual]
    return f"{text} ({', '.join(notes).replace('_', ' ')})"


def _main_amount(data: Attributes) -> Attributes:
    """The sum that stands for the relationship: its own, exact, and last reported if possible."""
    amounts: Sequence[Attributes] = data["amounts"]
    if len(amounts) == 1:
        return amounts[0]
    reported = {s.get("id"): s.get("published") or "" for s in data.get("statements") or ()}
    newest = sorted(amounts, key=lambda a: reported.get(a.get("statement"), ""), reverse=True)
    return min(
        newest,
        key=lambda a: (
            ROLE_ORDER.get(str(a.get("role") or "committed"), len(ROLE_ORDER)),
            (a.get("qualifier") or "exact") != "exact",
        ),
    )


def _joined(datas: Iterable[Attributes], name: str, by: str = "; ") -> str | None:
    return by.join(dict.fromkeys(str(v) for d in datas if (v := d.get(name)))) or None


def _pairs(pairs: Iterable[tuple[str, Any]], labels: Labels) -> str:
    return "; ".join(dict.fromkeys(f"{name}: {labels.get(value, value)}" for name, value in pairs))


def _evidence(statements: Sequence[Attributes]) -> _Evidence:
    """Best quote, all quotes, all articles, number of articles and of statements."""
    if len(statements) > 1:
        quote, quotes = _quotes(statements)
        sources, count = _sources(statements)
        return quote, quotes, sources, count, len(statements)
    statement = statements[0]
    spans: Sequence[Attributes] = statement.get("quotes") or ()
    quote = spans[0]["quote"] if len(spans) == 1 else _GAP.join([q["quote"] for q in spans])
    return quote or None, None, _source(statement) or None, 1, 1


def _quotes(statements: Sequence[Attributes]) -> tuple[str | None, str | None]:
    """The quote of the surest statement, and those of all if they differ."""
    best = max(statements, key=lambda s: s.get("confidence") or 0.0)
    found = dict.fromkeys(_GAP.join(q["quote"] for q in s.get("quotes") or ()) for s in statements)
    first = _GAP.join(q["quote"] for q in best.get("quotes") or ()) or None
    return first, _SEPARATOR.join(filter(None, found)) if len(found) > 1 else None


def _sources(statements: Sequence[Attributes]) -> tuple[str | None, int]:
    """Every article once, and how many they are."""
    articles: dict[object, Attributes] = {}
    for statement in statements:
        articles.setdefault(statement.get("article") or statement.get("url"), statement)
    listed = filter(None, map(_source, articles.values()))
    return _SEPARATOR.join(dict.fromkeys(listed)) or None, len(articles)


def _source(statement: Attributes) -> str:
    """An article as publisher, date, title and address, as far as they are known."""
    get = statement.get
    publisher, published, title, url = (
        get("publisher"),
        get("published"),
        get("title"),
        get("url"),
    )
    if publisher and published and title and url:
        return f"{publisher}, {published}, {title}, {url}"
    return ", ".join(filter(None, (publisher, published, title, url)))


def _last_reported(statements: Sequence[Attributes]) -> str | None:
    if len(statements) == 1:
        return statements[0].get("published") or None
    return max((s["published"] for s in statements if s.get("published")), default=None)


def _extractors(statements: Sequence[Attributes]) -> str | None:
    if len(statements) == 1:
        return statements[0].get("extractor") or None
    return _joined(statements, "extractor")


def _extra(members: Sequence[Member], column: Column) -> Value:
    found = [
        v for _, d in members if (v := scalar(d.get(column.sources[0]), column.type)) is not None
    ]
    if len(found) > 1 and column.type == "string":
        return "; ".join(dict.fromkeys(str(v) for v in found))
    return found[-1] if found else None


def raises_text(raises: Iterable[Attributes]) -> str:
    """Funding of which no investor is named: sums, date, quote and source of each."""
    found = []
    for data in raises:
        statements = data.get("statements") or ()
        quote, _, sources, _, _ = _evidence(statements) if statements else _NO_EVIDENCE
        amounts = amounts_text(data.get("amounts") or ())
        said = f"“{quote}”" if quote else None
        found.append(", ".join(p for p in (amounts, data.get("round"), said, sources) if p))
    return _SEPARATOR.join(found)
