"""What plain moto does otherwise than Service Quotas: the quotas of `vpc`."""

from typing import Any

from peerkeeper_local.cloud import Limits
from tests.contract.fidelity.stage import OURS, SEOUL, Deviation, Stage, outcome

API = "Service Quotas API"
ROUTES, ACTIVE, OUTSTANDING, TABLES = "L-93826ACB", "L-7E9ECCDB", "L-DC9F7029", "L-589F43AA"
VPC = {"ServiceCode": "vpc"}


def _applied(stage: Stage, code: str) -> dict[str, Any]:
    return dict(stage.quotas.get_service_quota(**VPC, QuotaCode=code)["Quota"])


def _defaults(stage: Stage) -> dict[str, dict[str, Any]]:
    shown = stage.quotas.list_aws_default_service_quotas(**VPC)["Quotas"]
    return {quota["QuotaCode"]: quota for quota in shown}


def routes_by_default(stage: Stage) -> float:
    return float(_defaults(stage)[ROUTES]["Value"])


def one_default(stage: Stage) -> str:
    return outcome(stage.quotas.get_aws_default_service_quota, **VPC, QuotaCode=ROUTES)


def arn_of_a_default(stage: Stage) -> str:
    return str(_defaults(stage)[ROUTES]["QuotaArn"])


def arn_of_an_applied_quota(stage: Stage) -> str:
    return str(_applied(stage, ROUTES)["QuotaArn"])


def applied_values(stage: Stage) -> list[float]:
    return [_applied(stage, code)["Value"] for code in (ROUTES, OUTSTANDING)]


def never_applied(stage: Stage) -> list[str]:
    call = stage.quotas.get_service_quota
    return [outcome(call, **VPC, QuotaCode=code) for code in (ACTIVE, TABLES)]


def applied_list(stage: Stage) -> object:
    call = stage.quotas.list_service_quotas
    done = outcome(call, **VPC)
    return {each["QuotaCode"] for each in call(**VPC)["Quotas"]} if done == "done" else done


def level(stage: Stage) -> object:
    return _applied(stage, ROUTES).get("QuotaAppliedAtLevel")


def the_quota_holds(stage: Stage) -> tuple[float, int]:
    """The value that is told, and how many routes a table takes beside the local one, of five."""
    vpc = stage.vpc(stage.seoul)
    table, gateway = stage.new_table(vpc), stage.gateway(vpc)
    taken = 0
    for number in range(5):
        sent = {"RouteTableId": table, "GatewayId": gateway}
        cidr = f"10.{number + 1}.0.0/16"
        if outcome(stage.seoul.create_route, DestinationCidrBlock=cidr, **sent) == "done":
            taken += 1
    return _applied(stage, ROUTES)["Value"], taken


def pages(stage: Stage) -> list[int]:
    pager = stage.quotas.get_paginator("list_aws_default_service_quotas")
    return [
        len(page["Quotas"]) for page in pager.paginate(**VPC, PaginationConfig={"PageSize": 20})
    ]


def a_wrong_token(stage: Stage) -> str:
    call = stage.quotas.list_aws_default_service_quotas
    return outcome(call, **VPC, NextToken="nonsense")


OBSERVED = "observed"
QUOTAS = (
    Deviation(
        "Routes of a table: 500 by default",
        "assumed (most pages of AWS still say 50)",
        routes_by_default,
        500.0,
        50.0,
    ),
    Deviation("One default value can be read", API, one_default, "done", "NotImplementedError"),
    Deviation(
        "A default's ARN names the Region and no account",
        OBSERVED,
        arn_of_a_default,
        f"arn:aws:servicequotas:{SEOUL}::vpc/{ROUTES}",
        f"arn:aws:servicequotas:eu-west-1::vpc/{ROUTES}",
    ),
    Deviation(
        "An applied quota's ARN names Region and account",
        OBSERVED,
        arn_of_an_applied_quota,
        f"arn:aws:servicequotas:{SEOUL}:{OURS}:vpc/{ROUTES}",
        f"arn:aws:servicequotas:eu-west-1::vpc/{ROUTES}",
    ),
    Deviation(
        "Applied values are the values in force", API, applied_values, [3.0, 8.0], [50.0, 25.0]
    ),
    Deviation("An applied quota belongs to the account", API, level, "ACCOUNT", None),
    Deviation(
        "A quota that was never applied has only a default value",
        f"{API}; {OBSERVED}",
        never_applied,
        ["NoSuchResourceException"] * 2,
        ["done"] * 2,
    ),
    Deviation(
        "Only applied quotas are listed",
        f"{API}; {OBSERVED}",
        applied_list,
        {ROUTES, OUTSTANDING},
        "NotImplementedError",
    ),
    Deviation(
        "A table takes as many routes as its quota says",
        "VPC User Guide, quotas",
        the_quota_holds,
        (3.0, 3),
        (50.0, 5),
        limits=Limits(routes_per_table=3),
    ),
    Deviation("Default values come in pages", API, pages, [20, 5], [25]),
    Deviation(
        "Only a token from a reply gives the next quotas",
        API,
        a_wrong_token,
        "InvalidPaginationTokenException",
        "done",
    ),
)
