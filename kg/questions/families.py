"""What can be done with a plan, by the name of its family."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.questions.changes import changes, leads
from kg.questions.counting import rank_count
from kg.questions.deals import deals
from kg.questions.founding import founding
from kg.questions.pairs import co_investors, combined, overlaps, sharing, without
from kg.questions.plan import Plan
from kg.questions.raised import raised
from kg.questions.ranking import largest, rank_amount
from kg.questions.relations import related
from kg.questions.result import Result
from kg.questions.rounds import largest_round
from kg.questions.stakes import largest_stake
from kg.questions.standing import dependence, fact, listing, made
from kg.questions.thresholds import bounded, threshold
from kg.questions.total import total
from kg.questions.unreviewed import unreviewed
from kg.questions.walks import central, paths
from kg.questions.world import World


def _deals(plan: Plan, world: World) -> Result:
    if plan.op == "total":
        return raised(plan, world) if plan.role == "raised" else total(plan, world)
    if bounded(plan):
        return threshold(plan, world)
    return deals(plan, world)


FAMILIES: Mapping[str, Callable[[Plan, World], Result]] = {
    "related": related,
    "deals": _deals,
    "rank_count": rank_count,
    "rank_amount": rank_amount,
    "largest": largest,
    "largest_round": largest_round,
    "largest_stake": largest_stake,
    "combined": combined,
    "overlaps": overlaps,
    "unreviewed": unreviewed,
    "co_investors": co_investors,
    "sharing": sharing,
    "without": without,
    "paths": paths,
    "central": central,
    "dependence": dependence,
    "listing": listing,
    "founding": founding,
    "made": made,
    "fact": fact,
    "changes": changes,
    "leads": leads,
}
