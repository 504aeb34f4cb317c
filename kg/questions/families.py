"""What can be done with a plan, by the name of its family."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.questions.plan import Plan
from kg.questions.relations import deals, related
from kg.questions.result import Result
from kg.questions.world import World

FAMILIES: Mapping[str, Callable[[Plan, World], Result]] = {
    "related": related,
    "deals": deals,
}
