"""The redrive of docs/operate/alarms.md, with both kinds of dead letters: of SQS and of EventBridge."""

import json
import shlex

import pytest
from botocore.exceptions import ClientError

from peerkeeper_local.pump import DeadLettered
from peerkeeper_local.story.stage import ROOT, SEOUL, TOKYO
from tests.integration.pair import Pair
from tests.topics import page_commands

QUEUE = "arn:aws:sqs:ap-northeast-2:111122223333:peerkeeper-connect"
DEAD = f"{QUEUE}-dead-letters"
EVENT = ROOT / "events/create-vpc-peering-connection.json"
RULE = {"TARGET_ARN": {"DataType": "String", "StringValue": QUEUE}}


class Letters(Pair):
    """The pair, and the operator's hands on the queues of connect_peerings."""

    def set_up(self):
        super().set_up()
        self.sqs = self.cloud.client("sqs", SEOUL)
        self.steps = []
        self.pump.on_step(self.steps.append)

    def url(self, arn):
        return self.sqs.get_queue_url(QueueName=arn.rpartition(":")[2])["QueueUrl"]

    def put(self, arn, body, **attributes):
        text = body if isinstance(body, str) else json.dumps(body)
        self.sqs.send_message(
            QueueUrl=self.url(arn), MessageBody=text, MessageAttributes=attributes
        )

    def bodies(self, arn):
        return [each["body"] for each in self.pump.waiting()[arn.rpartition(":")[2]]]

    def bury(self):
        """Let a message that nobody can read go the way of all such messages."""
        self.put(QUEUE, "no message at all")
        self.pump.advance(5 * 800)
        assert any(isinstance(step, DeadLettered) for step in self.steps)

    def undeliver(self):
        """Ask for a peering while the event cannot be delivered: EventBridge leaves it here."""
        self.pump.cut()
        self.agree()
        self.pump.run()
        self.ask()
        event = json.loads(EVENT.read_text().replace("pcx-0c0ffee0c0ffee001", self.id("pcx")))
        self.put(DEAD, event, **RULE)
        self.pump.join()


@pytest.fixture
def letters():
    with Letters() as letters:
        yield letters


def as_the_page_says(letters, **without):
    """Run the page's command about this queue; `without`: words of it that are left out."""
    (command,) = page_commands("start-message-move-task")
    filled = command.replace("$QUEUE", QUEUE.rpartition(":")[2])
    _, _, operation, *words = shlex.split(filled)
    given = dict(zip(words[::2], words[1::2], strict=True))
    assert given.pop("--region") == SEOUL
    assert operation == "start-message-move-task"
    named = {
        "".join(part.capitalize() for part in name[2:].split("-")): value
        for name, value in given.items()
    }
    kept = {name: value for name, value in named.items() if name not in without}
    return letters.sqs.start_message_move_task(**kept)


def test_the_pages_command_takes_both_kinds_back_and_the_event_is_worked_on(letters):
    letters.undeliver()
    letters.bury()
    assert len(letters.bodies(DEAD)) == 2
    as_the_page_says(letters)
    assert letters.bodies(DEAD) == []
    letters.pump.advance(60)
    assert letters.peering(TOKYO, "pcx")["Status"]["Code"] == "active"


def test_without_a_destination_an_event_of_eventbridge_is_not_taken_back(letters):
    letters.bury()
    as_the_page_says(letters, DestinationArn="")
    assert (letters.bodies(DEAD), len(letters.bodies(QUEUE))) == ([], 1)
    letters.pump.advance(5 * 800)
    letters.undeliver()
    with pytest.raises(ClientError, match=r"UnsupportedOperation.*came from no SQS queue"):
        as_the_page_says(letters, DestinationArn="")
    assert len(letters.bodies(DEAD)) == 2


def test_only_a_dead_letter_queue_is_redriven(letters):
    with pytest.raises(ClientError, match="is no dead-letter queue"):
        letters.sqs.start_message_move_task(SourceArn=QUEUE)
    with pytest.raises(ClientError, match="ResourceNotFound"):
        letters.sqs.start_message_move_task(SourceArn=f"{QUEUE}-of-nobody")
