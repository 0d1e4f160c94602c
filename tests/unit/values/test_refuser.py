"""Who refused a call. The phrases: IAM User Guide, troubleshoot access denied error messages."""

import pytest
from peerkeeper.values.ec2 import Location
from peerkeeper.values.refuser import Refuser, refuser, way_out, without_code
from peerkeeper.values.trouble import Meaning, Trouble

HUB, SPOKE = "111122223333", "444455556666"
TOKYO = "ap-northeast-1"
ROLE = f"arn:aws:sts::{HUB}:assumed-role/peerkeeper-connect-peerings/peerkeeper-connect-peerings"
TABLE = f"arn:aws:ec2:{TOKYO}:{HUB}:route-table/rtb-00000000000000001"
START = (
    f"You are not authorized to perform this operation. User: {ROLE} is not authorized to perform: "
    f"ec2:CreateRoute on resource: {TABLE} "
)
CODE = "g4oZPBqZ4Bni8dE5dGjxYTnOZ_-0"
ENCODED = f". Encoded authorization failure message: {CODE}"
NO = "because no {} allows the ec2:CreateRoute action"
DENY = "with an explicit deny in {}"
ARN = ": arn:aws:organizations::999999999999:policy/o-a1b2c3d4e5/service_control_policy/p-1234abcd"


@pytest.mark.parametrize("end", ["", ENCODED, ARN, ARN + ENCODED])
@pytest.mark.parametrize(
    ("said", "who"),
    [
        (NO.format("identity-based policy"), Refuser.ROLE),
        (DENY.format("an identity-based policy"), Refuser.ROLE_DENIES),
        (NO.format("permissions boundary"), Refuser.BOUNDARY),
        (DENY.format("a permissions boundary"), Refuser.BOUNDARY),
        (NO.format("session policy"), Refuser.SESSION),
        (DENY.format("a session policy"), Refuser.SESSION),
        (NO.format("service control policy"), Refuser.CONTROL),
        (DENY.format("a service control policy"), Refuser.CONTROL),
        (NO.format("resource control policy"), Refuser.RESOURCE_CONTROL),
        (DENY.format("a resource control policy"), Refuser.RESOURCE_CONTROL),
        (NO.format("VPC endpoint policy"), Refuser.UNSAID),
        (DENY.format("a resource-based policy"), Refuser.UNSAID),
        ("with an explicit deny", Refuser.UNSAID),
        ("", Refuser.UNSAID),
    ],
)
def test_the_words_of_aws_name_who_refused(said, who, end):
    assert refuser(START + said + end) is who


@pytest.mark.parametrize(
    "message",
    [
        "You are not authorized to perform this operation.",
        "AWS was not able to validate the provided access credentials",
        "You are not subscribed to this service.",
        "a service control policy",
    ],
)
def test_words_without_a_reason_name_nobody(message):
    assert refuser(message) is Refuser.UNSAID


@pytest.mark.parametrize("kind", ["a service control policy", "an identity-based policy"])
def test_the_encoded_message_is_left_out_of_the_words(kind):
    plain = START + DENY.format(kind)
    assert without_code(plain + ENCODED) == plain
    assert without_code(plain) == plain


def out(said, account=HUB, action="CreateRoute"):
    trouble = Trouble(Meaning.DENIED, "UnauthorizedOperation", START + said, action)
    return way_out(trouble, Location(account, TOKYO), HUB)


@pytest.mark.parametrize(
    ("said", "account", "remedies"),
    [
        (NO.format("identity-based policy"), HUB, ["grant ec2:CreateRoute there", "template.yaml"]),
        (NO.format("identity-based policy"), SPOKE, ["grant ec2:CreateRoute", "spoke.yaml", TOKYO]),
        (DENY.format("an identity-based policy"), HUB, ["remove that Deny of ec2:CreateRoute"]),
        (NO.format("permissions boundary"), HUB, ["allow ec2:CreateRoute in that boundary"]),
        (NO.format("session policy"), HUB, ["allow ec2:CreateRoute in that session policy"]),
        (DENY.format("a service control policy"), HUB, ["only an administrator", "from Regions"]),
        (DENY.format("a resource control policy"), HUB, ["only an administrator", "from Regions"]),
        ("", HUB, ["grant ec2:CreateRoute there, or remove the region from Regions"]),
    ],
)
def test_each_refuser_has_a_way_out_of_its_own(said, account, remedies):
    assert all(remedy in out(said, account) for remedy in remedies)


@pytest.mark.parametrize(
    ("action", "given"),
    [
        ("CreateRoute", "the hub's Mode"),
        ("AcceptVpcPeeringConnection", "the hub's Mode and AllowedAccounts"),
    ],
)
def test_a_spoke_that_may_not_accept_is_given_the_hubs_list_of_accounts_as_well(action, given):
    """The spoke's own AllowedAccounts limits whose requests its role may accept."""
    lacks = NO.format("identity-based policy")
    assert out(lacks, SPOKE, action).endswith(f", with {TOKYO} in its Regions and {given}")
    assert "AllowedAccounts" not in out(lacks, HUB, action)


@pytest.mark.parametrize(
    ("kind", "not_for_it"),
    [
        ("a service control policy", ["grant ec2", "deploy", "boundary"]),
        ("an identity-based policy", ["Regions", "deploy", "administers"]),
        ("a permissions boundary", ["Regions", "deploy", "administers", "grant ec2"]),
    ],
)
def test_no_way_out_is_told_that_cannot_help(kind, not_for_it):
    way = out(DENY.format(kind))
    assert not [word for word in not_for_it if word in way]


def test_an_encoded_message_can_be_read_where_the_words_name_nobody():
    command = f"aws sts decode-authorization-message --encoded-message {CODE}"
    assert out(ENCODED).endswith(command)
    assert CODE not in out(DENY.format("a service control policy") + ENCODED)


def test_to_assume_a_role_is_a_right_of_sts():
    assert "grant sts:AssumeRole there" in out("", action="AssumeRole")
    assert "from Accounts" in out(DENY.format("a service control policy"), action="AssumeRole")
