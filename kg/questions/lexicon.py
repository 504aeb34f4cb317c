"""The words the grammar knows: phrases -> tags, from ``lexicon.json``.

A verb is listed once and inflected here; ``tests/questions`` holds the list against the
labels of the ontology.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

ARTICLES = frozenset({"a", "an", "the", "its", "their", "his", "her", "some", "any"})
"""Words passed over inside a phrase."""
LONGEST = 7
"""Words in the longest phrase."""
HOME = ("home",)
"""Stands for the country of whoever a question names, until this is known: *foreign investors*."""


_STRANDED = frozenset({"in", "into", "at", "with", "against", "to", "from"})
_LOSES = frozenset({"invest", "compete", "partner", "cooperate", "collaborate", "look", "spend"})
_KEEPS = frozenset({"go", "act", "ask", "be"})
"""Verbs with a preposition that may stand elsewhere: *in which labs does it hold a stake*."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One reading of a phrase: a tag of the grammar and what it carries."""

    tag: str
    value: Any = None


class Lexicon:
    """Phrases (words joined by blanks, articles left out) with their senses."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.phrases: dict[str, list[Sense]] = {}
        self.exact = frozenset(data["rounds"])
        self.untold = frozenset(data["untold"])
        self._concepts()
        self._nouns()
        self._relations()
        self._filters()

    def _add(self, phrase: str, tag: str, value: Any = None) -> None:
        if " " in phrase:
            phrase = " ".join(w for w in phrase.split() if w not in ARTICLES) or phrase
        senses = self.phrases.get(phrase)
        if senses is None:
            self.phrases[phrase] = [Sense(tag, value)]
        elif not any(s.tag == tag and s.value == value for s in senses):
            senses.append(Sense(tag, value))

    def _concepts(self) -> None:
        for tag, phrases in self.data["concepts"].items():
            for phrase in phrases:
                self._add(phrase, tag, _degree(phrase) if tag in ("MOST", "LEAST") else None)
        for phrase in self.data["filler"]:
            self._add(phrase, "FILLER")

    def _nouns(self) -> None:
        for kind, phrases in self.data["kinds"].items():
            for phrase in phrases:
                self._add(phrase, "KIND", kind)
        for code, names in self.data["countries"].items():
            for name in names:
                self._add(name, "COUNTRY", (names[0], (code,)))
        for label, region in self.data["regions"].items():
            for name in region["names"]:
                self._add(name, "COUNTRY", (label, tuple(region["codes"])))
        places = [(n, s.value) for n, ss in self.phrases.items() for s in ss if s.tag == "COUNTRY"]
        for name, (label, codes) in places:
            self._add(f"{name} based", "COUNTRY", (label, codes))
            self._add(f"non {name}", "COUNTRY", (f"outside {label}", codes, True))
        for name in self.data["abroad"]:
            self._add(name, "COUNTRY", ("", HOME, True))
        for name in self.data["domestic"]:
            self._add(name, "COUNTRY", ("", HOME))

    def _relations(self) -> None:
        for relation, words in self.data["relations"].items():
            for tag, key in (("V", "verbs"), ("VI", "inverse"), ("RAISE", "raise")):
                for phrase in words.get(key, ()):
                    self._verb(phrase, tag, (relation, None))
            for phrase, status in words.get("status_verbs", {}).items():
                self._verb(phrase, "V", (relation, status))
            for phrase, status in words.get("status_events", {}).items():
                self._add(phrase, "EV", (relation, status))
                self._add(plural(phrase), "EV", (relation, status))
            for tag, key in (
                ("AG", "agents"),
                ("PT", "patients"),
                ("EV", "events"),
                ("EVR", "received"),
            ):
                for phrase in words.get(key, ()):
                    self._add(phrase, tag, (relation, None))
                    self._add(plural(phrase), tag, (relation, None))

    def _verb(self, phrase: str, tag: str, value: tuple[str, str | None]) -> None:
        head, _, rest = phrase.partition(" ")
        if " stake " in phrase or " share " in phrase:
            several = phrase.replace(" stake ", " stakes ").replace(" share ", " shares ")
            self._verb(several, tag, value)
        tail = f" {rest}" if rest else ""
        third, past, present, participle = self._forms(head)
        for form in dict.fromkeys((head, third, present, past)):
            self._add(form + tail, tag, value)
        if (
            tail
            and head not in _KEEPS
            and rest.split()[-1] in _STRANDED
            and (" " in rest or head in _LOSES)
        ):
            bare = " ".join(rest.split()[:-1])
            for form in dict.fromkeys((head, third, present, past, participle)):
                self._add(f"{form} {bare}".strip(), tag, value)
        if head == "be":
            for form in ("are", "were"):
                self._add(form + tail, tag, value)
        passive = {"V": "VP", "VI": "VIP"}.get(tag)
        if passive:
            self._add(participle + tail, passive, value)
            self._add(participle + tail, tag, value)

    def _forms(self, verb: str) -> tuple[str, str, str, str]:
        irregular = self.data["irregular"].get(verb)
        if irregular:
            return tuple(irregular)
        if verb.endswith("ed"):  # "hosted on": listed as a participle
            return verb, verb, verb, verb
        if verb.endswith("e"):
            return verb + "s", verb + "d", verb[:-1] + "ing", verb + "d"
        if verb.endswith("y") and verb[-2] not in "aeiou":
            return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing", verb[:-1] + "ied"
        third = verb + ("es" if verb.endswith(("s", "x", "ch", "sh")) else "s")
        return third, verb + "ed", verb + "ing", verb + "ed"

    def _filters(self) -> None:
        for key, tag in (("modality", "MODALITY"), ("status", "STATUS"), ("natures", "NATURE")):
            for value, phrases in self.data[key].items():
                for phrase in phrases:
                    self._add(phrase, tag, value)
        for value, phrases in self.data["instruments"].items():
            for phrase in phrases:
                self._add(phrase, "INSTRUMENT", value)
        for name in self.data["rounds"]:
            self.phrases.setdefault(name, []).append(Sense("ROUND", name))
        for phrase in self.data["roundword"]:
            self._add(phrase, "ROUNDWORD")
        for value, phrases in self.data["compare"].items():
            for phrase in phrases:
                self._add(phrase, "CMP", value)
        for value, phrases in self.data["period"].items():
            for phrase in phrases:
                self._add(phrase, "PERIOD_" + value.upper())
        for phrase in self.data["besides"]:
            self._add(phrase, "BESIDES")
        for phrase in self.data["directly"]:
            self._add(phrase, "DIRECT")
        for phrase in self.data["indirectly"]:
            self._add(phrase, "INDIRECT")
        for code, names in self.data["currencies"].items():
            for name in names:
                if name.isascii() and name.replace(" ", "").isalpha():
                    self._add(name, "CURRENCY", code)
                    self._add(f"{name} terms", "CURRENCY", code)
        for word, number in self.data["numbers"].items():
            self._add(word, "NUM", Decimal(number))
            for exactly in self.data["exactly"]:
                self._add(f"{exactly} {word}", "COUNTED", (number, number))
                self._add(f"{exactly} {number}", "COUNTED", (number, number))
        for phrase, number in self.data["single"].items():
            self._add(phrase, "COUNTED", (number, number))
        self._add(",", "FILLER")
        self._add("-", "PERIOD_TO")
        self._add("'s", "POS")

    def is_form(self, phrase: str, verb: str) -> bool:
        """Whether a phrase is a form of a verb with what follows it: *joined in*, *join in*."""
        head, _, rest = verb.partition(" ")
        tail = f" {rest}" if rest else ""
        return phrase in {f + tail for f in (head, *self._forms(head))}

    def senses(self, phrase: str) -> list[Sense]:
        """What a phrase may mean; a hyphen is as good as a blank."""
        found = self.phrases.get(phrase)
        if found is None and "-" in phrase:
            found = self.phrases.get(phrase.replace("-", " "))
        return found or self._composed(phrase)

    def _composed(self, phrase: str) -> list[Sense]:
        """Phrases made of parts: *can customers get*; *open a probe into*, *file suits against*.

        The latter are verbs that say little with nouns that say what is done.
        """
        head, _, rest = phrase.partition(" ")
        get = self.data["get"]
        subject, _, verb = rest.partition(" ")
        asked = head in get["modals"] and subject in get["subjects"]
        told = head in get["subjects"] and subject in get["modals"]  # *where I can get*
        if (asked or told) and verb in get["verbs"]:
            return [Sense("GETM")]
        if subject in get["modals"] and head in get["subjects"] and verb in get["verbs"]:
            return [Sense("GETM")]  # *where customers can get it*
        let = head in get["letting"] and subject in {*get["subjects"], *get["objects"]}
        if let and verb.removeprefix("to ") in get["verbs"]:
            return [Sense("V", ("distribution", None))]
        found = []
        for relation, forms, light in self._light:
            after = rest
            participle = forms.get(head)
            if participle is None:
                second, _, after = rest.partition(" ")
                participle = forms.get(f"{head} {second}")
            if participle is None or not after:
                continue
            noun, _, last = after.rpartition(" ")
            ends = last in light["prepositions"]
            if (noun if ends else after) in self._light_nouns[relation]:
                # *have open reviews of* tells of no opening
                begun = head != "open" and any(map(partial(self.is_form, head), light["begins"]))
                status = "begun" if begun else None
                found.append(Sense("V", (relation, status)))
                if participle and ends:
                    found.append(Sense("VP", (relation, status)))
        return found

    @cached_property
    def _light(self) -> list[tuple[str, dict[str, bool], dict[str, list[str]]]]:
        """Relation, the forms of its light verbs (True for participles), and their words."""
        made = []
        for relation, words in self.data["light_verbs"].items():
            forms: dict[str, bool] = {}
            for phrase in words["verbs"]:
                head, _, rest = phrase.partition(" ")
                tail = f" {rest}" if rest else ""
                third, past, present, participle = self._forms(head)
                forms |= {f + tail: False for f in (head, third, past, present)}
                forms[participle + tail] = True
            made.append((relation, forms, words))
        return made

    @cached_property
    def _light_nouns(self) -> dict[str, frozenset[str]]:
        return {
            relation: frozenset(n for noun in words["nouns"] for n in (noun, plural(noun)))
            for relation, words in self.data["light_verbs"].items()
        }

    @cached_property
    def words(self) -> frozenset[str]:
        """Every single word of every phrase, for the correction of spelling."""
        parts = [n for nouns in self._light_nouns.values() for n in nouns]
        parts += [f for _, forms, _ in self._light for f in forms]
        return frozenset(w for phrase in (*self.phrases, *parts) for w in phrase.split())


def _degree(phrase: str) -> str:
    """``most`` counts, ``size`` measures: *the most investments*, *the largest investment*."""
    counting = ("most", "most often", "most frequently", "most of all", "most numerous")
    return "most" if phrase in counting or "number" in phrase else "size"


def plural(phrase: str) -> str:
    """The plural of a noun phrase whose head stands last."""
    if phrase.endswith("y") and phrase[-2:-1] not in "aeiou":
        return phrase[:-1] + "ies"
    if phrase.endswith(("s", "x", "ch", "sh")):
        return phrase + "es"
    return phrase + "s"


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon that comes with the package."""
    return Lexicon(load("lexicon.json"))


def load(name: str) -> Any:
    """A data file of the grammar."""
    return json.loads((Path(__file__).with_name(name)).read_text(encoding="utf-8"))
