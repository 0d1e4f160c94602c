"""What `explain` shows of peerings on a local cloud: on two terminals, in a pipe, as JSON."""

import re

import pytest
from peerkeeper.reporting.plain_text import plain

from peerkeeper_local.story.stage import SEOUL, TOKYO
from tests.cli.explain.shown import ID, commands, page, piped, said_as_json, steps
from tests.integration.pair import AGREED
from tests.reports.commands import run
from tests.reports.estate import add_only
from tests.reports.explained import told

ONE, OTHER = "10.1.0.0/16", "10.2.0.0/16"
HOSTILE = '\u009b31mred\u2028\u202etfel "x"; aws ec2 delete-vpc --vpc-id vpc-0123456789abcdef0'


@pytest.fixture
def held(estate):
    """A request that our side has not agreed to, with names and an owner."""
    named = [{"Key": "Name", "Value": "billing"}, {"Key": "Owner", "Value": "sales"}]
    pcx = estate.ask(estate.vpc(OTHER, AGREED), estate.vpc(ONE, named))
    estate.tag(pcx, "Name", "shop-to-billing")
    estate.pump.advance(120)
    return told(estate, pcx)


@pytest.mark.parametrize("width", [80, 120])
def test_on_either_terminal_no_id_is_broken_and_prose_keeps_to_the_width(held, width):
    said = page(held, width)
    whole = {*ID.findall(" ".join(line.words for line in held.found.lines))}
    assert whole <= {*ID.findall(said)}
    assert {len(found.partition("-")[2]) for found in ID.findall(said)} == {17}
    over = [line for line in said.splitlines() if len(line) > width]
    assert over
    assert all(line.strip().startswith("aws ec2 create-tags ") for line in over)


def test_the_first_line_names_the_mode_and_the_settings(held):
    first = " ".join(page(held, 400).splitlines()[:1])
    assert "explained in mode full, by the settings of the stage, as read at 2026-" in first


def test_names_stand_after_ids_and_the_owner_with_the_vpc(held):
    said = page(held, 400)
    assert '"shop-to-billing"' in said
    assert re.search(r'our VPC vpc-[0-9a-f]{17} "billing" is not exempt', said)
    assert re.search(r'vpc-[0-9a-f]{17} "billing" \(10\.1\.0\.0/16\).*, owner sales', said)
    assert not any('"' in command for command in commands(said))


def test_what_fails_comes_first_and_alone_if_asked_for(held):
    results = [line.split("\t")[3] for line in piped(held) if "\t" in line]
    assert results == sorted(results, key=["fail", "unknown", "due", "wait", "pass", "-"].index)
    assert {*results} > {"fail", "pass"}
    only = [line.split("\t")[3] for line in piped(held, failed_only=True) if "\t" in line]
    assert {*only} == {"fail"}
    assert only == [one for one in results if one == "fail"]
    assert "  pass  " not in page(held, failed_only=True)
    assert {line["result"] for line in said_as_json(held, failed_only=True)["lines"]} == {"fail"}


def test_a_pipe_gets_a_line_a_test_without_names_or_colours(held):
    line = next(line for line in piped(held) if "\tapproval\tfail\t" in line)
    side, part, test, result, words = line.split("\t")
    assert (part, test, result) == ("acceptance", "approval", "fail")
    assert side.endswith("accepter")
    assert "billing" not in words
    assert "\x1b" not in "".join(piped(held))
    assert piped(held)[-1].startswith(held.found.pcx_id)


def test_commands_stand_alone_and_the_next_one_is_the_first_of_them(held, estate):
    by_vpc, *_, following = commands(page(held, 80))
    assert following == by_vpc
    run(estate, following)
    estate.pump.advance(300)
    assert estate.status(held.found.pcx_id) == "active"
    assert told(estate, held.found.pcx_id).found.exit_code == 0


def test_what_acceptance_and_routes_both_lack_is_told_once(estate):
    pcx = estate.ask(estate.vpc(OTHER, AGREED), estate.vpc(ONE, region=TOKYO), SEOUL, TOKYO)
    estate.pump.advance(120)
    said = page(told(estate, pcx))
    assert "approval: the same as for acceptance" in said
    alone, by_vpc, following = commands(said)
    assert (alone, pcx in alone, pcx in by_vpc) == (following, True, False)


def test_a_tag_that_lets_no_request_in_is_not_advised_while_it_waits(held, estate):
    """Between two VPCs of one location the peering's own tag does not accept; once active it routes."""
    pcx = held.found.pcx_id
    assert "peerkeeper:approved=true" not in page(held)
    assert not any(pcx in command for command in commands(page(held)))
    estate.owner.accept_vpc_peering_connection(VpcPeeringConnectionId=pcx)
    estate.pump.advance(120)
    (run_this, *_) = commands(page(told(estate, pcx)))
    assert pcx in run_this
    run(estate, run_this)
    estate.pump.advance(300)
    assert [one.upshot for one in told(estate, pcx).found.verdicts] == ["carries", "carries"]


def test_after_one_side_has_approved_it_says_whose_approval_it_waits_for(estate):
    pcx = estate.ask(estate.vpc(OTHER, region=SEOUL), estate.vpc(ONE, region=TOKYO), SEOUL, TOKYO)
    approved = [{"Key": "peerkeeper:approved", "Value": "true"}]
    estate.pump.advance(120)
    estate.cloud.client("ec2", TOKYO).create_tags(Resources=[pcx], Tags=approved)
    estate.pump.advance(300)
    found = told(estate, pcx)
    assert found.row.status == "active"
    assert (found.row.verdict, found.row.requester.verdict) == ("waits", "waits")
    shown = page(found)
    assert "unknown" not in shown.replace("0 unknown", "")
    asked_for = f"{found.row.requester.location} requester"
    assert f"waits for the approval of {asked_for}." in " ".join(shown.split())
    assert said_as_json(found)["counts"]["unknown"] == 0


@pytest.mark.parametrize("ends", [(TOKYO, SEOUL), (SEOUL, TOKYO), (SEOUL, SEOUL)])
def test_where_neither_side_has_agreed_the_next_commands_are_those_of_both(estate, ends):
    here, there = ends
    pcx = estate.ask(estate.vpc(OTHER, region=here), estate.vpc(ONE, region=there), here, there)
    estate.pump.advance(120)
    found = told(estate, pcx)
    of_accepter, of_requester, *_ = steps(found)
    assert "approval asks for of the accepter, with credentials of" in of_accepter.words
    assert "approval asks for of the requester, with credentials of" in of_requester.words
    assert [one.command for one in (of_accepter, of_requester)] == commands(page(found))[-2:]
    for one in (of_accepter, of_requester):
        run(estate, one.command)
    estate.pump.advance(300)
    assert [one.upshot for one in told(estate, pcx).found.verdicts] == ["carries", "carries"]


def test_the_upshot_counts_and_names_and_the_next_commands_follow(held):
    said = page(held, 400)
    assert re.search(r": 2 fail, 0 unknown, 0 due: approval in \S+ accepter\.", said)
    assert f"peerkeeper explain {held.found.pcx_id}" in said
    assert f"peerkeeper history {held.found.pcx_id}" in said


def test_expiry_is_said_with_the_time_that_is_left(held):
    assert re.search(
        r"expires on 2026-03-\d\d at \d\d:\d\d UTC, in 6 days and 23 hours", page(held, 400)
    )


def test_json_has_the_fields_of_old_and_new_ones_by_its_schema(held):
    said = said_as_json(held)
    assert {"peering", "mode", "clear", "lines", "due", "verdicts"} <= {*said}
    assert said["counts"] == {"fail": 2, "unknown": 0, "due": 0}
    assert said["names"][held.found.pcx_id] == "shop-to-billing"
    assert said["shown_by_peerings"]["accepter"]["owner"] == "sales"
    assert said["exit_code"] == 3
    assert said["next"][0].startswith("aws ec2 create-tags ")


def test_a_failed_request_is_told_in_the_words_of_ec2_and_what_to_do(estate):
    pcx = estate.ask(*estate.agreed(ONE, ONE))
    estate.pump.advance(120)
    found = told(estate, pcx)
    failed = {(line.test, line.words) for line in found.found.lines if line.result == "fail"}
    ((test, words),) = failed  # on either side
    assert test == "status"
    assert "is failed: EC2 says Failed due to incorrect VPC-ID" in words
    assert words.endswith("Correct that and ask again")
    said_as_json(found)


def test_an_expired_request_is_to_be_asked_again(estate):
    pcx = estate.ask(estate.vpc(OTHER, AGREED), estate.vpc(ONE))
    estate.pump.advance(8 * 86_400)
    failed = {line.words for line in told(estate, pcx).found.lines if line.result == "fail"}
    (words,) = failed  # on either side
    assert "is expired" in words
    assert words.endswith("; ask again")


def test_what_follows_an_acceptance_is_foreseen(estate):
    estate.pump.cut()
    pcx = estate.ask(*estate.agreed(ONE, OTHER))
    estate.cloud.clock.advance(30)
    found = told(estate, pcx)
    kinds = [type(one.change).__name__ for one in found.found.then]
    assert [type(one).__name__ for one in found.found.writes] == ["AcceptPeering"]
    assert kinds.count("CreateRoute") == 2
    said = page(found)
    assert "Once that is done" in said
    assert f"+ route {OTHER} in rtb-" in said
    assert ": nothing is in the way: 0 fail, 0 unknown, 1 due; 2 more would follow" in page(
        found, 400
    )
    assert len(said_as_json(found)["then"]) == 2


@add_only
def test_a_dead_route_is_named_with_the_command_that_makes_room(estate):
    one, other = estate.agreed(ONE, OTHER)
    old, new = estate.asked_again(one, other)
    found = told(estate, new)
    assert {line.result for line in found.found.lines if old in line.words} == {"fail"}
    deletes = {one for one in commands(page(found)) if one.startswith("aws ec2 delete-route ")}
    assert len(deletes) == 2
    for command in deletes:
        run(estate, command)
    estate.sweep(600)
    assert told(estate, new).found.exit_code == 0
    assert estate.targets(one, OTHER) == estate.targets(other, ONE) == [new]


@add_only
def test_a_route_left_of_a_deleted_peering_has_its_command_and_then_all_is_well(estate):
    _, _, pcx = estate.peered(ONE, OTHER)
    estate.delete(pcx)
    estate.pump.advance(120)
    found = told(estate, pcx)
    assert found.found.exit_code == 3
    said = page(found)
    assert "mode add-only deletes no route; to delete it: aws ec2 delete-route" in " ".join(
        said.split()
    )
    for command in {*commands(said)}:
        run(estate, command)
    gone = told(estate, pcx).found
    assert (gone.exit_code, gone.clear) == (0, True)
    assert not [line for line in gone.lines if line.result not in ("pass", "-")]


def test_a_dead_route_in_a_table_that_a_tag_shuts_says_so(estate):
    one, _, pcx = estate.peered(ONE, OTHER)
    table = estate.only_table(one)
    estate.tag(table, "peerkeeper:Routes", "none")
    estate.delete(pcx)
    estate.pump.advance(600)
    found = told(estate, pcx)
    (left,) = (line for line in found.found.lines if line.test == table and line.part != "tags")
    assert "the table's tag peerkeeper:routes keeps Peerkeeper out" in left.words
    (fault,) = (line for line in found.found.lines if line.part == "tags")
    assert (fault.test, fault.result) == (table, "fail")
    (command,) = commands(page(found))
    run(estate, command)
    assert told(estate, pcx).found.exit_code == 0


def test_a_narrower_route_is_named_with_where_it_leads_and_its_command(estate):
    one, _, pcx = estate.peered(ONE, OTHER)
    estate.route(one, "10.2.5.0/24")
    said = page(told(estate, pcx))
    assert "10.2.5.0/24, a part of 10.2.0.0/16, to igw-" in " ".join(said.split())
    (command,) = commands(said)
    run(estate, command)
    assert "10.2.5.0/24" not in page(told(estate, pcx))


def test_sixty_tables_that_are_well_are_one_row_and_the_rest_says_why(estate):
    one, _, pcx = estate.peered(ONE, OTHER)
    for number in range(60):
        table = estate.owner.create_route_table(VpcId=one)["RouteTable"]["RouteTableId"]
        if number == 0:
            estate.tag(table, "peerkeeper:routes", "none")
        if number:
            subnet = estate.subnet(one, f"10.1.{number}.0/24")
            estate.owner.associate_route_table(RouteTableId=table, SubnetId=subnet)
        estate.cloud.clock.advance(1)
    estate.sweep(900)
    spare = estate.owner.create_route_table(VpcId=one)["RouteTable"]["RouteTableId"]
    found = told(estate, pcx)
    said = " ".join(page(found, 120).split())
    assert f"59 tables: each sends {OTHER} to {pcx}" in said
    assert f"{spare} stays as it is: no subnet uses it" in said
    assert "stays as it is: its tag peerkeeper:routes keeps Peerkeeper out" in said
    assert page(found, 120).count("\n") < 50
    assert len([line for line in piped(found) if "\tpass\trtb-" in line]) >= 59
    assert len(said_as_json(found)["lines"]) > 60


def test_hostile_names_steer_no_terminal_and_pass_for_no_command(estate):
    named = [*AGREED, {"Key": "Name", "Value": HOSTILE}, {"Key": "Owner", "Value": HOSTILE}]
    mine = estate.vpc(
        ONE, [{"Key": "Name", "Value": HOSTILE}, {"Key": "peerkeeper:peers", "Value": HOSTILE}]
    )
    pcx = estate.ask(estate.vpc(OTHER, named), mine)
    estate.tag(pcx, "Name", HOSTILE)
    estate.pump.advance(120)
    found = told(estate, pcx)
    said = page(found)
    assert not {"\u009b", "\u2028", "\u202e"} & {*said}
    assert "delete-vpc" in said  # as text
    assert {command.split()[2] for command in commands(said)} == {"create-tags"}
    assert not [step for step in said_as_json(found)["next"] if "delete-vpc" in step]
    for line in piped(found):
        assert line.isprintable() or "\t" in line
        assert plain(line.replace("\t", " "), 5000).isascii()
