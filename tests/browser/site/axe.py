"""What axe-core finds hard to use, and what makes a page scroll sideways. In: a page. Out: lines."""

from __future__ import annotations

from typing import Any

ADDRESS = "/axe.js"
"""The script of axe-core, as if the site had it: so the browser compiles it once for all pages."""
FEW = 2
"""Rows of a table that are looked at: the rows of a table are alike, and each costs axe time."""
SHORTEN = (
    f"document.querySelectorAll('tbody tr:nth-child(n+{FEW + 1})').forEach(row => row.remove())"
)
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


def hard_to_use(page: Any, within: str, **options: Any) -> list[str]:
    """Return the serious and critical findings of axe within the elements of a selector."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SHORTEN)
        page.add_script_tag(url=ADDRESS)
    return list(page.evaluate(FIND, [within, options]))


def wider_than_the_screen(page: Any) -> list[str]:
    """Return what makes the page itself scroll sideways: tag, class and right edge of each element."""
    return list(page.evaluate(WIDE))
