"""The parameters that a plan knows are those of the template, and mean the same variables."""

from peerkeeper.settings.environment import PREFIX

from peerkeeper_cli.settings_source.parameters import (
    OTHERS,
    PLANNED,
    environment,
    faults_of,
    parameter_of,
)
from tests.contract.deploy.templates import HUB


def test_each_parameter_of_the_template_is_in_one_of_both_lists():
    assert {*PLANNED, *OTHERS} == HUB["Parameters"].keys()
    assert not {*PLANNED} & OTHERS


def parameter_in(value):
    """Return the parameter that a variable refers to, always or in one case; None for other values."""
    if not isinstance(value, dict):
        return None
    return parameter_in(value["Fn::If"][1]) if "Fn::If" in value else value.get("Ref")


def test_a_planned_parameter_is_the_variable_that_the_template_makes_of_it():
    sweep = HUB["Resources"]["Sweep"]["Properties"]["Environment"]["Variables"]
    made = {**HUB["Globals"]["Function"]["Environment"]["Variables"], **sweep}
    refs = {said: name for name, value in made.items() if (said := parameter_in(value))}
    assert {name: PREFIX + short for name, short in PLANNED.items() if name in refs} == {
        name: refs[name] for name in PLANNED if name in refs
    }
    assert {*PLANNED} - {*refs} == set()


def test_a_misspelt_parameter_is_named_with_the_nearest_one():
    assert faults_of({"AllowedAccount": "1", "mode": "full"}) == [
        "AllowedAccount is no parameter of the template; did you mean AllowedAccounts?",
        "mode is no parameter of the template; did you mean Mode?",
    ]


def test_what_changes_no_plan_is_left_out():
    assert environment({"Mode": "full", "LogLevel": "DEBUG"}) == {"PEERKEEPER_MODE": "full"}
    assert parameter_of("PEERKEEPER_VPC_DNS") == "VpcDns"
    assert parameter_of("PEERKEEPER_BUS") == "PEERKEEPER_BUS"
