"""Our role in another account: assumed on first use, once, and renewed while work goes on."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError
from botocore.session import Session
from moto.sts.models import AssumedRole
from peerkeeper.aws.clients import Clients
from peerkeeper.aws.edge import Edge
from peerkeeper.aws.spokes import LASTS, SpokeRole
from peerkeeper.values.ec2 import Location
from peerkeeper.values.reads import Describe, Read
from peerkeeper.values.trouble import Meaning

from peerkeeper_local.cloud import LocalCloud
from peerkeeper_local.deployment import Deployment
from peerkeeper_local.pump import Pump
from peerkeeper_local.story.stage import EVERYWHERE, ROOT, SEOUL, TOKYO
from tests.integration.fleet import (
    APPS,
    DATA,
    EXTERNAL_ID,
    FUNCTIONS,
    HUB,
    Fleet,
    hub_role,
    spoke_role,
)

NAME = "peerkeeper-spoke-connect-peerings"
THERE = Location(APPS, SEOUL)


@pytest.fixture
def cloud(monkeypatch):
    with LocalCloud(HUB, (SEOUL, TOKYO), accounts=(APPS, DATA)) as opened:
        Pump(opened, Deployment(ROOT), {"ExternalId": EXTERNAL_ID, "Mode": "full", **EVERYWHERE})
        for name, value in opened.environment("peerkeeper-connect-peerings").items():
            monkeypatch.setenv(name, value)
        yield opened


def clients(external_id=EXTERNAL_ID):
    role = SpokeRole(NAME, "connect_peerings", external_id)
    return Clients([Location(HUB, SEOUL)], SEOUL, attempts=1, spoke=role)


def assumed(cloud):
    return [(arn.split(":")[4], allowed) for _, arn, allowed in cloud.authority.assumptions]


def lasting(monkeypatch, seconds):
    """Let what STS gives from now on be over in so many seconds, whatever was asked for."""
    plain = AssumedRole.__init__

    def shorter(role, *args, **kwargs):
        plain(role, *args, **kwargs)
        role.expiration += timedelta(seconds=seconds - LASTS)

    monkeypatch.setattr(AssumedRole, "__init__", shorter)


def test_nothing_is_assumed_before_it_is_used(cloud):
    made = clients()
    made.ec2(Location(HUB, SEOUL)).describe_vpcs()
    assert assumed(cloud) == []


def test_an_account_is_assumed_once_however_many_regions_and_calls(cloud):
    made = clients()
    for where in (THERE, Location(APPS, TOKYO), THERE):
        for _ in range(3):
            made.ec2(where).describe_vpcs()
    made.ec2(Location(DATA, SEOUL)).describe_vpcs()
    assert assumed(cloud) == [(APPS, True), (DATA, True)]
    (call, *_) = [call for call in cloud.calls if call.account == APPS]
    assert call.principal == f"arn:aws:sts::{APPS}:assumed-role/{NAME}/connect_peerings"


def test_the_sts_of_the_region_is_asked_also_by_an_sdk_that_asks_another_by_default(cloud):
    own = Session()
    own.set_config_variable("sts_regional_endpoints", "legacy")
    role = SpokeRole(NAME, "connect_peerings", EXTERNAL_ID)
    made = Clients([], SEOUL, attempts=1, spoke=role, session=own)
    made.ec2(THERE).describe_vpcs()
    assert own.get_config_variable("sts_regional_endpoints") == "regional"


def test_threads_that_come_at_once_assume_it_once(cloud):
    made = clients()
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda _: made.ec2(THERE).describe_vpcs(), range(32)))
    assert assumed(cloud) == [(APPS, True)]


def test_credentials_that_run_out_are_renewed_once_and_work_goes_on(cloud, monkeypatch):
    made = clients()
    with monkeypatch.context() as short:
        lasting(short, 20)
        made.ec2(THERE)
    for _ in range(3):
        assert made.ec2(THERE).describe_vpcs()["Vpcs"]
    assert assumed(cloud) == [(APPS, True)] * 2


def test_credentials_that_cannot_be_renewed_are_trouble_with_the_role_itself(cloud, monkeypatch):
    made = clients()
    with monkeypatch.context() as short:
        lasting(short, 20)
        made.ec2(THERE)
    cloud.authority.remove(spoke_role(APPS, "connect-peerings"))
    trouble = Edge(made).observe((Read(THERE, Describe.VPCS),)).trouble
    assert trouble
    assert (trouble.action, trouble.meaning) == ("AssumeRole", Meaning.DENIED)


def test_where_ec2_takes_them_for_expired_the_role_is_assumed_anew(cloud):
    edge = Edge(clients())
    read = (Read(THERE, Describe.VPCS),)
    assert not edge.observe(read).trouble
    cloud.outages.fail("DescribeVpcs", "ExpiredToken")
    trouble = edge.observe(read).trouble
    assert trouble
    assert trouble.meaning is Meaning.PASSING
    assert not edge.observe(read).trouble
    assert assumed(cloud) == [(APPS, True)] * 2


def test_a_refusal_is_asked_for_once_until_it_is_dropped(cloud):
    made = clients(external_id="not-the-one-agreed-on")
    for _ in range(3):
        with pytest.raises(ClientError, match="AccessDenied"):
            made.ec2(THERE)
    assert assumed(cloud) == [(APPS, False)]
    made.trim()
    with pytest.raises(ClientError, match="AccessDenied"):
        made.ec2(THERE)
    assert assumed(cloud) == [(APPS, False)] * 2


def test_the_clients_of_so_many_accounts_are_kept_and_the_oldest_are_made_anew(cloud, monkeypatch):
    monkeypatch.setattr("peerkeeper.aws.clients.MOST_ACCOUNTS", 1)
    made = clients()
    for account in (APPS, DATA):
        made.ec2(Location(account, SEOUL))
    made.trim()
    for account in (DATA, APPS):
        made.ec2(Location(account, SEOUL))
    assert assumed(cloud) == [(APPS, True), (DATA, True), (APPS, True)]


def test_a_role_is_not_assumed_with_another_functions_credentials(cloud, monkeypatch):
    for name, value in cloud.environment("peerkeeper-sweep").items():
        monkeypatch.setenv(name, value)
    made = clients()
    with pytest.raises(ClientError, match="AccessDenied"):
        made.ec2(THERE)
    assert cloud.authority.assumptions[0][0] == hub_role("sweep")


def test_a_location_that_is_not_ours_has_no_client_where_there_is_no_fleet(cloud):
    with pytest.raises(KeyError):
        Clients([Location(HUB, SEOUL)], SEOUL).ec2(THERE)


def test_without_the_right_to_assume_roles_the_hub_looks_after_its_own_account():
    withheld = tuple((hub_role(function), "sts:AssumeRole") for function in FUNCTIONS)
    with Fleet(withheld=withheld) as fleet:
        fleet.pump.sweep()
        assert {finding["subject"] for finding in fleet.found("account-unreachable")} == {
            APPS,
            DATA,
        }
        assert fleet.codes() == {"account-unreachable"}
        vpc = fleet.of("hub").describe_vpc_attribute(
            VpcId=fleet.id("hub"), Attribute="enableDnsHostnames"
        )
        assert vpc["EnableDnsHostnames"]["Value"]


def test_a_session_is_the_shortest_that_sts_gives():
    """Source: STS API, AssumeRole: 900 s at least."""
    assert SpokeRole("a-role", "sweep").arguments() == {
        "RoleSessionName": "sweep",
        "DurationSeconds": 900,
    }
