"""How much memory each function of the fleet sweep takes, measured in one process for each figure.

In: what to run. Out: the process's largest resident size in MiB. EC2 and S3 answer from memory.
"""

from __future__ import annotations

import io
import json
import re
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from unittest.mock import patch
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from botocore.awsrequest import AWSPreparedRequest, AWSResponse
    from botocore.model import ServiceModel

ROOT = Path(__file__).parents[1]
ACCOUNT = "111122223333"
REGIONS = ("ap-northeast-1", "ap-northeast-2")


def measured(what: str, count: int, models: str = "") -> float:
    """Return the MiB that a new process takes for it. `models`: the folder of the trimmed EC2 model."""
    code = f"from benchmarks.fleet_memory import {what}; {what}({count}, {models!r})"
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return float(done.stdout.splitlines()[-1])


def trimmed_models(folder: Path) -> str:
    """Make the EC2 model that the layer ships; return its folder."""
    script = ROOT / "layers/peerkeeper/build/trim_ec2_model.py"
    subprocess.run(  # noqa: S603 - our own words
        [sys.executable, str(script), str(folder)], check=True, capture_output=True
    )
    return str(folder)


def seventeen_regions() -> list[str]:
    """Return as many regions as are on in every account of the partition `aws`."""
    from botocore.session import Session  # noqa: PLC0415 - as late as in the function

    return Session().get_available_regions("ec2")[:17]


def sweep(count: int, models: str) -> None:
    """Sweep so many regions of the hub's own account, one after the other, with the function's own code."""
    _swept([(ACCOUNT, region) for region in seventeen_regions()[:count]], models)


def sweep_accounts(count: int, models: str) -> None:
    """Sweep so many other accounts, in two regions each, in one process: as one that stays warm does."""
    accounts = [f"{number:012}" for number in range(1, count + 1)]
    _swept([(account, region) for account in accounts for region in REGIONS], models)


def _swept(places: list[tuple[str, str]], models: str) -> None:
    from peerkeeper.aws import clients  # noqa: PLC0415

    if models:
        clients.MODELS = Path(models)
    environment = {
        "PEERKEEPER_ACCOUNT": ACCOUNT,
        "PEERKEEPER_ACCOUNTS": ",".join({account for account, _ in places} - {ACCOUNT}),
        "PEERKEEPER_SPOKE_ROLE": "peerkeeper-spoke-sweep",
        "PEERKEEPER_REGIONS": ",".join({region for _, region in places}),
        "AWS_REGION": places[0][1],
        "AWS_ACCESS_KEY_ID": f"AKIA{ACCOUNT}",
        "AWS_SECRET_ACCESS_KEY": "none",
    }
    with patch.dict("os.environ", environment), patch("sys.stdout", io.StringIO()):
        handler = _handler("sweep")
        own = next(iter(handler.RUN.clients._ec2.values()))
        context = SimpleNamespace(get_remaining_time_in_millis=lambda: 120_000)
        with patch("botocore.httpsession.URLLib3Session.send", _answers(own.meta.service_model)):
            for account, region in places:
                at = {"account": account, "region": region}
                asked = {"peerkeeper": "sweep", "locations": [at]}
                (result,) = handler.lambda_handler(asked, context)["results"]
                if result["unread"] or not result["calls"]:
                    raise RuntimeError(result)
    _say()


def summarize(count: int, models: str) -> None:
    """Make one summary of so many locations."""
    from peerkeeper.fleet_sweep.summary import summary_of  # noqa: PLC0415

    result = {
        "findings": {"dns-off": 3, "not-approved": 2},
        "hand_offs": 1,
        "calls": 9,
        "unread": False,
    }
    _handler("summarize_sweep")

    def children() -> Iterator[dict[str, str]]:
        for number in range(count):
            where = f"{number:012}/eu-west-1"
            output = {"results": [{"location": where, **result}], "unread": False}
            yield {"Input": "{}", "Output": json.dumps(output), "Metadata": "x" * 600}

    held = json.loads(json.dumps(list(children())))  # as the function holds one of the Map's files
    json.dumps(summary_of("run", {"SUCCEEDED": held}).to_dict(), indent=1)
    _say()


def list_locations(count: int, models: str) -> None:
    """List so many accounts in 17 regions."""
    from peerkeeper.fleet_sweep.fleet import Fleet  # noqa: PLC0415
    from peerkeeper.fleet_sweep.listing import Account, listing  # noqa: PLC0415

    with patch.dict("os.environ", {"PEERKEEPER_ACCOUNT": ACCOUNT, "AWS_REGION": "eu-west-1"}):
        _handler("list_locations")
    fleet = Fleet(ACCOUNT, tuple(seventeen_regions()), organization=True)
    accounts = [Account(f"{number:012}") for number in range(count - 1)]
    found = listing(fleet, accounts, lambda _: None)
    json.dumps(found.items(), indent=1)
    _say()


def _handler(name: str) -> Any:  # noqa: ANN401 - a module
    sys.path.insert(0, str(ROOT / "functions" / name))
    sys.path.insert(0, str(ROOT / "layers/peerkeeper"))
    import handler  # type: ignore[import-not-found]  # noqa: PLC0415

    return handler


def _answers(ec2: ServiceModel) -> Callable[[Any, AWSPreparedRequest], AWSResponse]:
    """Return what answers each request from memory: STS with a key of the account, EC2 with its world."""
    from botocore.awsrequest import AWSResponse  # noqa: PLC0415
    from botocore.compat import HTTPHeaders  # noqa: PLC0415
    from peerkeeper.values.ec2 import Location  # noqa: PLC0415

    from benchmarks.fleet_world import reply  # noqa: PLC0415

    def send(_session: Any, request: AWSPreparedRequest) -> AWSResponse:  # noqa: ANN401 - botocore's
        said = dict(parse_qsl(_text(request.body)))
        if said["Action"] == "AssumeRole":
            body = _assumed(said["RoleArn"].split(":")[4])
        else:
            region = str(request.url).split(".")[1]
            found = re.search(
                r"Credential=A[SK]IA(\d{12})", _text(request.headers["Authorization"])
            )
            if not found:
                raise RuntimeError(request.headers)
            body = reply(ec2.operation_model(said["Action"]), Location(found[1], region))
        raw = io.BytesIO(body)
        raw.stream = lambda: iter([raw.read()])  # type: ignore[attr-defined]
        return AWSResponse(request.url, 200, HTTPHeaders(), raw)

    return send


def _text(value: Any) -> str:  # noqa: ANN401 - a header or a body, in bytes or not
    return value.decode() if isinstance(value, bytes) else str(value)


def _assumed(account: str) -> bytes:
    """Return STS's reply to AssumeRole. Source: STS API reference."""
    ends = (datetime.now(UTC) + timedelta(seconds=900)).strftime("%Y-%m-%dT%H:%M:%SZ")
    keys = f"<AccessKeyId>ASIA{account}</AccessKeyId><SecretAccessKey>none</SecretAccessKey>"
    credentials = f"{keys}<SessionToken>none</SessionToken><Expiration>{ends}</Expiration>"
    result = f"<AssumeRoleResult><Credentials>{credentials}</Credentials></AssumeRoleResult>"
    return f"<AssumeRoleResponse>{result}</AssumeRoleResponse>".encode()


def _say() -> None:
    sys.stdout.write(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.1f}\n")
