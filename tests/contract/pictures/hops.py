"""The picture of the hops: the way there and the way back, as the judge takes them. Out: two SVG files.

python -m tests.contract.pictures.hops
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from peerkeeper.planning.reachability.judge import judge
from peerkeeper.values.ec2 import Location, network
from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.reachability import Hop, HopKind
from peerkeeper.values.surroundings import Surroundings
from peerkeeper.values.traffic import traffic

from tests.contract.pictures.before_after import DARK, LIGHT, PICTURES

WIDTH, HEIGHT = 960, 388
CHIP, GAP, TALL = 96, 9, 66
"""The width of a hop's box, the space beside it, and its height."""
LEFT, RIGHT, MIDDLE = 24, 612, 432
"""Where each column of boxes begins: A's VPC, B's VPC, the peering."""
PANEL = 3 * CHIP + 4 * GAP
ROWS = {False: 104, True: 238}
"""The top of the boxes of the way there, and of the way back."""
SLOTS = {
    (False, HopKind.GROUPS_OUT): (LEFT, 0),
    (False, HopKind.ACL_OUT): (LEFT, 1),
    (False, HopKind.ROUTE): (LEFT, 2),
    (False, HopKind.PEERING): (MIDDLE, 0),
    (False, HopKind.ACL_IN): (RIGHT, 0),
    (False, HopKind.GROUPS_IN): (RIGHT, 1),
    (True, HopKind.ACL_OUT): (RIGHT, 1),
    (True, HopKind.ROUTE): (RIGHT, 0),
    (True, HopKind.ACL_IN): (LEFT, 1),
}
LINES = {
    HopKind.GROUPS_OUT: ("security", "groups, out"),
    HopKind.ACL_OUT: ("network", "ACL, out"),
    HopKind.ROUTE: ("route", "table"),
    HopKind.PEERING: ("peering", "connection"),
    HopKind.ACL_IN: ("network", "ACL, in"),
    HopKind.GROUPS_IN: ("security", "groups, in"),
}


def hops() -> Sequence[Hop]:
    """Return the hops between two VPCs, in the judge's own order."""
    seoul, tokyo = (Location("111122223333", f"ap-northeast-{number}") for number in (2, 1))
    one = Endpoint(seoul, "vpc-a", "subnet-a", network("10.1.0.5/32"))
    other = Endpoint(tokyo, "vpc-b", "subnet-b", network("10.2.0.5/32"))
    return judge(Surroundings(), one, other, traffic("tcp/22")).hops


def picture(colours: Mapping[str, str]) -> str:
    """Return the SVG."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            'font-family="ui-sans-serif,Helvetica,Arial,sans-serif" '
            'aria-label="The hops of a packet and its reply">',
            f"<style>{_style(colours)}</style>",
            '<defs><marker id="head" markerWidth="9" markerHeight="8" refX="8" refY="4" orient="auto">'
            '<path d="M0 0 L9 4 L0 8 z" class="tip"/></marker></defs>',
            f'<rect width="{WIDTH}" height="{HEIGHT}" rx="10" class="ground"/>',
            *_panel(LEFT - GAP, "VPC of A", "10.1.0.0/16"),
            *_panel(RIGHT - GAP, "VPC of B", "10.2.0.0/16"),
            *_arrows(),
            *(part for number, hop in enumerate(hops(), 1) for part in _chip(number, hop)),
            "</svg>\n",
        ]
    )


def _style(colours: Mapping[str, str]) -> str:
    c = colours
    return (
        f".ground{{fill:{c['ground']}}}.vpc{{fill:{c['box']};stroke:{c['edge']};stroke-width:1.5}}"
        f".hop{{fill:{c['ground']};stroke:{c['edge']};stroke-width:1.5}}.back{{stroke:{c['wait']}}}"
        f".t{{font-size:15px;fill:{c['ink']}}}.b{{font-weight:600}}.s{{font-size:14px;fill:{c['soft']}}}"
        f".c{{text-anchor:middle}}.m{{font-family:ui-monospace,Menlo,Consolas,monospace}}"
        f".way{{stroke:{c['soft']};stroke-width:2;fill:none}}.tip{{fill:{c['soft']}}}"
    )


def _panel(x: int, name: str, cidr: str) -> Iterator[str]:
    yield f'<rect x="{x}" y="20" width="{PANEL}" height="{HEIGHT - 40}" rx="8" class="vpc"/>'
    yield f'<text x="{x + 14}" y="48" class="t b">{name}</text>'
    yield f'<text x="{x + PANEL - 14}" y="48" class="s m" text-anchor="end">{cidr}</text>'


def _arrows() -> Iterator[str]:
    """Yield the two ways, behind the boxes."""
    end = RIGHT + 2 * (CHIP + GAP) + CHIP - 4
    for back, y in ROWS.items():
        words = "the reply comes back" if back else "the packet goes there"
        start, stop = (end, LEFT + 4) if back else (LEFT, end)
        yield f'<text x="{LEFT}" y="{y - 12}" class="s">{words if not back else ""}</text>'
        if back:
            yield f'<text x="{end}" y="{y - 12}" class="s" text-anchor="end">{words}</text>'
        middle = y + TALL // 2
        yield f'<path d="M{start} {middle} H{stop}" class="way" marker-end="url(#head)"/>'
    y = ROWS[True]
    yield from _box(MIDDLE, y, ("the same", "peering"), "hop back")
    yield f'<text x="{LEFT}" y="{y + TALL + 26}" class="s">security groups keep state:</text>'
    yield f'<text x="{LEFT}" y="{y + TALL + 44}" class="s">no group judges the reply</text>'


def _chip(number: int, hop: Hop) -> Iterator[str]:
    column, slot = SLOTS[hop.back, hop.kind]
    x, y = column + slot * (CHIP + GAP), ROWS[hop.back]
    yield from _box(x, y, LINES[hop.kind], "hop back" if hop.back else "hop", str(number))


def _box(x: int, y: int, lines: tuple[str, str], kind: str, number: str = "") -> Iterator[str]:
    middle = x + CHIP // 2
    yield f'<rect x="{x}" y="{y}" width="{CHIP}" height="{TALL}" rx="7" class="{kind}"/>'
    if number:
        yield f'<text x="{middle}" y="{y + 19}" class="s b c">{number}</text>'
    for at, words in enumerate(lines):
        yield f'<text x="{middle}" y="{y + 38 + 18 * at}" class="t c">{escape(words)}</text>'


def pictures() -> dict[str, str]:
    """Return each picture by the name of its file."""
    themes = {"light": LIGHT, "dark": DARK}
    return {f"hops-{name}.svg": picture(colours) for name, colours in themes.items()}


if __name__ == "__main__":
    for file, drawn in pictures().items():
        (PICTURES / file).write_text(drawn)
