"""A page of the browser, for tests to drive.

Pictures go to the folder named by ``KG_SCREENSHOTS``, if it is set.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from tests.web.conftest import Site

FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
]


class Tab:
    """A page of the browser that remembers what was wrong on it."""

    def __init__(self, browser: Any, site: Site, **options: Any) -> None:
        self.site = site
        options.setdefault("viewport", {"width": 1280, "height": 900})
        self.context = browser.new_context(bypass_csp=False, accept_downloads=True, **options)
        self.page = self.context.new_page()
        self.wrong: list[str] = []
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on(
            "console",
            lambda message: self.wrong.append(message.text) if message.type == "error" else None,
        )

    def open(self, address: str) -> Any:
        self.page.goto(self.site.url + address)
        self.page.wait_for_load_state("networkidle")
        return self.page

    def explore(self, address: str = "/explorer") -> Any:
        self.open(address)
        self.page.wait_for_selector("#explorer[data-ready=yes]", timeout=20_000)
        self.page.wait_for_selector("#layout[aria-pressed=false]", timeout=20_000)
        return self.page

    def picture(self, name: str) -> None:
        if folder := os.environ.get("KG_SCREENSHOTS"):
            self.page.screenshot(path=Path(folder) / f"{name}.png")
