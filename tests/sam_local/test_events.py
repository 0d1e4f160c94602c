"""Every sample event in a container: judged by the reply and by what is different in the cloud."""

import json
from pathlib import Path

import pytest

from tests.contract.events.facts import came_about, messages
from tests.contract.events.samples import samples
from tests.contract.events.work import WORK
from tests.sam_local.conftest import invoke
from tests.served import serving

# In the template's order, as the functions run in one process: a peering whose hostnames come on
# first also gets its DNS option, so that the order shows.
LOGICAL = {
    "connect_peerings": "ConnectPeerings",
    "clean_routes": "CleanRoutes",
    "configure_vpcs": "ConfigureVpcs",
    "keep_endpoints": "KeepEndpoints",
}
TAKEN_BY = {
    **{
        sample.name: [name for function, name in LOGICAL.items() if function in sample.taken_by]
        for sample in samples()
    },
    "scheduled-sweep": ["Sweep"],
    "fleet-sweep-location": ["Sweep"],
    "sqs-batch": ["ConnectPeerings"],
    "sqs-hand-off": ["CleanRoutes"],
    "sqs-second-look": ["ConfigureVpcs"],
}


@pytest.mark.parametrize("event", WORK)
def test_a_container_does_the_events_work(event: str, bridge: str, tmp_path: Path) -> None:
    file = tmp_path / "env.json"
    words = ("--seed", "events", "--at", event, "--no-functions", "--host", bridge)
    with serving(*words, "--env-file", str(file)) as served:
        before = served.dump()
        for function in TAKEN_BY[event]:
            reply, log = invoke(function, event, served.variables, "--env-vars", str(file))
            assert "errorMessage" not in reply, reply
            if event.startswith("sqs-"):
                assert reply == {"batchItemFailures": []}, log
            elif event == "fleet-sweep-location":
                assert reply["unread"] is False, reply
            else:
                assert reply["mode"] == "full", reply
        after = served.dump()
    assert came_about(before, after) == (WORK[event].comes, WORK[event].goes)
    assert messages(after) == WORK[event].messages


def test_without_a_mode_a_container_only_says_what_it_would_do(bridge: str, tmp_path: Path) -> None:
    """The env file of a cautious user: where to look and for whom, nothing else."""
    file, event = tmp_path / "env.json", "create-vpc-peering-connection"
    words = ("--seed", "events", "--no-functions", "--host", bridge, "--env-file", str(file))
    with serving(*words) as served:
        given = json.loads(file.read_text())["ConnectPeerings"]
        kept = ("AWS_ENDPOINT_URL", "PEERKEEPER_ACCOUNT", "PEERKEEPER_REGIONS")
        file.write_text(json.dumps({"ConnectPeerings": {name: given[name] for name in kept}}))
        before = served.dump()
        reply, _ = invoke("ConnectPeerings", event, served.variables, "--env-vars", str(file))
        assert came_about(before, served.dump()) == (set(), set())
    assert reply["mode"] == "observe"
    assert reply["outcomes"] == []
    assert next(would["change"] for would in reply["would"]) == "AcceptPeering"


def test_a_handler_that_raises_is_seen_in_the_reply(bridge: str, tmp_path: Path) -> None:
    """sam itself ends with 0 here, so that no exit code may ever be the judge."""
    file = tmp_path / "env.json"
    with serving("--no-functions", "--host", bridge, "--env-file", str(file)) as served:
        broken = json.loads(file.read_text())
        broken["ConnectPeerings"]["PEERKEEPER_MODE"] = "everything"
        file.write_text(json.dumps(broken))
        reply, _ = invoke(
            "ConnectPeerings", "create-tags", served.variables, "--env-vars", str(file)
        )
    assert reply["errorType"] == "SettingsError"
    assert "everything" in reply["errorMessage"]
