"""What axe-core finds hard to use, and what makes a page scroll sideways. In: a page. Out: lines."""

from __future__ import annotations

from typing import Any

ADDRESS = "/axe.js"
"""The script of axe-core, as if the site had it: so the browser compiles it once for all pages."""
COLOURS = "color-contrast"
"""The rule that takes nearly all the time: it asks the browser what lies below each word."""
THIN_OUT = """() => {
  const seen = {}, name = one => `${one.tagName}.${one.className}`;
  for (const one of document.querySelectorAll('article *:not(:has(*))')) {
    const {color, backgroundColor} = getComputedStyle(one), above = one.parentElement;
    const kind = [...[one, above, above.parentElement].map(name), color, backgroundColor].join();
    seen[kind] = (seen[kind] ?? 0) + 1;
    if (seen[kind] > 1) one.remove();
  }
}"""
"""Leaves one word of each kind on the page: place, class and colours make the kind."""
FIND = """([within, options]) => axe.run(within, {resultTypes: ['violations'], ...options})
  .then(({violations}) => violations.filter(({impact}) => ['serious', 'critical'].includes(impact))
    .flatMap(({id, nodes}) => nodes.map(node => `${id}: ${node.target} ${node.failureSummary}`)))"""
WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll('article *')].map(one => [one, one.getBoundingClientRect().right])
    .filter(([, right]) => right > innerWidth)
    .map(([one, right]) => `${one.tagName} ${one.className} ${right}`).concat(['the page'])"""


def script() -> str:
    """Return the script of axe-core."""
    from axe_playwright_python.base import AXE_SCRIPT

    return str(AXE_SCRIPT)


def hard_to_use(page: Any, within: str) -> list[str]:
    """Return the serious and critical findings of axe within a selector, all but those on colours."""
    return _found(page, within, {"rules": {COLOURS: {"enabled": False}}})


def hard_to_see(page: Any, within: str) -> list[str]:
    """Return words whose colours are too alike. Afterwards the page has one word of each kind."""
    page.evaluate(THIN_OUT)
    return _found(page, within, {"runOnly": [COLOURS]})


def _found(page: Any, within: str, options: dict[str, Any]) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(url=ADDRESS)
    return list(page.evaluate(FIND, [within, options]))


def wider_than_the_screen(page: Any) -> list[str]:
    """Return what makes the page itself scroll sideways: tag, class and right edge of each element."""
    return list(page.evaluate(WIDE))
