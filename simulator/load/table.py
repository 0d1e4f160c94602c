"""A day's figures as a table for a person. In: figures. Out: lines."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.load.figures import Figures

HEADING = "| queue | messages | age p50 | age p99 | age max | done p50 | done p99 | dead | drained after |"


def table(figures: Figures) -> list[str]:
    """Return the table, and what else is to say."""
    return [
        *_size(figures),
        "",
        HEADING,
        "|---|" + "---:|" * 7 + "---|",
        *_queues(figures),
        "",
        *_rest(figures),
    ]


def _size(figures: Figures) -> Iterator[str]:
    size = figures.size
    down = (
        f", {size.down} down for {(size.outage[1] - size.outage[0]) / 3600:.1f} h"
        if size.down
        else ""
    )
    yield (
        f"{size.accounts} accounts x {len(size.regions)} Regions, {size.hours:g} h, {size.calls:,} calls an "
        f"hour, storms of {size.storm:,} calls, seed {size.seed}{down}"
    )


def _queues(figures: Figures) -> Iterator[str]:
    for one in figures.queues:
        drained = ", ".join(f"{name} {seconds:,.0f} s" for name, seconds in one.drained.items())
        ages = (one.p50, one.p99, one.worst, one.done_p50, one.done_p99)
        cells = " | ".join(f"{each:,.1f} s" for each in ages)
        yield f"| {one.name} | {one.messages:,} | {cells} | {one.dead} | {drained} |"


def _rest(figures: Figures) -> Iterator[str]:
    put = sum(one.messages + one.apart for one in figures.queues)
    yield f"recorded by the trails: {figures.recorded:,} calls; put in queues: {put:,} messages"
    yield (
        f"calls of the functions: {figures.ours:,}; refused as too many: {figures.refused:,}; timed out: "
        f"{figures.timeouts:,}; changes: {figures.writes:,}; changes for nothing: {figures.wasted:,}"
    )
    woken = ", ".join(f"{name} {count:,}" for name, count in figures.invocations.items())
    longest = ", ".join(f"{name} {seconds:g} s" for name, seconds in figures.longest.items())
    yield f"invocations: {woken}; the longest: {longest}; ended by the time-out: {figures.timed_out}"
    yield (
        f"right again after a person's act: p50 {figures.right_p50:,.0f} s, p99 {figures.right_p99:,.0f} s, "
        f"at most {figures.right_worst:,.0f} s, of {figures.acts:,} acts"
    )
    usual, longest_sweep = figures.sweep_seconds
    yield f"a sweep of the fleet: {usual:,.0f} s, at most {longest_sweep:,.0f} s"
    if figures.size.down:
        again = figures.right_after_outage
        when = "not before the end" if again is None else f"{again:,.0f} s later"
        apart = ", ".join(
            f"{one.name} {one.apart:,} (the oldest {one.apart_worst:,.0f} s)"
            for one in figures.queues
        )
        yield f"messages that name {figures.size.down}, not in the table: {apart}"
        yield f"not right when the Region was back: {figures.wrong_at_return} locations; all right: {when}"
    spent = ", ".join(f"{name} {dollars:,.2f}" for name, dollars in figures.dollars.items())
    yield (
        f"cost: {figures.gb_seconds:,.0f} GB-seconds, {figures.sqs_requests:,} requests to SQS; US dollars: "
        f"{spent}; in all {sum(figures.dollars.values()):,.2f}"
    )
    yield from (f"BROKEN {words}" for words in figures.broken)
    if not figures.broken:
        yield "nothing lost, nothing left, all as it should be"
