"""A peer where we hold no role: our half is done, and its owner is told the commands for the other half.

The commands are carried out as they stand, with the owner's credentials.
"""

import shlex

import pytest

from peerkeeper_local.story.stage import SEOUL, TOKYO, Stage, target_of

HUB, THEM = "111122223333", "444455556666"


class OneSided(Stage):
    """Ours in Seoul, and a VPC of an account that is allowed but not looked after, in Tokyo."""

    def set_up(self):
        super().set_up()
        self.names["ours"] = self.ec2(SEOUL).create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
        made = self.ec2(TOKYO, THEM).create_vpc(CidrBlock="10.2.0.0/16")["Vpc"]["VpcId"]
        self.names["theirs"] = made
        tag = {"Key": "peerkeeper:peers", "Value": THEM}
        self.ec2(SEOUL).create_tags(Resources=[self.id("ours")], Tags=[tag])
        for attribute in ("EnableDnsSupport", "EnableDnsHostnames"):
            self.ec2(TOKYO, THEM).modify_vpc_attribute(VpcId=made, **{attribute: {"Value": True}})
        self.pump.advance(60)
        self.reports.clear()

    def told(self):
        """The commands of the one finding, the last that was reported; and forget it."""
        found = [f["message"] for f in self.findings() if f["code"] == "other-side"]
        return found[-1].splitlines()[1:] if found else []

    def swept(self):
        self.pump.sweep()
        return self.told()

    def main_table(self):
        (table,) = self.ec2(TOKYO, THEM).describe_route_tables(
            Filters=[{"Name": "vpc-id", "Values": [self.id("theirs")]}]
        )["RouteTables"]
        return table

    def carry_out(self, command):
        """Do what the `aws` command says, as its owner would, with the table put in."""
        words = shlex.split(command.replace("ROUTE_TABLE_ID", self.main_table()["RouteTableId"]))
        assert words[:2] == ["aws", "ec2"]
        options = dict(zip(words[3::2], words[4::2], strict=True))
        region = options.pop("--region")
        call = getattr(self.ec2(region, THEM), words[2].replace("-", "_"))
        return call(**{_camel(name): _value(text) for name, text in options.items()})


def _camel(option):
    return "".join(word.capitalize() for word in option.removeprefix("--").split("-"))


def _value(text):
    key, equals, value = text.partition("=")
    return {key: value == "true"} if equals else text


@pytest.fixture
def stage():
    with OneSided(AllowedAccounts=f"{HUB},{THEM}") as opened:
        yield opened


def test_a_request_of_ours_is_finished_by_the_commands_as_they_stand(stage):
    reply = stage.ec2(SEOUL).create_vpc_peering_connection(
        VpcId=stage.id("ours"), PeerVpcId=stage.id("theirs"), PeerOwnerId=THEM, PeerRegion=TOKYO
    )
    pcx = reply["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    stage.pump.advance(60)
    told = stage.told()
    assert [command.split()[2] for command in told] == [
        "accept-vpc-peering-connection",
        "create-route",
        "modify-vpc-peering-connection-options",
    ]
    assert stage.swept() == told, "as long as it is seen to wait"
    stage.carry_out(told[0])
    stage.pump.advance(60)
    assert stage.swept() == [], "accepted: EC2 shows us no more of the other side"
    stage.pump.advance(60)
    for command in told[1:]:
        stage.carry_out(command)
    routes = stage.main_table()["Routes"]
    assert [r["DestinationCidrBlock"] for r in routes if target_of(r) == pcx] == ["10.1.0.0/16"]
    ours = {(d, target) for _, d, target in stage.routes()}
    assert ("10.2.0.0/16", pcx) in ours
    (shown,) = stage.ec2(TOKYO, THEM).describe_vpc_peering_connections()["VpcPeeringConnections"]
    assert shown["AccepterVpcInfo"]["PeeringOptions"]["AllowDnsResolutionFromRemoteVpc"]


def test_a_request_of_theirs_is_accepted_and_routed_and_what_is_theirs_is_told_once(stage):
    stage.ec2(TOKYO, THEM).create_vpc_peering_connection(
        VpcId=stage.id("theirs"), PeerVpcId=stage.id("ours"), PeerOwnerId=HUB, PeerRegion=SEOUL
    )
    stage.pump.advance(30)
    stage.pump.sweep()  # an account we do not look after sends no events
    stage.pump.advance(60)
    told = stage.told()
    assert [command.split()[2] for command in told] == [
        "create-route",
        "modify-vpc-peering-connection-options",
    ]
    assert "--requester-peering-connection-options" in told[1]
    stage.pump.advance(60)
    assert stage.swept() == []


def test_a_cidr_of_ours_that_comes_later_is_told_too(stage):
    stage.ec2(SEOUL).create_vpc_peering_connection(
        VpcId=stage.id("ours"), PeerVpcId=stage.id("theirs"), PeerOwnerId=THEM, PeerRegion=TOKYO
    )
    stage.pump.advance(60)
    stage.carry_out(stage.told()[0])
    stage.pump.advance(120)
    stage.told()
    stage.ec2(SEOUL).associate_vpc_cidr_block(VpcId=stage.id("ours"), CidrBlock="10.8.0.0/16")
    stage.pump.advance(60)
    told = [command for command in stage.told() if "create-route" in command]
    assert [command.split()[-1] for command in told] == ["10.1.0.0/16", "10.8.0.0/16"]
