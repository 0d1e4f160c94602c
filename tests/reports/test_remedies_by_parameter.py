"""What findings tell people to set in parameters: deployed as the findings say, it ends them."""

import re

import pytest

from peerkeeper_local.story.stage import FOREIGN_ACCOUNT, SEOUL
from tests.integration.pair import AGREED
from tests.reports.estate import Estate, add_only

ONE, OTHER = "10.1.0.0/16", "10.2.0.0/16"
CHARGED = {"AllowMultipathResilience": True, "MultipathResilienceMode": "always-on"}
NARROW = {"AllowedDestinations": "10.0.0.0/8,!10.80.0.0/16", "VpcDns": "leave"}
US = "111122223333"


def deploy(estate, messages):
    """Deploy once with all that the findings say of parameters; return what that was."""
    said = {"AllowedDestinations": estate.parameters["AllowedDestinations"].split(",")}
    for message in messages:
        for name, value in re.findall(r"set (\w+)=([^\s,]+(?:,\d+)*)", message):
            said[name] = [value]
        for vpc, key, value in re.findall(r"and tag (vpc-\w+) ([^\s=]+)=(\w+)", message):
            estate.tag(vpc, key, value)
        for value, name in re.findall(r"list (\S+) in (\w+)", message):
            said.setdefault(name, []).append(value)
        for value, name in re.findall(
            r"(\S+) (?:of the peer )?is outside (\w+).*; add it", message
        ):
            said[name].append(value)
        for name, value in re.findall(r"outside (\w+).*; remove (\S+) from it", message):
            said[name].remove(value)
    estate.redeploy(**{name: ",".join(dict.fromkeys(values)) for name, values in said.items()})
    return said


def test_one_deployment_with_all_that_is_said_ends_every_finding():
    with Estate(**NARROW) as estate:
        asked = built(estate)
        estate.sweep(300)
        found = {(one["code"], one["message"]) for one in estate.findings()}
        assert {code for code, _ in found} == {
            "held-multipath-charges",
            "held-destination-not-allowed",
            "destination-not-allowed",
            "held-account-not-allowed",
            "route-conflict",
            "dns-off",
        }
        said = deploy(estate, {message for _, message in found})
        assert set(said) == {
            "AllowedDestinations",
            "AllowedAccounts",
            "AllowMoreSpecificThan",
            "AllowMultipathCharges",
            "VpcDns",
        }
        estate.sweep(900)
        assert estate.is_quiet()
        assert [estate.status(pcx) for pcx in asked] == ["active"] * len(asked)
        assert {to for to in routed(estate, asked) if not to.startswith("10.1.")} == {
            "192.168.1.0/24",
            "100.64.2.0/24",
            "10.65.0.0/16",
            "10.66.0.0/16",
            "10.67.0.0/16",
            "10.80.1.0/24",
        }


def built(estate):
    """One VPC with a peer for each parameter that is in the way; the peerings that were asked for."""
    tags = [{"Key": "peerkeeper:peers", "Value": f"self {FOREIGN_ACCOUNT}"}]
    hub = estate.vpc(ONE, tags)
    estate.route(hub, "10.64.0.0/12")  # it covers what some of the peers have
    narrow = [estate.vpc(cidr, AGREED) for cidr in ("192.168.1.0/24", "10.80.1.0/24")]
    wide = estate.vpc("10.65.0.0/16", AGREED)
    estate.owner.associate_vpc_cidr_block(VpcId=wide, CidrBlock="100.64.2.0/24")
    charged = estate.vpc("10.66.0.0/16", AGREED)
    asked = [*(estate.ask(one, hub) for one in narrow), estate.ask(wide, hub)]
    reply = estate.owner.create_vpc_peering_connection(
        VpcId=charged, PeerVpcId=hub, RequesterPeeringConnectionOptions=CHARGED
    )
    asked.append(reply["VpcPeeringConnection"]["VpcPeeringConnectionId"])
    asked.append(asked_by_another_account(estate, hub))
    estate.pump.advance(120)
    return asked


def asked_by_another_account(estate, hub):
    theirs = estate.ec2(SEOUL, FOREIGN_ACCOUNT)
    foreign = theirs.create_vpc(CidrBlock="10.67.0.0/16")["Vpc"]["VpcId"]
    for attribute in ("EnableDnsSupport", "EnableDnsHostnames"):
        theirs.modify_vpc_attribute(VpcId=foreign, **{attribute: {"Value": True}})
    reply = theirs.create_vpc_peering_connection(VpcId=foreign, PeerVpcId=hub, PeerOwnerId=US)
    return reply["VpcPeeringConnection"]["VpcPeeringConnectionId"]


def routed(estate, asked):
    """What the tables of our account send to these peerings."""
    tables = estate.owner.describe_route_tables()["RouteTables"]
    return [
        route["DestinationCidrBlock"]
        for table in tables
        for route in table["Routes"]
        if route.get("VpcPeeringConnectionId") in asked
    ]


def test_an_account_that_is_added_to_the_list_is_met():
    with Estate(AllowedAccounts=US) as estate:
        tags = [{"Key": "peerkeeper:peers", "Value": FOREIGN_ACCOUNT}]
        pcx = asked_by_another_account(estate, estate.vpc(ONE, tags))
        estate.sweep(120)
        (held,) = {finding["message"] for finding in estate.found("held-account-not-allowed")}
        assert held.endswith("add it to AllowedAccounts to allow it")
        estate.redeploy(AllowedAccounts=f"{US},{FOREIGN_ACCOUNT}")
        estate.sweep(300)
        assert estate.status(pcx) == "active"
        assert estate.is_quiet()


def test_the_first_list_of_accounts_that_is_told_takes_no_routed_peering_of_ours_away():
    """A peer's account that is left out is named with our own beside it, and then our own is named."""
    given = {"AllowedDestinations": "10.0.0.0/8", "AllowedAccounts": f"{US},{FOREIGN_ACCOUNT}"}
    with Estate(**given) as estate:
        one, other, ours = estate.peered(ONE, OTHER)
        tags = [{"Key": "peerkeeper:peers", "Value": FOREIGN_ACCOUNT}]
        theirs = asked_by_another_account(estate, estate.vpc("10.3.0.0/16", tags))
        estate.sweep(120)
        assert routed(estate, [theirs]) == ["10.67.0.0/16"]
        estate.redeploy(AllowedAccounts="")
        estate.reports.clear()
        estate.sweep(120)
        (message,) = {finding["message"] for finding in estate.found("routed-not-approved")}
        assert "the tag that agrees" not in message
        assert deploy(estate, [message])["AllowedAccounts"] == [f"{US},{FOREIGN_ACCOUNT}"]
        assert estate.is_quiet()
        assert estate.status(theirs) == estate.status(ours) == "active"
        estate.redeploy(AllowedAccounts=FOREIGN_ACCOUNT)
        estate.reports.clear()
        estate.sweep(120)
        said = {one["subject"]: one["message"] for one in estate.found("routed-not-approved")}
        assert said.keys() == {one, other}
        assert all(
            words.endswith(
                f"account {US} of the peer is not allowed; add it to AllowedAccounts to allow it"
            )
            for words in said.values()
        )


@pytest.mark.parametrize("mode", ["add-only", "full"])
def test_the_mode_that_is_named_writes_the_route(mode):
    with Estate("observe") as estate:
        one, other = estate.agreed(ONE, OTHER)
        pcx = estate.ask(one, other)
        estate.owner.accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)
        estate.sweep(120)
        messages = [finding["message"] for finding in estate.found("not-carrying")]
        assert messages
        assert all("set Mode=add-only or Mode=full" in message for message in messages)
        estate.redeploy(Mode=mode)
        assert estate.is_quiet()
        assert estate.targets(one, OTHER) == estate.targets(other, ONE) == [pcx]


def test_the_scope_that_is_named_routes_the_whole_network(estate):
    one, other = estate.agreed(ONE, OTHER)
    pcx = estate.ask(one, other)
    estate.pump.cut()
    estate.owner.accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    estate.cloud.clock.advance(15)
    estate.route(one, "10.2.5.0/24", pcx)
    estate.pump.run()
    estate.pump.join()
    estate.sweep(300)
    (message,) = {finding["message"] for finding in estate.found("narrow-routes-kept")}
    assert "; set RouteScope=vpc to route the whole network" in message
    assert estate.targets(one, OTHER) == []
    estate.redeploy(RouteScope="vpc")
    assert estate.is_quiet()
    assert estate.targets(one, OTHER) == [pcx]


@add_only
def test_mode_full_takes_the_dead_route_away(estate):
    one, other = estate.agreed(ONE, OTHER)
    old, new = estate.asked_again(one, other)
    dead = [each["message"] for each in estate.naming(old) if each["code"] == "dead-route"]
    assert dead
    assert all("; set Mode=full, or delete it: aws" in message for message in dead)
    estate.redeploy(Mode="full")
    assert estate.is_quiet()
    assert estate.targets(one, OTHER) == estate.targets(other, ONE) == [new]


@pytest.mark.parametrize("vpc_dns", ["enforce", "leave"])
def test_what_is_missing_and_named_turns_host_names_on(vpc_dns):
    """The peering's own tag agrees to it; it asks for no DNS, so that the VPC's tag is missing."""
    with Estate(VpcDns=vpc_dns) as estate:
        one, other = estate.vpc(ONE), estate.vpc(OTHER, AGREED)
        estate.turn_on_dns(other)
        estate.tag(estate.ask(one, other), "peerkeeper:approved", "true")
        estate.sweep(300)
        (message,) = {finding["message"] for finding in estate.found("dns-off")}
        named = re.search(r", or (set VpcDns=enforce and )?tag (\S+) (\S+)=enforce$", message)
        assert bool(named[1]) == (vpc_dns == "leave")
        estate.tag(named[2], named[3], "enforce")
        estate.redeploy(VpcDns="enforce")
        estate.sweep(300)
        assert estate.has_host_names(one)
        assert estate.is_quiet()


def test_one_release_of_the_brake_lets_the_deletes_through(estate):
    hub = estate.vpc(ONE, AGREED)
    peers = estate.agreed("10.2.0.0/16", "10.3.0.0/16", "10.4.0.0/16")
    for pcx in [estate.ask(hub, peer) for peer in peers]:
        estate.pump.advance(120)
        estate.pump.cut()
        estate.delete(pcx)
        estate.pump.run()
        estate.pump.join()
    estate.cloud.clock.advance(3 * 86_400)
    estate.sweep(900)
    (message,) = {finding["message"] for finding in estate.found("deletes-withheld")}
    (override,) = re.findall(r"deploy with DeleteOverride=(\S+), and empty it again", message)
    estate.redeploy(DeleteOverride=override)
    estate.sweep(900)
    assert estate.is_quiet()
    assert all(estate.targets(hub, cidr) == [] for cidr in ("10.2.0.0/16", "10.4.0.0/16"))


def test_a_wider_network_that_is_listed_lets_both_be_routed():
    """Only `observe` shows it: where routes are written, the wider one soon stands in the way."""
    wide, narrow = "10.20.0.0/16", "10.20.128.0/17"
    with Estate("observe") as estate:
        hub, *peers = estate.agreed(ONE, wide, narrow)
        asked = [estate.ask(hub, peer) for peer in peers]
        for pcx in asked:
            estate.owner.accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)
        estate.sweep(120)
        (message,) = {finding["message"] for finding in estate.found("route-conflict")}
        assert f"; remove the tag of one peer, list {wide} in AllowMoreSpecificThan, or" in message
        estate.redeploy(Mode="full", AllowMoreSpecificThan=wide)
        assert estate.is_quiet()
        assert [*estate.targets(hub, wide), *estate.targets(hub, narrow)] == asked
