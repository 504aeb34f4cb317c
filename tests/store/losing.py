"""A server that cannot be reached for one request."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from kg.store import StoreMissingError
from kg.store.http import Endpoint


@contextmanager
def losing(failing: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Lose the ``failing``-th update or upload, counted from one."""
    count = 0

    def counted(method: Callable[..., None]) -> Callable[..., None]:
        def call(*arguments: Any, **options: Any) -> None:
            nonlocal count
            count += 1
            if count == failing:
                raise StoreMissingError("the line is cut")
            method(*arguments, **options)

        return call

    with monkeypatch.context() as patch:
        patch.setattr(Endpoint, "update", counted(Endpoint.update))
        patch.setattr(Endpoint, "upload", counted(Endpoint.upload))
        yield
