"""The table of two VPCs: right in 80 columns, a sign a pair, and once what stops those that are alike."""

import re

import pytest
from peerkeeper.values.reachability import Verdict
from typer.testing import CliRunner

from peerkeeper_cli.app import INSTALLED, operator_app
from peerkeeper_cli.reach.matrix_table import matrix_lines
from tests.builders import settings
from tests.cli.reach.two_hosts import SEOUL, TOKYO, TwoHosts, opened_cloud, page

SUBNETS = 30


@pytest.fixture
def world():
    with opened_cloud() as cloud:
        world = TwoHosts(cloud, settings())
        for region, network in ((SEOUL, "10.1"), (TOKYO, "10.2")):
            for number in range(1, SUBNETS):
                world.ec2(region).create_subnet(
                    VpcId=world.vpcs[region], CidrBlock=f"{network}.{number}.0/24"
                )
        world.peered()
        yield world


def asked(world, traffic="tcp/443"):
    return world.reach(world.vpcs[SEOUL], world.vpcs[TOKYO], traffic)


def test_thirty_by_thirty_subnets_fit_in_eighty_columns_with_whole_ids(world):
    acl = world.acl(TOKYO)
    found = asked(world)
    said = page(found, 80, matrix=True)
    over = [line for line in said.splitlines() if len(line) > 80]
    assert all(line.strip().startswith("aws ec2 ") for line in over)
    assert {len(one) for one in re.findall(r"\bsubnet-(\w+)", said)} == {17}
    table = "".join(line for line in said.splitlines() if re.match(r"  subnet-\w+  10\.1\.", line))
    assert table.count("✗") == SUBNETS  # one subnet of Tokyo has an ACL that denies everything
    assert table.count("✓") == SUBNETS * (SUBNETS - 1)
    assert said.count(f"{acl}, ingress entry *, does not allow tcp/443") == 1
    assert "29 other pairs alike" in said
    assert (found.verdict, found.there.pairs) == (Verdict.BLOCKED, SUBNETS**2)
    assert said.count("No security group is judged") == 1
    assert "is blocked for 30 of 900 pairs" in " ".join(said.split())


def test_pairs_that_are_alike_are_judged_once(world):
    world.acl(TOKYO)
    assert len(asked(world).there.judged) == 2


def test_a_pipe_gets_a_line_a_pair_and_then_both_verdicts(world):
    *pairs, first, other = matrix_lines(asked(world))
    assert len(pairs) == SUBNETS**2
    assert pairs[0].split("\t")[1:] == [
        "10.1.0.0/24",
        world.subnets[TOKYO],
        "10.2.0.0/24",
        "reaches",
        "",
    ]
    assert "would reach for 900 of 900 pairs" in first
    assert "would reach for 900 of 900 pairs" in other


@pytest.mark.parametrize("word", ["10.1.0.4", "subnet-0a1b2c3d"])
def test_what_is_no_vpc_is_refused_before_anybody_is_asked(word):
    words = ["reach", "--matrix", word, "vpc-0a1b2c3d"]
    done = CliRunner().invoke(operator_app(INSTALLED), words, env={"COLUMNS": "400"})
    assert done.exit_code == 2
    assert f"--matrix: {word} is no VPC" in done.output
