"""The site that `make docs` built, in a browser, without a server and without the network.

In: build/site. Out: the addresses of its pages, and a `Reader`, who goes from page to page in one tab and
keeps what failed and what the console said.
"""

from __future__ import annotations

from mimetypes import guess_type
from pathlib import Path
from typing import Any

from tests.browser.site import axe

SITE = Path(__file__).parents[3] / "build/site"
HOST = "http://site.invalid"
INDEX = "/search/search_index.json"
EMPTY = '{"config": {"separator": " ", "pipeline": [], "fields": {}, "lang": ["en"]}, "docs": []}'
"""A search without a page: each page of the site loads the index anew, and that takes longest."""


def addresses() -> list[str]:
    """Return the address of each page, below the host."""
    return sorted(page.parent.relative_to(SITE).as_posix() for page in SITE.rglob("index.html"))


class Reader:
    """Somebody who reads in a browser, with or without the search."""

    def __init__(self, browser: Any, *, search: bool) -> None:
        self._search = search
        self.context = browser.new_context(reduced_motion="reduce")
        self.context.route("**/*", self._answer)
        self.failed: list[str] = []
        self.complaints: list[str] = []
        self.page = self.context.new_page()
        self.page.on("requestfailed", lambda request: self.failed.append(request.url))
        self.page.on("console", lambda said: self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def take(self, width: int, scheme: str) -> None:
        """Take a screen of this width, in this scheme of colours."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme=scheme)

    def go(self, address: str) -> None:
        """Open a page."""
        self.failed.clear()
        self.complaints.clear()
        self.page.goto(f"{HOST}/{address}/".replace("/./", "/"))

    def _answer(self, route: Any) -> None:
        """Answer from the folder; a request that leaves the host, or finds nothing, fails."""
        address = str(route.request.url).removeprefix(HOST)
        path = SITE / address.partition("#")[0].partition("?")[0].strip("/")
        path = path / "index.html" if path.is_dir() else path
        if address == axe.ADDRESS:
            route.fulfill(body=axe.script(), content_type="text/javascript")
        elif address == INDEX and not self._search:
            route.fulfill(body=EMPTY, content_type="application/json")
        elif address.startswith("/") and path.is_file():
            route.fulfill(body=path.read_bytes(), content_type=guess_type(path.name)[0])
        else:
            route.abort()
