"""docs/operate/mail-and-chat.md and the code: the topic gets what the page shows, mail and chat."""

import json
import re

import pytest
from peerkeeper.reporting.bus_events import DetailType
from peerkeeper.reporting.plain_text import called
from peerkeeper.values.people_tags import OWNERS

from tests.contract.deploy.templates import HUB, ROOT
from tests.contract.noticed import TOLD, sent
from tests.unit.reporting.announced import example

PAGE = (ROOT / "docs/operate/mail-and-chat.md").read_text()
FILE = ROOT / "docs/examples/notices/held.json"
MAILS = re.findall(r"```text\n(.*?)\n```", PAGE, re.DOTALL)
CHATS = re.findall(r"```json\n(.*?)\n```", PAGE, re.DOTALL)


@pytest.mark.parametrize(
    ("shown", "kind"), [*zip(MAILS, (DetailType.HELD, DetailType.NOT_CARRYING), strict=True)]
)
def test_a_mail_of_the_page_is_what_the_topic_gets(shown, kind):
    assert shown == sent(example(kind), "text")


def test_the_chat_message_of_the_page_and_the_file_is_what_the_topic_gets():
    made = json.loads(sent(example(DetailType.HELD), "chat"))
    (shown,) = CHATS
    assert shown == json.dumps(made, indent=2)
    assert FILE.read_text() == f"{shown}\n"


@pytest.mark.parametrize("kind", TOLD)
def test_both_forms_of_every_notice_name_resource_command_and_page(kind):
    made = example(kind)
    notice = json.loads(made.detail)["notice"]
    text = sent(made, "text").split("\n")
    content = json.loads(sent(made, "chat"))["content"]
    assert text[0] == f'"{notice["subject"]}"'
    assert text[4] == f'" {notice["command"]} "'
    assert f"`{notice['command']}`" in content["nextSteps"][0]
    assert any(step.endswith(notice["console"]) for step in content["nextSteps"])
    assert notice["console"] in text[5]


def test_the_rule_takes_these_and_no_function_knows_the_format():
    assert HUB["Resources"]["NoticeRule"]["Properties"]["EventPattern"]["detail-type"] == TOLD
    assert "NoticeFormat" not in json.dumps(HUB["Globals"])


def test_the_page_names_the_tags_of_an_owner():
    assert re.search("first of the tags (.*?)\\s+that", PAGE, re.DOTALL)[1] == (
        "`{}`, `{}`, `{}` and\n`{}`".format(*OWNERS)
    )


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("evil.example", "evil(.)example"),
        ("http://", "http-(//)"),
        ("@here", "(at)here"),
    ],
)
def test_the_page_shows_what_becomes_of_an_address(tag, said):
    assert f"`{tag}`" in PAGE
    assert said in PAGE
    assert called(tag) == f"'{said}'"
