"""The pages' `aws` commands: the CLI takes each of them, and those for StackSets fit a fleet."""

import re
from typing import Any

import pytest

from tests.contract.deploy.conftest import Run
from tests.contract.deploy.page_commands import OWN, Command, aws_commands, read_by_the_cli
from tests.contract.deploy.templates import ROOT, SPOKE

Read = dict[str, Any]
PAGE = ROOT / "docs/adopt/fleet.md"


@pytest.fixture(scope="module")
def taken(run: Run) -> list[tuple[Command, Read]]:
    """The commands that are operations of a service, each with what the CLI would send."""
    sent = [one for one in aws_commands() if one.name not in OWN]
    return list(zip(sent, read_by_the_cli(run, sent), strict=True))


@pytest.fixture(scope="module")
def stack_sets(taken: list[tuple[Command, Read]]) -> dict[str, Read]:
    found = {read["operation"]: read for _, read in taken if "CallAs" in read["members"]}
    assert {"CreateStackSet", "CreateStackInstances", "UpdateStackSet"} <= set(found)
    return found


def test_each_command_has_the_parameters_of_its_operation(
    taken: list[tuple[Command, Read]],
) -> None:
    assert len(taken) >= 10
    assert [(one, read["wrong"]) for one, read in taken if read["wrong"]] == []


def test_no_operation_on_stacks_has_the_preferences_that_fit_no_fleet(
    taken: list[tuple[Command, Read]],
) -> None:
    """Without them: one account at a time, and the first that refuses ends it. Source: CloudFormation API."""
    given = [read["parameters"] for _, read in taken if "OperationPreferences" in read["members"]]
    assert len(given) >= 3
    for parameters in given:
        preferences = parameters["OperationPreferences"]
        assert preferences["RegionConcurrencyType"] == "PARALLEL"
        assert preferences["FailureTolerancePercentage"] == 100
        assert preferences["MaxConcurrentPercentage"] > 1
        assert preferences["ConcurrencyMode"] == "SOFT_FAILURE_TOLERANCE"


def test_every_command_on_a_stack_set_says_in_which_account_it_is_run(
    stack_sets: dict[str, Read],
) -> None:
    assert {read["parameters"].get("CallAs") for read in stack_sets.values()} == {"SELF"}


def test_the_page_sets_how_the_account_is_named_and_what_it_is_for_a_delegated_administrator() -> (
    None
):
    """The commands say `$CALL_AS`, so that there is one place to change."""
    page = PAGE.read_text()
    assert "\n    CALL_AS=SELF\n" in page
    assert "`CALL_AS=DELEGATED_ADMIN`" in page
    assert page.count("--call-as $CALL_AS") == page.count("--stack-set-name")


def test_raising_the_mode_of_the_spokes_changes_no_other_parameter(
    stack_sets: dict[str, Read],
) -> None:
    """A parameter that is left out gets the template's default. Source: CloudFormation API, Parameter."""
    given = {
        each.pop("ParameterKey"): each
        for each in stack_sets["UpdateStackSet"]["parameters"]["Parameters"]
    }
    assert set(given) == set(SPOKE["Parameters"])
    assert given.pop("Mode")["ParameterValue"] in SPOKE["Parameters"]["Mode"]["AllowedValues"]
    assert all(each == {"UsePreviousValue": True} for each in given.values())


def test_a_spoke_is_made_of_parameters_that_it_has(stack_sets: dict[str, Read]) -> None:
    given = {
        each["ParameterKey"] for each in stack_sets["CreateStackSet"]["parameters"]["Parameters"]
    }
    deploys = [one for one in aws_commands() if one.name == "cloudformation deploy"]
    needed = {name for name, each in SPOKE["Parameters"].items() if "Default" not in each}
    ways = [given]
    for deploy in (one for one in deploys if "spoke.yaml" in one.words):
        overrides = deploy.words[deploy.words.index("--parameter-overrides") + 1 :]
        ways.append({word.partition("=")[0] for word in overrides})
        assert (ROOT / deploy.words[deploy.words.index("--template-file") + 1]).is_file()
    assert len(ways) >= 4
    assert all(needed <= way <= set(SPOKE["Parameters"]) for way in ways)
    lists = re.findall(r"AllowedAccounts(?:,ParameterValue)?='?([\d,\\\\]+)", PAGE.read_text())
    assert len(lists) >= 4
    assert all("111122223333" in each for each in lists), "each list names the hub's account"
    # A spoke without RoleRegion makes no role, so an account's own must name what the roles permit.
    assert {frozenset(way - {"OrganizationId", "ExternalId", *needed}) for way in ways} == {
        frozenset(),
        frozenset({"RoleRegion", "Regions", "AllowedAccounts"}),
    }
