"""Where models are offered: the platforms, products and companies that a frame of distribution tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extraction.rules import arguments as args
from kg.extraction.rules.clauses import crosses_clause
from kg.extraction.rules.coordination import conjuncts
from kg.extraction.rules.fillers import Filler
from kg.extraction.rules.gazetteer import publishes
from kg.extraction.rules.language import is_word
from kg.extraction.rules.lexicon import words
from kg.extraction.rules.place_words import nodes_at
from kg.extraction.rules.support_verbs import support
from kg.model import EntityKind

if TYPE_CHECKING:
    from kg.extraction.rules.frames import Frame
    from kg.extraction.rules.gazetteer import Name
    from kg.extraction.rules.parsing import Node
    from kg.extraction.rules.phrases import Phrases

SERVICES = (EntityKind.PLATFORM, EntityKind.MODEL_HUB, EntityKind.CLOUD_PROVIDER)
ASSISTANTS = frozenset({"chatgpt", "gemini-app", "claude-app", "le-chat", "meta-ai-assistant"})


def platforms_of(phrases: Phrases, frame: Frame, trigger: Node, taken: str) -> list[Filler]:
    """The platforms at the places of a frame; ``taken`` is the place where its models stand."""
    platforms: list[Filler] = []
    for place in frame.subject:
        if (place == taken and place != "subj") or (place in _LAST and platforms):
            continue
        nodes = _places(phrases, trigger, place)
        if trigger.lemma == "include":
            # "its customers include P and X": they are its customers
            nodes = [n for n in nodes if n.lemma not in words("nouns", "customers")]
        found = [
            f for f in phrases.fill(nodes, "platform", (), trigger) if not _runs_it(f, trigger)
        ]
        if frame.subject_is == "product":
            found = [f for f in found if _is_product(f)]
        elif found and place not in _LAST:
            found += [
                f
                for f in phrases.fill(nodes, "organisation", (), trigger)
                if f.name.name not in {g.name.name for g in found}
                and f.how == "name"
                and not _of_an_owner(f.node)
                and not _is_plain(f.name)
            ]
        platforms += [f for f in found if f.name.name not in {p.name.name for p in platforms}]
    platforms = platforms or _astray(frame, trigger) or _built_in(phrases, frame, trigger)
    if not platforms and frame.subject_is == "product":
        platforms = _of_the_speaker(phrases, trigger)
    if trigger.lemma == "announce":
        # "announced Z on Twitter": told there, not offered
        platforms = [p for p in platforms if p.name.kind in SERVICES]
    return platforms + _row(phrases, platforms)


def _of_the_speaker(phrases: Phrases, verb: Node) -> list[Filler]:
    """``X said the feature was powered by Z``: X, whose feature it is."""
    powered = [n for n in args.objects(verb) if n.name is None and n.lemma in _FEATURES]
    own = [n for n in powered if n.all("det") and not n.all("poss") and not _is_of(n)]
    tellers = args.speakers(verb) if own else []
    found = phrases.roles.parties([n for n in tellers if n.name is not None], "company")
    return [replace(f, how="part") for f in found if not publishes(f.name)]


def _is_of(noun: Node) -> bool:
    return any(n.name is not None for n in (*noun.children, *args.of_preposition(noun, "of", "in")))


_FEATURES = frozenset({"feature", "tool", "assistant", "service", "product", "app", "chatbot"})


def _runs_it(filler: Filler, trigger: Node) -> bool:
    """``runs on X's models``, ``runs on Y chips``: what it runs on is no place where it is offered."""
    if filler.how != "part" or filler.name.is_artefact:
        return False
    head = filler.node.head
    while head is not None and head.name is not None:
        # "on X's and Y's models"
        head = head.head
    if head is None:
        return False
    return trigger.lemma in ("run", "operate") and head.lemma in _RUN_ON


_RUN_ON = frozenset({"model", "llm", "weight", "chip", "gpu", "gpus", "tpu", "tpus", "cpu"}) | {
    "processor",
    "accelerator",
    "silicon",
}


def _is_tool(name: Name) -> bool:
    """A company's product, but no lab's assistant."""
    assistant = name.entity is not None and name.entity.id in ASSISTANTS
    return name.kind is EntityKind.PRODUCT and bool(name.owner) and not assistant


BUILDING_IN = frozenset(
    {"integrate", "embed", "incorporate", "bundle", "preload", "bake", "weave", "fold"}
)
PUTTING = frozenset({"launch", "deploy", "introduce"})
"""Build in where it is into devices: ``will launch Z in vehicles``."""


def _built_in(phrases: Phrases, frame: Frame, trigger: Node) -> list[Filler]:
    """``integrated into X``, ``preloaded on X's phones``: X, whatever else it is."""
    if trigger.lemma not in BUILDING_IN and trigger.lemma not in PUTTING:
        return []
    nodes = [
        n
        for place in ("into", "in", "inside", "on", "within", "across", "throughout")
        if place in frame.subject
        for n in _places(phrases, trigger, place)
    ]
    carried = any(
        each.name is None and each.lemma in words("nouns", "carrier")
        for n in nodes
        for each in conjuncts(n)
    )
    if trigger.lemma in PUTTING and not carried:
        return []
    if carried or not nodes:
        # "X has integrated Z", "X will launch Z in vehicles": in its own
        of_others = any(c.name for n in nodes for c in n.all("poss", "compound"))
        doers = [] if of_others else _doers(phrases, trigger)
        if doers or trigger.lemma in PUTTING:
            return [replace(d, how="part") for d in doers]
    owned = [
        o
        for n in nodes
        for each in conjuncts(n)
        if each.name is None and each.lemma in words("nouns", "offered")
        for o in (*each.all("poss"), *each.all("compound"))
        if o.name is not None
    ]
    found = phrases.fill([*nodes, *owned], "organisation", (), trigger)
    found = [f for f in found if f.node.name is not None and not f.name.is_authority]
    own = any(c.word in ("its", "their") for n in nodes for c in n.all("poss"))
    if own or (found and all(f.name.entity is None for f in found)):
        # "X is embedding it in its Z", "in Z": X, where Z is unknown
        doers = _doers(phrases, trigger, known=not own)
        return [replace(d, how="part") if own else d for d in doers] or found
    return found


def _doers(phrases: Phrases, trigger: Node, *, known: bool = True) -> list[Filler]:
    """The companies that build something in; only those of the registry if need be."""
    found = phrases.fill(args.subjects(trigger), "organisation", (), trigger)
    return [
        f for f in found if (f.name.entity is not None or not known) and not f.name.is_authority
    ]


def _astray(frame: Frame, trigger: Node) -> list[Filler]:
    """Services told in the trigger's clause, where the parse hangs them on another of its words."""
    top = trigger.head if trigger.pos == "ADJ" and trigger.head is not None else trigger
    return [
        Filler(n, n.name)
        for prep in top.subtree()
        if prep.dep == "prep"
        and prep.word in frame.subject
        and prep.index > trigger.index
        and not crosses_clause(prep, top)
        for n in prep.all("pobj")
        if n.name is not None and (n.name.kind in SERVICES or _is_tool(n.name))
    ]


def _is_plain(name: Name) -> bool:
    """``Word``, ``Outlook``: a word of every day names a product sooner than a company."""
    return name.entity is None and is_word(name.name)


def _of_an_owner(node: Node) -> bool:
    """``Databricks' Fenwork``, where Fenwork is unknown: its owner is the one to be told."""
    return any(n.name is not None for n in node.all("poss"))


_LAST = frozenset({"subj", "users", "causer", "giver", "supporter", "maker of it"})
"""Places that tell the platform only if no other does."""


def _is_product(filler: Filler) -> bool:
    """Whether something that a company makes is meant: ``Siri``, ``DuckDuckGo's chatbot``."""
    if filler.name.is_artefact:
        return True
    above = filler.node.head
    return filler.how == "part" and above is not None and above.lemma in words("nouns", "offered")


_BETWEEN = frozenset(
    {",", "and", "or", "&", "on", "in", "via", "through", "from", "today", "now", "also", "as"}
    | {"well", "at", "the", "'s", "both"}
)
"""What stands between the members of a list of platforms, however the parse hangs them."""


def _row(phrases: Phrases, platforms: list[Filler]) -> list[Filler]:
    """The services listed after one that was found."""
    found: list[Filler] = []
    names = {p.name.name for p in platforms}
    nodes = phrases.parsed.nodes
    for platform in platforms:
        if platform.name.kind not in SERVICES or platform.how != "name":
            continue
        for node in nodes[platform.node.index + 1 :]:
            if node.name is None and node.word in _BETWEEN:
                continue
            if node.name is None or node.name.kind not in (*SERVICES, EntityKind.COMPANY):
                break
            if node.dep in ("nsubj", "nsubjpass"):
                # "since Z became available on P, X has": X acts
                break
            offers = node.name.kind in SERVICES or phrases.fill([node], "platform", (), node)
            if offers and node.name.name not in names and not owns_next(nodes, node):
                names.add(node.name.name)
                found.append(Filler(node, node.name))
    return found


def owns_next(nodes: Sequence[Node], node: Node) -> bool:
    """``Google Cloud's Vertex AI``: the service is meant, not whose it is."""
    after = nodes[node.index + 1] if node.index + 1 < len(nodes) else None
    return after is not None and after.word in ("'s", "'")


def _places(phrases: Phrases, trigger: Node, place: str) -> list[Node]:
    if place == "surface":
        return args.surface_subjects(trigger)
    if place == "giver":
        verb = support(trigger)
        gives = verb is not None and verb.lemma in _GIVING
        return [_what_it_is(n) for n in args.subjects(verb)] if verb is not None and gives else []
    if place == "supporter":
        verb = support(trigger)
        return args.surface_subjects(verb) if verb is not None and verb.lemma in _SUPPORTING else []
    if place == "maker of it":
        return _makers_of_it(trigger)
    if place == "users":
        return _users(trigger)
    if place == "causer":
        above = trigger.head
        lets = above is not None and above.lemma in words("nouns", "granting")
        return args.surface_subjects(above) if above is not None and lets else []
    nodes = nodes_at(phrases.parsed, trigger, place)
    if place == "subj":
        return [_what_it_is(n) for n in nodes]
    if (
        trigger.pos == "ADJ"
        and trigger.head is not None
        and (trigger.head.tag.startswith("VB") or trigger.head.pos == "AUX")
    ):
        nodes += [n for n in args.of_preposition(trigger.head, place) if n not in nodes]
    deeper: list[Node] = []
    for node in nodes:
        for each in conjuncts(node):
            if each.name is not None and each.name.is_artefact:
                deeper += [
                    n
                    for n in args.of_preposition(each, "on", "in", "via", "through")
                    if n not in nodes
                ]
            elif each.name is None and each.lemma in _JOINING:
                deeper += args.of_preposition(each, "with")
    return nodes + deeper + _beside_others(trigger, place)


_SUPPORTING = frozenset(
    {"announce", "add", "introduce", "launch", "bring", "have", "expand", "extend", "ship"}
)


def _makers_of_it(adjective: Node) -> list[Node]:
    """``P made Z available to its users``: P."""
    verb = adjective.head
    if verb is None or verb.lemma not in ("make", "render") or args.is_passive(verb):
        return []
    return args.surface_subjects(verb) if adjective.dep in _SAID_OF_OBJECT else []


_SAID_OF_OBJECT = frozenset({"ccomp", "oprd", "acomp", "xcomp"})
_GIVING = frozenset({"give", "provide", "offer", "grant", "deliver", "unlock", "expose"})
_JOINING = frozenset({"integration", "partnership", "tie-up", "collaboration", "connector"})
"""``available through integrations with A and B``: through A and B."""


def _what_it_is(node: Node) -> Node:
    """``P is a service that gives access``: P."""
    if node.name is None and node.dep == "attr" and node.head is not None:
        return next(iter(args.surface_subjects(node.head)), node)
    return node


def _users(trigger: Node) -> list[Node]:
    """``P's customers get``, ``reaches users of P``: the noun that tells whose customers they are."""
    verb = trigger if trigger.tag.startswith("VB") else support(trigger)
    if verb is None and trigger.dep == "npadvmod":
        # "offers its customers a year of Z"
        verb = next((n for n in trigger.ancestors() if n.tag.startswith("VB")), None)
    if verb is None:
        return []
    near = args.objects(verb)
    if verb.lemma not in ("include", "feature"):
        # "P's customers include X": X is one of them
        near = [*args.surface_subjects(verb), *near]
    near += args.of_preposition(verb, "to", "for", "with")
    if trigger is not verb:
        near += args.of_preposition(trigger, "to", "for")
    served = [n for n in near if n.name is None and n.lemma in words("nouns", "customers")]
    # "people who use P can switch to Z"
    using = [
        c for n in near for c in n.all("relcl", "acl") if c.lemma in words("nouns", "using_verb")
    ]
    return served + [o for c in using for o in args.objects(c) if o.name is not None]


def _beside_others(verb: Node, place: str) -> list[Node]:
    """``joins 130 models already available on P``: P."""
    if verb.lemma != "join":
        return []
    there = [
        d
        for o in args.objects(verb)
        for d in o.subtree()
        if d.word in ("available", "offered", "hosted", "accessible", "live", "listed")
    ]
    return [n for d in there for n in args.of_preposition(d, place)]
