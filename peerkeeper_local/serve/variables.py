"""How others reach the served cloud. In: a stage, its URL. Out: variables for a shell, or sam local."""

from __future__ import annotations

from urllib.parse import urlsplit

from peerkeeper_local.story import Stage


def for_shell(stage: Stage, url: str, account: str = "") -> dict[str, str]:
    """Return what makes boto3 and the aws CLI act as the operator of an account, by default the hub's.

    The region is the hub's.
    """
    credentials = stage.cloud.environment(stage.cloud.operator(account or None))
    given = {name: value for name, value in credentials.items() if value}
    region = stage.cloud.regions[0]
    regions = {"AWS_DEFAULT_REGION": region, "AWS_REGION": region}
    # Version 2 of the aws CLI opens a pager.
    return {"AWS_ENDPOINT_URL": url, **regions, **given, "AWS_PAGER": ""}


def for_containers(url: str, host: str | None) -> str:
    """Return `url` as a container reaches it, where that is by another name of the host."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{host}:{parts.port}" if host else url


def for_sam(stage: Stage, url: str) -> dict[str, dict[str, str]]:
    """Return what `sam local invoke --env-vars` reads: each function's variables, by logical id.

    Only what template.yaml declares gets into the container. Source: SAM developer guide, env-vars.
    """
    return {
        function.logical_id: {
            **{name: _reached(value, url) for name, value in function.environment.items()},
            "AWS_ENDPOINT_URL": url,
        }
        for function in stage.pump.hub.functions
    }


def of_the_functions(stage: Stage) -> dict[str, object]:
    """Return the variables of the functions as below, and the time in the cloud."""
    return {"environment": environment_of_the_functions(stage), "now": stage.cloud.clock.now()}


def environment_of_the_functions(stage: Stage) -> dict[str, str]:
    """Return the variables that the template gives the functions, without queues and without AWS's."""
    environment = stage.pump.hub.function("Sweep").environment
    ours = {k: v for k, v in environment.items() if k.startswith("PEERKEEPER_")}
    return {**ours, "AWS_REGION": stage.cloud.regions[0]}


def _reached(value: str, url: str) -> str:
    """Return a queue's URL as it is at our endpoint; any other value as it is."""
    return f"{url}{urlsplit(value).path}" if value.startswith("https://sqs.") else value
