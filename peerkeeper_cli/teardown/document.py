"""A teardown as JSON. In: a teardown. Out: plain values, by docs/schemas/cli/teardown.schema.json.

`version` changes when a field is removed or changes its meaning. It stays the same for a new field.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from peerkeeper.values.ec2 import Location

from peerkeeper_cli.page.moment import iso
from peerkeeper_cli.teardown.order.step import State, Step
from peerkeeper_cli.teardown.order.teardown import Teardown, teardown
from peerkeeper_cli.teardown.seen.kind import Kind
from peerkeeper_cli.teardown.seen.seen import Seen

VERSION = 1


def document(found: Teardown, profiles: Mapping[str, str], now: float) -> dict[str, Any]:
    """Return it whole. `profiles`: the profile of an account, by account."""
    seen = found.seen
    return {
        "version": VERSION,
        "target": seen.target,
        "read_at": iso(now),
        "about": about(seen),
        "steps": [_step(at, step, profiles) for at, step in enumerate(found.steps, 1)],
        "blockers": [
            {**_at(one.location, one.resource), "words": one.words, "remedy": one.remedy}
            for one in found.blockers
        ],
        "notes": [{**_at(one.location, one.resource), "words": one.words} for one in found.notes],
        "unread": [
            {**_at(one.location, one.resource), "kind": one.kind.value, "words": one.words}
            for one in seen.unread
        ],
        "unseen": [{**_at(one.location, one.vpc_id), "peering": one.pcx_id} for one in seen.unseen],
        "names": dict(seen.names),
        "counts": {state.value: found.count(state) for state in State},
        "exit_code": found.exit_code,
    }


def about(seen: Seen) -> dict[str, Any]:
    """Return what EC2 soon forgets, and `--after` needs: the VPC's place, peerings, and addresses."""
    addresses = [step for step in teardown(seen).steps if step.kind is Kind.ADDRESS and step.calls]
    return {
        "vpc": _at(seen.vpc.location, seen.vpc.id) if seen.vpc else None,
        "peerings": [
            {
                "id": pcx.id,
                "requester": _at(pcx.requester.location, pcx.requester.vpc_id),
                "accepter": _at(pcx.accepter.location, pcx.accepter.vpc_id),
            }
            for pcx in seen.peerings
        ],
        "addresses": [_at(step.location, step.resource) for step in addresses],
    }


def _at(where: Location, resource: str) -> dict[str, str]:
    return {"account": where.account_id, "region": where.region, "resource": resource}


def _step(number: int, step: Step, profiles: Mapping[str, str]) -> dict[str, Any]:
    profile = profiles.get(step.location.account_id, "")
    wait = step.wait
    return {
        "number": number,
        "state": step.state.value,
        "kind": step.kind.value,
        **_at(step.location, step.resource),
        "words": step.words,
        "commands": [call.command(profile) for call in step.calls],
        "wait": {"words": wait.words, "command": wait.command(profile)} if wait else None,
        "done_already": [*step.gone],
        "by_itself": step.by_itself,
    }
