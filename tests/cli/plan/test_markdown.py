"""A plan in a pull request: commands stay whole, the whole fits, and what does not fit is counted."""

import re
from dataclasses import replace

import pytest
from peerkeeper.settings import Mode
from peerkeeper.values.findings import Code, Finding

from peerkeeper_cli.asked_for import AskedFor
from peerkeeper_cli.foresight.look_ahead import look_ahead
from peerkeeper_cli.plan.finding_groups import GROUPS, Group
from peerkeeper_cli.plan.markdown import markdown
from peerkeeper_cli.plan.markdown_section import MOST, in_a_cell
from peerkeeper_cli.plan.proposal import proposal
from tests.builders import PCX, SEOUL
from tests.cli.small_estate import asked_for, estate_of

COMMAND = (
    f"aws ec2 create-tags --region {SEOUL.region} --resources {PCX} "
    "--tags 'Key=peerkeeper:approved,Value=true'"
)
GITHUB = 65_536


def comment(*findings, writes=1):
    estate = estate_of(asked_for())
    plan = proposal(estate, look_ahead(estate), Mode.FULL)
    many = tuple(plan.writes[at % len(plan.writes)] for at in range(writes))
    plan = replace(plan, findings=findings or plan.findings, writes=many)
    return markdown(plan, AskedFor("plan", profiles=("network",)))


def found(words, code=Code.CONFLICT, count=1):
    return [Finding(code, SEOUL, f"rtb-{at:017x}", words, pcx_id=PCX) for at in range(count)]


@pytest.mark.parametrize("before", [0, 100, MOST - 40, MOST, 3 * MOST])
def test_a_command_is_whole_wherever_it_stands(before):
    words = f"{'word ' * (before // 5)}{COMMAND}; {'more ' * MOST}"
    assert COMMAND in in_a_cell(words)
    assert len(in_a_cell(words)) < MOST + len(COMMAND) + 20
    assert COMMAND in comment(*found(words, Code.HELD_APPROVAL))


def test_a_command_in_backticks_is_whole_as_well():
    command = f"`peerkeeper explain {PCX} --region {SEOUL.region}`"
    assert in_a_cell("word " * MOST + command).endswith(command)


def test_prose_is_cut_and_says_so():
    assert in_a_cell("a" * (MOST + 1)) == "a" * MOST + "..."
    assert in_a_cell("a" * MOST) == "a" * MOST


def test_the_whole_fits_a_comment_and_counts_what_is_left_out():
    codes = (Code.CONFLICT, Code.HELD_APPROVAL, Code.ROUTED_NOT_APPROVED)
    findings = [one for code in codes for one in found(f"{'x' * 300} {COMMAND}", code, 400)]
    said = comment(*findings, writes=900)
    assert GITHUB // 2 < len(said) < GITHUB
    for name, all_, sign in [("writes", 900, r"\| `\+`"), *(("", 400, rf"\| {c} ") for c in codes)]:
        shown = len(re.findall(f"^{sign}", said, re.MULTILINE))
        assert 0 < shown < all_, name
        assert f"and {all_ - shown} more rows, left out here: `" in said
    assert said.count("<details>") == said.count("</details>") == 4
    assert said.count("plan --json --profile network` has all") == 4


def test_nothing_is_left_out_where_all_fits():
    said = comment(*found("the route is taken", count=150))
    assert said.count("the route is taken") == 150
    assert "left out" not in said


def test_every_group_that_asks_for_something_is_in_the_comment():
    codes = [code for code, group in GROUPS.items() if group is not Group.TO_KNOW]
    said = comment(*(one for code in codes for one in found("so", code)))
    assert all(f"| {code} |" in said for code in codes)
