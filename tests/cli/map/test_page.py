"""The page: one file, nothing fetched, and no value of the estate that is more than text."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest

from peerkeeper_cli.map import page
from peerkeeper_cli.map.drawing import picture
from peerkeeper_cli.map.page import html
from tests.cli.map.estate import estate
from tests.cli.map.hostile import HOSTILE, hostile

ASSETS = Path(str(files("peerkeeper_cli.map") / "assets"))


class Read(HTMLParser):
    """The elements of a page, as a browser would see them."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.inside, self.policy, self.open = [], {"script": [], "style": []}, "", None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag in self.inside:
            self.open = self.inside[tag]
            self.open.append("")
        if dict(attrs).get("http-equiv") == "Content-Security-Policy":
            self.policy = dict(attrs)["content"]

    def handle_endtag(self, tag):
        self.open = None

    def handle_data(self, data):
        if self.open is not None:
            self.open[-1] += data


@pytest.fixture(scope="module")
def plain():
    made = estate()
    return html(picture(made.rows, made.vpcs, made.coverage, title="Peerings", masked=False, at=""))


def hashed(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def directives(policy):
    return {words[0]: words[1:] for words in (each.split() for each in policy.split(";"))}


def test_the_policy_allows_these_scripts_and_styles_alone(plain):
    read = Read(plain)
    allowed = directives(read.policy)
    data, *scripts = read.inside["script"]
    assert json.loads(data)["title"] == "Peerings"
    assert allowed["default-src"] == ["'none'"]
    assert allowed["script-src"] == [hashed(each) for each in scripts]
    assert allowed["style-src"] == [hashed(each) for each in read.inside["style"]]
    assert "connect-src" not in allowed
    assert "unsafe" not in read.policy


def test_nothing_in_the_page_leads_elsewhere(plain):
    for tag, attributes in Read(plain).tags:
        assert not attributes.keys() & {"src", "srcset", "action", "style"}, tag
        assert not [name for name in attributes if name.startswith("on")], tag
        assert attributes.get("href", "#").startswith("#")
    assert not re.search(r"url\(|@import", "".join(Read(plain).inside["style"]))


def test_hostile_values_change_neither_the_elements_nor_what_they_say(plain):
    text = html(hostile())
    assert [tag for tag, _ in Read(text).tags] == [tag for tag, _ in Read(plain).tags]
    data = Read(text).inside["script"][0]
    assert data.isascii()
    assert not set("<>&") & set(data)
    said = json.loads(data)
    assert said["title"] == HOSTILE
    assert said["vpcs"][0]["name"] == HOSTILE
    assert said["peerings"][0]["findings"][0]["words"] == HOSTILE
    text.encode("utf-8")


def test_a_value_that_looks_like_a_slot_of_the_page_stays_a_value():
    made = hostile()
    assert (
        json.loads(Read(html(replace(made, title="{{script}} {{data}}"))).inside["script"][0])[
            "title"
        ]
        == "{{script}} {{data}}"
    )


def test_our_scripts_never_read_text_as_markup():
    for name in page.SCRIPTS:
        text = (ASSETS / name).read_text()
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|Function\(", text
        ), name
        assert not re.search(r"fetch\(|XMLHttp|WebSocket|sendBeacon|localStorage|cookie", text), (
            name
        )


def test_every_file_of_the_page_is_in_it():
    kept = {path.name for path in ASSETS.iterdir() if path.suffix in {".js", ".css"}}
    assert kept == {page.LIBRARY, *page.SCRIPTS, *page.STYLES}


def test_the_library_is_the_published_one_with_its_licence():
    note = (ASSETS / "cytoscape.txt").read_text()
    (version,) = re.findall(r"^cytoscape ([\d.]+),", note)
    (wanted,) = re.findall(r"^sha256 (\w{64})$", note, re.MULTILINE)
    library = (ASSETS / page.LIBRARY).read_bytes()
    assert hashlib.sha256(library).hexdigest() == wanted
    assert f'version="{version}"'.encode() in library
    assert (
        "Permission is hereby granted, free of charge" in (ASSETS / "cytoscape.LICENSE").read_text()
    )
