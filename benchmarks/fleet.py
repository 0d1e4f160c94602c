"""A sweep of a fleet, as it grows: calls, time, memory, and what AWS bills for it. Linear in locations.

Virtual time with EC2's documented buckets and 80 to 150 ms a call. Each figure of memory is measured in its
own process. Prices are assumptions: check them against the price list of your region.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from peerkeeper.values.ec2 import Location

from benchmarks import fleet_memory
from benchmarks.fleet_memory import seventeen_regions
from benchmarks.fleet_model import AT_ONCE, TIMEOUT, FleetSweep, fleet_sweep, sweep
from benchmarks.rounds import Rounds
from benchmarks.row import Row, Subject
from simulator.load.prices import (
    EXPRESS_GB,
    EXPRESS_GB_SECOND,
    EXPRESS_REQUEST,
    LAMBDA_GB_SECOND,
    LAMBDA_REQUEST,
    OWN_TRANSITIONS,
    STATE_TRANSITION,
)

FUNCTION_GB = 0.5
COLD_START = 1.0
"""Seconds for each of the environments that sweep at once; an assumption."""
SWEEPS_A_MONTH = 30 * 24 * 4
LINE = "{:<26}{:>10}{:>10}{:>10}{:>10}{:>12}{:>12}{:>12}"


def fleet_of(accounts: int) -> list[Location]:
    """Return the locations of so many accounts in 17 regions."""
    regions = seventeen_regions()
    return [Location(f"{a:012}", region) for a in range(1, accounts + 1) for region in regions]


def rows(subjects: Mapping[str, Subject], _: Rounds) -> list[Row]:
    """Return the row `fleet`: how long 100 accounts in 17 Regions take in the model. It has no CPU."""
    return [Row(subjects["fleet"], fleet_sweep(fleet_of(100), {}).seconds)]


def lambda_dollars(run: FleetSweep) -> float:
    """Return what the sweep function costs in one run."""
    seconds = run.billed + COLD_START * min(AT_ONCE, len(run.sweeps))
    return seconds * FUNCTION_GB * LAMBDA_GB_SECOND + len(run.sweeps) * LAMBDA_REQUEST


def step_functions_dollars(run: FleetSweep) -> float:
    """Return what the state machine and its express children cost in one run."""
    children = len(run.sweeps)
    express = run.billed * EXPRESS_GB * EXPRESS_GB_SECOND + children * EXPRESS_REQUEST
    return (OWN_TRANSITIONS + children) * STATE_TRANSITION + express


def main() -> None:
    """Print the growth, what an ailing location costs the others, and the memory of each function."""
    print(f"a fleet in 17 regions, 5 VPCs and 15 tables a location, {AT_ONCE} locations at once")
    cells = ("calls", "refused", "seconds", "a location", "Lambda $", "States $", "$ a month")
    print(LINE.format("accounts x regions", *cells))
    for accounts in (1, 10, 100):
        run = fleet_sweep(fleet_of(accounts), {})
        dollars = lambda_dollars(run), step_functions_dollars(run)
        print(
            LINE.format(
                f"{accounts} x 17 = {len(run.sweeps):,}",
                f"{run.calls:,}",
                run.refused,
                f"{run.seconds:.1f}",
                f"{run.seconds / len(run.sweeps):.3f}",
                *(f"{each:.4f}" for each in dollars),
                f"{sum(dollars) * SWEEPS_A_MONTH:.2f}",
            )
        )
    _direct()
    _ailing()
    _memory()


def _direct() -> None:
    """Print what the same takes without a state machine: one invocation for one account's locations."""
    one = sweep([Location("111122223333", region) for region in seventeen_regions()])
    print(
        f"\nFleetSweep=direct, 1 account: {one.calls} calls, {one.seconds:.1f} of {TIMEOUT:.0f} s"
    )


def _ailing() -> None:
    locations = fleet_of(10)
    well = fleet_sweep(locations, {})
    print(f"\n10 accounts, {well.seconds:.1f} s; what an ailing location does to the others' end")
    for ailment in ("denied", "slow"):
        ill = fleet_sweep(locations, {locations[0]: ailment})
        own = ill.sweeps[0].seconds
        others = max(ill.ends[1:])
        print(
            f"  one {ailment}: it takes {own:.1f} s, the last of the others ends at {others:.1f} s"
        )


def _memory() -> None:
    with tempfile.TemporaryDirectory() as folder:
        models = fleet_memory.trimmed_models(Path(folder))
        print("\nlargest resident size, MiB")
        for count in (1, 17):
            full = fleet_memory.measured("sweep", count)
            trimmed = fleet_memory.measured("sweep", count, models)
            print(
                f"  sweep, {count:>2} locations   trimmed model {trimmed:.0f}   full model {full:.0f}"
            )
        for count in (1, 10, 100):
            whole = fleet_memory.measured("sweep_accounts", count, models)
            print(
                f"  sweep, {count:>3} accounts one after the other in a warm process   {whole:.0f}"
            )
    for accounts in (1, 10, 100):
        listed = fleet_memory.measured("list_locations", accounts)
        summed = fleet_memory.measured("summarize", accounts * 17)
        words = f"list_locations {listed:.0f}   summarize_sweep {summed:.0f}"
        print(f"  {accounts * 17:>5,} locations      {words}")


if __name__ == "__main__":
    main()
