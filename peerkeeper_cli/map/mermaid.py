"""A picture as a Mermaid flowchart, for documents. In: a `Picture`. Out: text; a word where it is large."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from peerkeeper_cli.map.picture import Edge, Node, Picture
from peerkeeper_cli.peerings.peering_row import Verdict

LARGE = 100
"""Peerings above which a flowchart is hard to read."""
MARK = "%% peerkeeper map"
"""How one of our files begins."""
LINES = {
    Verdict.CARRIES: ("---", "stroke:#1f7a5c,stroke-width:2px"),
    Verdict.PARTLY: ("-.-", "stroke:#a85b00,stroke-width:3px"),
    Verdict.NOTHING: ("-.-", "stroke:#c0264b,stroke-width:3px,stroke-dasharray:3 4"),
    Verdict.WAITS: ("-.-", "stroke:#2460c8,stroke-width:2px,stroke-dasharray:8 4"),
    Verdict.UNKNOWN: ("-.-", "stroke:#7546b3,stroke-width:2px,stroke-dasharray:1 4"),
    Verdict.ENDED: ("-.-", "stroke:#6a707c,stroke-width:1px,stroke-dasharray:1 6"),
}
_PLAIN = frozenset(" .,:/_-+()")


def mermaid(picture: Picture) -> str:
    """Return the flowchart: accounts and Regions as subgraphs, a line a peering with its verdict.

    Every other character than a letter, a digit and calm punctuation is an entity code, so a tag's value
    stays text. Source: Mermaid documentation, flowcharts, entity codes.
    """
    return "\n".join(_lines(picture)) + "\n"


def large(picture: Picture) -> str:
    """Return a sentence where the flowchart has more lines than a reader can follow, else nothing."""
    count = len(picture.edges)
    if count <= LARGE:
        return ""
    return (
        f"{count} peerings are many for a flowchart: `--only nothing`, or --only with an account, a Region "
        f"or a VPC, draws a part of them. Without --mermaid the page shows all, and can be searched."
    )


def _lines(picture: Picture) -> Iterator[str]:
    yield f"{MARK}: {_text(picture.title)}, {_text(picture.at)}"
    if large(picture):
        yield f"%% {large(picture)}"
    yield "flowchart LR"
    boxes = {(box.account, box.region): box.id for box in picture.boxes}
    for account, in_account in groupby(picture.nodes, lambda node: node.vpc.account):
        yield f'  subgraph {boxes[account, ""]}["{_text(account)}"]'
        for region, nodes in groupby(in_account, lambda node: node.vpc.region):
            yield f'    subgraph {boxes[account, region]}["{_text(region)}"]'
            yield from (f"      {_node(node)}" for node in nodes)
            yield "    end"
        yield "  end"
    if not picture.nodes:
        yield '  none["no VPC and no peering"]'
    edges = sorted(picture.edges, key=lambda edge: [*LINES].index(edge.row.verdict))
    yield from (f"  {_edge(edge)}" for edge in edges)
    yield "  classDef ghost stroke-dasharray:4 4,opacity:0.7"
    number = 0
    for verdict, same in groupby(edges, lambda edge: edge.row.verdict):
        count = len(list(same))
        yield f"  linkStyle {','.join(map(str, range(number, number + count)))} {LINES[verdict][1]}"
        number += count


def _node(node: Node) -> str:
    vpc = node.vpc
    words = [vpc.name, vpc.vpc_id, ", ".join(vpc.cidrs), "" if vpc.read else "not read"]
    label = "<br/>".join(_text(each) for each in words if each)
    return f'{node.id}["{label}"]{"" if vpc.read else ":::ghost"}'


def _edge(edge: Edge) -> str:
    row = edge.row
    due = f", {row.due} due" if row.due else ""
    found = f", findings: {len(row.findings)}" if row.findings else ""
    line = LINES[row.verdict][0]
    traffic = f", traffic {row.reaches}" if row.reaches else ""
    label = f"{row.verdict.value}{traffic}{due}{found}"
    return f'{edge.requester} {line}|"{label}"| {edge.accepter}'


def _text(words: str) -> str:
    calm = " ".join("".join(each if each.isprintable() else " " for each in words).split())
    return "".join(
        each if each.isascii() and (each.isalnum() or each in _PLAIN) else f"#{ord(each)};"
        for each in calm
    )
