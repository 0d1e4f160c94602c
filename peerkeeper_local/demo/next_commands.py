"""What to type after the demo. In: this program, as the user types it. Out: commands with what each shows."""

from __future__ import annotations

from peerkeeper_local.seeds.outset import ESTATE_LOOKS


def next_commands(typed: str) -> tuple[tuple[str, str], ...]:
    """Return commands that work as they are, one after the other. The first one keeps its shell."""
    plan, _, drawn = ESTATE_LOOKS
    return (
        (
            f"{typed} serve --seed estate",
            "A large, untidy network on this machine; Ctrl-C ends it.",
        ),
        (f'eval "$({typed} client)"', "In a second shell: point the next commands to it."),
        (f"{typed} {plan}", "What Peerkeeper would do there."),
        (f"{typed} {drawn}", "Who peers with whom, as a page for your browser."),
    )
