"""The queues: are they there, and are the dead letters none? In: answers of SQS. Out: checks.

    queue                                       in                 messages in it
    peerkeeper-connect, -clean, -configure      the hub            any number: their age is the sweep's check
    peerkeeper-keep                             the hub            the same; absent without Endpoints=keep
    the same with -dead-letters                 the hub            none
    peerkeeper-sweep-dead-letters               the hub            none
    peerkeeper-notice-dead-letters              the hub            none; absent without NoticeTopicArn
    peerkeeper-forward-dead-letters             each place         none

Source: SQS API reference, GetQueueUrl, GetQueueAttributes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from peerkeeper.settings import Endpoints, Settings
from peerkeeper.values.ec2 import Location

from peerkeeper_cli.doctor.call import Answers, Call, call, unread
from peerkeeper_cli.doctor.check import Check, failed, passed
from peerkeeper_cli.doctor.site import Site

QUEUE, DEAD = "queue", "dead letters"
READ = {
    "peerkeeper-connect": "connect-peerings",
    "peerkeeper-clean": "clean-routes",
    "peerkeeper-configure": "configure-vpcs",
}
"""The function that reads each queue."""
READ_WITH_KEEP = READ | {"peerkeeper-keep": "keep-endpoints"}
LETTERS = "-dead-letters"
FORWARD, SWEEP, NOTICE = (f"peerkeeper-{one}{LETTERS}" for one in ("forward", "sweep", "notice"))
COUNT = "ApproximateNumberOfMessages"
MEANS = {
    FORWARD: "events of this region that the hub's bus refused; the sweep finds what was missed",
    SWEEP: "sweeps that could not be started, or failed; the next one starts by itself",
    NOTICE: "notices that the topic refused: they reached no person",
}
"""What such messages are. They stay for 14 days and need no sending back, so the queue is emptied by hand."""


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue, and whether it may be missing."""

    name: str
    place: Location
    optional: bool = False


def read_by(settings: Settings) -> dict[str, str]:
    """Return the queues that the functions read, each with its function."""
    return READ_WITH_KEEP if settings.endpoints is Endpoints.KEEP else READ


def wanted(site: Site) -> Iterator[Queue]:
    """Yield each queue that the installation has."""
    for name in read_by(site.settings):
        yield Queue(name, site.hub)
        yield Queue(name + LETTERS, site.hub)
    yield Queue(SWEEP, site.hub)
    yield Queue(NOTICE, site.hub, optional=True)
    for place in (site.hub, *site.others):
        # A local cloud holds the hub's queues alone: what a spoke cannot forward is lost there.
        yield Queue(FORWARD, place, optional=site.local)


def calls(site: Site, answers: Answers) -> Iterator[Call]:
    """Yield the queue's address, then what is in it."""
    for queue in wanted(site) if site.deployed else ():
        yield _url(queue)
        if url := answers[_url(queue)].get("QueueUrl"):
            yield _held(queue, url)


def checks(site: Site, answers: Answers) -> Iterator[Check]:
    """Yield one check a queue."""
    for queue in wanted(site) if site.deployed else ():
        found = answers[_url(queue)]
        if found.absent and queue.optional:
            continue
        yield _judged(site, queue, answers)


def _judged(site: Site, queue: Queue, answers: Answers) -> Check:
    dead = queue.name.endswith(LETTERS)
    name = DEAD if dead else QUEUE
    found = answers[_url(queue)]
    if found.absent:
        remedy = site.deploy_hub if queue.place == site.hub else site.deploy_spoke(queue.place)
        return failed(name, queue.place, f"the queue {queue.name} does not exist", remedy)
    if found.value is None:
        return unread(name, queue.place, _url(queue), found)
    url = str(found.get("QueueUrl"))
    held = answers[_held(queue, url)]
    if held.value is None:
        return unread(name, queue.place, _held(queue, url), held)
    said = held.get("Attributes") or {}
    count = int(said.get(COUNT, 0))
    if not dead:
        return passed(name, queue.place, f"{queue.name}: {count} wait")
    if not count:
        return passed(name, queue.place, f"{queue.name} is empty")
    means, then = MEANS.get(queue.name), "read one, fix its cause, and"
    meaning = f"{means}; {then} empty the queue" if means else f"{then} send them back"
    return failed(
        name,
        queue.place,
        f"{queue.name} holds {count}: {meaning}",
        *_remedy(queue, url, str(said.get("QueueArn", ""))),
    )


def _remedy(queue: Queue, url: str, arn: str) -> tuple[str, ...]:
    at = f"--region {queue.place.region}"
    read = f"aws sqs receive-message {at} --queue-url {url} --visibility-timeout 0"
    if queue.name in MEANS:
        return read, f"aws sqs purge-queue {at} --queue-url {url}"
    to = arn.removesuffix(LETTERS)
    return (
        read,
        f"aws sqs start-message-move-task {at} --source-arn {arn} --destination-arn {to}",
    )


def _url(queue: Queue) -> Call:
    return call("sqs", queue.place, "GetQueueUrl", QueueName=queue.name)


def _held(queue: Queue, url: str) -> Call:
    names = [COUNT, "QueueArn"]
    return call("sqs", queue.place, "GetQueueAttributes", QueueUrl=url, AttributeNames=names)
