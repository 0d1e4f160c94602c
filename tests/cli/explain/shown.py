"""A page of `explain` as a person sees it, and as a pipe or a machine gets it."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import fastjsonschema
from rich.console import Console

from peerkeeper_cli.asked_for import AskedFor
from peerkeeper_cli.explain.document import document
from peerkeeper_cli.explain.show import lines, show
from peerkeeper_cli.explain.upshot import next_steps
from peerkeeper_cli.page.page import Page

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads((ROOT / "docs/schemas/cli/explain.schema.json").read_text())
VALIDATE = fastjsonschema.compile(SCHEMA)
ASKED = AskedFor("explain")
COMMANDS = ("explain", "plan", "history")
ID = re.compile(r"\b(?:pcx|vpc|rtb|subnet)-[0-9a-f]+")


def steps(told, asked=ASKED, known=COMMANDS):
    return [*next_steps(told.found, asked, known)]


def page(told, width=120, *, failed_only=False):
    """What a terminal of this width shows."""
    console = Console(file=io.StringIO(), force_terminal=True, width=width, no_color=True)
    show(Page(console), told, steps(told), failed_only=failed_only)
    return re.sub(r"\x1b\[[0-9;]*m", "", console.file.getvalue())


def piped(told, *, failed_only=False):
    return [*lines(told, failed_only=failed_only)]


def said_as_json(told, *, failed_only=False):
    """The document, through JSON and back, as its schema takes it."""
    said = json.loads(json.dumps(document(told, steps(told), failed_only=failed_only)))
    VALIDATE(said)
    return said


def commands(text):
    """The commands of the aws CLI that stand on lines of their own."""
    return [line.strip() for line in text.splitlines() if line.strip().startswith("aws ")]
