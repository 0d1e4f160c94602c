"""Service Quotas tells what EC2 is held to."""

from dataclasses import fields

import pytest

from peerkeeper_local.semantics.limits import Delays, Limits
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.quotas import (
    EXPIRY_HOURS,
    FIELDS,
    QuotaRefusal,
    applied,
    check_service,
    defaults,
    one,
    page,
)

WHERE = Location("111122223333", "ap-northeast-2")
ROUTES, RULES = "L-93826ACB", "L-0EA8095F"
TABLE = [
    {"QuotaCode": code, "QuotaArn": "made elsewhere", "Value": value}
    for code, value in ((ROUTES, 50.0), ("L-7E9ECCDB", 50.0), (EXPIRY_HOURS, 168.0), (RULES, 60.0))
]


def code(call, *given) -> str:
    with pytest.raises(QuotaRefusal) as refused:
        call(*given)
    return refused.value.code


def test_every_quota_names_a_limit_that_is_there():
    assert set(FIELDS.values()) <= {field.name for field in fields(Limits)}


def test_a_default_is_the_default_limit_and_its_arn_names_the_region_alone():
    shown = {quota["QuotaCode"]: quota for quota in defaults(TABLE, WHERE, "aws")}
    assert shown[ROUTES]["Value"] == Limits().routes_per_table
    assert shown[RULES]["Value"] == 60.0
    assert shown[EXPIRY_HOURS]["Value"] == 168.0
    assert shown[ROUTES]["QuotaArn"] == f"arn:aws:servicequotas:ap-northeast-2::vpc/{ROUTES}"
    assert all(isinstance(quota["Value"], float) for quota in shown.values())


def test_the_table_itself_stays_as_it_is():
    defaults(TABLE, WHERE, "aws")
    assert {quota["QuotaArn"] for quota in TABLE} == {"made elsewhere"}


def test_nothing_is_applied_while_the_default_limits_are_in_force():
    assert applied(TABLE, WHERE, "aws", Limits(), Delays()) == []


def test_a_limit_in_force_is_an_applied_value_of_the_account():
    raised = Limits(routes_per_table=1000)
    (quota,) = applied(TABLE, WHERE, "aws", raised, Delays())
    assert (quota["QuotaCode"], quota["Value"]) == (ROUTES, 1000.0)
    assert quota["QuotaArn"] == f"arn:aws:servicequotas:ap-northeast-2:111122223333:vpc/{ROUTES}"
    assert quota["QuotaAppliedAtLevel"] == "ACCOUNT"


def test_the_expiry_of_requests_is_a_quota_too():
    (quota,) = applied(TABLE, WHERE, "aws", Limits(), Delays(request_expiry=3600.0))
    assert (quota["QuotaCode"], quota["Value"]) == (EXPIRY_HOURS, 1.0)


def test_one_quota_or_none():
    assert one(defaults(TABLE, WHERE, "aws"), RULES)["Value"] == 60.0
    assert code(one, defaults(TABLE, WHERE, "aws"), "L-00000000") == "NoSuchResourceException"
    assert code(one, [], ROUTES) == "NoSuchResourceException"
    assert code(check_service, "ec2") == "NoSuchResourceException"
    check_service("vpc")


def test_pages_are_of_a_hundred_unless_said():
    many = [{"n": number} for number in range(150)]
    first, token = page(many, None, None)
    assert (len(first), page(many, token, None)) == (100, (many[100:], None))
    assert page(many, None, 5)[0] == many[:5]
    assert code(page, many, "nonsense", None) == "InvalidPaginationTokenException"
