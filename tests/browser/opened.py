"""One page, open in the browser, and what it asked for and complained of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

SCREEN = {"width": 1440, "height": 900}
CY = "document.getElementById('picture')._cyreg.cy"
"""The library keeps itself at the element that it draws in."""


class Opened:
    """A page of `peerkeeper map`."""

    def __init__(self, browser: Any, path: Path, context: dict[str, Any]) -> None:
        self.context = browser.new_context(**({"viewport": SCREEN} | context))
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.expected: list[str] = []
        self.url = path.as_uri()
        self.context.route("**/*", self._judge)
        self.page = self.context.new_page()
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("console", lambda said: self.complaints.append(said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(self.url)

    def _judge(self, route: Any) -> None:
        (route.continue_ if route.request.url == self.url else route.abort)()

    def _note(self, url: str) -> None:
        if url.partition("#")[0] != self.url:
            self.asked.append(url)

    def ask(self, expression: str) -> Any:
        """Return the value of a JavaScript expression."""
        return self.page.evaluate(expression)

    def drawn(self, selector: str) -> int:
        """Return how many things of the picture match, hidden ones not counted."""
        return int(self.ask(f"{CY}.elements('{selector}').filter(e => e.visible()).length"))

    def click(self, element: str) -> None:
        """Click a thing of the picture where it is seen: a card in its middle, a line in its own."""
        x, y = self.ask(
            f"""(() => {{ const it = {CY}.getElementById('{element}');
              const at = it.isNode() ? it.renderedPosition() : it.renderedMidpoint();
              const box = document.getElementById('picture').getBoundingClientRect();
              return [box.x + at.x, box.y + at.y]; }})()"""
        )
        self.page.mouse.click(x, y)

    def panel(self) -> str:
        """Return the words of the open panel; nothing where it is closed."""
        panel = self.page.locator("#panel")
        return str(panel.inner_text()) if panel.is_visible() else ""

    def close(self) -> None:
        """Close the page."""
        self.context.close()
