"""The words in Python code. In: its source. Out: a `Page` of docstrings, or of messages and help texts.

A message is a string of four words or more, three of them plain. Text in columns, code and HTML are left out.
The arguments of `Refusal` are left out too: they are EC2's own words.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.contract.plain_english.passages import CODE, Kind, Page, Passage

PLAIN_WORD = re.compile(r"^[\"'(]?[A-Za-z][a-z]*[.,:;)'\"]*$")
CODE_LIKE = re.compile(
    r"-src '|</?\w+[^>]*>|[{}]|=>|&&|\|\||^\s*(?:def|import|from|const|function) ", re.M
)
COLUMNS = re.compile(r"\S {2,}\S|^\s*\||\|$", re.MULTILINE)
INDENTED = re.compile(r"^ {4,}\S", re.MULTILINE)
Owner = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def page_of_python(source: str) -> Page:
    """Return all that the file says."""
    tree = ast.parse(source)
    docs = dict(_docstrings(tree))
    found = [
        *(passage for node, text in docs.items() for passage in _split(node, text, Kind.DOCSTRING)),
        *(passage for node in ast.iter_child_nodes(tree) for passage in _messages(node, docs)),
    ]
    return Page(tuple(sorted(found, key=lambda each: each.line)))


def _docstrings(tree: ast.Module) -> Iterator[tuple[ast.Constant, str]]:
    """Yield each docstring, and each text under a constant or a field."""
    for owner in ast.walk(tree):
        for node in getattr(owner, "body", []) if isinstance(owner, Owner) else []:
            match node:
                case ast.Expr(value=ast.Constant(value=str(text)) as constant):
                    yield constant, text


def _messages(node: ast.AST, docs: dict[ast.Constant, str]) -> Iterator[Passage]:
    match node:
        case ast.Constant(value=str(text)) if node not in docs:
            if _is_prose(text):
                yield from _split(node, text, Kind.MESSAGE)
        case ast.JoinedStr(values=values):
            text = "".join(
                each.value if isinstance(each, ast.Constant) else CODE for each in values
            )
            if _is_prose(text):
                yield from _split(node, text, Kind.MESSAGE)
            return
        case ast.Call(func=ast.Name(id="Refusal")):
            return
        case _:
            pass
    for child in ast.iter_child_nodes(node):
        yield from _messages(child, docs)


def _is_prose(text: str) -> bool:
    words = text.split()
    plain = [word for word in words if PLAIN_WORD.match(word)]
    return len(words) >= 4 and len(plain) >= 3 and not CODE_LIKE.search(text)


def _split(node: ast.expr, text: str, kind: Kind) -> Iterator[Passage]:
    """Yield the paragraphs and list items of a text, but no columns and no examples."""
    line = node.lineno
    for block in re.split(r"(\n\s*\n|\n(?=\s*(?:- |\d+\. )))", text):
        margin = node.col_offset if kind is Kind.DOCSTRING else 0
        body = re.sub(rf"^ {{0,{margin}}}", "", block, flags=re.MULTILINE)
        code = COLUMNS.search(body.strip()) or (INDENTED.search(body) and kind is Kind.DOCSTRING)
        if block.strip() and not code:
            lead = len(block) - len(block.lstrip())
            words = re.sub(r"`[^`]+`", CODE, body.strip())
            yield Passage(line + block[:lead].count("\n"), kind, re.sub(r"^- ", "", words))
        line += block.count("\n")
