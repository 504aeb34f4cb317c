"""What becomes a column: the attributes of a projection as typed, flat values.

Every writer of tables (GEXF, GraphML, CSV, Parquet, ...) asks here, so a fact stands under
the same name and in the same shape in all of them. Names and types are fixed, never
guessed from the first value; a column nobody fills is left out. An attribute of the graph
that is not in the tables below becomes a column of its own, typed by all of its values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Literal

Value = str | int | float | bool | None
Type = Literal["string", "double", "integer", "boolean"]
Attributes = Mapping[str, Any]
Member = tuple[str, Attributes]
"""A relationship's id and its attributes in the projection."""


@dataclass(frozen=True, slots=True)
class Column:
    """``sources`` names the attributes of the projection that the column is made of.

    A column that ``repeats`` has few different values, so writers may keep what they made of
    each.
    """

    name: str
    type: Type
    sources: tuple[str, ...]
    repeats: bool = False


def _column(name: str, kind: Type = "string", *sources: str, repeats: bool = False) -> Column:
    return Column(name, kind, sources or (name,), repeats)


NODE_COLUMNS: Final = (
    _column("kind"),
    _column("kinds"),
    _column("names"),
    _column("country"),
    _column("city"),
    _column("parent"),
    _column("developer"),
    _column("released"),
    _column("weights"),
    _column("iri"),
)

EDGE_COLUMNS: Final = (
    _column("kind", repeats=True),
    _column("modality", repeats=True),
    _column("status", repeats=True),
    _column("amount", "double", "amounts"),
    _column("currency", "string", "amounts", repeats=True),
    _column("amount_role", "string", "amounts", repeats=True),
    _column("amount_qualifier", "string", "amounts", repeats=True),
    _column("amounts"),
    _column("stake_percent", "double", repeats=True),
    _column("instrument", repeats=True),
    _column("round", repeats=True),
    _column("nature", repeats=True),
    _column("start", repeats=True),
    _column("end", repeats=True),
    _column("first_reported", "string", "published", repeats=True),
    _column("last_reported", "string", "statements", repeats=True),
    _column("confidence", "double", repeats=True),
    _column("participants"),
    _column("terms"),
    _column("quote", "string", "statements"),
    _column("quotes", "string", "statements"),
    _column("sources", "string", "statements", repeats=True),
    _column("source_count", "integer", "statements", repeats=True),
    _column("statement_count", "integer", "statements", repeats=True),
    _column("relationship_count", "integer", "kind", repeats=True),
    _column("relationships", "string", "kind"),
    _column("iri"),
    _column("extractor", "string", "statements", repeats=True),
)

_NODE_KNOWN: Final = frozenset(s for c in NODE_COLUMNS for s in c.sources) | {"label"}
_EDGE_KNOWN: Final = frozenset(s for c in EDGE_COLUMNS for s in c.sources) | {"label"}

ROLE_ORDER: Final = {
    role: i
    for i, role in enumerate(
        (
            "committed",
            "price",
            "contract",
            "fine",
            "proceeds",
            "tranche",
            "cumulative",
            "round_total",
            "valuation",
            "equivalent",
        )
    )
}
"""Which sum stands in ``amount``: the relationship's own before those of its surroundings."""


def extra(names: Iterable[str], known: frozenset[str], items: Iterable[Attributes]) -> list[Column]:
    """Columns for the attributes that are not known, typed by all of their values."""
    unknown = sorted(set(names) - known)
    if not unknown:
        return []
    types: dict[str, set[type]] = {name: set() for name in unknown}
    for data in items:
        for name in unknown:
            if (value := data.get(name)) is not None:
                types[name].add(type(value))
    return [_column(name, _common(found)) for name, found in types.items() if found]


def _common(types: set[type]) -> Type:
    if types <= {bool}:
        return "boolean"
    if types <= {int}:
        return "integer"
    if types <= {int, float, Decimal}:
        return "double"
    return "string"


def node_columns(present: Iterable[str], items: Iterable[Attributes]) -> tuple[Column, ...]:
    """The columns for nodes with these attribute names."""
    found = set(present)
    known = [c for c in NODE_COLUMNS if not found.isdisjoint(c.sources)]
    return (*known, *extra(found, _NODE_KNOWN, items))


def edge_columns(present: Iterable[str], items: Iterable[Attributes]) -> tuple[Column, ...]:
    """The columns for edges with these attribute names."""
    found = {*present, "kind"}
    known = [c for c in EDGE_COLUMNS if not found.isdisjoint(c.sources)]
    return (*known, *extra(found, _EDGE_KNOWN, items))


def scalar(value: Any, kind: Type) -> Value:
    """One value in the type of its column; None where there is nothing to write."""
    if value is None or value == "" or value == ():
        return None
    if kind == "string":
        return value if type(value) is str else flat(value)
    if kind == "double":
        return float(value)
    return value  # type: ignore[no-any-return]


def flat(value: Any) -> str:
    """Anything as one text: lists joined by semicolons, pairs by a colon."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{k}: {flat(v)}" for k, v in value.items() if v is not None)
    if isinstance(value, (set, frozenset)):
        return "; ".join(sorted(flat(v) for v in value))
    if isinstance(value, Iterable):
        return "; ".join(flat(v) for v in value)
    return str(value)


def plain(value: Decimal) -> str:
    """A number without exponent and without a fraction of noughts: ``15000000``."""
    text = str(value)
    if text.isdigit():
        return text
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def node_values(data: Attributes, columns: Sequence[Column]) -> list[Value]:
    """The node's values in the order of the columns."""
    return [scalar(data.get(c.name), c.type) for c in columns]
