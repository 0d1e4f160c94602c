"""Page of the events, docs/schemas/ and the code: the same events, each example made by code and valid."""

import json
import re

import fastjsonschema
import pytest
from peerkeeper.planning.rules.consent_withdrawn import consent_withdrawn
from peerkeeper.reporting.announcements import announcements
from peerkeeper.reporting.bus_events import MOST_ROUTES, DetailType
from peerkeeper.reporting.notices import NOTICES, notices
from peerkeeper.values.changes import KINDS, CreateRoute, TagStatus
from peerkeeper.values.connectivity import Reaches
from peerkeeper.values.ec2 import network
from peerkeeper.values.scope import Function
from peerkeeper.values.tag_acts import TagAct

from tests.builders import (
    PCX,
    SEOUL,
    SEOUL_CIDR,
    SEOUL_TABLE,
    TOKYO,
    TOKYO_VPC,
    peering,
    route,
    settings,
    snapshot,
    table,
    vpc,
)
from tests.contract.deploy.templates import ROOT
from tests.unit.reporting.announced import done, example

PAGE = (ROOT / "docs/reference/events.md").read_text()
SCHEMAS = ROOT / "docs/schemas"
HOSTILE = (
    'two\nlines \x1b[31mred <script>alert(1)</script> ${jndi:x} %s =cmd|" /C calc"'
    "\u202eright to left \ud800 `tick` \\back " + "x" * 5000
)


def schema(kind):
    return json.loads((SCHEMAS / f"{kind}.json").read_text())


def validate(kind, detail):
    fastjsonschema.compile(schema(kind))(json.loads(detail))


def test_the_page_and_the_schemas_have_every_event_and_no_other():
    kinds = [kind.value for kind in DetailType]
    assert re.findall(r"^\| \[`(\w+)`\]", PAGE, re.MULTILINE) == kinds
    assert re.findall(r"^### (\w+)$", PAGE, re.MULTILINE) == kinds
    assert sorted(path.stem for path in SCHEMAS.glob("*.json")) == sorted(kinds)
    assert all(schema(kind)["title"] == kind for kind in kinds)


@pytest.mark.parametrize("kind", DetailType)
def test_the_example_is_what_the_code_makes_and_its_schema_takes_it(kind):
    shown = PAGE.split(f"### {kind}\n\n```json\n", 1)[1].split("\n```", 1)[0]
    made = example(kind)
    assert made.kind is kind
    assert shown == json.dumps(json.loads(made.detail), indent=2)
    validate(kind, made.detail)


@pytest.mark.parametrize("kind", DetailType)
def test_a_schema_takes_nothing_else(kind):
    detail = json.loads(example(kind).detail)
    for spoilt in ({**detail, "more": 1}, {k: v for k, v in detail.items() if k != "message"}):
        with pytest.raises(fastjsonschema.JsonSchemaValueException):
            validate(kind, json.dumps(spoilt))


@pytest.mark.parametrize("kind", [DetailType.SWEPT, DetailType.FLEET_SWEPT])
def test_the_events_of_a_sweep_may_count_whether_traffic_would_arrive(kind):
    detail = json.loads(example(kind).detail)
    counted = {one.value: 1 for one in Reaches}
    validate(kind, json.dumps({**detail, "reaches": counted}))
    with pytest.raises(fastjsonschema.JsonSchemaValueException):
        validate(kind, json.dumps({**detail, "reaches": {"perhaps": 1}}))


@pytest.mark.parametrize("status", [*NOTICES])
def test_hostile_text_leaves_as_one_calm_line(status):
    change = TagStatus(
        TOKYO, PCX, status, reason=HOSTILE, requester="r", accepter="a", codes=("c",), expires=9
    )
    made = notices(change)[0]
    validate(made.kind, made.detail)
    message = json.loads(made.detail)["message"]
    assert not set('"\\<>`\n\x1b') & set(message)
    assert "(script)alert(1)(/script)" in message  # readable, and no markup


def test_whoever_changed_a_tag_is_named_in_one_calm_line():
    act = TagAct(TOKYO, TOKYO_VPC, ("peerkeeper:peers",), True, HOSTILE[:200], "now\n")
    routed = table(TOKYO, route(str(SEOUL_CIDR), PCX))
    seen = snapshot(peering(), vpc(tags=()), routed, tag_acts=frozenset({act}))
    found = tuple(consent_withdrawn(seen, settings()))
    (made,) = announcements(done(Function.CONNECT, findings=found))
    validate(made.kind, made.detail)
    assert not set('"\\<>`\n\x1b') & set(json.loads(made.detail)["message"])


def test_the_largest_announcements_fit_ten_to_a_request():
    many = [
        CreateRoute(SEOUL, SEOUL_TABLE, network(f"10.{n}.0.0/16"), PCX, reason="")
        for n in range(200)
    ]
    (routes,) = announcements(done(Function.CONNECT, *many))
    detail = json.loads(routes.detail)
    assert (detail["count"], len(detail["routes"])) == (200, MOST_ROUTES)
    validate(routes.kind, routes.detail)
    assert len(routes.detail) * 10 < 256 * 1024


def test_the_page_names_the_change_behind_a_notice():
    assert TagStatus in KINDS
    assert "`TagStatus`" in (ROOT / "docs/operate/notices.md").read_text()
