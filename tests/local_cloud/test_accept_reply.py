"""What accepting would bring, foretold, and what EC2 then shows: the same, from both locations."""

from dataclasses import replace

import pytest
from peerkeeper.aws import parse
from peerkeeper.loop.accept_reply import foretold_reply
from peerkeeper.loop.foretell import as_done
from peerkeeper.loop.update_snapshot import with_outcomes
from peerkeeper.values.changes import AcceptPeering
from peerkeeper.values.ec2 import Location, PeeringStatus
from peerkeeper.values.snapshot import Snapshot

OURS, THEIRS = "111122223333", "444455556666"
SEOUL, TOKYO = "ap-northeast-2", "ap-northeast-1"
HOME = Location(OURS, SEOUL)
PLACES = {
    "same account and region": HOME,
    "other region": Location(OURS, TOKYO),
    "other account": Location(THEIRS, SEOUL),
    "other account and region": Location(THEIRS, TOKYO),
}
FURTHER = {
    "one": ((), ()),
    "several": (("100.65.0.0/16", "10.8.0.0/16"), ("100.64.0.0/16", "10.9.0.0/16")),
    "IPv6": (("six",), ("six",)),
}
"""Networks besides the first, of the requester and of the accepter."""
TAGS = {OURS: "of ours", THEIRS: "of theirs"}


class Pair:
    """Two VPCs, and a request from the one at home to the other."""

    def __init__(self, cloud, there, networks, options):
        self.cloud, self.there = cloud, there
        self.vpcs = {
            "requester": self.vpc(HOME, "10.1.0.0/16", networks[0]),
            "accepter": self.vpc(there, "10.2.0.0/16", networks[1]),
        }
        cloud.clock.advance(60)
        reply = self.ec2(HOME).create_vpc_peering_connection(
            VpcId=self.vpcs["requester"],
            PeerVpcId=self.vpcs["accepter"],
            PeerOwnerId=there.account_id,
            PeerRegion=there.region,
            **options,
        )
        self.pcx = reply["VpcPeeringConnection"]["VpcPeeringConnectionId"]
        cloud.clock.advance(60)
        for where in {HOME, there}:
            tags = [{"Key": "peerkeeper:approved", "Value": TAGS[where.account_id]}]
            self.ec2(where).create_tags(Resources=[self.pcx], Tags=tags)

    def vpc(self, where, cidr, networks):
        ec2 = self.ec2(where)
        vpc = ec2.create_vpc(CidrBlock=cidr)["Vpc"]["VpcId"]
        for one in networks:
            six = {"AmazonProvidedIpv6CidrBlock": True}
            ec2.associate_vpc_cidr_block(VpcId=vpc, **(six if one == "six" else {"CidrBlock": one}))
            self.cloud.clock.advance(60)
        return vpc

    def ec2(self, where):
        return self.cloud.client("ec2", where.region, where.account_id)

    def seen(self):
        """Read the peering from each location, and the accepter's VPC, as the functions do."""
        named = {"VpcPeeringConnectionIds": [self.pcx]}
        views = [
            parse.peering(
                self.ec2(where).describe_vpc_peering_connections(**named)["VpcPeeringConnections"][
                    0
                ],
                where,
            )
            for where in sorted({HOME, self.there})
        ]
        raw = self.ec2(self.there).describe_vpcs(VpcIds=[self.vpcs["accepter"]])["Vpcs"][0]
        vpc = parse.vpc(raw, self.there)
        return Snapshot(
            vpcs={(self.there, vpc.id): vpc},
            peerings={(view.location, view.id): view for view in views},
        )

    def accept(self):
        """Accept it, as people do, and wait until it is active."""
        self.ec2(self.there).accept_vpc_peering_connection(VpcPeeringConnectionId=self.pcx)
        self.cloud.clock.advance(600)


@pytest.mark.parametrize("options", [{}, {"AllowMultipathResilience": True}], ids=["", "multipath"])
@pytest.mark.parametrize("networks", FURTHER)
@pytest.mark.parametrize("place", PLACES)
def test_the_foretold_reply_is_what_both_locations_show_once_it_is_active(
    cloud, place, networks, options
):
    sent = {"RequesterPeeringConnectionOptions": options} if options else {}
    pair = Pair(cloud, PLACES[place], FURTHER[networks], sent)
    before = pair.seen()
    vpc = before.vpcs[pair.there, pair.vpcs["accepter"]]
    assert {view.status for view in before.peerings.values()} == {PeeringStatus.PENDING_ACCEPTANCE}
    assert len(vpc.cidrs) == 1 + len(FURTHER[networks][1])
    assert all(view.accepter.cidrs == () and view.expires for view in before.peerings.values())
    foretold = {key: foretold_reply(view, vpc) for key, view in before.peerings.items()}
    change = AcceptPeering(pair.there, pair.pcx, vpc.id, reason="")
    folded = with_outcomes(before, [as_done(change, before)]).peerings
    pair.accept()
    shown = {
        key: replace(view, status_text="")  # EC2's words: not an interface
        for key, view in pair.seen().peerings.items()
    }
    assert foretold == shown
    assert folded == shown
    assert {view.status for view in shown.values()} == {PeeringStatus.ACTIVE}
