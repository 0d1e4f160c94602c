"""A command that a page prints to be typed next reads what the page read: it has the options of the user."""

import ast
import io
import re
import shlex

import pytest
import typer
from rich.console import Console

from peerkeeper_cli.adopt.adopted_estate import look_and_adopt
from peerkeeper_cli.adopt.show import show as show_adoption
from peerkeeper_cli.app import operator_app
from peerkeeper_cli.asked_for import AskedFor
from peerkeeper_cli.explain.explanation import explain
from peerkeeper_cli.explain.upshot import next_steps
from peerkeeper_cli.foresight.look_ahead import look_ahead
from peerkeeper_cli.page.page import Page
from peerkeeper_cli.plan import markdown as in_markdown
from peerkeeper_cli.plan import show as in_text
from peerkeeper_cli.plan.proposal import proposal
from tests.builders import PCX, SEOUL, route, snapshot, table, vpc
from tests.cli.peerings.test_peerings import live
from tests.cli.small_estate import asked_for, estate_of
from tests.contract.deploy.templates import ROOT

APP = typer.main.get_command(operator_app("peerkeeper"))
OPTIONS = {
    "profiles": ("network", "two words"),
    "role_name": "reader",
    "accounts": ("444455556666",),
    "regions": ("eu-west-1",),
    "given": {"AllowedDestinations": "10.0.0.0/8,!10.1.0.0/16"},
}
BY_HAND = live([route("172.31.0.0/16", PCX)], [route("10.39.0.0/16", PCX)], tags=())
WAITS = asked_for()
NOT_AGREED = snapshot(
    vpc(SEOUL, tags=()), vpc(tags=()), table(SEOUL), table(), *WAITS.peerings.values()
)


def printed(show, *what):
    console = Console(file=io.StringIO(), width=80, force_terminal=True, color_system=None)
    show(Page(console, before_words="# "), *what)
    return console.file.getvalue()


def plan_of(seen):
    return proposal(estate_of(seen), look_ahead(estate_of(seen)), estate_of(seen).settings.mode)


def pages(asked):
    """Each text that names a command to type next, with how many it has."""
    adopted = estate_of(BY_HAND)
    adoption = look_and_adopt(adopted, with_changes=False, widen=False)
    explained = explain(PCX, NOT_AGREED, estate_of(NOT_AGREED).settings)
    steps = next_steps(explained, asked, {"plan", "history"})
    return {
        "plan": (printed(in_text.show, plan_of(NOT_AGREED), asked), 1),
        "plan by hand": (printed(in_text.show, plan_of(BY_HAND), asked), 1),
        "plan --blocked": (printed(in_text.show_open, plan_of(WAITS), asked), 1),
        "plan --markdown": (in_markdown.markdown(plan_of(NOT_AGREED), asked), 1),
        "adopt": (printed(show_adoption, adopted, adoption, asked), 1),
        "explain": ("\n".join(f"{one.words}\n{one.command}" for one in steps), 2),
    }


def commands(text):
    """The commands of this program in a text, as words: on lines of their own, and in code."""
    found = re.findall(r"(?:^(?:# )? *|`)(peerkeeper [a-z]+[^`\n]*)", text, re.MULTILINE)
    return [shlex.split(one) for one in found]


@pytest.fixture(autouse=True)
def short_lists(monkeypatch):
    """A list of one is already too long, so that each page says how to see all of it."""
    for module, name in ((in_text, "FEW"), (in_text, "MANY"), (in_markdown, "ROOM")):
        monkeypatch.setattr(module, name, 0)
    monkeypatch.delenv("PEERKEEPER_TYPED", raising=False)


@pytest.mark.parametrize("page", pages(AskedFor("plan")))
def test_each_command_to_type_next_has_the_options_of_the_user(page):
    asked = AskedFor(page.split()[0], **OPTIONS)
    text, least = pages(asked)[page]
    found = commands(text)
    assert len(found) >= least, text
    for _, name, *words in found:
        APP.commands[name].make_context(name, [*words])  # typer takes it
        assert shlex.join(["", *words]).endswith(asked.typed), words


def test_a_plan_of_another_mode_is_asked_for_again_in_that_mode():
    asked = AskedFor("plan", own=("--mode", "add-only"), role_name="reader")
    found = commands(printed(in_text.show, plan_of(NOT_AGREED), asked))
    assert [
        "peerkeeper",
        "plan",
        "--blocked",
        "--mode",
        "add-only",
        "--role-name",
        "reader",
    ] in found
    assert asked.again("adopt") == "peerkeeper adopt --role-name reader"


def program(part):
    """What stands in a string for this value: the name of this program, or any other word."""
    return "peerkeeper" if "typed" in ast.unparse(part) else "..."


def strings(path):
    """The strings of a module that are no docstrings."""
    tree = ast.parse(path.read_text())
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                part.value if isinstance(part, ast.Constant) else program(part)
                for part in node.values
            )
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.value


def test_no_command_is_spelled_by_hand():
    """`AskedFor.again` writes them, with the options. A mark in a file of ours is no command."""
    spelled = re.compile(rf"\bpeerkeeper ({'|'.join(APP.commands)})\b")
    found = {
        (path.name, text)
        for path in (ROOT / "peerkeeper_cli").rglob("*.py")
        for text in strings(path)
        if spelled.search(text)
    }
    assert found == {
        ("private_file.py", "<!-- peerkeeper map -->"),
        ("mermaid.py", "%% peerkeeper map"),
    }
