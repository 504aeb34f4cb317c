"""The walk of ``kg review``: one doubt after the other, and what a person says to each."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from kg.pipeline.review import Doubt
from kg.resolution.judgements import Judgement, Verdict, append

Find = Callable[[str], str | None]
"""A name or an id as a person types it -> what a judgement names; None if nothing is found."""

_OF_ENTITY = "NUMBER same as that one, s NAME same as another, n none of them, l later, q quit"
_OF_STATEMENT = "a accept, r reject (a reason may follow), l later, q quit"


@dataclass(frozen=True, slots=True)
class Walked:
    """How many doubts were decided, put off, and not come to."""

    decided: int
    later: int
    left: int


def walk(found: Sequence[Doubt], path: Path, find: Find) -> Walked:
    """Ask about each doubt in turn; every decision is written as soon as it is taken."""
    decided = later = 0
    for number, doubt in enumerate(found, 1):
        click.echo(f"\n[{number}/{len(found)}] {_told(doubt)}")
        decisions = _asked(doubt, find)
        if decisions is None:
            break
        if decisions:
            append(path, [signed(d) for d in decisions])
            decided += 1
        else:
            later += 1
    return Walked(decided, later, len(found) - decided - later)


def _told(doubt: Doubt) -> str:
    lines = [doubt.what, f"  why: {doubt.why}"]
    if doubt.sentence:
        lines += [f"  “{doubt.sentence}”", f"  {doubt.source}"]
    lines += [
        f"  {n}: {c.ref.name} ({c.ref.id}), {c.score:.0f} of 100: {c.reason}"
        for n, c in enumerate(doubt.choices, 1)
    ]
    return "\n".join(lines)


def _asked(doubt: Doubt, find: Find) -> list[Judgement] | None:
    """The decisions on one doubt; none to come back later, None to end the walk."""
    prompt = _OF_ENTITY if doubt.choices else _OF_STATEMENT
    while True:
        answer = click.prompt(f"  {prompt}", default="l", show_default=False).strip()
        letter, _, rest = answer.partition(" ")
        letter, rest = letter.lower(), rest.strip()
        if letter in ("q", "quit"):
            return None
        if letter in ("l", "later"):
            return []
        decisions = _of_entity(doubt, letter, rest, find)
        if not doubt.choices:
            decisions = _of_statement(doubt, letter, rest)
        if decisions:
            return decisions
        click.echo(f"  {answer!r} was not understood; nothing is decided")


def _of_entity(doubt: Doubt, letter: str, rest: str, find: Find) -> list[Judgement]:
    if letter.isdigit() and 0 < int(letter) <= len(doubt.choices):
        chosen = doubt.choices[int(letter) - 1]
        entity = chosen.ref.id if chosen.known else chosen.ref.name
        return [Judgement(Verdict.SAME, name=doubt.key, entity=entity, note=rest or None)]
    if letter in ("s", "same") and rest:
        if (entity_or_none := find(rest)) is None:
            click.echo(f"  nothing is known of {rest!r}; kg add entity brings it into the registry")
            return []
        return [Judgement(Verdict.SAME, name=doubt.key, entity=entity_or_none)]
    if letter in ("n", "none"):
        return [
            Judgement(Verdict.NOT_SAME, name=doubt.key, entity=c.ref.id, note=rest or None)
            for c in doubt.choices
        ]
    return []


def _of_statement(doubt: Doubt, letter: str, rest: str) -> list[Judgement]:
    verdict = {"a": Verdict.ACCEPT, "accept": Verdict.ACCEPT}.get(letter) or (
        Verdict.REJECT if letter in ("r", "reject") else None
    )
    if verdict is None:
        return []
    return [Judgement(verdict, statement=doubt.key, words=doubt.words, note=rest or None)]


def signed(judgement: Judgement) -> Judgement:
    """The decision with the user's name and today's date."""
    try:
        by = getpass.getuser()
    except (OSError, KeyError):  # a container may know no user
        by = None
    return replace(judgement, by=by, at=dt.date.today().isoformat())
