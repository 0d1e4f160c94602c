"""One run of a function, told: its changes with their reasons, what it found, what it hands on.

In: a report. Out: a call for each thing to print. An idle run prints nothing. The order goes by names, so
it is the same in each run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeAlias

from rich.markup import escape

from peerkeeper_local.telling import change_words
from peerkeeper_local.telling.names import COMMAND, ID, Ids, city
from peerkeeper_local.telling.outline import Outline
from peerkeeper_local.telling.signs import sign

MARKS = {
    "applied": sign("✔"),
    "unchanged": sign("="),
    "refused": sign("✘"),
    "failed": sign("✘"),
}
VARIES = re.compile(rf"{ID.pattern}|[0-9./]{{9,}}")
"""What differs between two reasons of one kind: ids and CIDRs."""
WORTH = {"blocked", "due"}
"""Ways of a gap that are printed. The others pass by themselves, or are so by choice."""
INDENT, MORE, ADVICE = 4, 8, 10
Tell: TypeAlias = Callable[[], None]
Json: TypeAlias = dict[str, Any]


class RunTold:
    """Tells the runs of one stage; a finding is printed once."""

    def __init__(self, outline: Outline, names: Ids, *, verbose: bool) -> None:
        self._outline, self._names, self._verbose = outline, names, verbose
        self._told: set[str] = set()

    def worth_telling(self, report: Json | None) -> list[Tell]:
        """Return what prints the report, in order."""
        if report is None:
            return []
        tells = [
            *self._changes(report),
            *self._findings(report["findings"]),
            *self._not_carrying(report["not_carrying"]),
        ]
        return [*tells, *self._hand_offs(report["hand_offs"])] if self._verbose else tells

    def _changes(self, report: Json) -> Iterator[Tell]:
        found = {each["message"] for each in report["findings"]}
        for change in self._sorted([*report["outcomes"], *report["would"]]):
            if change["change"] == "TagStatus" and not self._verbose:
                continue
            if "result" in change:
                words = (
                    f"{MARKS[change['result']]} {escape(change_words.done(change, self._names))}"
                )
            else:
                words = f"{sign('○')} {escape(change_words.would(change, self._names))}"
                if self._as_before(words) and not self._verbose:
                    continue
            yield partial(self._outline.line, words, indent=INDENT, hang=4)
            again = self._as_before(change["change"] + VARIES.sub("", change["reason"]))
            if change["reason"] not in found and (self._verbose or not again):
                yield partial(self._because, change["reason"])

    def _sorted(self, changes: list[Json]) -> list[Json]:
        return sorted(changes, key=partial(change_words.order, names=self._names))

    def _because(self, reason: str) -> None:
        words = f"[dim]because {escape(self._names.known(reason))}[/]"
        self._outline.line(words, indent=MORE, hang=0)

    def _findings(self, findings: list[Json]) -> Iterator[Tell]:
        for finding in sorted(findings, key=self._by_name):
            head = f"[yellow]! {finding['code']}[/] in {city(finding['location'])}"
            again = self._as_before(finding["code"] + finding["message"])
            if again and not self._verbose:
                continue
            rest = " [dim](as before)[/]" if again else ""
            yield partial(self._outline.line, head + rest, indent=INDENT)
            if not again:
                yield partial(self._advice, self._names.known(finding["message"]))

    def _by_name(self, finding: Json) -> tuple[str, ...]:
        message = ID.sub("", self._names.known(finding["message"]))
        return finding["code"], finding["location"], message

    def _advice(self, message: str) -> None:
        """Print a finding's message, each command on its own lines."""
        for part in COMMAND.split(message):
            said = part.strip(" ;")
            if COMMAND.fullmatch(part):
                self._outline.command(said, indent=ADVICE)
            elif said:
                for clause in said.rsplit("; ", said.endswith(":")):
                    self._outline.line(escape(clause), indent=MORE, hang=0)

    def _not_carrying(self, sides: list[Json]) -> Iterator[Tell]:
        for side in sides:
            if any(gap["way"] in WORTH for gap in side["gaps"]):
                what = "a part only" if side["verdict"] == "partly" else side["verdict"]
                peering = escape(self._names.known(side["peering"]))
                words = f"{sign('◐')} {peering} carries {what} in {city(side['location'])}"
                yield partial(self._outline.line, words, indent=INDENT, hang=4)

    def _hand_offs(self, sent: list[Json]) -> Iterator[Tell]:
        for one in sorted(sent, key=lambda each: (each["function"], each["why"])):
            after = f"in {one['delay']} s" if one["delay"] else "now"
            why = escape(self._names.known(one["why"]))
            words = f"{sign('⤷')} {one['function']} {after}: [dim]{why}[/]"
            yield partial(self._outline.line, words, indent=INDENT, hang=4)

    def _as_before(self, said: str) -> bool:
        known = said in self._told
        self._told.add(said)
        return known
