"""Hatchling's hook: the explorer goes into the wheel where Node.js is at hand.

Without Node.js or a network the wheel is built all the same, and the explorer's page says what
is missing. ``KG_SKIP_EXPLORER=1`` leaves it out.
"""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ExplorerBuildHook(BuildHookInterface[Any]):
    """Runs ``kg/web/build.py`` before a wheel is packed."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the explorer unless it is not wanted or what is there is of these sources."""
        script = Path(self.root) / "kg" / "web" / "build.py"
        if self.target_name != "wheel" or os.environ.get("KG_SKIP_EXPLORER"):
            return
        spec = importlib.util.spec_from_file_location("kg_web_build", script)
        if spec is None or spec.loader is None:
            return
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        if module.is_current():
            return
        try:
            module.build()
        except module.BuildError as error:
            self.app.display_warning(f"the graph explorer is left out: {error}")
