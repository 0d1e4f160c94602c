"""What the demo and `serve` tell of a run: what was done, what failed, and what counts at the end."""

import io

from rich.console import Console

from peerkeeper_local.demo.tally import tally
from peerkeeper_local.telling.outline import Outline
from peerkeeper_local.telling.run_told import RunTold

PCX, TABLE = "pcx-0c0ffee0c0ffee001", "rtb-0a39a39a39a39a391"
PLACE = "111122223333/ap-northeast-1"
EMPTY = {"function": "connect_peerings", "mode": "full"} | {
    name: []
    for name in ("outcomes", "would", "would_unknown", "findings", "not_carrying", "hand_offs")
}


class AsTheyAre:
    """No id has a name."""

    def known(self, text):
        return text


def created(result, **more):
    return {
        "change": "CreateRoute",
        "location": PLACE,
        "route_table_id": TABLE,
        "destination": "10.39.0.0/16",
        "pcx_id": PCX,
        "reason": f"{PCX} is active and {TABLE} has no route to 10.39.0.0/16",
        "result": result,
        **more,
    }


def told(report, *, verbose=False):
    file = io.StringIO()
    run = RunTold(Outline(Console(file=file, width=300), 0, 300), AsTheyAre(), verbose=verbose)
    for tell in run.worth_telling(report):
        tell()
    return [line.strip() for line in file.getvalue().splitlines()]


def test_a_write_that_failed_is_told_with_ec2s_words():
    failed = created("failed", detail="RouteLimitExceeded: [no] room")
    first, why = told(EMPTY | {"outcomes": [failed]})
    assert first == (
        f"✘ failed: route 10.39.0.0/16 to {PCX} in {TABLE} (Tokyo): RouteLimitExceeded: [no] room"
    )
    assert why.startswith("because ")


def test_a_change_that_has_no_words_yet_is_told_by_its_kind():
    new = {
        "change": "CreateEndpoint",
        "location": PLACE,
        "reason": "it is new",
        "result": "applied",
    }
    assert told(EMPTY | {"outcomes": [new]}) == ["✔ CreateEndpoint in Tokyo", "because it is new"]


def test_a_status_tag_repeats_no_finding_and_is_told_with_verbose_alone():
    finding = {
        "code": "held-not-approved",
        "location": PLACE,
        "subject": PCX,
        "message": "it waits",
    }
    tag = {
        "change": "TagStatus",
        "location": PLACE,
        "pcx_id": PCX,
        "status": "held",
        "reason": "it waits",
        "result": "applied",
    }
    report = EMPTY | {"outcomes": [tag], "findings": [finding]}
    assert told(report) == ["! held-not-approved in Tokyo", "it waits"]
    assert told(report, verbose=True) == [
        f"✔ tagged {PCX} in Tokyo peerkeeper:status=held",
        "! held-not-approved in Tokyo",
        "it waits",
    ]


def test_a_write_that_failed_counts_nowhere_and_one_made_twice_is_a_repair():
    failed = EMPTY | {"outcomes": [created("failed")]}
    done = EMPTY | {"outcomes": [created("applied")]}
    gap = {"route_table": TABLE, "destination": "10.39.0.0/16", "way": "due"}
    side = {"peering": PCX, "location": PLACE, "vpc": "", "verdict": "nothing", "gaps": [gap]}
    sweep = EMPTY | {"function": "sweep", "not_carrying": [side]}
    counted = tally([failed, done, done, sweep, done])
    assert len(counted.routed) == 1
    assert [by_sweep for _route, by_sweep in counted.repaired] == [False, True]


def test_a_route_that_peerkeeper_deleted_and_writes_again_is_no_repair():
    deleted = EMPTY | {"outcomes": [created("applied") | {"change": "DeleteRoute"}]}
    done = EMPTY | {"outcomes": [created("applied")]}
    counted = tally([done, deleted, done])
    assert (len(counted.routed), len(counted.repaired), len(counted.cleaned)) == (2, 0, 1)
