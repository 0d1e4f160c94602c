"""The local cloud's IAM and the engine's, side by side on requests drawn from the policies of the
templates and of docs.

Where they differ one of them is wrong. Where it is ours it is mended; where it is theirs it has a
name here.
"""

import json
import os
import random
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from peerkeeper_local.deployment import Deployment
from peerkeeper_local.iam import Decision, Request, decide
from peerkeeper_local.iam.conditions import as_list
from peerkeeper_local.iam.wildcards import arn_like, like
from tests.deployed.deploy import EVERYTHING_ON, RIGHTS
from tests.deployed.places import HUB, OTHER, ROOT, SEOUL
from tests.deployed.requests import requests
from tests.served import HANGS

REQUESTS, SEED = 1000, 11
FULL_ACCESS = {"Effect": "Allow", "Action": "*", "Resource": "*"}
THEIRS = {
    "Allow": Decision.ALLOWED,
    "Deny": Decision.DENIED_EXPLICITLY,
    "ImplicitDeny": Decision.DENIED,
}
EVALUATE = Path(__file__).parent / "ministack" / "evaluate.py"
Statements = list[Mapping[str, Any]]


def sets_of_statements() -> Iterator[Statements]:
    """Yield those of each role of both templates, and of each page's policy beside full access."""
    deployment = Deployment(ROOT)
    hub = deployment.hub(HUB, SEOUL, EVERYTHING_ON)
    stacks = (deployment.hub(HUB, SEOUL), hub, deployment.spoke(OTHER, SEOUL, hub, RIGHTS))
    for role in (role for stack in stacks for role in stack.roles):
        yield [one for policy in role.policies for one in as_list(policy["Statement"])]
    for path in sorted((ROOT / "docs/policies").glob("*.json")):
        yield [FULL_ACCESS, *json.loads(path.read_text())["Statement"]]


def ask(drawn: list[tuple[Statements, Request]]) -> list[Decision]:
    """Return the engine's decisions."""
    asked = [{"statements": statements, **asdict(request)} for statements, request in drawn]
    done = subprocess.run(
        [os.environ["ENGINE_PYTHON"], str(EVALUATE)],
        input=json.dumps(asked),
        text=True,
        capture_output=True,
        timeout=HANGS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [THEIRS[one] for one in json.loads(done.stdout)]


def an_arn_condition_across_colons(statements: Statements, request: Request) -> bool:
    """The engine lets a wildcard of an ARN condition go beyond a colon.

    Each of the six parts is checked by itself. Source: IAM User Guide, ARN condition operators.
    """
    return any(
        like(value, wanted) != arn_like(value, wanted)
        for statement in statements
        for operator, keys in statement.get("Condition", {}).items()
        if "Arn" in operator
        for key, patterns in keys.items()
        for value in request.values(key) or ()
        for wanted in as_list(patterns)
    )


THEIR_FAULTS = (an_arn_condition_across_colons,)


def test_our_iam_decides_as_the_engines_does(figure: Callable[[str], None]) -> None:
    chance = random.Random(SEED)
    policies = list(sets_of_statements())
    each = -(-REQUESTS // len(policies))
    drawn = [(said, request) for said in policies for request in requests(said, chance, each)]
    decisions, excused, different = Counter[Decision](), Counter[str](), []
    for (said, request), theirs in zip(drawn, ask(drawn), strict=True):
        ours = decide(said, request)
        decisions[ours] += 1
        if ours is theirs:
            continue
        reasons = [one.__name__ for one in THEIR_FAULTS if one(said, request)]
        excused.update(reasons[:1])
        if not reasons:
            different.append(f"ours {ours}, engine {theirs}: {request}")
    assert not different, "\n".join(different[:10])
    assert min(decisions[one] for one in Decision) >= REQUESTS // 20, decisions
    figure(
        f"{len(drawn):>6} requests to IAM answered alike ({decisions[Decision.ALLOWED]} allowed) "
        f"but for {excused.total()}: {dict(excused)}"
    )
