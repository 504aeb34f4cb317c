"""Terms, nodes and literals that the writers and readers of quads share."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg import vocabulary as v

DEFAULT = DefaultGraph()
TYPE = NamedNode(v.RDF + "type")
_DECIMAL = NamedNode(v.XSD + "decimal")
_INTEGER = NamedNode(v.XSD + "integer")
_BOOLEAN = NamedNode(v.XSD + "boolean")
_DATES = {
    4: NamedNode(v.XSD + "gYear"),
    7: NamedNode(v.XSD + "gYearMonth"),
    10: NamedNode(v.XSD + "date"),
}


@lru_cache(maxsize=1024)
def aio(name: str) -> NamedNode:
    """A term of the ontology."""
    return NamedNode(v.AIO + name)


@lru_cache(maxsize=256)
def concept(scheme: str, value: str) -> NamedNode:
    """A concept, such as ``status`` ``opened``."""
    return NamedNode(f"{v.SCHEME}{scheme}-{value}")


def concept_value(iri: str) -> str:
    """``.../scheme/status-opened`` -> ``opened``."""
    return iri.removeprefix(v.SCHEME).removeprefix("amount-").split("-", 1)[1]


def date_literal(date: str) -> Literal:
    """A date of whatever precision with the datatype that fits it."""
    return Literal(date, datatype=_DATES[len(date)])


def decimal_literal(value: Decimal | float) -> Literal:
    """Plain decimal notation, no exponent, no needless zeros."""
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Literal(text, datatype=_DECIMAL)


def integer_literal(value: int) -> Literal:
    """A whole number."""
    return Literal(str(value), datatype=_INTEGER)


def boolean_literal(value: bool) -> Literal:
    """True or false."""
    return Literal("true" if value else "false", datatype=_BOOLEAN)


def text_literal(value: str) -> Literal:
    """A text; lone surrogates, which UTF-8 cannot hold, become question marks."""
    return Literal(value.encode("utf-8", "replace").decode("utf-8"))


def article_node(article_id: str) -> NamedNode:
    """The article, which names its graph too."""
    return NamedNode(v.article_iri(article_id))


def statement_node(article_id: str, statement_id: str) -> NamedNode:
    """A statement, addressed below its article."""
    return NamedNode(f"{v.article_iri(article_id)}/statement/{statement_id}")


def entity_node(entity_id: str) -> NamedNode:
    """An entity by its id."""
    return NamedNode(v.entity_iri(entity_id))


def relationship_node(relationship_id: str) -> NamedNode:
    """A relationship by its id (``investment/microsoft/openai/2019-07``)."""
    return NamedNode(v.ID + relationship_id)


def term_classes(name: str) -> list[NamedNode]:
    """The classes of a term of that name."""
    own = v.TERM_CLASS.get(name)
    return [aio("Term"), *([NamedNode(own)] if own else [])]
