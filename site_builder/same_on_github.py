"""A hook of MkDocs: a page has the same shape on the site and on GitHub, which read Markdown by unlike rules.

In: a page's Markdown and the HTML that MkDocs made of it. Out: the HTML. A page with other lists, tables or
blocks than on GitHub breaks the build, with what differs.
"""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from typing import Any

from markdown_it import MarkdownIt
from mkdocs.exceptions import PluginError

SHAPES = ("blockquote", "h1", "h2", "h3", "h4", "img", "li", "ol", "pre", "table", "td", "tr", "ul")
HELP = "put a blank line above a list; indent a block within an item by four, and put a blank line below it"


class Shape(HTMLParser):
    """Counts the elements of a text in HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        """Count one."""
        self.found[tag] += 1


def on_page_content(html: str, page: Any, config: Any, files: Any) -> str:
    """Return the HTML as it is."""
    github = Shape(MarkdownIt("commonmark").enable("table").render(page.markdown)).found
    site = Shape(html).found
    unlike = [
        f"{github[tag]} <{tag}> on GitHub, {site[tag]} here"
        for tag in SHAPES
        if github[tag] != site[tag]
    ]
    if unlike:
        raise PluginError(f"{page.file.src_uri}: {'; '.join(unlike)}. To fix it, {HELP}")
    return html
