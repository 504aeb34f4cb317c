"""A small industry, invented sentence by sentence, that the questions are asked of.

The companies are real names so that questions read naturally; what is said of them here
is made up for the tests and is not to be taken for fact.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from functools import lru_cache
from typing import Any

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
    Resolved,
    Statement,
    Status,
)
from tests.questions.memory import Memory

K = EntityKind


def _e(id_: str, name: str, kinds: list[EntityKind], *names: str, **more: Any) -> Entity:
    return Entity(id=id_, name=name, kinds=tuple(kinds), names=names, **more)


ENTITIES = [
    _e(
        "microsoft",
        "Microsoft",
        [K.COMPANY, K.CLOUD_PROVIDER],
        "MSFT",
        country="US",
        city="Redmond",
        founded="1975-04",
    ),
    _e("m12", "M12", [K.INVESTOR], parent="microsoft", country="US"),
    _e("alphabet", "Alphabet", [K.COMPANY], country="US", city="Mountain View"),
    _e(
        "google",
        "Google",
        [K.COMPANY, K.CLOUD_PROVIDER, K.LAB],
        parent="alphabet",
        country="US",
        city="Mountain View",
    ),
    _e(
        "google-deepmind",
        "Google DeepMind",
        [K.LAB],
        "DeepMind",
        parent="google",
        country="GB",
        city="London",
        founded="2010",
    ),
    _e("amazon", "Amazon", [K.COMPANY], country="US", city="Seattle"),
    _e(
        "amazon-web-services",
        "Amazon Web Services",
        [K.CLOUD_PROVIDER, K.COMPANY],
        "AWS",
        parent="amazon",
        country="US",
    ),
    _e(
        "meta",
        "Meta",
        [K.COMPANY, K.LAB],
        "Meta Platforms",
        former=("Facebook",),
        country="US",
        city="Menlo Park",
    ),
    _e("nvidia", "Nvidia", [K.CHIP_MAKER, K.COMPANY], country="US", city="Santa Clara"),
    _e("amd", "AMD", [K.CHIP_MAKER, K.COMPANY], "Advanced Micro Devices", country="US"),
    _e("apple", "Apple", [K.COMPANY], country="US"),
    _e("oracle", "Oracle", [K.COMPANY, K.CLOUD_PROVIDER], country="US"),
    _e("coreweave", "CoreWeave", [K.CLOUD_PROVIDER, K.COMPANY], country="US"),
    _e(
        "softbank",
        "SoftBank",
        [K.INVESTOR, K.COMPANY],
        "SoftBank Group",
        country="JP",
        city="Tokyo",
    ),
    _e("a16z", "Andreessen Horowitz", [K.INVESTOR], "a16z", country="US"),
    _e("lightspeed", "Lightspeed Venture Partners", [K.INVESTOR], "Lightspeed", country="US"),
    _e("asml", "ASML", [K.COMPANY], country="NL"),
    _e("bpifrance", "Bpifrance", [K.INVESTOR], country="FR"),
    _e("qia", "Qatar Investment Authority", [K.SOVEREIGN_FUND], "QIA", country="QA"),
    _e("mgx", "MGX", [K.SOVEREIGN_FUND], country="AE"),
    _e(
        "openai",
        "OpenAI",
        [K.LAB, K.COMPANY],
        "Open AI",
        country="US",
        city="San Francisco",
        founded="2015-12",
    ),
    _e(
        "anthropic",
        "Anthropic",
        [K.LAB, K.COMPANY],
        country="US",
        city="San Francisco",
        founded="2021",
    ),
    _e(
        "mistral-ai",
        "Mistral AI",
        [K.LAB, K.COMPANY],
        "Mistral",
        ambiguous=("Mistral",),
        country="FR",
        city="Paris",
        founded="2023-04",
    ),
    _e("cohere", "Cohere", [K.LAB, K.COMPANY], country="CA", city="Toronto"),
    _e("xai", "xAI", [K.LAB, K.COMPANY], "X.AI", country="US"),
    _e("inflection-ai", "Inflection AI", [K.LAB, K.COMPANY], "Inflection", country="US"),
    _e("aleph-alpha", "Aleph Alpha", [K.LAB, K.COMPANY], country="DE", city="Heidelberg"),
    _e(
        "hugging-face",
        "Hugging Face",
        [K.MODEL_HUB, K.COMPANY, K.LAB],
        country="US",
        city="New York",
    ),
    _e("ai21", "AI21 Labs", [K.LAB, K.COMPANY], "AI21", country="IL"),
    _e("scale-ai", "Scale AI", [K.COMPANY], "Scale", country="US"),
    _e("run-ai", "Run:ai", [K.COMPANY], "Run AI", country="IL"),
    _e("figma", "Figma", [K.COMPANY], country="US"),
    _e("adobe", "Adobe", [K.COMPANY], country="US"),
    _e("new-york-times", "The New York Times", [K.COMPANY], "NYT", country="US"),
    _e("axel-springer", "Axel Springer", [K.COMPANY], country="DE"),
    _e(
        "european-commission",
        "European Commission",
        [K.AUTHORITY],
        "EU Commission",
        "EU",
        "Commission",
        "Brussels",
        ambiguous=("EU", "Brussels", "Commission"),
        country="EU",
    ),
    _e("cma", "Competition and Markets Authority", [K.AUTHORITY], "CMA", country="GB"),
    _e("ftc", "Federal Trade Commission", [K.AUTHORITY], "FTC", country="US"),
    _e("garante", "Garante", [K.AUTHORITY], "Italian Garante", country="IT"),
    _e("samr", "State Administration for Market Regulation", [K.AUTHORITY], "SAMR", country="CN"),
    _e("elon-musk", "Elon Musk", [K.PERSON], "Musk"),
    _e("mustafa-suleyman", "Mustafa Suleyman", [K.PERSON], "Suleyman"),
    _e("azure", "Azure", [K.PLATFORM], "Microsoft Azure", developer="microsoft"),
    _e("bedrock", "Amazon Bedrock", [K.PLATFORM], "Bedrock", developer="amazon"),
    _e(
        "mistral-large",
        "Mistral Large",
        [K.MODEL],
        developer="mistral-ai",
        weights="closed",
        released="2024-02-26",
    ),
    _e(
        "claude-3",
        "Claude 3",
        [K.MODEL],
        "Claude",
        developer="anthropic",
        weights="closed",
        released="2024-03",
    ),
    _e("gpt-4", "GPT-4", [K.MODEL], developer="openai", weights="closed", released="2023-03"),
    _e(
        "llama-2",
        "Llama 2",
        [K.MODEL],
        "Llama",
        developer="meta",
        weights="open",
        released="2023-07",
    ),
    _e("gemini", "Gemini", [K.MODEL], developer="google-deepmind", weights="closed"),
    _e("paris", "Paris", [K.PLACE], country="FR"),
    _e("nscale", "Nscale", [K.CLOUD_PROVIDER, K.COMPANY], country="GB"),
]
_BY_NAME = {name: e for e in ENTITIES for name in e.all_names}


class Press:
    """Gathers sentences into articles, with the statement that each makes."""

    def __init__(self) -> None:
        self.articles: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
        self.dates: dict[str, str] = {}

    def say(
        self,
        article: str,
        published: str,
        sentence: str,
        kind: Kind,
        subject: str | None,
        object_: str,
        **more: Any,
    ) -> None:
        self.dates[article] = published
        self.articles[article].append(
            (sentence, {"kind": kind, "subject": subject, "object": object_, **more})
        )

    def memory(self) -> Memory:
        said = []
        for name, sentences in self.articles.items():
            text = " ".join(dict.fromkeys(s for s, _ in sentences))
            article = Article(
                text=text,
                source=f"{name}.md",
                title=name.replace("-", " ").capitalize(),
                url=f"https://news.example/{name}",
                published=self.dates[name],
                publisher="The Example",
            )
            said.append((article, [self._resolved(article, s, dict(how)) for s, how in sentences]))
        return Memory(ENTITIES, said)

    def _resolved(self, article: Article, sentence: str, how: dict[str, Any]) -> Resolved:
        at = article.text.index(sentence)

        def mention(name: str) -> Mention:
            entity = _BY_NAME[name]
            where = sentence.find(name)
            start = at + max(where, 0)
            return Mention(name, start, start + len(name), name, entity.id, entity.kind)

        subject, object_ = how.pop("subject"), how.pop("object")
        parties = tuple((role, mention(n)) for role, n in how.pop("parties", ()))
        amounts = tuple(self._amount(at, sentence, *a) for a in how.pop("amounts", ()))
        statement = Statement(
            article=article.id,
            kind=how.pop("kind"),
            subject=mention(subject) if subject else None,
            object=mention(object_),
            evidence=(Evidence(at, at + len(sentence), sentence),),
            amounts=amounts,
            participants=parties,
            **how,
        )
        return Resolved(
            statement,
            statement.subject.entity if statement.subject else None,
            str(statement.object.entity),
            tuple((r, str(m.entity)) for r, m in parties),
            article.published,
        )

    def _amount(
        self,
        at: int,
        sentence: str,
        stated: str,
        value: str,
        currency: str,
        role: AmountRole = AmountRole.COMMITTED,
        qualifier: Qualifier = Qualifier.EXACT,
    ) -> Amount:
        start = at + sentence.index(stated)
        return Amount(Decimal(value), currency, stated, start, start + len(stated), role, qualifier)


@lru_cache(maxsize=1)
def industry() -> Memory:
    """The store of the invented industry."""
    p = Press()
    inv, dis, scr, acq = Kind.INVESTMENT, Kind.DISTRIBUTION, Kind.SCRUTINY, Kind.ACQUISITION
    par, com, rel, lit, app = (
        Kind.PARTNERSHIP,
        Kind.COMPETITION,
        Kind.RELEASE,
        Kind.LITIGATION,
        Kind.APPOINTMENT,
    )
    planned, rumoured, conditional, denied = (
        Modality.PLANNED,
        Modality.RUMOURED,
        Modality.CONDITIONAL,
        Modality.DENIED,
    )
    s = Status

    p.say(
        "first-billion",
        "2019-07-22",
        "Microsoft puts $1 billion into OpenAI.",
        inv,
        "Microsoft",
        "OpenAI",
        date="2019-07-22",
        amounts=[("$1 billion", "1000000000", "USD")],
    )
    p.say(
        "third-phase",
        "2023-01-23",
        "Microsoft adds $10 billion to what OpenAI has of it.",
        inv,
        "Microsoft",
        "OpenAI",
        date="2023-01-23",
        amounts=[("$10 billion", "10000000000", "USD")],
    )
    p.say(
        "mistral-convertible",
        "2024-02-26",
        "Microsoft invests €15 million, or $16.3 million, in Mistral AI by a convertible.",
        inv,
        "Microsoft",
        "Mistral AI",
        date="2024-02-26",
        instrument="convertible",
        amounts=[
            ("€15 million", "15000000", "EUR"),
            ("$16.3 million", "16300000", "USD", AmountRole.EQUIVALENT),
        ],
        terms=(("conversion", "next funding round"),),
    )
    p.say(
        "mistral-convertible",
        "2024-02-26",
        "Azure will offer the models of Mistral AI, so Microsoft becomes its distributor.",
        dis,
        "Microsoft",
        "Mistral AI",
        date="2024-02-26",
        parties=[("channel", "Azure")],
    )
    p.say(
        "mistral-convertible",
        "2024-02-26",
        "Mistral AI has brought out Mistral Large.",
        rel,
        "Mistral AI",
        "Mistral Large",
        date="2024-02-26",
    )
    p.say(
        "inflection-round",
        "2023-06-29",
        "Microsoft and Nvidia back Inflection AI with $1.3 billion in one round.",
        inv,
        "Microsoft",
        "Inflection AI",
        date="2023-06-29",
        amounts=[("$1.3 billion", "1300000000", "USD", AmountRole.ROUND_TOTAL)],
    )
    p.say(
        "inflection-round",
        "2023-06-29",
        "Microsoft and Nvidia back Inflection AI with $1.3 billion in one round.",
        inv,
        "Nvidia",
        "Inflection AI",
        date="2023-06-29",
        amounts=[("$1.3 billion", "1300000000", "USD", AmountRole.ROUND_TOTAL)],
    )
    p.say(
        "anthropic-pledge",
        "2025-11-18",
        "Microsoft plans to invest up to $5 billion in Anthropic.",
        inv,
        "Microsoft",
        "Anthropic",
        modality=planned,
        date="2025-11-18",
        amounts=[("up to $5 billion", "5000000000", "USD", AmountRole.COMMITTED, Qualifier.UP_TO)],
    )
    p.say(
        "anthropic-pledge",
        "2025-11-18",
        "Nvidia plans to put up to $10 billion into Anthropic.",
        inv,
        "Nvidia",
        "Anthropic",
        modality=planned,
        date="2025-11-18",
        amounts=[
            ("up to $10 billion", "10000000000", "USD", AmountRole.COMMITTED, Qualifier.UP_TO)
        ],
    )
    p.say(
        "cohere-rumour",
        "2024-05-02",
        "Microsoft is said to be in talks about buying into Cohere.",
        inv,
        "Microsoft",
        "Cohere",
        modality=rumoured,
    )
    p.say(
        "aleph-denial",
        "2024-06-10",
        "Microsoft denied that it had invested in Aleph Alpha.",
        inv,
        "Microsoft",
        "Aleph Alpha",
        modality=denied,
    )
    p.say(
        "m12-buys-in",
        "2023-09-05",
        "M12 bought a small stake in AI21 Labs.",
        inv,
        "M12",
        "AI21 Labs",
        date="2023-09-05",
    )
    p.say(
        "amazon-first",
        "2023-09-25",
        "Amazon invests $1.25 billion in Anthropic.",
        inv,
        "Amazon",
        "Anthropic",
        date="2023-09-25",
        amounts=[("$1.25 billion", "1250000000", "USD")],
    )
    p.say(
        "amazon-second",
        "2024-03-27",
        "Amazon completed a second investment of $2.75 billion in Anthropic.",
        inv,
        "Amazon",
        "Anthropic",
        date="2024-03-27",
        status=s.COMPLETED,
        amounts=[("$2.75 billion", "2750000000", "USD")],
    )
    p.say(
        "amazon-sum",
        "2024-11-22",
        "All in all Amazon has now put $8 billion into Anthropic.",
        inv,
        "Amazon",
        "Anthropic",
        date="2024-11-22",
        amounts=[("$8 billion", "8000000000", "USD", AmountRole.CUMULATIVE)],
    )
    p.say(
        "google-anthropic",
        "2023-02-03",
        "Google took about 10% of Anthropic for $300 million.",
        inv,
        "Google",
        "Anthropic",
        date="2023-02-03",
        stake_percent=Decimal(10),
        amounts=[("$300 million", "300000000", "USD")],
    )
    p.say(
        "mistral-seed",
        "2023-06-13",
        "Lightspeed led the seed round of €105 million of Mistral AI.",
        inv,
        "Lightspeed",
        "Mistral AI",
        date="2023-06-13",
        round="seed",
        amounts=[("€105 million", "105000000", "EUR", AmountRole.ROUND_TOTAL)],
        parties=[("lead", "Lightspeed")],
    )
    p.say(
        "mistral-seed",
        "2023-06-13",
        "Bpifrance took part in the seed round of Mistral AI.",
        inv,
        "Bpifrance",
        "Mistral AI",
        date="2023-06-13",
        round="seed",
    )
    p.say(
        "mistral-a",
        "2023-12-11",
        "Andreessen Horowitz led the Series A of €385 million of Mistral AI.",
        inv,
        "Andreessen Horowitz",
        "Mistral AI",
        date="2023-12-11",
        round="Series A",
        amounts=[("€385 million", "385000000", "EUR", AmountRole.ROUND_TOTAL)],
        parties=[("lead", "Andreessen Horowitz")],
    )
    p.say(
        "mistral-c",
        "2025-09-09",
        "ASML led the Series C of Mistral AI with €1.3 billion out of €1.7 billion.",
        inv,
        "ASML",
        "Mistral AI",
        date="2025-09-09",
        round="Series C",
        amounts=[
            ("€1.3 billion", "1300000000", "EUR"),
            ("€1.7 billion", "1700000000", "EUR", AmountRole.ROUND_TOTAL),
        ],
        parties=[("lead", "ASML")],
    )
    p.say(
        "mistral-c",
        "2025-09-09",
        "Nvidia joined the Series C of Mistral AI.",
        inv,
        "Nvidia",
        "Mistral AI",
        date="2025-09-09",
        round="Series C",
    )
    p.say(
        "softbank-openai",
        "2025-04-01",
        "SoftBank agreed to put $30 billion into OpenAI.",
        inv,
        "SoftBank",
        "OpenAI",
        date="2025-04-01",
        status=s.AGREED,
        amounts=[("$30 billion", "30000000000", "USD")],
    )
    p.say(
        "mgx-openai",
        "2024-10-02",
        "MGX joined the round of $6.6 billion of OpenAI at a valuation of $157 billion.",
        inv,
        "MGX",
        "OpenAI",
        date="2024-10-02",
        amounts=[
            ("$6.6 billion", "6600000000", "USD", AmountRole.ROUND_TOTAL),
            ("$157 billion", "157000000000", "USD", AmountRole.VALUATION),
        ],
    )
    p.say(
        "nvidia-openai",
        "2025-09-22",
        "Nvidia would put up to $100 billion into OpenAI as each data centre opens.",
        inv,
        "Nvidia",
        "OpenAI",
        modality=conditional,
        date="2025-09-22",
        amounts=[
            ("up to $100 billion", "100000000000", "USD", AmountRole.COMMITTED, Qualifier.UP_TO)
        ],
    )
    p.say(
        "xai-round",
        "2024-12-23",
        "The Qatar Investment Authority and Andreessen Horowitz put money into xAI.",
        inv,
        "Qatar Investment Authority",
        "xAI",
        date="2024-12-23",
    )
    p.say(
        "xai-round",
        "2024-12-23",
        "The Qatar Investment Authority and Andreessen Horowitz put money into xAI.",
        inv,
        "Andreessen Horowitz",
        "xAI",
        date="2024-12-23",
    )
    p.say(
        "cohere-round",
        "2024-07-22",
        "Nvidia, Oracle and AMD took part in the Series D of Cohere.",
        inv,
        "Nvidia",
        "Cohere",
        date="2024-07-22",
        round="Series D",
    )
    p.say(
        "cohere-round",
        "2024-07-22",
        "Nvidia, Oracle and AMD took part in the Series D of Cohere.",
        inv,
        "Oracle",
        "Cohere",
        date="2024-07-22",
        round="Series D",
    )
    p.say(
        "cohere-round",
        "2024-07-22",
        "Nvidia, Oracle and AMD took part in the Series D of Cohere.",
        inv,
        "AMD",
        "Cohere",
        date="2024-07-22",
        round="Series D",
    )
    p.say(
        "meta-scale",
        "2025-06-12",
        "Meta takes 49% of Scale AI for $14.3 billion.",
        inv,
        "Meta",
        "Scale AI",
        date="2025-06-12",
        stake_percent=Decimal(49),
        amounts=[("$14.3 billion", "14300000000", "USD")],
    )
    p.say(
        "softbank-sold",
        "2022-01-10",
        "SoftBank sold its holding in AI21 Labs.",
        inv,
        "SoftBank",
        "AI21 Labs",
        status=s.DIVESTED,
        date="2022-01-10",
    )
    p.say(
        "apple-rumour",
        "2024-08-29",
        "Apple is in talks to join a round of OpenAI, people close to it said.",
        inv,
        "Apple",
        "OpenAI",
        modality=rumoured,
    )
    p.say(
        "ai21-raise",
        "2023-08-30",
        "AI21 Labs raised $155 million.",
        inv,
        None,
        "AI21 Labs",
        date="2023-08-30",
        amounts=[("$155 million", "155000000", "USD", AmountRole.ROUND_TOTAL)],
    )
    p.say(
        "hf-round",
        "2023-08-24",
        "Nvidia and Google put money into Hugging Face.",
        inv,
        "Nvidia",
        "Hugging Face",
        date="2023-08-24",
    )
    p.say(
        "hf-round",
        "2023-08-24",
        "Nvidia and Google put money into Hugging Face.",
        inv,
        "Google",
        "Hugging Face",
        date="2023-08-24",
    )

    p.say(
        "bedrock-open",
        "2023-09-28",
        "Amazon offers the models of Anthropic, Cohere and Meta on Amazon Bedrock.",
        dis,
        "Amazon",
        "Anthropic",
        date="2023-09-28",
        parties=[("channel", "Amazon Bedrock")],
    )
    p.say(
        "bedrock-open",
        "2023-09-28",
        "Amazon offers the models of Anthropic, Cohere and Meta on Amazon Bedrock.",
        dis,
        "Amazon",
        "Cohere",
        date="2023-09-28",
        parties=[("channel", "Amazon Bedrock")],
    )
    p.say(
        "bedrock-open",
        "2023-09-28",
        "Amazon offers the models of Anthropic, Cohere and Meta on Amazon Bedrock.",
        dis,
        "Amazon",
        "Meta",
        date="2023-09-28",
        parties=[("channel", "Amazon Bedrock"), ("product", "Llama 2")],
    )
    p.say(
        "mistral-bedrock",
        "2024-03-01",
        "Amazon adds Mistral AI to Amazon Bedrock.",
        dis,
        "Amazon",
        "Mistral AI",
        date="2024-03-01",
        parties=[("channel", "Amazon Bedrock")],
    )
    p.say(
        "azure-openai",
        "2021-11-02",
        "Microsoft sells the models of OpenAI through Azure.",
        dis,
        "Microsoft",
        "OpenAI",
        date="2021-11-02",
        parties=[("channel", "Azure")],
    )
    p.say(
        "azure-llama",
        "2023-07-18",
        "Microsoft lists Llama 2 of Meta on Azure.",
        dis,
        "Microsoft",
        "Meta",
        date="2023-07-18",
        parties=[("product", "Llama 2"), ("channel", "Azure")],
    )
    p.say(
        "google-anthropic-offer",
        "2024-03-04",
        "Google offers Claude 3 of Anthropic to its cloud customers.",
        dis,
        "Google",
        "Anthropic",
        date="2024-03-04",
        parties=[("product", "Claude 3")],
    )
    p.say(
        "hf-hosts",
        "2024-01-15",
        "Hugging Face hosts the models of Mistral AI.",
        dis,
        "Hugging Face",
        "Mistral AI",
        date="2024-01-15",
    )

    p.say(
        "ec-intends",
        "2024-02-27",
        "The European Commission intends to look at the deal between Microsoft and Mistral AI.",
        scr,
        "European Commission",
        "Microsoft",
        status=s.INTENDED,
        date="2024-02-27",
        parties=[("party", "Mistral AI")],
    )
    p.say(
        "cma-mistral",
        "2024-04-24",
        "The CMA asked for views on the deal of Microsoft with Mistral AI.",
        scr,
        "CMA",
        "Microsoft",
        status=s.INFORMATION_REQUESTED,
        date="2024-04-24",
        parties=[("party", "Mistral AI")],
    )
    p.say(
        "cma-mistral-clears",
        "2024-05-17",
        "The CMA cleared what Microsoft and Mistral AI had agreed.",
        scr,
        "CMA",
        "Microsoft",
        status=s.CLEARED,
        date="2024-05-17",
        parties=[("party", "Mistral AI")],
    )
    p.say(
        "cma-inflection",
        "2024-09-04",
        "The CMA cleared the hiring by Microsoft of the team of Inflection AI.",
        scr,
        "CMA",
        "Microsoft",
        status=s.CLEARED,
        date="2024-09-04",
        parties=[("party", "Inflection AI")],
    )
    p.say(
        "cma-amazon",
        "2024-09-27",
        "The CMA cleared the stake of Amazon in Anthropic.",
        scr,
        "CMA",
        "Amazon",
        status=s.CLEARED,
        date="2024-09-27",
        parties=[("party", "Anthropic")],
    )
    p.say(
        "ftc-study",
        "2024-01-25",
        "The FTC opened a study of Microsoft and its money in OpenAI.",
        scr,
        "FTC",
        "Microsoft",
        status=s.OPENED,
        date="2024-01-25",
        parties=[("party", "OpenAI")],
    )
    p.say(
        "garante-fine",
        "2024-12-20",
        "The Garante fined OpenAI €15 million.",
        scr,
        "Garante",
        "OpenAI",
        status=s.FINED,
        date="2024-12-20",
        amounts=[("€15 million", "15000000", "EUR", AmountRole.FINE)],
    )
    p.say(
        "samr-nvidia",
        "2024-12-09",
        "SAMR opened a case against Nvidia.",
        scr,
        "SAMR",
        "Nvidia",
        status=s.OPENED,
        date="2024-12-09",
    )
    p.say(
        "ec-runai",
        "2024-12-20",
        "The European Commission cleared the purchase of Run:ai by Nvidia.",
        scr,
        "European Commission",
        "Nvidia",
        status=s.CLEARED,
        date="2024-12-20",
        parties=[("party", "Run:ai")],
    )
    p.say(
        "ec-meta",
        "2025-12-04",
        "The European Commission opened a case against Meta.",
        scr,
        "European Commission",
        "Meta",
        status=s.OPENED,
        date="2025-12-04",
    )

    p.say(
        "runai-bought",
        "2024-12-30",
        "Nvidia completed its purchase of Run:ai for $700 million.",
        acq,
        "Nvidia",
        "Run:ai",
        status=s.COMPLETED,
        date="2024-12-30",
        amounts=[("$700 million", "700000000", "USD", AmountRole.PRICE)],
    )
    p.say(
        "figma-off",
        "2023-12-18",
        "Adobe called off its purchase of Figma for $20 billion.",
        acq,
        "Adobe",
        "Figma",
        status=s.TERMINATED,
        date="2023-12-18",
        amounts=[("$20 billion", "20000000000", "USD", AmountRole.PRICE)],
    )
    p.say(
        "deepmind-bought",
        "2014-01-26",
        "Google bought Google DeepMind in 2014.",
        acq,
        "Google",
        "Google DeepMind",
        status=s.COMPLETED,
        date="2014-01-26",
    )

    p.say(
        "compute-contract",
        "2025-03-10",
        "CoreWeave will supply OpenAI with computing power for $11.9 billion.",
        par,
        "CoreWeave",
        "OpenAI",
        nature=Nature.COMPUTE,
        date="2025-03-10",
        amounts=[("$11.9 billion", "11900000000", "USD", AmountRole.CONTRACT)],
    )
    p.say(
        "azure-contract",
        "2019-07-22",
        "OpenAI runs its services on the cloud of Microsoft.",
        par,
        "Microsoft",
        "OpenAI",
        nature=Nature.COMPUTE,
        date="2019-07-22",
    )
    p.say(
        "chips",
        "2025-10-06",
        "AMD supplies OpenAI with chips.",
        par,
        "AMD",
        "OpenAI",
        nature=Nature.SUPPLY,
        date="2025-10-06",
    )
    p.say(
        "springer",
        "2023-12-13",
        "Axel Springer licenses its articles to OpenAI.",
        par,
        "Axel Springer",
        "OpenAI",
        nature=Nature.LICENCE,
        date="2023-12-13",
    )
    p.say(
        "nscale-deal",
        "2025-05-05",
        "Nscale is to supply Mistral AI with computing power.",
        par,
        "Nscale",
        "Mistral AI",
        nature=Nature.COMPUTE,
        modality=planned,
        date="2025-05-05",
    )

    p.say(
        "rivals",
        "2024-02-26",
        "Mistral AI competes with OpenAI and Anthropic.",
        com,
        "Mistral AI",
        "OpenAI",
    )
    p.say(
        "rivals",
        "2024-02-26",
        "Mistral AI competes with OpenAI and Anthropic.",
        com,
        "Mistral AI",
        "Anthropic",
    )
    p.say(
        "search",
        "2023-05-01",
        "Microsoft is a rival of Google in search.",
        com,
        "Microsoft",
        "Google",
    )
    p.say(
        "microsoft-openai-rivals",
        "2024-08-01",
        "Microsoft now calls OpenAI a competitor.",
        com,
        "Microsoft",
        "OpenAI",
    )

    p.say(
        "claude-out",
        "2024-03-04",
        "Anthropic released Claude 3.",
        rel,
        "Anthropic",
        "Claude 3",
        date="2024-03-04",
    )
    p.say(
        "gpt-out", "2023-03-14", "OpenAI released GPT-4.", rel, "OpenAI", "GPT-4", date="2023-03-14"
    )
    p.say(
        "llama-out",
        "2023-07-18",
        "Meta released Llama 2.",
        rel,
        "Meta",
        "Llama 2",
        date="2023-07-18",
    )
    p.say(
        "nyt-suit",
        "2023-12-27",
        "The New York Times sued OpenAI and Microsoft.",
        lit,
        "The New York Times",
        "OpenAI",
        status=s.SUED,
        date="2023-12-27",
    )
    p.say(
        "nyt-suit",
        "2023-12-27",
        "The New York Times sued OpenAI and Microsoft.",
        lit,
        "The New York Times",
        "Microsoft",
        status=s.SUED,
        date="2023-12-27",
    )
    p.say(
        "musk-suit",
        "2024-02-29",
        "Elon Musk sued OpenAI.",
        lit,
        "Elon Musk",
        "OpenAI",
        status=s.SUED,
        date="2024-02-29",
    )
    p.say(
        "suleyman-moves",
        "2024-03-19",
        "Mustafa Suleyman joined Microsoft.",
        app,
        "Mustafa Suleyman",
        "Microsoft",
        date="2024-03-19",
    )
    return p.memory()
