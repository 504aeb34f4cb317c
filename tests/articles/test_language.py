"""Refused only when there is no doubt."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.articles.language import foreign

SHARED = Path(__file__).parents[2].parent / "shared"
OTHER = {
    "German": "Der Konzern hat sich an dem jungen Unternehmen beteiligt und will die Modelle über die eigene Plattform vertreiben. Das Kartellamt prüft, ob es sich um einen Zusammenschluss handelt, und die Firma wird sich nicht dazu äußern. ",
    "French": "Le groupe a investi dans la jeune société, qui vend des modèles de langage par une plateforme. La Commission examine si cette opération est une concentration, mais elle ne dit pas quand sa décision sera connue. ",
    "Spanish": "El grupo ha invertido en la empresa, que vende sus modelos por una plataforma en la nube. La autoridad estudia si la operación es una concentración, pero no dice cuándo se conocerá su decisión. ",
    "Italian": "Il gruppo ha investito nella società, che vende i suoi modelli con una piattaforma. L'autorità valuta se questa operazione è una concentrazione, ma non dice quando si saprà della decisione. ",
    "Dutch": "Het concern heeft geld gestoken in het bedrijf, dat zijn modellen via een eigen platform verkoopt. De toezichthouder kijkt of het om een overname gaat, maar zegt niet wanneer er een besluit wordt genomen. ",
    "Japanese": "大手クラウド企業は水曜日、新興企業に出資すると発表した。両社はモデルを共同で提供する予定である。",
    "Korean": "대형 클라우드 기업이 수요일 신생 기업에 투자한다고 발표했다. 두 회사는 모델을 함께 제공할 예정이다. ",
    "a language in Cyrillic script": "Крупная компания вложила деньги в молодую фирму, которая продаёт языковые модели. Ведомство изучает сделку. ",
}
ENGLISH = (
    "The group has put money into the young company, which sells its models through a platform in "
    "the cloud. The authority is looking at whether the deal is a merger, but it will not say when. "
)


@pytest.mark.parametrize(("language", "text"), OTHER.items())
def test_a_page_in_another_language_is_told(language: str, text: str) -> None:
    assert foreign(text * 3) == language


@pytest.mark.parametrize("text", OTHER.values())
def test_a_quotation_in_another_language_is_no_reason(text: str) -> None:
    assert foreign(ENGLISH * 3 + text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Acme to buy Beta for $3 billion in stock",
        "De la Cruz, Le Monde, El País, Die Zeit, La Repubblica: Acme buys Beta",
        "1 2 3 4 5 $ € £ " * 100,
        "Acme Beta Gamma Delta Epsilon " * 50,
        ENGLISH,
    ],
)
def test_what_may_be_english_passes(text: str) -> None:
    assert foreign(text) is None


@pytest.mark.skipif(not SHARED.exists(), reason="no shared articles beside the repository")
def test_no_real_article_is_refused() -> None:
    for path in [*(SHARED / "gold").glob("*.jsonl"), SHARED / "articles" / "news.jsonl"]:
        for line in path.read_text(encoding="utf-8").splitlines():
            assert foreign(json.loads(line)["text"]) is None
