"""What each frame asks of the words of a sentence before any parse: triggers, words besides, parties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from kg.extraction.rules.asked import ASKED, BY_NAME, BY_SUM
from kg.extraction.rules.coreference import FIRST_PERSON
from kg.extraction.rules.forms import SLIPS
from kg.extraction.rules.frames import Frame, frames, object_want, subject_want
from kg.extraction.rules.holdings import HELD, TOLD_BY_PORTION
from kg.extraction.rules.language import possible_lemmas
from kg.extraction.rules.lexicon import table, words
from kg.extraction.rules.models_told import MODELS
from kg.extraction.rules.outlets import BUILDING_IN
from kg.extraction.rules.parsing import Words
from kg.extraction.rules.place_words import is_of_its_own
from kg.extraction.rules.places import COMPETITORS, RIVALLING
from kg.extraction.rules.taking_part import TAKING_PART_FRAMES
from kg.model import Kind

_PREPOSITIONS = frozenset(
    {
        "in",
        "into",
        "on",
        "to",
        "of",
        "from",
        "with",
        "for",
        "against",
        "over",
        "at",
        "through",
        "via",
    }
    | {"across", "within", "inside", "among", "between", "by", "about", "after", "around", "as"}
    | {"atop", "behind", "beneath", "courtesy", "off", "onto", "regarding", "throughout", "towards"}
    | {"upon", "using", "without"}
)
"""Places of a frame that are the word itself, but for those that have a meaning of their own."""
_OF_PLACE = {"is on": frozenset({"on", "in", "inside"}), "left": frozenset({"-", "/"})}
"""Words that places with a meaning of their own ask for, where a pair or a role has no other place."""
_RELATIVE = frozenset({"where"})
"""Stands for a preposition and its noun: ``Y, where it invested``."""
_COUNTED = frozenset({"companies", "pair", "duo", "both", "two"})
"""Words of descriptions that stand for two parties at once: ``the companies``, ``both firms``."""
_DEFINITE = frozenset({"the", "this", "that"})
_SLIPS = SLIPS | {"taxis": "tax"}
_VERSUS = frozenset({"v", "v.", "vs", "vs.", "versus"})
_BESIDE = frozenset({"alongside", "beside", "besides", "with"})


_WHOSE_HEAD = frozenset({"his", "her", "whose", "'s", "'", "both", "two"})
_REFLEXIVE = frozenset({"itself", "themselves", "those"})
"""Stand for nobody but whom the sentence tells of in other words besides."""
_STAND_IN = frozenset({"regulator", "his", "her", "those"})


@dataclass(frozen=True, slots=True)
class Ask:
    """What a frame asks of a sentence with one of its triggers.

    ``groups`` are sets of words as bits, of each of which the sentence must hold one;
    ``parties`` is how many names or words for names there must be.
    """

    groups: tuple[int, ...]
    parties: int
    subject: str
    object: str

    def has_words(self, bits: int) -> bool:
        """Whether the sentence with these words holds one of each group."""
        for group in self.groups:  # noqa: SIM110 - asked of every sentence, a generator is slower
            if not bits & group:
                return False
        return True


class Lexicon:
    """What a word may mean to the frames: bits of the sets it is in, lemmas that begin frames."""

    def __init__(self) -> None:
        self._bit = 1
        self._sets: dict[frozenset[str], int] = {}
        self._by_lemma: dict[str, int] = {}
        self.asks: dict[str, tuple[tuple[Ask, tuple[Frame, ...]], ...]] = {}
        self.seen: dict[int, tuple[int, tuple[str, ...]]] = {}
        self.sum = self.bit(())
        self.definite = self.bit(_DEFINITE)
        self.first_person = self.bit(FIRST_PERSON)
        pronouns = words("nouns", "pronoun") - {"which", "that"} - FIRST_PERSON
        self.pronoun = self.bit(pronouns | _STAND_IN)
        self.acting = self.bit((pronouns | _STAND_IN) - _REFLEXIVE)
        company = words("nouns", "company")
        self.company = self.bit(company) | self.bit({"side", "party", "pair", "duo"})
        self.whose_head = self.bit(_WHOSE_HEAD | words("references", "headed"))
        self.owner = self.bit(words("references", "owner_word"))
        self.product = self.bit(table("products"))
        self.ware = self._nouns("ware") | self._nouns("offering")
        self.unit = self._nouns("unit")
        self.counted = self.bit(_COUNTED)
        self.official = self.bit({"he", "she"})
        self.called_model = self.bit(company & words("nouns", "model"))
        self.authority = self._nouns("authority") | self.official
        self.model = self._nouns("model")
        self.modelled = self.model | self._nouns("powers")
        self.making = self.bit(MODELS)
        self.offered = self._nouns("offered")
        self.own_offer = self.offered | self._nouns("customers")
        self.building_in = self.bit(BUILDING_IN)
        self.it = self.bit({"it", "they"})
        self.whose = self.bit({"its", "their", "our", "whose", "his", "her", "your", "my"})
        self.deal = self._nouns("deal")
        self.case = self._nouns("case") | self._nouns("told_case") | self._nouns("proceeding")
        self.versus, self.beside = self.bit(_VERSUS), self.bit(_BESIDE)
        found: dict[str, dict[Ask, dict[Frame, None]]] = {}
        for frame in frames():
            for lemma in (*frame.verb, *frame.noun, *frame.adjective):
                asks = found.setdefault(lemma, {})
                asks.setdefault(self._ask(frame, lemma), {})[frame] = None
        self.asks = {
            lemma: tuple((ask, tuple(told)) for ask, told in asks.items())
            for lemma, asks in found.items()
        }

    def _nouns(self, key: str) -> int:
        return self.bit(words("nouns", key))

    def bit(self, lemmas: Iterable[str]) -> int:
        """The bit of a set of words."""
        members = frozenset(lemmas)
        if members not in self._sets:
            self._sets[members] = self._bit
            for lemma in members:
                self._by_lemma[lemma] = self._by_lemma.get(lemma, 0) | self._bit
            self._bit <<= 1
        return self._sets[members]

    def of(self, found: Words, place: int) -> tuple[int, tuple[str, ...]]:
        """The bits of a word and the lemmas by which it may begin a frame; ``seen`` holds them afterwards."""
        told = self.seen[found.keys[place]] = self.of_word(found.text(place))
        return told

    def of_word(self, word: str) -> tuple[int, tuple[str, ...]]:
        """The same of a word by itself."""
        lemmas = possible_lemmas(word)
        lemmas |= {_SLIPS[lemma] for lemma in lemmas & _SLIPS.keys()}
        bits = 0
        for lemma in lemmas:
            bits |= self._by_lemma.get(lemma, 0)
        return bits, tuple(lemma for lemma in lemmas if lemma in self.asks)

    def _ask(self, frame: Frame, lemma: str) -> Ask:
        groups = {self.bit(g) for g in _word_groups(frame, lemma)}
        needs = frame.needs - BY_NAME
        if needs and needs <= ASKED.keys():
            need = self.bit(frozenset[str]().union(*(ASKED[n] for n in needs)))
            groups.add(need | self.sum if needs & BY_SUM else need)
        subject = frame.subject_is or ("platform" if _distributes(frame) else subject_want(frame))
        target = "company" if _scrutinises(frame) else frame.object_is or object_want(frame)
        if frame.object_is == "own model":
            target = "model"
        if frame.object == ("known case",):
            subject = target = ""
        if frame.subject_is == "carrier":
            target = "carried"
        return Ask(tuple(groups), _parties(frame, lemma), subject, target)


def _distributes(frame: Frame) -> bool:
    return frame.kind is Kind.DISTRIBUTION


def _scrutinises(frame: Frame) -> bool:
    return frame.kind is Kind.SCRUTINY


def _word_groups(frame: Frame, lemma: str) -> Iterator[frozenset[str]]:
    """Sets of words, of each of which one must stand in the sentence."""
    if frame.object == ("known deal",):
        yield words("nouns", "deal")
        return
    if frame.object == ("known case",):
        yield words("nouns", "proceeding")
        return
    particles = frozenset(dict(frame.particle).get(lemma, frame.particles))
    if particles and lemma not in particles:
        yield particles
    if frame.through:
        yield words("nouns", "case" if frame.through == "case" else "deal")
    if frame.object == ("causer",):
        yield frozenset({"have"})
    if _scrutinises(frame):
        # who acts and against whom is found in many places besides those of the frame
        return
    taking_part = frame.name in TAKING_PART_FRAMES
    if frame.object_is == "holding":
        yield HELD | TOLD_BY_PORTION
    elif frame.object_is == "deal":
        yield words("nouns", "deal")
    elif frame.object_is == "round" and not taking_part:
        again = frame.name == "lead a round" and lemma in words("funding", "leading_verb")
        yield words("nouns", "round") | (words("funding", "round_again") if again else frozenset())
    if frame.object == ("alongside",):
        yield frozenset({"together", "along", "jointly", "alongside"})
    if frame.object == ("to rival", "as competitor"):
        yield RIVALLING | COMPETITORS
    for places in (frame.subject, frame.object, frame.pair):
        if not places or (places is frame.object and taking_part):
            continue
        if places == ("is on",) or (places == ("left",) and places is frame.pair):
            yield _OF_PLACE[places[0]]
        elif places is frame.subject and frame.subject_is == "carrier":
            # else it is whoever acts in the sentence
            continue
        elif set(places) <= _PREPOSITIONS and not any(map(is_of_its_own, places)):
            # no such word, nobody at that place
            yield frozenset(places) | _RELATIVE


def _parties(frame: Frame, lemma: str) -> int:
    """How many parties the sentence itself must name or refer to."""
    if frame.raises or frame.object in (("known deal",), ("known case",)):
        return int(frame.raises)
    implied = {"author", "topic", "spoken of"} & {*frame.subject, *frame.object, *frame.pair}
    of_round = frame.object_is in ("round", "holding") or lemma in words("nouns", "investor")
    return 1 if implied or of_round or frame.name in TAKING_PART_FRAMES else 2


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """What words mean to the frames of the package."""
    return Lexicon()
