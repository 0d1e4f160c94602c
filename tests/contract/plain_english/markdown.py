"""The words of a Markdown page. In: its source. Out: a `Page`, without code blocks, HTML and front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.contract.plain_english.passages import CODE, Kind, Page, Passage

FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
MARKER = re.compile(r"^(\s*)(?:!!!|\?\?\?\+?|===)\s.*$")
"""First line of an admonition or a tab of MkDocs. Its text is indented by four spaces."""


def page_of_markdown(source: str) -> Page:
    """Return what the page says."""
    source = FRONT_MATTER.sub(lambda found: "\n" * found.group().count("\n"), source)
    source = "\n".join(_unfold(source.split("\n")))
    tokens = MarkdownIt("commonmark").enable("table").parse(source)
    return Page(tuple(_passages(tokens)), tuple(_lines(source.split("\n"), tokens)))


def _unfold(lines: list[str]) -> Iterator[str]:
    """Take away the markers of MkDocs and the four spaces before the text under them."""
    inside = None
    for line in lines:
        if found := MARKER.match(line):
            inside = len(found.group(1))
            yield ""
        elif inside is not None and (not line.strip() or line.startswith(" " * (inside + 4))):
            yield line[:inside] + line[inside + 4 :]
        else:
            inside = None
            yield line


def _passages(tokens: list[Token]) -> Iterator[Passage]:
    line, kind = 1, Kind.PROSE
    for token in tokens:
        if token.map:
            line = token.map[0] + 1
        if token.type in {"td_open", "th_open"}:
            kind = Kind.CELL
        elif token.type == "heading_open":
            kind = Kind.HEADING
        elif token.type == "paragraph_open":
            kind = Kind.PROSE
        if token.type == "inline" and (text := "".join(_words(token.children or []))).strip():
            yield Passage(line, kind, text, sum(len(each.content) for each in token.children or []))


def _words(children: list[Token]) -> Iterator[str]:
    for token in children:
        if token.type == "text":
            yield token.content
        elif token.type == "code_inline":
            yield CODE
        elif token.type in {"softbreak", "hardbreak"}:
            yield "\n"


def _lines(lines: list[str], tokens: list[Token]) -> Iterator[tuple[int, str]]:
    """Yield the lines that a writer can break: those of paragraphs outside of tables."""
    for token in tokens:
        if token.type == "paragraph_open" and token.map:
            for number in range(*token.map):
                yield number + 1, lines[number]
