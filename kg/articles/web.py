"""One page from the public web, and nothing from anywhere else.

Whoever writes an address may not know where it leads: a name may stand for a machine
inside the user's network, a redirect may point there. So every name is resolved here,
every address it has must be public, and the connection goes to the address that was
checked. Proxies of the environment are not used.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from kg.articles.source import ArticleError, Limits, size

Resolve = Callable[[str, int], list[str]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_REDIRECTS = {301, 302, 303, 307, 308}
_TYPES = (
    "text/",
    "application/xhtml+xml",
    "application/pdf",
    "application/json",
    "application/xml",
)
_FEEDS = (
    "application/rss+xml",
    "application/atom+xml",
    "application/x-ndjson",
    "application/jsonl",
)
_REFUSED = [
    ipaddress.ip_network(network)
    for network in (
        "168.63.129.16/32",  # the host of a virtual machine on Azure
        "64:ff9b:1::/48",  # NAT64 of a local network
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
    )
]
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SAFE = "%/:=&?~#+!$,;'@()*[]"


@dataclass(frozen=True, slots=True)
class Page:
    """What came back: the address after redirects, the body, and how it was declared."""

    url: str
    body: bytes
    content_type: str
    charset: str | None


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host as the system knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: Address) -> bool:
    """Whether the address is one of the public internet, also in what it stands for in IPv6."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id:
            return False
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None and not is_public(inner):
            return False
        if address.ipv4_mapped is not None or address in _NAT64:
            return True
        if address.is_site_local:
            return False
    return (
        address.is_global
        and not address.is_multicast
        and not any(address in network for network in _REFUSED)
    )


def fetch(
    url: str,
    limits: Limits,
    *,
    resolve: Resolve = resolve,
    allowed: Callable[[Address], bool] = is_public,
) -> Page:
    """The page at an ``http`` or ``https`` address, its redirects followed.

    Every hop is checked anew. Raises ArticleError for an address that is not public, a
    status other than 200, a body that is too large, of another type, or too slow.
    """
    deadline = time.monotonic() + limits.seconds
    seen = url
    for _ in range(limits.redirects + 1):
        parts = _split(seen)
        with _Connection(parts, seen, deadline, resolve, allowed, limits.seconds) as connection:
            response = connection.get()
            target = response.getheader("Location")
            if response.status not in _REDIRECTS or not target:
                return connection.page(response, seen, limits)
        following = urljoin(seen, target)
        if parts.scheme == "https" and urlsplit(following).scheme != "https":
            raise ArticleError(
                f"{seen}: redirects from https to {following[:200]}; give that address yourself"
            )
        seen = following
    raise ArticleError(f"{url}: more than {limits.redirects} redirects; give the final address")


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ArticleError(f"{url[:200]}: not a valid address ({error})") from error
    if parts.scheme not in ("http", "https") or not host:
        raise ArticleError(f"{url[:200]}: only http and https addresses can be read")
    if parts.username is not None or parts.password is not None:
        raise ArticleError(f"{url[:200]}: holds a user name or password; give the address without")
    return parts


class _Connection:
    """One request to one checked address, ended when the time is up."""

    def __init__(
        self,
        parts: SplitResult,
        url: str,
        deadline: float,
        resolve: Resolve,
        allowed: Callable[[Address], bool],
        seconds: int,
    ) -> None:
        self._parts, self._url, self._deadline, self._seconds = parts, url, deadline, seconds
        self._host = parts.hostname or ""
        self._port = parts.port or (443 if parts.scheme == "https" else 80)
        self._address = self._checked(resolve, allowed)
        self._socket: socket.socket | None = None
        self._expired = threading.Event()
        self._timer = threading.Timer(max(0.0, deadline - time.monotonic()), self._expire)
        self._timer.daemon = True

    def _checked(self, resolve: Resolve, allowed: Callable[[Address], bool]) -> str:
        try:
            host = self._host.encode("idna").decode("ascii")
            addresses = resolve(host, self._port)
            checked = [ipaddress.ip_address(a) for a in addresses]
        except (OSError, UnicodeError, ValueError) as error:
            raise ArticleError(
                f"{self._url[:200]}: {self._host} has no address ({error}); check the spelling"
            ) from error
        if not checked:
            raise ArticleError(
                f"{self._url[:200]}: {self._host} has no address; check the spelling"
            )
        for address in checked:
            if not allowed(address):
                where = "" if str(address) == self._host else f"at {address}, "
                raise ArticleError(
                    f"{self._url[:200]}: {self._host} is {where}not on the public internet; "
                    f"save the page and give the file"
                )
        return str(checked[0])

    def __enter__(self) -> _Connection:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.close()

    def _expire(self) -> None:
        self._expired.set()
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def get(self) -> http.client.HTTPResponse:
        target = quote(self._parts.path or "/", safe=_SAFE)
        if self._parts.query:
            target += "?" + quote(self._parts.query, safe=_SAFE)
        try:
            left = max(0.1, self._deadline - time.monotonic())
            self._socket = socket.create_connection((self._address, self._port), timeout=left)
            if self._parts.scheme == "https":
                context = ssl.create_default_context()
                self._socket = context.wrap_socket(self._socket, server_hostname=self._host)
                client: http.client.HTTPConnection = http.client.HTTPSConnection(
                    self._host, self._port
                )
            else:
                client = http.client.HTTPConnection(self._host, self._port)
            client.sock = self._socket
            client.request(
                "GET",
                target,
                headers={
                    "User-Agent": "ai-industry-kg (reads one page for its user)",
                    "Accept": "text/html, application/xhtml+xml, text/plain, application/pdf, */*;q=0.1",
                    "Accept-Encoding": "identity",
                    "Connection": "close",
                },
            )
            return client.getresponse()
        except (OSError, http.client.HTTPException, UnicodeError, ValueError) as error:
            raise self._failed(error) from error

    def page(self, response: http.client.HTTPResponse, url: str, limits: Limits) -> Page:
        """The body of a response that is no redirect."""
        if response.status != 200:
            raise ArticleError(
                f"{url[:200]}: the server answered {response.status} {response.reason[:60]}; "
                f"open the page in a browser, save it and give the file"
            )
        header = Message()
        header["Content-Type"] = response.getheader("Content-Type") or "text/html"
        kind = header.get_content_type()
        if not kind.startswith((*_TYPES, *_FEEDS)):
            raise ArticleError(f"{url[:200]}: is {kind}, not an article")
        declared = response.getheader("Content-Length") or ""
        if declared.isascii() and declared.isdigit() and int(declared[:18]) > limits.document:
            raise self._too_large(url, limits)
        body = self._body(response, limits.document + 1)
        encoding = (response.getheader("Content-Encoding") or "identity").strip().lower()
        if encoding in ("gzip", "deflate"):
            body = self._unpacked(body, limits.document + 1)
        elif encoding != "identity":
            raise ArticleError(f"{url[:200]}: sent as {encoding}, which was not asked for")
        if len(body) > limits.document:
            raise self._too_large(url, limits)
        charset = header.get_content_charset()
        return Page(url, body, kind, charset)

    def _body(self, response: http.client.HTTPResponse, limit: int) -> bytes:
        parts, missing = [], limit
        try:
            while missing > 0 and (part := response.read1(min(missing, 65536))):
                parts.append(part)
                missing -= len(part)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise self._failed(error) from error
        if self._expired.is_set():
            raise self._failed(TimeoutError())
        if missing > 0 and response.length:
            raise self._failed(http.client.IncompleteRead(b"", response.length))
        return b"".join(parts)

    def _unpacked(self, body: bytes, limit: int) -> bytes:
        try:
            return zlib.decompressobj(wbits=47).decompress(body, limit)
        except zlib.error as error:
            raise ArticleError(f"{self._url[:200]}: damaged compressed data ({error})") from error

    def _failed(self, error: Exception) -> ArticleError:
        if self._expired.is_set() or isinstance(error, TimeoutError):
            return ArticleError(
                f"{self._url[:200]}: no complete answer within {self._seconds} s; "
                f"try again or raise KG_LIMIT_SECONDS"
            )
        what = str(error)[:160] or type(error).__name__
        return ArticleError(f"{self._url[:200]}: cannot be fetched: {what}; check the address")

    def _too_large(self, url: str, limits: Limits) -> ArticleError:
        return ArticleError(
            f"{url[:200]}: larger than {size(limits.document)}; save the article and give the file"
        )
