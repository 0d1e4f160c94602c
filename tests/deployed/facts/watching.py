"""Alarms and the dashboard."""

import json

from tests.deployed.deploy import Deployed
from tests.deployed.facts.sides import Sides, resolved


def alarm(stack: Deployed, logical_id: str, physical: str) -> Sides:
    (found,) = stack.client("cloudwatch").describe_alarms(AlarmNames=[physical])["MetricAlarms"]
    said = resolved(stack, logical_id)
    return {name: found.get(name) for name in said}, said


def dashboard(stack: Deployed, logical_id: str, physical: str) -> Sides:
    found = stack.client("cloudwatch").get_dashboard(DashboardName=physical)
    said = resolved(stack, logical_id)
    return (
        {"name": physical, "body": json.loads(found["DashboardBody"])},
        {"name": said["DashboardName"], "body": json.loads(said["DashboardBody"])},
    )
