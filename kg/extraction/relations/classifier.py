"""The classifier at work: a parsed sentence in, what it tells of each pair of mentions out."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from kg.extraction.relations.features import Features
from kg.extraction.relations.labels import LABELS
from kg.extraction.relations.rendering import Rendered, pairs
from kg.extraction.rules.match import Match
from kg.extraction.rules.parsing import Parsed
from kg.model import Kind

WEIGHTS = "relations.json.gz"


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of two mentions (indices into ``Rendered.mentions``).

    ``kind`` None is a sum that belongs to a deal of the other mention.
    """

    subject: int
    object: int
    kind: Kind | None
    probability: float


class Classifier:
    """Logistic regressions over named features, one for each of ``LABELS``.

    ``weights`` maps a feature to its weights in the order of ``LABELS``, in units of
    ``unit``; features it does not list weigh nothing.
    """

    def __init__(self, weights: Mapping[str, Sequence[int]], unit: float) -> None:
        import numpy as np

        self._rows = {name: i for i, name in enumerate(weights)}
        self._weights = np.array(list(weights.values()), np.float32) * unit

    @classmethod
    def load(cls, path: Path) -> Classifier:
        """From a file that ``kg.training`` wrote."""
        with gzip.open(path, "rt", encoding="utf-8") as file:
            found = json.load(file)
        return cls(found["weights"], found["unit"])

    def read(
        self, parsed: Parsed, view: Rendered, matches: Sequence[Match], least: float = 0.05
    ) -> list[Told]:
        """All that is told with at least the probability ``least``."""
        import numpy as np

        chosen = pairs(view)
        if not chosen:
            return []
        features = Features(parsed, view, matches)
        scores = np.zeros((len(chosen), len(LABELS)), np.float32)
        for row, pair in enumerate(chosen):
            known = [self._rows[f] for f in set(features.of(*pair)) if f in self._rows]
            scores[row] = self._weights[known].sum(0)
        likely = 1 / (1 + np.exp(-scores))
        found = []
        for row, column in zip(*np.nonzero(likely >= least), strict=True):
            kind, forward = LABELS[column]
            one, other = chosen[row] if forward else chosen[row][::-1]
            found.append(Told(one, other, kind, float(likely[row, column])))
        return found


@lru_cache(maxsize=1)
def bundled_classifier() -> Classifier:
    """The classifier that comes with the package."""
    return Classifier.load(
        Path(str(files(__name__.rpartition(".")[0]).joinpath("weights", WEIGHTS)))
    )
