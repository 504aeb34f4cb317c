"""One fact for the terminal: what it says, which words filled each role, and why so firmly."""

from __future__ import annotations

from kg.annotate.wording import UNNAMED, details, notes, reading, roles, spaced, sum_of
from kg.model import SYMMETRIC, Article, Mention, Statement


def explain(statement: Statement, article: Article) -> str:
    """A few lines of text, the offsets of every word in the article beside it.

    The first line is the fact, then its sentences, then what filled each role, then what
    the extractor noted of how it came to it (``Statement.derivation``).
    """
    arrow = "↔" if statement.kind in SYMMETRIC else "→"
    subject = statement.subject.name if statement.subject else f"({UNNAMED})"
    lines = [f"{statement.kind}: {subject} {arrow} {statement.object.name} ({statement.modality})"]
    lines += [
        f"  “{' '.join(e.quote.split())}” [{e.start}:{e.end}]" for e in sorted(statement.evidence)
    ]
    first, second = roles(statement)
    rows = [
        (first, _words(statement.subject, article)),
        (second, _words(statement.object, article)),
    ]
    rows += [
        ("amount", f"{sum_of(a)} ← “{a.stated}” [{a.start}:{a.end}]") for a in statement.amounts
    ]
    rows += [
        row
        for row in details(statement)
        if row[0] not in {spaced(r) for r, _ in statement.participants}
    ]
    rows += [(spaced(role), _words(mention, article)) for role, mention in statement.participants]
    noted = notes(statement)
    if not any(name == "modality" for name, _ in noted):
        noted.append(("modality", f"{statement.modality}; the extractor gave no reason"))
    rows += [(spaced(name), value) for name, value in noted]
    rows.append(
        (
            "extractor",
            f"{statement.extractor} {statement.extractor_version}, confidence {statement.confidence:.2f}",
        )
    )
    width = max(len(label) for label, _ in rows)
    return "\n".join([*lines, *(f"  {label:<{width}}  {value}" for label, value in rows)])


def _words(mention: Mention | None, article: Article) -> str:
    if mention is None:
        return UNNAMED
    known = "" if mention.entity is None else f" = {mention.entity}"
    where = f"[{mention.start}:{mention.end}]"
    if article.text[mention.start : mention.end] != mention.text:
        where += ", words that do not stand there"
    return f"{reading(mention)}{known} {where}"
