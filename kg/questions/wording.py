"""A plan in words: how a question was understood."""

from __future__ import annotations

from collections.abc import Callable

from kg.model import SYMMETRIC, Kind, Modality
from kg.questions.plan import LISTED, Bound, Filters, Noun, Plan
from kg.questions.table import money

Name = Callable[[str], str]
_PLURAL = {
    None: "those", "lab": "labs", "company": "companies", "cloud-provider": "cloud providers",
    "chip-maker": "chip makers", "investor": "investment firms", "sovereign-fund": "sovereign funds",
    "model-hub": "model hubs", "authority": "authorities", "government": "governments",
    "research-institution": "research institutions", "person": "people", "model": "models",
    "product": "products", "platform": "platforms", "place": "places", "organisation": "organisations",
}
ACTIVE = {
    Kind.INVESTMENT: "{s} invest in {o}", Kind.DISTRIBUTION: "{s} distribute the models of {o}",
    Kind.SCRUTINY: "{s} look at {o}", Kind.ACQUISITION: "{s} acquire {o}",
    Kind.PARTNERSHIP: "{s} partner with {o}", Kind.COMPETITION: "{s} compete with {o}",
    Kind.RELEASE: "{s} release {o}", Kind.APPOINTMENT: "{s} hold a post at {o}",
    Kind.LITIGATION: "{s} take {o} to court", Kind.HEADQUARTERS: "{s} are based in {o}",
}
NOUN = {
    Kind.INVESTMENT: "investments", Kind.DISTRIBUTION: "distribution agreements", Kind.SCRUTINY: "reviews",
    Kind.ACQUISITION: "acquisitions", Kind.PARTNERSHIP: "partnerships", Kind.COMPETITION: "rivalries",
    Kind.RELEASE: "releases", Kind.APPOINTMENT: "appointments", Kind.LITIGATION: "lawsuits",
    Kind.HEADQUARTERS: "seats",
}


def people(ids: tuple[str, ...], name: Name, word: str) -> str:
    names = [name(i) for i in ids]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" {word} " + names[-1]


def noun_words(noun: Noun) -> str:
    text = "big-technology companies" if noun.big_tech else _PLURAL[noun.kind]
    if noun.countries:
        text += f" from {(noun.place or '').upper() if len(noun.place or '') < 3 else (noun.place or '').title()}"
    if noun.city:
        text += f" based in {noun.city}"
    return text


def filter_words(f: Filters) -> str:
    parts = []
    if f.modalities != LISTED:
        parts.append(f"only {' or '.join(sorted(m.value for m in f.modalities))}")
    if f.statuses:
        parts.append("with the status " + " or ".join(sorted(s.value.replace("_", " ") for s in f.statuses)))
    elif f.ended in ("all", "past", "only"):
        parts.append({"all": "including what is over", "past": "including what was and is over", "only": "only what is over"}[f.ended])
    if f.period:
        parts.append(f"begun {f.period}")
    if f.least:
        parts.append(("above " if f.least.strict else "of at least ") + _bound(f.least))
    if f.most:
        parts.append(("below " if f.most.strict else "of at most ") + _bound(f.most))
    parts += [x for x in (f.round and f"round: {f.round}", f.instrument and f"instrument: {f.instrument}", f.nature and f"nature: {f.nature}") if x]
    if f.direct:
        parts.append("directly held only")
    return "; ".join(parts)


def _bound(b: Bound) -> str:
    return money(b.value, b.currency or "any currency")


def relation_words(plan: Plan, name: Name) -> str:
    """What is asked of a relation, without the filters."""
    kind = plan.relations[0]
    word = "and" if plan.both else "or"
    subject = people(plan.subjects, name, word) if plan.subjects else noun_words(plan.answer if plan.ask == "subject" else plan.other)
    object_ = people(plan.objects, name, word) if plan.objects else noun_words(plan.answer if plan.ask == "object" else plan.other)
    sentence = ACTIVE[kind]
    if plan.ask == "object":
        return f"{object_} for which: " + sentence.format(s=subject, o="them")
    if plan.ask == "subject":
        return f"{subject} that " + sentence.format(s="", o=object_).strip()
    return f"{NOUN[kind]}"


def describe(plan: Plan, name: Name) -> str:
    """The whole plan in words."""
    op = {"count": "the number of ", "amounts": "the sums stated for ", "total": "the total of ", "when": "the dates of ", "terms": "the terms of ", "stake": "the stakes in ", "valuation": "the valuations in ", "exists": "whether there are "}.get(plan.op, "")
    if plan.family == "related":
        text = op + relation_words(plan, name)
    else:
        nouns = " and ".join(NOUN[k] for k in plan.relations) if len(plan.relations) < 5 else "relationships of any kind"
        text = op + nouns
        if plan.subjects:
            text += f" by {people(plan.subjects, name, 'or')}"
        if plan.objects:
            text += f" concerning {people(plan.objects, name, 'or')}"
        if plan.either:
            text += f" with {people(plan.either, name, 'or')} on either side"
        if not plan.answer.any:
            text += f", concerning {noun_words(plan.answer)}"
        if not plan.other.any:
            text += f", by {noun_words(plan.other)}"
    if plan.order:
        text += f", {plan.order} first" if plan.limit != 1 else f", only the {plan.order}"
        if plan.limit and plan.limit > 1:
            text += f", {plan.limit} of them"
    if plan.filters.exclude:
        text += f", without {people(plan.filters.exclude, name, 'and')}"
    words = filter_words(plan.filters)
    if words:
        text += f" ({words})"
    if plan.notes:
        text += f" [{'; '.join(plan.notes)}]"
    return text[:1].upper() + text[1:] + "."
