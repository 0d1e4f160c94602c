"""Service Quotas, simulated: what EC2 is held to. In: an action, parameters, a moment. Out: a reply."""

from __future__ import annotations

from peerkeeper_local.semantics.limits import Moment
from peerkeeper_local.semantics.quotas import FIELDS
from simulator.documents import Document
from simulator.operations.answer import Params

ROUTES = "L-93826ACB"
"""The quota of routes per table. Source: Service Quotas, service `vpc`."""
DEFAULT = 1000.0
"""The value of each other quota: nothing here counts against it."""


def service_quotas(action: str, params: Params, moment: Moment) -> Document:
    """Return all quotas that have a value here, or one default value."""
    if action == "ListServiceQuotas":
        held = {code: float(getattr(moment.limits, field)) for code, field in FIELDS.items()}
        return {"Quotas": [{"QuotaCode": code, "Value": value} for code, value in held.items()]}
    return {"Quota": {"QuotaCode": params["QuotaCode"], "Value": DEFAULT}}
