"""What an explanation comes to, and what to type next. In: an explanation. Out: a sentence, commands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from peerkeeper.values.findings import first_of

from peerkeeper_cli.asked_for import AskedFor
from peerkeeper_cli.explain.explanation import Explanation
from peerkeeper_cli.explain.line import Line
from peerkeeper_cli.explain.order import ordered
from peerkeeper_cli.page.page import COMMAND

MOST_NAMED = 3
"""Tests that the upshot names; the rows have all."""


def upshot(found: Explanation) -> str:
    """Return one sentence that says what is in the way and where, what is due, and what is carried."""
    worst = ordered(found.lines, failed_only=True)
    where = dict.fromkeys(f"{_test(line)} in {line.side}" for line in worst)
    named = f": {first_of(where, MOST_NAMED)}" if where else ""
    way = "nothing is in the way" if found.clear else "something is in the way"
    counted = ", ".join(f"{count} {result}" for result, count in counts(found).items())
    then = f"; {len(found.then)} more would follow" if found.then else ""
    only = "; mode observe only reports it" if found.writes and found.mode == "observe" else ""
    carried = ", ".join(f"{one.location} {one.upshot}" for one in found.verdicts)
    said = f"; carries: {carried}" if carried else ""
    return f"{found.pcx_id}: {way}: {counted}{named}{then}{only}{said}{_awaited(found)}."


def _awaited(found: Explanation) -> str:
    """Return whose approval a live peering waits for, where one side has agreed and the other has not."""
    sides = [
        line.side
        for line in found.lines
        if (line.part, line.test, line.result) == ("routes", "approval", "fail")
    ]
    return f"; waits for the approval of {sides[0]}" if sides and found.verdicts else ""


def _test(line: Line) -> str:
    return f"tags of {line.test}" if line.part == "tags" else line.test


def counts(found: Explanation) -> dict[str, int]:
    """Return how many tests fail and are unknown, and how many changes are due."""
    counted = Counter(line.result for line in found.lines)
    return {"fail": counted["fail"], "unknown": counted["unknown"], "due": len(found.writes)}


@dataclass(frozen=True, slots=True)
class Next:
    """A command, and what it does."""

    words: str
    command: str


def next_steps(found: Explanation, asked: AskedFor, known: Collection[str]) -> Iterator[Next]:
    """Yield what to type next. `asked`: what was typed now. `known`: the commands that this program has."""
    mends = _first_commands(found.lines)
    if mends:
        for command, line in mends.items():
            place, _, role = line.side.rpartition(" ")
            of = f" of the {role}" if len(mends) > 1 else ""
            account = place.partition("/")[0]
            yield Next(f"{_what_for(line, command)}{of}, with credentials of {account}:", command)
        yield Next("And to see the result:", asked.again("explain", found.pcx_id))
    elif found.writes and found.clear and "plan" in known:
        yield Next("All that Peerkeeper would do, of other peerings as well:", asked.again("plan"))
    if found.exit_code and "history" in known:
        yield Next("Who changed what, and when:", asked.again("history", found.pcx_id))


def _what_for(line: Line, command: str) -> str:
    """Return what a command is for. A person must decide to delete a route: it carries something."""
    if command.startswith("aws ec2 delete-route "):
        return "What deletes the route, if its owner agrees"
    return f"What {line.test} asks for"


def _first_commands(lines: Collection[Line]) -> dict[str, Line]:
    """Return the command of the first failed test that has one, and each other side's for the same test.

    Either side must agree for itself. Acceptance comes first: it lets the request in.
    """
    failed = [(_command(line), line) for line in lines if line.result == "fail"]
    ranked = sorted(failed, key=lambda one: one[1].part != "acceptance")
    mends: dict[str, Line] = {}
    for command, line in ranked:
        known = [*mends.values()]
        if command and all(one.test == line.test and one.side != line.side for one in known):
            mends.setdefault(command, line)
    return mends


def _command(line: Line) -> str:
    """Return the command in the words of a test. Words about tags hold what others wrote."""
    said = None if line.part == "tags" else COMMAND.search(line.words)
    return said[1].strip() if said else ""
