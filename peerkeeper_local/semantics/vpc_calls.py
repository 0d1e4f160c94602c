"""What may be done to a VPC.

In: the peerings and networks it is tied to. Out: nothing, or a Refusal. Never looks a VPC up.
"""

from collections.abc import Iterable

from peerkeeper_local.semantics.limits import Limits, Moment
from peerkeeper_local.semantics.networks import any_overlap
from peerkeeper_local.semantics.peering import Peering
from peerkeeper_local.semantics.peering_state import state_of
from peerkeeper_local.semantics.refusal import Refusal

IN_THE_WAY = frozenset({"provisioning", "active", "deleting"})


def check_room(vpcs: int, limits: Limits) -> None:
    """Refuse one more VPC in a Region that has `vpcs`, the default one counted.

    Source: EC2 errors; text observed.
    """
    if vpcs >= limits.vpcs_per_region:
        raise Refusal("VpcLimitExceeded", "The maximum number of VPCs has been reached.")


def peered(vpc_id: str, peerings: Iterable[Peering], moment: Moment) -> list[Peering]:
    """Return the peerings that tie the VPC to another one now."""
    return [
        peering
        for peering in peerings
        if peering.joins(vpc_id) and state_of(peering, moment).code in IN_THE_WAY
    ]


def check_new_cidr(cidr: str, taken: Iterable[str]) -> None:
    """Refuse a CIDR that the VPC, or one peered with it, has already (code assumed)."""
    if any_overlap([cidr], taken):
        raise Refusal("InvalidVpc.Range", f"The CIDR '{cidr}' overlaps one in use.")


def check_delete_vpc(vpc_id: str, peerings: Iterable[Peering], moment: Moment) -> None:
    """Refuse to delete a VPC that a peering holds.

    One that is accepted does, and so does an incoming request of another account. Source: VPC
    Peering Guide, basics (requests); observed (accepted).
    """
    for peering in peerings:
        if not peering.joins(vpc_id):
            continue
        code = state_of(peering, moment).code
        incoming = peering.accepter.vpc_id == vpc_id and peering.between_accounts
        if code in IN_THE_WAY or (code == "pending-acceptance" and incoming):
            raise Refusal(
                "DependencyViolation",
                f"The vpc '{vpc_id}' has dependencies and cannot be deleted.",
            )
