"""Frames applied to a parsed sentence: which relationships its words tell, between whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extraction.rules import arguments as args
from kg.extraction.rules.frames import Frame, by_trigger
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.parsing import Node, Parsed
from kg.extraction.rules.phrases import Phrases
from kg.extraction.rules.roles import Filler, Roles
from kg.model import Kind


@dataclass(frozen=True, slots=True)
class Match:
    """A relationship told by a frame: the trigger, the parties, and nouns passed on the way."""

    frame: Frame
    trigger: Node
    subject: Filler | None
    object: Filler
    siblings: int = 1
    partners: tuple[Filler, ...] = ()
    through: Node | None = None
    leads: tuple[str, ...] = ()


class Matcher:
    """Applies all frames to one sentence."""

    def __init__(self, parsed: Parsed, roles: Roles) -> None:
        self.parsed = parsed
        self.roles = roles
        self.phrases = Phrases(parsed, roles)

    def matches(self) -> list[Match]:
        """All matches in order of their triggers."""
        found: list[Match] = []
        for node in self.parsed.nodes:
            if node.name is not None or node.money is not None:
                continue
            for part in _parts(node):
                for frame in by_trigger().get((part, node.lemma), ()):
                    found += self._apply(frame, node)
        return found

    def _apply(self, frame: Frame, trigger: Node) -> Iterator[Match] | list[Match]:
        if not self._particle_fits(frame, trigger) or not self._needs_met(frame, trigger):
            return []
        if frame.raises:
            return self.phrases.raised(frame, trigger)
        if frame.pair:
            return self._pairs(frame, trigger)
        if frame.through and not self._through(frame, trigger):
            return []
        return self._ends(frame, trigger)

    def _ends(self, frame: Frame, trigger: Node) -> list[Match]:
        if frame.kind is Kind.DISTRIBUTION:
            return self.phrases.distributed(frame, trigger)
        if frame.kind is Kind.SCRUTINY:
            return self.phrases.scrutinised(frame, trigger)
        subjects = self._fill(frame, trigger, frame.subject, frame.subject_is or _subject_want(frame), ())
        avoid = [f.name for f in subjects]
        objects = self._fill(frame, trigger, frame.object, frame.object_is or "organisation", avoid)
        if not objects:
            return []
        if not subjects:
            return []
        pairs = [
            (s, o)
            for s in subjects
            for o in objects
            if s.name.name != o.name.name and s.node is not o.node
        ]
        return [Match(frame, trigger, s, o, len(subjects), through=o.through) for s, o in pairs]

    def _fill(
        self, frame: Frame, trigger: Node, places: Sequence[str], want: str, avoid: Sequence[object]
    ) -> list[Filler]:
        for place in places:
            nodes = self.nodes_at(trigger, place)
            found = self.phrases.fill(nodes, want, avoid, trigger)
            if found:
                return found
        return []

    def nodes_at(self, trigger: Node, place: str) -> list[Node]:
        return self.phrases.nodes_at(trigger, place)

    def _pairs(self, frame: Frame, trigger: Node) -> list[Match]:
        want = frame.object_is or "organisation"
        for place in frame.pair:
            fillers = self.phrases.fill(self.nodes_at(trigger, place), want, (), trigger)
            if place == "left":
                fillers = self.phrases.hyphenated(trigger, want)
            if len(fillers) >= 2 and not (place == "subj" and self._with(trigger)):
                return [
                    Match(frame, trigger, a, b, 1)
                    for i, a in enumerate(fillers)
                    for b in fillers[i + 1 :]
                    if a.name.name != b.name.name
                ][:6]
        return []

    def _with(self, trigger: Node) -> bool:
        return any(True for _ in args.of_preposition(trigger, "with"))

    def _particle_fits(self, frame: Frame, trigger: Node) -> bool:
        wanted = dict(frame.particle).get(trigger.lemma, ())
        if frame.particles:
            if trigger.lemma in frame.particles:
                return True
            wanted = frame.particles
        if not wanted:
            return True
        return any(c.word in wanted for c in trigger.children) or any(
            n.word in wanted and trigger.index < n.index <= trigger.index + 3 for n in self.parsed.nodes
        )

    def _needs_met(self, frame: Frame, trigger: Node) -> bool:
        return not frame.needs or self.phrases.needs_met(frame.needs, trigger)

    def _through(self, frame: Frame, trigger: Node) -> bool:
        """Whether the verb's object is the noun that the frame goes through: opened *a probe*."""
        nouns = words("nouns", "case" if frame.through == "case" else "deal")
        return any(n.lemma in nouns for o in args.objects(trigger) for n in args.conjuncts(o))


def _parts(node: Node) -> tuple[str, ...]:
    if node.tag.startswith("VB"):
        return ("verb", "noun", "adjective") if node.tag == "VBG" else ("verb", "adjective")
    if node.pos in ("NOUN", "PROPN"):
        return ("noun",)
    if node.pos == "ADJ":
        return ("adjective", "verb") if node.word.endswith("ed") else ("adjective",)
    return ()


def _subject_want(frame: Frame) -> str:
    if frame.kind is Kind.SCRUTINY:
        return "authority"
    if frame.kind is Kind.INVESTMENT:
        return "subject"
    return "party"
