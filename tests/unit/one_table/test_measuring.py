"""What the measures stand on: rounds, waves, the time left, a share of a processor, and a still EC2."""

from urllib.parse import urlencode

import pytest

from benchmarks import cpu_share
from benchmarks.progress import Left
from benchmarks.rounds import Rounds, ratio
from benchmarks.slow_cloud import Call, waves
from benchmarks.still_ec2 import StillEc2
from benchmarks.still_world import LARGE, MEDIUM, SMALL, described

SEOUL = "ap-northeast-2"
HEAD = (
    f"Authorization: AWS4-HMAC-SHA256 Credential=none/20261129/{SEOUL}/ec2/aws4_request, S".encode()
)


def test_ways_take_turns_and_each_run_is_counted():
    order, shares = [], []
    ways = {name: lambda name=name: order.append(name) or len(order) for name in ("ours", "theirs")}
    found = Rounds(2, shares.append).of(ways)
    assert order == ["ours", "theirs", "ours", "theirs"]
    assert found == {"ours": [1, 3], "theirs": [2, 4]}
    assert shares == [0.25] * 4


def test_a_ratio_is_the_median_of_pairs_and_not_of_medians():
    assert ratio([1.0, 10.0, 3.0], [2.0, 10.0, 1.0]) == 1.0
    assert ratio([1.0, 1.0, 9.0], [10.0, 2.0, 10.0]) == 0.5


@pytest.mark.parametrize(
    ("spans", "deepest"),
    [
        ([], 0),
        ([(0, 6), (1, 7), (2, 8)], 1),
        ([(0, 6), (6, 12), (7, 9)], 2),
        ([(6, 12), (0, 6), (12, 18)], 3),
        ([(0, 6), (1, 20), (7, 12), (13, 19)], 3),
    ],
)
def test_waves_are_the_longest_chain_of_calls_that_wait_for_each_other(spans, deepest):
    assert waves([Call("DescribeVpcs", *map(float, each)) for each in spans]) == deepest


def test_the_time_left_follows_the_pace_so_far():
    now = [100.0]
    left = Left(600.0, lambda: now[0])
    assert left.words() == "about 10 min 0 s left"
    now[0], left.done = 160.0, 30.0
    assert left.words() == "about 19 min 0 s left"
    left.done = 700.0
    assert left.words() == "about 0 s left"


@pytest.mark.parametrize(
    ("megabytes", "microseconds"), [(1769, 100_000), (1024, 57_885), (512, 28_942)]
)
def test_memory_buys_a_share_of_a_processor(megabytes, microseconds):
    assert cpu_share.quota(megabytes) == microseconds


@pytest.mark.parametrize(
    ("second", "files"),
    [
        (True, {"cpu.max": "57885 100000"}),
        (False, {"cpu.cfs_period_us": "100000", "cpu.cfs_quota_us": "57885"}),
    ],
)
def test_a_share_is_a_quota_of_a_group_in_either_version(tmp_path, monkeypatch, second, files):
    removed = []
    monkeypatch.setattr(
        cpu_share, "_remove", removed.append
    )  # only the kernel's folders vanish whole
    (tmp_path / "cpu").mkdir()
    if second:
        (tmp_path / "cgroup.subtree_control").write_text("memory cpu\n")
    with cpu_share.share_of(1024, tmp_path) as before:
        *_, processes = before
    assert {path.name: path.read_text() for path in removed[0].iterdir()} == files
    assert processes == str(removed[0] / "cgroup.procs")


def test_a_machine_without_groups_gives_the_reason(tmp_path):
    with (
        pytest.raises(cpu_share.NoShare, match="No such file or directory"),
        cpu_share.share_of(1024, tmp_path / "none"),
    ):
        raise AssertionError("it gave a share")


@pytest.mark.parametrize("size", [SMALL, MEDIUM, LARGE])
def test_each_region_of_the_still_account_has_its_part_of_the_drift(size):
    shown = described(size, SEOUL)
    without = [
        table
        for table in shown["RouteTables"]
        if not any("VpcPeeringConnectionId" in route for route in table["Routes"])
    ]
    assert len(without) * size.regions == size.tables_without > 0
    assert [len(shown[key]) for key in ("Vpcs", "VpcPeeringConnections")] == [
        size.vpcs,
        size.peerings,
    ]


def asked(ec2, **parameters):
    return ec2.answer(HEAD, urlencode(parameters).encode())


def test_the_still_ec2_answers_in_pages_and_ends_them():
    ec2 = StillEc2(LARGE, 0.0)
    status, first = asked(ec2, Action="DescribeRouteTables", MaxResults="100")
    _, second = asked(ec2, Action="DescribeRouteTables", MaxResults="100", NextToken="100")
    _, whole = asked(ec2, Action="DescribeRouteTables")
    assert status == 200
    assert [text.count("<routeTableId>") for text in (first, second, whole)] == [100, 60, 160]
    assert [text.count("<nextToken>100</nextToken>") for text in (first, second, whole)] == [
        1,
        0,
        0,
    ]
    assert ec2.calls == {"DescribeRouteTables": 3}


def test_the_still_ec2_notes_what_it_does_not_know():
    ec2 = StillEc2(SMALL, 0.0)
    status, text = asked(ec2, Action="RunInstances")
    assert (status, "InvalidAction" in text, ec2.unknown) == (400, True, {"RunInstances": 1})
