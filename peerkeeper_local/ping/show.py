"""Both ways of a ping, printed as ping prints. In: `Reached`, the command that says more. Out: text.

Every sentence is about packets that would be sent. No packet is.
"""

from __future__ import annotations

from peerkeeper.values.endpoints import Endpoint
from peerkeeper.values.reachability import Answer, Verdict

from peerkeeper_cli.page.page import Page
from peerkeeper_cli.page.shown import shown
from peerkeeper_cli.reach.end import End
from peerkeeper_cli.reach.hop_lines import WAYS, hop_lines, verdict_words
from peerkeeper_cli.reach.question import Way
from peerkeeper_cli.reach.reached import Reached
from peerkeeper_cli.reach.show import HOP, MOST, SEES_NOT, show_unread
from peerkeeper_cli.reach.word import Kind

COUNTS = {
    Verdict.REACHES: "4 packets, 4 would come back, 0% loss",
    Verdict.BLOCKED: "4 packets, 0 would come back, 100% loss",
    Verdict.UNKNOWN: "4 packets, unknown how many would come back",
}
WORDS = 1000
"""Characters of one sentence."""


def show(page: Page, found: Reached, more: str, *, plain_signs: bool = False) -> None:
    """Print each way hop by hop, with its count. `more`: a command, for a way that does not reach."""
    for way in filter(None, (found.there, found.other)):
        for judged in way.judged:
            _show_ping(page, way, judged.answer, plain_signs=plain_signs)
            page.blank()
    show_unread(page, found.unread)
    if found.verdict is not Verdict.REACHES:
        page.line("What would open it:")
        page.command(more, steps=1)
        page.blank()
    page.line(SEES_NOT, style="dim")


def _show_ping(page: Page, way: Way, answer: Answer, *, plain_signs: bool) -> None:
    source, target = (_name(way.source, answer.source), _name(way.target, answer.target))
    ends = {source: answer.source, target: answer.target}
    to, by = (_with_address(name, ends[name]) for name in (target, source))
    page.line(f"PING {to} from {by}: judged, no packet is sent", style="bold")
    back = None
    for line in hop_lines(answer):
        if line.back is not back:
            back = line.back
            page.line(WAYS[back], steps=1)
        words = shown(line.words, WORDS)
        for name, point in ends.items():
            words = words.replace(str(point), name)
        sign = line.sign(plain=plain_signs)
        page.line(f"{line.hop:<{HOP}}{words}", steps=2, sign=sign, hang=HOP)
    page.line(f"--- {target} ping statistics ---")
    page.line(f"{COUNTS[answer.verdict]}: {verdict_words(answer).removeprefix('is ')}")


def _name(end: End, point: Endpoint) -> str:
    """Return a host as it was typed."""
    typed = end.word.kind is not Kind.ADDRESS
    return shown(end.word.text, MOST) if typed else str(point.network.network_address)


def _with_address(name: str, point: Endpoint) -> str:
    """Return a host as ping names it: `tokyo (172.31.32.4)`."""
    address = str(point.network.network_address)
    return name if name == address else f"{name} ({address})"
