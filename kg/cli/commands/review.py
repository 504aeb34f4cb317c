"""``kg review``: walk through what is unsure, and decide."""

from __future__ import annotations

import datetime as dt
import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import build_if_missing, format_option, say, store_option

if TYPE_CHECKING:
    from kg.pipeline.review import Doubt
    from kg.resolution.judgements import Judgement, Verdict

_COLUMNS = ("kind", "what", "why", "sentence", "source", "key")


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

    Decisions go to a file (judgements.jsonl in the store's folder, or KG_JUDGEMENTS) that a
    team can share under version control; they survive every rebuild and can be undone.

    \b
    Examples:
      kg review
      kg review --list --format csv
      kg review --undo 1f3a09c2d4e5b6a7
    """
    from kg.cli.output import emit
    from kg.pipeline.review import doubts
    from kg.pipeline.setup import judgements_path, linker_for
    from kg.resolution.judgements import Judgement, Verdict, append
    from kg.store import open_store

    build_if_missing(location)
    path = judgements_path(location)
    linker = linker_for(location)
    if decided:
        rows = [{"id": j.id, **j.as_dict()} for j in linker.judgements.standing]
        emit(
            rows,
            ("id", "verdict", "name", "entity", "statement", "by", "at", "note"),
            output_format,
        )
        return
    if undo:
        if undo not in {j.id for j in linker.judgements.standing}:
            raise click.UsageError(f"no decision {undo} stands; see kg review --decided")
        append(path, [_signed(Judgement(Verdict.UNDO, of=undo))])
        _replay(location)
        return
    with open_store(location).read() as reader:
        found = list(doubts(reader, linker, below=below))
    if listing:
        emit([_row(d) for d in found], _COLUMNS, output_format)
        return
    taken = _walk(found, path)
    if taken:
        _replay(location)
    say(f"{taken} decisions, {len(found) - taken} left: {path}")


def _walk(found: list[Doubt], path: Path) -> int:
    from kg.resolution.judgements import Verdict, append

    taken = 0
    for i, doubt in enumerate(found, 1):
        click.echo(f"\n[{i}/{len(found)}] {doubt.what}")
        click.echo(f"  why: {doubt.why}")
        click.echo(f"  “{doubt.sentence}”\n  {doubt.source}")
        if doubt.candidates:
            for n, ref in enumerate(doubt.candidates, 1):
                click.echo(f"  {n}: {ref.name} ({ref.id})")
            prompt = "same as which number, [n]one of them, [l]ater, [q]uit"
        else:
            prompt = "[a]ccept, [r]eject, [l]ater, [q]uit"
        answer = click.prompt(f"  {prompt}", default="l", show_default=False).strip().lower()
        if answer == "q":
            break
        decisions: list[Judgement] = []
        if doubt.candidates and answer.isdigit() and 0 < int(answer) <= len(doubt.candidates):
            decisions = [_of_name(Verdict.SAME, doubt, doubt.candidates[int(answer) - 1].id)]
        elif doubt.candidates and answer == "n":
            decisions = [_of_name(Verdict.NOT_SAME, doubt, ref.id) for ref in doubt.candidates]
        elif not doubt.candidates and answer in ("a", "r"):
            verdict = Verdict.ACCEPT if answer == "a" else Verdict.REJECT
            decisions = [_of_statement(verdict, doubt)]
        if decisions:
            append(path, [_signed(d) for d in decisions])
            taken += 1
    return taken


def _of_name(verdict: Verdict, doubt: Doubt, entity: str) -> Judgement:
    from kg.resolution.judgements import Judgement

    return Judgement(verdict, name=doubt.key, entity=entity)


def _of_statement(verdict: Verdict, doubt: Doubt) -> Judgement:
    from kg.resolution.judgements import Judgement

    return Judgement(verdict, statement=doubt.key)


def _signed(judgement: Judgement) -> Judgement:
    from dataclasses import replace

    try:
        by = getpass.getuser()
    except (OSError, KeyError):  # a container may know no user
        by = None
    return replace(judgement, by=by, at=dt.date.today().isoformat())


def _replay(location: str) -> None:
    from kg.pipeline import sync_registry
    from kg.pipeline.setup import linker_for
    from kg.store import open_store

    with open_store(location).write() as writer:
        sync_registry(writer, linker_for(location))


def _row(doubt: Doubt) -> dict[str, Any]:
    return {
        "kind": "entity" if doubt.candidates else "statement",
        "what": doubt.what,
        "why": doubt.why,
        "sentence": doubt.sentence,
        "source": doubt.source,
        "key": doubt.key,
        "candidates": [ref.id for ref in doubt.candidates],
    }
