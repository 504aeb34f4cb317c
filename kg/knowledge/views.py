"""The same state for other libraries: networkx, rdflib, SPARQL results and pandas."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from kg.knowledge.state import BETWEEN_ENTITIES, State
from kg.model import KgError, Kind
from kg.questions.answer import Answer
from kg.records import Ref, RelationshipRecord

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    import rdflib

    from kg.store.evaluate import Results

    Graph = nx.MultiDiGraph[str]


class Views(State):
    """The state as values of networkx, rdflib and pandas."""

    def graph(
        self,
        *kinds: Kind | str,
        around: Iterable[str] | None = None,
        depth: int = 1,
        of: Answer | Iterable[RelationshipRecord] | None = None,
    ) -> Graph:
        """A ``networkx.MultiDiGraph``: all of it, what lies around some entities, or what
        an answer rests on.

        Nodes are entity ids, edge keys relationship ids; ``docs/architecture.md`` lists the
        attributes. Everything is in it, whatever its modality: see the edges' attributes.
        """
        from kg.graph import project

        return project(
            self.reader,
            kinds=tuple(map(Kind, kinds)) or None,
            around=None if around is None else [self.entity(a).id for a in around],
            depth=depth,
            of=_records_of(of) if isinstance(of, Answer) else of,
            as_of=self.catalogue.as_of,
            known_by=self.catalogue.known_by,
        )

    def centrality(self, *kinds: Kind | str, measure: str = "degree") -> list[tuple[Ref, float]]:
        """Entities by centrality: ``degree``, ``betweenness``, ``closeness`` or ``pagerank``."""
        from kg.queries.analysis import centrality

        scores = centrality(self._standing(kinds), measure)
        return [(self.catalogue.ref(i), score) for i, score in scores]

    def communities(self, *kinds: Kind | str) -> list[tuple[Ref, ...]]:
        """Groups of entities that are related among themselves more than to others."""
        from kg.queries.analysis import communities

        groups = communities(self._standing(kinds))
        return [tuple(self.catalogue.ref(i) for i in group) for group in groups]

    def _standing(self, kinds: tuple[Kind | str, ...]) -> Graph:
        from kg.queries.analysis import standing

        return standing(self.graph(*(kinds or BETWEEN_ENTITIES)))

    @cached_property
    def dataset(self) -> rdflib.Dataset:
        """The same state as an rdflib ``Dataset``, read where it lies."""
        return self.reader.rdflib_dataset()

    def sparql(self, query: str) -> Results:
        """A SPARQL 1.1 query with the project's prefixes declared."""
        return self.reader.query(query)

    def frame(self, what: Answer | Iterable[RelationshipRecord] | None = None) -> pd.DataFrame:
        """A pandas frame: one row per relationship and stated sum (all relationships by default).

        Raises KgError where pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise KgError(
                "frames need pandas: install it with `pip install 'ai-industry-kg[pandas]'`"
            ) from error
        from kg.queries.analysis import flat

        if what is None:
            what = self.catalogue.all_relationships()
        records = _records_of(what) if isinstance(what, Answer) else what
        return pd.DataFrame(row for record in records for row in flat(record))


def _records_of(answer: Answer) -> list[RelationshipRecord]:
    """The relationships that an answer rests on, each once."""
    return list(dict.fromkeys(r for item in answer.answers for r in item.relationships))
