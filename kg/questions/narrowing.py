"""The filters of a plan, from what was taken out of the question and its tense."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kg.model import Kind, Modality, Status
from kg.questions.misfit import Context, Misfit
from kg.questions.parsing import Match
from kg.questions.plan import LISTED, Filters

_PAST = frozenset({"did", "was", "were", "has", "have", "had", "been"})


_REVIEWS_ALONE = frozenset(
    {
        Status.CLEARED,
        Status.CLEARED_WITH_CONDITIONS,
        Status.BLOCKED,
        Status.DROPPED,
        Status.FINED,
        Status.INTENDED,
        Status.OPENED,
        Status.INFORMATION_REQUESTED,
        Status.REVIEWING,
    }
)
_DEALS_ALONE = frozenset({Status.TERMINATED, Status.DIVESTED, Status.COMPLETED, Status.AGREED})


_ENDINGS = frozenset(
    {
        Status.CLEARED,
        Status.CLEARED_WITH_CONDITIONS,
        Status.BLOCKED,
        Status.DROPPED,
        Status.FINED,
    }
)
_SAME = frozenset({"put", "bet", "run", "come", "become"})
"""Verbs whose past reads like their present."""


def _past(match: Match, context: Context) -> bool:
    """Whether the question is put in a past tense."""
    heads = [
        h.segment.text.split()[0].casefold() for h in match.tagged("V", "VI") if h.segment.text
    ]
    having = {"has", "have"}
    verbs = match.tagged("V", "VI", "VP", "VIP", "RAISE", "LEDROUND", "OWNS", "PAY")
    irregular = {x for forms in context.lexicon.data["irregular"].values() for x in forms[1::2]}
    over = {h for h in heads if h.endswith("ed") or h in irregular}
    owning = having & set(heads) or not verbs or (heads and not over)
    if {"have", "been"} <= context.keys and _lasting(heads) and not context.keys & {"was", "were"}:
        return False  # *have been scrutinising*
    if (past := context.keys & _PAST) and not (past <= having and owning):
        return True  # *has backed*, but not *has a stake in*, nor *has two backers*
    if context.keys & {"is", "are"}:
        return False
    return any(h.endswith("ed") or (h in irregular and h not in _SAME) for h in heads)


def _lasting(heads: list[str]) -> bool:
    return bool(heads) and all(h.endswith("ing") for h in heads)


def _of_kind(
    kinds: tuple[Kind, ...], modalities: frozenset[Modality], statuses: set[Status]
) -> tuple[frozenset[Modality], set[Status]]:
    """What a word means of reviews, and what of deals; Misfit if it is said of the other."""
    if not kinds:
        return modalities, statuses
    if kinds == (Kind.SCRUTINY,):
        if modalities == {Modality.PLANNED} and not statuses:
            return LISTED, {Status.INTENDED}  # who means to look has not looked yet
        if statuses & _DEALS_ALONE:
            raise Misfit("reviews do not end like deals")
    elif Kind.SCRUTINY not in kinds and statuses & _REVIEWS_ALONE:
        statuses = {Status.TERMINATED if s is Status.DROPPED else s for s in statuses}
        if statuses & _REVIEWS_ALONE:
            raise Misfit("deals do not end like reviews")
    return modalities, statuses


def _offered(kinds: tuple[Kind, ...]) -> bool:
    return kinds == (Kind.DISTRIBUTION,)


def _of_rounds(match: Match, kinds: tuple[Kind, ...]) -> bool:
    """Whether rounds are asked for, so that limits are those of their totals."""
    declared = match.form["plan"]
    named = [h.segment.text.casefold() for h in match.tagged("EVR", "ROUNDWORD")]
    return (
        kinds == (Kind.INVESTMENT,)
        and declared["family"] == "deals"
        and any("round" in text or "rais" in text for text in named)
    )


def _left_out(match: Match, context: Context, kinds: tuple[Kind, ...]) -> tuple[str, ...]:
    """Whom a question leaves out; with a platform or a cloud unit, whoever offers models by it."""
    named = list(match.notes.exclude)
    for entity in match.notes.exclude if Kind.DISTRIBUTION in kinds else ():
        owner = entity.developer or entity.parent
        found = owner and context.entity(owner)
        while found and found not in named:
            named.append(found)
            found = context.entity(found.parent) if found.parent else None
    return tuple(e.id for e in named)


def make_filters(
    match: Match, context: Context, kinds: tuple[Kind, ...], status: str | None
) -> Filters:
    """The filters of a plan from what was taken out of the question."""
    declared = match.form["plan"]
    taken = {k: x for k, x in match.notes.filters.items() if k not in declared.get("ignore", ())}
    groups: Mapping[str, list[str]] = context.lexicon.data["status_groups"]
    modalities = LISTED
    if "modality" in declared:
        told = declared["modality"]
        modalities = {
            "all": frozenset(Modality),
            "notdenied": frozenset(Modality) - {Modality.DENIED},
        }.get(
            told if isinstance(told, str) else "",
            frozenset(map(Modality, told)) if not isinstance(told, str) else frozenset(),
        )
    elif "modality" in taken:
        modalities = frozenset(Modality(m) for m in taken["modality"])
        if "may" in context.keys and modalities == {Modality.CONDITIONAL} and _offered(kinds):
            modalities = LISTED  # *who may sell its models*: is allowed to
    ended, statuses = "no", set[Status]()
    for name in taken.get("status", ()):
        if name in declared.get("understood", ()):
            continue
        if name in ("open", "ever", "ended"):
            ended = {"open": "no", "ever": "all", "ended": "only"}[name]
        else:
            statuses |= {Status(s) for s in groups[name]}
    if status == "begun" and (taken.get("since") or taken.get("until")):
        status = "opened"  # what it came to later is no opening in a year
    if status:
        statuses |= {Status(s) for s in groups[status]}
    if statuses == {Status.ANNOUNCED} and (taken.get("since") or taken.get("until")):
        statuses = set()  # what was announced in a year is what was told of it then
    if statuses >= {Status.ANNOUNCED, Status.TERMINATED}:
        statuses.discard(Status.ANNOUNCED)  # what was announced and then called off
    modalities, statuses = _of_kind(kinds, modalities, statuses)
    if kinds == (Kind.SCRUTINY,) and ended == "only" and (taken.get("since") or taken.get("until")):
        ended, statuses = "all", set(_ENDINGS)  # *closed in 2024* ended then, whenever it began
    only_planned = taken.get("modality") == ("planned",)  # and never carried out
    told = {"modality"} & (taken.keys() | declared.keys())
    if statuses == {Status.TERMINATED} and (only_planned or not told):
        modalities = frozenset(Modality)  # what is called off is often told by denying it
    dated = kinds == (Kind.INVESTMENT,) and bool(taken.get("since") or taken.get("until"))
    if "ended" in declared:
        ended = declared["ended"]
    elif dated and ended == "no" and not taken.get("status"):
        ended = "past"  # *investments of 2025*, whether they stand or not
    elif ended == "no" and not taken.get("status") and _past(match, context):
        unfulfilled = context.keys & {"was", "were"} and "to" in context.keys
        whole = {Kind.SCRUTINY, Kind.LITIGATION} | ({Kind.ACQUISITION} if unfulfilled else set())
        if unfulfilled and Kind.ACQUISITION in kinds:
            whole |= {Kind.INVESTMENT}  # *what was X to pay for Y*
        ended = "all" if kinds and set(kinds) <= whole else "past"
        if kinds == (Kind.ACQUISITION,) and ended == "past" and modalities == LISTED:
            modalities = frozenset({Modality.ASSERTED})  # who bought has not only planned to
    least, most = taken.get("least"), taken.get("most")
    if _of_rounds(match, kinds):
        least, most = (b and replace(b, of="round") for b in (least, most))
    return Filters(
        since=taken.get("since"),
        until=taken.get("until"),
        period=taken.get("period"),
        least=least,
        most=most,
        modalities=modalities,
        ended=ended,
        statuses=frozenset(statuses),
        round=taken.get("round"),
        least_stake=taken.get("least_stake"),
        most_stake=taken.get("most_stake"),
        instrument=taken.get("instrument"),
        nature=taken.get("nature"),
        exclude=_left_out(match, context, kinds),
        direct=bool(taken.get("direct")),
        indirect=bool(taken.get("indirect")),
    )
