"""What fills a role of a frame, and which names may."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.rules.gazetteer import Name
from kg.extraction.rules.lexicon import table, words
from kg.extraction.rules.parsing import Node
from kg.model import EntityKind


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a role: the name, where it stands, and how far the words are from saying so plainly.

    ``how`` is ``name``, ``reference`` (pronoun or description) or ``part`` (of something that
    belongs to the party); ``through`` is the noun passed on the way, such as a deal.
    """

    node: Node
    name: Name
    how: str = "name"
    through: Node | None = None

    @property
    def weight(self) -> float:
        base = {"name": 1.0, "reference": 0.85, "part": 0.9}[self.how]
        return base * (1.0 if self.name.entity is not None or self.name.owner else 0.93)


def _buys(name: Name) -> bool:
    """Whether an authority is a part of a government that signs contracts, not a regulator."""
    return name.entity is None and bool(_BUYING & set(name.name.split()))


_BUYING = frozenset(
    {
        "Ministry",
        "ministry",
        "Department",
        "department",
        "Army",
        "Navy",
        "Force",
        "Space",
        "Valley",
        "Defence",
        "Defense",
        "Treasury",
    }
)
"""Words in the names of authorities that buy, and do not only regulate."""


_CONSORTIA = frozenset(
    {"Alliance", "Forum", "Consortium", "Coalition", "Partnership", "Project", "Programme"}
    | {"Program", "Mission", "Initiative"}
)
"""Last words of the names of bodies that companies join."""
_PROCESSORS = (" gpu", " gpus", " tpu", " tpus", " cpu", " cpus")


def _is_full(name: str) -> bool:
    """A first and a last name, as people have: no figures."""
    parts = name.replace("-", "").replace("’", "").replace("'", "").replace(".", "").split()
    return len(parts) > 1 and all(p.isalpha() for p in parts)


def allowed(name: Name, want: str) -> bool:
    """Whether a name may stand where a frame wants ``want``."""
    if name.owner == "":
        return want == "partner"
    if (
        name.entity is None
        and " " in name.name
        and name.name.split()[-1] in words("names", "market")
    ):
        # "listed on the London Stock Exchange", "in the FTSE 100 Index"
        return want == "partner"
    if name.kind is None and name.name.lower().endswith(_PROCESSORS):
        return False
    if name.is_place:
        return want == "place"
    if want == "place":
        return False
    if want == "client":
        # whoever gives out contracts
        return name.is_organisation
    if want == "partner":
        return name.is_organisation and (name.kind is not EntityKind.AUTHORITY or _buys(name))
    if want == "consortium":
        return name.is_organisation and name.name.split()[-1] in _CONSORTIA
    if want == "rival":
        if name.is_artefact:
            return name.kind is EntityKind.MODEL or bool(name.owner)
        return name.is_organisation and not name.is_authority
    if want == "party":
        return not name.is_artefact and not (
            name.is_authority and name.kind is EntityKind.AUTHORITY
        )
    if want in ("organisation", "company"):
        if name.is_person or name.kind is EntityKind.AUTHORITY:
            return False
        if want == "company" and name.kind is EntityKind.GOVERNMENT:
            return False
        return not name.is_artefact or (want == "company" and name.kind is EntityKind.PRODUCT)
    if want == "subject":
        return not name.is_artefact
    if want == "person":
        return name.is_person or (name.kind is None and name.entity is None and _is_full(name.name))
    if want == "authority":
        return name.is_authority
    if want in ("model", "model or maker"):
        if want == "model or maker" and name.entity is not None:
            return EntityKind.LAB in name.entity.kinds or name.is_artefact
        if name.entity is not None and name.entity.id in words("nouns", "namesake"):
            return True
        return name.kind is EntityKind.MODEL or (
            name.kind is EntityKind.PRODUCT and bool(name.owner)
        )
    if want == "platform":
        if name.kind in (EntityKind.PLATFORM, EntityKind.MODEL_HUB, EntityKind.CLOUD_PROVIDER):
            return True
        if name.kind is EntityKind.PRODUCT and name.owner:
            return True
        if name.entity is not None:
            return bool(
                {EntityKind.CLOUD_PROVIDER, EntityKind.MODEL_HUB, EntityKind.PLATFORM}
                & set(name.entity.kinds)
            ) or name.entity.id in table("platforms")
        return False
    return True
