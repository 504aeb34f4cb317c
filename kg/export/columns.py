"""What becomes a column: the attributes of a projection as typed, flat values.

Every writer of tables (GEXF, GraphML, CSV, Parquet, ...) asks here, so a fact stands under
the same name and in the same shape in all of them. Names and types are fixed, never
guessed from the first value; a column nobody fills is left out. An attribute of the graph
that is not in the tables below becomes a column of its own, typed by all of its values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
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

    A ``direct`` column holds the values of its one attribute, which are of one type, as they are;
    a ``date`` column dates in ISO 8601, of reduced precision where no more is known.
    """

    name: str
    type: Type
    sources: tuple[str, ...]
    direct: bool = False
    date: bool = False


def _column(
    name: str, kind: Type = "string", *sources: str, direct: bool = False, date: bool = False
) -> Column:
    return Column(name, kind, sources or (name,), direct, date)


NODE_COLUMNS: Final = (
    _column("kind"),
    _column("kinds"),
    _column("names"),
    _column("country"),
    _column("city"),
    _column("parent"),
    _column("developer"),
    _column("released", date=True),
    _column("weights"),
    _column("unnamed_raises"),
    _column("iri"),
)

EDGE_COLUMNS: Final = (
    _column("kind", direct=True),
    _column("modality", direct=True),
    _column("status", direct=True),
    _column("in_force", "boolean"),
    _column("amount", "double", "amounts"),
    _column("currency", "string", "amounts"),
    _column("amount_role", "string", "amounts"),
    _column("amount_qualifier", "string", "amounts"),
    _column("amounts"),
    _column("stake_percent", "double"),
    _column("instrument", direct=True),
    _column("round", direct=True),
    _column("nature", direct=True),
    _column("start", direct=True, date=True),
    _column("end", direct=True, date=True),
    _column("first_reported", "string", "published", direct=True, date=True),
    _column("last_reported", "string", "statements", date=True),
    _column("confidence", "double", direct=True),
    _column("participants"),
    _column("terms"),
    _column("quote", "string", "statements"),
    _column("quotes", "string", "statements"),
    _column("sources", "string", "statements"),
    _column("source_count", "integer", "statements"),
    _column("statement_count", "integer", "statements"),
    _column("relationship_count", "integer", "kind"),
    _column("relationships", "string", "kind"),
    _column("iri", direct=True),
    _column("extractor", "string", "statements"),
)

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
            "holding",
            "equivalent",
        )
    )
}
"""Which sum stands in ``amount``: the relationship's own before those of its surroundings."""


_AS_THEY_ARE: Final = {str, int, float}


class Census:
    """Which attributes there are, and of which types those that are not known.

    ``add`` is called with the attributes of every node, or of every edge. The column ``kind``,
    and what is made of it, is always there.
    """

    def __init__(self, known: Sequence[Column]) -> None:
        self._columns = known
        # Of a number taken as it is the type is not taken on trust either.
        self._numbers = {c.name for c in known if c.direct and c.type != "string"}
        self._known = {s for c in known for s in c.sources} - self._numbers | {"label"}
        self._open: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._types: dict[str, set[type]] = {}

    def add(self, data: Attributes) -> None:
        shape = tuple(data)
        names = self._open.get(shape)
        if names is None:
            names = self._open[shape] = tuple(n for n in shape if n not in self._known)
            for name in names:
                self._types.setdefault(name, set())
        types = self._types
        for name in names:
            types[name].add(type(data[name]))

    def has(self, *names: str) -> bool:
        """Whether any node or edge has one of the attributes."""
        return any(name in shape for shape in self._open for name in names)

    def columns(self) -> tuple[Column, ...]:
        """The known columns that something fills, then the others by name."""
        columns = []
        for column in self._columns:
            if column.name in self._numbers and (types := self._types.pop(column.name, None)):
                column = replace(column, direct=types <= {int, float})
            if "kind" in column.sources or self.has(*column.sources):
                columns.append(column)
        taken = {c.name for c in columns}
        for name, types in sorted(self._types.items()):
            found = types - {type(None)}
            if found:
                title = f"{name} (attribute)" if name in taken else name
                direct = len(found) == 1 and types <= _AS_THEY_ARE
                columns.append(_column(title, _common(found), name, direct=direct))
        return tuple(columns)


def _common(types: set[type]) -> Type:
    if types <= {bool}:
        return "boolean"
    if types <= {int}:
        return "integer"
    if types <= {int, float, Decimal}:
        return "double"
    return "string"


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
