"""A picture as the JSON in its page. In: a `Picture`. Out: text that may stand inside a script element."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from peerkeeper_cli.map.picture import Edge, Node, Picture
from peerkeeper_cli.peerings.peering_row import VpcEnd


def page_data(picture: Picture) -> str:
    r"""Return JSON in ASCII, where `<`, `>` and `&` are escapes as well: no value can end the script element.

    Source: HTML Standard, restrictions for contents of script elements; U+2028 becomes \u2028 as all else
    beyond ASCII.
    """
    values = {
        "title": picture.title,
        "at": picture.at,
        "masked": picture.masked,
        "coverage": [
            {"location": one.location, "state": one.state.value, "words": one.words}
            for one in picture.coverage
        ],
        "boxes": [asdict(box) for box in picture.boxes],
        "vpcs": [_vpc(node) for node in picture.nodes],
        "peerings": [_peering(edge) for edge in picture.edges],
    }
    text = json.dumps(values, ensure_ascii=True, separators=(",", ":"))
    return text.translate({ord(char): f"\\u{ord(char):04x}" for char in "<>&"})


def _vpc(node: Node) -> dict[str, Any]:
    return {"id": node.id, "x": node.x, "y": node.y} | asdict(node.vpc)


def _peering(edge: Edge) -> dict[str, Any]:
    row = edge.row
    return {
        "id": row.id,
        "name": row.name,
        "status": row.status,
        "status_words": row.status_words,
        "expires": row.expires,
        "verdict": row.verdict.value,
        "reaches": row.reaches,
        "due": row.due,
        "findings": [asdict(finding) for finding in row.findings],
        "ends": [_end(row.requester, edge.requester), _end(row.accepter, edge.accepter)],
    }


def _end(end: VpcEnd, node: str) -> dict[str, Any]:
    """Return what this peering says of an end; the VPC's own facts stand with the VPC."""
    return {
        "vpc": node,
        "read": end.read,
        "cidrs": end.cidrs,
        "consent": end.consent.value,
        "consent_words": end.consent_words,
        "verdict": end.verdict.value,
        "reaches": end.reaches,
        "routes": [asdict(route) for route in end.routes],
    }
