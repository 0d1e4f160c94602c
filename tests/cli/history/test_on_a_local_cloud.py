"""The history of a peering on a served cloud: asked for, held, agreed to, routed."""

import json

import pytest

from tests.served import A_PROCESS, SEOUL, TOKYO, run, serving, until

pytestmark = pytest.mark.enable_socket
TAGS = [{"Key": "peerkeeper:peers", "Value": "self"}]


@pytest.fixture(scope="module")
def served():
    with serving("--seed", "none", "--speed", "60") as served:
        yield served


def vpc(served, region, cidr):
    return served.client("ec2", region).create_vpc(CidrBlock=cidr)["Vpc"]["VpcId"]


def history(served, pcx, *words):
    return run("history", pcx, "--endpoint", served.url, *words)


def kinds(served, pcx):
    done = history(served, pcx, "--json")
    assert done.returncode == 0, done.stderr
    return [entry["kind"] for entry in json.loads(done.stdout)["entries"]]


def test_what_was_done_is_told_in_order(served):
    ours, theirs = vpc(served, SEOUL, "10.1.0.0/16"), vpc(served, TOKYO, "10.2.0.0/16")
    seoul = served.client("ec2", SEOUL)
    pcx = seoul.create_vpc_peering_connection(VpcId=ours, PeerVpcId=theirs, PeerRegion=TOKYO)[
        "VpcPeeringConnection"
    ]["VpcPeeringConnectionId"]
    assert until(lambda: "told" in kinds(served, pcx), A_PROCESS)
    for region, one in ((TOKYO, theirs), (SEOUL, ours)):
        served.client("ec2", region).create_tags(Resources=[one], Tags=TAGS)
    assert until(lambda: kinds(served, pcx).count("routed") == 2, A_PROCESS)
    found = kinds(served, pcx)
    assert found[0] == "seen"
    assert found.index("told") < found.index("accepted") < found.index("routed")
    shown = history(served, pcx)
    assert f"{theirs} is tagged peerkeeper:peers, which says self" in shown.stdout
    assert "what was before is not known" in " ".join(shown.stdout.split())


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["pcx-00000000000000000"], 0, "names this peering nowhere"),
        (["vpc-00000000000000000"], 2, "pcx-"),
        (["pcx-00000000000000000", "--since", "soon"], 2, "30d"),
    ],
)
def test_what_there_is_nothing_to_say_of(served, words, code, said):
    done = history(served, *words)
    assert done.returncode == code
    assert said in done.stdout + done.stderr
