"""What `sam deploy` sends for each parameter, read by SAM itself, and what CloudFormation makes of it.

Rules of CloudFormation: a value given holds; `UsePreviousValue` keeps what the stack has; a parameter that is
left out has the template's default. Source: CloudFormation API reference, Parameter.
"""

import json
import re
import shlex
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.contract.deploy.conftest import Run
from tests.contract.deploy.templates import HUB, ROOT

README = (ROOT / "README.md").read_text()
PAGES = README + "".join(page.read_text() for page in sorted((ROOT / "docs/operate").glob("*.md")))
DEPLOYS = [
    shlex.split(line.split("&&")[-1])
    for line in re.findall(r"^(?:.*&& )?sam deploy .*$", PAGES, re.MULTILINE)
]
DEFAULTS = {name: str(each["Default"]) for name, each in HUB["Parameters"].items()}
TODAY = DEFAULTS | {"Mode": "full", "Regions": "ap-northeast-2,ap-northeast-1"}

# Runs with SAM's own Python, in a folder with a template and a samconfig.toml of its own. In: saved
# parameters, or null, and command lines. Out: of each the values that SAM would send, and the region.
READER = """
import json, sys
from samcli.cli.main import cli as sam
from samcli.commands.deploy.command import cli as deploy
from samcli.commands.deploy.deploy_context import DeployContext
from samcli.commands.deploy.guided_config import GuidedConfig
from samcli.lib.config.samconfig import SamConfig
from samcli.yamlhelper import yaml_parse

def sent(words):
    parent = sam.make_context("sam", words[1:], resilient_parsing=True)
    given = deploy.make_context("deploy", words[2:], parent=parent).params
    with open("template.yaml") as file:
        template = yaml_parse(file.read())
    values = DeployContext.merge_parameters(template, given.get("parameter_overrides") or {})
    return dict(values=values, stack=given.get("stack_name"), capabilities=given.get("capabilities"))

asked = json.load(sys.stdin)
before = [sent(words) for words in asked["commands"]]
config = SamConfig(".", "samconfig.toml")
saved = {name: dict(Value=value, Hidden=False) for name, value in asked["saved"].items()}
GuidedConfig("template.yaml", "parameters")._save_parameter_overrides(["deploy"], "default", saved, config)
config.flush()
json.dump(dict(before=before, after=[sent(words) for words in asked["commands"]]), sys.stdout)
"""


@pytest.fixture(scope="module")
def sent(sam: Path, run: Run, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What SAM sends for the pages' commands: before and after --guided has saved into samconfig.toml."""
    place = tmp_path_factory.mktemp("deploy")
    for name in ("template.yaml", "samconfig.toml"):
        shutil.copy(ROOT / name, place)
    asked = {"saved": DEFAULTS, "commands": DEPLOYS}
    done = run(sam.with_name("python3"), "-c", READER, cwd=place, input=json.dumps(asked))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def updated(stack: dict[str, str], values: list[dict[str, Any]]) -> dict[str, str]:
    """The stack's parameters after an update that CloudFormation was sent these values for."""
    given = {each["ParameterKey"]: each for each in values}
    return {
        name: given[name]["ParameterValue"] if "ParameterValue" in given[name] else stack[name]
        for name in stack
    }


def overrides(words: list[str]) -> dict[str, str]:
    """What the command line itself names."""
    if "--parameter-overrides" not in words:
        return {}
    named = words[words.index("--parameter-overrides") + 1 :]
    return {name: value.strip('"') for name, _, value in (word.partition("=") for word in named)}


def test_the_pages_deploy_an_upgrade_and_each_change_in_the_same_region() -> None:
    assert any(not overrides(words) for words in DEPLOYS)
    assert [overrides(words) for words in DEPLOYS if overrides(words)]
    assert {tuple(words[2:4]) for words in DEPLOYS} == {("--region", "ap-northeast-2")}
    assert not any("--guided" in words for words in DEPLOYS)


def test_a_deploy_of_the_pages_changes_what_it_names_and_nothing_else(sent: Any) -> None:
    for words, one in zip(DEPLOYS, sent["before"], strict=True):
        assert updated(TODAY, one["values"]) == TODAY | overrides(words), words
        assert one["stack"] == "peerkeeper"
        assert one["capabilities"] == ["CAPABILITY_NAMED_IAM"]


def test_what_guided_saves_brings_the_first_day_back_as_the_page_says(sent: Any) -> None:
    """Why no page deploys with --guided: this is SAM's own saving, and SAM's own reading."""
    plain = next(n for n, words in enumerate(DEPLOYS) if not overrides(words))
    assert updated(TODAY, sent["after"][plain]["values"]) == DEFAULTS
    assert DEFAULTS["Mode"] == "observe"
    assert "| saved in `samconfig.toml` by `sam deploy --guided` |" in PAGES


def test_the_tracked_file_saves_no_region_and_no_parameter() -> None:
    config = tomllib.loads((ROOT / "samconfig.toml").read_text())
    saved = config["default"]["deploy"]["parameters"] | config["default"]["global"]["parameters"]
    assert set(saved) == {"stack_name", "capabilities", "confirm_changeset", "resolve_s3"}


def test_every_parameter_has_a_default_so_that_the_first_deploy_needs_none() -> None:
    assert all("Default" in each for each in HUB["Parameters"].values())
