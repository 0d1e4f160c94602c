"""A change in words: what Peerkeeper did, would do, or could not do.

In: a change as a report has it. Out: a sentence without an end, as "accepted seoul-tokyo in Tokyo".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from peerkeeper_local.telling.names import Ids, city

DID = 0
DO = 1
VERBS: dict[str, tuple[str, str]] = {
    "AcceptPeering": ("accepted", "accept"),
    "CreateRoute": ("routed", "route"),
    "DeleteRoute": ("deleted", "delete"),
    "AllowRemoteDnsResolution": ("turned on", "turn on"),
    "EnableDnsSupport": ("turned on", "turn on"),
    "EnableDnsHostnames": ("turned on", "turn on"),
    "SetMapPublicIpOnLaunch": ("turned", "turn"),
    "AddEndpointTable": ("added", "add"),
    "EnablePrivateDns": ("turned on", "turn on"),
    "TagStatus": ("tagged", "tag"),
}
"""Each change's verb: as it was done, and as it would be done."""
OBJECTS = {
    "AcceptPeering": "{pcx_id} in {city}",
    "CreateRoute": "{destination} to {pcx_id} in {route_table_id} ({city})",
    "DeleteRoute": "the route {destination} to {pcx_id} in {route_table_id} ({city})",
    "AllowRemoteDnsResolution": "DNS resolution for {pcx_id} in {city}",
    "EnableDnsSupport": "DNS support of {vpc_id} in {city}",
    "EnableDnsHostnames": "DNS hostnames of {vpc_id} in {city}",
    "SetMapPublicIpOnLaunch": "{switch} public IPs of {subnet_id} in {city}",
    "AddEndpointTable": "{route_table_id} to {endpoint_id} in {city}",
    "EnablePrivateDns": "private DNS of {endpoint_id} in {city}",
    "TagStatus": "{pcx_id} in {city} peerkeeper:status={status}",
}
RANK = {kind: rank for rank, kind in enumerate(VERBS)}


def done(outcome: Mapping[str, Any], names: Ids) -> str:
    """Return the result of a change that was tried."""
    match outcome["result"]:
        case "applied":
            return _words(outcome, names, DID)
        case "unchanged":
            return f"nothing to do: {_words(outcome, names, DO)}"
        case result:
            detail = f": {outcome['detail']}" if "detail" in outcome else ""
            return f"{result}: {_words(outcome, names, DO)}{detail}"


def would(change: Mapping[str, Any], names: Ids) -> str:
    """Return what a mode that writes would do."""
    return f"would {_words(change, names, DO)}"


def order(change: Mapping[str, Any], names: Ids) -> tuple[int, str]:
    """Return a sort key that goes by names: ids differ from run to run."""
    return RANK.get(change["change"], len(RANK)), _words(change, names, DO)


def _words(change: Mapping[str, Any], names: Ids, tense: int) -> str:
    kind = change["change"]
    if kind not in VERBS:
        return f"{kind} in {city(change['location'])}"
    told = {name: names.known(str(value)) for name, value in change.items()}
    told |= {"city": city(change["location"]), "switch": "on" if change.get("value") else "off"}
    return f"{VERBS[kind][tense]} {OBJECTS[kind].format(**told)}"
