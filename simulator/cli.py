"""The simulator's commands. In: arguments. Out: what to print, and an exit code."""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from peerkeeper.settings import Mode

from simulator import engine
from simulator.draw import drawn
from simulator.estates.replay import replay as replay_estate
from simulator.load.command import add_options, load
from simulator.mutants import MUTANTS
from simulator.schedule import Schedule
from simulator.small_world.small import WORLDS
from simulator.small_world.table import small
from simulator.soak import soak, soak_mixed
from simulator.versions.mixed import mixed_schedule
from simulator.versions.source import NoHistory, other_version


def say(words: str) -> None:
    """Write one line; hostile text in it stays on it."""
    sys.stdout.write(words.encode("ascii", "backslashreplace").decode() + "\n")
    sys.stdout.flush()


def replay(seed: int) -> int:
    """Play one seed again and print all that happens."""
    return played(seed, Schedule(*drawn(seed), seed, trace=True))


def mixed(seed: int | None, count: int, first: int) -> int:
    """Run schedules with two versions side by side, or play one of them again."""
    try:
        say(f"today's version beside {other_version().name}")
    except NoHistory as reason:
        say(str(reason))
        return 1
    if seed is None:
        return soak_mixed(count, first)
    return played(seed, mixed_schedule(seed, trace=True))


def played(seed: int, schedule: Schedule) -> int:
    """Run a schedule and print all that happens."""
    say(f"seed {seed}: scenario {schedule.scenario.name}; faults: {schedule.knobs.said()}")
    with engine.quick():
        result = schedule.run()
    for line in result.trace or ():
        say(line)
    say(f"{result.runs} runs, {result.calls} EC2 calls, {result.writes} changes")
    for words in result.broken:
        say(f"BROKEN {words}")
    return 1 if result.broken else 0


def estate(seed: int, mode: Mode) -> int:
    """Play one estate again and print its past, its plan, what happens, and what differs."""
    lines, as_foreseen = replay_estate(seed, mode)
    for line in lines:
        say(line)
    say("as foreseen" if as_foreseen else "not as foreseen")
    return 0 if as_foreseen else 1


def some(count: int, first: int) -> int:
    """Run some schedules on this core."""
    tally = engine.run(range(first, first + count))
    for seed, words in tally.broken:
        say(engine.line_of(seed, words))
    say(str(tally))
    return 1 if tally.broken else 0


def mutants(names: list[str], count: int) -> int:
    """Show in how many of so many schedules each seeded bug is caught."""
    missed = 0
    say(f"{'mutant':26} {'caught':>7} {'of':>6} {'first':>6}  by")
    for name in names or MUTANTS:
        tally = engine.run(range(count), most_broken=count, around=MUTANTS[name].put_in)
        seeds = sorted({seed for seed, _ in tally.broken})
        by = Counter(words.split(":")[0] for _, words in tally.broken)
        said = ", ".join(f"{promise} {times}" for promise, times in by.most_common(4))
        first = seeds[0] if seeds else "-"
        say(f"{name:26} {len(seeds):7} {tally.schedules:6} {first:>6}  {said}")
        missed += not seeds
    return missed


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m simulator", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("replay", help="play one seed again, with a trace")
    one.add_argument("seed", type=int)
    held = commands.add_parser(
        "estate", help="foresee one estate, and let the functions work on it"
    )
    held.add_argument("seed", type=int)
    held.add_argument("mode", choices=[Mode.FULL.value, Mode.ADD_ONLY.value])
    few = commands.add_parser("run", help="run some schedules on one core")
    few.add_argument("count", type=int)
    few.add_argument("--first", type=int, default=0)
    bugs = commands.add_parser("mutants", help="show that seeded bugs are caught")
    bugs.add_argument("names", nargs="*")
    bugs.add_argument("--schedules", type=int, default=1000)
    long = commands.add_parser("soak", help="all cores: schedules, crashes, pairs of crashes")
    long.add_argument("schedules", type=int)
    long.add_argument("--first", type=int, default=1_000_000)
    long.add_argument("--no-crashes", action="store_true", help="leave the crash sweeps out")
    whole = commands.add_parser("small", help="visit each state of small worlds")
    whole.add_argument("names", nargs="*", choices=[*WORLDS, []])
    whole.add_argument("--depth", type=int, default=100)
    whole.add_argument("--states", type=int, default=100_000)
    two = commands.add_parser("mixed", help="all cores: two versions side by side")
    two.add_argument("--schedules", type=int, default=1000)
    two.add_argument("--first", type=int, default=0)
    two.add_argument("--seed", type=int, help="play this one again, with a trace")
    add_options(
        commands.add_parser("load", help="a day of a large estate: ages, dead letters, cost")
    )
    asked = parser.parse_args(arguments)
    match asked.command:
        case "replay":
            return replay(asked.seed)
        case "estate":
            return estate(asked.seed, Mode(asked.mode))
        case "load":
            return load(asked)
        case "soak":
            return soak(asked.schedules, asked.first, crashes=not asked.no_crashes)
        case "small":
            return small(asked.names, asked.depth, asked.states)
        case "mixed":
            return mixed(asked.seed, asked.schedules, asked.first)
        case "mutants":
            return mutants(asked.names, asked.schedules)
        case _:
            return some(asked.count, asked.first)
