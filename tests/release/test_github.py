"""Workflows and forms of .github: what they run is there, and they hold no more rights than they need.

`make check` reads the same files by GitHub's own schemas.
"""

import re

import pytest
import yaml

from tests.contract.deploy.templates import ROOT

WORKFLOWS = {
    path.stem: yaml.safe_load(path.read_text())
    for path in (ROOT / ".github/workflows").glob("*.yml")
}
FORMS = {
    path.stem: yaml.safe_load(path.read_text())
    for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml")
    if path.stem != "config"
}
TARGETS = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE))
ON = True
"""YAML 1.1 reads the key `on` as true."""


def steps(name):
    return [step for job in WORKFLOWS[name]["jobs"].values() for step in job["steps"]]


def made(name) -> set[str]:
    text = "\n".join(step.get("run", "") for step in steps(name))
    return set(re.findall(r"^make ([a-z-]+)", text, re.MULTILINE))


def test_there_is_a_workflow_for_tests_a_release_and_the_docs():
    assert set(WORKFLOWS) == {"test", "release", "docs"}
    assert {"test", "proof", "check", "pip-install", "demo", "deployed"} == made("test")
    assert made("release") == {"release-check"}
    assert made("docs") == {"docs"}


@pytest.mark.parametrize("name", sorted(WORKFLOWS))
def test_what_a_workflow_makes_is_a_target_of_the_makefile(name):
    assert made(name) <= TARGETS


@pytest.mark.parametrize("name", sorted(WORKFLOWS))
def test_every_action_is_githubs_own_and_of_a_named_version(name):
    used = [step["uses"] for step in steps(name) if "uses" in step]
    assert used
    assert [one for one in used if not re.fullmatch(r"actions/[a-z-]+@v\d+", one)] == []


@pytest.mark.parametrize("name", sorted(WORKFLOWS))
def test_a_workflow_may_read_and_a_job_that_runs_our_code_no_more(name):
    workflow = WORKFLOWS[name]
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert job.get("timeout-minutes") or "permissions" in job
        if "permissions" in job:
            assert not any("make " in step.get("run", "") for step in job["steps"])


def test_tests_run_on_both_pythons_and_a_release_on_a_tag():
    assert WORKFLOWS["test"]["jobs"]["test"]["strategy"]["matrix"]["python"] == ["3.11", "3.13"]
    assert WORKFLOWS["release"][ON] == {"push": {"tags": ["v*"]}}


def test_no_workflow_names_a_registry():
    text = "".join(path.read_text() for path in (ROOT / ".github").rglob("*.yml"))
    assert not re.search(r"index-url|registry|pypi", text, re.IGNORECASE)


def test_each_form_asks_a_few_things_and_says_what_for():
    assert set(FORMS) == {"bug", "feature", "question"}
    for form in FORMS.values():
        assert 1 <= len(form["body"]) <= 8
        assert any(field.get("validations", {}).get("required") for field in form["body"])
    asked = {field.get("id") for field in FORMS["bug"]["body"]}
    assert {"version", "seen", "expected", "again"} <= asked
    assert "SECURITY.md" in FORMS["bug"]["body"][0]["attributes"]["value"]
