"""Requests to a SPARQL server: credentials, retries, and errors in plain words."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.store.credentials import credentials
from kg.store.dialects import Dialect, recognise
from kg.store.errors import (
    QueryError,
    QueryTimeoutError,
    StoreError,
    StoreMissingError,
    StoreReadOnlyError,
)

if TYPE_CHECKING:
    import requests

_TRIES = 3
_WAIT = 60.0
"""Seconds without a byte after which the server is given up."""

_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Endpoint:
    """One server, spoken to with the credentials of ``kg.store.credentials``.

    A user's password is sent by basic or digest authentication, as the server asks; a token
    as bearer. They appear in no message, and leave the machine unencrypted only with
    ``KG_REMOTE_INSECURE=1``.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.username or parts.password:
            raise StoreError(
                f"{parts.scheme}://…@{parts.hostname}: leave user and password out of the address; "
                "set KG_REMOTE_USER and KG_REMOTE_PASSWORD instead"
            )
        self.url = url.rstrip("/")
        self._credentials = credentials(self.url)
        self._session: requests.Session | None = None
        self._dialect: Dialect | None = None
        if (
            self._credentials
            and parts.scheme != "https"
            and parts.hostname not in _LOOPBACK
            and not os.environ.get("KG_REMOTE_INSECURE")
        ):
            raise StoreError(
                f"{self.url}: would send the password unencrypted; use https, or set "
                "KG_REMOTE_INSECURE=1 if the network is yours"
            )

    @property
    def dialect(self) -> Dialect:
        """The server's dialect, found out by a first request."""
        if self._dialect is None:
            response = self._send("POST", self.url, data={"query": "ASK {}"}, check=False)
            self._dialect = recognise(self.url, response.headers, signed_in=bool(self._credentials))
        return self._dialect

    def query(
        self,
        sparql: str,
        accept: str,
        parameters: Iterable[tuple[str, str]] = (),
        timeout: float | None = None,
    ) -> bytes:
        """The whole answer to a query; ``timeout`` in seconds holds for all of it."""
        return b"".join(self.stream(sparql, accept, parameters, timeout))

    def stream(
        self,
        sparql: str,
        accept: str,
        parameters: Iterable[tuple[str, str]] = (),
        timeout: float | None = None,
    ) -> Iterator[bytes]:
        """The answer to a query in pieces."""
        import requests

        deadline = None if timeout is None else time.monotonic() + timeout
        form = [("query", sparql), *parameters]
        response = self._send(
            "POST",
            self.dialect.query,
            data=form,
            accept=accept,
            stream=True,
            wait=timeout or _WAIT,
        )
        if "X-SPARQL-MaxRows" in response.headers:
            raise QueryError(
                f"{self.url}: the server cut the answer off after "
                f"{response.headers['X-SPARQL-MaxRows']} rows; raise its ResultSetMaxRows, or add "
                "LIMIT and OFFSET"
            )
        try:
            with response:
                for piece in response.iter_content(1 << 16):
                    yield piece
                    if deadline is not None and time.monotonic() > deadline:
                        raise QueryTimeoutError(
                            f"the query took longer than {timeout:g} s; make it more specific, add a "
                            "LIMIT, or allow more time"
                        )
        except requests.RequestException as error:
            raise QueryError(
                f"{self.url}: the answer broke off ({_plain(error)}); the server may have a time "
                "limit; try again, or make the query more specific"
            ) from error

    def update(self, sparql: str, *, repeatable: bool = True) -> None:
        """Run a SPARQL Update; one that does the same again if repeated is retried."""
        self._send(
            "POST", self.dialect.update, data={"update": sparql}, tries=_TRIES if repeatable else 1
        )

    def upload(self, graph: str, ntriples: bytes) -> None:
        """Add triples to a graph by the Graph Store Protocol."""
        self._send(
            "POST",
            self.dialect.data,
            data=ntriples,
            parameters={"graph": graph},
            kind="application/n-triples",
        )

    def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def _send(
        self,
        method: str,
        url: str,
        *,
        data: object,
        parameters: dict[str, str] | None = None,
        accept: str = "*/*",
        kind: str | None = None,
        stream: bool = False,
        check: bool = True,
        wait: float = _WAIT,
        tries: int = _TRIES,
    ) -> requests.Response:
        import requests

        headers = {"Accept": accept, **({"Content-Type": kind} if kind else {})}
        session = self._connected()
        for attempt in range(1, tries + 1):
            try:
                response = session.request(
                    method,
                    url,
                    data=data,  # type: ignore[arg-type]
                    params=parameters,
                    headers=headers,
                    stream=stream,
                    timeout=(10, wait),
                    allow_redirects=False,
                )
            except requests.Timeout as error:
                raise QueryTimeoutError(
                    f"{self.url}: no answer within {wait:g} s; make the query more specific or "
                    "allow more time"
                ) from error
            except requests.RequestException as error:
                if attempt == tries:
                    raise StoreMissingError(
                        f"{self.url}: cannot be reached ({_plain(error)}); is the address right "
                        "and the server running?"
                    ) from error
            else:
                if self._signs_in(response):
                    return self._send(
                        method,
                        url,
                        data=data,
                        parameters=parameters,
                        accept=accept,
                        kind=kind,
                        stream=stream,
                        check=check,
                        wait=wait,
                        tries=tries,
                    )
                if response.status_code not in (502, 503, 504) or attempt == tries:
                    if check:
                        self._check(response)
                    return response
            time.sleep(0.2 * 2**attempt)
        raise StoreMissingError(f"{self.url}: cannot be reached")

    def _connected(self) -> requests.Session:
        if self._session is None:
            import requests

            self._session = requests.Session()
            if token := self._credentials.token:
                self._session.headers["Authorization"] = f"Bearer {token}"
        return self._session

    def _signs_in(self, response: requests.Response) -> bool:
        """Whether the server asked for the password for the first time; it will be given.

        It is not sent unasked: Virtuoso, shown a basic password, does not ask for a digest.
        """
        from requests.auth import HTTPBasicAuth, HTTPDigestAuth

        session = self._connected()
        if response.status_code != 401 or not self._credentials.user or session.auth is not None:
            return False
        asked = response.headers.get("WWW-Authenticate", "").lower()
        method = HTTPDigestAuth if asked.startswith("digest") else HTTPBasicAuth
        session.auth = method(self._credentials.user, self._credentials.password)
        return True

    def _check(self, response: requests.Response) -> None:
        status = response.status_code
        if status < 300:
            return
        told = self._credentials.hide(" ".join(response.text.split()))[:300]
        if status in (401, 403) or "No permission" in told:
            raise StoreReadOnlyError(
                f"{self.url}: the server refuses access ({status}); set KG_REMOTE_USER and "
                "KG_REMOTE_PASSWORD (or KG_REMOTE_TOKEN) to an account that may do this, or keep "
                "them in the keyring"
            )
        if status in (301, 302, 307, 308):
            target = self._credentials.hide(response.headers.get("Location", "nowhere"))
            raise StoreError(f"{self.url}: has moved to {target}; use that address")
        if status in (404, 405):
            raise StoreMissingError(
                f"{self.url}: there is no SPARQL server at this address ({status}); name its query "
                "address, such as https://host/sparql"
            )
        if status in (408, 503, 504):
            raise QueryTimeoutError(f"{self.url}: the server gave up ({status}: {told})")
        if status == 400:
            raise QueryError(f"the server does not understand the query: {told}")
        raise StoreError(f"{self.url}: the server failed ({status}: {told})")


def _plain(error: Exception) -> str:
    """The last cause of a network error: without addresses and parameters."""
    cause: BaseException = error
    while cause.__context__ is not None:
        cause = cause.__context__
    return str(cause) or type(cause).__name__
