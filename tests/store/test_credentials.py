"""Credentials come from the environment or the keyring, and are told to nobody."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import keyring
import keyring.backend
import keyring.errors
import pytest

from kg.store import StoreError, StoreReadOnlyError, open_store
from kg.store.credentials import Credentials, credentials
from tests.store.test_remote import JSON, Scripted, remote, server  # noqa: F401 - fixtures

URL = "https://graph.example.org/sparql"


class Kept(keyring.backend.KeyringBackend):
    """A keyring in memory."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise keyring.errors.KeyringLocked("the collection is locked: s3cret")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def get_credential(
        self, service: str, username: str | None
    ) -> keyring.credentials.Credential | None:
        for (kept_for, user), password in self.kept.items():
            if kept_for == service and username in (None, user):
                return keyring.credentials.SimpleCredential(user, password)
        self.get_password(service, username or "")
        return None


@pytest.fixture
def ring() -> Iterator[Kept]:
    before = keyring.get_keyring()
    keyring.set_keyring(mine := Kept())
    yield mine
    keyring.set_keyring(before)


def test_the_environment_comes_first(ring: Kept) -> None:
    ring.set_password(URL, "ada", "from the ring")
    both = {"KG_REMOTE_USER": "eve", "KG_REMOTE_PASSWORD": "from the environment"}
    assert credentials(URL, both) == Credentials("eve", "from the environment")
    token = credentials(URL, {**both, "KG_REMOTE_TOKEN": "t0ken"})
    assert (token.user, token.token) == (None, "t0ken")
    assert credentials(URL, {}) == Credentials("ada", "from the ring")
    assert credentials(URL, {"KG_REMOTE_USER": "ada"}) == Credentials("ada", "from the ring")
    assert credentials(URL, {"KG_REMOTE_USER": "eve"}) == Credentials("eve")
    assert not credentials("https://elsewhere.example/sparql", {})


def test_a_locked_keyring_is_told(ring: Kept) -> None:
    ring.locked = True
    with pytest.raises(StoreError, match="unlock it") as caught:
        credentials(URL, {})
    assert "s3cret" not in str(caught.value)


def test_the_keyrings_password_is_given_when_asked_for_and_told_to_nobody(
    server: Scripted,  # noqa: F811
    remote: object,  # noqa: F811
    ring: Kept,
    caplog: pytest.LogCaptureFixture,
) -> None:
    ring.set_password(server.url, "ada", "s3cret")
    caplog.set_level(logging.DEBUG)
    server.reply = lambda _: (401, {"WWW-Authenticate": "Basic realm=x"}, b"")
    with pytest.raises(StoreReadOnlyError) as caught, open_store(server.url).read() as reader:
        list(reader.graph_names())
    assert server.seen[-1][0]["Authorization"].startswith("Basic ")
    server.reply = lambda _: (500, JSON, b"no account ada with password s3cret")
    with pytest.raises(StoreError) as echoed, open_store(server.url).read() as reader:
        list(reader.graph_names())
    assert "no account ada" in str(echoed.value)
    told = [str(caught.value), str(echoed.value), caplog.text, repr(credentials(server.url))]
    assert not any("s3cret" in text for text in told)
