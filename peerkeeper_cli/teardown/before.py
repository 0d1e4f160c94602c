"""What `teardown --json` said before: what EC2 no longer shows afterwards. In: a file. Out: `Before`.

Raises ReadError with what is wrong with the file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from peerkeeper.values.ec2 import Location, PeeringConnection, PeeringStatus, Side

from peerkeeper_cli.asked_for import ReadError

VERSION = 1


@dataclass(frozen=True, slots=True)
class Before:
    """The peerings as they would show now, deleted; where the VPC was, and the addresses that it had."""

    peerings: tuple[PeeringConnection, ...] = ()
    addresses: frozenset[tuple[Location, str]] = frozenset()
    vpc: Location | None = None
    """None where the list is about a peering, or where there is no list."""


def before(file: Path, target: str) -> Before:
    """Return what the file says of the target."""
    try:
        told = json.loads(file.read_text("utf-8"))
        if told["version"] != VERSION or told["target"] != target:
            raise ReadError(
                f"--before {file}: it is about {told['target']}, in version {told['version']}. Name the "
                f"file that `teardown {target} --json` wrote"
            )
        return Before(
            tuple(_peering(one) for one in told["about"]["peerings"]),
            frozenset((_at(one), str(one["resource"])) for one in told["about"]["addresses"]),
            _at(told["about"]["vpc"]) if told["about"]["vpc"] else None,
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        words = f"--before {file}: it is not what `teardown {target} --json` wrote"
        raise ReadError(f"{words} ({type(error).__name__}: {error})") from error


def _peering(told: Mapping[str, Any]) -> PeeringConnection:
    requester, accepter = _side(told["requester"]), _side(told["accepter"])
    return PeeringConnection(
        requester.location, str(told["id"]), PeeringStatus.DELETED, requester, accepter
    )


def _side(told: Mapping[str, Any]) -> Side:
    return Side(_at(told), str(told["resource"]))


def _at(told: Mapping[str, Any]) -> Location:
    return Location(str(told["account"]), str(told["region"]))
