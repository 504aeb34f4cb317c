"""The reply of a model, which may be anything, as a list of raw facts."""

from __future__ import annotations

import json
import re
from typing import Any

_FENCE = re.compile(r"\A\s*```\w*\s*\n(.*?)\n?\s*```\s*\Z", re.DOTALL)
_MOST_CHARACTERS = 1_000_000
_MOST_FACTS = 200


def facts_of(reply: str) -> tuple[list[dict[str, Any]], str | None]:
    """The objects under ``facts``, and a complaint where the reply is not as it should be."""
    if len(reply) > _MOST_CHARACTERS:
        return [], f"the model's reply has {len(reply):,} characters"
    fenced = _FENCE.match(reply)
    try:
        value = json.loads(fenced[1] if fenced else reply)
    except (ValueError, RecursionError):
        return [], "the model's reply is not JSON"
    facts = value.get("facts") if isinstance(value, dict) else None
    if not isinstance(facts, list):
        return [], "the model's reply has no list 'facts'"
    good = [fact for fact in facts if isinstance(fact, dict)]
    if len(good) < len(facts):
        return good[:_MOST_FACTS], f"{len(facts) - len(good)} of the model's facts are no objects"
    if len(good) > _MOST_FACTS:
        return good[:_MOST_FACTS], f"the model gave {len(good)} facts for one passage"
    return good, None
