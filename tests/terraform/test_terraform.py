"""Terraform as a client of the served cloud, Peerkeeper answering. `make terraform` is the door.

One run serves all: `terraform apply` of every case, Peerkeeper's part, a plan with an import, that
applied, Peerkeeper's part again, a second plan, `terraform destroy`.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.served import A_PROCESS, Served, serving, until
from tests.terraform.client import ROOT_CASE, Terraform, missing
from tests.terraform.page import blocks, unnamed
from tests.terraform.recipes import DONE, Seen

CASES = {path.stem: path.read_text() for path in (Path(__file__).parent / "cases").glob("*.tf")}
BLOCKS = dict(blocks())
PROVIDERS, ROOT_TEXT, IMPORT = (BLOCKS.pop(name) for name in ("providers", ROOT_CASE, "import"))
WHY_NOT = missing() if os.environ.get("TERRAFORM") else "needs Terraform: `make terraform`"
FIGHT = ["update aws_route_table.here"]
ONLY = ("-target=aws_route.to_peer",)
THEN = {
    "create aws_ec2_tag.owner",
    "import aws_route.to_peer",
}

needs_terraform = pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)


@dataclass(frozen=True)
class Played:
    """What was seen of each case."""

    planned: dict[str, list[str]]
    """When Peerkeeper had done its part: what Terraform would do, by case."""
    again: dict[str, list[str]]
    """The same after Terraform did what it would outside `fight`."""
    undone: frozenset[str]
    """The recipes of which Peerkeeper's part was never done, or gone in the end."""
    left_in_state: tuple[str, ...]
    vpcs: tuple[set[str], set[str]]
    """Before the first apply, and after the destroy."""


def vpcs(served: Served) -> set[str]:
    """Return the ids of every account's VPCs, default ones left out: an account begins with those."""
    accounts = ("", "444455556666")
    regions = ("ap-northeast-2", "ap-northeast-1")
    return {
        vpc["VpcId"]
        for account in accounts
        for region in regions
        for vpc in served.client("ec2", region, account).describe_vpcs()["Vpcs"]
        if not vpc["IsDefault"]
    }


def must(terraform: Terraform, *words: str) -> None:
    done = terraform(*words, "-input=false", "-no-color")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr


def play(served: Served, terraform: Terraform) -> Played:
    before = vpcs(served)
    terraform.write(PROVIDERS, {**CASES, **BLOCKS}, ROOT_TEXT)
    must(terraform, "init")
    must(terraform, "apply", "-auto-approve", "-parallelism=20")
    seen = Seen(served, terraform.resources())
    answered(seen)
    (terraform.folder / "then.tf").write_text(IMPORT)
    planned = terraform.plan()
    must(terraform, "apply", "-auto-approve", *ONLY)
    undone = answered(seen)
    again = terraform.plan()
    undone |= {name for name, done in DONE.items() if not done(seen)}
    must(terraform, "destroy", "-auto-approve", "-parallelism=20")
    left, after = tuple(terraform.resources()), vpcs(served)
    return Played(planned, again, frozenset(undone), left, (before, after))


def answered(seen: Seen) -> set[str]:
    """Wait until Peerkeeper has done its part of every recipe; return those that it never did."""
    open_ = dict(DONE)

    def all_done() -> bool:
        for name in [name for name, done in open_.items() if done(seen)]:
            del open_[name]
        return not open_

    until(all_done, A_PROCESS)
    return set(open_)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    wanted = ("--speed", "60", "--set", "SubnetPublicIp=match-internet-route")
    with serving(*wanted) as served:
        yield play(served, Terraform(tmp_path_factory.mktemp("terraform"), served.said))


def test_every_block_of_the_page_has_a_name_and_a_part_for_peerkeeper() -> None:
    assert unnamed() == 0
    assert {*BLOCKS, ROOT_CASE} == set(DONE)


@needs_terraform
@pytest.mark.enable_socket
@pytest.mark.parametrize("case", sorted(CASES))
def test_what_terraform_makes_it_finds_again_as_it_made_it(case: str, played: Played) -> None:
    assert played.planned.get(case, []) == []


@needs_terraform
@pytest.mark.enable_socket
@pytest.mark.parametrize("recipe", sorted({*BLOCKS} - {"fight"}))
def test_a_recipe_lets_peerkeeper_act_and_its_plan_is_empty(recipe: str, played: Played) -> None:
    assert played.planned.get(recipe, []) == []
    assert played.again.get(recipe, []) == []
    assert recipe not in played.undone


@needs_terraform
@pytest.mark.enable_socket
def test_without_a_recipe_the_plan_takes_the_route_away(played: Played) -> None:
    assert "fight" not in played.undone
    assert played.planned["fight"] == FIGHT


@needs_terraform
@pytest.mark.enable_socket
def test_an_imported_route_is_terraforms_from_then_on(played: Played) -> None:
    assert set(played.planned[ROOT_CASE]) == THEN
    assert played.again.get(ROOT_CASE, []) == []
    assert ROOT_CASE not in played.undone


@needs_terraform
@pytest.mark.enable_socket
def test_destroy_leaves_nothing_behind(played: Played) -> None:
    assert played.left_in_state == ()
    assert played.vpcs[0] == played.vpcs[1]
