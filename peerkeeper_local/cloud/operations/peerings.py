"""Peering operations, owned whole: moto's are not used. In: requests. Out: EC2's replies."""

from moto.core.responses import ActionResult
from moto.ec2.utils import random_vpc_peering_connection_id

from peerkeeper_local.cloud.operations.base import Operations
from peerkeeper_local.partitions import partition_of, regions_of
from peerkeeper_local.semantics import peering_calls
from peerkeeper_local.semantics.peer_location import peer_location
from peerkeeper_local.semantics.peering import Options, Peering, Side
from peerkeeper_local.semantics.peering_options import Asked, modify_options
from peerkeeper_local.semantics.peering_state import State
from peerkeeper_local.semantics.peering_view import changed_flags, description
from peerkeeper_local.semantics.refusal import no_such_peering, no_such_vpc


class PeeringOperations(Operations):
    """Create, accept, reject, delete, describe and modify the options of peering connections."""

    def create_vpc_peering_connection(self) -> ActionResult:
        """Ask for a peering; a live one in the same direction is returned instead of a new one."""
        requester = self.world.side(self.location, self.required("VpcId"))
        if requester is None:
            raise no_such_vpc(self.required("VpcId"))
        regions = regions_of(partition_of(self.location.region))
        home = peer_location(self.params, self.location, regions)
        peer_id = self.required("PeerVpcId")
        accepter = self.world.side(home, peer_id)
        if accepter is None and home == self.location:
            raise no_such_vpc(peer_id)
        known = peering_calls.twin_request(
            self.world.peerings.values(),
            requester,
            accepter or Side(home, peer_id),
            self.moment,
        )
        if known is not None:
            return self._told(known)
        return self._requested(requester, accepter, Side(home, peer_id))

    def _requested(self, requester: Side, accepter: Side | None, named: Side) -> ActionResult:
        """Store a new request; `named` is the accepter as the caller named it, if it is not there."""
        known = self.world.peerings.values()
        peering_calls.check_outstanding(known, requester.vpc_id, self.moment)
        tags = self._parse_tag_specification("vpc-peering-connection")
        sent = self.params.get("RequesterPeeringConnectionOptions") or {}
        peering = Peering(
            id=random_vpc_peering_connection_id(),
            requester=requester,
            accepter=accepter or named,
            created=self.moment.now,
            doomed=peering_calls.is_doomed(requester, accepter),
            requester_options=Options(
                multipath_resilience=bool(sent.get("AllowMultipathResilience"))
            ),
        )
        self.world.peerings[peering.id] = peering
        if tags:
            self.ec2_backend.create_tags([peering.id], tags["vpc-peering-connection"])
        return self._told(peering, "initiating-request")

    def accept_vpc_peering_connection(self) -> ActionResult:
        """Accept: the reply says provisioning, and shows the CIDRs of both sides."""
        peering = self._named()
        others = self.world.peerings.values()
        accepted = peering_calls.accept(peering, self.location, others, self.moment)
        self.world.peerings[peering.id] = accepted
        return self._told(accepted, "provisioning")

    def reject_vpc_peering_connection(self) -> ActionResult:
        """Reject a pending request."""
        peering = self._named()
        rejected = peering_calls.reject(peering, self.location, self.moment)
        self.world.peerings[peering.id] = rejected
        return ActionResult({"Return": True})

    def delete_vpc_peering_connection(self) -> ActionResult:
        """Delete an active peering, or one's own pending request."""
        peering = self._named()
        deleted = peering_calls.delete(peering, self.location, self.moment)
        self.world.peerings[peering.id] = deleted
        return ActionResult({"Return": True})

    def describe_vpc_peering_connections(self) -> ActionResult:
        """Describe what this location sees."""
        return self.described(
            "VpcPeeringConnections",
            "VpcPeeringConnectionId",
            no_such_peering,
            self.world.limits.page,
        )

    def modify_vpc_peering_connection_options(self) -> ActionResult:
        """Set the options of the side, or in one location sides, that are the caller's."""
        peering = self._named()
        asked = Asked(
            requester=self.params.get("RequesterPeeringConnectionOptions"),
            accepter=self.params.get("AccepterPeeringConnectionOptions"),
        )
        ready = self.world.dns_ready
        changed = modify_options(peering, self.location, asked, ready, self.moment)
        self.world.peerings[peering.id] = changed
        reply = {}
        if asked.requester is not None:
            reply["RequesterPeeringConnectionOptions"] = changed_flags(
                changed.requester_options, asked.requester
            )
        if asked.accepter is not None:
            reply["AccepterPeeringConnectionOptions"] = changed_flags(
                changed.accepter_options, asked.accepter
            )
        return ActionResult(reply)

    def _named(self) -> Peering:
        """Return the peering that the request names, if this location sees it."""
        return self.world.peering(self.required("VpcPeeringConnectionId"), self.location)

    def _told(self, peering: Peering, step: str | None = None) -> ActionResult:
        state = None if step is None else State(step, self.moment.now)
        tags = self.world.peering_tags(self.location, peering.id)
        told = description(peering, self.location, self.moment, tags, state)
        return ActionResult({"VpcPeeringConnection": told})
