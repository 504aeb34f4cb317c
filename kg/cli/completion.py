"""Completion of entity names in the shell."""

from __future__ import annotations

import time
from typing import Any

import click
from click.shell_completion import CompletionItem

from kg.names import fold

LIMIT = 30
SECONDS = 0.3
"""A shell waits for its completions: past this many seconds what was found has to do."""


def complete_name(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """Names of the graph that begin so."""
    from kg.cli.options import default_store
    from kg.records import Catalogue
    from kg.store import open_store

    location = ctx.params.get("location") or default_store()
    store = open_store(location)
    if not store.exists():
        return []
    wanted = fold(incomplete)
    found: dict[str, None] = {}
    with store.read() as reader:
        catalogue = Catalogue(reader)
        until = time.monotonic() + SECONDS
        for key, entity_id in catalogue.names():
            if key.startswith(wanted):
                found[catalogue.ref(entity_id).name] = None
            if len(found) >= LIMIT or time.monotonic() > until:
                break
    return [CompletionItem(name) for name in sorted(found)]
