"""The `aws` commands of the pages, as the aws CLI itself reads them: operation and parameters, no call made.

In: the README and the pages of docs/. Out: `Command`s as a person would type them, and what the CLI makes
of each.
"""

import json
import os
import re
import shlex
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.contract.deploy.conftest import Run
from tests.contract.deploy.templates import ROOT

TYPED = {"local-cloud.md", "two-regions.md"}
"""Tests type these pages' commands into a shell as they are."""
PAGES = [
    ROOT / "README.md",
    *(page for page in sorted((ROOT / "docs").rglob("*.md")) if page.name not in TYPED),
]
BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
OWN = {"cloudformation deploy", "s3 cp", "s3 mb", "s3 rb", "s3 sync"}
"""Commands that the CLI made up: they are no operation of a service, and would call AWS."""

# Runs with the aws CLI's own Python. Nothing is called: what the CLI would send is printed instead.
READER = """
import json, sys
from awscli import clidriver
from awscli.customizations.commands import BasicCommand

read = []

def keep(self, service, operation, parameters, parsed):
    model = self._session.get_service_model(service).operation_model(operation)
    wrong = list(misspelt(model.input_shape, parameters)) if model.input_shape else []
    members = list(model.input_shape.members) if model.input_shape else []
    report = validator().validate(parameters, model.input_shape) if model.input_shape else None
    if report is not None and report.has_errors():
        wrong.append(report.generate_report())
    said = dict(service=service, operation=operation, parameters=parameters)
    read.append(dict(said, members=members, wrong=wrong))
    return 0

def validator():
    try:
        from awscli.botocore.validate import ParamValidator
    except ImportError:
        from botocore.validate import ParamValidator
    return ParamValidator()

def misspelt(shape, value):
    if shape.type_name == "structure":
        for name, one in value.items():
            yield from misspelt(shape.members[name], one)
    elif shape.type_name == "list":
        for one in value:
            yield from misspelt(shape.member, one)
    elif getattr(shape, "enum", None) and value not in shape.enum:
        yield f"{value} is none of {shape.enum}"

def refuse(self, args, parsed):
    raise SystemExit(f"{self.name} is no operation of a service")

clidriver.CLIOperationCaller.invoke = keep
BasicCommand.__call__ = refuse
driver = clidriver.create_clidriver()
for words in json.load(sys.stdin):
    status = driver.main(words[1:])
    if status != 0:
        sys.exit(f"the aws CLI does not take: {words}")
json.dump(read, sys.stdout, default=str)
"""


@dataclass(frozen=True)
class Command:
    """One command of a page, in the words that a shell would pass on."""

    page: str
    words: tuple[str, ...]

    @property
    def name(self) -> str:
        """Service and operation as the CLI spells them."""
        return " ".join(self.words[1:3])


def commands_of(page: Path) -> list[Command]:
    """Return the page's `aws` commands; what a person fills in, `<like this>`, is one word.

    Variables that the page sets by hand have their value.
    """
    found: list[Command] = []
    given: dict[str, str] = {}
    for indent, language, text in BLOCK.findall(page.read_text()):
        if language not in ("", "sh"):
            continue
        plain = re.sub(f"^{indent}", "", text, flags=re.MULTILINE).replace("\\\n", " ")
        for line in plain.splitlines():
            if said := re.fullmatch(r"(?:export )?(\w+)=([\w-]+)(?: #.*)?", line):
                given[said[1]] = said[2]
            if reckoned := re.match(r"(\w+)=\$\(\(", line):
                given[reckoned[1]] = "1"
            if asked := re.match(r"(\w+)=\$\(aws ", line):
                given[asked[1]] = "[]"
            if line.startswith("aws "):
                blanks = re.sub("<[^<>]*>", lambda it: it[0].replace(" ", "-"), line)
                words = shlex.split(re.split(r" (?:>|\|) ", blanks)[0], comments=True)
                known = (re.sub(r"\$(\w+)", lambda v: given.get(v[1], v[0]), w) for w in words)
                found.append(Command(page.name, tuple(known)))
    return found


@cache
def aws_commands() -> tuple[Command, ...]:
    """Return every `aws` command in a block of a page."""
    return tuple(one for page in PAGES for one in commands_of(page))


def read_by_the_cli(run: Run, commands: list[Command]) -> list[dict[str, Any]]:
    """Return service, operation, parameters, possible parameters and what is wrong, of each command."""
    if not (aws := os.environ.get("AWS")):
        pytest.skip("needs the aws CLI: `make test` sets it up")
    given = json.dumps([one.words for one in commands])
    done = run(Path(aws).with_name("python3"), "-c", READER, input=given)
    assert done.returncode == 0, done.stderr
    read: list[dict[str, Any]] = json.loads(done.stdout)
    assert len(read) == len(commands)
    return read
