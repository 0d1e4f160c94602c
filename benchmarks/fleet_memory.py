"""How much memory each function of the fleet sweep takes: a process of its own for each figure.

In: what to run. Out: the process's largest resident size in MiB. EC2 and S3 answer from memory.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).parents[1]
ACCOUNT = "111122223333"


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


def sweep(count: int, models: str) -> None:
    """Sweep so many regions of one account, one after the other, with the function's own code."""
    from peerkeeper.aws import clients  # noqa: PLC0415 - as late as in the function
    from peerkeeper.fleet_sweep.listing import ALWAYS_ON  # noqa: PLC0415

    if models:
        clients.MODELS = Path(models)
    regions = sorted(ALWAYS_ON)[:count]
    environment = {
        "PEERKEEPER_ACCOUNT": ACCOUNT,
        "PEERKEEPER_REGIONS": ",".join(regions),
        "AWS_REGION": regions[0],
        "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "none",
    }
    with patch.dict("os.environ", environment), patch("sys.stdout", io.StringIO()):
        handler = _handler("sweep")
        _answer(handler.RUN.run.clients, regions)
        context = SimpleNamespace(get_remaining_time_in_millis=lambda: 120_000)
        for region in regions:
            asked = {"peerkeeper": "sweep", "locations": [{"account": ACCOUNT, "region": region}]}
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
    from peerkeeper.fleet_sweep.listing import ALWAYS_ON, Account, listing  # noqa: PLC0415

    with patch.dict("os.environ", {"PEERKEEPER_ACCOUNT": ACCOUNT, "AWS_REGION": "eu-west-1"}):
        _handler("list_locations")
    fleet = Fleet(ACCOUNT, tuple(ALWAYS_ON), organization=True)
    accounts = [Account(f"{number:012}") for number in range(count - 1)]
    found = listing(fleet, accounts, lambda _: None)
    json.dumps(found.items(), indent=1)
    _say()


def _handler(name: str) -> Any:  # noqa: ANN401 - a module
    sys.path.insert(0, str(ROOT / "functions" / name))
    sys.path.insert(0, str(ROOT / "layers/peerkeeper"))
    import handler  # type: ignore[import-not-found]  # noqa: PLC0415

    return handler


def _answer(clients: Any, regions: list[str]) -> None:  # noqa: ANN401 - the process's clients
    """Answer each EC2 client from memory, before anything is sent."""
    from botocore.awsrequest import AWSPreparedRequest, AWSResponse  # noqa: PLC0415
    from botocore.client import BaseClient  # noqa: PLC0415
    from botocore.compat import HTTPHeaders  # noqa: PLC0415
    from peerkeeper.model import Location  # noqa: PLC0415

    from benchmarks.fleet_world import reply  # noqa: PLC0415

    for region in regions:
        where = Location(ACCOUNT, region)
        client = clients.ec2(where)

        def answer(
            request: AWSPreparedRequest,
            event_name: str,
            *,
            c: BaseClient,
            at: Location,
            **_: object,
        ) -> AWSResponse:
            operation = c.meta.service_model.operation_model(event_name.rpartition(".")[2])
            raw = io.BytesIO(reply(operation, at))
            raw.stream = lambda: iter([raw.read()])  # type: ignore[attr-defined]
            return AWSResponse(request.url, 200, HTTPHeaders(), raw)

        client.meta.events.register_last("before-send.ec2", partial(answer, c=client, at=where))


def _say() -> None:
    sys.stdout.write(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.1f}\n")
