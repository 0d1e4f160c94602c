"""`peerkeeper explain` on a served cloud: as a process of its own, read-only, with its exit codes."""

import json
import shlex

import pytest

from tests.served import TOKYO, run, serving

REQUEST = "pcx-0c0ffee0c0ffee001"
pytestmark = pytest.mark.enable_socket


@pytest.fixture(scope="module")
def served():
    with serving("--seed", "events", "--no-functions") as served:
        yield served


def explain(served, *words):
    return run("explain", *words, "--endpoint", served.url)


def test_a_request_that_is_agreed_to_is_due_and_nothing_is_in_the_way(served):
    before = served.dump()
    done = explain(served, REQUEST, "--json")
    assert done.returncode == 3, done.stderr  # due
    said = json.loads(done.stdout)
    assert [each["change"] for each in said["due"]] == ["AcceptPeering"]
    assert (said["clear"], said["mode"]) == (True, "full")
    after = served.dump()
    assert {k: v for k, v in after.items() if k != "time"} == {
        k: v for k, v in before.items() if k != "time"
    }


def test_once_the_tag_is_gone_the_failed_test_is_named_and_the_exit_code_is_3(served):
    ec2 = served.client("ec2", TOKYO)
    vpcs = [vpc["VpcId"] for vpc in ec2.describe_vpcs()["Vpcs"]]
    ec2.delete_tags(Resources=vpcs, Tags=[{"Key": "peerkeeper:peers"}])
    done = explain(served, REQUEST)
    assert done.returncode == 3, done.stderr
    assert "\tacceptance\tapproval\tfail\t" in done.stdout
    assert "Key=peerkeeper:peers,Value=" in done.stdout
    assert "\x1b[" not in done.stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["pcx-00000000000000000"], 1, "does not exist"),
        (["vpc-00000000000000000"], 2, "pcx-"),
        ([REQUEST, "--profile", "network"], 2, "--endpoint"),
    ],
)
def test_what_cannot_be_explained_has_an_exit_code_of_its_own(served, words, code, said):
    done = explain(served, *words)
    assert done.returncode == code
    assert said in done.stderr


def test_a_region_may_be_named_on_a_local_cloud(served):
    done = explain(served, REQUEST, "--region", TOKYO, "--json")
    said = json.loads(done.stdout)
    assert done.returncode == said["exit_code"] == 3
    assert said["settings_of"] == f"the local cloud at {served.url}"
    nowhere = explain(served, "pcx-00000000000000000", "--region", TOKYO)
    assert (
        f"does not exist in 111122223333/{TOKYO}, and no route there leads to it" in nowhere.stderr
    )


def test_without_credentials_it_says_what_to_name():
    done = run("explain", REQUEST)
    assert done.returncode == 1
    assert "--profile" in done.stderr
    assert "Traceback" not in done.stderr


def test_each_command_that_is_named_next_works_as_it_stands(served):
    """The tag is gone by now: a command that agrees, then two of our own."""
    said = json.loads(explain(served, REQUEST, "--json").stdout)
    _, again, past = (shlex.split(command) for command in said["next"])
    assert again[1:] == ["explain", REQUEST, "--endpoint", served.url]
    assert past[1:] == ["history", REQUEST, "--endpoint", served.url]
    for words in (again, past):
        assert run(*words[1:]).returncode in (0, 3)


def test_a_terminal_is_not_needed_for_failing_rows_alone(served):
    shown = explain(served, REQUEST, "--failed-only").stdout.splitlines()
    results = {line.split("\t")[3] for line in shown if "\t" in line}
    assert results == {"fail"}
