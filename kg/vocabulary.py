"""Namespaces, terms and the way each kind of relationship is written in RDF.

A test holds every IRI used here against ``ontology/``.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from kg.model import EntityKind, Kind, Nature

BASE = os.environ.get("KG_BASE_IRI", "https://w3id.org/ai-industry/")
AIO = BASE + "ontology#"
ID = BASE + "id/"
ARTICLE = BASE + "article/"
SCHEME = BASE + "scheme/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
ORG = "http://www.w3.org/ns/org#"
SCHEMA = "https://schema.org/"

PREFIXES = {
    "aio": AIO,
    "id": ID,
    "article": ARTICLE,
    "scheme": SCHEME,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dct": DCT,
    "prov": PROV,
    "oa": OA,
    "org": ORG,
    "schema": SCHEMA,
}


@dataclass(frozen=True, slots=True)
class Terms:
    """How one kind of relationship is written: its class, its two roles, the direct triple.

    ``further`` maps the names of a statement's further roles to properties.
    """

    cls: str
    subject: str
    object: str
    direct: str
    further: tuple[tuple[str, str], ...] = ()


_PARTY = (("product", AIO + "product"), ("channel", AIO + "channel"), ("party", AIO + "party"))

TERMS: dict[Kind, Terms] = {
    Kind.INVESTMENT: Terms(
        AIO + "Investment",
        AIO + "investor",
        AIO + "investee",
        AIO + "investsIn",
        (("lead", AIO + "leadInvestor"), *_PARTY),
    ),
    Kind.DISTRIBUTION: Terms(
        AIO + "DistributionAgreement",
        AIO + "distributor",
        AIO + "supplier",
        AIO + "distributesModelsOf",
        _PARTY,
    ),
    Kind.SCRUTINY: Terms(
        AIO + "RegulatoryReview",
        AIO + "authority",
        AIO + "reviewedParty",
        AIO + "scrutinises",
        _PARTY,
    ),
    Kind.ACQUISITION: Terms(
        AIO + "Acquisition", AIO + "acquirer", AIO + "acquiree", AIO + "acquires", _PARTY
    ),
    Kind.PARTNERSHIP: Terms(
        AIO + "Partnership",
        AIO + "partner",
        AIO + "partner",
        AIO + "partnersWith",
        (
            *((r, AIO + r) for r in ("licensor", "licensee", "provider", "customer")),
            *_PARTY,
        ),
    ),
    Kind.COMPETITION: Terms(
        AIO + "Competition", AIO + "competitor", AIO + "competitor", AIO + "competesWith", _PARTY
    ),
    Kind.RELEASE: Terms(
        AIO + "ModelRelease", AIO + "releaser", AIO + "releasedModel", AIO + "releases", _PARTY
    ),
    Kind.APPOINTMENT: Terms(
        AIO + "Appointment",
        AIO + "appointee",
        AIO + "employer",
        AIO + "holdsPostAt",
        (("former_employer", AIO + "formerEmployer"), *_PARTY),
    ),
    Kind.LITIGATION: Terms(
        AIO + "Litigation", AIO + "plaintiff", AIO + "defendant", AIO + "litigatesAgainst", _PARTY
    ),
    Kind.HEADQUARTERS: Terms(
        AIO + "Headquarters", AIO + "headquarteredOrganisation", AIO + "seat", AIO + "basedIn"
    ),
}

NATURE_CLASS: dict[Nature, str] = {
    Nature.LICENCE: AIO + "Licence",
    Nature.SUPPLY: AIO + "SupplyAgreement",
    Nature.COMPUTE: AIO + "ComputeAgreement",
    Nature.DATA: AIO + "DataAgreement",
    Nature.RESEARCH: AIO + "ResearchCollaboration",
    Nature.DISTRIBUTION: AIO + "DistributionPartnership",
    Nature.GOVERNMENT: AIO + "GovernmentContract",
}

TERM_CLASS: dict[str, str] = {
    "conversion": AIO + "ConversionTerms",
    "stake": AIO + "ConversionTerms",
    "valuation_effect": AIO + "ConversionTerms",
    "exclusivity": AIO + "Exclusivity",
    "legal_basis": AIO + "LegalBasis",
}
"""Names of terms that have a class of their own beside ``aio:Term``."""

ENTITY_CLASS: dict[EntityKind, str] = {
    EntityKind.LAB: AIO + "Lab",
    EntityKind.COMPANY: AIO + "Company",
    EntityKind.CLOUD_PROVIDER: AIO + "CloudProvider",
    EntityKind.CHIP_MAKER: AIO + "ChipMaker",
    EntityKind.INVESTOR: AIO + "InvestmentFirm",
    EntityKind.SOVEREIGN_FUND: AIO + "SovereignFund",
    EntityKind.MODEL_HUB: AIO + "ModelHub",
    EntityKind.AUTHORITY: AIO + "Authority",
    EntityKind.GOVERNMENT: AIO + "Government",
    EntityKind.RESEARCH: AIO + "ResearchInstitution",
    EntityKind.PERSON: AIO + "Person",
    EntityKind.MODEL: AIO + "Model",
    EntityKind.PRODUCT: AIO + "Product",
    EntityKind.PLATFORM: AIO + "Platform",
    EntityKind.PLACE: AIO + "Place",
    EntityKind.ORGANISATION: AIO + "Organisation",
}


def entity_iri(entity_id: str) -> str:
    """``mistral-ai`` -> the entity's IRI."""
    return ID + entity_id


def article_iri(article_id: str) -> str:
    """The article's hash -> its IRI, which names its graph too."""
    return ARTICLE + article_id
