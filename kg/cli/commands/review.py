"""``kg review``: walk through what is unsure, and decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import build_if_missing, format_option, say, store_option

if TYPE_CHECKING:
    from kg.pipeline.review import Doubt

_COLUMNS = ("kind", "what", "why", "sentence", "source", "key")
_DECIDED = ("id", "verdict", "name", "entity", "statement", "by", "at", "note")


@click.command()
@click.option("--list", "listing", is_flag=True, help="Only list what there is to decide.")
@click.option(
    "--below",
    type=click.FloatRange(0, 1),
    default=0.6,
    show_default=True,
    help="Statements less certain than this.",
)
@click.option("--undo", metavar="ID", help="Take a decision back (see --decided).")
@click.option("--decided", is_flag=True, help="List the decisions that stand.")
@format_option()
@store_option
def command(
    listing: bool,
    below: float,
    undo: str | None,
    decided: bool,
    output_format: str,
    location: str,
) -> None:
    """Walk through unsure entities and statements with their sentences, and decide.

    An entity is the same as one of those offered, the same as another, or none of them; a
    statement is accepted or rejected; either can be left for later. Decisions go to a file
    (judgements.jsonl in the store's folder, or KG_JUDGEMENTS) that a team can share under
    version control; they survive every rebuild and can be undone.

    \b
    Examples:
      kg review
      kg review --list --format csv
      kg review --undo 1f3a09c2d4e5b6a7
    """
    build_if_missing(location)
    if decided:
        _list_decisions(location, output_format)
    elif undo:
        _take_back(location, undo)
    elif listing:
        _list_doubts(location, below, output_format)
    else:
        _walk(location, below)


def _list_decisions(location: str, output_format: str) -> None:
    from kg.cli.output import emit
    from kg.pipeline.setup import linker_for

    standing = linker_for(location).judgements.standing
    emit([{"id": j.id, **j.as_dict()} for j in standing], _DECIDED, output_format)


def _take_back(location: str, undo: str) -> None:
    from kg.cli.walk import signed
    from kg.pipeline.setup import judgements_path, linker_for
    from kg.resolution.judgements import Judgement, Verdict, append

    if undo not in {j.id for j in linker_for(location).judgements.standing}:
        raise click.UsageError(f"no decision {undo} stands; see kg review --decided")
    append(judgements_path(location), [signed(Judgement(Verdict.UNDO, of=undo))])
    _replay(location)


def _list_doubts(location: str, below: float, output_format: str) -> None:
    from kg.cli.output import emit

    emit([_row(d) for d in _doubts(location, below)], _COLUMNS, output_format)


def _walk(location: str, below: float) -> None:
    from kg.cli.walk import walk
    from kg.pipeline.setup import judgements_path, linker_for

    path = judgements_path(location)
    registry = linker_for(location).registry

    def find(text: str) -> str | None:
        found = [registry.get(text)] if text in registry else list(registry.lookup(text))
        return found[0].id if len(found) == 1 and found[0] else None

    walked = walk(_doubts(location, below), path, find)
    if path.exists():  # also for what an earlier walk, broken off, decided
        _replay(location)
    say(f"{walked.decided} decided, {walked.later} for later, {walked.left} left: {path}")


def _doubts(location: str, below: float) -> list[Doubt]:
    from kg.pipeline.review import doubts
    from kg.pipeline.setup import linker_for
    from kg.store import open_store

    with open_store(location).read() as reader:
        return list(doubts(reader, linker_for(location), below=below))


def _replay(location: str) -> None:
    from kg.pipeline import sync_registry
    from kg.pipeline.setup import linker_for
    from kg.store import open_store

    with open_store(location).write() as writer:
        sync_registry(writer, linker_for(location))


def _row(doubt: Doubt) -> dict[str, Any]:
    return {
        "kind": "entity" if doubt.choices else "statement",
        "what": doubt.what,
        "why": doubt.why,
        "sentence": doubt.sentence,
        "source": doubt.source,
        "key": doubt.key,
        "candidates": [
            {"id": c.ref.id, "name": c.ref.name, "score": c.score, "reason": c.reason}
            for c in doubt.choices
        ],
    }
