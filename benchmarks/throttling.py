"""A storm of one action, 16 at once, against EC2's bucket: what surfaces, what is asked, how long it takes.

Virtual time, botocore's own client and retries. `x floor` is the time divided by the least that the bucket
allows.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from botocore.exceptions import ClientError
from peerkeeper.aws.clients import ATTEMPTS, THREADS
from peerkeeper.aws.pace import Pace
from peerkeeper.values.ec2 import Location

from benchmarks.rounds import Rounds
from benchmarks.row import Row, Subject
from benchmarks.throttled_ec2 import BURST, RATE, Server, client, on_virtual_time
from benchmarks.virtual_time import VirtualTime

if TYPE_CHECKING:
    from types_boto3_ec2 import EC2Client

SEOUL = Location("111122223333", "ap-northeast-2")
LINE = "{:<46}{:>7}{:>9}{:>11}{:>8}{:>9}"
CALLS = 300
"""The size of the storm in the one table."""
LONG_AGO = 1_000_000.0


@dataclass(frozen=True, slots=True)
class Arm:
    """One way of calling: botocore's retries, with our pace or without, in so many processes."""

    name: str
    mode: str = "standard"
    attempts: int = ATTEMPTS
    paced: bool = False
    processes: int = 1


OURS = Arm("ours: standard, 3 attempts, paced", paced=True)
BEFORE = Arm("standard, 3 attempts, no limiter")
ARMS = (
    BEFORE,
    Arm("standard, 10 attempts, no limiter", attempts=10),
    Arm("adaptive, 3 attempts", mode="adaptive"),
    Arm("adaptive, 10 attempts", mode="adaptive", attempts=10),
    OURS,
    Arm("ours, two processes that share the bucket", paced=True, processes=2),
    Arm("ours on adaptive, two processes", "adaptive", paced=True, processes=2),
)


@dataclass(frozen=True, slots=True)
class Storm:
    """The result of a storm."""

    calls: int
    errors: int
    requests: int
    seconds: float

    @property
    def floor(self) -> float:
        """The fewest seconds in which the bucket allows so many calls."""
        return max(0.0, self.calls - BURST) / RATE


def storm(arm: Arm, calls: int) -> Storm:
    """Let so many CreateRoute calls loose, shared out over the processes, and see."""
    time = VirtualTime(LONG_AGO)
    server = Server(time)
    random.seed(calls)
    with on_virtual_time(time):
        work: list[Callable[[], bool]] = []
        for _ in range(arm.processes):
            ec2 = cast("EC2Client", client(server, arm.mode, arm.attempts))
            pace = Pace(time.now, time.sleep) if arm.paced else None
            work += [partial(_create, ec2, pace, n) for n in range(calls // arm.processes)]
        surfaced = time.run(work, THREADS * arm.processes)
    return Storm(calls, sum(surfaced), server.asked.total(), time.now() - LONG_AGO)


def rows(subjects: Mapping[str, Subject], _: Rounds) -> list[Row]:
    """Return the rows `seconds`, next to the bucket's floor, and `errors`, next to botocore's own retries."""
    ours, theirs = storm(OURS, CALLS), storm(BEFORE, CALLS)
    of = {
        "seconds": (ours.seconds, None, ours.floor, ours.seconds / ours.floor),
        "errors": (ours.errors, theirs.errors, 0, ours.errors / theirs.errors),
    }
    return [Row(subject, *of[name]) for name, subject in subjects.items()]


def _create(ec2: EC2Client, pace: Pace | None, number: int) -> bool:
    """Make one call; return whether its throttling surfaced."""
    if pace:
        pace.turn(SEOUL, "CreateRoute")
    cidr = f"10.{number // 256}.{number % 256}.0/24"
    try:
        ec2.create_route(RouteTableId="rtb-1", DestinationCidrBlock=cidr, GatewayId="igw-1")
    except ClientError:
        return True
    return False


def main() -> None:
    """Print one line an arm and size."""
    print(
        LINE.format(
            "CreateRoute, 16 threads a process", "calls", "errors", "requests", "s", "x floor"
        )
    )
    for calls in (100, 300, 1000):
        for arm in ARMS:
            seen = storm(arm, calls)
            cells = (
                f"{seen.requests / calls:.2f}x",
                f"{seen.seconds:.0f}",
                f"{seen.seconds / seen.floor:.2f}",
            )
            print(LINE.format(arm.name, calls, seen.errors, *cells))


if __name__ == "__main__":
    main()
