"""A terminal recording as one SVG file that moves by itself. In: lines with colours. Out: the SVG.

It has no script and fetches nothing, so a README can show it. A reader who asks for less motion sees the last
lines, at rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import MONOKAI
from rich.text import Text

WIDE, HIGH, EDGE, TOP = 8.4, 19, 16, 40
"""Pixels: a character's width, a line's height, the frame at the sides, the frame on top."""
GROUND, INK = "#14181f", "#d9dfe7"
A_LINE, A_SCENE, AT_END = 0.13, 1.6, 9.0
"""Seconds that a line, the first line of a scene, and the last screen stand."""
SCENE = re.compile(r"\d+/\d+ ")
"""How the first line of a scene begins."""


def recording(lines: Sequence[str], title: str, columns: int = 80, rows: int = 30) -> str:
    """Return the SVG of lines (with ANSI colours), one shown after the other; a full screen scrolls."""
    width, height = columns * WIDE + 2 * EDGE, rows * HIGH + TOP + EDGE
    ends = _ends(lines)
    said = [_line(Text.from_ansi(line), number) for number, line in enumerate(lines)]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" role="img" '
        f'aria-label="{escape(title)}">',
        f"<style>{_style(ends, rows)}</style>",
        f'<rect width="{width:.0f}" height="{height}" rx="9" fill="{GROUND}"/>',
        *(
            f'<circle cx="{20 + 18 * dot}" cy="20" r="6" fill="{colour}"/>'
            for dot, colour in enumerate(("#ff5f57", "#febc2e", "#28c840"))
        ),
        f'<text x="{width / 2:.0f}" y="25" fill="#8b95a3" text-anchor="middle">{escape(title)}</text>',
        f'<svg y="{TOP}" width="{width:.0f}" height="{rows * HIGH}"><g class="scroll">',
        *said,
        f'</g><rect class="cover" width="{width:.0f}" height="{rows * HIGH}" fill="{GROUND}"/></svg>',
        "</svg>\n",
    ]
    return "\n".join(parts)


def _ends(lines: Sequence[str]) -> list[float]:
    """Return when each line has stood long enough, in seconds from the start."""
    ends, at = [], 0.0
    for line in lines:
        at += A_SCENE if SCENE.match(Text.from_ansi(line).plain) else A_LINE
        ends.append(at)
    ends[-1] += AT_END
    return ends


def _style(ends: Sequence[float], rows: int) -> str:
    whole, last = ends[-1], len(ends)
    shown = [(0.0, 1), *((end / whole * 100, number + 2) for number, end in enumerate(ends[:-1]))]
    scroll = "".join(
        f"{at:.3f}%{{transform:translateY(-{(number - rows) * HIGH}px)}}"
        for at, number in shown
        if number > rows
    )
    cover = "".join(
        f"{at:.3f}%{{transform:translateY({number * HIGH}px)}}"
        for at, number in shown
        if number <= rows
    )
    still = max(last - rows, 0) * HIGH
    return (
        "text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;"
        "white-space:pre}"
        f"@keyframes scroll{{0%{{transform:none}}{scroll}100%{{transform:translateY(-{still}px)}}}}"
        f"@keyframes cover{{{cover}100%{{transform:translateY({rows * HIGH}px)}}}}"
        f".scroll,.cover{{animation:{whole:.1f}s step-end infinite}}"
        ".scroll{animation-name:scroll}.cover{animation-name:cover}"
        "@media (prefers-reduced-motion:reduce){.scroll,.cover{animation:none}"
        f".scroll{{transform:translateY(-{still}px)}}.cover{{display:none}}}}"
    )


def _line(text: Text, number: int) -> str:
    console = Console(
        width=400, force_terminal=True, color_system="truecolor", legacy_windows=False
    )
    y, column, parts = number * HIGH + 14, 0, []
    for segment in text.render(console):
        if segment.text.strip("\n "):
            parts.append(_span(segment, EDGE + column * WIDE, y))
        column += segment.cell_length
    return "".join(parts)


def _span(segment: Segment, x: float, y: int) -> str:
    style = segment.style or Style()
    said = segment.text.rstrip("\n")
    return (
        f'<text x="{x:.1f}" y="{y}" textLength="{segment.cell_length * WIDE:.1f}"'
        f"{''.join(_looks(style))}>{escape(said)}</text>"
    )


def _looks(style: Style) -> Iterator[str]:
    """Yield the attributes of a style."""
    ink = style.color.get_truecolor(MONOKAI) if style.color and not style.color.is_default else None
    yield f' fill="{ink.hex if ink else INK}"'
    if style.bold:
        yield ' font-weight="700"'
    if style.dim:
        yield ' opacity="0.6"'
