"""A plan as people and machines get it: text at two widths and in a pipe, JSON by its schema, the rest."""

import io
import json
from dataclasses import replace

import fastjsonschema
import pytest
from peerkeeper.settings import Mode
from peerkeeper.values.ec2 import PeeringStatus
from peerkeeper.values.reads import Describe, Read
from peerkeeper.values.trouble import Meaning, Trouble
from rich.console import Console

from peerkeeper_cli.asked_for import AskedFor
from peerkeeper_cli.foresight.look_ahead import look_ahead
from peerkeeper_cli.page.page import Page
from peerkeeper_cli.plan.document import document
from peerkeeper_cli.plan.finding_groups import Group, folded
from peerkeeper_cli.plan.markdown import markdown
from peerkeeper_cli.plan.proposal import proposal
from peerkeeper_cli.plan.show import show, show_open
from peerkeeper_cli.plan.terraform import terraform
from tests.builders import (
    OLD_PCX,
    PCX,
    SEOUL,
    SEOUL_TABLE,
    SEOUL_VPC,
    TOKYO,
    TOKYO_TABLE,
    peering,
    route,
    snapshot,
    table,
    vpc,
)
from tests.cli.small_estate import asked_for, estate_of, named
from tests.contract.deploy.templates import ROOT

ASKED = AskedFor("plan")
SCHEMA = json.loads((ROOT / "docs/schemas/cli/plan.schema.json").read_text())
HOSTILE = "[red]x[/red] <img src=x onerror=alert(1)> \x1b[2J `rm` @all"


def plan_of(seen, shown=Mode.FULL, accepted=(), **changed):
    estate = estate_of(seen, **changed)
    return proposal(estate, look_ahead(estate), shown, accepted)


def text(plan, width=None, shown=show, asked=ASKED):
    console = Console(
        file=io.StringIO(), width=width or 200, force_terminal=bool(width), color_system=None
    )
    shown(Page(console), plan, asked)
    return console.file.getvalue()


def stale():
    gone = peering(SEOUL, "deleted", id=OLD_PCX)
    return snapshot(vpc(SEOUL), table(SEOUL, route("172.31.0.0/16", OLD_PCX)), gone)


def test_a_request_is_planned_to_the_end_on_both_sides():
    plan = plan_of(asked_for())
    kinds = [(str(write.change.location), write.kind) for write in plan.writes]
    assert sorted(kinds) == [
        (str(TOKYO), "accept"),
        (str(TOKYO), "route"),
        (str(SEOUL), "route"),
    ]
    assert plan.exit_code == 3
    said = text(plan)
    assert "+ accept the request" in said
    assert f"since {vpc().id} is tagged peerkeeper:peers, which says self" in said
    assert f"+ route 10.39.0.0/16 in {TOKYO_TABLE}" in said
    assert f"+ route 172.31.0.0/16 in {SEOUL_TABLE}" in said
    assert "In short: 3 writes (1 accept, 2 route), 0 blocked, 0 need consent" in said


def test_what_add_only_leaves_out_is_in_the_totals_alone():
    plan = plan_of(stale(), Mode.ADD_ONLY)
    assert plan.writes == ()
    assert plan.totals[Mode.FULL]["stale route"] == 1
    assert plan.totals[Mode.ADD_ONLY]["stale route"] == 0
    assert "- route" not in text(plan)


def test_a_stale_route_says_why_it_goes():
    said = text(plan_of(stale()))
    assert f"- route 172.31.0.0/16 in {SEOUL_TABLE}" in said
    assert f"since {OLD_PCX} is deleted" in said


def test_observe_plans_what_full_would_do_and_says_so():
    plan = plan_of(asked_for(), Mode.OBSERVE, mode=Mode.OBSERVE)
    assert plan.mode is Mode.FULL
    assert text(plan).startswith(
        "Plan in mode full (the settings say observe), by the settings of the hub"
    )


def test_nothing_due_is_exit_code_0_and_said():
    seen = snapshot(vpc(SEOUL), vpc(), table(SEOUL), table())
    plan = plan_of(seen)
    assert plan.exit_code == 0
    assert "Nothing would be written." in text(plan)
    assert "Nothing is open." in text(plan, shown=show_open)


DENIED = Trouble(Meaning.DENIED, "UnauthorizedOperation", "no right", "DescribeVpcs")


def test_what_was_denied_wins_and_the_account_may_be_accepted_as_unknown():
    seen = asked_for()
    read = Read(TOKYO, Describe.VPCS)
    seen = replace(
        seen,
        done=seen.done - {read},
        unread={read: DENIED},
        vpcs={key: one for key, one in seen.vpcs.items() if key[0] != TOKYO},
    )
    plan = plan_of(seen)
    assert plan.exit_code == 4
    said = text(plan)
    assert "DescribeVpcs says UnauthorizedOperation: no right" in said
    assert "at least, since not all was read" in said
    assert plan_of(seen, accepted=[TOKYO.account_id]).exit_code != 4


def test_consent_comes_with_the_command_whole_and_alone_on_its_line():
    seen = asked_for()
    seen = replace(seen, vpcs={key: replace(one, tags=()) for key, one in seen.vpcs.items()})
    lines = text(plan_of(seen), width=80).splitlines()
    commands = [line.strip() for line in lines if line.strip().startswith("aws ec2")]
    tag = "'Key=peerkeeper:approved,Value=true'"
    assert f"aws ec2 create-tags --region ap-northeast-1 --resources {PCX} --tags {tag}" in commands


@pytest.mark.parametrize("width", [80, 120])
def test_lines_keep_within_the_terminal_and_ids_stay_whole(width):
    seen = asked_for()
    key = (SEOUL, SEOUL_VPC)
    long = named(seen.vpcs[key], "a name that is rather long for a VPC of ours")
    plan = plan_of(replace(seen, vpcs={**seen.vpcs, key: long}))
    lines = text(plan, width).splitlines()
    assert max(len(line) for line in lines if "aws ec2" not in line) <= width
    said = "\n".join(lines)
    for id_ in (PCX, SEOUL_VPC, SEOUL_TABLE, TOKYO_TABLE):
        assert id_ in said


def test_hostile_names_stay_text_in_every_form():
    seen = asked_for()
    key = (SEOUL, SEOUL_VPC)
    plan = plan_of(replace(seen, vpcs={**seen.vpcs, key: named(seen.vpcs[key], HOSTILE)}))
    assert "[red]x[/red]" in text(plan)
    assert "\x1b" not in text(plan)
    assert "\x1b" not in text(plan, 80)
    assert "`rm`" not in markdown(plan, ASKED)
    assert "@all" not in markdown(plan, ASKED).replace("\\@all", "")


def test_a_name_like_an_id_is_not_shown():
    seen = asked_for()
    key = (SEOUL, SEOUL_VPC)
    plan = plan_of(replace(seen, vpcs={**seen.vpcs, key: named(seen.vpcs[key], "vpc-12345678")}))
    assert "vpc-12345678" not in text(plan)


def test_json_is_by_its_schema_and_says_when():
    held = peering(TOKYO, "pending-acceptance", tags=(("peerkeeper:approve", "true"),))
    for seen in (asked_for(), stale(), asked_for(views=(held,))):
        plan = plan_of(seen)
        said = json.loads(json.dumps(document(plan)))
        fastjsonschema.compile(SCHEMA)(said)
        assert said["exit_code"] == plan.exit_code
        assert {write["when"] for write in said["writes"]} <= {"now", "later"}


def test_markdown_has_totals_writes_and_what_is_open():
    said = markdown(plan_of(asked_for()), ASKED)
    assert said.startswith("### Peerkeeper: Plan in mode full")
    assert "| full | 1 | 2 | 0 | 0 | 0 | 0 | 3 |" in said
    assert f"| `+` | {TOKYO} | `{PCX}` | accept the request |" in said


def reported(*routes):
    own = table(SEOUL, *routes, tags=(("peerkeeper:routes", "report"),))
    return snapshot(
        vpc(SEOUL), vpc(), own, table(TOKYO, route("10.39.0.0/16", PCX)), peering(SEOUL), peering()
    )


def test_terraform_gets_the_routes_of_its_tables_and_imports_those_that_exist():
    lacking = terraform(plan_of(reported()))
    assert f'route_table_id            = "{SEOUL_TABLE}"' in lacking
    assert 'destination_cidr_block    = "172.31.0.0/16"' in lacking
    assert "import {" not in lacking
    there = terraform(plan_of(reported(route("172.31.0.0/16", PCX))))
    assert f'id = "{SEOUL_TABLE}_172.31.0.0/16"' in there
    assert TOKYO_TABLE not in there
    assert terraform(plan_of(asked_for())).startswith("# No table")


def test_a_peering_in_a_state_of_tomorrow_is_blocked_not_planned():
    odd = replace(peering(TOKYO), status=PeeringStatus.UNKNOWN, status_text="levitating")
    plan = plan_of(snapshot(vpc(SEOUL), vpc(), table(SEOUL), table(), odd))
    assert plan.writes == ()
    assert plan.exit_code == 3


def test_a_command_in_a_tag_is_never_shown_as_one_of_ours():
    seen = asked_for()
    key = (SEOUL, SEOUL_VPC)
    faulty = replace(
        seen.vpcs[key], tags=(("peerkeeper:peers", "aws ec2 delete-vpc --vpc-id vpc-1"),)
    )
    said = text(plan_of(replace(seen, vpcs={**seen.vpcs, key: faulty})), width=120)
    assert "delete-vpc" in said
    assert not [line for line in said.splitlines() if line.strip().startswith("aws ec2 delete-vpc")]


def test_an_account_accepted_as_unknown_is_still_told_as_unread():
    seen = asked_for()
    read = Read(TOKYO, Describe.SUBNETS)
    seen = replace(seen, done=seen.done - {read}, unread={read: DENIED})
    plan = plan_of(seen, accepted=[TOKYO.account_id])
    assert plan.exit_code != 4
    assert document(plan)["complete"] is False
    assert "**Not complete:**" in markdown(plan, ASKED)


def test_markup_in_a_name_is_no_markup_in_a_pull_request():
    seen = stale()
    key = (SEOUL, SEOUL_TABLE)
    bad = named(seen.route_tables[key], "</details><img src=https://x/y>")
    said = markdown(plan_of(replace(seen, route_tables={key: bad})), ASKED)
    assert "<img" not in said
    assert "https://" not in said
    assert said.count("</details>") == said.count("<details>")


def test_a_word_admits_at_least_what_was_read_where_regions_were_left_out():
    plan = plan_of(asked_for())
    assert {(one.word, one.at_least) for one in plan.standing} == {("self", True)}


def test_the_open_view_counts_the_blocked_as_the_plan_does():
    """Two tables of one VPC send the peer's network elsewhere: one kind, two findings."""
    there = route("172.31.0.0/16", "tgw-0a1b2c3d4e5f60718")
    two = (
        table(SEOUL, there),
        replace(
            table(SEOUL, there), id="rtb-0a39a39a39a39a3ff", main=False, subnet_ids=("subnet-0a1",)
        ),
    )
    seen = asked_for(views=(peering(SEOUL), peering(TOKYO)))
    seen = replace(
        seen, route_tables={**seen.route_tables, **{(SEOUL, one.id): one for one in two}}
    )
    plan = plan_of(seen)
    blocked = plan.in_group(Group.BLOCKED)
    kinds = len(folded(blocked))
    assert kinds < len(blocked)
    assert f"{kinds} blocked" in text(plan)
    said = text(plan, shown=show_open)
    assert f"Blocked: {kinds}" in said
    assert f"{len(blocked)} findings, one for each route table" in said
