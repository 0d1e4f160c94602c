"""`serve --set`: every fault at once with its remedy; accounts and regions that really exist then."""

import pytest

from peerkeeper_local.seeds.looked_after import looked_after
from peerkeeper_local.seeds.open_stage import OpenStage
from peerkeeper_local.seeds.outset import outset
from peerkeeper_local.seeds.seed import Seed, Wanted
from peerkeeper_local.serve.parameters import ParameterError, parameters
from tests.served import run

OTHER = "444455556666"
EXTERNAL = "ExternalId=3f1c9a5e-0d6b-4c57"


def faults(*words: str, mode: str | None = None) -> str:
    with pytest.raises(ParameterError) as error:
        parameters(words, mode)
    return str(error.value)


def test_any_parameter_of_the_template_is_taken_and_mode_is_full_unless_somebody_says() -> None:
    assert parameters(["RouteScope=vpc", "SweepMinutes=5"]) == {
        "Mode": "full",
        "RouteScope": "vpc",
        "SweepMinutes": "5",
    }
    assert parameters([], "observe")["Mode"] == parameters(["Mode=observe"])["Mode"] == "observe"
    assert parameters(["DeleteOverride=111122223333/ap-northeast-2=40"])["DeleteOverride"]


def test_a_seed_has_parameters_of_its_own_until_somebody_says_otherwise() -> None:
    estate = outset(Wanted(Seed.ESTATE)).parameters
    alone = parameters([], seeded=estate)
    assert alone["Mode"] == "observe"
    assert "eu-west-1" in alone["Regions"]
    assert parameters([], "full", estate)["Mode"] == "full"
    assert parameters(["Accounts="], seeded=estate)["Accounts"] == ""
    assert parameters([], seeded=outset(Wanted(Seed.STORY)).parameters)["EnforceIn"] == "all"


@pytest.mark.parametrize(
    ("word", "remedy"),
    [
        ("RouteScope", "write Parameter=Value"),
        ("routescope=vpc", "did you mean RouteScope?"),
        ("Colour=red", "there are Mode, Regions"),
        ("RouteScope=all", "is not one of keep, vpc"),
        ("Accounts=12", "it takes account ids of 12 digits separated by commas"),
        (f"Accounts={OTHER}", "OrganizationId or ExternalId must be given"),
        ("Accounts=organization", "name its accounts, with commas"),
        ("Accounts=111122223333", "leave it out"),
        ("FleetSweep=state-machine", "direct sweeps every location"),
        ("OrganizationalUnits=ou-a1b2-c3d4e5f6", "name accounts in Accounts"),
        ("Regions=ap-northeast-9", "AWS has no region 'ap-northeast-9'; there are af-south-1"),
        ("Mode=fulll", "not one of observe, add-only, full"),
    ],
)
def test_a_fault_names_its_remedy(word: str, remedy: str) -> None:
    assert remedy in faults(word)


def test_every_fault_is_told_at_once() -> None:
    said = faults("Region=x", "RouteScope=all", "FleetSweep=state-machine", "AllowIpv6")
    assert len([line for line in said.splitlines() if line.startswith("- ")]) == 4
    said = faults("Region=x", f"Accounts={OTHER}")
    assert "did you mean Regions?" in said
    assert "OrganizationId or ExternalId must be given" in said


def test_a_parameter_given_twice_is_a_fault_by_whatever_name() -> None:
    assert "AllowIpv6 is given 2 times" in faults("AllowIpv6=true", "AllowIpv6=false")
    assert "--mode is short for it" in faults("Mode=full", mode="full")


def test_a_wrong_parameter_ends_serve_with_two_before_anything_listens() -> None:
    done = run("serve", "--port", "0", "--set", "Region=x", "--set", "RouteScope=all")
    assert (done.returncode, done.stdout) == (2, "")
    assert "did you mean Regions?" in done.stderr
    assert "one of keep, vpc" in done.stderr


@pytest.mark.parametrize(
    ("regions", "places"),
    [
        (None, ("ap-northeast-2", "ap-northeast-1")),
        ("", ("ap-northeast-2",)),
        ("us-east-1,ap-northeast-2", ("ap-northeast-2", "us-east-1")),
        ("us-east-1,us-west-2,us-east-1", ("us-east-1", "us-west-2")),
    ],
)
def test_the_hub_is_in_seoul_or_where_it_looks_first(regions, places) -> None:
    given = {} if regions is None else {"Regions": regions}
    assert looked_after(given).regions == places


def test_each_account_has_the_roles_of_a_spoke_and_its_events_reach_the_hub() -> None:
    said = dict(word.split("=", 1) for word in (f"Accounts={OTHER}", EXTERNAL))
    with OpenStage("full", **said) as stage:
        role = stage.cloud.authority.role(f"arn:aws:iam::{OTHER}:role/peerkeeper-spoke-sweep")
        assert "111122223333:role/peerkeeper-sweep" in str(role.trust)
        assert stage.pump.hub.functions[0].environment["PEERKEEPER_ACCOUNTS"] == OTHER
        stage.pump.sweep()
        assumed = {target for _, target, may in stage.cloud.authority.assumptions if may}
        assert assumed == {role.arn}


def test_with_an_organization_its_members_need_no_external_id() -> None:
    with OpenStage("full", Accounts=OTHER, OrganizationId="o-a1b2c3d4e5") as stage:
        stage.pump.sweep()
        assert stage.cloud.authority.assumptions
        assert all(may for _, _, may in stage.cloud.authority.assumptions)
