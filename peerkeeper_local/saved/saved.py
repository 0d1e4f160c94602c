"""A saved cloud, read again. In: the text that `dump` printed. Out: `Saved`, or every fault at once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from peerkeeper_local.cloud.documents import Document
from peerkeeper_local.saved.document_checks import faults_of
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.peering import Options, Peering, Side

TIMES = ("created", "accepted", "rejected", "deleted")


class SavedError(Exception):
    """A saved cloud cannot be read; the text names every fault and what would help."""

    def __init__(self, faults: list[str]) -> None:
        lines = "\n".join(f"  - {fault}" for fault in faults)
        super().__init__(
            f"this is no saved cloud:\n{lines}\n`./peerkeeper dump > FILE` writes one that is"
        )


@dataclass(frozen=True, slots=True)
class Saved:
    """A cloud at `time` (epoch seconds): what each location held, and the facts of every peering."""

    time: float
    locations: Mapping[Location, Mapping[str, list[Document]]]
    peerings: tuple[Peering, ...]

    def moved(self, now: float) -> Saved:
        """Return the same cloud at `now`: everything in it is as old as it was."""
        later = now - self.time
        aged = tuple(
            replace(
                each,
                **{
                    name: value + later
                    for name in TIMES
                    if (value := getattr(each, name)) is not None
                },
            )
            for each in self.peerings
        )
        lists = {
            where: {**kinds, "NatGateways": [_later(each, later) for each in kinds["NatGateways"]]}
            for where, kinds in self.locations.items()
        }
        return Saved(now, lists, aged)


def _later(nat: Document, seconds: float) -> Document:
    """Return a NAT gateway whose times are `seconds` later."""
    moved = {
        key: (datetime.fromisoformat(str(nat[key])) + timedelta(seconds=seconds)).isoformat()
        for key in ("CreateTime", "DeleteTime")
        if nat.get(key)
    }
    return {**nat, **moved}


def saved_from(text: str) -> Saved:
    """Read what `dump` printed. Raises SavedError with every fault."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SavedError([f"not JSON: {error}"]) from None
    faults = list(faults_of(raw))
    if faults:
        raise SavedError(faults)
    return Saved(
        datetime.fromisoformat(raw["time"]).timestamp(),
        {_location(name): lists for name, lists in raw["locations"].items()},
        tuple(_peering(facts) for facts in raw["peerings"]),
    )


def _location(name: str) -> Location:
    account, _, region = name.partition("/")
    return Location(account, region)


def _peering(facts: Document) -> Peering:
    by = facts.get("deleted_by")
    return Peering(
        **{
            **facts,
            "requester": _side(facts["requester"]),
            "accepter": _side(facts["accepter"]),
            "deleted_by": Location(*by) if by else None,
            "requester_options": Options(**facts.get("requester_options", {})),
            "accepter_options": Options(**facts.get("accepter_options", {})),
        }
    )


def _side(facts: Document) -> Side:
    return Side(
        Location(*facts["location"]),
        facts["vpc_id"],
        tuple(facts["cidrs"]),
        tuple(facts["ipv6_cidrs"]),
    )
