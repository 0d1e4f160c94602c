"""Every sample event, put on the hub's default bus: it comes to the queues that our own buses say, and
to no other.

The engine forwards nothing to a bus of another account or region; `make deployed ENGINE=localstack`
looks at that.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pytest

from peerkeeper_local.pump.buses import Buses, Delivered
from tests.deployed.conftest import Compared
from tests.deployed.deploy import Deployed
from tests.deployed.places import ROOT
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
def hub(everything_on: Compared) -> Iterator[Deployed]:
    """The hub, whose functions read no queue for a while, so that what comes stays there."""
    client = everything_on.stack.client("lambda")
    mappings = [one["UUID"] for one in client.list_event_source_mappings()["EventSourceMappings"]]
    for one in mappings:
        client.update_event_source_mapping(UUID=one, Enabled=False)
    yield everything_on.stack
    for one in mappings:
        client.update_event_source_mapping(UUID=one, Enabled=True)


def put(hub: Deployed, name: str) -> str:
    """Put a sample on the default bus; return the id that the bus gave it."""
    event = EVENTS[name]
    entry = {
        "Source": event["source"],
        "DetailType": event["detail-type"],
        "Detail": json.dumps(event["detail"]),
        "Resources": event["resources"],
    }
    (done,) = hub.client("events").put_events(Entries=[entry])["Entries"]
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

    def __init__(self, hub: Deployed) -> None:
        self.hub, self.came = hub, dict[Place, dict[str, Any]]()
        self.names = [mapping.queue_arn.rpartition(":")[2] for mapping in hub.ours.mappings]
        self.buses = Buses(hub.ours, ())

    def right(self, name: str, id_: str) -> set[Place]:
        """Return where a sample belongs that the bus gave this id."""
        place = self.hub.place
        event = {**EVENTS[name], "account": place.account, "region": place.region}
        hops = [hop for hop in self.buses.route(event) if isinstance(hop, Delivered)]
        return {(id_, hop.queue_arn.rpartition(":")[2]) for hop in hops}

    def look(self) -> None:
        for queue in self.names:
            self.came.update({(body["id"], queue): body for body in take(self.hub, queue)})

    def begin(self) -> None:
        """Wait until events stay: a poller that was under way may still take the first."""
        sent: list[set[Place]] = []

        def stays() -> bool:
            sent.append(self.right(SENTINEL, put(self.hub, SENTINEL)))
            self.look()
            return any(one <= self.came.keys() for one in sent)

        assert until(stays, 0.2)

    def until_there(self, places: set[Place]) -> None:
        def there() -> bool:
            self.look()
            return places <= self.came.keys()

        assert until(there, 0.2), places - self.came.keys()


def test_every_sample_event_comes_to_the_right_queues(
    hub: Deployed, figure: Callable[[str], None]
) -> None:
    queues = Queues(hub)
    queues.begin()
    sent = {put(hub, name): name for name in EVENTS}
    wanted = {place for id_, name in sent.items() for place in queues.right(name, id_)}
    # What is put last shows that everything before it has come.
    queues.until_there(wanted | queues.right(SENTINEL, put(hub, SENTINEL)))
    came = {place: body for place, body in queues.came.items() if place[0] in sent}
    assert came.keys() == wanted
    for (id_, _), body in came.items():
        assert (body["account"], body["region"]) == (hub.place.account, hub.place.region)
        assert body["detail"] == EVENTS[sent[id_]]["detail"]
    figure(f"{len(sent):>6} events put on the default bus came to the {len(wanted)} right queues")
