"""Hand-offs: the one way work leaves a function. As a value, and as the message that carries it.

In: what a reconcile left over. Out: `HandOff`, and JSON. Sending is `peerkeeper.aws.queues`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from peerkeeper.errors import MessageError, quoted
from peerkeeper.messages.cloudtrail import MOST_NAME, MOST_TIME
from peerkeeper.messages.ec2_events import ID
from peerkeeper.settings import ACCOUNT, REGION, Settings
from peerkeeper.values.ec2 import Location
from peerkeeper.values.scope import Expectation, Expected, Function, Hint, Scope
from peerkeeper.values.snapshot import Sight
from peerkeeper.values.tag_acts import TagAct
from peerkeeper.values.tag_keys import is_ours

VERSION = 1
MAX_HOPS = 8
"""Lambda stops a chain of queues and functions at 16. Source: Lambda guide, recursive loop detection."""
LOOKS = (30, 60, 120, 300)
"""Seconds before the first re-look, the second, …; after the last one the sweep takes over."""
SECOND_LOOK = 310
"""Seconds: at least five minutes between two looks at something absent, and a margin."""
MOST_WHY = 200
"""Characters of a hand-off's reason: EC2's own words may be long."""
MOST_HINTS = 500
"""A message holds at most so many hints, each with a claim (SQS takes 256 KiB); more go in another one."""


@dataclass(frozen=True, slots=True)
class HandOff:
    """Wake `function` on `scope` after `delay` seconds."""

    function: Function
    scope: Scope
    delay: int = 0

    def to_body(self) -> str:
        """Return the message body."""
        return json.dumps(self.to_dict(), sort_keys=True)

    def to_dict(self) -> dict[str, Any]:
        """Return the message as plain JSON values."""
        scope = self.scope
        return {
            "peerkeeper": VERSION,
            "function": self.function.value,
            "hints": [
                {**_place(hint.location), "id": hint.id or None, "vpc": hint.vpc_id or None}
                for hint in sorted(scope.hints)
            ],
            "expect": [
                {**_place(item.location), "id": item.id, "state": item.state.value}
                for item in sorted(scope.expect)
            ],
            "absent": [{**_place(where), "id": pcx} for where, pcx in sorted(scope.absent)],
            **_sights(scope),
            **_acts(scope),
            "then": scope.then or None,
            "hops": scope.hops,
            "looks": scope.looks,
            "why": scope.why[:MOST_WHY],
        }


def _sights(scope: Scope) -> dict[str, Any]:
    """Return what was seen of subnets, where anything was: an older function does not know the key."""
    if not scope.sights:
        return {}
    listed = [
        {**_place(where), "id": subnet, "table": table, "leads": leads}
        for where, subnet, table, leads in sorted(scope.sights)
    ]
    return {"sights": listed}


def _acts(scope: Scope) -> dict[str, Any]:
    """Return who removed our tags, where people do not know it yet."""
    listed = [
        {
            **_place(one.location),
            "id": one.resource,
            "keys": [*one.keys],
            "actor": one.actor,
            "at": one.at,
        }
        for one in sorted(scope.acts)
    ]
    return {"acts": listed} if listed else {}


def _place(location: Location) -> dict[str, str]:
    return {"account": location.account_id, "region": location.region}


def _why(body: Mapping[str, Any]) -> str:
    why = body.get("why")
    return why[:MOST_WHY] if isinstance(why, str) else ""


def scope_from_body(body: Mapping[str, Any], settings: Settings) -> Scope:
    """Return the scope in a hand-off message; locations that are not configured are left out.

    Raises MessageError with every fault.
    """
    reader = _Reader()
    hints = [Hint(*reader.place(raw, whole=True)) for raw in reader.objects(body, "hints")]
    expect = [
        Expectation(*reader.place(raw)[:2], reader.state(raw))
        for raw in reader.objects(body, "expect")
    ]
    absent = [reader.place(raw)[:2] for raw in reader.objects(body, "absent")]
    sights = [reader.sight(raw) for raw in reader.objects(body, "sights")]
    acts = [reader.act(raw) for raw in reader.objects(body, "acts")]
    then = body.get("then") or ""
    if body.get("peerkeeper") != VERSION:
        reader.faults.append(f"version {quoted(body.get('peerkeeper'))} is not {VERSION}")
    if then and then not in list(Function):
        reader.faults.append(f"then is {quoted(then)}, not a function of Peerkeeper")
    hops, looks = reader.count(body, "hops"), reader.count(body, "looks")
    if reader.faults:
        raise MessageError("This hand-off cannot be read:", reader.faults)
    return Scope(
        frozenset(hint for hint in hints if settings.covers(hint.location)),
        frozenset(item for item in expect if settings.covers(item.location)),
        frozenset(key for key in absent if settings.covers(key[0])),
        frozenset(one for one in sights if settings.covers(one.location)),
        frozenset(one for one in acts if settings.covers(one.location)),
        then=_text(then),
        hops=hops,
        looks=looks,
        why=_why(body),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


class _Reader:
    """Reads a hand-off's parts, faults gathered on the way."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def objects(self, body: Mapping[str, Any], name: str) -> Iterable[Mapping[str, Any]]:
        found = body.get(name, [])
        if not isinstance(found, list) or not all(isinstance(raw, dict) for raw in found):
            self.faults.append(f"{name} is not a list of objects")
            return []
        return found

    def place(self, raw: Mapping[str, Any], *, whole: bool = False) -> tuple[Location, str, str]:
        account, region = _text(raw.get("account")), _text(raw.get("region"))
        if not ACCOUNT.fullmatch(account) or not REGION.fullmatch(region):
            self.faults.append(
                f"{quoted(raw.get('account'))}/{quoted(raw.get('region'))} is not a location"
            )
        found, vpc_id = raw.get("id") or "", raw.get("vpc") or ""
        for text in (found, vpc_id):
            if text and not (isinstance(text, str) and ID.fullmatch(text)):
                self.faults.append(f"{quoted(text)} is not an EC2 id")
        if not found and not whole:
            self.faults.append("an id is missing")
        return Location(account, region), _text(found), _text(vpc_id)

    def sight(self, raw: Mapping[str, Any]) -> Sight:
        """Return what a message says was seen of a subnet."""
        where, subnet, _ = self.place(raw)
        table, leads = raw.get("table"), raw.get("leads")
        if not (isinstance(table, str) and ID.fullmatch(table)):
            self.faults.append(f"{quoted(table)} is not an EC2 id")
        if not isinstance(leads, bool):
            self.faults.append(f"leads is {quoted(leads)}; known are true, false")
        return Sight(where, subnet, _text(table), leads is True)

    def act(self, raw: Mapping[str, Any]) -> TagAct:
        where, resource, _ = self.place(raw)
        said = raw.get("keys")
        keys = (
            tuple(sorted(k for k in said if isinstance(k, str) and is_ours(k)))
            if isinstance(said, list)
            else ()
        )
        actor, at = (_text(raw.get(name)) for name in ("actor", "at"))
        return TagAct(where, resource, keys, True, actor[:MOST_NAME], at[:MOST_TIME])

    def state(self, raw: Mapping[str, Any]) -> Expected:
        if raw.get("state") in list(Expected):
            return Expected(str(raw["state"]))
        self.faults.append(f"state is {quoted(raw.get('state'))}; known are {', '.join(Expected)}")
        return Expected.VISIBLE

    def count(self, body: Mapping[str, Any], name: str) -> int:
        found = body.get(name, 0)
        if isinstance(found, int) and 0 <= found <= 100:
            return found
        self.faults.append(f"{name} is {quoted(found)}, not a small whole number")
        return 0
