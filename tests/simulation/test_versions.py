"""Two versions side by side: each reads what the other left, and no promise is broken."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path
from unittest.mock import patch

import peerkeeper.runner
import pytest

from simulator import engine
from simulator.scheduler import START
from simulator.trail import OURS, SEOUL
from simulator.versions import mixed, seeded_bug, source
from simulator.versions.crossings import KINDS
from simulator.versions.loaded import other
from simulator.versions.rollout import FUNCTIONS, UPDATE, WAYS, Rollout
from simulator.versions.source import PACKAGE, ROOT, NoHistory, renamed

SOME, MANY, CHUNK = 150, 5000, 250
MESSAGED = ("clean_routes", "configure_vpcs", "connect_peerings", "sweep")
"""The functions of both versions that read or write messages."""


@pytest.fixture(scope="module")
def before():
    try:
        return other()
    except NoHistory as reason:
        pytest.skip(str(reason))


def rollouts(*, forward):
    for seed in range(60):
        yield Rollout(random.Random(f"test {seed}"), START, START + 900, forward=forward)


def chunk_of(first):
    return mixed.run(first, CHUNK)


def assert_kept(tally, schedules):
    assert not tally.broken, "\n".join(mixed.line_of(*each) for each in tally.broken)
    assert tally.schedules == schedules
    assert all(tally.crossed[kind] for kind in KINDS), tally.crossed


def test_no_schedule_with_two_versions_breaks_a_promise(before):
    assert_kept(mixed.run(0, SOME), SOME)


@pytest.mark.proof
def test_no_schedule_of_thousands_with_two_versions_breaks_a_promise(before, measured):
    tally = engine.Tally()
    with engine.two_cores() as pool:
        for done in pool.map(chunk_of, range(0, MANY, CHUNK)):
            tally.merge(done)
    assert_kept(tally, MANY)
    measured(f"two versions, today's and {before.source.name}: {tally}")
    measured("; ".join(f"{tally.crossed[kind]:,} {kind}" for kind in KINDS))


def test_a_word_that_the_other_version_cannot_read_is_caught(before, measured):
    alone = engine.run(range(SOME), around=seeded_bug.says_another_word)
    assert not alone.broken, "this bug must be one that today's version alone does not show"
    tally = mixed.run(0, SOME, seeded_bug.says_another_word)
    assert {words.split(":")[0] for _, words in tally.broken} == {"L4"}
    caught = len({seed for seed, _ in tally.broken})
    measured(f"two versions: {seeded_bug.SAYS}: caught in {caught} of {tally.schedules} schedules")


def test_a_seed_gives_the_same_mixed_schedule_again(before):
    with engine.quick():
        first, again = (mixed.mixed_schedule(33, trace=True).run() for _ in range(2))
    assert first.trace == again.trace
    assert any(before.source.name in line for line in first.trace)


def test_the_other_version_has_no_object_of_todays_and_changes_none(before):
    assert before.runner.Runner is not peerkeeper.runner.Runner
    modules = {name: module for name, module in sys.modules.items() if name.startswith(PACKAGE)}
    assert len(modules) > 50
    for name, module in modules.items():
        of = {getattr(value, "__module__", None) or "" for value in vars(module).values()}
        assert not [one for one in of if one.split(".")[0] == "peerkeeper"], name
    assert Path(peerkeeper.runner.__file__).is_relative_to(ROOT / "layers")
    assert peerkeeper.runner.publish.__module__ == "peerkeeper.telemetry"


@pytest.mark.parametrize("folder", MESSAGED)
def test_a_handler_works_on_the_layer_of_either_version(before, folder):
    """CloudFormation updates the code of a function in one call, and its layers in another."""
    todays = ROOT / "functions" / folder / "handler.py"
    theirs = before.source.folder / "functions" / folder / "handler.py"
    for text in (renamed(todays.read_text()), theirs.read_text().replace(PACKAGE, "peerkeeper")):
        package = sys.modules[PACKAGE if PACKAGE in text else "peerkeeper"]
        names = {}
        environment = {"PEERKEEPER_ACCOUNT": OURS, "AWS_REGION": SEOUL}
        with patch.dict(os.environ, environment), patch.object(package.runner, "Clients"):
            exec(text, names)
        assert names["RUN"].job.function.value == folder
        assert type(names["RUN"]) is package.runner.Runner


def test_only_import_lines_have_the_other_name():
    text = "import peerkeeper.runner\n    from peerkeeper.values import tags\nfrom peerkeeper_cli import x"
    assert renamed(text) == text.replace("peerkeeper.", f"{PACKAGE}.")
    kept = 'TAG = "peerkeeper:peers"  # from peerkeeper.values\nRULE = "peerkeeper.planning"\n'
    assert renamed(kept) == kept


def test_each_way_is_drawn_and_at_last_one_version_is_left():
    ends = {(one.way, one.ends_today) for one in rollouts(forward=False)}
    assert {way for way, _ in ends} == set(WAYS)
    assert ends >= {("upgrade", True), ("roll-back", False), ("mixed", True), ("mixed", False)}
    for rollout in (*rollouts(forward=False), *rollouts(forward=True)):
        rollout.is_over = True
        for function in FUNCTIONS:
            assert rollout.is_todays(function, START) is rollout.ends_today


def test_where_the_other_version_lacks_a_function_todays_is_left():
    assert {one.way for one in rollouts(forward=True)} == {"upgrade", "mixed"}
    assert all(one.ends_today for one in rollouts(forward=True))


@pytest.mark.parametrize(
    ("way", "versions"), [("upgrade", "old new"), ("roll-back", "old new old")]
)
def test_one_function_is_updated_after_the_other(way, versions):
    for rollout in (one for one in rollouts(forward=False) if one.way == way):
        firsts = set()
        for function in FUNCTIONS:
            at = [START + step for step in range(int(900 + UPDATE) + 2)]
            seen = ["new" if rollout.is_todays(function, one) else "old" for one in at]
            firsts.add(seen.index("new"))
            changes = [one for one, last in zip(seen, [None, *seen], strict=False) if one != last]
            assert " ".join(changes) == versions
        assert len(firsts) > 1
        assert max(firsts) - min(firsts) <= UPDATE + 1


def test_a_clone_without_history_says_so(monkeypatch):
    def git(*words):
        if words[0] == "tag":
            return b""
        raise NoHistory("git rev-parse says nothing here")

    monkeypatch.setattr(source, "_git_bytes", git)
    with pytest.raises(NoHistory, match=r"this clone has no commit e292aba.*git fetch --unshallow"):
        source.other_version.__wrapped__()


def test_the_version_released_last_is_the_other_one(monkeypatch, tmp_path):
    asked = []

    def git(*words):
        asked.append(words)
        return b"v7.2.0\nv7.1.0\n" if words[0] == "tag" else b"5" * 40

    monkeypatch.setattr(source, "_git_bytes", git)
    monkeypatch.setattr(source, "MADE", tmp_path)
    (tmp_path / ("5" * 40)).mkdir()
    found = source.other_version.__wrapped__()
    assert (found.name, found.folder, found.is_stand_in) == ("v7.2.0", tmp_path / ("5" * 40), False)
    assert asked[-1][-1] == "v7.2.0^{commit}"
