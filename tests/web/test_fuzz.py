"""Requests made up from the OpenAPI description: none may end in a 5xx."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.web import programs
from tests.web.conftest import Site

_PHASES = (Phase.explicit, Phase.generate)
_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)


@given(
    st.sampled_from(
        ["/search", "/suggest", "/ask", "/sparql", "/regulators", "/kind/investment", "/explorer"]
    ),
    st.dictionaries(
        st.sampled_from(["q", "query", "format", "page", "authority", "x"]), _TEXT, max_size=3
    ),
    st.sampled_from(
        ["text/html", "*/*", "text/csv", "application/ld+json", "text/turtle", ";;,q="]
    ),
)
@settings(
    max_examples=150,
    deadline=None,
    phases=_PHASES,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_parameters(site: Site, path: str, parameters: dict[str, str], accept: str) -> None:
    reply = site.get(f"{path}?{urlencode(parameters)}", accept)
    assert reply.status < 500, reply.text


@given(
    st.sampled_from(
        ["/id/", "/article/", "/kind/", "/entities/", "/static/", "/explorer/evidence/", "/"]
    ),
    _TEXT,
)
@settings(
    max_examples=150,
    deadline=None,
    phases=_PHASES,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_path(site: Site, start: str, rest: str) -> None:
    from urllib.parse import quote

    reply = site.page(start + quote(rest))
    assert reply.status < 500, reply.text


@pytest.mark.interop
def test_schemathesis(site: Site) -> None:
    schemathesis = programs.python(programs.SCHEMATHESIS, "schemathesis")
    schema = schemathesis.openapi.from_dict(json.loads(site.get("/openapi.json").body))
    tried = sum(_try(operation.ok(), site) for operation in schema.get_all_operations())
    assert tried > 200


def _try(operation: Any, site: Site) -> int:
    """Send requests of one operation; how many could be sent."""
    # What is of the server and not of this address may be answered anywhere.
    known = {*operation.definition.raw["responses"], "404", "405", "414", "421"}
    tried = 0

    @given(case=operation.as_strategy())
    @settings(
        max_examples=25,
        deadline=None,
        phases=_PHASES,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def once(case: Any) -> None:
        nonlocal tried
        try:
            response = case.call(base_url=site.url, timeout=30)
        except (UnicodeError, http.client.InvalidURL):
            return  # what no client can send
        tried += 1
        assert response.status_code < 500, response.text
        assert str(response.status_code) in known

    once()
    return tried
