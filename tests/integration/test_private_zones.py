"""PrivateZones: what the sweep finds about shared zones, and what ends each finding. Three accounts."""

import re
import shlex

import pytest
from peerkeeper.settings import Mode

from peerkeeper_cli.foresight.look_ahead import look_ahead
from peerkeeper_cli.plan.proposal import proposal
from peerkeeper_local.story.stage import SEOUL, TOKYO
from tests.cli.in_process import estate_on
from tests.integration.fleet import APPS, DATA, HUB, PLACES, SINGAPORE, Fleet, hub_role, spoke_role

LIST, TAGS = "route53:ListHostedZones", "route53:ListTagsForResources"
GET, OF_VPC = "route53:GetHostedZone", "route53:ListHostedZonesByVPC"


class Estate(Fleet):
    """Apps' VPC in Seoul and data's in Tokyo, peered; apps owns a zone, which its VPC has."""

    def __init__(self, look="report", **more):
        super().__init__(PrivateZones=look, **more)

    def set_up(self):
        super().set_up()
        self.peer("apps", "data")
        for name in ("apps", "data"):
            self.dns(name, EnableDnsHostnames={"Value": True})
        self.names["zone"] = self.zone("apps")
        self.settle()

    def route53(self, account):
        return self.cloud.client("route53", SINGAPORE, account=account)

    def vpc(self, name):
        return {"VPCRegion": PLACES[name][1], "VPCId": self.id(name)}

    def zone(self, name, domain="internal.example"):
        reply = self.route53(PLACES[name][0]).create_hosted_zone(
            Name=domain, CallerReference=f"{name}-{domain}", VPC=self.vpc(name)
        )
        return reply["HostedZone"]["Id"].removeprefix("/hostedzone/")

    def share(self, words, zone="zone", account=APPS, key="peerkeeper:share"):
        self.route53(account).change_tags_for_resource(
            ResourceType="hostedzone",
            ResourceId=self.id(zone),
            AddTags=[{"Key": key, "Value": words}],
        )

    def ask_for(self, name, words):
        tag = {"Key": "peerkeeper:zones", "Value": words}
        self.of(name).create_tags(Resources=[self.id(name)], Tags=[tag])

    def dns(self, name, **attribute):
        self.of(name).modify_vpc_attribute(VpcId=self.id(name), **attribute)

    def swept(self, also=""):
        """Sweep; return what it found about zones."""
        self.settle()
        self.pump.sweep()
        self.pump.advance(60)
        found = {
            (one["code"], one["subject"]): one
            for report in self.reports
            if report["function"] == "sweep"
            for one in report["findings"]
            if "zone" in one["code"] + one["subject"] or one["code"] == also
        }
        self.forget()
        return [*found.values()]

    def run(self, command, account):
        """Do what the aws CLI would do with the command, with credentials of the account."""
        _, service, operation, *words = shlex.split(command)
        given = dict(zip(words[::2], words[1::2], strict=True))
        if service == "ec2":
            ec2 = self.ec2(given["--region"], account)
            (name,) = (one for one in given if one.startswith("--enable"))
            attribute = "".join(part.capitalize() for part in name[2:].split("-"))
            ec2.modify_vpc_attribute(VpcId=given["--vpc-id"], **{attribute: {"Value": True}})
            return
        vpc = dict(part.split("=") for part in given["--vpc"].split(","))
        call = getattr(self.route53(account), operation.replace("-", "_"))
        call(HostedZoneId=given["--hosted-zone-id"], VPC=vpc)


def steps(finding):
    """Each command of a finding, with the account that it names."""
    return re.findall(r"with credentials of (\d{12}): (aws [^;]+)", finding["message"])


def codes(found):
    return [one["code"] for one in found]


@pytest.fixture
def estate():
    with Estate() as stage:
        stage.share(DATA)
        stage.ask_for("data", APPS)
        yield stage


def test_the_commands_of_the_handshake_end_the_finding_in_two_accounts(estate):
    (one,) = estate.swept()
    assert (one["code"], one["subject"]) == ("zone-not-shared", estate.id("zone"))
    assert one["location"] == f"{APPS}/{SEOUL}"  # the hub's Region
    told = steps(one)
    assert [account for account, _ in told] == [APPS, DATA, APPS]
    for account, command in told:
        estate.run(command, account)
    owner = estate.route53(APPS)
    assert owner.list_vpc_association_authorizations(HostedZoneId=estate.id("zone"))["VPCs"] == []
    assert estate.swept() == []


def test_in_one_account_the_vpc_is_associated_by_one_command():
    with Estate() as estate:
        ec2 = estate.ec2(TOKYO, APPS)
        estate.names["here"] = ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
        for attribute in ("EnableDnsHostnames", "EnableDnsSupport"):
            ec2.modify_vpc_attribute(VpcId=estate.id("here"), **{attribute: {"Value": True}})
        tags = {"peerkeeper:peers": APPS, "peerkeeper:zones": "self"}
        said = [{"Key": key, "Value": value} for key, value in tags.items()]
        ec2.create_tags(Resources=[estate.id("here")], Tags=said)
        estate.agree("apps", f"{DATA} self")
        pcx = estate.of("apps").create_vpc_peering_connection(
            VpcId=estate.id("apps"), PeerVpcId=estate.id("here"), PeerRegion=TOKYO
        )["VpcPeeringConnection"]["VpcPeeringConnectionId"]
        assert pcx
        estate.pump.advance(120)
        assert estate.swept() == []
        estate.share("self")
        (one,) = estate.swept()
        ((account, command),) = steps(one)
        assert account == APPS
        estate.run(command, account)
        assert estate.swept() == []


def test_both_owners_must_say_so_and_the_peering_must_be_active_and_agreed(estate):
    assert codes(estate.swept()) == ["zone-not-shared"]
    estate.ask_for("data", HUB)
    assert estate.swept() == []
    estate.ask_for("data", APPS)
    estate.share(HUB)
    assert estate.swept() == []
    estate.share(f"{HUB} {estate.id('data')}")
    assert codes(estate.swept()) == ["zone-not-shared"]
    estate.agree("data", HUB)
    assert estate.swept() == []
    estate.agree("data", APPS)
    pcx = estate.id("apps-data")
    estate.of("apps").delete_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    assert estate.swept() == []


def test_a_zone_of_the_same_name_is_a_conflict_until_the_word_is_removed(estate):
    estate.names["theirs"] = estate.zone("data", "INTERNAL.example")
    (one,) = estate.swept()
    assert one["code"] == "zone-conflict"
    assert (
        f"the zone {estate.id('theirs')} of the same name, which account {DATA}" in one["message"]
    )
    estate.share(HUB)
    assert estate.swept() == []


def test_a_vpc_without_dns_is_told_to_turn_it_on(estate):
    estate.of("data").create_tags(
        Resources=[estate.id("data")], Tags=[{"Key": "peerkeeper:dns", "Value": "leave"}]
    )
    estate.dns("data", EnableDnsHostnames={"Value": False})
    estate.dns("data", EnableDnsSupport={"Value": False})
    both = estate.swept()
    assert codes(both) == ["zone-needs-vpc-dns", "zone-not-shared"]
    assert both[0]["subject"] == estate.id("data")
    for command in re.findall(r"to turn on DNS \w+: (aws [^;]+)", both[0]["message"]):
        estate.run(command, DATA)
    assert codes(estate.swept()) == ["zone-not-shared"]


def test_a_zone_that_outlives_its_peering_is_taken_away_by_the_command(estate):
    for account, command in steps(estate.swept()[0]):
        estate.run(command, account)
    pcx = estate.id("apps-data")
    estate.of("apps").delete_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    (one,) = estate.swept()
    assert (one["code"], one["subject"]) == ("zone-left-behind", estate.id("zone"))
    ((account, command),) = steps(one)
    estate.run(command, account)
    assert estate.swept() == []
    assert len(estate.route53(APPS).get_hosted_zone(Id=estate.id("zone"))["VPCs"]) == 1


def test_a_vpc_that_has_the_zone_by_hand_and_no_peering_is_left_alone():
    with Estate() as estate:
        estate.names["hubs"] = estate.zone("hub", "hub.example")
        estate.share(DATA, "hubs", HUB)
        owner, guest = estate.route53(HUB), estate.route53(APPS)
        asked = {"HostedZoneId": estate.id("hubs"), "VPC": estate.vpc("apps")}
        owner.create_vpc_association_authorization(**asked)
        guest.associate_vpc_with_hosted_zone(**asked)
        (one,) = estate.swept()  # another account's VPC, and the tag names another account
        assert one["code"] == "zone-left-behind"
        estate.share("self", "hubs", HUB)
        assert estate.swept() == []


def test_a_fault_in_the_tag_of_a_zone_is_told(estate):
    estate.share("everybody")
    (one,) = estate.swept("tag-fault")
    assert "names 'everybody'; allowed are 12-digit account ids, vpc ids and self" in one["message"]


def asked(estate):
    used = estate.cloud.authority.used
    return {(role, action) for role, action in used if action.startswith("route53:")}


def test_only_the_sweep_of_one_region_asks_and_it_only_reads(estate):
    estate.swept()
    assert asked(estate) == {
        (hub_role("sweep"), LIST),
        *((spoke_role(APPS, "sweep"), action) for action in (LIST, TAGS, GET)),
        *((spoke_role(DATA, "sweep"), action) for action in (LIST, OF_VPC)),
    }


def test_with_off_nobody_asks():
    with Estate("off") as estate:
        estate.share(DATA)
        estate.ask_for("data", APPS)
        assert estate.swept() == []
        assert asked(estate) == set()


@pytest.mark.parametrize("action", [LIST, TAGS, GET, OF_VPC])
def test_without_a_right_nothing_is_concluded_and_all_else_goes_on(estate, action):
    account = DATA if action == OF_VPC else APPS
    with estate.cloud.authority.without(spoke_role(account, "sweep"), action):
        (one,) = estate.swept()
    assert (one["code"], one["subject"]) == ("denied", "private hosted zones")
    assert f"grant {action} there: deploy spoke.yaml" in one["message"]
    assert "the hub's PrivateZones" in one["message"]
    assert codes(estate.swept()) == ["zone-not-shared"]


def test_of_many_zones_each_has_its_turn_and_what_is_left_out_is_told(estate):
    for number in range(60):
        estate.zone("apps", f"n{number}.example")
    seen = []
    for _ in range(5):
        start = estate.cloud.clock.now()
        found = estate.swept()
        (told,) = [one for one in found if one["code"] == "zones-in-turn"]
        assert f"of the private zones of account {APPS}" in told["message"]
        assert "once in 5 sweeps" in told["message"]
        seen += [code for code in codes(found) if code == "zone-not-shared"]
        estate.pump.advance(start + 300 - estate.cloud.clock.now())
    assert seen == ["zone-not-shared"]


def test_a_plan_of_the_command_line_finds_the_same(estate):
    (swept,) = estate.swept()
    read = estate_on(estate)
    planned = proposal(read, look_ahead(read), Mode.FULL)
    found = [one for one in planned.findings if "zone" in one.code]
    assert [one.to_dict() for one in found] == [swept]
