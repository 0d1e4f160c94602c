"""What `Reachability=report` costs the sweep of a large location, as ratios to the sweep without it.

Each row runs in its own process, on `reach_world`. Calls are pages. `CPU` is the whole run's, parsing
included, and `memory` the process's largest resident size. `sweep` is the time on a virtual clock, with the
latency and the pace of `fleet_model`, and without CPU time. The figures leave out botocore.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from time import process_time
from typing import Any

LINE = "{:<47}{:>6}{:>7}{:>9}{:>8}{:>10}   {}"
ROWS = {
    "off": ("off", ""),
    "report, no tag": ("report", ""),
    "report, each VPC expects `tcp/405`": ("report", "tcp/405"),
    "report, each expects `icmp`, which is blocked": ("report", "icmp"),
}


def main() -> None:
    """Print one line a row: figures, and ratios to the first row."""
    from benchmarks.reach_world import GROUPS, INTERFACES, VPCS  # noqa: PLC0415 - main alone needs it

    print(
        f"a sweep of one location: {VPCS} VPCs in a ring of peerings, each with {INTERFACES} network "
        f"interfaces and {GROUPS} security groups"
    )
    print(LINE.format("Reachability", "calls", "CPU", "memory", "sweep", "findings", "reaches"))
    first: dict[str, Any] = {}
    for name, (look, expects) in ROWS.items():
        found = measured(look, expects)
        first = first or found
        cells = [
            f"{found['calls'] / first['calls']:.2f}",
            f"{found['cpu'] / first['cpu']:.2f}",
            f"{found['memory'] / first['memory']:.2f}",
            f"{found['seconds'] / first['seconds']:.2f}",
        ]
        print(LINE.format(name, *cells, found["findings"], found["reaches"] or "-"))
    print(
        f"ratios to: {first['calls']} calls, {first['cpu']:.2f} s of CPU, {first['memory']:.0f} MiB, "
        f"{first['seconds']:.1f} s"
    )


def measured(look: str, expects: str) -> dict[str, Any]:
    """Return the figures of one sweep, made in a new process."""
    code = f"from benchmarks.sweep_reachability import swept; swept({look!r}, {expects!r})"
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def swept(look: str, expects: str) -> None:
    """Sweep the location once, and print the figures as JSON."""
    from peerkeeper.settings import FurtherLook  # noqa: PLC0415 - as late as in the function

    from benchmarks.fleet_model import sweep  # noqa: PLC0415
    from benchmarks.reach_world import HERE, ReachWorld  # noqa: PLC0415

    world = ReachWorld(expects)
    began = process_time()
    run = sweep([HERE], shown=world.observed, reachability=FurtherLook(look))
    figures = {
        "calls": run.calls,
        "cpu": process_time() - began,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "seconds": run.seconds,
        "findings": len(run.report.findings),
        "reaches": ", ".join(
            f"{count} {word}" for word, count in run.report.to_dict().get("reaches", {}).items()
        ),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
