"""What the sweep finds that its look before did not: new once, however long it lasts; what is due still."""

import pytest
from peerkeeper.reporting.drift import PART_WITHIN, Drift, DriftMemory
from peerkeeper.reporting.report import Report
from peerkeeper.settings import Mode
from peerkeeper.values.changes import Change, CreateRoute, EnableDnsSupport, TagStatus
from peerkeeper.values.ec2 import Location, network
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.scope import Function
from peerkeeper.values.tags import Status

SEOUL, TOKYO = (Location("111122223333", one) for one in ("ap-northeast-2", "ap-northeast-1"))


def due(name: str, where: Location = SEOUL) -> Change:
    return EnableDnsSupport(where, name, reason="why")


def swept(
    *changes: Change, would: bool = False, unread: Location | None = None, code: Code = Code.UNREAD
) -> Report:
    found = () if unread is None else (Finding(code, unread, str(unread), "why"),)
    kept = {"would": changes} if would else {"handed_on": changes}
    return Report(Function.SWEEP, Mode.FULL, findings=found, **kept)


def counts(*reports: Report, apart: float = 900.0, part: bool = False) -> list[int]:
    memory = DriftMemory()
    return [
        memory.take(report, (SEOUL, TOKYO), number * apart, part=part).new
        for number, report in enumerate(reports)
    ]


ONE, TWO = due("vpc-1"), due("vpc-2")


@pytest.mark.parametrize(
    ("looks", "found"),
    [
        ([(), (ONE,), (ONE,), (ONE,)], [0, 1, 0, 0]),  # what EC2 refuses each time is new once
        ([(ONE,), (ONE,), ()], [0, 0, 0]),  # nothing is new at the first look
        ([(), (ONE,), (), (ONE,)], [0, 1, 0, 1]),  # mended, and taken away again
        ([(), (ONE,), (ONE, TWO)], [0, 1, 1]),
        ([(), (due("vpc-1", TOKYO), ONE)], [0, 2]),
        ([(), (TagStatus(SEOUL, "pcx-1", Status.HELD, reason="why"),)], [0, 0]),
    ],
)
@pytest.mark.parametrize("would", [False, True])
def test_drift_is_new_once(looks: list[tuple[Change, ...]], found: list[int], would: bool) -> None:
    assert counts(*(swept(*changes, would=would) for changes in looks)) == found


def test_an_account_out_of_reach_forgets_nothing_in_any_of_its_regions() -> None:
    both = (ONE, due("vpc-1", TOKYO))
    gone = (Finding(Code.UNREACHABLE, SEOUL, SEOUL.account_id, "why"),)  # one finding an account
    blind = Report(Function.SWEEP, Mode.FULL, findings=gone)
    assert counts(swept(*both), blind, swept(*both)) == [0, 0, 0]


def test_a_location_that_could_not_be_read_forgets_nothing() -> None:
    assert counts(swept(ONE), swept(unread=SEOUL), swept(ONE)) == [0, 0, 0]
    assert counts(swept(unread=SEOUL), swept(ONE), swept(ONE, TWO)) == [0, 0, 1]
    assert counts(swept(ONE), swept(unread=SEOUL, code=Code.DENIED), swept(ONE)) == [0, 0, 0]


def test_a_change_that_is_denied_leaves_its_location_seen():
    denied = Report(
        Function.SWEEP, Mode.FULL, findings=(Finding(Code.DENIED, SEOUL, "pcx-1", "why"),)
    )
    assert counts(denied, swept(ONE)) == [0, 1]


def test_of_a_sweep_that_many_share_only_what_came_lately_is_new() -> None:
    looks = swept(), swept(ONE)
    assert counts(*looks, apart=PART_WITHIN + 1, part=True) == [0, 0]
    assert counts(*looks, apart=PART_WITHIN, part=True) == [0, 1]
    assert counts(*looks, apart=86_400.0) == [0, 1]


def test_a_route_that_was_handed_on_before_and_is_due_still_is_its_peerings_lack() -> None:
    route = CreateRoute(SEOUL, "rtb-1", network("10.0.0.0/16"), "pcx-1", reason="why")
    memory = DriftMemory()
    looks = [swept(), swept(route, ONE), swept(route, ONE), swept(route, would=True), swept(ONE)]
    seen = [memory.take(look, (SEOUL,), 900.0 * at) for at, look in enumerate(looks)]
    lacks = frozenset({"pcx-1"})
    assert seen == [Drift(), Drift(2), Drift(0, lacks), Drift(), Drift(1)]
