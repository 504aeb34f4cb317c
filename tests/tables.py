"""YAML files of cases: read once, and by libyaml where there is one, ten times as fast."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def table(path: Path) -> Any:
    """What a file holds; shared, so not to be changed."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader
