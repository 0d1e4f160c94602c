"""What a person sees, at 80 and at 120 columns: ids whole, no word broken, a command on a line of its own."""

import io

import pytest
from rich.console import Console

from peerkeeper_cli.asked_for import AskedFor
from peerkeeper_cli.page.page import Page
from peerkeeper_cli.teardown import show_left
from peerkeeper_cli.teardown.order.teardown import teardown
from peerkeeper_cli.teardown.seen.contents import Instance, Interface
from peerkeeper_cli.teardown.seen.kind import Kind
from peerkeeper_cli.teardown.seen.unread import Unread, Unseen
from peerkeeper_cli.teardown.show import show
from tests.builders import PCX, SEOUL, SEOUL_VPC, TOKYO, TOKYO_VPC, route, table
from tests.cli.teardown.seen import own_vpc, pcx, seen_of_peering, seen_of_vpc

NOW = 1_800_000_000.0
ENI = "eni-0a39a39a39a39a391"


def everything():
    inside = own_vpc(
        instances=(Instance("i-0a39a39a39a39a391"),),
        interfaces=(Interface(ENI, True, managed=True, kind="lambda", description="AWS Lambda"),),
        subnets=("subnet-0a39a39a39a39a391",),
    )
    return seen_of_vpc(
        inside,
        peerings=(pcx(),),
        tables=(table(routes=(route("10.39.0.0/16", PCX),)),),
        names=((SEOUL_VPC, "seoul"),),
        unread=(Unread(Kind.ACL, SEOUL, SEOUL_VPC, "not read: DescribeNetworkAcls says X: no"),),
        unseen=(Unseen(TOKYO, TOKYO_VPC, PCX),),
    )


def shown(what, width, *more):
    console = Console(file=io.StringIO(), width=width, force_terminal=True, color_system=None)
    what(Page(console), *more)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [80, 120])
def test_lines_fit_and_commands_are_whole(width):
    text = shown(show, width, teardown(everything()), {}, NOW, AskedFor("teardown"))
    rest = [line for line in text.splitlines() if not line.lstrip().startswith(("aws ", "peerk"))]
    assert max(map(len, rest)) <= width
    for word in (f'{SEOUL_VPC} "seoul"', PCX, ENI, "subnet-0a39a39a39a39a391"):
        assert word in text
    assert f"    aws ec2 delete-vpc --region {SEOUL.region} --vpc-id {SEOUL_VPC}\n" in text
    assert "In the way" in text
    assert "What stays, and what others do" in text


def test_what_to_type_next_has_the_options_of_the_user():
    asked = AskedFor("teardown", profiles=("network",))
    text = shown(show, 80, teardown(seen_of_peering()), {}, NOW, asked)
    assert f"teardown {PCX} --shell --profile network > teardown.sh" in text
    assert f"teardown {PCX} --json --profile network > teardown.json" in text
    assert f"teardown {PCX} --after --before teardown.json --profile network\n" in text


def test_nothing_to_do_is_one_sentence():
    text = shown(show, 80, teardown(seen_of_peering("deleted")), {}, NOW, AskedFor("teardown"))
    assert "0 steps. Nothing was written." in text
    assert "Steps" not in text


@pytest.mark.parametrize("width", [80, 120])
def test_what_is_left_has_its_code_and_its_command(width):
    tables = (table(SEOUL, routes=(route("172.31.0.0/16", PCX),)),)
    gap = Unread(Kind.ZONE, SEOUL, SEOUL_VPC, "not read: ListHostedZonesByVPC says X: no")
    seen = seen_of_peering("deleted", tables=tables, unread=(gap,))
    text = shown(show_left.show, width, teardown(seen), {}, NOW)
    assert "left-behind-route: " in text
    assert "aws ec2 delete-route" in text
    assert "There may be more." in text
    assert "1 thing left, as far as was read: 1 gap." in text
