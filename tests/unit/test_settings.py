"""One clear error at cold start, with every fault and what is allowed."""

import pytest
from peerkeeper.errors import SettingsError
from peerkeeper.settings import (
    DeleteOverride,
    Endpoints,
    EnforceIn,
    FurtherLook,
    Mode,
    QuotaCheck,
    RouteScope,
    SubnetPublicIp,
)
from peerkeeper.settings.environment import settings_from
from peerkeeper.values.ec2 import Location, network

from tests.builders import ENVIRONMENT, US


def test_what_is_not_set_is_safe_by_default():
    found = settings_from({"PEERKEEPER_ACCOUNT": US, "AWS_REGION": "eu-west-1"})
    assert found.mode is Mode.OBSERVE
    assert found.locations == {Location(US, "eu-west-1")}
    assert found.allows_account(US, Location(US, "eu-west-1"))
    assert not found.allows_account("444455556666", Location(US, "eu-west-1"))
    assert network("10.0.0.0/8") in found.allowed_destinations
    assert not found.allow_multipath_charges
    assert found.enforce_in is EnforceIn.PARTICIPATING
    assert found.route_scope is RouteScope.KEEP
    assert found.subnet_public_ip is SubnetPublicIp.OFF_WHERE_PRIVATE
    assert found.stale_group_rules is FurtherLook.OFF
    assert found.reachability is FurtherLook.OFF
    assert found.endpoints is Endpoints.OFF


def test_every_setting_is_read():
    found = settings_from(
        {
            **ENVIRONMENT,
            "PEERKEEPER_ALLOWED_ACCOUNTS": "111122223333, 444455556666",
            "PEERKEEPER_ALLOWED_DESTINATIONS": "10.0.0.0/8,!10.64.0.0/10",
            "PEERKEEPER_ENFORCE_IN": "all",
            "PEERKEEPER_ROUTE_SCOPE": "vpc",
            "PEERKEEPER_ALLOW_MORE_SPECIFIC_THAN": "10.0.0.0/8",
            "PEERKEEPER_SUBNET_PUBLIC_IP": "never",
            "PEERKEEPER_STALE_GROUP_RULES": "report",
            "PEERKEEPER_QUOTA_CHECK": "hold",
            "PEERKEEPER_REACHABILITY": "report",
            "PEERKEEPER_PRIVATE_ZONES": "report",
            "PEERKEEPER_ENDPOINTS": "report",
            "PEERKEEPER_DELETE_OVERRIDE": "111122223333/ap-northeast-1=123456",
            "PEERKEEPER_QUEUE_CLEAN_ROUTES": "https://sqs.eu-west-1.amazonaws.com/1/clean",
            "PEERKEEPER_QUEUE_CONNECT_PEERINGS": "ConnectQueue",
            "PEERKEEPER_SENDERS": "AROA1,AROA2",
        }
    )
    assert found.allowed_accounts == {"111122223333", "444455556666"}
    assert found.subnet_public_ip is SubnetPublicIp.NEVER
    assert found.enforce_in is EnforceIn.ALL
    assert found.route_scope is RouteScope.VPC
    assert found.stale_group_rules is FurtherLook.REPORT
    assert found.quota_check is QuotaCheck.HOLD
    assert found.reachability is FurtherLook.REPORT
    assert found.private_zones is FurtherLook.REPORT
    assert found.endpoints is Endpoints.REPORT
    assert found.allows_destination(network("10.1.0.0/16"))
    assert not found.allows_destination(network("10.64.7.0/24"))
    assert not found.allows_destination(network("10.0.0.0/9"))
    assert not found.allows_destination(network("172.16.0.0/16"))
    assert found.delete_override == DeleteOverride(Location(US, "ap-northeast-1"), 123_456)
    assert list(found.queues) == ["clean_routes"]
    assert found.senders == {"AROA1", "AROA2"}


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        (
            "ALLOWED_DESTINATIONS",
            "10.0.0.1/8,172.16.0.0/12,192.168.1.1/16",
            ["10.0.0.0/8", "192.168.0.0/16"],
        ),
        ("REGIONS", "mars,eu-west-1,venus", ["'mars'", "'venus'"]),
        ("DELETE_OVERRIDE", "111122223333/ap-northeast-1=0", ["<count>"]),
    ],
)
def test_of_one_setting_each_fault_is_named(name, value, words):
    with pytest.raises(SettingsError) as raised:
        settings_from({**ENVIRONMENT, f"PEERKEEPER_{name}": value})
    (fault,) = raised.value.faults
    assert [word for word in words if word not in fault] == []


def test_an_override_that_was_left_behind_stops_no_function():
    """Somebody takes a Region out of Regions while the brake is still released there."""
    found = settings_from({**ENVIRONMENT, "PEERKEEPER_DELETE_OVERRIDE": "111122223333/eu-west-1=4"})
    assert found.delete_override == DeleteOverride(Location(US, "eu-west-1"), 4)


def test_all_faults_are_listed_at_once_with_what_is_allowed():
    wrong = {
        "PEERKEEPER_ACCOUNT": "12",
        "PEERKEEPER_MODE": "Full",
        "PEERKEEPER_REGIONS": "eu-west-1,mars",
        "PEERKEEPER_ALLOWED_ACCOUNTS": "*",
        "PEERKEEPER_ALLOWED_DESTINATIONS": "10.1.2.3/8",
        "PEERKEEPER_ALLOW_IPV6": "yes",
        "PEERKEEPER_ALLOW_MORE_SPECIFIC_THAN": "0.0.0.0/0",
        "PEERKEEPER_VPC_DNS": "on",
        "PEERKEEPER_SUBNET_PUBLIC_IP": "auto",
        "PEERKEEPER_STALE_GROUP_RULES": "true",
        "PEERKEEPER_QUOTA_CHECK": "on",
        "PEERKEEPER_REACHABILITY": "on",
        "PEERKEEPER_PRIVATE_ZONES": "on",
        "PEERKEEPER_ENDPOINTS": "on",
        "PEERKEEPER_DELETE_OVERRIDE": "eu-west-1=4",
    }
    with pytest.raises(SettingsError) as raised:
        settings_from(wrong)
    assert len(raised.value.faults) == len(wrong)
    for name, value in wrong.items():
        assert any(fault.startswith(f"{name} is {value!r}") for fault in raised.value.faults)
    text = str(raised.value)
    for remedy in (
        "observe, add-only, full",
        "true, false",
        "did you mean 10.0.0.0/8",
        "off-where-private, match-internet-route, never, leave",
        "allowed are off, report",
        "111122223333/eu-west-1=12",
    ):
        assert remedy in text


@pytest.mark.parametrize(
    "region", ["us-gov-west-1", "cn-north-1", "ap-southeast-5", "us-iso-east-1", "eusc-de-east-1"]
)
def test_regions_of_every_partition_are_regions(region):
    found = settings_from({**ENVIRONMENT, "PEERKEEPER_REGIONS": region})
    assert [location.region for location in found.locations] == [region]


def test_digits_of_another_script_are_no_account_id():
    with pytest.raises(SettingsError):
        settings_from({**ENVIRONMENT, "PEERKEEPER_ACCOUNT": "\u0661" * 12})


SPELT = {
    # as a person may write it, and the networks that it means
    "10.0.0.0/8,FD00::/8": ("10.0.0.0/8", "fd00::/8"),
    "fd00:0:0::/8": ("fd00::/8",),
    "FD00:0000::/8": ("fd00::/8",),
    "10.0.0.0/08": ("10.0.0.0/8",),
}


@pytest.mark.parametrize("name", ["ALLOWED_DESTINATIONS", "ALLOW_MORE_SPECIFIC_THAN"])
@pytest.mark.parametrize(("spelt", "meant"), SPELT.items())
def test_every_spelling_of_a_network_is_that_network(name, spelt, meant):
    found = settings_from({**ENVIRONMENT, f"PEERKEEPER_{name}": spelt})
    kept = getattr(found, name.lower())
    assert {*map(str, kept)} == {*meant}
    assert all(one is network(str(one)) for one in kept)


def test_an_excluded_network_may_be_spelt_in_capitals_too():
    found = settings_from({**ENVIRONMENT, "PEERKEEPER_ALLOWED_DESTINATIONS": "fc00::/7,!FD00::/8"})
    assert found.excluded_destinations == (network("fd00::/8"),)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("10.0.0.1/8", "did you mean 10.0.0.0/8?"),
        ("FD00::1/8", "did you mean fd00::/8?"),
        ("10.0.0.0", "did you mean 10.0.0.0/32?"),
        ("10.0.0.0/255.0.0.0", "did you mean 10.0.0.0/8?"),
        ("10.0.0.0/33", "'10.0.0.0/33' does not appear to be an IPv4 or IPv6 network"),
        ("::/0", "a default route cannot lead to a peering"),
    ],
)
def test_what_is_no_network_is_a_fault_that_names_the_right_one(word, said):
    with pytest.raises(SettingsError) as raised:
        settings_from({**ENVIRONMENT, "PEERKEEPER_ALLOW_MORE_SPECIFIC_THAN": word})
    assert said in str(raised.value)
