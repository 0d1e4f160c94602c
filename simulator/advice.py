"""The promise W1: the command that a finding gives ends the finding.

In: a schedule at rest. Out: nothing, or a `Violation`. It imports nothing of Peerkeeper.

An operator runs the first command of one finding of the last sweep, to the letter, in the account and Region
that it names. If `&&` joins another to it, that one follows. After two sweeps no sweep has that finding. A
command with a word to fill in is left out. One schedule in twenty is judged, by a draw apart from all others.
"""

from __future__ import annotations

import random
import re
import shlex
from typing import Any

from peerkeeper_local.semantics.location import Location
from simulator.opponents import attempt
from simulator.verdict import Violation

SHARE = 0.05
ONE = r"aws ec2 [a-z-]+(?: --[a-z-]+ (?:'[^']*'|[^\s;,']+))*"
COMMAND = re.compile(f"{ONE}(?: && {ONE})*")
TO_FILL_IN = re.compile(r"\b[A-Z]+_[A-Z_]+\b")
LISTS = frozenset({"Resources", "Tags"})
NOT_ALONE = frozenset({"other-side"})
"""Codes whose commands belong together, and to the owner of another account."""


def is_followed(seed: int) -> bool:
    """Whether the advice of a finding is followed at the end of the schedule of this seed."""
    return random.Random(f"advice {seed}").random() < SHARE


def follow(schedule: Any, seed: int, code: str = "") -> None:
    """W1: do what a finding of the last sweep says, of this code if one is given. It may not come again."""
    with_advice = [one for one in found(schedule) if command(one) and code in ("", one.code)]
    if not with_advice:
        return
    chosen = random.Random(f"advice of {seed}").choice(with_advice)
    for words in command(chosen).split(" && "):
        method, region, params = _call(words)
        where = Location(chosen.location.account_id, region)
        schedule.world.note(f"operator follows {chosen.code}: {method} {params}")
        attempt(schedule, where, method, **params)
    for _ in range(2):
        schedule.sweep_and_settle()
    if any(_key(one) == _key(chosen) for one in found(schedule)):
        raise Violation("W1", f"{chosen.code} of {chosen.subject} stays: {command(chosen)}")


def found(schedule: Any) -> list[Any]:
    """Return the findings of the last sweep, in order."""
    runs = reversed(schedule.functions.runs)
    sweep = next(run for run in runs if run.function.folder.name == "sweep" and run.report)
    return sorted(sweep.report.findings)


def _key(finding: Any) -> tuple[Any, ...]:
    return (finding.code, finding.location, finding.subject, finding.pcx_id, command(finding))


def command(finding: Any) -> str:
    """Return the first command of a finding, if a person can run it as it is."""
    said = COMMAND.search(finding.message)
    if not said or finding.code in NOT_ALONE or TO_FILL_IN.search(said[0]):
        return ""
    return said[0]


def _call(words: str) -> tuple[str, str, dict[str, Any]]:
    """Return the method of a client that the command calls, its Region, and the parameters."""
    _, _, name, *said = shlex.split(words)
    options = dict(zip(said[::2], said[1::2], strict=True))
    region = options.pop("--region")
    params: dict[str, Any] = {}
    for option, word in options.items():
        key = "".join(part.title() for part in option.removeprefix("--").split("-"))
        value = _value(word)
        params[key] = [value] if key in LISTS else value
    return name.replace("-", "_"), region, params


def _value(word: str) -> Any:
    """Return a word of a command as botocore wants it: `Key=a,Value=b` becomes a structure."""
    if not re.match(r"[A-Z]\w+=", word):
        return word
    fields = dict(part.split("=", 1) for part in word.split(",", 1))
    if fields.keys() == {"Value"}:  # a switch, not a tag
        return {"Value": fields["Value"] == "true"}
    return fields
