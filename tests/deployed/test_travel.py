"""Every sample event, put on the default bus of the hub and of each spoke: it comes to the queues that
our own buses say, and to no other. IAM decides at each hop.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pytest

from peerkeeper_local.pump.buses import Buses, Delivered
from tests.deployed.conftest import Compared
from tests.deployed.deploy import Deployed
from tests.deployed.places import ORGANIZATION, OTHER, ROOT
from tests.served import until

SAMPLES = {
    path.stem: json.loads(path.read_text()) for path in sorted((ROOT / "events").glob("*.json"))
}
EVENTS = {name: event for name, event in SAMPLES.items() if "detail-type" in event}
SENTINEL = "create-vpc-peering-connection"
"""A sample that comes to a queue."""
Place: TypeAlias = tuple[str, str]
"""An event's id, and the queue's name."""


@pytest.fixture(scope="module")
def hub(everything_on: Compared, spokes: tuple[Compared, ...]) -> Iterator[Deployed]:
    """The hub, whose functions read no queue for a while, so that what comes stays there."""
    del spokes
    client = everything_on.stack.client("lambda")
    mappings = [one["UUID"] for one in client.list_event_source_mappings()["EventSourceMappings"]]
    for one in mappings:
        client.update_event_source_mapping(UUID=one, Enabled=False)
    yield everything_on.stack
    for one in mappings:
        client.update_event_source_mapping(UUID=one, Enabled=True)


def put(at: Deployed, name: str) -> str:
    """Put a sample on the default bus there; return the id that the bus gave it."""
    event = EVENTS[name]
    entry = {
        "Source": event["source"],
        "DetailType": event["detail-type"],
        "Detail": json.dumps(event["detail"]),
        "Resources": event["resources"],
    }
    (done,) = at.client("events").put_events(Entries=[entry])["Entries"]
    return str(done["EventId"])


def take(hub: Deployed, queue: str) -> Iterator[dict[str, Any]]:
    """Take everything out of a queue of the hub's."""
    sqs = hub.client("sqs")
    url = sqs.get_queue_url(QueueName=queue)["QueueUrl"]
    while found := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
        for message in found:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            yield json.loads(message["Body"])


class Queues:
    """The queues of the hub's functions, and what came to them: the event by its id and the queue."""

    def __init__(self, hub: Deployed, spokes: tuple[Deployed, ...]) -> None:
        self.hub, self.came = hub, dict[Place, dict[str, Any]]()
        self.sent: dict[str, tuple[Deployed, str]] = {}
        self.names = [mapping.queue_arn.rpartition(":")[2] for mapping in hub.ours.mappings]
        self.buses = Buses(hub.ours, tuple(one.ours for one in spokes), {OTHER: ORGANIZATION})

    def put(self, at: Deployed, name: str) -> set[Place]:
        """Put a sample there; return where it belongs."""
        id_ = put(at, name)
        self.sent[id_] = (at, name)
        event = {**EVENTS[name], "account": at.place.account, "region": at.place.region}
        hops = [hop for hop in self.buses.route(event) if isinstance(hop, Delivered)]
        return {(id_, hop.queue_arn.rpartition(":")[2]) for hop in hops}

    def look(self) -> None:
        for queue in self.names:
            self.came.update({(body["id"], queue): body for body in take(self.hub, queue)})

    def begin(self) -> None:
        """Wait until events stay: a poller that was under way may still take the first."""
        sent: list[set[Place]] = []

        def stays() -> bool:
            sent.append(self.put(self.hub, SENTINEL))
            self.look()
            return any(one <= self.came.keys() for one in sent)

        assert until(stays, 0.2)
        self.sent.clear()

    def until_there(self, places: set[Place]) -> None:
        def there() -> bool:
            self.look()
            return places <= self.came.keys()

        assert until(there, 0.2), places - self.came.keys()


def test_every_sample_event_comes_to_the_right_queues(
    hub: Deployed, spokes: tuple[Compared, ...], figure: Callable[[str], None]
) -> None:
    stacks = (hub, *(one.stack for one in spokes))
    queues = Queues(hub, stacks[1:])
    queues.begin()
    wanted = {place for at in stacks for name in EVENTS for place in queues.put(at, name)}
    # What is put last shows that everything before it has come.
    wanted |= {place for at in stacks for place in queues.put(at, SENTINEL)}
    queues.until_there(wanted)
    came = {place: body for place, body in queues.came.items() if place[0] in queues.sent}
    assert came.keys() == wanted
    for (id_, _), body in came.items():
        at, name = queues.sent[id_]
        assert (body["account"], body["region"]) == (at.place.account, at.place.region)
        assert body["detail"] == EVENTS[name]["detail"]
    figure(
        f"{len(queues.sent):>6} events put on {len(stacks)} default buses came to the right queues, "
        f"{len(wanted)} times"
    )


def test_what_a_bus_does_not_let_in_does_not_come(
    hub: Deployed, spokes: tuple[Compared, ...]
) -> None:
    """With the policy of the hub's bus taken away, the other account is heard no more; the hub's own is.

    Comes last here: the policy is not put back.
    """
    events = hub.client("events")
    (bus,) = hub.ours.buses
    statements = json.loads(events.describe_event_bus(Name=bus)["Policy"])["Statement"]
    own, *others = (hub, *(one.stack for one in spokes))
    queues = Queues(hub, tuple(others))
    queues.begin()
    for one in statements:
        events.remove_permission(EventBusName=bus, StatementId=one["Sid"])
    places = {at.place: queues.put(at, SENTINEL) for at in (*others, own)}
    heard = {place for place in places if place.account == own.place.account}
    queues.until_there({one for place in heard for one in places[place]})
    came = {id_ for id_, _ in queues.came}
    assert {queues.sent[id_][0].place for id_ in came & queues.sent.keys()} == heard
