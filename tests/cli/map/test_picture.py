"""An estate becomes the same drawing whatever the order of its rows; what was not read is a ghost."""

import random
from dataclasses import replace
from itertools import combinations

import pytest

from peerkeeper_cli.map.drawing import picture
from peerkeeper_cli.map.mermaid import mermaid
from peerkeeper_cli.map.page import html
from peerkeeper_cli.peerings.peering_row import PeeringRow, VpcEnd
from peerkeeper_cli.peerings.vpc_row import VpcRow
from peerkeeper_cli.reader.covered import Covered, State
from tests.cli.map.estate import estate

AT = "2026-11-29 05:30"
SIZES = [
    {},
    {"accounts": 1, "regions": 1, "vpcs": 1, "peerings": 0},
    {"accounts": 20, "regions": 1, "vpcs": 45, "peerings": 80},
    {"accounts": 12, "regions": 4, "vpcs": 500, "peerings": 2000},
]


def drawn(made, **changed):
    wanted = {"title": "VPC peerings", "masked": False, "at": AT} | changed
    return picture(made.rows, made.vpcs, made.coverage, **wanted)


def corners(thing, width, height):
    return (
        thing.x - width / 2,
        thing.y - height / 2,
        thing.x + width / 2,
        thing.y + height / 2,
    )


def apart(one, other):
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def inside(one, outer):
    return outer[0] <= one[0] and outer[1] <= one[1] and one[2] <= outer[2] and one[3] <= outer[3]


def test_the_same_estate_in_any_order_is_the_same_page_byte_for_byte():
    made = estate()
    first = drawn(made)
    chance = random.Random(7)
    for _ in range(5):
        shuffled = [
            chance.sample(each, len(each)) for each in (made.rows, made.vpcs, made.coverage)
        ]
        again = picture(*shuffled, title="VPC peerings", masked=False, at=AT)
        assert again == first
        assert html(again) == html(first)
        assert mermaid(again) == mermaid(first)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_no_card_and_no_box_lies_over_another_and_each_lies_in_its_own(size):
    made = drawn(estate(**size))
    boxes = {(box.account, box.region): corners(box, box.width, box.height) for box in made.boxes}
    for level in ("accounts", "regions"):
        same = [at for (_, region), at in boxes.items() if bool(region) is (level == "regions")]
        assert all(apart(*pair) for pair in combinations(same, 2))
    cards = {node.id: corners(node, 156, 50) for node in made.nodes}
    for node in made.nodes:
        assert inside(cards[node.id], boxes[node.vpc.account, node.vpc.region])
    for (account, region), at in boxes.items():
        assert inside(at, boxes[account, ""])
        own = [
            cards[n.id] for n in made.nodes if (n.vpc.account, n.vpc.region) == (account, region)
        ]
        assert all(apart(*pair) for pair in combinations(own, 2))


@pytest.mark.parametrize("size", SIZES[2:], ids=str)
def test_a_picture_has_about_the_shape_of_a_screen(size):
    made = drawn(estate(**size))
    width = max(box.x + box.width / 2 for box in made.boxes)
    height = max(box.y + box.height / 2 for box in made.boxes)
    assert 0.6 < width / height < 4


def test_where_accounts_use_the_same_regions_a_region_is_a_column():
    made = drawn(estate(vpcs=29, peerings=20))
    for region in ("ap-northeast-1", "ap-northeast-2", "eu-west-1"):
        left = {box.x - box.width / 2 for box in made.boxes if box.region == region}
        assert len(left) == 1, region


ENDS = (
    VpcEnd("111122223333", "eu-west-1", "vpc-0a", "here", ("10.0.0.0/16",), read=True),
    VpcEnd("444455556666", "eu-west-1", "vpc-0b", cidrs=("10.1.0.0/16",)),
)


def test_an_end_that_was_not_read_is_a_ghost_and_a_vpcs_own_row_wins():
    row = PeeringRow("pcx-1", *ENDS, "active")
    own = VpcRow("111122223333", "eu-west-1", "vpc-0a", "here", ("10.0.0.0/16",), "net", True, True)
    made = picture([row], [own], [], title="", masked=False, at=AT)
    assert [node.vpc for node in made.nodes] == [
        own,
        VpcRow("444455556666", "eu-west-1", "vpc-0b", cidrs=("10.1.0.0/16",)),
    ]
    assert (made.edges[0].requester, made.edges[0].accepter) == ("v0", "v1")


def test_an_end_that_another_peering_read_is_no_ghost():
    unread = PeeringRow("pcx-1", *ENDS, "active")
    read = PeeringRow("pcx-2", replace(ENDS[1], read=True, name="there"), ENDS[0], "active")
    for rows in ([unread, read], [read, unread]):
        made = picture(rows, [], [], title="", masked=False, at=AT)
        assert {(node.vpc.name, node.vpc.read) for node in made.nodes} == {
            ("here", True),
            ("there", True),
        }


def test_an_empty_estate_is_a_picture_too():
    denied = Covered("111122223333", "", State.DENIED, "no credentials")
    made = picture([], [], [denied], title="Nothing", masked=False, at=AT)
    assert (made.boxes, made.nodes, made.edges) == ((), (), ())
    assert "no credentials" in html(made)
    assert "no VPC and no peering" in mermaid(made)
