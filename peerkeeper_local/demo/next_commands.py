"""What to type after the demo. In: this program, as the user types it. Out: commands with what each shows."""

from __future__ import annotations

from peerkeeper_local.serve.announcement import LISTENS


def next_commands(typed: str) -> tuple[tuple[str, str], ...]:
    """Return three commands that work as they are, one after the other."""
    return (
        (
            f"{typed} serve --seed estate",
            "A large, untidy network on this machine; Ctrl-C ends it.",
        ),
        (
            f"{typed} plan --endpoint {LISTENS}",
            "In a second shell: what Peerkeeper would do there.",
        ),
        (f"{typed} map --endpoint {LISTENS}", "Who peers with whom, as a page for your browser."),
    )
