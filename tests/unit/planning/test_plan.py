"""From rules to a plan: everything once, in order, the brake applied."""

from dataclasses import replace

import pytest
from peerkeeper.planning.plan import Plan, plan
from peerkeeper.values.changes import AcceptPeering, CreateRoute, DeleteRoute, EnableDnsSupport
from peerkeeper.values.ec2 import network
from peerkeeper.values.findings import Code, Finding
from peerkeeper.values.reads import Describe, Read
from peerkeeper.values.scope import Deferral, Function, Hint

from tests.builders import (
    OLD_PCX,
    PCX,
    SEOUL,
    SEOUL_CIDR,
    TOKYO,
    TOKYO_TABLE,
    TOKYO_VPC,
    peering,
    route,
    settings,
    snapshot,
    table,
    vpc,
)

ACCEPT = AcceptPeering(TOKYO, PCX, TOKYO_VPC, reason="a")
CREATE = CreateRoute(TOKYO, TOKYO_TABLE, SEOUL_CIDR, PCX, reason="c")
EARLIER = replace(CREATE, destination=network("10.1.0.0/16"))
SUPPORT = EnableDnsSupport(TOKYO, TOKYO_VPC, reason="s")
FIRST = Finding(Code.BRAKE, SEOUL, "a", "first")
LAST = Finding(Code.UNREAD, SEOUL, "a", "last")
LATER = (
    Deferral(Function.CLEAN, Hint(TOKYO, PCX), "x"),
    Deferral(Function.CONNECT, Hint(TOKYO, PCX), "a"),
    Deferral(Function.CONNECT, Hint(TOKYO, PCX), "b"),
    Deferral(Function.CONNECT, Hint(SEOUL, PCX), "a"),
)


def saying(*items):
    return lambda seen, settings_: iter(items)


def test_everything_is_in_the_plan_once_and_in_order():
    one = saying(LATER[3], CREATE, LAST, SUPPORT, LATER[1], EARLIER)
    other = saying(FIRST, LAST, LATER[2], ACCEPT, replace(CREATE, reason="again"), *LATER)
    for rules in ((one, other), (other, one)):
        made = plan(snapshot(), settings(), rules)
        assert made.changes == (ACCEPT, SUPPORT, EARLIER, CREATE)
        assert made.findings == (FIRST, LAST)
        assert made.deferrals == LATER


def test_a_rule_is_given_the_snapshot_and_the_settings():
    given = []
    seen, set_ = snapshot(), settings()
    plan(seen, set_, [lambda *args: given.append(args) or iter(())])
    assert given == [(seen, set_)]
    assert given[0][0] is seen


def test_a_plan_is_something_to_do_or_it_is_converged():
    assert Plan((CREATE,))
    assert not Plan(findings=(FIRST,), deferrals=LATER)


def test_a_plan_is_a_value():
    made = Plan((CREATE,))
    assert hash(made) == hash(Plan((CREATE,)))
    with pytest.raises(AttributeError):
        made.changes = ()
    assert not hasattr(made, "__dict__")


def test_a_plan_prints_as_plain_json_values():
    assert Plan((CREATE,), (FIRST,), LATER).to_dict() == {
        "changes": [
            {
                "change": "CreateRoute",
                "location": str(TOKYO),
                "reason": "c",
                "route_table_id": TOKYO_TABLE,
                "destination": "10.39.0.0/16",
                "pcx_id": PCX,
            }
        ],
        "findings": [
            {
                "code": "deletes-withheld",
                "location": str(SEOUL),
                "subject": "a",
                "message": "first",
            }
        ],
    }


def test_the_brake_withholds_and_its_finding_is_among_the_others():
    gone = [route(f"10.{n}.0.0/16", OLD_PCX, blackhole=True) for n in range(12)]
    seen = snapshot(
        vpc(),
        table(TOKYO, *gone),
        absent_before=frozenset({(TOKYO, OLD_PCX)}),
        done=frozenset(Read(TOKYO, kind) for kind in Describe),
    )
    made = plan(seen, settings())
    assert made.changes == ()
    assert [finding.code for finding in made.findings] == [Code.BRAKE]


@pytest.mark.parametrize("status", ["deleted", "active"])
def test_without_rules_named_all_of_them_speak(status):
    seen = snapshot(
        peering(status=status), vpc(), vpc(SEOUL), table(TOKYO, route("10.39.0.0/16", PCX))
    )
    kinds = {type(change) for change in plan(seen, settings()).changes}
    assert (DeleteRoute in kinds) is (status == "deleted")
