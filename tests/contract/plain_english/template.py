"""The words of a CloudFormation template. In: its source. Out: a `Page` of its descriptions and comments."""

from __future__ import annotations

from collections.abc import Iterator

import yaml

from tests.contract.plain_english.passages import Kind, Page, Passage

SPOKEN = {"Description", "ConstraintDescription", "AlarmDescription"}


def page_of_template(source: str) -> Page:
    """Return what the template says to the people who deploy it."""
    found = [*_descriptions(yaml.compose(source, Loader=yaml.SafeLoader)), *_comments(source)]
    return Page(tuple(sorted(found, key=lambda each: each.line)))


def _descriptions(node: yaml.Node | None) -> Iterator[Passage]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value in SPOKEN and isinstance(value, yaml.ScalarNode):
                yield Passage(value.start_mark.line + 1, Kind.MESSAGE, value.value)
            yield from _descriptions(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _descriptions(value)


def _comments(source: str) -> Iterator[Passage]:
    """Yield each run of whole lines of comment."""
    block: list[str] = []
    lines = source.split("\n")
    for number, line in enumerate([*lines, ""], start=1):
        if line.lstrip().startswith("#") and "----" not in line:
            block.append(line.lstrip().removeprefix("#").strip())
        elif block:
            yield Passage(number - len(block), Kind.DOCSTRING, "\n".join(block))
            block = []
