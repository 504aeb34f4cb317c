"""The frames, read from ``lexicon/frames.yaml``."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from kg.extraction.rules.lexicon import table
from kg.model import Kind


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One way of telling one kind of relationship; see the head of ``frames.yaml``.

    There is one object for each, so that frames are told apart as objects.
    """

    name: str
    kind: Kind
    verb: frozenset[str] = frozenset()
    noun: frozenset[str] = frozenset()
    adjective: frozenset[str] = frozenset()
    hyphen: bool = False
    raises: bool = False
    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()
    subject_is: str = ""
    object_is: str = ""
    needs: frozenset[str] = frozenset()
    through: str = ""
    particle: tuple[tuple[str, tuple[str, ...]], ...] = ()
    particles: tuple[str, ...] = ()
    set: tuple[tuple[str, str], ...] = field(default=())


@lru_cache(maxsize=1)
def frames() -> tuple[Frame, ...]:
    """All frames in the order of the files."""
    return tuple(
        _frame(kind, row)
        for name in ("frames", "carrying")
        for kind, rows in table(name).items()
        for row in rows
    )


def _frame(kind: str, row: dict[str, Any]) -> Frame:
    known = {
        "name",
        "verb",
        "noun",
        "adjective",
        "hyphen",
        "subject",
        "object",
        "pair",
        "subject_is",
        "object_is",
        "needs",
        "through",
        "particle",
        "set",
    }
    if unknown := row.keys() - known:
        raise ValueError(
            f"frames.yaml: {row.get('name')}: unknown field {', '.join(sorted(unknown))}"
        )
    particle = row.get("particle", ())
    return Frame(
        name=row["name"],
        kind=Kind.INVESTMENT if kind == "raise" else Kind(kind),
        raises=kind == "raise",
        verb=frozenset(row.get("verb", ())),
        noun=frozenset(row.get("noun", ())),
        adjective=frozenset(row.get("adjective", ())),
        hyphen=bool(row.get("hyphen")),
        subject=tuple(row.get("subject", ())),
        object=tuple(row.get("object", ())),
        pair=tuple(row.get("pair", ())),
        subject_is=row.get("subject_is", ""),
        object_is=row.get("object_is", ""),
        needs=frozenset(str(row.get("needs", "")).split()),
        through=row.get("through", ""),
        particle=tuple((k, tuple(v)) for k, v in particle.items())
        if isinstance(particle, dict)
        else (),
        particles=() if isinstance(particle, dict) else tuple(particle),
        set=tuple((k, str(v)) for k, v in row.get("set", {}).items()),
    )


@cache
def frame_named(name: str, kind: Kind) -> Frame:
    """The frame of a kind that goes by the name."""
    return next(f for f in frames() if f.name == name and f.kind is kind)


@lru_cache(maxsize=1)
def by_trigger() -> dict[tuple[str, str], tuple[Frame, ...]]:
    """(``verb``, ``noun`` or ``adjective``; lemma) -> the frames that it may begin."""
    index: dict[tuple[str, str], list[Frame]] = {}
    for frame in frames():
        for part, lemmas in (
            ("verb", frame.verb),
            ("noun", frame.noun),
            ("adjective", frame.adjective),
        ):
            for lemma in lemmas:
                index.setdefault((part, lemma), []).append(frame)
    return {key: tuple(found) for key, found in index.items()}


def subject_want(frame: Frame) -> str:
    """What the subject must be, where the frame does not say so itself."""
    if frame.kind is Kind.SCRUTINY:
        return "authority"
    if frame.kind is Kind.INVESTMENT:
        return "subject"
    if frame.kind is Kind.PARTNERSHIP:
        return "partner"
    if frame.kind is Kind.COMPETITION:
        return "rival"
    return "party"


def object_want(frame: Frame) -> str:
    """What the object must be, where the frame does not say so itself."""
    if frame.kind is Kind.PARTNERSHIP:
        return "partner"
    return "rival" if frame.kind is Kind.COMPETITION else "organisation"
