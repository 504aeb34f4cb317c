"""Logistic regressions over the features of pairs, fitted together by L-BFGS."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from kg.extraction.relations.labels import LABELS
from kg.training.examples import Example

WEIGHT = {"gold": 2.0, "articles": 1.0, "core": 0.5, "templates": 1.0}
"""How much a pair counts, by where its label comes from."""
LEAST = 2
"""Pairs a feature must hold of to be used."""
STRENGTH = 1.0
"""Of the penalty on squared weights."""
ROUNDS = 80
SMALL = 0.02
"""A feature none of whose weights is larger is left out."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Examples as a sparse matrix (pairs x features), labels (pairs x LABELS) and weights (pairs)."""

    features: Any
    labels: np.ndarray
    weights: np.ndarray
    names: tuple[str, ...]


def matrix(examples: Sequence[Example], names: Sequence[str] | None = None) -> Matrix:
    """The examples over the features ``names``, else over those that occur often enough."""
    from scipy.sparse import csr_matrix

    if names is None:
        counts = Counter(f for e in examples for f in e.features)
        names = sorted(f for f, n in counts.items() if n >= LEAST)
    column = {name: i for i, name in enumerate(names)}
    columns: list[int] = []
    ends = [0]
    labels = np.zeros((len(examples), len(LABELS)), np.float32)
    for row, one in enumerate(examples):
        columns += sorted(column[f] for f in one.features if f in column)
        ends.append(len(columns))
        labels[row, list(one.labels)] = 1
    shape = (len(examples), len(names))
    ones = np.ones(len(columns), np.float32)
    features = csr_matrix((ones, np.array(columns), np.array(ends)), shape=shape)
    weights = np.array([WEIGHT[e.origin] for e in examples], np.float32)
    return Matrix(features, labels, weights, tuple(names))


def fit(data: Matrix, strength: float = STRENGTH, rounds: int = ROUNDS) -> np.ndarray:
    """Weights (features x LABELS) that minimise the log loss with an L2 penalty."""
    from scipy.optimize import minimize

    shape = (len(data.names), len(LABELS))
    turned = data.features.T.tocsr()
    counted = data.weights[:, None]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(shape).astype(np.float32)
        scores = data.features @ weights
        value = (counted * (np.logaddexp(0, scores) - data.labels * scores)).sum()
        slope = turned @ (counted * (1 / (1 + np.exp(-scores)) - data.labels)) + strength * weights
        return (
            float(value) + 0.5 * strength * float((weights * weights).sum()),
            slope.ravel().astype(np.float64),
        )

    start = np.zeros(shape[0] * shape[1])
    options = {"maxiter": rounds, "maxcor": 6}
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options=options)
    return np.asarray(found.x, np.float32).reshape(shape)


def write(weights: np.ndarray, names: Sequence[str], path: Path) -> int:
    """Write the weights in whole units for ``Classifier.load``; the number of features kept."""
    unit = float(np.abs(weights).max()) / 2000
    whole = np.rint(weights / unit).astype(int)
    kept = {
        name: [int(v) for v in row]
        for name, row in zip(names, whole, strict=True)
        if np.abs(row).max() * unit >= SMALL
    }
    text = json.dumps({"unit": unit, "weights": kept}, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0))
    return len(kept)
