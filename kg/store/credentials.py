"""The user and password, or token, for a store on a server: from the environment or a keyring."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.store.errors import StoreError


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a server may ask for. The secrets are left out of ``repr``, so out of logs."""

    user: str | None = None
    password: str = field(default="", repr=False)
    token: str | None = field(default=None, repr=False)

    def __bool__(self) -> bool:
        return bool(self.user or self.token)

    def hide(self, text: str) -> str:
        """A text that came from outside, such as a server's error, without the secrets."""
        for secret in (self.password, self.token):
            if secret:
                text = text.replace(secret, "…")
        return text


def credentials(url: str, environment: Mapping[str, str] = os.environ) -> Credentials:
    """The credentials for the store at ``url``.

    ``KG_REMOTE_TOKEN``, else ``KG_REMOTE_USER`` with ``KG_REMOTE_PASSWORD``. What is not in the
    environment is looked up under the address in the system's keyring, where the package
    ``keyring`` is installed (``pip install ai-industry-kg[keyring]``). Raises StoreError where
    the keyring is locked.
    """
    if token := environment.get("KG_REMOTE_TOKEN"):
        return Credentials(token=token)
    user = environment.get("KG_REMOTE_USER")
    password = environment.get("KG_REMOTE_PASSWORD")
    if user and password is not None:
        return Credentials(user, password)
    try:
        import keyring
        import keyring.errors
    except ModuleNotFoundError:
        return Credentials(user)
    try:
        found = keyring.get_credential(url, user)
    except keyring.errors.NoKeyringError:
        return Credentials(user)
    except keyring.errors.KeyringError as error:
        raise StoreError(
            f"{url}: the keyring cannot be read ({type(error).__name__}); unlock it, or set "
            "KG_REMOTE_USER and KG_REMOTE_PASSWORD"
        ) from error
    if found is None:
        return Credentials(user)
    return Credentials(found.username or user, found.password)
