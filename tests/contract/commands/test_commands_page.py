"""The page of the commands is what the help says; every command has schema, examples and list."""

import json
import re

import pytest
import typer
from typer.testing import CliRunner

from peerkeeper_cli.app import COMMANDS, INSTALLED, operator_app
from tests.contract.commands.page import PAGE, page


def test_the_page_is_written_from_the_help():
    assert PAGE.read_text() == page(), "run `make commands`"


def test_no_cell_of_the_page_is_longer_than_a_reader_likes():
    cells = [
        cell for line in page().splitlines() if line.startswith("|") for cell in line.split("|")
    ]
    assert [cell for cell in cells if len(cell) > 200] == []


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("columns", ["80", "120"])
def test_help_fits_the_terminal_and_breaks_no_word(name, columns):
    said = CliRunner().invoke(
        operator_app(INSTALLED), [name, "--help"], env={"COLUMNS": columns, "TERM": "dumb"}
    )
    assert said.exit_code == 0
    assert max(map(len, said.output.splitlines())) <= int(columns)
    for option in re.findall(r"--[a-z-]+", json.dumps(_options(name))):
        assert option in said.output


def _options(name):
    app = typer.main.get_command(operator_app(INSTALLED))
    return [opt for one in app.commands[name].params for opt in getattr(one, "opts", [])]


@pytest.mark.parametrize("name", COMMANDS)
def test_each_example_is_a_command_line_that_parses(name):
    app = typer.main.get_command(operator_app(INSTALLED))
    for example in COMMANDS[name][1]:
        words = example.split(" > ")[0].split()
        context = app.commands[name].make_context(name, words, resilient_parsing=False)
        assert context.command.name == name
