"""A picture as one HTML page that fetches nothing. In: a `Picture`. Out: the page's text.

The page is put together from the files in `assets/`. Its Content-Security-Policy allows only these scripts
and styles, by their hashes, and no connection to anywhere.
"""

from __future__ import annotations

import base64
import hashlib
import html as markup
import re
from importlib.resources import files

from peerkeeper_cli.map.page_data import page_data
from peerkeeper_cli.map.picture import Picture

LIBRARY = "cytoscape.min.js"
STYLES = ("colours.css", "frame.css", "legend.css", "panel.css", "table.css", "print.css")
SCRIPTS = (
    "dom.js",
    "estate.js",
    "address.js",
    "words.js",
    "state.js",
    "look.js",
    "graph.js",
    "bundles.js",
    "focus.js",
    "legend.js",
    "panel.js",
    "search.js",
    "table.js",
    "paper.js",
    "keys.js",
    "start.js",
)
"""In this order; together they are one script, in one scope."""
GRAPH_STYLE = ".__________cytoscape_container { position: relative; }"
"""What the library would add to the page itself, had the page not this element already."""


def html(picture: Picture) -> str:
    """Return the page."""
    style = "\n".join(map(_asset, STYLES))
    script = f'(() => {{\n"use strict";\n{"".join(map(_asset, SCRIPTS))}}})();\n'
    library = _asset(LIBRARY)
    parts = {
        "policy": _policy([library, script], [style, GRAPH_STYLE]),
        # Half of a surrogate pair becomes a reference, so that the page can be written as UTF-8.
        "title": markup.escape(picture.title).encode("ascii", "xmlcharrefreplace").decode(),
        "style": style,
        "graph-style": GRAPH_STYLE,
        "data": page_data(picture),
        "library": library,
        "script": script,
    }
    # One pass: what was put in is not looked through again.
    return re.sub(r"\{\{([a-z-]+)\}\}", lambda slot: parts[slot[1]], _asset("page.html"))


def _policy(scripts: list[str], styles: list[str]) -> str:
    """Return the Content-Security-Policy. Source: CSP Level 3, hash sources for inline elements."""
    return (
        f"default-src 'none'; script-src {_hashes(scripts)}; style-src {_hashes(styles)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hashes(texts: list[str]) -> str:
    sums = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts]
    return " ".join(f"'sha256-{each}'" for each in sums)


def _asset(name: str) -> str:
    return (files(__package__) / "assets" / name).read_text(encoding="utf-8")
