"""Many notices at once, and consent that goes: what people get, once, on the local cloud."""

import json

from peerkeeper_local.pump import Announced
from peerkeeper_local.story.stage import SEOUL, Stage

PEERS = [{"Key": "peerkeeper:peers", "Value": "self"}]
MANY = 14


class Estate(Stage):
    """A hub VPC and the events that Peerkeeper puts on its bus."""

    def __enter__(self):
        super().__enter__()
        self.told = []
        self.pump.on_step(self._hear)
        self.owner = self.ec2(SEOUL)
        return self

    def _hear(self, step):
        if isinstance(step, Announced):
            self.told.append((step.event["detail-type"], _detail(step.event)))

    def kinds(self):
        return [kind for kind, _ in self.told]

    def vpc(self, cidr, tags=()):
        made = self.owner.create_vpc(CidrBlock=cidr)["Vpc"]["VpcId"]
        if tags:
            self.owner.create_tags(Resources=[made], Tags=tags)
        return made

    def ask(self, one, other):
        reply = self.owner.create_vpc_peering_connection(VpcId=one, PeerVpcId=other)
        return reply["VpcPeeringConnection"]["VpcPeeringConnectionId"]


def _detail(event):
    detail = event["detail"]
    return json.loads(detail) if isinstance(detail, str) else detail


def test_requests_that_no_event_told_of_are_told_by_one_digest_and_never_again():
    with Estate("full") as estate:
        hub = estate.vpc("10.0.0.0/16")
        others = [estate.vpc(f"10.{n}.0.0/16") for n in range(1, MANY + 1)]
        estate.pump.advance(60)
        estate.pump.cut()
        asked = {estate.ask(each, hub) for each in others}
        estate.pump.run()
        estate.pump.join()
        estate.pump.sweep()
        estate.pump.advance(120)
        (digest,) = [detail for kind, detail in estate.told if kind == "NoticeDigest"]
        assert {one["peering"] for one in digest["peerings"]} == asked
        assert digest["kinds"] == {"PeeringHeld": MANY}
        assert "PeeringHeld" not in estate.kinds()
        shown = estate.owner.describe_vpc_peering_connections()["VpcPeeringConnections"]
        assert {tag["Value"] for one in shown for tag in one["Tags"]} == {"held"}
        estate.told.clear()
        estate.pump.sweep()
        estate.pump.advance(300)
        assert {"NoticeDigest", "PeeringHeld"} & {*estate.kinds()} == set()


def test_a_peering_is_told_to_carry_by_the_run_that_made_it_so_with_the_consent_behind_it():
    with Estate("full") as estate:
        one, other = estate.vpc("10.1.0.0/16", PEERS), estate.vpc("10.2.0.0/16", PEERS)
        estate.pump.advance(60)
        pcx = estate.ask(one, other)
        estate.pump.advance(120)
        told = dict(estate.told)
        assert told["PeeringCarries"]["peering"] == pcx
        given = {"resource": other, "key": "peerkeeper:peers", "word": "self", "breadth": "self"}
        assert told["PeeringAccepted"]["consent"] == given
        assert given in told["RoutesChanged"]["consents"]
        estate.told.clear()
        estate.pump.sweep()
        estate.pump.advance(300)
        assert "PeeringCarries" not in estate.kinds()


def test_whoever_takes_the_consent_of_a_routed_peering_is_named_once():
    with Estate("full") as estate:
        one, other = estate.vpc("10.1.0.0/16", PEERS), estate.vpc("10.2.0.0/16", PEERS)
        pcx = estate.ask(one, other)
        estate.pump.advance(120)
        estate.told.clear()
        estate.owner.delete_tags(Resources=[one], Tags=[{"Key": "peerkeeper:peers"}])
        estate.pump.advance(120)
        (gone,) = [detail for kind, detail in estate.told if kind == "ConsentWithdrawn"]
        assert gone["resource"] == one
        assert pcx in gone["message"]
        assert "arn:aws:" in gone["message"]
        estate.told.clear()
        for _ in range(3):
            estate.pump.sweep()
            estate.pump.advance(900)
        assert "ConsentWithdrawn" not in estate.kinds()
