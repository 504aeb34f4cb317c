"""How ids are made: a digest of what a thing is made of, a name as an identifier."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata


def digest(*parts: object) -> str:
    """Sixteen hex digits of SHA-256 over the parts, unambiguous and stable."""
    encoded = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(encoded.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def slug(text: str) -> str:
    """A name as an identifier: lower case ASCII letters, digits and single hyphens."""
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")
