"""The filters of a plan, from what was taken out of the question and its tense."""

from __future__ import annotations

from collections.abc import Mapping

from kg.model import Kind, Modality, Status
from kg.questions.parsing import Match
from kg.questions.plan import LISTED, Filters
from kg.questions.settling import Context

_PAST = frozenset({"did", "was", "were", "has", "have", "had", "been"})


_SAME = frozenset({"put", "bet", "run", "come", "become"})
"""Verbs whose past reads like their present."""


def _past(match: Match, context: Context) -> bool:
    """Whether the question is put in a past tense."""
    heads = [
        h.segment.text.split()[0].casefold() for h in match.tagged("V", "VI") if h.segment.text
    ]
    having = {"has", "have"}
    if (past := context.keys & _PAST) and not (past <= having and having & set(heads)):
        return True  # *has backed*, but not *has a stake in*
    if context.keys & {"is", "are"}:
        return False
    irregular = {x for forms in context.lexicon.data["irregular"].values() for x in forms[1::2]}
    return any(h.endswith("ed") or (h in irregular and h not in _SAME) for h in heads)


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
    ended, statuses = "no", set[Status]()
    for name in taken.get("status", ()):
        if name in ("open", "ever", "ended"):
            ended = {"open": "no", "ever": "all", "ended": "only"}[name]
        else:
            statuses |= {Status(s) for s in groups[name]}
    if status:
        statuses |= {Status(s) for s in groups[status]}
    if "ended" in declared:
        ended = declared["ended"]
    elif ended == "no" and not taken.get("status") and _past(match, context):
        ended = "all" if kinds and set(kinds) <= {Kind.SCRUTINY, Kind.LITIGATION} else "past"
    return Filters(
        since=taken.get("since"),
        until=taken.get("until"),
        period=taken.get("period"),
        least=taken.get("least"),
        most=taken.get("most"),
        modalities=modalities,
        ended=ended,
        statuses=frozenset(statuses),
        round=taken.get("round"),
        instrument=taken.get("instrument"),
        nature=taken.get("nature"),
        exclude=tuple(e.id for e in match.notes.exclude),
        direct=bool(taken.get("direct")),
    )
