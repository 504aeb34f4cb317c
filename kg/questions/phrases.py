"""The parts of a plan in words: who, which nouns, which filters."""

from __future__ import annotations

from collections.abc import Callable

from kg.questions.plan import LISTED, Bound, Filters, Noun
from kg.wording import money

Name = Callable[[str], str]
_PLURAL = {
    None: "those",
    "lab": "labs",
    "company": "companies",
    "cloud-provider": "cloud providers",
    "chip-maker": "chip makers",
    "investor": "investment firms",
    "sovereign-fund": "sovereign funds",
    "model-hub": "model hubs",
    "authority": "authorities",
    "government": "governments",
    "research-institution": "research institutions",
    "person": "people",
    "model": "models",
    "product": "products",
    "platform": "platforms",
    "place": "places",
    "organisation": "organisations",
}
_WITH_ARTICLE = frozenset({"US", "UK", "EU", "UAE", "Netherlands", "European Union"})
"""Places that take an article."""


def people(ids: tuple[str, ...], name: Name, word: str) -> str:
    names = [name(i) for i in ids]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" {word} " + names[-1]


def noun_words(noun: Noun) -> str:
    text = "big-technology companies" if noun.big_tech else noun.words or _PLURAL[noun.kind]
    if noun.weights:
        text += f" with {noun.weights} weights"
    if noun.countries:
        place = (noun.place or "").removeprefix("outside ")
        if place.islower():
            place = place.upper() if len(place) < 4 else place.title()
        place = f"the {place}" if place in _WITH_ARTICLE else place
        text += f" from {'outside ' if noun.outside else ''}{place}"
    if noun.city:
        text += f" based in {noun.city}"
    if noun.founded:
        text += founding_words(noun.founded)
    if noun.but:
        text += f" other than {noun_words(noun.but)}"
    return text


def founding_words(founded: tuple[str | None, str | None]) -> str:
    since, until = founded
    text = f" from {since}" if since else ""
    return f" founded{text}" + (f" to {until}" if until else " on" if since else "")


def filter_words(f: Filters) -> str:
    parts = []
    if f.modalities != LISTED and len(f.modalities) < 4:
        parts.append(f"only {' or '.join(sorted(m.value for m in f.modalities))}")
    if f.statuses:
        parts.append(
            "with the status " + " or ".join(sorted(s.value.replace("_", " ") for s in f.statuses))
        )
    elif f.ended in ("all", "past", "only"):
        parts.append(
            {
                "all": "including what is over",
                "past": "including what has ended since",
                "only": "only what is over",
            }[f.ended]
        )
    if f.period:
        parts.append(f.period)
    if f.least and f.least == f.most:
        parts.append("of " + _bound(f.least))
    elif f.least:
        parts.append(("above " if f.least.strict else "of at least ") + _bound(f.least))
    if f.most and f.least != f.most:
        parts.append(("below " if f.most.strict else "of at most ") + _bound(f.most))
    if f.least_stake and f.most_stake and f.least_stake.value == f.most_stake.value:
        parts.append(f"a stake of {f.least_stake.value}%")
    else:
        if f.least_stake:
            word = "above" if f.least_stake.strict else "of at least"
            parts.append(f"a stake {word} {f.least_stake.value}%")
        if f.most_stake:
            word = "below" if f.most_stake.strict else "of at most"
            parts.append(f"a stake {word} {f.most_stake.value}%")
    parts += [
        x
        for x in (
            f.round and f"round: {f.round}",
            f.instrument and f"instrument: {f.instrument}",
            f.nature and f"nature: {f.nature}",
        )
        if x
    ]
    if f.direct:
        parts.append("directly held only")
    if f.indirect:
        parts.append("only what is held through others")
    return "; ".join(parts)


def _bound(b: Bound) -> str:
    return money(b.value, b.currency or "any currency")
