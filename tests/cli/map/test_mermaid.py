"""Mermaid: a subgraph an account and a Region, a line a peering; a tag's value can end no label."""

import re
from collections import Counter

import pytest

from peerkeeper_cli.map.drawing import picture
from peerkeeper_cli.map.mermaid import LARGE, large, mermaid
from peerkeeper_cli.peerings.peering_row import Verdict
from tests.cli.map.estate import estate, with_traffic
from tests.cli.map.hostile import hostile


def drawn(**size):
    made = estate(**size)
    return picture(made.rows, made.vpcs, made.coverage, title="Peerings", masked=False, at="today")


def test_every_account_region_vpc_and_peering_is_in_it():
    made = drawn()
    lines = mermaid(made).splitlines()
    assert lines[0].startswith("%% peerkeeper map: Peerings")
    assert "flowchart LR" in lines
    opened = sum(line.strip().startswith("subgraph ") for line in lines)
    assert opened == len(made.boxes) == sum(line.strip() == "end" for line in lines)
    assert sum(bool(re.match(r"\s+v\d+\[", line)) for line in lines) == len(made.nodes)
    verdicts = Counter(re.findall(r'\|"(\w+)', mermaid(made)))
    assert verdicts == Counter(edge.row.verdict.value for edge in made.edges)
    assert ":::ghost" in mermaid(made)


def test_a_line_says_what_becomes_of_traffic_where_that_was_looked_at():
    assert "traffic" not in mermaid(drawn())
    made = with_traffic(estate())
    text = mermaid(
        picture(made.rows, made.vpcs, made.coverage, title="P", masked=False, at="today")
    )
    for row in made.rows:
        said = f'"{row.verdict.value}, traffic {row.reaches}' if row.reaches else f'"{row.verdict}'
        assert said in text


def test_each_line_has_the_style_of_its_verdict_once():
    made = drawn()
    text = mermaid(made)
    lines = re.findall(r'v\d+ \S+\|"(\w+)', text)
    styled = {
        int(number): style
        for numbers, style in re.findall(r"linkStyle ([\d,]+) (\S+)", text)
        for number in numbers.split(",")
    }
    assert sorted(styled) == list(range(len(made.edges)))
    assert len({(lines[number], style) for number, style in styled.items()}) == len(Verdict)


def test_a_tags_value_stays_text():
    lines = [line for line in mermaid(hostile()).splitlines() if not line.startswith("%%")]
    for line in lines:
        label = re.fullmatch(r'\s*(?:v\d+|subgraph \w+)\["([^"]*)"\](?::::ghost)?', line)
        if "hacked" in line:
            assert label
            assert not set("<>\"'`[]{}|&\\") & set(label[1].replace("<br/>", ""))
    assert mermaid(hostile()).isascii()


@pytest.mark.parametrize(("peerings", "said"), [(LARGE, False), (LARGE + 1, True)])
def test_a_large_flowchart_says_so_and_how_to_draw_a_part(peerings, said):
    made = drawn(vpcs=40, peerings=peerings)
    assert bool(large(made)) is said
    assert ("--only" in mermaid(made)) is said
