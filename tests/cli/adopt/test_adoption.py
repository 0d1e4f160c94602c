"""Tags that adopt: what is proposed, what is not, and that planning again finds nothing new."""

import io
import json
import re
import shlex
import subprocess
from dataclasses import replace

import fastjsonschema
import pytest
from peerkeeper.values.ec2 import Location, Side
from peerkeeper.values.outcomes import Observed
from peerkeeper.values.reads import Describe, Read
from peerkeeper.values.scope import Hint
from peerkeeper.values.tag_keys import APPROVED, DNS, PEERS, ROUTES
from peerkeeper.values.trouble import Meaning, Trouble
from rich.console import Console

from peerkeeper_cli.adopt.adopted_estate import look_and_adopt
from peerkeeper_cli.adopt.adoption import adoption
from peerkeeper_cli.adopt.commands import commands
from peerkeeper_cli.adopt.document import document
from peerkeeper_cli.adopt.show import show
from peerkeeper_cli.adopt.tag_to_set import TagToSet, with_tags
from peerkeeper_cli.adopt.terraform import terraform
from peerkeeper_cli.asked_for import AskedFor
from peerkeeper_cli.foresight.foresee import foresee
from peerkeeper_cli.page.page import Page
from tests.builders import (
    PCX,
    SEOUL,
    SEOUL_VPC,
    TOKYO,
    TOKYO_VPC,
    network,
    peering,
    route,
    settings,
    snapshot,
    table,
    vpc,
)
from tests.cli.small_estate import estate_of, named
from tests.contract.deploy.templates import ROOT

SCHEMA = json.loads((ROOT / "docs/schemas/cli/adopt.schema.json").read_text())
TO_TOKYO, TO_SEOUL = route("172.31.0.0/16", PCX), route("10.39.0.0/16", PCX)
OTHER_TABLE = "rtb-0a39a39a39a39a399"
DNS_ON = {(SEOUL, SEOUL_VPC): True, (TOKYO, TOKYO_VPC): True}


def on(pcx):
    """Return the peering with the DNS options of both sides on."""
    return replace(
        pcx,
        requester=replace(pcx.requester, allows_remote_dns=True),
        accepter=replace(pcx.accepter, allows_remote_dns=True),
    )


def by_hand(*more, seoul=(TO_TOKYO,), tokyo=(TO_SEOUL,), tags=(), views=None, **changed):
    views = views or (on(peering(SEOUL)), on(peering()))
    return snapshot(
        vpc(SEOUL, tags=tags),
        vpc(tags=tags),
        table(SEOUL, *seoul),
        table(TOKYO, *tokyo),
        *views,
        *more,
        **changed,
    )


def keys(found):
    return sorted((str(tag.location), tag.resource, tag.key, tag.value) for tag in found.tags)


def test_a_routed_peering_gets_the_approval_of_each_side_and_nothing_else():
    found = adoption(by_hand(), settings())
    assert keys(found) == sorted((str(where), PCX, APPROVED, "true") for where in (SEOUL, TOKYO))
    assert (found.adopted, found.left, found.brings, found.accepts) == ((PCX,), (), (), ())


def test_a_peering_that_is_agreed_or_routes_nothing_is_none_of_its_business():
    assert adoption(by_hand(tags=(("peerkeeper:peers", "self"),)), settings()).tags == ()
    assert adoption(by_hand(seoul=(), tokyo=()), settings()).tags == ()


def test_dns_that_is_off_stays_off():
    seen = by_hand(views=(peering(SEOUL), peering()), dns_hostnames=DNS_ON)
    found = adoption(seen, settings())
    assert {(tag.resource, tag.value) for tag in found.tags if tag.key == DNS} == {
        (SEOUL_VPC, "leave"),
        (TOKYO_VPC, "leave"),
    }
    assert found.brings == ()
    off = adoption(replace(seen, dns_hostnames=dict.fromkeys(DNS_ON, False)), settings())
    assert {tag.key for tag in off.tags} == {APPROVED, DNS}
    assert foresee(with_tags(seen, found.tags), settings()).changes == ()


def test_a_table_that_leaves_the_peer_out_stays_so():
    other = table(SEOUL, id=OTHER_TABLE, main=False, subnet_ids=("subnet-1",))
    seen = by_hand(other)
    found = adoption(seen, settings())
    assert (str(SEOUL), OTHER_TABLE, ROUTES, "none") in keys(found)
    assert foresee(with_tags(seen, found.tags), settings()).changes == ()


def test_one_side_without_routes_is_one_sided():
    found = adoption(by_hand(tokyo=()), settings())
    assert found.tags == ()
    assert [one.reason for one in found.left] == ["one-sided"]


def test_networks_that_overlap_are_not_adopted():
    views = tuple(
        replace(one, accepter=replace(one.accepter, cidrs=(network("10.39.128.0/17"),)))
        for one in (peering(SEOUL), peering())
    )
    found = adoption(by_hand(views=views), settings())
    assert [one.reason for one in found.left] == ["overlapping"]


def test_an_account_that_is_not_allowed_comes_first():
    there = Location("444455556666", "eu-west-1")
    pcx = on(peering(SEOUL, accepter=Side(there, "vpc-0f0f0f0f", (network("172.31.0.0/16"),))))
    seen = snapshot(vpc(SEOUL, tags=()), table(SEOUL, TO_TOKYO), pcx)
    (left,) = adoption(seen, settings()).left
    assert (left.reason, "AllowedAccounts" in left.words) == ("account not allowed", True)
    allowed = settings(allowed_accounts=frozenset({SEOUL.account_id, there.account_id}))
    assert adoption(seen, allowed).adopted == (PCX,)


def test_what_would_change_is_left_unless_changes_are_asked_for():
    more = vpc(tags=(), cidrs=(*vpc().cidrs, network("100.64.0.0/16")))
    views = tuple(
        replace(one, accepter=replace(one.accepter, cidrs=more.cidrs))
        for one in (on(peering(SEOUL)), on(peering()))
    )
    seen = by_hand(views=views)
    seen = replace(seen, vpcs={**seen.vpcs, (TOKYO, TOKYO_VPC): more})
    found = adoption(seen, settings())
    assert (found.tags, [one.reason for one in found.left]) == ((), ["would change"])
    changed = adoption(seen, settings(), with_changes=True)
    assert changed.adopted == (PCX,)
    assert [str(one.destination) for one in changed.brings] == ["100.64.0.0/16"]


def test_no_request_is_accepted_by_an_approval():
    asked = peering(TOKYO, "pending-acceptance", id="pcx-0c0ffee0c0ffee999")
    assert adoption(by_hand(asked), settings()).accepts == ()


def test_wider_words_say_what_they_admit_and_accept():
    asked = peering(TOKYO, "pending-acceptance", id="pcx-0c0ffee0c0ffee999")
    seen = by_hand(asked)
    found = adoption(seen, settings(), widen=True)
    mine = next(tag for tag in found.tags if tag.resource == TOKYO_VPC and tag.key == PEERS)
    assert mine.value == SEOUL_VPC
    assert "today the requests pcx-0c0ffee0c0ffee999" in mine.admits


def test_the_commands_are_whole_and_one_for_a_tag():
    ((account, lines),) = commands(adoption(by_hand(), settings()).tags)
    assert account == SEOUL.account_id
    assert [shlex.split(line)[4] for line in lines] == ["ap-northeast-1", "ap-northeast-2"]
    assert all(line.endswith("--tags 'Key=peerkeeper:approved,Value=true'") for line in lines)


def test_terraform_and_json_have_every_tag():
    seen = by_hand()
    found = adoption(seen, settings())
    assert terraform(found.tags).count('resource "aws_ec2_tag"') == len(found.tags) == 2
    said = json.loads(json.dumps(document(estate_of(seen), found)))
    fastjsonschema.compile(SCHEMA)(said)


@pytest.mark.parametrize("widen", [False, True])
def test_it_comes_to_the_same_in_any_order(widen):
    seen = by_hand()
    turned = replace(seen, peerings=dict(reversed(seen.peerings.items())))
    assert adoption(seen, settings(), widen=widen) == adoption(turned, settings(), widen=widen)


DENIED = Trouble(Meaning.DENIED, "UnauthorizedOperation", "no", "Describe")


@pytest.mark.parametrize("kind", [Describe.ROUTE_TABLES, Describe.PEERINGS, Describe.DNS_HOSTNAMES])
def test_nothing_is_concluded_where_a_read_failed(kind):
    seen = by_hand(tokyo=())
    read = Read(TOKYO, kind)
    seen = replace(seen, done=seen.done - {read}, unread={read: DENIED})
    found = adoption(seen, settings())
    assert found.tags == ()
    assert [one.reason for one in found.left] == ["not read"]


def test_with_changes_a_side_without_routes_gets_them():
    found = adoption(by_hand(tokyo=()), settings(), with_changes=True)
    assert found.adopted == (PCX,)
    assert [(one.location, str(one.destination)) for one in found.brings] == [
        (TOKYO, "10.39.0.0/16")
    ]


def test_a_change_to_another_resource_of_the_vpc_is_laid_at_the_door_of_its_peerings():
    asks = (("peerkeeper:dns", "enforce"),)  # so no tag of ours may leave its DNS alone
    seen = by_hand(tags=asks, views=(peering(SEOUL), peering()), dns_hostnames=DNS_ON)
    found = adoption(seen, settings())
    assert (found.tags, found.brings) == ((), ())
    assert [one.reason for one in found.left] == ["would change"]


class Answers:
    """Answers reads of DNS hostnames: off. Notes which were asked."""

    def __init__(self):
        self.asked = []

    def __call__(self, groups, /):
        self.asked += [read for group in groups for read in group]
        return [Observed(group, enabled=False) for group in groups]

    def done_with(self, account, /):
        """Nobody is done with."""


def test_what_the_tags_themselves_call_for_is_read_before_they_are_printed():
    estate = estate_of(by_hand())
    estate.reading.asked = frozenset(estate.seen.done)
    estate.reading.hints = (Hint(SEOUL), Hint(TOKYO))
    estate.ask = Answers()
    found = look_and_adopt(estate, with_changes=False, widen=True)
    assert {read.kind for read in estate.ask.asked} == {
        Describe.DNS_HOSTNAMES,
        Describe.DNS_SUPPORT,
    }
    assert {tag.key for tag in found.tags} == {PEERS, DNS}
    assert found.brings == ()


def test_each_part_of_the_script_runs_with_its_own_account_alone(tmp_path):
    seen = by_hand()
    seen = replace(
        seen, vpcs={key: named(one, "$(touch hit)`touch hit`") for key, one in seen.vpcs.items()}
    )
    found = adoption(seen, settings())
    console = Console(file=io.StringIO(), width=80, force_terminal=False, color_system=None)
    show(Page(console, before_words="# "), estate_of(seen), found, AskedFor("adopt"))
    (tmp_path / "aws").write_text(
        '#!/bin/sh\ncase "$1" in sts) echo "$WHO";; *) echo "$@" >> said;; esac\n'
    )
    (tmp_path / "aws").chmod(0o700)
    script = console.file.getvalue()
    assert all(
        line.startswith(("# ", "aws ec2 create-tags ", "test ", "}"))
        for line in script.splitlines()
        if line
    )
    for who, tags in (("999900001111", 0), (SEOUL.account_id, len(found.tags))):
        environment = {"PATH": f"{tmp_path}:/usr/bin:/bin", "WHO": who}
        subprocess.run(["sh"], input=script, text=True, cwd=tmp_path, env=environment, check=False)
        said = tmp_path / "said"
        assert len(said.read_text().splitlines() if said.exists() else []) == tags
    assert not (tmp_path / "hit").exists()


def test_two_accounts_of_one_region_have_blocks_and_providers_of_their_own():
    there = Location("444455556666", SEOUL.region)
    tags = [TagToSet(where, PCX, APPROVED, "true", "why") for where in (SEOUL, there)]
    said = terraform(tags)
    assert len({*re.findall(r'resource "aws_ec2_tag" "(\w+)"', said)}) == 2
    assert "provider    = aws.a111122223333" in said
    assert "provider    = aws.a444455556666" in said
