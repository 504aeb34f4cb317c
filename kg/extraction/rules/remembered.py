"""The model's vector of each word, before it looks at the words beside, worked out once for each sort of word.

It hangs on the word alone (its norm, prefix, suffix and shape), and words come again and again:
a third of the work of the model's first layers is for words that it has had before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from threading import Lock
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_MOST = 65_536
"""Sorts of words that are remembered."""


def remember_words(loaded: Language) -> Language:
    """The model, which from now on remembers the vectors of words."""
    from thinc.api import Model

    layers: Any = loaded.get_pipe("tok2vec").model.layers  # type: ignore[attr-defined]
    first, *rest = layers[0].layers
    if first.name == "extract_features":
        layers[0] = Model("remembered", _Words(layers[0], first.attrs["columns"], rest).forward)
    return loaded


class _Words:
    """``whole`` is what gives words their vectors: features in ``columns``, then the ``layers``."""

    def __init__(self, whole: Any, columns: list[int | str], layers: Sequence[Any]) -> None:
        self._whole, self._columns, self._layers = whole, columns, layers
        self._places: dict[bytes, int] = {}
        self._vectors: Any = None
        self._lock = Lock()

    def forward(
        self, model: Any, docs: Sequence[Doc], is_train: bool
    ) -> tuple[list[Any], Callable[..., Any]]:
        """The vectors of the words of each text, as thinc asks for them."""
        if is_train or not docs:
            found: tuple[list[Any], Callable[..., Any]] = self._whole(docs, is_train)
            return found
        from numpy import concatenate

        features = concatenate([doc.to_array(self._columns) for doc in docs])
        with self._lock:
            vectors = self._vectors_of(features)
        ends = accumulate(map(len, docs), initial=0)
        return [vectors[a:b] for a, b in pairwise(ends)], lambda gradient: []

    def _vectors_of(self, features: Any) -> Any:
        from numpy import concatenate

        keys: list[bytes] = features.view(f"V{features[0].nbytes}").ravel().tolist()
        if len(self._places) > _MOST:
            self._places, self._vectors = {}, None
        places = self._places
        new = {key: at for at, key in enumerate(keys) if key not in places}
        if new:
            told: Any = [features[list(new.values())]]
            for layer in self._layers:
                told = layer.predict(told)
            places.update(zip(new, range(len(places), len(places) + len(new)), strict=True))
            known = [] if self._vectors is None else [self._vectors]
            self._vectors = concatenate([*known, told[0]])
        return self._vectors[[places[key] for key in keys]]
