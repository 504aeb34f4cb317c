"""Names for the slots of templates: from the registry, or made up as new companies' are."""

from __future__ import annotations

import random
from collections import defaultdict

from kg.model import Entity, EntityKind
from kg.registry import Registry

_KINDS = {
    "L": (EntityKind.LAB,),
    "H": (EntityKind.CHIP_MAKER,),
    "V": (EntityKind.INVESTOR, EntityKind.SOVEREIGN_FUND),
    "K": (EntityKind.CLOUD_PROVIDER,),
    "P": (EntityKind.PLATFORM, EntityKind.MODEL_HUB),
    "M": (EntityKind.MODEL,),
    "D": (EntityKind.PRODUCT,),
    "R": (EntityKind.AUTHORITY,),
    "Z": (EntityKind.GOVERNMENT,),
    "N": (EntityKind.PERSON,),
    "O": (EntityKind.PLACE,),
    "C": (EntityKind.COMPANY,),
    "X": (EntityKind.COMPANY,),
}
_GIANTS = ("microsoft", "google", "amazon", "apple", "meta", "nvidia", "ibm", "oracle", "intel", "salesforce")
_NEW = frozenset("LVHKC")
"""Sorts of which news also names members nobody has heard of."""
_PARTS = "zen vor qua lum tri nex bri fal sol kir mav ost pel ryn tal vex wyn zor cad del".split()  # noqa: SIM905
_ENDS = ("", "", "", " AI", " Labs", " Robotics", "ly", "a")
_GIVEN = ("Maria", "John", "Sarah", "David", "Wei", "Anna", "Paul", "Priya")
_FAMILY = ("Keller", "Novak", "Okafor", "Lindgren", "Moreau", "Tanaka", "Walsh")


class Namer:
    """Draws names that are not in use yet."""

    def __init__(self, registry: Registry, rng: random.Random) -> None:
        self._rng = rng
        self._registry = registry
        self._by_kind: dict[EntityKind, list[Entity]] = defaultdict(list)
        for entity in registry:
            self._by_kind[entity.kind].append(entity)

    def name(self, kind: str, used: set[str]) -> str:
        """A name for a slot of the kind (see the head of ``templates.jsonl``'s guide in docs)."""
        name = self._draw(kind)
        while name in used:
            name = self._draw(kind)
        return name

    def _draw(self, kind: str) -> str:
        rng = self._rng
        if kind == "$":
            return self._sum()
        if kind == "S" or (kind in _NEW and rng.random() < 0.25):
            new = (rng.choice(_PARTS) + rng.choice(_PARTS)).capitalize()
            if kind == "V":
                return new + rng.choice((" Capital", " Ventures", ""))
            return new + rng.choice(_ENDS)
        if kind == "N" and rng.random() < 0.6:
            return f"{rng.choice(_GIVEN)} {rng.choice(_FAMILY)}"
        if kind == "G":
            return self._registry[rng.choice(_GIANTS)].name
        entity = rng.choice([e for k in _KINDS[kind] for e in self._by_kind[k]])
        return rng.choice(entity.all_names) if rng.random() < 0.3 else entity.name

    def _sum(self) -> str:
        rng = self._rng
        return rng.choice(
            (
                f"${rng.randint(5, 900)} million",
                f"${rng.random() * 20 + 1:.1f} billion",
                f"€{rng.randint(5, 900)} million",
                f"${rng.randint(1, 20)}bn",
                f"£{rng.randint(10, 500)}m",
            )
        )
