"""Whom people stand for: the company that they head, speak for or work at."""

from __future__ import annotations

from bisect import bisect_left

from kg.extraction.rules.descriptions import head_of
from kg.extraction.rules.fitting import (
    may_be_company,
)
from kg.extraction.rules.gazetteer import Name, publishes
from kg.extraction.rules.lexicon import table, words
from kg.extraction.rules.parsing import Node
from kg.extraction.rules.topics import Topics


class Offices(Topics):
    """Persons of an article and the companies that they are told of with."""

    def speaker(self, node: Node, sentence: int) -> Name | None:
        """Whose "we" stands in a quotation: the organisation of the one who says it.

        Told by the verb of saying above, by the words around the quotation, by those around the
        quotation before or after it, or else the organisation named after it.
        """
        for above in node.ancestors():
            if above.lemma in words("references", "saying") or above.lemma == "tell":
                found = self._spoken_for(above.child("nsubj"))
                if found is not None:
                    return found
        for index in (sentence, sentence - 1, sentence + 1):
            name = self.posts.speaker(index) if index in self.quoted else None
            if name is not None:
                return self.employer(name, node.start)
        if self.quotations.get(sentence, [(-1, 0)])[0][0] == self.starts.get(sentence):
            for place in reversed(self.before(node.start, 1, sentence)):
                firm = self.posts.organisation(place.name, node.start)
                if place.sentence == sentence - 1 and firm is not None:
                    return firm
        spans = self.quotations.get(sentence, [])
        outside = [
            p.name
            for p in self._places
            if p.sentence == sentence and not any(a <= p.name.start < b for a, b in spans)
        ]
        later = [n for n in outside if n.start > node.end]
        known = (
            n for n in later if may_be_company(n) and n.entity is not None and not publishes(n)
        )
        return next(known, None)

    def _spoken_for(self, subject: Node | None) -> Name | None:
        if subject is None:
            return None
        if subject.name is not None:
            return self.employer(subject.name, subject.start)
        # "a spokesman for X", "an X spokesman", "X's spokesman"
        firms = [n for c in subject.all("prep") if c.word in ("for", "of") for n in c.all("pobj")]
        firms += subject.all("compound", "nmod", "poss")
        named = [n.name for n in firms if n.name is not None and n.name.is_organisation]
        return named[0] if len(named) == 1 else None

    def employer(self, name: Name, place: int) -> Name | None:
        """The organisation that a person speaks for; an organisation itself."""
        if name.is_person or name.entity is None:
            found = self.posts.organisation(name, place) or self._known_to_head(name)
            if found is not None or name.is_person or name.kind is None:
                return found
        return name if may_be_company(name) else None

    def _employer(self, node: Node) -> Name | None:
        """``his company``, ``Huang's firm``, ``whose start-up``: that of the person."""
        if node.lemma not in words("nouns", "company"):
            return None
        for owner in node.all("poss"):
            if owner.word in ("his", "her"):
                person = self.person(owner)
            elif owner.word == "whose":
                above = next((n for n in node.ancestors() if n.dep == "relcl"), None)
                person = above.head.name if above is not None and above.head is not None else None
            else:
                person = owner.name
            if person is not None and (person.is_person or person.entity is None):
                return self.posts.organisation(person, node.start) or self._known_to_head(person)
        return None

    def _known_to_head(self, person: Name) -> Name | None:
        """The company of a person who is known to head but one, where the article tells of none."""
        if person.entity is None:
            return None
        known = self._registry.get(table("references")["heads"].get(person.entity.id, ""))
        if known is None:
            return None
        return Name(person.text, person.start, person.end, known.name, known, known.kind)

    def _headed(self, node: Node) -> Name | None:
        """``the Sam Altman-led start-up``: the company told to be that person's, else known to be."""
        head = head_of(node)
        if head is None:
            return None
        told = self.posts.organisation(head, node.start)
        return told if told is not None else self._known_to_head(head)

    def person(self, node: Node) -> Name | None:
        """The person told last before ``he``, ``his`` or ``her``, in this sentence or the one before."""
        stop = bisect_left(self._starts, node.start)
        last = self._places[stop - 1].sentence if stop else 0
        for place in self.before(node.start, 2, last):
            name = place.name
            posted = name.entity is None and self.posts.organisation(name, node.start) is not None
            if name.is_person or posted:
                return name
        for verb in node.ancestors():
            # "Ada Ortiz said she had": whoever that is
            says = verb.lemma in words("references", "saying") or verb.lemma == "tell"
            doer = verb.child("nsubj") if says else None
            if doer is not None and doer.name is not None and doer.index < node.index:
                name = doer.name
                return name if name.kind is None and name.entity is None else None
        return None

    def _headed_by(self, node: Node) -> Name | None:
        """``Intel chief Ada Ortiz reaffirmed the company's plan``: Intel, told beside who acts in the clause."""
        if node.dep != "poss":
            return None
        verb = next((n for n in node.ancestors() if n.child("nsubj") is not None), None)
        subject = verb.child("nsubj") if verb is not None else None
        if subject is None or subject.name is None or subject.index > node.index:
            return None
        firm = self.posts.organisation(subject.name, node.start) if subject.name.is_person else None
        return (
            firm if firm is not None and subject.start - 80 < firm.start < subject.start else None
        )
