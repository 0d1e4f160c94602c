"""Alarms on metric math are kept as the template has them. Why: the engine refuses them, since it
evaluates none.
"""

from typing import Any

from ministack.services.cloudformation import provisioners

ONE_METRIC = (
    "MetricName",
    "Namespace",
    "Statistic",
    "Period",
    "Dimensions",
    "ExtendedStatistic",
    "Unit",
)
"""What an alarm on one metric says, and one on metric math does not. Source: CloudWatch API,
PutMetricAlarm.
"""


def bend() -> None:
    record = provisioners._cw_metric_alarm_record

    def with_math(name: str, properties: dict[str, Any]) -> dict[str, Any]:
        metrics = properties.get("Metrics")
        if not metrics:
            return record(name, properties)
        plain = {key: value for key, value in properties.items() if key != "Metrics"}
        alarm = record(name, {**plain, "MetricName": "-", "Namespace": "-"})
        kept = {key: value for key, value in alarm.items() if key not in ONE_METRIC}
        return {**kept, "MetricName": "", "Namespace": "", "Metrics": metrics}

    provisioners._cw_metric_alarm_record = with_math
