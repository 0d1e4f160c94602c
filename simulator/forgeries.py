"""Messages that somebody forges, or that cannot be read. In: a schedule. Out: one more message in it."""

from __future__ import annotations

import json
from typing import Any

from simulator.trail import OURS, SEOUL, THEIRS, TOKYO

MALLORY = "AIDAMALLORYMALLORY000"
POISON = (
    "{",
    "",
    "null",
    "[1, 2]",
    '"text"',
    '{"peerkeeper": 2, "hints": []}',
    '{"peerkeeper": 1, "hints": "all"}',
    '{"peerkeeper": 1, "hints": [{"account": "*", "region": "ap-northeast-2"}]}',
    '{"peerkeeper": 1, "hints": [{"account": "111122223333", "region": "ap-northeast-2", "id": "pcx-*"}]}',
    '{"source": "aws.ec2"}',
    '{"detail-type": "AWS API Call via CloudTrail", "source": "aws.ec2", "detail": null}',
    "[" * 5000,
)


def forge(schedule: Any) -> None:
    """Put one more message in one of the queues, drawn by the schedule's seed."""
    random = schedule.scheduler.random
    queues = schedule.functions.queues
    arn = random.choice(sorted(queues.by_arn))
    if random.random() < 0.3:
        body = random.choice(POISON)
        schedule.liveness.poison.add(body)
        schedule.world.note(f"mallory: sends {body[:60]!r}")
        queues.put(arn, body, MALLORY)
        return
    known = [
        name
        for name in schedule.hands.names.values()
        if name.startswith(("pcx-", "vpc-", "rtb-")) and "assoc" not in name
    ]
    target = random.choice([*known, "pcx-0badbadbadbadbad0"])
    routed = [
        (where, route.target.id)
        for where in schedule.policy.ours
        for table in schedule.world.now.places[where].tables.values()
        for route in table.routes
        if route.target.id.startswith("pcx-")
    ]
    lie = random.choice((_deleted, _accepted, _absent, _absent, _tired))
    where = schedule.policy.ours[0]
    if lie is _absent and routed:
        where, target = random.choice(routed)
        arn = next(each for each in queues.by_arn if "clean" in each)
    body = json.dumps(lie(target, where, random))
    schedule.world.note(f"mallory: sends {body[:120]}")
    queues.put(arn, body, MALLORY)


def _event(name: str, request: Any, response: Any, random: Any) -> dict[str, Any]:
    return {
        "version": "0",
        "detail-type": "AWS API Call via CloudTrail",
        "source": "aws.ec2",
        "account": random.choice([OURS, OURS, THEIRS]),
        "region": random.choice([SEOUL, TOKYO]),
        "detail": {
            "eventName": name,
            "requestParameters": request,
            "responseElements": response,
        },
    }


def _deleted(target: str, where: Any, random: Any) -> dict[str, Any]:
    """A peering is said to be deleted."""
    request = {"vpcPeeringConnectionId": target}
    return _event("DeleteVpcPeeringConnection", request, {"_return": True}, random)


def _accepted(target: str, where: Any, random: Any) -> dict[str, Any]:
    """A peering is said to be accepted, and approved."""
    response = {
        "vpcPeeringConnection": {
            "vpcPeeringConnectionId": target,
            "status": {"code": "active"},
            "tagSet": {"items": [{"key": "peerkeeper:approved", "value": "true"}]},
            "requesterVpcInfo": {"ownerId": OURS, "region": SEOUL, "cidrBlock": "0.0.0.0/0"},
        }
    }
    return _event("AcceptVpcPeeringConnection", {}, response, random)


def _absent(target: str, where: Any, random: Any) -> dict[str, Any]:
    """A hand-off says that a peering was seen absent; SQS stamps who really sent it."""
    place = {"account": where.account, "region": where.region}
    return {
        "peerkeeper": 1,
        "hints": [place],
        "absent": [{**place, "id": target}],
        "then": "connect_peerings",
        "proven": True,
    }


def _tired(target: str, where: Any, random: Any) -> dict[str, Any]:
    """A hand-off with a long chain behind it."""
    place = {"account": OURS, "region": random.choice([SEOUL, TOKYO]), "id": target}
    return {"peerkeeper": 1, "hints": [place], "hops": 8, "looks": 4}
