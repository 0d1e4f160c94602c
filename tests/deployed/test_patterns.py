"""Every rule's pattern, asked of the engine and of our own matcher: the sample events, and many
mutations of them.
"""

import copy
import json
import random
from collections.abc import Callable, Iterator
from typing import Any

from peerkeeper_local.pump.patterns import matches
from tests.deployed.conftest import Compared
from tests.deployed.places import HUB, ROOT

MUTATIONS, SEED = 12, 7
ENVELOPE = {
    "account": str,
    "detail": dict,
    "detail-type": str,
    "id": str,
    "region": str,
    "resources": list,
    "source": str,
    "time": str,
}
"""What TestEventPattern demands of an event. Source: EventBridge API, TestEventPattern."""


def samples() -> list[dict[str, Any]]:
    found = [json.loads(path.read_text()) for path in sorted((ROOT / "events").glob("*.json"))]
    return [one for one in found if isinstance(one.get("detail"), dict)]


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every value inside."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in inside:
        yield (*at, key)
        if isinstance(inner, dict | list):
            yield from places(inner, (*at, key))


def mutated(event: dict[str, Any], names: list[str], chance: random.Random) -> dict[str, Any]:
    """Return the event with one value gone or another, and sometimes with an error."""
    one = copy.deepcopy(event)
    *way, last = chance.choice(list(places(one)))
    where: Any = one
    for key in way:
        where = where[key]
    if chance.random() < 0.3:
        del where[last]
    else:
        a_name = chance.choice(names)
        role = f"arn:aws:sts::{HUB}:assumed-role/peerkeeper-connect-peerings/s"
        others = ("x", None, "", [], [{}], {}, 0, True, "peerkeeper:peers", a_name, role, "7" * 12)
        where[last] = chance.choice(others)
    if chance.random() < 0.2 and isinstance(one.get("detail"), dict):
        one["detail"]["errorCode"] = chance.choice(["Client.UnauthorizedOperation", "", None])
    return one


def asked(events: list[dict[str, Any]], chance: random.Random) -> list[dict[str, Any]]:
    names = sorted({e["detail"]["eventName"] for e in events if "eventName" in e["detail"]})
    drawn = [mutated(event, names, chance) for event in events for _ in range(MUTATIONS)]
    return [
        one
        for one in (*events, *drawn)
        if all(isinstance(one.get(key), kind) for key, kind in ENVELOPE.items())
    ]


def test_the_engine_and_our_matcher_agree_on_every_rule(
    everything_on: Compared, spokes: tuple[Compared, ...], figure: Callable[[str], None]
) -> None:
    rules = {
        json.dumps(rule.pattern): rule
        for one in (everything_on, *spokes)
        for rule in one.stack.ours.rules
    }
    client = everything_on.stack.client("events")
    events = asked(samples(), random.Random(SEED))
    matched, different = 0, []
    for event in events:
        text = json.dumps(event)
        for pattern, rule in rules.items():
            ours = matches(rule.pattern, event)
            theirs = client.test_event_pattern(EventPattern=pattern, Event=text)["Result"]
            matched += ours
            if ours != theirs:
                different.append(f"{rule.name}: engine {theirs}, ours {ours}: {text}")
    assert not different, "\n".join(different[:5])
    questions = len(events) * len(rules)
    assert 0 < matched < questions
    figure(f"{questions:>6} questions on patterns answered alike, {matched} of them with yes")
