"""A plan in words: how a question was understood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kg.model import Kind
from kg.questions.phrases import Name, filter_words, noun_words, people
from kg.questions.plan import Plan

NOUN = {
    Kind.INVESTMENT: "investments",
    Kind.DISTRIBUTION: "distribution agreements",
    Kind.SCRUTINY: "reviews",
    Kind.ACQUISITION: "acquisitions",
    Kind.PARTNERSHIP: "partnerships",
    Kind.COMPETITION: "rivalries",
    Kind.RELEASE: "releases",
    Kind.APPOINTMENT: "appointments",
    Kind.LITIGATION: "lawsuits",
    Kind.HEADQUARTERS: "seats",
}


COUNTED = {
    Kind.INVESTMENT: "backers",
    Kind.DISTRIBUTION: "distributors",
    Kind.SCRUTINY: "reviewers",
    Kind.ACQUISITION: "buyers",
    Kind.PARTNERSHIP: "partners",
    Kind.COMPETITION: "competitors",
    Kind.RELEASE: "makers",
    Kind.APPOINTMENT: "recruits",
    Kind.LITIGATION: "plaintiffs",
    Kind.HEADQUARTERS: "residents",
}
THEM = {
    Kind.INVESTMENT: ("backers of {o}", "what {s} backs"),
    Kind.DISTRIBUTION: ("distributors of the models of {o}", "those whose models {s} distributes"),
    Kind.SCRUTINY: ("authorities that look at {o}", "those that {s} looks at"),
    Kind.ACQUISITION: ("buyers of {o}", "what {s} has acquired or is to acquire"),
    Kind.PARTNERSHIP: ("partners of {o}", "partners of {s}"),
    Kind.COMPETITION: ("competitors of {o}", "competitors of {s}"),
    Kind.RELEASE: ("who released {o}", "what {s} has released"),
    Kind.APPOINTMENT: ("who took a post at {o}", "where {s} took a post"),
    Kind.LITIGATION: ("who took {o} to court", "whom {s} took to court"),
    Kind.HEADQUARTERS: ("who is based in {o}", "where {s} is based"),
}
"""What is asked of a kind: its subjects, its objects."""
_OPS = {
    "count": "the number of ",
    "amounts": "the sums stated for ",
    "total": "the total, by currency, of ",
    "when": "since when: ",
    "terms": "the terms of ",
    "stake": "the stakes stated for ",
    "valuation": "the valuations stated with ",
    "exists": "whether there are ",
    "outcome": "how they went: ",
}


def _ends(plan: Plan, name: Name) -> tuple[str, str]:
    """The two ends of a relation in words, anyone if they are open."""
    word = "and" if plan.both or plan.role == "together" else "or"
    subject = (
        people(plan.subjects, name, word)
        if plan.subjects
        else noun_words(plan.other if plan.ask == "object" else plan.answer)
    )
    object_ = (
        people(plan.objects, name, word)
        if plan.objects
        else noun_words(plan.other if plan.ask == "subject" else plan.answer)
    )
    return subject.replace("those", "anyone"), object_.replace("those", "anyone")


def _plural(text: str) -> str:
    """What is said of one, said of several: *what they back*."""
    singular = ("{s} backs", "{s} distributes", "{s} looks", "{s} has", "{s} is", "or is to")
    several = ("{s} back", "{s} distribute", "{s} look", "{s} have", "{s} are", "or are to")
    for one, many in zip(singular, several, strict=True):
        text = text.replace(one, many)
    return text


def _related(plan: Plan, name: Name) -> str:
    subject, object_ = _ends(plan, name)
    who = THEM[plan.relations[0]][0 if plan.ask == "subject" else 1]
    unnamed = not plan.subjects and not plan.other.any
    together = len(plan.subjects) > 1 and (plan.both or plan.role == "together")
    several = plan.ask == "object" and (unnamed or together)
    who = (_plural(who) if several else who).format(s=subject, o=object_)
    return (
        who
        if plan.answer.any
        else f"{noun_words(plan.answer)} among the {who}"
        if plan.ask == "subject"
        else f"{noun_words(plan.answer)}: {who}"
    )


def _deals(plan: Plan, name: Name) -> str:
    many = len(plan.relations) > 4
    text = "relationships of any kind" if many else " and ".join(NOUN[k] for k in plan.relations)
    if plan.relations == (Kind.SCRUTINY,) and plan.filters.ended == "no":
        text += "" if plan.filters.statuses else " under way"
    if plan.subjects:
        text += f" by {people(plan.subjects, name, 'or')}"
    if plan.objects:
        word = "and" if plan.role == "together" else "or"
        preposition = {Kind.INVESTMENT: "in", Kind.ACQUISITION: "of"}.get(
            plan.relations[0], "concerning"
        )
        text += f" {preposition} {people(plan.objects, name, word)}"
    if plan.either:
        text += f" {'between' if plan.both else 'of'} {people(plan.either, name, 'and' if plan.both else 'or')}"
    if not plan.answer.any:
        text += f", concerning {noun_words(plan.answer)}"
    if not plan.other.any:
        text += f", by {noun_words(plan.other)}"
    return text


def _conditions(plan: Plan, name: Name) -> str:
    """What must hold besides, in words."""
    text = ""
    for c in plan.conditions:
        others = noun_words(c.other).replace("those", "anyone")
        if c.roots:
            others = people(c.roots, name, "or")
        if c.beyond:
            others = f"anyone but {others}"
        them = THEM[c.relation][0 if c.ask == "subject" else 1].format(s=others, o=others)
        text += f", {'also among' if c.holds else 'not among'} {them}"
    return text


def _rank(plan: Plan, name: Name) -> str:
    number = _number(plan)
    if number and plan.either:
        return f"whether {people(plan.either, name, 'and')} has {number} {_counted(plan)}"
    if number:
        who = noun_words(plan.answer).replace("those", "everyone")
        return f"{who} with {number} {_counted(plan)}"
    turned = "fewest" if plan.order == "least" else "most"
    if plan.either:
        return f"{people(plan.either, name, 'and')} compared by the number of {_counted(plan)}, {turned} first"
    who = noun_words(plan.answer).replace("those", "everyone")
    return f"{who} by the number of {_counted(plan)}, {turned} first"


def _counted(plan: Plan) -> str:
    other = noun_words(plan.other).replace("those", "others")
    who = COUNTED[plan.relations[0]]
    if plan.ask == "subject":
        return f"{other} of which they are {who}"
    return f"{other} among their {who}"


def _number(plan: Plan) -> str:
    """How many a ranking asks for; empty if it asks for the most."""
    low, high = plan.fewest, plan.most
    if low is None and high is None:
        return ""
    if low == high:
        return f"exactly {low}"
    return f"at least {low}" if high is None else f"{low} to {high}"


def _sums(plan: Plan, name: Name) -> str:
    who = (
        people(plan.subjects, name, "and") + " compared"
        if len(plan.subjects) > 1
        else ("who takes part" if plan.ask == "subject" else "who receives")
    )
    return f"{_deals(replace(plan, subjects=plan.subjects if len(plan.subjects) == 1 else ()), name)}: {who}, by the sums committed, {'least' if plan.order == 'least' else 'most'} first"


_FAMILIES: dict[str, Callable[[Plan, Name], str]] = {
    "related": _related,
    "deals": _deals,
    "rank_count": _rank,
    "rank_amount": _sums,
    "largest": lambda p, n: (
        f"the {'smallest' if p.order == 'least' else 'largest'} {_deals(p, n)} by the sum committed"
    ),
    "largest_stake": lambda p, n: (
        f"the {'smallest' if p.order == 'least' else 'largest'} {_deals(p, n)} by the stake stated"
    ),
    "largest_round": lambda p, n: (
        f"those with the {'smallest' if p.order == 'least' else 'largest'} rounds, of {_deals(p, n)}"
    ),
    "combined": lambda p, n: " and at the same time ".join(
        THEM[k][0 if p.ask == "subject" else 1].format(o=_ends(p, n)[1], s=_ends(p, n)[0])
        for k in p.relations
    ),
    "unreviewed": lambda p, n: f"{_deals(p, n)} that no authority is known to have looked at",
    "overlaps": lambda p, n: (
        "investors that also distribute the models of what they back, or compete with it"
    ),
    "co_investors": lambda p, n: (
        f"who else backs what {people(p.subjects, n, 'or')} backs, by how many they share"
    ),
    "sharing": lambda p, n: (
        f"pairs of investors by how many {noun_words(p.other).replace('those', 'companies')} both back"
    ),
    "without": lambda p, n: (
        f"{noun_words(p.answer) if p.answer.kind or p.answer.that else 'labs'} without a known investment by "
        f"{people(p.subjects, n, 'or') if p.subjects else noun_words(p.other).replace('those', 'anyone')}"
    ),
    "paths": lambda p, n: (
        f"the shortest{' and nearly shortest' if p.order == 'short' else ''} connections between {n(p.subjects[0])} and {n(p.objects[0])}"
    ),
    "central": lambda p, n: (
        f"{noun_words(p.answer).replace('those', 'everyone')} by how many others they are related to"
    ),
    "dependence": lambda p, n: (
        f"what {people(p.subjects, n, 'or')} depends on: backers, distributors, suppliers of compute, chips, data and licences"
        if p.subjects
        else f"what depends on {people(p.objects, n, 'or')} as backer, distributor or supplier"
    ),
    "listing": lambda p, n: noun_words(p.answer),
    "founding": lambda p, n: (
        f"{people(p.either, n, 'and') if p.either else noun_words(p.answer)} by when they were founded"
    ),
    "made": lambda p, n: (
        f"what {people(p.subjects, n, 'or')} makes"
        if p.subjects
        else f"who makes {people(p.objects, n, 'or')}"
    ),
    "fact": lambda p, n: (
        {
            "city": "where {} is based",
            "country": "which country {} is from",
            "founded": "when {} was founded",
            "owner": "who owns {}",
            "owned": "what belongs to {}",
            "weights": "whether the weights of {} are open",
        }[p.by or ""].format(n(p.subjects[0]))
        + (f", asked of {people(p.objects, n, 'or')}" if p.objects else "")
    ),
    "changes": lambda p, n: f"what began, was first reported or moved on: {_deals(p, n)}",
    "leads": lambda p, n: (
        f"lead investors in the rounds of {people(p.objects, n, 'or')}"
        if p.objects
        else f"whose rounds {people(p.subjects, n, 'or')} led"
    ),
}


def describe(plan: Plan, name: Name) -> str:
    """The whole plan in words."""
    text = _FAMILIES[plan.family](plan, name)
    if plan.op == "total" and plan.into:
        text = f"the total in {plan.into} of {text}"
    elif plan.family in ("related", "deals", "listing") or (_number(plan) and plan.op == "count"):
        text = _OPS.get(plan.op, "") + text
    if plan.order in ("latest", "first") and plan.family != "leads":
        text += f", only the {plan.order}" if plan.limit == 1 else f", {plan.order} first"
    if plan.order in ("latest", "first") and plan.family == "leads":
        text += f", {'last' if plan.order == 'latest' else 'first'} round only"
    if plan.limit and plan.limit > 1:
        text += f", at most {plan.limit}"
    if plan.filters.exclude:
        text += f", without {people(plan.filters.exclude, name, 'and')}"
    words = filter_words(plan.filters)
    if plan.about:
        named = [f"{'an' if k.value[0] in 'aeiou' else 'a'} {k.value}" for k in plan.about]
        text += f" that concern {' or '.join(named)} between their parties"
    if plan.by == "new":
        text += ", those who were none before"
    text += _conditions(plan, name)
    if words:
        text += f" ({words})"
    if plan.notes:
        text += f" [{'; '.join(plan.notes)}]"
    return text[:1].upper() + text[1:] + "."
