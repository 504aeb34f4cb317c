"""Edges as lines of XML, fast.

Nearly every edge stands for one relationship with one statement and at most one sum, and
nearly all of these have the same attributes. So what to do with a set of attributes is
worked out once: which values to take, and one template for the whole edge. An edge that does
not fit (several statements, an empty value, a character to escape) is written value by value,
with the same result but for the order of the values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Final

from kg.export.columns import Attributes, Value
from kg.export.relations import amount_values, statement_values
from kg.export.view import Edge, Merge, Style, View

_PLANS: Final = 1000


@dataclass(frozen=True, slots=True)
class Markup:
    """How a value is written: ``opening % number of its column``, the value, ``closing``."""

    opening: str
    closing: str
    escape: Callable[[str], str]

    def value(self, number: int, value: Value) -> str:
        """One value; nothing for what is not known."""
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            text = "true" if value else "false"
        else:
            text = self.escape(value) if isinstance(value, str) else str(value)
        # Of a text of forbidden characters alone nothing is left.
        return f"{self.opening % number}{text}{self.closing}" if text else ""

    def row(self, values: Sequence[Value]) -> str:
        """Values in the order of the columns."""
        return "".join([self.value(i, v) for i, v in enumerate(values) if v is not None])


@dataclass(frozen=True, slots=True)
class EdgeMarkup:
    """How an edge is written around its values.

    ``head`` gives the opening tag for an edge with ``%s`` for its id, source and target,
    ``times`` what stands between the values and ``tail``. ``head`` and ``tail`` may look at
    the style only, unless edges stand for pairs.
    """

    value: Markup
    head: Callable[[Edge], str]
    times: Callable[[Edge], str]
    tail: Callable[[Style], str]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What to do with the relationships that have the same style and the same attributes."""

    texts: Callable[[Attributes], tuple[str, ...]]
    flags: tuple[str, ...]
    numbers: tuple[str, ...]
    amounts: bool
    statements: bool
    template: str


class EdgeLines:
    """Call it with an edge to get its line; ``ids`` are the escaped ids of the nodes."""

    def __init__(self, view: View, markup: EdgeMarkup, ids: Mapping[str, str]) -> None:
        self._view = view
        self._markup = markup
        self._ids = ids
        self._numbers = {c.name: i for i, c in enumerate(view.edge_columns)}
        self._columns = {c.sources[0]: c for c in view.edge_columns if c.direct}
        value = markup.value
        self._empty = value.opening[-2:] + value.closing  # what a value of no length leaves
        self._flags = {c.sources[0]: c for c in view.edge_columns if c.type == "boolean"}
        self._plans: dict[tuple[Style, tuple[str, ...]], _Plan | None] = {}

    def __call__(self, edge: Edge) -> str:
        if len(edge.members) == 1:
            data = edge.members[0][1]
            kept = (edge.style, tuple(data))
            plan = self._plans.get(kept)
            if plan is None and kept not in self._plans:
                plan = self._make_plan(edge, kept[1])
                if len(self._plans) < _PLANS:
                    self._plans[kept] = plan
            if plan is not None and (line := self._quickly(plan, edge, data)):
                return line
        return self._slowly(edge)

    def _slowly(self, edge: Edge) -> str:
        markup, ids = self._markup, self._ids
        name = markup.value.escape(edge.id)
        head = markup.head(edge) % (name, ids[edge.source], ids[edge.target])
        row = markup.value.row(self._view.edge_values(edge))
        return f"{head}{row}{markup.times(edge)}{markup.tail(edge.style)}"

    def _quickly(self, plan: _Plan, edge: Edge, data: Attributes) -> str | None:
        """None where the edge turns out not to fit."""
        ids = self._ids
        name, source, target, _, members = edge
        texts = (name, ids[source], ids[target], str(members[0][0]), *plan.texts(data))
        for flag in plan.flags:
            value = data[flag]
            if value is not True and value is not False:
                return None
            texts += ("true" if value else "false",)
        numbers = [data[n] for n in plan.numbers]
        if plan.amounts:
            if (sums := amount_values(data["amounts"])) is None:
                return None
            amount, *about = sums
            texts += tuple(about)
            numbers.append(amount)
        if plan.statements:
            if (evidence := statement_values(data["statements"])) is None:
                return None
            texts += evidence
        if None in numbers:  # something is not to be written
            return None
        try:
            text = "".join(texts)
        except TypeError:
            return None
        # isprintable rules out what XML forbids.
        if not text.isprintable() or "&" in text or "<" in text or ">" in text or '"' in text:
            return None
        line = plan.template % (*texts, *numbers, self._markup.times(edge))
        return None if self._empty in line else line

    def _make_plan(self, edge: Edge, shape: tuple[str, ...]) -> _Plan | None:
        names = [n for n in shape if n != "label"]
        direct = [n for n in names if n in self._columns]
        texts = [n for n in direct if self._columns[n].type == "string"]
        numbers = [n for n in direct if n not in texts]
        flags = [n for n in names if n in self._flags and n not in direct]
        rest = set(names) - set(direct) - set(flags) - {"amounts", "statements"}
        if rest or len(texts) < 2 or self._view.merge is Merge.PAIR:
            return None
        about = ["currency", "amount_role", "amount_qualifier", "amounts"]
        evidence = ["last_reported", "quote", "sources", "extractor"]
        columns = ["relationships", *(self._columns[n].name for n in texts)]
        columns += [self._flags[n].name for n in flags]
        columns += about if "amounts" in names else []
        columns += evidence if "statements" in names else []
        columns += [self._columns[n].name for n in numbers]
        columns += ["amount"] if "amounts" in names else []
        counts = ["relationship_count"]
        counts += ["source_count", "statement_count"] if "statements" in names else []
        number, markup = self._numbers, self._markup.value
        slots = [f"{markup.opening % number[c]}%s{markup.closing}" for c in columns]
        slots += [markup.value(number[c], 1) for c in counts]
        tail = self._markup.tail(edge.style).replace("%", "%%")
        return _Plan(
            itemgetter(*texts),
            tuple(flags),
            tuple(numbers),
            "amounts" in names,
            "statements" in names,
            "".join([self._markup.head(edge), *slots, "%s", tail]),
        )
