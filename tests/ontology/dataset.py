"""A small graph made by hand, in which every competency question has an answer to check."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

import pyoxigraph as ox

from kg import vocabulary as v
from kg.model import (
    Amount,
    AmountRole,
    Article,
    Entity,
    EntityKind,
    Evidence,
    Kind,
    Mention,
    Modality,
    Nature,
    Qualifier,
    Rejection,
    Resolved,
    Statement,
    Status,
)
from kg.rdf import article_quads, entity_quads, relationship_quads
from kg.rdf.ownership import TAKEN_OVER_BY
from kg.resolution.candidates import Candidate
from kg.resolution.consolidation import consolidate
from tests.takeovers import write_takeovers

K = EntityKind
ENTITIES = [
    Entity(
        "microsoft",
        "Microsoft",
        (K.CLOUD_PROVIDER, K.COMPANY),
        names=("Microsoft Corporation",),
        country="US",
        city="Redmond",
        founded="1975-04-04",
        identifiers=(("lei", "INR2EJN1ERAN0W5ZP974"), ("ticker", "NASDAQ:MSFT")),
        sources=("https://example.org/microsoft",),
    ),
    Entity("mistral-ai", "Mistral AI", (K.LAB,), names=("Mistral",), country="FR", city="Paris"),
    Entity("openai", "OpenAI", (K.LAB,), country="US"),
    Entity("anthropic", "Anthropic", (K.LAB,), country="US"),
    Entity("amazon", "Amazon", (K.CLOUD_PROVIDER,), country="US"),
    Entity("alphabet", "Alphabet", (K.COMPANY,), country="US"),
    Entity("google", "Google", (K.CLOUD_PROVIDER, K.LAB), parent="alphabet", country="US"),
    Entity("meta", "Meta", (K.LAB, K.COMPANY), former=("Facebook",), country="US"),
    Entity("nvidia", "Nvidia", (K.CHIP_MAKER,), country="US"),
    Entity("arm", "Arm", (K.CHIP_MAKER,), country="GB"),
    Entity("quill-ventures", "Quill Ventures", (K.INVESTOR,)),
    Entity("northern-fund", "Northern Fund", (K.SOVEREIGN_FUND,)),
    Entity("quill", "Quill", (K.INVESTOR,), origin="article"),
    Entity("model-quay", "Model Quay", (K.MODEL_HUB,)),
    Entity("ministry", "Ministry of Digital Affairs", (K.GOVERNMENT,), jurisdiction="FR"),
    Entity("delta-university", "Delta University", (K.RESEARCH,)),
    Entity("ftc", "Federal Trade Commission", (K.AUTHORITY,), jurisdiction="US"),
    Entity("european-commission", "European Commission", (K.AUTHORITY,), jurisdiction="EU"),
    Entity("daily-ledger", "Daily Ledger", (K.COMPANY,)),
    Entity("ada-example", "Ada Example", (K.PERSON,)),
    Entity("paris", "Paris", (K.PLACE,)),
    Entity("azure", "Azure", (K.PLATFORM,), developer="microsoft"),
    Entity("copilot", "Copilot", (K.PRODUCT,), developer="microsoft"),
    Entity("phi", "Phi", (K.MODEL,), developer="microsoft", weights="open", licence="MIT"),
    Entity(
        "mistral-large",
        "Mistral Large",
        (K.MODEL,),
        developer="mistral-ai",
        released="2024-02-26",
        weights="closed",
    ),
]
BY_ID = {entity.id: entity for entity in ENTITIES}


@dataclass
class Story:
    """An article in the making: each sentence is a statement's evidence."""

    title: str
    published: str | None
    publisher: str | None = None
    sentences: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    rejections: list[tuple[str, str]] = field(default_factory=list)

    def says(
        self, sentence: str, kind: Kind, subject: str | None, object_: str, **more: object
    ) -> Story:
        self.sentences.append((sentence, {"kind": kind, "ends": (subject, object_), **more}))
        return self

    def unread(self, sentence: str, reason: str) -> Story:
        self.rejections.append((sentence, reason))
        return self

    def article(self) -> Article:
        text = " ".join([*(s for s, _ in self.sentences), *(s for s, _ in self.rejections)])
        return Article(
            text,
            source=f"{self.title.lower().replace(' ', '-')}.txt",
            title=self.title,
            published=self.published,
            publisher=self.publisher,
            url="https://example.org/" + self.title.lower().replace(" ", "-"),
            retrieved="2025-01-02",
            language="en",
        )

    def resolved(self) -> list[Resolved]:
        article = self.article()
        return [self._statement(article, sentence, more) for sentence, more in self.sentences]

    def unreadable(self) -> list[Rejection]:
        text = self.article().text
        return [
            Rejection(self.article().id, reason, Evidence(text.index(s), text.index(s) + len(s), s))
            for s, reason in self.rejections
        ]

    def _statement(self, article: Article, sentence: str, more: dict[str, object]) -> Resolved:
        more = dict(more)
        start = article.text.index(sentence)
        subject, object_ = more.pop("ends")  # type: ignore[misc]
        roles = dict(more.pop("roles", {}))  # type: ignore[call-overload]
        judged = more.pop("judged", None)

        def mention(entity_id: str) -> Mention:
            entity = BY_ID[entity_id]
            surface = next((n for n in entity.all_names if n in sentence), sentence.split()[0])
            at = article.text.index(surface, start)
            return Mention(surface, at, at + len(surface), entity.name, entity_id, entity.kind)

        amounts = []
        for value, currency, stated, role, *qualifier in more.pop("amounts", []):  # type: ignore[attr-defined]
            at = article.text.index(stated, start)
            how = qualifier[0] if qualifier else Qualifier.EXACT
            amounts.append(
                Amount(Decimal(value), currency, stated, at, at + len(stated), role, how)
            )
        further = [(role, i) for role, ids in roles.items() for i in ids]
        statement = Statement(
            article=article.id,
            subject=mention(subject) if subject else None,
            object=mention(object_),
            evidence=(Evidence(start, start + len(sentence), sentence),),
            amounts=tuple(amounts),
            participants=tuple((role, mention(i)) for role, i in further),
            confidence=0.9,
            derivation=(("frame", str(more["kind"])),),
            **more,  # type: ignore[arg-type]
        )
        return Resolved(statement, subject, object_, tuple(further), article.published, judged)


C, E, T, P, R = (
    AmountRole.COMMITTED,
    AmountRole.EQUIVALENT,
    AmountRole.ROUND_TOTAL,
    AmountRole.PRICE,
    Modality.RUMOURED,
)
STORIES = [
    Story("A deal in Paris", "2024-02-27", "Morning Wire")
    .says(
        "Microsoft has put €15 million ($16.3 million) into Mistral AI.",
        Kind.INVESTMENT,
        "microsoft",
        "mistral-ai",
        date="2024-02",
        instrument="convertible",
        amounts=[("15000000", "EUR", "€15 million", C), ("16300000", "USD", "$16.3 million", E)],
        terms=(("conversion", "next funding round"), ("valuation_effect", "none")),
    )
    .says(
        "Microsoft offers Mistral Large by Mistral AI on Azure.",
        Kind.DISTRIBUTION,
        "microsoft",
        "mistral-ai",
        status=Status.ACTIVE,
        roles={"product": ["mistral-large"], "channel": ["azure"]},
    )
    .says(
        "The European Commission means to look at what Microsoft agreed with Mistral AI.",
        Kind.SCRUTINY,
        "european-commission",
        "microsoft",
        status=Status.INTENDED,
        roles={"party": ["mistral-ai"]},
    )
    .says(
        "Mistral AI has released Mistral Large.",
        Kind.RELEASE,
        "mistral-ai",
        "mistral-large",
        date="2024-02-26",
    )
    .says("Mistral AI sits in Paris.", Kind.HEADQUARTERS, "mistral-ai", "paris")
    .unread("A further 6 million was not legible.", "a figure without a currency"),
    Story("The same deal told again", "2024-03-01")
    .says(
        "Microsoft invested $16 million in Mistral.",
        Kind.INVESTMENT,
        "microsoft",
        "mistral-ai",
        date="2024-02",
        amounts=[("16000000", "USD", "$16 million", C)],
    )
    .says(
        "Quill Ventures led the Series A of Mistral AI, worth €100 million.",
        Kind.INVESTMENT,
        "quill-ventures",
        "mistral-ai",
        date="2023-12",
        round="Series A",
        stake_percent=Decimal("5.5"),
        amounts=[("100000000", "EUR", "€100 million", T)],
        roles={"lead": ["quill-ventures"]},
    )
    .says(
        "Northern Fund took part in the Series A of Mistral AI.",
        Kind.INVESTMENT,
        "northern-fund",
        "mistral-ai",
        date="2023-12",
        round="Series A",
        roles={"lead": ["quill-ventures"]},
    ),
    Story("A look back", "2023-02-01")
    .says(
        "Microsoft put $1 billion into OpenAI in 2019.",
        Kind.INVESTMENT,
        "microsoft",
        "openai",
        date="2019-07",
        amounts=[("1000000000", "USD", "$1 billion", C)],
    )
    .says(
        "Microsoft put $10 billion into OpenAI in 2023.",
        Kind.INVESTMENT,
        "microsoft",
        "openai",
        date="2023-01",
        amounts=[("10000000000", "USD", "$10 billion", C)],
    )
    .says(
        "OpenAI rents its capacity from Microsoft.",
        Kind.PARTNERSHIP,
        "openai",
        "microsoft",
        nature=Nature.COMPUTE,
        status=Status.ACTIVE,
    )
    .says(
        "Nvidia delivers chips to OpenAI.",
        Kind.PARTNERSHIP,
        "nvidia",
        "openai",
        nature=Nature.SUPPLY,
        roles={"provider": ["nvidia"], "customer": ["openai"]},
    )
    .says("Meta competes with OpenAI.", Kind.COMPETITION, "meta", "openai")
    .says("Anthropic competes with OpenAI.", Kind.COMPETITION, "anthropic", "openai")
    .says(
        "Google put $300 million into Anthropic.",
        Kind.INVESTMENT,
        "google",
        "anthropic",
        date="2022-12",
        amounts=[("300000000", "USD", "$300 million", C)],
    )
    .says("Google competes with Anthropic.", Kind.COMPETITION, "google", "anthropic")
    .says(
        "Amazon competes with itself, or with Quill.",
        Kind.COMPETITION,
        "amazon",
        "quill",
        judged="reject",
    ),
    Story("Other numbers", "2023-02-10")
    .says(
        "Google put $400 million into Anthropic.",
        Kind.INVESTMENT,
        "google",
        "anthropic",
        date="2022-12",
        amounts=[("400000000", "USD", "$400 million", C)],
    )
    .says(
        "Amazon put $4 billion into Anthropic.",
        Kind.INVESTMENT,
        "amazon",
        "anthropic",
        date="2023-09",
        amounts=[("4000000000", "USD", "$4 billion", C, Qualifier.UP_TO)],
    )
    .says(
        "Meta is said to talk about buying Mistral AI.",
        Kind.ACQUISITION,
        "meta",
        "mistral-ai",
        modality=R,
    )
    .says(
        "Meta denies any talks with Anthropic about a purchase.",
        Kind.ACQUISITION,
        "meta",
        "anthropic",
        modality=Modality.DENIED,
    ),
    Story("Arm stays Arm", "2022-02-08")
    .says(
        "Nvidia has called off its purchase of Arm for $40 billion.",
        Kind.ACQUISITION,
        "nvidia",
        "arm",
        status=Status.TERMINATED,
        date="2022-02-08",
        amounts=[("40000000000", "USD", "$40 billion", P)],
    )
    .says(
        "The Federal Trade Commission had sued Nvidia over Arm.",
        Kind.SCRUTINY,
        "ftc",
        "nvidia",
        status=Status.SUED,
        date="2021-12-02",
        roles={"party": ["arm"]},
    )
    .says(
        "The Federal Trade Commission has dropped its case against Nvidia over Arm.",
        Kind.SCRUTINY,
        "ftc",
        "nvidia",
        status=Status.DROPPED,
        date="2022-02-14",
        roles={"party": ["arm"]},
    ),
    Story("Notes from the market", "2024-03-20")
    .says(
        "The Federal Trade Commission is looking at Microsoft and OpenAI.",
        Kind.SCRUTINY,
        "ftc",
        "microsoft",
        status=Status.REVIEWING,
        date="2024-01-25",
        roles={"party": ["openai"]},
        terms=(("legal_basis", "section 6(b) of the FTC Act"),),
    )
    .says(
        "Meta has bought Model Quay.",
        Kind.ACQUISITION,
        "meta",
        "model-quay",
        status=Status.COMPLETED,
        date="2024-03-01",
    )
    .says(
        "Model Quay had put $5 million into the Daily Ledger in 2021.",
        Kind.INVESTMENT,
        "model-quay",
        "daily-ledger",
        date="2021",
        amounts=[("5000000", "USD", "$5 million", C)],
    )
    .says(
        "Ada Example has left Meta and joined Microsoft as chief scientist.",
        Kind.APPOINTMENT,
        "ada-example",
        "microsoft",
        date="2024-03-19",
        status=Status.ACTIVE,
        terms=(("post", "chief scientist"),),
        roles={"former_employer": ["meta"]},
    )
    .says(
        "The Daily Ledger sues OpenAI over copyright.",
        Kind.LITIGATION,
        "daily-ledger",
        "openai",
        date="2023-12-27",
        terms=(("legal_basis", "copyright"),),
    )
    .says(
        "Google licenses technology of Anthropic, not exclusively.",
        Kind.PARTNERSHIP,
        "google",
        "anthropic",
        nature=Nature.LICENCE,
        terms=(("exclusivity", "not exclusive"),),
        roles={"licensor": ["anthropic"], "licensee": ["google"]},
    )
    .says(
        "OpenAI may use the archive of the Daily Ledger.",
        Kind.PARTNERSHIP,
        "openai",
        "daily-ledger",
        nature=Nature.DATA,
    )
    .says(
        "Delta University does research with Meta.",
        Kind.PARTNERSHIP,
        "delta-university",
        "meta",
        nature=Nature.RESEARCH,
    )
    .says(
        "Model Quay and Mistral AI will sell together.",
        Kind.PARTNERSHIP,
        "model-quay",
        "mistral-ai",
        nature=Nature.DISTRIBUTION,
        modality=Modality.PLANNED,
    )
    .says(
        "The Ministry of Digital Affairs has hired Mistral AI.",
        Kind.PARTNERSHIP,
        "ministry",
        "mistral-ai",
        nature=Nature.GOVERNMENT,
    ),
]


def quads(stories: Iterable[Story] = STORIES) -> list[ox.Quad]:
    """The whole dataset as the pipeline would write it."""
    found: list[ox.Quad] = []
    every: list[Resolved] = []
    for story in stories:
        resolved = story.resolved()
        every += resolved
        found += article_quads(story.article(), resolved, story.unreadable())
    for relationship in consolidate(every):
        found += relationship_quads(relationship)
    for entity in ENTITIES:
        candidates = (
            [Candidate("quill-ventures", 90.0, "similar name")] if entity.id == "quill" else []
        )
        found += entity_quads(entity, candidates)
    takeovers = ox.Store()
    takeovers.extend(found)
    write_takeovers(takeovers)
    found += takeovers.quads_for_pattern(None, TAKEN_OVER_BY, None, None)
    registry = ox.NamedNode(v.BASE + "registry")
    found.append(ox.Quad(registry, ox.NamedNode(v.AIO + "version"), ox.Literal("abc")))
    return found
