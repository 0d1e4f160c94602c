"""What a function costs to start, and what it says when its settings are wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.served import HANGS

ROOT = Path(__file__).parents[3]
FUNCTIONS = sorted(path.parent.name for path in ROOT.glob("functions/*/handler.py"))
OF_THE_FLEET = {"list_locations", "summarize_sweep"}
"""They read no VPC and decide nothing about one: the lister has settings of its own, the summary none."""
MODELS = {"list_locations": ["account", "organizations", "s3"], "summarize_sweep": ["s3"]}
"""Of the services that a function has clients of at cold start; each of the others has EC2's alone."""
PROBE = """
import json, sys, time
import botocore.session as s
made = []
plain = s.Session.__init__
def counting(self, *args, **kwargs):
    made.append(1)
    plain(self, *args, **kwargs)
s.Session.__init__ = counting
import botocore.loaders as l
models = set()
load = l.Loader.load_service_model
def noting(self, service, *args, **kwargs):
    models.add(service)
    return load(self, service, *args, **kwargs)
l.Loader.load_service_model = noting
import handler
print(json.dumps({"modules": sorted(sys.modules), "sessions": len(made), "models": sorted(models)}))
"""
ENVIRONMENT = {
    "PEERKEEPER_ACCOUNT": "111122223333",
    "PEERKEEPER_REGIONS": "ap-northeast-2,ap-northeast-1",
    "AWS_REGION": "ap-northeast-2",
    "AWS_DEFAULT_REGION": "ap-northeast-2",
    "AWS_ENDPOINT_URL": "",
    "AWS_EC2_METADATA_DISABLED": "true",
}


def start(function, **environment):
    path = os.pathsep.join(map(str, (ROOT / "functions" / function, ROOT / "layers/peerkeeper")))
    return subprocess.run(
        [sys.executable, "-c", PROBE],
        env={**ENVIRONMENT, "PYTHONPATH": path, "PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=HANGS,
    )


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_handler_loads_little_and_makes_one_session(function):
    done = start(function)
    assert done.returncode == 0, done.stderr
    loaded = json.loads(done.stdout)
    heavy = (
        "pydantic",
        "aws_xray_sdk",
        "moto",
        "boto3",
        "rich",
        "typer",
        "requests",
        "peerkeeper_local",
    )
    assert not {name.partition(".")[0] for name in loaded["modules"]} & set(heavy)
    assert loaded["sessions"] == 1
    assert loaded["models"] == MODELS.get(function, ["ec2"])
    assert len(loaded["modules"]) <= 520, f"{len(loaded['modules'])} modules"


FURTHER_LOOKS = {
    "peerkeeper.aws.parse_further",
    "peerkeeper.aws.parse_vpc_endpoints",
    "peerkeeper.planning.private_dns",
    "peerkeeper.planning.rules.endpoint_private_dns",
    "peerkeeper.planning.rules.endpoint_tables",
    "peerkeeper.planning.rules.endpoint_ways_in",
    "peerkeeper.planning.wanted_tables",
    "peerkeeper.reading.endpoints",
    "peerkeeper.safety.endpoint_guard",
    "peerkeeper.values.vpc_endpoints",
    "peerkeeper.planning.rules.stale_group_rule",
    "peerkeeper.planning.rules.quota_near",
    "peerkeeper.planning.rules.private_zones",
    "peerkeeper.planning.zone_findings",
    "peerkeeper.planning.zone_sharing",
    "peerkeeper.values.zones",
    "peerkeeper.aws.zones",
    "peerkeeper.reading.zones",
    "peerkeeper.planning.room",
    "peerkeeper.planning.room_to_accept",
    "peerkeeper.values.quotas",
    "peerkeeper.aws.quotas",
    "peerkeeper.planning.reachability",
    "peerkeeper.planning.side_reach",
    "peerkeeper.reading.reach",
    "peerkeeper.reading.stale_rules",
    "peerkeeper.values.security_groups",
}
"""What only a further look of the sweep needs, and only with a setting at `report`."""


@pytest.mark.parametrize("function", FUNCTIONS)
def test_what_the_sweep_looks_at_further_costs_no_function_its_start(function):
    loaded = {*json.loads(start(function).stdout)["modules"]}
    assert "peerkeeper" in loaded
    own = {
        "keep_endpoints": {
            "peerkeeper.planning.private_dns",
            "peerkeeper.planning.wanted_tables",
            "peerkeeper.values.vpc_endpoints",
        },
    }
    assert loaded & FURTHER_LOOKS <= own.get(function, set())


@pytest.mark.parametrize("function", FUNCTIONS)
def test_other_accounts_cost_nothing_before_they_are_used(function):
    alone, fleet = (
        json.loads(start(function, **environment).stdout)
        for environment in (
            {},
            {
                "PEERKEEPER_ACCOUNTS": "444455556666,777788889999",
                "PEERKEEPER_SPOKE_ROLE": "peerkeeper-spoke-sweep",
            },
        )
    )
    assert fleet == alone


@pytest.mark.parametrize("function", sorted(set(FUNCTIONS) - OF_THE_FLEET))
def test_wrong_settings_are_one_clear_error_at_cold_start(function):
    done = start(function, PEERKEEPER_MODE="yes", PEERKEEPER_ALLOWED_ACCOUNTS="*")
    assert done.returncode != 0
    assert "SettingsError: Peerkeeper's settings are wrong:" in done.stderr
    assert "PEERKEEPER_MODE is 'yes': allowed are observe, add-only, full" in done.stderr
    assert "PEERKEEPER_ALLOWED_ACCOUNTS is '*'" in done.stderr


def test_wrong_settings_of_the_fleet_are_one_clear_error_at_cold_start():
    done = start("list_locations", PEERKEEPER_ACCOUNTS="*", PEERKEEPER_ORGANIZATIONAL_UNITS="r-1")
    assert done.returncode != 0
    assert "SettingsError: The fleet sweep's settings are wrong:" in done.stderr
    assert "'*' is not a 12-digit account id" in done.stderr
    assert "'r-1' is not the id of an organizational unit" in done.stderr


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_handler_is_wiring_of_at_most_forty_lines(function):
    text = (ROOT / "functions" / function / "handler.py").read_text()
    assert len(text.splitlines()) <= 40
