"""Show an explanation: a page on a terminal, a line a test elsewhere. In: an explanation. Out: text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from peerkeeper.reporting.plain_text import plain
from peerkeeper.values.findings import first_of

from peerkeeper_cli.estate.names import Names, names_of
from peerkeeper_cli.estate.show import read_at
from peerkeeper_cli.explain.explained import Explained
from peerkeeper_cli.explain.line import Line
from peerkeeper_cli.explain.order import RANK, Folded, folded, ordered
from peerkeeper_cli.explain.upshot import Next, upshot
from peerkeeper_cli.page.page import COMMAND, Page
from peerkeeper_cli.page.shown import shown
from peerkeeper_cli.peerings.show import show_row
from peerkeeper_cli.plan.write import write_of

MOST = 1000
"""Characters of one reason."""
FEW = 12
"""Tables that a folded row names; `--json` has all."""
LEAST = (7, 12)
"""Columns of a result and of a part: the longest word of each."""
ID = re.compile(r"\b(?:pcx|vpc|rtb|subnet)-[0-9a-f]{8,17}\b")


def opening(told: Explained) -> str:
    """Return the first line: the mode, whose settings, when."""
    mode, estate = told.found.mode, told.estate
    return (
        f"{told.found.pcx_id} explained in mode {mode}, by the settings of {estate.said}, as read at "
        f"{read_at(estate)}"
    )


def lines(told: Explained, *, failed_only: bool) -> Iterator[str]:
    """Yield a line for each test, its cells separated by tabs, whose settings these are, and the upshot."""
    for line in ordered(told.found.lines, failed_only=failed_only):
        words = plain(line.words, MOST)
        yield "\t".join((line.side, line.part, line.test, line.result, words))
    yield opening(told)
    yield upshot(told.found)


def show(page: Page, told: Explained, steps: Sequence[Next], *, failed_only: bool) -> None:
    """Print the peering, every test side by side, what follows, the upshot, and what to type next."""
    page.line(opening(told), style="bold")
    if told.row:
        page.blank()
        show_row(page, told.row)
    names = names_of(told.estate.seen)
    tests = ordered(told.found.lines, failed_only=failed_only)
    worst = {line.side: RANK[line.result] for line in reversed(tests)}
    sides = sorted(tests, key=lambda line: (worst[line.side], line.side, RANK[line.result]))
    for side, own in groupby(sides, lambda line: line.side):
        page.heading(side)
        for one in folded(_once(own)):
            _show_test(page, one, names)
    if not failed_only:
        _show_then(page, told)
    page.blank()
    page.line(upshot(told.found), style="bold")
    for step in steps:
        page.blank()
        page.line(step.words)
        page.command(step.command, steps=1)


def _once(tests: Iterable[Line]) -> Iterator[Line]:
    """Yield the tests; one that fails with the words of another part says so, in place of its commands."""
    parts: dict[tuple[str, str], str] = {}
    for line in tests:
        before = parts.setdefault((line.test, line.words), line.part)
        again = line.result == "fail" and before != line.part
        yield replace(line, words=f"the same as for {before}") if again else line


def _show_test(page: Page, one: Folded, names: Mapping[str, str]) -> None:
    """Print one row. Each command in its words stands on its own line."""
    line, cells = one.line, (one.line.result, one.line.part)
    words = shown(line.words, MOST)
    said = words if line.test in words or line.part == "tags" else f"{line.test}: {words}"
    # Somebody else wrote a tag's words. What looks like a command there is not from Peerkeeper.
    parts = [said] if line.part == "tags" else COMMAND.split(said)
    for part in (part.strip(" ;,") for part in parts):
        if COMMAND.fullmatch(part) and line.part != "tags":
            page.command(part, steps=3)
        elif part:
            page.table([(*cells, _named(part, names))], steps=1, least=LEAST)
            cells = ("", "")
    if one.others and line.result == "fail":
        _show_others(page, one, names)


def _show_others(page: Page, one: Folded, names: Mapping[str, str]) -> None:
    listed = first_of((_named(table, names) for table in one.others), FEW)
    words = f"the same of {len(one.others)} other tables: {listed}"
    page.table([("", "", words)], steps=1, least=LEAST)


def _named(words: str, names: Mapping[str, str]) -> str:
    """Return the words with the name after each id, where it comes first."""
    said: set[str] = set()

    def with_name(found: re.Match[str]) -> str:
        id_ = found[0]
        if id_ in said or id_ not in names:
            return id_
        said.add(id_)
        return f'{id_} "{names[id_]}"'

    return ID.sub(with_name, words)


def _show_then(page: Page, told: Explained) -> None:
    """Print what follows once all that is due is done."""
    if not told.found.then:
        return
    observing = told.found.mode == "observe"
    page.heading("Once that is done", "What mode full would do next." if observing else "")
    seen = told.estate.seen
    names = Names(seen)
    for one in told.found.then:
        write = write_of(one.change, seen, names, later=one.later)
        look = ", after a second look five minutes on" if one.later else ""
        words = f"{write.words} in {one.change.location}{look}"
        page.line(words, steps=1, sign=write.sign, hang=2)
