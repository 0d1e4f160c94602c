"""The picture of the result: two VPCs before Peerkeeper acts and after. In: nothing. Out: two SVG files.

python -m tests.contract.pictures.before_after
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from tests.contract.pictures.two_vpcs import Seen, VpcSeen, before_and_after

PICTURES = Path(__file__).parents[3] / "docs/pictures"
LIGHT = {
    "ground": "#ffffff",
    "ink": "#1b2a3d",
    "soft": "#5b6b7d",
    "box": "#f4f8fd",
    "edge": "#3b6fb6",
    "new": "#17733f",
    "fill": "#dff5e7",
    "wait": "#a15c00",
}
DARK = {
    "ground": "#0d1117",
    "ink": "#e6edf3",
    "soft": "#9aa7b4",
    "box": "#161f2b",
    "edge": "#6ea4ea",
    "new": "#5fd08a",
    "fill": "#12341f",
    "wait": "#e3a34a",
}
WIDTH, PANEL, BOX, ROW = 960, 232, 330, 24


def picture(before: Seen, after: Seen, colours: Mapping[str, str]) -> str:
    """Return the SVG: the moment of the request above, what Peerkeeper made of it below."""
    said = (
        f"{after.at:.0f} seconds later: Peerkeeper accepted it, routed both sides and turned on DNS"
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {2 * PANEL + 20}" role="img" '
        'font-family="ui-sans-serif,Helvetica,Arial,sans-serif" aria-label="Two VPCs before and after">',
        f"<style>{_style(colours)}</style>",
        f'<rect width="{WIDTH}" height="{2 * PANEL + 20}" rx="10" class="ground"/>',
        *_panel(before, before, 12, "You tag two VPCs and ask for a peering"),
        *_panel(after, before, PANEL + 22, said),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _style(colours: Mapping[str, str]) -> str:
    c = colours
    return (
        f".ground{{fill:{c['ground']}}}.head{{font-size:19px;font-weight:600;fill:{c['ink']}}}"
        f".name{{font-size:16px;font-weight:600;fill:{c['ink']}}}.t{{font-size:15px;fill:{c['ink']}}}"
        f".s{{font-size:14px;fill:{c['soft']}}}.m{{font-family:ui-monospace,Menlo,Consolas,monospace}}"
        f".box{{fill:{c['box']};stroke:{c['edge']};stroke-width:1.5}}.n{{fill:{c['new']};font-weight:600}}"
        f".hi{{fill:{c['fill']}}}.w{{fill:{c['wait']};font-weight:600}}.c{{text-anchor:middle}}"
        f".wait{{stroke:{c['wait']};stroke-width:2.5;stroke-dasharray:6 6}}"
        f".live{{stroke:{c['new']};stroke-width:4}}"
    )


def _panel(seen: Seen, before: Seen, top: int, head: str) -> Iterator[str]:
    yield f'<text x="24" y="{top + 24}" class="head">{escape(head)}</text>'
    yield from _peering(seen, top)
    for number, (vpc, was) in enumerate(zip(seen.vpcs, before.vpcs, strict=True)):
        yield from _vpc(vpc, was, 24 if number == 0 else WIDTH - 24 - BOX, top + 40)


def _peering(seen: Seen, top: int) -> Iterator[str]:
    live, middle, y = seen.status == "active", WIDTH // 2, top + 112
    yield f'<path d="M{24 + BOX} {y} H{WIDTH - 24 - BOX}" class="{"live" if live else "wait"}"/>'
    yield f'<text x="{middle}" y="{y - 14}" class="s c">peering connection</text>'
    yield f'<text x="{middle}" y="{y + 26}" class="t c {"n" if live else "w"}">{seen.status}</text>'
    dns = "DNS resolution on, both sides" if all(seen.dns) else "DNS resolution off"
    yield f'<text x="{middle}" y="{y + 48}" class="s c {"n" if all(seen.dns) else ""}">{dns}</text>'


def _vpc(vpc: VpcSeen, was: VpcSeen, x: int, y: int) -> Iterator[str]:
    yield f'<rect x="{x}" y="{y}" width="{BOX}" height="{PANEL - 48}" rx="8" class="box"/>'
    yield f'<text x="{x + 16}" y="{y + 28}" class="name">{vpc.city}, {vpc.region}</text>'
    yield f'<text x="{x + 16}" y="{y + 52}" class="t m">{vpc.cidr}</text>'
    yield f'<text x="{x + BOX - 16}" y="{y + 52}" class="s m" text-anchor="end">{vpc.tag}</text>'
    yield f'<text x="{x + 16}" y="{y + 84}" class="s">Route table</text>'
    line = y + 84
    for route in vpc.routes:
        line += ROW
        new = route not in was.routes
        if new:
            yield f'<rect x="{x + 8}" y="{line - 17}" width="{BOX - 16}" height="{ROW}" rx="4" class="hi"/>'
        kind = "t m n" if new else "t m"
        yield f'<text x="{x + 16}" y="{line}" class="{kind}">{route[0]}</text>'
        yield f'<text x="{x + 172}" y="{line}" class="{kind}">→ {route[1]}</text>'
    new = vpc.dns_names and not was.dns_names
    words = f"DNS hostnames {'on' if vpc.dns_names else 'off'}"
    yield f'<text x="{x + 16}" y="{y + PANEL - 64}" class="s {"n" if new else ""}">{words}</text>'


def pictures() -> dict[str, str]:
    """Return each picture by the name of its file."""
    moments = before_and_after()
    return {
        f"before-after-{name}.svg": picture(*moments, colours)
        for name, colours in (("light", LIGHT), ("dark", DARK))
    }


if __name__ == "__main__":
    for file, drawn in pictures().items():
        (PICTURES / file).write_text(drawn)
