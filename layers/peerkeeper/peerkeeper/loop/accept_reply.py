"""What accepting a request would bring: the reply of EC2, foretold. In: our view, our VPC. Out: the peering.

Pure. A test compares it with what the local cloud shows once it has accepted.
Source: EC2 API reference, AcceptVpcPeeringConnection; VPC Peering Guide, lifecycle.
"""

from __future__ import annotations

from dataclasses import replace

from peerkeeper.values.ec2 import PeeringConnection, PeeringStatus, Vpc


def foretold_reply(view: PeeringConnection, vpc: Vpc) -> PeeringConnection:
    """Return the peering as it is soon after it is accepted: active, with the accepter's networks shown.

    It is provisioning for some seconds first. Nothing else of it changes: options stay off, and the
    requester's networks were shown before.
    """
    accepter = replace(view.accepter, cidrs=vpc.cidrs)
    return replace(view, status=PeeringStatus.ACTIVE, status_text="", expires=0, accepter=accepter)
