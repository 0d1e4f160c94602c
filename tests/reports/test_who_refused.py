"""A call that was denied: the finding says who refused, and what it says to do lets the call through."""

from dataclasses import replace

import pytest

from peerkeeper_local.story.stage import SEOUL, TOKYO
from tests.reports.estate import Estate

ONE, OTHER = "10.1.0.0/16", "10.2.0.0/16"
US = "111122223333"
ROLES = [
    f"arn:aws:iam::{US}:role/peerkeeper-{name}"
    for name in ("connect-peerings", "clean-routes", "configure-vpcs", "sweep")
]
OPEN = {"Effect": "Allow", "Action": "*", "Resource": "*"}
NO_ROUTE = {"Effect": "Deny", "Action": "ec2:CreateRoute", "Resource": "*"}
CLOSED = {
    "Effect": "Deny",
    "Action": "ec2:*",
    "Resource": "*",
    "Condition": {"StringNotEquals": {"aws:RequestedRegion": SEOUL}},
}


def policy(*statements):
    return {"Statement": list(statements)}


def role_of_an_older_version(estate):
    role = estate.cloud.authority.role(ROLES[0])
    (own,) = role.policies
    older = [one for one in own["Statement"] if "ec2:CreateRoute" not in one["Action"]]
    estate.cloud.authority.add(replace(role, policies=(policy(*older),)))
    return estate.redeploy


def role_that_somebody_gave_a_deny(estate):
    role = estate.cloud.authority.role(ROLES[0])
    estate.cloud.authority.add(replace(role, policies=(*role.policies, policy(NO_ROUTE))))
    return lambda: estate.cloud.authority.add(role)


def boundary_that_lacks_it(estate):
    for arn in ROLES:
        estate.cloud.authority.bound(arn, policy(OPEN, NO_ROUTE))
    return lambda: [estate.cloud.authority.bound(arn, policy(OPEN)) for arn in ROLES]


def organization_that_forbids_it(estate):
    estate.cloud.authority.control(US, policy(OPEN, NO_ROUTE))
    return lambda: estate.cloud.authority.control(US, policy(OPEN))


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (role_of_an_older_version, "our role lacks the right; grant ec2:CreateRoute there: deploy"),
        (role_that_somebody_gave_a_deny, "; remove that Deny of ec2:CreateRoute"),
        (boundary_that_lacks_it, "allow ec2:CreateRoute in that boundary, as docs/policies/"),
        (organization_that_forbids_it, "only an administrator of the organization can"),
    ],
)
def test_what_the_finding_says_of_a_right_lets_the_route_be_written(estate, refused, words):
    one, other = estate.agreed(ONE, OTHER)
    lifted = refused(estate)
    pcx = estate.ask(one, other)
    estate.sweep(120)
    denied = [each for each in estate.findings() if each["code"] in ("denied", "not-carrying")]
    assert {each["code"] for each in denied} == {"denied", "not-carrying"}
    assert all(words in each["message"] for each in denied)
    lifted()
    estate.sweep(120)
    assert estate.targets(one, OTHER) == estate.targets(other, ONE) == [pcx]
    estate.reports.clear()
    estate.sweep()
    assert estate.findings() == []


def test_a_region_that_the_organization_closed_is_said_so_and_taken_out_of_regions():
    with Estate() as estate:
        estate.cloud.authority.control(US, policy(OPEN, CLOSED))
        estate.sweep()
        denied = [each["message"] for each in estate.findings()]
        assert denied
        assert all(
            "a service control policy of the organization forbids it" in one for one in denied
        )
        assert all(
            "if the policy closes ap-northeast-1, remove the region" in one for one in denied
        )
        estate.redeploy(Regions=SEOUL)
        estate.sweep()
        assert estate.findings() == []


@pytest.mark.parametrize("code", ["AuthFailure", "OptInRequired"])
def test_a_region_that_is_off_is_taken_out_of_regions(code):
    off = (code, "AWS was not able to validate the provided access credentials")
    with Estate() as estate:
        estate.cloud.outages.add(lambda at, *_: off if at.region == TOKYO else None)
        estate.sweep()
        denied = [each["message"] for each in estate.findings()]
        assert denied
        assert all("there, or remove the region from Regions" in message for message in denied)
        estate.redeploy(Regions=SEOUL)
        estate.sweep()
        assert estate.findings() == []


def test_an_account_that_the_organization_keeps_shut_is_not_told_to_deploy_a_spoke():
    ours = policy(OPEN, {"Effect": "Deny", "Action": "sts:AssumeRole", "Resource": "*"})
    there = {"Accounts": "444455556666", "ExternalId": "3f1c9a5e-0d6b-4c57-9d55-6d0f8b5f7a10"}
    with Estate(**there) as estate:
        estate.cloud.authority.control(US, ours)
        estate.sweep()
        shut = [each["message"] for each in estate.findings()]
        assert shut
        assert all("can allow sts:AssumeRole; or remove the account from" in one for one in shut)
        estate.redeploy(Accounts="")
        estate.sweep()
        assert estate.findings() == []
