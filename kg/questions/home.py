"""*Foreign* and *domestic*: of another country than the one asked about, or of the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kg.questions.lexicon import HOME
from kg.questions.misfit import Context, Misfit
from kg.questions.plan import Noun


def at_home(noun: Noun, ids: Mapping[str, tuple[str, ...]], context: Context) -> Noun:
    """The noun with the country of whoever the question names; Misfit if this is not one."""
    if noun.but is not None and noun.but.countries == HOME:
        noun = replace(noun, but=at_home(noun.but, ids, context))
    if noun.countries != HOME:
        return noun
    named = [context.entity(one) for found in ids.values() for one in found]
    codes = {entity.country if entity else None for entity in named}
    code = codes.pop() if len(codes) == 1 else None
    if code is None:
        raise Misfit("foreign to nobody whose country is known")
    names = context.lexicon.data["countries"].get(code, (code,))
    return replace(noun, countries=(code,), place=names[0])
