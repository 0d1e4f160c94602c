"""What one change of a report means in a history. In: an outcome as it was logged. Out: `Entry`, or None.

result       change                       entry
applied      AcceptPeering                accepted, with the consent
applied      CreateRoute                  routed, with the consent
applied      DeleteRoute                  route removed
applied      AllowRemoteDnsResolution     dns
applied      TagStatus                    told
failed       any                          failed, with EC2's words
refused      any                          refused, by our own guard
unchanged    any                          none: it was so already
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from peerkeeper_cli.history.entry import Entry, Kind

KINDS = {
    "AcceptPeering": Kind.ACCEPTED,
    "CreateRoute": Kind.ROUTED,
    "DeleteRoute": Kind.REMOVED,
    "AllowRemoteDnsResolution": Kind.DNS,
    "TagStatus": Kind.TOLD,
}
RESULTS = {"failed": Kind.FAILED, "refused": Kind.REFUSED}
TOLD = {
    "held": "notice: held",
    "expiring": "notice: about to expire",
    "expired": "notice: expired",
    "not-carrying": "notice: does not carry all that it should",
    "conflict": "notice: a route is in the way",
    "ok": "noted that it carries all that is wanted",
    "clear": "noted that nothing is left to tell",
}
Json = Mapping[str, Any]


def done(at: float, function: str, outcome: Json) -> Entry | None:
    """Return what this outcome was."""
    change, result = str(outcome.get("change")), str(outcome.get("result"))
    kind = RESULTS.get(result) or (KINDS.get(change) if result == "applied" else None)
    if kind is None:
        return None
    why = str(outcome.get("reason", ""))
    if kind in RESULTS.values():
        why = str(outcome.get("detail") or why)
    return Entry(
        at,
        kind,
        words_of(outcome),
        place=str(outcome.get("location", "")),
        why=why,
        consent=_consent(outcome),
        by=function,
    )


def kept_back(at: float, function: str, change: Json) -> Entry:
    """Return what the mode kept back."""
    return Entry(
        at,
        Kind.WOULD,
        words_of(change),
        place=str(change.get("location", "")),
        why=str(change.get("reason", "")),
        consent=_consent(change),
        by=function,
    )


def words_of(change: Json) -> str:
    """Return the change in a few words."""
    table, to = change.get("route_table_id"), change.get("destination")
    match change.get("change"):
        case "AcceptPeering":
            return f"the request to {change.get('vpc_id')} accepted"
        case "CreateRoute":
            return f"route {to} in {table}"
        case "DeleteRoute":
            return f"route {to} out of {table}"
        case "AllowRemoteDnsResolution":
            side = "requester" if change.get("requester_side") else "accepter"
            return f"DNS resolution allowed, {side} side"
        case "TagStatus":
            status = str(change.get("status"))
            return TOLD.get(status, f"tagged {status}")
        case other:
            return str(other)


def _consent(change: Json) -> str:
    said = change.get("consent")
    if not isinstance(said, Mapping):
        return ""
    return f"{said.get('resource')} is tagged {said.get('key')}, which says {said.get('word')}"
