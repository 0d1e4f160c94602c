"""`explain` with profiles of several accounts: each is read with its own, and no other."""

import json
from types import SimpleNamespace

import botocore.session
import pytest
from botocore.exceptions import ClientError
from peerkeeper.values.ec2 import Location
from peerkeeper.values.reads import Describe, Read
from peerkeeper.values.trouble import ASSUME_ROLE, Meaning, Trouble

from peerkeeper_cli.asked_for import AskedFor, ReadError
from peerkeeper_cli.estate.opened import opened
from peerkeeper_cli.explain.explained import explained
from peerkeeper_cli.explain.show import opening
from peerkeeper_cli.logins.other_accounts import Assumed
from peerkeeper_cli.reader.progress import Silent
from peerkeeper_cli.reader.threads import Threads
from peerkeeper_local.cloud import LocalCloud
from peerkeeper_local.story.stage import SEOUL, TOKYO
from tests.integration.fleet import APPS, DATA, HUB

SETTINGS = {
    "PEERKEEPER_ACCOUNT": HUB,
    "PEERKEEPER_ACCOUNTS": APPS,
    "PEERKEEPER_REGIONS": f"{SEOUL},{TOKYO}",
    "PEERKEEPER_SPOKE_ROLE": "peerkeeper-spoke-connect-peerings",
    "PEERKEEPER_EXTERNAL_ID": "agreed-upon",
}
PROFILES = {"network": HUB, "apps": APPS, "data": DATA}


@pytest.fixture
def cloud(request, monkeypatch, tmp_path):
    """Three accounts with a VPC each, a profile of each, and a request of the first to the second.

    The hub's function is deployed, unless the test says that it is not.
    """
    deployed = getattr(request, "param", True)
    monkeypatch.setenv("AWS_DEFAULT_REGION", SEOUL)
    with LocalCloud(HUB, (SEOUL, TOKYO), accounts=(APPS, DATA)) as opened_cloud:
        lines, vpcs = [], {}
        for profile, account in PROFILES.items():
            block = f"10.{39 - len(lines)}.0.0/16"
            made = opened_cloud.client("ec2", SEOUL, account).create_vpc(CidrBlock=block)
            vpcs[account] = made["Vpc"]["VpcId"]
            keys = opened_cloud.environment(f"arn:aws:iam::{account}:user/operator")
            lines += [f"[{profile}]", *(f"{name.lower()}={value}" for name, value in keys.items())]
        (tmp_path / "credentials").write_text("\n".join(lines))
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr(botocore.session.Session, "create_client", or_lambda(deployed))
        opened_cloud.vpcs = vpcs
        opened_cloud.pcx = asked(opened_cloud, vpcs[HUB], vpcs[APPS], APPS)
        yield opened_cloud


def or_lambda(deployed):
    """The session's own `create_client`, but for Lambda's, of which only one answer is needed."""
    real = botocore.session.Session.create_client

    def create_client(session, service, region_name, **kwargs):
        if service != "lambda":
            return real(session, service, region_name=region_name, **kwargs)

        def get_function_configuration(FunctionName):
            if not deployed or region_name != SEOUL:
                said = {"Error": {"Code": "ResourceNotFoundException", "Message": FunctionName}}
                raise ClientError(said, "GetFunctionConfiguration")
            return {"Environment": {"Variables": SETTINGS}}

        return SimpleNamespace(get_function_configuration=get_function_configuration)

    return create_client


def told(pcx, *profiles, **asked):
    """What `explain` says to a person with these profiles."""
    where = opened(AskedFor("explain", profiles=profiles, **asked))
    return explained(pcx, where, Threads(where.access, Silent()))


def owners(profiles, account):
    where = opened(AskedFor("explain", profiles=profiles))
    seen = where.access.observe((Read(Location(account, SEOUL), Describe.VPCS),))
    return seen.trouble.code if seen.trouble else {vpc.owner_id for vpc in seen.vpcs}


def test_each_account_is_read_with_the_profile_of_that_account(cloud):
    found = told(cloud.pcx, "network", "apps")
    assert not [line for line in found.found.lines if line.part == "reading"]
    assert found.row.requester.read
    assert found.row.accepter.read
    assert [owners(["network", "apps"], one) for one in (HUB, APPS)] == [{HUB}, {APPS}]


def test_without_a_profile_of_it_an_account_is_not_called(cloud):
    (unknown,) = (line for line in told(cloud.pcx, "network").found.lines if line.part == "reading")
    assert (unknown.side, unknown.test, unknown.result) == (APPS, "credentials", "unknown")
    assert [owners(["network"], one) for one in (HUB, APPS)] == [{HUB}, "NoCredentials"]


@pytest.mark.parametrize(
    ("profile", "said"), [("data", f"{DATA}, which the hub does not manage"), ("nobody", "nobody")]
)
def test_a_profile_that_is_of_no_use_is_named(cloud, profile, said):
    with pytest.raises(ReadError, match=said):
        told(cloud.pcx, "network", profile)


def test_the_role_is_assumed_where_the_peering_leads(cloud):
    trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": HUB}}
    rights = {"Effect": "Allow", "Action": "ec2:Describe*", "Resource": "*"}
    iam = cloud.client("iam", SEOUL, APPS)
    iam.create_role(RoleName="reader", AssumeRolePolicyDocument=document(trust))
    iam.put_role_policy(RoleName="reader", PolicyName="reads", PolicyDocument=document(rights))
    found = told(cloud.pcx, "network", role_name="reader")
    assert found.row.accepter.read
    assert not [line for line in found.found.lines if line.part == "reading"]


def test_a_role_that_lets_nobody_in_is_one_unknown_row(cloud, monkeypatch):
    refused = Trouble(Meaning.DENIED, "AccessDenied", "no such role", ASSUME_ROLE)
    nobody = Assumed((), {APPS: refused})
    monkeypatch.setattr("peerkeeper_cli.estate.opened.assumed", lambda *_: nobody)
    found = told(cloud.pcx, "network", role_name="nowhere").found
    (unknown,) = (line for line in found.lines if line.part == "reading")
    assert (unknown.side, unknown.test) == (APPS, "role")
    assert "AssumeRole says AccessDenied" in unknown.words
    assert found.exit_code == 4


@pytest.mark.parametrize("cloud", [False], indirect=True, ids=["no hub"])
def test_before_anything_is_deployed_it_goes_by_the_defaults_and_says_so(cloud):
    found = told(cloud.pcx, "network")
    assert "the template's defaults (no hub was found in" in opening(found)
    assert found.found.mode == "observe"
    (other,) = (line for line in found.found.lines if line.test == "other side")
    assert f"{APPS}/{SEOUL} was not read" in other.words
    assert "name a --profile of it as well" in other.words
    both = told(cloud.pcx, "network", "apps", given={"Mode": "full"})
    assert "with Mode=full" in opening(both)
    assert not [line for line in both.found.lines if line.test == "other side"]
    assert both.row.accepter.read


@pytest.mark.parametrize("cloud", [False], indirect=True, ids=["no hub"])
def test_a_region_that_is_named_alone_leaves_the_other_side_unread(cloud):
    other = cloud.client("ec2", TOKYO, HUB).create_vpc(CidrBlock="10.40.0.0/16")["Vpc"]["VpcId"]
    pcx = asked(cloud, cloud.vpcs[HUB], other, HUB, PeerRegion=TOKYO)
    (line,) = (one for one in told(pcx, "network", regions=(SEOUL,)).found.lines if is_other(one))
    assert f"{HUB}/{TOKYO} was not read, and its side is not seen: name its --region" in line.words
    both = told(pcx, "network", regions=(SEOUL, TOKYO)).found
    assert not [one for one in both.lines if is_other(one)]


@pytest.mark.parametrize("cloud", [False], indirect=True, ids=["no hub"])
def test_what_is_not_there_is_looked_for_where_the_error_says(cloud):
    other = cloud.client("ec2", TOKYO, HUB).create_vpc(CidrBlock="10.40.0.0/16")["Vpc"]["VpcId"]
    another = cloud.client("ec2", TOKYO, HUB).create_vpc(CidrBlock="10.41.0.0/16")["Vpc"]["VpcId"]
    pcx = asked(cloud, other, another, HUB, TOKYO)
    with pytest.raises(
        ReadError, match=f"does not exist in .*{SEOUL}.*name its --region, and a --profile"
    ):
        told(pcx, "network", regions=(SEOUL,))
    assert told(pcx, "network", regions=(TOKYO,)).row.id == pcx


def is_other(line):
    return line.test == "other side"


def document(statement):
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def asked(cloud, vpc, peer, peer_account, region=SEOUL, **more):
    reply = cloud.client("ec2", region, HUB).create_vpc_peering_connection(
        VpcId=vpc, PeerVpcId=peer, PeerOwnerId=peer_account, **more
    )
    cloud.clock.advance(30)
    return reply["VpcPeeringConnection"]["VpcPeeringConnectionId"]
