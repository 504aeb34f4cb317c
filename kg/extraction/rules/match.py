"""What a frame found: the trigger and the parties."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.frames import Frame
from kg.extraction.rules.parsing import Node


@dataclass(frozen=True, slots=True)
class Match:
    """A relationship told by a frame: the trigger, the parties, and nouns passed on the way.

    ``fate`` where it tells how a case went on, whatever else the sentence says of the case;
    ``understood`` where the company is the only one that the sentence names.
    """

    frame: Frame
    trigger: Node
    subject: Filler | None
    object: Filler
    siblings: int = 1
    partners: tuple[Filler, ...] = ()
    through: Node | None = None
    leads: tuple[str, ...] = ()
    ended: bool = False
    fate: bool = False
    understood: bool = False
