"""Whether a trail logs EC2's writes, by its selectors; and the option that makes it so without losing any."""

import json
import shlex

import pytest

from peerkeeper_cli.doctor.selectors import widened, writes


def advanced(*fields):
    said = [{"Field": name, **tests} for name, tests in fields]
    return {"AdvancedEventSelectors": [{"FieldSelectors": said}]}


MANAGEMENT = ("eventCategory", {"Equals": ["Management"]})
DATA = ("eventCategory", {"Equals": ["Data"]})


@pytest.mark.parametrize(
    ("said", "logged"),
    [
        ({}, "no"),
        ({"EventSelectors": [{}]}, "yes"),
        ({"EventSelectors": [{"ReadWriteType": "WriteOnly"}]}, "yes"),
        ({"EventSelectors": [{"ReadWriteType": "ReadOnly"}]}, "no"),
        ({"EventSelectors": [{"ReadWriteType": "All", "IncludeManagementEvents": False}]}, "no"),
        ({"EventSelectors": [{"ReadWriteType": "ReadOnly"}, {"ReadWriteType": "All"}]}, "yes"),
        (advanced(MANAGEMENT), "yes"),
        (advanced(DATA), "no"),
        (advanced(("readOnly", {"Equals": ["false"]})), "no"),
        (advanced(MANAGEMENT, ("readOnly", {"Equals": ["false"]})), "yes"),
        (advanced(MANAGEMENT, ("readOnly", {"Equals": ["true"]})), "no"),
        (advanced(MANAGEMENT, ("eventSource", {"NotEquals": ["kms.amazonaws.com"]})), "yes"),
        (advanced(MANAGEMENT, ("eventSource", {"NotEquals": ["ec2.amazonaws.com"]})), "no"),
        (advanced(MANAGEMENT, ("eventName", {"Equals": ["CreateRoute"]})), "narrowed"),
    ],
)
def test_what_is_logged(said, logged):
    assert writes(said).value == logged


@pytest.mark.parametrize(
    "said",
    [
        {
            "EventSelectors": [
                {"ReadWriteType": "ReadOnly", "DataResources": [{"Values": ["it's"]}]}
            ]
        },
        advanced(DATA),
        {},
    ],
)
def test_the_option_keeps_what_there_is_and_logs_writes(said):
    option, value = shlex.split(widened(said))
    name = {"--event-selectors": "EventSelectors"}.get(option, "AdvancedEventSelectors")
    found = json.loads(value)
    assert found[: len(said.get(name, []))] == said.get(name, [])
    assert writes({name: found}).value == "yes"
