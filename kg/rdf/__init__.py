"""Statements, relationships and entities to quads and back; pure functions.

An article's graph holds the article, its statements and their evidence (``articles``);
the default graph holds entities, relationships and the direct triples derived from them
(``derived``). No blank nodes: every IRI follows from content.
"""

from kg.rdf.articles import article_quads
from kg.rdf.derived import entity_quads, relationship_quads
from kg.rdf.reading import read_article, read_entity, read_statements

__all__ = [
    "article_quads",
    "entity_quads",
    "read_article",
    "read_entity",
    "read_statements",
    "relationship_quads",
]
