"""Service Quotas of `vpc`. In: the quotas in force, and a table of all. Out: what Service Quotas answers.

What EC2 is held to here (`Limits`) is what Service Quotas tells: the one answers from the other. A quota
counts as applied where the limits in force are not the default ones; the others have only default values.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from peerkeeper_local.semantics.limits import HOUR, Delays, Limits
from peerkeeper_local.semantics.location import Location
from peerkeeper_local.semantics.paging import slice_of
from peerkeeper_local.semantics.refusal import Refusal

SERVICE = "vpc"
ACCOUNT_LEVEL = "ACCOUNT"
PAGE = 100
FIELDS = {
    "L-93826ACB": "routes_per_table",
    "L-7E9ECCDB": "active_peerings_per_vpc",
    "L-DC9F7029": "outstanding_requests",
    "L-589F43AA": "route_tables_per_vpc",
}
"""Which limit is which quota. Source: Service Quotas, service `vpc`."""
EXPIRY_HOURS = "L-8312C5BB"
"""Hours after which a request expires. Source: Service Quotas, service `vpc`."""
Quota = dict[str, Any]


class QuotaRefusal(Refusal):
    """An error of Service Quotas; all of them have status 400."""


def no_such_quota() -> QuotaRefusal:
    """No such service or quota, or none that was applied. AWS sends no words with it. Source: observed."""
    return QuotaRefusal("NoSuchResourceException", "")


def defaults(table: Iterable[Mapping[str, Any]], where: Location, partition: str) -> list[Quota]:
    """Return the default quotas as a Region shows them: their ARNs name the Region and no account.

    `table`: what AWS publishes of each quota. `partition`: the Region's. Source: observed (ARNs).
    """
    of_limits = _of_limits(Limits(), Delays())
    return [
        {
            **quota,
            "Value": of_limits.get(quota["QuotaCode"], quota["Value"]),
            "QuotaArn": _arn(partition, where.region, "", quota["QuotaCode"]),
        }
        for quota in table
    ]


def applied(
    table: Iterable[Mapping[str, Any]],
    where: Location,
    partition: str,
    limits: Limits,
    delays: Delays,
) -> list[Quota]:
    """Return the quotas that have an applied value, for the account: those that differ from the default.

    Source: Service Quotas API, ListServiceQuotas ("for some quotas, only the default values are available").
    Observed: ARNs. Assumed: "differs from the default".
    """
    in_force = _of_limits(limits, delays)
    return [
        {
            **quota,
            "Value": in_force[quota["QuotaCode"]],
            "QuotaArn": _arn(partition, where.region, where.account, quota["QuotaCode"]),
            "QuotaAppliedAtLevel": ACCOUNT_LEVEL,
        }
        for quota in defaults(table, where, partition)
        if in_force.get(quota["QuotaCode"], quota["Value"]) != quota["Value"]
    ]


def one(quotas: Iterable[Quota], code: str) -> Quota:
    """Return the quota of that code. Raises QuotaRefusal (NoSuchResourceException)."""
    for quota in quotas:
        if quota["QuotaCode"] == code:
            return quota
    raise no_such_quota()


def page(
    quotas: Sequence[Quota], token: str | None, size: int | None
) -> tuple[list[Quota], str | None]:
    """Return one page, of 100 unless said, and the token of the next. Raises QuotaRefusal.

    Source: Service Quotas API.
    """
    try:
        return slice_of(quotas, token, size or PAGE)
    except ValueError:
        raise QuotaRefusal("InvalidPaginationTokenException", "Invalid token") from None


def check_service(service: str) -> None:
    """Raise QuotaRefusal for a service whose quotas are not known here."""
    if service != SERVICE:
        raise no_such_quota()


def _of_limits(limits: Limits, delays: Delays) -> dict[str, float]:
    """Return by code what EC2 is held to; a quota's value is a float. Source: Service Quotas API."""
    counted = {code: float(getattr(limits, field)) for code, field in FIELDS.items()}
    return {**counted, EXPIRY_HOURS: delays.request_expiry / HOUR}


def _arn(partition: str, region: str, account: str, code: str) -> str:
    return f"arn:{partition}:servicequotas:{region}:{account}:{SERVICE}/{code}"
