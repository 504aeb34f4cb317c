"""``/ask``: a question in plain English, how it was understood, and what the graph says."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response

from kg import vocabulary as v
from kg.web import twins, views
from kg.web.highlighting import highlighted
from kg.web.negotiation import HTML
from kg.web.pages.home import QUESTIONS
from kg.web.rendering import here, link
from kg.web.visits import TWINS, Visit, alternatives, visit


@visit
def page(visit: Visit) -> Response:
    """The question's answer; as JSON or CSV where that is asked for."""
    from kg.questions import ask

    question = visit.parameter("q", 500)
    if not question:
        return visit.page("ask.html", question="", answer=None, examples=QUESTIONS)
    currency = visit.parameter("in", 20) or None
    answer = ask(visit.snapshot.reader, question, currency=currency)
    form = visit.parameter("format") or _form(visit)
    if form == "json":
        return JSONResponse(answer.as_dict())
    if form is not None and form in TWINS:
        columns = list(answer.columns)
        rows = [columns, *([row.get(c, "") for c in columns] for row in answer.rows())]
        records = {r.id: r for item in answer.answers for r in item.relationships}
        return twins.relationships(form, visit.snapshot.reader, records.values(), rows)
    asked = {"q": question, **({"in": currency} if currency else {})}
    items = [
        {
            "name": item.name,
            "address": here(item.id) if item.id.startswith(v.ID) else None,
            "extra": [(k, x) for k, x in item.extra.items() if isinstance(x, str | int | float)],
            "cards": [views.card(r) for r in item.relationships[:6]],
            "more": max(0, len(item.relationships) - 6),
        }
        for item in answer.answers[:200]
    ]
    return visit.page(
        "ask.html",
        question=question,
        answer=answer,
        items=items,
        query=highlighted(answer.sparql) if answer.sparql else None,
        examples=QUESTIONS,
        twins=[
            ("JSON", link("/ask", **asked, format="json")),
            *alternatives("/ask", link("", **asked)),
        ]
        if answer.understood
        else (),
    )


def _form(visit: Visit) -> str | None:
    """As for other pages, but plain JSON is the answer as ``kg ask --format json`` has it."""
    accept = visit.accept
    if "form" not in visit.request.path_params and accept.names("application/json"):
        chosen = accept.best([HTML, "application/json", *TWINS.values()])
        if chosen == "application/json":
            return "json"
    return visit.form()
