"""`explain` with profiles of several accounts: each is read with its own, and no other."""

from types import SimpleNamespace

import botocore.session
import pytest
from peerkeeper.values.ec2 import Location
from peerkeeper.values.reads import Describe, Read

from peerkeeper_cli.explain.sources import ExplainError, deployed
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
def cloud(monkeypatch, tmp_path):
    """Three accounts with a VPC each, a profile of each, and the hub's function deployed."""
    monkeypatch.setenv("AWS_PROFILE", "none")  # so that it is put back: `deployed` sets it
    monkeypatch.delenv("AWS_PROFILE")
    monkeypatch.setenv("AWS_DEFAULT_REGION", SEOUL)
    with LocalCloud(HUB, (SEOUL, TOKYO), accounts=(APPS, DATA)) as opened:
        lines = []
        for profile, account in PROFILES.items():
            opened.client("ec2", SEOUL, account).create_vpc(CidrBlock="10.39.0.0/16")
            keys = opened.environment(f"arn:aws:iam::{account}:user/operator")
            lines += [f"[{profile}]", *(f"{name.lower()}={value}" for name, value in keys.items())]
        (tmp_path / "credentials").write_text("\n".join(lines))
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr(botocore.session.Session, "create_client", or_lambda())
        yield opened


def or_lambda():
    """The session's own `create_client`, but for Lambda's, of which only one answer is needed."""
    real = botocore.session.Session.create_client

    def create_client(session, service, *args, **kwargs):
        if service != "lambda":
            return real(session, service, *args, **kwargs)
        answer = {"Environment": {"Variables": SETTINGS}}
        return SimpleNamespace(
            get_function_configuration=lambda FunctionName: answer,
            meta=SimpleNamespace(region_name=SEOUL),
        )

    return create_client


def owners(reach, account):
    seen = reach.observe((Read(Location(account, SEOUL), Describe.VPCS),))
    return seen.trouble.code if seen.trouble else {vpc.owner_id for vpc in seen.vpcs}


def test_each_account_is_read_with_the_profile_of_that_account(cloud):
    _, reach = deployed(["network", "apps"], None)
    assert reach.locations == {
        Location(one, where) for one in (HUB, APPS) for where in (SEOUL, TOKYO)
    }
    assert (owners(reach, HUB), owners(reach, APPS)) == ({HUB}, {APPS})


def test_without_a_profile_of_it_an_account_is_not_called(cloud):
    _, reach = deployed(["network"], None)
    assert (owners(reach, HUB), owners(reach, APPS)) == ({HUB}, "NoCredentials")


@pytest.mark.parametrize(
    ("profile", "said"), [("data", f"{DATA}, which is not looked after"), ("nobody", "nobody")]
)
def test_a_profile_that_is_of_no_use_is_named(cloud, profile, said):
    with pytest.raises(ExplainError, match=said):
        deployed(["network", profile], None)
