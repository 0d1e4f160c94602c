"""The peering state machine. In: a peering and a moment. Out: its state at that moment.

    initiating-request -> failed | pending-acceptance
    pending-acceptance -> rejected | expired | deleted | provisioning -> active
    active -> deleting (between Regions only) -> deleted

A request that was deleted between Regions goes on to look as if it waited, for a while.

Source: VPC Peering Guide, basics ("VPC peering connection lifecycle").
"""

from typing import NamedTuple

from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.peering import Peering

LIVE = frozenset({"initiating-request", "pending-acceptance", "provisioning", "active"})
TERMINAL = frozenset({"failed", "expired", "rejected", "deleted"})


class State(NamedTuple):
    """A status code and the time (epoch seconds) since when it holds."""

    code: str
    since: float


def state_of(peering: Peering, moment: Moment) -> State:
    """Return the state of `peering` at `moment`."""
    if peering.deleted is not None:
        return _ending(peering, peering.deleted, moment)
    if peering.rejected is not None:
        return State("rejected", peering.rejected)
    if peering.accepted is not None:
        return _after(
            peering.accepted, moment.delays.provisioning, moment, "provisioning", "active"
        )
    return _requested(peering, moment)


def _ending(peering: Peering, deleted: float, moment: Moment) -> State:
    """Return the state since the delete: between Regions it takes a while.

    A request between Regions still waits for acceptance meanwhile. Source: observed (a test of
    Terraform's AWS provider that failed over it).
    """
    if not peering.between_regions:
        return State("deleted", deleted)
    if peering.accepted is None:
        lasts = moment.delays.withdrawing
        return _after(deleted, lasts, moment, "pending-acceptance", "deleted")
    return _after(deleted, moment.delays.deleting, moment, "deleting", "deleted")


def _requested(peering: Peering, moment: Moment) -> State:
    outcome = "failed" if peering.doomed else "pending-acceptance"
    state = _after(peering.created, moment.delays.initiating, moment, "initiating-request", outcome)
    expiry = peering.created + moment.delays.request_expiry
    if state.code == "pending-acceptance" and moment.now >= expiry:
        return State("expired", expiry)
    return state


def _after(start: float, lasts: float, moment: Moment, during: str, then: str) -> State:
    end = start + lasts
    return State(during, start) if moment.now < end else State(then, end)


def message(peering: Peering, code: str) -> str:
    """Return the text beside a status code. Not an interface: read the code. Source: observed."""
    deleter = peering.deleted_by.account if peering.deleted_by else ""
    accepter = peering.accepter.location.account
    texts = {
        "initiating-request": f"Initiating Request to {accepter}",
        "pending-acceptance": f"Pending Acceptance by {accepter}",
        "provisioning": "Provisioning",
        "active": "Active",
        "rejected": f"Rejected by {accepter}",
        "expired": "Expired",
        "deleting": f"Deleting by {deleter}",
        "deleted": f"Deleted by {deleter}",
        "failed": "Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range",
    }
    return texts[code]
