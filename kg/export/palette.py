"""Colours and order of the kinds, and sizes, for every format that carries colour.

The eight hues are those of Okabe and Ito, which readers with any common colour vision
deficiency tell apart; related kinds share a hue in two depths and differ by their words.
"""

from __future__ import annotations

from typing import Final

from kg.model import EntityKind, Kind

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

NODE_COLOURS: Final[dict[str, Colour]] = {
    EntityKind.LAB: (0, 114, 178),
    EntityKind.COMPANY: (86, 180, 233),
    EntityKind.CLOUD_PROVIDER: (0, 158, 115),
    EntityKind.CHIP_MAKER: (95, 201, 166),
    EntityKind.INVESTOR: (230, 159, 0),
    EntityKind.SOVEREIGN_FUND: (176, 117, 0),
    EntityKind.MODEL_HUB: (140, 174, 213),
    EntityKind.AUTHORITY: (213, 94, 0),
    EntityKind.GOVERNMENT: (160, 62, 0),
    EntityKind.RESEARCH: (60, 84, 136),
    EntityKind.PERSON: (240, 228, 66),
    EntityKind.MODEL: (204, 121, 167),
    EntityKind.PRODUCT: (226, 174, 204),
    EntityKind.PLATFORM: (157, 84, 126),
    EntityKind.PLACE: (120, 120, 120),
    EntityKind.ORGANISATION: (172, 172, 172),
}

EDGE_COLOURS: Final[dict[str, Colour]] = {
    Kind.INVESTMENT: (201, 138, 0),
    Kind.DISTRIBUTION: (0, 134, 98),
    Kind.SCRUTINY: (199, 70, 0),
    Kind.ACQUISITION: (120, 40, 110),
    Kind.PARTNERSHIP: (0, 100, 160),
    Kind.COMPETITION: (130, 130, 130),
    Kind.RELEASE: (196, 98, 150),
    Kind.APPOINTMENT: (150, 140, 0),
    Kind.LITIGATION: (140, 20, 20),
    Kind.HEADQUARTERS: (90, 90, 90),
}

OTHER: Final[Colour] = (153, 153, 153)


def node_colour(kind: object) -> Colour:
    return NODE_COLOURS.get(str(kind), OTHER)


def edge_colour(kind: object) -> Colour:
    return EDGE_COLOURS.get(str(kind), OTHER)


def hex_colour(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def node_size(degree: int) -> float:
    """Diameter in Gephi's units: the area grows with the degree, and the least stay visible."""
    return float(8 + 6 * min(degree, 400) ** 0.5)
