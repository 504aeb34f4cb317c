"""A person's decisions, kept in a file that a team can share under version control.

One JSON object a line, appended and never rewritten; the last word on a matter counts, and
``undo`` takes an earlier decision back:

    {"verdict": "same", "name": "Mistral", "entity": "mistral-ai", "by": "ada", "at": "2026-01-31"}
    {"verdict": "not-same", "name": "Cohere Health", "entity": "cohere"}
    {"verdict": "reject", "statement": "1f3a...", "note": "about another company"}
    {"verdict": "accept", "statement": "77c0...", "words": "e4d2..."}
    {"verdict": "undo", "of": "9be1..."}

``entity`` is an id of the registry or, for a company that no registry knows, its name.
``statement`` is a claim key: it survives a new version of the extractor as long as the
article still says the same of the same entities. ``words`` names the same claim by the
words that stand for its two ends: it survives a registry, or a judgement, that takes those
words for other entities than before.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from kg.ids import digest
from kg.model import KgError, Resolved
from kg.names import fold


class Verdict(StrEnum):
    """What a person decided."""

    SAME = "same"
    NOT_SAME = "not-same"
    ACCEPT = "accept"
    REJECT = "reject"
    UNDO = "undo"


class JudgementError(KgError):
    """A file of judgements cannot be used; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision. ``id`` is what an ``undo`` names in ``of``."""

    verdict: Verdict
    name: str | None = None
    entity: str | None = None
    statement: str | None = None
    words: str | None = None
    of: str | None = None
    by: str | None = None
    at: str | None = None
    note: str | None = None

    @property
    def id(self) -> str:
        return digest(
            "judgement", self.verdict, fold(self.name or ""), self.entity, self.statement, self.of
        )

    @property
    def signature(self) -> str:
        """Who took it and when, as far as the file tells."""
        by = f"by {self.by}" if self.by else "by nobody named"
        return f"{by} on {self.at}" if self.at else by

    def as_dict(self) -> dict[str, str]:
        """The fields that are set, as they are written."""
        keys = ("verdict", "name", "entity", "statement", "words", "of", "by", "at", "note")
        return {k: str(w) for k in keys if (w := getattr(self, k)) is not None}


@dataclass(frozen=True)
class Judgements:
    """The decisions in the order in which they were taken; later ones prevail."""

    taken: tuple[Judgement, ...] = field(default=())

    @cached_property
    def standing(self) -> tuple[Judgement, ...]:
        """Those that were not undone, one for each matter.

        Where a later decision is undone, the one before it stands again.
        """
        left: list[Judgement] = []
        for judgement in self.taken:
            if judgement.verdict is Verdict.UNDO:
                left = [j for j in left if j.id != judgement.of]
            else:
                left.append(judgement)
        latest: dict[tuple[str, ...], Judgement] = {}
        for judgement in left:
            latest.pop(matter := _matter(judgement), None)
            latest[matter] = judgement
        return tuple(latest.values())

    @cached_property
    def same(self) -> Mapping[str, str]:
        """Folded name -> the entity that it stands for."""
        return {
            fold(j.name): j.entity
            for j in self.standing
            if j.verdict is Verdict.SAME and j.name and j.entity
        }

    def deciding(self, name: str) -> Judgement | None:
        """The standing decision that a name means a certain entity."""
        return next(
            (
                j
                for j in self.standing
                if j.verdict is Verdict.SAME and fold(j.name or "") == fold(name)
            ),
            None,
        )

    @cached_property
    def apart(self) -> frozenset[tuple[str, str]]:
        """Pairs of folded name and entity that are not the same."""
        return frozenset(
            (fold(j.name), j.entity)
            for j in self.standing
            if j.verdict is Verdict.NOT_SAME and j.name and j.entity
        )

    @cached_property
    def statements(self) -> Mapping[str, Verdict]:
        """Claim key, by entities and by words -> accept or reject."""
        return {
            key: j.verdict
            for j in self.standing
            for key in (j.words, j.statement)
            if key is not None
        }

    def verdict_on(self, resolved: Resolved) -> Verdict | None:
        """What was decided on a statement, if anything."""
        if not self.statements:
            return None
        found = self.statements.get(claim_key(resolved))
        return found or self.statements.get(words_key(resolved))

    @property
    def version(self) -> str:
        """A hash of the decisions that stand."""
        return digest("judgements", sorted(j.id for j in self.standing))


def _matter(judgement: Judgement) -> tuple[str, ...]:
    if judgement.statement:
        return ("statement", judgement.statement)
    name = fold(judgement.name or "")
    if judgement.verdict is Verdict.SAME:
        return ("same", name)
    return ("not-same", name, judgement.entity or "")


def claim_key(resolved: Resolved) -> str:
    """Names what an article claims of which entities in which words."""
    return _claim(resolved, resolved.subject, resolved.object)


def words_key(resolved: Resolved) -> str:
    """Names what an article claims of whatever certain words in it stand for."""
    subject, object_ = resolved.statement.subject, resolved.statement.object
    return _claim(resolved, fold(subject.text) if subject else None, fold(object_.text))


def _claim(resolved: Resolved, *ends: str | None) -> str:
    statement = resolved.statement
    quote = [" ".join(e.quote.split()) for e in statement.evidence[:1]]
    return digest("claim", statement.article, statement.kind, *ends, statement.modality, quote)


def load(path: Path) -> Judgements:
    """Read a file of judgements; one that is not there yet holds none.

    Raises JudgementError naming file and line of the first that cannot be used.
    """
    if not path.exists():
        return Judgements()
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise JudgementError(f"{path}: cannot be read: {error}") from error
    return Judgements(
        tuple(_judgement(line, f"{path}:{i}") for i, line in enumerate(lines, 1) if line.strip())
    )


def _judgement(line: str, place: str) -> Judgement:
    try:
        row = json.loads(line)
        verdict = Verdict(row.pop("verdict"))
        judgement = Judgement(verdict, **{k: str(w) for k, w in row.items()})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise JudgementError(
            f"{place}: not a judgement ({error}); a line is a JSON object with a verdict "
            f"({', '.join(Verdict)}) and name and entity, or statement, or of"
        ) from error
    needed = {
        Verdict.SAME: ("name", "entity"),
        Verdict.NOT_SAME: ("name", "entity"),
        Verdict.ACCEPT: ("statement",),
        Verdict.REJECT: ("statement",),
        Verdict.UNDO: ("of",),
    }[verdict]
    missing = [key for key in needed if not getattr(judgement, key)]
    if missing:
        raise JudgementError(f"{place}: {verdict} needs {' and '.join(missing)}")
    return judgement


def append(path: Path, judgements: Iterable[Judgement]) -> None:
    """Add decisions to a file, durably; it is made if it is not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(json.dumps(j.as_dict(), ensure_ascii=False) + "\n" for j in judgements)
    with path.open("a+", encoding="utf-8") as stream:
        # A file edited by hand may lack the last line break.
        if path.stat().st_size and not path.read_text(encoding="utf-8").endswith("\n"):
            stream.write("\n")
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
