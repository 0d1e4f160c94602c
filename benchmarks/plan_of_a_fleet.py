"""`peerkeeper plan` of a fleet, as it grows: calls, time, CPU, memory. Linear in locations.

Time is virtual: the command line's own reader on 16 threads, 60 ms a call, EC2's documented buckets. CPU and
memory are measured in separate processes. The same run makes three references: what the functions' sweep
calls, the same calls made only with botocore, and the same values without a client.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import partial

from peerkeeper.aws.clients import THREADS
from peerkeeper.values.outcomes import Observed
from peerkeeper.values.reads import Read

from benchmarks.fleet_model import Ec2, fleet_sweep
from benchmarks.fleet_plan import Spent, places_of, spent
from benchmarks.fleet_world import settings_of
from benchmarks.virtual_time import VirtualTime
from peerkeeper_cli.reader.read_estate import AT_ONCE, read_estate

A_CALL = 0.060
"""Seconds; an assumption, no figure is published."""
SIZES = (1, 10, 100)
LINE = "{:<20}{:>9}{:>9}{:>9}{:>11}"
CPU = "{:<20}{:>9}{:>10}{:>9}{:>13}{:>9}{:>11}{:>10}"


class Waves:
    """Answers each wave on virtual time, so many calls at once as the command line makes."""

    def __init__(self) -> None:
        """Begin at zero."""
        self.time = VirtualTime()
        self.ec2 = Ec2(self.time, random=random.Random(1), takes=(A_CALL, A_CALL))

    def __call__(self, groups: Sequence[tuple[Read, ...]], /) -> list[Observed]:
        """Answer each group of reads."""
        return self.time.run([partial(self.ec2.observe, group) for group in groups], THREADS)

    def done_with(self, account: str, /) -> None:
        """Hold nothing."""


def main() -> None:
    """Print the calls and the time, then CPU and memory."""
    print(
        f"a plan of 17 regions an account, 5 VPCs, 15 tables and 4 peerings a location;"
        f" {THREADS} calls at once, {A_CALL * 1000:.0f} ms each"
    )
    print(LINE.format("accounts x regions", "calls", "refused", "seconds", "/ sweep's"))
    for accounts in SIZES:
        _calls(accounts)
    print(
        f"\nCPU and memory. EC2 answers from memory; the clients of {AT_ONCE} accounts are held."
        "\n`/ script`: as a ratio to the same calls made only with botocore."
        "\n`MiB more`: than a process that holds and plans the same values."
    )
    cells = ("calls", "reading", "ms each", "/ script", "planning", "MiB", "MiB more")
    print(CPU.format("accounts x regions", *cells))
    for accounts in SIZES:
        ours, values = spent("plan", accounts), spent("values", accounts)
        script = spent("script", accounts) if accounts < SIZES[-1] else None
        print(_cost(accounts, ours, values, script))


def _calls(accounts: int) -> None:
    places, ask = places_of(accounts), Waves()
    read_estate(places, settings_of(places), ask, 1.0)
    swept = fleet_sweep(places, {}).calls
    cells = (
        f"{ask.ec2.calls:,}",
        ask.ec2.refused,
        f"{ask.time.now():.1f}",
        f"{ask.ec2.calls / swept:.2f}",
    )
    print(LINE.format(f"{accounts} x 17 = {len(places):,}", *cells))


def _cost(accounts: int, ours: Spent, values: Spent, script: Spent | None) -> str:
    """Return the line of a size. Raises AssertionError where the script made other calls."""
    assert script is None or script.calls == ours.calls, (script, ours)  # noqa: S101
    return CPU.format(
        f"{accounts} x 17 = {accounts * 17:,}",
        f"{ours.calls:,}",
        f"{ours.reading:.1f} s",
        f"{ours.reading / ours.calls * 1000:.1f}",
        f"{ours.reading / script.reading:.2f}" if script else "not made",
        f"{ours.planning:.1f} s",
        f"{ours.mebibytes:.0f}",
        f"{ours.mebibytes - values.mebibytes:.0f}",
    )


if __name__ == "__main__":
    main()
